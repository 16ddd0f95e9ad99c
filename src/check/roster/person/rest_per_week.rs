//! An unbroken rest within each `window` days, counted from the first of the horizon.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::short;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;
use crate::units::Span;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let window = (rule.window as i32).max(1);
    let mut breaches = Vec::new();
    let mut day = 0;
    while day + window <= life.days.count {
        let rest = longest_rest(life, life.days.span(day, day + window));
        let what = format!("of unbroken rest in {window} days");
        breaches.extend(short(rule, day + window - 1, rest, &what));
        day += window;
    }
    breaches
}

/// The longest time without work within a span.
fn longest_rest(life: &Life<'_>, within: Span) -> Seconds {
    let mut longest = Seconds::ZERO;
    let mut free = within.start;
    for work in &life.work {
        longest = longest.max(work.span.start.min(within.end) - free);
        free = free.max(work.span.end);
    }
    longest.max(within.end - free)
}
