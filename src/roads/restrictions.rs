//! Turn restrictions as sequences of lanes that may not be driven in a row.
//!
//! `no_*` forbids the one sequence from, via, to; `only_*` forbids from, via and then
//! anything but to. What cannot be told for sure is left out and counted with its reason.

use std::ops::Range;

use super::RawRestriction;
use super::RoadData;
use super::Via;
use super::network::Lane;
use super::network::Network;
use super::notes::ProfileNotes;
use super::notes::count;
use super::profile::Profile;
use super::usage::Usage;

/// What turn restrictions forbid a profile; those applied and ignored are counted in `notes`.
pub(super) fn turns(
    data: &RoadData,
    network: &Network,
    of_way: &[Range<u32>],
    usage: &Usage,
    profile: &Profile,
    notes: &mut ProfileNotes,
) -> Vec<Vec<Lane>> {
    let reader = Reader {
        data,
        network,
        of_way,
        usage,
    };
    let mut forbidden = Vec::new();
    for restriction in &data.restrictions {
        let read = binds(restriction, profile).and_then(|()| reader.sequences(restriction));
        match read {
            Ok(sequences) => {
                notes.restrictions_applied += 1;
                forbidden.extend(sequences);
            }
            Err(reason) => count(&mut notes.restrictions_ignored, reason),
        }
    }
    forbidden
}

type Reason = &'static str;

/// Whether a restriction concerns the profile at all, by its tags.
fn binds(restriction: &RawRestriction, profile: &Profile) -> Result<(), Reason> {
    let is_ours = |vehicle: &String| profile.vehicles.contains(vehicle);
    if restriction.conditional {
        return Err("holds at times only");
    }
    let named = match &restriction.vehicle {
        Some(vehicle) => is_ours(vehicle),
        None => profile.obeys_general_restrictions,
    };
    if !named {
        return Err("not for this profile");
    }
    if restriction.except.iter().any(is_ours) {
        return Err("this profile is excepted");
    }
    Ok(())
}

/// What a restriction says about the turn it names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    No,
    Only,
}

fn says(kind: &str) -> Option<Says> {
    let turn = |turn: &str| {
        matches!(
            turn,
            "left_turn" | "right_turn" | "straight_on" | "u_turn" | "entry" | "exit"
        )
    };
    match kind.split_once('_') {
        Some(("no", t)) if turn(t) => Some(Says::No),
        Some(("only", t)) if turn(t) && t != "entry" && t != "exit" => Some(Says::Only),
        _ => None,
    }
}

struct Reader<'a> {
    data: &'a RoadData,
    network: &'a Network,
    of_way: &'a [Range<u32>],
    usage: &'a Usage,
}

