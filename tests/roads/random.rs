//! Random maps: what the graph forbids against the restrictions as the map states them, and
//! what cutting roads does to travel times.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use petgraph::algo::astar;
use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;
use proptest::prelude::*;
use roundsman::ids::ArcId;
use roundsman::ids::ProfileId;
use roundsman::ids::VertexId;
use roundsman::roads::Pace;
use roundsman::roads::RawRestriction;
use roundsman::roads::RoadData;
use roundsman::roads::RoadGraph;
use roundsman::roads::Via;

use crate::maps::CAR;
use crate::maps::FOOT;
use crate::maps::Pairs;
use crate::maps::build;
use crate::maps::map;
use crate::maps::tag_node;
use crate::maps::turn;

const SIDE: i64 = 4;

/// A road of a square grid between crossings `a` and `b`, with a node of its own half way.
#[derive(Clone, Debug)]
struct Street {
    way: i64,
    a: i64,
    middle: i64,
    b: i64,
    /// Whether cars may drive from `a` to `b`, and back.
    open: [bool; 2],
}

/// A random map as it was meant.
#[derive(Clone, Debug)]
struct Town {
    streets: Vec<Street>,
    restrictions: Vec<RawRestriction>,
    /// Nodes with a bollard.
    bollards: BTreeSet<i64>,
    places: Vec<(Coord<f64>, ProfileId)>,
}

/// A piece of road between two map nodes, driven from the first to the second.
type Step = (i64, i64, i64);

