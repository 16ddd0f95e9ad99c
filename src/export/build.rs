//! From a compiled scenario to the question that others can solve. Numbers come from the
//! compiled tables, so a peer is asked what our own search is asked.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ids::BaseId;
use crate::ids::Id;
use crate::ids::OrderId;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::patrol::compile::Compiled;
use crate::patrol::instance::UNREACHABLE;
use crate::scenario;
use crate::scenario::Scenario;
use crate::scenario::Shape;
use crate::units::Seconds;
use crate::units::Span;
use crate::world::World;

use super::question::Break;
use super::question::Duty;
use super::question::Order;
use super::question::Profile;
use super::question::QUESTION_VERSION;
use super::question::Question;
use super::question::Spot;
use super::question::Stretch;
use super::question::Target;
use super::question::Unit;

/// The question that `compiled` asks; `world` is what it was compiled from.
pub fn question(world: &World, compiled: &Compiled) -> Question {
    let scenario = &world.scenario;
    let build = Build {
        world,
        compiled,
        places: places(scenario, compiled),
    };
    Question {
        version: QUESTION_VERSION,
        scenario: scenario.name.plain.clone(),
        start: scenario.start.to_string(),
        horizon: scenario.horizon,
        planar: world.roads.is_planar(),
        order_point: scenario.objective.order_point,
        spots: build.places.iter().map(|&p| spot(scenario, p)).collect(),
        profiles: scenario.profiles.ids().map(|p| build.profile(p)).collect(),
        targets: scenario
            .targets
            .iter()
            .map(|t| target(scenario, t))
            .collect(),
        orders: scenario.orders.ids().map(|o| build.order(o)).collect(),
        units: build.units(),
        duties: scenario.duties.iter().map(|d| duty(scenario, d)).collect(),
    }
}

/// What a spot of the compiled question is.
#[derive(Clone, Copy)]
enum Place {
    Base(BaseId),
    Target(TargetId, bool),
}

/// The places of all spots: bases first, the others as the tasks tell.
fn places(scenario: &Scenario, compiled: &Compiled) -> Vec<Place> {
    let mut places: Vec<Place> = scenario.bases.ids().map(Place::Base).collect();
    let of_tasks: BTreeMap<u32, Place> = compiled
        .instance
        .tasks
        .iter()
        .zip(&compiled.tasks)
        .map(|(task, key)| (task.spot, Place::Target(key.target, key.reverse)))
        .collect();
    places.extend(of_tasks.into_values());
    debug_assert_eq!(places.len(), compiled.spots.len(), "a spot without a task");
    places
}

fn spot(scenario: &Scenario, place: Place) -> Spot {
    match place {
        Place::Base(id) => {
            let base = &scenario.bases[id];
            Spot {
                base: Some(base.id.clone()),
                target: None,
                reverse: false,
                name: base.name.plain.clone(),
                at: [base.at.x, base.at.y],
            }
        }
        Place::Target(id, reverse) => {
            let target = &scenario.targets[id];
            let at = match &target.shape {
                Shape::Site(at) => Some(at),
                Shape::Segment { line, .. } if reverse => line.last(),
                Shape::Segment { line, .. } => line.first(),
            };
            Spot {
                base: None,
                target: Some(target.id.clone()),
                reverse,
                name: target.name.plain.clone(),
                at: at.map_or([0.0; 2], |at| [at.x, at.y]),
            }
        }
    }
}

fn target(scenario: &Scenario, target: &scenario::Target) -> Target {
    let authority = scenario.tiers.enumerate();
    Target {
        id: target.id.clone(),
        kind: target.kind.clone(),
        standard: target.standard,
        hard: target.hard_weight,
        effect: target.effect.steps.clone(),
        risk: target.risk.pieces.clone(),
        windows: target.windows.iter().map(|&w| stretch(w)).collect(),
        authority: authority
            .map(|(id, tier)| (tier.id.clone(), target.authority[id]))
            .collect(),
        last_visit: target.last_visit.map(|end| (end, target.last_authority)),
    }
}

