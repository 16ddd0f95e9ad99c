//! Idleness: the time since the last visit ended, and its gaps.

use crate::units::Seconds;
use crate::units::Span;

/// A stretch without a visit, from the end of one (or the horizon's start, when no earlier
/// visit is known) to the start of the next (or the horizon's end).
///
/// It starts before 0 when the last visit before the horizon is known; it is empty (`end`
/// not after `start`) where visits touch or overlap.
pub(super) type Gap = Span;

/// The gaps of a target: one before each visit and the open one at the horizon's end.
/// `visits` are in order of their starts.
pub(super) fn gaps(visits: &[Span], last: Option<Seconds>, horizon: Seconds) -> Vec<Gap> {
    let mut gaps = Vec::with_capacity(visits.len() + 1);
    let mut latest = last.unwrap_or(Seconds::ZERO).min(Seconds::ZERO);
    for visit in visits {
        gaps.push(Gap::new(latest, visit.start));
        latest = latest.max(visit.end);
    }
    gaps.push(Gap::new(latest, horizon));
    gaps
}

/// Idleness just before a gap ends; 0 where visits touch or overlap.
pub(super) fn idleness(gap: Gap) -> Seconds {
    gap.length().max(Seconds::ZERO)
}

/// What part of a gap lies beyond the standard, within the horizon.
pub(super) fn beyond(gap: Gap, standard: Seconds) -> Option<Span> {
    let due = Seconds(gap.start.0.saturating_add(standard.0)).max(Seconds::ZERO);
    (due < gap.end).then_some(Span::new(due, gap.end))
}

/// Twice the integral of idleness over the horizon, in square seconds: each gap adds the
/// area of a triangle, less what lies before 0.
pub(super) fn twice_idle_integral(gaps: &[Gap]) -> i128 {
    let square = |s: Seconds| i128::from(s.0) * i128::from(s.0);
    gaps.iter()
        .map(|&gap| {
            let before = Gap::new(gap.start, gap.end.min(Seconds::ZERO));
            square(idleness(gap)) - square(known_before(before))
        })
        .sum()
}

fn known_before(gap: Gap) -> Seconds {
    (Seconds::ZERO - gap.start).max(Seconds::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> Span {
        Span::new(Seconds(start), Seconds(end))
    }

    fn lengths(visits: &[Span], last: Option<i64>, horizon: i64) -> Vec<i64> {
        gaps(visits, last.map(Seconds), Seconds(horizon))
            .into_iter()
            .map(|g| idleness(g).0)
            .collect()
    }

    #[test]
    fn first_and_last_gap_count() {
        let visits = [span(100, 110), span(200, 220)];
        assert_eq!(lengths(&visits, None, 300), [100, 90, 80]);
        assert_eq!(lengths(&visits, Some(-50), 300), [150, 90, 80]);
        assert_eq!(lengths(&[], None, 300), [300]);
    }

    #[test]
    fn what_lies_before_the_horizon_is_not_held_against_the_plan() {
        let beyond = |start, end| beyond(span(start, end), Seconds(60));
        assert_eq!(beyond(-100, 30), Some(span(0, 30)));
        assert_eq!(beyond(-20, 30), None);
        assert_eq!(beyond(-20, 50), Some(span(40, 50)));
    }

    #[test]
    fn overlapping_visits_leave_no_gap() {
        let visits = [span(100, 200), span(120, 130), span(150, 250)];
        assert_eq!(lengths(&visits, None, 300), [100, 0, 0, 50]);
    }

    #[test]
    fn idle_integral_equals_the_sum_over_seconds() {
        let visits = [span(100, 200), span(120, 130), span(250, 260)];
        for last in [None, Some(-40), Some(0)] {
            let known = last.unwrap_or(0);
            // Over one second idleness is 0 throughout, or rises by 1 from what it was.
            let twice_over = |t: i64| {
                if visits.iter().any(|v| v.start.0 <= t && t < v.end.0) {
                    return 0;
                }
                let ended = visits.iter().filter(|v| v.start.0 <= t);
                let latest = ended.map(|v| v.end.0).max().map_or(known, |e| e.max(known));
                2 * (t - latest) + 1
            };
            let sum: i64 = (0..300).map(twice_over).sum();
            let gaps = gaps(&visits, last.map(Seconds), Seconds(300));
            assert_eq!(twice_idle_integral(&gaps), i128::from(sum));
        }
    }
}
