//! What small files that claim huge sizes make of the readers: a refusal, in little memory.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use roundsman::roads::read::Format;
use roundsman::roads::read::read;

use crate::craft;
use crate::craft::blob_of_size;
use crate::craft::block;
use crate::craft::message;
use crate::craft::number;
use crate::craft::packed_blob;

/// Address space of the process that reads the hostile files, in KiB. The test harness alone
/// takes most of it.
const LIMIT_KIB: u32 = 256 << 10;

fn pbf(tail: Vec<u8>) -> Vec<u8> {
    [craft::pbf(&[], &[]), tail].concat()
}

/// Small hostile files, each with a part of its refusal.
type Files = Vec<(Vec<u8>, &'static str)>;

fn pbfs() -> Files {
    let way = [
        number(1, 5),
        message(2, &[1]),
        message(3, &[2]),
        message(8, &[2, 2]),
    ]
    .concat();
    let repeated = |object: &[u8]| {
        let group = object.repeat((12 << 20) / object.len());
        craft::pbf(&[], &[block(&["", "highway", "road"], &group)])
    };
    let strings = message(1, &[0x0a, 0x00].repeat(6 << 20));
    let zeros = |mib: usize, claimed| pbf(packed_blob("OSMData", &vec![0; mib << 20], claimed));
    vec![
        (pbf(vec![0xff; 4]), "blob header claims 4294967295"),
        (
            pbf(vec![0x00, 0x01, 0x00, 0x01]),
            "blob header claims 65537",
        ),
        (pbf(vec![0x00, 0x00, 0xff, 0xff]), "ends inside a block"),
        (pbf(blob_of_size("OSMData", &[], 1 << 31)), "a blob claims"),
        (pbf(blob_of_size("OSMData", &[], u64::MAX)), "a blob claims"),
        (
            pbf(blob_of_size("OSMData", &[], 32 << 20)),
            "ends inside a block",
        ),
        (
            pbf(packed_blob("OSMData", &[], 1 << 40)),
            "claims to unpack",
        ),
        (zeros(16, 100), "more than the 100"),
        (zeros(1, 3 << 20), "less than"),
        (zeros(12, 12 << 20), "unpack to more"),
        (repeated(&message(3, &way)), "unpack to more"),
        (repeated(&message(1, &[])), "unpack to more"),
        (craft::pbf(&[], &[strings]), "unpack to more"),
    ]
}

fn xmls() -> Files {
    let endless = |start: &str| [start.as_bytes(), &vec![b'x'; 8 << 20]].concat();
    vec![
        (craft::gzip(&vec![b' '; 12 << 20]), "one item is longer"),
        (craft::gzip(&b"<osm>".repeat(3 << 20)), "nested more than"),
        (
            craft::gzip(&[&b"<osm>"[..], &b"<x/>".repeat(3 << 20)].concat()),
            "packed bytes unpack",
        ),
        (endless("<osm a='"), "one item is longer"),
        (endless("<osm><!--"), "one item is longer"),
        (endless("<!DOCTYPE "), "one item is longer"),
        (endless("<osm>"), "one item is longer"),
        (b"<a>".repeat(1 << 20), "but no OpenStreetMap"),
        (b"<osm>".repeat(1 << 20), "nested more than"),
        (laughs(), "unrecognized entity"),
    ]
}

fn layers() -> Files {
    let nested = |start: &str| [start.as_bytes(), &b"[".repeat(4 << 20)].concat();
    let collection = "{\"type\":\"FeatureCollection\",\"features\":[";
    vec![
        (craft::gzip(&vec![b' '; 12 << 20]), "packed bytes unpack"),
        // What is not wanted is passed over without being taken apart.
        (nested("{\"type\":\"x\",\"a\":"), "EOF while parsing"),
        (
            nested(&format!("{collection}{{\"geometry\":{{\"coordinates\":")),
            "recursion limit",
        ),
        (
            nested(&format!("{collection}{{\"properties\":{{\"highway\":")),
            "EOF while parsing",
        ),
    ]
}

fn tables() -> Files {
    let endless = |start: &str, byte| [start.as_bytes(), &vec![byte; 8 << 20]].concat();
    vec![
        (craft::gzip(&vec![b'x'; 12 << 20]), "item is longer"),
        (endless("", b'x'), "one item is longer"),
        (endless("", b','), "one item is longer"),
        (endless("id,x,y\n1,2,\"", b'x'), "one item is longer"),
    ]
}

/// The billion laughs.
fn laughs() -> Vec<u8> {
    let mut text = "<!DOCTYPE osm [<!ENTITY a0 \"ha\">".to_owned();
    for i in 1..10 {
        let inside = format!("&a{};", i - 1).repeat(10);
        text += &format!("<!ENTITY a{i} \"{inside}\">");
    }
    text += "]><osm><way id='1'><tag k='highway' v='&a9;'/></way></osm>";
    text.into_bytes()
}

#[test]
#[ignore = "run by the test below, in a process with little memory"]
fn inside_little_memory() {
    let edges = Path::new("edges.hostile");
    if !edges.exists() {
        return eprintln!("skipped: the test below starts this one in a folder of its own");
    }
    for (name, format) in [
        ("pbf", Format::OsmPbf),
        ("xml", Format::OsmXml),
        ("geojson", Format::GeoJson),
        ("csv", Format::Csv),
    ] {
        let edges = (format == Format::Csv).then_some(edges);
        for i in 0.. {
            let file = PathBuf::from(format!("{i}.{name}"));
            if !file.exists() {
                assert!(i > 0, "no files of {format}");
                break;
            }
            let errors = read(&file, edges, format).expect_err("the file is hostile");
            println!("\n{i}.{name}: {errors}");
        }
    }
}

#[test]
fn claims_of_huge_sizes_are_refused_in_little_memory() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("the folder takes files");
    };
    write("edges.hostile", craft::TABLES[1].as_bytes());
    let mut wanted = Vec::new();
    for (kind, files) in [
        ("pbf", pbfs()),
        ("xml", xmls()),
        ("geojson", layers()),
        ("csv", tables()),
    ] {
        for (i, (bytes, part)) in files.into_iter().enumerate() {
            let name = format!("{i}.{kind}");
            write(&name, &bytes);
            wanted.push((name, part));
        }
    }
    let this = std::env::current_exe().expect("the test knows itself");
    let run = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {LIMIT_KIB} && exec \"$0\" \"$@\""))
        .arg(this)
        .args(["hostile::inside_little_memory", "--exact", "--ignored"])
        .args(["--test-threads=1", "--nocapture"])
        .current_dir(folder.path())
        .output();
    let Ok(run) = run else {
        return eprintln!("skipped: no sh to limit memory with");
    };
    let text = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && text.contains("1 passed"), "{text}");
    for (name, part) in wanted {
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("{name}: ")));
        let line = line.unwrap_or_default();
        assert!(line.contains(part), "wanted `{part}`: {line}");
    }
}