fn duty(scenario: &Scenario, duty: &scenario::Duty) -> Duty {
    let breaks = duty.breaks.iter().map(|b| Break {
        length: b.length,
        earliest: b.earliest,
        latest: b.latest,
        at_base: b.at_base,
    });
    Duty {
        unit: scenario.units[duty.unit].id.clone(),
        shift: scenario.shifts[duty.shift].id.clone(),
        day: duty.day,
        span: stretch(duty.span),
        route: stretch(duty.route),
        breaks: breaks.collect(),
    }
}

fn stretch(span: Span) -> Stretch {
    [span.start, span.end]
}

/// What the tables of the compiled question are needed for.
struct Build<'a> {
    world: &'a World,
    compiled: &'a Compiled,
    places: Vec<Place>,
}

impl Build<'_> {
    fn profile(&self, id: ProfileId) -> Profile {
        let spots = 0..self.places.len() as u32;
        let seconds = |from: u32, to: u32| {
            let time = self.compiled.instance.time(id.0, from, to);
            (time < UNREACHABLE).then_some(Seconds(i64::from(time)))
        };
        let row = |from: u32| spots.clone().map(|to| seconds(from, to)).collect();
        Profile {
            name: self.world.scenario.profiles[id].name.clone(),
            seconds: spots.clone().map(row).collect(),
            visits: self.places.iter().map(|&p| self.visit(id, p)).collect(),
        }
    }

    /// Least length of a visit.
    fn visit(&self, profile: ProfileId, place: Place) -> Option<Seconds> {
        match place {
            Place::Base(base) => self.world.bases[profile][base].map(|_| Seconds::ZERO),
            Place::Target(target, reverse) => self.world.stops[profile][target]
                .iter()
                .find(|stop| stop.reverse == reverse)
                .map(|stop| stop.duration),
        }
    }

    fn order(&self, id: OrderId) -> Order {
        let scenario = &self.world.scenario;
        let order = &scenario.orders[id];
        let crews = self.compiled.instance.crews.iter();
        let serves = |tasks: &[u32]| {
            let mut keys = tasks.iter().map(|&t| self.compiled.tasks[t as usize]);
            keys.any(|key| key.order == Some(id))
        };
        Order {
            id: order.id.clone(),
            targets: order
                .targets
                .iter()
                .map(|&t| scenario.targets[t].id.clone())
                .collect(),
            count: order.count,
            periods: order.periods.iter().map(|&p| stretch(p)).collect(),
            windows: order.windows.iter().map(|&w| stretch(w)).collect(),
            spacing: order.spacing,
            dwell: order.dwell,
            units: crews
                .zip(&scenario.units)
                .filter(|(crew, _)| serves(&crew.tasks))
                .map(|(_, unit)| unit.id.clone())
                .collect(),
            points: order.points,
            hard: order.hard_weight,
        }
    }

    /// The units; the instance has one crew for each.
    fn units(&self) -> Vec<Unit> {
        let scenario = &self.world.scenario;
        let crews = self.compiled.instance.crews.iter();
        let unit = |(unit, tasks): (&scenario::Unit, &[u32])| {
            let targets = tasks
                .iter()
                .map(|&t| self.compiled.tasks[t as usize].target);
            let targets: BTreeSet<TargetId> = targets.collect();
            Unit {
                id: unit.id.clone(),
                tier: scenario.tiers[unit.tier].id.clone(),
                profile: unit.profile.0,
                base: unit.base.index() as u32,
                targets: targets
                    .iter()
                    .map(|&t| scenario.targets[t].id.clone())
                    .collect(),
            }
        };
        let units = scenario.units.iter();
        units.zip(crews.map(|c| &*c.tasks)).map(unit).collect()
    }
}
