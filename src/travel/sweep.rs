//! Tables by sweeping a hierarchy downwards, for many starts at once.
//!
//! RPHAST: Delling, Goldberg, Werneck (2011), "Faster batched shortest paths in road
//! networks". Each start climbs to all it can reach above; then one pass over the nodes in
//! falling rank, cut down to those above some end, carries the times down again. The pass
//! takes [`LANES`] starts abreast and reads memory in order, which vector units like.

use super::climb::Ascent;
use super::cost::Cost;
use super::hierarchy::Hierarchy;
use super::network::Network;
use super::table::Table;
use crate::ids::VertexId;

/// Starts that are swept together.
pub(super) const LANES: usize = 16;

const NEVER: i32 = Cost::NEVER.time as i32;

/// One edge downwards, into a node known from where it is stored.
#[derive(Clone, Copy, Debug)]
struct Drop {
    /// Position of the upper node.
    from: u32,
    time: i32,
}

/// The part of a hierarchy from which some ends can be reached, highest rank first.
#[derive(Debug)]
pub(super) struct Sweep<'a> {
    network: &'a Network,
    hierarchy: &'a Hierarchy,
    /// Position of each rank, `u32::MAX` when it is not needed.
    position: Vec<u32>,
    /// Edges into position `p` are `drops[first[p]..first[p + 1]]`.
    first: Vec<u32>,
    drops: Vec<Drop>,
    /// Positions where end `j` may be: `ends[first_end[j]..first_end[j + 1]]`.
    first_end: Vec<u32>,
    ends: Vec<u32>,
}

/// Buffers of one thread.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    ascent: Ascent,
    times: Vec<[i32; LANES]>,
}

impl<'a> Sweep<'a> {
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
                time: c.cost.time as i32,
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
    pub(super) fn fill(&self, from: &[VertexId], rows: &mut [u32], lanes: &mut Lanes) {
        lanes.times.clear();
        lanes.times.resize(self.first.len() - 1, [NEVER; LANES]);
        for (lane, &v) in from.iter().enumerate() {
            self.climb(v, lane, lanes);
        }
        self.descend(&mut lanes.times);
        let columns = self.first_end.len() - 1;
        for j in 0..columns {
            let ends = &self.ends[self.first_end[j] as usize..self.first_end[j + 1] as usize];
            let mut best = [NEVER; LANES];
            for &p in ends {
                lower(&mut best, &lanes.times[p as usize], 0);
            }
            for (lane, time) in best.iter().enumerate().take(from.len()) {
                rows[lane * columns + j] = Table::entry(*time as u32);
            }
        }
    }

    fn climb(&self, from: VertexId, lane: usize, lanes: &mut Lanes) {
        let Lanes { ascent, times } = lanes;
        ascent.reset(self.hierarchy.len());
        ascent.start(self.hierarchy.rank(self.network.start(from)));
        while ascent.next_cost().is_some() {
            let settled = ascent.settle(&self.hierarchy.up, &self.hierarchy.down);
            if let Some((rank, cost)) = settled
                && let Some(times) = times.get_mut(self.position[rank as usize] as usize)
            {
                times[lane] = cost.time as i32;
            }
        }
    }

    fn descend(&self, times: &mut [[i32; LANES]]) {
        for p in 0..times.len() {
            let (above, here) = times.split_at_mut(p);
            let drops = &self.drops[self.first[p] as usize..self.first[p + 1] as usize];
            for drop in drops {
                lower(&mut here[0], &above[drop.from as usize], drop.time);
            }
        }
    }
}

/// Lowers `best` to `other + more`, lane by lane.
fn lower(best: &mut [i32; LANES], other: &[i32; LANES], more: i32) {
    for (best, other) in best.iter_mut().zip(other) {
        *best = (*best).min(*other + more);
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
