//! Response cover: the share of risk that some unit on duty can be at within the time
//! wanted, at every whole minute of the horizon.

use std::collections::BTreeMap;

use serde::Serialize;

use super::legs::Route;
use super::reach::Reach;
use super::reach::ReverseRoads;
use super::tracks;
use crate::ids::DutyId;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::ids::VertexId;
use crate::par;
use crate::scenario::Duty;
use crate::units::Millis;
use crate::units::Rate;
use crate::units::Seconds;
use crate::world::World;

/// Response cover over the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cover {
    /// Mean over the minutes with risk.
    pub mean: f64,
    /// The first minute with the least cover, seconds from the start of the horizon.
    pub worst_at: Seconds,
    /// Cover in that minute.
    pub worst: f64,
}

/// A unit of some profile at some vertex.
type Position = (ProfileId, VertexId);

/// Targets searched from before their results are stored: bounds the memory in between.
const BATCH: usize = 256;

/// The cover of a plan; `None` when there is no risk at any minute.
pub(super) fn cover(world: &World, routes: &[Route<'_>]) -> Option<Cover> {
    let targets: Vec<TargetId> = world
        .scenario
        .targets
        .enumerate()
        .filter(|(_, t)| t.risk.pieces.iter().any(|&(_, rate)| rate > Rate(0)))
        .map(|(id, _)| id)
        .collect();
    let presence = presence(world, routes);
    let sets = reachable(world, &presence, &targets);
    mean_and_worst(world, &presence, &sets, &targets)
}

/// Where units on duty are at each whole minute: `(minute, position)`, sorted.
fn presence(world: &World, routes: &[Route<'_>]) -> Vec<(Seconds, Position)> {
    let by_duty: BTreeMap<DutyId, &Route<'_>> = routes.iter().map(|r| (r.run.id, r)).collect();
    let duties: Vec<(DutyId, &Duty)> = world.scenario.duties.enumerate().collect();
    let mut all: Vec<(Seconds, Position)> = par::map(&duties, |&(id, duty)| {
        let unit = &world.scenario.units[duty.unit];
        let tiers = &world.scenario.response.tiers;
        let base = world.bases.get(unit.profile).and_then(|b| b.get(unit.base));
        let Some(base) = base.copied().flatten() else {
            return Vec::new();
        };
        if !tiers.is_empty() && !tiers.contains(&unit.tier) {
            return Vec::new();
        }
        let track = match by_duty.get(&id) {
            Some(route) => tracks::of(&world.roads, route, base),
            None => tracks::at_base(duty, base),
        };
        let minutes = tracks::minutes(&track, duty.span).into_iter();
        minutes.map(|(at, v)| (at, (unit.profile, v))).collect()
    })
    .concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// For each position, the set of targets reached from it in time.
struct Reachable {
    rows: BTreeMap<Position, usize>,
    words: usize,
    bits: Vec<u64>,
}

impl Reachable {
    fn row(&self, position: Position) -> &[u64] {
        let row = self.rows[&position];
        &self.bits[row * self.words..(row + 1) * self.words]
    }
}

fn reachable(world: &World, presence: &[(Seconds, Position)], targets: &[TargetId]) -> Reachable {
    let mut positions: Vec<Position> = presence.iter().map(|&(_, p)| p).collect();
    positions.sort_unstable();
    positions.dedup();
    let words = targets.len().div_ceil(64);
    let mut bits = vec![0; positions.len() * words];
    let limit = Millis(world.scenario.response.within.0.saturating_mul(1000));
    let numbered: Vec<(usize, TargetId)> = targets.iter().copied().enumerate().collect();
    for profile in world.scenario.profiles.ids() {
        let own = |&(p, _): &Position| p == profile;
        let Some(first) = positions.iter().position(own) else {
            continue;
        };
        let vertices: Vec<VertexId> = positions[first..]
            .iter()
            .take_while(|p| own(p))
            .map(|p| p.1)
            .collect();
        let roads = ReverseRoads::new(&world.roads, profile);
        for batch in numbered.chunks(BATCH) {
            let rows = par::map_with_scratch(batch, Reach::default, |reach, &(_, target)| {
                let goals = world.stops[profile][target].iter().map(|s| s.entry);
                let inside = reach.within(&roads, goals, limit);
                let found = inside.iter().filter_map(|v| vertices.binary_search(v).ok());
                found.map(|row| first + row).collect::<Vec<usize>>()
            });
            for (&(bit, _), rows) in batch.iter().zip(rows) {
                for row in rows {
                    bits[row * words + bit / 64] |= 1 << (bit % 64);
                }
            }
        }
    }
    let rows = positions
        .into_iter()
        .enumerate()
        .map(|(i, p)| (p, i))
        .collect();
    Reachable { rows, words, bits }
}

fn mean_and_worst(
    world: &World,
    presence: &[(Seconds, Position)],
    sets: &Reachable,
    targets: &[TargetId],
) -> Option<Cover> {
    let mut changes: Vec<(Seconds, usize, i64)> = Vec::new();
    for (bit, &id) in targets.iter().enumerate() {
        let pieces = &world.scenario.targets[id].risk.pieces;
        changes.extend(pieces.iter().map(|&(at, Rate(rate))| (at, bit, rate)));
    }
    changes.sort_unstable();
    let mut changes = changes.into_iter().peekable();
    let mut rates = vec![0i64; targets.len()];
    let mut present = presence.chunk_by(|a, b| a.0 == b.0).peekable();
    let (mut sum, mut minutes) = (0.0, 0u32);
    let mut worst: Option<(f64, Seconds)> = None;
    let mut at = Seconds::ZERO;
    while at < world.scenario.horizon {
        while let Some((_, bit, rate)) = changes.next_if(|c| c.0 <= at) {
            rates[bit] = rate;
        }
        let here = present.next_if(|group| group[0].0 == at).unwrap_or(&[]);
        if let Some(share) = covered_share(here, sets, &rates) {
            sum += share;
            minutes += 1;
            if worst.is_none_or(|(least, _)| share < least) {
                worst = Some((share, at));
            }
        }
        at += Seconds::MINUTE;
    }
    worst.map(|(worst, worst_at)| Cover {
        mean: sum / f64::from(minutes),
        worst_at,
        worst,
    })
}

/// The share of the risk of this minute that is covered; `None` when there is none.
fn covered_share(here: &[(Seconds, Position)], sets: &Reachable, rates: &[i64]) -> Option<f64> {
    let mut union = vec![0u64; sets.words];
    for &(_, position) in here {
        for (word, more) in union.iter_mut().zip(sets.row(position)) {
            *word |= more;
        }
    }
    let (mut covered, mut total) = (0i128, 0i128);
    for (bit, &rate) in rates.iter().enumerate() {
        total += i128::from(rate);
        if union[bit / 64] >> (bit % 64) & 1 == 1 {
            covered += i128::from(rate);
        }
    }
    (total > 0).then(|| covered as f64 / total as f64)
}
