//! The rules of one person, one file per rule or pair of rules.

mod consecutive;
mod contract_hours;
mod days_off_per_week;
mod duty_length;
mod forward_rotation;
mod handover;
mod hours_average;
mod hours_per_day;
mod hours_per_month;
mod hours_per_week;
mod hours_rolling;
mod leave;
mod overtime_per_day;
mod overtime_per_month;
mod pattern;
mod quick_returns;
mod requests;
mod rest_after_nights;
mod rest_between_duties;
mod rest_per_week;
mod shortest_run;
mod weekends;

use super::breach::Breach;
use super::life::Life;
use crate::scenario::Rule;
use crate::scenario::RuleKind;

/// All that is broken of some rules by what a person works, rule by rule.
pub fn judge(life: &Life<'_>, rules: &[&Rule]) -> Vec<Breach> {
    rules.iter().flat_map(|rule| broken(life, rule)).collect()
}

/// All that is broken of a rule. Kinds that do not bind a person by themselves are not.
fn broken(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    use RuleKind as K;
    match rule.kind {
        K::RestBetweenDuties => rest_between_duties::check(life, rule),
        K::QuickReturns => quick_returns::check(life, rule),
        K::RestPerWeek => rest_per_week::check(life, rule),
        K::DaysOffPerWeek => days_off_per_week::check(life, rule),
        K::HoursPerDay => hours_per_day::check(life, rule),
        K::HoursPerWeek => hours_per_week::check(life, rule),
        K::HoursRolling => hours_rolling::check(life, rule),
        K::HoursAverage => hours_average::check(life, rule).into_iter().collect(),
        K::HoursPerMonth => hours_per_month::check(life, rule),
        K::OvertimePerDay => overtime_per_day::check(life, rule),
        K::OvertimePerMonth => overtime_per_month::check(life, rule),
        K::ContractHours => contract_hours::check(life, rule).into_iter().collect(),
        K::DutyLength => duty_length::any(life, rule),
        K::NightLength => duty_length::night(life, rule),
        K::ConsecutiveDays => consecutive::days(life, rule),
        K::ConsecutiveNights => consecutive::nights(life, rule),
        K::WorkRun => shortest_run::work(life, rule),
        K::OffRun => shortest_run::off(life, rule),
        K::RestAfterNights => rest_after_nights::check(life, rule),
        K::WeekendsWorked => weekends::most(life, rule),
        K::CompleteWeekends => weekends::complete(life, rule),
        K::ForwardRotation => forward_rotation::check(life, rule),
        K::Leave => leave::check(life, rule),
        K::Requests => requests::check(life, rule),
        K::Handover => handover::check(life, rule),
        K::Pattern => pattern::check(life, rule),
        // A definition, and rules of duties, tiers and company.
        K::NightDuty
        | K::Crew
        | K::FullCrew
        | K::CrewSkills
        | K::SwornPerDuty
        | K::SupervisorPerShift
        | K::NoviceWithSenior
        | K::PairsRequired
        | K::PairsForbidden
        | K::Staffing
        | K::FairHours
        | K::FairNights
        | K::FairWeekends
        | K::FairHardBeats => Vec::new(),
    }
}
