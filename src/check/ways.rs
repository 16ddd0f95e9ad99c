//! The checker's own search for the fastest legal way, for legs that come without a path.
//!
//! Dijkstra's algorithm over pairs of vertex and state of the forbidden automaton. A state
//! other than [`FREE`] fixes its vertex, so the labels are the vertices and those states.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;

use super::automaton::Automaton;
use super::automaton::FREE;
use super::walk::Walk;
use crate::ids::Id;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::par;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::units::Millimetres;
use crate::units::Millis;

/// Ways wanted: for each profile and start, the ends.
pub(super) type Wanted = BTreeMap<(ProfileId, VertexId), Vec<VertexId>>;

/// Ways found by profile, start and end; ends that cannot be reached are absent.
pub(super) type Ways = BTreeMap<(ProfileId, VertexId, VertexId), Walk>;

/// Finds all wanted ways.
pub(super) fn find_all(
    roads: &RoadGraph,
    forbidden: &IdVec<ProfileId, Automaton>,
    wanted: Wanted,
) -> Ways {
    let jobs: Vec<_> = wanted.into_iter().collect();
    let found = par::map_with_scratch(&jobs, Scratch::default, |scratch, (key, ends)| {
        scratch.search(roads, key.0, &forbidden[key.0], key.1, ends)
    });
    let mut ways = Ways::new();
    for (((profile, from), _), walks) in jobs.iter().zip(found) {
        for walk in walks {
            ways.insert((*profile, *from, walk.end()), walk);
        }
    }
    ways
}

/// Time, then length.
type Cost = (Millis, Millimetres);

/// Labels of one search, reused by the next.
#[derive(Default)]
struct Scratch {
    /// Best cost so far and the label before, by label.
    best: Vec<Option<(Cost, u32)>>,
    settled: Vec<bool>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(Cost, u32)>>,
}

impl Scratch {
    /// The fastest ways from `from` to each of `ends` that can be reached.
    fn search(
        &mut self,
        roads: &RoadGraph,
        profile: ProfileId,
        forbidden: &Automaton,
        from: VertexId,
        ends: &[VertexId],
    ) -> Vec<Walk> {
        self.clear(roads.vertex_count() + forbidden.state_count());
        let label = Labels { roads, forbidden };
        let mut missing: Vec<VertexId> = ends.to_vec();
        missing.sort_unstable();
        missing.dedup();
        let mut found = Vec::new();
        let start = label.of(from, FREE);
        self.offer(start, (Millis::ZERO, Millimetres::ZERO), start);
        while let Some(Reverse((cost, at))) = self.heap.pop() {
            if std::mem::replace(&mut self.settled[at as usize], true) {
                continue;
            }
            let (vertex, state) = label.parts(at);
            if let Ok(i) = missing.binary_search(&vertex) {
                missing.remove(i);
                found.push(self.trace(&label, at));
                if missing.is_empty() {
                    break;
                }
            }
            for arc in roads.out_arcs(vertex) {
                let Some(time) = roads.time(arc, profile, Pace::Patrol) else {
                    continue;
                };
                let Some(next) = forbidden.step(state, arc) else {
                    continue;
                };
                let cost = (cost.0 + time, cost.1 + roads.length(arc));
                self.offer(label.of(roads.ends(arc).1, next), cost, at);
            }
        }
        found
    }

    fn clear(&mut self, labels: usize) {
        for at in self.touched.drain(..) {
            self.best[at as usize] = None;
            self.settled[at as usize] = false;
        }
        self.best.resize(labels, None);
        self.settled.resize(labels, false);
        self.heap.clear();
    }

    fn offer(&mut self, label: u32, cost: Cost, before: u32) {
        let best = &mut self.best[label as usize];
        if best.is_none_or(|(old, _)| cost < old) {
            if best.is_none() {
                self.touched.push(label);
            }
            *best = Some((cost, before));
            self.heap.push(Reverse((cost, label)));
        }
    }

    fn trace(&self, label: &Labels<'_>, end: u32) -> Walk {
        let mut steps = Vec::new();
        let mut at = end;
        let mut total = (Millis::ZERO, Millimetres::ZERO);
        while let Some((cost, before)) = self.best[at as usize] {
            total = total.max(cost);
            steps.push((label.parts(at).0, cost.0));
            if before == at {
                break;
            }
            at = before;
        }
        steps.reverse();
        Walk {
            steps,
            time: total.0,
            length: total.1,
        }
    }
}

/// Numbers the labels.
struct Labels<'a> {
    roads: &'a RoadGraph,
    forbidden: &'a Automaton,
}

impl Labels<'_> {
    fn of(&self, vertex: VertexId, state: u32) -> u32 {
        if state == FREE {
            vertex.0
        } else {
            self.roads.vertex_count() as u32 + state
        }
    }

    fn parts(&self, label: u32) -> (VertexId, u32) {
        let vertices = self.roads.vertex_count() as u32;
        if label < vertices {
            return (VertexId(label), FREE);
        }
        let state = label - vertices;
        let arc = self.forbidden.last_arc(state);
        (
            arc.map_or(VertexId::new(0), |a| self.roads.ends(a).1),
            state,
        )
    }
}
