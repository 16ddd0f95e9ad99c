//! People, their seats, and the checker's word on them.

use std::collections::BTreeMap;

use super::Keys;
use super::data;
use super::data::Finding;
use super::name;
use super::routes::positions;
use crate::check::Place;
use crate::check::Verdict;
use crate::check::roster::Manned;
use crate::check::roster::PersonKpi;
use crate::check::roster::RosterVerdict;
use crate::check::roster::Shares;
use crate::check::roster::Timetable;
use crate::check::roster::timetable;
use crate::ids::Id;
use crate::ids::PersonId;
use crate::plan::Plan;
use crate::report::civil::days_of;
use crate::scenario::Days;
use crate::scenario::Grade;
use crate::scenario::RuleKind;
use crate::scenario::Scenario;
use crate::world::World;

/// The roster of a plan; `None` where it has none.
pub(super) fn roster(
    world: &World,
    plan: &Plan,
    verdict: &Verdict,
    keys: &Keys<'_>,
) -> Option<data::Roster> {
    let scenario = &world.scenario;
    let verdict_on_people = verdict.roster.as_ref()?;
    let timetable = timetable(world, plan)?;
    let days = Days::of(scenario);
    let shifts = scenario.shifts.iter().map(|shift| data::ShiftHours {
        start: i64::from(shift.start.hour()) * 60 + i64::from(shift.start.minute()),
        length: shift.length.0 / 60,
    });
    let people = scenario.staff.people.ids().zip(&verdict_on_people.people);
    Some(data::Roster {
        shifts: shifts.collect(),
        weekdays: (0..days.count).map(|day| days.weekday(day)).collect(),
        people: people
            .map(|(id, kpi)| person(scenario, &timetable, id, kpi))
            .collect(),
        crews: crews(scenario, plan, &timetable, keys),
        fairness: fairness(scenario, verdict_on_people),
        findings: findings(scenario, verdict, verdict_on_people, keys),
        wishes: verdict_on_people.wishes,
    })
}

fn person(scenario: &Scenario, table: &Timetable, id: PersonId, kpi: &PersonKpi) -> data::Person {
    let person = &scenario.staff.people[id];
    let crew = |duty| table.duties.partition_point(|crew| crew.duty < duty);
    let leave = scenario.staff.leave_of(id);
    let requests = scenario.staff.requests_of(id);
    data::Person {
        id: person.id.clone(),
        name: name(&person.name),
        tier: person.tier.index(),
        rank: person.rank.clone(),
        sworn: person.sworn,
        grade: match person.grade {
            Grade::Novice => "novice",
            Grade::Regular => "regular",
            Grade::Senior => "senior",
        },
        contract: person.contract_week.hours(),
        hours: kpi.hours,
        nights: kpi.nights,
        weekends: kpi.weekends,
        hard_beats: kpi.hard_beats,
        overtime: kpi.overtime_hours,
        longest_week: kpi.longest_week_hours,
        longest_run: kpi.longest_run,
        nights_in_a_row: kpi.nights_in_a_row,
        shortest_rest: kpi.shortest_rest_hours,
        before: (
            person.totals.work.hours(),
            person.totals.nights,
            person.totals.weekends,
            person.totals.hard_beats,
        ),
        leave: leave
            .map(|leave| (days_of(scenario, leave.span), &leave.kind))
            .filter(|(days, _)| !days.is_empty())
            .map(|(days, kind)| (days.start as i32, days.end as i32, kind.clone()))
            .collect(),
        requests: requests
            .map(|r| {
                let shift = r.shift.map_or(-1, |shift| shift.index() as i64);
                (r.day, shift, u8::from(r.on), r.weight)
            })
            .collect(),
        seats: table.people[id]
            .iter()
            .map(|stint| {
                let (from, to) = (stint.work.start.0, stint.work.end.0);
                (crew(stint.duty), from, to, u8::from(stint.night))
            })
            .collect(),
    }
}

fn crews(scenario: &Scenario, plan: &Plan, table: &Timetable, keys: &Keys<'_>) -> Vec<data::Crew> {
    // The positions of routes among those that the page shows.
    let known = plan.duties.iter().filter_map(|duty| {
        let unit = *keys.units.get(duty.unit.as_str())?;
        let shift = *keys.shifts.get(duty.shift.as_str())?;
        Some((unit, shift, duty.day))
    });
    let routes: BTreeMap<(usize, usize, i32), usize> =
        known.enumerate().map(|(i, key)| (key, i)).collect();
    let crew = |manned: &Manned| {
        let duty = &scenario.duties[manned.duty];
        let unit = &scenario.units[duty.unit];
        let (of, on) = (duty.unit.index(), duty.shift.index());
        let route = routes.get(&(of, on, duty.day));
        data::Crew {
            unit: of,
            shift: on,
            day: duty.day,
            duty: route.copied().filter(|_| manned.driven),
            needed: if manned.driven { unit.min_crew } else { 0 },
            seats: unit.seats,
            people: manned.people.iter().map(|id| id.index()).collect(),
        }
    };
    table.duties.iter().map(crew).collect()
}

fn fairness(scenario: &Scenario, verdict: &RosterVerdict) -> Vec<data::Shared> {
    let tiers = positions(scenario.tiers.iter().map(|tier| &tier.id));
    let share = |shares: &Shares| data::Share {
        least: shares.least,
        most: shares.most,
        gini: shares.gini,
    };
    let fair = verdict.fairness.iter().filter_map(|fair| {
        Some(data::Shared {
            tier: *tiers.get(fair.tier.as_str())?,
            hours: share(&fair.hours),
            nights: share(&fair.nights),
            weekends: share(&fair.weekends),
            hard_beats: share(&fair.hard_beats),
        })
    });
    fair.collect()
}

fn findings(
    scenario: &Scenario,
    verdict: &Verdict,
    on_people: &RosterVerdict,
    keys: &Keys<'_>,
) -> Vec<Finding> {
    let people = positions(scenario.staff.people.iter().map(|person| &person.id));
    let tiers = positions(scenario.tiers.iter().map(|tier| &tier.id));
    let placed = |place: &Place| {
        let find = |keys: &BTreeMap<&str, usize>, key: &Option<String>| {
            key.as_ref().and_then(|key| keys.get(key.as_str()).copied())
        };
        Finding {
            person: find(&people, &place.person),
            tier: find(&tiers, &place.tier),
            unit: find(&keys.units, &place.unit),
            shift: find(&keys.shifts, &place.shift),
            day: place.day,
            ..Finding::default()
        }
    };
    let of_roster = verdict.violations.iter().filter_map(|violation| {
        let word = violation.code.as_str().strip_prefix("R-")?;
        let kind = RuleKind::of(word);
        Some(Finding {
            rule: kind
                .map_or(violation.code.as_str(), RuleKind::word)
                .to_owned(),
            zh: kind.map_or("", RuleKind::zh),
            message: violation.message.clone(),
            amount: violation.amount.map(|amount| (amount.value, amount.unit)),
            ..placed(&violation.place)
        })
    });
    let wishes = on_people.broken_wishes.iter().map(|wish| Finding {
        rule: wish.rule.word().to_owned(),
        zh: wish.rule.zh(),
        message: wish.message.clone(),
        weight: Some(wish.weight),
        amount: Some((wish.amount.value, wish.amount.unit)),
        ..placed(&wish.place)
    });
    let mut findings: Vec<Finding> = of_roster.chain(wishes).collect();
    findings.sort_by_key(|f| (f.weight.is_some(), std::cmp::Reverse(f.weight), f.day));
    findings
}
