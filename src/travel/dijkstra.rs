//! Dijkstra's algorithm from one node: the plain way, for small jobs and for comparison.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cost::Cost;
use super::network::Network;

const NONE: u32 = u32::MAX;

/// Costs from one node to all others, in buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Dijkstra {
    cost: Vec<Cost>,
    parent: Vec<u32>,
    heap: BinaryHeap<Reverse<(Cost, u32)>>,
}

impl Dijkstra {
    /// Finds the best path from `start` to every node.
    pub(super) fn run(&mut self, network: &Network, start: u32) {
        self.cost.clear();
        self.cost.resize(network.node_count(), Cost::NEVER);
        self.parent.clear();
        self.parent.resize(network.node_count(), NONE);
        self.cost[start as usize] = Cost::ZERO;
        self.heap.push(Reverse((Cost::ZERO, start)));
        while let Some(Reverse((cost, node))) = self.heap.pop() {
            if cost > self.cost[node as usize] {
                continue;
            }
            for edge in network.out(node) {
                let through = cost.plus(edge.cost);
                if through < self.cost[edge.head as usize] {
                    self.cost[edge.head as usize] = through;
                    self.parent[edge.head as usize] = node;
                    self.heap.push(Reverse((through, edge.head)));
                }
            }
        }
    }

    /// Cost of the best path to `node`, [`Cost::NEVER`] when there is none.
    pub(super) fn cost(&self, node: u32) -> Cost {
        self.cost[node as usize]
    }

    /// Nodes of the best path to `node`, both ends included.
    pub(super) fn path(&self, mut node: u32) -> Vec<u32> {
        let mut path = vec![node];
        while self.parent[node as usize] != NONE {
            node = self.parent[node as usize];
            path.push(node);
        }
        path.reverse();
        path
    }
}
