//! What the search has to beat: a tour shared evenly, a tour split into loops, and clusters
//! with a loop each, all with 2-opt and Or-opt.

use super::closure::Closure;
use super::tour;
use super::walks::Walk;
use super::walks::Walks;

/// First vertices tried for a tour of the whole map.
const TOURS: usize = 64;
/// Tours that are split.
const SPLITS: usize = 16;
/// First centres tried for clusters.
const CLUSTERINGS: usize = 32;
/// Rounds of moving the centres (Lloyd 1982, with medians).
const ROUNDS: usize = 20;

/// The best of [`shared`], [`split`] and [`clusters`] for `agents` agents (at least 1).
pub fn best(closure: &Closure, agents: u32) -> Walks {
    let mut best = shared(closure, agents);
    for other in [split(closure, agents), clusters(closure, agents)] {
        if other.worst(closure) < best.worst(closure) {
            best = other;
        }
    }
    best
}

/// One tour of all vertices, shared evenly.
pub fn shared(closure: &Closure, agents: u32) -> Walks {
    let all: Vec<u32> = (0..closure.len() as u32).collect();
    let order = tour::best(closure, &all, TOURS);
    Walks(vec![Walk { order, agents }])
}

/// A tour of all vertices cut into at most `agents` stretches, each closed to a loop; the best
/// cut of several tours at every turn.
pub fn split(closure: &Closure, agents: u32) -> Walks {
    let all: Vec<u32> = (0..closure.len() as u32).collect();
    let step = all.len().div_ceil(SPLITS).max(1);
    let firsts: Vec<u32> = all.iter().copied().step_by(step).collect();
    let splits = crate::par::map(&firsts, |&first| {
        let order = tour::from(closure, &all, first);
        loops(closure, cut_anywhere(closure, order, agents as usize))
    });
    least(closure, splits)
}

/// The least over all turns of a tour of [`cut`].
fn cut_anywhere(closure: &Closure, mut order: Vec<u32>, parts: usize) -> Vec<Vec<u32>> {
    let step = order.len().div_ceil(TOURS).max(1);
    let mut best: Option<(i64, Vec<Vec<u32>>)> = None;
    for _ in (0..order.len()).step_by(step) {
        let (value, pieces) = cut(closure, &order, parts);
        if best.as_ref().is_none_or(|b| value < b.0) {
            best = Some((value, pieces));
        }
        let turn = step.min(order.len());
        order.rotate_left(turn);
    }
    best.map(|b| b.1).unwrap_or_default()
}

/// Cuts a row into at most `parts` stretches so that the longest closed loop is as short as
/// can be, by dynamic programming over the row: `least[j]` is that length for the first `j`
/// vertices.
fn cut(closure: &Closure, order: &[u32], parts: usize) -> (i64, Vec<Vec<u32>>) {
    let n = order.len();
    let mut least = vec![i64::MAX; n + 1];
    least[0] = 0;
    let mut from = Vec::new();
    for _ in 0..parts.min(n) {
        let mut next = vec![i64::MAX; n + 1];
        let mut first = vec![0; n + 1];
        next[0] = 0;
        for j in 1..=n {
            let mut open = 0;
            // Loops only grow with their stretch, so the walk back can stop early.
            for i in (0..j).rev() {
                let closed = open + closure.distance(order[j - 1], order[i]);
                if closed >= next[j] {
                    break;
                }
                if least[i].max(closed) < next[j] {
                    next[j] = least[i].max(closed);
                    first[j] = i;
                }
                if i > 0 {
                    open += closure.distance(order[i - 1], order[i]);
                }
            }
        }
        least = next;
        from.push(first);
    }
    let mut pieces = Vec::new();
    let mut end = n;
    for first in from.iter().rev() {
        if end > 0 {
            pieces.push(order[first[end]..end].to_vec());
            end = first[end];
        }
    }
    (least[n], pieces)
}

/// Clusters around centres that start far apart (Gonzalez 1985) and move to the medians of
/// what is nearest to them, each with its loop; the best of several starts and rounds.
pub fn clusters(closure: &Closure, agents: u32) -> Walks {
    let n = closure.len();
    let step = n.div_ceil(CLUSTERINGS).max(1);
    let firsts: Vec<u32> = (0..n as u32).step_by(step).collect();
    let all = crate::par::map(&firsts, |&first| {
        clusters_from(closure, first, agents as usize)
    });
    least(closure, all)
}

