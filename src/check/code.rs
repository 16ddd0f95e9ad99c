//! The stable codes of everything the checker can object to; `docs/check.md` explains each.

use std::fmt;

use serde::Serialize;
use serde::Serializer;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$case_doc])* $case,)*
        }

        impl $name {
            /// Every code, in the order of `docs/check.md`.
            pub const ALL: &[Self] = &[$(Self::$case,)*];

            /// The code as written in files.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$case => $text,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    };
}

codes!(
    /// What makes a plan invalid.
    Code {
        /// The plan file has another format version.
        Version = "V-version",
        /// The plan answers another scenario.
        Scenario = "V-scenario",
        /// The plan counts its seconds from another instant.
        Start = "V-start",
        /// A duty names a unit that the scenario does not have.
        UnitUnknown = "V-unit-unknown",
        /// A duty names a shift that the scenario does not have.
        ShiftUnknown = "V-shift-unknown",
        /// The unit has no such shift on that day.
        DutyUnknown = "V-duty-unknown",
        /// A duty is planned twice.
        DutyTwice = "V-duty-twice",
        /// A unit does two duties at once.
        DutiesOverlap = "V-duties-overlap",
        /// The first stop of a duty is not its start.
        NoStart = "V-no-start",
        /// The last stop of a duty is not its end.
        NoEnd = "V-no-end",
        /// A start or an end stands in the middle of a duty.
        StartOrEndInside = "V-start-or-end-inside",
        /// A stop lies outside the horizon.
        TimeRange = "V-time-range",
        /// A stop ends before it begins.
        TimeBackwards = "V-time-backwards",
        /// A stop begins before the one in front of it has ended.
        StopsOverlap = "V-stops-overlap",
        /// A stop begins before the unit can be there.
        LegTooFast = "V-leg-too-fast",
        /// The start stop begins outside the briefing.
        StartTime = "V-start-time",
        /// The unit leaves its base during the briefing.
        LeavesEarly = "V-leaves-early",
        /// The unit is back at base too late to hand back.
        BackLate = "V-back-late",
        /// The end stop ends after the shift.
        EndsLate = "V-ends-late",
        /// A stop names a path that the plan does not have.
        PathUnknown = "V-path-unknown",
        /// A path is driven with another profile than the unit's, or with none of the
        /// scenario.
        PathProfile = "V-path-profile",
        /// A path passes no vertex at all.
        PathEmpty = "V-path-empty",
        /// A path passes a vertex that the map does not have.
        PathNode = "V-path-node",
        /// No arc that the profile may use joins two vertices of a path.
        PathBroken = "V-path-broken",
        /// A path contains a forbidden sequence of arcs.
        PathForbidden = "V-path-forbidden",
        /// A path states another travel time than its arcs have.
        PathSeconds = "V-path-seconds",
        /// A path states another length than its arcs have.
        PathLength = "V-path-length",
        /// A leg starts elsewhere than the stop before it ends.
        PathStart = "V-path-start",
        /// A leg ends elsewhere than its stop begins.
        PathEnd = "V-path-end",
        /// A stop at which the unit stays where it is has a path.
        PathNeedless = "V-path-needless",
        /// A leg has no path, and no legal way leads there.
        NoWay = "V-no-way",
        /// The base is on no road of the unit's profile.
        BaseUnreachable = "V-base-unreachable",
        /// A visit names a target that the scenario does not have.
        TargetUnknown = "V-target-unknown",
        /// The target is on no road of the unit's profile.
        TargetUnreachable = "V-target-unreachable",
        /// The target may not be visited in that direction.
        Direction = "V-direction",
        /// Visits of the unit's tier do not count at the target.
        Tier = "V-tier",
        /// The target lies outside the unit's zones.
        Zone = "V-zone",
        /// The unit lacks a skill that the target wants.
        Skill = "V-skill",
        /// A visit is shorter than the target wants.
        TooShort = "V-too-short",
        /// A visit does not lie wholly inside one window of its target.
        Window = "V-window",
        /// A visit names an order that the scenario does not have.
        OrderUnknown = "V-order-unknown",
        /// The target does not serve the order.
        OrderTarget = "V-order-target",
        /// The unit may not serve the order.
        OrderUnit = "V-order-unit",
        /// The unit lacks a skill that the order wants.
        OrderSkill = "V-order-skill",
        /// A visit is shorter than its order wants.
        OrderTooShort = "V-order-too-short",
        /// A visit does not lie wholly inside one window of its order.
        OrderWindow = "V-order-window",
        /// A visit does not lie wholly inside one period of its order.
        OrderPeriod = "V-order-period",
        /// Two visits for an order at one target follow each other too soon.
        OrderSpacing = "V-order-spacing",
        /// The duty has no such break.
        BreakUnknown = "V-break-unknown",
        /// A break is given twice.
        BreakTwice = "V-break-twice",
        /// The bound that the plan carries is disproved by it, or is none.
        Bound = "V-bound",
    }
);

codes!(
    /// What a valid plan may still fall short of: level 1 of the objective.
    Promise {
        /// A mandatory order misses visits.
        Order = "P-order",
        /// A hard standard is exceeded.
        Standard = "P-standard",
        /// A break is not given as the shift wants it.
        Break = "P-break",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained() {
        let page = include_str!("../../docs/check.md");
        let codes = Code::ALL.iter().map(|c| c.as_str());
        for code in codes.chain(Promise::ALL.iter().map(|p| p.as_str())) {
            let row = format!("| `{code}` |");
            assert!(page.contains(&row), "docs/check.md says nothing of {code}");
        }
    }
}
