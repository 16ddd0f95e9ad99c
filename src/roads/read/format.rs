//! Which format a road file has, by its name and by its first bytes.

use std::fmt;
use std::path::Path;

use super::fault::Fault;
use super::source::Source;
use crate::error::Error;
use crate::error::Result;

/// A road file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `OpenStreetMap` protocol buffers.
    OsmPbf,
    /// `OpenStreetMap` XML.
    OsmXml,
    /// `GeoJSON` lines with a `highway` or `class` property.
    GeoJson,
    /// A nodes file and an edges file.
    Csv,
}

impl Format {
    /// The format of a file: what its first bytes clearly are, else what its name says
    /// (`.gz` aside).
    ///
    /// # Errors
    /// When the file cannot be read, is empty or packed in a way that is not read here, or
    /// neither its bytes nor its name tell.
    pub fn of(file: &Path) -> Result<Self> {
        let source = Source::File(file);
        let head = head_of(source).map_err(|errors| source.name(errors))?;
        let found = Self::of_bytes(&head)
            .or_else(|| Self::of_name(file))
            .or_else(|| is_table(&head).then_some(Self::Csv));
        Ok(found.ok_or_else(|| {
            Error::input("R001", "no map format that is known")
                .file(file)
                .hint("maps are .osm.pbf, .osm, .osm.gz, .geojson, or a pair of .csv files")
        })?)
    }

    /// The format by the file's name.
    fn of_name(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "pbf" => Some(Self::OsmPbf),
            "osm" | "xml" => Some(Self::OsmXml),
            "geojson" | "json" | "geojsonl" | "geojsons" | "ndjson" => Some(Self::GeoJson),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The format by the first bytes, where they are clear.
    fn of_bytes(head: &[u8]) -> Option<Self> {
        // Four bytes of length, then field 1, nine bytes long: `OSMHeader`.
        if head.get(4..15) == Some(b"\x0a\x09OSMHeader") {
            return Some(Self::OsmPbf);
        }
        let text = head
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(head)
            .trim_ascii_start();
        match text.first()? {
            b'<' => Some(Self::OsmXml),
            b'{' => Some(Self::GeoJson),
            _ => None,
        }
    }

    /// Refuses a source that is clearly of another format.
    pub(super) fn check(self, source: Source<'_>) -> Result<()> {
        let head = head_of(source)?;
        match Self::of_bytes(&head) {
            Some(other) if other != self => {
                let what = format!("the file is {other}, not {self}");
                Err(Error::input("R002", what)
                    .hint("check the name of the file, or the format given with it")
                    .into())
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OsmPbf => "OpenStreetMap PBF",
            Self::OsmXml => "OpenStreetMap XML",
            Self::GeoJson => "GeoJSON",
            Self::Csv => "CSV",
        })
    }
}

/// Whether the first line could be the headers of a table.
fn is_table(head: &[u8]) -> bool {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let is_text = line.iter().all(|&b| b >= b' ' || b == b'\r' || b == b'\t');
    is_text && [b',', b';', b'\t'].iter().any(|s| line.contains(s))
}

/// Ways of packing that are not undone here, by their first bytes, and what undoes them.
const PACKED: [(&[u8], &str, &str); 4] = [
    (b"BZh", "bzip2", "unpack it first: bunzip2 FILE"),
    (b"\xfd7zXZ", "xz", "unpack it first: unxz FILE"),
    (
        b"\x28\xb5\x2f\xfd",
        "Zstandard",
        "unpack it first: unzstd FILE",
    ),
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "unpack it first: unzip FILE",
    ),
];

/// The first bytes of a file that could be a map.
fn head_of(source: Source<'_>) -> Result<Vec<u8>> {
    let head = source.head().map_err(|e| Fault::from(e).error())?;
    if head.is_empty() {
        return Err(Error::input("R003", "the file is empty")
            .hint("fetch or export the map again")
            .into());
    }
    match PACKED.iter().find(|(magic, _, _)| head.starts_with(magic)) {
        Some((_, name, hint)) => Err(
            Error::input("R004", format!("the file is packed as {name}"))
                .hint(*hint)
                .into(),
        ),
        None => Ok(head),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format() {
        let of = |name: &str| Format::of_name(Path::new(name));
        assert_eq!(of("maps/malta.osm.pbf"), Some(Format::OsmPbf));
        assert_eq!(of("A.OSM.GZ"), Some(Format::OsmXml));
        assert_eq!(of("roads.geojson"), Some(Format::GeoJson));
        assert_eq!(of("nodes.csv.gz"), Some(Format::Csv));
        assert_eq!(of("roads.shp"), None);
        assert_eq!(of("roads"), None);
    }

    #[test]
    fn first_bytes_tell_the_format() {
        let of = Format::of_bytes;
        assert_eq!(of(b"\0\0\0\x0e\x0a\x09OSMHeader\x18"), Some(Format::OsmPbf));
        assert_eq!(of(b"\xef\xbb\xbf\n <osm>"), Some(Format::OsmXml));
        assert_eq!(of(b"{\"type\":"), Some(Format::GeoJson));
        assert_eq!(of("编号,x,y\n1,0,0".as_bytes()), None);
        assert!(is_table("编号,x,y\n1,0,0".as_bytes()));
        assert!(!is_table(b"\x7fELF\0\0,"));
        assert!(!is_table(b"hello"));
    }
}
