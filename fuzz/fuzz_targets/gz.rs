//! Gzip, with any format inside.
#![no_main]

mod promises;

use libfuzzer_sys::fuzz_target;
use roundsman::roads::read::Format;
use roundsman::roads::read::read_bytes;

fuzz_target!(|bytes: &[u8]| {
    let mut packed = vec![0x1f, 0x8b];
    packed.extend(bytes.strip_prefix(&[0x1f, 0x8b]).unwrap_or(bytes));
    for format in [Format::OsmXml, Format::OsmPbf, Format::GeoJson] {
        promises::check(read_bytes(&packed, None, format));
    }
});
