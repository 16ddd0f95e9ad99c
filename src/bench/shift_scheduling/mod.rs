//! Shift scheduling (Curtois and Qu, "Computational results on new staff scheduling benchmark
//! instances", 2014; `InstanceN.txt` of schedulingbenchmarks.org): who works which shift on
//! which day, at the least price of wishes not met and of cover that is missed. All else is a
//! rule that may not be broken.
//!
//! Day 0 is a Monday. The day before it counts as off where days worked in a row are counted,
//! and a run of work or of days off that touches the first or the last day is never too short.
//!
//! | file | is |
//! |---|---|
//! | `lines` | rows of cells, by section |
//! | `read` | the file as read |
//! | `compile` | the file as a roster problem |
//! | `check` | rules and price of a roster, from the file alone |

#[cfg(test)]
mod agree;
mod check;
mod compile;
mod lines;
mod read;

use super::Answer;
use super::Case;
use super::Seen;
use super::Sheet;
use super::Solved;
use super::Units;
use super::names::Names;
use super::rosters;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::error::Result;

/// A file.
#[derive(Clone, Debug, PartialEq)]
struct Problem {
    days: u32,
    /// Names of the shifts.
    kinds: Names,
    /// What is known of each.
    shifts: Vec<Shift>,
    /// Names of the people.
    names: Names,
    /// What is known of each.
    people: Vec<Person>,
    /// Wishes to work.
    on: Vec<Wish>,
    /// Wishes not to work.
    off: Vec<Wish>,
    cover: Vec<Cover>,
}

/// A shift of the file.
#[derive(Clone, Debug, PartialEq)]
struct Shift {
    minutes: u32,
    /// Shifts that may not be worked the day after.
    not_next: Vec<usize>,
}

/// A person of the file.
#[derive(Clone, Debug, PartialEq)]
struct Person {
    /// Most shifts of each kind.
    most: Vec<u32>,
    most_minutes: u32,
    least_minutes: u32,
    /// Most days worked in a row.
    longest: u32,
    /// Fewest days worked in a row.
    shortest: u32,
    /// Fewest days off in a row.
    rest: u32,
    /// Most weekends of which a day is worked.
    weekends: u32,
    /// Days that must be off.
    days_off: Vec<usize>,
}

/// A wish for, or against, a shift on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Wish {
    person: usize,
    day: usize,
    shift: usize,
    weight: u32,
}

/// How many are wanted on a day and shift.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cover {
    day: usize,
    shift: usize,
    wanted: u32,
    /// Price of each person missing.
    under: u32,
    /// Price of each person too many.
    over: u32,
}

/// Reads a file, see [`super::Kept::Files`].
///
/// # Errors
/// `B001` to `B004`, `B007`, `B015`, `B016`: all that is wrong with the file.
pub fn read(_name: &str, text: &str) -> Result<Box<dyn Case>> {
    Ok(Box::new(Problem::parse(text)?))
}

impl Case for Problem {
    fn units(&self) -> Units {
        Units::Fixed(self.people.len() as u32)
    }

    fn solve(
        &self,
        _units: u32,
        options: Options,
        observe: &mut dyn FnMut(Seen) -> Control,
    ) -> Result<Solved> {
        let problem = compile::compile(self);
        rosters::solve(&problem, Self::sheet(self), options, observe, compile::seat)
    }

    fn check(&self, _units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
        check::check(self, answer)
    }

    fn sheet(&self) -> Option<Sheet<'_>> {
        Some(Self::sheet(self))
    }
}

impl Problem {
    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            days: self.days as usize,
            people: self.names.list(),
            kinds: self.kinds.list(),
            skills: &[],
        }
    }
}
