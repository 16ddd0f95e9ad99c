//! Which levels each day and state can have: reached from the first day, and from where what
//! is allowed in the end can be reached.

use super::Ask;
use super::INFINITE;
use super::frame::End;
use super::frame::Frame;
use super::layout::Layout;
use super::levels::Levels;
use super::tokens::Tokens;
use crate::roster::automaton::DAY_OFF;
use crate::roster::automaton::Edge;
use crate::roster::model::NEVER;
use crate::roster::rules::Rules;

/// Least and most, or nothing when the first is greater.
type Between = (i32, i32);

const NOTHING: Between = (i32::MAX / 4, i32::MIN / 4);

/// Space that is used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Space {
    /// Least and most that can still be added, by day and state.
    to_go: Vec<Between>,
    /// What a letter adds on the day in hand: `None` where it cannot be had.
    steps: Vec<Option<i32>>,
    now: Vec<Between>,
    next: Vec<Between>,
}

/// Lays out the levels of every day of the window. `None` when the first day has none.
pub(super) fn reach(
    rules: &Rules<'_>,
    ask: &Ask<'_>,
    frame: &Frame,
    levels: &Levels,
    (tokens, ends): (&Tokens, &[End]),
    (space, layout): (&mut Space, &mut Layout),
) -> Option<()> {
    let automaton = rules.automaton(ask.person);
    let states = automaton.states();
    let window = ask.to - ask.from;
    let letters = automaton.letters.len() as u16;
    space.to_go.clear();
    space.to_go.resize((window + 1) * states, NOTHING);
    for (go, end) in space.to_go[window * states..].iter_mut().zip(ends) {
        if end.price < INFINITE {
            *go = (0, 0);
        }
    }
    for d in (0..window).rev() {
        space.day(tokens, ask, d, letters);
        let (here, there) = space.to_go[d * states..].split_at_mut(states);
        for (go, edges) in here.iter_mut().zip(&automaton.edges) {
            for edge in edges {
                let after = there[edge.to as usize];
                if let Some(step) = step(&space.steps, edge).filter(|_| after.0 <= after.1) {
                    *go = (go.0.min(after.0 + step), go.1.max(after.1 + step));
                }
            }
        }
    }
    layout.clear(states, levels);
    space.now.clear();
    space.now.resize(states, NOTHING);
    space.now[frame.start as usize] = (0, 0);
    for d in 0..=window {
        if d < window {
            space.day(tokens, ask, d, letters);
        }
        space.next.clear();
        space.next.resize(states, NOTHING);
        layout.open_day();
        for s in 0..states {
            let (now, go) = (space.now[s], space.to_go[d * states + s]);
            if now.0 > now.1 || go.0 > go.1 {
                continue;
            }
            let mut low = now.0.max(levels.least - go.1);
            if levels.beyond.is_some() {
                low = low.min(levels.top);
            }
            let high = match levels.beyond {
                Some(_) => now.1.min(levels.top),
                None => now.1.min(levels.top - go.0),
            };
            if low > high {
                continue;
            }
            layout.add(s, low, high);
            for edge in &automaton.edges[s] {
                if let Some(step) = step(&space.steps, edge).filter(|_| d < window) {
                    let next = &mut space.next[edge.to as usize];
                    *next = (next.0.min(low + step), next.1.max(high + step));
                }
            }
        }
        if !layout.is_open() {
            return None;
        }
        std::mem::swap(&mut space.now, &mut space.next);
    }
    layout.is_alive(0, frame.start as usize).then_some(())
}

impl Space {
    /// What each letter adds on a day of the window.
    fn day(&mut self, tokens: &Tokens, ask: &Ask<'_>, day: usize, letters: u16) {
        self.steps.clear();
        for letter in 0..letters {
            // All tokens of a letter add the same.
            let first = tokens.of(letter, day).next();
            self.steps.push(first.map(|(t, _)| tokens.all[t].step));
        }
        let off = ask.off[ask.from + day] != NEVER;
        self.steps.push(off.then_some(0));
    }
}

#[inline]
fn step(steps: &[Option<i32>], edge: &Edge) -> Option<i32> {
    match edge.letter {
        DAY_OFF => steps[steps.len() - 1],
        letter => steps[letter as usize],
    }
}
