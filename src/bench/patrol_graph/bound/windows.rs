//! Prices that no strategy can earn back.
//!
//! Suppose that no vertex ever waits longer than `I`. Take windows of time, each `I` long and
//! begun a little after the one before. Every vertex is visited in every window, so `k` agents
//! together meet every *item*, a vertex in a window. Put a price on each item: one agent can
//! earn no more than the richest walk. So if `k` times that is less than all prices together,
//! the worst idleness is more than `I`, whatever the strategy.
//!
//! With one window this says how much of the map `k` paths can see. Overlapping windows say much
//! more: an agent that sweeps along a corridor and turns comes back too late to one end.
//!
//! Any prices give a bound. Good ones are the dual of a covering problem ([`super::prices`]); the
//! richest walk is found exactly and in whole numbers ([`richest`]), so a bound is proven even
//! where the search for prices was bad. `I` is raised until no prices are found in the work
//! that there is; windows are first few, then more.

use std::cmp::Reverse;

use super::super::closure::Closure;
use super::prices::Cover;
use super::richest;
use super::richest::Items;
use super::richest::Question;
use super::richest::Shape;
use super::streets::Streets;

/// Phases and windows that are tried, the cheapest first, with the least step that each raises
/// the length by: what a cheap one would prove by long work, the next proves with ease.
const SHAPES: [(usize, usize, f64); 6] = [
    (16, 2, 0.06),
    (16, 3, 0.04),
    (16, 4, 0.03),
    (16, 6, 0.015),
    (16, 8, 0.01),
    (8, 8, 0.007),
];
/// How many vertices for each agent have prices, first and then. What an agent can do is told
/// over set by set: few vertices far apart allow more windows, many say more in each.
const EACH: [usize; 2] = [6, 10];
/// Comparisons for each of the two, and for one richest walk.
const WORK: i64 = 220_000_000;
/// See [`WORK`].
const WORK_OF_ONE: i64 = 60_000_000;
/// Proposals of prices for one length.
const ROUNDS: usize = 80;
/// How far proposals go from the best prices known towards those of the cover.
const TRUST: [f64; 2] = [0.15, 0.4];
/// Rounds after which a length is given up when its prices are still far below what is needed and
/// the cover, which is above, has come near.
const PATIENCE: usize = 10;
/// Walks of a round that the cover learns.
const LEARNT: usize = 6;
/// What the prices of the best known are normed to.
const SCALE: f64 = 1e6;

/// A length that the worst idleness of `agents` agents exceeds, at least `floor` pixels, which
/// it is known not to be below.
pub(super) fn bound(closure: &Closure, agents: u32, floor: i64) -> i64 {
    let far = far_apart(closure);
    let counts = EACH.map(|each| (each * agents as usize).min(far.len()));
    let mut best = floor;
    // The last shape that proved something: with more vertices, cheaper ones prove no more.
    let mut first = 0;
    for (k, &count) in counts.iter().enumerate() {
        if count <= agents as usize || counts[..k].contains(&count) {
            continue;
        }
        let streets = Streets::among(closure, &far[..count]);
        let mut search = Search {
            streets: &streets,
            agents: i64::from(agents),
            left: WORK,
            best,
            centre: times_to_come_by(&streets),
        };
        for (k, &(phases, windows, least)) in SHAPES.iter().enumerate().skip(first) {
            if search.raise(Shape { phases, windows }, least) {
                first = k;
            }
        }
        best = search.best;
    }
    best
}

/// Up to [`richest::MOST`] vertices, each as far from those before as can be (Gonzalez 1985).
fn far_apart(closure: &Closure) -> Vec<u32> {
    let all = 0..closure.len() as u32;
    let mut chosen = vec![0];
    let mut gap: Vec<i64> = all.clone().map(|v| closure.distance(0, v)).collect();
    while chosen.len() < closure.len().min(richest::MOST) {
        let far = all.clone().max_by_key(|&v| (gap[v as usize], Reverse(v)));
        let Some(far) = far else { break };
        chosen.push(far);
        for v in all.clone() {
            gap[v as usize] = gap[v as usize].min(closure.distance(far, v));
        }
    }
    chosen
}

