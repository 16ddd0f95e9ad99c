//! People on the duties that drive: the fewest with whom the unit may, and all of its seats.

use crate::check::roster::breach::Breach;
use crate::check::roster::seats::Team;
use crate::check::verdict::Place;
use crate::ids::TierId;
use crate::scenario::Rule;
use crate::scenario::Unit;

/// The fewest people.
pub(super) fn fewest(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    check(team, rule, tier, |unit| unit.min_crew)
}

/// All seats.
pub(super) fn full(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    check(team, rule, tier, |unit| unit.seats)
}

fn check(
    team: &Team<'_>,
    rule: &Rule,
    tier: TierId,
    wanted: impl Fn(&Unit) -> u32,
) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for &id in &team.driven {
        let duty = &team.scenario.duties[id];
        let unit = &team.scenario.units[duty.unit];
        let (is, wanted) = (team.aboard(id).len() as i64, i64::from(wanted(unit)));
        if unit.tier == tier && is < wanted {
            let message = format!("{is} people on board, not {wanted}");
            let breach = Breach::new(rule, duty.day, wanted - is, message);
            breaches.push((breach, team.place(id)));
        }
    }
    breaches
}
