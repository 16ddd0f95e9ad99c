//! Roads prepared for questions: tables of times, and single legs with their paths.

use super::dijkstra::Dijkstra;
use super::network::Network;
use super::table::Table;
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
    dijkstra: Dijkstra,
}

/// Roads of one profile at one pace, prepared once and then asked many times.
#[derive(Debug)]
pub struct Router {
    network: Network,
}

impl Router {
    /// Prepares the roads of `profile` at `pace`.
    pub fn new(roads: &RoadGraph, profile: ProfileId, pace: Pace) -> Self {
        Self::from_network(Network::new(roads, profile, pace))
    }

    /// Prepares a network.
    pub fn from_network(network: Network) -> Self {
        Self { network }
    }

    /// Travel times: entry `(i, j)` leads from `from[i]` to `to[j]`.
    pub fn table(&self, from: &[VertexId], to: &[VertexId]) -> Table {
        let rows = par::map_with_scratch(from, Dijkstra::default, |dijkstra, &v| {
            dijkstra.run(&self.network, self.network.start(v));
            let best = |&w: &VertexId| {
                let ends = self.network.ends(w);
                let time = ends.map(|n| dijkstra.cost(n).time).min();
                time.map_or(Table::UNREACHABLE, Table::entry)
            };
            to.iter().map(best).collect::<Vec<u32>>()
        });
        Table::from_entries(to.len(), rows.concat())
    }

    /// The fastest way from `from` to `to`; `None` when there is none.
    pub fn path(&self, from: VertexId, to: VertexId, scratch: &mut Scratch) -> Option<Leg> {
        let dijkstra = &mut scratch.dijkstra;
        dijkstra.run(&self.network, self.network.start(from));
        let ends = self.network.ends(to);
        let (cost, end) = ends.map(|n| (dijkstra.cost(n), n)).min()?;
        if cost >= super::cost::Cost::NEVER {
            return None;
        }
        let nodes = dijkstra.path(end);
        let length = nodes.windows(2).filter_map(|w| {
            let edge = self.network.out(w[0]).iter().find(|e| e.head == w[1])?;
            Some(Millimetres(i64::from(edge.cost.length)))
        });
        Some(Leg {
            length: length.sum(),
            time: Millis(i64::from(cost.time)),
            vertices: nodes.iter().map(|&n| self.network.vertex(n)).collect(),
        })
    }
}
