//! The scenario placed on its roads: one stop per target, profile and direction.
//!
//! Planner and checker both start from here, so they agree on the question (where a site
//! meets the road, which arcs a key segment is) and on nothing else.

use crate::error::Result;
use crate::ids::ArcId;
use crate::ids::BaseId;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::ids::VertexId;
use crate::roads::RoadGraph;
use crate::scenario::Scenario;
use crate::units::Millimetres;
use crate::units::Seconds;

/// The scenario placed on its roads.
#[derive(Debug)]
pub struct World {
    /// What is asked.
    pub scenario: Scenario,
    /// The roads, with a vertex at every stop.
    pub roads: RoadGraph,
    /// For each profile, where each target is: no, one or two ways to visit it. Two only for
    /// segments that may be patrolled both ways: forward first.
    pub stops: IdVec<ProfileId, IdVec<TargetId, Vec<Stop>>>,
    /// For each profile, where each base is.
    pub bases: IdVec<ProfileId, IdVec<BaseId, Option<VertexId>>>,
    /// What could not be placed, for people: unreachable sites with their distance to the
    /// nearest road, segments that match no road.
    pub warnings: Vec<String>,
}

/// One way to visit a target with one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Where the unit arrives.
    pub entry: VertexId,
    /// Where it leaves.
    pub exit: VertexId,
    /// Whether a segment is patrolled from its end to its start.
    pub reverse: bool,
    /// How long a visit lasts at least: the dwell, plus the traversal of a segment at the
    /// profile's segment speed (rounded up to seconds).
    pub duration: Seconds,
    /// The arcs of a segment in driving order; empty for a site.
    pub arcs: Vec<ArcId>,
    /// Road length of the visit: 0 for a site.
    pub length: Millimetres,
}

impl World {
    /// Reads the roads of `scenario` and places its targets and bases.
    ///
    /// # Errors
    /// When the road file cannot be read, a base cannot be placed for the profile of a unit
    /// that uses it, or no target can be reached at all.
    pub fn load(_scenario: Scenario) -> Result<Self> {
        todo!()
    }
}
