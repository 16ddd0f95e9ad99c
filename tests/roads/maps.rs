//! Hand-made maps in planar metres, and questions to their graphs.

use std::collections::BTreeMap;

use geo::Coord;
use roundsman::ids::ArcId;
use roundsman::ids::ProfileId;
use roundsman::roads::Pace;
use roundsman::roads::RawRestriction;
use roundsman::roads::RoadData;
use roundsman::roads::RoadGraph;
use roundsman::roads::RoadNode;
use roundsman::roads::RoadWay;
use roundsman::roads::Tags;
use roundsman::roads::Via;
use roundsman::roads::profile::Profile;

pub(crate) const CAR: ProfileId = ProfileId(0);
pub(crate) const EBIKE: ProfileId = ProfileId(1);
pub(crate) const FOOT: ProfileId = ProfileId(2);

pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

pub(crate) fn tags(pairs: Pairs<'_>) -> Tags {
    let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
    Tags::new(pairs.iter().map(own).collect())
}

/// A map: nodes as `(id, x, y)`, ways as `(id, node ids, tags)`, residential by default.
pub(crate) fn map(nodes: &[(i64, f64, f64)], ways: &[(i64, &[i64], Pairs<'_>)]) -> RoadData {
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

/// Gives a node tags.
pub(crate) fn tag_node(data: &mut RoadData, id: i64, pairs: Pairs<'_>) {
    let nodes = data.nodes.iter_mut();
    nodes
        .filter(|n| n.id == id)
        .for_each(|n| n.tags = tags(pairs));
}

/// A turn restriction for all vehicles.
pub(crate) fn turn(kind: &str, from: &[i64], via: Via, to: &[i64]) -> RawRestriction {
    RawRestriction {
        id: 1,
        kind: kind.to_owned(),
        vehicle: None,
        from: from.to_vec(),
        via,
        to: to.to_vec(),
        except: Vec::new(),
        conditional: false,
    }
}

/// Car, e-bike and foot.
pub(crate) fn profiles() -> Vec<Profile> {
    let built_in = |name| Profile::built_in(name).unwrap_or_else(|e| panic!("{e}"));
    ["car", "ebike", "foot"].map(built_in).to_vec()
}

pub(crate) fn build(data: &RoadData) -> RoadGraph {
    RoadGraph::build(data, &profiles()).unwrap_or_else(|e| panic!("{e}"))
}

/// The arc from one map node to another.
pub(crate) fn arc(roads: &RoadGraph, from: i64, to: i64) -> Option<ArcId> {
    let (from, to) = (roads.vertex_of(from)?, roads.vertex_of(to)?);
    roads.out_arcs(from).find(|&a| roads.ends(a).1 == to)
}

/// Milliseconds of the arc from one map node to another on patrol.
pub(crate) fn ms(roads: &RoadGraph, from: i64, to: i64, profile: ProfileId) -> Option<i64> {
    let arc = arc(roads, from, to)?;
    roads.time(arc, profile, Pace::Patrol).map(|t| t.0)
}

/// Forbidden sequences as references of the vertices passed.
pub(crate) fn forbidden(roads: &RoadGraph, profile: ProfileId) -> Vec<Vec<i64>> {
    let refs = |arcs: &Vec<ArcId>| {
        let tail = arcs.first().map(|&a| roads.ends(a).0);
        let heads = arcs.iter().map(|&a| roads.ends(a).1);
        tail.into_iter()
            .chain(heads)
            .map(|v| roads.reference(v))
            .collect()
    };
    let mut all: Vec<Vec<i64>> = roads.forbidden(profile).iter().map(refs).collect();
    all.sort();
    all
}
