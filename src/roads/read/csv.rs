//! A nodes file and an edges file: roads that come from drawings rather than from maps.
//!
//! Nodes: `id`, `x`, `y` in planar metres (or `id`, `lon`, `lat` in degrees), and tags of
//! gates. Edges: `from`, `to`, and any of `id`, `class`, `kmh`, `length`, `oneway`, `name`,
//! and tags of ways. An edge is a straight line, driven both ways unless `oneway` says else.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use geo::Coord;

use super::fault::degrees;
use super::fault::planar_metres;
use super::source::Source;
use super::table::Column;
use super::table::Table;
use super::tags;
use crate::error::Result;
use crate::roads::NEW_IDS;
use crate::roads::Notes;
use crate::roads::Reason;
use crate::roads::RoadData;
use crate::roads::RoadNode;
use crate::roads::RoadWay;

/// Columns of a nodes file.
pub(super) const NODE_COLUMNS: [Column; 5] = [
    ("id", &["node", "node_id", "编号", "节点", "节点编号"]),
    ("x", &["easting", "x坐标", "横坐标", "东坐标"]),
    ("y", &["northing", "y坐标", "纵坐标", "北坐标"]),
    ("lon", &["lng", "longitude", "经度"]),
    ("lat", &["latitude", "纬度"]),
];

/// Columns of an edges file.
const EDGE_COLUMNS: [Column; 8] = [
    ("from", &["起点", "起始节点", "起点编号"]),
    ("to", &["终点", "终止节点", "终点编号"]),
    ("id", &["edge", "edge_id", "编号", "路段编号"]),
    ("class", &["highway", "等级", "道路等级", "类别"]),
    ("kmh", &["speed", "速度", "车速", "时速"]),
    ("length", &["长度", "里程"]),
    ("oneway", &["单行", "单向", "单行道"]),
    ("name", &["名称", "路名", "道路名称"]),
];

/// The class of an edge that has none: an ordinary road.
const DEFAULT_CLASS: &str = "unclassified";

/// Faster than any road vehicle on patrol, in km/h.
const MAX_KMH: f64 = 300.0;

/// Longer than any edge between two junctions, in metres.
const MAX_LENGTH_METRES: f64 = 1e6;

const ID_HINT: &str = "ids are whole numbers from 0";

/// Reads a pair of tables.
pub(super) fn read(nodes: Source<'_>, edges: Source<'_>) -> Result<RoadData> {
    let nodes = Nodes::read(nodes)?;
    let mut table = Table::open(edges, &EDGE_COLUMNS, tags::is_way_key)?;
    let mut notes = Notes::default();
    let ways = ways_of(&mut table, &nodes.places, &mut notes)?;
    let errors = table.into_errors();
    errors.into_result(nodes.join(ways, notes))
}

/// The nodes file.
struct Nodes {
    planar: bool,
    nodes: BTreeMap<i64, RoadNode>,
    /// Position of each id among all ids.
    places: BTreeMap<i64, u32>,
}

impl Nodes {
    fn read(source: Source<'_>) -> Result<Self> {
        let mut table = Table::open(source, &NODE_COLUMNS, tags::is_node_key)?;
        let (planar, [x, y]) = axes_of(&table);
        let [id, x, y] = table.columns(["id", x, y])?;
        let mut nodes = BTreeMap::new();
        while table.next() {
            let node = node_of(&mut table, [id, x, y], planar);
            let Some(node) = node else { continue };
            match nodes.entry(node.id) {
                Entry::Vacant(entry) => {
                    entry.insert(node);
                }
                Entry::Occupied(_) => {
                    table.error(
                        id,
                        "R014",
                        "an id that comes twice",
                        "give every node its own id",
                    );
                }
            }
        }
        let places = (0..).zip(nodes.keys()).map(|(i, &id)| (id, i)).collect();
        table.into_errors().into_result(Self {
            planar,
            nodes,
            places,
        })
    }

    /// The roads, with the nodes that they use.
    fn join(self, mut ways: Vec<RoadWay>, notes: Notes) -> RoadData {
        let used: BTreeSet<u32> = ways.iter().flat_map(|w| &w.nodes).copied().collect();
        let places: BTreeMap<u32, u32> = used.iter().copied().zip(0..).collect();
        for node in ways.iter_mut().flat_map(|way| &mut way.nodes) {
            *node = places[node];
        }
        ways.sort_by_key(|way| way.id);
        let nodes = (0..).zip(self.nodes.into_values());
        RoadData {
            planar: self.planar,
            nodes: nodes
                .filter(|(i, _)| used.contains(i))
                .map(|(_, n)| n)
                .collect(),
            ways,
            restrictions: Vec::new(),
            notes,
        }
    }
}

