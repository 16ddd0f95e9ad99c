//! A rule that is broken, by whom or where, by how much, and what that weighs.

use crate::scenario::Rule;
use crate::scenario::RuleKind;
use crate::units::Seconds;

/// A rule that is broken once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub kind: RuleKind,
    /// What it weighs; `None`: it may not be broken.
    pub weight: Option<i64>,
    /// Operational day on which it shows; that of the last day for the horizon as a whole.
    pub day: i32,
    /// By how much, in the unit of [`crate::scenario::Measure::unit`].
    pub amount: i64,
    /// What is wrong, in words: a lower-case phrase.
    pub message: String,
}

impl Breach {
    /// A rule broken by `amount`: each hour begun, or each of what it counts, has its price.
    pub(super) fn new(rule: &Rule, day: i32, amount: i64, message: String) -> Self {
        let units = match rule.kind.measure().seconds() {
            Some(_) => (amount + 3599).div_euclid(3600),
            None => amount,
        };
        Self::weighed(rule, day, amount, units, message)
    }

    /// A rule broken by `amount`, which counts as so many units of its price.
    pub(super) fn weighed(rule: &Rule, day: i32, amount: i64, units: i64, message: String) -> Self {
        Self {
            kind: rule.kind,
            weight: rule.price.map(|price| price.saturating_mul(units)),
            day,
            amount,
            message,
        }
    }
}

/// More than the rule's value, if it is.
pub(super) fn beyond(rule: &Rule, day: i32, is: Seconds, what: &str) -> Option<Breach> {
    let most = Seconds(rule.value);
    (is > most).then(|| {
        let message = format!("{is} {what}, not at most {most}");
        Breach::new(rule, day, (is - most).0, message)
    })
}

/// Less than the rule's value, if it is.
pub(super) fn short(rule: &Rule, day: i32, is: Seconds, what: &str) -> Option<Breach> {
    let least = Seconds(rule.value);
    (is < least).then(|| {
        let message = format!("{is} {what}, not at least {least}");
        Breach::new(rule, day, (least - is).0, message)
    })
}
