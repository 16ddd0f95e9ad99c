//! What was made of the roads: what was closed, ignored, not understood or not guessed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use super::RoadData;
use super::Tags;

/// What building a graph left out, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BuildNotes {
    /// Rules that hold at times only, which are not applied: as `way 12: key = value`, sorted.
    pub conditional: Vec<String>,
    /// What concerns each profile, in the order of the profiles.
    pub profiles: Vec<ProfileNotes>,
}

impl BuildNotes {
    /// Conditional rules kept.
    const RULES: usize = 10_000;

    /// The notes of `data`, given those of each profile.
    pub(super) fn new(data: &RoadData, profiles: Vec<ProfileNotes>) -> Self {
        let mut conditional = Vec::new();
        let mut list = |what: &str, id: i64, tags: &Tags| {
            for (key, value) in tags.conditional() {
                conditional.push(format!("{what} {id}: {key} = {value}"));
            }
        };
        data.ways
            .iter()
            .for_each(|way| list("way", way.id, &way.tags));
        data.nodes
            .iter()
            .for_each(|node| list("node", node.id, &node.tags));
        for r in data.restrictions.iter().filter(|r| r.conditional) {
            conditional.push(format!("relation {}: {} at times only", r.id, r.kind));
        }
        conditional.sort();
        conditional.dedup();
        conditional.truncate(Self::RULES);
        Self {
            conditional,
            profiles,
        }
    }
}

/// What building a graph left out for one profile, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProfileNotes {
    /// Name of the profile.
    pub profile: String,
    /// Ways that it may use in some direction.
    pub ways_open: u64,
    /// Ways that it may not use, by reason.
    pub ways_closed: BTreeMap<String, u64>,
    /// Turn restrictions that bind it.
    pub restrictions_applied: u64,
    /// Turn restrictions that do not, by reason.
    pub restrictions_ignored: BTreeMap<String, u64>,
    /// Barriers on its ways that it passes with a delay.
    pub barriers_passed: u64,
    /// Barriers on its ways that stop it, by kind.
    pub barriers_closed: BTreeMap<String, u64>,
    /// Tags whose value is not understood, as `key=value`, with the number of objects.
    pub not_understood: BTreeMap<String, u64>,
    /// How its roads hang together.
    pub components: Components,
}

/// How the roads of one profile hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Components {
    /// Strongly connected components with at least one arc.
    pub count: u64,
    /// Arcs in all.
    pub arcs: u64,
    /// Arcs of the largest component: the roads that can be driven to and back.
    pub largest_arcs: u64,
    /// Length of all arcs, metres; a road open both ways counts twice.
    pub metres: u64,
    /// Length of the arcs of the largest component, metres.
    pub largest_metres: u64,
}

/// Counts objects by a text, each object once per text.
#[derive(Debug, Default)]
pub(super) struct Tally {
    seen: BTreeSet<(String, u32)>,
}

impl Tally {
    /// Distinct texts kept: a hostile file could hold millions.
    const TEXTS: usize = 10_000;
    /// Characters kept of a text.
    const CHARS: usize = 60;

    /// Counts object number `object` under `key=value`.
    pub(super) fn tag(&mut self, key: &str, value: &str, object: u32) {
        if self.seen.len() < Self::TEXTS {
            let text = format!("{key}={value}").chars().take(Self::CHARS).collect();
            self.seen.insert((text, object));
        }
    }

    pub(super) fn counts(self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for (text, _) in self.seen {
            *counts.entry(text).or_default() += 1;
        }
        counts
    }
}

/// Adds one to the count of `reason`.
pub(super) fn count(counts: &mut BTreeMap<String, u64>, reason: &str) {
    match counts.get_mut(reason) {
        Some(n) => *n += 1,
        None => {
            counts.insert(reason.to_owned(), 1);
        }
    }
}