impl Town {
    fn data(&self) -> RoadData {
        let at = |id: i64| {
            let (x, y) = ((id - 1) % SIDE, (id - 1) / SIDE);
            // Crossings off the grid, so that no two ways are equally long.
            (
                x as f64 * 100.0 + (id * 37 % 19) as f64,
                y as f64 * 100.0 + (id * 53 % 23) as f64,
            )
        };
        let mut nodes: Vec<(i64, f64, f64)> = (1..=SIDE * SIDE)
            .map(|id| (id, at(id).0, at(id).1))
            .collect();
        let mut refs = Vec::new();
        for s in &self.streets {
            let (a, b) = (at(s.a), at(s.b));
            nodes.push((s.middle, (a.0 + b.0) / 2.0 + 3.0, (a.1 + b.1) / 2.0 - 3.0));
            refs.push([s.a, s.middle, s.b]);
        }
        let oneway = |s: &Street| match s.open {
            [true, true] => "no",
            [true, false] => "yes",
            _ => "-1",
        };
        let tags: Vec<[(&str, &str); 1]> = self
            .streets
            .iter()
            .map(|s| [("oneway", oneway(s))])
            .collect();
        let ways: Vec<(i64, &[i64], Pairs<'_>)> = self
            .streets
            .iter()
            .zip(&refs)
            .zip(&tags)
            .map(|((s, refs), tags)| (s.way, &refs[..], &tags[..]))
            .collect();
        let mut data = map(&nodes, &ways);
        let used: BTreeSet<i64> = refs.iter().flatten().copied().collect();
        for &node in self.bollards.intersection(&used) {
            tag_node(&mut data, node, &[("barrier", "bollard")]);
        }
        data.restrictions.clone_from(&self.restrictions);
        data
    }

    fn street(&self, way: i64) -> &Street {
        self.streets
            .iter()
            .find(|s| s.way == way)
            .expect("restrictions name streets there are")
    }

    /// Whether cars may drive a street away from one of its crossings, or towards it.
    fn is_open(&self, way: i64, crossing: i64, away: bool) -> bool {
        let street = self.street(way);
        street.open[usize::from((street.a == crossing) != away)]
    }

    /// Whether a drive breaks a rule of the map, by the words of the rule.
    fn is_illegal(&self, drive: &[Step]) -> bool {
        let through = drive.windows(2).any(|w| {
            let turns_round = w[1].2 == w[0].1 && w[1].0 == w[0].0;
            self.bollards.contains(&w[1].1) && !turns_round
        });
        let banned = self.turns_behind();
        let behind = drive.windows(2).any(|w| {
            let turns_round = w[1] == (w[0].0, w[0].2, w[0].1);
            turns_round && banned.contains(&w[0])
        });
        through || behind || self.restrictions.iter().any(|r| self.breaks(drive, r))
    }

    /// All open halves of streets that leave a node.
    fn leaving(&self, node: i64) -> Vec<Step> {
        let halves = |s: &Street| {
            let forward = [(s.way, s.a, s.middle), (s.way, s.middle, s.b)].map(|h| (h, s.open[0]));
            let backward = [(s.way, s.b, s.middle), (s.way, s.middle, s.a)].map(|h| (h, s.open[1]));
            [forward, backward].concat()
        };
        let halves = self.streets.iter().flat_map(halves);
        halves
            .filter(|&((_, from, _), open)| open && from == node)
            .map(|(h, _)| h)
            .collect()
    }

    /// How many halves of streets touch a node, open this way or that.
    fn touching(&self, node: i64) -> usize {
        let ends = |s: &Street| [s.a, s.b, s.middle, s.middle];
        self.streets
            .iter()
            .flat_map(ends)
            .filter(|&n| n == node)
            .count()
    }

    /// Nodes that a restriction passes which forbids something.
    fn passed(&self, r: &RawRestriction) -> Vec<i64> {
        let (from, to) = (r.from[0], r.to[0]);
        let ends = |way: i64| [self.street(way).a, self.street(way).b];
        let (entry, passed, exit) = match &r.via {
            Via::Node(v) => (*v, vec![*v], *v),
            Via::Ways(ways) => {
                let [a, b] = ends(ways[0]);
                let (entry, exit) = if ends(from).contains(&a) {
                    (a, b)
                } else {
                    (b, a)
                };
                (entry, vec![entry, self.street(ways[0]).middle, exit], exit)
            }
        };
        let via_open = entry == exit || self.leaving(entry).iter().any(|s| s.2 == passed[1]);
        let open = self.is_open(from, entry, false) && via_open && self.is_open(to, exit, true);
        let others = self.leaving(exit).iter().any(|s| s.0 != to);
        let forbids = !r.kind.starts_with("only") || others;
        if open && forbids { passed } else { Vec::new() }
    }

    /// Steps behind a restriction after which one may not turn round: those that end in
    /// mid-street.
    fn turns_behind(&self) -> BTreeSet<Step> {
        let mut banned = BTreeSet::new();
        for start in self.restrictions.iter().flat_map(|r| self.passed(r)) {
            for first in self.leaving(start) {
                let mut step = first;
                while self.touching(step.2) == 2 && !self.bollards.contains(&step.2) {
                    let mut on = self.leaving(step.2);
                    on.retain(|&s| (s.0, s.2) != (step.0, step.1));
                    let &[on] = &on[..] else { break };
                    let stops = |r| {
                        matches!(
                            &r,
                            RawRestriction {
                                via: Via::Node(_),
                                ..
                            }
                        ) && self.breaks(&[step, on], &r)
                    };
                    if step.2 == start || self.restrictions.iter().cloned().any(stops) {
                        break;
                    }
                    banned.insert(step);
                    step = on;
                }
            }
        }
        banned
    }

    fn breaks(&self, drive: &[Step], r: &RawRestriction) -> bool {
        let (from, to) = (r.from[0], r.to[0]);
        let (entry, via, exit) = match &r.via {
            Via::Node(v) => (*v, Vec::new(), *v),
            Via::Ways(ways) => {
                let s = self.street(ways[0]);
                let f = self.street(from);
                let entry = if [f.a, f.b].contains(&s.a) { s.a } else { s.b };
                let exit = if entry == s.a { s.b } else { s.a };
                let via = vec![(s.way, entry, s.middle), (s.way, s.middle, exit)];
                if !self.is_open(s.way, entry, true) {
                    return false;
                }
                (entry, via, exit)
            }
        };
        if !self.is_open(from, entry, false) || !self.is_open(to, exit, true) {
            return false;
        }
        let only = r.kind.starts_with("only");
        drive.windows(via.len() + 2).any(|w| {
            let comes = w[0].0 == from && w[0].2 == entry;
            let goes = w[via.len() + 1].0 == to;
            comes && w[1..=via.len()] == via[..] && goes != only
        })
    }
}

fn towns(via_ways: bool) -> impl Strategy<Value = Town> {
    let grid: Vec<(i64, i64)> = (0..SIDE * SIDE)
        .flat_map(|i| {
            let right = (i % SIDE + 1 < SIDE).then_some((i + 1, i + 2));
            let up = (i / SIDE + 1 < SIDE).then_some((i + 1, i + 1 + SIDE));
            right.into_iter().chain(up)
        })
        .collect();
    let streets = proptest::collection::vec(0..9u8, grid.len());
    let rules = proptest::collection::vec((any::<[u8; 4]>(), any::<bool>()), 0..8);
    let bollards = proptest::collection::vec(0..40u8, 0..3);
    let places = proptest::collection::vec((0..380u16, 0..380u16, any::<bool>()), 0..8);
    (streets, rules, bollards, places).prop_map(move |(kinds, rules, bollards, places)| {
        let mut streets = Vec::new();
        for (i, (&(a, b), kind)) in grid.iter().zip(kinds).enumerate() {
            let open = match kind {
                0 => continue,
                1 => [true, false],
                2 => [false, true],
                _ => [true, true],
            };
            let i = i as i64;
            streets.push(Street {
                way: 1000 + i,
                a,
                middle: 100 + i,
                b,
                open,
            });
        }
        let restrictions = rules
            .iter()
            .filter_map(|(pick, via_way)| restriction(&streets, *pick, *via_way && via_ways));
        let node = |k: &u8| {
            if *k < 16 {
                i64::from(*k) + 1
            } else {
                i64::from(*k) + 84
            }
        };
        let place = |&(x, y, walks): &(u16, u16, bool)| {
            (
                Coord {
                    x: f64::from(x),
                    y: f64::from(y),
                },
                if walks { FOOT } else { CAR },
            )
        };
        Town {
            restrictions: restrictions.collect(),
            bollards: bollards.iter().map(node).collect(),
            places: places.iter().map(place).collect(),
            streets,
        }
    })
}

fn restriction(streets: &[Street], pick: [u8; 4], via_way: bool) -> Option<RawRestriction> {
    let at = |crossing: i64| -> Vec<&Street> {
        streets
            .iter()
            .filter(|s| s.a == crossing || s.b == crossing)
            .collect()
    };
    let choose =
        |from: &[&Street], k: u8| from.get(usize::from(k) % from.len().max(1)).map(|s| s.way);
    let crossing = i64::from(pick[0]) % (SIDE * SIDE) + 1;
    let kind = ["no_left_turn", "no_u_turn", "only_straight_on"][usize::from(pick[1]) % 3];
    let here = at(crossing);
    if !via_way {
        let (from, to) = (choose(&here, pick[2])?, choose(&here, pick[3])?);
        return Some(turn(kind, &[from], Via::Node(crossing), &[to]));
    }
    let via = *here.get(usize::from(pick[1] / 3) % here.len().max(1))?;
    let far = if via.a == crossing { via.b } else { via.a };
    let but_via = |all: Vec<&'_ Street>| -> Vec<Street> {
        all.into_iter()
            .filter(|s| s.way != via.way)
            .cloned()
            .collect()
    };
    let (near, beyond) = (but_via(here.clone()), but_via(at(far)));
    let from = near.get(usize::from(pick[2]) % near.len().max(1))?.way;
    let to = beyond.get(usize::from(pick[3]) % beyond.len().max(1))?.way;
    Some(turn(kind, &[from], Via::Ways(vec![via.way]), &[to]))
}

