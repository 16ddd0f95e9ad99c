#![no_main]

mod promises;

use libfuzzer_sys::fuzz_target;
use roundsman::roads::read::Format;
use roundsman::roads::read::read_bytes;

fuzz_target!(|bytes: &[u8]| promises::check(read_bytes(bytes, None, Format::GeoJson)));
