//! Every column and property of the layers, and what they share with the tables of
//! `scenario.toml`. Readers, did-you-mean hints and the JSON Schema all come from these
//! tables, and a test holds `docs/formats.md` against them.

use crate::scenario::form::Field;
use crate::scenario::form::Form;
use crate::scenario::form::Type;
use crate::scenario::form::need;
use crate::scenario::form::zh;

/// A weight of a promise.
pub(crate) const WEIGHT: Type = Type::Whole(0, 1_000_000);
/// A figure that is not negative.
pub(crate) const POSITIVE: Type = Type::Number(0.0, 1e9);
/// A speed, km/h.
pub(crate) const SPEED: Type = Type::Number(0.1, 300.0);

/// Key and names, which nearly everything has.
pub(crate) const NAMED: &[Field] = &[
    need(zh("id", &["编号"], Type::Key, "key")),
    zh("name", &["名称"], Type::Text, "name shown"),
    zh("name_zh", &["中文名"], Type::Text, "Chinese name"),
];

/// A place, in one of two ways.
pub(crate) const PLACE: &[Field] = &[
    zh(
        "lon",
        &["经度"],
        Type::Number(-1e9, 1e9),
        "longitude, degrees",
    ),
    zh(
        "lat",
        &["纬度"],
        Type::Number(-1e9, 1e9),
        "latitude, degrees",
    ),
    zh("x", &["横坐标"], Type::Number(-1e9, 1e9), "metres east"),
    zh("y", &["纵坐标"], Type::Number(-1e9, 1e9), "metres north"),
];

/// What a target may take from its kind.
pub(crate) const DEMAND: &[Field] = &[
    zh(
        "standard",
        &["标准"],
        Type::Duration,
        "longest time between visits",
    ),
    zh(
        "hard",
        &["硬性"],
        WEIGHT,
        "weight of each minute beyond the standard, 0: no promise",
    ),
    zh("effect", &["效力曲线"], Type::Word, "key of an effect"),
    zh(
        "dwell",
        &["停留"],
        Type::Duration,
        "least length of a visit",
    ),
    zh(
        "risk",
        &["风险"],
        Type::Number(0.0, 1e6),
        "risk, points per hour",
    ),
    zh(
        "risk_profile",
        &["风险时段"],
        Type::Word,
        "key of a risk profile",
    ),
    zh(
        "windows",
        &["时间窗"],
        Type::Windows,
        "when visits may take place",
    ),
    zh("tiers", &["力量"], Type::Words, "tiers that may visit"),
    zh(
        "authority",
        &["效力"],
        Type::Authority,
        "how much a visit counts by tier",
    ),
    zh(
        "skills",
        &["技能"],
        Type::Words,
        "skills a unit must all have",
    ),
];

/// What a target says of itself.
const TARGET: &[Field] = &[
    zh(
        "kind",
        &["类型"],
        Type::Word,
        "what it is; gives the defaults of its kind",
    ),
    zh(
        "groups",
        &["分组"],
        Type::Words,
        "words that orders may refer to",
    ),
    zh(
        "last_visit",
        &["上次巡查"],
        Type::Ago,
        "end of the last visit before the horizon",
    ),
    zh("last_by", &["上次力量"], Type::Word, "tier of that visit"),
];

/// Rows of the sites CSV.
pub(crate) static SITE: Form = Form {
    title: "sites",
    doc: "places to be visited",
    groups: &[NAMED, PLACE, TARGET, DEMAND],
};

/// Properties of the segments GeoJSON.
pub(crate) static SEGMENT: Form = Form {
    title: "segments",
    doc: "stretches of road to be patrolled end to end",
    groups: &[
        NAMED,
        TARGET,
        DEMAND,
        &[zh(
            "both_ways",
            &["双向"],
            Type::YesNo,
            "whether it may be patrolled backwards",
        )],
    ],
};

/// Properties of the zones GeoJSON.
pub(crate) static ZONE: Form = Form {
    title: "zones",
    doc: "areas that units may be confined to",
    groups: &[NAMED],
};

const SERVES: Type = Type::Choice(&[("any", &["任一"]), ("each", &["每个"])]);
const PERIODS: Type = Type::Choice(&[
    ("day", &["天", "日"]),
    ("week", &["周"]),
    ("month", &["月"]),
    ("horizon", &["全程"]),
]);

