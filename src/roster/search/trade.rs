//! Small steps: two people exchange some days, or a few days of one person change.

use super::island::Island;
use crate::rng::Rng;
use crate::roster::cost;
use crate::roster::model::NEVER;
use crate::roster::model::OFF;
use crate::roster::state::State;

/// Most days that are exchanged.
const EXCHANGED: usize = 14;
/// Most days that change.
const CHANGED: usize = 4;
/// Work of a day of a schedule that is priced, in values looked at.
const WORK: u64 = 60;

/// One small step, kept if the roster gets better or the temperature lets it pass.
pub(super) fn trade(island: &mut Island<'_>, temperature: f64) {
    island.desk.scratch.work += WORK;
    match island.state.roster.len() > 1 && island.rng.below(2) == 0 {
        true => exchange(island, temperature),
        false => change(island, temperature),
    }
}

/// Two people exchange the seats of some days: as many sit everywhere as before.
fn exchange(island: &mut Island<'_>, temperature: f64) {
    let state = &island.state;
    let all = state.roster.len();
    let one = island.rng.below(all);
    let other = (one + 1 + island.rng.below(all - 1)) % all;
    let (from, to) = window(state, EXCHANGED, &mut island.rng);
    let [first, second] = [one, other].map(|person| &state.roster[person]);
    if first[from..to] == second[from..to] {
        return;
    }
    let (mut first, mut second) = (first.clone(), second.clone());
    first[from..to].swap_with_slice(&mut second[from..to]);
    let rows = [(one, first), (other, second)];
    attempt(island, &rows, (from, to), 0, temperature);
}

/// A person sits on one seat, or is off, for some days.
fn change(island: &mut Island<'_>, temperature: f64) {
    let state = &island.state;
    let person = island.rng.below(state.roster.len());
    let (from, to) = window(state, CHANGED, &mut island.rng);
    let width = state.rules.problem.seats.len();
    let seat = match island.rng.below(width + 1) {
        drawn if drawn == width => OFF,
        drawn => drawn as u16,
    };
    let row = &state.roster[person];
    if row[from..to].iter().all(|s| *s == seat) {
        return;
    }
    let mut row = row.clone();
    row[from..to].fill(seat);
    let seats = moved(state, person, seat, (from, to));
    attempt(island, &[(person, row)], (from, to), seats, temperature);
}

/// Gives some people rows that are new on some days, if the roster gets better or the temperature
/// lets it pass; `seats` is what it adds for how many sit where.
fn attempt<const N: usize>(
    island: &mut Island<'_>,
    rows: &[(usize, Vec<u16>); N],
    window: (usize, usize),
    seats: i64,
    temperature: f64,
) {
    let mut costs = [0; N];
    let mut worse = seats;
    for ((person, row), cost) in rows.iter().zip(&mut costs) {
        let Some(own) = own(island, *person, row, window) else {
            return;
        };
        *cost = own;
        worse += own - island.state.costs[*person];
    }
    if !island.passes(worse, temperature) {
        return;
    }
    let state = &mut island.state;
    let before = state.total;
    for (person, _) in rows {
        state.take(*person);
    }
    for ((person, row), cost) in rows.iter().zip(costs) {
        state.give(*person, row, cost);
    }
    debug_assert_eq!(state.total, before + worse, "the cost of a small step");
}

/// What it adds for how many sit where if a person sits on one seat for some days.
fn moved(state: &State<'_>, person: usize, seat: u16, (from, to): (usize, usize)) -> i64 {
    let problem = state.rules.problem;
    let step = |day, seat: u16, others: u16| {
        let at = problem.at(day, seat as usize);
        problem.demands[at].step(usize::from(state.counts[at] - others))
    };
    let mut sum = 0;
    for day in from..to {
        let was = state.roster[person][day];
        if was == seat {
            continue;
        }
        if was != OFF {
            sum -= i64::from(step(day, was, 1));
        }
        if seat != OFF {
            sum += i64::from(step(day, seat, 0));
        }
    }
    sum
}

/// What a schedule costs that is new on some days, `None` when it breaks a rule that may never be
/// broken.
fn own(
    island: &mut Island<'_>,
    person: usize,
    seats: &[u16],
    (from, to): (usize, usize),
) -> Option<i64> {
    let problem = island.state.rules.problem;
    let who = &problem.people[person];
    // Most that is not allowed shows at once.
    let price = |day: usize| match seats[day] {
        OFF => who.off[day],
        seat => who.seats[problem.at(day, seat as usize)],
    };
    if (from..to).any(|day| price(day) == NEVER) {
        return None;
    }
    island.desk.scratch.work += WORK * seats.len() as u64;
    cost::schedule(problem, who, seats)
}

/// Some days, from the first to before the last.
fn window(state: &State<'_>, most: usize, rng: &mut Rng) -> (usize, usize) {
    let days = state.rules.problem.days as usize;
    let length = 1 + rng.below(most.min(days));
    let from = rng.below(days - length + 1);
    (from, from + length)
}