fn clusters_from(closure: &Closure, first: u32, count: usize) -> Walks {
    let mut centres = far_apart(closure, first, count);
    let mut best: Option<Walks> = None;
    for _ in 0..ROUNDS {
        let groups = nearest(closure, &centres);
        let found = loops(closure, groups.clone());
        if best
            .as_ref()
            .is_none_or(|b| found.worst(closure) < b.worst(closure))
        {
            best = Some(found);
        }
        let moved: Vec<u32> = groups.iter().filter_map(|g| median(closure, g)).collect();
        if moved == centres {
            break;
        }
        centres = moved;
    }
    best.unwrap_or_default()
}

/// Up to `count` vertices, each as far from those before as can be.
fn far_apart(closure: &Closure, first: u32, count: usize) -> Vec<u32> {
    let mut chosen = vec![first];
    let to_chosen = |chosen: &[u32], v| chosen.iter().map(|&c| closure.distance(c, v)).min();
    while chosen.len() < count {
        let all = 0..closure.len() as u32;
        let next = all.max_by_key(|&v| (to_chosen(&chosen, v), std::cmp::Reverse(v)));
        match next.filter(|v| !chosen.contains(v)) {
            Some(v) => chosen.push(v),
            None => break,
        }
    }
    chosen
}

/// The vertices by their nearest centre.
fn nearest(closure: &Closure, centres: &[u32]) -> Vec<Vec<u32>> {
    let mut groups = vec![Vec::new(); centres.len()];
    for v in 0..closure.len() as u32 {
        let near = (0..centres.len()).min_by_key(|&k| closure.distance(centres[k], v));
        groups[near.unwrap_or(0)].push(v);
    }
    groups
}

/// The member with the least sum of distances to all.
fn median(closure: &Closure, group: &[u32]) -> Option<u32> {
    let sum = |&&a: &&u32| group.iter().map(|&b| closure.distance(a, b)).sum::<i64>();
    group.iter().min_by_key(sum).copied()
}

/// A loop with one agent for each group.
fn loops(closure: &Closure, groups: Vec<Vec<u32>>) -> Walks {
    let walk = |mut order: Vec<u32>| {
        let again = tour::best(closure, &order, 4);
        tour::improve(closure, &mut order);
        if closure.length(&again) < closure.length(&order) {
            order = again;
        }
        Walk { order, agents: 1 }
    };
    let groups = groups.into_iter().filter(|g| !g.is_empty());
    Walks(groups.map(walk).collect())
}

/// The first of those with the least worst idleness.
fn least(closure: &Closure, all: Vec<Walks>) -> Walks {
    let best = all.into_iter().min_by_key(|w| w.worst(closure));
    best.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::optimum;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    #[test]
    fn every_baseline_serves_every_vertex_once_and_none_beats_the_optimum() {
        for case in 0..40 {
            let mut rng = Rng::stream(5, case, 0);
            let n = 1 + rng.below(8);
            let closure = Closure::of(&town(n, 4, &mut rng));
            let agents = 1 + rng.below(4) as u32;
            let least = optimum(&closure, agents as usize);
            for walks in [
                shared(&closure, agents),
                split(&closure, agents),
                clusters(&closure, agents),
            ] {
                let mut all: Vec<u32> = walks.0.iter().flat_map(|w| w.order.clone()).collect();
                all.sort_unstable();
                assert_eq!(all, (0..n as u32).collect::<Vec<_>>(), "case {case}");
                assert!(walks.0.iter().map(|w| w.agents).sum::<u32>() <= agents);
                assert!(walks.worst(&closure) >= least, "case {case}");
                assert!(walks.worst(&closure) >= best(&closure, agents).worst(&closure));
            }
        }
    }

    #[test]
    fn the_cut_is_the_best_of_all_cuts() {
        for case in 0..30 {
            let mut rng = Rng::stream(6, case, 0);
            let n = 2 + rng.below(7);
            let closure = Closure::of(&town(n, 4, &mut rng));
            let mut order: Vec<u32> = (0..n as u32).collect();
            rng.shuffle(&mut order);
            let parts = 1 + rng.below(4);
            // Each bit says whether the row is cut after that vertex.
            let cuts = (0u32..1 << (n - 1)).filter(|c| c.count_ones() < parts as u32);
            let longest = |c: u32| {
                let mut from = 0;
                let mut longest = 0;
                for end in (1..=n).filter(|&e| e == n || c >> (e - 1) & 1 == 1) {
                    longest = longest.max(closure.length(&order[from..end]));
                    from = end;
                }
                longest
            };
            let least = cuts.map(longest).min();
            let (value, pieces) = cut(&closure, &order, parts);
            assert_eq!(Some(value), least, "case {case}");
            let length = pieces.iter().map(|p| closure.length(p)).max();
            assert_eq!(length, least, "case {case}");
            assert!(pieces.len() <= parts);
        }
    }
}