/// What it takes to come by each vertex, if its neighbours are visited before and after.
fn times_to_come_by(streets: &Streets) -> Vec<f64> {
    let time = |ways: &Vec<(usize, i64)>| {
        let mut near: Vec<i64> = ways.iter().map(|w| w.1).collect();
        near.sort_unstable();
        let first = near.first().copied().unwrap_or(1);
        (first + near.get(1).copied().unwrap_or(first)) as f64
    };
    streets.0.iter().map(time).collect()
}

/// The search for prices.
struct Search<'a> {
    streets: &'a Streets,
    agents: i64,
    left: i64,
    /// The greatest length that is proven.
    best: i64,
    /// The best prices: by vertex, the mean of the windows.
    centre: Vec<f64>,
}

/// Prices for one shape, by windows up to the middle one and vertices.
struct Course {
    shape: Shape,
    cover: Cover,
    centre: Vec<f64>,
}

impl Search<'_> {
    /// Raises the length as far as one shape proves it; whether it proves anything.
    fn raise(&mut self, shape: Shape, least: f64) -> bool {
        let known = self.best;
        let n = self.streets.len();
        let rows = shape.windows.div_ceil(2) * n;
        let needs: Vec<f64> = (0..rows).map(|r| twins(shape, r / n)).collect();
        let mut course = Course {
            shape,
            cover: Cover::new(&needs),
            centre: (0..rows).map(|r| self.centre[r % n]).collect(),
        };
        let mut step = 2.0 * least;
        while self.left > 0 && step >= least {
            let raised = (self.best as f64 * (1.0 + step)) as i64;
            let window = raised.max(self.best + 1);
            let before = course.cover.clone();
            if self.prove(&mut course, window) {
                self.best = window;
            } else {
                // Walks of longer windows are no walks of shorter ones.
                course.cover = before;
                step /= 2.0;
            }
        }
        for v in 0..n {
            let prices = course.centre.iter().skip(v).step_by(n);
            self.centre[v] = prices.sum::<f64>();
        }
        self.best > known
    }

    /// What agents earn by a proposal of prices, in `given` work.
    fn ask(&self, course: &Course, window: i64, proposal: Vec<f64>, given: i64) -> Answer {
        let scale = SCALE / proposal.iter().copied().fold(1e-12, f64::max);
        let prices = course.prices(&proposal, scale, self.streets.len());
        let question = Question {
            streets: self.streets,
            shape: course.shape,
            window,
            prices: &prices,
        };
        let mut left = given;
        Answer {
            walks: richest::richest(&question, &mut left),
            all: prices.iter().flatten().sum(),
            work: given - left,
            proposal,
            scale,
        }
    }

    /// Looks for prices that prove a worst idleness of more than `window`.
    fn prove(&mut self, course: &mut Course, window: i64) -> bool {
        let mut most = 0.0;
        for round in 0..ROUNDS {
            let mut trusts = &TRUST[..];
            if round == 0 {
                trusts = &[0.0];
            } else {
                course.cover.solve();
                if course.cover.cost() <= self.agents as f64 + 1e-6 {
                    return false;
                }
            }
            let given = WORK_OF_ONE.min(self.left / trusts.len() as i64);
            let towards = course.cover.prices();
            let answers = crate::par::map(trusts, |&trust| {
                let mix = |(c, t): (&f64, &f64)| (1.0 - trust) * c + trust * t;
                let mixed = course.centre.iter().zip(&towards).map(mix);
                self.ask(course, window, mixed.collect(), given)
            });
            self.left -= answers.iter().map(|a| a.work).sum::<i64>();
            let (mut proven, mut learnt) = (false, 0);
            for answer in answers {
                let Some(&(earned, _)) = answer.walks.first() else {
                    continue;
                };
                let agents = answer.all as f64 / earned as f64;
                if agents > most {
                    most = agents;
                    let norm = answer.scale / earned as f64;
                    course.centre = answer.proposal.iter().map(|p| p * norm).collect();
                }
                proven |= i128::from(earned) * i128::from(self.agents) < i128::from(answer.all);
                for (_, items) in answer.walks.iter().take(LEARNT) {
                    course.cover.add(course.column(items, self.streets.len()));
                    learnt += 1;
                }
            }
            if proven || learnt == 0 || self.left <= 0 {
                return proven;
            }
            let agents = self.agents as f64;
            let hopeless = 2.0 * (course.cover.cost() - agents) < agents - most;
            if round > PATIENCE && hopeless {
                return false;
            }
        }
        false
    }
}

