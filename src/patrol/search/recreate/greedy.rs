//! Recreate: again and again the best offer anywhere, by gain for time taken.

use super::Ranking;
use super::Work;
use super::best_in_hole;
use super::candidates;
use crate::patrol::instance::NONE;
use crate::patrol::offer::Offer;

/// The best way to put one task into one hole, as long as there is one.
#[derive(Clone, Copy, Debug)]
struct Entry {
    hole: usize,
    rank: f64,
    offer: Offer,
    /// Taken once already, and given back: not again before something near it changes.
    refused: bool,
}

/// Fills the holes greedily. After each insertion only the offers of the changed hole and of
/// the changed place are looked at again, and an entry without an offer is dropped for good:
/// as a rule more visits leave less room and smaller gains. The exceptions (times that break
/// the triangle inequality, a look away by [`Ranking::blink`], spacings, a detour that a new
/// neighbour shortens) cost a chance now and then, which a later iteration has again.
pub fn greedy(work: &mut Work<'_>, ranking: Ranking) {
    let mut entries: Vec<Entry> = Vec::new();
    for task in candidates(work, ranking.share) {
        for hole in 0..work.holes.len() {
            if let Some((rank, offer)) = best_in_hole(work, hole, task, ranking) {
                entries.push(Entry {
                    hole,
                    rank,
                    offer,
                    refused: false,
                });
            }
        }
    }
    while let Some(k) = best(&entries) {
        let Entry { hole, offer, .. } = entries[k];
        if !work.take(&offer) {
            entries[k].refused = true;
            continue;
        }
        let place = place_of(work, offer.task);
        entries.retain_mut(|entry| {
            let task = entry.offer.task;
            if entry.hole != hole && place_of(work, task) != place {
                return true;
            }
            let again = best_in_hole(work, entry.hole, task, ranking);
            if let Some((rank, offer)) = again {
                (entry.rank, entry.offer, entry.refused) = (rank, offer, false);
            }
            again.is_some()
        });
    }
}

/// Index of the best offer that was not refused; ties to the lowest.
fn best(entries: &[Entry]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (k, entry) in entries.iter().enumerate() {
        if !entry.refused && best.is_none_or(|b| entry.rank > b.0) {
            best = Some((entry.rank, k));
        }
    }
    best.map(|b| b.1)
}

/// What two tasks share when one's insertion changes the other's worth.
fn place_of(work: &Work<'_>, task: u32) -> (u32, u32) {
    let t = &work.state.instance.tasks[task as usize];
    if t.cover == NONE {
        (1, t.series)
    } else {
        (0, t.cover)
    }
}
