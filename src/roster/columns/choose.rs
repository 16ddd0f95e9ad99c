//! The cheapest roster of schedules that are known: a mixed-integer program over those that
//! could be in it.
//!
//! Let `L` be what the prices of the best bound prove, `m_p` what no schedule of person `p` costs
//! less than at these prices, and `r(x) = paid(x) - m_p` the reduced cost of a schedule `x` of
//! `p`. A roster with `x` in it costs at least `L + r(x)`, since in the sum that proves `L`
//! ([`Prices`]) the term of `p` is no less than `paid(x)` then, which was counted as `m_p`. So
//! schedules whose reduced cost is more than what is between `L` and the limit are in no roster
//! that is wanted (reduced cost fixing: Dantzig, Fulkerson and Johnson, Operations Research 2,
//! 1954).

use highs::ColProblem;
use highs::HighsModelStatus;
use highs::HighsSolutionStatus;

use super::generate::Generation;
use super::master::Rows;
use super::master::model;
use super::prices::Prices;
use super::prices::SCALE;

/// An iteration in the search tree takes as long as so many in the linear program: cuts, heuristics
/// and propagation come with it.
const DEARER: u64 = 5;
/// Iterations of a node of the search tree, roughly.
const ITERATIONS: u64 = 200;

/// What came out of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The cheapest roster found, seats of the window for each person.
    Roster(Vec<Vec<u16>>),
    /// No roster of these columns costs less.
    Nothing,
    /// None was found with so much work.
    Unknown,
}

