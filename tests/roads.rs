//! The road graph on small hand-made maps, one rule at a time.

use std::collections::BTreeMap;

use geo::Coord;
use roundsman::ids::ArcId;
use roundsman::ids::ProfileId;
use roundsman::ids::VertexId;
use roundsman::roads::Pace;
use roundsman::roads::RoadData;
use roundsman::roads::RoadGraph;
use roundsman::roads::RoadNode;
use roundsman::roads::RoadWay;
use roundsman::roads::Tags;
use roundsman::roads::profile::Profile;

const CAR: ProfileId = ProfileId(0);
const FOOT: ProfileId = ProfileId(1);

fn tags(pairs: &[(&str, &str)]) -> Tags {
    let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
    Tags::new(pairs.iter().map(own).collect())
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// A planar map: nodes as `(id, x, y)`, ways as `(id, node ids, tags)`.
fn map(nodes: &[(i64, f64, f64)], ways: &[(i64, &[i64], Pairs<'_>)]) -> RoadData {
    let at: BTreeMap<i64, (f64, f64)> = nodes.iter().map(|&(id, x, y)| (id, (x, y))).collect();
    let order: Vec<i64> = at.keys().copied().collect();
    let node = |(&id, &(x, y)): (&i64, &(f64, f64))| RoadNode {
        id,
        at: Coord { x, y },
        tags: Tags::default(),
    };
    let index = |r: &i64| order.binary_search(r).map_or(u32::MAX, |i| i as u32);
    let way = |&(id, refs, pairs): &(i64, &[i64], Pairs<'_>)| RoadWay {
        id,
        nodes: refs.iter().map(index).collect(),
        tags: tags(&[pairs, &[("highway", "residential")]].concat()),
        length_metres: None,
        kmh: None,
    };
    let mut data = RoadData {
        planar: true,
        nodes: at.iter().map(node).collect(),
        ways: ways.iter().map(way).collect(),
        ..RoadData::default()
    };
    data.ways.sort_by_key(|w| w.id);
    data
}

fn profiles() -> Vec<Profile> {
    ["car", "foot"]
        .map(|name| Profile::built_in(name).unwrap_or_else(|e| panic!("{e}")))
        .to_vec()
}

fn build(data: &RoadData) -> RoadGraph {
    RoadGraph::build(data, &profiles()).unwrap_or_else(|e| panic!("{e}"))
}

fn arc(roads: &RoadGraph, from: i64, to: i64) -> Option<ArcId> {
    let (from, to) = (roads.vertex_of(from)?, roads.vertex_of(to)?);
    roads.out_arcs(from).find(|&a| roads.ends(a).1 == to)
}

fn ms(roads: &RoadGraph, from: i64, to: i64, profile: ProfileId) -> Option<i64> {
    let arc = arc(roads, from, to)?;
    roads.time(arc, profile, Pace::Patrol).map(|t| t.0)
}

#[test]
fn arcs_have_length_time_class_and_reference() {
    let oneway: Pairs<'_> = &[("oneway", "yes")];
    let data = map(
        &[(10, 0.0, 0.0), (20, 100.0, 0.0)],
        &[(1, &[10, 20], oneway)],
    );
    let roads = build(&data);
    assert_eq!((roads.vertex_count(), roads.arc_count()), (2, 2));
    let along = arc(&roads, 10, 20).expect("the road leads there");
    assert_eq!(roads.length(along).0, 100_000);
    assert_eq!(roads.class(along), "residential");
    // 30 km/h x 0.8 = 24 km/h: 15 s for 100 m.
    assert_eq!(ms(&roads, 10, 20, CAR), Some(15_000));
    assert_eq!(ms(&roads, 20, 10, CAR), None);
    assert_eq!(ms(&roads, 20, 10, FOOT), Some(90_000));
    assert_eq!(roads.reference(VertexId(1)), 20);
    assert_eq!(roads.vertex_of(15), None);
    assert_eq!(roads.vertex_of(-1), None);
}
