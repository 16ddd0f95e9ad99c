//! Roads prepared for questions: tables of times, and single legs with their paths.

use super::climb::Ascent;
use super::cost::Cost;
use super::hierarchy::Hierarchy;
use super::network::Network;
use super::sweep::LANES;
use super::sweep::Label;
use super::sweep::Lanes;
use super::sweep::Sweep;
use super::table::Table;
use super::trips::Trips;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::par;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::units::Millimetres;
use crate::units::Millis;

/// The fastest way between two vertices; of equally fast ones, a shortest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Vertices of the road graph in driving order, both ends included; just one when the
    /// leg ends where it starts.
    pub vertices: Vec<VertexId>,
    /// Travel time; the table's entry is this, rounded up to seconds.
    pub time: Millis,
    /// Road length.
    pub length: Millimetres,
}

/// Buffers for [`Router::path`], used again from call to call: one per thread.
#[derive(Debug, Default)]
pub struct Scratch {
    forward: Ascent,
    backward: Ascent,
    edges: Vec<(u32, Cost)>,
}

/// Roads of one profile at one pace, prepared once and then asked many times.
#[derive(Debug)]
pub struct Router {
    network: Network,
    hierarchy: Hierarchy,
}

impl Router {
    /// Prepares the roads of `profile` at `pace`.
    pub fn new(roads: &RoadGraph, profile: ProfileId, pace: Pace) -> Self {
        Self::from_network(Network::new(roads, profile, pace))
    }

    /// Prepares a network.
    pub fn from_network(network: Network) -> Self {
        let hierarchy = Hierarchy::new(&network);
        Self { network, hierarchy }
    }

    /// Travel times: entry `(i, j)` leads from `from[i]` to `to[j]`.
    pub fn table(&self, from: &[VertexId], to: &[VertexId]) -> Table {
        Table::from_entries(to.len(), self.swept::<i32>(from, to))
    }

    /// Travel times and road lengths of the fastest ways: entry `(i, j)` leads from `from[i]`
    /// to `to[j]`.
    pub fn trips(&self, from: &[VertexId], to: &[VertexId]) -> Trips {
        Trips::from_entries(to.len(), self.swept::<Cost>(from, to))
    }

    /// Entries of a table in row order.
    fn swept<L: Label>(&self, from: &[VertexId], to: &[VertexId]) -> Vec<L::Entry> {
        let mut entries = vec![L::NEVER.entry(); from.len() * to.len()];
        if !to.is_empty() {
            let sweep: Sweep<'_, L> = Sweep::new(&self.network, &self.hierarchy, to);
            let rows = entries.chunks_mut(LANES * to.len());
            let mut jobs: Vec<(&[VertexId], &mut [L::Entry])> =
                from.chunks(LANES).zip(rows).collect();
            par::for_each_mut_with_scratch(&mut jobs, Lanes::default, |lanes, (from, rows)| {
                sweep.fill(from, rows, lanes);
            });
        }
        entries
    }

    /// The fastest way from `from` to `to`; `None` when there is none.
    pub fn path(&self, from: VertexId, to: VertexId, scratch: &mut Scratch) -> Option<Leg> {
        let (time, top) = self.meet(from, to, scratch)?;
        let Scratch {
            forward,
            backward,
            edges,
        } = scratch;
        let mut parts: Vec<u32> = forward.parts(top).collect();
        parts.reverse();
        parts.extend(backward.parts(top));
        edges.clear();
        for part in parts {
            self.hierarchy.unpack(part, edges);
        }
        let length = edges.iter().map(|&(_, c)| Millimetres(i64::from(c.length)));
        let passed = edges.iter().map(|&(node, _)| self.network.vertex(node));
        Some(Leg {
            time: Millis(i64::from(time)),
            length: length.sum(),
            vertices: std::iter::once(from).chain(passed).collect(),
        })
    }

    /// Climbs from both ends; time of the best way and the highest node on it.
    fn meet(&self, from: VertexId, to: VertexId, scratch: &mut Scratch) -> Option<(u32, u32)> {
        let Scratch {
            forward, backward, ..
        } = scratch;
        let (up, down) = (&self.hierarchy.up, &self.hierarchy.down);
        forward.reset(self.hierarchy.len());
        backward.reset(self.hierarchy.len());
        forward.start(self.hierarchy.rank(self.network.start(from)));
        for end in self.network.ends(to) {
            backward.start(self.hierarchy.rank(end));
        }
        let mut best = (Cost::NEVER, 0);
        loop {
            let next = [forward.next_cost(), backward.next_cost()];
            let next = next.map(|c| c.filter(|&c| c < best.0));
            let settled = match next {
                [Some(f), b] if b.is_none_or(|b| f <= b) => forward.settle(up, down),
                [_, Some(_)] => backward.settle(down, up),
                _ => break,
            };
            if let Some((rank, _)) = settled {
                best = best.min((forward.cost(rank).plus(backward.cost(rank)), rank));
            }
        }
        (best.0 < Cost::NEVER).then_some((best.0.time, best.1))
    }
}
