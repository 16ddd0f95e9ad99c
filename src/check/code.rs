//! The stable codes of everything the checker can object to; `docs/check.md` explains each.

use std::fmt;

use serde::Serialize;
use serde::Serializer;

use crate::scenario::RuleKind;

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
        /// The scenario has people and the plan has no roster.
        RosterNone = "R-none",
        /// A seat names a person that the scenario does not have.
        PersonUnknown = "R-person-unknown",
        /// A seat names a duty that the scenario does not have.
        SeatDuty = "R-duty-unknown",
        /// A seat on a duty that began before the horizon: it belongs to the roster before.
        SeatBefore = "R-before",
        /// A person sits on one duty twice.
        SeatTwice = "R-seat-twice",
        /// A person sits on a duty of another tier.
        SeatTier = "R-tier",
        /// More people sit on a duty than its unit has seats.
        TooMany = "R-too-many",
        /// A person works two duties at once.
        TwoDuties = "R-two-duties",
        /// The roster claims another weight of broken wishes, or a bound that it disproves.
        RosterClaim = "R-claim",
        /// Too little rest within the window from the start of work.
        RuleRestBetweenDuties = "R-rest-between-duties",
        /// A duty starts too soon after the one before.
        RuleQuickReturns = "R-quick-returns",
        /// No rest is long enough in one of the windows.
        RuleRestPerWeek = "R-rest-per-week",
        /// Too few days off in a calendar week.
        RuleDaysOffPerWeek = "R-days-off-per-week",
        /// Too much work on a day.
        RuleHoursPerDay = "R-hours-per-day",
        /// Too much work in a calendar week.
        RuleHoursPerWeek = "R-hours-per-week",
        /// Too much work in a window of days.
        RuleHoursRolling = "R-hours-rolling",
        /// Too much work a week on average.
        RuleHoursAverage = "R-hours-average",
        /// Too much work in a calendar month.
        RuleHoursPerMonth = "R-hours-per-month",
        /// Too much overtime on a day.
        RuleOvertimePerDay = "R-overtime-per-day",
        /// Too much overtime in a calendar month.
        RuleOvertimePerMonth = "R-overtime-per-month",
        /// Too little work for the contract.
        RuleContractHours = "R-contract-hours",
        /// A duty is too long.
        RuleDutyLength = "R-duty-length",
        /// A night is too long.
        RuleNightLength = "R-night-length",
        /// Too many days of work in a row.
        RuleConsecutiveDays = "R-consecutive-days",
        /// Too many nights in a row.
        RuleConsecutiveNights = "R-consecutive-nights",
        /// Too few days of work in a row.
        RuleWorkRun = "R-work-run",
        /// Too few days off in a row.
        RuleOffRun = "R-off-run",
        /// Too little rest after a run of nights.
        RuleRestAfterNights = "R-rest-after-nights",
        /// Too many weekends worked in a window of weeks.
        RuleWeekendsWorked = "R-weekends-worked",
        /// A weekend of which only one day is worked.
        RuleCompleteWeekends = "R-complete-weekends",
        /// A duty starts earlier in the day than that of the day before.
        RuleForwardRotation = "R-forward-rotation",
        /// A duty during leave.
        RuleLeave = "R-leave",
        /// A request that may not be refused is.
        RuleRequests = "R-requests",
        /// A person is on another duty when they should take over.
        RuleHandover = "R-handover",
        /// A day is not worked as the fixed pattern says.
        RulePattern = "R-pattern",
        /// A duty drives with fewer people than its unit needs.
        RuleCrew = "R-crew",
        /// A duty drives with an empty seat.
        RuleFullCrew = "R-full-crew",
        /// Nobody on the duty has a skill of its unit.
        RuleCrewSkills = "R-crew-skills",
        /// Too few sworn people on a duty.
        RuleSwornPerDuty = "R-sworn-per-duty",
        /// Too few supervisors on a shift.
        RuleSupervisorPerShift = "R-supervisor-per-shift",
        /// A novice without a senior on a duty.
        RuleNoviceWithSenior = "R-novice-with-senior",
        /// People who belong together are not on one duty.
        RulePairsRequired = "R-pairs-required",
        /// People who must not meet are on one duty.
        RulePairsForbidden = "R-pairs-forbidden",
        /// Fewer people on duty than are needed at some time.
        RuleStaffing = "R-staffing",
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

