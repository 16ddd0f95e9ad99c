//! Breaks: each of a duty's breaks once, in its window, long enough.
//!
//! A unit that makes no visit in a duty rests at its base: its breaks are given.

use super::code::Code;
use super::code::Promise;
use super::read::Run;
use super::read::What;
use super::verdict::Amount;
use super::verdict::BrokenPromise;
use super::verdict::Findings;
use crate::scenario::DutyBreak;
use crate::units::Seconds;
use crate::units::Span;

/// Checks the breaks of a run.
pub(super) fn check(run: &Run<'_>, findings: &mut Findings, broken: &mut Vec<BrokenPromise>) {
    let out = run.stops.iter().any(|s| matches!(s.what, What::Visit(_)));
    for (number, rule) in run.duty.breaks.iter().enumerate() {
        let given: Vec<usize> = (0..run.stops.len())
            .filter(|&i| matches!(run.stops[i].what, What::Break(Some(n)) if n == number))
            .collect();
        for &i in given.iter().skip(1) {
            let message = format!("break {number} is given twice");
            findings.add(Code::BreakTwice, run.place().stop(i), message);
        }
        let first = given.first().map(|&i| run.stops[i].span);
        if out && let Some(fault) = fault(rule, number, first) {
            broken.push(promise(run, rule, given.first().copied(), fault));
        }
    }
}

/// What is wrong with a break that was given so, if anything.
fn fault(rule: &DutyBreak, number: usize, given: Option<Option<Span>>) -> Option<String> {
    let Some(given) = given else {
        return Some(format!("break {number} is not given"));
    };
    let Some(span) = given else {
        return Some(format!("break {number} has no valid time"));
    };
    if span.start < rule.earliest || span.start > rule.latest {
        return Some(format!(
            "break {number} starts at {}, not between {} and {}",
            span.start, rule.earliest, rule.latest
        ));
    }
    (span.length() < rule.length).then(|| {
        let length = span.length();
        format!("break {number} lasts {length}, not {}", rule.length)
    })
}

fn promise(run: &Run<'_>, rule: &DutyBreak, stop: Option<usize>, message: String) -> BrokenPromise {
    let mut place = run.place();
    place.stop = stop;
    let Seconds(length) = rule.length;
    BrokenPromise::new(
        Promise::Break,
        place,
        Amount::seconds(length),
        length,
        message,
    )
}
