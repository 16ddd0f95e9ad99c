//! Map files to a directed road graph with profiles, turn restrictions, gates and snapping.
//!
//! Every map node on a road is a vertex: nothing is contracted here, so a path can be walked
//! arc by arc with the map beside it. petgraph holds the graph and nothing outside this
//! module sees it. [`crate::travel`] builds its own compact copy for speed.

pub mod data;
pub mod profile;
pub mod read;

use geo::Coord;

use crate::error::Result;
use crate::ids::ArcId;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::units::Millimetres;
use crate::units::Millis;
pub use data::*;
use profile::Profile;

/// How fast a unit moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pace {
    /// Ordinary patrol driving.
    Patrol,
    /// To an emergency.
    Urgent,
}

/// Where a place meets the roads of one profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The vertex (put in where the nearest point lies inside an arc).
    pub vertex: VertexId,
    /// Distance from the place to that point, metres.
    pub distance_metres: f64,
}

/// The directed road graph with a travel time per profile and pace on every arc.
#[derive(Debug)]
pub struct RoadGraph {}

impl RoadGraph {
    /// Builds the graph of `data` for `profiles`.
    pub fn build(_data: &RoadData, _profiles: &[Profile]) -> Result<Self> {
        todo!()
    }

    /// Number of vertices.
    pub fn vertex_count(&self) -> usize {
        todo!()
    }

    /// Number of arcs.
    pub fn arc_count(&self) -> usize {
        todo!()
    }

    /// Position of a vertex: longitude and latitude in degrees, or planar metres.
    pub fn position(&self, _v: VertexId) -> Coord<f64> {
        todo!()
    }

    /// Whether positions are planar metres (else WGS-84 degrees).
    pub fn is_planar(&self) -> bool {
        todo!()
    }

    /// The map's own id of a vertex; negative for vertices put in by [`RoadGraph::place`].
    pub fn reference(&self, _v: VertexId) -> i64 {
        todo!()
    }

    /// The vertex with that reference.
    pub fn vertex_of(&self, _reference: i64) -> Option<VertexId> {
        todo!()
    }

    /// Arcs that leave a vertex, in a fixed order.
    pub fn out_arcs(&self, _v: VertexId) -> impl Iterator<Item = ArcId> + '_ {
        std::iter::empty()
    }

    /// Start and end of an arc.
    pub fn ends(&self, _a: ArcId) -> (VertexId, VertexId) {
        todo!()
    }

    /// Length of an arc.
    pub fn length(&self, _a: ArcId) -> Millimetres {
        todo!()
    }

    /// Road class of an arc, such as `residential`: what the map calls it, without `_link`.
    pub fn class(&self, _a: ArcId) -> &str {
        todo!()
    }

    /// Travel time of an arc, `None` where the profile may not use it.
    pub fn time(&self, _a: ArcId, _profile: ProfileId, _pace: Pace) -> Option<Millis> {
        todo!()
    }

    /// Sequences of arcs that a profile may not drive in a row (two or more arcs each):
    /// what turn restrictions come to. A path is legal when it contains none of them; a
    /// stop on the way does not start a new path only if the path goes on through it.
    pub fn forbidden(&self, _profile: ProfileId) -> &[Vec<ArcId>] {
        todo!()
    }

    /// Whether a vertex can be left and come back to: it lies in the profile's largest
    /// strongly connected component.
    pub fn is_connected(&self, _v: VertexId, _profile: ProfileId) -> bool {
        todo!()
    }

    /// Puts places on the roads: points to the nearest connected arc of their profile, lines
    /// (courses of key segments) to the arcs that follow them from their first point to their
    /// last. Vertices are put in where the roads must be cut, so arcs and vertices of the
    /// graph before lose their meaning. The k-th new vertex gets reference `-1 - k`, counting
    /// through the points in order, then through starts and ends of the lines in order.
    pub fn place(
        self,
        _points: &[(Coord<f64>, ProfileId)],
        _lines: &[(Vec<Coord<f64>>, ProfileId)],
    ) -> Placed {
        todo!()
    }
}

/// A road graph with places on it.
#[derive(Debug)]
pub struct Placed {
    /// The roads, cut at the places.
    pub roads: RoadGraph,
    /// Where each point is; `None` when its profile has no connected road at all.
    pub points: Vec<Option<Snap>>,
    /// The arcs of each line in driving order, or why there are none.
    pub lines: Vec<std::result::Result<Vec<ArcId>, String>>,
}
