//! People on duty by the hour: fewest and desired.

use crate::check::roster::breach::Breach;
use crate::check::roster::seats::Team;
use crate::check::verdict::Place;
use crate::ids::PersonId;
use crate::ids::TierId;
use crate::scenario::Rule;
use crate::scenario::RuleKind;
use crate::scenario::Staffing;
use crate::units::Seconds;
use crate::units::Span;

/// Fewer people than are needed.
pub(super) fn least(team: &Team<'_>, rule: &Rule, tier: TierId) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for demand in team
        .scenario
        .staff
        .staffing
        .iter()
        .filter(|d| d.tier == tier)
    {
        for (lack, span) in lacks(team, demand, |is| (demand.least - is).max(0)) {
            let day = day_of(team, span.start);
            let breach = Breach::new(rule, day, lack.0, message(team, demand, "needed", span));
            breaches.push((breach, place(team, demand)));
        }
    }
    breaches
}

/// Fewer people than are desired, beyond what is lacking of those needed.
pub(super) fn desired(team: &Team<'_>) -> Vec<(Breach, Place)> {
    let mut breaches = Vec::new();
    for demand in &team.scenario.staff.staffing {
        let missing = |is: i64| (demand.desired - is.max(demand.least)).max(0);
        for (lack, span) in lacks(team, demand, missing) {
            let hours = (lack.0 + 3599) / 3600;
            let breach = Breach {
                kind: RuleKind::Staffing,
                weight: Some(demand.price.saturating_mul(hours)),
                day: day_of(team, span.start),
                amount: lack.0,
                message: message(team, demand, "desired", span),
            };
            breaches.push((breach, place(team, demand)));
        }
    }
    breaches
}

/// Stretches without enough people, with the person-seconds that are lacking.
fn lacks(team: &Team<'_>, demand: &Staffing, missing: impl Fn(i64) -> i64) -> Vec<(Seconds, Span)> {
    let present = present(team, demand);
    let mut times: Vec<Seconds> = present.iter().flat_map(|s| [s.start, s.end]).collect();
    times.extend(demand.windows.iter().flat_map(|w| [w.start, w.end]));
    times.sort_unstable();
    times.dedup();
    let mut lacks: Vec<(Seconds, Span)> = Vec::new();
    for piece in times.windows(2) {
        let span = Span::new(piece[0], piece[1]);
        if !demand.windows.iter().any(|w| w.intersect(span).is_some()) {
            continue;
        }
        let on_duty = present
            .iter()
            .filter(|s| s.intersect(span).is_some())
            .count();
        let lack = Seconds(missing(on_duty as i64) * span.length().0);
        match lacks.last_mut() {
            _ if lack == Seconds::ZERO => {}
            Some((sum, last)) if last.end == span.start => {
                *sum += lack;
                last.end = span.end;
            }
            _ => lacks.push((lack, span)),
        }
    }
    lacks
}

/// When each of those who count is on duty.
fn present(team: &Team<'_>, demand: &Staffing) -> Vec<Span> {
    let scenario = team.scenario;
    let counts = |id: PersonId| {
        let person = &scenario.staff.people[id];
        person.tier == demand.tier && demand.skill.is_none_or(|s| person.skills.contains(&s))
    };
    let mut present = Vec::new();
    for (&id, people) in &team.on {
        let duty = &scenario.duties[id];
        let zones = &scenario.units[duty.unit].zones;
        if demand.zone.is_none_or(|zone| zones.contains(&zone)) {
            let own = people.iter().filter(|id| counts(**id));
            present.extend(own.map(|_| duty.span));
        }
    }
    // Of duties that run into the horizon it is not known with which unit.
    let before = scenario.staff.history.iter();
    let before = before.filter(|duty| demand.zone.is_none() && counts(duty.person));
    let horizon = Span::new(Seconds::ZERO, scenario.horizon);
    present.extend(before.filter_map(|duty| duty.span.intersect(horizon)));
    present
}

fn message(team: &Team<'_>, demand: &Staffing, which: &str, span: Span) -> String {
    let id = &demand.id;
    let clock = |at| team.scenario.instant(at).strftime("%a %-d %b %H:%M");
    let (from, to) = (clock(span.start), clock(span.end));
    format!("fewer people than {which} by `{id}` from {from} to {to}")
}

fn place(team: &Team<'_>, demand: &Staffing) -> Place {
    Place::default().tier(&team.scenario.tiers[demand.tier].id)
}

/// The operational day of a time.
fn day_of(team: &Team<'_>, at: Seconds) -> i32 {
    let days = team.scenario.days.iter();
    days.take_while(|day| day.start <= at).count() as i32 - 1
}
