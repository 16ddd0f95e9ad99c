//! A rest of `value` within each `window` hours from the start of work.
//!
//! Work begins with the first duty after such a rest. Duties with shorter rests between them
//! go on with it, and may do so until only `value` is left of the window.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;
use crate::units::Seconds;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let least = Seconds(rule.value);
    let most = Seconds(rule.window * 3600) - least;
    let mut breaches = Vec::new();
    let mut begin = None;
    let mut before = None;
    for work in &life.work {
        let rest = before.map(|before| work.span.start - before);
        let rested = rest.filter(|rest| *rest < least);
        let mut start = begin
            .filter(|_| rested.is_some())
            .unwrap_or(work.span.start);
        let mut add = |amount: Seconds, message| {
            if work.spell.day >= 0 {
                breaches.push(Breach::new(rule, work.spell.day, amount.0, message));
            }
        };
        if let Some(rest) = rested
            && work.span.end - start > most
        {
            let rest = rest.max(Seconds::ZERO);
            add(
                least - rest,
                format!("{rest} of rest, not at least {least}"),
            );
            start = work.span.start;
        }
        let length = work.span.length();
        if length > most && start == work.span.start {
            let message = format!("a duty of {length} leaves less than {least} of rest in its day");
            add(length - most, message);
        }
        begin = Some(start);
        before = Some(work.span.end);
    }
    breaches
}
