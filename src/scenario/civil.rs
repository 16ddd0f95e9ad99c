//! The clock on the wall against seconds of the horizon.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::tz::AmbiguousOffset;
use jiff::tz::TimeZone;

use crate::units::Seconds;
use crate::units::Span;

/// The instant so many seconds after second 0, in its time zone; second 0 where that is out of range.
pub(crate) fn instant(start: &jiff::Zoned, at: Seconds) -> jiff::Zoned {
    let span = jiff::SignedDuration::from_secs(at.0);
    start.checked_add(span).unwrap_or_else(|_| start.clone())
}

/// The horizon in civil time.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    /// Second 0.
    pub(crate) start: jiff::Zoned,
    /// Length.
    pub(crate) horizon: Seconds,
    /// Operational days.
    pub(crate) days: Vec<Span>,
}

impl Calendar {
    /// The horizon of `days` operational days from a local time. `None` where that time does
    /// not exist (the clocks skip it) or lies outside the years 1900 to 2200.
    pub(crate) fn new(start: DateTime, zone: TimeZone, days: i64) -> Option<Self> {
        let ambiguous = zone.into_ambiguous_zoned(start);
        let skipped = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
        if skipped || !(1900..=2200).contains(&start.year()) {
            return None;
        }
        let mut calendar = Self {
            start: ambiguous.compatible().ok()?,
            horizon: Seconds::ZERO,
            days: Vec::new(),
        };
        for day in 0..days {
            let begin = calendar.instant(start.checked_add(day.days()).ok()?);
            let end = calendar.instant(start.checked_add((day + 1).days()).ok()?);
            calendar.days.push(Span::new(begin, end));
        }
        calendar.horizon = calendar.days.last()?.end;
        Some(calendar)
    }

    /// No time at all.
    pub(crate) fn nothing() -> Self {
        Self::at(jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC))
    }

    /// A clock whose second 0 is `start`, without a horizon.
    pub(crate) fn at(start: jiff::Zoned) -> Self {
        Self {
            start,
            horizon: Seconds::ZERO,
            days: Vec::new(),
        }
    }

    /// The second at which the clock shows `at`: the first time where it does so twice, and
    /// as much later as the clock is put forward where it never does.
    pub(crate) fn instant(&self, at: DateTime) -> Seconds {
        let zone = self.start.time_zone();
        let there = match zone.to_ambiguous_timestamp(at).compatible() {
            Ok(timestamp) => timestamp,
            // Beyond the calendar, which only times far from the horizon are.
            Err(_) if at < self.start.datetime() => jiff::Timestamp::MIN,
            Err(_) => jiff::Timestamp::MAX,
        };
        Seconds(there.as_second() - self.start.timestamp().as_second())
    }

    /// What the clock shows at a second.
    pub(crate) fn clock(&self, at: Seconds) -> DateTime {
        self.zoned(at).datetime()
    }

    /// A second as an instant in the scenario's time zone.
    pub(crate) fn zoned(&self, at: Seconds) -> jiff::Zoned {
        instant(&self.start, at)
    }

    /// The dates that the horizon touches, and `before` days more in front.
    pub(crate) fn dates(&self, before: i64) -> impl Iterator<Item = Date> + use<> {
        let first = self.start.date().saturating_sub(before.days());
        let last = self.clock(self.horizon).date();
        first.series(1.day()).take_while(move |date| *date <= last)
    }

    /// The operational day in which the clock shows `at`, from 0; negative before the horizon.
    pub(crate) fn day_of(&self, at: DateTime) -> i32 {
        let since = at.duration_since(self.start.datetime());
        since.as_secs().div_euclid(86_400) as i32
    }

    /// The operational day that begins on a date, from 0; negative before the horizon.
    pub(crate) fn day_of_date(&self, date: Date) -> i32 {
        self.day_of(date.to_datetime(self.start.time()))
    }

    /// The whole horizon.
    pub(crate) fn whole(&self) -> Span {
        Span::new(Seconds::ZERO, self.horizon)
    }
}

/// Spans sorted, and those that touch or overlap joined.
pub(crate) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// What two sorted lists of separate spans have in common.
pub(crate) fn common(a: &[Span], b: &[Span]) -> Vec<Span> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both.extend(x.intersect(*y));
        if x.end <= y.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;

    /// A week from Monday 06:00 in Malta.
    pub(crate) fn malta(day: DateTime, days: i64) -> Calendar {
        let zone = TimeZone::get("Europe/Malta").expect("known");
        Calendar::new(day, zone, days).expect("exists")
    }

    #[test]
    fn days_are_23_and_25_hours_long_where_the_clocks_change() {
        let autumn = malta(date(2026, 10, 24).at(6, 0, 0, 0), 2);
        assert_eq!(autumn.days[0].length(), Seconds(25 * 3600));
        assert_eq!(autumn.horizon, Seconds(49 * 3600));
        let spring = malta(date(2026, 3, 28).at(6, 0, 0, 0), 1);
        assert_eq!(spring.horizon, Seconds(23 * 3600));
    }

    #[test]
    fn a_start_that_the_clocks_skip_is_none() {
        let zone = TimeZone::get("Europe/Malta").expect("known");
        assert!(Calendar::new(date(2026, 3, 29).at(2, 30, 0, 0), zone, 1).is_none());
    }

    #[test]
    fn days_before_the_horizon_are_negative() {
        let week = malta(date(2026, 11, 23).at(6, 0, 0, 0), 7);
        assert_eq!(week.day_of(date(2026, 11, 23).at(5, 59, 0, 0)), -1);
        assert_eq!(week.day_of(date(2026, 11, 23).at(6, 0, 0, 0)), 0);
        assert_eq!(week.day_of(date(2026, 11, 24).at(5, 0, 0, 0)), 0);
        assert_eq!(week.clock(Seconds(3600)), date(2026, 11, 23).at(7, 0, 0, 0));
        assert_eq!(week.dates(1).count(), 9);
    }

    #[test]
    fn spans_join_and_meet() {
        let span = |a, b| Span::new(Seconds(a), Seconds(b));
        let joined = joined(vec![span(5, 9), span(0, 2), span(2, 3), span(6, 7)]);
        assert_eq!(joined, [span(0, 3), span(5, 9)]);
        assert_eq!(
            common(&joined, &[span(2, 6), span(8, 20)]),
            [span(2, 3), span(5, 6), span(8, 9)]
        );
    }
}
