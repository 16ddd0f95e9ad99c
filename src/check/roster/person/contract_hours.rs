//! Work over the horizon against contract, days of leave left out.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Option<Breach> {
    let due = life.contract_week.0 * life.days_present();
    let worked = life.hours_in(life.horizon());
    let lacking = due - worked.0 * 7 - rule.value * 7;
    (lacking > 0).then(|| {
        let message = format!("{worked} of work, of {} by contract", Seconds(due / 7));
        Breach::new(rule, life.days.count - 1, (lacking + 6) / 7, message)
    })
}
