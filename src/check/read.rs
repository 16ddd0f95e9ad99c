//! Reads a plan against its scenario: keys become ids, stops get their place on the roads.
//!
//! Nothing of a plan is trusted: what cannot be resolved becomes a violation and is left
//! out of what later checks see, and times are refused before anybody adds to them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::code::Code;
use super::verdict::Amount;
use super::verdict::Findings;
use super::verdict::Place;
use crate::ids::DutyId;
use crate::ids::Id;
use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::ids::ProfileId;
use crate::ids::ShiftId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::ids::VertexId;
use crate::plan::Activity;
use crate::plan::DutyPlan;
use crate::plan::PLAN_VERSION;
use crate::plan::Plan;
use crate::plan::Stop;
use crate::scenario::Duty;
use crate::scenario::Unit;
use crate::units::Seconds;
use crate::units::Span;
use crate::world;
use crate::world::World;

/// A duty of the plan, resolved.
#[derive(Debug)]
pub(super) struct Run<'a> {
    /// Index into the plan's duties.
    pub(super) index: usize,
    /// The duty as planned.
    pub(super) plan: &'a DutyPlan,
    /// Its id in the scenario.
    pub(super) id: DutyId,
    /// The duty as asked.
    pub(super) duty: &'a Duty,
    /// Who does it.
    pub(super) unit: &'a Unit,
    /// Its stops, one for each of the plan's.
    pub(super) stops: Vec<RunStop<'a>>,
}

/// A stop, resolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunStop<'a> {
    /// What the unit does.
    pub(super) what: What<'a>,
    /// When, inside the horizon and not backwards; `None` when the plan says otherwise.
    pub(super) span: Option<Span>,
    /// Where the unit arrives and leaves; `None` when that cannot be told.
    pub(super) ends: Option<(VertexId, VertexId)>,
    /// Whether it is at its base.
    pub(super) at_base: bool,
    /// Index into the plan's paths.
    pub(super) path: Option<u32>,
}

/// What a unit does at a stop.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    Start,
    End,
    /// A break by its number; one that the duty does not have is `None`.
    Break(Option<usize>),
    /// A visit; to an unknown target, `None`.
    Visit(Option<Visit<'a>>),
}

/// A visit to a known target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit<'a> {
    pub(super) target: TargetId,
    /// The order it is for; an unknown one is `None`.
    pub(super) order: Option<OrderId>,
    /// How the target is visited; `None` when it cannot be so.
    pub(super) way: Option<&'a world::Stop>,
}

impl Run<'_> {
    /// Where the run is in the plan.
    pub(super) fn place(&self) -> Place {
        Place::duty(self.index, self.plan)
    }

    /// From the first instant planned to the last.
    pub(super) fn extent(&self) -> Option<Span> {
        let spans = || self.stops.iter().filter_map(|s| s.span);
        let start = spans().map(|s| s.start).min()?;
        let end = spans().map(|s| s.end).max()?;
        Some(Span::new(start, end))
    }
}

/// Ids by key.
pub(super) struct Keys<'a> {
    pub(super) profiles: BTreeMap<&'a str, ProfileId>,
    pub(super) units: BTreeMap<&'a str, UnitId>,
    pub(super) shifts: BTreeMap<&'a str, ShiftId>,
    pub(super) targets: BTreeMap<&'a str, TargetId>,
    orders: BTreeMap<&'a str, OrderId>,
    pub(super) duties: BTreeMap<(UnitId, ShiftId, i32), DutyId>,
}

impl<'a> Keys<'a> {
    /// The keys of a scenario.
    pub(super) fn new(world: &'a World) -> Self {
        let scenario = &world.scenario;
        let duties = scenario.duties.enumerate();
        let duties = duties.map(|(id, duty)| ((duty.unit, duty.shift, duty.day), id));
        Self {
            profiles: keys(&scenario.profiles, |p| &p.name),
            units: keys(&scenario.units, |u| &u.id),
            shifts: keys(&scenario.shifts, |s| &s.id),
            targets: keys(&scenario.targets, |t| &t.id),
            orders: keys(&scenario.orders, |o| &o.id),
            duties: duties.collect(),
        }
    }
}

