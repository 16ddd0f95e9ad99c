//! Readers of road files.

use std::path::Path;

use crate::error::Error;
use crate::error::Result;
use crate::roads::RoadData;

/// A road file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `OpenStreetMap` protocol buffers.
    OsmPbf,
    /// `OpenStreetMap` XML.
    OsmXml,
    /// `GeoJSON` lines with a `highway` or `class` property.
    GeoJson,
    /// A nodes file and an edges file in planar metres.
    Csv,
}

/// Reads roads from `file`; for CSV, that is the nodes file and `edges` the edges file.
///
/// # Errors
/// When a file cannot be read or is not what `format` says; each names the file and the fix.
pub fn read(file: &Path, _edges: Option<&Path>, format: Format) -> Result<RoadData> {
    Err(
        Error::internal(format!("reader of {format:?} is being written"))
            .file(file)
            .into(),
    )
}
