//! When each target is visited, and when its standard is kept and broken: what the report
//! draws.

use super::gaps;
use super::protection;
use super::read;
use super::read::Keys;
use super::targets;
use super::verdict::Findings;
use super::visits;
use super::visits::Seen;
use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::scenario::Target;
use crate::units::Level;
use crate::units::Seconds;
use crate::units::Span;
use crate::world::World;

/// The timelines of all targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// One for each target.
    pub targets: IdVec<TargetId, TargetTimeline>,
}

/// The timeline of one target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetTimeline {
    /// Visits that count, in order of their starts.
    pub visits: Vec<TargetVisit>,
    /// While the time since the last visit is within the standard; empty without one.
    pub kept: Vec<Span>,
    /// While it is not; empty without a standard.
    pub broken: Vec<Span>,
    /// Protection, 0 to 1, over the whole horizon without gaps.
    pub protection: Vec<(Span, f64)>,
}

/// A visit on a timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetVisit {
    /// From arrival to leaving.
    pub span: Span,
    /// Who.
    pub unit: UnitId,
    /// How much it counts.
    pub authority: Level,
    /// The order it counts for.
    pub order: Option<OrderId>,
    /// Index into the plan's duties.
    pub duty: usize,
    /// Index into the duty's stops.
    pub stop: usize,
}

/// The timelines of a plan. What the checker objects to is left out or shown as planned, as
/// in its figures.
pub fn timeline(world: &World, plan: &Plan) -> Timeline {
    let mut ignored = Findings::default();
    let keys = Keys::new(world);
    let runs = read::runs(world, plan, &keys, &mut ignored);
    let mut seen = Vec::new();
    for (i, run) in runs.iter().enumerate() {
        seen.extend(visits::check(world, i, run, &mut ignored));
    }
    let visits = targets::by_target(&world.scenario, &seen);
    let targets = world.scenario.targets.iter().zip(&visits);
    let duty = |seen: &Seen| runs[seen.run].index;
    Timeline {
        targets: targets
            .map(|(t, v)| one(&world.scenario, t, v, duty))
            .collect(),
    }
}

fn one(
    scenario: &Scenario,
    target: &Target,
    seen: &[&Seen],
    duty: impl Fn(&Seen) -> usize,
) -> TargetTimeline {
    let visits: Vec<TargetVisit> = seen
        .iter()
        .map(|v| TargetVisit {
            span: v.span,
            unit: v.unit,
            authority: v.authority,
            order: v.serves.map(|(order, _)| order),
            duty: duty(v),
            stop: v.stop,
        })
        .collect();
    let (kept, broken) = standard(target, &visits, scenario.horizon);
    TargetTimeline {
        kept,
        broken,
        protection: protection(scenario, target, &visits),
        visits,
    }
}

/// Stretches within and beyond the standard.
fn standard(target: &Target, visits: &[TargetVisit], horizon: Seconds) -> (Vec<Span>, Vec<Span>) {
    let Some(standard) = target.standard else {
        return (Vec::new(), Vec::new());
    };
    let spans: Vec<Span> = visits.iter().map(|v| v.span).collect();
    let mut broken = Vec::new();
    let mut kept = Vec::new();
    let all = Span::new(Seconds::ZERO, horizon);
    let mut good = Seconds::ZERO;
    for gap in gaps::gaps(&spans, target.last_visit, horizon) {
        if let Some(beyond) = gaps::beyond(gap, standard) {
            kept.extend(Span::new(good, beyond.start).intersect(all));
            good = beyond.end;
            broken.push(beyond);
        }
    }
    kept.extend(Span::new(good, horizon).intersect(all));
    (kept, broken)
}

/// Protection over time, neighbours of one level joined.
fn protection(scenario: &Scenario, target: &Target, visits: &[TargetVisit]) -> Vec<(Span, f64)> {
    let levels: Vec<(Span, Level)> = visits.iter().map(|v| (v.span, v.authority)).collect();
    let presences = protection::presences(target, &levels);
    let pieces = protection::pieces(&target.effect, &target.risk, &presences, scenario.horizon);
    let groups = pieces.chunk_by(|a, b| a.1 == b.1);
    groups
        .map(|group| {
            let (first, last) = (group[0], group[group.len() - 1]);
            let level = f64::from(first.1) / f64::from(protection::FULL);
            (Span::new(first.0.start, last.0.end), level)
        })
        .collect()
}
