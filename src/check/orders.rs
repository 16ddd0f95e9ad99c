//! Orders: visits counted per period, spacing between them, points, what is missing.

use super::code::Code;
use super::code::Promise;
use super::read::Run;
use super::verdict::Amount;
use super::verdict::BrokenPromise;
use super::verdict::Findings;
use super::verdict::Place;
use super::visits::Seen;
use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::scenario::Order;
use crate::units::Seconds;
use crate::world::World;

/// What the orders came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Orders {
    /// Visits counted, at most as many per period as wanted.
    pub(super) met: u64,
    /// Visits wanted and not made.
    pub(super) missed: u64,
    /// Points of the visits counted.
    pub(super) points: f64,
}

/// Checks the spacing of all orders and counts them.
pub(super) fn check(
    world: &World,
    runs: &[Run<'_>],
    seen: &[Seen],
    findings: &mut Findings,
    broken: &mut Vec<BrokenPromise>,
) -> Orders {
    let orders = &world.scenario.orders;
    let mut visits: IdVec<OrderId, Vec<&Seen>> = orders.iter().map(|_| Vec::new()).collect();
    for visit in seen {
        if let Some((order, _)) = visit.serves {
            visits[order].push(visit);
        }
    }
    let mut total = Orders::default();
    for (id, order) in orders.enumerate() {
        spacing(world, runs, order, &mut visits[id], findings);
        let one = count(order, &visits[id], broken);
        total.met += one.met;
        total.missed += one.missed;
        total.points += one.points;
    }
    total
}

/// Visits for an order at the same target keep their distance.
fn spacing(
    world: &World,
    runs: &[Run<'_>],
    order: &Order,
    visits: &mut [&Seen],
    findings: &mut Findings,
) {
    visits.sort_by_key(|v| (v.target, v.span, v.run, v.stop));
    for group in visits.chunk_by(|a, b| a.target == b.target) {
        let mut end = group[0].span.end;
        for visit in &group[1..] {
            let apart = visit.span.start - end;
            if apart < order.spacing {
                let target = &world.scenario.targets[visit.target].id;
                let place = runs[visit.run].place().stop(visit.stop);
                findings.add_by(
                    Code::OrderSpacing,
                    place.target(target).order(&order.id),
                    Amount::seconds(order.spacing.0.saturating_sub(apart.0)),
                    format!("{apart} after the visit before, not {}", order.spacing),
                );
            }
            end = end.max(visit.span.end);
        }
    }
}

/// Counts the visits for one order, period by period.
fn count(order: &Order, visits: &[&Seen], broken: &mut Vec<BrokenPromise>) -> Orders {
    let mut made = vec![0u64; order.periods.len()];
    for (_, period) in visits.iter().filter_map(|v| v.serves) {
        made[period] += 1;
    }
    let wanted = u64::from(order.count);
    let mut total = Orders::default();
    for (period, &made) in order.periods.iter().zip(&made) {
        let met = made.min(wanted);
        let missed = wanted - met;
        total.met += met;
        total.missed += missed;
        if missed > 0 && order.hard_weight > 0 {
            let missed = missed as i64;
            let weighted = missed.saturating_mul(order.hard_weight);
            broken.push(BrokenPromise::new(
                Promise::Order,
                Place::default().order(&order.id),
                Amount::of(missed, "visits"),
                weighted.saturating_mul(Seconds::MINUTE.0),
                format!(
                    "{missed} of {wanted} visits from {} to {}",
                    period.start, period.end
                ),
            ));
        }
    }
    total.points = order.points * total.met as f64;
    total
}
