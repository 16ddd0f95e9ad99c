//! What the days outside the window fix.

use super::Ask;
use super::INFINITE;
use crate::roster::model::NEVER;
use crate::roster::model::OFF;
use crate::roster::rules::Rules;

/// What the days outside the window fix.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// State in which the window begins.
    pub(super) start: u16,
    /// Load outside the window.
    pub(super) load: i64,
    /// Weekends that can be worked in the window before each costs.
    pub(super) free: u32,
    /// Price of each beyond.
    pub(super) extra: i32,
    /// Price of those that are too many already.
    pub(super) owed: i64,
}

/// What follows the window when it ends in a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// Price of the rules after it; [`INFINITE`] where they break.
    pub(super) price: i32,
    /// Whether a weekend whose Saturday lies in the window counts only after it.
    pub(super) weekend: bool,
    /// Where the days after it have led so far.
    place: u16,
}

/// Follows the days before the window and asks what comes after it; `None` when the days
/// outside break a rule whatever the window does.
pub(super) fn frame(rules: &Rules<'_>, ask: &Ask<'_>, ends: &mut Vec<End>) -> Option<Frame> {
    let (problem, fixed) = (rules.problem, ask.fixed);
    let (from, to, days) = (ask.from, ask.to, problem.days as usize);
    let who = &problem.people[ask.person];
    let contract = &problem.contracts[who.contract as usize];
    let automaton = rules.automaton(ask.person);
    let mut state = rules.people[ask.person].start;
    let mut weekends = who.before.weekends;
    for (day, &seat) in fixed[..from].iter().enumerate() {
        let step = automaton.step(state, rules.letter(ask.person, seat))?;
        let (was, is) = (automaton.working[state as usize], seat != OFF);
        weekends += u32::from(works_weekend(problem.weekday(day), was, is));
        state = step.0;
    }
    for day in to..days {
        // What the Sunday right after the window does depends on its last day: see `ends`.
        if day == to && problem.weekday(day) == 6 {
            continue;
        }
        let (was, is) = (day > 0 && fixed[day - 1] != OFF, fixed[day] != OFF);
        weekends += u32::from(works_weekend(problem.weekday(day), was, is));
    }
    follow(rules, ask, ends);
    let outside = (0..from).chain(to..days).filter(|&d| fixed[d] != OFF);
    let load = outside.map(|d| i64::from(problem.load(fixed[d])));
    let load = i64::from(who.before.load) + load.sum::<i64>();
    let over = weekends.saturating_sub(who.weekends);
    let price = match contract.extra_weekend {
        NEVER if over > 0 => return None,
        NEVER => NEVER,
        price => price * ask.scale,
    };
    let owed = if over > 0 {
        i64::from(over) * i64::from(price)
    } else {
        0
    };
    let free = who.weekends.saturating_sub(weekends);
    let bound = price != 0 && free < weekends_between(rules, from, to);
    Some(Frame {
        start: state,
        load,
        free: if bound { free } else { 0 },
        extra: if bound { price } else { 0 },
        owed,
    })
}

/// At most so many weekends can be worked anew in the window, or by a Sunday right after it.
fn weekends_between(rules: &Rules<'_>, from: usize, to: usize) -> u32 {
    let days = from..=to.min(rules.problem.days as usize - 1);
    let weekday = |d: usize| rules.problem.weekday(d);
    // A Sunday belongs to the Saturday before it, where that is in the window.
    let begins = days.filter(|&d| weekday(d) == 5 || (weekday(d) == 6 && d == from));
    begins.count() as u32
}

/// What each state at the end of the window has to pay for the days after it.
fn follow(rules: &Rules<'_>, ask: &Ask<'_>, ends: &mut Vec<End>) {
    let days = ask.to..rules.problem.days as usize;
    let states = rules.automaton(ask.person).states() as u16;
    ends.clear();
    ends.extend((0..states).map(|place| End {
        price: 0,
        weekend: false,
        place,
    }));
    for day in days.clone() {
        let sunday = day == ask.to && rules.problem.weekday(day) == 6;
        for end in ends.iter_mut().filter(|e| e.price < INFINITE) {
            if sunday {
                end.weekend = end.works_anew(rules, ask, day);
            }
            match one_day(rules, ask, day, end.place) {
                Some((next, price)) => {
                    end.price += price;
                    end.place = next;
                }
                None => end.price = INFINITE,
            }
        }
        let mut alive = ends.iter().filter(|e| e.price < INFINITE);
        let Some(first) = alive.next() else {
            return;
        };
        if alive.all(|e| e.place == first.place) {
            // All ways have met: the rest costs all the same.
            let mut place = first.place;
            let mut rest = 0;
            for day in day + 1..days.end {
                let Some((next, price)) = one_day(rules, ask, day, place) else {
                    rest = INFINITE;
                    break;
                };
                rest += price;
                place = next;
            }
            for end in ends.iter_mut() {
                end.price = (end.price + rest).min(INFINITE);
            }
            return;
        }
    }
}

impl End {
    /// Whether a weekend counts on a Sunday after the window, for the day before was off.
    fn works_anew(&self, rules: &Rules<'_>, ask: &Ask<'_>, day: usize) -> bool {
        let was = rules.automaton(ask.person).working[self.place as usize];
        works_weekend(6, was, ask.fixed[day] != OFF)
    }
}

/// The state after a held day, and the price of it.
fn one_day(rules: &Rules<'_>, ask: &Ask<'_>, day: usize, place: u16) -> Option<(u16, i32)> {
    let automaton = rules.automaton(ask.person);
    let contract = &rules.problem.contracts[rules.people[ask.person].contract];
    let (next, price) = automaton.step(place, rules.letter(ask.person, ask.fixed[day]))?;
    let was = automaton.working[place as usize];
    let is = ask.fixed[day] != OFF;
    let half = half_weekend(rules.problem.weekday(day), was, is, contract.half_weekend);
    (half != NEVER).then(|| (next, (price + half) * ask.scale))
}

/// Whether a day makes its weekend one that is worked.
#[inline]
pub(super) fn works_weekend(weekday: u32, was: bool, is: bool) -> bool {
    is && (weekday == 5 || (weekday == 6 && !was))
}

/// What a Sunday unlike its Saturday costs.
#[inline]
pub(super) fn half_weekend(weekday: u32, was: bool, is: bool, price: i32) -> i32 {
    if weekday == 6 && was != is { price } else { 0 }
}