fn keys<'a, I: Id, T>(
    items: &'a IdVec<I, T>,
    key: impl Fn(&'a T) -> &'a str,
) -> BTreeMap<&'a str, I> {
    items
        .enumerate()
        .map(|(id, item)| (key(item), id))
        .collect()
}

/// Whether the plan is for this scenario at all.
pub(super) fn header(world: &World, plan: &Plan, findings: &mut Findings) {
    let scenario = &world.scenario;
    if plan.version != PLAN_VERSION {
        findings.add(
            Code::Version,
            Place::default(),
            format!("version {} is not {PLAN_VERSION}", plan.version),
        );
    }
    if plan.scenario != scenario.name.plain {
        findings.add(
            Code::Scenario,
            Place::default(),
            format!("`{}` is not `{}`", plan.scenario, scenario.name.plain),
        );
    }
    let instant = plan.start.parse::<jiff::Zoned>().map(|z| z.timestamp());
    let instant = instant.or_else(|_| plan.start.parse::<jiff::Timestamp>());
    if instant.ok() != Some(scenario.start.timestamp()) {
        findings.add(
            Code::Start,
            Place::default(),
            format!("`{}` is not `{}`", plan.start, scenario.start),
        );
    }
}

/// Resolves the duties of a plan. Those that the scenario does not know are left out, and
/// so is each duty after its first time.
pub(super) fn runs<'a>(
    world: &'a World,
    plan: &'a Plan,
    keys: &Keys<'a>,
    findings: &mut Findings,
) -> Vec<Run<'a>> {
    let mut taken = BTreeSet::new();
    let mut runs = Vec::with_capacity(plan.duties.len());
    for (index, duty_plan) in plan.duties.iter().enumerate() {
        let Some(id) = duty_of(keys, index, duty_plan, findings) else {
            continue;
        };
        if !taken.insert(id) {
            let place = Place::duty(index, duty_plan);
            findings.add(Code::DutyTwice, place, "the duty is planned twice");
            continue;
        }
        let duty = &world.scenario.duties[id];
        let unit = &world.scenario.units[duty.unit];
        let mut run = Run {
            index,
            plan: duty_plan,
            id,
            duty,
            unit,
            stops: Vec::with_capacity(duty_plan.stops.len()),
        };
        for (i, stop) in duty_plan.stops.iter().enumerate() {
            let resolved = resolve(world, keys, &run, i, stop, findings);
            run.stops.push(resolved);
        }
        runs.push(run);
    }
    runs
}

/// The scenario's duty behind a duty of the plan.
fn duty_of(
    keys: &Keys<'_>,
    index: usize,
    plan: &DutyPlan,
    findings: &mut Findings,
) -> Option<DutyId> {
    let unit = keys.units.get(plan.unit.as_str());
    let shift = keys.shifts.get(plan.shift.as_str());
    let place = || Place::duty(index, plan);
    if unit.is_none() {
        let message = "the scenario has no such unit";
        findings.add(Code::UnitUnknown, place(), message);
    }
    if shift.is_none() {
        let message = "the scenario has no such shift";
        findings.add(Code::ShiftUnknown, place(), message);
    }
    let duty = keys.duties.get(&(*unit?, *shift?, plan.day)).copied();
    if duty.is_none() {
        let message = "the unit does not work this shift on this day";
        findings.add(Code::DutyUnknown, place(), message);
    }
    duty
}

