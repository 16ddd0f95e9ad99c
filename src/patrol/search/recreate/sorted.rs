//! Recreate: tasks in one order or another, each where it fits best (greedy insertion with
//! blinks: Christiaens and Vanden Berghe 2020, section 5.2).

use super::Ranking;
use super::Work;
use super::best_in_hole;
use super::candidates;
use crate::patrol::offer::Offer;

/// Order in which tasks are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As drawn.
    Random,
    /// Greatest value first.
    Value,
    /// Greatest value for its length first.
    Density,
    /// Earliest closing window first.
    Closing,
}

impl Order {
    /// Draws one.
    fn draw(work: &mut Work<'_>) -> Self {
        [Self::Random, Self::Value, Self::Density, Self::Closing][work.rng.below(4)]
    }
}

/// Fills the holes task by task in a drawn order; a task is tried again as long as it is
/// taken (a place can be visited more than once).
pub fn sorted(work: &mut Work<'_>, ranking: Ranking) {
    let mut tasks = candidates(work, ranking.share);
    sort(work, &mut tasks);
    for task in tasks {
        while let Some(offer) = best_anywhere(work, task, ranking) {
            if !work.take(&offer) {
                break;
            }
        }
    }
}

/// The best offer for `task` in any hole.
fn best_anywhere(work: &mut Work<'_>, task: u32, ranking: Ranking) -> Option<Offer> {
    let mut best: Option<(f64, Offer)> = None;
    for hole in 0..work.holes.len() {
        if let Some(found) = best_in_hole(work, hole, task, ranking)
            && best.is_none_or(|b| found.0 > b.0)
        {
            best = Some(found);
        }
    }
    best.map(|b| b.1)
}

/// Sorts tasks by a drawn order, with noise.
fn sort(work: &mut Work<'_>, tasks: &mut [u32]) {
    let order = Order::draw(work);
    if order == Order::Random {
        work.rng.shuffle(tasks);
        return;
    }
    let mut keyed: Vec<(f64, u32)> = tasks
        .iter()
        .map(|&t| (key(work, t, order) * (0.8 + 0.4 * work.rng.unit()), t))
        .collect();
    keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (slot, (_, task)) in tasks.iter_mut().zip(keyed) {
        *slot = task;
    }
}

/// Sort key; greatest first.
fn key(work: &Work<'_>, task: u32, order: Order) -> f64 {
    let instance = work.state.instance;
    let t = &instance.tasks[task as usize];
    let value = match instance.covers.get(t.cover as usize) {
        Some(cover) => t.points as f64 + cover.typical() as f64,
        None => t.points as f64,
    };
    match order {
        Order::Value | Order::Random => value,
        Order::Density => value / f64::from(t.length[0].max(1)),
        Order::Closing => -f64::from(t.windows.last().map_or(0, |w| w.close)),
    }
}
