//! Contraction: takes nodes out one by one and bridges the gaps with shortcuts.
//!
//! Geisberger, Sanders, Schultes, Delling (2008), "Contraction hierarchies: faster and
//! simpler hierarchical routing in road networks". A node is taken out when what is left
//! keeps all its shortest paths: for every way in and way out, either a witness (a path
//! around the node that costs no more) is found, or a shortcut is put in. A witness search
//! that gives up early only costs a needless shortcut, never exactness.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cost::Cost;
use super::network::Network;
use super::witness::Witness;

/// What a level weighs against a thousandth of burden.
const LEVEL: u64 = 250;

/// No part.
pub(super) const NONE: u32 = u32::MAX;

/// An edge of the network or a shortcut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// First half of a shortcut, [`NONE`] for an edge of the network.
    pub(super) first: u32,
    /// Second half of a shortcut; for an edge of the network, the node it leads to.
    pub(super) second: u32,
    /// What it costs.
    pub(super) cost: Cost,
}

/// An edge of what is left, as seen from one of its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The other end.
    pub(super) node: u32,
    /// Which part.
    pub(super) part: u32,
    /// What it costs.
    pub(super) cost: Cost,
    /// Edges of the network it stands for.
    hops: u32,
}

/// What contraction leaves behind.
#[derive(Debug)]
pub(super) struct Contracted {
    /// Nodes in the order they were taken out.
    pub(super) order: Vec<u32>,
    /// For each node, its edges to nodes taken out later.
    pub(super) up: Vec<Vec<Link>>,
    /// For each node, the edges that lead to it from nodes taken out later.
    pub(super) down: Vec<Vec<Link>>,
    /// Edges and shortcuts.
    pub(super) parts: Vec<Part>,
}

/// Contracts all of `network`.
pub(super) fn contract(network: &Network) -> Contracted {
    let mut contractor = Contractor::new(network);
    contractor.run();
    Contracted {
        order: contractor.order,
        up: contractor.up,
        down: contractor.down,
        parts: contractor.parts,
    }
}

struct Contractor {
    /// Links of what is left, cheapest first; of nodes taken out, as they were then.
    up: Vec<Vec<Link>>,
    down: Vec<Vec<Link>>,
    parts: Vec<Part>,
    order: Vec<u32>,
    /// One more than the highest level of a neighbour already taken out.
    level: Vec<u64>,
    /// What a node would do to the graph when it was last looked at.
    burden: Vec<u64>,
    /// Whether a neighbour was taken out since then.
    stale: Vec<bool>,
    /// Entry of a node in the queue; others of the same node are out of date.
    priority: Vec<u64>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    witness: Witness,
    /// Shortcuts that the node looked at last asks for.
    shortcuts: Vec<Shortcut>,
}

/// A shortcut to be put in.
#[derive(Clone, Copy)]
struct Shortcut {
    tail: u32,
    head: u32,
    part: Part,
    hops: u32,
}

impl Contractor {
    fn new(network: &Network) -> Self {
        let n = network.node_count();
        let mut contractor = Self {
            up: vec![Vec::new(); n],
            down: vec![Vec::new(); n],
            parts: Vec::with_capacity(2 * network.edge_count()),
            order: Vec::with_capacity(n),
            level: vec![0; n],
            burden: vec![0; n],
            stale: vec![false; n],
            priority: vec![0; n],
            queue: BinaryHeap::with_capacity(2 * n),
            witness: Witness::new(n),
            shortcuts: Vec::new(),
        };
        for tail in 0..n as u32 {
            for edge in network.out(tail) {
                let part = Part {
                    first: NONE,
                    second: edge.head,
                    cost: edge.cost,
                };
                contractor.put(Shortcut {
                    tail,
                    head: edge.head,
                    part,
                    hops: 1,
                });
            }
        }
        contractor
    }

