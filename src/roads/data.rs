//! Roads as read from a file, before profiles: what every reader produces.
//!
//! All formats speak the same words here: `OpenStreetMap` tags. What a class, a direction or
//! a speed means is decided by the graph, not by the readers.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::Coord;
use serde::Serialize;

/// Roads as read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadData {
    /// Whether positions are planar metres (x east, y north), else WGS-84 degrees.
    pub planar: bool,
    /// Nodes that some way uses, sorted by id, ids unique.
    pub nodes: Vec<RoadNode>,
    /// Ways that some profile could use, sorted by id.
    ///
    /// An id appears more than once, its pieces in driving order, where the file lacks nodes
    /// from the middle of a way.
    pub ways: Vec<RoadWay>,
    /// Turn restrictions, sorted by id; ids repeat where a relation says several things.
    pub restrictions: Vec<RawRestriction>,
    /// What was left out.
    pub notes: Notes,
}

/// A point on a road.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadNode {
    /// The map's own id, never negative: ids that an editor gave to objects not yet uploaded
    /// (negative in the file) count up from [`NEW_IDS`].
    pub id: i64,
    /// Longitude and latitude in degrees, or planar metres. Finite and in range.
    pub at: Coord<f64>,
    /// Tags about passing through: barriers, gates, access, crossings.
    pub tags: Tags,
}

/// Ids given to objects whose id in the file is negative start above this: far above every
/// id in use, and still exact in a JSON number.
pub const NEW_IDS: i64 = 1 << 52;

/// A road.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadWay {
    /// The map's own id, never negative.
    pub id: i64,
    /// Positions in [`RoadData::nodes`] in drawing order: at least two, no node twice in a row.
    pub nodes: Vec<u32>,
    /// Tags that bear on travel; always has `highway`.
    pub tags: Tags,
    /// Length of the whole way in metres where the file states it (CSV only), else the
    /// length follows from the positions.
    pub length_metres: Option<f64>,
    /// Driving speed in km/h where the file states it (CSV only), else it follows from the
    /// tags. Not a speed limit: that is the tag `maxspeed`.
    pub kmh: Option<f64>,
}

impl RoadWay {
    /// The value of a tag.
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags.get(key)
    }
}

impl RoadNode {
    /// The value of a tag.
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags.get(key)
    }
}

/// Key and value pairs, sorted by key, keys unique. Cheap to clone: ways with the same tags
/// share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tags(Arc<[(String, String)]>);

impl Tags {
    /// The tags of `pairs`; of a key that comes twice the first counts.
    pub fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        pairs.dedup_by(|later, first| later.0 == first.0);
        Self(pairs.into())
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.0.binary_search_by(|(k, _)| k.as_str().cmp(key));
        found.ok().map(|i| self.0[i].1.as_str())
    }

    /// All pairs in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// Pairs whose key ends in `:conditional`: rules that hold at times only, which are
    /// reported and not guessed.
    pub fn conditional(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(k, _)| k.ends_with(":conditional"))
    }

    /// How many pairs.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A turn restriction as the map states it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RawRestriction {
    /// Id of its relation.
    pub id: i64,
    /// What it says, such as `no_left_turn`; any value the map has.
    pub kind: String,
    /// The kind of vehicle it is for, from a key such as `restriction:hgv`; `None`: for all
    /// but `except`.
    pub vehicle: Option<String>,
    /// Ways it starts from, in file order; several only for `no_entry`.
    pub from: Vec<i64>,
    /// What it passes.
    pub via: Via,
    /// Ways it leads to, in file order; several only for `no_exit`.
    pub to: Vec<i64>,
    /// Kinds of vehicle it is not for, from the tag `except`.
    pub except: Vec<String>,
    /// Whether it holds at times only.
    pub conditional: bool,
}

/// What a turn restriction passes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// A node, by its id.
    Node(i64),
    /// One or more ways in file order, by their ids.
    Ways(Vec<i64>),
}

/// Why something of the file was left out or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A way that is an outline (`area=yes`, a polygon), not a line to travel along.
    ClosedArea,
    /// A way planned, being built or gone; the value says which.
    NotOpen,
    /// A way whose `highway` is no class of road; the value says which.
    OddHighway,
    /// A ferry.
    Ferry,
    /// A feature with neither `highway` nor `class`.
    NoClass,
    /// A feature that is no line.
    NotALine,
    /// A way with fewer than two nodes in the file.
    TooFewNodes,
    /// A way cut where the file lacks nodes; its pieces are kept.
    CutWay,
    /// A node that a way names and the file lacks.
    MissingNode,
    /// An object deleted in its last version.
    Deleted,
    /// A version of an object that a later one replaces.
    OldVersion,
    /// A turn restriction without `from`, `via` or `to`.
    IncompleteRestriction,
    /// An edge from a node to itself.
    Loop,
}

