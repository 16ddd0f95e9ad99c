//! The readers of road files: what they make of sound maps, and what broken and hostile ones
//! make of them.

mod broken;
mod craft;
mod hostile;
mod sound;

use std::path::Path;

use roundsman::roads::read::Format;

/// The bytes of a file of `tests/data/readers`.
fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/readers");
    std::fs::read(folder.join(name)).expect("the file is in the repository")
}

/// A sound map in each format, with its edges file for CSV.
fn samples() -> [(Format, Vec<u8>, Option<Vec<u8>>); 4] {
    let [nodes, edges] = craft::TABLES.map(|table| table.as_bytes().to_vec());
    [
        (Format::OsmPbf, bytes("small.osm.pbf"), None),
        (Format::OsmXml, bytes("small.osm"), None),
        (Format::GeoJson, craft::GEOJSON.into(), None),
        (Format::Csv, nodes, Some(edges)),
    ]
}
