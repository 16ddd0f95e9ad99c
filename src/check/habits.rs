//! Unpredictability: how often an observer who has watched the days before guesses when the
//! next visit comes.
//!
//! The observer stands at a target from the second day on, has just seen a visit (or the
//! day begin), and names the time of the next by one of two rules:
//!
//! - *timetable*: at the time of day of the first visit that came after this time of day on
//!   the day before;
//! - *rhythm*: as long after the visit just seen as the median of the intervals between
//!   visits here that ended before today.
//!
//! A guess within ten minutes is a hit. The rule that hits more often over the whole plan is
//! the one that counts, as an observer would find out which works.

use crate::units::Seconds;
use crate::units::Span;

/// How near a guess must be.
pub(super) const NEAR: Seconds = Seconds(600);

/// Guesses at some targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Guesses {
    /// Visits to be guessed.
    pub(super) asked: u64,
    timetable: u64,
    rhythm: u64,
}

impl Guesses {
    /// These and others.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            asked: self.asked + other.asked,
            timetable: self.timetable + other.timetable,
            rhythm: self.rhythm + other.rhythm,
        }
    }

    /// The share guessed by the better rule; `None` when there was nothing to guess.
    pub(super) fn share(self) -> Option<f64> {
        let hits = self.timetable.max(self.rhythm);
        (self.asked > 0).then(|| hits as f64 / self.asked as f64)
    }
}

/// Guesses at one target: `starts` of its visits, sorted, over the operational `days`.
pub(super) fn guess(starts: &[Seconds], days: &[Span]) -> Guesses {
    let mut guesses = Guesses::default();
    for pair in days.windows(2) {
        let (yesterday, today) = (pair[0], pair[1]);
        let first = starts.partition_point(|&s| s < today.start);
        let end = starts.partition_point(|&s| s < today.end);
        let shift = today.start - yesterday.start;
        let usual = median_interval(&starts[..first]);
        for i in first..end {
            let before = i.checked_sub(1).map(|b| starts[b]);
            let seen = before.filter(|&b| b >= today.start);
            let timetable = first_after(&starts[..first], yesterday, seen.map(|s| s - shift));
            let rhythm = before.zip(usual).map(|(b, interval)| b + interval);
            let near = |g: Option<Seconds>| {
                u64::from(g.is_some_and(|g| (g - starts[i]).0.abs() <= NEAR.0))
            };
            guesses.asked += 1;
            guesses.timetable += near(timetable.map(|t| t + shift));
            guesses.rhythm += near(rhythm);
        }
    }
    guesses
}

/// The first visit of `day` that starts after `seen`.
fn first_after(starts: &[Seconds], day: Span, seen: Option<Seconds>) -> Option<Seconds> {
    let from = match seen {
        Some(seen) => starts.partition_point(|&s| s <= seen.max(day.start - Seconds(1))),
        None => starts.partition_point(|&s| s < day.start),
    };
    starts.get(from).copied().filter(|&s| s < day.end)
}

/// The median of the intervals between neighbours, the upper one of two.
fn median_interval(starts: &[Seconds]) -> Option<Seconds> {
    let mut intervals: Vec<Seconds> = starts.windows(2).map(|p| p[1] - p[0]).collect();
    intervals.sort_unstable();
    intervals.get(intervals.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn share(starts: &[i64], day_count: i64) -> Option<f64> {
        let starts: Vec<Seconds> = starts.iter().copied().map(Seconds).collect();
        let days: Vec<Span> = (0..day_count)
            .map(|d| Span::new(Seconds(d * DAY), Seconds((d + 1) * DAY)))
            .collect();
        guess(&starts, &days).share()
    }

    #[test]
    fn a_timetable_is_guessed() {
        let starts = [3600, 40_000, DAY + 3700, DAY + 39_500];
        assert_eq!(share(&starts, 2), Some(1.0));
    }

    #[test]
    fn a_rhythm_is_guessed_even_where_it_drifts_through_the_day() {
        let starts: Vec<i64> = (0..40).map(|k| k * 5000 + 1).collect();
        assert_eq!(share(&starts, 2), Some(1.0));
    }

    #[test]
    fn other_times_are_not_guessed() {
        let starts = [3600, 40_000, DAY + 20_000, DAY + 70_000];
        assert_eq!(share(&starts, 2), Some(0.0));
    }

    #[test]
    fn there_is_nothing_to_guess_on_the_first_day() {
        assert_eq!(share(&[3600, 7200], 1), None);
        assert_eq!(share(&[3600, 7200], 2), None);
    }
}
