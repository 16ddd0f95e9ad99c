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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::verdict::Findings;
    use crate::check::walk::walk;
    use crate::ids::ArcId;
    use crate::plan::Path;
    use crate::roads::Notes;
    use crate::roads::RawRestriction;
    use crate::roads::RoadData;
    use crate::roads::RoadNode;
    use crate::roads::RoadWay;
    use crate::roads::Tags;
    use crate::roads::Via;
    use crate::roads::profile::Profile;
    use geo::Coord;
    use proptest::prelude::*;

    const CAR: ProfileId = ProfileId(0);
    const NODES: u32 = 7;

    /// Roads between seven nodes: ends, whether one-way, length.
    type Roads = Vec<(u32, u32, bool, u32)>;
    /// Turn restrictions over roads: from, via (a road in between or none), to.
    type Turns = Vec<(usize, Option<usize>, usize)>;

    fn graph(roads: &Roads, turns: &Turns) -> RoadGraph {
        let nodes = (0..NODES).map(|i| RoadNode {
            id: i64::from(i) + 1,
            at: Coord {
                x: f64::from(i * i % 11) * 100.0,
                y: f64::from(i * 3 % 7) * 100.0,
            },
            tags: Tags::default(),
        });
        let tag = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        let way = |(id, &(a, b, oneway, length)): (i64, &(u32, u32, bool, u32))| RoadWay {
            id,
            nodes: vec![a, b],
            tags: Tags::new(vec![
                tag("highway", "residential"),
                tag("oneway", if oneway { "yes" } else { "no" }),
            ]),
            length_metres: Some(f64::from(length)),
            kmh: None,
        };
        let data = RoadData {
            planar: true,
            nodes: nodes.collect(),
            ways: (1..).zip(roads).map(way).collect(),
            restrictions: (1..)
                .zip(turns)
                .filter_map(|(id, turn)| restriction(roads, id, *turn))
                .collect(),
            notes: Notes::default(),
        };
        let car = Profile::built_in("car").expect("built in");
        RoadGraph::build(&data, &[car]).expect("a sound map")
    }

    fn restriction(
        roads: &Roads,
        id: i64,
        (from, via, to): (usize, Option<usize>, usize),
    ) -> Option<RawRestriction> {
        let way = |i: usize| i as i64 % roads.len() as i64 + 1;
        let ends = |i: usize| {
            let road = roads[i % roads.len()];
            [road.0, road.1]
        };
        let shared = ends(from).into_iter().find(|n| ends(to).contains(n))?;
        Some(RawRestriction {
            id,
            kind: "no_straight_on".to_owned(),
            vehicle: None,
            from: vec![way(from)],
            via: match via {
                Some(via) => Via::Ways(vec![way(via)]),
                None => Via::Node(i64::from(shared) + 1),
            },
            to: vec![way(to)],
            except: Vec::new(),
            conditional: false,
        })
    }

    /// The best cost to each vertex over every path of up to `depth` arcs, sequences looked
    /// for in the whole path: nothing is remembered but what was driven.
    fn exhaustive(
        roads: &RoadGraph,
        at: VertexId,
        cost: Cost,
        driven: &mut Vec<ArcId>,
        depth: usize,
        best: &mut [Option<Cost>],
    ) {
        let old = &mut best[at.index()];
        *old = Some(old.map_or(cost, |c| c.min(cost)));
        if depth == 0 {
            return;
        }
        for arc in roads.out_arcs(at) {
            let Some(time) = roads.time(arc, CAR, Pace::Patrol) else {
                continue;
            };
            driven.push(arc);
            let forbidden = roads.forbidden(CAR).iter().any(|s| driven.ends_with(s));
            if !forbidden {
                let cost = (cost.0 + time, cost.1 + roads.length(arc));
                exhaustive(roads, roads.ends(arc).1, cost, driven, depth - 1, best);
            }
            driven.pop();
        }
    }

    fn roads() -> impl Strategy<Value = Roads> {
        let road = (0..NODES, 1..NODES, any::<bool>(), 100u32..1000);
        let road =
            road.prop_map(|(a, step, oneway, length)| (a, (a + step) % NODES, oneway, length));
        prop::collection::vec(road, 5..9)
    }

    fn turns() -> impl Strategy<Value = Turns> {
        let turn = (0usize..9, prop::option::of(0usize..9), 0usize..9);
        prop::collection::vec(turn, 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn the_way_found_is_the_fastest_legal_one_and_can_be_walked(
            roads in roads(),
            turns in turns(),
        ) {
            const DEPTH: usize = 8;
            let roads = graph(&roads, &turns);
            let automaton = Automaton::new(roads.forbidden(CAR), roads.arc_count());
            let ends: Vec<VertexId> = (0..roads.vertex_count()).map(VertexId::new).collect();
            for &from in &ends {
                let mut best = vec![None; ends.len()];
                let zero = (Millis::ZERO, Millimetres::ZERO);
                exhaustive(&roads, from, zero, &mut Vec::new(), DEPTH, &mut best);
                let walks = Scratch::default().search(&roads, CAR, &automaton, from, &ends);
                for found in walks {
                    prop_assert_eq!(found.start(), from);
                    if found.steps.len() <= DEPTH + 1 {
                        let cost = (found.time, found.length);
                        prop_assert_eq!(best[found.end().index()].take(), Some(cost));
                    } else {
                        let longer = best[found.end().index()].take();
                        prop_assert!(longer.is_none_or(|c| c >= (found.time, found.length)));
                    }
                    let path = Path {
                        profile: String::new(),
                        nodes: found.steps.iter().map(|s| roads.reference(s.0)).collect(),
                        seconds: found.time.ceil_seconds(),
                        millimetres: found.length,
                    };
                    let mut findings = Findings::default();
                    let walked = walk(&roads, CAR, &automaton, &path, 0, &mut findings);
                    // Of two roads side by side, one driven out and one back, either may come
                    // first: the instants between differ, the way does not.
                    let told = |walk: &Walk| {
                        let vertices: Vec<_> = walk.steps.iter().map(|s| s.0).collect();
                        (vertices, walk.time, walk.length)
                    };
                    prop_assert_eq!(walked.as_ref().map(told), Some(told(&found)));
                    prop_assert_eq!(findings.0, []);
                }
                prop_assert!(best.iter().all(Option::is_none), "a way was missed");
            }
        }
    }
}
