//! What broken files make of the readers: a message that names the place and the fix.

use roundsman::error::Error;
use roundsman::error::Kind;
use roundsman::roads::read::Format;
use roundsman::roads::read::read;
use roundsman::roads::read::read_bytes;

use crate::bytes;
use crate::craft;
use crate::craft::message;
use crate::craft::number;
use crate::samples;

/// The one error that reading ends in.
fn refusal(map: &[u8], format: Format) -> Error {
    let errors = read_bytes(map, None, format).expect_err("the file is broken");
    assert_eq!(errors.0.len(), 1, "{errors}");
    errors.0.into_iter().next().expect("there is one")
}

fn assert_refused(map: &[u8], format: Format, code: &str, part: &str) {
    let error = refusal(map, format);
    let text = error.to_string();
    assert!(
        error.code == code && text.contains(part),
        "wanted {code} {part}: {text}"
    );
    assert!(error.hint.is_some(), "no fix: {text}");
}

fn xml(inside: &str) -> Vec<u8> {
    format!("<osm version=\"0.6\">\n{inside}\n</osm>").into_bytes()
}

fn layer(geometry: &str) -> Vec<u8> {
    let properties = r#"{"highway":"road"}"#;
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}]}}"
    )
    .into_bytes()
}

#[test]
fn messages_name_the_file_and_the_fix() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    for (format, sound, edges) in samples() {
        let file = folder.path().join("map.bin");
        let edges_file = edges.map(|edges| {
            let path = folder.path().join("edges.bin");
            std::fs::write(&path, edges).expect("the folder takes files");
            path
        });
        let half = &sound[..sound.len() / 2];
        for (broken, kind) in [
            (Some(&b""[..]), Kind::Input),
            (Some(half), Kind::Input),
            (None, Kind::Io),
        ] {
            match broken {
                Some(bytes) => std::fs::write(&file, bytes).expect("the folder takes files"),
                None => std::fs::remove_file(&file).expect("the file was just written"),
            }
            let errors = read(&file, edges_file.as_deref(), format).expect_err("broken");
            for error in &errors.0 {
                assert_eq!(error.kind, kind, "{error}");
                assert!(error.file.is_some() && error.hint.is_some(), "{error}");
            }
        }
    }
}

#[test]
fn no_format_is_taken_for_another() {
    for (format, _, edges) in samples() {
        for (other, map, _) in samples() {
            if other == format {
                continue;
            }
            let errors = read_bytes(&map, edges.as_deref(), format).expect_err("another format");
            let clear = other != Format::Csv;
            assert!(
                !clear || errors.0[0].code == "R002",
                "{other} as {format}: {errors}"
            );
        }
    }
    assert_refused(b"hello, world", Format::OsmPbf, "R006", "no sound start");
    assert_refused(b"hello, world", Format::OsmXml, "R005", "no <osm> tag");
    assert_refused(b"hello, world", Format::GeoJson, "R005", "expected value");
    assert_refused(b"<gpx></gpx>", Format::OsmXml, "R010", "<gpx>");
    assert_refused(b"<osmChange/>", Format::OsmXml, "R010", "changes");
    assert_refused(
        br#"{"type":"Topology"}"#,
        Format::GeoJson,
        "R005",
        "TopoJSON",
    );
}

#[test]
fn packed_files_that_are_not_undone_say_what_undoes_them() {
    for (magic, hint) in [
        (&b"BZh91AY&SY"[..], "bunzip2"),
        (b"\xfd7zXZ\0", "unxz"),
        (b"\x28\xb5\x2f\xfd", "unzstd"),
        (b"PK\x03\x04", "unzip"),
    ] {
        assert_refused(magic, Format::OsmXml, "R004", hint);
    }
    assert_refused(&bytes("small-lz4.osm.pbf"), Format::OsmPbf, "R010", "zlib");
}