/// Resolves the `i`-th stop of a run whose earlier stops are resolved.
fn resolve<'a>(
    world: &'a World,
    keys: &Keys<'a>,
    run: &Run<'a>,
    i: usize,
    stop: &'a Stop,
    findings: &mut Findings,
) -> RunStop<'a> {
    let base = || {
        let bases = world.bases.get(run.unit.profile)?;
        let vertex = bases.get(run.unit.base).copied().flatten()?;
        Some((vertex, vertex))
    };
    let before = run.stops.last();
    let stays = || before.and_then(|b| b.ends).map(|(_, exit)| (exit, exit));
    let mut at_base = true;
    let (what, ends) = match &stop.what {
        Activity::Start => (What::Start, base()),
        Activity::End => (What::End, base()),
        Activity::Break { rule } => {
            let number = break_number(run, i, *rule, findings);
            let to_base = number.is_some_and(|n| run.duty.breaks[n].at_base);
            at_base = to_base || before.is_none_or(|b| b.at_base);
            let ends = if to_base { base() } else { stays() };
            (What::Break(number), ends)
        }
        Activity::Visit { .. } => {
            at_base = false;
            let visit = visit(world, keys, run, i, stop, findings);
            let way = visit.and_then(|v| v.way);
            (What::Visit(visit), way.map(|w| (w.entry, w.exit)))
        }
    };
    if i == 0 && base().is_none() {
        let message = "the base is on no road that the unit may use";
        findings.add(Code::BaseUnreachable, run.place(), message);
    }
    RunStop {
        what,
        span: sane_span(world, run, i, stop, findings),
        ends,
        at_base,
        path: stop.path,
    }
}

fn break_number(run: &Run<'_>, i: usize, rule: u32, findings: &mut Findings) -> Option<usize> {
    let number = usize::try_from(rule).ok();
    let number = number.filter(|&n| n < run.duty.breaks.len());
    if number.is_none() {
        findings.add(
            Code::BreakUnknown,
            run.place().stop(i),
            format!(
                "the duty has {} breaks and none of number {rule}",
                run.duty.breaks.len()
            ),
        );
    }
    number
}

fn visit<'a>(
    world: &'a World,
    keys: &Keys<'a>,
    run: &Run<'a>,
    i: usize,
    stop: &'a Stop,
    findings: &mut Findings,
) -> Option<Visit<'a>> {
    let Activity::Visit {
        target: key,
        order,
        reverse,
    } = &stop.what
    else {
        return None;
    };
    let place = || run.place().stop(i).target(key);
    if let Some(order) = order.as_deref().filter(|o| !keys.orders.contains_key(o)) {
        let message = "the scenario has no such order";
        findings.add(Code::OrderUnknown, place().order(order), message);
    }
    let Some(&target) = keys.targets.get(key.as_str()) else {
        findings.add(
            Code::TargetUnknown,
            place(),
            "the scenario has no such target",
        );
        return None;
    };
    let stops = world.stops.get(run.unit.profile);
    let ways = stops
        .and_then(|s| s.get(target))
        .map_or(&[][..], Vec::as_slice);
    let way = ways.iter().find(|w| w.reverse == *reverse);
    if ways.is_empty() {
        let message = "the target is on no road that the unit may use";
        findings.add(Code::TargetUnreachable, place(), message);
    } else if way.is_none() {
        let message = "the target may not be visited in this direction";
        findings.add(Code::Direction, place(), message);
    }
    Some(Visit {
        target,
        order: order.as_deref().and_then(|o| keys.orders.get(o).copied()),
        way,
    })
}

/// The time of a stop when it lies in the horizon and does not run backwards.
fn sane_span(
    world: &World,
    run: &Run<'_>,
    i: usize,
    stop: &Stop,
    findings: &mut Findings,
) -> Option<Span> {
    let horizon = world.scenario.horizon;
    let inside = |t: Seconds| Seconds::ZERO <= t && t <= horizon;
    if !inside(stop.from) || !inside(stop.to) {
        let before = Seconds::ZERO.0.saturating_sub(stop.from.0.min(stop.to.0));
        let after = stop.from.0.max(stop.to.0).saturating_sub(horizon.0);
        findings.add_by(
            Code::TimeRange,
            run.place().stop(i),
            Amount::seconds(before.max(after)),
            format!(
                "the stop from {} s to {} s leaves the horizon",
                stop.from.0, stop.to.0
            ),
        );
        return None;
    }
    if stop.to < stop.from {
        findings.add_by(
            Code::TimeBackwards,
            run.place().stop(i),
            Amount::seconds((stop.from - stop.to).0),
            format!("the stop ends at {} and begins at {}", stop.to, stop.from),
        );
        return None;
    }
    Some(Span::new(stop.from, stop.to))
}
