//! The independent checker: is this plan allowed, and how good is it?
//!
//! It reads the scenario, the roads and the plan, and nothing of the solver: legs are walked
//! arc by arc on the road graph, arrival times, windows, breaks and zones are held against
//! the scenario, and every figure is computed from its definition by another road than the
//! optimiser's. Plans of other programs are welcome; a leg without a path is driven the
//! fastest legal way, which the checker finds itself.
//!
//! A plan is **valid** when nothing is violated. A valid plan may still break **promises**
//! (mandatory orders, hard standards, breaks); they are listed with their weight. All
//! findings are reported at once. A bound that the plan carries is its maker's claim: it is
//! passed on, and refused where this very plan disproves it. `docs/check.md` explains every
//! code and figure.

mod automaton;
mod bound;
mod breaks;
mod code;
mod costs;
mod gaps;
mod habits;
mod kpi;
mod legs;
mod orders;
mod protection;
mod reach;
mod read;
mod response;
pub mod roster;
mod targets;
pub mod timeline;
mod times;
mod tracks;
mod verdict;
mod visits;
mod walk;
mod ways;

pub use bound::Claim;
pub use code::Code;
pub use code::Promise;
pub use costs::TierFairness;
pub use kpi::Kpis;
pub use kpi::UnitKpi;
pub use protection::UNITS_PER_POINT;
pub use response::Cover;
pub use targets::TargetKpi;
pub use verdict::Amount;
pub use verdict::BrokenPromise;
pub use verdict::Place;
pub use verdict::Verdict;
pub use verdict::Violation;

use crate::plan::Plan;
use crate::world::World;
use read::Keys;
use read::Run;
use verdict::Findings;

/// Checks a plan and computes its figures.
///
/// The figures of a plan with violations count what it states: they say what it would be
/// worth if it could be driven.
pub fn check(world: &World, plan: &Plan) -> Verdict {
    let mut findings = Findings::default();
    let keys = Keys::new(world);
    read::header(world, plan, &mut findings);
    if let Some(bound) = &plan.bound {
        bound::sound(&world.scenario, &keys, bound, &mut findings);
    }
    let runs = read::runs(world, plan, &keys, &mut findings);
    let driven = legs::drive(world, plan, &runs, &keys, &mut findings);
    let roster = roster::check(&world.scenario, plan, &keys, &runs, &mut findings);
    Verdict {
        roster,
        ..verdict(world, plan, &runs, &driven, findings)
    }
}

/// Everything after reading and driving.
fn verdict(
    world: &World,
    plan: &Plan,
    runs: &[Run<'_>],
    driven: &legs::Driven,
    mut findings: Findings,
) -> Verdict {
    let mut broken = Vec::new();
    let mut routes = Vec::with_capacity(runs.len());
    let mut seen = Vec::new();
    times::one_duty_at_a_time(runs, &mut findings);
    for (i, run) in runs.iter().enumerate() {
        let route = legs::route(world, driven, run, &mut findings);
        times::check(&route, &mut findings);
        breaks::check(run, &mut findings, &mut broken);
        seen.extend(visits::check(world, i, run, &mut findings));
        routes.push(route);
    }
    let accounts = targets::accounts(&world.scenario, &targets::by_target(&world.scenario, &seen));
    targets::promises(&world.scenario, &accounts, &mut broken);
    let orders = orders::check(world, runs, &seen, &mut findings, &mut broken);
    let kpis = kpi::kpis(world, &routes, accounts, orders);
    if let Some(bound) = plan.bound.as_ref().filter(|_| findings.0.is_empty()) {
        bound::disproved(bound, &kpis, &mut findings);
    }
    let mut violations = findings.0;
    let weights = broken.iter().map(|b| b.weighted_seconds);
    let weight = weights.fold(0, i64::saturating_add);
    violations.sort_by_key(|v| (v.place.duty, v.place.stop));
    Verdict {
        valid: violations.is_empty(),
        violations,
        broken_promises_total: weight as f64 / 60.0,
        broken_promises_seconds: weight,
        broken_promises: broken,
        roster: None,
        claim: plan
            .bound
            .as_ref()
            .map(|bound| Claim::new(bound, kpis.value)),
        kpis,
    }
}
