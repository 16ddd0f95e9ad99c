//! Best schedules of many people at once.

use super::prices::Paid;
use super::prices::Prices;
use super::prices::SCALE;
use super::prices::Scope;
use crate::par;
use crate::roster::best::Scratch;
use crate::roster::cost;

/// Those who ask side by side, each for a share of the people.
#[derive(Clone, Debug)]
pub struct Lanes {
    lanes: Vec<Lane>,
}

/// A person's best schedule at some prices.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Seats of the days of the window.
    pub seats: Vec<u16>,
    /// What the whole schedule costs by itself.
    pub cost: i64,
    /// No schedule costs less at the prices asked, in parts of a unit.
    pub least: i64,
}

#[derive(Clone, Debug, Default)]
struct Lane {
    scratch: Scratch,
    paid: Paid,
    /// Whom, by place in the scope.
    people: Vec<usize>,
    asked: Vec<Option<Asked>>,
}

impl Default for Lanes {
    /// One.
    fn default() -> Self {
        Self::new(1)
    }
}

impl Lanes {
    /// So many side by side; answers do not depend on it.
    pub fn new(lanes: usize) -> Self {
        Self {
            lanes: vec![Lane::default(); lanes.max(1)],
        }
    }

    /// As many as everybody is dealt out to, however many threads there are.
    pub fn many() -> Self {
        Self::new(8)
    }

    /// The best schedule of some people of a scope, in their order; `None` for who has none.
    pub fn ask(
        &mut self,
        scope: &Scope<'_>,
        prices: &Prices,
        people: &[usize],
    ) -> Vec<Option<Asked>> {
        let count = self.lanes.len();
        for (k, lane) in self.lanes.iter_mut().enumerate() {
            lane.people.clear();
            lane.people.extend(people.iter().skip(k).step_by(count));
        }
        par::for_each_mut(&mut self.lanes, |lane| lane.ask(scope, prices));
        let answer = |k: usize| (k % count, k / count);
        let each = (0..people.len()).map(answer);
        each.map(|(lane, at)| self.lanes[lane].asked[at].take())
            .collect()
    }

    /// Work done so far, in values looked at.
    pub fn work(&self) -> u64 {
        self.lanes.iter().map(|l| l.scratch.work).sum()
    }
}

impl Lane {
    fn ask(&mut self, scope: &Scope<'_>, prices: &Prices) {
        self.asked.clear();
        for k in 0..self.people.len() {
            let asked = self.one(scope, prices, self.people[k]);
            self.asked.push(asked);
        }
    }

    fn one(&mut self, scope: &Scope<'_>, prices: &Prices, who: usize) -> Option<Asked> {
        let problem = scope.rules.problem;
        let found = prices.best(scope, who, &mut self.scratch, &mut self.paid)?;
        let seats = self.scratch.found.clone();
        let person = &problem.people[scope.people[who]];
        let mut whole = scope.fixed[who].clone();
        whole[scope.window.0..scope.window.1].copy_from_slice(&seats);
        let cost = cost::schedule(problem, person, &whole)?;
        // What the rules charge before the window is not in what was asked for.
        let paid = prices.paid(scope, &seats);
        let asked = cost * i64::from(SCALE) + paid - i64::from(found.cost);
        let least = i64::from(found.least) + asked;
        Some(Asked { seats, cost, least })
    }
}
