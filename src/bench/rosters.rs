//! What families of rosters share: the search of a compiled problem, and the grid of people
//! and days that checkers look at.

use super::Answer;
use super::Seen;
use super::Sheet;
use super::Shift;
use super::Solved;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::error::Error;
use crate::error::Result;
use crate::roster::model::OFF;
use crate::roster::model::Person;
use crate::roster::model::Problem;
use crate::roster::model::Roster;
use crate::roster::search;

/// Searches for a roster; `seat` says which kind of shift and which skill a seat of the compiled
/// problem is.
///
/// # Errors
/// `B019` when some person has no schedule at all.
pub(super) fn solve(
    problem: &Problem,
    sheet: Sheet<'_>,
    options: Options,
    observe: &mut dyn FnMut(Seen) -> Control,
    seat: impl Fn(usize) -> (usize, usize),
) -> Result<Solved> {
    let outcome = search::solve(problem, options, |progress| {
        observe(Seen {
            epoch: progress.epoch,
            mark: (-progress.cost, 0),
            worth: Some(progress.cost as f64),
        })
    });
    let Some(outcome) = outcome else {
        let error = match stuck(problem, sheet) {
            Some(person) => {
                let what = "no schedule was found that keeps all rules of this person";
                Error::input("B019", what).value(person)
            }
            None => Error::input(
                "B019",
                "no schedules were found that keep all rules of everybody",
            ),
        };
        let hint = "compare least and most of each rule: shifts, load, days in a row, days off";
        return Err(error.hint(hint).into());
    };
    Ok(Solved {
        answer: answer(&outcome.roster, seat),
        bound: outcome.bound.map(|b| b as f64),
        epochs: outcome.epochs,
    })
}

/// The first person for whom no schedule is found alone.
fn stuck<'a>(problem: &Problem, sheet: Sheet<'a>) -> Option<&'a str> {
    let options = Options {
        seed: 0,
        islands: 1,
        schedule: Some(0),
    };
    let alone = |person: &Person| Problem {
        people: vec![person.clone()],
        ..problem.clone()
    };
    let first = problem
        .people
        .iter()
        .position(|person| search::solve(&alone(person), options, |_| Control::Stop).is_none());
    first.map(|person| sheet.people[person].as_str())
}

/// A roster of the compiled problem in the terms of the file.
pub(super) fn answer(roster: &Roster, seat: impl Fn(usize) -> (usize, usize)) -> Answer {
    let mut shifts = Vec::new();
    for (person, seats) in roster.iter().enumerate() {
        for (day, &s) in seats.iter().enumerate().filter(|(_, s)| **s != OFF) {
            let (kind, skill) = seat(usize::from(s));
            shifts.push(Shift {
                person,
                day,
                kind,
                skill,
            });
        }
    }
    Answer {
        shifts,
        ..Answer::default()
    }
}

/// What a person works on a day: kind of shift and skill.
pub(super) type Worked = Option<(usize, usize)>;

/// The roster as a grid, person by person and day by day.
///
/// # Errors
/// Shifts of people, days, kinds or skills that there are not; second shifts on a day.
pub(super) fn grid(
    sheet: Sheet<'_>,
    answer: &Answer,
) -> std::result::Result<Vec<Vec<Worked>>, Vec<String>> {
    let mut grid = vec![vec![None; sheet.days]; sheet.people.len()];
    let mut faults = Vec::new();
    for s in &answer.shifts {
        let place = grid.get_mut(s.person).and_then(|days| days.get_mut(s.day));
        let known = s.kind < sheet.kinds.len() && s.skill < sheet.skills.len().max(1);
        match place.filter(|_| known) {
            Some(place) if place.is_none() => *place = Some((s.kind, s.skill)),
            Some(_) => faults.push(format!(
                "{} works more than once on day {}",
                sheet.people[s.person], s.day
            )),
            None => faults.push(format!("a shift that the file does not have: {s:?}")),
        }
    }
    match faults.is_empty() {
        true => Ok(grid),
        false => Err(faults),
    }
}

/// Days in a row that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch<T> {
    /// What they are alike in.
    pub(super) what: T,
    /// The first of them.
    pub(super) first: usize,
    /// The day after the last of them.
    pub(super) end: usize,
}

impl<T> Stretch<T> {
    /// How many days.
    pub(super) fn length(&self) -> usize {
        self.end - self.first
    }
}

/// Cuts days into the longest stretches that are alike.
pub(super) fn stretches<T: PartialEq>(days: impl Iterator<Item = T>) -> Vec<Stretch<T>> {
    let mut stretches: Vec<Stretch<T>> = Vec::new();
    for (day, what) in days.enumerate() {
        match stretches.last_mut() {
            Some(last) if last.what == what => last.end = day + 1,
            _ => stretches.push(Stretch {
                what,
                first: day,
                end: day + 1,
            }),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_cut_where_they_differ() {
        let cut = stretches("aabccc".chars());
        let cut: Vec<_> = cut.iter().map(|s| (s.what, s.first, s.length())).collect();
        assert_eq!(cut, [('a', 0, 2), ('b', 2, 1), ('c', 3, 3)]);
        assert!(stretches("".chars()).is_empty());
    }
}
