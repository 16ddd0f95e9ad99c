//! Times of a run: stops one after another, legs long enough, start and end at base.

use super::code::Code;
use super::legs::Leg;
use super::legs::Route;
use super::read::Run;
use super::read::What;
use super::verdict::Amount;
use super::verdict::Findings;
use crate::units::Seconds;
use crate::units::Span;

impl Leg<'_> {
    /// How long it takes in a plan: milliseconds summed, rounded up once.
    pub(super) fn seconds(&self) -> Option<Seconds> {
        match self {
            Leg::Still => Some(Seconds::ZERO),
            Leg::Drive(walk) => Some(walk.time.ceil_seconds()),
            Leg::Unknown => None,
        }
    }
}

/// Checks one run.
pub(super) fn check(route: &Route<'_>, findings: &mut Findings) {
    frame(route.run, findings);
    if let Some(span) = route.run.stops.first().and_then(|s| s.span) {
        start(route.run, span, findings);
    }
    if let Some(span) = route.run.stops.last().and_then(|s| s.span) {
        end(route.run, span, findings);
    }
    for i in 1..route.run.stops.len() {
        follows(route, i, findings);
    }
}

/// A run begins with its start, ends with its end, and has neither in between.
fn frame(run: &Run<'_>, findings: &mut Findings) {
    let stops = &run.stops;
    if !matches!(stops.first().map(|s| s.what), Some(What::Start)) {
        let message = "the first stop is not the start at base";
        findings.add(Code::NoStart, run.place(), message);
    }
    if !matches!(stops.last().map(|s| s.what), Some(What::End)) {
        let message = "the last stop is not the end at base";
        findings.add(Code::NoEnd, run.place(), message);
    }
    for (i, stop) in stops.iter().enumerate() {
        let inside = match stop.what {
            What::Start => i > 0,
            What::End => i + 1 < stops.len(),
            _ => false,
        };
        if inside {
            let message = "a start or an end stands between other stops";
            findings.add(Code::StartOrEndInside, run.place().stop(i), message);
        }
    }
}

/// The first stop begins in the briefing and lasts until its end at least.
fn start(run: &Run<'_>, stop: Span, findings: &mut Findings) {
    if !matches!(run.stops[0].what, What::Start) {
        return;
    }
    let (span, route) = (run.duty.span, run.duty.route);
    let outside = (span.start - stop.start).max(stop.start - route.start);
    if outside > Seconds::ZERO {
        findings.add_by(
            Code::StartTime,
            run.place().stop(0),
            Amount::seconds(outside.0),
            format!(
                "the duty starts at {} and is to at {}",
                stop.start, span.start
            ),
        );
    }
    if stop.end < route.start {
        findings.add_by(
            Code::LeavesEarly,
            run.place().stop(0),
            Amount::seconds((route.start - stop.end).0),
            format!("the unit leaves at {} and may at {}", stop.end, route.start),
        );
    }
}

/// The last stop begins before handing back does, and ends with the shift at the latest.
fn end(run: &Run<'_>, stop: Span, findings: &mut Findings) {
    let last = run.stops.len() - 1;
    if !matches!(run.stops[last].what, What::End) {
        return;
    }
    let (span, route) = (run.duty.span, run.duty.route);
    if stop.start > route.end {
        findings.add_by(
            Code::BackLate,
            run.place().stop(last),
            Amount::seconds((stop.start - route.end).0),
            format!(
                "the unit is back at {} and is to be at {}",
                stop.start, route.end
            ),
        );
    }
    if stop.end > span.end {
        findings.add_by(
            Code::EndsLate,
            run.place().stop(last),
            Amount::seconds((stop.end - span.end).0),
            format!("the duty ends at {} and is to at {}", stop.end, span.end),
        );
    }
}

/// Stop `i` begins after the stop before it and the leg between them.
fn follows(route: &Route<'_>, i: usize, findings: &mut Findings) {
    let run = route.run;
    let (Some(before), Some(stop)) = (run.stops[i - 1].span, run.stops[i].span) else {
        return;
    };
    if stop.start < before.end {
        findings.add_by(
            Code::StopsOverlap,
            run.place().stop(i),
            Amount::seconds((before.end - stop.start).0),
            format!(
                "the stop begins at {}, the one before ends at {}",
                stop.start, before.end
            ),
        );
        return;
    }
    let Some(needed) = route.legs[i].seconds() else {
        return;
    };
    let given = stop.start - before.end;
    if given < needed {
        findings.add_by(
            Code::LegTooFast,
            run.place().stop(i),
            Amount::seconds(needed.0.saturating_sub(given.0)),
            format!(
                "the way takes {} s and the plan gives {} s",
                needed.0, given.0
            ),
        );
    }
}

/// A unit does one duty at a time.
pub(super) fn one_duty_at_a_time(runs: &[Run<'_>], findings: &mut Findings) {
    let mut extents: Vec<_> = runs
        .iter()
        .filter_map(|r| Some((r.duty.unit, r.extent()?, r)))
        .collect();
    extents.sort_by_key(|&(unit, span, run)| (unit, span, run.index));
    let mut latest: Option<(crate::ids::UnitId, Seconds)> = None;
    for (unit, span, run) in extents {
        let busy = latest.filter(|&(u, _)| u == unit).map(|(_, end)| end);
        if let Some(end) = busy.filter(|&end| span.start < end) {
            findings.add_by(
                Code::DutiesOverlap,
                run.place(),
                Amount::seconds((end - span.start).0),
                format!("the unit's duty before lasts until {end}"),
            );
        }
        let end = busy.map_or(span.end, |end| end.max(span.end));
        latest = Some((unit, end));
    }
}
