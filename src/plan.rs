//! What is answered: plain data, readable and writable by any program.
//!
//! A plan names things by the keys of the scenario's files and carries the road path of
//! every leg, so that it can be checked without the program that made it. `docs/formats.md`
//! documents the file.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;
use serde::de::Error as _;

use crate::units::Millimetres;
use crate::units::Seconds;

/// Version written into `plan.json`, raised when the format changes.
pub const PLAN_VERSION: u32 = 1;

/// Routes for duties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// What no plan can exceed; absent where nobody worked it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// Duties in the scenario's order; those left out stay at base.
    pub duties: Vec<DutyPlan>,
    /// Who sits where; absent where the scenario has no people, or nobody has been put anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<Roster>,
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

/// What no plan for the same scenario can exceed, by proof, and what holds it down.
///
/// Shares are of all risk over the horizon, from 0 to 1. "At most" is meant as proven: the bound
/// of the changed scenario is no more than this above [`Bound::value`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Protected risk and order points of any plan, points.
    pub value: f64,
    /// Share of risk protected by any plan that earns as many order points as this one.
    pub protected_risk: f64,
    /// Rounds of the search for prices.
    pub rounds: u32,
    /// Seconds of a slot of time in the last, safe evaluation.
    pub slot: u32,
    /// What one more duty of each unit and shift could add, greatest per hour first.
    pub duties: Vec<DutyWorth>,
    /// What could be gained if a place needed no patrols at all, greatest first; places at
    /// which nothing could be gained are left out.
    pub targets: Vec<PlaceWorth>,
    /// The same for all targets of a zone together, greatest first.
    pub zones: Vec<PlaceWorth>,
    /// What could be gained if nothing needed patrols in an hour, for each hour of the
    /// horizon.
    pub hours: Vec<f64>,
}

/// What one more duty like those of a unit on a shift could add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyWorth {
    /// Unit key.
    pub unit: String,
    /// Shift key.
    pub shift: String,
    /// Hours that it may be out, on the date on which one more is worth most.
    pub hours: f64,
    /// Share of all risk that it could add at most, on that date.
    pub at_most: f64,
}

/// What could be gained at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceWorth {
    /// Target or zone key.
    pub id: String,
    /// Share of all risk that could be gained at most.
    pub at_most: f64,
}

/// Who sits on which duty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// How it was made; absent in rosters of other programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
    /// What the program that made it says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<RosterClaim>,
    /// What one more person of each tier would be worth, most first; absent where nobody worked
    /// it out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newcomers: Vec<NewcomerWorth>,
    /// The seats that are taken, in any order.
    pub seats: Vec<Seat>,
}

/// What a roster's maker says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterClaim {
    /// Weight of all broken wishes.
    pub wishes: i64,
    /// Weight that no roster for the same duties can do without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
}

/// What one more person of a tier would be worth: their best schedule beside everybody else's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewcomerWorth {
    /// Tier key.
    pub tier: String,
    /// Hours on duty that they would work.
    pub hours: f64,
    /// Burden of broken promises that would go, empty seats of duties at base included.
    pub promises: i64,
    /// Weight of broken wishes that would go; negative where more would be broken.
    pub wishes: i64,
    /// Share of all risk that duties add which could leave their base for it, by quick routes.
    pub protected_risk: f64,
    /// Where they would sit.
    pub seats: Vec<Place>,
}

/// A duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Unit key.
    pub unit: String,
    /// Shift key.
    pub shift: String,
    /// Operational day it starts on, from 0.
    pub day: i32,
}

/// A person on a duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Person key.
    pub person: String,
    /// Unit key.
    pub unit: String,
    /// Shift key.
    pub shift: String,
    /// Operational day the duty starts on, from 0.
    pub day: i32,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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

/// A [`Stop`] as it stands in a file. serde cannot refuse unknown keys of a flattened enum, so
/// the keys are read flat and put together by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StopInFile {
    kind: Kind,
    target: Option<String>,
    order: Option<String>,
    reverse: Option<bool>,
    rule: Option<u32>,
    from: Seconds,
    to: Seconds,
    path: Option<u32>,
}

/// The kinds of [`Activity`].
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Start,
    Visit,
    Break,
    End,
}

impl<'de> Deserialize<'de> for Stop {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stop = StopInFile::deserialize(deserializer)?;
        let only_visits = [
            stop.target.is_some().then_some("target"),
            stop.order.is_some().then_some("order"),
            stop.reverse.is_some().then_some("reverse"),
        ];
        let only_breaks = [stop.rule.is_some().then_some("rule")];
        let refuse = |keys: &[Option<&str>]| match keys.iter().flatten().next() {
            Some(key) => Err(D::Error::custom(format!(
                "a stop of this kind has no `{key}`"
            ))),
            None => Ok(()),
        };
        if !matches!(stop.kind, Kind::Visit) {
            refuse(&only_visits)?;
        }
        if !matches!(stop.kind, Kind::Break) {
            refuse(&only_breaks)?;
        }
        let what = match stop.kind {
            Kind::Start => Activity::Start,
            Kind::End => Activity::End,
            Kind::Visit => Activity::Visit {
                target: stop
                    .target
                    .ok_or_else(|| D::Error::missing_field("target"))?,
                order: stop.order,
                reverse: stop.reverse.unwrap_or(false),
            },
            Kind::Break => Activity::Break {
                rule: stop.rule.ok_or_else(|| D::Error::missing_field("rule"))?,
            },
        };
        Ok(Self {
            what,
            from: stop.from,
            to: stop.to,
            path: stop.path,
        })
    }
}
