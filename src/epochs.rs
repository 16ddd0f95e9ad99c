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

/// Epochs that do not depend on the schedule: time for the caller to find out how many epochs
/// it can afford.
pub const WARM_UP: u32 = 6;
