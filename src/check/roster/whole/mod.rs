//! The rules of duties, shifts and tiers, and of people in each other's company.

mod aboard;
mod crew;
mod fair;
mod pairs;
mod staffing;
mod supervisor;

use super::breach::Breach;
use super::people::People;
use super::seats::Team;
use crate::check::verdict::Place;
use crate::ids::TierId;
use crate::scenario::Rule;
use crate::scenario::RuleKind;

/// All that is broken of the rules that bind no person alone.
pub(super) fn judge(team: &Team<'_>, people: &People<'_>) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for tier in team.scenario.tiers.ids() {
        for rule in team.scenario.staff.rules_of_tier(tier) {
            breaches.extend(of_tier(team, people, rule, tier));
        }
    }
    for rule in team.scenario.staff.company_rules() {
        breaches.extend(match rule.kind {
            RuleKind::PairsRequired => pairs::required(team, rule),
            _ => pairs::forbidden(team, rule),
        });
    }
    breaches.extend(staffing::desired(team));
    breaches
}

fn of_tier(
    team: &Team<'_>,
    people: &People<'_>,
    rule: &Rule,
    tier: TierId,
) -> Vec<(Breach, Place)> {
    match rule.kind {
        RuleKind::Crew => crew::fewest(team, rule, tier),
        RuleKind::FullCrew => crew::full(team, rule, tier),
        RuleKind::CrewSkills => aboard::skills(team, rule, tier),
        RuleKind::SwornPerDuty => aboard::sworn(team, rule, tier),
        RuleKind::NoviceWithSenior => aboard::senior(team, rule, tier),
        RuleKind::SupervisorPerShift => supervisor::check(team, rule, tier),
        RuleKind::Staffing => staffing::least(team, rule, tier),
        RuleKind::FairHours
        | RuleKind::FairNights
        | RuleKind::FairWeekends
        | RuleKind::FairHardBeats => fair::check(team, people, rule, tier),
        _ => Vec::new(),
    }
}
