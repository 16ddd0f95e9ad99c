//! Tables by sweeping a hierarchy downwards, for many starts at once.
//!
//! RPHAST: Delling, Goldberg, Werneck (2011), "Faster batched shortest paths in road
//! networks". Each start climbs to all it can reach above; then one pass over the nodes in
//! falling rank, cut down to those above some end, carries the times down again. The pass
//! takes [`LANES`] starts abreast and reads memory in order, which vector units like. What it
//! carries is a [`Label`]: the time alone, which is all that planning asks, or the length too.

use super::climb::Ascent;
use super::cost::Cost;
use super::hierarchy::Hierarchy;
use super::network::Network;
use super::table::Table;
use crate::ids::VertexId;

/// Starts that are swept together.
pub(super) const LANES: usize = 16;

/// What is known of the best way to a node.
pub(super) trait Label: Copy + Ord + Send + Sync {
    /// What a table holds of it.
    type Entry: Copy + Send;
    /// No way.
    const NEVER: Self;
    /// Of a way that costs so much.
    fn of(cost: Cost) -> Self;
    /// Of one way after the other.
    fn plus(self, more: Self) -> Self;
    /// For the table.
    fn entry(self) -> Self::Entry;
}

/// The time alone, in half the room; signed, since vector units find minima of those fastest.
impl Label for i32 {
    type Entry = u32;
    const NEVER: Self = Cost::NEVER.time as i32;
    fn of(cost: Cost) -> Self {
        cost.time as i32
    }
    fn plus(self, more: Self) -> Self {
        self + more
    }
    fn entry(self) -> u32 {
        Table::entry(self as u32)
    }
}

impl Label for Cost {
    type Entry = Self;
    const NEVER: Self = Self::NEVER;
    fn of(cost: Cost) -> Self {
        cost
    }
    fn plus(self, more: Self) -> Self {
        self.plus(more)
    }
    fn entry(self) -> Self {
        self
    }
}

/// One edge downwards, into a node known from where it is stored.
#[derive(Clone, Copy, Debug)]
struct Drop<L> {
    /// Position of the upper node.
    from: u32,
    label: L,
}

/// The part of a hierarchy from which some ends can be reached, highest rank first.
#[derive(Debug)]
pub(super) struct Sweep<'a, L> {
    network: &'a Network,
    hierarchy: &'a Hierarchy,
    /// Position of each rank, `u32::MAX` when it is not needed.
    position: Vec<u32>,
    /// Edges into position `p` are `drops[first[p]..first[p + 1]]`.
    first: Vec<u32>,
    drops: Vec<Drop<L>>,
    /// Positions where end `j` may be: `ends[first_end[j]..first_end[j + 1]]`.
    first_end: Vec<u32>,
    ends: Vec<u32>,
}

/// Buffers of one thread.
#[derive(Debug)]
pub(super) struct Lanes<L> {
    ascent: Ascent,
    labels: Vec<[L; LANES]>,
}

impl<L> Default for Lanes<L> {
    fn default() -> Self {
        Self {
            ascent: Ascent::default(),
            labels: Vec::new(),
        }
    }
}

impl<'a, L: Label> Sweep<'a, L> {
    /// Gets ready to sweep to the ends `to`.
    pub(super) fn new(network: &'a Network, hierarchy: &'a Hierarchy, to: &[VertexId]) -> Self {
        let position = positions(network, hierarchy, to);
        let kept = position.iter().filter(|&&p| p != u32::MAX).count();
        let mut first = vec![0];
        let mut drops = Vec::with_capacity(3 * kept);
        let ranks = (0..hierarchy.len() as u32).rev();
        for rank in ranks.filter(|&r| position[r as usize] != u32::MAX) {
            drops.extend(hierarchy.down.of(rank).iter().map(|c| Drop {
                from: position[c.top as usize],
                label: L::of(c.cost),
            }));
            first.push(drops.len() as u32);
        }
        let mut first_end = vec![0];
        let mut ends = Vec::with_capacity(to.len());
        for &v in to {
            ends.extend(
                network
                    .ends(v)
                    .map(|n| position[hierarchy.rank(n) as usize]),
            );
            first_end.push(ends.len() as u32);
        }
        Self {
            network,
            hierarchy,
            position,
            first,
            drops,
            first_end,
            ends,
        }
    }

    /// Fills rows of a table: one for each of at most [`LANES`] starts.
    pub(super) fn fill(&self, from: &[VertexId], rows: &mut [L::Entry], lanes: &mut Lanes<L>) {
        lanes.labels.clear();
        lanes.labels.resize(self.first.len() - 1, [L::NEVER; LANES]);
        for (lane, &v) in from.iter().enumerate() {
            self.climb(v, lane, lanes);
        }
        self.descend(&mut lanes.labels);
        let columns = self.first_end.len() - 1;
        for j in 0..columns {
            let ends = &self.ends[self.first_end[j] as usize..self.first_end[j + 1] as usize];
            let mut best = [L::NEVER; LANES];
            for &p in ends {
                lower(&mut best, &lanes.labels[p as usize], L::of(Cost::ZERO));
            }
            for (lane, label) in best.iter().enumerate().take(from.len()) {
                rows[lane * columns + j] = label.entry();
            }
        }
    }

    fn climb(&self, from: VertexId, lane: usize, lanes: &mut Lanes<L>) {
        let Lanes { ascent, labels } = lanes;
        ascent.reset(self.hierarchy.len());
        ascent.start(self.hierarchy.rank(self.network.start(from)));
        while ascent.next_cost().is_some() {
            let settled = ascent.settle(&self.hierarchy.up, &self.hierarchy.down);
            if let Some((rank, cost)) = settled
                && let Some(labels) = labels.get_mut(self.position[rank as usize] as usize)
            {
                labels[lane] = L::of(cost);
            }
        }
    }

    fn descend(&self, labels: &mut [[L; LANES]]) {
        for p in 0..labels.len() {
            let (above, here) = labels.split_at_mut(p);
            let drops = &self.drops[self.first[p] as usize..self.first[p + 1] as usize];
            for drop in drops {
                lower(&mut here[0], &above[drop.from as usize], drop.label);
            }
        }
    }
}

/// Lowers `best` to `other + more`, lane by lane.
fn lower<L: Label>(best: &mut [L; LANES], other: &[L; LANES], more: L) {
    for (best, other) in best.iter_mut().zip(other) {
        *best = (*best).min(other.plus(more));
    }
}

/// Numbers the ranks from which some end can be reached downwards, highest first.
fn positions(network: &Network, hierarchy: &Hierarchy, to: &[VertexId]) -> Vec<u32> {
    let mut position = vec![u32::MAX; hierarchy.len()];
    let mut stack: Vec<u32> = Vec::new();
    let ends = to.iter().flat_map(|&v| network.ends(v));
    for rank in ends.map(|n| hierarchy.rank(n)) {
        stack.push(rank);
        while let Some(rank) = stack.pop() {
            if position[rank as usize] == u32::MAX {
                position[rank as usize] = 0;
                stack.extend(hierarchy.down.of(rank).iter().map(|c| c.top));
            }
        }
    }
    let kept = position.iter_mut().rev().filter(|p| **p == 0);
    for (next, p) in (0..).zip(kept) {
        *p = next;
    }
    position
}
