//! What a roster costs, by walking it day by day with nothing but the rules as they are
//! written: no automaton, no tables. The search's own figures are held against it.

use super::model::Contract;
use super::model::NEVER;
use super::model::OFF;
use super::model::Person;
use super::model::Problem;
use super::model::Roster;
use super::model::Run;

/// Cost of a whole roster, `None` when it breaks a rule that may never be broken.
pub fn cost(problem: &Problem, roster: &Roster) -> Option<i64> {
    let mut sum = seated(problem, roster);
    for (person, seats) in problem.people.iter().zip(roster) {
        sum += schedule(problem, person, seats)?;
    }
    Some(sum)
}

/// What it costs how many sit where.
fn seated(problem: &Problem, roster: &Roster) -> i64 {
    let mut counts = vec![0usize; problem.demands.len()];
    for seats in roster {
        for (day, &seat) in seats.iter().enumerate().filter(|(_, s)| **s != OFF) {
            counts[problem.at(day, seat as usize)] += 1;
        }
    }
    let pairs = problem.demands.iter().zip(counts);
    pairs.map(|(demand, n)| demand.cost(n)).sum()
}

/// Cost of one person's schedule, `None` when it breaks a rule that may never be broken.
pub fn schedule(problem: &Problem, person: &Person, seats: &[u16]) -> Option<i64> {
    let contract = &problem.contracts[person.contract as usize];
    let mut bill = Bill(Some(0));
    for (day, &seat) in seats.iter().enumerate() {
        match seat {
            OFF => bill.add(1, person.off[day]),
            seat => bill.add(1, person.seats[problem.at(day, seat as usize)]),
        }
    }
    let kinds: Vec<Option<u32>> = seats
        .iter()
        .map(|&s| (s != OFF).then(|| problem.seats[s as usize].kind))
        .collect();
    successions(problem, person, &kinds, &mut bill);
    runs(contract, person, &kinds, &mut bill);
    weekends(problem, contract, person, &kinds, &mut bill);
    totals(problem, contract, person, &kinds, &mut bill);
    bill.0
}

/// A sum of prices; `None` once something is owed that may never be.
struct Bill(Option<i64>);

impl Bill {
    fn add(&mut self, times: u64, price: i32) {
        if times > 0 {
            let owed = (price != NEVER).then(|| times as i64 * i64::from(price));
            self.0 = self.0.zip(owed).map(|(a, b)| a + b);
        }
    }
}

fn successions(problem: &Problem, person: &Person, kinds: &[Option<u32>], bill: &mut Bill) {
    let before = person.before.kind.filter(|_| person.before.work > 0);
    let mut last = before;
    for &kind in kinds {
        if let (Some(a), Some(b)) = (last, kind)
            && problem.kinds[a as usize].not_next.contains(&b)
        {
            bill.add(1, NEVER);
        }
        last = kind;
    }
}

fn runs(contract: &Contract, person: &Person, kinds: &[Option<u32>], bill: &mut Bill) {
    let before = &person.before;
    let works = |k: &Option<u32>| k.is_some();
    run(contract.work, kinds, works, before.work, before.open, bill);
    run(
        contract.off,
        kinds,
        |k| k.is_none(),
        before.off,
        before.open,
        bill,
    );
    for (kind, &rule) in (0u32..).zip(&contract.same) {
        let was = before.kind == Some(kind) && before.work > 0;
        let same = if was { before.same } else { 0 };
        run(rule, kinds, |k| *k == Some(kind), same, before.open, bill);
    }
}

/// Prices of all runs of days that are `inside`; `before` such days came before the first.
fn run(
    rule: Run,
    kinds: &[Option<u32>],
    inside: impl Fn(&Option<u32>) -> bool,
    before: u32,
    open: bool,
    bill: &mut Bill,
) {
    let mut length = before;
    let mut touches = open;
    for kind in kinds {
        if inside(kind) {
            length += 1;
            bill.add(u64::from(length > rule.max), rule.long);
        } else {
            if length > 0 && !touches {
                bill.add(u64::from(rule.min.saturating_sub(length)), rule.short);
            }
            length = 0;
            touches = false;
        }
    }
}

fn weekends(
    problem: &Problem,
    contract: &Contract,
    person: &Person,
    kinds: &[Option<u32>],
    bill: &mut Bill,
) {
    let mut worked = person.before.weekends;
    for (day, kind) in kinds.iter().enumerate() {
        let saturday = match day.checked_sub(1) {
            Some(before) => kinds[before].is_some(),
            None => person.before.work > 0,
        };
        match problem.weekday(day) {
            5 => worked += u32::from(kind.is_some()),
            6 => {
                worked += u32::from(kind.is_some() && !saturday);
                bill.add(u64::from(kind.is_some() != saturday), contract.half_weekend);
            }
            _ => {}
        }
    }
    let extra = worked.saturating_sub(person.weekends);
    bill.add(u64::from(extra), contract.extra_weekend);
}

fn totals(
    problem: &Problem,
    contract: &Contract,
    person: &Person,
    kinds: &[Option<u32>],
    bill: &mut Bill,
) {
    let mut load = person.before.load;
    let mut times = vec![0; problem.kinds.len()];
    for &kind in kinds.iter().flatten() {
        load += problem.kinds[kind as usize].load;
        times[kind as usize] += 1;
    }
    let (least, most) = person.load;
    bill.add(u64::from(least.saturating_sub(load)), contract.underload);
    bill.add(u64::from(load.saturating_sub(most)), contract.overload);
    let over = times.iter().zip(&person.most).any(|(n, most)| n > most);
    bill.add(u64::from(over), NEVER);
}
