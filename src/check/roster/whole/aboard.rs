//! Who must be on board of a duty that somebody sits on: sworn people, seniors with novices,
//! the skills of the unit.

use crate::check::roster::breach::Breach;
use crate::check::roster::seats::Team;
use crate::check::verdict::Place;
use crate::ids::TierId;
use crate::scenario::Grade;
use crate::scenario::Rule;

/// Fewest sworn people.
pub(super) fn sworn(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for (id, duty, people) in team.manned(tier) {
        let sworn = people
            .iter()
            .filter(|p| team.scenario.staff.people[**p].sworn);
        let sworn = sworn.count() as i64;
        if sworn < rule.value {
            let message = format!("{sworn} sworn people on board, not {}", rule.value);
            let breach = Breach::new(rule, duty.day, rule.value - sworn, message);
            breaches.push((breach, team.place(id)));
        }
    }
    breaches
}

/// A senior with each novice.
pub(super) fn senior(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for (id, duty, people) in team.manned(tier) {
        let has = |grade| {
            people
                .iter()
                .any(|p| team.scenario.staff.people[*p].grade == grade)
        };
        if has(Grade::Novice) && !has(Grade::Senior) {
            let message = "a novice without a senior".to_owned();
            breaches.push((Breach::new(rule, duty.day, 1, message), team.place(id)));
        }
    }
    breaches
}

/// Each skill of the unit.
pub(super) fn skills(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for (id, duty, people) in team.manned(tier) {
        let unit = &team.scenario.units[duty.unit];
        for skill in &unit.skills {
            let mut people = people.iter().map(|p| &team.scenario.staff.people[*p]);
            if !people.any(|person| person.skills.contains(skill)) {
                let name = &team.scenario.skills[*skill];
                let message = format!("nobody on board has the skill `{name}`");
                breaches.push((Breach::new(rule, duty.day, 1, message), team.place(id)));
            }
        }
    }
    breaches
}
