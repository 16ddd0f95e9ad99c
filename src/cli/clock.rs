//! Turns the time a planner gives into epochs, so that the search itself never sees a clock.
//!
//! The first epochs are measured; from them follows how many fit into what is left of the
//! time after a reserve for checking and writing the plan. The search is told that number
//! once and cools down towards it. Should the estimate have been too high (the machine has
//! become busy), the search is stopped hard; should it have been too low, the search goes on
//! cold. The plan records both numbers.

#![expect(
    clippy::disallowed_types,
    reason = "the one place that may know what time it is"
)]

use std::time::Duration;
use std::time::Instant;

use crate::planner::BoundProgress;
use crate::planner::Control;
use crate::planner::WARM_UP;

/// Epochs measured before the schedule is laid out.
const MEASURED: u32 = WARM_UP;
/// Epochs laid out for the time left, as a share of what the measured pace would give: later
/// epochs are quicker, by about a third on the example maps.
const LAID_OUT: f64 = 1.15;

/// Time since the program began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watch(Instant);

impl Watch {
    /// Starts now.
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// How long ago that was.
    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Says when to stop. All times count from the program's start.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    until: Until,
    /// When the first epoch began.
    began: Option<Duration>,
}

#[derive(Clone, Debug)]
enum Until {
    /// So many epochs are done; the clock decides nothing.
    Epochs(u32),
    /// The deadline, for which the schedule has been told or not.
    Time { deadline: Duration, told: bool },
}

impl Clock {
    /// So many epochs.
    pub(super) fn epochs(epochs: u32) -> Self {
        Self {
            until: Until::Epochs(epochs),
            began: None,
        }
    }

    /// Everything within `budget`, of which `reserve` comes after the search.
    pub(super) fn within(budget: Duration, reserve: Duration) -> Self {
        let deadline = budget.saturating_sub(reserve);
        Self {
            until: Until::Time {
                deadline,
                told: false,
            },
            began: None,
        }
    }

    /// What the search should do after `epoch` epochs, at `now`.
    pub(super) fn decide(&mut self, epoch: u32, now: Duration) -> Control {
        let began = *self.began.get_or_insert(now);
        match &mut self.until {
            Until::Epochs(wanted) => Control::after(*wanted, epoch),
            Until::Time { deadline, told } => {
                let left = deadline.saturating_sub(now);
                by_time(epoch, now.saturating_sub(began), left, told)
            }
        }
    }

    /// Which share of the search is done, and how long the rest takes as far as known.
    pub(super) fn share(&self, epoch: u32, now: Duration) -> (f64, Option<Duration>) {
        let began = self.began.unwrap_or(now);
        let gone = now.saturating_sub(began);
        match self.until {
            Until::Epochs(wanted) => {
                let rest = wanted.saturating_sub(epoch);
                let left = (epoch > 0).then(|| gone / epoch * rest);
                (f64::from(epoch) / f64::from(wanted.max(1)), left)
            }
            Until::Time { deadline, .. } => {
                let left = deadline.saturating_sub(now);
                let whole = (gone + left).as_secs_f64().max(1e-9);
                (gone.as_secs_f64() / whole, Some(left))
            }
        }
    }
}

/// Says when the search for a bound should end: rounds are counted, or as many are made as
/// leave time for the last evaluation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rounds {
    /// So many.
    Count(u32),
    /// Until then, counted from the program's start.
    Until(Duration),
}

/// Elementary steps that a thread is trusted to take in a second, when none was measured yet.
const PACE: f64 = 4e8;

/// The last evaluation may take so many times as long as expected: its tables are larger than
/// those of the rounds, and stay in no cache.
const LATER: f64 = 1.25;

impl Rounds {
    /// What to do at `now` when rounds began at `began`.
    pub(super) fn decide(self, progress: BoundProgress, began: Duration, now: Duration) -> Control {
        let deadline = match self {
            Self::Count(wanted) if progress.round >= wanted => return Control::Stop,
            Self::Count(_) => return Control::Continue,
            Self::Until(deadline) => deadline,
        };
        let each = match progress.round {
            0 => progress.work / (PACE * crate::par::threads() as f64),
            rounds => now.saturating_sub(began).as_secs_f64() / f64::from(rounds),
        };
        let left = deadline.saturating_sub(now).as_secs_f64();
        match left < each * (1.0 + progress.last * LATER) {
            true => Control::Stop,
            false => Control::Continue,
        }
    }
}

/// Decides with `gone` since the first epoch began and `left` until the deadline.
fn by_time(epoch: u32, gone: Duration, left: Duration, told: &mut bool) -> Control {
    if left.is_zero() {
        return Control::Stop;
    }
    if epoch == 0 {
        return Control::Continue;
    }
    let each = gone / epoch;
    if left < each {
        return Control::Stop;
    }
    // Long epochs are measured in fewer: the schedule must be known early.
    let known = epoch >= MEASURED || each * MEASURED > left;
    if *told || !known {
        return Control::Continue;
    }
    *told = true;
    let more = left.as_secs_f64() * LAID_OUT / each.as_secs_f64().max(1e-6);
    Control::Schedule(epoch.saturating_add((more as u32).max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn the_schedule_is_told_once_after_a_few_epochs() {
        let mut clock = Clock::within(s(12.0), s(1.0));
        let said: Vec<Control> = (0..7)
            .map(|epoch| clock.decide(epoch, s(0.6 + f64::from(epoch) * 0.1)))
            .collect();
        // At epoch 6 it is 1.2 s: 9.8 s are left, enough for 112 epochs that quicken.
        assert_eq!(said[6], Control::Schedule(118));
        let others = [0, 1, 2, 3, 4, 5];
        assert!(others.iter().all(|&e| said[e] == Control::Continue));
    }

    #[test]
    fn it_stops_hard_when_an_epoch_no_longer_fits() {
        let mut clock = Clock::within(s(2.0), s(0.0));
        assert_eq!(clock.decide(0, s(0.0)), Control::Continue);
        assert_eq!(clock.decide(1, s(1.1)), Control::Stop);
        let mut late = Clock::within(s(1.0), s(1.0));
        assert_eq!(late.decide(0, s(0.1)), Control::Stop);
    }

    #[test]
    fn long_epochs_are_laid_out_at_once() {
        let mut clock = Clock::within(s(5.0), s(0.0));
        assert_eq!(clock.decide(0, s(0.0)), Control::Continue);
        assert_eq!(clock.decide(1, s(1.5)), Control::Schedule(3));
        assert_eq!(clock.decide(2, s(3.0)), Control::Continue);
        assert_eq!(clock.decide(3, s(4.5)), Control::Stop);
    }

    #[test]
    fn epochs_are_counted_and_the_clock_decides_nothing() {
        let mut clock = Clock::epochs(2);
        assert_eq!(clock.decide(1, s(1e6)), Control::Continue);
        assert_eq!(clock.decide(2, s(0.0)), Control::Stop);
    }

    #[test]
    fn what_is_left_is_told_in_both_ways() {
        let mut clock = Clock::epochs(10);
        clock.decide(0, s(1.0));
        assert_eq!(clock.share(5, s(6.0)), (0.5, Some(s(5.0))));
        let mut clock = Clock::within(s(12.0), s(1.0));
        clock.decide(0, s(1.0));
        assert_eq!(clock.share(5, s(6.0)), (0.5, Some(s(5.0))));
    }
}