#[test]
fn a_file_cut_anywhere_is_refused_or_lacks_only_its_end() {
    for (format, sound, edges) in samples() {
        let whole = read_bytes(&sound, edges.as_deref(), format).expect("sound");
        for length in 0..sound.len() {
            if let Ok(data) = read_bytes(&sound[..length], edges.as_deref(), format) {
                // PBF and CSV have no end mark: a cut between blocks or rows goes unseen.
                let blind = matches!(format, Format::OsmPbf | Format::Csv);
                let trimmed = sound[length..].trim_ascii().is_empty();
                assert!(blind || trimmed, "{format} cut at {length}");
                assert!(data.ways.len() <= whole.ways.len());
            }
        }
        let packed = craft::gzip(&sound);
        for length in 0..packed.len() {
            let cut = read_bytes(&packed[..length], edges.as_deref(), format);
            assert!(cut.is_err(), "gzipped {format} cut at {length}");
        }
    }
}

#[test]
fn a_file_with_any_byte_changed_does_no_harm() {
    for (format, sound, edges) in samples() {
        for i in 0..sound.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut changed = sound.clone();
                changed[i] ^= change;
                let _ = read_bytes(&changed, edges.as_deref(), format);
            }
        }
    }
    // Not packed, so that changes reach the messages inside.
    let plain = bytes("small-sparse.osm.pbf");
    for i in 0..plain.len() {
        for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
            let mut changed = plain.clone();
            changed[i] ^= change;
            let _ = read_bytes(&changed, None, Format::OsmPbf);
        }
    }
}

#[test]
fn faults_of_text_have_line_and_column() {
    let node = r#"<node id="1" lat="95" lon="0"/>"#;
    let way = r#"<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="road"/></way>"#;
    let two = r#"<node id="2" lat="0" lon="0"/>"#;
    for (inside, code, place) in [
        (format!("{way}\n{node}{two}"), "R007", (3, 1)),
        (format!("{way}\n{two}<node id=\"1\"/>"), "R005", (3, 31)),
        (
            format!("{way}\n {}", node.replace("95", "NaN")),
            "R007",
            (3, 2),
        ),
        (
            format!("{way}\n {}", node.replace("95", "x")),
            "R012",
            (3, 2),
        ),
        ("道<node lat=\"1\"/>".to_owned(), "R005", (2, 2)),
        ("<way id=\"1\"><nd/></way>".to_owned(), "R005", (2, 13)),
        (
            "<way id=\"1\"><tag k=\"a\"/></way>".to_owned(),
            "R005",
            (2, 13),
        ),
        (
            "<relation id=\"1\"><member/></relation>".to_owned(),
            "R005",
            (2, 18),
        ),
        (
            "<way id=\"1\"><tag k=\"a\" v=\"&x;\"/></way>".to_owned(),
            "R005",
            (2, 13),
        ),
        ("<way id=\"1\"></node>".to_owned(), "R005", (2, 13)),
    ] {
        let error = refusal(&xml(&inside), Format::OsmXml);
        let found = (error.line.unwrap_or(0), error.column.unwrap_or(0));
        assert_eq!((error.code, found), (code, place), "{inside}: {error}");
    }
    let error = refusal(
        &layer(r#"{"type":"LineString","coordinates":[[0,0],[0,91]]}"#),
        Format::GeoJson,
    );
    assert_eq!((error.code, error.line), ("R007", Some(2)), "{error}");
    assert!(error.column.is_some());
}

#[test]
fn odd_geometry_is_refused_or_noted() {
    for bad in [
        r#"{"type":"LineString","coordinates":[[0],[1,1]]}"#,
        r#"{"type":"LineString","coordinates":[[0,0],[1,"1"]]}"#,
        r#"{"type":"LineString","coordinates":[[0,0],[[1,1]]]}"#,
        r#"{"type":"LineString","coordinates":[[0,0],[1e999,1]]}"#,
        r#"{"type":"LineString","coordinates":[[0,0],[NaN,1]]}"#,
        r#"{"type":"LineString","coordinates":5}"#,
        r#"{"coordinates":[[0,0],[1,1]]}"#,
        r#"[]"#,
    ] {
        let error = refusal(&layer(bad), Format::GeoJson);
        assert!(matches!(error.code, "R005" | "R008"), "{bad}: {error}");
    }
    for empty in [
        r#"{"type":"LineString","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[[1,1],[1,1]]}"#,
        r#"{"type":"MultiLineString","coordinates":[[]]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#,
        "null",
    ] {
        assert_refused(&layer(empty), Format::GeoJson, "R008", "no road");
    }
    let mercator = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}"#;
    assert_refused(mercator.as_bytes(), Format::GeoJson, "R010", "EPSG:3857");
}

