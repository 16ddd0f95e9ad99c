//! Travel times from many places to many places.

use super::cost::Cost;
use super::dijkstra::Dijkstra;
use super::network::Network;
use super::router::Router;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::par;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::units::Millis;
use crate::units::Seconds;

/// Up to this many starts, plain searches take less time than contraction does: on the
/// roads of Malta one of them takes a fiftieth of it.
const FEW_STARTS: usize = 64;

/// Travel times from each of some vertices to each of others, in whole seconds.
///
/// An entry is the exact least number of milliseconds, rounded up once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    columns: usize,
    seconds: Vec<u32>,
}

impl Table {
    /// Entry of a row where there is no way.
    pub const UNREACHABLE: u32 = u32::MAX;

    /// Travel times of `profile` on `roads` at `pace`: entry `(i, j)` leads from `from[i]` to
    /// `to[j]`. For a few starts this does not pay to prepare a [`Router`]; one that is
    /// already there answers without preparing anew.
    pub fn build(
        roads: &RoadGraph,
        profile: ProfileId,
        pace: Pace,
        from: &[VertexId],
        to: &[VertexId],
    ) -> Self {
        let network = Network::new(roads, profile, pace);
        if from.len() <= FEW_STARTS {
            Self::by_dijkstra(&network, from, to)
        } else {
            Router::from_network(network).table(from, to)
        }
    }

    /// The same table by one plain search from each start.
    pub fn by_dijkstra(network: &Network, from: &[VertexId], to: &[VertexId]) -> Self {
        let rows = par::map_with_scratch(from, Dijkstra::default, |dijkstra, &v| {
            dijkstra.run(network, network.start(v));
            let time = |&w: &VertexId| network.ends(w).map(|n| dijkstra.cost(n).time).min();
            let entries = to.iter().filter_map(time).map(Self::entry);
            entries.collect::<Vec<u32>>()
        });
        Self::from_entries(to.len(), rows.concat())
    }

    /// A table of `columns` columns from its entries in row order.
    pub(super) fn from_entries(columns: usize, seconds: Vec<u32>) -> Self {
        Self { columns, seconds }
    }

    /// The entry for a path of that cost.
    pub(super) fn entry(time: u32) -> u32 {
        if time >= Cost::NEVER.time {
            return Self::UNREACHABLE;
        }
        Millis(i64::from(time)).ceil_seconds().0 as u32
    }

    /// Travel time from the `i`-th start to the `j`-th end, `None` when there is no way.
    pub fn seconds(&self, i: usize, j: usize) -> Option<Seconds> {
        let entry = self.row(i)[j];
        (entry != Self::UNREACHABLE).then_some(Seconds(i64::from(entry)))
    }

    /// Seconds from the `i`-th start to every end, [`Table::UNREACHABLE`] where there is no
    /// way.
    pub fn row(&self, i: usize) -> &[u32] {
        &self.seconds[i * self.columns..][..self.columns]
    }
}
