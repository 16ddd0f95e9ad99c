//! Risk profiles: a multiplier for each hour of the week, laid along the horizon.

use crate::scenario::civil::Calendar;
use crate::scenario::fault;
use crate::scenario::gather::Gather;
use crate::scenario::model::Risk;
use crate::scenario::record::Record;
use crate::units::Rate;
use crate::units::Seconds;

/// Hours of a week.
const WEEK: usize = 168;

/// A multiplier for each hour of the week from Monday 00:00, on the local clock.
#[derive(Clone, Debug)]
pub(crate) struct Profile(Vec<f64>);

/// Reads a profile; what is wrong with it is reported.
pub(crate) fn read(record: &Record, gather: &mut Gather) -> Profile {
    let given: Vec<&str> = ["hourly", "weekday", "weekend", "week"]
        .into_iter()
        .filter(|name| record.has(name))
        .collect();
    if !matches!(given[..], ["hourly"] | ["week"] | ["weekday", "weekend"]) {
        let what = match given.is_empty() {
            true => "the risk profile has no hours".to_owned(),
            false => format!("{} do not make a risk profile", given.join(" and ")),
        };
        gather.fault(record.at, fault::s022_risk_profile(what));
    }
    let hours = |gather: &mut Gather, name: &str, count: usize| {
        let mut hours = record.numbers(gather, name)?;
        if hours.len() != count {
            let what = format!("`{name}` has {} numbers instead of {count}", hours.len());
            gather.fault(record.at(name), fault::s022_risk_profile(what));
            hours.resize(count, 0.0);
        }
        Some(hours)
    };
    let hourly = hours(gather, "hourly", 24);
    let weekday = hours(gather, "weekday", 24);
    let weekend = hours(gather, "weekend", 24);
    if let Some(week) = hours(gather, "week", WEEK) {
        return Profile(week);
    }
    let flat = || vec![1.0; 24];
    let weekday = weekday.or(hourly.clone()).unwrap_or_else(flat);
    let weekend = weekend.or(hourly).unwrap_or_else(flat);
    Profile([weekday.repeat(5), weekend.repeat(2)].concat())
}

/// The hours of the horizon on the local clock: when each begins, and its hour of the week.
#[derive(Debug)]
pub(crate) struct Hours(Vec<(Seconds, usize)>);

impl Hours {
    /// Lays the hours of the week along the horizon. An hour that the clock shows twice
    /// counts twice, one that it skips not at all.
    pub(crate) fn new(calendar: &Calendar) -> Self {
        let changes: Vec<Seconds> = calendar
            .start
            .time_zone()
            .following(calendar.start.timestamp())
            .map(|change| change.timestamp() - calendar.start.timestamp())
            .map(|span| Seconds(span.get_seconds()))
            .take_while(|at| *at < calendar.horizon)
            .collect();
        let mut hours = Vec::new();
        let mut at = Seconds::ZERO;
        while at < calendar.horizon {
            let clock = calendar.clock(at);
            let day = clock.weekday().to_monday_zero_offset() as usize;
            hours.push((at, day * 24 + clock.hour() as usize));
            let within = i64::from(clock.minute()) * 60 + i64::from(clock.second());
            let next = at + Seconds(3600 - within);
            let change = changes.iter().find(|change| **change > at);
            at = change.map_or(next, |change| next.min(*change));
        }
        Self(hours)
    }

    /// How many pieces of constant risk there can be, at most.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// `points` per hour under a profile (none: at all hours), equal neighbours joined.
    pub(crate) fn risk(&self, points: f64, profile: Option<&Profile>) -> Risk {
        let mut pieces: Vec<(Seconds, Rate)> = Vec::new();
        for (at, hour) in &self.0 {
            let factor = profile.map_or(1.0, |profile| profile.0[*hour]);
            let rate = Rate((points * factor * 1000.0).round() as i64);
            if pieces.last().is_none_or(|(_, last)| *last != rate) {
                pieces.push((*at, rate));
            }
        }
        if pieces.iter().all(|(_, rate)| rate.0 == 0) {
            pieces.clear();
        }
        Risk { pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::civil::tests::malta;
    use jiff::civil::date;

    #[test]
    fn risk_follows_the_clock_and_joins_equal_hours() {
        let week = malta(date(2026, 11, 23).at(6, 30, 0, 0), 7);
        let hours = Hours::new(&week);
        let flat = hours.risk(1.5, None);
        assert_eq!(flat.pieces, [(Seconds(0), Rate(1500))]);
        let mut factors = vec![0.0; WEEK];
        factors[6] = 2.0;
        factors[8] = 1.0;
        let risk = hours.risk(1.0, Some(&Profile(factors)));
        // Monday 06:30 to 07:00, 08:00 to 09:00, and again Monday 06:00 to 06:30.
        let expected = [
            (Seconds(0), Rate(2000)),
            (Seconds(1800), Rate(0)),
            (Seconds(5400), Rate(1000)),
            (Seconds(9000), Rate(0)),
            (Seconds(7 * 86_400 - 1800), Rate(2000)),
        ];
        assert_eq!(risk.pieces, expected);
        assert!(hours.risk(0.0, None).pieces.is_empty());
    }

    #[test]
    fn an_hour_that_comes_twice_counts_twice() {
        let autumn = malta(date(2026, 10, 25).at(0, 0, 0, 0), 1);
        let hours = Hours::new(&autumn);
        assert_eq!(hours.len(), 25);
        let twice: Vec<_> = hours
            .0
            .iter()
            .filter(|(_, hour)| *hour == 6 * 24 + 2)
            .collect();
        assert_eq!(twice.len(), 2);
    }
}
