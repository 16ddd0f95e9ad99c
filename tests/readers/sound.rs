//! What the readers make of sound maps.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use roundsman::roads::NEW_IDS;
use roundsman::roads::Reason;
use roundsman::roads::RoadData;
use roundsman::roads::RoadWay;
use roundsman::roads::Via;
use roundsman::roads::read::Format;
use roundsman::roads::read::read;
use roundsman::roads::read::read_bytes;

use crate::bytes;
use crate::craft;

fn read_sound(bytes: &[u8], format: Format) -> RoadData {
    read_bytes(bytes, None, format).expect("the map is sound")
}

fn way(data: &RoadData, id: i64) -> &RoadWay {
    let found = data.ways.iter().find(|way| way.id == id);
    found.expect("the way is there")
}

#[test]
fn a_small_map_is_read_in_full() {
    let data = read_sound(&bytes("small.osm"), Format::OsmXml);
    let ids: Vec<i64> = data.nodes.iter().map(|node| node.id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(
        (data.nodes[4].at.x, data.nodes[4].at.y),
        (-121.4005456, -31.2005123)
    );
    assert_eq!(data.nodes[2].tag("barrier"), Some("lift_gate"));
    assert_eq!(data.nodes[2].tag("note"), None);

    let ids: Vec<i64> = data.ways.iter().map(|way| way.id).collect();
    assert_eq!(
        ids,
        [10, 11, 12, 13, 13],
        "way 13 is cut at its missing node"
    );
    assert_eq!(way(&data, 10).nodes, [0, 1, 2]);
    assert_eq!(way(&data, 10).tag("name"), Some("人民路 & \"East\""));
    assert_eq!(way(&data, 10).tag("source"), None);
    assert_eq!(way(&data, 10).tags.conditional().count(), 1);

    let said: Vec<_> = data
        .restrictions
        .iter()
        .map(|r| (r.id, r.kind.as_str(), r.vehicle.as_deref(), r.conditional))
        .collect();
    assert_eq!(
        said,
        [
            (20, "no_left_turn", None, false),
            (20, "no_right_turn", Some("hgv"), false),
            (21, "no_u_turn", None, true),
        ]
    );
    assert_eq!(data.restrictions[0].via, Via::Node(2));
    assert_eq!(data.restrictions[0].except, ["bus", "psv"]);
    assert_eq!(data.restrictions[2].via, Via::Ways(vec![11]));

    let notes: Vec<_> = data.notes.iter().map(|(r, v, n)| (r, v, n.count)).collect();
    assert_eq!(
        notes,
        [
            (Reason::ClosedArea, "", 1),
            (Reason::NotOpen, "proposed", 1),
            (Reason::Ferry, "", 1),
            (Reason::CutWay, "", 1),
            (Reason::MissingNode, "", 1),
            (Reason::IncompleteRestriction, "", 1),
        ]
    );
}

#[test]
fn all_kinds_of_osm_file_say_the_same() {
    let xml = bytes("small.osm");
    let data = read_sound(&xml, Format::OsmXml);
    assert_eq!(read_sound(&craft::gzip(&xml), Format::OsmXml), data);
    assert_eq!(read_sound(&bytes("small.osm.pbf"), Format::OsmPbf), data);
    assert_eq!(
        read_sound(&bytes("small-sparse.osm.pbf"), Format::OsmPbf),
        data
    );
    let marked = [b"\xef\xbb\xbf", &xml[..]].concat();
    assert_eq!(read_sound(&marked, Format::OsmXml), data);
}

#[test]
fn of_a_history_the_last_versions_count_in_any_order() {
    let data = read_sound(&bytes("history.osm"), Format::OsmXml);
    assert_eq!(data.ways.len(), 1);
    assert_eq!(data.ways[0].id, 11);
    let positions: Vec<f64> = data.nodes.iter().map(|node| node.at.x).collect();
    assert_eq!(positions, [121.25, 121.3]);
    assert!(data.restrictions.is_empty());
    assert_eq!(
        data.notes.count(Reason::Deleted),
        2,
        "way 10 and relation 20"
    );
    assert_eq!(read_sound(&bytes("history.osh.pbf"), Format::OsmPbf), data);
}

#[test]
fn editors_files_with_negative_ids_are_read() {
    let xml = r#"<osm version="0.6">
        <node id="-1" lat="1" lon="2"/><node id="-2" lat="1" lon="3"/>
        <node id="-3" action="delete" lat="1" lon="4"/>
        <way id="-9"><nd ref="-1"/><nd ref="-2"/><nd ref="-3"/><tag k="highway" v="road"/></way>
        </osm>"#;
    let data = read_sound(xml.as_bytes(), Format::OsmXml);
    let ids: Vec<i64> = data.nodes.iter().map(|node| node.id).collect();
    assert_eq!(ids, [NEW_IDS + 1, NEW_IDS + 2]);
    assert_eq!(data.ways[0].id, NEW_IDS + 9);
}

#[test]
fn a_layer_is_joined_at_identical_coordinates() {
    let data = read_sound(craft::GEOJSON.as_bytes(), Format::GeoJson);
    assert!(!data.planar);
    assert_eq!(data.nodes.len(), 5);
    assert_eq!(data.nodes[1].tag("barrier"), Some("gate"));
    assert_eq!(way(&data, 10).nodes, [0, 1, 2]);
    assert_eq!(way(&data, 10).tag("oneway"), Some("yes"));
    assert_eq!(way(&data, 10).tag("lanes"), Some("2"));
    assert_eq!(way(&data, 7).tag("surface"), Some("asphalt"));
    let pieces: Vec<_> = data.ways.iter().filter(|way| way.id == 2).collect();
    assert_eq!(
        pieces.len(),
        2,
        "a feature without an id goes by its number"
    );
    assert_eq!(pieces[0].tag("highway"), Some("plant road"));
    assert_eq!(pieces[0].tag("access"), Some("private"));
    assert_eq!(pieces[1].nodes, [3, 0]);
    let notes: Vec<_> = data.notes.iter().map(|(r, _, n)| (r, n.count)).collect();
    assert_eq!(
        notes,
        [
            (Reason::ClosedArea, 1),
            (Reason::NotOpen, 1),
            (Reason::NoClass, 1),
            (Reason::NotALine, 1),
        ]
    );
}

#[test]
fn a_layer_may_be_one_feature_per_line_or_in_planar_metres() {
    let line = r#"{"type":"Feature","properties":{"highway":"path"},"geometry":{"type":"LineString","coordinates":[[1,1],[2,2]]}}"#;
    let again = line.replace("[1,1]", "[1.00, 10e-1]");
    let lines = format!("\u{feff}{line}\n{again}\n");
    let data = read_sound(lines.as_bytes(), Format::GeoJson);
    assert_eq!((data.ways.len(), data.nodes.len()), (2, 2));
    let planar = format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4549"}}}},"features":[{}]}}"#,
        line.replace("[1,1]", "[500000.5,3400000]")
    );
    let data = read_sound(planar.as_bytes(), Format::GeoJson);
    assert!(data.planar);
    assert_eq!(data.nodes[0].at.x, 500_000.5);
}

