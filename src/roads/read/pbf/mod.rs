//! `OpenStreetMap` protocol buffers: the blobs of a file, unpacked one at a time.
//!
//! The format is decoded here rather than by a library so that each claimed size is held
//! against what is believable before memory is spent on it.

mod block;
mod object;
mod wire;

use std::io::Read;

use flate2::bufread::ZlibDecoder;

use super::collect::FirstPass;
use super::fault::Fault;
use super::source::MAX_BLOB_RATIO;
use super::source::Ratio;
use super::source::Source;
use crate::error;
use crate::roads::RoadData;
use block::Block;
use wire::Fields;

/// Largest blob header, by the format's own rule.
const MAX_HEADER_BYTES: u32 = 64 << 10;

/// Largest blob, packed or unpacked, by the format's own rule.
const MAX_BLOB_BYTES: u64 = 32 << 20;

/// Features that a file may require of its readers and that this one has.
const FEATURES: [&str; 3] = ["OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"];

/// Reads a map.
pub(super) fn read(source: Source<'_>) -> error::Result<RoadData> {
    let mut first = FirstPass::default();
    each_block(source, |block| block.roads_into(&mut first))?;
    let mut second = first.end();
    each_block(source, |block| block.nodes_into(&mut second))?;
    Ok(second.end())
}

/// Hands every data block to `take`.
fn each_block(
    source: Source<'_>,
    mut take: impl FnMut(&Block<'_>) -> Result<(), Fault>,
) -> error::Result<()> {
    let input = source.open().map_err(|e| Fault::from(e).error())?;
    let mut blobs = Blobs {
        input,
        at: 0,
        header_seen: false,
        packed: Vec::new(),
        unpacked: Vec::new(),
        ratio: Ratio::new(MAX_BLOB_RATIO),
    };
    loop {
        let start = blobs.at;
        let more = blobs.next(&mut take);
        match more {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(fault) => {
                let mut error = fault.error();
                let place = if blobs.header_seen || error.code == "R010" {
                    format!(" (in the blob at byte {start})")
                } else {
                    ": no sound start of an OpenStreetMap PBF".to_owned()
                };
                error.what.push_str(&place);
                return Err(error.into());
            }
        }
    }
}

/// The blobs of a file.
struct Blobs<R> {
    input: R,
    /// Bytes read so far.
    at: u64,
    header_seen: bool,
    /// Buffers, used again for each blob.
    packed: Vec<u8>,
    unpacked: Vec<u8>,
    ratio: Ratio,
}

impl<R: Read> Blobs<R> {
    /// Reads a blob and hands its block on; `false` at the end of the file.
    fn next(
        &mut self,
        take: &mut impl FnMut(&Block<'_>) -> Result<(), Fault>,
    ) -> Result<bool, Fault> {
        let Some(header_bytes) = self.length()? else {
            return if self.header_seen {
                Ok(false)
            } else {
                Err(Fault::damaged("there is no OSMHeader block"))
            };
        };
        self.fill(u64::from(header_bytes))?;
        let header = BlobHeader::parse(&self.packed)?;
        self.fill(header.bytes)?;
        match header.kind {
            Kind::Other => {}
            Kind::Header => {
                self.unpack()?;
                check_features(&self.unpacked)?;
                self.header_seen = true;
            }
            Kind::Data if !self.header_seen => {
                return Err(Fault::damaged("data comes before the OSMHeader block"));
            }
            Kind::Data => {
                self.unpack()?;
                take(&Block::parse(&self.unpacked)?)?;
            }
        }
        Ok(true)
    }

    /// The length of the next blob header, `None` at the end of the file.
    fn length(&mut self) -> Result<Option<u32>, Fault> {
        let mut bytes = Vec::with_capacity(4);
        self.input.by_ref().take(4).read_to_end(&mut bytes)?;
        self.at += bytes.len() as u64;
        if bytes.is_empty() {
            return Ok(None);
        }
        let bytes: [u8; 4] = bytes
            .try_into()
            .map_err(|_| Fault::damaged("the file ends inside a block's length"))?;
        let length = u32::from_be_bytes(bytes);
        if length > MAX_HEADER_BYTES {
            return Err(Fault::TooMuch(format!(
                "a blob header claims {length} bytes, the format allows {MAX_HEADER_BYTES}"
            )));
        }
        Ok(Some(length))
    }

    /// Reads exactly `length` bytes into `packed`; room is made as they come.
    fn fill(&mut self, length: u64) -> Result<(), Fault> {
        self.packed.clear();
        let read = self
            .input
            .by_ref()
            .take(length)
            .read_to_end(&mut self.packed)?;
        self.at += read as u64;
        if (read as u64) < length {
            return Err(Fault::damaged(format!(
                "the file ends inside a block: {read} of {length} bytes are there"
            )));
        }
        Ok(())
    }

    /// Unpacks the blob in `packed` into `unpacked`.
    fn unpack(&mut self) -> Result<(), Fault> {
        let blob = Blob::parse(&self.packed)?;
        self.unpacked.clear();
        match blob.data {
            Data::Raw(bytes) => self.unpacked.extend_from_slice(bytes),
            Data::Zlib(bytes) => {
                let mut decoder = ZlibDecoder::new(bytes).take(blob.raw_size + 1);
                decoder
                    .read_to_end(&mut self.unpacked)
                    .map_err(|e| Fault::damaged(format!("packed data: {e}")))?;
                let size = self.unpacked.len() as u64;
                if size != blob.raw_size {
                    let than = if size > blob.raw_size { "more" } else { "less" };
                    return Err(Fault::damaged(format!(
                        "packed data unpack to {than} than the {} bytes claimed",
                        blob.raw_size
                    )));
                }
            }
        }
        self.ratio.packed += self.packed.len() as u64;
        self.ratio.unpacked += self.unpacked.len() as u64;
        Ok(self.ratio.check()?)
    }
}

/// What a blob holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Header,
    Data,
    /// Something newer, to be passed over by the format's own rule.
    Other,
}

/// The message `BlobHeader`.
struct BlobHeader {
    kind: Kind,
    bytes: u64,
}

impl BlobHeader {
    fn parse(message: &[u8]) -> Result<Self, Fault> {
        let (mut kind, mut bytes) = (None, None);
        for field in Fields::new(message) {
            match field? {
                (1, value) => kind = Some(value.bytes()?),
                (3, value) => bytes = Some(value.number()?),
                _ => {}
            }
        }
        let kind = match kind {
            Some(b"OSMHeader") => Kind::Header,
            Some(b"OSMData") => Kind::Data,
            Some(_) => Kind::Other,
            None => return Err(Fault::damaged("a blob header without a type")),
        };
        match bytes {
            Some(bytes) if bytes <= MAX_BLOB_BYTES => Ok(Self { kind, bytes }),
            Some(bytes) => Err(Fault::TooMuch(format!(
                "a blob claims {bytes} bytes, the format allows {MAX_BLOB_BYTES}"
            ))),
            None => Err(Fault::damaged("a blob header without a size")),
        }
    }
}

/// The message `Blob`.
struct Blob<'a> {
    raw_size: u64,
    data: Data<'a>,
}

