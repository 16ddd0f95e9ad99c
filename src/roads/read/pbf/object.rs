//! The objects of a data block: nodes, ways and relations as their messages.

use super::wire::Deltas;
use super::wire::Fields;
use super::wire::Packed;
use super::wire::Value;
use super::wire::zigzag;
use crate::roads::read::fault::Fault;
use crate::roads::read::latest::Stamp;

/// Which message an [`Object`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Node,
    Way,
    Relation,
}

/// A message `Node`, `Way` or `Relation`: they share the numbers of their common fields.
#[derive(Debug)]
pub(super) struct Object<'a> {
    pub(super) stamp: Stamp,
    pub(super) keys: &'a [u8],
    pub(super) values: &'a [u8],
    /// Nodes of a way; roles of a relation.
    pub(super) refs: &'a [u8],
    pub(super) member_ids: &'a [u8],
    pub(super) member_kinds: &'a [u8],
    pub(super) lat: i64,
    pub(super) lon: i64,
}

impl<'a> Object<'a> {
    pub(super) fn parse(kind: Kind, value: Value<'a>) -> Result<Self, Fault> {
        let mut id = None;
        let mut object = Self {
            stamp: Stamp {
                id: 0,
                version: 0,
                visible: true,
            },
            keys: &[],
            values: &[],
            refs: &[],
            member_ids: &[],
            member_kinds: &[],
            lat: 0,
            lon: 0,
        };
        for field in Fields::new(value.bytes()?) {
            match field? {
                (1, value) => id = Some(value.number()?),
                (2, value) => once(&mut object.keys, value)?,
                (3, value) => once(&mut object.values, value)?,
                (4, value) => object.read_info(value.bytes()?)?,
                (8, Value::Number(n)) => object.lat = zigzag(n),
                (9, Value::Number(n)) => object.lon = zigzag(n),
                (8, value) => once(&mut object.refs, value)?,
                (9, value) => once(&mut object.member_ids, value)?,
                (10, value) => once(&mut object.member_kinds, value)?,
                _ => {}
            }
        }
        let id = id.ok_or_else(|| Fault::damaged("an object without an id"))?;
        object.stamp.id = match kind {
            Kind::Node => zigzag(id),
            Kind::Way | Kind::Relation => id as i64,
        };
        Ok(object)
    }

    /// The message `Info`.
    fn read_info(&mut self, message: &[u8]) -> Result<(), Fault> {
        for field in Fields::new(message) {
            match field? {
                (1, value) => self.stamp.version = version(value.number()?),
                (6, value) => self.stamp.visible = value.number()? != 0,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The message `DenseNodes` on the way through.
#[derive(Debug, Default)]
pub(super) struct Dense<'a> {
    ids: Deltas<'a>,
    lats: Deltas<'a>,
    lons: Deltas<'a>,
    /// Key, value, key, value, 0 for each node; empty where no node has tags.
    tags: Packed<'a>,
    /// One for each node, or none at all.
    versions: Packed<'a>,
    visible: Packed<'a>,
    has_versions: bool,
    has_visible: bool,
}

impl<'a> Dense<'a> {
    pub(super) fn parse(message: &'a [u8]) -> Result<Self, Fault> {
        let [mut ids, mut lats, mut lons, mut tags, mut info]: [&[u8]; 5] = Default::default();
        for field in Fields::new(message) {
            match field? {
                (1, value) => once(&mut ids, value)?,
                (5, value) => once(&mut info, value)?,
                (8, value) => once(&mut lats, value)?,
                (9, value) => once(&mut lons, value)?,
                (10, value) => once(&mut tags, value)?,
                _ => {}
            }
        }
        let [mut versions, mut visible]: [&[u8]; 2] = Default::default();
        for field in Fields::new(info) {
            match field? {
                (1, value) => once(&mut versions, value)?,
                (6, value) => once(&mut visible, value)?,
                _ => {}
            }
        }
        Ok(Self {
            ids: Deltas::new(ids),
            lats: Deltas::new(lats),
            lons: Deltas::new(lons),
            tags: Packed::new(tags),
            versions: Packed::new(versions),
            visible: Packed::new(visible),
            has_versions: !versions.is_empty(),
            has_visible: !visible.is_empty(),
        })
    }

    /// The next node with its longitude and latitude; its tags must be read before the one
    /// after it.
    pub(super) fn next(&mut self) -> Result<Option<(Stamp, i64, i64)>, Fault> {
        let short = || Fault::damaged("columns of nodes differ in length");
        let (id, lat, lon) = match (self.ids.next()?, self.lats.next()?, self.lons.next()?) {
            (Some(id), Some(lat), Some(lon)) => (id, lat, lon),
            (None, None, None) => return Ok(None),
            _ => return Err(short()),
        };
        let mut stamp = Stamp {
            id,
            version: 0,
            visible: true,
        };
        if self.has_versions {
            stamp.version = version(self.versions.next()?.ok_or_else(short)?);
        }
        if self.has_visible {
            stamp.visible = self.visible.next()?.ok_or_else(short)? != 0;
        }
        Ok(Some((stamp, lon, lat)))
    }

    /// The next tag of the node, as places in the string table; `None` after its last.
    pub(super) fn tag(&mut self) -> Result<Option<(u64, u64)>, Fault> {
        let key = match self.tags.next()? {
            None | Some(0) => return Ok(None),
            Some(key) => key,
        };
        let value = self.tags.next()?;
        let value = value.ok_or_else(|| Fault::damaged("a key without a value"))?;
        Ok(Some((key, value)))
    }
}

/// Sets a list that comes once in a message. The wire format allows more, in pieces to be
/// joined, but no writer of maps does that.
fn once<'a>(slot: &mut &'a [u8], value: Value<'a>) -> Result<(), Fault> {
    if !slot.is_empty() {
        return Err(Fault::damaged("a list comes in pieces"));
    }
    *slot = value.bytes()?;
    Ok(())
}

/// A version number; files without versions say -1.
fn version(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}
