//! Files as text: bounded in size, checked to be UTF-8, without a byte order mark.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::error::Error;
use crate::error::Result;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;

/// Largest `scenario.toml`, bytes.
pub(crate) const SCENARIO_CAP: u64 = 4 << 20;
/// Largest layer, bytes.
pub(crate) const LAYER_CAP: u64 = 32 << 20;
/// Columns are not counted beyond this many bytes of a line.
const LONG_LINE: usize = 10_000;

/// A file's text with the places of its lines.
#[derive(Debug)]
pub(crate) struct Source {
    /// What stands in it.
    pub(crate) text: String,
    /// The file.
    pub(crate) at: At,
    starts: Vec<usize>,
}

impl Source {
    /// Reads `path`, at most `cap` bytes; what is wrong goes to `gather`.
    pub(crate) fn read(path: &Path, cap: u64, gather: &mut Gather) -> Option<Self> {
        let at = gather.file(path);
        match bytes(path, cap).and_then(decode) {
            Ok(text) => Some(Self::new(text, at)),
            Err(errors) => {
                gather.faults(at, errors);
                None
            }
        }
    }

    /// The text of an entered file.
    pub(crate) fn new(text: String, at: At) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0)
            .chain(newlines.map(|(i, _)| i + 1))
            .collect();
        Self { text, at, starts }
    }

    /// The place of a byte offset.
    pub(crate) fn place(&self, offset: usize) -> At {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or_default();
        let column = if before.len() > LONG_LINE {
            0
        } else {
            before.chars().count() as u32 + 1
        };
        At {
            line: line as u32,
            column,
            ..self.at
        }
    }
}

/// The bytes of a plain file of at most `cap` bytes.
fn bytes(path: &Path, cap: u64) -> Result<Vec<u8>> {
    let failed = |cause: std::io::Error| Error::io("reading", path, &cause);
    let file = File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        let cause = std::io::Error::other("not a plain file");
        return Err(failed(cause).into());
    }
    let mut bytes = Vec::new();
    file.take(cap + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > cap {
        return Err(fault::s002_too_large(cap).into());
    }
    Ok(bytes)
}

/// The bytes as text, less a byte order mark.
fn decode(bytes: Vec<u8>) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = 1 + bytes[..good].iter().filter(|b| **b == b'\n').count();
            Err(fault::s001_not_utf8(bytes[good]).line(line as u64).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_not_bytes() {
        let source = Source::new("a\n银行,b\n".to_owned(), At::default());
        let b = source.text.find('b').expect("there");
        assert_eq!((source.place(b).line, source.place(b).column), (2, 4));
        assert_eq!(source.place(0).line, 1);
        assert_eq!(source.place(source.text.len()).line, 3);
    }

    #[test]
    fn a_mark_is_dropped_and_a_bad_byte_is_placed() {
        assert_eq!(
            decode(b"\xef\xbb\xbfid".to_vec()).expect("text"),
            "id".to_owned()
        );
        let error = &decode(b"id\nx\n\xb1\xe0".to_vec()).expect_err("GBK").0[0];
        assert_eq!((error.code, error.line), ("S001", Some(3)));
    }
}