#[test]
fn a_map_without_roads_says_what_was_left_out() {
    let way = r#"<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="proposed"/></way>"#;
    assert_refused(&xml(way), Format::OsmXml, "R008", "proposed");
    let way = way.replace("proposed", "road");
    assert_refused(&xml(&way), Format::OsmXml, "R008", "nodes that ways name");
}

#[test]
fn an_edges_file_goes_with_csv_only() {
    let [nodes, edges] = craft::TABLES.map(str::as_bytes);
    let alone = read_bytes(nodes, None, Format::Csv).expect_err("no edges");
    assert_eq!(alone.0[0].code, "R011");
    let map = bytes("small.osm");
    let both = read_bytes(&map, Some(edges), Format::OsmXml).expect_err("edges beside XML");
    assert_eq!(both.0[0].code, "R011");
}

#[test]
fn a_table_in_another_encoding_says_so() {
    let nodes = b"id,x,y,barrier\n1,0,0,\xb4\xf3\xc3\xc5\n";
    let edges = craft::TABLES[1].as_bytes();
    let errors = read_bytes(nodes, Some(edges), Format::Csv).expect_err("GBK");
    let text = errors.to_string();
    assert!(
        text.contains("not UTF-8") && text.contains("CSV UTF-8"),
        "{text}"
    );
    assert_eq!(errors.0[0].line, Some(2));
}

#[test]
fn damaged_blocks_are_refused_with_their_place() {
    let strings = ["", "highway", "road"];
    let way = |tail: &[Vec<u8>]| {
        let head = [number(1, 5), message(2, &[1]), message(3, &[2])];
        [&head[..], tail].concat().concat()
    };
    let refs = message(8, &[2, 2]);
    let sound = craft::block(&strings, &message(3, &way(std::slice::from_ref(&refs))));
    assert_refused(
        &craft::pbf(&[], &[sound]),
        Format::OsmPbf,
        "R008",
        "no road",
    );
    let group = |object: Vec<u8>| craft::block(&strings, &object);
    for (part, block) in [
        (
            "a string that its block does not hold",
            craft::block(&[""], &message(3, &way(&[]))),
        ),
        (
            "keys and values differ",
            group(message(3, &[number(1, 5), message(2, &[1])].concat())),
        ),
        (
            "a list comes in pieces",
            group(message(3, &way(&[refs.clone(), refs]))),
        ),
        ("without an id", group(message(3, &message(2, &[1])))),
        (
            "an integer without an end",
            group(message(3, &way(&[message(8, &[0x80])]))),
        ),
        (
            "a field beyond its message",
            group(message(3, &[0x42, 0x7f, 1])),
        ),
        ("a field of unknown kind", group(message(3, &[0x0f]))),
        (
            "columns of nodes differ",
            group(message(
                2,
                &[message(1, &[2]), message(8, &[2, 2])].concat(),
            )),
        ),
        (
            "a key without a value",
            group(message(
                2,
                &[
                    message(1, &[2]),
                    message(8, &[2]),
                    message(9, &[2]),
                    message(10, &[1]),
                ]
                .concat(),
            )),
        ),
    ] {
        assert_refused(
            &craft::pbf(&["DenseNodes"], &[block]),
            Format::OsmPbf,
            "R005",
            part,
        );
    }
    let strange = craft::pbf(&["Hyperspace"], &[]);
    assert_refused(&strange, Format::OsmPbf, "R010", "Hyperspace");
    let headless = craft::packed_blob("OSMData", &[], 0);
    assert_refused(&headless, Format::OsmPbf, "R005", "no sound start");
}

#[test]
fn a_member_of_unknown_kind_is_refused() {
    // A library for these files panics here.
    let strings = ["", "type", "restriction", "from"];
    let lists = [message(8, &[3]), message(9, &[2]), message(10, &[7])];
    let tags = [number(1, 5), message(2, &[1]), message(3, &[2])];
    let relation = [tags.concat(), lists.concat()].concat();
    let file = craft::pbf(&[], &[craft::block(&strings, &message(4, &relation))]);
    assert_refused(&file, Format::OsmPbf, "R005", "a member of unknown kind");
}
