//! The checker: shifts, contracts and weeks of the files, nothing else.

use super::Instance;
use super::WEEK;
use super::history::Past;
use super::scenario::Contract;
use crate::bench::Answer;
use crate::bench::rosters::Stretch;
use crate::bench::rosters::Worked;
use crate::bench::rosters::grid;
use crate::bench::rosters::stretches;

/// Each nurse short of the best number (S1).
const SHORT_OF_BEST: u64 = 30;
/// Each day that a run of one shift is too short or too long (S2).
const SAME: u64 = 15;
/// Each day that a run of work, or of days off, is too short or too long (S2, S3).
const RUN: u64 = 30;
/// Each shift that was to be off (S4).
const REQUEST: u64 = 10;
/// Each weekend of which one day is worked (S5), and each worked too many (S7).
const WEEKEND: u64 = 30;
/// Each shift too few or too many (S6).
const TOTAL: u64 = 20;

pub(super) fn check(instance: &Instance, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
    // H1 is found here.
    let grid = grid(instance.sheet(), answer)?;
    let mut faults = too_few(instance, &grid);
    for (n, days) in grid.iter().enumerate() {
        let nurse = &instance.scenario.names[n];
        faults.extend(broken(instance, n, days).map(|fault| format!("{nurse} {fault}")));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let people = (0..).zip(&grid).map(|(n, days)| person(instance, n, days));
    let price = SHORT_OF_BEST * short_of_best(instance, &grid) + people.sum::<u64>();
    Ok(price as f64)
}

/// How many nurses work a shift in a skill on a day.
fn there(grid: &[Vec<Worked>], day: usize, shift: usize, skill: usize) -> u64 {
    let works = |days: &&Vec<Worked>| days[day] == Some((shift, skill));
    grid.iter().filter(works).count() as u64
}

/// Every need with its day: shift, skill, fewest and best.
fn needs(instance: &Instance) -> impl Iterator<Item = (usize, usize, usize, u64, u64)> {
    let weeks = instance.weeks.iter().enumerate();
    weeks.flat_map(|(w, week)| {
        week.needs.iter().flat_map(move |need| {
            let days = need.days.iter().enumerate();
            days.map(move |(d, &(least, best))| {
                let day = w * WEEK + d;
                (
                    day,
                    need.shift,
                    need.skill,
                    u64::from(least),
                    u64::from(best),
                )
            })
        })
    })
}

/// H2: fewest nurses.
fn too_few(instance: &Instance, grid: &[Vec<Worked>]) -> Vec<String> {
    let short = needs(instance).filter_map(|(day, shift, skill, least, _)| {
        let there = there(grid, day, shift, skill);
        let (shift, skill) = (
            &instance.scenario.kinds[shift],
            &instance.scenario.skills[skill],
        );
        let what = format!("day {day}, {shift}: {there} as {skill}, at least {least} needed");
        (there < least).then_some(what)
    });
    short.collect()
}

/// H3 and H4: successions and skills.
fn broken(instance: &Instance, n: usize, days: &[Worked]) -> impl Iterator<Item = String> {
    let scenario = &instance.scenario;
    let mut last = instance.past[n].last;
    let mut faults = Vec::new();
    for (day, worked) in days.iter().enumerate() {
        if let Some((shift, skill)) = *worked {
            let name = &scenario.kinds[shift];
            if let Some(before) = last.filter(|&b| scenario.shifts[b].not_next.contains(&shift)) {
                let before = &scenario.kinds[before];
                faults.push(format!("works {name} on day {day}, the day after {before}"));
            }
            if !scenario.nurses[n].skills.contains(&skill) {
                let skill = &scenario.skills[skill];
                faults.push(format!("works as {skill} on day {day} without that skill"));
            }
        }
        last = worked.map(|(shift, _)| shift);
    }
    faults.into_iter()
}

/// S1: nurses short of the best number.
fn short_of_best(instance: &Instance, grid: &[Vec<Worked>]) -> u64 {
    let short = needs(instance)
        .map(|(day, shift, skill, _, best)| best.saturating_sub(there(grid, day, shift, skill)));
    short.sum()
}

/// S2 to S7: what the days of a nurse cost.
fn person(instance: &Instance, n: usize, days: &[Worked]) -> u64 {
    let contract = &instance.scenario.contracts[instance.scenario.nurses[n].contract];
    let past = &instance.past[n];
    let requests = instance.weeks.iter().zip(days.chunks(WEEK));
    let requests = requests.flat_map(|(week, days)| {
        let of_nurse = week.requests.iter().filter(move |r| r.nurse == n);
        of_nurse.filter(|r| match (days[r.day], r.shift) {
            (Some((worked, _)), Some(shift)) => worked == shift,
            (worked, None) => worked.is_some(),
            (None, _) => false,
        })
    });
    same_shift(instance, past, days)
        + work_and_off(contract, past, days)
        + REQUEST * requests.count() as u64
        + weekends(contract, past, days)
        + TOTAL * total(contract, past, days)
}

/// S2, for shifts: too few or too many in a row.
fn same_shift(instance: &Instance, past: &Past, days: &[Worked]) -> u64 {
    let mut price = 0;
    let shifts = days.iter().map(|w| w.map(|(shift, _)| shift));
    for run in runs(past.last, past.same, shifts) {
        if let Some(shift) = run.what {
            price += SAME * run.missed(instance.scenario.shifts[shift].run, days.len());
        }
    }
    price
}

/// S2 and S3: too few or too many days of work, or off, in a row.
fn work_and_off(contract: &Contract, past: &Past, days: &[Worked]) -> u64 {
    let before = past.work.max(past.off);
    let runs = runs(
        past.last.is_some(),
        before,
        days.iter().map(Option::is_some),
    );
    let limits = |works| if works { contract.work } else { contract.off };
    let missed = runs.iter().map(|r| r.missed(limits(r.what), days.len()));
    RUN * missed.sum::<u64>()
}

/// S5 and S7: half weekends, and weekends too many.
fn weekends(contract: &Contract, past: &Past, days: &[Worked]) -> u64 {
    let worked = |week: &[Worked]| week[5..].iter().flatten().count();
    let half = days.chunks(WEEK).filter(|week| worked(week) == 1).count() as u64;
    let any = days.chunks(WEEK).filter(|week| worked(week) > 0).count() as u64;
    let many = (any + u64::from(past.weekends)).saturating_sub(contract.weekends.into());
    let half = if contract.whole_weekends { half } else { 0 };
    WEEKEND * (half + many)
}

/// S6: shifts too few or too many.
fn total(contract: &Contract, past: &Past, days: &[Worked]) -> u64 {
    let worked = days.iter().flatten().count() as u64 + u64::from(past.total);
    let (least, most) = contract.total;
    u64::from(least).saturating_sub(worked) + worked.saturating_sub(most.into())
}

/// A run of days that are alike, with the days of it before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run<T> {
    what: T,
    before: u64,
    within: u64,
    end: usize,
}

impl<T> Run<T> {
    /// By how many days the run misses its limits, of which days before the first are not
    /// charged, when there are so many `days` in all.
    fn missed(&self, (least, most): (u32, u32), days: usize) -> u64 {
        let length = self.before + self.within;
        let short = match self.end < days {
            true => u64::from(least).saturating_sub(length),
            false => 0,
        };
        short + length.saturating_sub(most.into()).min(self.within)
    }
}

/// Runs of days that are alike. That of the day before the first goes on where it can; where
/// it does not, it ends without a day of its own.
fn runs<T: PartialEq + Copy>(last: T, before: u32, days: impl Iterator<Item = T>) -> Vec<Run<T>> {
    let whole = |s: Stretch<T>| Run {
        what: s.what,
        before: 0,
        within: s.length() as u64,
        end: s.end,
    };
    let mut runs: Vec<Run<T>> = stretches(days).into_iter().map(whole).collect();
    let before = u64::from(before);
    match runs.first_mut() {
        Some(first) if first.what == last => first.before = before,
        _ if before > 0 => runs.insert(
            0,
            Run {
                what: last,
                before,
                within: 0,
                end: 0,
            },
        ),
        _ => {}
    }
    runs
}