/// The drive of some arcs as pieces between map nodes. Where it starts or ends inside a
/// piece, the whole piece counts.
fn drive(roads: &RoadGraph, arcs: &[ArcId], data: &RoadData) -> Vec<Step> {
    let mut drive: Vec<Step> = Vec::new();
    for &arc in arcs {
        let (from, to) = roads.ends(arc);
        let (a, b) = (map_node(roads, to, from), map_node(roads, from, to));
        let step = (data.ways[roads.way(arc)].id, a, b);
        let goes_on = roads.reference(from) < 0 && drive.last() == Some(&step);
        if !goes_on {
            drive.push(step);
        }
    }
    drive
}

/// The map node that one comes to when driving on past `to`, coming from `from`.
fn map_node(roads: &RoadGraph, mut from: VertexId, mut to: VertexId) -> i64 {
    while roads.reference(to) < 0 {
        let next = roads
            .out_arcs(to)
            .map(|a| roads.ends(a).1)
            .find(|&v| v != from);
        (from, to) = (to, next.expect("a vertex put in lies inside a road"));
    }
    roads.reference(to)
}

/// A drive of a car that turns at junctions as `choices` say, never round at a vertex put in.
fn wander(roads: &RoadGraph, choices: &[u8]) -> Vec<ArcId> {
    let mut at = VertexId(u32::from(choices[0]) % roads.vertex_count() as u32);
    let mut arcs: Vec<ArcId> = Vec::new();
    for &choice in &choices[1..] {
        let before = arcs.last().map(|&a| roads.ends(a).0);
        let round = |a: ArcId| roads.reference(at) < 0 && Some(roads.ends(a).1) == before;
        let open = |&a: &ArcId| roads.time(a, CAR, Pace::Patrol).is_some() && !round(a);
        let mut out: Vec<ArcId> = roads.out_arcs(at).filter(open).collect();
        out.sort();
        let Some(&arc) = out.get(usize::from(choice) % out.len().max(1)) else {
            break;
        };
        arcs.push(arc);
        at = roads.ends(arc).1;
    }
    arcs
}

