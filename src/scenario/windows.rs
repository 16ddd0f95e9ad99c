//! Weekly windows: `mon-fri 08:00-18:00; sat 09:00-13:00`.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Weekday;

use crate::scenario::civil::Calendar;
use crate::scenario::civil::joined;
use crate::scenario::value;
use crate::units::Span;

/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// Stretches that windows may have, at most.
const STRETCHES_CAP: usize = 200;

/// Stretches of the week in which something may take place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weekly(Vec<Stretch>);

/// A stretch that begins on some weekdays.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    /// Whether it begins on each weekday, Monday first.
    days: [bool; 7],
    /// Begin, minutes after midnight.
    from: i64,
    /// End, minutes after the same midnight; beyond a day when it ends on the next.
    to: i64,
}

/// Windows as written. An error is the part that cannot be read.
pub(crate) fn parse(text: &str) -> Result<Weekly, String> {
    let mut stretches = Vec::new();
    for part in text.split([';', '\u{ff1b}']) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        stretches.extend(stretches_of(part).ok_or_else(|| part.to_owned())?);
    }
    if stretches.is_empty() || stretches.len() > STRETCHES_CAP {
        return Err(text.chars().take(40).collect());
    }
    Ok(Weekly(stretches))
}

/// A part: days, then times; either may be left out.
fn stretches_of(part: &str) -> Option<Vec<Stretch>> {
    let whole = |days| {
        vec![Stretch {
            days,
            from: 0,
            to: DAY,
        }]
    };
    if matches!(part.to_lowercase().as_str(), "always" | "全天") {
        return Some(whole([true; 7]));
    }
    let first_time = part.find(|c: char| c.is_ascii_digit());
    let (days, times) = part.split_at(first_time.unwrap_or(part.len()));
    let days = match days.trim() {
        "" | "daily" | "每天" => [true; 7],
        days => weekdays(days)?,
    };
    if times.is_empty() {
        return Some(whole(days));
    }
    let stretch = |text: &str| {
        let (from, to) = text.split_once(['-', '\u{2013}', '~'])?;
        let from = value::minutes_of_day(from).filter(|from| *from < DAY)?;
        let to = value::minutes_of_day(to)?;
        let to = if to <= from { to + DAY } else { to };
        Some(Stretch { days, from, to })
    };
    times
        .split([',', '\u{3001}', '\u{ff0c}'])
        .map(stretch)
        .collect()
}

/// `mon-fri`, `mon,wed`, `fri-mon`.
pub(crate) fn weekdays(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for item in text.split([',', '\u{3001}', '\u{ff0c}']) {
        let (first, last) = item
            .split_once(['-', '\u{2013}', '至'])
            .unwrap_or((item, item));
        let last = value::weekday(last)?;
        let mut day = value::weekday(first)?;
        days[index(day)] = true;
        while day != last {
            day = day.next();
            days[index(day)] = true;
        }
    }
    Some(days)
}

fn index(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

impl Weekly {
    /// The windows within the horizon, sorted, those that touch joined.
    pub(crate) fn spans(&self, calendar: &Calendar) -> Vec<Span> {
        let mut spans = Vec::new();
        for date in calendar.dates(2) {
            for stretch in &self.0 {
                if stretch.days[index(date.weekday())] {
                    let begin = calendar.instant(at(date, stretch.from));
                    let end = calendar.instant(at(date, stretch.to));
                    spans.extend(Span::new(begin, end).intersect(calendar.whole()));
                }
            }
        }
        joined(spans)
    }
}

/// The time so many minutes after midnight, by the clock.
fn at(date: Date, minutes: i64) -> DateTime {
    let midnight = date.at(0, 0, 0, 0);
    midnight.saturating_add((minutes).minutes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::civil::tests::malta;
    use jiff::civil::date;

    /// Spans in hours over a week from Monday 06:00.
    fn hours(text: &str) -> Vec<(f64, f64)> {
        let week = malta(date(2026, 11, 23).at(6, 0, 0, 0), 7);
        let spans = parse(text).expect("windows").spans(&week);
        spans
            .iter()
            .map(|s| (s.start.hours(), s.end.hours()))
            .collect()
    }

    #[test]
    fn weekly_windows_become_spans() {
        assert_eq!(hours("always"), [(0.0, 168.0)]);
        assert_eq!(hours("00:00-24:00"), [(0.0, 168.0)]);
        assert_eq!(
            hours("mon,wed 08:00-12:00,14:00-18:30"),
            [(2.0, 6.0), (8.0, 12.5), (50.0, 54.0), (56.0, 60.5)]
        );
        assert_eq!(
            hours("sat 09:00-13:00; sun 10:00-11:00"),
            [(123.0, 127.0), (148.0, 149.0)]
        );
        assert_eq!(hours("周六至周日"), [(114.0, 162.0)]);
        assert_eq!(hours("周二 08:00-09:00"), [(26.0, 27.0)]);
    }

    #[test]
    fn windows_over_midnight_and_the_edges() {
        assert_eq!(hours("sun 22:00-07:00"), [(0.0, 1.0), (160.0, 168.0)]);
        assert_eq!(hours("mon 22:00-24:00; tue 00:00-02:00"), [(16.0, 20.0)]);
        assert_eq!(hours("mon 08:00-08:00"), [(2.0, 26.0)]);
    }

    #[test]
    fn windows_follow_the_clock() {
        let autumn = malta(date(2026, 10, 24).at(12, 0, 0, 0), 1);
        let spans = parse("22:00-06:00").expect("windows").spans(&autumn);
        assert_eq!(spans[0].length().hours(), 9.0);
    }

    #[test]
    fn what_is_no_windows_is_named() {
        for bad in [
            "mon-fry 08:00-18:00",
            "08:00",
            "25:00-26:00",
            "08:00-",
            "mon 8-9",
            "",
            ";",
            "24:00-01:00",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            parse("08:00-09:00; sta 1:00-2:00"),
            Err("sta 1:00-2:00".to_owned())
        );
    }
}
