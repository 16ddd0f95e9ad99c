//! Work of a day beyond a fifth of the contract's week.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::beyond;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let usual = Seconds(life.contract_week.0 / 5);
    let breach = |day| beyond(rule, day, life.hours(day) - usual, "of overtime on the day");
    life.horizon().filter_map(breach).collect()
}
