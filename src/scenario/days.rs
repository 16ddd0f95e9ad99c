//! Operational days as rosters count them: those of the roster before too, with their weekday,
//! their month, and the hours of the night.

use jiff::ToSpan as _;
use jiff::Zoned;
use jiff::civil::Time;

use crate::scenario::civil;
use crate::scenario::civil::Calendar;
use crate::scenario::model::Scenario;
use crate::units::Seconds;
use crate::units::Span;

/// Hour of the day at which a night ends that began at midnight.
const DAWN: i8 = 5;

/// Operational days from the first that is known to the last of the horizon.
#[derive(Clone, Debug)]
pub struct Days {
    /// Number of the first day: 0, or negative where the roster before is known.
    pub first: i32,
    /// Days of the horizon.
    pub count: i32,
    dates: Vec<Date>,
    /// Begins of all days, and the end of the last.
    begins: Vec<Seconds>,
    nights: Vec<Span>,
}

/// A day by the calendar: that of the date on which it begins.
#[derive(Clone, Copy, Debug)]
struct Date {
    weekday: i32,
    month: i32,
}

impl Days {
    /// `count` days from second 0 at `start`, and those before them from `first` (at most 0).
    pub fn new(start: &Zoned, first: i32, count: i32) -> Self {
        let zero = start.date();
        let day = |day: i32| zero.saturating_add(i64::from(day).days());
        let date = |d: i32| Date {
            weekday: i32::from(day(d).weekday().to_monday_zero_offset()),
            month: i32::from(day(d).year()) * 12 + i32::from(day(d).month()),
        };
        let clock = Calendar::at(start.clone());
        let begin = |d: i32| clock.instant(day(d).to_datetime(start.time()));
        // A duty of the last day may last for three days more.
        let night = |d: i32| {
            let midnight = day(d).to_datetime(Time::midnight());
            let dawn = day(d).at(DAWN, 0, 0, 0);
            Span::new(clock.instant(midnight), clock.instant(dawn))
        };
        Self {
            first,
            count,
            dates: (first..count).map(date).collect(),
            begins: (first..=count).map(begin).collect(),
            nights: (first..count + 5).map(night).collect(),
        }
    }

    /// The days of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let first = scenario.staff.known_from;
        Self::new(&scenario.start, first, scenario.days.len() as i32)
    }

    /// All days that are known.
    pub fn known(&self) -> std::ops::Range<i32> {
        self.first..self.count
    }

    /// From the begin of a known day to the end of the last before `end`.
    pub fn span(&self, day: i32, end: i32) -> Span {
        let begin = |day: i32| self.begins[(day - self.first) as usize];
        Span::new(begin(day), begin(end))
    }

    /// The weekday of a known day, Monday 0.
    pub fn weekday(&self, day: i32) -> i32 {
        self.date(day).weekday
    }

    /// The Monday of a known day's week; may be before the first day.
    pub fn monday(&self, day: i32) -> i32 {
        day - self.weekday(day)
    }

    /// The month of a known day, counted from year 0.
    pub fn month(&self, day: i32) -> i32 {
        self.date(day).month
    }

    /// How much of a time lies between 00:00 and 05:00.
    pub fn night(&self, span: Span) -> Seconds {
        // Nights are sorted and apart.
        let from = self.nights.partition_point(|night| night.end <= span.start);
        let nights = self.nights[from..].iter();
        let touched = nights.take_while(|night| night.start < span.end);
        let common = touched.filter_map(|night| night.intersect(span));
        common.map(Span::length).sum()
    }

    fn date(&self, day: i32) -> Date {
        self.dates[(day - self.first) as usize]
    }
}

impl Scenario {
    /// Time from the start of the operational day to that of a shift, by the clock.
    pub fn clock_of(&self, shift: crate::ids::ShiftId) -> Seconds {
        let since = self.shifts[shift].start.duration_since(self.start.time());
        Seconds(since.as_secs().rem_euclid(86_400))
    }

    /// A second of the horizon as an instant in the scenario's time zone; its start where that is
    /// out of range.
    pub fn instant(&self, at: Seconds) -> Zoned {
        civil::instant(&self.start, at)
    }

    /// The date of an operational day, the first of the horizon being day 0.
    pub fn date(&self, day: i32) -> jiff::civil::Date {
        self.start.date().saturating_add(i64::from(day).days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn malta(start: &str, first: i32, count: i32) -> Days {
        let start = format!("{start}[Europe/Malta]").parse().expect("a time");
        Days::new(&start, first, count)
    }

    fn hours(from: i64, to: i64) -> Span {
        Span::new(Seconds(from * 3600), Seconds(to * 3600))
    }

    #[test]
    fn days_know_their_week_and_month() {
        let days = malta("2026-11-27T06:00:00", -3, 7);
        assert_eq!(days.known(), -3..7);
        assert_eq!((days.weekday(0), days.monday(0)), (4, -4));
        assert_eq!(days.weekday(-3), 1);
        assert_eq!(days.month(4), days.month(3) + 1);
    }

    #[test]
    fn nights_are_those_of_the_clock() {
        // From 06:00: 22:00 to 06:00 is hours 16 to 24.
        let days = malta("2026-11-23T06:00:00", 0, 2);
        assert_eq!(days.night(hours(16, 24)), Seconds(5 * 3600));
        assert_eq!(days.night(hours(0, 16)), Seconds::ZERO);
        assert_eq!(days.night(hours(16, 19)), Seconds(3600));
        assert_eq!(days.night(hours(16, 48)), Seconds(10 * 3600));
        // Summer time ends at 03:00 on the 25th: the night is an hour longer.
        let autumn = malta("2026-10-24T06:00:00", 0, 1);
        assert_eq!(autumn.night(hours(16, 25)), Seconds(6 * 3600));
    }
}
