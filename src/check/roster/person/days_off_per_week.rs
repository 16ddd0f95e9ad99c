//! Days without a duty in each calendar week that is known whole.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let weeks = life.weeks().into_iter().filter(|week| week.len() == 7);
    let breach = |week: std::ops::Range<i32>| {
        let last = week.end - 1;
        let off = week.filter(|day| !life.works(*day)).count() as i64;
        (off < rule.value).then(|| {
            let message = format!("{off} days off in the week, not at least {}", rule.value);
            Breach::new(rule, last, rule.value - off, message)
        })
    };
    weeks.filter_map(breach).collect()
}
