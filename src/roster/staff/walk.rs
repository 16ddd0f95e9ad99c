//! What one person's schedule costs by their own rules, walked from day to day.

use super::cost::Bill;
use super::cost::Cost;
use super::instance::Instance;
use super::instance::OFF;
use super::rules::Today;
use super::rules::Watched;
use super::rules::Work;

/// What a schedule comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Cost by the person's own rules.
    pub cost: Cost,
    /// The four loads.
    pub loads: [i64; 4],
}

impl Instance {
    /// Walks a row; `None` where duties overlap.
    pub fn walk(&self, person: usize, row: &[u32], state: &mut Vec<i32>) -> Option<Walked> {
        let someone = &self.people[person];
        let mut cost = Cost::ZERO;
        let mut free = someone.free;
        state.clear();
        state.extend_from_slice(&someone.start);
        for (day, &duty) in row.iter().enumerate() {
            let (kind, works): (usize, &[Work]) = match duty {
                OFF => (someone.works[day].len(), &[]),
                duty => {
                    let work = self.work(person, duty)?;
                    if work.begin < free {
                        return None;
                    }
                    free = work.end;
                    let kind = self.duties[duty as usize].kind;
                    (kind, std::slice::from_ref(work))
                }
            };
            cost += someone.fixed[day][kind];
            let today = Today {
                day: day as i32,
                works,
                later: someone.later[day],
            };
            cost += self.step(person, &today, state);
        }
        cost += self.finish(person, state);
        Some(Walked {
            cost,
            loads: self.loads(person, state),
        })
    }

    /// A day passes for the rules that remember something.
    pub(super) fn step(&self, person: usize, today: &Today<'_>, state: &mut [i32]) -> Cost {
        let mut cost = Cost::ZERO;
        for rule in &self.people[person].rules {
            let mut bill = Bill::default();
            rule.watch.day(today, &mut state[rule.slots()], &mut bill);
            cost += rule.priced.unit * bill.units;
        }
        cost
    }

    /// The horizon ends.
    pub(super) fn finish(&self, person: usize, state: &[i32]) -> Cost {
        let rules = self.people[person].rules.iter();
        let billed = rules.map(|rule| {
            let mut bill = Bill::default();
            rule.watch.end(&state[rule.slots()], &mut bill);
            rule.priced.unit * bill.units
        });
        billed.sum()
    }

    /// What the end will cost if things go on like this, roughly.
    pub(super) fn outlook(&self, person: usize, day: usize, state: &[i32]) -> Cost {
        let rules = self.people[person].rules.iter();
        let guessed = rules.map(|rule| {
            let mut bill = Bill::default();
            let slots = rule.slots();
            rule.watch.outlook(day as i32, &state[slots], &mut bill);
            rule.priced.unit * bill.units
        });
        guessed.sum()
    }

    /// The four loads in a state.
    pub(super) fn loads(&self, person: usize, state: &[i32]) -> [i64; 4] {
        let at = self.people[person].loads;
        [0, 1, 2, 3].map(|k| i64::from(state[at + k]))
    }

    /// Each rule that a row breaks, with the day on which it shows and by how much: a run that is too
    /// long on its last day.
    pub fn broken_by(&self, person: usize, row: &[u32]) -> Vec<(usize, &Watched, Bill)> {
        let someone = &self.people[person];
        let mut state = someone.start.clone();
        let mut broken: Vec<(usize, &Watched, Bill)> = Vec::new();
        for (day, &duty) in row.iter().enumerate() {
            let work = match duty {
                OFF => None,
                duty => self.work(person, duty),
            };
            let today = Today {
                day: day as i32,
                works: work.as_slice_of(),
                later: someone.later[day],
            };
            for rule in someone.rules.iter().chain(&someone.plain) {
                let mut bill = Bill::default();
                let slots = rule.slots();
                rule.watch.day(&today, &mut state[slots], &mut bill);
                if bill == Bill::default() {
                    continue;
                }
                let run = broken.iter_mut().rfind(|(before, other, _)| {
                    rule.priced.adds_up() && std::ptr::eq(*other, rule) && *before + 1 == day
                });
                match run {
                    Some((until, _, sum)) => {
                        *until = day;
                        sum.units += bill.units;
                        sum.amount += bill.amount;
                    }
                    None => broken.push((day - rule.watch.late().min(day), rule, bill)),
                }
            }
        }
        for rule in &someone.rules {
            let mut bill = Bill::default();
            rule.watch.end(&state[rule.slots()], &mut bill);
            broken.push((row.len().max(1) - 1, rule, bill));
        }
        broken.retain(|(_, _, bill)| bill.units > 0 || bill.amount > 0);
        broken
    }
}

/// One work, or none, as a list.
trait AsList {
    fn as_slice_of(&self) -> &[Work];
}

impl AsList for Option<&Work> {
    fn as_slice_of(&self) -> &[Work] {
        match self {
            Some(work) => std::slice::from_ref(*work),
            None => &[],
        }
    }
}
