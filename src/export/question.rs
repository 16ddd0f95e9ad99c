//! What `export instance` writes: plain data, every reference by key or by index.
//!
//! Times are whole seconds from the start of the horizon; shares are whole percents; places
//! are in the map's own coordinates (longitude and latitude in degrees, or planar metres).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use crate::units::Level;
use crate::units::Rate;
use crate::units::Seconds;

/// Version written into the file, raised when the format changes.
pub const QUESTION_VERSION: u32 = 1;

/// A stretch of time: from, to.
pub type Stretch = [Seconds; 2];

/// A compiled scenario: all that a solver needs to write a plan for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Format version, [`QUESTION_VERSION`].
    pub version: u32,
    /// Name of the scenario; a plan repeats it.
    pub scenario: String,
    /// Second 0 as a date-time with zone; a plan repeats it.
    pub start: String,
    /// Length of the horizon.
    pub horizon: Seconds,
    /// Whether places are planar metres (else longitude and latitude in degrees, WGS-84).
    pub planar: bool,
    /// Points of protected risk that one order point is worth.
    pub order_point: f64,
    /// Ways to be somewhere: bases first, then targets, one spot for each direction.
    pub spots: Vec<Spot>,
    /// Ways of moving, with their travel times.
    pub profiles: Vec<Profile>,
    /// Sites and segments.
    pub targets: Vec<Target>,
    /// Demanded visits.
    pub orders: Vec<Order>,
    /// Teams.
    pub units: Vec<Unit>,
    /// Units on shifts on days, in the scenario's order.
    pub duties: Vec<Duty>,
}

/// A base, or a target in one direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Key of the base, absent at targets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Key of the target, absent at bases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Whether a segment is patrolled from its end to its start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reverse: bool,
    /// Name shown.
    pub name: String,
    /// Where a unit arrives, x (longitude) and y (latitude), as the scenario gives it.
    pub at: [f64; 2],
}

/// A way of moving.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name of the profile.
    pub name: String,
    /// Travel seconds from leaving the row's spot to arriving at the column's; `null` where no
    /// way leads. From a segment to itself: the way back from its end to its start.
    pub seconds: Vec<Vec<Option<Seconds>>>,
    /// Least length of a visit at each spot, traversal of a segment included; 0 at bases, `null`
    /// where the profile cannot go.
    pub visits: Vec<Option<Seconds>>,
}

/// A site or a segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Key used in plans.
    pub id: String,
    /// What it is, such as `bank`.
    pub kind: String,
    /// Longest time between visits; absent: visited for orders only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Seconds>,
    /// Weight of each minute beyond the standard when that is a promise; 0 when it is not.
    pub hard: i64,
    /// Protection left as a visit ages, `[until, percent]`: the percentage of the first step whose
    /// `until` is larger than the time since the visit ended, 0 after the last.
    pub effect: Vec<(Seconds, Level)>,
    /// Risk, `[start, rate]`: thousandths of a point per hour from there to the next start or
    /// the end of the horizon. Empty: no risk.
    pub risk: Vec<(Seconds, Rate)>,
    /// When visits may take place, each wholly inside one, sorted and apart.
    pub windows: Vec<Stretch>,
    /// How much a visit counts by tier, percent; 0: the tier does not visit here.
    pub authority: BTreeMap<String, Level>,
    /// The last visit before the horizon, where known: when it ended (0 or negative), and how
    /// much it counts, percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_visit: Option<(Seconds, Level)>,
}

/// Visits demanded beside the standards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Key used in plans.
    pub id: String,
    /// Keys of the targets that serve it; any of them counts.
    pub targets: Vec<String>,
    /// Visits that count in each period.
    pub count: u32,
    /// The periods; a visit lies wholly inside one.
    pub periods: Vec<Stretch>,
    /// When its visits may take place, within the windows of the target; each lies wholly
    /// inside one.
    pub windows: Vec<Stretch>,
    /// Least time from the end of one visit for it to the start of the next at the same target.
    pub spacing: Seconds,
    /// Least length of a visit, where longer than the target's own.
    pub dwell: Seconds,
    /// Keys of the units that may serve it, at the targets that they may visit.
    pub units: Vec<String>,
    /// Points for each counted visit.
    pub points: f64,
    /// Weight of each missing visit when it is a promise; 0 when it is not.
    pub hard: i64,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Key used in plans.
    pub id: String,
    /// Its tier.
    pub tier: String,
    /// Index into the profiles.
    pub profile: u32,
    /// Spot where its duties start and end.
    pub base: u32,
    /// Keys of the targets that it may visit and that are worth a visit.
    pub targets: Vec<String>,
}

/// A unit on a shift on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Key of the unit.
    pub unit: String,
    /// Key of the shift.
    pub shift: String,
    /// Operational day it starts on, from 0; negative when it began before the horizon.
    pub day: i32,
    /// The duty within the horizon: a plan's `start` stop begins and its `end` stop ends there.
    pub span: Stretch,
    /// When the unit may be away from its base: the `start` stop ends, and the `end` stop
    /// begins, within.
    pub route: Stretch,
    /// Breaks to be given, in time order; a plan's `rule` is the index.
    pub breaks: Vec<Break>,
}

/// A break of a duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// How long.
    pub length: Seconds,
    /// Earliest start.
    pub earliest: Seconds,
    /// Latest start.
    pub latest: Seconds,
    /// Whether it is taken at base; else at the stop before, without moving.
    pub at_base: bool,
}
