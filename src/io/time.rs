//! Horizon seconds as people read and write them: `Mon 06:15`, `周一 06:15`.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::civil::Weekday;
use jiff::tz::AmbiguousOffset;

use crate::error::Error;
use crate::error::Result;
use crate::scenario::Scenario;
use crate::units::Seconds;

/// Seconds of a week by the clock.
const WEEK: Seconds = Seconds(7 * 86_400);
/// Weekdays in both languages, Monday first.
const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "周一"),
    ("Tue", "周二"),
    ("Wed", "周三"),
    ("Thu", "周四"),
    ("Fri", "周五"),
    ("Sat", "周六"),
    ("Sun", "周日"),
];

/// The clock on the wall of a scenario.
#[derive(Clone, Debug)]
pub struct Clock {
    start: Zoned,
    horizon: Seconds,
}

impl Clock {
    /// The clock of a horizon that begins at `start` and lasts `horizon`.
    pub fn new(start: Zoned, horizon: Seconds) -> Self {
        Self { start, horizon }
    }

    /// The clock of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self::new(scenario.start.clone(), scenario.horizon)
    }

    /// A second of the horizon as a local date-time with zone.
    pub fn zoned(&self, at: Seconds) -> Zoned {
        let there = self.start.timestamp().saturating_add(at.0.seconds());
        let there = there.unwrap_or(Timestamp::MAX);
        there.to_zoned(self.start.time_zone().clone())
    }

    /// Weekday and minute, `Mon 06:15` (Chinese: `周一 06:15`), with the date in front where
    /// the horizon is longer than a week (`11-23 Mon 06:15`), and with the offset behind where
    /// the clocks show that time twice (`Sun 02:30 +01`). Seconds are cut off.
    pub fn short(&self, at: Seconds, chinese: bool) -> String {
        let there = self.zoned(at);
        let day = weekday(there.weekday(), chinese);
        let date = if self.horizon > WEEK {
            there.strftime("%m-%d ").to_string()
        } else {
            String::new()
        };
        format!("{date}{day} {}{}", there.strftime("%H:%M"), twice(&there))
    }

    /// Minute of the day, `06:15`.
    pub fn minute(&self, at: Seconds) -> String {
        self.zoned(at).strftime("%H:%M").to_string()
    }

    /// Date, minute and second, `2026-11-23 06:15:30`, for messages that must be exact; with
    /// the offset behind where the clocks show that time twice.
    pub fn exact(&self, at: Seconds) -> String {
        let there = self.zoned(at);
        format!("{}{}", there.strftime("%Y-%m-%d %H:%M:%S"), twice(&there))
    }

    /// The second of the horizon (its end included) that `text` means: `Mon 06:15`,
    /// `周一 06:15`, a local date-time such as `2026-11-23T06:15` or `2026-11-23 06:15:30`. Of
    /// several it is the first.
    ///
    /// # Errors
    /// `IO4` when it is none of these or lies outside the horizon.
    pub fn parse(&self, text: &str) -> Result<Seconds> {
        let wrong = |what: &str| {
            let first = self.exact(Seconds::ZERO);
            let last = self.exact(self.horizon);
            Error::input("IO4", what.to_owned())
                .value(text)
                .hint(format!(
                    "write `Mon 06:15` or `2026-11-23T06:15`, from {first} to {last}"
                ))
        };
        let candidates = self.candidates(text.trim());
        let candidates = candidates.ok_or_else(|| wrong("this is no time"))?;
        let seconds = candidates.into_iter().map(|at| self.second(at));
        let found = seconds
            .filter(|at| (Seconds::ZERO..=self.horizon).contains(at))
            .min();
        Ok(found.ok_or_else(|| wrong("this time lies outside the horizon"))?)
    }

    /// What a text may mean; `None` when it is no time.
    fn candidates(&self, text: &str) -> Option<Vec<DateTime>> {
        if let Ok(at) = text.replacen(' ', "T", 1).parse::<DateTime>() {
            return Some(vec![at]);
        }
        let (day, time) = text.split_once(char::is_whitespace)?;
        let day = WEEKDAYS
            .iter()
            .position(|(en, zh)| day.eq_ignore_ascii_case(en) || day == *zh)?;
        let time: Time = time.trim().parse().ok()?;
        let last = self.zoned(self.horizon).date();
        let dates = self.start.date().series(1.day());
        let dates = dates.take_while(|date| *date <= last);
        let fits = dates.filter(|date| date.weekday().to_monday_zero_offset() as usize == day);
        Some(fits.map(|date| date.to_datetime(time)).collect())
    }

    /// The second at which the clock shows `at`, the first where it does so twice.
    fn second(&self, at: DateTime) -> Seconds {
        let there = self.start.time_zone().to_ambiguous_timestamp(at);
        let there = there.compatible().unwrap_or(Timestamp::MAX);
        Seconds(there.as_second() - self.start.timestamp().as_second())
    }
}

/// A weekday in one of the languages.
fn weekday(day: Weekday, chinese: bool) -> &'static str {
    let (en, zh) = WEEKDAYS[day.to_monday_zero_offset() as usize];
    if chinese { zh } else { en }
}

/// The offset, where the clock shows this time twice.
fn twice(there: &Zoned) -> String {
    let zone = there.time_zone();
    match zone.to_ambiguous_timestamp(there.datetime()).offset() {
        AmbiguousOffset::Fold { .. } => format!(" {}", there.offset()),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(start: &str, days: i64) -> Clock {
        let start: Zoned = start.parse().expect("a time");
        Clock::new(start, Seconds(days * 86_400))
    }

    #[test]
    fn seconds_read_as_weekday_and_minute() {
        let week = clock("2026-11-23T06:00[Europe/Malta]", 7);
        assert_eq!(week.short(Seconds(900), false), "Mon 06:15");
        assert_eq!(week.short(Seconds(86_400 + 59), true), "周二 06:00");
        assert_eq!(week.minute(Seconds(-60)), "05:59");
        assert_eq!(week.exact(Seconds(930)), "2026-11-23 06:15:30");
        let fortnight = clock("2026-11-23T06:00[Europe/Malta]", 14);
        assert_eq!(fortnight.short(WEEK, false), "11-30 Mon 06:00");
    }

    #[test]
    fn an_hour_that_comes_twice_tells_which() {
        let night = clock("2026-10-25T00:00[Europe/Malta]", 1);
        assert_eq!(night.short(Seconds(9000), false), "Sun 02:30 +02");
        assert_eq!(night.short(Seconds(9000 + 3600), false), "Sun 02:30 +01");
        assert_eq!(night.short(Seconds(4 * 3600), false), "Sun 03:00");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let week = clock("2026-11-23T06:00[Europe/Malta]", 7);
        for at in [0, 900, 86_400, 500_040] {
            for chinese in [false, true] {
                let text = week.short(Seconds(at), chinese);
                assert_eq!(week.parse(&text).expect("a time"), Seconds(at), "{text}");
            }
            let text = week.exact(Seconds(at));
            assert_eq!(week.parse(&text).expect("a time"), Seconds(at), "{text}");
        }
        assert_eq!(
            week.parse("mon 05:00").expect("the last day"),
            Seconds(WEEK.0 - 3600)
        );
        for bad in ["", "Mon", "Mon 25:00", "Moon 06:00", "2026-12-23T06:00"] {
            assert_eq!(week.parse(bad).expect_err(bad).0[0].code, "IO4");
        }
    }
}
