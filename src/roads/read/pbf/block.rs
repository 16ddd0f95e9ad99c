//! A data block of an `OpenStreetMap` protocol buffer file: strings, nodes, ways, relations.

use std::cell::OnceCell;

use geo::Coord;

use super::object::Dense;
use super::object::Kind;
use super::object::Object;
use super::wire::Deltas;
use super::wire::Fields;
use super::wire::Packed;
use super::wire::Value;
use crate::roads::read::collect::FirstPass;
use crate::roads::read::collect::SecondPass;
use crate::roads::read::fault::Fault;
use crate::roads::read::fault::degrees;
use crate::roads::read::restriction::Member;
use crate::roads::read::restriction::MemberKind;

/// Most strings of a block. Blocks hold 8,000 objects by custom; empty strings take two bytes
/// in the file and sixteen here.
const MAX_STRINGS: usize = 1 << 20;

type Tags<'a> = Vec<(&'a str, &'a str)>;

/// The message `PrimitiveBlock`.
#[derive(Debug)]
pub(super) struct Block<'a> {
    message: &'a [u8],
    table: &'a [u8],
    /// The table taken apart, once a group needs it.
    strings: OnceCell<Vec<&'a [u8]>>,
    /// Nanodegrees of a unit of position.
    granularity: i64,
    /// Nanodegrees added to every position.
    offset_lat: i64,
    offset_lon: i64,
}

