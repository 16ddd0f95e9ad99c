//! Ruin: one stretch of one route.

use super::Work;
use super::cut;
use super::draw;
use super::open;

/// Takes a run of stops out of one route, up to a third of it; where routes are short, up to
/// all of it.
pub fn stretch(work: &mut Work<'_>) -> bool {
    let (duty, at) = draw(work);
    let Some(at) = at else {
        open(work, duty);
        return true;
    };
    let stops = work.state.routes[duty as usize].nodes.len() - 2;
    if work.limits.whole_routes {
        let length = 1 + work.rng.below(stops);
        let from = 1 + work.rng.below(stops + 1 - length);
        return cut(work, duty, from, from + length);
    }
    let most = (stops / 3).clamp(1, work.limits.string.max(1) * 2);
    let length = 1 + work.rng.below(most);
    cut(work, duty, at, (at + length).min(stops + 1))
}
