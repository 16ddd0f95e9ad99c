//! Where the values of a day, state, number of the counters and level lie.
//!
//! All rows of a question have one length, with room in front of and behind the levels of
//! their day, so that the rows of all numbers of a state, shifted, are still one piece: what
//! is shifted across the border of a row comes from room that holds no value.

use super::levels::Levels;

/// The layout.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    states: usize,
    /// Lowest and highest level of each day; the highest of all is where levels end.
    days: Vec<(i32, i32)>,
    alive: Vec<bool>,
    top: i32,
    /// Room in front of the levels.
    front: usize,
    /// Length of a row.
    pub(super) row: usize,
    /// Length of the rows of a state.
    block: usize,
}

impl Layout {
    pub(super) fn clear(&mut self, states: usize, levels: &Levels) {
        self.states = states;
        self.days.clear();
        self.alive.clear();
        self.top = levels.top;
    }

    /// Begins the next day.
    pub(super) fn open_day(&mut self) {
        self.days.push((i32::MAX, i32::MIN));
        self.alive.resize(self.days.len() * self.states, false);
    }

    /// The last day has a state with these levels.
    pub(super) fn add(&mut self, state: usize, low: i32, high: i32) {
        let at = (self.days.len() - 1) * self.states + state;
        self.alive[at] = true;
        if let Some(day) = self.days.last_mut() {
            *day = (day.0.min(low), day.1.max(high));
        }
    }

    /// Whether the last day has a state.
    pub(super) fn is_open(&self) -> bool {
        self.days.last().is_some_and(|d| d.0 <= d.1)
    }

    /// Fixes the length of rows for steps up to `most` and `numbers` of the counters; the
    /// room that all values take.
    pub(super) fn fix(&mut self, most: i32, numbers: usize) -> usize {
        let width = self.days.iter().map(|d| d.1 - d.0 + 1).max().unwrap_or(0);
        let (mut front, mut behind) = (0, 0);
        for pair in self.days.windows(2) {
            let ((low, high), (next, _)) = (pair[0], pair[1]);
            front = front.max(next - low);
            behind = behind.max(high - low + 1 + most + low - next - width);
        }
        self.front = front as usize;
        self.row = (front + width + behind.max(0)) as usize;
        self.block = self.row * numbers;
        self.days.len() * self.states * self.block
    }

    #[inline]
    pub(super) fn is_alive(&self, day: usize, state: usize) -> bool {
        self.alive[day * self.states + state]
    }

    /// Where the rows of a state begin.
    #[inline]
    pub(super) fn at(&self, day: usize, state: usize) -> usize {
        (day * self.states + state) * self.block
    }

    /// Where the rows of a state begin, from the beginning of its day.
    #[inline]
    pub(super) fn within(&self, state: usize) -> usize {
        state * self.block
    }

    /// Where the levels of a day begin and end in each row.
    #[inline]
    pub(super) fn span(&self, day: usize) -> (usize, usize) {
        let (low, high) = self.days[day];
        (self.front, self.front + (high - low + 1) as usize)
    }

    /// Levels of a day, lowest and highest.
    #[inline]
    pub(super) fn levels(&self, day: usize) -> (i32, i32) {
        self.days[day]
    }

    /// The place of a level in a row of a day, if it has one.
    #[inline]
    pub(super) fn place(&self, day: usize, level: i32) -> Option<usize> {
        let (low, high) = self.days[day];
        (low <= level && level <= high).then(|| self.front + (level - low) as usize)
    }
}
