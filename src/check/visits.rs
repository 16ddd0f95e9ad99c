//! Visits: who may visit what, when, and for how long.

use super::code::Code;
use super::read::Run;
use super::read::Visit;
use super::read::What;
use super::verdict::Amount;
use super::verdict::Findings;
use super::verdict::Place;
use crate::ids::OrderId;
use crate::ids::SkillId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::scenario::Order;
use crate::scenario::Target;
use crate::units::Level;
use crate::units::Seconds;
use crate::units::Span;
use crate::world::World;

/// A visit as the calculators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) target: TargetId,
    pub(super) unit: UnitId,
    pub(super) span: Span,
    /// How much it counts; never 0.
    pub(super) authority: Level,
    /// The order it serves, and the index of the period it lies in.
    pub(super) serves: Option<(OrderId, usize)>,
    /// Where it stands in the plan.
    pub(super) run: usize,
    pub(super) stop: usize,
}

/// Checks the visits of a run and gathers those that count: at a reachable target, by a tier
/// that counts there, at a time inside the horizon. (What else is wrong with them makes the
/// plan invalid, not its figures.)
pub(super) fn check(
    world: &World,
    run_index: usize,
    run: &Run<'_>,
    findings: &mut Findings,
) -> Vec<Seen> {
    let mut seen = Vec::new();
    for (i, stop) in run.stops.iter().enumerate() {
        let (What::Visit(Some(visit)), Some(span)) = (stop.what, stop.span) else {
            continue;
        };
        let target = &world.scenario.targets[visit.target];
        let place = || run.place().stop(i).target(&target.id);
        at_target(run, target, &visit, span, &place, findings);
        let serves = visit.order.and_then(|id| {
            let order = &world.scenario.orders[id];
            let place = || place().order(&order.id);
            for_order(run, order, &visit, span, &place, findings).map(|period| (id, period))
        });
        let authority = authority(run, target);
        if authority > Level::NONE && visit.way.is_some() {
            seen.push(Seen {
                target: visit.target,
                unit: run.duty.unit,
                span,
                authority,
                serves,
                run: run_index,
                stop: i,
            });
        }
    }
    seen
}

/// How much visits of the run's unit count at a target.
fn authority(run: &Run<'_>, target: &Target) -> Level {
    let level = target.authority.get(run.unit.tier).copied();
    level.unwrap_or(Level::NONE)
}

/// The rules of the target.
fn at_target(
    run: &Run<'_>,
    target: &Target,
    visit: &Visit<'_>,
    span: Span,
    place: &impl Fn() -> Place,
    findings: &mut Findings,
) {
    if authority(run, target) == Level::NONE {
        let message = "visits of the unit's tier do not count here";
        findings.add(Code::Tier, place(), message);
    }
    let zones = &run.unit.zones;
    if !zones.is_empty() && !zones.iter().any(|z| target.zones.contains(z)) {
        findings.add(
            Code::Zone,
            place(),
            "the target lies outside the unit's zones",
        );
    }
    if lacks(run, &target.skills) {
        findings.add(
            Code::Skill,
            place(),
            "the unit lacks a skill that the target wants",
        );
    }
    let least = visit.way.map_or(Seconds::ZERO, |w| w.duration);
    if span.length() < least {
        findings.add_by(
            Code::TooShort,
            place(),
            Amount::seconds((least - span.length()).0),
            format!("the visit lasts {} and is to last {least}", span.length()),
        );
    }
    inside(
        &target.windows,
        span,
        Code::Window,
        "window of the target",
        place,
        findings,
    );
}

/// The rules of the order; the period that the visit counts for when it keeps them all.
fn for_order(
    run: &Run<'_>,
    order: &Order,
    visit: &Visit<'_>,
    span: Span,
    place: &impl Fn() -> Place,
    findings: &mut Findings,
) -> Option<usize> {
    let before = findings.0.len();
    if !order.targets.contains(&visit.target) {
        findings.add(
            Code::OrderTarget,
            place(),
            "the target does not serve the order",
        );
    }
    if !order.units.is_empty() && !order.units.contains(&run.duty.unit) {
        findings.add(Code::OrderUnit, place(), "the unit may not serve the order");
    }
    if lacks(run, &order.skills) {
        findings.add(
            Code::OrderSkill,
            place(),
            "the unit lacks a skill that the order wants",
        );
    }
    if span.length() < order.dwell {
        findings.add_by(
            Code::OrderTooShort,
            place(),
            Amount::seconds((order.dwell - span.length()).0),
            format!(
                "the visit lasts {} and the order wants {}",
                span.length(),
                order.dwell
            ),
        );
    }
    inside(
        &order.windows,
        span,
        Code::OrderWindow,
        "window of the order",
        place,
        findings,
    );
    let period = inside(
        &order.periods,
        span,
        Code::OrderPeriod,
        "period of the order",
        place,
        findings,
    );
    period.filter(|_| findings.0.len() == before)
}

fn lacks(run: &Run<'_>, skills: &[SkillId]) -> bool {
    !skills.iter().all(|s| run.unit.skills.contains(s))
}

/// The stretch that a visit lies wholly inside of; a violation by what sticks out of the
/// nearest where there is none.
fn inside(
    stretches: &[Span],
    span: Span,
    code: Code,
    what: &str,
    place: &impl Fn() -> Place,
    findings: &mut Findings,
) -> Option<usize> {
    let holds = |s: &Span| s.start <= span.start && span.end <= s.end;
    if let Some(found) = stretches.iter().position(holds) {
        return Some(found);
    }
    let message = format!("{} to {} is not inside one {what}", span.start, span.end);
    let out = |s: &Span| (s.start - span.start).0.max(0) + (span.end - s.end).0.max(0);
    match stretches.iter().map(out).min() {
        Some(out) => findings.add_by(code, place(), Amount::seconds(out), message),
        None => findings.add(code, place(), message),
    }
    None
}