impl<'a> Block<'a> {
    pub(super) fn parse(message: &'a [u8]) -> Result<Self, Fault> {
        let mut block = Self {
            message,
            table: &[],
            strings: OnceCell::new(),
            granularity: 100,
            offset_lat: 0,
            offset_lon: 0,
        };
        for field in Fields::new(message) {
            match field? {
                (1, value) => block.table = value.bytes()?,
                (17, value) => block.granularity = value.number()? as i64,
                (19, value) => block.offset_lat = value.number()? as i64,
                (20, value) => block.offset_lon = value.number()? as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    /// Hands ways and relations to the first pass.
    pub(super) fn roads_into(&self, pass: &mut FirstPass) -> Result<(), Fault> {
        let mut tags = Tags::new();
        self.each_object(|kind, value| match kind {
            3 => {
                let way = Object::parse(Kind::Way, value)?;
                self.tags_of(&way, &mut tags)?;
                pass.way(way.stamp, &tags, || Deltas::new(way.refs).collect())
            }
            4 => {
                let relation = Object::parse(Kind::Relation, value)?;
                self.tags_of(&relation, &mut tags)?;
                let mut members = if tags.iter().any(|(k, _)| *k == "type") {
                    self.members_of(&relation)?
                } else {
                    Vec::new()
                };
                pass.relation(relation.stamp, &tags, &mut members)
            }
            _ => Ok(()),
        })
    }

    /// Hands all objects to the second pass.
    pub(super) fn nodes_into(&self, pass: &mut SecondPass) -> Result<(), Fault> {
        let mut tags = Tags::new();
        self.each_object(|kind, value| match kind {
            1 => {
                let node = Object::parse(Kind::Node, value)?;
                if let Some(wanted) = pass.wants(node.stamp) {
                    self.tags_of(&node, &mut tags)?;
                    pass.node(wanted, self.position(node.lon, node.lat)?, &tags);
                }
                Ok(())
            }
            2 => self.dense_into(value.bytes()?, pass),
            3 => {
                pass.way(Object::parse(Kind::Way, value)?.stamp);
                Ok(())
            }
            4 => {
                pass.relation(Object::parse(Kind::Relation, value)?.stamp);
                Ok(())
            }
            _ => Ok(()),
        })
    }

    /// Calls `take` with every field of every `PrimitiveGroup`: 1 a node, 2 many nodes, 3 a
    /// way, 4 a relation.
    fn each_object(
        &self,
        mut take: impl FnMut(u64, Value<'a>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        for field in Fields::new(self.message) {
            if let (2, group) = field? {
                for field in Fields::new(group.bytes()?) {
                    let (kind, value) = field?;
                    take(kind, value)?;
                }
            }
        }
        Ok(())
    }

    /// The message `DenseNodes`: columns side by side.
    fn dense_into(&self, message: &'a [u8], pass: &mut SecondPass) -> Result<(), Fault> {
        let mut dense = Dense::parse(message)?;
        let mut tags = Tags::new();
        while let Some((stamp, lon, lat)) = dense.next()? {
            let wanted = pass.wants(stamp);
            tags.clear();
            while let Some((key, value)) = dense.tag()? {
                if wanted.is_some() {
                    tags.push((self.string(key)?, self.string(value)?));
                }
            }
            if let Some(wanted) = wanted {
                pass.node(wanted, self.position(lon, lat)?, &tags);
            }
        }
        Ok(())
    }

    /// The position of two coordinates in the block's units.
    fn position(&self, lon: i64, lat: i64) -> Result<Coord<f64>, Fault> {
        let degree = |offset: i64, units: i64| {
            let nano = units.checked_mul(self.granularity)?.checked_add(offset)?;
            Some(nano as f64 / 1e9)
        };
        match (degree(self.offset_lon, lon), degree(self.offset_lat, lat)) {
            (Some(lon), Some(lat)) => degrees(lon, lat),
            _ => Err(Fault::damaged("a position overflows")),
        }
    }

    /// Puts the tags of an object into `tags`.
    fn tags_of(&self, object: &Object<'a>, tags: &mut Tags<'a>) -> Result<(), Fault> {
        let (mut keys, mut values) = (Packed::new(object.keys), Packed::new(object.values));
        tags.clear();
        loop {
            match (keys.next()?, values.next()?) {
                (Some(key), Some(value)) => tags.push((self.string(key)?, self.string(value)?)),
                (None, None) => return Ok(()),
                _ => return Err(Fault::damaged("keys and values differ in number")),
            }
        }
    }

    fn members_of(&self, relation: &Object<'a>) -> Result<Vec<Member<'a>>, Fault> {
        let mut roles = Packed::new(relation.refs);
        let mut ids = Deltas::new(relation.member_ids);
        let mut kinds = Packed::new(relation.member_kinds);
        let mut members = Vec::new();
        loop {
            let (role, id, kind) = match (roles.next()?, ids.next()?, kinds.next()?) {
                (Some(role), Some(id), Some(kind)) => (role, id, kind),
                (None, None, None) => return Ok(members),
                _ => return Err(Fault::damaged("members and roles differ in number")),
            };
            let kind = match kind {
                0 => MemberKind::Node,
                1 => MemberKind::Way,
                2 => MemberKind::Relation,
                _ => return Err(Fault::damaged("a member of unknown kind")),
            };
            let role = self.string(role)?;
            members.push(Member { kind, id, role });
        }
    }

    fn string(&self, index: u64) -> Result<&'a str, Fault> {
        let strings = match self.strings.get() {
            Some(strings) => strings,
            None => {
                let strings = strings_of(self.table)?;
                self.strings.get_or_init(|| strings)
            }
        };
        let index = usize::try_from(index).ok();
        let bytes = index
            .and_then(|i| strings.get(i))
            .ok_or_else(|| Fault::damaged("a string that its block does not hold"))?;
        std::str::from_utf8(bytes).map_err(|_| Fault::damaged("a string that is not UTF-8"))
    }
}

/// The message `StringTable`.
fn strings_of(table: &[u8]) -> Result<Vec<&[u8]>, Fault> {
    let mut strings = Vec::new();
    for field in Fields::new(table) {
        if let (1, value) = field? {
            if strings.len() == MAX_STRINGS {
                return Err(Fault::TooMuch(format!(
                    "a block holds more than {MAX_STRINGS} strings"
                )));
            }
            strings.push(value.bytes()?);
        }
    }
    Ok(strings)
}
