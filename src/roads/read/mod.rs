//! Readers of road files.
//!
//! Every reader is fed hostile files as well as sound ones: it may refuse, with a message
//! that names the place and the fix, but it does not panic and does not spend memory on what
//! a file merely claims.

mod collect;
mod csv;
mod fault;
mod format;
mod geojson;
mod latest;
mod pbf;
mod points;
mod restriction;
mod source;
mod table;
mod tags;
mod xml;

use std::path::Path;

use crate::error::Error;
use crate::error::Result;
use crate::roads::RoadData;
pub use format::Format;
pub use points::Points;
use source::Source;

/// Reads roads from `file`, gzipped or not; for CSV, that is the nodes file and `edges` the
/// edges file.
///
/// # Errors
/// When a file cannot be read, is not what `format` says, is damaged, or holds no road; each
/// names the file and the fix.
pub fn read(file: &Path, edges: Option<&Path>, format: Format) -> Result<RoadData> {
    let source = Source::File(file);
    read_source(source, edges.map(Source::File), format).map_err(|errors| source.name(errors))
}

/// Reads roads from the bytes of a file, gzipped or not; for CSV, those of the nodes file and
/// the edges file.
///
/// # Errors
/// As [`read`], without the file's name.
pub fn read_bytes(bytes: &[u8], edges: Option<&[u8]>, format: Format) -> Result<RoadData> {
    read_source(Source::Bytes(bytes), edges.map(Source::Bytes), format)
}

fn read_source(source: Source<'_>, edges: Option<Source<'_>>, format: Format) -> Result<RoadData> {
    if edges.is_some() && format != Format::Csv {
        let error = Error::input("R011", format!("an edges file beside a map in {format}"));
        return Err(error
            .hint("only CSV maps have an edges file: leave it out")
            .into());
    }
    format.check(source)?;
    let data = match format {
        Format::OsmPbf => pbf::read(source)?,
        Format::OsmXml => xml::read(source)?,
        Format::GeoJson => geojson::read(source)?,
        Format::Csv => {
            let edges = edges.ok_or_else(|| {
                Error::input("R011", "a CSV map without its edges file")
                    .hint("name the edges file too: it has the columns from, to")
            })?;
            format.check(edges).map_err(|errors| edges.name(errors))?;
            csv::read(source, edges)?
        }
    };
    if data.ways.is_empty() {
        return Err(no_roads(&data).into());
    }
    Ok(data)
}

/// A sound file that is of no use, and the likeliest reason.
fn no_roads(data: &RoadData) -> Error {
    let most = data.notes.iter().max_by_key(|(_, _, note)| note.count);
    let error = Error::input("R008", "the map holds no road");
    match most {
        Some((reason, value, note)) => error.hint(format!(
            "left out: {}; cut the map with whole ways, as `osmium extract` does",
            format!("{} {} {value}", note.count, reason.words()).trim_end(),
        )),
        None => error.hint("ways need a tag `highway`; check that this is the map meant"),
    }
}