/// What came of a proposal.
struct Answer {
    proposal: Vec<f64>,
    /// By how much it was multiplied to be whole.
    scale: f64,
    /// All whole prices together.
    all: i64,
    /// See [`richest::richest`].
    walks: Vec<(i64, Items)>,
    work: i64,
}

/// How many windows have the prices of a row of windows: itself, and its twin from the end.
fn twins(shape: Shape, window: usize) -> f64 {
    if 2 * window + 1 == shape.windows {
        1.0
    } else {
        2.0
    }
}

impl Course {
    /// Whole prices of all windows.
    fn prices(&self, proposal: &[f64], scale: f64, n: usize) -> Vec<Vec<i64>> {
        let windows = self.shape.windows;
        let row = |j: usize| j.min(windows - 1 - j) * n;
        let whole = |price: &f64| (price * scale).max(0.0) as i64;
        let of = |j: usize| proposal[row(j)..row(j) + n].iter().map(whole).collect();
        (0..windows).map(of).collect()
    }

    /// How often a walk meets the items of each row.
    fn column(&self, items: &Items, n: usize) -> Vec<f64> {
        let windows = self.shape.windows;
        let met = |j: usize, v: usize| f64::from(u8::from(items[j] >> v & 1 == 1));
        let both = |j: usize, v: usize| {
            let twin = windows - 1 - j;
            met(j, v) + if twin == j { 0.0 } else { met(twin, v) }
        };
        let rows = (0..windows.div_ceil(2)).flat_map(|j| (0..n).map(move |v| (j, v)));
        rows.map(|(j, v)| both(j, v)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::graph::Graph;
    use crate::bench::patrol_graph::testing::optimum;
    use crate::bench::patrol_graph::testing::town;
    use crate::bench::patrol_graph::testing::written;
    use crate::rng::Rng;

    #[test]
    fn no_cyclic_answer_is_below_the_bound_and_few_are_far_above() {
        let mut far = 0;
        for case in 0..40 {
            let mut rng = Rng::stream(34, case, 0);
            let n = 2 + rng.below(6);
            let closure = Closure::of(&town(n, rng.below(6), &mut rng));
            for agents in 1..5 {
                let least = optimum(&closure, agents);
                let bound = bound(&closure, agents as u32, 0);
                assert!(
                    bound * least.agents <= least.length,
                    "case {case}, {agents}"
                );
                far += usize::from(3 * bound * least.agents < 2 * least.length);
            }
        }
        assert!(far <= 40, "{far} of 160 are more than half as much again");
    }

    #[test]
    fn an_agent_on_a_corridor_has_to_come_back() {
        // Two on a line of eight streets: four there and back for each. Paths alone say four.
        let edges: Vec<_> = (0..8).map(|v| (v, v + 1, 50)).collect();
        let closure = Closure::of(&Graph::parse(&written(9, &edges)).expect("a graph"));
        let bound = bound(&closure, 2, 0);
        assert!((240..=400).contains(&bound), "{bound}");
    }

    #[test]
    fn the_bound_does_not_depend_on_threads() {
        let closure = Closure::of(&town(8, 6, &mut Rng::stream(35, 0, 0)));
        let run = |threads| crate::par::with_threads(threads, || bound(&closure, 3, 0));
        assert_eq!(run(1).expect("threads"), run(2).expect("threads"));
    }
}
