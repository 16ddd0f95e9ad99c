//! Work of the days of a calendar week.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::beyond;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let breach = |week: std::ops::Range<i32>| {
        let last = week.end - 1;
        beyond(rule, last, life.hours_in(week), "of work in the week")
    };
    life.weeks().into_iter().filter_map(breach).collect()
}
