//! What broken rules cost: promises first, then wishes. The one place that knows the objective.

use std::ops::Add;
use std::ops::AddAssign;
use std::ops::Mul;
use std::ops::Sub;
use std::ops::SubAssign;

use crate::scenario::Rule;
use crate::scenario::RuleKind;

/// Burden of each unit of a broken promise to a person: law, leave, rest. An empty seat can be
/// lived with; an illegal roster cannot. So it weighs more than anything that one person on one
/// duty can save: a day of person-hours in some demands, and a seat with all its rules.
pub const TO_PERSON: i64 = 20_000;
/// Burden of each unit of a broken promise about duties: crews, skills on board, people on duty.
pub const TO_DUTY: i64 = 100;

/// What a roster costs, least first: compared level by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cost {
    /// Burden of broken promises: rules that may never be broken.
    pub promises: i64,
    /// Weight of broken wishes: rules with a price.
    pub wishes: i64,
}

impl Cost {
    /// Nothing is broken.
    pub const ZERO: Self = Self {
        promises: 0,
        wishes: 0,
    };

    /// One number for acceptance decisions, where promises weigh so much each.
    pub fn scalar(self, promise: f64) -> f64 {
        self.promises as f64 * promise + self.wishes as f64
    }
}

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            promises: self.promises + other.promises,
            wishes: self.wishes + other.wishes,
        }
    }
}

impl Sub for Cost {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            promises: self.promises - other.promises,
            wishes: self.wishes - other.wishes,
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Cost {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Mul<i64> for Cost {
    type Output = Self;
    fn mul(self, units: i64) -> Self {
        Self {
            promises: self.promises.saturating_mul(units),
            wishes: self.wishes.saturating_mul(units),
        }
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, |sum, one| sum + one)
    }
}

/// A rule with what each unit costs by which it is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priced {
    /// Which kind of rule.
    pub kind: RuleKind,
    /// Each hour begun of lengths of time, each of what else is counted.
    pub unit: Cost,
}

impl Priced {
    /// The price of a rule, or `burden` where it may never be broken.
    pub fn new(rule: &Rule, burden: i64) -> Self {
        Self::of(rule.kind, rule.price, burden)
    }

    /// So many wishes for each unit, or `burden` promises.
    pub fn of(kind: RuleKind, price: Option<i64>, burden: i64) -> Self {
        let unit = match price {
            Some(wishes) => Cost {
                promises: 0,
                wishes,
            },
            None => Cost {
                promises: burden,
                wishes: 0,
            },
        };
        Self { kind, unit }
    }

    /// Whether bills of days in a row are one breach.
    pub fn adds_up(&self) -> bool {
        matches!(
            self.kind,
            RuleKind::ConsecutiveDays | RuleKind::ConsecutiveNights
        )
    }

    /// Whether it may never be broken.
    pub fn is_promise(&self) -> bool {
        self.unit.promises > 0
    }
}

/// By how much a rule is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Units that are paid for.
    pub units: i64,
    /// Seconds, or what else is counted.
    pub amount: i64,
}

impl Bill {
    /// Broken by some seconds, if above 0: each hour begun is a unit.
    pub fn seconds(&mut self, amount: i64) {
        if amount > 0 {
            self.amount += amount;
            self.units += (amount + 3599) / 3600;
        }
    }

    /// Broken so many times, if above 0.
    pub fn count(&mut self, amount: i64) {
        if amount > 0 {
            self.amount += amount;
            self.units += amount;
        }
    }

    /// Broken once, which counts as so many units.
    pub fn weighed(&mut self, units: i64) {
        self.amount += 1;
        self.units += units;
    }
}
