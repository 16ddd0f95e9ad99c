//! From the linear program to a roster: columns with the greatest shares are taken for good,
//! a few at a time, and new ones are made for the others in between (Sadykov, Vanderbeck,
//! Pessoa, Tahiri, Uchoa: Primal heuristics for branch and price, INFORMS J. Computing 31,
//! 2019).
//!
//! Pricing in between decides: without it the last people have only columns that were made
//! for other company, and rosters are several times as dear. Once half of the people have
//! their schedule, the others go on in a linear program of their own, which is much smaller.

use super::generate::Generation;
use super::master::Relaxed;
use super::prices::Prices;
use super::prices::Scope;
use crate::rng::Rng;

/// How a dive goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As it is meant to.
    Thorough,
    /// Time is up: what is left is done quickly.
    Quick,
    /// No further: whoever is left gets the column at hand with the greatest share.
    Stop,
}

/// How thorough a dive is.
#[derive(Clone, Copy, Debug)]
pub struct Dive {
    /// Rounds of pricing after each choice, at most.
    pub rounds: u32,
    /// One part in so many of those without a schedule get one at a time.
    pub parts: usize,
}

/// Shares below are not looked at; above, a column is as good as taken.
const SHARES: (f64, f64) = (0.01, 0.98);
/// Shares are lowered by up to this part, so that no two dives are alike.
const CHANCE: f64 = 0.2;
/// Pricing ends when a round gains less than this part of what is still to be gained.
const GAIN: f64 = 0.1;
/// Nothing gets dearer when the value rises by no more than this part.
const RISE: f64 = 0.001;
/// Rounds of pricing after each choice once time is up.
const LATE: u32 = 2;
/// While nothing gets dearer, more are taken at a time, up to so many times as many.
const EASIER: f64 = 1.3;
const EASIEST: f64 = 3.0;
/// So many people or fewer stay in the linear program that they are in.
const NARROW: usize = if cfg!(test) { 3 } else { 20 };
/// Columns of each person that go over into a smaller one.
const KEPT: usize = 50;

/// A dive under way.
struct Course<'c> {
    dive: Dive,
    /// Cost that the roster may have at most.
    aim: f64,
    rng: &'c mut Rng,
    /// Told the work so far, says how to go on.
    pace: &'c mut dyn FnMut(u64) -> Pace,
    late: bool,
    stopped: bool,
    /// Work outside of the generation in hand.
    work: u64,
    /// Value of the linear program when columns were last taken.
    before: f64,
    /// How many times as many are taken at a time.
    ease: f64,
    /// Prices of the rounds so far, averaged, the latest most.
    mean: Option<Prices>,
}

impl<'a> Generation<'a> {
    /// One schedule for everybody, seats of the window, such that the demands of the window
    /// and the schedules together cost less than `limit`, or more where the dive was stopped; `None`
    /// when it can no longer lead there. `pace` is told the work so far after each round.
    pub fn dive(
        &mut self,
        dive: Dive,
        limit: i64,
        rng: &mut Rng,
        pace: &mut dyn FnMut(u64) -> Pace,
    ) -> Option<Vec<Vec<u16>>> {
        let mut course = Course {
            dive,
            aim: (limit - self.scope.rules.grain) as f64 + 0.01,
            rng,
            pace,
            late: false,
            stopped: false,
            work: 0,
            before: f64::NEG_INFINITY,
            ease: 1.0,
            mean: None,
        };
        self.descend(&mut course, 0.0)
    }

