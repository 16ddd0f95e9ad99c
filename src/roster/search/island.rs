//! One of the searches side by side.

use super::rebuild::rebuild;
#[cfg(feature = "highs")]
use super::regroup::Groups;
use super::ticks::EPOCH;
use super::trade::trade;
use crate::rng::Rng;
use crate::roster::model::Roster;
use crate::roster::state::Desk;
use crate::roster::state::State;

/// Whether annealing has small steps too, as much work as the great ones. Where windows come after,
/// a roster that is good in the small is no better a start.
const SMALL: bool = cfg!(not(feature = "highs"));

/// One search.
#[derive(Clone, Debug)]
pub(super) struct Island<'a> {
    pub(super) state: State<'a>,
    pub(super) rng: Rng,
    pub(super) desk: Desk,
    /// The best roster so far, and its cost.
    pub(super) best: (i64, Roster),
    /// Most days that are planned anew at once.
    pub(super) reach: usize,
    /// Days of people that were planned anew so far, each as often as it was.
    pub(super) tried: usize,
    /// Temperature at which its way away from the best roster begins.
    pub(super) heat: f64,
    /// What regrouping keeps from step to step.
    #[cfg(feature = "highs")]
    pub(super) groups: Groups,
}

impl<'a> Island<'a> {
    pub(super) fn new(state: State<'a>, reach: usize) -> Self {
        Self {
            best: (state.total, state.roster.clone()),
            state,
            rng: Rng::stream(0, 0, 0),
            desk: Desk::default(),
            reach,
            tried: 0,
            heat: 0.0,
            #[cfg(feature = "highs")]
            groups: Groups::default(),
        }
    }

    /// Days of people in all.
    pub(super) fn everything(&self) -> usize {
        self.state.roster.len() * self.state.rules.problem.days as usize
    }

    /// An epoch of annealing.
    pub(super) fn anneal(&mut self, temperature: f64) {
        self.epoch(|island| {
            let before = island.desk.scratch.work;
            rebuild(island, temperature);
            let now = island.desk.scratch.work;
            while SMALL && island.desk.scratch.work < now + (now - before) {
                island.keep();
                trade(island, temperature);
            }
        });
    }

    /// Whether a step is kept that makes the roster so much dearer: always if it does not, or
    /// else by Metropolis' rule.
    pub(super) fn passes(&mut self, worse: i64, temperature: f64) -> bool {
        worse <= 0 || self.rng.chance((-(worse as f64) / temperature).exp())
    }

    /// An epoch of column generation over some people in some days.
    #[cfg(feature = "highs")]
    pub(super) fn recombine(&mut self) {
        self.epoch(super::regroup::regroup);
    }

    fn epoch(&mut self, step: impl Fn(&mut Self)) {
        if self.state.roster.is_empty() {
            return;
        }
        let until = self.desk.scratch.work + EPOCH;
        while self.desk.scratch.work < until {
            step(self);
            self.keep();
        }
    }

    /// Keeps the roster if it is the best so far.
    fn keep(&mut self) {
        if self.state.total < self.best.0 {
            self.best = (self.state.total, self.state.roster.clone());
        }
    }
}
