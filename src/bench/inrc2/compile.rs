//! An instance as a roster problem: a seat is a shift in a skill, and a load of 1 is a shift.

use super::Instance;
use super::WEEK;
use super::history::Past;
use super::scenario;
use super::scenario::Scenario;
use crate::roster::model::Before;
use crate::roster::model::Contract;
use crate::roster::model::Demand;
use crate::roster::model::Kind;
use crate::roster::model::NEVER;
use crate::roster::model::Person;
use crate::roster::model::Problem;
use crate::roster::model::Run;
use crate::roster::model::Seat;

/// Price of each nurse below the fewest (H2): far above what any sensible roster costs. A price
/// and no prohibition, since the search may have to pass through such rosters; what it proves
/// of them holds for those within the rules all the more.
const MISSING: u32 = 10_000;
/// Price of each nurse below the best number (S1).
const SHORT_OF_BEST: u32 = 30;
/// Price of each day that a run of one shift is too short or too long (S2).
const SAME: i32 = 15;
/// Price of each day that a run of work is too short or too long (S2).
const WORK: i32 = 30;
/// Price of each day that a run of days off is too short or too long (S3).
const OFF: i32 = 30;
/// Price of a shift that was to be off (S4).
const REQUEST: i32 = 10;
/// Price of half a weekend (S5).
const HALF_WEEKEND: i32 = 30;
/// Price of each shift too few or too many (S6).
const TOTAL: i32 = 20;
/// Price of each weekend too many (S7).
const WEEKEND: i32 = 30;

/// Shift and skill of a seat.
pub(super) fn seat(seat: usize, skills: usize) -> (usize, usize) {
    (seat / skills, seat % skills)
}

pub(super) fn compile(instance: &Instance) -> Problem {
    let scenario = &instance.scenario;
    let skills = scenario.skills.len();
    let seats = 0..scenario.shifts.len() * skills;
    Problem {
        days: instance.days() as u32,
        weekday: 0,
        kinds: scenario.shifts.iter().map(kind).collect(),
        seats: seats
            .map(|s| Seat {
                kind: seat(s, skills).0 as u32,
            })
            .collect(),
        demands: demands(instance),
        contracts: scenario
            .contracts
            .iter()
            .map(|c| contract(scenario, c))
            .collect(),
        people: (0..scenario.nurses.len())
            .map(|n| person(instance, n))
            .collect(),
    }
}

fn kind(shift: &scenario::Shift) -> Kind {
    Kind {
        load: 1,
        not_next: shift.not_next.iter().map(|&k| k as u32).collect(),
    }
}

fn demands(instance: &Instance) -> Vec<Demand> {
    let skills = instance.scenario.skills.len();
    let seats = instance.scenario.shifts.len() * skills;
    let mut demands = vec![Demand::default(); instance.days() * seats];
    for (w, week) in instance.weeks.iter().enumerate() {
        for need in &week.needs {
            for (d, &(least, best)) in need.days.iter().enumerate() {
                let day = w * WEEK + d;
                demands[day * seats + need.shift * skills + need.skill] = demand(least, best);
            }
        }
    }
    demands
}

fn demand(least: u32, best: u32) -> Demand {
    let mut steps = vec![-((MISSING + SHORT_OF_BEST) as i32); least as usize];
    steps.resize(best as usize, -(SHORT_OF_BEST as i32));
    // Nobody pays for more.
    steps.push(0);
    Demand {
        none: (least * MISSING + best * SHORT_OF_BEST) as i32,
        steps,
    }
}

fn contract(scenario: &Scenario, contract: &scenario::Contract) -> Contract {
    let run = |(min, max): (u32, u32), price: i32| Run {
        min,
        max,
        short: price,
        long: price,
    };
    Contract {
        work: run(contract.work, WORK),
        off: run(contract.off, OFF),
        same: scenario.shifts.iter().map(|s| run(s.run, SAME)).collect(),
        half_weekend: if contract.whole_weekends {
            HALF_WEEKEND
        } else {
            0
        },
        extra_weekend: WEEKEND,
        underload: TOTAL,
        overload: TOTAL,
    }
}

fn person(instance: &Instance, n: usize) -> Person {
    let scenario = &instance.scenario;
    let nurse = &scenario.nurses[n];
    let contract = &scenario.contracts[nurse.contract];
    let skills = scenario.skills.len();
    let seats = scenario.shifts.len() * skills;
    let able = |seat: usize| nurse.skills.contains(&self::seat(seat, skills).1);
    let day = (0..seats).map(|s| if able(s) { 0 } else { NEVER });
    let day: Vec<i32> = day.collect();
    let mut prices = day.repeat(instance.days());
    for (w, week) in instance.weeks.iter().enumerate() {
        for request in week.requests.iter().filter(|r| r.nurse == n) {
            let day = w * WEEK + request.day;
            let seats = prices[day * seats..][..seats].iter_mut().enumerate();
            let asked = |s: usize| request.shift.is_none_or(|k| k == self::seat(s, skills).0);
            let priced = seats.filter(|(s, price)| asked(*s) && **price != NEVER);
            priced.for_each(|(_, price)| *price += REQUEST);
        }
    }
    Person {
        contract: nurse.contract as u32,
        seats: prices,
        off: vec![0; instance.days()],
        most: vec![instance.days() as u32; scenario.shifts.len()],
        load: contract.total,
        weekends: contract.weekends,
        before: before(&instance.past[n]),
    }
}

fn before(past: &Past) -> Before {
    Before {
        kind: past.last.map(|k| k as u32),
        same: past.same,
        work: past.work,
        off: past.off,
        open: false,
        load: past.total,
        weekends: past.weekends,
    }
}
