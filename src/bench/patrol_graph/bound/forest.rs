//! A lower bound on the worst idleness of any strategy, cyclic or not.
//!
//! Let the worst idleness be `I`. Then every vertex is visited within every closed stretch of
//! time of length `I`, in which `k` agents together make `k` walks of length at most `I`. For
//! any set `S` of vertices therefore:
//!
//! - *forest*: drawn as lines between the vertices of `S` that they visit one after another
//!   (no longer, by the triangle inequality), the walks are a graph on `S` of at most `k`
//!   components, so `k I` is at least the weight of a spanning forest of `k` trees: the minimum
//!   spanning tree without its `k - 1` longest edges (Kruskal stopped early is optimal);
//! - *pigeons*: one of the agents visits at least `ceil(|S| / k)` of them, so if they lie at
//!   least `d` apart, `I` is at least `(ceil(|S| / k) - 1) d`.
//!
//! `S` runs over what farthest-first traversals (Gonzalez 1985) meet first: few vertices far
//! apart, then more and more.

use super::super::closure::Closure;
use super::super::walks::Idleness;

/// First vertices tried.
const FIRSTS: usize = 16;

/// The best bound found for `agents` agents (at least 1).
pub(super) fn bound(closure: &Closure, agents: u32) -> Idleness {
    let step = closure.len().div_ceil(FIRSTS).max(1);
    let firsts: Vec<u32> = (0..closure.len() as u32).step_by(step).collect();
    let bounds = crate::par::map(&firsts, |&first| from(closure, first, agents.max(1)));
    bounds.into_iter().max().unwrap_or(Idleness::ZERO)
}

/// The best bound over the sets that one traversal meets.
fn from(closure: &Closure, first: u32, agents: u32) -> Idleness {
    let n = closure.len();
    let k = i64::from(agents);
    let mut set = vec![first];
    let mut gap: Vec<i64> = (0..n as u32).map(|v| closure.distance(first, v)).collect();
    let mut best = Idleness::ZERO;
    while set.len() < n {
        let far = (0..n).max_by_key(|&v| (gap[v], std::cmp::Reverse(v)));
        let Some(v) = far else { break };
        // Farthest first: each comes no farther than those before, so all lie this far apart.
        let apart = gap[v];
        set.push(v as u32);
        for (other, gap) in gap.iter_mut().enumerate() {
            *gap = (*gap).min(closure.distance(v as u32, other as u32));
        }
        let each = (set.len() as i64 + k - 1) / k;
        let pigeons = Idleness {
            length: (each - 1) * apart,
            agents: 1,
        };
        best = best.max(pigeons);
        // Trees of every size would be cubic on large maps.
        if n <= 200 || set.len() == n || set.len().is_power_of_two() {
            best = best.max(forest(closure, &set, agents));
        }
    }
    best
}

/// The forest bound of a set.
fn forest(closure: &Closure, set: &[u32], agents: u32) -> Idleness {
    let mut left: Vec<(i64, u32)> = set[1..]
        .iter()
        .map(|&v| (closure.distance(set[0], v), v))
        .collect();
    let mut edges = Vec::new();
    while let Some(k) = (0..left.len()).min_by_key(|&k| left[k]) {
        let (cost, v) = left.swap_remove(k);
        edges.push(cost);
        for (d, other) in &mut left {
            *d = (*d).min(closure.distance(v, *other));
        }
    }
    edges.sort_unstable();
    let kept = edges.len().saturating_sub(agents as usize - 1);
    Idleness {
        length: edges[..kept].iter().sum(),
        agents: i64::from(agents),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::optimum;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    #[test]
    fn no_answer_is_below_the_bound() {
        for case in 0..60 {
            let mut rng = Rng::stream(10, case, 0);
            let n = 1 + rng.below(8);
            let closure = Closure::of(&town(n, 3, &mut rng));
            for agents in 1..5 {
                let least = optimum(&closure, agents);
                assert!(
                    bound(&closure, agents as u32) <= least,
                    "case {case}, {agents}"
                );
            }
        }
    }

    #[test]
    fn two_agents_and_three_far_vertices_meet_the_pigeons() {
        use crate::bench::patrol_graph::graph::Graph;
        use crate::bench::patrol_graph::testing::written;
        let star = written(4, &[(0, 1, 10), (0, 2, 10), (0, 3, 10)]);
        let closure = Closure::of(&Graph::parse(&star).expect("a graph"));
        let expected = Idleness {
            length: 20,
            agents: 1,
        };
        assert_eq!(bound(&closure, 2), expected);
    }
}
