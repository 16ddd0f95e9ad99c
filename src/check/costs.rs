//! What a plan costs: distance, hours away from base, and how evenly units share them.

use serde::Serialize;

use super::legs::Leg;
use super::legs::Route;
use super::read::What;
use crate::ids::IdVec;
use crate::ids::TierId;
use crate::ids::UnitId;
use crate::scenario::Scenario;
use crate::units::Millimetres;
use crate::units::Seconds;

/// What one unit does over the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    /// Road driven, segments patrolled included.
    pub(super) distance: Millimetres,
    /// Time away from base.
    pub(super) away: Seconds,
    /// Time on duty, at base or not.
    pub(super) on_duty: Seconds,
    /// Visits made.
    pub(super) visits: u64,
}

/// The work of every unit. Duties that the plan leaves out are spent at base.
pub(super) fn work(scenario: &Scenario, routes: &[Route<'_>]) -> IdVec<UnitId, Work> {
    let mut work: IdVec<UnitId, Work> = scenario.units.iter().map(|_| Work::default()).collect();
    for duty in scenario.duties.iter() {
        work[duty.unit].on_duty += duty.span.length();
    }
    for route in routes {
        let own = &mut work[route.run.duty.unit];
        own.distance += distance(route);
        own.away += away(route);
        let visit = |w: &What<'_>| matches!(w, What::Visit(Some(_)));
        own.visits += route.run.stops.iter().filter(|s| visit(&s.what)).count() as u64;
    }
    work
}

/// Legs and segments.
fn distance(route: &Route<'_>) -> Millimetres {
    let mut sum = Millimetres::ZERO;
    for (leg, stop) in route.legs.iter().zip(&route.run.stops) {
        if let Leg::Drive(walk) = leg {
            sum = Millimetres(sum.0.saturating_add(walk.length.0));
        }
        if let What::Visit(Some(visit)) = stop.what {
            let length = visit.way.map_or(Millimetres::ZERO, |w| w.length);
            sum = Millimetres(sum.0.saturating_add(length.0));
        }
    }
    sum
}

/// From leaving the base to being back there, summed. A unit leaves when its stop at base
/// ends, and is back when its leg home is driven, however long it then waits.
fn away(route: &Route<'_>) -> Seconds {
    let stops = &route.run.stops;
    let mut sum = Seconds::ZERO;
    let mut left: Option<Seconds> = None;
    for i in 1..stops.len() {
        let (Some(before), Some(driven)) = (stops[i - 1].span, route.legs[i].seconds()) else {
            continue;
        };
        if stops[i - 1].at_base {
            left = Some(before.end);
        }
        if stops[i].at_base
            && let Some(left) = left.take()
        {
            let back = before.end.0.saturating_add(driven.0);
            sum = Seconds(sum.0.saturating_add((back - left.0).max(0)));
        }
    }
    sum
}

/// How evenly the units of a tier share the driving.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TierFairness {
    /// Tier key.
    pub tier: String,
    /// Its units that have duties.
    pub units: usize,
    /// Kilometres of the unit that drives least.
    pub least_km: f64,
    /// Kilometres of the unit that drives most.
    pub most_km: f64,
    /// What lies between them.
    pub spread_km: f64,
    /// Gini coefficient of the kilometres: 0 when all drive the same.
    pub gini_km: f64,
    /// Hours away from base of the unit that is out most, less those of the one out least.
    pub spread_hours: f64,
    /// Share of its time on duty that the unit out most is away from base, less that of the
    /// unit out least.
    pub spread_away: f64,
}

/// Fairness within each tier that has units with duties.
pub(super) fn fairness(scenario: &Scenario, work: &IdVec<UnitId, Work>) -> Vec<TierFairness> {
    let of_tier = |tier: TierId| {
        let units = scenario.units.enumerate();
        units
            .filter(move |(id, u)| u.tier == tier && work[*id].on_duty > Seconds::ZERO)
            .map(|(id, _)| work[id])
            .collect::<Vec<Work>>()
    };
    let tiers = scenario.tiers.enumerate();
    tiers
        .filter_map(|(id, tier)| one_tier(&tier.id, &of_tier(id)))
        .collect()
}

fn one_tier(tier: &str, work: &[Work]) -> Option<TierFairness> {
    let (km_least, km_most) = range(work.iter().map(|w| w.distance.kilometres()))?;
    let (hours_least, hours_most) = range(work.iter().map(|w| w.away.hours()))?;
    let (away_least, away_most) = range(work.iter().map(|w| w.away.hours() / w.on_duty.hours()))?;
    let km: Vec<f64> = work.iter().map(|w| w.distance.kilometres()).collect();
    Some(TierFairness {
        tier: tier.to_owned(),
        units: work.len(),
        least_km: km_least,
        most_km: km_most,
        spread_km: km_most - km_least,
        gini_km: gini(km),
        spread_hours: hours_most - hours_least,
        spread_away: away_most - away_least,
    })
}

/// Least and most; `None` of nothing.
fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .map(|v| (v, v))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Gini coefficient: mean absolute difference over twice the mean.
pub(super) fn gini(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let sum: f64 = values.iter().sum();
    if sum <= 0.0 {
        return 0.0;
    }
    let ranks = (1..).map(f64::from);
    let weighted: f64 = values.iter().zip(ranks).map(|(v, rank)| v * rank).sum();
    (2.0 * weighted / sum - (n + 1.0)) / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gini_is_0_when_all_are_equal_and_grows_to_1() {
        assert!(gini(vec![3.0, 3.0, 3.0]).abs() < 1e-12);
        assert!((gini(vec![0.0, 0.0, 0.0, 8.0]) - 0.75).abs() < 1e-12);
        // |1-3| twice over 2 * 2^2 * 2.
        assert!((gini(vec![1.0, 3.0]) - 0.25).abs() < 1e-12);
        assert_eq!(gini(vec![0.0, 0.0]), 0.0);
    }
}
