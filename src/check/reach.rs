//! Which targets can be reached in time from where: searches backwards from each target at
//! urgent pace.
//!
//! Turn restrictions do not bind a unit on its way to an emergency; one-way streets, closed
//! ways and gates do, as far as the profile's urgent pace heeds them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::units::Millis;

/// The roads of a profile, turned round.
#[derive(Debug)]
pub(super) struct ReverseRoads {
    /// For each vertex, where its arcs begin in `arcs`; one more at the end.
    first: Vec<u32>,
    /// The vertex before and the time from there.
    arcs: Vec<(VertexId, Millis)>,
    /// Vertices with a barrier that the profile cannot pass.
    barred: Vec<bool>,
}

impl ReverseRoads {
    /// The arcs that `profile` may use.
    pub(super) fn new(roads: &RoadGraph, profile: ProfileId) -> Self {
        let mut into: Vec<(VertexId, VertexId, Millis)> = (0..roads.vertex_count())
            .flat_map(|v| roads.out_arcs(VertexId::new(v)))
            .filter_map(|arc| {
                let (from, to) = roads.ends(arc);
                Some((to, from, roads.time(arc, profile, Pace::Urgent)?))
            })
            .collect();
        into.sort_unstable();
        let vertices = VertexId::new(0).index()..=roads.vertex_count();
        let first = vertices
            .map(|v| into.partition_point(|&(to, _, _)| to.index() < v) as u32)
            .collect();
        let arcs = into.into_iter().map(|(_, from, time)| (from, time));
        let ids = (0..roads.vertex_count()).map(VertexId::new);
        Self {
            first,
            barred: ids.map(|v| roads.is_barred(v, profile)).collect(),
            arcs: arcs.collect(),
        }
    }

    fn into(&self, v: VertexId) -> &[(VertexId, Millis)] {
        let (from, to) = (self.first[v.index()], self.first[v.index() + 1]);
        &self.arcs[from as usize..to as usize]
    }
}

/// Labels of one search, reused by the next.
#[derive(Debug, Default)]
pub(super) struct Reach {
    best: Vec<Option<Millis>>,
    touched: Vec<VertexId>,
    heap: BinaryHeap<Reverse<(Millis, VertexId)>>,
}

impl Reach {
    /// All vertices from which any of `goals` is reached within `limit`.
    pub(super) fn within(
        &mut self,
        roads: &ReverseRoads,
        goals: impl IntoIterator<Item = VertexId>,
        limit: Millis,
    ) -> &[VertexId] {
        self.best.resize(roads.first.len() - 1, None);
        for v in self.touched.drain(..) {
            self.best[v.index()] = None;
        }
        for goal in goals {
            self.offer(goal, Millis::ZERO);
        }
        while let Some(Reverse((time, v))) = self.heap.pop() {
            if self.best[v.index()] != Some(time) {
                continue;
            }
            // Goals alone have time 0: a unit may stop at a barrier, but not pass it.
            if roads.barred[v.index()] && time > Millis::ZERO {
                continue;
            }
            for &(from, more) in roads.into(v) {
                let time = time + more;
                if time <= limit {
                    self.offer(from, time);
                }
            }
        }
        &self.touched
    }

    fn offer(&mut self, v: VertexId, time: Millis) {
        let best = &mut self.best[v.index()];
        if best.is_none_or(|old| time < old) {
            if best.is_none() {
                self.touched.push(v);
            }
            *best = Some(time);
            self.heap.push(Reverse((time, v)));
        }
    }
}
