//! The first plan: every unit drives on to what brings most for its time, all units together
//! in the order of the clock.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Work;
use crate::patrol::offer::Offer;

/// Fills the routes in scope from their current ends on: the unit that is free first goes next.
pub fn construct(work: &mut Work<'_>) {
    let mut free: BinaryHeap<Reverse<(i32, u32, usize)>> = BinaryHeap::new();
    for &duty in &work.scope {
        let start = work.state.instance.duties[duty as usize].start;
        free.push(Reverse((start, duty, 1)));
    }
    while let Some(Reverse((_, duty, at))) = free.pop() {
        match best_next(work, duty, at) {
            Some(offer) if work.take(&offer) => {
                work.state.commit();
                let end = work.state.routes[duty as usize].nodes[at].end();
                free.push(Reverse((end, duty, at + 1)));
            }
            _ => {
                let nodes = &work.state.routes[duty as usize].nodes;
                if at + 1 < nodes.len() {
                    free.push(Reverse((nodes[at].end(), duty, at + 1)));
                }
            }
        }
    }
    work.state.commit();
}

/// The best task to do before node `at`, by gain for time.
fn best_next(work: &mut Work<'_>, duty: u32, at: usize) -> Option<Offer> {
    let instance = work.state.instance;
    let route = &work.state.routes[duty as usize];
    let crew = &instance.crews[instance.duties[duty as usize].crew as usize];
    let near = &instance.near[route.mode as usize][route.nodes[at - 1].spot as usize];
    let tasks = if crew.tasks.len() <= near.len() {
        &crew.tasks
    } else {
        near
    };
    let mut best: Option<(f64, Offer)> = None;
    for &task in tasks {
        if !work.allowed(duty, task) {
            continue;
        }
        work.state.offers(
            duty,
            at..at + 1,
            task,
            work.weights,
            &mut work.residual,
            |offer| {
                // Waiting takes time as well as driving does.
                let waited = offer.start - route.nodes[at - 1].end();
                let rank = offer.gain / f64::from(offer.extra.max(waited).max(1));
                if best.is_none_or(|b| rank > b.0) {
                    best = Some((rank, offer));
                }
            },
        );
    }
    best.map(|b| b.1)
}
