//! Patrols of the military police of Alagoas (PMAL): cars collect the prizes of nodes again
//! and again, as long as the counted visits of a node keep their distance in time.
//!
//! A visit is a pass, which takes no time and counts a third of the prize, or a stop of
//! fifteen minutes, which counts all of it. "`T_prot` apart" is read as strictly as can be: from
//! the end of a visit, by whatever car, to the start of the next of that node. Visits so far
//! apart are also that far apart from start to start and from end to end. All cars may leave
//! at minute 0 and are back by minute `L`, waiting included.

mod bound;
mod check;
mod compile;
mod greedy;

use super::Answer;
use super::Case;
use super::Units;
use super::ticks;
use super::tokens::GREATEST;
use super::tokens::Tokens;
use crate::error::Result;
use crate::patrol::instance::Instance;
use crate::patrol::route::Route;
use crate::patrol::score::Score;

/// Greatest route limit, minutes (two years): up to it, [`ticks::finest`] gives whole ticks per
/// minute, so that a stop of the engine's lasts its fifteen minutes exactly.
const LONGEST: f64 = 1e6;
/// Most nodes that a file may have.
const MOST_NODES: u32 = 2000;
/// Most cars.
const MOST_CARS: u32 = 1000;
/// Most visits of a node, one after another.
const MOST_ROUNDS: f64 = 1000.0;
/// How long a stop lasts, minutes.
const STOP: f64 = 15.0;
/// A pass counts one part in so many of the prize.
const PASSES_PER_STOP: f64 = 3.0;

/// A file.
#[derive(Clone, Debug, PartialEq)]
struct Problem {
    cars: u32,
    /// Longest route, minutes.
    longest: f64,
    /// Least time between counted visits of a node, minutes.
    protection: f64,
    /// Prizes of the nodes, that of the base (0) first.
    prizes: Vec<f64>,
    /// Minutes from node to node, row by row.
    minutes: Vec<f64>,
}

/// Reads a file, see [`super::Kept::Files`].
///
/// # Errors
/// `B001` to `B005`: all that is wrong with the file.
pub fn read(_name: &str, text: &str) -> Result<Box<dyn Case>> {
    Ok(Box::new(Problem::parse(text)?))
}

impl Problem {
    fn parse(text: &str) -> Result<Self> {
        let mut tokens = Tokens::new(text);
        let nodes = tokens.whole("the number of nodes", 1..=MOST_NODES);
        let cars = tokens.whole("the number of cars", 1..=MOST_CARS);
        let longest = tokens.number("the route limit", 0.0..=LONGEST);
        let protection = tokens.number("the time of protection", 1.0..=GREATEST);
        let speed = tokens.number("the speed", 0.001..=GREATEST);
        if longest > protection * MOST_ROUNDS {
            let hint = format!("at most {MOST_ROUNDS} visits of a node, one after another");
            tokens.refuse(
                "B007",
                "the time of protection is too short for the route limit",
                &hint,
            );
        }
        if tokens.is_spoilt() {
            return Err(tokens.finish());
        }
        let prize = |node| {
            tokens.row_number(node);
            tokens.number("the prize", 0.0..=GREATEST)
        };
        let prizes = (0..nodes).map(prize).collect();
        let per_minute = speed / 60.0 * 1000.0;
        let leg = |_| tokens.number("the distance", 0.0..=1e9) / per_minute;
        let problem = Self {
            cars,
            longest,
            protection,
            prizes,
            minutes: (0..u64::from(nodes).pow(2)).map(leg).collect(),
        };
        tokens.finish().into_result(problem)
    }

    fn leg(&self, a: usize, b: usize) -> f64 {
        self.minutes[a * self.prizes.len() + b]
    }

    fn points(&self) -> (Vec<i64>, f64) {
        ticks::points(&self.prizes)
    }
}

impl Case for Problem {
    fn units(&self) -> Units {
        Units::Fixed(self.cars)
    }

    fn compile(&self, units: u32) -> Result<Instance> {
        compile::compile(self, units)
    }

    fn worth(&self, score: Score) -> Option<f64> {
        Some(score.value as f64 / PASSES_PER_STOP / self.points().1)
    }

    fn answer(&self, _: &Instance, routes: &[Route]) -> Answer {
        Answer::of(routes, ticks::finest(self.longest))
    }

    fn check(&self, units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
        check::check(self, units, answer)
    }

    fn baseline(&self, units: u32) -> Option<Answer> {
        Some(greedy::best(self, units))
    }

    fn bound(&self, units: u32) -> Option<f64> {
        Some(bound::bound(self, units))
    }
}
