//! The best plan so far, kept beside a plan under search without copying all of it each time.

use crate::patrol::route::Route;
use crate::patrol::score::Score;
use crate::patrol::state::State;

/// The best plan met so far.
#[derive(Debug)]
pub struct Best {
    /// Its score.
    pub score: Score,
    /// One route per duty.
    pub routes: Vec<Route>,
    /// Whether the plan that is followed may have another route.
    differs: Vec<bool>,
}

impl Best {
    /// The plan as it stands.
    pub fn of(state: &State<'_>) -> Self {
        Self {
            score: state.score,
            routes: state.routes.clone(),
            differs: vec![false; state.routes.len()],
        }
    }

    /// Follows a plan that has changed in `changed` duties since it was last followed: takes it
    /// over where it is better.
    pub fn follow(&mut self, state: &State<'_>, changed: &[u32]) {
        for &duty in changed {
            self.differs[duty as usize] = true;
        }
        if state.score <= self.score {
            return;
        }
        self.score = state.score;
        for (duty, differs) in self.differs.iter_mut().enumerate() {
            if std::mem::replace(differs, false) {
                self.routes[duty].clone_from(&state.routes[duty]);
            }
        }
    }

    /// Takes over another plan where it is better.
    pub fn replace(&mut self, found: &(Score, Vec<Route>)) {
        if found.0 > self.score {
            self.score = found.0;
            self.routes.clone_from(&found.1);
        }
    }
}