/// Rows of the orders CSV.
pub(crate) static ORDER: Form = Form {
    title: "orders",
    doc: "visits that are demanded beside the standards",
    groups: &[
        NAMED,
        PLACE,
        &[
            zh(
                "targets",
                &["目标"],
                Type::Words,
                "target keys, kind:WORD, group:WORD, zone:KEY or all",
            ),
            zh(
                "serve",
                &["方式"],
                SERVES,
                "whether visits to any count together or each wants its own",
            ),
            zh(
                "count",
                &["次数"],
                Type::Whole(1, 100_000),
                "visits wanted in each period",
            ),
            zh("per", &["周期"], PERIODS, "the period"),
            zh(
                "spacing",
                &["间隔"],
                Type::Spacing,
                "least time between counted visits to a target",
            ),
            zh(
                "windows",
                &["时间窗"],
                Type::Windows,
                "when its visits may take place",
            ),
            zh("from", &["开始"], Type::Instant, "no visit before"),
            zh("until", &["截止"], Type::Instant, "no visit after"),
            zh(
                "dwell",
                &["停留"],
                Type::Duration,
                "least length of a visit",
            ),
            zh(
                "skills",
                &["技能"],
                Type::Words,
                "skills a unit must all have",
            ),
            zh(
                "units",
                &["班组"],
                Type::Words,
                "unit keys or tier:KEY that may serve it",
            ),
            zh(
                "points",
                &["分值"],
                POSITIVE,
                "points for each counted visit",
            ),
            zh(
                "hard",
                &["硬性"],
                WEIGHT,
                "weight of each missing visit, 0: no promise",
            ),
        ],
    ],
};

const GRADES: Type = Type::Choice(&[
    ("novice", &["新警", "新人"]),
    ("regular", &["一般"]),
    ("senior", &["骨干", "老警"]),
]);
/// Hours, or a count, of a person's past.
const SO_FAR: Type = Type::Whole(0, 1_000_000);

/// Rows of the people CSV.
pub(crate) static PERSON: Form = Form {
    title: "people",
    doc: "those who can fill a seat",
    groups: &[
        NAMED,
        &[
            need(zh("tier", &["力量"], Type::Word, "kind of force")),
            zh("skills", &["技能"], Type::Words, "what they can do"),
            zh("rank", &["职级"], Type::Word, "rank"),
            zh(
                "sworn",
                &["正式民警"],
                Type::YesNo,
                "whether sworn, else auxiliary",
            ),
            zh("grade", &["资历"], GRADES, "how experienced"),
            zh(
                "contract",
                &["合同"],
                Type::Word,
                "contract, which rules may name",
            ),
            zh(
                "contract_hours",
                &["周工时"],
                Type::Number(0.0, 168.0),
                "hours per week by contract",
            ),
            zh("base", &["驻地"], Type::Word, "home base"),
            zh("pattern", &["轮班模式"], Type::Word, "pattern they work"),
            zh(
                "crew",
                &["班别"],
                Type::Whole(1, 1000),
                "crew of the pattern, from 1",
            ),
        ],
    ],
};

/// Whom a row is about.
const WHO: &[Field] = &[need(zh("person", &["人员"], Type::Word, "key of a person"))];

/// Rows of the leave CSV.
pub(crate) static LEAVE: Form = Form {
    title: "leave",
    doc: "when people are away",
    groups: &[
        WHO,
        &[
            need(zh(
                "from",
                &["开始"],
                Type::Moment,
                "first day or instant away",
            )),
            need(zh(
                "to",
                &["截止"],
                Type::Moment,
                "last day away, or the instant of return",
            )),
            zh("kind", &["类别"], Type::Text, "what for"),
        ],
    ],
};

const WANTS: Type = Type::Choice(&[("on", &["上班"]), ("off", &["休息"])]);

/// Rows of the requests CSV.
pub(crate) static REQUEST: Form = Form {
    title: "requests",
    doc: "what people wish for",
    groups: &[
        WHO,
        &[
            need(zh("date", &["日期"], Type::Date, "which day")),
            zh("shift", &["班次"], Type::Word, "which shift; default any"),
            need(zh("want", &["意愿"], WANTS, "to work it, or not to")),
            zh("weight", &["权重"], WEIGHT, "how much it weighs; default 1"),
        ],
    ],
};

/// Rows of the CSV of the roster before.
pub(crate) static HISTORY: Form = Form {
    title: "history",
    doc: "duties of the roster before",
    groups: &[
        WHO,
        &[
            need(zh("date", &["日期"], Type::Date, "day on which it began")),
            need(zh("shift", &["班次"], Type::Word, "which shift")),
        ],
    ],
};

/// Rows of the CSV of running totals.
pub(crate) static TOTALS: Form = Form {
    title: "totals",
    doc: "what the rosters before add up to",
    groups: &[
        WHO,
        &[
            zh("hours", &["工时"], Type::Number(0.0, 1e6), "hours of work"),
            zh("nights", &["夜班数"], SO_FAR, "nights"),
            zh("weekends", &["周末数"], SO_FAR, "weekends worked"),
            zh("hard_beats", &["苦累岗数"], SO_FAR, "duties on hard beats"),
        ],
    ],
};
