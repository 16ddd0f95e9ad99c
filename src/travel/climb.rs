//! Searches that only climb in rank.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cost::Cost;
use super::hierarchy::Climb;
use super::hierarchy::Climbs;

const NONE: u32 = u32::MAX;

/// What a search knows of a node.
#[derive(Clone, Copy, Debug)]
struct Label {
    cost: Cost,
    /// Node before, and the part that leads from it.
    from: u32,
    part: u32,
}

const BLANK: Label = Label {
    cost: Cost::NEVER,
    from: NONE,
    part: NONE,
};

/// A Dijkstra search that only climbs, in buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Ascent {
    labels: Vec<Label>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(Cost, u32)>>,
}

impl Ascent {
    /// Forgets the last search and gets ready for a hierarchy of `nodes` nodes.
    pub(super) fn reset(&mut self, nodes: usize) {
        self.heap.clear();
        if self.labels.len() == nodes {
            for rank in self.touched.drain(..) {
                self.labels[rank as usize] = BLANK;
            }
        } else {
            self.touched.clear();
            self.labels.clear();
            self.labels.resize(nodes, BLANK);
        }
    }

    /// Starts at a node too.
    pub(super) fn start(&mut self, rank: u32) {
        self.reach(rank, BLANK.from, BLANK.part, Cost::ZERO);
    }

    /// Cost of the node that is next to be settled.
    pub(super) fn next_cost(&self) -> Option<Cost> {
        self.heap.peek().map(|Reverse((cost, _))| *cost)
    }

    /// Settles the next node and climbs on from it along `up`. `against` are the same edges
    /// the other way: a node that is reached better from a higher one lies on no shortest
    /// path and is stalled. `None` when nothing is left or the node is not worth a look.
    pub(super) fn settle(&mut self, up: &Climbs, against: &Climbs) -> Option<(u32, Cost)> {
        let Reverse((cost, rank)) = self.heap.pop()?;
        if cost > self.cost(rank) || self.is_stalled(cost, against.of(rank)) {
            return None;
        }
        for climb in up.of(rank) {
            self.reach(climb.top, rank, climb.part, cost.plus(climb.cost));
        }
        Some((rank, cost))
    }

    /// Cost of the best climb to a node so far, [`Cost::NEVER`] when there is none.
    pub(super) fn cost(&self, rank: u32) -> Cost {
        self.labels[rank as usize].cost
    }

    /// Parts of the best climb to a node, last first.
    pub(super) fn parts(&self, mut rank: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::from_fn(move || {
            let Label { from, part, .. } = self.labels[rank as usize];
            rank = from;
            (from != NONE).then_some(part)
        })
    }

    fn is_stalled(&self, cost: Cost, from_above: &[Climb]) -> bool {
        let better = |c: &Climb| self.cost(c.top).plus(c.cost) < cost;
        from_above.iter().any(better)
    }

    fn reach(&mut self, rank: u32, from: u32, part: u32, cost: Cost) {
        let label = &mut self.labels[rank as usize];
        if cost < label.cost {
            if label.cost == Cost::NEVER {
                self.touched.push(rank);
            }
            *label = Label { cost, from, part };
            self.heap.push(Reverse((cost, rank)));
        }
    }
}
