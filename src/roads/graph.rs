//! The road graph as everybody else sees it.

use std::fmt;

use geo::Coord;
use petgraph::graph::DiGraph;
use petgraph::graph::EdgeIndex;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::BuildNotes;
use super::RoadData;
use super::cuts::Cuts;
use super::lay::LaneArcs;
use super::lay::lay;
use super::network::Network;
use super::profile::Profile;
use super::usage::CLOSED;
use crate::error::Result;
use crate::ids::ArcId;
use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::units::Millimetres;
use crate::units::Millis;

/// How fast a unit moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pace {
    /// Ordinary patrol driving.
    Patrol,
    /// To an emergency.
    Urgent,
}

/// The directed road graph with a travel time per profile and pace on every arc.
pub struct RoadGraph {
    /// Roads before any place was put on them, kept to cut them anew.
    pub(super) network: Network,
    pub(super) graph: DiGraph<Vertex, Arc>,
    pub(super) profiles: Vec<PerProfile>,
    pub(super) notes: BuildNotes,
    /// Arcs of each lane in driving order.
    pub(super) arcs: LaneArcs,
}

pub(super) struct Vertex {
    pub(super) at: Coord<f64>,
    pub(super) reference: i64,
}

pub(super) struct Arc {
    pub(super) length: Millimetres,
    pub(super) way: u32,
}

/// What differs between profiles.
pub(super) struct PerProfile {
    /// Milliseconds of each arc, patrol and urgent; [`CLOSED`] where it may not drive.
    pub(super) times: Vec<[u32; 2]>,
    pub(super) forbidden: Vec<Vec<ArcId>>,
    pub(super) connected: Vec<bool>,
}

impl fmt::Debug for RoadGraph {
    /// Its size: the roads themselves would fill pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RoadGraph");
        debug.field("vertices", &self.vertex_count());
        debug.field("arcs", &self.arc_count());
        debug.finish_non_exhaustive()
    }
}

impl RoadGraph {
    /// Builds the graph of `data` for `profiles`.
    ///
    /// # Errors
    /// `R203` when there are more roads than can be numbered.
    pub fn build(data: &RoadData, profiles: &[Profile]) -> Result<Self> {
        let (network, of_profiles) = Network::build(data, profiles)?;
        let notes = BuildNotes::new(data, of_profiles);
        Ok(lay(network, &Cuts::default(), notes))
    }

    /// What building left out, and why.
    pub fn notes(&self) -> &BuildNotes {
        &self.notes
    }

    /// Number of vertices.
    pub fn vertex_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of arcs.
    pub fn arc_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// Number of profiles.
    pub fn profile_count(&self) -> usize {
        self.profiles.len()
    }

    /// Position of a vertex: longitude and latitude in degrees, or planar metres.
    pub fn position(&self, v: VertexId) -> Coord<f64> {
        self.graph[node(v)].at
    }

    /// Whether positions are planar metres (else WGS-84 degrees).
    pub fn is_planar(&self) -> bool {
        self.network.planar
    }

    /// The map's own id of a vertex; negative for vertices put in by [`RoadGraph::place`].
    pub fn reference(&self, v: VertexId) -> i64 {
        self.graph[node(v)].reference
    }

    /// The vertex with that reference.
    pub fn vertex_of(&self, reference: i64) -> Option<VertexId> {
        if reference >= 0 {
            return self.network.vertex_of(reference).map(VertexId);
        }
        let k = usize::try_from(-1 - reference).ok()?;
        let v = self.network.at.len().checked_add(k)?;
        (v < self.vertex_count()).then(|| VertexId::new(v))
    }

    /// Arcs that leave a vertex, in a fixed order.
    pub fn out_arcs(&self, v: VertexId) -> impl Iterator<Item = ArcId> + '_ {
        self.graph
            .edges(node(v))
            .map(|e| ArcId::new(e.id().index()))
    }

    /// Start and end of an arc.
    pub fn ends(&self, a: ArcId) -> (VertexId, VertexId) {
        let edges = self.graph.raw_edges();
        let edge = &edges[a.index()];
        (
            VertexId::new(edge.source().index()),
            VertexId::new(edge.target().index()),
        )
    }

    /// Length of an arc.
    pub fn length(&self, a: ArcId) -> Millimetres {
        self.graph[edge(a)].length
    }

    /// Road class of an arc, such as `residential`: what the map calls it, without `_link`.
    pub fn class(&self, a: ArcId) -> &str {
        &self.network.classes[self.way(a)]
    }

    /// Position of an arc's way in [`RoadData::ways`].
    pub fn way(&self, a: ArcId) -> usize {
        self.graph[edge(a)].way as usize
    }

    /// Travel time of an arc, `None` where the profile may not use it.
    pub fn time(&self, a: ArcId, profile: ProfileId, pace: Pace) -> Option<Millis> {
        let times = self.profiles[profile.index()].times[a.index()];
        let ms = times[match pace {
            Pace::Patrol => 0,
            Pace::Urgent => 1,
        }];
        (ms != CLOSED).then(|| Millis(i64::from(ms)))
    }

    /// Sequences of arcs that a profile may not drive in a row (two or more arcs each), in a
    /// fixed order: turn restrictions, barriers it cannot pass, and, where turn restrictions
    /// bind it, turning round at a vertex that a place put in, so that places change no
    /// travel time. A path from one stop to the next is legal when it contains none of them;
    /// how a unit goes on after a stop is free.
    pub fn forbidden(&self, profile: ProfileId) -> &[Vec<ArcId>] {
        &self.profiles[profile.index()].forbidden
    }

    /// Whether a barrier at a vertex lets the profile only turn round there. [`Self::forbidden`]
    /// says the same in turns; this is for searches that leave turn restrictions aside.
    pub fn is_barred(&self, v: VertexId, profile: ProfileId) -> bool {
        self.network.usages[profile.index()].barred.contains(&v.0)
    }

    /// Whether a vertex can be left and come back to: it lies in the profile's largest
    /// strongly connected component.
    pub fn is_connected(&self, v: VertexId, profile: ProfileId) -> bool {
        self.profiles[profile.index()].connected[v.index()]
    }
}

fn node(v: VertexId) -> NodeIndex {
    NodeIndex::new(v.index())
}

fn edge(a: ArcId) -> EdgeIndex {
    EdgeIndex::new(a.index())
}
