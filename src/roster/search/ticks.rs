//! Epochs, ticked off as work is done, whoever does it.

use crate::epochs::Control;
use crate::epochs::Options;
use crate::epochs::Schedule;
use crate::roster::model::Roster;

/// Work of an epoch on each island, in values looked at: a seventh of a second or so; less
/// for the small problems of tests.
pub(super) const EPOCH: u64 = if cfg!(test) { 300_000 } else { 60_000_000 };
/// Epochs that the search is laid out for until the caller knows better.
const UNTOLD: u32 = 2000;

/// Where the search stands, after construction (epoch 0) and after each epoch.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Epochs done.
    pub epoch: u32,
    /// Cost of the best roster so far.
    pub cost: i64,
    /// Proven: no roster costs less.
    pub bound: Option<i64>,
}

/// The best so far, and the epochs it took.
pub(super) struct Ticks<'o> {
    observe: &'o mut dyn FnMut(Progress) -> Control,
    islands: u64,
    schedule: Schedule,
    /// Epochs done.
    pub(super) epoch: u32,
    /// Work done of the epoch under way.
    begun: u64,
    /// The best roster and its cost.
    pub(super) best: (i64, Roster),
    /// Proven: no roster costs less.
    pub(super) bound: Option<i64>,
    over: bool,
}

impl<'o> Ticks<'o> {
    /// Begins with a first roster.
    pub(super) fn new(
        options: Options,
        best: (i64, Roster),
        observe: &'o mut dyn FnMut(Progress) -> Control,
    ) -> Self {
        let mut ticks = Self {
            observe,
            islands: u64::from(options.islands.max(1)),
            schedule: Schedule::new(options),
            epoch: 0,
            begun: 0,
            best,
            bound: None,
            over: false,
        };
        ticks.tell();
        ticks
    }

    /// Epochs that the search is laid out for.
    pub(super) fn planned(&self) -> u32 {
        self.schedule.known(self.epoch).unwrap_or(UNTOLD)
    }

    /// Work of a share of what the search is laid out for.
    pub(super) fn share(&self, share: f64) -> u64 {
        (f64::from(self.planned()) * share * (EPOCH * self.islands) as f64) as u64
    }

    /// Takes a roster that may be the best.
    pub(super) fn offer(&mut self, cost: i64, roster: &Roster) {
        if cost < self.best.0 {
            self.best = (cost, roster.clone());
        }
    }

    /// Takes a bound that may be the best.
    pub(super) fn prove(&mut self, bound: Option<i64>) {
        self.bound = self.bound.max(bound);
    }

    /// Whether the search is to end: the caller says so, or nothing is left to be found.
    pub(super) fn over(&self) -> bool {
        self.over || self.bound.is_some_and(|bound| self.best.0 <= bound)
    }

    /// An epoch of all islands is done.
    pub(super) fn epoch(&mut self) {
        self.epoch += 1;
        self.tell();
    }

    /// Work is done beside the islands.
    pub(super) fn work(&mut self, work: u64) {
        self.begun += work;
        while self.begun >= EPOCH * self.islands && !self.over {
            self.begun -= EPOCH * self.islands;
            self.epoch();
        }
    }

    /// Lets the caller know, who may tell how to go on.
    fn tell(&mut self) {
        let progress = Progress {
            epoch: self.epoch,
            cost: self.best.0,
            bound: self.bound,
        };
        let control = (self.observe)(progress);
        self.over |= !self.schedule.heed(control, self.epoch);
    }
}

impl std::fmt::Debug for Ticks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Ticks");
        shown
            .field("epoch", &self.epoch)
            .field("cost", &self.best.0);
        shown.field("bound", &self.bound).finish_non_exhaustive()
    }
}
