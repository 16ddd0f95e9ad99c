//! A roster under way: who sits where, how many sit there, and what it costs.

use super::best;
use super::best::Ask;
use super::best::Scratch;
use super::cost;
use super::model::NEVER;
use super::model::OFF;
use super::model::Roster;
use super::rules::Rules;
use crate::rng::Rng;

/// A roster with its counts and costs. A person may be out: then all days read off, and
/// nothing is charged for the schedule.
#[derive(Clone, Debug)]
pub struct State<'a> {
    /// The rules.
    pub rules: &'a Rules<'a>,
    /// Seats by person and day.
    pub roster: Roster,
    /// People by day and seat.
    pub counts: Vec<u16>,
    /// Cost of each schedule.
    pub costs: Vec<i64>,
    /// Cost of everything.
    pub total: i64,
}

impl<'a> State<'a> {
    /// Everybody out.
    pub fn empty(rules: &'a Rules<'a>) -> Self {
        let problem = rules.problem;
        Self {
            roster: vec![vec![OFF; problem.days as usize]; problem.people.len()],
            counts: vec![0; problem.demands.len()],
            costs: vec![0; problem.people.len()],
            total: problem.demands.iter().map(|d| i64::from(d.none)).sum(),
            rules,
        }
    }

    /// Takes the schedules of a roster within the rules instead of its own.
    pub fn settle(&mut self, roster: &Roster) {
        for person in 0..roster.len() {
            self.take(person);
        }
        for (person, seats) in roster.iter().enumerate() {
            let put = self.put(person, seats);
            assert!(put, "a roster within the rules");
        }
    }

    /// Puts a person out.
    pub fn take(&mut self, person: usize) {
        let problem = self.rules.problem;
        for (day, seat) in self.roster[person].iter_mut().enumerate() {
            if *seat != OFF {
                let at = problem.at(day, *seat as usize);
                self.counts[at] -= 1;
                self.total -= i64::from(problem.demands[at].step(self.counts[at] as usize));
                *seat = OFF;
            }
        }
        self.total -= self.costs[person];
        self.costs[person] = 0;
    }

    /// Seats a person who is off on a day, and counts it.
    pub fn sit(&mut self, person: usize, day: usize, seat: u16) {
        let problem = self.rules.problem;
        let at = problem.at(day, seat as usize);
        self.total += i64::from(problem.demands[at].step(self.counts[at] as usize));
        self.counts[at] += 1;
        self.roster[person][day] = seat;
    }

    /// Gives a person who is out a schedule, whatever it costs. False when it breaks a rule
    /// that may never be broken; then the person stays out.
    pub fn put(&mut self, person: usize, seats: &[u16]) -> bool {
        let problem = self.rules.problem;
        let cost = cost::schedule(problem, &problem.people[person], seats);
        if let Some(cost) = cost {
            self.give(person, seats, cost);
        }
        cost.is_some()
    }

    /// Gives a person who is out a schedule that costs `cost` by itself.
    pub fn give(&mut self, person: usize, seats: &[u16], cost: i64) {
        let problem = self.rules.problem;
        for (day, &seat) in seats.iter().enumerate().filter(|(_, s)| **s != OFF) {
            self.sit(person, day, seat);
        }
        self.costs[person] = cost;
        self.total += cost;
        debug_assert_eq!(
            Some(cost),
            cost::schedule(problem, &problem.people[person], seats),
            "the cost of a schedule"
        );
    }
}

/// What a worker needs to find best schedules.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Scratch of the exact search.
    pub scratch: Scratch,
    seats: Vec<i32>,
    schedule: Vec<u16>,
}

impl Desk {
    /// Gives a person who is out the best schedule against the others, days outside the
    /// window as in `fixed`. False when there is none; then the person stays out.
    pub fn place(
        &mut self,
        state: &mut State<'_>,
        person: usize,
        window: (usize, usize),
        fixed: &[u16],
        draw: Option<&mut Rng>,
    ) -> bool {
        let rules = state.rules;
        let problem = rules.problem;
        let who = &problem.people[person];
        let width = problem.seats.len();
        let (from, to) = window;
        self.seats.clear();
        self.seats.extend_from_slice(&who.seats);
        let cells = from * width..to * width;
        let counts = state.counts[cells.clone()].iter();
        let demands = problem.demands[cells.clone()].iter();
        for ((price, &n), demand) in self.seats[cells].iter_mut().zip(counts).zip(demands) {
            if *price != NEVER {
                *price += demand.step(n as usize);
            }
        }
        let ask = Ask {
            person,
            from,
            to,
            seats: &self.seats,
            off: &who.off,
            scale: 1,
            fixed,
        };
        if best::best(rules, &mut self.scratch, ask, draw).is_none() {
            return false;
        }
        self.schedule.clear();
        self.schedule.extend_from_slice(fixed);
        self.schedule[from..to].copy_from_slice(&self.scratch.found);
        state.put(person, &self.schedule)
    }
}
