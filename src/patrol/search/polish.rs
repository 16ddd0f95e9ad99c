//! The last touch: visits that bring nothing are dropped, since driving there costs.

use super::Work;
use crate::patrol::route::Kind;
use crate::patrol::route::Route;
use crate::patrol::score::Score;
use crate::patrol::state::State;

/// Takes every visit out whose loss does not lower the score.
pub fn polish(work: &mut Work<'_>, routes: Vec<Route>) -> (Score, Vec<Route>) {
    work.state = State::with_routes(work.state.instance, routes);
    for duty in 0..work.state.routes.len() as u32 {
        let mut at = work.state.routes[duty as usize].nodes.len();
        while at > 1 {
            at -= 1;
            if !matches!(
                work.state.routes[duty as usize].nodes[at].kind,
                Kind::Visit(_)
            ) {
                continue;
            }
            let (mark, before) = (work.state.mark(), work.state.score);
            if work.state.remove(duty, at) && work.state.score >= before {
                work.state.commit();
            } else {
                work.state.rollback(mark);
            }
        }
    }
    (work.state.score, work.state.routes.clone())
}
