//! Routes met on the way, put together anew: the set-packing step of column-based heuristics
//! (route recombination: Hu and Lim 2014, section 4.3), by a small method of our own.
//!
//! Applies where the value of a plan is a sum over tasks that count once each: then what
//! routes bring together is the worth of the union of their tasks, and a task that stands in
//! two of them is simply dropped from one.

use std::collections::BTreeSet;

use super::Work;
use super::recreate;
use crate::patrol::instance::Duty;
use crate::patrol::instance::Instance;
use crate::patrol::route::Kind;
use crate::patrol::route::Route;
use crate::patrol::state::State;

/// Routes kept for each kind of duty; beyond it the oldest go.
const KEPT: usize = 1500;
/// Pairs of routes looked at in one recombination: a bound on the work, seldom met.
const LOOKS: usize = 1_000_000;

/// Keeps the routes of the epoch's best plan in the pool, and, if it is time, puts routes
/// together anew. The plan that the island goes on with stays as it is.
pub fn recombine(work: &mut Work<'_>, now: bool) {
    let (Some(pool), Some((_, routes))) = (&mut work.pool, &work.best) else {
        return;
    };
    pool.add(routes);
    let better = if now { pool.recombine(routes) } else { None };
    let Some(better) = better else {
        return;
    };
    let better = State::with_routes(work.state.instance, better);
    let kept = std::mem::replace(&mut work.state, better);
    let all: Vec<u32> = (0..work.state.routes.len() as u32).collect();
    work.state.repair(&all);
    recreate::fill(work);
    let better = std::mem::replace(&mut work.state, kept);
    if let Some(best) = &mut work.best
        && better.score > best.0
    {
        *best = (better.score, better.routes);
    }
}

/// A set of tasks, one bit each.
type Bits = Box<[u64]>;

/// A route met on the way.
#[derive(Clone, Debug)]
struct Column {
    tasks: Bits,
    route: Route,
}

/// Routes of one kind of duty, oldest first.
#[derive(Clone, Debug, Default)]
struct Columns {
    list: Vec<Column>,
    known: BTreeSet<Bits>,
}

/// Routes that one island has met.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Points of each task.
    points: Vec<i64>,
    /// Which duties are alike.
    kind: Vec<usize>,
    columns: Vec<Columns>,
}

impl Pool {
    /// An empty pool; `None` where routes cannot be recombined: one route alone, or a value
    /// that is not a sum over tasks.
    pub fn new(instance: &Instance) -> Option<Self> {
        // Every task a series of its own that has room for one visit.
        let mut series: Vec<u32> = instance.tasks.iter().map(|t| t.series).collect();
        series.sort_unstable();
        let alone = series.windows(2).all(|w| w[0] != w[1]);
        let once = |&s: &u32| {
            let series = instance.series.get(s as usize);
            series.is_some_and(|s| s.spacing >= instance.horizon)
        };
        let sums = instance.is_orienteering()
            && instance.quotas.is_empty()
            && alone
            && series.iter().all(once);
        if !sums || instance.duties.len() < 2 {
            return None;
        }
        let mut kinds: Vec<&Duty> = Vec::new();
        let mut kind = Vec::new();
        for duty in &instance.duties {
            let known = kinds.iter().position(|k| *k == duty);
            kind.push(known.unwrap_or(kinds.len()));
            if known.is_none() {
                kinds.push(duty);
            }
        }
        Some(Self {
            points: instance.tasks.iter().map(|t| t.points).collect(),
            columns: vec![Columns::default(); kinds.len()],
            kind,
        })
    }

    /// Keeps the routes of a plan.
    pub fn add(&mut self, routes: &[Route]) {
        for route in routes {
            let tasks = self.bits(route);
            let columns = &mut self.columns[self.kind[route.duty as usize]];
            if !columns.known.insert(tasks.clone()) {
                continue;
            }
            if columns.list.len() >= KEPT {
                for old in columns.list.drain(..KEPT / 4) {
                    columns.known.remove(&old.tasks);
                }
            }
            columns.list.push(Column {
                tasks,
                route: route.clone(),
            });
        }
    }

    /// Replaces routes of a plan, two at a time, by the two from the pool that bring most
    /// beside the others, until no pair is better. `None` when nothing was found; else routes
    /// that may share tasks.
    pub fn recombine(&self, routes: &[Route]) -> Option<Vec<Route>> {
        let mut routes = routes.to_vec();
        let mut found = false;
        let (mut idle, mut looks) = (0, LOOKS);
        let pairs: Vec<(usize, usize)> = (1..routes.len())
            .flat_map(|b| (0..b).map(move |a| (a, b)))
            .collect();
        for &(a, b) in pairs.iter().cycle() {
            if idle == pairs.len() {
                break;
            }
            idle += 1;
            if let Some((first, second)) = self.best_pair(&routes, a, b, &mut looks) {
                for (duty, column) in [(a, first), (b, second)] {
                    routes[duty] = column.route.clone();
                    routes[duty].duty = duty as u32;
                }
                found = true;
                idle = 0;
            }
        }
        found.then_some(routes)
    }

