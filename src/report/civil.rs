//! Seconds of the horizon as civil time.

use std::ops::Range;

use jiff::Zoned;

use super::page::data::Lang;
use crate::scenario::Scenario;
use crate::units::Seconds;
use crate::units::Span;

/// `2026-03-02T08:30:00+01:00`.
pub(super) fn stamp(scenario: &Scenario, at: Seconds) -> String {
    scenario
        .instant(at)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// `Tue 03:10` or `周二 03:10`.
pub(super) fn day_time(scenario: &Scenario, at: Seconds, lang: Lang) -> String {
    let instant = scenario.instant(at);
    format!("{} {}", weekday(&instant, lang), instant.strftime("%H:%M"))
}

/// `Mon 2 Mar` or `3月2日 周一`.
pub(super) fn date(scenario: &Scenario, at: Seconds, lang: Lang) -> String {
    let instant = scenario.instant(at);
    match lang {
        Lang::En => instant.strftime("%a %-d %b").to_string(),
        Lang::Zh => format!(
            "{}月{}日 {}",
            instant.month(),
            instant.day(),
            weekday(&instant, lang)
        ),
    }
}

/// `Tue` or `周二`.
pub(super) fn weekday(instant: &Zoned, lang: Lang) -> String {
    const ZH: [&str; 7] = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
    match lang {
        Lang::En => instant.strftime("%a").to_string(),
        Lang::Zh => {
            ZH[usize::from(instant.weekday().to_sunday_zero_offset().unsigned_abs())].to_owned()
        }
    }
}

/// The operational days of which a time covers half or more, as the rules of rosters count leave;
/// of a shorter time the day that has most of it. Empty where it lies outside the horizon.
pub(super) fn days_of(scenario: &Scenario, span: Span) -> Range<usize> {
    let common = |day: &Span| day.intersect(span).map_or(0, |both| both.length().0);
    let days = || scenario.days.iter().enumerate();
    let half = |(_, day): &(usize, &Span)| common(day) * 2 >= day.length().0;
    let first = days().find(half).map(|(day, _)| day);
    let most = || days().max_by_key(|(nth, day)| (common(day), std::cmp::Reverse(*nth)));
    let most = || most().filter(|(_, day)| common(day) > 0);
    match first.or_else(|| most().map(|(day, _)| day)) {
        Some(first) => first..first + days().filter(half).count().max(1),
        None => 0..0,
    }
}

/// `1 h 52 min` or `1 小时 52 分`.
pub(super) fn duration(length: Seconds, lang: Lang) -> String {
    let (h, m, s) = match lang {
        Lang::En => ("h", "min", "s"),
        Lang::Zh => ("小时", "分", "秒"),
    };
    let seconds = length.0.abs();
    let minutes = (seconds + 30) / 60;
    match (minutes / 60, minutes % 60) {
        _ if seconds < 60 => format!("{seconds} {s}"),
        (0, minutes) => format!("{minutes} {m}"),
        (hours, 0) => format!("{hours} {h}"),
        (hours, minutes) => format!("{hours} {h} {minutes} {m}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_people_say_them() {
        assert_eq!(duration(Seconds(59), Lang::En), "59 s");
        assert_eq!(duration(Seconds(6720), Lang::En), "1 h 52 min");
        assert_eq!(duration(Seconds(7190), Lang::En), "2 h");
        assert_eq!(duration(Seconds(6720), Lang::Zh), "1 小时 52 分");
    }
}
