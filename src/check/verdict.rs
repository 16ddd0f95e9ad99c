//! What the checker says: violations, broken promises, and where they are.

use std::fmt;

use serde::Serialize;

use super::bound::Claim;
use super::code::Code;
use super::code::Promise;
use super::kpi::Kpis;
use super::roster::RosterVerdict;
use crate::plan::DutyPlan;

/// The checker's word on a plan; serialised, it is the object of `check --json`.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// Whether nothing was violated.
    pub valid: bool,
    /// Everything that makes the plan invalid, in the order of the plan.
    pub violations: Vec<Violation>,
    /// What the plan falls short of although it is allowed to: breaks, then hard standards,
    /// then mandatory orders.
    pub broken_promises: Vec<BrokenPromise>,
    /// Sum of [`BrokenPromise::weighted_minutes`].
    pub broken_promises_total: f64,
    /// The same in seconds, exact: level 1 of the objective.
    pub broken_promises_seconds: i64,
    /// Who works how much, and which wishes are broken; absent where nobody is rostered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<RosterVerdict>,
    /// The figures.
    #[serde(flatten)]
    pub kpis: Kpis,
    /// The bound that the plan carries, if it carries one.
    #[serde(flatten)]
    pub claim: Option<Claim>,
}

/// One reason why a plan is invalid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Which rule.
    pub code: Code,
    /// What is wrong, in words: a lower-case phrase.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// By how much, where that is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// One promise that a plan does not keep.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BrokenPromise {
    /// Which promise.
    pub code: Promise,
    /// What is missing, in words: a lower-case phrase.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// By how much.
    pub amount: Amount,
    /// Seconds of this promise times its weight: the exact figure behind
    /// `weighted_minutes`. A missing visit counts as one minute, a missing break as its
    /// length at weight 1.
    pub weighted_seconds: i64,
    /// `weighted_seconds` in minutes.
    pub weighted_minutes: f64,
}

/// Where in a plan something is; absent parts do not apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Index into the plan's `duties`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty: Option<usize>,
    /// Unit key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Shift key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<String>,
    /// Operational day the duty starts on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<i32>,
    /// Index into the duty's `stops`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<usize>,
    /// Target key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Order key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Index into the plan's `paths`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<usize>,
    /// Person key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Tier key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
}

/// By how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// The number.
    pub value: i64,
    /// What it counts: `seconds`, `millimetres`, `visits` or `times`; for rosters also
    /// `people`, `days`, `nights`, `weekends` or `duties`.
    pub unit: &'static str,
}

impl BrokenPromise {
    /// A promise broken by `amount`, which weighs `weighted_seconds`.
    pub(super) fn new(
        code: Promise,
        place: Place,
        amount: Amount,
        weighted_seconds: i64,
        message: String,
    ) -> Self {
        Self {
            code,
            message,
            place,
            amount,
            weighted_seconds,
            weighted_minutes: weighted_seconds as f64 / 60.0,
        }
    }
}

impl Amount {
    /// So many seconds.
    pub fn seconds(value: i64) -> Self {
        Self {
            value,
            unit: "seconds",
        }
    }

    /// So many of `unit`.
    pub fn of(value: i64, unit: &'static str) -> Self {
        Self { value, unit }
    }
}

impl Place {
    /// The `index`-th duty of the plan.
    pub(super) fn duty(index: usize, duty: &DutyPlan) -> Self {
        Self {
            duty: Some(index),
            unit: Some(duty.unit.clone()),
            shift: Some(duty.shift.clone()),
            day: Some(duty.day),
            ..Self::default()
        }
    }

    /// A duty that need not be one of the plan's.
    pub(super) fn shift(unit: &str, shift: &str, day: i32) -> Self {
        Self {
            unit: Some(unit.to_owned()),
            shift: Some(shift.to_owned()),
            day: Some(day),
            ..Self::default()
        }
    }

    /// The same, for a person.
    pub(super) fn person(mut self, key: &str) -> Self {
        self.person = Some(key.to_owned());
        self
    }

    /// The same, for a tier.
    pub(super) fn tier(mut self, key: &str) -> Self {
        self.tier = Some(key.to_owned());
        self
    }

    /// The same, at its `index`-th stop.
    pub(super) fn stop(mut self, index: usize) -> Self {
        self.stop = Some(index);
        self
    }

    /// The same, at a target.
    pub(super) fn target(mut self, key: &str) -> Self {
        self.target = Some(key.to_owned());
        self
    }

    /// The same, for an order.
    pub(super) fn order(mut self, key: &str) -> Self {
        self.order = Some(key.to_owned());
        self
    }

    /// The same, on the `index`-th path.
    pub(super) fn path(mut self, index: usize) -> Self {
        self.path = Some(index);
        self
    }
}

/// Gathers violations.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Violation>);

impl Findings {
    /// Adds a violation without a number.
    pub(super) fn add(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.0.push(Violation {
            code,
            message: message.into(),
            place,
            amount: None,
        });
    }

    /// Adds a violation by so much.
    pub(super) fn add_by(
        &mut self,
        code: Code,
        place: Place,
        amount: Amount,
        message: impl Into<String>,
    ) {
        self.0.push(Violation {
            code,
            message: message.into(),
            place,
            amount: Some(amount),
        });
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit)
    }
}

impl fmt::Display for Place {
    /// Such as `unit p1, shift night, day 2, stop 4, target bank`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("unit", self.unit.clone()),
            ("shift", self.shift.clone()),
            ("day", self.day.map(|d| d.to_string())),
            ("stop", self.stop.map(|s| s.to_string())),
            ("target", self.target.clone()),
            ("order", self.order.clone()),
            ("path", self.path.map(|p| p.to_string())),
            ("person", self.person.clone()),
            ("tier", self.tier.clone()),
        ];
        let mut separator = "";
        for (name, value) in parts {
            if let Some(value) = value {
                write!(f, "{separator}{name} {value}")?;
                separator = ", ";
            }
        }
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line(
            f,
            self.code.as_str(),
            &self.place,
            &self.message,
            self.amount,
        )
    }
}

impl fmt::Display for BrokenPromise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = Some(self.amount);
        line(f, self.code.as_str(), &self.place, &self.message, amount)
    }
}

/// `code: place: message (by amount)`.
pub(super) fn line(
    f: &mut fmt::Formatter<'_>,
    code: &str,
    place: &Place,
    message: &str,
    amount: Option<Amount>,
) -> fmt::Result {
    write!(f, "{code}: ")?;
    if *place != Place::default() {
        write!(f, "{place}: ")?;
    }
    f.write_str(message)?;
    match amount {
        Some(amount) => write!(f, " (by {amount})"),
        None => Ok(()),
    }
}
