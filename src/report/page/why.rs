//! What fell short, and why: the checker's shortfalls held against who could have come.
//!
//! | why | means | figures |
//! |---|---|---|
//! | `unreachable` | no road of any unit's profile comes near | |
//! | `nobody_may` | forces, zones and skills rule every unit out | |
//! | `closed` | windows are shut for that share of the wait | share |
//! | `nobody_on_duty` | no unit that may go there was on duty for that share of the wait | share |
//! | `all_busy` | so many units were on duty, busy for that share of their time | units, share |
//! | `spare` | so many units were on duty, with nothing to do for that share of their time | units, share |
//! | `no_room` | the route left no room (breaks) | |

use super::data::Shortfall;
use super::presence::Presence;
use super::presence::length;
use super::presence::presences;
use super::presence::share;
use super::presence::union;
use super::routes::Keys;
use super::targets;
use crate::check::BrokenPromise;
use crate::check::Promise;
use crate::check::Verdict;
use crate::check::timeline::Timeline;
use crate::ids::Id;
use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::plan::Plan;
use crate::scenario::Order;
use crate::scenario::Target;
use crate::scenario::Unit;
use crate::units::Level;
use crate::units::Seconds;
use crate::units::Span;
use crate::world::World;

/// From this share of a wait on, its cause is named first.
const MOST: f64 = 0.5;

/// From this share of idle time on, a unit is called idle.
const IDLE: f64 = 0.25;

/// What the plan falls short of: promises first, then by lost risk and missing visits.
pub(in crate::report) fn shortfalls(
    world: &World,
    plan: &Plan,
    verdict: &Verdict,
    timeline: &Timeline,
) -> Vec<Shortfall> {
    let keys = Keys::new(&world.scenario);
    let presences = presences(&world.scenario, plan);
    let cause = Cause {
        world,
        presences: &presences,
    };
    let mut found: Vec<(f64, Shortfall)> = Vec::new();
    let targets = world.scenario.targets.enumerate();
    found.extend(targets.filter_map(|(id, t)| cause.standard(id, t, verdict, timeline)));
    let orders = world.scenario.orders.enumerate();
    found.extend(orders.filter_map(|(id, o)| cause.order(id, o, timeline)));
    let promises = verdict.broken_promises.iter();
    found.extend(promises.filter_map(|p| missed_break(world, &keys, p)));
    found.sort_by(|(a, short), (b, other)| other.hard.cmp(&short.hard).then(b.total_cmp(a)));
    found.into_iter().map(|(_, short)| short).collect()
}

/// A break that is not given.
fn missed_break(
    world: &World,
    keys: &Keys<'_>,
    promise: &BrokenPromise,
) -> Option<(f64, Shortfall)> {
    if promise.code != Promise::Break {
        return None;
    }
    let unit = *keys.units.get(promise.place.unit.as_deref()?)?;
    let shift = *keys.shifts.get(promise.place.shift.as_deref()?)?;
    let duty = world.scenario.duties.iter().find(|d| {
        d.unit.index() == unit && d.shift.index() == shift && Some(d.day) == promise.place.day
    });
    let short = Shortfall {
        what: "break",
        unit: Some(unit),
        hard: true,
        amount: promise.amount.value,
        span: duty.map(|d| (d.span.start.0, d.span.end.0)),
        why: "no_room",
        ..Shortfall::default()
    };
    Some((promise.weighted_minutes, short))
}

struct Cause<'a> {
    world: &'a World,
    presences: &'a IdVec<UnitId, Presence>,
}

