//! Targets with their timelines, and orders.

use super::data;
use super::ground::Ground;
use super::icons::icon;
use super::name;
use crate::check::TargetKpi;
use crate::check::Verdict;
use crate::check::timeline::TargetTimeline;
use crate::check::timeline::Timeline;
use crate::ids::OrderId;
use crate::ids::TargetId;
use crate::scenario::Order;
use crate::scenario::Risk;
use crate::scenario::Scenario;
use crate::scenario::Shape;
use crate::scenario::Target;
use crate::units::Seconds;
use crate::units::Span;
use crate::world::World;

/// The targets with the checker's figures.
pub(super) fn targets(
    world: &World,
    ground: &Ground,
    timeline: &Timeline,
    verdict: &Verdict,
) -> Vec<data::Target> {
    let targets = world.scenario.targets.enumerate();
    targets
        .zip(&verdict.kpis.targets)
        .map(|((id, target), figures)| data::Target {
            line: course(world, ground, id, target),
            risk: mean_risk(&target.risk, world.scenario.horizon),
            ..one(target, figures, &timeline.targets[id])
        })
        .collect()
}

fn one(target: &Target, figures: &TargetKpi, timeline: &TargetTimeline) -> data::Target {
    let end = figures.worst_gap_at;
    data::Target {
        id: target.id.clone(),
        name: name(&target.name),
        kind: target.kind.clone(),
        icon: match target.shape {
            Shape::Site(_) => icon(&target.kind),
            Shape::Segment { .. } => "road",
        },
        standard: target.standard.map(|s| s.0),
        hard: target.standard.is_some() && target.hard_weight > 0,
        protected: figures.protected_share,
        worst: Some(((end - figures.worst_gap_seconds).0, end.0)),
        ratio: figures.worst_gap_ratio,
        kept: figures.standard_kept,
        idleness: figures.mean_idleness_seconds.round(),
        levels: levels(&timeline.protection),
        broken: pauses(&timeline.broken),
        ..data::Target::default()
    }
}

/// Where a target is drawn: a segment along the roads it was matched to.
fn course(world: &World, ground: &Ground, id: TargetId, target: &Target) -> Vec<i64> {
    let line = match &target.shape {
        Shape::Site(at) => return ground.line([*at]),
        Shape::Segment { line, .. } => line,
    };
    let ways = world.stops.iter().filter_map(|stops| stops[id].first());
    let Some(way) = ways.into_iter().find(|way| !way.arcs.is_empty()) else {
        return ground.line(line.iter().copied());
    };
    let ends = way.arcs.iter().map(|&arc| world.roads.ends(arc).1);
    let vertices = std::iter::once(way.entry).chain(ends);
    ground.line(vertices.map(|v| world.roads.position(v)))
}

/// Points per hour, averaged over the horizon.
pub(super) fn mean_risk(risk: &Risk, horizon: Seconds) -> f64 {
    let ends = risk.pieces.iter().skip(1).map(|p| p.0);
    let ends = ends.chain(std::iter::once(horizon));
    let total: i64 = risk
        .pieces
        .iter()
        .zip(ends)
        .map(|(p, end)| p.1.0 * (end - p.0).0)
        .sum();
    (total as f64 / horizon.0.max(1) as f64).round() / 1000.0
}

/// Lengths and levels.
fn levels(protection: &[(Span, f64)]) -> Vec<i64> {
    protection
        .iter()
        .flat_map(|(span, share)| [span.length().0, (share * 100.0).round() as i64])
        .collect()
}

/// Pauses and lengths.
fn pauses(spans: &[Span]) -> Vec<i64> {
    let mut last = Seconds::ZERO;
    spans
        .iter()
        .flat_map(|span| {
            let pair = [(span.start - last).0, span.length().0];
            last = span.end;
            pair
        })
        .collect()
}

/// The orders with the visits counted for them.
pub(super) fn orders(scenario: &Scenario, timeline: &Timeline) -> Vec<data::Order> {
    let orders = scenario.orders.enumerate();
    orders
        .map(|(id, order)| {
            let visits = visits(timeline, id);
            let periods = order.periods.iter();
            data::Order {
                id: order.id.clone(),
                name: name(&order.name),
                hard: order.hard_weight > 0,
                wanted: u64::from(order.count) * order.periods.len() as u64,
                met: periods.map(|p| counted(order, *p, &visits)).sum(),
            }
        })
        .collect()
}

/// The visits made for an order.
pub(super) fn visits(timeline: &Timeline, id: OrderId) -> Vec<Span> {
    let visits = timeline.targets.iter().flat_map(|t| &t.visits);
    visits
        .filter(|v| v.order == Some(id))
        .map(|v| v.span)
        .collect()
}

/// How many of them count for a period: no more than it wants.
pub(super) fn counted(order: &Order, period: Span, visits: &[Span]) -> u64 {
    let inside = |v: &&Span| v.start >= period.start && v.end <= period.end;
    (visits.iter().filter(inside).count() as u64).min(u64::from(order.count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rate;

    #[test]
    fn risk_is_averaged_over_time() {
        let risk = Risk {
            pieces: vec![(Seconds(0), Rate(1000)), (Seconds(75), Rate(5000))],
        };
        assert!((mean_risk(&risk, Seconds(100)) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn spans_are_written_as_pauses_and_lengths() {
        let span = |a, b| Span::new(Seconds(a), Seconds(b));
        assert_eq!(
            pauses(&[span(5, 8), span(8, 9), span(20, 30)]),
            [5, 3, 0, 1, 11, 10]
        );
    }
}
