//! Travel against an oracle that shares nothing with it: petgraph's Dijkstra on a graph
//! whose nodes are the last few arcs driven, so that every forbidden sequence is seen whole.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::path::Path;

use petgraph::algo::dijkstra;
use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;
use proptest::collection::vec;
use proptest::prelude::*;
use roundsman::ids::Id;
use roundsman::ids::ProfileId;
use roundsman::ids::VertexId;
use roundsman::par;
use roundsman::rng::Rng;
use roundsman::roads::Pace;
use roundsman::roads::RoadGraph;
use roundsman::roads::profile::Profile;
use roundsman::roads::read::Format;
use roundsman::roads::read::read;
use roundsman::travel::Arc;
use roundsman::travel::ArcList;
use roundsman::travel::Leg;
use roundsman::travel::Network;
use roundsman::travel::Router;
use roundsman::travel::Scratch;
use roundsman::travel::Table;
use roundsman::units::Millimetres;
use roundsman::units::Millis;

/// A vertex and the last arcs driven to get there.
type Place = (VertexId, Vec<u32>);

struct Oracle {
    graph: DiGraph<VertexId, u64>,
    node: BTreeMap<Place, NodeIndex>,
}

impl Oracle {
    fn new(list: &ArcList) -> Self {
        let longest = list.forbidden.iter().map(Vec::len).max();
        let memory = longest.unwrap_or(0).saturating_sub(1);
        let mut graph = DiGraph::new();
        let starts = all(list)
            .into_iter()
            .map(|v| ((v, Vec::new()), graph.add_node(v)));
        let mut node: BTreeMap<Place, NodeIndex> = starts.collect();
        let mut open: VecDeque<Place> = node.keys().cloned().collect();
        while let Some((vertex, driven)) = open.pop_front() {
            let tail = node[&(vertex, driven.clone())];
            for (k, arc) in list
                .arcs
                .iter()
                .enumerate()
                .filter(|(_, a)| a.from == vertex)
            {
                let mut driven = driven.clone();
                driven.push(k as u32);
                if list.forbidden.iter().any(|f| driven.ends_with(f)) {
                    continue;
                }
                driven.drain(..driven.len().saturating_sub(memory));
                let place = (arc.to, driven);
                let head = *node.entry(place.clone()).or_insert_with(|| {
                    open.push_back(place);
                    graph.add_node(arc.to)
                });
                let cost = ((arc.time.0 as u64) << 32) + arc.length.0 as u64;
                graph.add_edge(tail, head, cost);
            }
        }
        Self { graph, node }
    }

    /// Time and length of the best legal path from `from` to every vertex that has one.
    fn best(&self, from: VertexId) -> BTreeMap<VertexId, (i64, i64)> {
        let start = self.node[&(from, Vec::new())];
        let mut best = BTreeMap::new();
        for (node, cost) in dijkstra(&self.graph, start, None, |e| *e.weight()) {
            let cost = ((cost >> 32) as i64, (cost & 0xffff_ffff) as i64);
            let entry = best.entry(self.graph[node]).or_insert(cost);
            *entry = cost.min(*entry);
        }
        best
    }
}

/// Drives along the vertices of a leg.
struct Walker<'a> {
    list: &'a ArcList,
    between: BTreeMap<(VertexId, VertexId), Vec<u32>>,
    /// Forbidden sequences by their last arc.
    forbidden: BTreeMap<u32, Vec<&'a [u32]>>,
}

impl<'a> Walker<'a> {
    fn new(list: &'a ArcList) -> Self {
        let mut between: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (k, arc) in list.arcs.iter().enumerate() {
            between
                .entry((arc.from, arc.to))
                .or_default()
                .push(k as u32);
        }
        let mut forbidden: BTreeMap<_, Vec<&[u32]>> = BTreeMap::new();
        for sequence in &list.forbidden {
            let last = sequence[sequence.len() - 1];
            forbidden.entry(last).or_default().push(sequence);
        }
        Self {
            list,
            between,
            forbidden,
        }
    }

    /// Whether some legal choice of arcs along the vertices costs what the leg says.
    fn can_drive(&self, leg: &Leg) -> bool {
        let mut ways: Vec<(i64, i64, Vec<u32>)> = vec![(0, 0, Vec::new())];
        for step in leg.vertices.windows(2) {
            let mut longer = Vec::new();
            for (time, length, driven) in ways {
                for &k in self.between.get(&(step[0], step[1])).into_iter().flatten() {
                    let arc = self.list.arcs[k as usize];
                    let mut driven = driven.clone();
                    driven.push(k);
                    let ends = |f: &&[u32]| driven.ends_with(f);
                    if !self
                        .forbidden
                        .get(&k)
                        .is_some_and(|all| all.iter().any(ends))
                    {
                        longer.push((time + arc.time.0, length + arc.length.0, driven));
                    }
                }
            }
            // Parallel arcs multiply; the best few hundred are plenty here.
            longer.sort();
            longer.truncate(300);
            ways = longer;
        }
        let wanted = (leg.time.0, leg.length.0);
        ways.iter().any(|w| (w.0, w.1) == wanted)
    }
}

