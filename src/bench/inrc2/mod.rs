//! Rosters of nurses: the second international nurse rostering competition (INRC-II; Ceschia,
//! Dang, De Causmaecker, Haspeslagh and Schaerf, arXiv 1501.04177) with all weeks known at
//! once. A scenario (`Sc-*.txt`), a history (`H0-*.txt`) and weeks (`WD-*.txt`) make an
//! instance: `n030w4_1_6-2-9-1` is history 1 and the weeks 6, 2, 9 and 1 of the group
//! `n030w4`.
//!
//! Hard rules and prices are those of the paper's sections 2.1 and 2.2 (H1 to H4, S1 to S7).
//! Runs that the history began go on; those still going on the last day are never too short;
//! days before the first are not charged. Totals (S6, S7) count the history and are judged at
//! the end of all weeks.
//!
//! | file | is |
//! |---|---|
//! | `groups` | which instances the paths mean, and where their files are |
//! | `scenario`, `history`, `week` | the files as read |
//! | `compile` | an instance as a roster problem |
//! | `check` | rules and price of a roster, from the files alone |

#[cfg(test)]
mod agree;
mod check;
mod compile;
mod groups;
mod history;
mod scenario;
mod week;

pub use groups::gather;

use super::Answer;
use super::Case;
use super::Seen;
use super::Sheet;
use super::Solved;
use super::Units;
use super::rosters;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::error::Result;
use history::Past;
use scenario::Scenario;
use week::Week;

/// Days of a week.
const WEEK: usize = 7;

/// An instance.
#[derive(Clone, Debug, PartialEq)]
struct Instance {
    scenario: Scenario,
    /// What each nurse did before the first day.
    past: Vec<Past>,
    weeks: Vec<Week>,
}

impl Instance {
    fn days(&self) -> usize {
        self.weeks.len() * WEEK
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            days: self.days(),
            people: self.scenario.names.list(),
            kinds: self.scenario.kinds.list(),
            skills: self.scenario.skills.list(),
        }
    }
}

impl Case for Instance {
    fn units(&self) -> Units {
        Units::Fixed(self.scenario.nurses.len() as u32)
    }

    fn solve(
        &self,
        _units: u32,
        options: Options,
        observe: &mut dyn FnMut(Seen) -> Control,
    ) -> Result<Solved> {
        let problem = compile::compile(self);
        let skills = self.scenario.skills.len();
        rosters::solve(&problem, Self::sheet(self), options, observe, |seat| {
            compile::seat(seat, skills)
        })
    }

    fn check(&self, _units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
        check::check(self, answer)
    }

    fn sheet(&self) -> Option<Sheet<'_>> {
        Some(Instance::sheet(self))
    }
}
