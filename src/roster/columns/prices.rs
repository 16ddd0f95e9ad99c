//! Prices of seats, and the bound that they prove.
//!
//! Let `x_p` be a schedule of person `p` with its own cost `c_p(x_p)`, and `C_s(n)` what `n`
//! people on the day and seat `s` cost. For any prices `u_s`,
//!
//! `min Σ c_p(x_p) + Σ C_s(Σ x_ps)  >=  Σ_p min_x (c_p(x) + Σ_s u_s x_s) + Σ_s min_n (C_s(n) - u_s n)`
//!
//! since the left side, for the best roster, is a value of the right side's terms before each
//! is minimised by itself (Lagrangian relaxation of "people seated = people counted"). Both
//! minima on the right are exact: the first by [`best`], the second by
//! trying all numbers of people that could come. Prices are whole numbers of 1/`SCALE`, so
//! nothing is rounded, and a bound may be raised to the next multiple of what all costs are
//! multiples of.

use crate::roster::best;
use crate::roster::best::Ask;
use crate::roster::best::Scratch;
use crate::roster::model::NEVER;
use crate::roster::model::OFF;
use crate::roster::rules::Rules;
use crate::roster::state::State;

/// Parts of a unit of cost that prices are whole numbers of.
pub const SCALE: i32 = 256;

/// Who may change on which days, and what everybody else does.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// The rules.
    pub rules: &'a Rules<'a>,
    /// The people, ascending.
    pub people: Vec<usize>,
    /// First day that may change, and the day after the last.
    pub window: (usize, usize),
    /// Schedules of these people as they are, heeded outside the window.
    pub fixed: Vec<Vec<u16>>,
    /// People by day and seat without these on the days of the window.
    pub others: Vec<u16>,
    /// How many of these could sit there, by cell of the window.
    able: Vec<u16>,
    /// Cost of the demands of the window as they are with nobody of these.
    pub empty: i64,
}

/// Prices of the seats of a scope.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    /// In parts of a unit of cost, by day and seat of the whole time.
    pub seats: Vec<i32>,
}

impl<'a> Scope<'a> {
    /// These people, on the days of a window, in a roster.
    pub fn of(state: &State<'a>, people: Vec<usize>, window: (usize, usize)) -> Self {
        let rules = state.rules;
        let width = rules.problem.seats.len();
        let mut others = state.counts.clone();
        for &person in &people {
            let seats = &state.roster[person];
            for day in (window.0..window.1).filter(|&d| seats[d] != OFF) {
                others[day * width + seats[day] as usize] -= 1;
            }
        }
        let mut scope = Self {
            fixed: people.iter().map(|&p| state.roster[p].clone()).collect(),
            empty: rules.problem.seated(&others, window),
            rules,
            people,
            window,
            others,
            able: Vec::new(),
        };
        scope.enable();
        scope
    }

    /// Counts who could sit where.
    pub(super) fn enable(&mut self) {
        let people = &self.rules.problem.people;
        let able = |cell: usize, p: &usize| people[*p].seats[cell] != NEVER;
        let count = |cell| self.people.iter().filter(|p| able(cell, p)).count() as u16;
        self.able = self.cells().map(count).collect();
    }

    /// How many of these could sit in a cell.
    pub fn able(&self, cell: usize) -> usize {
        self.able[cell - self.cells().start].into()
    }

    /// Counts somebody who has these seats on the days of the window among the others.
    #[cfg(feature = "highs")]
    pub(super) fn count(&mut self, seats: &[u16]) {
        let width = self.rules.problem.seats.len();
        let days = (self.window.0..).zip(seats).filter(|(_, s)| **s != OFF);
        for (day, &seat) in days {
            self.others[day * width + seat as usize] += 1;
        }
    }

    /// The bound that a sum of parts of a unit proves, to which the cost of the demands with
    /// nobody there has not been added yet.
    pub fn proven(&self, parts: i64) -> i64 {
        let unit = i64::from(SCALE) * self.rules.grain;
        let parts = parts + self.empty * i64::from(SCALE);
        (parts + unit - 1).div_euclid(unit) * self.rules.grain
    }

