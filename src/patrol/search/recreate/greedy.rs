//! Recreate: again and again the best offer anywhere, by gain for time taken.

use super::Ranking;
use super::Work;
use super::best_in_hole;
use super::candidates;
use crate::patrol::instance::NONE;
use crate::patrol::offer::Offer;

/// Fills the holes greedily. Offers are kept per task and hole; after each insertion only the
/// changed hole and the tasks of the changed place are looked at again.
pub fn greedy(work: &mut Work<'_>, ranking: Ranking) {
    let tasks = candidates(work);
    let holes = work.holes.len();
    let mut offers: Vec<Option<(f64, Offer)>> = Vec::with_capacity(tasks.len() * holes);
    for &task in &tasks {
        for hole in 0..holes {
            offers.push(best_in_hole(work, hole, task, ranking));
        }
    }
    let mut refused = vec![false; tasks.len() * holes];
    while let Some(k) = best(&offers, &refused) {
        let Some((_, offer)) = offers[k] else {
            return;
        };
        if !work.take(&offer) {
            refused[k] = true;
            continue;
        }
        let changed = k % holes;
        let place = place_of(work, offer.task);
        for (t, &task) in tasks.iter().enumerate() {
            let same = place_of(work, task) == place;
            for hole in 0..holes {
                if hole == changed || same {
                    refused[t * holes + hole] = false;
                    offers[t * holes + hole] = best_in_hole(work, hole, task, ranking);
                }
            }
        }
    }
}

/// Index of the best offer that was not refused; ties to the lowest.
fn best(offers: &[Option<(f64, Offer)>], refused: &[bool]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (k, offer) in offers.iter().enumerate() {
        if let Some((rank, _)) = offer
            && !refused[k]
            && best.is_none_or(|b| *rank > b.0)
        {
            best = Some((*rank, k));
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
