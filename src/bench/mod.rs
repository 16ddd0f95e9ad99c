//! Public benchmark formats: readers, compilers to [`Instance`] and checkers that recompute
//! an answer from the file alone. `docs/bench.md` describes the formats and the tables.
//!
//! A family is one row of [`FORMATS`] and a type that implements [`Case`]; everything else
//! (finding files, runs, best-known values, tables) is shared.

mod answer;
mod best_known;
mod files;
pub mod inrc2;
mod names;
mod order;
pub mod patrol_graph;
pub mod pmal;
mod record;
mod rosters;
mod sheet;
pub mod shift_scheduling;
mod table;
mod team;
#[cfg(test)]
mod testing;
mod ticks;
pub mod tokens;
pub mod top;
pub mod toptw;

use std::fmt::Debug;
use std::path::PathBuf;

pub use answer::Answer;
pub use answer::Round;
pub use answer::Shift;
pub use answer::Stop;
pub use best_known::BestKnown;
pub use best_known::Known;
pub use files::Problem;
pub use files::best_known_beside;
pub use files::gather;
pub use files::read_text;
pub use record::Figure;
pub use record::Report;
pub use record::Row;
pub use record::Run;
pub use record::Summary;
pub use record::csv;
pub use sheet::Sheet;
pub use table::Table;

use crate::error::Error;
use crate::error::Result;
use crate::patrol::instance::Instance;
use crate::patrol::route::Route;
use crate::patrol::score::Score;
use crate::patrol::search;
use crate::patrol::search::Control;
use crate::patrol::search::Options;

/// A family of public problems.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What the command line calls it.
    pub name: &'static str,
    /// What is best.
    pub goal: Goal,
    /// How its problems are kept.
    pub kept: Kept,
}

/// How the problems of a family are kept on a disk, and what reads them.
#[derive(Clone, Copy, Debug)]
pub enum Kept {
    /// One in a file: reads its text; the name is that of the file without its ending.
    /// Gathers all errors of the file, without naming it.
    Files(fn(name: &str, text: &str) -> Result<Box<dyn Case>>),
    /// Made up of several files of a folder: reads the instances that the paths, or the table
    /// of best-known values, name. Gathers all errors of all files.
    Folders(fn(paths: &[PathBuf], known: &BestKnown) -> Result<Vec<Problem>>),
}

/// All formats that can be run.
pub const FORMATS: &[Format] = &[
    Format {
        name: "toptw",
        goal: Goal::Most,
        kept: Kept::Files(toptw::read),
    },
    Format {
        name: "top",
        goal: Goal::Most,
        kept: Kept::Files(top::read),
    },
    Format {
        name: "pmal",
        goal: Goal::Most,
        kept: Kept::Files(pmal::read),
    },
    Format {
        name: "patrol-graph",
        goal: Goal::Least,
        kept: Kept::Files(patrol_graph::read),
    },
    Format {
        name: "shift-scheduling",
        goal: Goal::Least,
        kept: Kept::Files(shift_scheduling::read),
    },
    Format {
        name: "inrc2",
        goal: Goal::Least,
        kept: Kept::Folders(inrc2::gather),
    },
];

/// Formats that are left out, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[(
    "hscpp",
    "left out: its zone rule (tours that enter an inner zone once, at gates of their own \
     choice, and share out the time spent there) cannot be said in the engine's terms, see \
     docs/bench.md",
)];

/// Which values are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Greater ones.
    Most,
    /// Smaller ones.
    Least,
}

/// How many units a problem is solved with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Units {
    /// The file says.
    Fixed(u32),
    /// As many as one likes; these when nothing is said.
    Free(Vec<u32>),
}

/// One problem of a family, read from its file. A family says how it is compiled and how
/// routes are read as an answer, or searches in a way of its own ([`Case::solve`]).
pub trait Case: Debug + Send + Sync {
    /// How many units it is solved with.
    fn units(&self) -> Units;

    /// The problem as the engine knows it, for `units` units, neighbour lists filled.
    ///
    /// # Errors
    /// When it cannot be said in the engine's terms, such as too many units.
    fn compile(&self, _units: u32) -> Result<Instance> {
        Err(Error::internal("this family has more than one compiled problem").into())
    }

    /// What a score of the compiled problem is worth in the terms of the file; `None` when
    /// that cannot be told before the answer is checked. Lets a run stop early.
    fn worth(&self, _score: Score) -> Option<f64> {
        None
    }

