//! The plain input of travel: arcs one profile may use, and what it may not drive in a row.

use crate::ids::ArcId;
use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::units::Millimetres;
use crate::units::Millis;

/// A directed arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Where it starts.
    pub from: VertexId,
    /// Where it ends.
    pub to: VertexId,
    /// Travel time; an arc of a negative time, or of 2^30 ms (12 days) and more, is no arc.
    pub time: Millis,
    /// Length; an arc of a negative length, or of 2^32 mm (4,294 km) and more, is no arc.
    pub length: Millimetres,
}

/// Roads as one profile sees them at one pace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArcList {
    /// Number of vertices; arcs end at ids below it.
    pub vertices: usize,
    /// The arcs the profile may use. Parallel arcs and loops are fine.
    pub arcs: Vec<Arc>,
    /// Sequences of positions in `arcs` that may not be driven in a row.
    pub forbidden: Vec<Vec<u32>>,
}

impl ArcList {
    /// The arcs of `roads` that `profile` may use at `pace`.
    pub fn new(roads: &RoadGraph, profile: ProfileId, pace: Pace) -> Self {
        let mut position = vec![None; roads.arc_count()];
        let mut arcs = Vec::new();
        for from in (0..roads.vertex_count()).map(VertexId::new) {
            for a in roads.out_arcs(from) {
                let Some(time) = roads.time(a, profile, pace) else {
                    continue;
                };
                position[a.index()] = Some(arcs.len() as u32);
                let (_, to) = roads.ends(a);
                let length = roads.length(a);
                arcs.push(Arc {
                    from,
                    to,
                    time,
                    length,
                });
            }
        }
        // A sequence with an arc that the profile cannot use is never driven anyway.
        let sequence = |s: &Vec<ArcId>| s.iter().map(|a| position[a.index()]).collect();
        let forbidden = roads.forbidden(profile).iter().filter_map(sequence);
        Self {
            vertices: roads.vertex_count(),
            forbidden: forbidden.collect(),
            arcs,
        }
    }
}
