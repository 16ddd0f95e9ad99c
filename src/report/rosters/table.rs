//! CSV as spreadsheets want it.

use crate::error::Error;
use crate::error::Result;

/// What tells Excel that a file is UTF-8. Without it a double click takes the file for one in the
/// system's old code page, and Chinese names turn into nonsense. LibreOffice, WPS, Numbers and
/// this program's own reader pass over it.
const MARK: &str = "\u{feff}";

/// Rows as CSV by RFC 4180 with the mark in front.
pub(super) fn write<R>(rows: impl IntoIterator<Item = R>) -> Result<String>
where
    R: IntoIterator<Item = String>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::from(MARK));
    let failed = |e: &dyn std::fmt::Display| Error::internal(format!("writing CSV: {e}"));
    for row in rows {
        writer.write_record(row).map_err(|e| failed(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(&e))?;
    Ok(String::from_utf8(bytes).map_err(|e| failed(&e))?)
}
