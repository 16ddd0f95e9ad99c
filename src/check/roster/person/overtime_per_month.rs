//! Work of a calendar month beyond contract.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let breach = |month: std::ops::Range<i32>| {
        let last = month.end - 1;
        let days = month.len() as i64;
        let over = life.hours_in(month).0 * 7 - life.contract_week.0 * days;
        let excess = over - rule.value * 7;
        (excess > 0).then(|| {
            let (is, most) = (Seconds(over / 7), Seconds(rule.value));
            let message = format!("{is} of overtime in the month, not at most {most}");
            Breach::new(rule, last, (excess + 6) / 7, message)
        })
    };
    life.months().into_iter().filter_map(breach).collect()
}
