//! Where a reader's bytes come from, and how many it may be made to swallow.
//!
//! Every format is read in two passes, so a source can be opened again. Gzip is undone here,
//! whatever the format inside, and only as far as the packed size makes believable.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io;
use std::io::BufReader;
use std::io::Cursor;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use crate::error::Errors;
use flate2::read::MultiGzDecoder;

/// Unpacked bytes that any packed file may come to, however small it is.
const FREE_BYTES: u64 = 4 << 20;

/// Unpacked bytes of gzip allowed for each packed byte beyond [`FREE_BYTES`]. Real map text
/// packs to an eighth, the most regular grids to a thirtieth; deflate can pretend a
/// thousandfold.
const MAX_GZIP_RATIO: u64 = 40;

/// The same for the blobs of a PBF file, which are dense before they are packed: real ones
/// pack to a third.
pub(super) const MAX_BLOB_RATIO: u64 = 20;

/// Bytes looked at to tell formats apart.
const HEAD_BYTES: u64 = 512;

/// What a reader reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    File(&'a Path),
    Bytes(&'a [u8]),
}

impl<'a> Source<'a> {
    /// Opens the source at its start, unpacked where it is gzip.
    pub(super) fn open(self) -> io::Result<Input<'a>> {
        let mut raw: Box<dyn Read + 'a> = match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(bytes),
        };
        let mut head = Vec::new();
        raw.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
        let packed = head.starts_with(&[0x1f, 0x8b]);
        let whole = Cursor::new(head).chain(raw);
        let inner: Box<dyn Read + 'a> = if packed {
            Box::new(Unpacked::new(whole))
        } else {
            Box::new(whole)
        };
        Ok(Input {
            inner,
            since_mark: 0,
            limit: u64::MAX,
        })
    }

    /// Names the file in errors that do not name another.
    pub(super) fn name(self, mut errors: Errors) -> Errors {
        if let Self::File(path) = self {
            for error in &mut errors.0 {
                if error
                    .file
                    .as_deref()
                    .is_none_or(|f| f.as_os_str().is_empty())
                {
                    error.file = Some(path.to_owned());
                }
            }
        }
        errors
    }

    /// The first few hundred bytes, unpacked.
    pub(super) fn head(self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(HEAD_BYTES).read_to_end(&mut head)?;
        Ok(head)
    }

    /// Line and column (both from 1, columns in characters) of a byte of the unpacked text.
    pub(super) fn line_and_column(self, offset: u64) -> Option<(u64, u64)> {
        let mut text = BufReader::new(self.open().ok()?).take(offset);
        let (mut line, mut column) = (1, 1);
        let mut chunk = [0; 8192];
        loop {
            let n = text.read(&mut chunk).ok()?;
            if n == 0 {
                return Some((line, column));
            }
            for &byte in &chunk[..n] {
                if byte == b'\n' {
                    line += 1;
                    column = 1;
                } else if byte & 0xC0 != 0x80 {
                    column += 1;
                }
            }
        }
    }
}

/// An open source that can refuse to deliver too much between two marks.
///
/// A parser that gathers one item (a tag, a record) in memory sets the mark after each; an
/// item larger than the limit then ends in an error instead of in all the memory there is.
pub(super) struct Input<'a> {
    inner: Box<dyn Read + 'a>,
    since_mark: u64,
    limit: u64,
}

impl Input<'_> {
    /// Refuses items above `limit` bytes (and a buffer's length).
    pub(super) fn limit_items(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// An item is complete.
    pub(super) fn mark(&mut self) {
        self.since_mark = 0;
    }
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input")
            .field("since_mark", &self.since_mark)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_mark > self.limit {
            return Err(TooMuch::Item { limit: self.limit }.into());
        }
        let n = self.inner.read(buffer)?;
        self.since_mark += n as u64;
        Ok(n)
    }
}

/// A refusal to go on: the file claims more than is believable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// One item (an XML tag, a CSV record) above its limit.
    Item { limit: u64 },
    /// Unpacking to far more than the packed bytes make believable.
    Ratio { packed: u64, unpacked: u64 },
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item { limit } => write!(f, "one item is longer than {limit} bytes"),
            Self::Ratio { packed, unpacked } => {
                write!(f, "{packed} packed bytes unpack to more than {unpacked}")
            }
        }
    }
}

impl std::error::Error for TooMuch {}

impl From<TooMuch> for io::Error {
    fn from(refusal: TooMuch) -> Self {
        Self::new(io::ErrorKind::InvalidData, refusal)
    }
}

/// Holds unpacked against packed bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    max: u64,
    /// Packed bytes read so far.
    pub(super) packed: u64,
    /// Unpacked bytes made of them.
    pub(super) unpacked: u64,
}

impl Ratio {
    /// Allows `max` unpacked bytes for each packed one.
    pub(super) fn new(max: u64) -> Self {
        Self {
            max,
            packed: 0,
            unpacked: 0,
        }
    }

    /// Refuses what no map unpacks to.
    pub(super) fn check(self) -> Result<(), TooMuch> {
        let believable = FREE_BYTES.saturating_add(self.packed.saturating_mul(self.max));
        if self.unpacked > believable {
            return Err(TooMuch::Ratio {
                packed: self.packed,
                unpacked: believable,
            });
        }
        Ok(())
    }
}

/// Undoes gzip (all members of a file), within [`Ratio`].
struct Unpacked<R> {
    decoder: MultiGzDecoder<BufReader<Counted<R>>>,
    packed: Rc<Cell<u64>>,
    ratio: Ratio,
}

impl<R: Read> Unpacked<R> {
    fn new(inner: R) -> Self {
        let packed = Rc::new(Cell::new(0));
        let count = Rc::clone(&packed);
        Self {
            decoder: MultiGzDecoder::new(BufReader::new(Counted { inner, count })),
            packed,
            ratio: Ratio::new(MAX_GZIP_RATIO),
        }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.decoder.read(buffer)?;
        self.ratio.packed = self.packed.get();
        self.ratio.unpacked += n as u64;
        self.ratio.check()?;
        Ok(n)
    }
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("a vector takes all");
        encoder.finish().expect("a vector takes all")
    }

    fn read_all(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        Source::Bytes(bytes).open()?.read_to_end(&mut all)?;
        Ok(all)
    }

    #[test]
    fn gzip_is_undone_member_by_member() {
        let mut two = gzip(b"one ");
        two.extend(gzip(b"two"));
        assert_eq!(read_all(&two).expect("sound"), b"one two");
        assert_eq!(read_all(b"plain").expect("sound"), b"plain");
        assert!(read_all(&gzip(b"cut short, alas")[..20]).is_err());
    }

    #[test]
    fn what_unpacks_a_thousandfold_is_refused() {
        let bomb = gzip(&vec![b' '; 64 << 20]);
        assert!(bomb.len() < 100_000);
        let error = read_all(&bomb).expect_err("a bomb");
        let refusal = error.get_ref().and_then(|e| e.downcast_ref::<TooMuch>());
        assert!(matches!(refusal, Some(TooMuch::Ratio { .. })), "{error}");
    }

    #[test]
    fn places_are_counted_in_characters() {
        let text = "a\n道路x".as_bytes();
        let place = |offset| Source::Bytes(text).line_and_column(offset);
        assert_eq!(place(0), Some((1, 1)));
        assert_eq!(place(2), Some((2, 1)));
        assert_eq!(place(8), Some((2, 3)));
    }
}