fn all(list: &ArcList) -> Vec<VertexId> {
    (0..list.vertices as u32).map(VertexId).collect()
}

/// Compares every entry and every path with the oracle.
fn compare(list: &ArcList) {
    let router = Router::from_network(Network::from_arcs(list));
    let vertices = all(list);
    let table = router.table(&vertices, &vertices);
    assert_eq!(
        table,
        Table::by_dijkstra(&Network::from_arcs(list), &vertices, &vertices)
    );
    let trips = router.trips(&vertices, &vertices);
    let mut scratch = Scratch::default();
    let oracle = Oracle::new(list);
    let walker = Walker::new(list);
    for (i, &v) in vertices.iter().enumerate() {
        let best = oracle.best(v);
        for (j, &w) in vertices.iter().enumerate() {
            let leg = router.path(v, w, &mut scratch);
            let cost = leg.as_ref().map(|l| (l.time.0, l.length.0));
            assert_eq!(cost, best.get(&w).copied(), "{v:?} to {w:?}");
            assert_eq!(trips.get(i, j).map(|t| (t.0.0, t.1.0)), cost);
            assert_eq!(
                table.seconds(i, j),
                leg.as_ref().map(|l| l.time.ceil_seconds())
            );
            if let Some(leg) = leg {
                assert_eq!(
                    (leg.vertices.first(), leg.vertices.last()),
                    (Some(&v), Some(&w))
                );
                assert!(walker.can_drive(&leg), "{leg:?}");
            }
        }
    }
}

fn arc(from: u32, to: u32, time: i64, length: i64) -> Arc {
    Arc {
        from: VertexId(from),
        to: VertexId(to),
        time: Millis(time),
        length: Millimetres(length),
    }
}

/// A walk of `length` arcs that starts with `first`: what a restriction looks like.
fn walk(list: &ArcList, first: u32, length: usize, choices: &[u8]) -> Vec<u32> {
    let mut walk = vec![first];
    for &choice in choices.iter().cycle().take(length - 1) {
        let at = list.arcs[walk[walk.len() - 1] as usize].to;
        let ways = list.arcs.iter().zip(0..).filter(|(a, _)| a.from == at);
        let ways: Vec<u32> = ways.map(|(_, k)| k).collect();
        if let Some(&way) = ways.get(usize::from(choice) % ways.len().max(1)) {
            walk.push(way);
        }
    }
    walk
}

