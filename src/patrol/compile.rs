//! A scenario on its roads, compiled: dense tasks, quotas and covers, and the way back from
//! them to the planner's names.

use std::collections::BTreeMap;

use geo::Coord;

use crate::error::Error;
use crate::error::Result;
use crate::ids::DutyId;
use crate::ids::Id;
use crate::ids::OrderId;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::ids::VertexId;
use crate::roads::Pace;
use crate::scenario::Order;
use crate::scenario::Scenario;
use crate::scenario::Shape;
use crate::scenario::Target;
use crate::travel::Router;
use crate::units::Span;
use crate::world::Stop;
use crate::world::World;

use super::cover::Cover;
use super::curve::along_curve;
use super::instance::Break;
use super::instance::Crew;
use super::instance::Duty;
use super::instance::Instance;
use super::instance::Mode;
use super::instance::NONE;
use super::instance::Quota;
use super::instance::Series;
use super::instance::Task;
use super::instance::UNREACHABLE;
use super::instance::Window;
use super::risk::RiskIntegral;

/// Value of one point of protected risk: milli-points per hour x seconds x percent squared.
pub const POINT: f64 = 1000.0 * 3600.0 * 100.0 * 100.0;

/// Neighbouring spots kept per spot.
const NEAR: usize = 40;

/// A compiled scenario.
#[derive(Debug)]
pub struct Compiled {
    /// What the search works on.
    pub instance: Instance,
    /// Where each spot is.
    pub spots: Vec<Spot>,
    /// What each task is.
    pub tasks: Vec<TaskKey>,
    /// The scenario's duty of each of the instance's.
    pub duties: Vec<DutyId>,
    /// Finds the way of each leg, by mode.
    pub routers: Vec<Router>,
}

/// Where a spot is, by mode: where a unit arrives and where it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// `(entry, exit)` by mode, `None` where the mode cannot go.
    pub vertices: Vec<Option<(VertexId, VertexId)>>,
}

/// What a task is in the planner's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskKey {
    /// Which target.
    pub target: TargetId,
    /// Whether a segment is patrolled from its end to its start.
    pub reverse: bool,
    /// Which order the visit counts for.
    pub order: Option<OrderId>,
}

/// Duties of a compilation that were taken aside.
#[derive(Clone, Debug)]
pub struct Aside {
    instance: Vec<Duty>,
    ids: Vec<DutyId>,
}

impl Compiled {
    /// Leaves out the duties that do not satisfy `keep`: their units stay at base.
    pub fn retain(&mut self, keep: impl Fn(DutyId) -> bool) -> Aside {
        let aside = Aside {
            instance: std::mem::take(&mut self.instance.duties),
            ids: std::mem::take(&mut self.duties),
        };
        for (duty, id) in aside.instance.iter().zip(&aside.ids) {
            if keep(*id) {
                self.instance.duties.push(duty.clone());
                self.duties.push(*id);
            }
        }
        aside
    }

    /// All duties again.
    pub fn restore(&mut self, aside: Aside) {
        self.instance.duties = aside.instance;
        self.duties = aside.ids;
    }
}

/// Compiles a scenario: travel tables, tasks, demands.
///
/// # Errors
/// `P001` when the horizon is too long for 32-bit seconds, `P002` when order points are so
/// many that the value of a plan could overflow.
pub fn compile(world: &World) -> Result<Compiled> {
    let scenario = &world.scenario;
    let horizon = i32::try_from(scenario.horizon.0)
        .ok()
        .filter(|h| *h < UNREACHABLE / 2)
        .ok_or_else(|| Error::input("P001", "the horizon is too long").value(scenario.horizon))?;
    check_points(scenario)?;
    let mut build = Build {
        world,
        horizon,
        instance: Instance {
            horizon,
            ..Instance::default()
        },
        spots: Vec::new(),
        spot_of: BTreeMap::new(),
        tasks: Vec::new(),
    };
    let base_spots = build.bases();
    build.covers();
    build.patrols();
    for (order, _) in scenario.orders.enumerate() {
        build.order(order);
    }
    build.duties(&base_spots);
    let routers = build.tables();
    build.crews(&base_spots);
    build.instance.prepare(NEAR);
    Ok(Compiled {
        instance: build.instance,
        spots: build.spots,
        tasks: build.tasks,
        duties: scenario.duties.ids().collect(),
        routers,
    })
}

/// Refuses order points whose sum could overflow 64 bits.
fn check_points(scenario: &Scenario) -> Result<()> {
    let per_point = scenario.objective.order_point * POINT;
    let visits = |o: &Order| f64::from(o.count) * o.periods.len() as f64 + o.targets.len() as f64;
    let most = scenario
        .orders
        .iter()
        .map(|o| o.points * per_point)
        .fold(0.0, f64::max);
    let sum = most * scenario.orders.iter().map(visits).sum::<f64>();
    if sum > 2e18 {
        let error = Error::input("P002", "the points of all orders add up to too much");
        let hint = "give smaller `points`, or a smaller `order_point` under [objective]";
        return Err(error.value(sum / POINT).hint(hint).into());
    }
    Ok(())
}

