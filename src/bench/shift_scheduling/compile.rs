//! The file as a roster problem: seats are the kinds of shift, and rules that may not be broken
//! are priced [`NEVER`].

use std::collections::BTreeMap;

use super::Person;
use super::Problem;
use crate::roster::model;
use crate::roster::model::Before;
use crate::roster::model::Contract;
use crate::roster::model::Demand;
use crate::roster::model::Kind;
use crate::roster::model::NEVER;
use crate::roster::model::Run;
use crate::roster::model::Seat;

/// Kind of shift and skill of a seat.
pub(super) fn seat(seat: usize) -> (usize, usize) {
    (seat, 0)
}

pub(super) fn compile(file: &Problem) -> model::Problem {
    let mut contracts = Contracts::default();
    let people = file.people.iter().enumerate();
    let people = people.map(|(p, person)| model::Person {
        contract: contracts.of(person),
        ..compiled(file, p, person)
    });
    model::Problem {
        days: file.days,
        weekday: 0,
        people: people.collect(),
        kinds: kinds(file),
        seats: (0..file.shifts.len() as u32)
            .map(|kind| Seat { kind })
            .collect(),
        demands: demands(file),
        contracts: contracts.list,
    }
}

fn kinds(file: &Problem) -> Vec<Kind> {
    let kind = |shift: &super::Shift| Kind {
        load: shift.minutes,
        not_next: shift.not_next.iter().map(|&k| k as u32).collect(),
    };
    file.shifts.iter().map(kind).collect()
}

/// Prices of cover; a day and shift that the file does not name costs nothing.
fn demands(file: &Problem) -> Vec<Demand> {
    let kinds = file.shifts.len();
    let mut demands = vec![Demand::default(); file.days as usize * kinds];
    for cover in &file.cover {
        let mut steps = vec![-(cover.under as i32); cover.wanted as usize];
        steps.push(cover.over as i32);
        demands[cover.day * kinds + cover.shift] = Demand {
            none: (cover.wanted * cover.under) as i32,
            steps,
        };
    }
    demands
}

/// Contracts of people, each once.
#[derive(Debug, Default)]
struct Contracts {
    list: Vec<Contract>,
    places: BTreeMap<(u32, u32, u32), u32>,
}

impl Contracts {
    fn of(&mut self, person: &Person) -> u32 {
        let next = self.list.len() as u32;
        let rules = (person.shortest, person.longest, person.rest);
        let place = *self.places.entry(rules).or_insert(next);
        if place == next {
            self.list.push(contract(person));
        }
        place
    }
}

fn contract(person: &Person) -> Contract {
    Contract {
        work: Run {
            min: person.shortest,
            max: person.longest,
            short: NEVER,
            long: NEVER,
        },
        off: Run {
            min: person.rest,
            short: NEVER,
            ..Run::default()
        },
        extra_weekend: NEVER,
        underload: NEVER,
        overload: NEVER,
        ..Contract::default()
    }
}

/// A person, without the contract.
fn compiled(file: &Problem, p: usize, person: &Person) -> model::Person {
    let (days, kinds) = (file.days as usize, file.shifts.len());
    let (mut seats, mut off) = (vec![0; days * kinds], vec![0; days]);
    for wish in file.off.iter().filter(|w| w.person == p) {
        seats[wish.day * kinds + wish.shift] += wish.weight as i32;
    }
    // A wish to work costs whatever else is done that day.
    for wish in file.on.iter().filter(|w| w.person == p) {
        off[wish.day] += wish.weight as i32;
        for kind in (0..kinds).filter(|&k| k != wish.shift) {
            seats[wish.day * kinds + kind] += wish.weight as i32;
        }
    }
    for &day in &person.days_off {
        seats[day * kinds..][..kinds].fill(NEVER);
    }
    // Whoever may work no shift of a kind is never asked to: nothing needs to be counted.
    for kind in (0..kinds).filter(|&k| person.most[k] == 0) {
        let all = seats.iter_mut().skip(kind).step_by(kinds);
        all.for_each(|price| *price = NEVER);
    }
    model::Person {
        contract: 0,
        seats,
        off,
        most: person.most.clone(),
        load: (person.least_minutes, person.most_minutes),
        weekends: person.weekends,
        // Off long enough, so that work from the first day on ends no run too short.
        before: Before {
            off: person.rest.max(1),
            open: true,
            ..Before::default()
        },
    }
}
