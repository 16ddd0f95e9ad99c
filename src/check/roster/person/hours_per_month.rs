//! Work of the days of a calendar month.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::beyond;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let breach = |month: std::ops::Range<i32>| {
        let last = month.end - 1;
        beyond(rule, last, life.hours_in(month), "of work in the month")
    };
    life.months().into_iter().filter_map(breach).collect()
}