#[test]
fn a_pair_of_tables_is_read_gzipped_or_not() {
    let [nodes, edges] = craft::TABLES;
    let read_pair = |nodes: &[u8], edges: &[u8]| {
        read_bytes(nodes, Some(edges), Format::Csv).expect("the tables are sound")
    };
    let data = read_pair(nodes.as_bytes(), edges.as_bytes());
    assert!(data.planar);
    assert_eq!(data.nodes[1].tag("barrier"), Some("gate"));
    assert_eq!(
        (way(&data, 5).kmh, way(&data, 6).length_metres),
        (Some(30.0), Some(21.0))
    );
    let packed = read_pair(
        &craft::gzip(nodes.as_bytes()),
        &craft::gzip(edges.as_bytes()),
    );
    assert_eq!(packed, data);
}

#[test]
fn the_format_is_told_by_content_before_name() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    for (content, name, format) in [
        (bytes("small.osm.pbf"), "map.osm", Format::OsmPbf),
        (craft::gzip(&bytes("small.osm")), "map", Format::OsmXml),
        (craft::GEOJSON.into(), "map.csv", Format::GeoJson),
        (craft::TABLES[0].into(), "nodes.txt", Format::Csv),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, content).expect("the folder takes files");
        assert_eq!(Format::of(&file), Ok(format), "{name}");
    }
}

/// A map that may lie beside the repository.
fn shared(name: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/maps")
        .join(name);
    if !file.exists() {
        eprintln!("skipped: no {}", file.display());
        return None;
    }
    Some(file)
}

#[test]
fn a_whole_country_is_read() {
    let Some(file) = shared("malta-latest.osm.pbf") else {
        return;
    };
    let data = read(&file, None, Format::OsmPbf).expect("a sound map");
    assert_eq!(data.ways.len(), 32_583);
    assert_eq!(data.nodes.len(), 164_553);
    // 363 relations: five lack a member.
    assert_eq!(data.notes.count(Reason::IncompleteRestriction), 5);
    assert_eq!(data.restrictions.len(), 358);
    assert!(data.restrictions.iter().filter(|r| r.conditional).count() >= 2);
}

/// Reads a map as it is and as `osmium` writes it in other formats: all must be equal.
fn agrees_with_osmium(file: &Path) {
    let data = read(file, None, Format::OsmPbf).expect("a sound map");
    let folder = tempfile::tempdir().expect("a folder to write in");
    for (name, options, format) in [
        ("map.osm", "osm", Format::OsmXml),
        ("map.osm.gz", "osm.gz", Format::OsmXml),
        (
            "sparse.osm.pbf",
            "pbf,pbf_dense_nodes=false,pbf_compression=none,add_metadata=false",
            Format::OsmPbf,
        ),
    ] {
        let copy = folder.path().join(name);
        let made = Command::new("osmium")
            .args(["cat", "--no-progress", "-f", options])
            .arg(file)
            .arg("-o")
            .arg(&copy)
            .status();
        match made {
            Ok(status) => assert!(status.success(), "osmium makes {name}"),
            Err(_) => return eprintln!("skipped: osmium is not installed"),
        }
        let copied = read(&copy, None, format).expect("a sound map");
        assert!(copied == data, "{name} differs from {}", file.display());
    }
}

#[test]
fn the_formats_agree_on_real_maps() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    agrees_with_osmium(&root.join("maps/bulebel/roads.osm.pbf"));
    agrees_with_osmium(&root.join("maps/harbour/roads.osm.pbf"));
}
