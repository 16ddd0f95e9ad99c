//! No work during leave.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let away = |span: crate::units::Span| {
        life.leave
            .iter()
            .any(|leave| leave.intersect(span).is_some())
    };
    let work = life.work.iter().filter(|work| work.spell.day >= 0);
    let during = work.filter(|work| away(work.span));
    let breach = |day| Breach::new(rule, day, 1, "a duty during leave".to_owned());
    during.map(|work| breach(work.spell.day)).collect()
}