impl Reason {
    /// What it means, in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::ClosedArea => "outlines of areas, not lines to travel along",
            Self::NotOpen => "ways planned, being built or gone",
            Self::OddHighway => "ways whose highway value is no class of road",
            Self::Ferry => "ferries",
            Self::NoClass => "features with neither highway nor class",
            Self::NotALine => "features that are no line",
            Self::TooFewNodes => "ways with fewer than two nodes in the file",
            Self::CutWay => "ways cut where the file lacks nodes, pieces kept",
            Self::MissingNode => "nodes that ways name and the file lacks",
            Self::Deleted => "objects deleted in their last version",
            Self::OldVersion => "versions replaced by later ones",
            Self::IncompleteRestriction => "turn restrictions without from, via or to",
            Self::Loop => "edges from a node to itself",
        }
    }
}

/// Counts of what was left out, by reason and value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(BTreeMap<(Reason, String), Note>);

/// How often something was left out, with examples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Note {
    /// How often.
    pub count: u64,
    /// The lowest ids concerned, at most [`Notes::EXAMPLES`], ascending.
    pub examples: Vec<i64>,
}

impl Notes {
    /// Examples kept of each reason and value.
    pub const EXAMPLES: usize = 5;
    /// Distinct values kept of all reasons together: a hostile file could hold millions.
    /// Further ones count under the empty value.
    const VALUES: usize = 1_000;
    /// Characters kept of a value.
    const VALUE_CHARS: usize = 60;

    /// Counts the object `id`, left out for `reason`; `value` is the offending value or empty.
    pub fn add(&mut self, reason: Reason, value: &str, id: i64) {
        let mut value: String = value.chars().take(Self::VALUE_CHARS).collect();
        if self.0.len() >= Self::VALUES && !self.0.contains_key(&(reason, value.clone())) {
            value.clear();
        }
        let note = self.0.entry((reason, value)).or_default();
        note.count += 1;
        let place = note.examples.partition_point(|&e| e < id);
        if place < Self::EXAMPLES && note.examples.get(place) != Some(&id) {
            note.examples.insert(place, id);
            note.examples.truncate(Self::EXAMPLES);
        }
    }

    /// How often `reason`, whatever the value.
    pub fn count(&self, reason: Reason) -> u64 {
        let of_reason = self.0.iter().filter(|((r, _), _)| *r == reason);
        of_reason.map(|(_, note)| note.count).sum()
    }

    /// Everything, by reason, then value.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, &str, &Note)> {
        self.0.iter().map(|((r, v), n)| (*r, v.as_str(), n))
    }

    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_by_key_and_the_first_of_two_counts() {
        let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        let tags = Tags::new(vec![
            pair("name", "Triq"),
            pair("highway", "service"),
            pair("highway", "track"),
            pair("access:conditional", "no @ (22:00-06:00)"),
        ]);
        assert_eq!(tags.get("highway"), Some("service"));
        assert_eq!(tags.get("oneway"), None);
        assert_eq!(tags.len(), 3);
        assert_eq!(tags.conditional().count(), 1);
    }

    #[test]
    fn notes_count_all_and_show_the_lowest_few() {
        let mut notes = Notes::default();
        for id in (0..100).rev() {
            notes.add(Reason::NotOpen, "proposed", id);
        }
        notes.add(Reason::NotOpen, "razed", 7);
        assert_eq!(notes.count(Reason::NotOpen), 101);
        let (_, value, note) = notes.iter().next().expect("two kinds were added");
        assert_eq!((value, note.count), ("proposed", 100));
        assert_eq!(note.examples, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_flood_of_values_takes_bounded_room() {
        let mut notes = Notes::default();
        for id in 0..5_000 {
            notes.add(Reason::OddHighway, &format!("{id:0>100}"), id);
            notes.add(Reason::OddHighway, &format!("{id}"), id);
        }
        assert_eq!(notes.count(Reason::OddHighway), 10_000);
        assert!(notes.iter().count() <= Notes::VALUES + 1);
    }
}
