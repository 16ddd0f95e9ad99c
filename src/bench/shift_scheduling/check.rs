//! The checker: names, days and minutes of the file, nothing else.

use super::Person;
use super::Problem;
use crate::bench::Answer;
use crate::bench::rosters::Worked;
use crate::bench::rosters::grid;
use crate::bench::rosters::stretches;

pub(super) fn check(file: &Problem, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
    let grid = grid(file.sheet(), answer)?;
    let mut faults = Vec::new();
    for (p, days) in grid.iter().enumerate() {
        let broken = broken(file, &file.people[p], days);
        faults.extend(broken.map(|fault| format!("{} {fault}", &file.names[p])));
    }
    match faults.is_empty() {
        true => Ok(price(file, &grid) as f64),
        false => Err(faults),
    }
}

/// The rules that a person's days break.
fn broken<'a>(
    file: &'a Problem,
    person: &'a Person,
    days: &'a [Worked],
) -> impl Iterator<Item = String> + 'a {
    days_off(person, days)
        .chain(successions(file, days))
        .chain(totals(file, person, days))
        .chain(runs(person, days))
}

fn days_off<'a>(person: &'a Person, days: &'a [Worked]) -> impl Iterator<Item = String> + 'a {
    let worked = person.days_off.iter().filter(|&&d| days[d].is_some());
    worked.map(|d| format!("works on day {d}, which must be off"))
}

fn successions<'a>(file: &'a Problem, days: &'a [Worked]) -> impl Iterator<Item = String> + 'a {
    (1..).zip(days.windows(2)).filter_map(|(day, pair)| {
        let ((before, _), (next, _)) = (pair[0]?, pair[1]?);
        let forbidden = file.shifts[before].not_next.contains(&next);
        let (before, next) = (&file.kinds[before], &file.kinds[next]);
        forbidden.then(|| format!("works {next} on day {day}, the day after {before}"))
    })
}

/// Shifts of each kind, minutes and weekends.
fn totals(file: &Problem, person: &Person, days: &[Worked]) -> impl Iterator<Item = String> {
    let mut faults = Vec::new();
    let mut counts = vec![0; file.shifts.len()];
    for (kind, _) in days.iter().flatten() {
        counts[*kind] += 1;
    }
    for (k, (&count, &most)) in counts.iter().zip(&person.most).enumerate() {
        if count > most {
            let kind = &file.kinds[k];
            faults.push(format!(
                "works {count} shifts of {kind}, at most {most} allowed"
            ));
        }
    }
    let minutes = days.iter().flatten().map(|&(k, _)| file.shifts[k].minutes);
    let minutes: u64 = minutes.map(u64::from).sum();
    if minutes > u64::from(person.most_minutes) {
        let most = person.most_minutes;
        faults.push(format!("works {minutes} minutes, at most {most} allowed"));
    }
    if minutes < u64::from(person.least_minutes) {
        let least = person.least_minutes;
        faults.push(format!("works {minutes} minutes, at least {least} wanted"));
    }
    // Saturday and Sunday of each week; the last week may end before them.
    let weekend = |week: &[Worked]| week.iter().skip(5).any(Option::is_some);
    let weekends = days.chunks(7).filter(|week| weekend(week)).count();
    if weekends > person.weekends as usize {
        let most = person.weekends;
        faults.push(format!("works {weekends} weekends, at most {most} allowed"));
    }
    faults.into_iter()
}

/// Runs of work and of days off.
fn runs<'a>(person: &'a Person, days: &'a [Worked]) -> impl Iterator<Item = String> + 'a {
    let stretches = stretches(days.iter().map(Option::is_some)).into_iter();
    stretches.filter_map(move |run| {
        let (length, first) = (run.length(), run.first);
        // Beyond the first and the last day it may go on.
        let whole = first > 0 && run.end < days.len();
        let (least, does) = match run.what {
            true => (person.shortest, "works"),
            false => (person.rest, "is off"),
        };
        if whole && length < least as usize {
            let what = format!("{does} {length} in a row from day {first}");
            return Some(format!("{what}, at least {least} wanted"));
        }
        let most = person.longest;
        let long = run.what && length > most as usize;
        long.then(|| format!("works {length} in a row from day {first}, at most {most} allowed"))
    })
}

/// Wishes not met, and cover missed.
fn price(file: &Problem, grid: &[Vec<Worked>]) -> u64 {
    let works = |person: usize, day: usize, shift: usize| {
        let worked: Worked = grid[person][day];
        worked.is_some_and(|(kind, _)| kind == shift)
    };
    let on = file.on.iter().filter(|w| !works(w.person, w.day, w.shift));
    let off = file.off.iter().filter(|w| works(w.person, w.day, w.shift));
    let wishes = on.chain(off).map(|w| u64::from(w.weight));
    let cover = file.cover.iter().map(|c| {
        let there = (0..grid.len())
            .filter(|&p| works(p, c.day, c.shift))
            .count() as u64;
        let wanted = u64::from(c.wanted);
        let under = wanted.saturating_sub(there) * u64::from(c.under);
        under + there.saturating_sub(wanted) * u64::from(c.over)
    });
    wishes.chain(cover).sum()
}
