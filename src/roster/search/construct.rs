//! A first roster: everybody gets the best schedule against those who have one already.
//!
//! Where the time is too long for the exact search, it is planned block by block: up to the
//! end of a block, with that share of what is allowed over the whole time which the days up to
//! there have of all that the person can work.

use crate::roster::model::NEVER;
use crate::roster::model::OFF;
use crate::roster::model::Problem;
use crate::roster::rules::Rules;
use crate::roster::state::Desk;
use crate::roster::state::State;

/// Days of blocks for those who get stuck.
const BLOCKS: [usize; 5] = [28, 35, 21, 14, 10];

/// For those who get stuck, so many of the longest shifts and so many weekends may be too many at
/// the end of a block: what is spent early is missed at the end of the time.
const SPARE: u32 = 2;

/// A first roster, at most `reach` days at once if need be, and for who gets stuck so as many as
/// `fits` says can be; `None` when for somebody no schedule is found within the rules.
pub(super) fn construct<'a>(
    rules: &'a Rules<'a>,
    reach: usize,
    fits: impl Fn(usize) -> bool,
) -> Option<State<'a>> {
    let lengths = BLOCKS.into_iter().filter(|length| fits(*length));
    let others = lengths.map(|length| (length, SPARE));
    match reach < rules.problem.days as usize {
        true => in_blocks(rules, std::iter::once((reach, 0)).chain(others)),
        false => at_once(rules).or_else(|| in_blocks(rules, others)),
    }
}

fn at_once<'a>(rules: &'a Rules<'a>) -> Option<State<'a>> {
    let days = rules.problem.days as usize;
    let mut state = State::empty(rules);
    let mut desk = Desk::default();
    let nothing = vec![OFF; days];
    let people = 0..rules.problem.people.len();
    let mut all = people.map(|p| desk.place(&mut state, p, (0, days), &nothing, None));
    all.all(|placed| placed).then_some(state)
}

fn in_blocks<'a>(
    rules: &'a Rules<'a>,
    lengths: impl Iterator<Item = (usize, u32)>,
) -> Option<State<'a>> {
    let problem = rules.problem;
    let mut state = State::empty(rules);
    let mut desk = Desk::default();
    let mut open: Vec<usize> = (0..problem.people.len()).collect();
    for (length, spare) in lengths {
        if open.is_empty() {
            break;
        }
        let ends = ends(problem.days as usize, length);
        let cut = ends.iter().map(|&end| until(problem, end, spare));
        let cut: Vec<Problem> = cut.collect();
        let cut: Vec<Rules<'_>> = cut.iter().map(Rules::new).collect();
        let mut blocks: Vec<State<'_>> = cut.iter().map(State::empty).collect();
        for block in &mut blocks {
            seat(block, &state);
        }
        open.retain(|&person| {
            let Some(seats) = one(&mut blocks, &mut desk, &ends, person) else {
                return true;
            };
            !state.put(person, &seats)
        });
    }
    open.is_empty().then_some(state)
}

/// Counts those who have a schedule of the whole time in a block too, whatever they cost there.
fn seat(block: &mut State<'_>, state: &State<'_>) {
    let end = block.rules.problem.days as usize;
    for (person, seats) in state.roster.iter().enumerate() {
        for (day, &seat) in seats[..end].iter().enumerate().filter(|(_, s)| **s != OFF) {
            block.sit(person, day, seat);
        }
    }
}

/// Plans a person block by block. `None` when the person gets stuck.
fn one(blocks: &mut [State<'_>], desk: &mut Desk, ends: &[usize], who: usize) -> Option<Vec<u16>> {
    let mut seats: Vec<u16> = Vec::new();
    for (k, &end) in ends.iter().enumerate() {
        let from = seats.len();
        seats.resize(end, OFF);
        if !desk.place(&mut blocks[k], who, (from, end), &seats, None) {
            blocks[..k].iter_mut().for_each(|block| block.take(who));
            return None;
        }
        seats.copy_from_slice(&blocks[k].roster[who]);
    }
    Some(seats)
}

/// Where blocks of so many days end; the last is the longer for the rest.
fn ends(days: usize, length: usize) -> Vec<usize> {
    let blocks = (days / length).max(1);
    (1..=blocks)
        .map(|k| if k == blocks { days } else { k * length })
        .collect()
}

/// The problem of the days up to `end` alone, with their share of what is allowed.
fn until(problem: &Problem, end: usize, spare: u32) -> Problem {
    let mut cut = problem.clone();
    let width = problem.seats.len();
    let days = problem.days as usize;
    let longest = problem.kinds.iter().map(|k| k.load).max().unwrap_or(0);
    let spare = if end < days { spare } else { 0 };
    let short = if end < days { SPARE } else { 0 };
    cut.days = end as u32;
    cut.demands.truncate(end * width);
    for person in &mut cut.people {
        // Days that the person can work at all: leave comes in long pieces.
        let able = |days: &[i32]| {
            let days = days.chunks(width.max(1));
            days.filter(|day| day.iter().any(|&p| p != NEVER)).count() as u64
        };
        let (now, all) = (able(&person.seats[..end * width]), able(&person.seats));
        let least = |of: u32| (u64::from(of) * now / all.max(1)) as u32;
        let most = |of: u32| (u64::from(of) * now).div_ceil(all.max(1)) as u32;
        person.load = (
            least(person.load.0).saturating_sub(short * longest),
            most(person.load.1).saturating_add(spare * longest),
        );
        person.weekends = person.weekends.min(most(person.weekends) + spare);
        person.most.iter_mut().for_each(|m| *m = most(*m));
        person.seats.truncate(end * width);
        person.off.truncate(end);
    }
    cut
}
