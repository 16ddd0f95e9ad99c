//! Searches by epochs: what callers tell a search, whatever it searches for.
//!
//! Work is counted in epochs, never in seconds; only the caller knows the time, and says after
//! each epoch how to go on.

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Names the random streams.
    pub seed: u64,
    /// Searches side by side: part of what the result depends on.
    pub islands: u32,
    /// Epochs that the search is laid out for; `None` until the caller knows, see [`Control`].
    pub schedule: Option<u32>,
}

/// What the caller wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Go on, and lay the search out for this many epochs in all. Heeded once; said within
    /// the first [`WARM_UP`] epochs, it is as good as said before the first.
    Schedule(u32),
    /// Stop with the best so far.
    Stop,
}

impl Control {
    /// Stop once `wanted` epochs are done, and no sooner.
    pub fn after(wanted: u32, done: u32) -> Self {
        match done >= wanted {
            true => Self::Stop,
            false => Self::Continue,
        }
    }
}

/// Epochs that do not depend on the schedule: time for the caller to find out how many epochs
/// it can afford.
pub const WARM_UP: u32 = 6;

/// What a search is laid out for, as far as its caller has said.
#[derive(Clone, Copy, Debug)]
pub struct Schedule(Option<u32>);

impl Schedule {
    /// As the options say, or not known yet.
    pub fn new(options: Options) -> Self {
        Self(options.schedule)
    }

    /// Takes what the caller wants after `epoch` epochs; whether the search goes on.
    pub fn heed(&mut self, control: Control, epoch: u32) -> bool {
        if let Control::Schedule(n) = control {
            self.0 = self.0.or(Some(n.max(epoch)));
        }
        control != Control::Stop
    }

    /// Epochs as the caller said.
    pub fn told(self) -> Option<u32> {
        self.0
    }

    /// Epochs that epoch `epoch` may depend on: none before [`WARM_UP`], so that a schedule told
    /// late leads where one told at once does.
    pub fn known(self, epoch: u32) -> Option<u32> {
        self.0.filter(|_| epoch >= WARM_UP)
    }
}