    /// Cells of the window.
    pub fn cells(&self) -> std::ops::Range<usize> {
        let width = self.rules.problem.seats.len();
        self.window.0 * width..self.window.1 * width
    }

    /// What the next person in a cell costs, when `n` of these people are there.
    #[inline]
    pub fn step(&self, cell: usize, n: usize) -> i32 {
        self.rules.problem.demands[cell].step(usize::from(self.others[cell]) + n)
    }
}

impl Prices {
    /// A number of people at which a cell costs least at these prices.
    pub fn number(&self, scope: &Scope<'_>, cell: usize) -> usize {
        let able = scope.able(cell);
        let price = i64::from(self.seats[cell]);
        let more = |&n: &usize| i64::from(scope.step(cell, n)) * i64::from(SCALE) >= price;
        (0..able).find(more).unwrap_or(able)
    }

    /// Least over numbers of people of what a cell costs at these prices, all cells summed.
    pub fn counted(&self, scope: &Scope<'_>) -> i64 {
        let cells = scope.cells().map(|cell| {
            let steps = (0..self.number(scope, cell)).map(|n| i64::from(scope.step(cell, n)));
            let paid = steps.map(|s| s * i64::from(SCALE) - i64::from(self.seats[cell]));
            paid.sum::<i64>()
        });
        cells.sum()
    }

    /// Sum of the prices of the seats of a schedule of the window.
    pub fn paid(&self, scope: &Scope<'_>, seats: &[u16]) -> i64 {
        let width = scope.rules.problem.seats.len();
        let days = (scope.window.0..).zip(seats).filter(|(_, s)| **s != OFF);
        days.map(|(day, &s)| i64::from(self.seats[day * width + s as usize]))
            .sum()
    }

    /// The best schedule of the `k`-th person of a scope at these prices, left in `scratch`.
    /// `None` too where the sums could become too great to be exact.
    pub fn best(
        &self,
        scope: &Scope<'_>,
        k: usize,
        scratch: &mut Scratch,
        paid: &mut Paid,
    ) -> Option<best::Found> {
        let person = scope.people[k];
        let who = &scope.rules.problem.people[person];
        paid.seats.clear();
        paid.seats.resize(who.seats.len(), NEVER);
        for cell in scope.cells() {
            if who.seats[cell] != NEVER {
                let own = who.seats[cell].checked_mul(SCALE)?;
                paid.seats[cell] = own.checked_add(self.seats[cell])?;
            }
        }
        paid.off.clear();
        for &price in &who.off {
            paid.off.push(match price {
                NEVER => NEVER,
                price => price.checked_mul(SCALE)?,
            });
        }
        if !paid.fits(scope, person) {
            return None;
        }
        let ask = Ask {
            person,
            from: scope.window.0,
            to: scope.window.1,
            seats: &paid.seats,
            off: &paid.off,
            scale: SCALE,
            fixed: &scope.fixed[k],
        };
        best::best(scope.rules, scratch, ask, None)
    }
}

/// Space for the prices of one person.
#[derive(Clone, Debug, Default)]
pub struct Paid {
    seats: Vec<i32>,
    off: Vec<i32>,
}

impl Paid {
    /// Whether no sum over a schedule of the window can leave the numbers that sums are kept in.
    fn fits(&self, scope: &Scope<'_>, person: usize) -> bool {
        let problem = scope.rules.problem;
        let width = problem.seats.len();
        let size = |price: &i32| match *price {
            NEVER => 0,
            price => i64::from(price).abs(),
        };
        let (from, to) = scope.window;
        let mut sum: i64 = (from..to)
            .map(|day| {
                let seats = &self.seats[day * width..(day + 1) * width];
                let dearest = seats.iter().map(size).max().unwrap_or(0);
                dearest.max(size(&self.off[day]))
            })
            .sum();
        let days = (to - from) as i64;
        let contract = &problem.contracts[problem.people[person].contract as usize];
        sum += days
            * 2
            * i64::from(SCALE)
            * size(&contract.half_weekend).max(size(&contract.extra_weekend));
        sum < SUMS
    }
}

/// Sums of prices stay below this, far from the end of the numbers.
const SUMS: i64 = 1 << 29;
