//! Recreate operators: fill the holes with what brings most.

mod greedy;
mod sorted;

pub use greedy::greedy;
pub use sorted::sorted;

use super::Work;
use crate::patrol::offer::Offer;

/// How offers are compared: `gain^power / extra`, or plain gain.
#[derive(Clone, Copy, Debug)]
pub struct Ranking {
    /// Exponent of the gain (1 or 2), 0 for plain gain.
    pub power: u8,
    /// Chance that a position is not looked at ("blink").
    pub blink: f64,
    /// Share of the tasks not taken out just now that are tried, where all could be.
    pub share: f64,
}

impl Ranking {
    /// Rank of an offer; greater is better.
    fn rank(self, offer: &Offer, typical: f64) -> f64 {
        if self.power == 0 {
            return offer.gain;
        }
        // Measured in typical gains, so that powers neither overflow nor vanish.
        let gain = offer.gain / typical;
        let powered = match self.power {
            1 => gain,
            _ => gain * gain,
        };
        powered / f64::from(offer.extra.max(1))
    }
}

/// Adds whatever still fits anywhere.
pub fn fill(work: &mut Work<'_>) {
    work.holes.clear();
    work.removed.clear();
    for duty in 0..work.state.routes.len() as u32 {
        super::ruin::open(work, duty);
    }
    greedy(
        work,
        Ranking {
            power: 1,
            blink: 0.0,
            share: 1.0,
        },
    );
    work.state.commit();
}

/// Positions of a hole: nodes before which something could go.
fn positions(work: &Work<'_>, hole: usize) -> std::ops::Range<usize> {
    let hole = work.holes[hole];
    let nodes = &work.state.routes[hole.duty as usize].nodes;
    if work.limits.whole_routes {
        return 1..nodes.len();
    }
    let last = nodes.len() - 1;
    let first = nodes
        .partition_point(|n| n.start <= hole.from)
        .clamp(1, last);
    let until = nodes.partition_point(|n| n.start < hole.to);
    first..(until + 1).clamp(first + 1, nodes.len())
}

/// The best offer for `task` in one hole.
fn best_in_hole(
    work: &mut Work<'_>,
    hole: usize,
    task: u32,
    ranking: Ranking,
) -> Option<(f64, Offer)> {
    let duty = work.holes[hole].duty;
    if !work.allowed(duty, task) {
        return None;
    }
    let range = positions(work, hole);
    let mut best: Option<(f64, Offer)> = None;
    let (rng, typical) = (&mut work.rng, work.typical);
    let residual = &mut work.residual;
    work.state
        .offers(duty, range, task, work.weights, residual, |offer| {
            let rank = ranking.rank(&offer, typical);
            if best.is_none_or(|b| rank > b.0)
                && !(ranking.blink > 0.0 && rng.chance(ranking.blink))
            {
                best = Some((rank, offer));
            }
        });
    best
}

/// Tasks worth trying in the holes: those taken out, and those near the holes' edges.
fn candidates(work: &mut Work<'_>, share: f64) -> Vec<u32> {
    let instance = work.state.instance;
    let mut found = Vec::new();
    let mut seen = std::mem::take(&mut work.seen);
    let mut add = |task: u32| {
        if !std::mem::replace(&mut seen[task as usize], true) {
            found.push(task);
        }
    };
    if instance.tasks.len() <= work.limits.try_all {
        work.removed.iter().for_each(|&t| add(t));
        let crew_of = |duty: u32| instance.duties[duty as usize].crew;
        for (k, hole) in work.holes.iter().enumerate() {
            let crew = crew_of(hole.duty);
            if work.holes[..k].iter().any(|h| crew_of(h.duty) == crew) {
                continue;
            }
            for chunk in instance.crews[crew as usize].tasks.chunks(8) {
                // One draw for eight tasks: a byte each.
                let draw = work.rng.next_u64().to_le_bytes();
                for (&task, byte) in chunk.iter().zip(draw) {
                    if f64::from(byte) < share * 256.0 {
                        add(task);
                    }
                }
            }
        }
    } else {
        work.removed.iter().for_each(|&t| add(t));
        for h in 0..work.holes.len() {
            let duty = work.holes[h].duty as usize;
            let crew = &instance.crews[instance.duties[duty].crew as usize];
            if crew.tasks.len() <= work.limits.try_all {
                crew.tasks.iter().for_each(|&t| add(t));
                continue;
            }
            // A few from anywhere, so that no task is out of reach for ever.
            for _ in 0..4 {
                add(crew.tasks[work.rng.below(crew.tasks.len())]);
            }
            let route = &work.state.routes[duty];
            let range = positions(work, h);
            for edge in [range.start - 1, range.end - 1] {
                let near = &instance.near[route.mode as usize][route.nodes[edge].spot as usize];
                near.iter().for_each(|&t| add(t));
            }
        }
    }
    found.iter().for_each(|&t| seen[t as usize] = false);
    work.seen = seen;
    found.retain(|&t| !work.state.is_spent(t));
    found
}
