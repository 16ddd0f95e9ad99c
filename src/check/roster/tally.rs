//! Sorts what is broken into violations and wishes.

use std::fmt;

use serde::Serialize;

use super::breach::Breach;
use crate::check::code::Code;
use crate::check::verdict::Amount;
use crate::check::verdict::Findings;
use crate::check::verdict::Place;
use crate::check::verdict::line;
use crate::scenario::RuleKind;

/// A rule with a price that is broken once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrokenWish {
    /// Which rule.
    pub rule: RuleKind,
    /// What is wrong, in words: a lower-case phrase.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// By how much.
    pub amount: Amount,
    /// What it weighs.
    pub weight: i64,
}

/// Gathers what is broken.
pub(super) struct Tally<'a> {
    pub(super) findings: &'a mut Findings,
    pub(super) wishes: Vec<BrokenWish>,
}

impl Tally<'_> {
    /// Adds what is broken somewhere, on its day unless the place has one.
    pub(super) fn add(&mut self, breach: Breach, mut place: Place) {
        place.day = place.day.or(Some(breach.day));
        let amount = Amount::of(breach.amount, breach.kind.measure().unit());
        match (breach.weight, Code::of_rule(breach.kind)) {
            (None, Some(code)) => self.findings.add_by(code, place, amount, breach.message),
            (weight, _) => self.wishes.push(BrokenWish {
                rule: breach.kind,
                message: breach.message,
                place,
                amount,
                weight: weight.unwrap_or(0),
            }),
        }
    }
}

impl fmt::Display for BrokenWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line(
            f,
            self.rule.word(),
            &self.place,
            &self.message,
            Some(self.amount),
        )
    }
}
