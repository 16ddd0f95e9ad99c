//! Witness searches: is there a way around a node that costs no more than through it?

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::contract::Link;
use super::cost::Cost;

/// Nodes settled before a search gives up.
const LIMIT: usize = 500;

/// A bounded Dijkstra search whose buffers are used again.
#[derive(Debug)]
pub(super) struct Witness {
    cost: Vec<Cost>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(Cost, u32)>>,
    /// Heads still to be reached, with what they cost through the node; dearest last.
    goals: Vec<(Cost, u32)>,
}

impl Witness {
    /// Buffers for `nodes` nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            cost: vec![Cost::NEVER; nodes],
            touched: Vec::new(),
            heap: BinaryHeap::new(),
            goals: Vec::new(),
        }
    }

    /// Searches from the tail of `enter` around `node` until it is clear which heads of
    /// `leaving` can be reached no dearer than through it, or the limit is hit.
    pub(super) fn run(&mut self, up: &[Vec<Link>], node: u32, enter: &Link, leaving: &[Link]) {
        self.reset(enter, leaving);
        self.reach(enter.node, Cost::ZERO);
        for _ in 0..LIMIT {
            let Some(Reverse((cost, at))) = self.heap.pop() else {
                return;
            };
            let Some(bound) = self.bound().filter(|&bound| cost <= bound) else {
                return;
            };
            if cost > self.cost(at) {
                continue;
            }
            // Links are sorted by cost.
            for link in &up[at as usize] {
                let through = cost.plus(link.cost);
                if through > bound {
                    break;
                }
                if link.node != node {
                    self.reach(link.node, through);
                }
            }
        }
    }

    /// Cost through the node to the dearest head without a witness so far.
    fn bound(&mut self) -> Option<Cost> {
        while let Some(&(through, goal)) = self.goals.last() {
            if through < self.cost(goal) {
                return Some(through);
            }
            self.goals.pop();
        }
        None
    }

    /// Cost of the way found, if any: an upper bound of the best way.
    pub(super) fn cost(&self, node: u32) -> Cost {
        self.cost[node as usize]
    }

    fn reach(&mut self, node: u32, cost: Cost) {
        let known = &mut self.cost[node as usize];
        if cost < *known {
            if *known == Cost::NEVER {
                self.touched.push(node);
            }
            *known = cost;
            self.heap.push(Reverse((cost, node)));
        }
    }

    fn reset(&mut self, enter: &Link, leaving: &[Link]) {
        self.heap.clear();
        for node in self.touched.drain(..) {
            self.cost[node as usize] = Cost::NEVER;
        }
        self.goals.clear();
        let others = leaving.iter().filter(|l| l.node != enter.node);
        self.goals
            .extend(others.map(|l| (enter.cost.plus(l.cost), l.node)));
        self.goals.sort_unstable();
    }
}