enum Data<'a> {
    Raw(&'a [u8]),
    Zlib(&'a [u8]),
}

impl<'a> Blob<'a> {
    fn parse(message: &'a [u8]) -> Result<Self, Fault> {
        let (mut raw_size, mut data) = (None, None);
        for field in Fields::new(message) {
            match field? {
                (1, value) => data = Some(Data::Raw(value.bytes()?)),
                (2, value) => raw_size = Some(value.number()?),
                (3, value) => data = Some(Data::Zlib(value.bytes()?)),
                (4..=7, _) => {
                    return Err(Fault::Unsupported(
                        "blocks packed otherwise than with zlib".to_owned(),
                        "repack it: osmium cat IN.osm.pbf -o OUT.osm.pbf -f pbf,pbf_compression=zlib",
                    ));
                }
                _ => {}
            }
        }
        let data = data.ok_or_else(|| Fault::damaged("a blob without data"))?;
        let raw_size = match (&data, raw_size) {
            (Data::Raw(bytes), _) => bytes.len() as u64,
            (Data::Zlib(_), Some(size)) => size,
            (Data::Zlib(_), None) => {
                return Err(Fault::damaged("a packed blob without its unpacked size"));
            }
        };
        if raw_size > MAX_BLOB_BYTES {
            return Err(Fault::TooMuch(format!(
                "a blob claims to unpack to {raw_size} bytes, the format allows {MAX_BLOB_BYTES}"
            )));
        }
        Ok(Self { raw_size, data })
    }
}

/// Refuses files that need what this reader lacks.
fn check_features(header: &[u8]) -> Result<(), Fault> {
    for field in Fields::new(header) {
        if let (4, value) = field? {
            let feature = String::from_utf8_lossy(value.bytes()?);
            if !FEATURES.contains(&feature.as_ref()) {
                return Err(Fault::Unsupported(
                    format!("the file needs the feature `{feature}`"),
                    "write it anew without: osmium cat IN.osm.pbf -o OUT.osm.pbf",
                ));
            }
        }
    }
    Ok(())
}