impl Generation<'_> {
    /// The columns that could be in a roster that costs less than `limit`, those of the least
    /// reduced cost first. `None` without prices, and when somebody has no schedule or none is found.
    pub fn near(&mut self, limit: i64) -> Option<Vec<usize>> {
        let (prices, _) = self.center.clone()?;
        let (least, proven) = self.least(&prices)?;
        let most = limit - self.scope.rules.grain - self.scope.empty;
        let gap = most * i64::from(SCALE) - proven;
        let columns = (0..).zip(&self.master.columns);
        let reduced =
            columns.map(|(k, c)| (self.paid(&prices, &c.seats, c.cost) - least[c.who], k));
        let mut near: Vec<(i64, usize)> = reduced.filter(|(r, _)| *r <= gap).collect();
        near.sort_unstable();
        Some(near.into_iter().map(|(_, k)| k).collect())
    }

    /// What no schedule of each person costs less than at some prices, and what that proves
    /// without the demands with nobody there, in parts of a unit.
    fn least(&mut self, prices: &Prices) -> Option<(Vec<i64>, i64)> {
        let everybody = self.everybody();
        let asked = self.lanes.ask(&self.scope, prices, &everybody).into_iter();
        let least: Vec<i64> = asked.map(|a| Some(a?.least)).collect::<Option<_>>()?;
        let proven = prices.counted(&self.scope) + least.iter().sum::<i64>();
        Some((least, proven))
    }

    /// The cheapest roster of some columns, seats of the window, if it costs less than `limit` and is
    /// found with about so much work: the solver can be told how many nodes there may be, and the root
    /// of the tree and the searches at its nodes come on top. `seed` decides which of equals comes first.
    pub fn choose(&mut self, columns: &[usize], limit: i64, work: u64, seed: i32) -> Choice {
        let mut lp = ColProblem::new();
        let rows = Rows::new(&mut lp, &self.scope, true);
        for column in columns.iter().map(|&k| &self.master.columns[k]) {
            let factors = rows.of(&self.scope, column);
            lp.add_integer_column(column.cost as f64, 0.0..=1.0, factors);
        }
        let iteration = rows.iteration() * DEARER;
        let nodes = work / iteration / ITERATIONS;
        let grain = self.scope.rules.grain as f64;
        let mut model = model(lp, seed);
        model.set_option("mip_max_nodes", nodes.min(i32::MAX as u64) as i32);
        model.set_option("mip_rel_gap", 0.0);
        // All costs are multiples of the grain.
        model.set_option("mip_abs_gap", 0.99 * grain);
        let below = (limit - self.scope.empty) as f64 - 0.5 * grain;
        model.set_option("objective_bound", below);
        let Ok(solved) = model.try_solve() else {
            self.master.work += work;
            return Choice::Unknown;
        };
        self.master.work += solved.simplex_iteration_count().max(0) as u64 * iteration;
        let done = matches!(
            solved.status(),
            HighsModelStatus::Optimal | HighsModelStatus::Infeasible
        );
        let feasible = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
        if !feasible || solved.objective_value() > below {
            return match done {
                true => Choice::Nothing,
                false => Choice::Unknown,
            };
        }
        let solution = solved.get_solution();
        let shares = &solution.columns()[rows.pieces..];
        let mut chosen = vec![None; self.scope.people.len()];
        for (&k, _) in columns.iter().zip(shares).filter(|(_, s)| **s > 0.5) {
            let column = &self.master.columns[k];
            chosen[column.who] = Some(column.seats.clone());
        }
        match chosen.into_iter().collect() {
            Some(roster) => Choice::Roster(roster),
            None => Choice::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;
    use crate::roster::columns::Lanes;
    use crate::roster::columns::Scope;
    use crate::roster::cost;
    use crate::roster::rules::Rules;
    use crate::roster::state::State;
    use crate::roster::testing;

    const WORK: u64 = 1 << 40;

    #[test]
    fn what_is_ruled_out_is_in_no_cheaper_roster_and_the_choice_is_the_best() {
        let (mut chosen, mut ruled_out, mut coarse) = (0, 0, 0);
        for seed in 0..400 {
            let mut problem = testing::random_problem(&mut Rng::stream(seed, 8, 0));
            problem.people.truncate(2);
            problem = testing::dearer(&problem, if seed % 2 == 0 { 1 } else { 5 });
            let each = problem
                .people
                .iter()
                .map(|p| testing::schedules(&problem, p));
            let each: Vec<_> = each.collect();
            let pairs = each.iter().map(Vec::len).product::<usize>();
            if !(1..20_000).contains(&pairs) {
                continue;
            }
            let rosters = each[0].iter().enumerate().flat_map(|(a, one)| {
                let others = each[1].iter().enumerate();
                others.map(move |(b, other)| ([a, b], vec![one.0.clone(), other.0.clone()]))
            });
            let priced = rosters.map(|(places, roster)| (cost::cost(&problem, &roster), places));
            let priced: Vec<_> = priced.collect();
            let least = priced.iter().filter_map(|p| p.0).min().expect("some");
            let rules = Rules::new(&problem);
            coarse += usize::from(rules.grain % 5 == 0);
            let state = State::empty(&rules);
            let first = [each[0][0].1, each[1][0].1];
            let mut scope = Scope::of(&state, vec![0, 1], (0, problem.days as usize));
            scope.fixed = each.iter().map(|e| e[0].0.clone()).collect();
            let mut generation = Generation::new(scope, &first, None, Lanes::default());
            // As good a bound as there is, then everything.
            while generation.round() {}
            for (who, all) in each.iter().enumerate() {
                for (seats, cost) in all {
                    generation.add(who, seats, *cost);
                }
            }
            let above = least + rules.grain * Rng::stream(seed, 9, 0).between(1, 6);
            let near = generation.near(above).expect("prices are known");
            let columns = near.iter().map(|&k| &generation.master.columns[k]);
            let kept: Vec<_> = columns.map(|c| (c.who, c.seats.clone())).collect();
            let cheaper = priced.iter().filter(|p| p.0.is_some_and(|c| c < above));
            for (_, places) in cheaper {
                for (who, &place) in places.iter().enumerate() {
                    let seats = each[who][place].0.clone();
                    assert!(kept.contains(&(who, seats)), "seed {seed}");
                }
            }
            let found = generation.choose(&near, above, WORK, 1);
            let Choice::Roster(roster) = found else {
                panic!("seed {seed}: {found:?}");
            };
            let cost = cost::cost(&problem, &roster);
            assert_eq!(cost, Some(least), "seed {seed}");
            let everything: Vec<usize> = (0..generation.columns()).collect();
            let found = generation.choose(&everything, least, WORK, 1);
            assert_eq!(found, Choice::Nothing, "seed {seed}");
            chosen += 1;
            ruled_out += usize::from(near.len() < everything.len());
        }
        assert!(
            chosen > 100 && ruled_out > chosen / 2,
            "{ruled_out} of {chosen}"
        );
        assert!(coarse > chosen / 3, "{coarse} of {chosen}");
    }
}