impl Code {
    /// Whether it is about seats that no roster can have, whatever its rules.
    pub fn is_of_seats(self) -> bool {
        matches!(
            self,
            Self::PersonUnknown
                | Self::SeatDuty
                | Self::SeatBefore
                | Self::SeatTwice
                | Self::SeatTier
                | Self::TooMany
                | Self::TwoDuties
        )
    }

    /// The code of a rule that may not be broken; `None` for one that cannot be so.
    pub fn of_rule(kind: RuleKind) -> Option<Self> {
        Some(match kind {
            RuleKind::RestBetweenDuties => Self::RuleRestBetweenDuties,
            RuleKind::QuickReturns => Self::RuleQuickReturns,
            RuleKind::RestPerWeek => Self::RuleRestPerWeek,
            RuleKind::DaysOffPerWeek => Self::RuleDaysOffPerWeek,
            RuleKind::HoursPerDay => Self::RuleHoursPerDay,
            RuleKind::HoursPerWeek => Self::RuleHoursPerWeek,
            RuleKind::HoursRolling => Self::RuleHoursRolling,
            RuleKind::HoursAverage => Self::RuleHoursAverage,
            RuleKind::HoursPerMonth => Self::RuleHoursPerMonth,
            RuleKind::OvertimePerDay => Self::RuleOvertimePerDay,
            RuleKind::OvertimePerMonth => Self::RuleOvertimePerMonth,
            RuleKind::ContractHours => Self::RuleContractHours,
            RuleKind::DutyLength => Self::RuleDutyLength,
            RuleKind::NightLength => Self::RuleNightLength,
            RuleKind::ConsecutiveDays => Self::RuleConsecutiveDays,
            RuleKind::ConsecutiveNights => Self::RuleConsecutiveNights,
            RuleKind::WorkRun => Self::RuleWorkRun,
            RuleKind::OffRun => Self::RuleOffRun,
            RuleKind::RestAfterNights => Self::RuleRestAfterNights,
            RuleKind::WeekendsWorked => Self::RuleWeekendsWorked,
            RuleKind::CompleteWeekends => Self::RuleCompleteWeekends,
            RuleKind::ForwardRotation => Self::RuleForwardRotation,
            RuleKind::Leave => Self::RuleLeave,
            RuleKind::Requests => Self::RuleRequests,
            RuleKind::Handover => Self::RuleHandover,
            RuleKind::Pattern => Self::RulePattern,
            RuleKind::Crew => Self::RuleCrew,
            RuleKind::FullCrew => Self::RuleFullCrew,
            RuleKind::CrewSkills => Self::RuleCrewSkills,
            RuleKind::SwornPerDuty => Self::RuleSwornPerDuty,
            RuleKind::SupervisorPerShift => Self::RuleSupervisorPerShift,
            RuleKind::NoviceWithSenior => Self::RuleNoviceWithSenior,
            RuleKind::PairsRequired => Self::RulePairsRequired,
            RuleKind::PairsForbidden => Self::RulePairsForbidden,
            RuleKind::Staffing => Self::RuleStaffing,
            RuleKind::NightDuty
            | RuleKind::FairHours
            | RuleKind::FairNights
            | RuleKind::FairWeekends
            | RuleKind::FairHardBeats => return None,
        })
    }
}

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

    #[test]
    fn a_rule_has_the_code_of_its_word() {
        for kind in RuleKind::ALL {
            let Some(code) = Code::of_rule(*kind) else {
                assert!(kind.is_definition() || kind.is_wish(), "{kind}");
                continue;
            };
            assert_eq!(code.as_str(), format!("R-{kind}"));
        }
    }
}
