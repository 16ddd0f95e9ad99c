//! What a planner sees while waiting: a line on the terminal, nothing anywhere else.

use std::time::Duration;

use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

use crate::planner::BoundProgress;
use crate::planner::Progress;
use crate::planner::staffing::RosterProgress;

/// Steps of the bar.
const STEPS: u64 = 1000;

/// The line. It goes away when it is dropped.
#[derive(Debug)]
pub(super) struct Line {
    bar: ProgressBar,
    searching: bool,
}

impl Line {
    /// A line on stderr; on no terminal, or when `quiet`, it shows nothing.
    pub(super) fn new(quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(8)
        };
        Self {
            bar: ProgressBar::with_draw_target(Some(STEPS), target),
            searching: false,
        }
    }

    /// Says what is being done.
    pub(super) fn phase(&mut self, what: &'static str) {
        self.searching = false;
        self.bar.set_style(style("{spinner} {msg}"));
        self.bar.set_message(what);
        self.bar.enable_steady_tick(Duration::from_millis(120));
    }

    /// Says where the search stands, of which `total` is all risk: which share of it is
    /// done, and how long the rest will take.
    pub(super) fn search(
        &mut self,
        progress: Progress,
        total: i64,
        (share, left): (f64, Option<Duration>),
    ) {
        self.share(share);
        self.bar.set_message(message(progress, total, left));
    }

    /// Says where the search for a bound stands, of which `total` is all risk.
    pub(super) fn bound(&mut self, progress: BoundProgress, total: i64) {
        let about = progress.about.map_or_else(String::new, |about| {
            format!(
                ": about {:.2} % of all risk",
                100.0 * about / total.max(1) as f64
            )
        });
        let round = progress.round;
        self.bar.set_message(format!(
            "proving how good a plan can be{about}, round {round}"
        ));
    }

    /// Says where the search for a roster stands, how much of it is done, and how long the rest
    /// will take.
    pub(super) fn roster(
        &mut self,
        progress: RosterProgress,
        (share, left): (f64, Option<Duration>),
    ) {
        self.share(share);
        let (promises, wishes) = (progress.cost.promises, progress.cost.wishes);
        self.bar.set_message(format!(
            "roster: broken promises {promises}, broken wishes {wishes}, epoch {}{}",
            progress.epoch,
            rest(left)
        ));
    }

    /// Says where a run of a benchmark stands: which, what its best answer is worth as far as
    /// known, which share of it is done, and how long the rest will take.
    pub(super) fn run(
        &mut self,
        what: &str,
        worth: Option<f64>,
        (share, left): (f64, Option<Duration>),
    ) {
        self.share(share);
        let worth = worth.map_or_else(String::new, |w| format!(", value {w:.2}"));
        self.bar.set_message(format!("{what}{worth}{}", rest(left)));
    }

    /// Shows which share is done, as a bar.
    fn share(&mut self, share: f64) {
        if !self.searching {
            self.searching = true;
            self.bar.disable_steady_tick();
            self.bar.set_style(style("{bar:24} {msg}"));
        }
        let position = share.clamp(0.0, 1.0) * STEPS as f64;
        self.bar.set_position(position as u64);
    }

    /// Says something else without spoiling the line.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn message(progress: Progress, total: i64, left: Option<Duration>) -> String {
    let best = progress.best;
    let value = 100.0 * best.value as f64 / total.max(1) as f64;
    let broken = best.broken as f64 / 60.0;
    let left = rest(left);
    format!(
        "value {value:.2} % of all risk, broken promises {broken:.0} min, epoch {}{left}",
        progress.epoch
    )
}

/// How long the rest takes, where known.
fn rest(left: Option<Duration>) -> String {
    left.map_or_else(String::new, |d| format!(", {} s left", d.as_secs()))
}

/// A style. The templates above are sound, and a plain bar would do too.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planner::Score;

    #[test]
    fn the_line_says_value_promises_and_time() {
        let progress = Progress {
            epoch: 7,
            schedule: None,
            best: Score {
                broken: 90,
                value: 875,
                cost: 0,
            },
        };
        assert_eq!(
            message(progress, 1000, Some(Duration::from_secs(12))),
            "value 87.50 % of all risk, broken promises 2 min, epoch 7, 12 s left"
        );
    }
}
