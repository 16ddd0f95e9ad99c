//! Reads the schedule off the values.

use super::Ask;
use super::INFINITE;
use super::Scratch;
use super::counters::Counters;
use super::frame::Frame;
use super::frame::half_weekend;
use super::frame::works_weekend;
use super::levels::Levels;
use crate::rng::Rng;
use crate::roster::automaton::DAY_OFF;
use crate::roster::model::NEVER;
use crate::roster::model::OFF;
use crate::roster::rules::Rules;

/// Where the reading stands.
#[derive(Clone, Copy)]
struct Place {
    state: usize,
    number: usize,
    level: i32,
}

/// Leaves the best schedule in `scratch.found`; among equals the draw decides.
pub(super) fn read(
    rules: &Rules<'_>,
    ask: &Ask<'_>,
    frame: &Frame,
    counters: &Counters,
    scratch: &mut Scratch,
    mut draw: Option<&mut Rng>,
) {
    let problem = rules.problem;
    let automaton = rules.automaton(ask.person);
    let contract = &problem.contracts[rules.people[ask.person].contract];
    let levels = Levels::new(rules, ask, frame.load);
    let Scratch {
        values,
        layout,
        tokens,
        found,
        ..
    } = scratch;
    found.clear();
    let value = |day: usize, place: Place| {
        let level = layout.place(day, place.level);
        let level = level.filter(|_| layout.is_alive(day, place.state));
        level.map_or(INFINITE, |l| {
            values[layout.at(day, place.state) + place.number * layout.row + l]
        })
    };
    let mut place = Place {
        state: frame.start as usize,
        number: 0,
        level: 0,
    };
    for d in 0..ask.to - ask.from {
        let weekday = problem.weekday(ask.from + d);
        let wanted = value(d, place);
        let was = automaton.working[place.state];
        let mut chosen = None;
        let mut equals = 0;
        let mut look = |edge: u16, price: i32, step: i32, counter: usize, weekend, token| {
            let moves = counters.moves(counter, weekend).iter();
            let leads = |m: &super::counters::Move| m.of(place.number).map(|n| (n, m.price));
            let Some((number, extra)) = moves.filter_map(leads).next() else {
                return;
            };
            let mut level = place.level + step;
            let mut price = price + extra;
            if let Some(each) = levels.beyond.filter(|_| level > levels.top) {
                price += each * (level - levels.top);
                level = levels.top;
            }
            let next = Place {
                state: edge as usize,
                number,
                level,
            };
            if value(d + 1, next).saturating_add(price) == wanted {
                equals += 1;
                let take = match &mut draw {
                    Some(rng) => rng.below(equals) == 0,
                    None => equals == 1,
                };
                if take {
                    chosen = Some((next, token));
                }
            }
        };
        for edge in &automaton.edges[place.state] {
            let is = edge.letter != DAY_OFF;
            let half = half_weekend(weekday, was, is, contract.half_weekend);
            if half == NEVER {
                continue;
            }
            let rule = (edge.price + half) * ask.scale;
            let weekend = works_weekend(weekday, was, is);
            if is {
                for (t, price) in tokens.of(edge.letter, d) {
                    let token = &tokens.all[t];
                    look(
                        edge.to,
                        rule + price,
                        token.step,
                        token.counter,
                        weekend,
                        Some((t, price)),
                    );
                }
            } else if ask.off[ask.from + d] != NEVER {
                look(edge.to, rule + ask.off[ask.from + d], 0, 0, false, None);
            }
        }
        let Some((next, token)) = chosen else {
            unreachable!("every value comes from somewhere");
        };
        place = next;
        found.push(match token {
            None => OFF,
            Some((t, price)) => {
                let row = &ask.seats[(ask.from + d) * problem.seats.len()..];
                let seats = &tokens.all[t].seats;
                let mut equal = seats.iter().filter(|&&s| row[s as usize] == price);
                let many = equal.clone().count();
                let pick = draw.as_mut().map_or(0, |rng| rng.below(many));
                equal.nth(pick).copied().unwrap_or(OFF)
            }
        });
    }
}
