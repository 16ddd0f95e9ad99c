//! Figures per target: gaps, standards, protection.

use serde::Serialize;

use super::code::Promise;
use super::gaps;
use super::gaps::Gap;
use super::habits;
use super::habits::Guesses;
use super::protection;
use super::verdict::Amount;
use super::verdict::BrokenPromise;
use super::verdict::Place;
use super::visits::Seen;
use crate::ids::IdVec;
use crate::ids::TargetId;
use crate::par;
use crate::scenario::Scenario;
use crate::scenario::Target;
use crate::units::Level;
use crate::units::Seconds;
use crate::units::Span;

/// The figures of one target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetKpi {
    /// Target key.
    pub target: String,
    /// Its standard.
    pub standard_seconds: Option<Seconds>,
    /// Visits by tiers that count there.
    pub visits: usize,
    /// Longest time without a visit.
    pub worst_gap_seconds: Seconds,
    /// When that time ended, seconds from the start of the horizon.
    pub worst_gap_at: Seconds,
    /// The same over the standard: at most 1 when the standard is always kept.
    pub worst_gap_ratio: Option<f64>,
    /// Share of its gaps within the standard.
    pub standard_kept: Option<f64>,
    /// Idleness averaged over time.
    pub mean_idleness_seconds: f64,
    /// Share of its risk that is protected, `None` when it has none.
    pub protected_share: Option<f64>,
}

/// The figures of one target with what the totals are made of.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) kpi: TargetKpi,
    /// Protected and total risk, exact.
    pub(super) protected: (i128, i128),
    /// Gaps within the standard and gaps in all; both 0 without a standard.
    pub(super) kept: (usize, usize),
    /// Time within the horizon that is beyond the standard.
    pub(super) exceeded: Seconds,
    pub(super) guesses: Guesses,
}

/// The visits of each target, in order of their starts.
pub(super) fn by_target<'a>(
    scenario: &Scenario,
    seen: &'a [Seen],
) -> IdVec<TargetId, Vec<&'a Seen>> {
    let mut visits: IdVec<TargetId, Vec<&Seen>> =
        scenario.targets.iter().map(|_| Vec::new()).collect();
    for visit in seen {
        visits[visit.target].push(visit);
    }
    for visits in visits.iter_mut() {
        visits.sort_by_key(|v| (v.span, v.run, v.stop));
    }
    visits
}

/// The accounts of all targets.
pub(super) fn accounts(
    scenario: &Scenario,
    visits: &IdVec<TargetId, Vec<&Seen>>,
) -> IdVec<TargetId, Account> {
    let ids: Vec<TargetId> = scenario.targets.ids().collect();
    let accounts = par::map(&ids, |&id| {
        account(scenario, &scenario.targets[id], &visits[id])
    });
    IdVec::from(accounts)
}

fn account(scenario: &Scenario, target: &Target, visits: &[&Seen]) -> Account {
    let horizon = scenario.horizon;
    let spans: Vec<Span> = visits.iter().map(|v| v.span).collect();
    let gaps = gaps::gaps(&spans, target.last_visit, horizon);
    let levels: Vec<(Span, Level)> = visits.iter().map(|v| (v.span, v.authority)).collect();
    let presences = protection::presences(target, &levels);
    let pieces = protection::pieces(&target.effect, &target.risk, &presences, horizon);
    let protected = protection::integral(&target.risk, &pieces);
    let starts: Vec<Seconds> = spans.iter().map(|s| s.start).collect();
    let (kept, exceeded) = standard(target, &gaps);
    let worst = worst(&gaps);
    let ratio = |q: Seconds| gaps::idleness(worst).0 as f64 / q.0 as f64;
    let kpi = TargetKpi {
        target: target.id.clone(),
        standard_seconds: target.standard,
        visits: visits.len(),
        worst_gap_seconds: gaps::idleness(worst),
        worst_gap_at: worst.end,
        worst_gap_ratio: target.standard.filter(|q| *q > Seconds::ZERO).map(ratio),
        standard_kept: (kept.1 > 0).then(|| kept.0 as f64 / kept.1 as f64),
        mean_idleness_seconds: gaps::twice_idle_integral(&gaps) as f64
            / (2.0 * horizon.0.max(1) as f64),
        protected_share: (protected.1 > 0).then(|| protected.0 as f64 / protected.1 as f64),
    };
    Account {
        kpi,
        protected,
        kept,
        exceeded,
        guesses: habits::guess(&starts, &scenario.days),
    }
}

/// The longest gap, the first of equals.
fn worst(gaps: &[Gap]) -> Gap {
    let longest = |a: Gap, b: Gap| {
        if gaps::idleness(b) > gaps::idleness(a) {
            b
        } else {
            a
        }
    };
    gaps.iter()
        .copied()
        .reduce(longest)
        .unwrap_or(Gap::new(Seconds::ZERO, Seconds::ZERO))
}

/// Gaps within the standard of all gaps, and the time beyond it.
fn standard(target: &Target, gaps: &[Gap]) -> ((usize, usize), Seconds) {
    let Some(standard) = target.standard else {
        return ((0, 0), Seconds::ZERO);
    };
    let kept = gaps
        .iter()
        .filter(|g| gaps::idleness(**g) <= standard)
        .count();
    let beyond = gaps.iter().filter_map(|&g| gaps::beyond(g, standard));
    ((kept, gaps.len()), beyond.map(Span::length).sum())
}

/// Hard standards that are exceeded.
pub(super) fn promises(
    scenario: &Scenario,
    accounts: &IdVec<TargetId, Account>,
    broken: &mut Vec<BrokenPromise>,
) {
    for (target, account) in scenario.targets.iter().zip(accounts) {
        if account.exceeded > Seconds::ZERO && target.hard_weight > 0 {
            let over = account.exceeded;
            broken.push(BrokenPromise::new(
                Promise::Standard,
                Place::default().target(&target.id),
                Amount::seconds(over.0),
                over.0.saturating_mul(target.hard_weight),
                format!("the standard is exceeded by {over} in all"),
            ));
        }
    }
}
