//! "Can these vertices be patrolled with less than this worst idleness, by walks through these
//! seeds with so many agents each?" as a team orienteering problem.
//!
//! With idleness below `I`, a walk shared by `c` agents is shorter than `c * I`. So there is a
//! duty for each walk, based at its seed and `c * I` long, and every other vertex is an order
//! of one visit for one point: the answer is yes if and only if all points can be collected.
//! Every partition into walks has seeds (one vertex of each walk), so asking with all seeds
//! and all ways to part the agents would find the best cyclic answer.

use super::closure::Closure;
use super::walks::Idleness;
use super::walks::Walk;
use crate::bench::team::Team;
use crate::bench::team::duty;
use crate::patrol::instance::Instance;
use crate::patrol::route::Kind;
use crate::patrol::route::Route;

/// Longest duty, ticks.
const LONGEST: i64 = 1 << 28;
/// What going to the far end of the map and back costs, in ticks: the search takes a tick of
/// driving for a ten-millionth of a point, so this is the share of a point that makes it
/// prefer short walks while every vertex stays worth going to.
const FAR: i64 = 3_000_000;

/// The question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Vertices to be patrolled, each once.
    pub members: Vec<u32>,
    /// One member of each walk, all different.
    pub seeds: Vec<u32>,
    /// Agents of each walk, at least 1.
    pub agents: Vec<u32>,
    /// Every walk must stay below this idleness.
    pub below: Idleness,
}

impl Question {
    /// The members that are no seeds: what there is to collect.
    fn wanted(&self) -> Vec<u32> {
        let members = self.members.iter().copied();
        members.filter(|v| !self.seeds.contains(v)).collect()
    }

    /// Points that say yes.
    pub fn points(&self) -> i64 {
        self.wanted().len() as i64
    }

    /// The compiled problem. `None` when no walk can be short enough, or when there are more
    /// walks than the engine takes.
    pub fn compile(&self, closure: &Closure) -> Option<Instance> {
        let limits = self.agents.iter().map(|&c| self.below.below(i64::from(c)));
        let limits: Vec<i64> = limits.collect();
        if limits.iter().any(|&l| l < 0) {
            return None;
        }
        let longest = limits.iter().copied().max()?;
        let spots = self.seeds.iter().copied().chain(self.wanted());
        let spots: Vec<u32> = spots.collect();
        let tick = ticks_per_pixel(closure, &spots, longest);
        let ticks = |pixels: i64| (pixels.saturating_mul(tick)).min(LONGEST) as i32;
        let pairs = spots
            .iter()
            .flat_map(|&a| spots.iter().map(move |&b| (a, b)));
        let mut team = Team {
            times: pairs.map(|(a, b)| ticks(closure.distance(a, b))).collect(),
            tasks: Vec::new(),
            series: Vec::new(),
            duty: duty(0, 0, 0, ticks(longest)),
        };
        for spot in self.seeds.len()..spots.len() {
            team.visit_once(spot, (0, ticks(longest)), 0, 1);
        }
        let mut instance = team.compile(spots.len(), self.seeds.len() as u32).ok()?;
        let duties = limits.iter().enumerate();
        instance.duties = duties
            .map(|(base, &l)| duty(base, base, 0, ticks(l)))
            .collect();
        Some(instance)
    }

    /// The walks that the routes of the compiled problem are; `None` unless they serve all.
    pub fn walks(&self, routes: &[Route]) -> Option<Vec<Walk>> {
        let wanted = self.wanted();
        let mut served = 0;
        let mut walk = |(k, route): (usize, &Route)| {
            let mut order = vec![self.seeds[k]];
            let visits = route.nodes.iter().filter_map(|n| match n.kind {
                Kind::Visit(task) => Some(wanted[task as usize]),
                _ => None,
            });
            order.extend(visits);
            served += order.len();
            Walk {
                order,
                agents: self.agents[k],
            }
        };
        let walks = routes.iter().enumerate().map(&mut walk).collect();
        (served == self.members.len()).then_some(walks)
    }
}

/// How finely pixels are cut, see [`FAR`].
fn ticks_per_pixel(closure: &Closure, spots: &[u32], longest: i64) -> i64 {
    let pairs = spots
        .iter()
        .flat_map(|&a| spots.iter().map(move |&b| (a, b)));
    let far = pairs
        .map(|(a, b)| closure.distance(a, b))
        .max()
        .unwrap_or(1);
    (FAR / (2 * far).max(1))
        .min(LONGEST / longest.max(far).max(1))
        .max(1)
}
