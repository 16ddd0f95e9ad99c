//! Simple methods to compare with: the car that is free first goes on to the visit that looks
//! best, and waits there if need be. Six rules of what looks best; the best answer counts.

use super::PASSES_PER_STOP;
use super::Problem;
use super::STOP;
use super::check::check;
use crate::bench::Answer;
use crate::bench::Stop;

/// What looks best.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Most value for the time it takes, waiting included.
    Rate,
    /// Most value.
    Value,
    /// Soonest done.
    Soonest,
}

/// The best answer of the six.
pub(super) fn best(problem: &Problem, cars: u32) -> Answer {
    let rules = [Rule::Rate, Rule::Value, Rule::Soonest];
    let answers = rules.iter().flat_map(|&rule| {
        [false, true].map(|passes| Greedy::new(problem, cars, rule, passes).run())
    });
    let valued = answers.map(|a| (check(problem, cars, &a).unwrap_or(-1.0), a));
    let best = valued.reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.map(|b| b.1).unwrap_or_default()
}

struct Greedy<'a> {
    problem: &'a Problem,
    rule: Rule,
    /// Whether there are passes, not only stops.
    passes: bool,
    /// When each node counts again.
    open: Vec<f64>,
    /// Where each car is, and since when it is free; `None` when it has gone home.
    cars: Vec<Option<(usize, f64)>>,
    routes: Vec<Vec<Stop>>,
}

impl<'a> Greedy<'a> {
    fn new(problem: &'a Problem, cars: u32, rule: Rule, passes: bool) -> Self {
        Self {
            problem,
            rule,
            passes,
            open: vec![0.0; problem.prizes.len()],
            cars: vec![Some((0, 0.0)); cars as usize],
            routes: vec![Vec::new(); cars as usize],
        }
    }

    fn run(mut self) -> Answer {
        while let Some((car, place, free)) = self.first_free() {
            let Some(stop) = self.choose(place, free) else {
                self.cars[car] = None;
                continue;
            };
            let end = stop.start + stop.stay;
            self.cars[car] = Some((stop.place, end));
            self.open[stop.place] = end + self.problem.protection;
            self.routes[car].push(stop);
        }
        Answer {
            routes: self.routes,
            ..Answer::default()
        }
    }

    /// The car that is free first, where, and since when.
    fn first_free(&self) -> Option<(usize, usize, f64)> {
        let out = self.cars.iter().enumerate();
        let out = out.filter_map(|(car, at)| at.map(|(place, free)| (car, place, free)));
        out.min_by(|a, b| a.2.total_cmp(&b.2))
    }

    /// The visit that looks best from `place`, and still lets the car come home in time.
    fn choose(&self, place: usize, free: f64) -> Option<Stop> {
        let stays = if self.passes {
            &[STOP, 0.0][..]
        } else {
            &[STOP]
        };
        let mut best: Option<(f64, Stop)> = None;
        for next in (1..self.open.len()).filter(|&n| self.problem.prizes[n] > 0.0) {
            for &stay in stays {
                let reached = free + self.problem.leg(place, next);
                let start = reached.max(self.open[next]);
                if start + stay + self.problem.leg(next, 0) > self.problem.longest {
                    continue;
                }
                let looks = self.looks(next, stay, start + stay - free);
                if best.is_none_or(|b| looks > b.0) {
                    let stop = Stop {
                        place: next,
                        start,
                        stay,
                    };
                    best = Some((looks, stop));
                }
            }
        }
        best.map(|b| b.1)
    }

    fn looks(&self, node: usize, stay: f64, takes: f64) -> f64 {
        let share = if stay > 0.0 {
            1.0
        } else {
            1.0 / PASSES_PER_STOP
        };
        let value = self.problem.prizes[node] * share;
        match self.rule {
            Rule::Rate => value / takes.max(1e-9),
            Rule::Value => value,
            Rule::Soonest => -takes,
        }
    }
}
