//! Values as planners write them: durations, times, shares, weekdays, lists.

use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::civil::Weekday;

use crate::units::Level;
use crate::units::Seconds;

/// Longest duration that may be written, seconds (ten years).
const LONGEST: f64 = 10.0 * 366.0 * 86_400.0;
/// What separates the items of a list in a cell, beside blanks.
const SEPARATORS: [char; 6] = [';', ',', '\u{3001}', '\u{ff1b}', '\u{ff0c}', '|'];
/// Units of a duration with their seconds, longer spellings first.
const UNITS: [(&str, f64); 16] = [
    ("days", 86_400.0),
    ("day", 86_400.0),
    ("d", 86_400.0),
    ("天", 86_400.0),
    ("hours", 3600.0),
    ("hour", 3600.0),
    ("h", 3600.0),
    ("小时", 3600.0),
    ("时", 3600.0),
    ("min", 60.0),
    ("m", 60.0),
    ("分钟", 60.0),
    ("分", 60.0),
    ("sec", 1.0),
    ("s", 1.0),
    ("秒", 1.0),
];
/// Weekdays as they may be written, Monday first.
const WEEKDAYS: [[&str; 4]; 7] = [
    ["mon", "monday", "周一", "星期一"],
    ["tue", "tuesday", "周二", "星期二"],
    ["wed", "wednesday", "周三", "星期三"],
    ["thu", "thursday", "周四", "星期四"],
    ["fri", "friday", "周五", "星期五"],
    ["sat", "saturday", "周六", "星期六"],
    ["sun", "sunday", "周日", "星期日"],
];

/// `1h30m`, `45s`, `2d`, `1小时30分`, or a bare number of minutes.
pub(crate) fn duration(text: &str) -> Option<Seconds> {
    let mut rest = text.trim();
    if let Some(minutes) = number(rest) {
        return whole_seconds(minutes * 60.0);
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let (unit, seconds) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit))?;
        total += amount * seconds;
        rest = rest[unit.len()..].trim_start();
    }
    if text.trim().is_empty() {
        return None;
    }
    whole_seconds(total)
}

/// Seconds that are whole, not negative and within reason.
fn whole_seconds(seconds: f64) -> Option<Seconds> {
    let rounded = seconds.round();
    let fits = (0.0..=LONGEST).contains(&rounded) && (seconds - rounded).abs() < 1e-6;
    fits.then_some(Seconds(rounded as i64))
}

/// A finite decimal number.
pub(crate) fn number(text: &str) -> Option<f64> {
    let value: f64 = text.trim().parse().ok()?;
    value.is_finite().then_some(value)
}

/// A share from 0 to 1 in whole hundredths, also as `80%`.
pub(crate) fn share(text: &str) -> Option<Level> {
    let text = text.trim();
    let percent = match text.strip_suffix('%') {
        Some(percent) => number(percent)?,
        None => number(text)? * 100.0,
    };
    let whole = percent.round();
    let fits = (0.0..=100.0).contains(&whole) && (percent - whole).abs() < 1e-6;
    fits.then_some(Level(whole as u8))
}

/// `HH:MM`, also `24:00`, in minutes after midnight.
pub(crate) fn minutes_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once([':', '\u{ff1a}'])?;
    if hour.is_empty() || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = i64::from(hour) * 60 + i64::from(minute);
    (minute < 60 && minutes <= 24 * 60).then_some(minutes)
}

/// `HH:MM` before midnight.
pub(crate) fn time_of_day(text: &str) -> Option<Time> {
    let minutes = minutes_of_day(text)?;
    Time::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).ok()
}

/// `2026-11-23`, or with slashes for dashes.
pub(crate) fn date(text: &str) -> Option<Date> {
    let parts: Vec<i16> = text
        .trim()
        .split(['-', '/'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [year, month, day] = parts[..] else {
        return None;
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// `2026-11-23T06:00`, with a blank for the `T`, slashes for dashes, or seconds.
pub(crate) fn date_time(text: &str) -> Option<DateTime> {
    let (day, time) = text.trim().split_once(['T', ' '])?;
    let date = date(day)?;
    let parts: Vec<i8> = time
        .trim()
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    Some(date.to_datetime(Time::new(hour, minute, second, 0).ok()?))
}

/// A weekday, English or Chinese.
pub(crate) fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim().to_lowercase();
    let index = WEEKDAYS.iter().position(|names| names.contains(&&*text))?;
    Weekday::from_monday_zero_offset(index as i8).ok()
}

/// The weekday as the files write it.
pub(crate) fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS[day.to_monday_zero_offset() as usize][0]
}

/// Yes or no.
pub(crate) fn yes(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "是" => Some(true),
        "no" | "false" | "0" | "n" | "否" => Some(false),
        _ => None,
    }
}

/// Items of a list in a cell.
pub(crate) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c))
        .filter(|item| !item.is_empty())
}

/// Whether `text` may be a key: letters of any script, digits, `-`, `_`, `.`, at most 64.
pub(crate) fn is_key(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    !text.is_empty() && text.chars().count() <= 64 && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_every_spelling() {
        for (text, seconds) in [
            ("90m", 5400),
            ("1h30m", 5400),
            ("1h 30m", 5400),
            ("45s", 45),
            ("15", 900),
            ("0.5", 30),
            ("1.5h", 5400),
            ("2d", 172_800),
            ("1小时30分", 5400),
            ("10分钟", 600),
            ("0", 0),
        ] {
            assert_eq!(duration(text), Some(Seconds(seconds)), "{text}");
        }
        for text in [
            "", " ", "h", "1x", "-5", "5m3", "1h-2m", "nan", "inf", "1e99", "1.5s", "..h",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn times_and_dates() {
        assert_eq!(minutes_of_day("6:05"), Some(365));
        assert_eq!(minutes_of_day("24:00"), Some(1440));
        assert_eq!(time_of_day("24:00"), None);
        for bad in ["24:01", "06:60", "0600", "6", "-1:00", "006:00", "06:5"] {
            assert_eq!(minutes_of_day(bad), None, "{bad}");
        }
        let expected = jiff::civil::date(2026, 11, 5).at(6, 0, 0, 0);
        for good in ["2026-11-05T06:00", "2026-11-05 06:00:00", "2026/11/5 6:00"] {
            assert_eq!(date_time(good), Some(expected), "{good}");
        }
        for bad in ["2026-13-05T06:00", "2026-11-05", "05/11/2026 06:00", "T"] {
            assert_eq!(date_time(bad), None, "{bad}");
        }
    }

    #[test]
    fn shares_are_whole_hundredths() {
        assert_eq!(share("0.8"), Some(Level(80)));
        assert_eq!(share("80%"), Some(Level(80)));
        assert_eq!(share("1"), Some(Level(100)));
        for bad in ["0.805", "1.01", "-0.1", "nan", "x"] {
            assert_eq!(share(bad), None, "{bad}");
        }
    }

    #[test]
    fn lists_and_keys() {
        let list: Vec<_> = items("a b;c、d\u{ff0c}e").collect();
        assert_eq!(list, ["a", "b", "c", "d", "e"]);
        assert!(is_key("巡警-1"));
        assert!(!is_key("a/b") && !is_key("a b") && !is_key(""));
    }
}