/// Whether positions of a table are planar, and the names of their columns.
pub(super) fn axes_of(table: &Table<'_>) -> (bool, [&'static str; 2]) {
    let planar = table.column("lon").is_none() && table.column("lat").is_none();
    (planar, if planar { ["x", "y"] } else { ["lon", "lat"] })
}

/// The position of a row; `None` when something is wrong with it.
pub(super) fn position_of(
    table: &mut Table<'_>,
    [x, y]: [usize; 2],
    planar: bool,
) -> Option<Coord<f64>> {
    let position = if planar { planar_metres } else { degrees };
    let hint = if planar {
        "planar positions are metres, with a point for decimals"
    } else {
        "longitudes lie within 180 and latitudes within 90 degrees"
    };
    let x = table.number(x, |&x| position(x, 0.0).is_ok(), hint);
    let y = table.number(y, |&y| position(0.0, y).is_ok(), hint);
    Some(Coord { x: x?, y: y? })
}

/// The node of a row; `None` when something is wrong with it.
fn node_of(table: &mut Table<'_>, columns: [usize; 3], planar: bool) -> Option<RoadNode> {
    let [id, x, y] = columns;
    let id = table.number(id, is_id, ID_HINT);
    let at = position_of(table, [x, y], planar);
    let tags = tags::pick(&table.tags(&NODE_COLUMNS), tags::is_node_key);
    Some(RoadNode {
        id: id?,
        at: at?,
        tags,
    })
}

/// The ways of an edges file.
fn ways_of(
    table: &mut Table<'_>,
    places: &BTreeMap<i64, u32>,
    notes: &mut Notes,
) -> Result<Vec<RoadWay>> {
    let ends = table.columns(["from", "to"])?;
    let id_column = table.column("id");
    let mut ids = BTreeSet::new();
    let mut ways: Vec<RoadWay> = Vec::new();
    let mut row = 0;
    while table.next() {
        row += 1;
        let [from, to] = ends.map(|column| end_of(table, column, places));
        let id = match id_column {
            Some(column) => table.number(column, is_id, ID_HINT),
            None => Some(row),
        };
        let Some(mut way) = way_of(table) else {
            continue;
        };
        let (Some(from), Some(to), Some(id)) = (from, to, id) else {
            continue;
        };
        if let (false, Some(column)) = (ids.insert(id), id_column) {
            table.error(
                column,
                "R014",
                "an id that comes twice",
                "give every edge its own id",
            );
        }
        if from == to {
            notes.add(Reason::Loop, "", id);
            continue;
        }
        way.id = id;
        way.nodes = vec![from, to];
        ways.push(way);
    }
    Ok(ways)
}

/// The node at one end of an edge.
fn end_of(table: &mut Table<'_>, column: usize, places: &BTreeMap<i64, u32>) -> Option<u32> {
    let id: i64 = table.number(column, is_id, ID_HINT)?;
    let place = places.get(&id);
    if place.is_none() {
        let hint = "add the node to the nodes file, or mend the id";
        table.error(column, "R015", "a node that the nodes file lacks", hint);
    }
    place.copied()
}

/// The way of a row, but for its id and nodes; `None` when something is wrong with it.
fn way_of(table: &mut Table<'_>) -> Option<RoadWay> {
    let errors_before = table.errors.0.len();
    let (kmh, length) = (table.column("kmh"), table.column("length"));
    let kmh = table.optional_number(
        kmh,
        |&v: &f64| v > 0.0 && v <= MAX_KMH,
        "speeds are km/h above 0 and up to 300; leave the cell empty for the class's speed",
    );
    let length_metres = table.optional_number(
        length,
        |&v: &f64| v > 0.0 && v <= MAX_LENGTH_METRES,
        "lengths are metres above 0 and up to a million; leave the cell empty to measure",
    );
    let oneway = oneway_of(table);
    let (class, name) = (table.column("class"), table.column("name"));
    let class = table.cell(class).unwrap_or(DEFAULT_CLASS);
    let mut pairs = table.tags(&EDGE_COLUMNS);
    pairs.push(("highway", class));
    pairs.extend(oneway.map(|oneway| ("oneway", oneway)));
    pairs.extend(table.cell(name).map(|name| ("name", name)));
    let tags = tags::pick(&pairs, tags::is_way_key);
    (table.errors.0.len() == errors_before).then_some(RoadWay {
        id: 0,
        nodes: Vec::new(),
        tags,
        length_metres,
        kmh,
    })
}

