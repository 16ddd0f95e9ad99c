//! Rest after a run of at least `window` nights.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::short;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (before, after, rest) in life.rests() {
        let last = before.spell.day;
        // The run goes on with a night of the next day, or of the same.
        let goes_on = after.night && after.spell.day <= last + 1;
        if before.night && !goes_on && nights_until(life, last) >= rule.window {
            breaches.extend(short(
                rule,
                after.spell.day,
                rest,
                "of rest after the nights",
            ));
        }
    }
    breaches
}

/// Nights in a row up to a day.
fn nights_until(life: &Life<'_>, last: i32) -> i64 {
    let days = (life.days.first..=last).rev();
    days.take_while(|day| life.night(*day)).count() as i64
}
