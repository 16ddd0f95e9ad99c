//! Each day as the pattern says, days of leave left out.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let Some(pattern) = &life.pattern else {
        return Vec::new();
    };
    let mut breaches = Vec::new();
    for (day, wanted) in (0..).zip(pattern) {
        let worked = life.on(day).map(|work| work.spell.shift);
        if life.away(day) || worked.eq(*wanted) {
            continue;
        }
        let message = match wanted {
            None => "a duty on a day off of the pattern",
            Some(_) if life.works(day) => "another duty than the pattern has",
            Some(_) => "no duty on a day that the pattern has one",
        };
        breaches.push(Breach::new(rule, day, 1, message.to_owned()));
    }
    breaches
}
