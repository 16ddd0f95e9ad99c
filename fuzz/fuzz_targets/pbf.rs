//! Whole files, and bare blocks of data, which the fuzzer gets deeper into than into packed
//! ones.
#![no_main]

mod promises;

use libfuzzer_sys::fuzz_target;
use roundsman::roads::read::Format;
use roundsman::roads::read::read_bytes;

/// A header that asks for nothing: its blob holds no bytes, not packed.
const HEADER: &[u8] = b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x02\x0a\0";

fuzz_target!(|bytes: &[u8]| {
    let read = if bytes.get(4..15) == Some(b"\x0a\x09OSMHeader") {
        read_bytes(bytes, None, Format::OsmPbf)
    } else {
        read_bytes(&file_of(bytes), None, Format::OsmPbf)
    };
    promises::check(read);
});

/// A file with one block that is not packed.
fn file_of(block: &[u8]) -> Vec<u8> {
    let mut blob = vec![0x0a];
    blob.extend(varint(block.len()));
    blob.extend(block);
    let mut header = b"\x0a\x07OSMData\x18".to_vec();
    header.extend(varint(blob.len()));
    let length = (header.len() as u32).to_be_bytes();
    [HEADER, &length, &header, &blob].concat()
}

fn varint(mut n: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while n >= 0x80 {
        bytes.push(n as u8 | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
    bytes
}
