//! Reads the schedule off the values.

use super::Ask;
use super::INFINITE;
use super::Scratch;
use super::counters::Counters;
use super::frame::Frame;
use super::levels::Levels;
use super::ways::ways;
use crate::rng::Rng;
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
        let wanted = value(d, place);
        let mut chosen = None;
        let mut equals = 0;
        ways(rules, ask, tokens, (d, place.state), |way| {
            let moves = counters.moves(way.counter, way.weekend).iter();
            let leads = |m: &super::counters::Move| m.of(place.number).map(|n| (n, m.price));
            let Some((number, extra)) = moves.filter_map(leads).next() else {
                return;
            };
            let mut level = place.level + way.step;
            let mut price = way.price + extra;
            if let Some(each) = levels.beyond.filter(|_| level > levels.top) {
                price += each * (level - levels.top);
                level = levels.top;
            }
            let next = Place {
                state: way.to,
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
                    chosen = Some((next, way.token));
                }
            }
        });
        let Some((next, token)) = chosen else {
            unreachable!("every value comes from somewhere");
        };
        place = next;
        found.push(match token {
            None => OFF,
            Some((t, price)) => {
                let row = &ask.seats[(ask.from + d) * problem.seats.len()..];
                let seats = &tokens.all[t].seats;
                let mut equal = seats.iter().filter(|&&s| tokens.with_toll(row, s) == price);
                let many = equal.clone().count();
                let pick = draw.as_mut().map_or(0, |rng| rng.below(many));
                equal.nth(pick).copied().unwrap_or(OFF)
            }
        });
    }
}
