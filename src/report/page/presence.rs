//! When units are on duty by the scenario, and when they have nothing to do by the plan.

use crate::ids::IdVec;
use crate::ids::UnitId;
use crate::plan::DutyPlan;
use crate::plan::Plan;
use crate::scenario::Duty;
use crate::scenario::Scenario;
use crate::units::Seconds;
use crate::units::Span;

/// When a unit is on duty, and when it has nothing to do there.
#[derive(Debug, Default)]
pub(super) struct Presence {
    /// On duty and past the briefing.
    pub(super) on_duty: Vec<Span>,
    /// Neither at a target nor on the way.
    pub(super) idle: Vec<Span>,
}

/// When each unit is on duty and idle by the plan; a duty left out is idle throughout.
pub(super) fn presences(scenario: &Scenario, plan: &Plan) -> IdVec<UnitId, Presence> {
    let mut presences: IdVec<UnitId, Presence> =
        scenario.units.iter().map(|_| Presence::default()).collect();
    for duty in &scenario.duties {
        let unit = &scenario.units[duty.unit].id;
        let shift = &scenario.shifts[duty.shift].id;
        let planned = plan
            .duties
            .iter()
            .find(|d| d.day == duty.day && d.unit == *unit && d.shift == *shift);
        let presence = &mut presences[duty.unit];
        presence.on_duty.push(duty.route);
        match planned {
            Some(planned) if !planned.stops.is_empty() => {
                presence.idle.extend(pauses(duty, planned, plan));
            }
            _ => presence.idle.push(duty.route),
        }
    }
    presences
}

/// Time between stops that is not spent on the way.
fn pauses<'a>(
    duty: &'a Duty,
    planned: &'a DutyPlan,
    plan: &'a Plan,
) -> impl Iterator<Item = Span> + 'a {
    planned.stops.windows(2).filter_map(|pair| {
        let path = pair[1].path.and_then(|p| plan.paths.get(p as usize));
        let travel = path.map_or(Seconds::ZERO, |p| p.seconds);
        Span::new(pair[0].to + travel, pair[1].from).intersect(duty.route)
    })
}

/// What spans come to.
pub(super) fn length(spans: &[Span]) -> Seconds {
    spans.iter().map(|s| s.length()).sum()
}

/// Length of what at least one span covers.
pub(super) fn union(mut spans: Vec<Span>) -> Seconds {
    spans.sort();
    let mut total = Seconds::ZERO;
    let mut end = Seconds(i64::MIN);
    for span in spans {
        if span.end > end {
            total += span.end - span.start.max(end);
            end = span.end;
        }
    }
    total
}

/// A part of a whole, 0 of nothing.
pub(super) fn share(part: Seconds, whole: Seconds) -> f64 {
    if whole > Seconds::ZERO {
        part.0 as f64 / whole.0 as f64
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_duties_count_once() {
        let span = |a, b| Span::new(Seconds(a), Seconds(b));
        assert_eq!(
            union(vec![span(10, 20), span(0, 5), span(15, 30), span(16, 18)]),
            Seconds(25)
        );
    }
}
