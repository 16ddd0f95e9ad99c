//! Values of all days, from the last to the first.

use super::Ask;
use super::INFINITE;
use super::Scratch;
use super::counters::Counters;
use super::counters::Move;
use super::frame::Frame;
use super::layout::Layout;
use super::levels::Levels;
use super::reach::reach;
use super::ways::Way;
use super::ways::ways;
use crate::roster::model::NEVER;
use crate::roster::rules::Rules;

/// A question takes as long as so many values, before it looks at any.
const CALL: u64 = 3000;
/// A way takes as long as so many values, beside those that it leads to.
const WAYS: u64 = 6;

/// Fills the values; the cost of the best schedule.
pub(super) fn sweep(
    rules: &Rules<'_>,
    ask: &Ask<'_>,
    frame: &Frame,
    counters: &Counters,
    scratch: &mut Scratch,
) -> Option<i32> {
    let automaton = rules.automaton(ask.person);
    let levels = Levels::new(rules, ask, frame.load);
    let Scratch {
        values,
        layout,
        reach: space,
        tokens,
        ends,
        work,
        ..
    } = scratch;
    reach(
        rules,
        ask,
        frame,
        &levels,
        (&*tokens, &*ends),
        (space, &mut *layout),
    )?;
    let most = tokens.all.iter().map(|t| t.step).max().unwrap_or(0);
    let room = layout.fix(most, counters.size);
    values.clear();
    values.resize(room, INFINITE);
    let states = automaton.states();
    let window = ask.to - ask.from;
    let edges: usize = automaton.edges.iter().map(Vec::len).sum();
    *work += room as u64 + WAYS * (edges * window) as u64 + CALL;
    for s in (0..states).filter(|&s| layout.is_alive(window, s)) {
        let (low, high) = layout.levels(window);
        for number in 0..counters.size {
            let extra = match ends[s].weekend {
                true if counters.is_full(number) => frame.extra,
                _ => 0,
            };
            if extra == NEVER {
                continue;
            }
            let base = i64::from(ends[s].price) + i64::from(extra) + frame.owed;
            let row = layout.at(window, s) + number * layout.row + layout.span(window).0;
            for (value, level) in values[row..].iter_mut().zip(low..=high) {
                let cost = base + levels.price(level);
                *value = cost.min(i64::from(INFINITE)) as i32;
            }
        }
    }
    for d in (0..window).rev() {
        let (now, next) = values[layout.at(d, 0)..].split_at_mut(layout.within(states));
        for s in (0..states).filter(|&s| layout.is_alive(d, s)) {
            ways(rules, ask, tokens, (d, s), |way| {
                if layout.is_alive(d + 1, way.to) {
                    let step = Step {
                        layout,
                        day: d,
                        from: s,
                        way,
                        levels: &levels,
                    };
                    step.lower(now, next, counters.moves(way.counter, way.weekend));
                }
            });
            clear_room(layout, d, &mut now[layout.within(s)..layout.within(s + 1)]);
        }
    }
    let first = layout.at(0, frame.start as usize) + layout.place(0, 0)?;
    let value = values[first];
    (value < INFINITE / 2).then_some(value)
}

/// A way from a state of one day to a state of the next.
struct Step<'a> {
    layout: &'a Layout,
    day: usize,
    from: usize,
    way: Way,
    levels: &'a Levels,
}

impl Step<'_> {
    /// Lowers the values of the one to what the other allows.
    #[inline]
    fn lower(&self, now: &mut [i32], next: &[i32], moves: &[Move]) {
        let layout = self.layout;
        let (begin, end) = layout.span(self.day);
        let (low, high) = layout.levels(self.day);
        let shift = (self.way.step + low - layout.levels(self.day + 1).0) as isize;
        for m in moves {
            let price = self.way.price + m.price;
            let into = layout.within(self.from) + m.from * layout.row;
            let out = layout.within(self.way.to) + m.to * layout.row;
            let length = (m.count - 1) * layout.row + end - begin;
            let into_at = into + begin;
            let out_at = (out + begin).wrapping_add_signed(shift);
            lower(
                &mut now[into_at..into_at + length],
                &next[out_at..out_at + length],
                price,
            );
            // Levels that would go beyond the top end there, and pay.
            let Some(each) = self
                .levels
                .beyond
                .filter(|_| high + self.way.step > self.levels.top)
            else {
                continue;
            };
            let Some(top) = layout.place(self.day + 1, self.levels.top) else {
                continue;
            };
            for level in low.max(self.levels.top - self.way.step + 1)..=high {
                let price = price + each * (level + self.way.step - self.levels.top);
                let place = begin + (level - low) as usize;
                for k in 0..m.count {
                    let value = &mut now[into + k * layout.row + place];
                    *value = (*value).min(next[out + k * layout.row + top] + price);
                }
            }
        }
    }
}

/// Each value becomes the lesser of itself and the other's with the price.
#[inline]
fn lower(into: &mut [i32], out: &[i32], price: i32) {
    let n = into.len();
    let out = &out[..n];
    for k in 0..n {
        into[k] = into[k].min(out[k] + price);
    }
}

/// Makes the room around the levels hold no value again.
fn clear_room(layout: &Layout, day: usize, block: &mut [i32]) {
    let (begin, end) = layout.span(day);
    for row in block.chunks_exact_mut(layout.row) {
        row[..begin].fill(INFINITE);
        row[end..].fill(INFINITE);
    }
}