    /// Goes down to one column each; `taken` is what those cost who have gone before.
    fn descend(&mut self, course: &mut Course<'_>, taken: f64) -> Option<Vec<Vec<u16>>> {
        let base = taken + self.scope.empty as f64;
        let mut chosen: Vec<Option<usize>> = vec![None; self.scope.people.len()];
        loop {
            let open: Vec<usize> = (0..chosen.len()).filter(|&k| chosen[k].is_none()).collect();
            let relaxed = self.reprice(course, base, &open)?;
            let value = relaxed.value + base;
            if value > course.aim {
                return None;
            }
            if course.stopped {
                self.settle(&relaxed, &mut chosen);
            }
            if open.is_empty() || course.stopped {
                let seats = |c: Option<usize>| Some(self.master.columns[c?].seats.clone());
                return chosen.into_iter().map(seats).collect();
            }
            let rose = value - course.before > RISE * value.abs();
            course.ease = if rose {
                1.0
            } else {
                (course.ease * EASIER).min(EASIEST)
            };
            course.before = course.before.max(value);
            let ease = if course.late { EASIEST } else { course.ease };
            let most = (open.len() as f64 * ease) as usize / course.dive.parts;
            self.take(&relaxed, most.max(1), course.rng, &mut chosen)?;
            self.hear(course);
            let left = chosen.iter().filter(|c| c.is_none()).count();
            if left > 0 && left * 2 <= chosen.len() && chosen.len() > NARROW {
                return self.narrow(course, taken, &relaxed, &chosen);
            }
        }
    }

    /// Makes columns for those without one until the value is what it was before, or hardly
    /// gets better.
    fn reprice(&mut self, course: &mut Course<'_>, base: f64, open: &[usize]) -> Option<Relaxed> {
        let grain = self.scope.rules.grain as f64;
        let mut relaxed = self.master.relax()?;
        let mut last = f64::INFINITY;
        let rounds = match () {
            () if course.stopped => 0,
            () if course.late => LATE,
            () => course.dive.rounds,
        };
        for _ in 0..rounds {
            let value = relaxed.value + base;
            let mended = value < course.before + 0.05 * grain;
            let slow = last - value < GAIN * (value - course.before);
            if open.is_empty() || mended || slow {
                break;
            }
            last = value;
            let exact = self.prices(&relaxed);
            let mean = match &course.mean {
                Some(mean) => self.between(mean, &exact),
                None => exact.clone(),
            };
            let mut added = self.price(&exact, &relaxed, &exact, open);
            if course.mean.is_some() {
                added += self.price(&mean, &relaxed, &exact, open);
            }
            course.mean = Some(mean);
            if added == 0 {
                break;
            }
            relaxed = self.master.relax()?;
            if self.hear(course) {
                break;
            }
        }
        Some(relaxed)
    }

    /// Hears how to go on: whether time is up just now.
    fn hear(&self, course: &mut Course<'_>) -> bool {
        let was = (course.late, course.stopped);
        let pace = (course.pace)(course.work + self.work());
        course.late |= pace != Pace::Thorough;
        course.stopped |= pace == Pace::Stop;
        (course.late, course.stopped) != was
    }

    /// Gives everybody without a column the one with the greatest share.
    fn settle(&self, relaxed: &Relaxed, chosen: &mut [Option<usize>]) {
        let mut best = vec![f64::NEG_INFINITY; chosen.len()];
        let open: Vec<bool> = chosen.iter().map(Option::is_none).collect();
        for (c, &share) in relaxed.shares.iter().enumerate() {
            let who = self.master.columns[c].who;
            if open[who] && share > best[who] {
                best[who] = share;
                chosen[who] = Some(c);
            }
        }
    }

