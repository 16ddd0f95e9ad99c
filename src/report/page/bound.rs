//! How good a plan could be at most, and what holds that down: what the plan file claims, with
//! its keys resolved, in the order it is shown in.
//!
//! Nothing here is proved again. A claim that is no number, or that names what the scenario
//! does not have, makes the plan invalid (`V-bound`) and is left out.

use std::collections::BTreeMap;

use super::data;
use super::data::ClockRun;
use super::routes::Keys;
use super::routes::positions;
use crate::check::Verdict;
use crate::plan;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::units::Seconds;

/// Hours on the face of the clock, counted once round.
const ROUND: usize = 24;

/// What the plan claims of all plans, where it claims anything.
pub(in crate::report) fn bound(
    scenario: &Scenario,
    plan: &Plan,
    verdict: &Verdict,
    keys: &Keys<'_>,
) -> Option<data::Bound> {
    let claimed = plan.bound.as_ref()?;
    let claim = verdict.claim.filter(|c| c.gap.is_finite())?;
    let zones = positions(scenario.zones.iter().map(|z| &z.id));
    let hours: Vec<f64> = hours(scenario, &claimed.hours);
    Some(data::Bound {
        protected: number(claimed.protected_risk)?,
        gap: claim.gap,
        orders: !scenario.orders.is_empty() && scenario.objective.order_point > 0.0,
        duties: duties(keys, &claimed.duties),
        targets: places(&keys.targets, &claimed.targets),
        zones: places(&zones, &claimed.zones),
        most: most(scenario, &hours),
        hours,
    })
}

/// A number that can be shown, a little above the one claimed rather than below: it says how
/// much there is at most.
fn number(value: f64) -> Option<f64> {
    const DIGITS: f64 = 1e7;
    let sound = value.is_finite() && value >= 0.0;
    sound.then(|| (value * DIGITS).ceil() / DIGITS)
}

/// One more duty of each kind, the worthiest hours first.
fn duties(keys: &Keys<'_>, claimed: &[plan::DutyWorth]) -> Vec<data::DutyWorth> {
    let resolve = |worth: &plan::DutyWorth| {
        let at_most = number(worth.at_most)?;
        Some(data::DutyWorth {
            unit: *keys.units.get(worth.unit.as_str())?,
            shift: *keys.shifts.get(worth.shift.as_str())?,
            at_most,
            per_hour: number(at_most / worth.hours)?,
        })
    };
    let mut duties: Vec<data::DutyWorth> = claimed.iter().filter_map(resolve).collect();
    duties.sort_by(|a, b| b.per_hour.total_cmp(&a.per_hour));
    // A duty that adds nothing tells something beside one that does, and nothing alone.
    if duties.iter().all(|duty| duty.at_most <= 0.0) {
        duties.clear();
    }
    duties
}

/// Places at which something is held back, most first.
fn places(keys: &BTreeMap<&str, usize>, claimed: &[plan::PlaceWorth]) -> Vec<data::PlaceWorth> {
    let resolve = |worth: &plan::PlaceWorth| {
        Some(data::PlaceWorth {
            place: *keys.get(worth.id.as_str())?,
            at_most: number(worth.at_most)?,
        })
    };
    let mut places: Vec<data::PlaceWorth> = claimed.iter().filter_map(resolve).collect();
    places.retain(|place| place.at_most > 0.0);
    places.sort_by(|a, b| b.at_most.total_cmp(&a.at_most));
    places
}

/// The hours of the horizon; empty when the plan has none or too few.
fn hours(scenario: &Scenario, claimed: &[f64]) -> Vec<f64> {
    let count = (scenario.horizon.0 + 3599) / 3600;
    let hours = claimed.iter().take(count as usize).map(|&h| number(h));
    let hours: Option<Vec<f64>> = hours.collect();
    hours
        .filter(|hours| hours.len() as i64 == count)
        .unwrap_or_default()
}

/// The shortest stretch of the clock, over all days together, in which at least half of what
/// hours hold back is held back; of stretches as short, the one with most.
fn most(scenario: &Scenario, hours: &[f64]) -> Option<ClockRun> {
    let mut clock = [0.0; ROUND];
    for (i, share) in hours.iter().enumerate() {
        let at = scenario.instant(Seconds(i as i64 * 3600));
        clock[at.hour().unsigned_abs() as usize % ROUND] += share;
    }
    let total: f64 = clock.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let held = |from: usize, length: usize| -> f64 {
        (from..from + length).map(|hour| clock[hour % ROUND]).sum()
    };
    let half = |length: usize| {
        let runs = (0..ROUND).map(|from| (from, held(from, length)));
        let (from, most) = runs.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        (most * 2.0 >= total * (1.0 - 1e-9)).then(|| ClockRun {
            from,
            to: (from + length) % ROUND,
            share: most / total,
        })
    };
    (1..ROUND).find_map(half)
}
