//! Fair shares of a tier's load, in whole numbers.
//!
//! Load `L_p` and contract `c_p` (work of the week times days present) of each person, `T` and
//! `C` their sums over the tier: `p` deviates by `floor(|L_p C - T c_p| / C)`. What exceeds the
//! rule's value is summed, and each whole unit of the sum has the rule's price.

use crate::check::roster::breach::Breach;
use crate::check::roster::people::People;
use crate::check::roster::seats::Team;
use crate::check::verdict::Place;
use crate::ids::PersonId;
use crate::ids::TierId;
use crate::scenario::Rule;
use crate::scenario::RuleKind;

/// Parts in which loads are counted, to one unit: minutes of an hour, hundredths of others.
fn parts(kind: RuleKind) -> i64 {
    match kind {
        RuleKind::FairHours => 60,
        _ => 100,
    }
}

pub(super) fn check(
    team: &Team<'_>,
    people: &People<'_>,
    rule: &Rule,
    tier: TierId,
) -> Vec<(Breach, Place)> {
    let parts = parts(rule.kind);
    let allowed = match rule.kind.measure().seconds() {
        Some(unit) => rule.value * parts / unit,
        None => rule.value * parts,
    };
    let staff = team.scenario.staff.people.enumerate();
    let own = staff.filter(|(_, person)| person.tier == tier);
    let shares = own.map(|(id, person)| {
        let days = people.lives[id].days_present();
        (load(people, id, rule.kind), person.contract_week.0 * days)
    });
    let shares: Vec<(i64, i64)> = shares.collect();
    let beyond = deviations(&shares).map(|deviation| (deviation - allowed).max(0));
    let sum: i64 = beyond.sum();
    let units = sum / parts;
    if units == 0 {
        return Vec::new();
    }
    let message = format!(
        "{} in all beyond or below a fair share",
        said(rule.kind, sum)
    );
    let amount = match rule.kind.measure().seconds() {
        Some(unit) => sum * unit / parts,
        None => units,
    };
    let day = team.scenario.days.len() as i32 - 1;
    let breach = Breach::weighed(rule, day, amount, units, message);
    vec![(breach, Place::default().tier(&team.scenario.tiers[tier].id))]
}

/// How far each is from a fair share, given load and contract.
fn deviations(shares: &[(i64, i64)]) -> impl Iterator<Item = i64> {
    let total: i128 = shares.iter().map(|(load, _)| i128::from(*load)).sum();
    let contracts: i128 = shares.iter().map(|(_, c)| i128::from(*c)).sum();
    shares.iter().map(move |(load, contract)| {
        let off = i128::from(*load) * contracts - total * i128::from(*contract);
        off.abs().checked_div(contracts).unwrap_or(0) as i64
    })
}

/// The load of a person, the rosters before included, in parts.
fn load(people: &People<'_>, id: PersonId, kind: RuleKind) -> i64 {
    let (now, before) = (&people.figures[id], &people.totals[id]);
    match kind {
        RuleKind::FairHours => (now.work + before.work).0 / 60,
        RuleKind::FairNights => (now.nights + before.nights) * 100,
        RuleKind::FairWeekends => (now.weekends + before.weekends) * 100,
        _ => (people.hard_beats[id] + before.hard_beats) * 100,
    }
}

fn said(kind: RuleKind, sum: i64) -> String {
    match kind.measure().seconds() {
        Some(_) => format!("{}:{:02} hours", sum / 60, sum % 60),
        None => format!("{}.{:02} {}", sum / 100, sum % 100, kind.measure().unit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_go_by_contract_and_are_rounded_down() {
        let off = |shares: &[(i64, i64)]| deviations(shares).collect::<Vec<_>>();
        assert_eq!(off(&[(300, 20), (600, 40)]), [0, 0]);
        assert_eq!(off(&[(0, 1), (200, 1)]), [100, 100]);
        assert_eq!(off(&[(100, 1), (0, 1), (0, 1)]), [66, 33, 33]);
        assert_eq!(off(&[(5, 0)]), [0]);
    }
}
