//! The data behind the report's page: plain, compact JSON, embedded in the HTML.
//!
//! The page shows what stands here and computes nothing a planner would quote. Other
//! programs may read it too: it is the content of `<script id="data">`.
//!
//! # Conventions
//!
//! - **Time** is in seconds from the start of the horizon. [`Clock`] turns it into civil time.
//! - **Place** is in whole decimetres east and north of the map's south-west corner.
//! - **Reference** to a unit, tier, target, and so on is its position in the list of that name.
//! - **Share** is a number from 0 to 1. **Level** is a whole number from 0 to 100.
//! - **Walk** is a way over the vertices of [`Map::xy`], flat: `step, run, step, run, ...`.
//!   Each pair goes to the vertex `step` numbers on from the last one (the first: from 0)
//!   and then passes `run` more, one number at a time: up when positive, down when
//!   negative. Vertices are numbered along the roads, so most walks are short lists.

mod roster;

use std::fmt;

use serde::Serialize;

pub use roster::*;

/// Version of the page's data, raised when it changes.
pub const PAGE_VERSION: u32 = 3;

/// Language of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    Zh,
    /// English.
    #[default]
    En,
}

impl fmt::Display for Lang {
    /// `zh` or `en`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Zh => "zh",
            Self::En => "en",
        })
    }
}

/// Everything the page shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Page {
    /// [`PAGE_VERSION`].
    pub version: u32,
    /// Language to begin with.
    pub lang: Lang,
    /// Name of the scenario.
    pub name: Name,
    /// How the plan was made, in one line; empty when unknown.
    pub made: String,
    /// Civil time.
    pub clock: Clock,
    /// The roads.
    pub map: Map,
    /// Areas.
    pub zones: Vec<Zone>,
    /// Where units start and end.
    pub bases: Vec<Base>,
    /// Kinds of force.
    pub tiers: Vec<Named>,
    /// Shift templates.
    pub shifts: Vec<Named>,
    /// Teams.
    pub units: Vec<Unit>,
    /// Sites and segments.
    pub targets: Vec<Target>,
    /// Demanded visits beside the standards.
    pub orders: Vec<Order>,
    /// Routes.
    pub duties: Vec<Duty>,
    /// Ways between stops.
    pub paths: Vec<Path>,
    /// Figures of the whole plan.
    pub figures: Figures,
    /// How good any plan could be at most; `null` where the plan claims nothing.
    pub bound: Option<Bound>,
    /// Who works when; `null` where the plan has no roster.
    pub roster: Option<Roster>,
    /// What fell short, gravest first.
    pub shortfalls: Vec<Shortfall>,
    /// Why the plan is not valid; empty when it is.
    pub violations: Vec<Violation>,
    /// Warnings about the scenario, such as sites that no road reaches.
    pub warnings: Vec<String>,
}

/// A name in one or two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name as given.
    pub plain: String,
    /// The Chinese name, where given apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
}

/// Something with a key and a name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Named {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
}

/// How seconds of the horizon read on a clock on the wall.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Clock {
    /// Second 0, in seconds since 1970 (UTC).
    pub epoch: i64,
    /// Name of the time zone.
    pub zone: String,
    /// `(from second, seconds east of UTC)`: each holds until the next.
    pub offsets: Vec<(i64, i64)>,
    /// Length of the horizon.
    pub horizon: i64,
    /// Operational days as `(start, end)`.
    pub days: Vec<(i64, i64)>,
}

/// The roads.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Map {
    /// Who must be named beside the map; empty for planar road files.
    pub attribution: String,
    /// East and north extent, decimetres.
    pub size: (i64, i64),
    /// Vertices: `x, y` of the first, then differences from one to the next.
    pub xy: Vec<i64>,
    /// Roads by class, the least important first.
    pub roads: Vec<Roads>,
}

/// All roads of one class.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Roads {
    /// Class as in the map file.
    pub class: String,
    /// How it is drawn: 5 through roads, 4 main, 3 local, 2 service, 1 paths.
    pub rank: u8,
    /// Walks.
    pub walks: Vec<Vec<i64>>,
}

/// An area.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Zone {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
    /// Outer and inner rings, each flat: `x, y`, then differences.
    pub rings: Vec<Vec<i64>>,
}

/// Where units start and end.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Base {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
    /// Where.
    pub at: (i64, i64),
}

/// A team.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Unit {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
    /// Kind of force.
    pub tier: usize,
    /// Where its duties start and end.
    pub base: usize,
    /// Way of moving, such as `car`.
    pub profile: String,
    /// Length driven and patrolled, kilometres.
    pub km: f64,
    /// Time away from base, hours.
    pub crew_hours: f64,
    /// Time on duty, hours.
    pub duty_hours: f64,
    /// Visits made.
    pub visits: u64,
}

/// A site or a segment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Target {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
    /// What it is, as given.
    pub kind: String,
    /// Icon, see [`super::icons`].
    pub icon: &'static str,
    /// Course, flat: `x, y`, then differences. One point for a site.
    pub line: Vec<i64>,
    /// Revisit interval.
    pub standard: Option<i64>,
    /// Whether the standard is a promise.
    pub hard: bool,
    /// Mean risk, points per hour.
    pub risk: f64,
    /// Share of its risk that is protected.
    pub protected: Option<f64>,
    /// Longest wait as `(start, end)`; it may have begun before the horizon.
    pub worst: Option<(i64, i64)>,
    /// Longest wait over the standard.
    pub ratio: Option<f64>,
    /// Share of its gaps within the standard.
    pub kept: Option<f64>,
    /// Time-average idleness, seconds.
    pub idleness: f64,
    /// Level of protection over time, flat: `length, level, length, level, ...`.
    pub levels: Vec<i64>,
    /// Stretches beyond the standard, flat: pause since the last one's end, length, ...
    pub broken: Vec<i64>,
}

