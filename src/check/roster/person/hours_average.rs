//! Work a week, averaged over the horizon.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Option<Breach> {
    let days = i64::from(life.days.count);
    let worked = life.hours_in(life.horizon());
    // Sevenths of seconds, so that nothing is rounded before it is compared.
    let excess = worked.0 * 7 - rule.value * days;
    (days >= 7 && excess > 0).then(|| {
        let average = Seconds(worked.0 * 7 / days);
        let message = format!(
            "{average} a week on average, not at most {}",
            Seconds(rule.value)
        );
        Breach::new(rule, life.days.count - 1, (excess + 6) / 7, message)
    })
}
