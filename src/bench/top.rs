//! Team orienteering (Chao, Golden and Wasil 1996): `m` paths from the first point to the
//! last, none longer than `tmax`; distances are real numbers.
//!
//! The engine counts whole ticks, so distances are rounded up, each by less than a 400,000th
//! of `tmax` (see `ticks.rs`): no answer can be too long, and a path of 40 legs can be
//! missed only when it is full to a 10,000th. Legs of a whole number of ticks lose nothing.

use super::Answer;
use super::Case;
use super::Stop;
use super::Units;
use super::team;
use super::team::Team;
use super::ticks;
use super::ticks::down;
use super::ticks::up;
use super::tokens::GREATEST;
use super::tokens::Tokens;
use crate::error::Result;
use crate::patrol::instance::Instance;
use crate::patrol::route::Route;
use crate::patrol::score::Score;

/// Most points that a file may have.
const MOST_POINTS: u32 = 5000;
/// Most paths.
const MOST_PATHS: u32 = 1000;
/// The checker lets a path be longer by this much: lengths are sums of rounded roots.
const TOLERANCE: f64 = 1e-6;

/// A point of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    x: f64,
    y: f64,
    score: f64,
}

/// A file.
#[derive(Clone, Debug, PartialEq)]
struct Problem {
    /// Start, points, end.
    points: Vec<Point>,
    paths: u32,
    longest: f64,
}

/// Reads a file, see [`super::Kept::Files`].
///
/// # Errors
/// `B001` to `B004`: all that is wrong with the file.
pub fn read(_name: &str, text: &str) -> Result<Box<dyn Case>> {
    Ok(Box::new(Problem::parse(text)?))
}

impl Problem {
    fn parse(text: &str) -> Result<Self> {
        let mut tokens = Tokens::new(text);
        tokens.keyword("n");
        let count = tokens.whole("the number of points", 2..=MOST_POINTS);
        tokens.keyword("m");
        let paths = tokens.whole("the number of paths", 1..=MOST_PATHS);
        tokens.keyword("tmax");
        let longest = tokens.number("tmax", 0.0..=GREATEST);
        if tokens.is_spoilt() {
            return Err(tokens.finish());
        }
        let point = |_| Point {
            x: tokens.number("x", -GREATEST..=GREATEST),
            y: tokens.number("y", -GREATEST..=GREATEST),
            score: tokens.number("the score", 0.0..=GREATEST),
        };
        let problem = Self {
            points: (0..count).map(point).collect(),
            paths,
            longest,
        };
        tokens.finish().into_result(problem)
    }

    /// Length of a leg as the file means it.
    fn distance(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (self.points[a], self.points[b]);
        let (dx, dy) = (a.x - b.x, a.y - b.y);
        (dx * dx + dy * dy).sqrt()
    }

    fn scores(&self) -> (Vec<i64>, f64) {
        let scores: Vec<f64> = self.points.iter().map(|p| p.score).collect();
        ticks::points(&scores)
    }

    /// Index of the end.
    fn last(&self) -> usize {
        self.points.len() - 1
    }

    /// The compiled problem with the limit raised by so many ticks.
    fn within(&self, units: u32, spare: i32) -> Result<Instance> {
        let (places, last) = (self.points.len(), self.last());
        let per_unit = ticks::finest(self.longest);
        let end = down(self.longest, per_unit, i32::MAX - spare) + spare;
        let most = end + 1;
        let leg = |a, b| up(self.distance(a, b), per_unit, most);
        let pairs = (0..places).flat_map(|a| (0..places).map(move |b| (a, b)));
        let mut team = Team {
            times: pairs.map(|(a, b)| leg(a, b)).collect(),
            tasks: Vec::new(),
            series: Vec::new(),
            duty: team::duty(0, last, 0, end),
        };
        let (points, _) = self.scores();
        for (place, &points) in points.iter().enumerate().take(last).skip(1) {
            // Points out of reach only cost time to look at.
            if points > 0 && leg(0, place) + leg(place, last) <= end {
                team.visit_once(place, (0, end), 0, points);
            }
        }
        team.compile(places, units)
    }
}

impl Case for Problem {
    fn units(&self) -> Units {
        Units::Fixed(self.paths)
    }

    fn compile(&self, units: u32) -> Result<Instance> {
        self.within(units, 0)
    }

    fn sought_bound(&self, units: u32, rounds: u32) -> Result<Option<f64>> {
        // Legs are rounded up, each by less than a tick: with a tick to spare for each leg that
        // a path can have, no path of the file is lost.
        let instance = self.within(units, self.points.len() as i32)?;
        let bound = team::bound(&instance, rounds);
        Ok(bound.map(|b| b as f64 / self.scores().1))
    }

    fn worth(&self, score: Score) -> Option<f64> {
        Some(score.value as f64 / self.scores().1)
    }

    fn answer(&self, _: &Instance, routes: &[Route]) -> Answer {
        Answer::of(routes, ticks::finest(self.longest))
    }

    fn check(&self, units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
        let last = self.last();
        let mut faults = answer.faults(units, last, |p| p > 0);
        if !faults.is_empty() {
            return Err(faults);
        }
        faults.extend(answer.repeated());
        for (r, route) in (1..).zip(&answer.routes) {
            let length = self.length(route);
            if length > self.longest + TOLERANCE {
                faults.push(format!(
                    "path {r} is {length} long, {} allowed",
                    self.longest
                ));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let scores = answer.stops().map(|(_, s)| self.points[s.place].score);
        Ok(scores.sum())
    }
}

impl Problem {
    /// Length of a path from start to end; 0 when nobody sets out.
    fn length(&self, route: &[Stop]) -> f64 {
        let Some(back) = route.last() else {
            return 0.0;
        };
        let places = std::iter::once(0).chain(route.iter().map(|s| s.place));
        let legs = places.zip(route.iter().map(|s| s.place));
        legs.map(|(a, b)| self.distance(a, b)).sum::<f64>() + self.distance(back.place, self.last())
    }
}
