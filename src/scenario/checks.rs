//! What only the whole shows: totals, orders that nobody can serve, targets that nobody may
//! visit.

use crate::ids::Id as _;
use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::ids::TargetId;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::model::Duty;
use crate::scenario::model::Order;
use crate::scenario::model::Risk;
use crate::scenario::model::Scenario;
use crate::scenario::model::Target;
use crate::scenario::model::Unit;
use crate::units::Seconds;
use crate::units::Span;

/// Sums of rate x seconds x level x level must stay below this, so that they can be added in
/// 64 bits with room to spare.
const TOTAL_CAP: i128 = 4_000_000_000_000_000_000;

/// Reports that there is nothing to visit.
pub(crate) fn check_s029(scenario: &Scenario, at: At, gather: &mut Gather) {
    if scenario.targets.is_empty() {
        gather.fault(at, fault::s029_no_targets());
    }
}

/// Reports totals that could not be added exactly, at the riskiest target.
pub(crate) fn check_s028(scenario: &Scenario, places: &IdVec<TargetId, At>, gather: &mut Gather) {
    let risk = |id: &TargetId| total(&scenario.targets[*id].risk, scenario.horizon);
    let sum: i128 = scenario.targets.ids().map(|id| risk(&id)).sum();
    let riskiest = scenario.targets.ids().max_by_key(risk);
    if let (true, Some(id)) = (sum * 100 * 100 >= TOTAL_CAP, riskiest) {
        let error = fault::s028_overflow(&scenario.targets[id].id);
        gather.fault(places[id], error);
    }
}

/// Risk over the horizon, milli-points per hour x seconds.
fn total(risk: &Risk, horizon: Seconds) -> i128 {
    let ends = risk
        .pieces
        .iter()
        .skip(1)
        .map(|(start, _)| *start)
        .chain([horizon]);
    let areas = risk.pieces.iter().zip(ends);
    areas
        .map(|((start, rate), end)| i128::from(rate.0) * i128::from((end - *start).0))
        .sum()
}

/// Reports orders that nobody can serve.
pub(crate) fn check_s030(scenario: &Scenario, places: &IdVec<OrderId, At>, gather: &mut Gather) {
    let duties = by_unit(scenario);
    for (order, at) in scenario.orders.iter().zip(places) {
        if let Some(why) = obstacle(scenario, order, &duties) {
            gather.fault(*at, fault::s030_nobody(&order.id, why));
        }
    }
}

/// The duties of each unit.
fn by_unit(scenario: &Scenario) -> Vec<Vec<&Duty>> {
    let mut duties = vec![Vec::new(); scenario.units.len()];
    for duty in &scenario.duties {
        duties[duty.unit.index()].push(duty);
    }
    duties
}

/// Why nobody can serve an order: the first demand that leaves no unit. `None`: someone can.
fn obstacle(scenario: &Scenario, order: &Order, duties: &[Vec<&Duty>]) -> Option<&'static str> {
    let mut furthest = 0;
    for id in scenario.units.ids() {
        let unit = &scenario.units[id];
        for target in order
            .targets
            .iter()
            .map(|target| &scenario.targets[*target])
        {
            let open = |duty: &&Duty| fits(duty, target, order);
            let tests: [&dyn Fn() -> bool; 6] = [
                &|| order.units.is_empty() || order.units.contains(&id),
                &|| target.authority[unit.tier].0 > 0,
                &|| in_zone(unit, target),
                &|| {
                    target
                        .skills
                        .iter()
                        .all(|skill| unit.skills.contains(skill))
                },
                &|| order.skills.iter().all(|skill| unit.skills.contains(skill)),
                &|| duties[id.index()].iter().any(&open),
            ];
            match tests.iter().position(|test| !test()) {
                None => return None,
                Some(failed) => furthest = furthest.max(failed),
            }
        }
    }
    let why = [
        "it names no unit",
        "no tier of its units counts at its targets",
        "no unit of that tier may enter the zones of its targets",
        "no unit that may visit its targets has the skills that they want",
        "no unit that may visit its targets has its skills",
        "no unit that could is on duty long enough while its windows and those of its targets are open",
    ];
    Some(why[furthest])
}

/// Whether a visit fits into a duty while the target, the order and a period are open.
fn fits(duty: &Duty, target: &Target, order: &Order) -> bool {
    let long_enough = |span: Span| (span.length() >= order.dwell).then_some(span);
    let within = |spans: &[Span], outer: Span| -> Vec<Span> {
        let cut = spans.iter().filter_map(|span| span.intersect(outer));
        cut.filter_map(long_enough).collect()
    };
    within(&target.windows, duty.route)
        .into_iter()
        .flat_map(|span| within(&order.windows, span))
        .any(|span| !within(&order.periods, span).is_empty())
}

fn in_zone(unit: &Unit, target: &Target) -> bool {
    unit.zones.is_empty() || unit.zones.iter().any(|zone| target.zones.contains(zone))
}

/// Whether a unit may visit a target, time aside.
fn may_visit(unit: &Unit, target: &Target) -> bool {
    target.authority[unit.tier].0 > 0
        && in_zone(unit, target)
        && target
            .skills
            .iter()
            .all(|skill| unit.skills.contains(skill))
}

/// What is allowed but probably not meant.
pub(crate) fn warnings(scenario: &Scenario) -> Vec<String> {
    let mut warnings = Vec::new();
    for target in &scenario.targets {
        let mut units = scenario.units.iter();
        if !units.any(|unit| may_visit(unit, target)) {
            let why = why_not(scenario, target);
            warnings.push(format!("no unit may visit target `{}`: {why}", target.id));
        }
    }
    let duties = by_unit(scenario);
    for (id, unit) in scenario.units.enumerate() {
        if duties[id.index()].is_empty() {
            warnings.push(format!("unit `{}` has no duty within the horizon", unit.id));
        }
        if !scenario
            .targets
            .iter()
            .any(|target| may_visit(unit, target))
        {
            warnings.push(format!(
                "unit `{}` may visit no target: its tier, zones and skills fit none",
                unit.id
            ));
        }
    }
    for tier in scenario
        .tiers
        .ids()
        .filter(|tier| !has_unit(scenario, *tier))
    {
        warnings.push(format!("tier `{}` has no units", scenario.tiers[tier].id));
    }
    warnings
}

fn has_unit(scenario: &Scenario, tier: crate::ids::TierId) -> bool {
    scenario.units.iter().any(|unit| unit.tier == tier)
}

/// The first demand of a target that leaves no unit.
fn why_not(scenario: &Scenario, target: &Target) -> &'static str {
    let counts = |unit: &&Unit| target.authority[unit.tier].0 > 0;
    let allowed: Vec<&Unit> = scenario.units.iter().filter(counts).collect();
    if allowed.is_empty() {
        "no unit is of a tier that counts there"
    } else if !allowed.iter().any(|unit| in_zone(unit, target)) {
        "it lies in no zone of the units that would count there"
    } else {
        "no unit that could go there has all its skills"
    }
}
