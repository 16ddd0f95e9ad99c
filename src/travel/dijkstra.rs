//! Dijkstra's algorithm from one node: the plain way, for small jobs and for comparison.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cost::Cost;
use super::network::Network;

/// Costs from one node to all others, in buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Dijkstra {
    cost: Vec<Cost>,
    heap: BinaryHeap<Reverse<(Cost, u32)>>,
}

impl Dijkstra {
    /// Finds the best path from `start` to every node.
    pub(super) fn run(&mut self, network: &Network, start: u32) {
        self.cost.clear();
        self.cost.resize(network.node_count(), Cost::NEVER);
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
                    self.heap.push(Reverse((through, edge.head)));
                }
            }
        }
    }

    /// Cost of the best path to `node`, [`Cost::NEVER`] when there is none.
    pub(super) fn cost(&self, node: u32) -> Cost {
        self.cost[node as usize]
    }
}
