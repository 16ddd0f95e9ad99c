//! What is answered: plain data, readable and writable by any program.
//!
//! A plan names things by the keys of the scenario's files and carries the road path of
//! every leg, so that it can be checked without the program that made it. `docs/formats.md`
//! documents the file.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

use crate::units::Millimetres;
use crate::units::Seconds;

/// Version written into `plan.json`, raised when the format changes.
pub const PLAN_VERSION: u32 = 1;

/// Routes for duties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Format version, [`PLAN_VERSION`].
    pub version: u32,
    /// Name of the scenario it answers.
    pub scenario: String,
    /// Second 0 of all times below, as a date-time with zone.
    pub start: String,
    /// How it was made; absent in plans of other programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
    /// Duties in the scenario's order; those left out stay at base.
    pub duties: Vec<DutyPlan>,
    /// Road paths, each used by any number of legs.
    #[serde(default)]
    pub paths: Vec<Path>,
}

/// How a plan was made: enough to make it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// Program and version.
    pub by: String,
    /// Seed of the search.
    pub seed: u64,
    /// Epochs run.
    pub epochs: u32,
    /// Epochs the cooling was laid out for.
    pub schedule: u32,
    /// Islands searched side by side.
    pub islands: u32,
}

/// The route of one duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyPlan {
    /// Unit key.
    pub unit: String,
    /// Shift key.
    pub shift: String,
    /// Operational day the duty starts on, from 0; negative when it began before the horizon.
    pub day: i32,
    /// Stops in time order: `start`, then visits and breaks, then `end`.
    pub stops: Vec<Stop>,
}

/// A stay somewhere, with the leg that led there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// What the unit does.
    #[serde(flatten)]
    pub what: Activity,
    /// When it begins.
    pub from: Seconds,
    /// When it ends.
    pub to: Seconds,
    /// Index into [`Plan::paths`] of the way from the stop before. Absent: no movement, or
    /// (plans of other programs) the checker looks for the fastest way itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<u32>,
}

/// What a unit does at a stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Activity {
    /// Briefing at base; ends when the unit may leave.
    Start,
    /// A visit to a target.
    Visit {
        /// Target key.
        target: String,
        /// Order this visit counts for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<String>,
        /// Whether a segment is patrolled from its end to its start.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reverse: bool,
    },
    /// A break: the `rule`-th of the duty's breaks, from 0.
    Break {
        /// Which of the duty's breaks, from 0.
        rule: u32,
    },
    /// Handing back at base; begins when the unit is back.
    End,
}

/// A way over the roads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Path {
    /// Profile it is driven with.
    pub profile: String,
    /// References of the vertices passed, first and last included: map node ids; negative
    /// for the points that sites and segments add (see `docs/formats.md`).
    pub nodes: Vec<i64>,
    /// Travel time.
    pub seconds: Seconds,
    /// Length.
    pub millimetres: Millimetres,
}
