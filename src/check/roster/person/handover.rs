//! Nobody is still on another duty when they should take over.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (before, after, _) in life.rests() {
        let late = before.span.end - after.span.start;
        // Duties that overlap themselves are refused anyway.
        if late > Seconds::ZERO && before.span.end <= after.spell.span.start {
            let message = format!("on another duty for {late} of the handover");
            breaches.push(Breach::new(rule, after.spell.day, late.0, message));
        }
    }
    breaches
}
