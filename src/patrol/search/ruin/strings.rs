//! Ruin: strings of routes that pass near one another in space and time (adjacent string
//! removal: Christiaens and Vanden Berghe, Transportation Science 54(2), 2020, section 5.1).

use super::Work;
use super::cut;
use super::draw;
use super::open;
use crate::patrol::instance::NONE;
use crate::patrol::route::Kind;

/// Takes a string out of the route of a random visit, and out of a few other routes that visit
/// its neighbours at about the same time.
pub fn strings(work: &mut Work<'_>) -> bool {
    let (duty, at) = draw(work);
    let Some(at) = at else {
        open(work, duty);
        return true;
    };
    let seed = work.state.routes[duty as usize].nodes[at];
    let count = 1 + work.rng.below(work.limits.strings);
    if !string(work, duty, at) {
        return false;
    }
    let mode = work.state.routes[duty as usize].mode;
    let instance = work.state.instance;
    let mut cut_routes = 1;
    for &task in &instance.near[mode as usize][seed.spot as usize] {
        if cut_routes >= count {
            break;
        }
        let Some((other, at)) = nearest_visit(work, task, seed.start) else {
            continue;
        };
        if work.holes.iter().any(|h| h.duty == other) || !work.in_scope(other) {
            continue;
        }
        if !string(work, other, at) {
            return false;
        }
        cut_routes += 1;
    }
    true
}

/// Takes a string of random length that holds node `at` out of a route.
fn string(work: &mut Work<'_>, duty: u32, at: usize) -> bool {
    let stops = work.state.routes[duty as usize].nodes.len() - 2;
    let length = 1 + work.rng.below(work.limits.string.min(stops));
    let back = work.rng.below(length);
    let from = at.saturating_sub(back).max(1);
    cut(work, duty, from, (from + length).min(stops + 1))
}

/// The visit of `task`'s place nearest in time, as `(duty, node)`.
fn nearest_visit(work: &Work<'_>, task: u32, time: i32) -> Option<(u32, usize)> {
    let t = &work.state.instance.tasks[task as usize];
    let list = if t.cover == NONE {
        &work.state.series[t.series as usize]
    } else {
        &work.state.covers[t.cover as usize]
    };
    let after = list.partition_point(|p| p.start < time);
    let near = list[after.saturating_sub(1)..].iter().take(2);
    let visit = near.min_by_key(|p| (p.start - time).abs())?;
    if (visit.start - time).abs() > work.limits.apart {
        return None;
    }
    let nodes = &work.state.routes[visit.duty as usize].nodes;
    let first = nodes.partition_point(|n| n.start < visit.start);
    let place = |n: &crate::patrol::route::Node| match n.kind {
        Kind::Visit(k) => {
            let other = &work.state.instance.tasks[k as usize];
            if t.cover == NONE {
                other.series == t.series
            } else {
                other.cover == t.cover
            }
        }
        _ => false,
    };
    let at = first + nodes[first..].iter().take(3).position(place)?;
    (at > 0 && at + 1 < nodes.len()).then_some((visit.duty, at))
}