impl Reader<'_> {
    fn sequences(&self, restriction: &RawRestriction) -> Result<Vec<Vec<Lane>>, Reason> {
        let says = says(&restriction.kind).ok_or("kind of restriction not known")?;
        let several_from = restriction.from.len() > 1 && restriction.kind != "no_entry";
        let several_to = restriction.to.len() > 1 && restriction.kind != "no_exit";
        if several_from || several_to {
            return Err("several members from or to");
        }
        let mut sequences = Vec::new();
        let mut failed = None;
        for &from in &restriction.from {
            for &to in &restriction.to {
                match self.sequence(from, &restriction.via, to) {
                    Ok(sequence) => sequences.push(sequence),
                    Err(reason) => failed = Some(reason),
                }
            }
        }
        match (failed, says) {
            (Some(reason), _) if sequences.is_empty() => Err(reason),
            (_, Says::No) => Ok(sequences),
            (_, Says::Only) => Ok(sequences.iter().flat_map(|s| self.all_but(s)).collect()),
        }
    }

    /// The lanes of a restriction in driving order.
    fn sequence(&self, from: i64, via: &Via, to: i64) -> Result<Vec<Lane>, Reason> {
        match via {
            Via::Node(node) => {
                let vertex = self
                    .network
                    .vertex_of(*node)
                    .ok_or("via is not on these roads")?;
                let into = self.single(from, vertex, End::Into)?;
                let out = self.single(to, vertex, End::Out)?;
                Ok(vec![into, out])
            }
            Via::Ways(ways) => {
                let mut backwards = ways.clone();
                backwards.reverse();
                self.over_ways(from, ways, to).or_else(|reason| {
                    // Members need not come in driving order.
                    self.over_ways(from, &backwards, to).map_err(|_| reason)
                })
            }
        }
    }

    /// The lanes of a restriction whose via is a chain of ways.
    fn over_ways(&self, from: i64, ways: &[i64], to: i64) -> Result<Vec<Lane>, Reason> {
        let first = self.only_part(*ways.first().ok_or("via has no ways")?)?;
        let (mut found, mut reason) = (None, "via does not join from and to");
        for backward in [false, true] {
            let Some(via) = self.chain(first, backward, &ways[1..])? else {
                continue;
            };
            match self.joined(from, via, to) {
                Ok(_) if found.is_some() => return Err("via can be driven two ways"),
                Ok(sequence) => found = Some(sequence),
                Err(APART) => {}
                Err(other) => reason = other,
            }
        }
        found.ok_or(reason)
    }

    fn joined(&self, from: i64, via: Vec<Lane>, to: i64) -> Result<Vec<Lane>, Reason> {
        let (Some(&head), Some(&last)) = (via.first(), via.last()) else {
            return Err(APART);
        };
        let into = self.single(from, self.network.tail(head), End::Into)?;
        let out = self.single(to, self.network.head(last), End::Out)?;
        if !via.iter().all(|&l| self.usage.open(l)) {
            return Err("a way is closed to this profile at via");
        }
        Ok([vec![into], via, vec![out]].concat())
    }

    /// The lanes of way `first` in that direction and of `rest` as they follow; `None` where
    /// they do not follow each other.
    fn chain(
        &self,
        first: usize,
        backward: bool,
        rest: &[i64],
    ) -> Result<Option<Vec<Lane>>, Reason> {
        let mut lanes = self.along(first, backward);
        for &way in rest {
            let way = self.only_part(way)?;
            let Some(&last) = lanes.last() else {
                return Ok(None);
            };
            let end = self.network.head(last);
            let follows = |backward: &bool| {
                let next = self.along(way, *backward);
                next.first().is_some_and(|&l| self.network.tail(l) == end)
            };
            let Some(backward) = [false, true].into_iter().find(follows) else {
                return Ok(None);
            };
            lanes.extend(self.along(way, backward));
        }
        Ok(Some(lanes))
    }

    /// All lanes of a way in one direction, in driving order.
    fn along(&self, way: usize, backward: bool) -> Vec<Lane> {
        let pieces = self.of_way[way].clone();
        let mut lanes: Vec<Lane> = pieces.map(|p| Lane::new(p, backward)).collect();
        if backward {
            lanes.reverse();
        }
        lanes
    }

    /// Positions of the ways with that id: several where the file lacks nodes of it.
    fn parts(&self, id: i64) -> Range<usize> {
        let start = self.data.ways.partition_point(|w| w.id < id);
        let end = self.data.ways.partition_point(|w| w.id <= id);
        start..end
    }

    fn only_part(&self, id: i64) -> Result<usize, Reason> {
        let parts = self.parts(id);
        match parts.len() {
            0 => Err("a way is not in the map"),
            1 if self.of_way[parts.start].is_empty() => Err("a way is closed to every profile"),
            1 => Ok(parts.start),
            _ => Err("via lacks nodes in the file"),
        }
    }

    /// The one lane of way `id` that leads into `vertex`, or out of it, at an end of the way.
    fn single(&self, id: i64, vertex: u32, end: End) -> Result<Lane, Reason> {
        let parts = self.parts(id);
        if parts.is_empty() {
            return Err("a way is not in the map");
        }
        let ends: Vec<Lane> = parts
            .clone()
            .flat_map(|way| self.at_end(way, vertex, end))
            .collect();
        let mut open = ends.iter().filter(|&&l| self.usage.open(l));
        match (open.next(), open.next()) {
            (Some(&lane), None) => Ok(lane),
            (Some(_), Some(_)) => Err("a way can be driven two ways at via"),
            (None, _) if !ends.is_empty() => Err("a way is closed to this profile at via"),
            (None, _) if parts.clone().all(|w| self.of_way[w].is_empty()) => {
                Err("a way is closed to every profile")
            }
            (None, _) if self.passes(parts, vertex) => Err("a way runs through via"),
            (None, _) => Err(APART),
        }
    }

    fn at_end(&self, way: usize, vertex: u32, end: End) -> Vec<Lane> {
        let pieces = &self.of_way[way];
        if pieces.is_empty() {
            return Vec::new();
        }
        // Both lanes that touch an end of the way, as they lead out of it.
        let outward = [
            Lane::new(pieces.start, false),
            Lane::new(pieces.end - 1, true),
        ];
        let touching = outward
            .into_iter()
            .filter(|&l| self.network.tail(l) == vertex);
        let turned = touching.map(|l| if end == End::Into { l.reverse() } else { l });
        turned.collect()
    }

    fn passes(&self, mut parts: Range<usize>, vertex: u32) -> bool {
        let touches = |piece: u32| self.network.tail(Lane::new(piece, false)) == vertex;
        parts.any(|way| self.of_way[way].clone().any(touches))
    }

    /// What `only_*` forbids: the sequence with every other way on at its end.
    fn all_but(&self, sequence: &[Lane]) -> Vec<Vec<Lane>> {
        let Some((&to, before)) = sequence.split_last() else {
            return Vec::new();
        };
        let leaving = self.network.leaving(self.network.tail(to)).iter();
        let others = leaving.filter(|&&l| l != to && self.usage.open(l));
        others.map(|&l| [before, &[l]].concat()).collect()
    }
}

/// Whether a lane is sought that leads into a vertex or out of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Into,
    Out,
}

const APART: Reason = "a way does not touch via";