impl Cause<'_> {
    /// A target beyond its standard, with the risk lost by it (for the order of the list).
    fn standard(
        &self,
        id: TargetId,
        target: &Target,
        verdict: &Verdict,
        timeline: &Timeline,
    ) -> Option<(f64, Shortfall)> {
        let broken = &timeline.targets[id].broken;
        let figures = verdict.kpis.targets.get(id.index())?;
        let amount: Seconds = broken.iter().map(|s| s.length()).sum();
        if amount <= Seconds::ZERO {
            return None;
        }
        let end = figures.worst_gap_at;
        let wait = Span::new(end - figures.worst_gap_seconds, end);
        let units = self.may_visit(id, target);
        let (why, with) = self.explain(&[id], &units, wait, &target.windows, false);
        let short = Shortfall {
            what: "standard",
            target: Some(id.index()),
            hard: target.hard_weight > 0,
            amount: amount.0,
            span: Some((wait.start.0, wait.end.0)),
            why,
            with,
            ..Shortfall::default()
        };
        let lost = amount.hours() * targets::mean_risk(&target.risk, self.world.scenario.horizon);
        Some((lost, short))
    }

    /// An order with missing visits.
    fn order(&self, id: OrderId, order: &Order, timeline: &Timeline) -> Option<(f64, Shortfall)> {
        let visits = targets::visits(timeline, id);
        let missing = |p: &&Span| u64::from(order.count) - targets::counted(order, **p, &visits);
        let amount: u64 = order.periods.iter().map(|p| missing(&p)).sum();
        let first = *order.periods.iter().find(|p| missing(p) > 0)?;
        let units = self.may_serve(order);
        let (why, with) = self.explain(&order.targets, &units, first, &order.windows, true);
        let short = Shortfall {
            what: "order",
            order: Some(id.index()),
            hard: order.hard_weight > 0,
            amount: amount as i64,
            span: Some((first.start.0, first.end.0)),
            why,
            with,
            ..Shortfall::default()
        };
        Some((amount as f64 * order.points, short))
    }

    /// Units that may visit a target and can get there.
    fn may_visit(&self, id: TargetId, target: &Target) -> Vec<UnitId> {
        let units = self.world.scenario.units.enumerate();
        units
            .filter(|(_, unit)| permitted(unit, target) && self.reaches(unit, id))
            .map(|(id, _)| id)
            .collect()
    }

    /// Units that may serve an order at one of its targets.
    fn may_serve(&self, order: &Order) -> Vec<UnitId> {
        let scenario = &self.world.scenario;
        let serves = |id: UnitId, unit: &Unit| {
            (order.units.is_empty() || order.units.contains(&id))
                && order.skills.iter().all(|s| unit.skills.contains(s))
                && order
                    .targets
                    .iter()
                    .any(|&t| permitted(unit, &scenario.targets[t]) && self.reaches(unit, t))
        };
        let units = scenario.units.enumerate();
        units
            .filter(|(id, unit)| serves(*id, unit))
            .map(|(id, _)| id)
            .collect()
    }

    fn reaches(&self, unit: &Unit, id: TargetId) -> bool {
        !self.world.stops[unit.profile][id].is_empty()
    }

    /// Why none of `units` came to `targets` often enough during `wait`. Where windows are
    /// `narrow` by nature, as those of orders, their being shut is no reason.
    fn explain(
        &self,
        targets: &[TargetId],
        units: &[UnitId],
        wait: Span,
        windows: &[Span],
        narrow: bool,
    ) -> (&'static str, Vec<f64>) {
        let horizon = Span::new(Seconds::ZERO, self.world.scenario.horizon);
        let wait = wait.intersect(horizon).unwrap_or(horizon);
        if units.is_empty() {
            let scenario = &self.world.scenario;
            let may = |unit: &Unit| {
                targets
                    .iter()
                    .any(|&t| permitted(unit, &scenario.targets[t]))
            };
            let some = scenario.units.iter().any(may);
            return (if some { "unreachable" } else { "nobody_may" }, Vec::new());
        }
        let open: Vec<Span> = windows.iter().filter_map(|w| w.intersect(wait)).collect();
        let closed = 1.0 - share(length(&open), wait.length());
        if open.is_empty() || (closed >= MOST && !narrow) {
            return ("closed", vec![closed]);
        }
        self.busy(units, &open)
    }

    /// Whether units were off duty, busy or idle while the target was `open` to them.
    fn busy(&self, units: &[UnitId], open: &[Span]) -> (&'static str, Vec<f64>) {
        let within = |spans: &[Span]| -> Vec<Span> {
            let both = |s: &Span| {
                open.iter()
                    .filter_map(|o| o.intersect(*s))
                    .collect::<Vec<_>>()
            };
            spans.iter().flat_map(both).collect()
        };
        let on_duty: Vec<Vec<Span>> = units
            .iter()
            .map(|&u| within(&self.presences[u].on_duty))
            .collect();
        let idle = units
            .iter()
            .map(|&u| length(&within(&self.presences[u].idle)));
        let idle: Seconds = idle.sum();
        let alone = 1.0 - share(union(on_duty.concat()), length(open));
        if alone >= MOST {
            return ("nobody_on_duty", vec![alone]);
        }
        let present = on_duty.iter().filter(|spans| !spans.is_empty()).count() as f64;
        let worked: Seconds = on_duty.iter().map(|spans| length(spans)).sum();
        let idle = share(idle, worked);
        if idle >= IDLE {
            ("spare", vec![present, idle])
        } else {
            ("all_busy", vec![present, 1.0 - idle])
        }
    }
}

/// Whether tier, zones and skills let a unit visit a target.
fn permitted(unit: &Unit, target: &Target) -> bool {
    target.authority[unit.tier] > Level::NONE
        && (unit.zones.is_empty() || unit.zones.iter().any(|z| target.zones.contains(z)))
        && target.skills.iter().all(|s| unit.skills.contains(s))
}