    /// The two routes that beat those of duties `a` and `b` beside all the others, as far as
    /// the `looks` that are left reach.
    fn best_pair(
        &self,
        routes: &[Route],
        a: usize,
        b: usize,
        looks: &mut usize,
    ) -> Option<(&Column, &Column)> {
        let mut others = vec![0; self.points.len().div_ceil(64)].into_boxed_slice();
        let mut pair = others.clone();
        for (duty, route) in routes.iter().enumerate() {
            let into = if duty == a || duty == b {
                &mut pair
            } else {
                &mut others
            };
            let tasks = self.bits(route);
            into.iter_mut().zip(&tasks).for_each(|(w, t)| *w |= t);
        }
        let mut best = self.worth(pair.iter().zip(&others).map(|(p, o)| p & !o));
        let mut found = None;
        let (first, second) = (self.beside(&others, a), self.beside(&others, b));
        for &(alone, one) in &first {
            let most = second.first().map_or(0, |s| s.0);
            if alone + most <= best {
                break;
            }
            for &(beside, two) in &second {
                if alone + beside <= best || *looks == 0 {
                    break;
                }
                *looks -= 1;
                let taken = one.tasks.iter().zip(&others).map(|(t, o)| t | o);
                let new = two.tasks.iter().zip(taken).map(|(t, o)| t & !o);
                let both = alone + self.worth(new);
                if both > best {
                    best = both;
                    found = Some((one, two));
                }
            }
        }
        found
    }

    /// Routes for a duty with what each brings beside `others`, greatest first.
    fn beside(&self, others: &Bits, duty: usize) -> Vec<(i64, &Column)> {
        let list = &self.columns[self.kind[duty]].list;
        let mut keyed: Vec<(i64, &Column)> = list
            .iter()
            .map(|c| {
                let new = c.tasks.iter().zip(others).map(|(t, o)| t & !o);
                (self.worth(new), c)
            })
            .collect();
        keyed.sort_by_key(|k| std::cmp::Reverse(k.0));
        keyed
    }

    /// Points of a set of tasks.
    fn worth(&self, words: impl Iterator<Item = u64>) -> i64 {
        let mut sum = 0;
        for (k, mut word) in words.enumerate() {
            while word != 0 {
                sum += self.points[k * 64 + word.trailing_zeros() as usize];
                word &= word - 1;
            }
        }
        sum
    }

    /// Tasks of a route.
    fn bits(&self, route: &Route) -> Bits {
        let mut bits = vec![0; self.points.len().div_ceil(64)].into_boxed_slice();
        for node in &route.nodes {
            if let Kind::Visit(task) = node.kind {
                bits[task as usize / 64] |= 1 << (task % 64);
            }
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patrol::instance::Crew;
    use crate::patrol::instance::Mode;
    use crate::patrol::instance::Series;
    use crate::patrol::instance::Task;
    use crate::patrol::instance::Window;
    use crate::rng::Rng;

    /// Tasks at one place, worth `points` each, that anyone may do at any time.
    fn instance(points: &[i64], duties: usize) -> Instance {
        let task = |(k, &points): (usize, &i64)| Task {
            spot: 0,
            cover: crate::patrol::instance::NONE,
            series: k as u32,
            windows: vec![Window {
                open: 0,
                close: 1000,
                quota: crate::patrol::instance::NONE,
            }],
            length: vec![1],
            points,
        };
        Instance {
            horizon: 1000,
            spots: 1,
            modes: vec![Mode { times: vec![0] }],
            tasks: points.iter().enumerate().map(task).collect(),
            series: vec![Series { spacing: 5000 }; points.len()],
            crews: vec![Crew {
                mode: 0,
                tasks: (0..points.len() as u32).collect(),
                level: Vec::new(),
            }],
            duties: vec![
                Duty {
                    crew: 0,
                    from: 0,
                    to: 0,
                    start: 0,
                    end: 1000,
                    breaks: Vec::new(),
                };
                duties
            ],
            ..Instance::default()
        }
    }

    fn route(instance: &Instance, duty: u32, tasks: &[usize]) -> Route {
        let mut state = State::empty(instance);
        for &task in tasks {
            let at = state.routes[duty as usize].nodes.len() - 1;
            assert!(state.insert(duty, at, task as u32, 0, at as i32));
        }
        state.routes[duty as usize].clone()
    }

    fn union(pool: &Pool, routes: &[Route]) -> i64 {
        let mut all = vec![0; pool.points.len().div_ceil(64)];
        for route in routes {
            let bits = pool.bits(route);
            all.iter_mut().zip(&bits).for_each(|(a, b)| *a |= b);
        }
        pool.worth(all.into_iter())
    }

    #[test]
    fn two_routes_are_the_best_two_of_the_pool() {
        let mut rng = Rng::stream(5, 0, 0);
        for _ in 0..60 {
            let points: Vec<i64> = (0..70).map(|_| 1 + rng.below(30) as i64).collect();
            let instance = instance(&points, 2);
            let mut pool = Pool::new(&instance).expect("a sum over tasks");
            let routes: Vec<Route> = (0..12)
                .map(|k| {
                    let tasks: BTreeSet<usize> = (0..15).map(|_| rng.below(70)).collect();
                    route(&instance, k % 2, &tasks.into_iter().collect::<Vec<_>>())
                })
                .collect();
            pool.add(&routes);
            let start = [routes[0].clone(), routes[1].clone()];
            let mut best = union(&pool, &start);
            for a in &routes {
                for b in &routes {
                    best = best.max(union(&pool, &[a.clone(), b.clone()]));
                }
            }
            let found = pool.recombine(&start);
            assert_eq!(found.is_some(), best > union(&pool, &start));
            assert_eq!(union(&pool, &found.unwrap_or(start.to_vec())), best);
        }
    }

    #[test]
    fn one_route_or_a_demand_is_nothing_to_recombine() {
        assert!(Pool::new(&instance(&[1, 2], 1)).is_none());
        let mut asked = instance(&[1, 2], 2);
        asked.series[0].spacing = 10;
        assert!(Pool::new(&asked).is_none());
    }
}
