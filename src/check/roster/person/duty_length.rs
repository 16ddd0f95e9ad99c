//! Work of one duty, of any or of nights.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::beyond;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

/// Any duty.
pub(super) fn any(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    check(life, rule, false)
}

/// Duties that are nights.
pub(super) fn night(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    check(life, rule, true)
}

fn check(life: &Life<'_>, rule: &Rule, nights: bool) -> Vec<Breach> {
    let work = life.work.iter().filter(|work| work.spell.day >= 0);
    let bound = work.filter(|work| work.night || !nights);
    let what = if nights {
        "of work in a night"
    } else {
        "of work in a duty"
    };
    let breaches = bound.filter_map(|w| beyond(rule, w.spell.day, w.span.length(), what));
    breaches.collect()
}
