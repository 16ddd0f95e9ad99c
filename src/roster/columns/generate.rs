//! Column generation: the linear program asks, the exact search of one person answers
//! (Dantzig and Wolfe 1960; rosters so: Jaumard, Semet and Vovor, EJOR 107, 1998).

use std::collections::BTreeSet;

use super::lanes::Asked;
use super::lanes::Lanes;
use super::master::Column;
use super::master::Master;
use super::master::Relaxed;
use super::prices::Prices;
use super::prices::SCALE;
use super::prices::Scope;

/// Tenths of the prices of the best bound in those that are asked at first.
const CENTRAL: i64 = 6;

/// A column generation under way.
#[derive(Debug)]
pub struct Generation<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) master: Master,
    pub(super) lanes: Lanes,
    /// Work of the lanes before.
    before: u64,
    /// Work of linear programs that are gone.
    gone: u64,
    /// Columns by person and seats: none is added twice.
    known: BTreeSet<(usize, Vec<u16>)>,
    /// Prices of the best bound so far, and the bound, in parts of a unit.
    pub(super) center: Option<(Prices, i64)>,
    /// No column can make the linear program better.
    converged: bool,
}

impl<'a> Generation<'a> {
    /// Begins with the schedules as they are, each with its cost, and with prices near which
    /// those of the linear program may be looked for. Pricing is dealt out to `lanes`, whose
    /// work so far is not counted.
    pub fn new(scope: Scope<'a>, costs: &[i64], near: Option<&Prices>, lanes: Lanes) -> Self {
        let mut generation = Self::begin(scope, near.cloned(), lanes);
        for (who, &cost) in costs.iter().enumerate() {
            let seats = generation.scope.fixed[who].clone();
            generation.add(who, &seats, cost);
        }
        generation
    }

    /// Begins without any schedule.
    pub(super) fn begin(scope: Scope<'a>, near: Option<Prices>, lanes: Lanes) -> Self {
        Self {
            master: Master::new(&scope),
            before: lanes.work(),
            gone: 0,
            lanes,
            known: BTreeSet::new(),
            center: near.map(|prices| (prices, i64::MIN)),
            converged: false,
            scope,
        }
    }

    /// Takes over the lanes and the work of a generation that began with this one's lanes.
    pub(super) fn absorb(&mut self, other: Generation<'_>) {
        self.gone += other.simplex();
        self.lanes = other.lanes;
    }

    /// Adds a person's schedule of the whole time, which costs `cost` by itself.
    pub fn add(&mut self, who: usize, seats: &[u16], cost: i64) {
        let (from, to) = self.scope.window;
        self.column(who, seats[from..to].to_vec(), cost);
    }

    /// Adds a schedule of the window if it is new.
    pub(super) fn column(&mut self, who: usize, seats: Vec<u16>, cost: i64) -> bool {
        let new = self.known.insert((who, seats.clone()));
        if new {
            self.master.add(&self.scope, Column { who, seats, cost });
        }
        new
    }

    /// One round: the linear program, then the best schedule of everybody at its prices.
    /// False when nothing is left to be done.
    pub fn round(&mut self) -> bool {
        if self.converged {
            return false;
        }
        let Some(relaxed) = self.master.relax() else {
            self.converged = true;
            return false;
        };
        let everybody = self.everybody();
        let exact = self.prices(&relaxed);
        // Prices between those of the best bound and those of the linear program swing less
        // (Wentges 1997); where they find nothing, its own prices decide.
        if let Some((center, _)) = &self.center {
            let between = self.between(center, &exact);
            if self.price(&between, &relaxed, &exact, &everybody) > 0 {
                return true;
            }
        }
        self.converged = self.price(&exact, &relaxed, &exact, &everybody) == 0;
        !self.converged
    }

    /// Prices between those of the center and others.
    pub(super) fn between(&self, center: &Prices, exact: &Prices) -> Prices {
        let mut between = exact.clone();
        for cell in self.scope.cells() {
            let [a, b] = [center, exact].map(|prices| i64::from(prices.seats[cell]));
            // Between two of these numbers, so one of them.
            between.seats[cell] = ((a * CENTRAL + b * (10 - CENTRAL)) / 10) as i32;
        }
        between
    }

    /// Prices of a linear program.
    pub(super) fn prices(&self, relaxed: &Relaxed) -> Prices {
        let mut prices = Prices {
            seats: vec![0; self.scope.rules.problem.demands.len()],
        };
        prices.seats[self.scope.cells()].copy_from_slice(&relaxed.cells);
        prices
    }

    /// Adds some people's best schedules at some prices where they help at the exact ones;
    /// how many do.
    pub(super) fn price(
        &mut self,
        prices: &Prices,
        relaxed: &Relaxed,
        exact: &Prices,
        people: &[usize],
    ) -> usize {
        let asked = self.lanes.ask(&self.scope, prices, people);
        let sound = people.len() == self.scope.people.len() && asked.iter().all(Option::is_some);
        let mut sum = prices.counted(&self.scope);
        let mut added = 0;
        for (&who, asked) in people.iter().zip(asked) {
            let Some(Asked { seats, cost, least }) = asked else {
                continue;
            };
            sum += least;
            let helps = self.paid(exact, &seats, cost) < relaxed.people[who] - 1;
            added += usize::from(helps && self.column(who, seats, cost));
        }
        if sound && self.center.as_ref().is_none_or(|c| sum > c.1) {
            self.center = Some((prices.clone(), sum));
        }
        added
    }

    /// Proven: the schedules of the scope and the demands of its window cost no less together,
    /// whatever its people do.
    pub fn bound(&self) -> Option<i64> {
        let (_, parts) = self.center.as_ref().filter(|c| c.1 > i64::MIN)?;
        Some(self.scope.proven(*parts))
    }

    /// Work done so far, in values looked at: a measure that does not depend on the machine.
    pub fn work(&self) -> u64 {
        self.lanes.work() - self.before + self.simplex()
    }

    fn simplex(&self) -> u64 {
        self.gone + self.master.work
    }

    /// All people of the scope, by place.
    pub(super) fn everybody(&self) -> Vec<usize> {
        (0..self.scope.people.len()).collect()
    }

    /// How many columns are known.
    pub fn columns(&self) -> usize {
        self.master.columns.len()
    }

    /// What a schedule of the window costs at some prices, in parts of a unit.
    pub(super) fn paid(&self, prices: &Prices, seats: &[u16], cost: i64) -> i64 {
        cost * i64::from(SCALE) + prices.paid(&self.scope, seats)
    }

    /// Gives the lanes back.
    pub fn into_lanes(self) -> Lanes {
        self.lanes
    }

    /// Whose schedules, and when.
    pub fn scope(&self) -> &Scope<'a> {
        &self.scope
    }

    /// Prices of the best bound.
    pub fn center(&self) -> Option<&Prices> {
        self.center.as_ref().map(|c| &c.0)
    }
}
