//! The ways out of a state on a day, with what they cost: values are made of them, and the
//! schedule is read off by them.

use super::Ask;
use super::frame::half_weekend;
use super::frame::works_weekend;
use super::tokens::Tokens;
use crate::roster::automaton::DAY_OFF;
use crate::roster::model::NEVER;
use crate::roster::rules::Rules;

/// A way from a state of one day to a state of the next.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) to: usize,
    pub(super) price: i32,
    /// Levels that it adds.
    pub(super) step: i32,
    /// The counter that it moves on, 0 for none.
    pub(super) counter: usize,
    /// Whether it works a weekend anew.
    pub(super) weekend: bool,
    /// The token and its price; `None` for a day off.
    pub(super) token: Option<(usize, i32)>,
}

/// Calls `each` with all ways out of a state on a day of the window.
#[inline]
pub(super) fn ways(
    rules: &Rules<'_>,
    ask: &Ask<'_>,
    tokens: &Tokens,
    (day, state): (usize, usize),
    mut each: impl FnMut(Way),
) {
    let automaton = rules.automaton(ask.person);
    let contract = &rules.problem.contracts[rules.people[ask.person].contract];
    let weekday = rules.problem.weekday(ask.from + day);
    let was = automaton.working[state];
    for edge in &automaton.edges[state] {
        let is = edge.letter != DAY_OFF;
        let half = half_weekend(weekday, was, is, contract.half_weekend);
        if half == NEVER {
            continue;
        }
        let rule = (edge.price + half) * ask.scale;
        let to = edge.to as usize;
        if is {
            let weekend = works_weekend(weekday, was, is);
            for (t, price) in tokens.of(edge.letter, day) {
                let token = &tokens.all[t];
                each(Way {
                    to,
                    price: rule + price,
                    step: token.step,
                    counter: token.counter,
                    weekend,
                    token: Some((t, price)),
                });
            }
        } else if ask.off[ask.from + day] != NEVER {
            each(Way {
                to,
                price: rule + ask.off[ask.from + day],
                step: 0,
                counter: 0,
                weekend: false,
                token: None,
            });
        }
    }
}
