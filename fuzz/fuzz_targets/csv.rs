//! A nodes file and an edges file, set apart by a line of three hyphens.
#![no_main]

mod promises;

use libfuzzer_sys::fuzz_target;
use roundsman::roads::read::Format;
use roundsman::roads::read::read_bytes;

const BETWEEN: &[u8] = b"\n---\n";

fuzz_target!(|bytes: &[u8]| {
    let place = bytes.windows(BETWEEN.len()).position(|w| w == BETWEEN);
    let Some(place) = place else { return };
    let (nodes, edges) = (&bytes[..place], &bytes[place + BETWEEN.len()..]);
    promises::check(read_bytes(nodes, Some(edges), Format::Csv));
});
