//! The metric closure: shortest distances between all pairs of vertices.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::Graph;

/// All shortest distances of a connected graph, pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    n: usize,
    distances: Vec<i64>,
}

impl Closure {
    /// The closure of a graph (Dijkstra from every vertex).
    pub fn of(graph: &Graph) -> Self {
        let sources: Vec<u32> = (0..graph.len() as u32).collect();
        let rows = crate::par::map(&sources, |&from| distances_from(graph, from));
        Self {
            n: graph.len(),
            distances: rows.concat(),
        }
    }

    /// Number of vertices.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether there is no vertex.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Shortest distance between two vertices, pixels.
    pub fn distance(&self, a: u32, b: u32) -> i64 {
        self.distances[a as usize * self.n + b as usize]
    }

    /// Length of the closed walk through `order` by shortest paths, pixels.
    pub fn length(&self, order: &[u32]) -> i64 {
        let next = order.iter().cycle().skip(1);
        order
            .iter()
            .zip(next)
            .map(|(&a, &b)| self.distance(a, b))
            .sum()
    }
}

/// Shortest distances from one vertex.
pub(super) fn distances_from(graph: &Graph, from: u32) -> Vec<i64> {
    let mut distances = vec![i64::MAX; graph.len()];
    distances[from as usize] = 0;
    let mut open = BinaryHeap::from([Reverse((0i64, from))]);
    while let Some(Reverse((d, at))) = open.pop() {
        if d > distances[at as usize] {
            continue;
        }
        for &(to, cost) in &graph.vertices[at as usize].neighbours {
            if d + cost < distances[to as usize] {
                distances[to as usize] = d + cost;
                open.push(Reverse((d + cost, to)));
            }
        }
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    #[test]
    fn distances_are_those_of_floyd_and_warshall() {
        for case in 0..20 {
            let graph = town(9, 6, &mut Rng::stream(1, case, 0));
            let n = graph.len();
            let mut slow = vec![i64::MAX / 4; n * n];
            for v in 0..n {
                slow[v * n + v] = 0;
                for &(to, cost) in &graph.vertices[v].neighbours {
                    slow[v * n + to as usize] = cost;
                }
            }
            for via in 0..n {
                for k in 0..n * n {
                    let detour = slow[k / n * n + via] + slow[via * n + k % n];
                    slow[k] = slow[k].min(detour);
                }
            }
            assert_eq!(Closure::of(&graph).distances, slow);
        }
    }
}