/// Demanded visits beside the standards.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Order {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
    /// Whether it is a promise.
    pub hard: bool,
    /// Visits wanted over all periods.
    pub wanted: u64,
    /// Visits counted.
    pub met: u64,
}

/// A unit on a shift on a day.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Duty {
    /// Who.
    pub unit: usize,
    /// On which template.
    pub shift: usize,
    /// Operational day it starts on.
    pub day: i32,
    /// When, as `(start, end)`.
    pub span: (i64, i64),
    /// Length driven and patrolled, kilometres.
    pub km: f64,
    /// Stops in time order, each `[what, from, to, path, order, reverse]`: `what` is a
    /// target, or -1 start at base, -2 end at base, -3 break, -4 something unknown; `path`
    /// and `order` are -1 where there is none; `reverse` is 1 for a segment patrolled from
    /// its end to its start.
    pub stops: Vec<[i64; 6]>,
}

/// A way between stops.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Path {
    /// The walk.
    pub walk: Vec<i64>,
    /// Travel time from the start of each run to its end, with the way to its start:
    /// milliseconds, one for each pair of `walk`.
    pub times: Vec<i64>,
}

/// Figures of the whole plan, as the checker calculated them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Whether no rule is broken.
    pub valid: bool,
    /// Share of risk protected.
    pub protected: f64,
    /// Share of gaps within their standard.
    pub kept: Option<f64>,
    /// Target whose longest wait is worst measured by its standard.
    pub worst: Option<usize>,
    /// That wait over that standard.
    pub ratio: Option<f64>,
    /// Order visits counted.
    pub orders_met: u64,
    /// Order visits missing.
    pub orders_missed: u64,
    /// Share of risk within reach of a unit on duty, over time.
    pub response: Option<f64>,
    /// Share of risk protected in each hour of the horizon.
    pub hourly: Vec<f64>,
    /// All figures in the order of the table.
    pub table: Vec<Row>,
    /// How evenly the units of each tier share the work.
    pub fairness: Vec<Fairness>,
}

/// How evenly the units of a tier share the work.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fairness {
    /// The tier.
    pub tier: usize,
    /// Its units that have duties.
    pub units: usize,
    /// Kilometres of the unit that drives least.
    pub least_km: f64,
    /// Kilometres of the unit that drives most.
    pub most_km: f64,
    /// Hours away from base of the unit out most, less those of the one out least.
    pub spread_hours: f64,
}

/// A line of the table of figures.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Name of the figure, a key of the page's dictionary.
    pub key: &'static str,
    /// Its value; `null` where it does not apply.
    pub value: Option<f64>,
    /// How it is written: `share`, `count`, `points`, `minutes`, `hours`, `km`,
    /// `ratio` or `time`.
    pub unit: &'static str,
}

/// How good any plan of these crews could be at most, and what holds that down.
///
/// The one part that is not the checker's: it is what the plan file claims, proved by the
/// program that made it. Every number says "at most" and is rounded up.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bound {
    /// Share of risk protected by any plan that earns as many order points.
    pub protected: f64,
    /// How much of the greatest value possible, order points included, this plan leaves out.
    pub gap: f64,
    /// Whether orders are worth anything, so that order points must be spoken of.
    pub orders: bool,
    /// By how much one more duty would raise the limit, the worthiest hours first.
    pub duties: Vec<DutyWorth>,
    /// By how much the limit would rise if a target needed no patrols, most first.
    pub targets: Vec<PlaceWorth>,
    /// The same for all targets of a zone together.
    pub zones: Vec<PlaceWorth>,
    /// The same for each hour of the horizon: shares of all risk. Empty when not claimed.
    pub hours: Vec<f64>,
    /// When most of that is held back.
    pub most: Option<ClockRun>,
}

/// What one more duty like those of a unit on a shift could add.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct DutyWorth {
    /// The unit.
    pub unit: usize,
    /// The shift.
    pub shift: usize,
    /// Share of all risk.
    pub at_most: f64,
    /// The same for each hour that it may be out.
    pub per_hour: f64,
}

/// What could be gained at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct PlaceWorth {
    /// The target or zone.
    pub place: usize,
    /// Share of all risk.
    pub at_most: f64,
}

/// The shortest stretch of the clock in which half or more is held back, all days together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ClockRun {
    /// Hour of the day it begins at, 0 to 23.
    pub from: usize,
    /// Hour of the day it ends before, 0 to 23; it may lie past midnight.
    pub to: usize,
    /// Share of all that is held back.
    pub share: f64,
}

/// What fell short and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shortfall {
    /// What: `standard`, `order` or `break`.
    pub what: &'static str,
    /// Target, for a standard.
    pub target: Option<usize>,
    /// Order, for an order.
    pub order: Option<usize>,
    /// Unit, for a break.
    pub unit: Option<usize>,
    /// Whether it was a promise.
    pub hard: bool,
    /// Seconds beyond the standard over the horizon, visits missing, or seconds of break.
    pub amount: i64,
    /// Worst wait, first period missed, or duty, as `(start, end)`.
    pub span: Option<(i64, i64)>,
    /// Why, a key of the page's dictionary; see `page::why`.
    pub why: &'static str,
    /// Figures for the sentence of `why`.
    pub with: Vec<f64>,
}

/// A rule that the plan breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Stable code.
    pub code: String,
    /// Where and by how much.
    pub text: String,
}
