//! A proven lower bound by the volume algorithm: prices of seats climb along the average of
//! what everybody's best schedules leave over or lack.
//!
//! What is proven for any prices stands in [`columns::Prices`](super::columns::Prices); here
//! they are only chosen (Barahona and Anbil: The volume algorithm, Math. Programming 87,
//! 2000).

use super::columns::Lanes;
use super::columns::Prices;
use super::columns::SCALE;
use super::columns::Scope;
use super::model::OFF;

/// A climb under way.
#[derive(Debug)]
pub struct Ascent<'a> {
    scope: Scope<'a>,
    /// Whom to ask, one by one.
    people: Vec<usize>,
    lanes: Lanes,
    /// Prices of the best bound, and the bound, in parts of a unit.
    center: (Prices, Option<i64>),
    /// Prices to be tried next.
    tried: Prices,
    /// Average of seats taken less people counted, by cell of the window.
    lacking: Vec<f64>,
    /// How far steps go.
    reach: f64,
    /// Rounds since the bound last rose.
    stalled: u32,
    /// Best schedules of the last round, with their own costs.
    pub schedules: Vec<(Vec<u16>, i64)>,
}

/// Weight of the newest schedules in the averages.
const NEWEST: f64 = 0.1;
/// Steps get shorter after so many rounds without a better bound.
const PATIENCE: u32 = 4;

impl<'a> Ascent<'a> {
    /// Begins with no prices but those of the demands as they are, for a scope of all days.
    pub fn new(scope: Scope<'a>) -> Self {
        let problem = scope.rules.problem;
        let mut prices = Prices {
            seats: vec![0; problem.demands.len()],
        };
        for cell in scope.cells() {
            // Between what one more costs below the wanted number and what above it.
            let counted = usize::from(scope.others[cell]);
            let wanted = problem.demands[cell]
                .steps
                .iter()
                .take_while(|s| **s < 0)
                .count();
            let near = wanted.saturating_sub(counted + 1);
            let (below, above) = (scope.step(cell, near), scope.step(cell, near + 1));
            // Where somebody missing is very dear, far less brings people in: the climb finds what is needed.
            prices.seats[cell] = (below.max(-200) + above.max(-200)) / 2 * SCALE;
        }
        let cells = scope.cells().len();
        Self {
            people: (0..scope.people.len()).collect(),
            lanes: Lanes::many(),
            center: (prices.clone(), None),
            tried: prices,
            lacking: vec![0.0; cells],
            reach: 0.1,
            stalled: 0,
            schedules: Vec::new(),
            scope,
        }
    }

    /// One round towards `target`, the cost of a roster that is known. False when somebody
    /// has no schedule.
    pub fn round(&mut self, target: i64) -> bool {
        let (scope, tried) = (&self.scope, &self.tried);
        let width = scope.rules.problem.seats.len();
        let asked = self.lanes.ask(scope, tried, &self.people);
        let Some(asked) = asked.into_iter().collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut sum = tried.counted(scope);
        let number = |c| -(tried.number(scope, c) as f64);
        let mut lacking: Vec<f64> = scope.cells().map(number).collect();
        for asked in &asked {
            sum += asked.least;
            for (day, &seat) in asked.seats.iter().enumerate().filter(|(_, s)| **s != OFF) {
                lacking[day * width + seat as usize] += 1.0;
            }
        }
        let newest = if self.center.1.is_none() { 1.0 } else { NEWEST };
        self.schedules = asked.into_iter().map(|a| (a.seats, a.cost)).collect();
        for (mean, new) in self.lacking.iter_mut().zip(&lacking) {
            *mean += newest * (new - *mean);
        }
        if self.center.1.is_none_or(|best| sum > best) {
            self.center = (self.tried.clone(), Some(sum));
            self.stalled = 0;
            self.reach = (self.reach * 1.1).min(2.0);
        } else {
            self.stalled += 1;
            if self.stalled > PATIENCE {
                self.stalled = 0;
                self.reach *= 0.7;
            }
        }
        self.step(target);
        true
    }

    fn step(&mut self, target: i64) {
        let norm: f64 = self.lacking.iter().map(|l| l * l).sum();
        let best = self.center.1.unwrap_or(0);
        let target = (target - self.scope.empty) * i64::from(SCALE);
        let gap = (target - best).max(i64::from(SCALE)) as f64;
        let length = self.reach * gap / norm.max(1e-9);
        let first = self.scope.cells().start;
        self.tried = self.center.0.clone();
        for (k, lacking) in self.lacking.iter().enumerate() {
            let cell = first + k;
            let steps = &self.scope.rules.problem.demands[cell].steps;
            let low = steps.first().copied().unwrap_or(0) * SCALE;
            let high = steps.last().copied().unwrap_or(0) * SCALE;
            let price = f64::from(self.center.0.seats[cell]) + length * lacking;
            self.tried.seats[cell] = (price.round() as i64).clamp(low.into(), high.into()) as i32;
        }
    }

    /// Proven so far: everything together costs no less.
    pub fn bound(&self) -> Option<i64> {
        self.center.1.map(|parts| self.scope.proven(parts))
    }

    /// Work done so far, in values looked at.
    pub fn work(&self) -> u64 {
        self.lanes.work()
    }

    /// The prices of the best bound.
    pub fn prices(&self) -> &Prices {
        &self.center.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epochs::Control;
    use crate::epochs::Options;
    use crate::rng::Rng;
    use crate::roster::rules::Rules;
    use crate::roster::search::solve;
    use crate::roster::state::State;
    use crate::roster::testing;

    #[test]
    fn no_bound_is_above_the_best_roster() {
        let options = Options {
            seed: 1,
            islands: 1,
            schedule: Some(20),
        };
        let mut held = 0;
        for seed in 0..200 {
            let problem = testing::random_problem(&mut Rng::stream(seed, 7, 0));
            let problem = testing::dearer(&problem, if seed % 2 == 0 { 1 } else { 5 });
            let Some(best) = solve(&problem, options, |p| Control::after(20, p.epoch)) else {
                continue;
            };
            let rules = Rules::new(&problem);
            let state = State::empty(&rules);
            let everybody: Vec<usize> = (0..problem.people.len()).collect();
            let scope = Scope::of(&state, everybody, (0, problem.days as usize));
            let mut ascent = Ascent::new(scope);
            for _ in 0..40 {
                assert!(ascent.round(best.cost), "seed {seed}");
            }
            let bound = ascent.bound().expect("rounds were made");
            assert!(bound <= best.cost, "seed {seed}: {bound} > {}", best.cost);
            held += 1;
        }
        assert!(held > 80, "{held}");
    }
}