fn contains_forbidden(roads: &RoadGraph, arcs: &[ArcId]) -> bool {
    roads
        .forbidden(CAR)
        .iter()
        .any(|f| arcs.windows(f.len()).any(|w| w == &f[..]))
}

/// Progress along forbidden sequences: which of them, and how many arcs of it were driven.
type Progress = Vec<(usize, usize)>;

/// Every way one may be on some arc, as a petgraph graph: what is forbidden next follows from
/// the progress along forbidden sequences.
struct Oracle<'a> {
    roads: &'a RoadGraph,
    profile: ProfileId,
    graph: DiGraph<Option<ArcId>, i64>,
    states: BTreeMap<(ArcId, Progress), NodeIndex>,
}

impl<'a> Oracle<'a> {
    /// The oracle for drives from one vertex, and the state before the first arc.
    fn new(roads: &'a RoadGraph, profile: ProfileId, from: VertexId) -> (Self, NodeIndex) {
        let graph = DiGraph::new();
        let mut oracle = Self {
            roads,
            profile,
            graph,
            states: BTreeMap::new(),
        };
        let start = oracle.graph.add_node(None);
        let mut open = vec![(start, from, Progress::new())];
        while let Some((state, at, progress)) = open.pop() {
            for arc in roads.out_arcs(at).collect::<Vec<_>>() {
                let Some(time) = roads.time(arc, profile, Pace::Patrol) else {
                    continue;
                };
                let Some(next) = oracle.step(&progress, arc) else {
                    continue;
                };
                let known = oracle.states.get(&(arc, next.clone())).copied();
                let to = known.unwrap_or_else(|| {
                    let to = oracle.graph.add_node(Some(arc));
                    oracle.states.insert((arc, next.clone()), to);
                    open.push((to, roads.ends(arc).1, next));
                    to
                });
                oracle.graph.add_edge(state, to, time.0);
            }
        }
        (oracle, start)
    }

