//! Units, their duties, and the ways between stops.

use std::collections::BTreeMap;

use super::data;
use super::ground::Ground;
use super::name;
use crate::check::Verdict;
use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::ids::VertexId;
use crate::plan::Activity;
use crate::plan::DutyPlan;
use crate::plan::Path;
use crate::plan::Plan;
use crate::plan::Stop;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::scenario::Scenario;
use crate::units::Millimetres;
use crate::units::Millis;
use crate::world::World;

/// Keys of the scenario's files to positions.
#[derive(Debug)]
pub(in crate::report) struct Keys<'a> {
    pub(in crate::report) units: BTreeMap<&'a str, usize>,
    pub(in crate::report) shifts: BTreeMap<&'a str, usize>,
    pub(in crate::report) targets: BTreeMap<&'a str, usize>,
    pub(in crate::report) orders: BTreeMap<&'a str, usize>,
}

impl<'a> Keys<'a> {
    pub(in crate::report) fn new(scenario: &'a Scenario) -> Self {
        Self {
            units: positions(scenario.units.iter().map(|u| &u.id)),
            shifts: positions(scenario.shifts.iter().map(|s| &s.id)),
            targets: positions(scenario.targets.iter().map(|t| &t.id)),
            orders: positions(scenario.orders.iter().map(|o| &o.id)),
        }
    }
}

/// Keys in their order to their positions.
pub(super) fn positions<'a>(keys: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, usize> {
    keys.enumerate().map(|(i, key)| (key.as_str(), i)).collect()
}

/// The units with the checker's figures.
pub(super) fn units(scenario: &Scenario, verdict: &Verdict) -> Vec<data::Unit> {
    let figures = &verdict.kpis.units;
    scenario
        .units
        .iter()
        .zip(figures)
        .map(|(unit, figures)| data::Unit {
            id: unit.id.clone(),
            name: name(&unit.name),
            tier: unit.tier.index(),
            base: unit.base.index(),
            profile: scenario.profiles[unit.profile].name.clone(),
            km: rounded(figures.distance_km),
            crew_hours: rounded(figures.crew_hours),
            duty_hours: rounded(figures.duty_hours),
            visits: figures.visits,
        })
        .collect()
}

/// To a hundredth: enough to show, and short to write.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The duties of the plan whose unit and shift the scenario knows.
pub(super) fn duties(world: &World, plan: &Plan, keys: &Keys<'_>) -> Vec<data::Duty> {
    let known = plan.duties.iter().filter_map(|duty| {
        let unit = *keys.units.get(duty.unit.as_str())?;
        let shift = *keys.shifts.get(duty.shift.as_str())?;
        Some((duty, unit, shift))
    });
    known
        .map(|(duty, unit, shift)| data::Duty {
            unit,
            shift,
            day: duty.day,
            span: span(&world.scenario, duty, unit, shift),
            km: rounded(length(world, plan, duty, keys).kilometres()),
            stops: duty.stops.iter().map(|s| stop(s, plan, keys)).collect(),
        })
        .collect()
}

/// The shift within the horizon; of a duty that the scenario does not have, its own stops.
fn span(scenario: &Scenario, duty: &DutyPlan, unit: usize, shift: usize) -> (i64, i64) {
    let same = scenario
        .duties
        .iter()
        .find(|d| d.unit.index() == unit && d.shift.index() == shift && d.day == duty.day);
    match (same, duty.stops.first(), duty.stops.last()) {
        (Some(duty), ..) => (duty.span.start.0, duty.span.end.0),
        (None, Some(first), Some(last)) => (first.from.0, last.to.0),
        _ => (0, 0),
    }
}

/// Road driven, segments patrolled included.
pub(in crate::report) fn length(
    world: &World,
    plan: &Plan,
    duty: &DutyPlan,
    keys: &Keys<'_>,
) -> Millimetres {
    let legs = duty
        .stops
        .iter()
        .filter_map(|s| plan.paths.get(s.path? as usize));
    let driven: Millimetres = legs.map(|p| p.millimetres).sum();
    let Some(&unit) = keys.units.get(duty.unit.as_str()) else {
        return driven;
    };
    let profile = world.scenario.units[UnitId::new(unit)].profile;
    let patrolled = duty.stops.iter().filter_map(|stop| {
        let Activity::Visit {
            target, reverse, ..
        } = &stop.what
        else {
            return None;
        };
        let target = TargetId::new(*keys.targets.get(target.as_str())?);
        let ways = &world.stops[profile][target];
        Some(ways.iter().find(|w| w.reverse == *reverse)?.length)
    });
    driven + patrolled.sum()
}

fn stop(stop: &Stop, plan: &Plan, keys: &Keys<'_>) -> [i64; 6] {
    let at = |index: Option<&usize>| index.map_or(-1, |&i| i as i64);
    let path = stop.path.filter(|&p| (p as usize) < plan.paths.len());
    let path = path.map_or(-1, i64::from);
    let (what, order, reverse) = match &stop.what {
        Activity::Start => (-1, -1, 0),
        Activity::End => (-2, -1, 0),
        Activity::Break { .. } => (-3, -1, 0),
        Activity::Visit {
            target,
            order,
            reverse,
        } => (
            keys.targets.get(target.as_str()).map_or(-4, |&i| i as i64),
            at(order.as_ref().and_then(|o| keys.orders.get(o.as_str()))),
            i64::from(*reverse),
        ),
    };
    [what, stop.from.0, stop.to.0, path, order, reverse]
}

/// The plan's paths over the numbered vertices.
pub(super) fn paths(world: &World, plan: &Plan, ground: &Ground) -> Vec<data::Path> {
    let profiles = world.scenario.profiles.enumerate();
    let profiles: BTreeMap<&str, ProfileId> =
        profiles.map(|(id, p)| (p.name.as_str(), id)).collect();
    let profile = |path: &Path| profiles.get(path.profile.as_str()).copied();
    let one = |path: &Path| encode(&world.roads, path, profile(path), ground);
    plan.paths.iter().map(one).collect()
}

/// A path; vertices that the map does not have are passed over.
fn encode(
    roads: &RoadGraph,
    path: &Path,
    profile: Option<ProfileId>,
    ground: &Ground,
) -> data::Path {
    let vertices: Vec<VertexId> = path
        .nodes
        .iter()
        .filter_map(|&n| roads.vertex_of(n))
        .collect();
    let (walk, ends) = ground.walk(&vertices);
    let mut at = vec![Millis::ZERO];
    for step in vertices.windows(2) {
        let last = at[at.len() - 1];
        at.push(last + step_time(roads, step[0], step[1], profile));
    }
    let mut before = Millis::ZERO;
    let times = ends
        .iter()
        .map(|&end| {
            let time = (at[end] - before).0;
            before = at[end];
            time
        })
        .collect();
    data::Path { walk, times }
}

/// Time from a vertex to the next: 0 where no arc of the profile leads there.
fn step_time(
    roads: &RoadGraph,
    from: VertexId,
    to: VertexId,
    profile: Option<ProfileId>,
) -> Millis {
    let arcs = roads.out_arcs(from).filter(|&a| roads.ends(a).1 == to);
    let times = arcs.filter_map(|a| roads.time(a, profile?, Pace::Patrol));
    times.min().unwrap_or(Millis::ZERO)
}
