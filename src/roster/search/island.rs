//! One of the searches side by side.

use super::rebuild::rebuild;
#[cfg(feature = "highs")]
use super::regroup;
use super::ticks::EPOCH;
use crate::rng::Rng;
#[cfg(feature = "highs")]
use crate::roster::columns::Lanes;
#[cfg(feature = "highs")]
use crate::roster::columns::Prices;
use crate::roster::model::Roster;
use crate::roster::state::Desk;
use crate::roster::state::State;

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
    /// Whether the whole time of some people can be planned anew by column generation.
    #[cfg(feature = "highs")]
    pub(super) short: bool,
    /// Prices near which those of a linear program may be looked for.
    #[cfg(feature = "highs")]
    pub(super) near: Option<Prices>,
    /// For pricing.
    #[cfg(feature = "highs")]
    pub(super) lanes: Lanes,
    /// What a step gains for its work, of late, for each length of the windows.
    #[cfg(feature = "highs")]
    pub(super) gains: [f64; regroup::DAYS.len() + 1],
    /// Days of people that are planned anew at once by column generation, for each length of
    /// the windows.
    #[cfg(feature = "highs")]
    pub(super) sizes: [f64; regroup::DAYS.len() + 1],
}

impl<'a> Island<'a> {
    pub(super) fn new(state: State<'a>, reach: usize, short: bool) -> Self {
        #[cfg(not(feature = "highs"))]
        let _ = short;
        Self {
            best: (state.total, state.roster.clone()),
            state,
            rng: Rng::stream(0, 0, 0),
            desk: Desk::default(),
            reach,
            #[cfg(feature = "highs")]
            short,
            #[cfg(feature = "highs")]
            near: None,
            #[cfg(feature = "highs")]
            lanes: Lanes::default(),
            #[cfg(feature = "highs")]
            gains: [0.0; regroup::DAYS.len() + 1],
            sizes: [regroup::FIRST; regroup::DAYS.len() + 1],
        }
    }

    /// An epoch of annealing.
    pub(super) fn anneal(&mut self, temperature: f64) {
        self.epoch(|island| rebuild(island, temperature));
    }

    /// An epoch of column generation over some people in some days.
    #[cfg(feature = "highs")]
    pub(super) fn recombine(&mut self) {
        self.epoch(regroup::regroup);
    }

    fn epoch(&mut self, step: impl Fn(&mut Self)) {
        if self.state.roster.is_empty() {
            return;
        }
        let until = self.desk.scratch.work + EPOCH;
        while self.desk.scratch.work < until {
            step(self);
            if self.state.total < self.best.0 {
                self.best = (self.state.total, self.state.roster.clone());
            }
        }
    }

    /// Goes on from a roster.
    pub(super) fn settle(&mut self, roster: &Roster) {
        for person in 0..roster.len() {
            self.state.take(person);
        }
        for (person, seats) in roster.iter().enumerate() {
            let put = self.state.put(person, seats);
            assert!(put, "a roster within the rules");
        }
    }
}
