//! People who belong together on a duty, and people who must not meet on one.

use crate::check::roster::breach::Breach;
use crate::check::roster::seats::Team;
use crate::check::verdict::Place;
use crate::scenario::Rule;

/// All of them, or none.
pub(super) fn required(team: &Team<'_>, rule: &Rule) -> Vec<(Breach, Place)> {
    let message = "not all who belong together are on board";
    check(team, rule, message, |count| {
        (1..rule.scope.people.len()).contains(&count)
    })
}

/// At most one of them.
pub(super) fn forbidden(team: &Team<'_>, rule: &Rule) -> Vec<(Breach, Place)> {
    check(
        team,
        rule,
        "people who must not meet are on board",
        |count| count > 1,
    )
}

fn check(
    team: &Team<'_>,
    rule: &Rule,
    message: &str,
    wrong: impl Fn(usize) -> bool,
) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for (&id, people) in &team.on {
        let named = people.iter().filter(|p| rule.scope.people.contains(p));
        if wrong(named.count()) {
            let day = team.scenario.duties[id].day;
            let breach = Breach::new(rule, day, 1, message.to_owned());
            breaches.push((breach, team.place(id)));
        }
    }
    breaches
}
