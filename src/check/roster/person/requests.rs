//! Wishes for days and shifts; each weighs what it says, times the rule's price.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for request in &life.requests {
        let wanted = |shift| request.shift.is_none_or(|wanted| wanted == shift);
        let worked = life.on(request.day).any(|work| wanted(work.spell.shift));
        if worked == request.on {
            continue;
        }
        let message = match (request.on, request.shift.is_some()) {
            (true, true) => "the shift wished for is not worked",
            (true, false) => "the day wished for is not worked",
            (false, true) => "the shift is worked against a wish",
            (false, false) => "the day is worked against a wish",
        };
        let message = message.to_owned();
        breaches.push(Breach::weighed(
            rule,
            request.day,
            1,
            request.weight,
            message,
        ));
    }
    breaches
}
