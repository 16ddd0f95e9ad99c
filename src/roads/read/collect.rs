//! From the objects of an `OpenStreetMap` file to [`RoadData`], in two passes.
//!
//! The first pass keeps roads and turn restrictions, the second the nodes that those roads
//! need, so memory grows with the roads of a file and not with the file. Objects may come in
//! any order and, in history files, in several versions: the last version counts.

use std::collections::BTreeSet;

use geo::Coord;

use super::fault::Fault;
use super::latest::Latest;
use super::latest::Stamp;
use super::latest::find_near;
use super::latest::own_id;
use super::restriction::Member;
use super::restriction::is_restriction;
use super::restriction::restrictions_of;
use super::tags;
use super::tags::Verdict;
use crate::roads::Notes;
use crate::roads::RawRestriction;
use crate::roads::Reason;
use crate::roads::RoadData;
use crate::roads::RoadNode;
use crate::roads::RoadWay;
use crate::roads::Tags;

/// A way that may come to be a road.
#[derive(Debug)]
enum Way {
    Road { refs: Box<[i64]>, tags: Tags },
    Out { reason: Reason, value: String },
}

/// The first pass: every way and relation of the file, in file order.
#[derive(Debug, Default)]
pub(super) struct FirstPass {
    ways: Latest<Way>,
    relations: Latest<Option<Vec<RawRestriction>>>,
    /// Tag sets seen, so that equal ones share their memory.
    shared: BTreeSet<Tags>,
}

impl FirstPass {
    /// Takes a way; `refs` are read only of roads.
    pub(super) fn way<E: From<Fault>>(
        &mut self,
        stamp: Stamp,
        tags: &[(&str, &str)],
        refs: impl FnOnce() -> Result<Vec<i64>, E>,
    ) -> Result<(), E> {
        self.ways.pass();
        if !stamp.visible {
            return Ok(());
        }
        let item = match tags::judge(tags) {
            Verdict::Other => return Ok(()),
            Verdict::Out(reason, value) => Way::Out {
                reason,
                value: value.to_owned(),
            },
            Verdict::Road => {
                let refs: Result<Box<[i64]>, Fault> = refs()?.into_iter().map(own_id).collect();
                Way::Road {
                    refs: refs?,
                    tags: self.share(tags::pick(tags, tags::is_way_key)),
                }
            }
        };
        Ok(self.ways.keep(stamp, item)?)
    }

    /// Takes a relation.
    pub(super) fn relation(
        &mut self,
        stamp: Stamp,
        tags: &[(&str, &str)],
        members: &mut [Member<'_>],
    ) -> Result<(), Fault> {
        self.relations.pass();
        if !stamp.visible || !is_restriction(tags) {
            return Ok(());
        }
        for member in members.iter_mut() {
            member.id = own_id(member.id)?;
        }
        let id = own_id(stamp.id)?;
        self.relations
            .keep(stamp, restrictions_of(id, tags, members))
    }

    /// Ends the pass.
    pub(super) fn end(self) -> SecondPass {
        let (ways, relations) = (self.ways.settle(), self.relations.settle());
        let mut needed: Vec<i64> = ways
            .items()
            .flat_map(|way| match way {
                Way::Road { refs, .. } => &refs[..],
                Way::Out { .. } => &[],
            })
            .copied()
            .collect();
        needed.sort_unstable();
        needed.dedup();
        SecondPass {
            nodes: vec![Slot::default(); needed.len()],
            needed,
            ways,
            relations,
            hint: 0,
        }
    }

    fn share(&mut self, tags: Tags) -> Tags {
        if let Some(known) = self.shared.get(&tags) {
            return known.clone();
        }
        self.shared.insert(tags.clone());
        tags
    }
}

/// A node that some road needs.
#[derive(Clone, Debug, Default)]
struct Slot {
    version: u32,
    /// `None`: the file lacks it, or it is deleted.
    node: Option<(Coord<f64>, Tags)>,
}

/// The second pass: every object of the file again, in the same order.
#[derive(Debug)]
pub(super) struct SecondPass {
    ways: Latest<Way>,
    relations: Latest<Option<Vec<RawRestriction>>>,
    /// Ids of needed nodes, ascending, and what is known of each.
    needed: Vec<i64>,
    nodes: Vec<Slot>,
    hint: usize,
}

impl SecondPass {
    /// Sees a way again: a later version than the one kept shows that the way is no road any
    /// more.
    pub(super) fn way(&mut self, stamp: Stamp) {
        self.ways.pass();
        self.ways.supersede(stamp);
    }

