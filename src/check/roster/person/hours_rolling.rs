//! Work of any `window` days.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::beyond;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let days = life.days.known();
    let window = rule.window as i32;
    // Where fewer days are known than the window has, all of them are one.
    let last = (days.end - window).max(days.start);
    let what = format!("of work in {window} days");
    let breach = |from: i32| {
        let end = (from + window).min(days.end);
        beyond(rule, end - 1, life.hours_in(from..end), &what)
    };
    let starts = (days.start..=last).filter(|from| from + window > 0);
    starts.filter_map(breach).collect()
}
