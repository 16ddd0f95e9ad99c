//! Days, or nights, in a row.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

/// Days with duties.
pub(super) fn days(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    check(life, rule, "days", |day| life.works(day))
}

/// Days with duties that are nights.
pub(super) fn nights(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    check(life, rule, "nights", |day| life.night(day))
}

fn check(life: &Life<'_>, rule: &Rule, what: &str, is: impl Fn(i32) -> bool) -> Vec<Breach> {
    let breach = |run: std::ops::Range<i32>| {
        let length = run.len() as i64;
        // Days that were too many before the horizon are not its roster's fault.
        let excess = (length - rule.value).min(i64::from(run.end));
        (excess > 0).then(|| {
            let message = format!("{length} {what} in a row, not at most {}", rule.value);
            Breach::new(rule, run.end - 1, excess, message)
        })
    };
    life.runs(is).into_iter().filter_map(breach).collect()
}
