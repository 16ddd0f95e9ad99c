//! Supervisors on each shift that people of the tier sit on.

use std::collections::BTreeMap;

use crate::check::roster::breach::Breach;
use crate::check::roster::seats::Team;
use crate::check::verdict::Place;
use crate::ids::ShiftId;
use crate::ids::TierId;
use crate::scenario::Person;
use crate::scenario::Rule;

pub(super) fn check(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    let supervises = |person: &Person| {
        rule.ranks.contains(&person.rank) || rule.skills.iter().any(|s| person.skills.contains(s))
    };
    let mut shifts: BTreeMap<(i32, ShiftId), i64> = BTreeMap::new();
    for (_, duty, people) in team.manned(tier) {
        let people = people.iter().map(|p| &team.scenario.staff.people[*p]);
        *shifts.entry((duty.day, duty.shift)).or_default() +=
            people.filter(|person| supervises(person)).count() as i64;
    }
    let few = shifts.into_iter().filter(|(_, count)| *count < rule.value);
    let breach = |((day, shift), count): ((i32, ShiftId), i64)| {
        let message = format!("{count} supervisors on the shift, not {}", rule.value);
        let place = Place {
            shift: Some(team.scenario.shifts[shift].id.clone()),
            ..Place::default().tier(&team.scenario.tiers[tier].id)
        };
        (Breach::new(rule, day, rule.value - count, message), place)
    };
    few.map(breach).collect()
}