/// A compilation under way.
struct Build<'a> {
    world: &'a World,
    horizon: i32,
    instance: Instance,
    spots: Vec<Spot>,
    /// Patrol and order visits happen at the same spots.
    spot_of: BTreeMap<(TargetId, bool), u32>,
    tasks: Vec<TaskKey>,
}

impl Build<'_> {
    fn scenario(&self) -> &Scenario {
        &self.world.scenario
    }

    fn profiles(&self) -> impl Iterator<Item = ProfileId> + use<> {
        self.world.scenario.profiles.ids()
    }

    /// One spot per base; returns their indices.
    fn bases(&mut self) -> Vec<u32> {
        let world = self.world;
        let spots = world.scenario.bases.ids().map(|base| Spot {
            vertices: self
                .profiles()
                .map(|p| world.bases[p][base].map(|v| (v, v)))
                .collect(),
        });
        self.spots = spots.collect();
        (0..self.spots.len() as u32).collect()
    }

    /// One cover per target, so that both have the same index.
    fn covers(&mut self) {
        let horizon = self.horizon;
        // Places of one kind share a table, which then stays near the processor.
        let mut risks: BTreeMap<Vec<(i32, i64)>, RiskIntegral> = BTreeMap::new();
        let covers = self.scenario().targets.iter().map(|target| {
            let pieces: Vec<(i32, i64)> = target
                .risk
                .pieces
                .iter()
                .map(|(t, rate)| (t.0 as i32, rate.0))
                .collect();
            let hard = if target.standard.is_some() {
                target.hard_weight
            } else {
                0
            };
            Cover {
                risk: risks
                    .entry(pieces)
                    .or_insert_with_key(|pieces| RiskIntegral::new(pieces, horizon))
                    .clone(),
                steps: target
                    .effect
                    .steps
                    .iter()
                    .map(|(t, l)| (clamped(t.0), l.0))
                    .collect(),
                standard: target.standard.map_or(0, |s| clamped(s.0)),
                hard,
                longest: 0,
                before: target
                    .last_visit
                    .map(|t| (clamped(t.0), target.last_authority.0)),
                horizon,
            }
        });
        self.instance.covers = covers.collect();
    }

    /// Targets in an order in which neighbours are not far apart.
    fn in_rows(&self) -> Vec<TargetId> {
        let first = |target: &Target| match &target.shape {
            Shape::Site(at) => *at,
            Shape::Segment { line, .. } => line[0],
        };
        let points: Vec<Coord<f64>> = self.scenario().targets.iter().map(first).collect();
        along_curve(&points)
            .into_iter()
            .map(TargetId::new)
            .collect()
    }

    /// A task per target and direction that protects something.
    fn patrols(&mut self) {
        for target in self.in_rows() {
            let cover = &self.instance.covers[target.index()];
            if (cover.steps.is_empty() || cover.risk.total() == 0) && cover.hard == 0 {
                continue;
            }
            let windows = self.scenario().targets[target]
                .windows
                .iter()
                .map(|w| Window {
                    open: w.start.0 as i32,
                    close: w.end.0 as i32,
                    quota: NONE,
                });
            let windows: Vec<Window> = windows.collect();
            self.ways(target, None, NONE, &windows, 0, 0);
        }
    }

    /// Quotas, series and tasks of one order.
    fn order(&mut self, id: OrderId) {
        let world = self.world;
        let order = &world.scenario.orders[id];
        let first = self.instance.quotas.len() as u32;
        self.instance
            .quotas
            .extend(order.periods.iter().map(|_| Quota {
                count: order.count,
                broken: order.hard_weight * 60,
            }));
        let points = (order.points * world.scenario.objective.order_point * POINT).round() as i64;
        for &target in &order.targets {
            let series = self.instance.series.len() as u32;
            self.instance.series.push(Series {
                spacing: i32::try_from(order.spacing.0)
                    .unwrap_or(UNREACHABLE)
                    .min(UNREACHABLE),
            });
            let windows = order_windows(order, &world.scenario.targets[target].windows, first);
            self.ways(
                target,
                Some(id),
                series,
                &windows,
                points,
                clamped(order.dwell.0),
            );
        }
    }

    /// Tasks for every direction in which some mode can visit a target.
    fn ways(
        &mut self,
        target: TargetId,
        order: Option<OrderId>,
        series: u32,
        windows: &[Window],
        points: i64,
        dwell: i32,
    ) {
        if windows.is_empty() {
            return;
        }
        let world = self.world;
        for reverse in [false, true] {
            let stop = |p: ProfileId| -> Option<&Stop> {
                world.stops[p][target].iter().find(|s| s.reverse == reverse)
            };
            let stops: Vec<Option<&Stop>> = self.profiles().map(stop).collect();
            if stops.iter().all(Option::is_none) {
                continue;
            }
            let index = *self.spot_of.entry((target, reverse)).or_insert_with(|| {
                let vertices = stops.iter().map(|s| s.map(|s| (s.entry, s.exit))).collect();
                self.spots.push(Spot { vertices });
                self.spots.len() as u32 - 1
            });
            let length: Vec<i32> = stops
                .iter()
                .map(|s| s.map_or(0, |s| clamped(s.duration.0).max(dwell)))
                .collect();
            let cover = &mut self.instance.covers[target.index()];
            cover.longest = cover.longest.max(length.iter().copied().max().unwrap_or(0));
            self.instance.tasks.push(Task {
                spot: index,
                cover: target.0,
                series,
                windows: windows.to_vec(),
                length,
                points,
            });
            self.tasks.push(TaskKey {
                target,
                reverse,
                order,
            });
        }
    }

    fn duties(&mut self, base_spots: &[u32]) {
        let scenario = &self.world.scenario;
        let duties = scenario.duties.iter().map(|duty| {
            let unit = &scenario.units[duty.unit];
            let base = base_spots[unit.base.index()];
            Duty {
                crew: duty.unit.0,
                from: base,
                to: base,
                start: duty.route.start.0 as i32,
                end: duty.route.end.0 as i32,
                breaks: duty
                    .breaks
                    .iter()
                    .map(|b| Break {
                        spot: if b.at_base { base } else { NONE },
                        earliest: b.earliest.0 as i32,
                        latest: b.latest.0 as i32,
                        length: b.length.0 as i32,
                    })
                    .collect(),
            }
        });
        self.instance.duties = duties.collect();
    }

    /// Travel times between all spots, by mode.
    fn tables(&mut self) -> Vec<Router> {
        self.instance.spots = self.spots.len();
        let n = self.spots.len();
        let mut routers = Vec::new();
        for profile in self.profiles() {
            let router = Router::new(&self.world.roads, profile, Pace::Patrol);
            let here = |s: usize| self.spots[s].vertices[profile.index()];
            let there: Vec<usize> = (0..n).filter(|&s| here(s).is_some()).collect();
            let ends: Vec<(VertexId, VertexId)> = there.iter().filter_map(|&s| here(s)).collect();
            let entries: Vec<VertexId> = ends.iter().map(|e| e.0).collect();
            let exits: Vec<VertexId> = ends.iter().map(|e| e.1).collect();
            let table = router.table(&exits, &entries);
            let mut times = vec![UNREACHABLE; n * n];
            for (i, &from) in there.iter().enumerate() {
                for (j, &to) in there.iter().enumerate() {
                    if let Some(seconds) = table.seconds(i, j) {
                        times[from * n + to] = seconds.0 as i32;
                    }
                }
            }
            self.instance.modes.push(Mode { times });
            routers.push(router);
        }
        routers
    }

    /// What each unit may do.
    fn crews(&mut self, base_spots: &[u32]) {
        for unit in self.world.scenario.units.ids() {
            let scenario = &self.world.scenario;
            let u = &scenario.units[unit];
            let (mode, base) = (u.profile.0, base_spots[u.base.index()]);
            let reachable = |spot: u32| {
                self.instance.time(mode, base, spot) < UNREACHABLE
                    && self.instance.time(mode, spot, base) < UNREACHABLE
            };
            let tasks = (0..self.tasks.len() as u32).filter(|&t| {
                reachable(self.instance.tasks[t as usize].spot)
                    && may(scenario, unit, self.tasks[t as usize])
            });
            let crew = Crew {
                mode,
                tasks: tasks.collect(),
                level: scenario
                    .targets
                    .iter()
                    .map(|t| t.authority[u.tier].0)
                    .collect(),
            };
            self.instance.crews.push(crew);
        }
    }
}