    /// Takes the columns with the greatest shares for good; `None` when there are none.
    fn take(
        &mut self,
        relaxed: &Relaxed,
        most: usize,
        rng: &mut Rng,
        chosen: &mut [Option<usize>],
    ) -> Option<()> {
        let mut shares: Vec<(f64, usize)> = Vec::new();
        for (c, &share) in relaxed.shares.iter().enumerate() {
            if share > SHARES.0 && chosen[self.master.columns[c].who].is_none() {
                shares.push((share * (1.0 - CHANCE * rng.unit()), c));
            }
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut taken = 0;
        for (_, c) in shares {
            let who = self.master.columns[c].who;
            let settled = relaxed.shares[c] > SHARES.1;
            if chosen[who].is_none() && (taken < most || settled) {
                chosen[who] = Some(c);
                self.master.fix(c);
                taken += 1;
            }
        }
        (taken > 0).then_some(())
    }

    /// Goes on with those who have no column yet, in a linear program of their own.
    fn narrow(
        &mut self,
        course: &mut Course<'_>,
        taken: f64,
        relaxed: &Relaxed,
        chosen: &[Option<usize>],
    ) -> Option<Vec<Vec<u16>>> {
        let open: Vec<usize> = (0..chosen.len()).filter(|&k| chosen[k].is_none()).collect();
        let done: Vec<usize> = chosen.iter().copied().flatten().collect();
        let columns = &self.master.columns;
        let cost = done.iter().map(|&c| columns[c].cost as f64).sum::<f64>();
        let scope = self
            .scope
            .without(&open, done.iter().map(|&c| &columns[c].seats));
        let exact = self.prices(relaxed);
        let work = self.work();
        let mut rest = self.among(scope, &open, &exact);
        let outside = course.work;
        course.work += work;
        let found = rest.descend(course, taken + cost);
        course.work = outside;
        self.absorb(rest);
        let mut found = found?.into_iter();
        let seats = chosen.iter().map(|c| match c {
            Some(c) => Some(self.master.columns[*c].seats.clone()),
            None => found.next(),
        });
        seats.collect()
    }

    /// A generation for the same people, with the columns of each that cost least at the prices of
    /// the best bound. It has the lanes until it is merged; `None` without prices.
    pub fn again(&mut self) -> Option<Self> {
        let center = self.center.clone()?;
        let everybody = self.everybody();
        let mut again = self.among(self.scope.clone(), &everybody, &center.0);
        again.center = Some(center);
        Some(again)
    }

    /// Takes over what such a generation has found out.
    pub fn merge(&mut self, mut again: Self) {
        for made in std::mem::take(&mut again.master.columns) {
            self.column(made.who, made.seats, made.cost);
        }
        self.center = again.center.take();
        self.absorb(again);
    }

    /// A generation of some people by place, with the columns of each that cost least at some
    /// prices. It has the lanes until it is absorbed.
    fn among(&mut self, scope: Scope<'a>, people: &[usize], prices: &Prices) -> Self {
        let lanes = std::mem::take(&mut self.lanes);
        let mut among = Generation::begin(scope, None, lanes);
        for (k, &who) in people.iter().enumerate() {
            for c in self.cheapest(who, prices) {
                let column = &self.master.columns[c];
                among.column(k, column.seats.clone(), column.cost);
            }
        }
        among
    }

    /// The columns of a person that cost least at some prices.
    fn cheapest(&self, who: usize, prices: &Prices) -> Vec<usize> {
        let columns = &self.master.columns;
        let priced = self.master.of[who].iter().map(|&k| (k, &columns[k]));
        let mut priced: Vec<(i64, usize)> = priced
            .map(|(k, c)| (self.paid(prices, &c.seats, c.cost), k))
            .collect();
        priced.sort_unstable();
        priced.into_iter().take(KEPT).map(|p| p.1).collect()
    }
}

impl<'a> Scope<'a> {
    /// Some people of this scope by place, when the others have these seats.
    fn without<'s>(
        &self,
        places: &[usize],
        others: impl Iterator<Item = &'s Vec<u16>>,
    ) -> Scope<'a> {
        let mut scope = self.clone();
        scope.people = places.iter().map(|&k| self.people[k]).collect();
        scope.fixed = places.iter().map(|&k| self.fixed[k].clone()).collect();
        for seats in others {
            scope.count(seats);
        }
        scope.enable();
        scope.empty = scope.rules.problem.seated(&scope.others, scope.window);
        scope
    }
}