/// The cell `oneway` as the value of the tag.
fn oneway_of(table: &mut Table<'_>) -> Option<&'static str> {
    let column = table.column("oneway");
    match table.cell(column)?.to_lowercase().as_str() {
        "yes" | "true" | "1" | "是" | "单向" | "单行" => Some("yes"),
        "no" | "false" | "0" | "否" | "双向" => Some("no"),
        "-1" | "reverse" | "反向" => Some("-1"),
        _ => {
            let hint = "`yes` (from `from` to `to`), `no` or `-1` (the other way)";
            table.error(column?, "R012", "`oneway` is no value that is known", hint);
            None
        }
    }
}

fn is_id(id: &i64) -> bool {
    (0..NEW_IDS).contains(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_pair(nodes: &str, edges: &str) -> Result<RoadData> {
        read(
            Source::Bytes(nodes.as_bytes()),
            Source::Bytes(edges.as_bytes()),
        )
    }

    const NODES: &str = "id,x,y\n10,0,0\n30,100,0\n20,0,50.5\n99,1,1\n";

    #[test]
    fn a_pair_becomes_straight_ways() {
        let edges = "from,to,class,kmh,oneway,length,name,access\n\
                     10,20,residential,30,yes,,Main,private\n\
                     20,30,,,-1,160.5,,\n";
        let data = read_pair(NODES, edges).expect("sound");
        assert!(data.planar);
        let ids: Vec<i64> = data.nodes.iter().map(|n| n.id).collect();
        assert_eq!(ids, [10, 20, 30]);
        assert_eq!(data.ways[0].nodes, [0, 1]);
        assert_eq!(data.ways[0].kmh, Some(30.0));
        assert_eq!(data.ways[0].tag("access"), Some("private"));
        assert_eq!(data.ways[1].nodes, [1, 2]);
        assert_eq!(data.ways[1].tag("highway"), Some("unclassified"));
        assert_eq!(data.ways[1].tag("oneway"), Some("-1"));
        assert_eq!(data.ways[1].length_metres, Some(160.5));
    }

    #[test]
    fn chinese_headers_a_bom_and_semicolons_do_as_well() {
        let nodes = "\u{feff}节点编号;经度;纬度\n1;120.5;31.2\n2;120.6;31.2\n";
        let data = read_pair(nodes, "起点,终点,路名,单行\r\n1,2,人民路,是\r\n").expect("sound");
        assert!(!data.planar);
        assert_eq!(data.ways[0].tag("name"), Some("人民路"));
        assert_eq!(data.ways[0].tag("oneway"), Some("yes"));
    }

    #[test]
    fn all_errors_come_with_their_place() {
        let edges = "from,to,kmh,oneway\n10,77,30,yes\nx,20,-3,maybe\n10,20,NaN,no,1\n";
        let errors = read_pair(NODES, edges)
            .expect_err("four faults and a ragged row")
            .0;
        let places: Vec<_> = errors.iter().map(|e| (e.code, e.line, e.column)).collect();
        assert_eq!(
            places,
            [
                ("R015", Some(2), Some(4)),
                ("R012", Some(3), Some(1)),
                ("R012", Some(3), Some(6)),
                ("R012", Some(3), Some(9)),
                ("R013", Some(4), None),
            ]
        );
    }

    #[test]
    fn unknown_and_missing_columns_are_named() {
        let errors = read_pair(NODES, "form,to\n1,2\n").expect_err("a slip").0;
        assert!(
            errors[0].to_string().contains("did you mean `from`?"),
            "{}",
            errors[0]
        );
        let errors = read_pair("id,x\n1,2\n", "from,to\n").expect_err("no y").0;
        assert!(
            errors[0].to_string().contains("`y` is missing"),
            "{}",
            errors[0]
        );
    }
}
