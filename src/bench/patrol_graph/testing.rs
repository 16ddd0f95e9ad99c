//! Small graphs of our own and slow oracles.

use super::closure::Closure;
use super::graph::Graph;
use super::walks::Idleness;
use crate::rng::Rng;

/// A file of `n` vertices with these edges.
pub(super) fn written(n: usize, edges: &[(usize, usize, i64)]) -> String {
    let mut text = format!("{n}\n100\n100\n0.5\n0\n0\n");
    for v in 0..n {
        let mine: Vec<(usize, i64)> = edges
            .iter()
            .filter(|e| e.0 == v || e.1 == v)
            .map(|e| (e.0 + e.1 - v, e.2))
            .collect();
        text += &format!("\n{v}\n{v}\n0\n{}\n", mine.len());
        for (to, cost) in mine {
            text += &format!("{to}\nE\n{cost}\n");
        }
    }
    text
}

/// A random connected graph: a tree and a few edges more.
pub(super) fn town(n: usize, more: usize, rng: &mut Rng) -> Graph {
    let mut edges: Vec<(usize, usize, i64)> = Vec::new();
    for v in 1..n {
        edges.push((rng.below(v), v, rng.between(1, 40)));
    }
    for _ in 0..more {
        let (a, b) = (rng.below(n), rng.below(n));
        let (a, b) = (a.min(b), a.max(b));
        if a != b && !edges.iter().any(|e| (e.0, e.1) == (a, b)) {
            edges.push((a, b, rng.between(1, 40)));
        }
    }
    Graph::parse(&written(n, &edges)).expect("a graph")
}

/// Length of the shortest closed walk through each set of vertices (Held and Karp 1962).
pub(super) fn shortest_tours(closure: &Closure) -> Vec<i64> {
    let n = closure.len();
    let far = i64::MAX / 4;
    let mut best = vec![0; 1 << n];
    // Paths start at the lowest vertex of their set.
    let mut path = vec![vec![far; n]; 1 << n];
    for set in 1usize..1 << n {
        let first = set.trailing_zeros() as usize;
        if set == 1 << first {
            path[set][first] = 0;
            continue;
        }
        best[set] = far;
        for last in (first + 1..n).filter(|&v| set >> v & 1 == 1) {
            let before = set & !(1 << last);
            let arrive = (first..n)
                .filter(|&v| before >> v & 1 == 1)
                .map(|v| path[before][v] + closure.distance(v as u32, last as u32))
                .min()
                .unwrap_or(far);
            path[set][last] = arrive;
            best[set] = best[set].min(arrive + closure.distance(last as u32, first as u32));
        }
    }
    best
}

/// The best cyclic answer by enumeration: worst idleness of `agents` agents.
pub(super) fn optimum(closure: &Closure, agents: usize) -> Idleness {
    let tours = shortest_tours(closure);
    let all = tours.len() - 1;
    // best[a][set]: `set` patrolled by `a` agents.
    let none = Idleness {
        length: i64::MAX / 1_000_000,
        agents: 1,
    };
    let mut best = vec![vec![none; all + 1]; agents + 1];
    best.iter_mut().for_each(|b| b[0] = Idleness::ZERO);
    for a in 1..=agents {
        for set in 1..=all {
            let first = set & set.wrapping_neg();
            let mut group = set;
            let mut least = none;
            while group > 0 {
                if group & first > 0 {
                    for c in 1..=a {
                        let alone = Idleness {
                            length: tours[group],
                            agents: c as i64,
                        };
                        least = least.min(alone.max(best[a - c][set & !group]));
                    }
                }
                group = (group - 1) & set;
            }
            best[a][set] = least;
        }
    }
    best[agents][all]
}
