//! How long and in which way to search: what the verbs that make plans and rosters share.

use std::time::Duration;

use super::args;
use super::clock::Clock;
use super::clock::Watch;
use super::progress::Line;
use super::stop::Stop;
use crate::error::Result;
use crate::par;
use crate::planner::Control;
use crate::planner::Options;
use crate::planner::staffing::RosterProgress;

/// Time for everything when the planner says nothing.
const DEFAULT_TIME: Duration = Duration::from_secs(30);

/// Arguments of a search.
#[derive(Debug, clap::Args)]
pub(super) struct Budget {
    /// Time for everything, reading and writing included [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = args::duration, conflicts_with = "epochs")]
    time: Option<Duration>,
    /// Search so many epochs instead: work counted, not timed
    #[arg(long, value_name = "N")]
    pub(super) epochs: Option<u32>,
    /// Epochs the cooling is laid out for, to repeat a timed run [default: as --epochs]
    #[arg(long, value_name = "N", requires = "epochs")]
    schedule: Option<u32>,
    /// Names the random choices: another seed, another result
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Threads to work with; the result does not depend on them [default: all cores]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Searches side by side; the result depends on their number
    #[arg(long, value_name = "K", default_value_t = 2)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=256))]
    pub(super) islands: u32,
}

impl Budget {
    /// Time for everything.
    pub(super) fn time(&self) -> Duration {
        self.time.unwrap_or(DEFAULT_TIME)
    }

    /// How to search.
    pub(super) fn options(&self) -> Options {
        Options {
            seed: self.seed,
            islands: self.islands,
            schedule: self.epochs.map(|e| self.schedule.unwrap_or(e)),
        }
    }

    /// Says when to stop, if `reserve` comes after the search.
    pub(super) fn clock(&self, reserve: Duration) -> Clock {
        match self.epochs {
            Some(epochs) => Clock::epochs(epochs),
            None => Clock::within(self.time(), reserve),
        }
    }

    /// Does the work on as many threads as said.
    ///
    /// # Errors
    /// Those of the work, and where threads cannot be had.
    pub(super) fn run<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        par::with_threads(self.threads.map_or(0, usize::from), work)?
    }
}

/// Shows how a roster gets on, and says how its search is to go on.
pub(super) fn roster(
    line: &mut Line,
    clock: &mut Clock,
    (watch, stop): (Watch, &Stop),
    progress: RosterProgress,
) -> Control {
    let now = watch.elapsed();
    line.roster(progress, clock.share(progress.epoch, now));
    match stop.asked() {
        true => Control::Stop,
        false => clock.decide(progress.epoch, now),
    }
}
