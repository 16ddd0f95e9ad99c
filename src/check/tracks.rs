//! Where units are, minute by minute.
//!
//! A unit leaves a stop at once when it ends, drives its leg, and waits at the next stop
//! until that begins. While it drives it is at the last vertex it passed.

use super::legs::Leg;
use super::legs::Route;
use super::read::What;
use crate::ids::VertexId;
use crate::roads::RoadGraph;
use crate::scenario::Duty;
use crate::units::Millis;
use crate::units::Seconds;
use crate::units::Span;
use crate::world;

/// Positions: from each instant on the unit is at that vertex. Sorted.
pub(super) type Track = Vec<(Millis, VertexId)>;

/// The track of a duty that stays at its base.
pub(super) fn at_base(duty: &Duty, base: VertexId) -> Track {
    vec![(millis(duty.span.start), base)]
}

/// The track of a route that starts at `base`.
pub(super) fn of(roads: &RoadGraph, route: &Route<'_>, base: VertexId) -> Track {
    let mut track = at_base(route.run.duty, base);
    for (i, stop) in route.run.stops.iter().enumerate() {
        let left = i.checked_sub(1).and_then(|b| route.run.stops[b].span);
        if let (Leg::Drive(walk), Some(left)) = (route.legs[i], left) {
            let departure = millis(left.end);
            let steps = walk.steps.iter();
            track.extend(steps.map(|&(v, after)| (departure + after, v)));
        }
        if let (What::Visit(Some(visit)), Some(span)) = (stop.what, stop.span)
            && let Some(way) = visit.way
        {
            along(roads, way, span, &mut track);
        }
    }
    track.sort_by_key(|&(at, _)| at);
    track
}

/// A visit: at the entry, and along the arcs of a segment at an even speed.
fn along(roads: &RoadGraph, way: &world::Stop, span: Span, track: &mut Track) {
    track.push((millis(span.start), way.entry));
    let whole: i64 = way.arcs.iter().map(|&a| roads.length(a).0).sum();
    let mut passed = 0;
    for &arc in &way.arcs {
        passed += roads.length(arc).0;
        let share = i128::from(passed) * i128::from(millis(span.length()).0);
        let after = share / i128::from(whole.max(1));
        let at = millis(span.start) + Millis(after as i64);
        track.push((at, roads.ends(arc).1));
    }
}

/// Every whole minute of a duty with the vertex that the unit is at.
pub(super) fn minutes(track: &Track, on_duty: Span) -> Vec<(Seconds, VertexId)> {
    let first = Seconds((on_duty.start.0 + 59).div_euclid(60) * 60);
    let mut next = 0;
    let mut sampled = Vec::new();
    let mut at = first;
    while at < on_duty.end {
        while next < track.len() && track[next].0 <= millis(at) {
            next += 1;
        }
        if next > 0 {
            sampled.push((at, track[next - 1].1));
        }
        at += Seconds::MINUTE;
    }
    sampled
}

fn millis(time: Seconds) -> Millis {
    Millis(time.0.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_at_the_last_vertex_it_passed() {
        let track = vec![
            (Millis(30_000), VertexId(7)),
            (Millis(60_000), VertexId(8)),
            (Millis(60_001), VertexId(9)),
        ];
        let on_duty = Span::new(Seconds(30), Seconds(180));
        let expected = [(Seconds(60), VertexId(8)), (Seconds(120), VertexId(9))];
        assert_eq!(minutes(&track, on_duty), expected);
    }
}
