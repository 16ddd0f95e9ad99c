//! Tolls of a person climbing towards what is allowed over the whole time.

use crate::roster::best::Tolls;
use crate::roster::columns::SCALE;
use crate::roster::model::NEVER;
use crate::roster::model::OFF;
use crate::roster::rules::Rules;

/// What a person does, on average, against what is allowed, and the tolls on it.
#[derive(Clone, Debug)]
pub(super) struct Person {
    limits: Vec<Limit>,
    kinds: usize,
}

/// Something that is counted over the whole time.
#[derive(Clone, Copy, Debug)]
struct Limit {
    what: What,
    least: f64,
    most: f64,
    /// Tolls can be no less and no more than the prices of falling short or going beyond.
    prices: (f64, f64),
    /// How much more it moves than a seat does: steps are shorter by that.
    weight: f64,
    done: f64,
    toll: f64,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Load,
    Weekends,
    Kind(usize),
}

/// A price that nothing limits.
const ANY: f64 = 1e4;

impl Person {
    /// No tolls yet.
    pub(super) fn new(rules: &Rules<'_>, person: usize) -> Self {
        let problem = rules.problem;
        let who = &problem.people[person];
        let contract = &problem.contracts[who.contract as usize];
        let days = f64::from(problem.days);
        let people = problem.people.len() as f64;
        let price = |price: i32, times: u32| match price {
            NEVER => ANY,
            price => f64::from(price) * f64::from(times),
        };
        let limit = |what, (least, most): (f64, f64), prices, step: f64, places: f64| Limit {
            what,
            least,
            most,
            prices,
            weight: step * (places / people).sqrt(),
            done: 0.0,
            toll: 0.0,
        };
        let unit = rules.unit;
        let levels = |load: u32| (f64::from(load) - f64::from(who.before.load)) / f64::from(unit);
        let longest = rules.steps.iter().copied().max().unwrap_or(0).max(1);
        let load = (levels(who.load.0), levels(who.load.1));
        let prices = (
            price(contract.underload, unit),
            price(contract.overload, unit),
        );
        let mut limits = vec![limit(What::Load, load, prices, longest.into(), days)];
        let weekends = who.weekends.saturating_sub(who.before.weekends);
        let prices = (0.0, price(contract.extra_weekend, 1));
        let most = (0.0, f64::from(weekends));
        limits.push(limit(What::Weekends, most, prices, 1.0, days / 7.0));
        for &k in &rules.people[person].limited {
            let most = (0.0, f64::from(who.most[k as usize]));
            limits.push(limit(What::Kind(k as usize), most, (0.0, ANY), 1.0, days));
        }
        Self {
            limits,
            kinds: problem.kinds.len(),
        }
    }

    /// Takes a schedule into the averages, with this weight.
    pub(super) fn count(&mut self, rules: &Rules<'_>, seats: &[u16], newest: f64) {
        let problem = rules.problem;
        let worked = |day: usize| seats.get(day).is_some_and(|s| *s != OFF);
        let kind = |seat: u16| problem.seats[seat as usize].kind as usize;
        let kinds = || seats.iter().filter(|s| **s != OFF).map(|&s| kind(s));
        for limit in &mut self.limits {
            let done = match limit.what {
                What::Load => kinds().map(|k| rules.steps[k]).sum::<u32>() as usize,
                What::Weekends => {
                    let begins = |&d: &usize| match problem.weekday(d) {
                        5 => worked(d),
                        6 => worked(d) && (d == 0 || !worked(d - 1)),
                        _ => false,
                    };
                    (0..seats.len()).filter(begins).count()
                }
                What::Kind(kind) => kinds().filter(|&k| k == kind).count(),
            };
            limit.done += newest * (done as f64 - limit.done);
        }
    }

    /// Square of how far this person is beyond the limits, or short of them where the tolls of
    /// another are.
    pub(super) fn norm(&self, from: &Self) -> f64 {
        let pairs = self.limits.iter().zip(&from.limits);
        let slopes = pairs.map(|(l, from)| l.slope(from.toll) / l.weight);
        slopes.map(|s| s * s).sum()
    }

    /// The same with tolls a step of this length on from those of another.
    pub(super) fn step(&mut self, from: &Self, length: f64) {
        for (limit, from) in self.limits.iter_mut().zip(&from.limits) {
            let toll = from.toll + length * limit.slope(from.toll) / (limit.weight * limit.weight);
            // Never past nothing in one step: the other side has another slope.
            let (low, high) = match from.toll {
                t if t > 0.0 => (0.0, limit.prices.1),
                t if t < 0.0 => (-limit.prices.0, 0.0),
                _ => (-limit.prices.0, limit.prices.1),
            };
            let scale = f64::from(SCALE);
            limit.toll = toll.clamp(low * scale, high * scale);
        }
    }

    /// Whole tolls.
    pub(super) fn tolls(&self) -> Tolls {
        let mut tolls = Tolls {
            kinds: vec![0; self.kinds],
            ..Tolls::default()
        };
        for limit in &self.limits {
            // Towards nothing, so that no price is passed.
            let toll = limit.toll as i32;
            match limit.what {
                What::Load => tolls.load = toll,
                What::Weekends => tolls.weekend = toll,
                What::Kind(kind) => tolls.kinds[kind] = toll,
            }
        }
        tolls
    }
}

impl Limit {
    /// By how much the bound rises with the toll, from one.
    fn slope(&self, toll: f64) -> f64 {
        let (short, beyond) = (self.done - self.least, self.done - self.most);
        match toll {
            t if t > 0.0 => beyond,
            t if t < 0.0 => short,
            _ => beyond.max(0.0) + short.min(0.0),
        }
    }
}
