//! A tour cut into stretches, each closed to a walk for one agent or for several, as even as
//! can be (the split of Prins 2004, with agents to deal out). With one stretch it is the
//! shared tour, with one agent each the tour split into loops. The best cut of a few good tours
//! is where the search starts; cuts of tours drawn at random tell what to ask for next.

use super::closure::Closure;
use super::tour;
use super::walks::Idleness;
use super::walks::Walk;
use super::walks::Walks;
use crate::rng::Rng;

/// Tours that are cut.
const TOURS: usize = 8;
/// Most turns of a tour that are tried, and the work that they may take: vertices x agents^2.
const TURNS: usize = 64;
/// See [`TURNS`].
const WORK: usize = 4_000_000;
/// Tours drawn for a proposal.
const DRAWN: usize = 64;
/// Most changes of a tour drawn.
const CHANGES: usize = 6;
/// Longest run of vertices that a change moves.
const RUN: usize = 6;
/// Worse than anything.
const NEVER: Idleness = Idleness {
    length: i64::MAX,
    agents: 1,
};

/// The best cut of several tours for `agents` agents (at least 1), improved by 2-opt and Or-opt.
pub fn best(closure: &Closure, agents: u32) -> Walks {
    let all: Vec<u32> = (0..closure.len() as u32).collect();
    let agents = (agents as usize).clamp(1, all.len().max(1));
    let turns = (WORK / (all.len() * agents * agents).max(1)).clamp(1, TURNS);
    let tours: Vec<u32> = all
        .iter()
        .copied()
        .step_by(all.len().div_ceil(TOURS).max(1))
        .collect();
    let tours = crate::par::map(&tours, |&first| tour::from(closure, &all, first));
    let step = all.len().div_ceil(turns).max(1);
    let turned: Vec<Vec<u32>> = tours
        .iter()
        .flat_map(|order| {
            (0..order.len())
                .step_by(step)
                .map(move |t| [&order[t..], &order[..t]].concat())
        })
        .collect();
    let cuts = crate::par::map(&turned, |order| cut(closure, order, agents));
    let mut walks = cuts
        .into_iter()
        .min_by_key(|c| c.0)
        .map(|c| c.1)
        .unwrap_or_default();
    for walk in &mut walks.0 {
        tour::improve(closure, &mut walk.order);
    }
    walks
}

/// The best cut of tours drawn near `walks`: these one after another in any order, with a few
/// runs of vertices moved or turned round.
pub fn proposal(closure: &Closure, walks: &Walks, agents: u32, rng: &mut Rng) -> Walks {
    let n = closure.len();
    let agents = (agents as usize).clamp(1, n.max(1));
    let drawn = (WORK / 4 / (n * agents * agents).max(1)).clamp(1, DRAWN);
    let orders: Vec<Vec<u32>> = (0..drawn).map(|_| near(walks, rng)).collect();
    let cuts = crate::par::map(&orders, |order| cut(closure, order, agents));
    let mut best = cuts.into_iter().min_by_key(|c| c.0);
    let mut walks = best.take().map(|c| c.1).unwrap_or_default();
    for walk in &mut walks.0 {
        tour::improve(closure, &mut walk.order);
    }
    walks
}

/// A tour near some walks.
fn near(walks: &Walks, rng: &mut Rng) -> Vec<u32> {
    let mut orders: Vec<Vec<u32>> = walks.0.iter().map(|w| w.order.clone()).collect();
    rng.shuffle(&mut orders);
    for order in &mut orders {
        let turn = rng.below(order.len().max(1));
        order.rotate_left(turn);
        if rng.chance(0.5) {
            order.reverse();
        }
    }
    let mut tour = orders.concat();
    for _ in 0..rng.below(CHANGES + 1) {
        let run = 1 + rng.below(RUN.min(tour.len()));
        let from = rng.below(tour.len() - run + 1);
        let mut moved: Vec<u32> = tour.drain(from..from + run).collect();
        if rng.chance(0.5) {
            moved.reverse();
        }
        let to = rng.below(tour.len() + 1);
        tour.splice(to..to, moved);
    }
    tour
}

/// The best cut of a row, by dynamic programming: `least[a][j]` is the worst idleness when `a`
/// agents patrol the first `j` vertices.
fn cut(closure: &Closure, order: &[u32], agents: usize) -> (Idleness, Walks) {
    let n = order.len();
    let mut least = vec![vec![NEVER; n + 1]; agents + 1];
    let mut last = vec![vec![(0, 0); n + 1]; agents + 1];
    least.iter_mut().for_each(|row| row[0] = Idleness::ZERO);
    for a in 1..=agents {
        for j in 1..=n {
            for c in 1..=a {
                let mut open = 0;
                for i in (0..j).rev() {
                    let alone = Idleness {
                        length: open + closure.distance(order[j - 1], order[i]),
                        agents: c as i64,
                    };
                    // Walks only grow with their stretch.
                    if alone >= least[a][j] {
                        break;
                    }
                    let with_rest = alone.max(least[a - c][i]);
                    if with_rest < least[a][j] {
                        least[a][j] = with_rest;
                        last[a][j] = (i, c);
                    }
                    if i > 0 {
                        open += closure.distance(order[i - 1], order[i]);
                    }
                }
            }
        }
    }
    let mut walks = Walks::default();
    let (mut a, mut j) = (agents, n);
    while j > 0 && a > 0 {
        let (i, c) = last[a][j];
        walks.0.push(Walk {
            order: order[i..j].to_vec(),
            agents: c as u32,
        });
        (a, j) = (a - c, i);
    }
    (least[agents][n], walks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::baseline;
    use crate::bench::patrol_graph::testing::optimum;
    use crate::bench::patrol_graph::testing::town;

    #[test]
    fn the_start_is_an_answer_and_no_worse_than_the_cuts_it_contains() {
        for case in 0..40 {
            let mut rng = Rng::stream(12, case, 0);
            let n = 1 + rng.below(8);
            let closure = Closure::of(&town(n, 4, &mut rng));
            let agents = 1 + rng.below(5) as u32;
            let walks = best(&closure, agents);
            let mut all: Vec<u32> = walks.0.iter().flat_map(|w| w.order.clone()).collect();
            all.sort_unstable();
            assert_eq!(all, (0..n as u32).collect::<Vec<_>>(), "case {case}");
            assert!(walks.0.iter().map(|w| w.agents).sum::<u32>() <= agents);
            let drawn = proposal(&closure, &walks, agents, &mut rng);
            let mut all: Vec<u32> = drawn.0.iter().flat_map(|w| w.order.clone()).collect();
            all.sort_unstable();
            assert_eq!(all, (0..n as u32).collect::<Vec<_>>(), "case {case}");
            let worst = walks.worst(&closure);
            assert!(worst >= optimum(&closure, agents as usize), "case {case}");
            assert!(
                worst <= baseline::shared(&closure, agents).worst(&closure),
                "case {case}"
            );
        }
    }

    #[test]
    fn a_long_arm_gets_its_own_agents() {
        use crate::bench::patrol_graph::graph::Graph;
        use crate::bench::patrol_graph::testing::written;
        // A triangle of 30, and far off another of 60: one agent and two.
        let edges = [
            (0, 1, 10),
            (1, 2, 10),
            (2, 0, 10),
            (2, 3, 500),
            (3, 4, 20),
            (4, 5, 20),
            (5, 3, 20),
        ];
        let closure = Closure::of(&Graph::parse(&written(6, &edges)).expect("a graph"));
        assert_eq!(
            best(&closure, 3).worst(&closure),
            Idleness {
                length: 30,
                agents: 1
            }
        );
    }
}
