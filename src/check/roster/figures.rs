//! What one person's work comes to.

use serde::Serialize;

use super::life::Life;
use crate::units::Seconds;

/// What one person works in the horizon. Runs and rests reach back as far as is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Work.
    pub work: Seconds,
    /// Duties that are nights.
    pub nights: i64,
    /// Weekends with a duty.
    pub weekends: i64,
    /// Work beyond contract.
    pub overtime: Seconds,
    /// Most work in any 7 days.
    pub longest_week: Seconds,
    /// Most days of work in a row.
    pub longest_run: i64,
    /// Most nights in a row.
    pub nights_in_a_row: i64,
    /// Least time from the end of one duty to the start of the next; `None` with fewer than two.
    pub shortest_rest: Option<Seconds>,
}

/// The figures of a person.
pub fn figures(life: &Life<'_>) -> Figures {
    let work = life.hours_in(life.horizon());
    let due = Seconds(life.contract_week.0 * i64::from(life.days.count) / 7);
    let known = life.days.known();
    let last = (known.end - 7).max(known.start);
    let weeks = (known.start..=last).filter(|from| from + 7 > 0);
    let weeks = weeks.map(|from| life.hours_in(from..(from + 7).min(known.end)));
    let longest = |runs: Vec<std::ops::Range<i32>>| {
        let within = runs.iter().filter(|run| run.end > 0);
        within.map(|run| run.len()).max()
    };
    let own = life.work.iter().filter(|work| work.spell.day >= 0);
    let mut weekends = life.weekends();
    weekends.retain(|days| days.clone().any(|day| day >= 0 && life.works(day)));
    Figures {
        work,
        nights: own.filter(|work| work.night).count() as i64,
        weekends: weekends.len() as i64,
        overtime: (work - due).max(Seconds::ZERO),
        longest_week: weeks.max().unwrap_or_default(),
        longest_run: longest(life.runs(|day| life.works(day))).unwrap_or(0) as i64,
        nights_in_a_row: longest(life.runs(|day| life.night(day))).unwrap_or(0) as i64,
        shortest_rest: life.rests().map(|(_, _, rest)| rest).min(),
    }
}
