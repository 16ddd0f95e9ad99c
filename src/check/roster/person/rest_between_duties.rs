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
    // Start of work, and the end of the duties so far.
    let mut begun: Option<(Seconds, Seconds)> = None;
    for work in &life.work {
        let short = begun
            .map(|(_, end)| (work.span.start - end).max(Seconds::ZERO))
            .filter(|rest| *rest < least);
        let mut start = match (begun, short) {
            (Some((start, _)), Some(_)) => start,
            _ => work.span.start,
        };
        let mut add = |amount: Seconds, message| {
            if work.spell.day >= 0 {
                breaches.push(Breach::new(rule, work.spell.day, amount.0, message));
            }
        };
        if let Some(rest) = short
            && work.span.end - start > most
        {
            let message = format!("{rest} of rest, not at least {least}");
            add(least - rest, message);
            start = work.span.start;
        }
        let length = work.span.length();
        if length > most && start == work.span.start {
            let message = format!("a duty of {length} leaves less than {least} of rest in its day");
            add(length - most, message);
        }
        let end = begun.map_or(work.span.end, |(_, end)| end.max(work.span.end));
        begun = Some((start, end));
    }
    breaches
}
