//! Rosters: whether people may work so, and what it comes to.
//!
//! The rules of one person ([`judge`]) need no plan, only what the person works, so patterns
//! are held against them too. The rules of duties, shifts and tiers stand in `whole`.

mod breach;
mod fairness;
mod figures;
mod life;
mod patterns;
mod people;
mod person;
mod seats;
mod tally;
mod timetable;
mod whole;

pub use breach::Breach;
pub use fairness::RosterFairness;
pub use fairness::Shares;
pub use figures::Figures;
pub use figures::figures;
pub use life::Life;
pub use life::Spell;
pub use patterns::PatternFigures;
pub use patterns::SetBreaches;
pub use patterns::pattern_figures;
pub use people::PersonKpi;
pub use person::judge;
pub use tally::BrokenWish;
pub use timetable::Manned;
pub use timetable::Stint;
pub use timetable::Timetable;
pub use timetable::timetable;

use people::People;
use seats::Team;
use serde::Serialize;
use tally::Tally;

use super::code::Code;
use super::read::Keys;
use super::read::Run;
use super::verdict::Findings;
use super::verdict::Place;
use crate::plan::Plan;
use crate::plan::RosterClaim;
use crate::scenario::Days;
use crate::scenario::Scenario;

/// What a roster comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RosterVerdict {
    /// Weight of all broken wishes.
    pub wishes: i64,
    /// Rules with a price that are broken.
    pub broken_wishes: Vec<BrokenWish>,
    /// What each person works, in the scenario's order.
    pub people: Vec<PersonKpi>,
    /// How evenly each tier shares its load.
    pub fairness: Vec<RosterFairness>,
}

/// Checks the roster of a plan; `None` where there is none to check.
pub(super) fn check(
    scenario: &Scenario,
    plan: &Plan,
    keys: &Keys<'_>,
    runs: &[Run<'_>],
    findings: &mut Findings,
) -> Option<RosterVerdict> {
    let wanted = !scenario.staff.people.is_empty();
    let Some(roster) = &plan.roster else {
        if wanted {
            let message = "the scenario has people, and the plan does not say who sits where";
            findings.add(Code::RosterNone, Place::default(), message);
        }
        return None;
    };
    let before = findings.0.len();
    let team = Team::read(scenario, roster, keys, runs, findings);
    if !wanted {
        return None;
    }
    let days = Days::of(scenario);
    let people = People::of(&team, &days);
    let mut tally = Tally {
        findings,
        wishes: Vec::new(),
    };
    people.judge(scenario, &mut tally);
    for (breach, place) in whole::judge(&team, &people) {
        tally.add(breach, place);
    }
    let broken_wishes = tally.wishes;
    let weights = broken_wishes.iter().map(|wish| wish.weight);
    let wishes = weights.fold(0, i64::saturating_add);
    if let (Some(claim), true) = (&roster.claim, findings.0.len() == before) {
        check_claim(claim, wishes, findings);
    }
    Some(RosterVerdict {
        wishes,
        broken_wishes,
        people: people.kpis(scenario),
        fairness: fairness::fairness(scenario, &people),
    })
}

/// Refuses what the maker says of a valid roster and is not so.
fn check_claim(claim: &RosterClaim, wishes: i64, findings: &mut Findings) {
    if claim.wishes != wishes {
        let message = format!("broken wishes weigh {wishes}, not {}", claim.wishes);
        findings.add(Code::RosterClaim, Place::default(), message);
    }
    if let Some(least) = claim.least.filter(|least| *least > wishes) {
        let message = format!(
            "no roster is said to do with less than {least}, and this one does with {wishes}"
        );
        findings.add(Code::RosterClaim, Place::default(), message);
    }
}