    /// Sees a relation again.
    pub(super) fn relation(&mut self, stamp: Stamp) {
        self.relations.pass();
        self.relations.supersede(stamp);
    }

    /// Whether a road needs this version of a node; the answer is for [`Self::node`].
    pub(super) fn wants(&mut self, stamp: Stamp) -> Option<usize> {
        let id = own_id(stamp.id).ok()?;
        let i = find_near(&self.needed, |&id| id, id, &mut self.hint)?;
        let slot = &mut self.nodes[i];
        if stamp.version < slot.version {
            return None;
        }
        slot.version = stamp.version;
        if !stamp.visible {
            slot.node = None;
            return None;
        }
        Some(i)
    }

    /// Takes a wanted node.
    pub(super) fn node(&mut self, wanted: usize, at: Coord<f64>, tags: &[(&str, &str)]) {
        let tags = if tags.is_empty() {
            Tags::default()
        } else {
            tags::pick(tags, tags::is_node_key)
        };
        self.nodes[wanted].node = Some((at, tags));
    }

    /// Puts the roads together.
    pub(super) fn end(self) -> RoadData {
        let mut notes = Notes::default();
        let ways = self.ways.into_items(&mut notes);
        let relations = self.relations.into_items(&mut notes);
        let mut join = Join {
            needed: &self.needed,
            nodes: &self.nodes,
            used: vec![false; self.needed.len()],
            missing: BTreeSet::new(),
        };
        let mut pieces = Vec::new();
        for (id, way) in ways {
            match way {
                Way::Out { reason, value } => notes.add(reason, &value, id),
                Way::Road { refs, tags } => {
                    join.way(id, &refs, &tags, &mut pieces, &mut notes);
                }
            }
        }
        for &id in &join.missing {
            notes.add(Reason::MissingNode, "", id);
        }
        let used = join.used;
        let mut restrictions = Vec::new();
        for (id, said) in relations {
            match said {
                Some(said) => restrictions.extend(said),
                None => notes.add(Reason::IncompleteRestriction, "", id),
            }
        }
        RoadData {
            planar: false,
            nodes: compact(&self.needed, self.nodes, &used, &mut pieces),
            ways: pieces,
            restrictions,
            notes,
        }
    }
}

/// Joins ways to the nodes found.
struct Join<'a> {
    needed: &'a [i64],
    nodes: &'a [Slot],
    used: Vec<bool>,
    missing: BTreeSet<i64>,
}

impl Join<'_> {
    /// Adds the pieces of a way, cut where nodes are missing; node positions are those of
    /// `needed` for now.
    fn way(
        &mut self,
        id: i64,
        refs: &[i64],
        tags: &Tags,
        pieces: &mut Vec<RoadWay>,
        notes: &mut Notes,
    ) {
        let mut hint = 0;
        let mut complete = true;
        let places: Vec<Option<u32>> = refs
            .iter()
            .map(|&r| {
                let i = find_near(self.needed, |&id| id, r, &mut hint)?;
                if self.nodes[i].node.is_none() {
                    self.missing.insert(r);
                    complete = false;
                    return None;
                }
                u32::try_from(i).ok()
            })
            .collect();
        let before = pieces.len();
        for run in places.split(Option::is_none) {
            let mut nodes: Vec<u32> = run.iter().copied().flatten().collect();
            nodes.dedup();
            if nodes.len() < 2 {
                continue;
            }
            nodes.shrink_to_fit();
            nodes.iter().for_each(|&n| self.used[n as usize] = true);
            pieces.push(RoadWay {
                id,
                nodes,
                tags: tags.clone(),
                length_metres: None,
                kmh: None,
            });
        }
        if pieces.len() == before {
            notes.add(Reason::TooFewNodes, "", id);
        } else if !complete {
            notes.add(Reason::CutWay, "", id);
        }
    }
}