    /// The engine's routes, one per duty of `instance`, as an answer to the file.
    fn answer(&self, _instance: &Instance, _routes: &[Route]) -> Answer {
        Answer::default()
    }

    /// Searches for an answer until `observe`, asked after construction and after each epoch,
    /// says stop: one search of the compiled problem, unless the family has to ask several
    /// questions for one answer.
    ///
    /// # Errors
    /// As [`Case::compile`].
    fn solve(
        &self,
        units: u32,
        options: Options,
        observe: &mut dyn FnMut(Seen) -> Control,
    ) -> Result<Solved> {
        let instance = self.compile(units)?;
        let outcome = search::solve(&instance, options, |progress| {
            observe(Seen {
                epoch: progress.epoch,
                mark: (progress.best.broken, progress.best.value),
                worth: self.worth(progress.best),
            })
        });
        Ok(Solved {
            answer: self.answer(&instance, &outcome.routes),
            bound: None,
            epochs: outcome.epochs,
        })
    }

    /// The value of an answer for `units` units, recomputed from the file's own numbers.
    ///
    /// # Errors
    /// Every rule that the answer breaks, in words.
    fn check(&self, units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>>;

    /// The names that a roster of the problem is written and read with; `None` in families of
    /// routes.
    fn sheet(&self) -> Option<Sheet<'_>> {
        None
    }

    /// The answer of a simple method, to compare with.
    fn baseline(&self, _units: u32) -> Option<Answer> {
        None
    }

    /// A proven bound on the value.
    fn bound(&self, _units: u32) -> Option<f64> {
        None
    }

    /// A proven bound that takes so many rounds of a search for prices
    /// ([`crate::patrol::bound`]).
    ///
    /// # Errors
    /// As [`Case::compile`].
    fn sought_bound(&self, _units: u32, _rounds: u32) -> Result<Option<f64>> {
        Ok(None)
    }
}

/// Where a search for an answer stands.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Epochs done.
    pub epoch: u32,
    /// Changes when a better answer is found.
    pub mark: (i64, i64),
    /// What the best answer is worth in the terms of the file, where that can be told.
    pub worth: Option<f64>,
}

/// What a search for an answer found.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The best answer.
    pub answer: Answer,
    /// What the search proved that no answer is better than, in the terms of the file.
    pub bound: Option<f64>,
    /// Epochs run.
    pub epochs: u32,
}

impl Goal {
    /// Whether `value` is at least as good as `other`, but for rounding.
    pub fn reaches(self, value: f64, other: f64) -> bool {
        match self {
            Self::Most => value >= other - CLOSE,
            Self::Least => value <= other + CLOSE,
        }
    }

    /// The better of two values.
    pub fn better(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Most => a.max(b),
            Self::Least => a.min(b),
        }
    }

    /// The bound that says more.
    pub fn tighter(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Most => a.min(b),
            Self::Least => a.max(b),
        }
    }

    /// By how much `value` falls short of `best`, percent of `best`; below 0 when it is
    /// better. `None` when `best` is 0 and `value` is not.
    pub fn gap_percent(self, value: f64, best: f64) -> Option<f64> {
        let short = match self {
            Self::Most => best - value,
            Self::Least => value - best,
        };
        if short.abs() <= CLOSE {
            return Some(0.0);
        }
        (best != 0.0).then(|| 100.0 * short / best.abs())
    }
}

/// Values nearer than this are the same.
const CLOSE: f64 = 1e-6;

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_point_the_right_way() {
        assert_eq!(Goal::Most.gap_percent(99.0, 100.0), Some(1.0));
        assert_eq!(Goal::Most.gap_percent(101.0, 100.0), Some(-1.0));
        assert_eq!(Goal::Least.gap_percent(99.0, 100.0), Some(-1.0));
        assert_eq!(Goal::Most.gap_percent(0.0, 0.0), Some(0.0));
        assert_eq!(Goal::Most.gap_percent(3.0, 0.0), None);
        assert!(Goal::Most.reaches(1.0 / 3.0, 0.333_333_4));
        assert!(!Goal::Least.reaches(2.0, 1.0));
        assert_eq!(Goal::Least.better(2.0, 1.0), 1.0);
        assert_eq!(Goal::Least.tighter(2.0, 1.0), 2.0);
        assert_eq!(Goal::Most.tighter(2.0, 1.0), 1.0);
    }
}
