//! Small random problems that use every rule, for tests that know the answer by brute force.

use super::cost;
use super::model::Before;
use super::model::Contract;
use super::model::Demand;
use super::model::Kind;
use super::model::NEVER;
use super::model::OFF;
use super::model::Person;
use super::model::Problem;
use super::model::Run;
use super::model::Seat;
use crate::rng::Rng;

/// A problem of a few days, kinds and people; some people may have no schedule at all.
pub fn random_problem(rng: &mut Rng) -> Problem {
    let days = 3 + rng.below(3) as u32;
    let kinds = 1 + rng.below(3);
    let loads = [8, 8, 12, 10];
    let kind = |rng: &mut Rng| Kind {
        load: *rng.pick(&loads).expect("some"),
        not_next: (0..kinds as u32).filter(|_| rng.chance(0.25)).collect(),
    };
    let kinds: Vec<Kind> = (0..kinds).map(|_| kind(rng)).collect();
    let mut seats: Vec<Seat> = (0..kinds.len() as u32).map(|kind| Seat { kind }).collect();
    if seats.len() < 3 && rng.chance(0.4) {
        seats.push(Seat {
            kind: rng.below(kinds.len()) as u32,
        });
    }
    let contracts: Vec<Contract> = (0..2).map(|_| random_contract(rng, kinds.len())).collect();
    let cells = days as usize * seats.len();
    let person = |rng: &mut Rng| {
        let price = |rng: &mut Rng, never: f64| match rng.chance(never) {
            true => NEVER,
            false => rng.between(-6, 9) as i32,
        };
        let kind = rng.chance(0.4).then(|| rng.below(kinds.len()) as u32);
        let work = kind.map_or(0, |_| 1 + rng.below(5) as u32);
        let least = rng.below(4) as u32 * 8;
        Person {
            contract: rng.below(2) as u32,
            seats: (0..cells).map(|_| price(rng, 0.15)).collect(),
            off: (0..days).map(|_| price(rng, 0.08)).collect(),
            most: kinds.iter().map(|_| rng.below(4) as u32).collect(),
            load: (least, least + rng.below(4) as u32 * 6),
            weekends: rng.below(3) as u32,
            before: Before {
                same: kind.map_or(0, |_| 1 + rng.below(work as usize) as u32),
                off: if kind.is_some() {
                    0
                } else {
                    rng.below(4) as u32
                },
                kind,
                work,
                open: rng.chance(0.3),
                load: rng.below(2) as u32 * 8,
                weekends: rng.below(2) as u32,
            },
        }
    };
    let demand = |rng: &mut Rng| {
        let mut step = -(rng.below(30) as i32);
        let many = 1 + rng.below(3);
        let steps = (0..many).map(|_| {
            step += rng.below(20) as i32;
            step
        });
        let steps = steps.collect();
        Demand {
            none: rng.below(50) as i32,
            steps,
        }
    };
    let people = 2 + rng.below(2);
    Problem {
        days,
        weekday: rng.below(7) as u32,
        demands: (0..cells).map(|_| demand(rng)).collect(),
        people: (0..people).map(|_| person(rng)).collect(),
        kinds,
        seats,
        contracts,
    }
}

/// The same for so many days, with one seat, and limits that leave room: for windows in which
/// there is more than one weekend.
pub fn stretched(problem: &Problem, days: u32) -> Problem {
    let mut long = problem.clone();
    let width = problem.seats.len();
    let cycle = |of: usize| (0..days as usize).map(move |d| d % of);
    let each = problem.days as usize;
    long.days = days;
    long.seats.truncate(1);
    long.demands = cycle(each)
        .map(|d| problem.demands[d * width].clone())
        .collect();
    for person in &mut long.people {
        person.seats = cycle(each).map(|d| person.seats[d * width]).collect();
        person.off = cycle(each).map(|d| person.off[d]).collect();
        person.most.iter_mut().for_each(|m| *m += days / 2);
        person.load.1 += days * 4;
    }
    long
}

/// The same at so many times the prices.
pub fn dearer(problem: &Problem, times: i32) -> Problem {
    let mut dear = problem.clone();
    let raise = |price: &mut i32| {
        if *price != NEVER {
            *price *= times;
        }
    };
    for demand in &mut dear.demands {
        demand.none *= times;
        demand.steps.iter_mut().for_each(raise);
    }
    for contract in &mut dear.contracts {
        let runs = [&mut contract.work, &mut contract.off].into_iter();
        for run in runs.chain(&mut contract.same) {
            raise(&mut run.short);
            raise(&mut run.long);
        }
        raise(&mut contract.half_weekend);
        raise(&mut contract.extra_weekend);
        raise(&mut contract.underload);
        raise(&mut contract.overload);
    }
    for person in &mut dear.people {
        person.seats.iter_mut().for_each(raise);
        person.off.iter_mut().for_each(raise);
    }
    dear
}

/// All schedules that agree with `fixed` outside the window.
pub fn all(problem: &Problem, fixed: &[u16], from: usize, to: usize) -> Vec<Vec<u16>> {
    let mut all = vec![fixed.to_vec()];
    for day in from..to {
        let seats = (0..problem.seats.len() as u16).chain([OFF]);
        let grown = all.iter().flat_map(|schedule| {
            seats.clone().map(move |seat| {
                let mut next = schedule.clone();
                next[day] = seat;
                next
            })
        });
        all = grown.collect();
    }
    all
}

/// Every schedule of a person within the rules, with its cost.
pub fn schedules(problem: &Problem, person: &Person) -> Vec<(Vec<u16>, i64)> {
    let days = problem.days as usize;
    let all = all(problem, &vec![OFF; days], 0, days).into_iter();
    let priced = all.filter_map(|seats| {
        let cost = cost::schedule(problem, person, &seats)?;
        Some((seats, cost))
    });
    priced.collect()
}

fn random_contract(rng: &mut Rng, kinds: usize) -> Contract {
    let price = |rng: &mut Rng| match rng.below(3) {
        0 => NEVER,
        1 => 0,
        _ => rng.below(12) as i32,
    };
    let run = |rng: &mut Rng| {
        let min = rng.below(4) as u32;
        Run {
            min,
            max: min.max(1) + rng.below(3) as u32,
            short: price(rng),
            long: price(rng),
        }
    };
    Contract {
        work: run(rng),
        off: run(rng),
        same: match rng.chance(0.5) {
            true => (0..kinds).map(|_| run(rng)).collect(),
            false => Vec::new(),
        },
        half_weekend: price(rng),
        extra_weekend: price(rng),
        underload: price(rng),
        overload: price(rng),
    }
}
