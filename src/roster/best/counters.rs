//! The small counters of a question, as one mixed number: weekends worked, then how often
//! each counted kind was.

use crate::roster::model::NEVER;

/// The counters.
#[derive(Clone, Debug)]
pub(super) struct Counters {
    /// How many numbers there are.
    pub(super) size: usize,
    /// Weekends end here: each beyond costs.
    weekends: usize,
    /// What moves on when: by the counter of a token (0 for none), twice: on days that do not
    /// work a weekend anew, and on those that do.
    moves: Vec<Vec<Move>>,
}

/// Numbers in a row that all move on alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The first of them.
    pub(super) from: usize,
    /// Where it leads.
    pub(super) to: usize,
    /// How many there are.
    pub(super) count: usize,
    /// What it costs.
    pub(super) price: i32,
}

impl Counters {
    /// Counters for `free` weekends, each beyond at the price of `extra`, and for kinds with
    /// so many shifts left.
    pub(super) fn new(free: u32, extra: i32, left: impl Iterator<Item = u32>) -> Self {
        let weekends = free as usize + 1;
        let mut size = weekends;
        // Values of each counter, and what one more adds to the number.
        let mut parts = vec![(1, 0)];
        for left in left {
            parts.push((left as usize + 1, size));
            size *= left as usize + 1;
        }
        let mut moves = Vec::new();
        for &(values, unit) in &parts {
            for weekend in [false, true] {
                let each = (0..size).filter_map(|from| {
                    let full = unit > 0 && from / unit % values + 1 == values;
                    let beyond = weekend && from % weekends + 1 == weekends;
                    if full || (beyond && extra == NEVER) {
                        return None;
                    }
                    Some(Move {
                        from,
                        to: from + unit + usize::from(weekend && !beyond),
                        count: 1,
                        price: if beyond { extra } else { 0 },
                    })
                });
                let mut joined: Vec<Move> = Vec::new();
                for next in each {
                    match joined.last_mut() {
                        Some(last) if last.goes_on(&next) => last.count += 1,
                        _ => joined.push(next),
                    }
                }
                moves.push(joined);
            }
        }
        Self {
            size,
            weekends,
            moves,
        }
    }

    /// How the numbers move on for a token with this counter.
    #[inline]
    pub(super) fn moves(&self, counter: usize, weekend: bool) -> &[Move] {
        &self.moves[counter * 2 + usize::from(weekend)]
    }

    /// Whether one more weekend costs.
    pub(super) fn is_full(&self, number: usize) -> bool {
        number % self.weekends + 1 == self.weekends
    }
}

impl Move {
    fn goes_on(&self, next: &Self) -> bool {
        next.from == self.from + self.count
            && next.to == self.to + self.count
            && next.price == self.price
    }

    /// Where a number leads.
    #[inline]
    pub(super) fn of(&self, number: usize) -> Option<usize> {
        let k = number.checked_sub(self.from)?;
        (k < self.count).then_some(self.to + k)
    }
}
