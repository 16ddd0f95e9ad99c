//! `OpenStreetMap` XML.

use std::io::BufReader;
use std::str::FromStr;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::collect::FirstPass;
use super::collect::SecondPass;
use super::fault::Fault;
use super::fault::clip;
use super::fault::degrees;
use super::latest::Stamp;
use super::restriction::Member;
use super::restriction::MemberKind;
use super::source::Input;
use super::source::Source;
use crate::error;
use crate::roads::RoadData;

/// Longest tag, comment or stretch of text. Values have at most 255 characters by the map's
/// own rule; this is a thousand of the longest tags.
const MAX_TAG_BYTES: u64 = 1 << 20;

/// Deepest nesting; maps go to 5.
const MAX_DEPTH: u32 = 32;

/// Reads a map.
pub(super) fn read(source: Source<'_>) -> error::Result<RoadData> {
    let mut first = FirstPass::default();
    each_object(source, &mut first)?;
    let mut second = first.end();
    each_object(source, &mut second)?;
    Ok(second.end())
}

/// What takes the objects of a file.
trait Sink {
    /// Sees the start of an object; whether its content is wanted.
    fn start(&mut self, kind: MemberKind, stamp: Stamp) -> bool;

    /// Takes a wanted object with its content.
    fn end(&mut self, object: &Object) -> Result<(), Fault>;
}

impl Sink for FirstPass {
    fn start(&mut self, kind: MemberKind, _stamp: Stamp) -> bool {
        kind != MemberKind::Node
    }

    fn end(&mut self, object: &Object) -> Result<(), Fault> {
        let tags = object.tags();
        if object.kind == MemberKind::Way {
            return self.way(object.stamp, &tags, || Ok(object.refs.clone()));
        }
        let members = object.members.iter();
        let mut members: Vec<Member<'_>> = members
            .map(|(kind, id, role)| Member {
                kind: *kind,
                id: *id,
                role,
            })
            .collect();
        self.relation(object.stamp, &tags, &mut members)
    }
}

impl Sink for SecondPass {
    fn start(&mut self, kind: MemberKind, stamp: Stamp) -> bool {
        match kind {
            MemberKind::Node => return self.wants(stamp).is_some(),
            MemberKind::Way => self.way(stamp),
            MemberKind::Relation => self.relation(stamp),
        }
        false
    }

    fn end(&mut self, object: &Object) -> Result<(), Fault> {
        if let Some(wanted) = self.wants(object.stamp) {
            let (Some(lon), Some(lat)) = (object.lon, object.lat) else {
                return Err(Fault::damaged("a node without `lat` and `lon`"));
            };
            self.node(wanted, degrees(lon, lat)?, &object.tags());
        }
        Ok(())
    }
}

/// A node, way or relation.
#[derive(Debug)]
struct Object {
    kind: MemberKind,
    stamp: Stamp,
    lon: Option<f64>,
    lat: Option<f64>,
    tags: Vec<(String, String)>,
    refs: Vec<i64>,
    members: Vec<(MemberKind, i64, String)>,
}

impl Object {
    /// The object that a tag opens.
    fn open(kind: MemberKind, tag: &BytesStart<'_>) -> Result<Self, Fault> {
        let mut id = None;
        let mut object = Self {
            kind,
            stamp: Stamp {
                id: 0,
                version: 0,
                visible: true,
            },
            lon: None,
            lat: None,
            tags: Vec::new(),
            refs: Vec::new(),
            members: Vec::new(),
        };
        each_attribute(tag, |key, value| {
            match key {
                "id" => id = Some(number(key, value)?),
                "version" => object.stamp.version = number(key, value)?,
                "lat" => object.lat = Some(number(key, value)?),
                "lon" => object.lon = Some(number(key, value)?),
                "visible" if value == "false" => object.stamp.visible = false,
                "action" if value == "delete" => object.stamp.visible = false,
                _ => {}
            }
            Ok(())
        })?;
        object.stamp.id = id.ok_or_else(|| Fault::damaged("an object without `id`"))?;
        Ok(object)
    }

    /// Takes a tag inside the object.
    fn take(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        match tag.name().into_inner() {
            "tag" => self.take_tag(tag),
            "nd" => self.take_node(tag),
            "member" => self.take_member(tag),
            _ => Ok(()),
        }
    }

    fn take_tag(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let (mut k, mut v) = (None, None);
        each_attribute(tag, |key, value| {
            match key {
                "k" => k = Some(value.to_owned()),
                "v" => v = Some(value.to_owned()),
                _ => {}
            }
            Ok(())
        })?;
        match (k, v) {
            (Some(k), Some(v)) => self.tags.push((k, v)),
            _ => return Err(Fault::damaged("a <tag> without `k` and `v`")),
        }
        Ok(())
    }

    fn take_node(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let mut id = None;
        each_attribute(tag, |key, value| {
            if key == "ref" {
                id = Some(number(key, value)?);
            }
            Ok(())
        })?;
        self.refs
            .push(id.ok_or_else(|| Fault::damaged("a <nd> without `ref`"))?);
        Ok(())
    }

