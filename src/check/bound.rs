//! The bound that a plan claims.
//!
//! A bound is a proof of the program that made the plan, and to repeat it would take that
//! program's own tables. So it stays a claim. What can be held against it is held: its names
//! and numbers against the scenario, and its limit against the value of the plan at hand,
//! which disproves any limit below it.

use serde::Serialize;

use super::code::Code;
use super::kpi::Kpis;
use super::read::Keys;
use super::verdict::Findings;
use super::verdict::Place;
use crate::plan::Bound;
use crate::plan::DutyWorth;
use crate::scenario::Scenario;

/// How far a plan may lie above a limit, as a share of its value: the limit is a float that
/// others made from the integers that the value is made of.
const TOLERANCE: f64 = 1e-9;

/// The bound of the plan file beside the plan's own value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// Value that no plan can exceed, as the plan file says.
    pub bound: f64,
    /// Protected risk that no plan with as many order points can exceed, as the file says.
    pub bound_protected_risk: f64,
    /// How much of the bound this plan leaves out: the bound less its value, over the bound;
    /// 0 when the bound is 0.
    pub gap: f64,
}

impl Claim {
    /// The claim of a plan that is worth `value`.
    pub(super) fn new(bound: &Bound, value: f64) -> Self {
        Self {
            bound: bound.value,
            bound_protected_risk: bound.protected_risk,
            gap: if bound.value > 0.0 {
                (bound.value - value) / bound.value
            } else {
                0.0
            },
        }
    }
}

/// Whether every number of a bound is one, and every name one of the scenario's.
pub(super) fn sound(scenario: &Scenario, keys: &Keys<'_>, bound: &Bound, findings: &mut Findings) {
    number("`value`", bound.value, Place::default(), findings);
    let share = bound.protected_risk;
    number("`protected_risk`", share, Place::default(), findings);
    for worth in &bound.duties {
        duty(keys, worth, findings);
    }
    for worth in &bound.targets {
        let place = Place::default().target(&worth.id);
        if !keys.targets.contains_key(worth.id.as_str()) {
            unknown("target", place.clone(), findings);
        }
        number("`at_most`", worth.at_most, place, findings);
    }
    for worth in &bound.zones {
        let zone = &worth.id;
        if !scenario.zones.iter().any(|z| z.id == *zone) {
            let message = format!("the bound names a zone `{zone}` that the scenario has not");
            findings.add(Code::Bound, Place::default(), message);
        }
        let what = format!("`at_most` of zone `{zone}`");
        number(&what, worth.at_most, Place::default(), findings);
    }
    hours(scenario, bound, findings);
}

fn duty(keys: &Keys<'_>, worth: &DutyWorth, findings: &mut Findings) {
    let place = Place {
        unit: Some(worth.unit.clone()),
        shift: Some(worth.shift.clone()),
        ..Place::default()
    };
    if !keys.units.contains_key(worth.unit.as_str()) {
        unknown("unit", place.clone(), findings);
    }
    if !keys.shifts.contains_key(worth.shift.as_str()) {
        unknown("shift", place.clone(), findings);
    }
    number("`hours`", worth.hours, place.clone(), findings);
    number("`at_most`", worth.at_most, place, findings);
}

fn hours(scenario: &Scenario, bound: &Bound, findings: &mut Findings) {
    let (stated, wanted) = (bound.hours.len(), (scenario.horizon.0 + 3599) / 3600);
    if stated as i64 != wanted {
        let message = format!("`hours` has {stated} entries, and the horizon {wanted} hours");
        findings.add(Code::Bound, Place::default(), message);
    }
    for (hour, &share) in bound.hours.iter().enumerate() {
        number(&format!("hour {hour}"), share, Place::default(), findings);
    }
}

fn unknown(what: &str, place: Place, findings: &mut Findings) {
    let message = format!("the bound names a {what} that the scenario has not");
    findings.add(Code::Bound, place, message);
}

fn number(what: &str, value: f64, place: Place, findings: &mut Findings) {
    if !(value.is_finite() && value >= 0.0) {
        let message = format!("{what} of the bound is {value}, not a number of at least 0");
        findings.add(Code::Bound, place, message);
    }
}

/// Whether the plan's own figures disprove its bound. Only those of a plan that keeps every
/// other rule can: one that breaks them may be worth more than can be driven.
pub(super) fn disproved(bound: &Bound, kpis: &Kpis, findings: &mut Findings) {
    let (value, share) = (kpis.value, kpis.protected_risk);
    if value > bound.value + TOLERANCE * value.abs() {
        let message = format!(
            "the plan is worth {value} points, more than the {} that its bound says no plan can be",
            bound.value
        );
        findings.add(Code::Bound, Place::default(), message);
    }
    // Where there is no risk, all of it counts as protected whatever anybody does.
    if kpis.total_value > 0 && share > bound.protected_risk + TOLERANCE {
        let message = format!(
            "the plan protects {share} of all risk, more than the {} that its bound says no plan \
             with as many order points can",
            bound.protected_risk
        );
        findings.add(Code::Bound, Place::default(), message);
    }
}