/// The nodes in use, and the ways renumbered to them.
fn compact(needed: &[i64], slots: Vec<Slot>, used: &[bool], ways: &mut [RoadWay]) -> Vec<RoadNode> {
    let mut nodes = Vec::new();
    let mut place = vec![0; needed.len()];
    for (i, slot) in slots.into_iter().enumerate() {
        if let (true, Some((at, tags))) = (used[i], slot.node) {
            place[i] = nodes.len() as u32;
            let id = needed[i];
            nodes.push(RoadNode { id, at, tags });
        }
    }
    for node in ways.iter_mut().flat_map(|way| &mut way.nodes) {
        *node = place[*node as usize];
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(id: i64, version: u32, visible: bool) -> Stamp {
        Stamp {
            id,
            version,
            visible,
        }
    }

    fn first(ways: &[(Stamp, &str, &[i64])]) -> FirstPass {
        let mut pass = FirstPass::default();
        for &(stamp, highway, refs) in ways {
            pass.way::<Fault>(stamp, &[("highway", highway)], || Ok(refs.to_vec()))
                .expect("sound ids");
        }
        pass
    }

    fn both(ways: &[(Stamp, &str, &[i64])], nodes: &[(Stamp, f64)]) -> RoadData {
        let mut second = first(ways).end();
        for &(stamp, x) in nodes {
            if let Some(wanted) = second.wants(stamp) {
                second.node(wanted, Coord { x, y: 0.0 }, &[]);
            }
        }
        for &(stamp, _, _) in ways {
            second.way(stamp);
        }
        second.end()
    }

    #[test]
    fn the_last_version_counts_wherever_it_stands() {
        let data = both(
            &[
                (stamp(7, 3, true), "service", &[1, 2]),
                (stamp(7, 2, true), "track", &[1, 2]),
                (stamp(8, 1, true), "service", &[1, 2]),
                (stamp(8, 2, false), "service", &[]),
                (stamp(9, 1, true), "service", &[1, 2]),
                (stamp(9, 2, true), "", &[]),
            ],
            &[
                (stamp(1, 1, true), 0.5),
                (stamp(1, 2, true), 1.0),
                (stamp(2, 1, true), 2.0),
            ],
        );
        assert_eq!(data.ways.len(), 1);
        assert_eq!(
            (data.ways[0].id, data.ways[0].tag("highway")),
            (7, Some("service"))
        );
        assert_eq!(data.nodes[0].at.x, 1.0);
        assert_eq!(data.notes.count(Reason::Deleted), 1);
        assert_eq!(data.notes.count(Reason::OldVersion), 2);
    }

    #[test]
    fn a_way_is_cut_where_nodes_are_missing() {
        let there: Vec<(Stamp, f64)> = [1, 2, 4, 5, 7]
            .map(|id| (stamp(id, 1, true), id as f64))
            .to_vec();
        let data = both(
            &[(stamp(1, 1, true), "road", &[1, 2, 2, 3, 4, 5, 6, 7])],
            &there,
        );
        let pieces: Vec<&[u32]> = data.ways.iter().map(|w| &w.nodes[..]).collect();
        assert_eq!(pieces, [&[0, 1], &[2, 3]]);
        let ids: Vec<i64> = data.nodes.iter().map(|n| n.id).collect();
        assert_eq!(ids, [1, 2, 4, 5], "node 7 stands alone");
        assert_eq!(data.notes.count(Reason::MissingNode), 2);
        assert_eq!(data.notes.count(Reason::CutWay), 1);
    }
}
