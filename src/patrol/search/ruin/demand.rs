//! Ruin: room for a demanded visit that is missing, where some crew could make it.

use super::Work;
use super::cut;
use crate::patrol::instance::NONE;

/// Draws until a demand that lacks visits is found.
const DRAWS: usize = 8;

/// Opens a route round an instant at which a missing demanded visit could take place. Returns
/// false when nothing seems to be missing.
pub fn demand(work: &mut Work<'_>) -> bool {
    let instance = work.state.instance;
    if work.demanded.is_empty() {
        return false;
    }
    for _ in 0..DRAWS {
        let task = work.demanded[work.rng.below(work.demanded.len())];
        let t = &instance.tasks[task as usize];
        let window = t.windows[work.rng.below(t.windows.len())];
        let wanted = window.quota != NONE && work.state.is_wanted(window.quota);
        let duty = work.scope[work.rng.below(work.scope.len())];
        let d = &instance.duties[duty as usize];
        let (from, to) = (window.open.max(d.start), window.close.min(d.end));
        if !wanted || from >= to || !work.allowed(duty, task) || work.state.is_spent(task) {
            continue;
        }
        let middle = work.rng.between(i64::from(from), i64::from(to) - 1) as i32;
        let half = t.length[work.state.routes[duty as usize].mode as usize];
        let nodes = &work.state.routes[duty as usize].nodes;
        let last = nodes.len() - 1;
        let first = nodes
            .partition_point(|n| n.end() < middle - half)
            .clamp(1, last);
        let until = nodes
            .partition_point(|n| n.start <= middle + half)
            .clamp(first, last);
        work.removed.push(task);
        return cut(work, duty, first, until);
    }
    false
}