/// Seconds as ticks; ages and lengths beyond some years are all alike to a plan of days.
fn clamped(seconds: i64) -> i32 {
    const FAR: i64 = UNREACHABLE as i64 / 2;
    seconds.clamp(-FAR, FAR) as i32
}

/// Windows of an order at a target: both allow it, and the visit lies in one period.
fn order_windows(order: &Order, target: &[Span], first: u32) -> Vec<Window> {
    let mut windows = Vec::new();
    for (k, period) in order.periods.iter().enumerate() {
        for ours in &order.windows {
            for theirs in target {
                let both = ours.intersect(*theirs).and_then(|w| w.intersect(*period));
                windows.extend(both.map(|w| Window {
                    open: w.start.0 as i32,
                    close: w.end.0 as i32,
                    quota: first + k as u32,
                }));
            }
        }
    }
    windows.sort_by_key(|w| w.open);
    windows
}

/// Whether a unit may do a task: authority, zone, skills, and what the order says.
fn may(scenario: &Scenario, unit: UnitId, key: TaskKey) -> bool {
    let u = &scenario.units[unit];
    let target = &scenario.targets[key.target];
    let skilled = |wanted: &[crate::ids::SkillId]| wanted.iter().all(|s| u.skills.contains(s));
    let in_zone = u.zones.is_empty() || u.zones.iter().any(|z| target.zones.contains(z));
    let ordered = key.order.is_none_or(|o| {
        let order = &scenario.orders[o];
        skilled(&order.skills) && (order.units.is_empty() || order.units.contains(&unit))
    });
    target.authority[u.tier].0 > 0 && in_zone && skilled(&target.skills) && ordered
}