    /// Progress after one more arc, `None` where that completes a forbidden sequence.
    fn step(&self, progress: &Progress, arc: ArcId) -> Option<Progress> {
        let forbidden = self.roads.forbidden(self.profile);
        let fresh = (0..forbidden.len()).map(|s| (s, 0));
        let mut next = Progress::new();
        for (s, driven) in progress.iter().copied().chain(fresh) {
            if forbidden[s][driven] == arc {
                if driven + 1 == forbidden[s].len() {
                    return None;
                }
                next.push((s, driven + 1));
            }
        }
        next.sort_unstable();
        Some(next)
    }

    /// The fastest legal way to a vertex: milliseconds and arcs.
    fn fastest(&self, start: NodeIndex, to: VertexId) -> Option<(i64, Vec<ArcId>)> {
        let arrived = |n: NodeIndex| self.graph[n].is_some_and(|a| self.roads.ends(a).1 == to);
        let (ms, path) = astar(&self.graph, start, arrived, |e| *e.weight(), |_| 0)?;
        Some((ms, path.into_iter().filter_map(|n| self.graph[n]).collect()))
    }
}

proptest! {
    #[test]
    fn what_is_forbidden_is_what_the_map_says(
        town in towns(true),
        walks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 2..40), 20),
    ) {
        let data = town.data();
        let whole = build(&data);
        let cut = build(&data).place(&town.places, 1e9, &[]).roads;
        for roads in [&whole, &cut].into_iter().filter(|r| r.vertex_count() > 0) {
            for choices in &walks {
                let arcs = wander(roads, choices);
                let steps = drive(roads, &arcs, &data);
                prop_assert_eq!(contains_forbidden(roads, &arcs), town.is_illegal(&steps), "{:?}", steps);
            }
        }
    }

    #[test]
    fn cutting_roads_changes_no_travel_time(town in towns(true), from in 1..=SIDE * SIDE) {
        let data = town.data();
        let whole = build(&data);
        let cut = build(&data).place(&town.places, 1e9, &[]).roads;
        let (Some(a), Some(b)) = (whole.vertex_of(from), cut.vertex_of(from)) else { return Ok(()) };
        for profile in [CAR, FOOT] {
            let (before, start) = Oracle::new(&whole, profile, a);
            let (after, cut_start) = Oracle::new(&cut, profile, b);
            for to in (1..=SIDE * SIDE).filter(|&to| to != from) {
                let (Some(x), Some(y)) = (whole.vertex_of(to), cut.vertex_of(to)) else { continue };
                let (x, y) = (before.fastest(start, x), after.fastest(cut_start, y));
                prop_assert_eq!(x.is_some(), y.is_some());
                let (Some((x, _)), Some((y, arcs))) = (x, y) else { continue };
                // A millisecond for each cut that is driven over, and one that leads to where
                // cars may turn round is driven over both ways.
                let most = 2 * town.places.len() as i64;
                prop_assert!(x <= y && y - x <= most, "{} and {} ms", x, y);
                if profile == CAR {
                    prop_assert!(!town.is_illegal(&drive(&cut, &arcs, &data)));
                }
            }
        }
    }

    #[test]
    fn what_is_connected_can_be_driven_to_and_back(town in towns(false)) {
        let roads = build(&town.data()).place(&town.places, 1e9, &[]).roads;
        let all = (0..roads.vertex_count() as u32).map(VertexId);
        let connected: Vec<VertexId> = all.filter(|&v| roads.is_connected(v, CAR)).collect();
        for &from in connected.iter().step_by(5) {
            let (oracle, start) = Oracle::new(&roads, CAR, from);
            for &to in connected.iter().filter(|&&to| to != from).step_by(3) {
                prop_assert!(oracle.fastest(start, to).is_some(), "{:?} to {:?}", from, to);
            }
        }
    }
}
