//! Every key and column of the files, once: readers, did-you-mean hints and the JSON Schema
//! all come from these tables, and a test holds `docs/formats.md` against them.

use crate::scenario::form::Field;
use crate::scenario::form::Form;
use crate::scenario::form::Type;

const fn opt(name: &'static str, kind: Type, doc: &'static str) -> Field {
    Field {
        name,
        zh: &[],
        kind,
        needed: false,
        doc,
    }
}

const fn zh(
    name: &'static str,
    zh: &'static [&'static str],
    kind: Type,
    doc: &'static str,
) -> Field {
    Field {
        zh,
        ..opt(name, kind, doc)
    }
}

const fn need(field: Field) -> Field {
    Field {
        needed: true,
        ..field
    }
}

const WEIGHT: Type = Type::Whole(0, 1_000_000);
const POSITIVE: Type = Type::Number(0.0, 1e9);
const SPEED: Type = Type::Number(0.1, 300.0);

/// Key and names, which nearly everything has.
const NAMED: &[Field] = &[
    need(zh("id", &["编号"], Type::Key, "key")),
    zh("name", &["名称"], Type::Text, "name shown"),
    zh("name_zh", &["中文名"], Type::Text, "Chinese name"),
];

/// A place, in one of two ways.
const PLACE: &[Field] = &[
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
const DEMAND: &[Field] = &[
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

/// `[scenario]`.
pub(crate) static SCENARIO: Form = Form {
    title: "[scenario]",
    doc: "what the scenario is called and when it plays",
    groups: &[&[
        need(opt("name", Type::Text, "what the planner calls it")),
        opt("name_zh", Type::Text, "Chinese name"),
        need(opt("timezone", Type::Text, "IANA name of the time zone")),
        need(opt("start", Type::Instant, "second 0, local")),
        need(opt(
            "days",
            Type::Whole(1, 366),
            "length of the horizon, operational days",
        )),
    ]],
};

const FORMATS: Type = Type::Choice(&[
    ("osm-pbf", &[]),
    ("osm-xml", &[]),
    ("geojson", &[]),
    ("csv", &[]),
]);
const DATUMS: Type = Type::Choice(&[
    ("wgs84", &[]),
    ("gcj02", &[]),
    ("bd09", &[]),
    ("planar", &[]),
]);

/// `[map]`.
pub(crate) static MAP: Form = Form {
    title: "[map]",
    doc: "where the roads come from",
    groups: &[&[
        need(opt(
            "file",
            Type::Text,
            "road file; for CSV, the nodes file",
        )),
        opt("edges", Type::Text, "edges file of a CSV pair"),
        opt(
            "format",
            FORMATS,
            "how to read it; by default from the file's name",
        ),
        opt("datum", DATUMS, "coordinate system of the layers and bases"),
        opt(
            "snap_limit_m",
            Type::Number(0.1, 1e6),
            "sites farther than this from a road cannot be reached",
        ),
    ]],
};

/// `[layers]`.
pub(crate) static LAYERS: Form = Form {
    title: "[layers]",
    doc: "files next to this one",
    groups: &[&[
        opt("sites", Type::Text, "sites CSV"),
        opt("segments", Type::Text, "segments GeoJSON"),
        opt("zones", Type::Text, "zones GeoJSON"),
        opt("orders", Type::Text, "orders CSV"),
        opt("people", Type::Text, "people CSV"),
        opt("incidents", Type::Text, "incidents CSV"),
    ]],
};

/// `[[tier]]`.
pub(crate) static TIER: Form = Form {
    title: "[[tier]]",
    doc: "a kind of force",
    groups: &[
        NAMED,
        &[opt("authority", Type::Share, "how much its visits count")],
    ],
};

/// `[[base]]`.
pub(crate) static BASE: Form = Form {
    title: "[[base]]",
    doc: "where units start and end",
    groups: &[NAMED, PLACE],
};

/// `[[profile]]`.
pub(crate) static PROFILE: Form = Form {
    title: "[[profile]]",
    doc: "a way of moving",
    groups: &[&[
        need(opt("name", Type::Key, "key used by units")),
        opt(
            "like",
            Type::Word,
            "built-in it starts from: car, ebike or foot",
        ),
        opt(
            "patrol_factor",
            Type::Number(0.01, 3.0),
            "share of a road's speed driven on patrol",
        ),
        opt(
            "urgent_factor",
            Type::Number(0.01, 3.0),
            "share of a road's speed driven to an emergency",
        ),
        opt("max_kmh", SPEED, "top speed on any road"),
        opt(
            "segment_kmh",
            SPEED,
            "speed at which a key segment is patrolled",
        ),
        opt(
            "pass_private",
            Type::YesNo,
            "whether gates and access=private may be passed",
        ),
        opt(
            "class_kmh",
            Type::Speeds,
            "speeds by road class, km/h; 0 closes the class",
        ),
    ]],
};

/// `[[risk]]`.
pub(crate) static RISK: Form = Form {
    title: "[[risk]]",
    doc: "a risk profile: a multiplier by the hour",
    groups: &[&[
        need(opt("id", Type::Key, "key")),
        opt("hourly", Type::Hours(24), "every day alike"),
        opt("weekday", Type::Hours(24), "Monday to Friday"),
        opt("weekend", Type::Hours(24), "Saturday and Sunday"),
        opt("week", Type::Hours(168), "from Monday 00:00"),
    ]],
};

const CURVES: Type = Type::Choice(&[
    ("step", &[]),
    ("steps", &[]),
    ("linear", &[]),
    ("exponential", &[]),
]);

/// `[[effect]]`.
pub(crate) static EFFECT: Form = Form {
    title: "[[effect]]",
    doc: "how protection fades after a visit",
    groups: &[&[
        need(opt("id", Type::Key, "key")),
        need(opt("kind", CURVES, "shape of the curve")),
        opt("until", Type::Age, "age at which nothing is left"),
        opt("hold", Type::Age, "age up to which all is left"),
        opt(
            "half_life",
            Type::Age,
            "time in which an exponential halves",
        ),
        opt(
            "steps",
            Type::Steps,
            "ages with the percentage left up to them",
        ),
        opt(
            "grain",
            Type::Whole(1, 50),
            "percentage points of a step that a curve is cut into",
        ),
    ]],
};

/// `[[kind]]`.
pub(crate) static KIND: Form = Form {
    title: "[[kind]]",
    doc: "defaults for targets of a kind",
    groups: &[
        &[
            need(opt("id", Type::Word, "word of the kind column")),
            opt("name", Type::Text, "name shown"),
            opt("name_zh", Type::Text, "Chinese name"),
        ],
        DEMAND,
    ],
};

const PLACES: Type = Type::Choice(&[("base", &[]), ("anywhere", &[])]);

/// `[[shift.break]]`.
pub(crate) static BREAK: Form = Form {
    title: "[[shift.break]]",
    doc: "a break of a shift",
    groups: &[&[
        need(opt("length", Type::Duration, "how long")),
        need(opt(
            "earliest",
            Type::Duration,
            "earliest start after the shift's start",
        )),
        need(opt(
            "latest",
            Type::Duration,
            "latest start after the shift's start",
        )),
        opt("place", PLACES, "where it is taken"),
    ]],
};

/// `[[shift]]`.
pub(crate) static SHIFT: Form = Form {
    title: "[[shift]]",
    doc: "a shift template",
    groups: &[
        NAMED,
        &[
            need(opt("start", Type::Clock, "time of day")),
            opt("length", Type::Duration, "how long by the clock"),
            opt(
                "end",
                Type::Clock,
                "time of day it ends, instead of its length",
            ),
            opt("briefing", Type::Duration, "at base, at the start"),
            opt("handback", Type::Duration, "at base, at the end"),
            opt("break", Type::Tables(&BREAK), "breaks in time order"),
        ],
    ],
};

/// `[[unit]]`.
pub(crate) static UNIT: Form = Form {
    title: "[[unit]]",
    doc: "a team",
    groups: &[
        NAMED,
        &[
            opt("count", Type::Whole(1, 10_000), "this many alike"),
            need(opt("tier", Type::Word, "key of its tier")),
            need(opt("base", Type::Word, "key of its base")),
            need(opt("profile", Type::Word, "key of its profile")),
            opt("seats", Type::Whole(1, 1000), "people on board"),
            opt("skills", Type::Words, "what it can do"),
            opt(
                "zones",
                Type::Words,
                "zones it may visit; default everywhere",
            ),
            need(opt("shifts", Type::Words, "shifts it works, each day")),
            opt("days", Type::Weekdays, "weekdays on which its shifts start"),
        ],
    ],
};

/// `[objective]`.
pub(crate) static OBJECTIVE: Form = Form {
    title: "[objective]",
    doc: "how the levels of the objective are weighed",
    groups: &[&[
        opt(
            "order_point",
            POSITIVE,
            "points of protected risk that one order point is worth",
        ),
        opt("per_km", POSITIVE, "cost of a kilometre"),
        opt("per_hour", POSITIVE, "cost of an hour away from base"),
    ]],
};

/// `[response]`.
pub(crate) static RESPONSE: Form = Form {
    title: "[response]",
    doc: "what counts as covered by response",
    groups: &[&[
        opt(
            "within",
            Type::Duration,
            "a unit could be there in this time",
        ),
        opt("tiers", Type::Words, "who responds; default all"),
    ]],
};

/// Roster rules that may be named.
const RULES: Type = Type::Choice(&[
    ("rest-between-duties", &[]),
    ("rest-per-week", &[]),
    ("hours-per-week", &[]),
    ("hours-per-7-days", &[]),
    ("overtime-per-month", &[]),
    ("duty-length", &[]),
    ("night-hours", &[]),
    ("consecutive-days", &[]),
    ("consecutive-nights", &[]),
    ("days-off-per-week", &[]),
    ("weekends-off", &[]),
    ("rest-after-nights", &[]),
    ("forward-rotation", &[]),
    ("sworn-per-duty", &[]),
    ("supervisor-per-shift", &[]),
]);

/// `[[rule]]`.
pub(crate) static RULE: Form = Form {
    title: "[[rule]]",
    doc: "a roster rule",
    groups: &[&[
        need(opt("rule", RULES, "which rule")),
        opt("on", Type::YesNo, "whether it applies"),
        opt("price", WEIGHT, "weight of breaking it once; absent: never"),
        opt("value", Type::Number(0.0, 1e6), "its figure"),
        opt("tiers", Type::Words, "whom it binds; default all"),
        opt("source", Type::Text, "where it stands in law"),
    ]],
};

/// A table of `scenario.toml`: its key, its form, whether there may be many, whether there
/// must be one.
#[derive(Debug)]
pub(crate) struct Section {
    /// Key of the table.
    pub(crate) name: &'static str,
    /// What stands in it.
    pub(crate) form: &'static Form,
    /// Whether it is a list of tables.
    pub(crate) many: bool,
    /// Whether there must be one.
    pub(crate) needed: bool,
}

const fn section(name: &'static str, form: &'static Form, many: bool, needed: bool) -> Section {
    Section {
        name,
        form,
        many,
        needed,
    }
}

/// The tables of `scenario.toml`, in the order of the documentation.
pub(crate) static SECTIONS: [Section; 14] = [
    section("scenario", &SCENARIO, false, true),
    section("map", &MAP, false, true),
    section("layers", &LAYERS, false, false),
    section("tier", &TIER, true, true),
    section("base", &BASE, true, true),
    section("profile", &PROFILE, true, false),
    section("risk", &RISK, true, false),
    section("effect", &EFFECT, true, false),
    section("kind", &KIND, true, false),
    section("shift", &SHIFT, true, true),
    section("unit", &UNIT, true, true),
    section("objective", &OBJECTIVE, false, false),
    section("response", &RESPONSE, false, false),
    section("rule", &RULE, true, false),
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

/// Rows of the people CSV.
pub(crate) static PERSON: Form = Form {
    title: "people",
    doc: "those who can fill a seat",
    groups: &[
        NAMED,
        &[
            need(zh("tier", &["力量"], Type::Word, "kind of force")),
            zh("skills", &["技能"], Type::Words, "what they can do"),
            zh("rank", &["职级"], Type::Text, "rank"),
            zh(
                "sworn",
                &["正式民警"],
                Type::YesNo,
                "whether sworn, else auxiliary",
            ),
            zh(
                "contract_hours",
                &["周工时"],
                Type::Number(0.0, 168.0),
                "hours per week by contract",
            ),
            zh("base", &["驻地"], Type::Word, "home base"),
        ],
    ],
};
