//! Days in a row, of work or off, that are too few. A run is judged where both its ends are
//! known, on the day after it.

use std::ops::Range;

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

/// Days with duties.
pub(super) fn work(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    check(life, rule, "of work", |day| life.works(day))
}

/// Days without.
pub(super) fn off(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    check(life, rule, "off", |day| !life.works(day))
}

fn check(life: &Life<'_>, rule: &Rule, what: &str, is: impl Fn(i32) -> bool) -> Vec<Breach> {
    let known = life.days.known();
    // The day after the run is the horizon's: also for a run that ends just before it.
    let judged = |run: &Range<i32>| run.start > known.start && (0..known.end).contains(&run.end);
    let breach = |run: Range<i32>| {
        let length = run.len() as i64;
        (length < rule.value).then(|| {
            let message = format!("{length} days {what} in a row, not at least {}", rule.value);
            Breach::new(rule, run.end, rule.value - length, message)
        })
    };
    let runs = life.runs(is).into_iter().filter(judged);
    runs.filter_map(breach).collect()
}
