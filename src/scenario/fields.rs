//! Every table and key of `scenario.toml`, see [`super::columns`].

use crate::scenario::columns::DEMAND;
use crate::scenario::columns::NAMED;
use crate::scenario::columns::PLACE;
use crate::scenario::columns::POSITIVE;
use crate::scenario::columns::SPEED;
use crate::scenario::columns::WEIGHT;
use crate::scenario::form::Form;
use crate::scenario::form::Type;
use crate::scenario::form::need;
use crate::scenario::form::opt;
use crate::scenario::rules::WORDS;

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
        opt("leave", Type::Text, "leave CSV"),
        opt("requests", Type::Text, "requests CSV"),
        opt("history", Type::Text, "CSV of the roster before"),
        opt(
            "totals",
            Type::Text,
            "CSV of what the rosters before add up to",
        ),
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
            opt(
                "min_crew",
                Type::Whole(1, 1000),
                "people without whom it may not drive; default its seats",
            ),
            opt("hard_beat", Type::YesNo, "whether its beat is a hard one"),
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

/// `[[ruleset]]`.
pub(crate) static RULESET: Form = Form {
    title: "[[ruleset]]",
    doc: "a ready-made set of roster rules that applies",
    groups: &[&[
        need(opt("set", Type::Word, "which set")),
        opt("tiers", Type::Words, "whom it binds; default all"),
    ]],
};

/// `[[rule]]`.
pub(crate) static RULE: Form = Form {
    title: "[[rule]]",
    doc: "a roster rule",
    groups: &[&[
        need(opt("rule", Type::Choice(WORDS), "which rule")),
        opt("on", Type::YesNo, "whether it applies"),
        opt(
            "price",
            WEIGHT,
            "weight of each unit by which it is broken; absent: it may not be broken",
        ),
        opt("value", Type::Number(0.0, 1e5), "its figure"),
        opt("window", Type::Whole(1, 1000), "its window"),
        opt("tiers", Type::Words, "whom it binds; default all"),
        opt("contracts", Type::Words, "contracts that it binds, instead"),
        opt("people", Type::Words, "people whom it binds, instead"),
        opt("ranks", Type::Words, "ranks of supervisors"),
        opt("skills", Type::Words, "skills of supervisors"),
        opt("pattern", Type::Word, "pattern of those who name none"),
        opt(
            "shifts",
            Type::Words,
            "shifts for the pattern's turns, in their order",
        ),
        opt("from", Type::Date, "day on which the first crew begins"),
        opt("source", Type::Text, "where it stands in law"),
    ]],
};

/// `[[staffing]]`.
pub(crate) static STAFFING: Form = Form {
    title: "[[staffing]]",
    doc: "how many people are wanted on duty when",
    groups: &[
        NAMED,
        &[
            need(opt("tier", Type::Word, "kind of force")),
            opt("zone", Type::Word, "only with units confined to this zone"),
            opt("skill", Type::Word, "only people with this skill"),
            opt("windows", Type::Windows, "when; default always"),
            opt("least", Type::Whole(0, 100_000), "fewest people"),
            opt(
                "desired",
                Type::Whole(0, 100_000),
                "people desired; default the fewest",
            ),
            opt(
                "price",
                WEIGHT,
                "weight of each person and hour below the desired; default 1",
            ),
        ],
    ],
};

/// `[set]` of a ready-made rule set.
static SET: Form = Form {
    title: "[set]",
    doc: "what a rule set is called and taken from",
    groups: &[&[
        need(opt("name", Type::Text, "name shown")),
        need(opt("name_zh", Type::Text, "Chinese name")),
        need(opt("source", Type::Text, "what it is taken from")),
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
pub(crate) static SECTIONS: [Section; 16] = [
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
    section("ruleset", &RULESET, true, false),
    section("rule", &RULE, true, false),
    section("staffing", &STAFFING, true, false),
];

/// The tables of a ready-made rule set.
pub(crate) static SET_SECTIONS: [Section; 2] = [
    section("set", &SET, false, true),
    section("rule", &RULE, true, true),
];
