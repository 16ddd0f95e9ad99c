//! A problem made ready for the search: automata of its contracts, and each person's share of
//! the rules in the search's own units.

use super::automaton::Automaton;
use super::automaton::DAY_OFF;
use super::model::Before;
use super::model::NEVER;
use super::model::OFF;
use super::model::Person;
use super::model::Problem;

/// A problem with its rules compiled.
#[derive(Clone, Debug)]
pub struct Rules<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// One automaton per contract.
    pub automata: Vec<Automaton>,
    /// One per person.
    pub people: Vec<Shape>,
    /// Seats of each letter, by contract and letter.
    pub seats: Vec<Vec<Vec<u16>>>,
    /// Load that one level stands for: the greatest that divides the load of every kind.
    pub unit: u32,
    /// Levels that each kind adds.
    pub steps: Vec<u32>,
    /// What the cost of every roster is a multiple of.
    pub grain: i64,
}

/// A person's share of the rules.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The automaton, by contract.
    pub contract: usize,
    /// State before the first day.
    pub start: u16,
    /// Kinds whose limit could ever be passed.
    pub limited: Vec<u32>,
}

impl<'a> Rules<'a> {
    /// Compiles the rules of a problem.
    pub fn new(problem: &'a Problem) -> Self {
        let mut automata = Vec::new();
        let mut seats = Vec::new();
        let mut starts: Vec<Vec<Before>> = Vec::new();
        for (c, contract) in (0u32..).zip(&problem.contracts) {
            let people = problem.people.iter().filter(|p| p.contract == c);
            let mut begins: Vec<Before> = Vec::new();
            for person in people {
                let before = reduced(&person.before);
                if !begins.contains(&before) {
                    begins.push(before);
                }
            }
            let automaton = Automaton::new(&problem.kinds, contract, &begins, problem.days);
            let mut by_letter = vec![Vec::new(); automaton.letters.len()];
            for (s, seat) in problem.seats.iter().enumerate() {
                let letter = automaton.letter[seat.kind as usize];
                by_letter[letter as usize].push(s as u16);
            }
            seats.push(by_letter);
            automata.push(automaton);
            starts.push(begins);
        }
        let loads = problem.kinds.iter().map(|k| k.load);
        let unit = loads.fold(0, gcd).max(1);
        let shape = |person: &Person| {
            let contract = person.contract as usize;
            let before = reduced(&person.before);
            let begin = starts[contract].iter().position(|b| *b == before);
            Shape {
                contract,
                start: automata[contract].starts[begin.unwrap_or(0)],
                limited: limited(problem, person),
            }
        };
        Self {
            people: problem.people.iter().map(shape).collect(),
            steps: problem.kinds.iter().map(|k| k.load / unit).collect(),
            grain: i64::from(grain(problem)),
            problem,
            automata,
            seats,
            unit,
        }
    }

    /// The automaton of a person.
    #[inline]
    pub fn automaton(&self, person: usize) -> &Automaton {
        &self.automata[self.people[person].contract]
    }

    /// The letter of a seat, or of a day off.
    #[inline]
    pub fn letter(&self, person: usize, seat: u16) -> u16 {
        match seat {
            OFF => DAY_OFF,
            _ => self.automaton(person).letter[self.problem.seats[seat as usize].kind as usize],
        }
    }
}

/// What came before, without what the automaton does not look at.
fn reduced(before: &Before) -> Before {
    Before {
        load: 0,
        weekends: 0,
        ..before.clone()
    }
}

/// Kinds that a person could work more often than is allowed, were nobody to look.
fn limited(problem: &Problem, person: &Person) -> Vec<u32> {
    let contract = &problem.contracts[person.contract as usize];
    let mut limited = Vec::new();
    for (k, kind) in (0u32..).zip(&problem.kinds) {
        let Some(&most) = person.most.get(k as usize) else {
            continue;
        };
        let mut possible = problem.days;
        if contract.overload == NEVER && kind.load > 0 {
            let left = person.load.1.saturating_sub(person.before.load);
            possible = possible.min(left / kind.load);
        }
        let seats = problem.seats.iter().cycle().zip(&person.seats);
        let mut of_kind = seats.filter(|(seat, _)| seat.kind == k);
        if most < possible && of_kind.any(|(_, price)| *price != NEVER) {
            limited.push(k);
        }
    }
    limited
}

/// What all prices are multiples of.
fn grain(problem: &Problem) -> u32 {
    let mut grain = 0;
    let mut add = |price: i32| {
        if price != NEVER {
            grain = gcd(grain, price.unsigned_abs());
        }
    };
    for contract in &problem.contracts {
        for run in [&contract.work, &contract.off]
            .into_iter()
            .chain(&contract.same)
        {
            add(run.short);
            add(run.long);
        }
        add(contract.half_weekend);
        add(contract.extra_weekend);
        add(contract.underload);
        add(contract.overload);
    }
    for person in &problem.people {
        person.seats.iter().chain(&person.off).for_each(|&p| add(p));
    }
    for demand in &problem.demands {
        add(demand.none);
        demand.steps.iter().for_each(|&s| add(s));
    }
    grain.max(1)
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
