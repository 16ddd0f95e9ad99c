//! The one place that knows the objective: three levels, compared in order.

use std::cmp::Ordering;
use std::ops::AddAssign;
use std::ops::SubAssign;

/// Value of a plan, level by level (design, section 3). All integers, so any order of
/// summing gives the same score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Broken promises: weight x seconds beyond hard standards, 60 x weight for each missing
    /// mandatory visit. Fewest first.
    pub broken: i64,
    /// Protected risk (milli-points per hour x seconds x percent x percent) and points.
    pub value: i64,
    /// Seconds driven.
    pub cost: i64,
}

impl Score {
    /// One number for acceptance decisions, where a break with promises must be payable:
    /// `broken` and `cost` are weighed by `weights`.
    pub fn scalar(&self, weights: Weights) -> f64 {
        self.value as f64 - weights.broken * self.broken as f64 - weights.cost * self.cost as f64
    }
}

impl Ord for Score {
    /// Greater is better.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .broken
            .cmp(&self.broken)
            .then(self.value.cmp(&other.value))
            .then(other.cost.cmp(&self.cost))
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.broken += other.broken;
        self.value += other.value;
        self.cost += other.cost;
    }
}

impl SubAssign for Score {
    fn sub_assign(&mut self, other: Self) {
        self.broken -= other.broken;
        self.value -= other.value;
        self.cost -= other.cost;
    }
}

/// How the levels weigh against each other inside the search.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// Value of one unit of broken promise.
    pub broken: f64,
    /// Value of one second driven.
    pub cost: f64,
}
