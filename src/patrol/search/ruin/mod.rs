//! Ruin operators: each takes visits out of the plan, related in one way or another, and
//! names the holes it leaves.

mod demand;
mod stretch;
mod strings;
mod target;
mod worst;

pub use demand::demand;
pub use stretch::stretch;
pub use strings::strings;
pub use target::target;
pub use worst::worst;

use super::Work;
use crate::patrol::route::Kind;

/// A stretch of a route that lost visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Which route.
    pub duty: u32,
    /// Start of the last stop before it.
    pub from: i32,
    /// Start of the first stop after it.
    pub to: i32,
}

/// Takes the visits at `from..to` out of a route (breaks stay) and notes the hole and the
/// tasks. Returns false when the rest cannot be driven.
pub fn cut(work: &mut Work<'_>, duty: u32, from: usize, to: usize) -> bool {
    let nodes = &work.state.routes[duty as usize].nodes;
    let (left, right) = (nodes[from - 1].start, nodes[to].start);
    let mut at = to;
    while at > from {
        at -= 1;
        if let Kind::Visit(task) = work.state.routes[duty as usize].nodes[at].kind {
            work.removed.push(task);
            if !work.state.remove(duty, at) {
                return false;
            }
        }
    }
    match work.holes.iter_mut().find(|h| h.duty == duty) {
        Some(hole) => {
            hole.from = hole.from.min(left);
            hole.to = hole.to.max(right);
        }
        None => work.holes.push(Hole {
            duty,
            from: left,
            to: right,
        }),
    }
    true
}

/// A route drawn from the scope, and one of its inner nodes; `None` when it has no stop.
fn draw(work: &mut Work<'_>) -> (u32, Option<usize>) {
    let duty = work.scope[work.rng.below(work.scope.len())];
    let stops = work.state.routes[duty as usize].nodes.len() - 2;
    (duty, (stops > 0).then(|| 1 + work.rng.below(stops)))
}

/// Leaves a route as it is but opens it to recreation, for routes without stops.
pub fn open(work: &mut Work<'_>, duty: u32) {
    let nodes = &work.state.routes[duty as usize].nodes;
    work.holes.push(Hole {
        duty,
        from: nodes[0].start,
        to: nodes[nodes.len() - 1].start,
    });
}
