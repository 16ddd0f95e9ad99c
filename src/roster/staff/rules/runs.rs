//! Days in a row: most of work, most of nights, fewest of work and off.

use super::Today;
use super::Watch;
use crate::roster::staff::calendar::Calendar;
use crate::roster::staff::cost::Bill;

/// Most days, or nights, in a row. Each day too many of the horizon counts.
#[derive(Clone, Copy, Debug)]
pub struct Longest {
    /// So many.
    pub most: i32,
    /// Only nights count.
    pub nights: bool,
}

impl Watch for Longest {
    fn slots(&self) -> usize {
        1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        let counts = if self.nights {
            today.night()
        } else {
            today.worked()
        };
        if !counts {
            state[0] = 0;
        } else if state[0] >= self.most {
            bill.count(1);
        } else {
            state[0] += 1;
        }
    }
}

/// Fewest days in a row, of work or off, judged where both ends of a run are known.
#[derive(Clone, Copy, Debug)]
pub struct Shortest {
    least: i32,
    work: bool,
    first: i32,
}

impl Shortest {
    /// At least `value` days of work, or off.
    pub fn new(value: i64, work: bool, calendar: &Calendar) -> Self {
        Self {
            least: value as i32,
            work,
            first: calendar.first,
        }
    }
}

impl Watch for Shortest {
    /// Days of the run under way, no more than are enough; 0: none is.
    fn slots(&self) -> usize {
        1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        if today.worked() == self.work {
            // A run from the first known day may have begun before it.
            state[0] = match today.day == self.first {
                true => self.least,
                false => (state[0] + 1).min(self.least),
            };
        } else {
            if state[0] > 0 {
                bill.count(i64::from(self.least - state[0]));
            }
            state[0] = 0;
        }
    }
}