    /// Takes nodes out, the least important first. The burden of a node whose neighbour went
    /// is looked at again only when its turn comes.
    fn run(&mut self) {
        for node in 0..self.level.len() as u32 {
            self.look_at(node);
            self.enqueue(node);
        }
        while let Some(Reverse((priority, node))) = self.queue.pop() {
            if priority != self.priority[node as usize] {
                continue;
            }
            if self.stale[node as usize] {
                self.look_at(node);
                self.enqueue(node);
                if self.queue.peek() != Some(&Reverse((self.priority[node as usize], node))) {
                    continue;
                }
                self.queue.pop();
            } else {
                self.find_shortcuts(node);
            }
            self.take_out(node);
        }
    }

    /// Queues a node: low levels first, so that nodes go evenly all over the map, and then
    /// little burdens. A stale burden is taken for less than it was, lest a node wait whose
    /// burden fell.
    fn enqueue(&mut self, node: u32) {
        let n = node as usize;
        let burden = match self.stale[n] {
            true => self.burden[n] * 3 / 4,
            false => self.burden[n],
        };
        self.priority[n] = LEVEL * self.level[n] + burden;
        self.queue.push(Reverse((self.priority[n], node)));
    }

    /// Finds the burden of a node: shortcuts put in per edge taken away, in thousandths,
    /// both as such and counted in edges of the network.
    fn look_at(&mut self, node: u32) {
        self.find_shortcuts(node);
        let n = node as usize;
        let gone = self.up[n].iter().chain(&self.down[n]);
        let (edges, hops) = gone.fold((0, 0), |(e, h), l| (e + 1, h + u64::from(l.hops)));
        let new = self.shortcuts.len() as u64;
        let new_hops: u64 = self.shortcuts.iter().map(|s| u64::from(s.hops)).sum();
        let share = |part: u64, whole| (1000 * part).checked_div(whole).unwrap_or(0);
        self.burden[n] = share(new, edges) + share(new_hops, hops);
        self.stale[n] = false;
    }

    /// Finds the shortcuts that `node` asks for when it goes.
    fn find_shortcuts(&mut self, node: u32) {
        self.shortcuts.clear();
        let leaving = &self.up[node as usize];
        for enter in &self.down[node as usize] {
            self.witness.run(&self.up, node, enter, leaving);
            for leave in leaving.iter().filter(|l| l.node != enter.node) {
                let cost = enter.cost.plus(leave.cost);
                if cost >= Cost::NEVER || self.witness.cost(leave.node) <= cost {
                    continue;
                }
                let part = Part {
                    first: enter.part,
                    second: leave.part,
                    cost,
                };
                self.shortcuts.push(Shortcut {
                    tail: enter.node,
                    head: leave.node,
                    part,
                    hops: enter.hops + leave.hops,
                });
            }
        }
    }

    /// Takes out the node looked at last.
    fn take_out(&mut self, node: u32) {
        let n = node as usize;
        self.order.push(node);
        self.priority[n] = u64::MAX;
        let mut neighbours = Vec::new();
        for link in &self.up[n] {
            self.down[link.node as usize].retain(|l| l.node != node);
            neighbours.push(link.node);
        }
        for link in &self.down[n] {
            self.up[link.node as usize].retain(|l| l.node != node);
            neighbours.push(link.node);
        }
        for shortcut in std::mem::take(&mut self.shortcuts) {
            self.put(shortcut);
        }
        neighbours.sort_unstable();
        neighbours.dedup();
        for neighbour in neighbours {
            let b = neighbour as usize;
            self.level[b] = self.level[b].max(self.level[n] + 1);
            self.stale[b] = true;
            self.enqueue(neighbour);
        }
    }

    /// Puts an edge in, or replaces the one it improves.
    fn put(&mut self, shortcut: Shortcut) {
        let Shortcut { tail, head, .. } = shortcut;
        let part = self.parts.len() as u32;
        self.parts.push(shortcut.part);
        let link = |node| Link {
            node,
            part,
            cost: shortcut.part.cost,
            hops: shortcut.hops,
        };
        replace(&mut self.up[tail as usize], link(head));
        replace(&mut self.down[head as usize], link(tail));
    }
}

/// Puts a link in at its place by cost, instead of the dearer one to the same node.
fn replace(links: &mut Vec<Link>, link: Link) {
    if let Some(old) = links.iter().position(|l| l.node == link.node) {
        links.remove(old);
    }
    let place = links.partition_point(|l| l.cost < link.cost);
    links.insert(place, link);
}
