//! The figures of a plan; `docs/check.md` defines each.

use serde::Serialize;
use serde::Serializer;

use super::costs;
use super::costs::TierFairness;
use super::costs::Work;
use super::habits::Guesses;
use super::legs::Route;
use super::orders::Orders;
use super::protection::UNITS_PER_POINT;
use super::response;
use super::response::Cover;
use super::targets::Account;
use super::targets::TargetKpi;
use crate::ids::IdVec;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::units::Millimetres;
use crate::units::Seconds;
use crate::world::World;

/// The figures of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Kpis {
    /// Protected share of all risk, 0 to 1; 1 when there is no risk.
    pub protected_risk: f64,
    /// Protected risk, exact: [`UNITS_PER_POINT`] make a point. A string in JSON.
    #[serde(serialize_with = "as_text")]
    pub protected_value: i128,
    /// All risk, in the same units. A string in JSON.
    #[serde(serialize_with = "as_text")]
    pub total_value: i128,
    /// Points of the order visits counted.
    pub order_points: f64,
    /// Level 2 of the objective: protected risk in points plus weighed order points.
    pub value: f64,
    /// Longest gap over standard of any target; `null` when no target has a standard.
    pub worst_gap_ratio: Option<f64>,
    /// Share of gaps within their standard; `null` when no target has a standard.
    pub standards_kept: Option<f64>,
    /// Order visits made, at most as many in each period as wanted.
    pub orders_met: u64,
    /// Order visits wanted and not made.
    pub orders_missed: u64,
    /// Mean response cover, 0 to 1; `null` when there is no risk.
    pub response_cover: Option<f64>,
    /// Response cover in detail.
    pub response: Option<Cover>,
    /// Road driven, segments patrolled included.
    pub distance_km: f64,
    /// Hours that crews are away from base.
    pub crew_hours: f64,
    /// Hours on duty of all duties of the scenario.
    pub duty_hours: f64,
    /// Hours beyond the shift: a plan with any is invalid, so 0.
    pub overtime_hours: f64,
    /// Level 3 of the objective: distance and hours away from base, priced.
    pub cost: f64,
    /// The widest spread of hours away from base between units of one tier.
    pub imbalance_hours: f64,
    /// Share of visits that an observer of the days before guesses within ten minutes;
    /// `null` when the horizon has fewer than two days.
    pub guessed_share: Option<f64>,
    /// One less the share guessed.
    pub unpredictability: Option<f64>,
    /// How evenly the units of each tier share the driving.
    pub fairness: Vec<TierFairness>,
    /// Figures per target, in the scenario's order.
    pub targets: Vec<TargetKpi>,
    /// Figures per unit, in the scenario's order.
    pub units: Vec<UnitKpi>,
}

/// The figures of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitKpi {
    /// Unit key.
    pub unit: String,
    /// Road driven, segments patrolled included.
    pub distance_km: f64,
    /// Hours away from base.
    pub crew_hours: f64,
    /// Hours on duty.
    pub duty_hours: f64,
    /// Visits made.
    pub visits: u64,
}

fn as_text<S: Serializer>(value: &i128, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

/// Puts the figures together.
pub(super) fn kpis(
    world: &World,
    routes: &[Route<'_>],
    accounts: IdVec<TargetId, Account>,
    orders: Orders,
) -> Kpis {
    let scenario = &world.scenario;
    let work = costs::work(scenario, routes);
    let fairness = costs::fairness(scenario, &work);
    let cover = response::cover(world, routes);
    let protected: i128 = accounts.iter().map(|a| a.protected.0).sum();
    let total: i128 = accounts.iter().map(|a| a.protected.1).sum();
    let guesses = accounts.iter().map(|a| a.guesses);
    let guessed = guesses.fold(Guesses::default(), Guesses::and).share();
    let distance = work
        .iter()
        .map(|w| w.distance)
        .sum::<Millimetres>()
        .kilometres();
    let away = work.iter().map(|w| w.away).sum::<Seconds>().hours();
    let points = protected as f64 / UNITS_PER_POINT;
    Kpis {
        protected_risk: if total > 0 {
            protected as f64 / total as f64
        } else {
            1.0
        },
        protected_value: protected,
        total_value: total,
        order_points: orders.points,
        value: points + scenario.objective.order_point * orders.points,
        worst_gap_ratio: worst_gap_ratio(&accounts),
        standards_kept: standards_kept(&accounts),
        orders_met: orders.met,
        orders_missed: orders.missed,
        response_cover: cover.map(|c| c.mean),
        response: cover,
        distance_km: distance,
        crew_hours: away,
        duty_hours: work.iter().map(|w| w.on_duty).sum::<Seconds>().hours(),
        overtime_hours: 0.0,
        cost: scenario.objective.per_km * distance + scenario.objective.per_hour * away,
        imbalance_hours: fairness.iter().map(|f| f.spread_hours).fold(0.0, f64::max),
        guessed_share: guessed,
        unpredictability: guessed.map(|share| 1.0 - share),
        fairness,
        units: units(world, &work),
        targets: accounts.iter().map(|a| a.kpi.clone()).collect(),
    }
}

fn worst_gap_ratio(accounts: &IdVec<TargetId, Account>) -> Option<f64> {
    let ratios = accounts.iter().filter_map(|a| a.kpi.worst_gap_ratio);
    ratios.max_by(f64::total_cmp)
}

fn standards_kept(accounts: &IdVec<TargetId, Account>) -> Option<f64> {
    let kept: usize = accounts.iter().map(|a| a.kept.0).sum();
    let gaps: usize = accounts.iter().map(|a| a.kept.1).sum();
    (gaps > 0).then(|| kept as f64 / gaps as f64)
}

fn units(world: &World, work: &IdVec<UnitId, Work>) -> Vec<UnitKpi> {
    let units = world.scenario.units.iter().zip(work);
    units
        .map(|(unit, work)| UnitKpi {
            unit: unit.id.clone(),
            distance_km: work.distance.kilometres(),
            crew_hours: work.away.hours(),
            duty_hours: work.on_duty.hours(),
            visits: work.visits,
        })
        .collect()
}
