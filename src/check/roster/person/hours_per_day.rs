//! Work of the duties of a day.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::beyond;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let days = life.horizon();
    let breaches = days.filter_map(|day| beyond(rule, day, life.hours(day), "of work on the day"));
    breaches.collect()
}