    fn take_member(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let (mut kind, mut id, mut role) = (None, None, String::new());
        each_attribute(tag, |key, value| {
            match key {
                "type" => kind = kind_of(value),
                "ref" => id = Some(number(key, value)?),
                "role" => value.clone_into(&mut role),
                _ => {}
            }
            Ok(())
        })?;
        match (kind, id) {
            (Some(kind), Some(id)) => self.members.push((kind, id, role)),
            _ => return Err(Fault::damaged("a <member> without `type` and `ref`")),
        }
        Ok(())
    }

    fn tags(&self) -> Vec<(&str, &str)> {
        let tags = self.tags.iter();
        tags.map(|(k, v)| (k.as_str(), v.as_str())).collect()
    }
}

/// Hands every object of the file to `sink`.
fn each_object(source: Source<'_>, sink: &mut impl Sink) -> error::Result<()> {
    let input = source.open().map_err(|e| Fault::from(e).error())?;
    let input = BufReader::new(input.limit_items(MAX_TAG_BYTES));
    let mut parser = Parser {
        reader: Reader::from_reader(input),
        depth: 0,
        root_seen: false,
        object: None,
        object_start: 0,
        place: 0,
    };
    parser.reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        match parser.step(&mut buffer, sink) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(fault) => {
                let place = source.line_and_column(parser.place);
                let (line, column) = place.unwrap_or((1, 1));
                return Err(fault.error().line(line).column(column).into());
            }
        }
    }
}

struct Parser<'a> {
    reader: Reader<BufReader<Input<'a>>>,
    depth: u32,
    root_seen: bool,
    /// The wanted object that is open.
    object: Option<Object>,
    /// Where it starts.
    object_start: u64,
    /// Where to say that a fault is.
    place: u64,
}

impl Parser<'_> {
    /// Reads one tag or stretch of text; `false` at the end of the file.
    fn step(&mut self, buffer: &mut Vec<u8>, sink: &mut impl Sink) -> Result<bool, Fault> {
        buffer.clear();
        self.place = self.reader.buffer_position();
        self.reader.get_mut().get_mut().mark();
        match self.reader.read_event_into(buffer)? {
            Event::Start(tag) => self.open(&tag, sink)?,
            Event::End(_) => self.close(sink)?,
            Event::Eof if self.depth > 0 => {
                return Err(Fault::damaged(
                    "the file ends before its last tag is closed",
                ));
            }
            Event::Eof if !self.root_seen => {
                return Err(Fault::damaged("there is no <osm> tag"));
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    fn open(&mut self, tag: &BytesStart<'_>, sink: &mut impl Sink) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::TooMuch(format!(
                "tags are nested more than {MAX_DEPTH} deep"
            )));
        }
        let name = tag.name().into_inner();
        match self.depth {
            1 => {
                check_root(name)?;
                self.root_seen = true;
            }
            2 => {
                if let Some(kind) = kind_of(name) {
                    let object = Object::open(kind, tag)?;
                    let wanted = sink.start(kind, object.stamp);
                    self.object = wanted.then_some(object);
                    self.object_start = self.place;
                }
            }
            3 => {
                if let Some(object) = &mut self.object {
                    object.take(tag)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, sink: &mut impl Sink) -> Result<(), Fault> {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 1
            && let Some(object) = self.object.take()
        {
            self.place = self.object_start;
            sink.end(&object)?;
        }
        Ok(())
    }
}

/// Refuses XML that is no map.
fn check_root(name: &str) -> Result<(), Fault> {
    match name {
        "osm" => Ok(()),
        "osmChange" => Err(Fault::Unsupported(
            "a file of changes, not a map".to_owned(),
            "apply it to a map first: osmium apply-changes MAP CHANGES -o OUT.osm.pbf",
        )),
        _ => Err(Fault::Unsupported(
            format!("XML, but no OpenStreetMap: it starts with <{}>", clip(name)),
            "export the map as OpenStreetMap XML (.osm), PBF or GeoJSON",
        )),
    }
}

fn kind_of(name: &str) -> Option<MemberKind> {
    match name {
        "node" => Some(MemberKind::Node),
        "way" => Some(MemberKind::Way),
        "relation" => Some(MemberKind::Relation),
        _ => None,
    }
}

/// Calls `take` with the name and value of every attribute.
fn each_attribute(
    tag: &BytesStart<'_>,
    mut take: impl FnMut(&str, &str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    // Without the library's check for repeated names, which takes quadratic time.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(quick_xml::Error::from)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        take(attribute.key.into_inner(), &value)?;
    }
    Ok(())
}

fn number<T: FromStr>(key: &str, value: &str) -> Result<T, Fault> {
    let number = value.trim().parse();
    number.map_err(|_| Fault::Value(format!("`{key}` is no number that fits"), value.to_owned()))
}

impl From<quick_xml::Error> for Fault {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(cause) => match Arc::try_unwrap(cause) {
                Ok(cause) => cause.into(),
                Err(shared) => Self::damaged(shared.to_string()),
            },
            other => Self::damaged(other.to_string()),
        }
    }
}
