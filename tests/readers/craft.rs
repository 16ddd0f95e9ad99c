//! Makes maps by hand, sound and otherwise.

use std::io::Write;

/// A small layer with most that can stand in one.
pub(crate) const GEOJSON: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "way/10", "properties": {"highway": "residential", "oneway": true, "lanes": 2, "name": null},
 "geometry": {"type": "LineString", "coordinates": [[121.1, 31.1, 4.5], [121.2, 31.2], [121.2, 31.2], [121.3, 31.3]]}},
{"type": "Feature", "properties": {"class": "plant road", "other_tags": "\"access\"=>\"private\",\"a\"=>\"\\\"b\""},
 "geometry": {"type": "MultiLineString", "coordinates": [[[121.2, 31.2], [121.4, 31.4]], [[121.4, 31.4], [121.1, 31.1]]]}},
{"type": "Feature", "properties": {"id": 7, "tags": {"highway": "service", "surface": "asphalt"}},
 "geometry": {"type": "LineString", "coordinates": [[121.3, 31.3], [-0.0, 0]]}},
{"type": "Feature", "properties": {"barrier": "gate", "locked": "yes"},
 "geometry": {"type": "Point", "coordinates": [121.2, 31.2]}},
{"type": "Feature", "properties": {"highway": "pedestrian"},
 "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 2], [1, 1]]]}},
{"type": "Feature", "properties": {"highway": "proposed"},
 "geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}},
{"type": "Feature", "properties": {"building": "yes"},
 "geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}},
{"type": "Feature", "properties": null, "geometry": null}
]}
"#;

/// A nodes file and an edges file.
pub(crate) const TABLES: [&str; 2] = [
    "id,x,y,barrier\n1,0,0,\n2,100.5,0,gate\n3,100.5,-20,\n",
    "id,from,to,class,kmh,length,oneway,name\n5,1,2,residential,30,,yes,人民路\n6,2,3,,,21,,\n",
];

/// Packs bytes as gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

/// Packs bytes as zlib.
pub(crate) fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

/// A number on the wire.
pub(crate) fn varint(mut n: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while n >= 0x80 {
        bytes.push(n as u8 | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
    bytes
}

/// A field that is a number.
pub(crate) fn number(field: u64, n: u64) -> Vec<u8> {
    [varint(field << 3), varint(n)].concat()
}

/// A field that is text, a message or a packed list.
pub(crate) fn message(field: u64, bytes: &[u8]) -> Vec<u8> {
    [&varint(field << 3 | 2), &varint(bytes.len() as u64), bytes].concat()
}

/// A blob with its header; the header may lie about the blob's size.
pub(crate) fn blob_of_size(kind: &str, blob: &[u8], size: u64) -> Vec<u8> {
    let header = [message(1, kind.as_bytes()), number(3, size)].concat();
    let length = (header.len() as u32).to_be_bytes();
    [&length, &header[..], blob].concat()
}

/// A blob of packed data that claims to unpack to `raw_size`.
pub(crate) fn packed_blob(kind: &str, data: &[u8], raw_size: u64) -> Vec<u8> {
    let blob = [number(2, raw_size), message(3, &zlib(data))].concat();
    blob_of_size(kind, &blob, blob.len() as u64)
}

/// A whole file: a header that asks for `features`, then `blocks` of data.
pub(crate) fn pbf(features: &[&str], blocks: &[Vec<u8>]) -> Vec<u8> {
    let header: Vec<u8> = features
        .iter()
        .flat_map(|feature| message(4, feature.as_bytes()))
        .collect();
    let mut file = packed_blob("OSMHeader", &header, header.len() as u64);
    for block in blocks {
        file.extend(packed_blob("OSMData", block, block.len() as u64));
    }
    file
}

/// A block of data with its strings and one group.
pub(crate) fn block(strings: &[&str], group: &[u8]) -> Vec<u8> {
    let table: Vec<u8> = strings
        .iter()
        .flat_map(|s| message(1, s.as_bytes()))
        .collect();
    [message(1, &table), message(2, group)].concat()
}