/// Small graphs with loops, parallel arcs, ties, free arcs, one-ways and islands, and with
/// restrictions via a vertex and via ways, overlapping and nested ones among them.
fn roads() -> impl Strategy<Value = ArcList> {
    let arcs = |n: u32| vec((0..n, 0..n, 0..6i64, 0..3i64, any::<bool>()), 0..24);
    let bans = vec((any::<u32>(), 2..5usize, vec(any::<u8>(), 4)), 0..12);
    (1..10u32)
        .prop_flat_map(move |n| (Just(n), arcs(n), bans.clone()))
        .prop_map(|(n, arcs, bans)| {
            let mut list = ArcList {
                vertices: n as usize,
                ..ArcList::default()
            };
            for (from, to, time, length, both) in arcs {
                list.arcs.push(arc(from, to, 700 * time, length));
                if both {
                    list.arcs.push(arc(to, from, 700 * time, length));
                }
            }
            for (first, length, choices) in bans {
                if !list.arcs.is_empty() {
                    let first = first % list.arcs.len() as u32;
                    let ban = walk(&list, first, length, &choices);
                    list.forbidden.extend((ban.len() > 1).then_some(ban));
                }
            }
            list
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn tables_and_paths_match_the_oracle(list in roads()) {
        compare(&list);
    }
}

/// A town of blocks with one-ways, banned turns and banned U-turns.
fn town(seed: u64, side: u32) -> ArcList {
    let mut rng = Rng::stream(seed, 0, 0);
    let mut list = ArcList {
        vertices: (side * side) as usize,
        ..ArcList::default()
    };
    for v in 0..side * side {
        let east = (v % side + 1 < side).then_some(v + 1);
        let north = (v / side + 1 < side).then_some(v + side);
        for w in east.into_iter().chain(north) {
            let (time, length) = (rng.between(500, 30_000), rng.between(5_000, 200_000));
            if rng.chance(0.9) {
                list.arcs.push(arc(v, w, time, length));
            }
            if rng.chance(0.9) {
                list.arcs.push(arc(w, v, time, length));
            }
        }
    }
    for first in 0..list.arcs.len() as u32 {
        if rng.chance(0.2) {
            let choices: Vec<u8> = (0..3).map(|_| rng.below(4) as u8).collect();
            let length = 2 + rng.below(3);
            let ban = walk(&list, first, length, &choices);
            list.forbidden.extend((ban.len() > 1).then_some(ban));
        }
        let Arc { from, to, .. } = list.arcs[first as usize];
        let back = list.arcs.iter().position(|a| (a.from, a.to) == (to, from));
        if let Some(back) = back.filter(|_| rng.chance(0.3)) {
            list.forbidden.push(vec![first, back as u32]);
        }
    }
    list
}

#[test]
fn towns_match_the_oracle() {
    for seed in 0..5 {
        compare(&town(seed, 7));
    }
}

#[test]
fn threads_do_not_change_the_answer() {
    let list = town(1, 20);
    let answer = |threads| {
        par::with_threads(threads, || {
            let router = Router::from_network(Network::from_arcs(&list));
            let vertices = all(&list);
            let mut scratch = Scratch::default();
            let legs = vertices
                .iter()
                .map(|&w| router.path(VertexId(7), w, &mut scratch));
            (router.table(&vertices, &vertices), legs.collect::<Vec<_>>())
        })
    };
    assert!(answer(1).expect("one thread") == answer(2).expect("two threads"));
}

/// The bundled maps, cut at places, by every built-in profile.
#[test]
fn bundled_maps_match_plain_searches() {
    let names: Vec<&str> = Profile::built_in_names().collect();
    for place in ["bulebel", "harbour"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = file.join("maps").join(place).join("roads.osm.pbf");
        let data = read(&file, None, Format::OsmPbf).expect("a bundled map");
        let profiles = names
            .iter()
            .map(|n| Profile::built_in(n).expect("built in"));
        let profiles: Vec<Profile> = profiles.collect();
        let roads = RoadGraph::build(&data, &profiles).expect("roads");
        let step = roads.vertex_count() / 40;
        let at = |k| roads.position(VertexId::new(k));
        let places: Vec<_> = (0..profiles.len())
            .flat_map(|p| (0..40).map(move |k| (at(k * step), ProfileId::new(p))))
            .collect();
        let placed = roads.place(&places, 1e6, &[]);
        for (p, snaps) in placed.points.chunks(40).enumerate() {
            let stops: Vec<VertexId> = snaps.iter().flatten().map(|s| s.vertex).collect();
            against_plain_searches(&placed.roads, ProfileId::new(p), &stops);
        }
    }
}

fn against_plain_searches(roads: &RoadGraph, profile: ProfileId, stops: &[VertexId]) {
    let list = ArcList::new(roads, profile, Pace::Urgent);
    let router = Router::new(roads, profile, Pace::Urgent);
    let table = router.table(stops, stops);
    assert_eq!(
        table,
        Table::by_dijkstra(&Network::from_arcs(&list), stops, stops)
    );
    assert_eq!(
        table,
        Table::build(roads, profile, Pace::Urgent, stops, stops)
    );
    let trips = router.trips(stops, stops);
    let walker = Walker::new(&list);
    let mut scratch = Scratch::default();
    for (i, &v) in stops.iter().enumerate() {
        for (j, &w) in stops.iter().enumerate() {
            let leg = router.path(v, w, &mut scratch);
            assert_eq!(
                table.seconds(i, j),
                leg.as_ref().map(|l| l.time.ceil_seconds())
            );
            assert_eq!(trips.get(i, j), leg.as_ref().map(|l| (l.time, l.length)));
            assert!(
                leg.is_some_and(|leg| walker.can_drive(&leg)),
                "{v:?} to {w:?}"
            );
        }
    }
}

#[test]
fn a_banned_turn_is_gone_round_and_a_start_forgets_the_turn() {
    // 0 -> 1 -> 2 is banned; the way round the block over 3 is not.
    let list = ArcList {
        vertices: 4,
        arcs: vec![
            arc(0, 1, 1000, 10),
            arc(1, 2, 1000, 10),
            arc(1, 3, 1500, 10),
            arc(3, 2, 1500, 10),
        ],
        forbidden: vec![vec![0, 1]],
    };
    let router = Router::from_network(Network::from_arcs(&list));
    let mut scratch = Scratch::default();
    let mut way = |v, w| router.path(VertexId(v), VertexId(w), &mut scratch);
    let round = way(0, 2).expect("a way round");
    assert_eq!(round.vertices, [0, 1, 3, 2].map(VertexId));
    assert_eq!((round.time, round.length), (Millis(4000), Millimetres(30)));
    assert_eq!(
        way(1, 2).expect("straight on").vertices,
        [1, 2].map(VertexId)
    );
    assert_eq!(way(2, 0), None);
    assert_eq!(way(2, 2).expect("already there").vertices, [VertexId(2)]);
}

#[test]
fn empty_questions_have_empty_answers() {
    let router = Router::from_network(Network::from_arcs(&ArcList::default()));
    assert_eq!(router.table(&[], &[]), router.table(&[], &[]));
    let router = Router::from_network(Network::from_arcs(&town(1, 3)));
    assert!(router.table(&[VertexId(0)], &[]).row(0).is_empty());
    router.table(&[], &[VertexId(0)]);
}
