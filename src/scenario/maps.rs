//! `[map]`: where the roads come from and how the layers' coordinates are meant.

use std::path::Path;
use std::path::PathBuf;

use crate::datum::Datum;
use crate::error::Error;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::model::Map;
use crate::scenario::model::MapFormat;
use crate::scenario::record::Record;

/// Reads `[map]`. Where it is absent (and reported), a stand-in lets the rest be checked.
pub(crate) fn read(record: Option<&Record>, folder: &Path, gather: &mut Gather) -> Map {
    let Some(record) = record else {
        return Map {
            file: PathBuf::new(),
            edges: None,
            format: MapFormat::OsmPbf,
            datum: Datum::Wgs84,
            snap_limit_metres: 100.0,
        };
    };
    let datum = match record.choice(gather, "datum") {
        Some("gcj02") => Datum::Gcj02,
        Some("bd09") => Datum::Bd09,
        Some("planar") => Datum::Planar,
        _ => Datum::Wgs84,
    };
    let map = Map {
        file: folder.join(record.text("file").unwrap_or_default()),
        edges: record.text("edges").map(|file| folder.join(file)),
        format: format(record, gather),
        datum,
        snap_limit_metres: record.number(gather, "snap_limit_m").unwrap_or(100.0),
    };
    check_files(record, &map, gather);
    check_datum(record, &map, gather);
    map
}

fn format(record: &Record, gather: &mut Gather) -> MapFormat {
    if record.has("format") {
        return match record.choice(gather, "format") {
            Some("osm-xml") => MapFormat::OsmXml,
            Some("geojson") => MapFormat::GeoJson,
            Some("csv") => MapFormat::Csv,
            _ => MapFormat::OsmPbf,
        };
    }
    let file = record.text("file").unwrap_or_default();
    let name = file.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&[".osm", ".osm.gz", ".xml", ".xml.gz"]) {
        MapFormat::OsmXml
    } else if ends(&[".geojson", ".json"]) {
        MapFormat::GeoJson
    } else if ends(&[".csv"]) {
        MapFormat::Csv
    } else {
        if !ends(&[".pbf"]) && !file.is_empty() {
            let what = "the file's name does not tell its format";
            let hint = "add format = \"osm-pbf\", \"osm-xml\", \"geojson\" or \"csv\"";
            gather.fault(record.at("file"), fault::s020_map(what, file, hint));
        }
        MapFormat::OsmPbf
    }
}

/// Reports road files that do not exist, and an edges file too many or too few.
fn check_files(record: &Record, map: &Map, gather: &mut Gather) {
    if record.has("file") {
        check_file(&map.file, record.at("file"), gather);
    }
    if let Some(edges) = &map.edges {
        check_file(edges, record.at("edges"), gather);
    }
    match (map.format, &map.edges) {
        (MapFormat::Csv, None) => {
            let hint = "a CSV map is a nodes file and an edges file";
            gather.fault(record.at, fault::s005_missing("`edges` of [map]", hint));
        }
        (MapFormat::Csv, Some(_)) | (_, None) => {}
        (_, Some(edges)) => {
            let hint = "take it out, or set format = \"csv\"";
            let error = fault::s020_map("only CSV maps have an edges file", edges.display(), hint);
            gather.fault(record.at("edges"), error);
        }
    }
}

/// Reports layers in metres on a map in degrees, and the other way round.
fn check_datum(record: &Record, map: &Map, gather: &mut Gather) {
    let planar = map.datum.is_planar();
    let fits = match map.format {
        MapFormat::Csv => planar,
        MapFormat::OsmPbf | MapFormat::OsmXml => !planar,
        MapFormat::GeoJson => true,
    };
    if !fits {
        let (what, hint) = match planar {
            true => (
                "OpenStreetMap files are not planar",
                "set datum to wgs84, gcj02 or bd09",
            ),
            false => ("a CSV map is in planar metres", "set datum = \"planar\""),
        };
        let value = record.text("datum").unwrap_or("wgs84");
        gather.fault(record.at("datum"), fault::s020_map(what, value, hint));
    }
}

/// Reports a file that does not exist, at the place that names it.
pub(crate) fn check_file(file: &Path, at: At, gather: &mut Gather) {
    let cause = match std::fs::metadata(file) {
        Ok(data) if data.is_file() => return,
        Ok(_) => std::io::Error::other("not a plain file"),
        Err(cause) => cause,
    };
    // The error stands where the file is named; the file itself is the value.
    let error = Error::io("looking for a file", file, &cause).value(file.display());
    gather.fault(at, error);
}
