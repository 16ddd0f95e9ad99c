//! Rest between duties, in blocks of days, and after nights.
//!
//! Ends of work are remembered as long as a rest that begins there could still be too short.

use super::Today;
use super::Watch;
use crate::roster::staff::calendar::Calendar;
use crate::roster::staff::cost::Bill;

/// No work that matters any more.
const NONE: i32 = i32::MIN;

/// The end of work, unless all that may come is at least `rest` later.
fn kept(end: i32, rest: i32, later: i32) -> i32 {
    if end != NONE && later - end < rest {
        end
    } else {
        NONE
    }
}

/// A rest within each so many hours from the start of work.
#[derive(Clone, Copy, Debug)]
pub struct Daily {
    least: i32,
    /// Longest time from the start of work to the end of its last duty.
    most: i32,
}

impl Daily {
    /// A rest of `value` seconds within each `window` hours.
    pub fn new(value: i64, window: i64) -> Self {
        Self {
            least: value as i32,
            most: (window * 3600 - value) as i32,
        }
    }
}

impl Watch for Daily {
    /// Start of work, and the end of its duties so far.
    fn slots(&self) -> usize {
        2
    }

    fn start(&self, state: &mut [i32]) {
        state.fill(NONE);
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        for work in today.works {
            let rest = match state[1] {
                NONE => None,
                end => Some((work.start - end).max(0)).filter(|rest| *rest < self.least),
            };
            let mut start = if rest.is_some() { state[0] } else { work.start };
            if let Some(rest) = rest
                && work.end - start > self.most
            {
                bill.seconds(i64::from(self.least - rest));
                start = work.start;
            }
            if start == work.start {
                bill.seconds(i64::from(work.length() - self.most));
            }
            state[0] = start;
            state[1] = state[1].max(work.end);
        }
        state[1] = kept(state[1], self.least, today.later);
        if state[1] == NONE {
            state[0] = NONE;
        }
    }
}

/// From the end of a duty to the start of the next, at least so many seconds.
#[derive(Clone, Copy, Debug)]
pub struct Returns(pub i32);

impl Watch for Returns {
    fn slots(&self) -> usize {
        1
    }

    fn start(&self, state: &mut [i32]) {
        state[0] = NONE;
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        for work in today.works {
            if state[0] != NONE {
                bill.seconds(i64::from(self.0 - (work.start - state[0]).max(0)));
            }
            state[0] = work.end;
        }
        state[0] = kept(state[0], self.0, today.later);
    }
}

/// An unbroken rest within each block of days, counted from day 0. The first duty after a
/// block may begin within it, by its handover, so a block is judged a day late.
#[derive(Clone, Debug)]
pub struct Blocks {
    least: i32,
    window: i32,
    /// Begins of the days of the horizon, and the end of the last.
    begins: Vec<i32>,
}

impl Blocks {
    /// A rest of `value` seconds within each `window` days.
    pub fn new(value: i64, window: i64, calendar: &Calendar) -> Self {
        Self {
            least: value as i32,
            window: (window as i32).max(1),
            begins: (0..=calendar.count).map(|d| calendar.begin(d)).collect(),
        }
    }

    /// Judges the block that ends where `day` begins.
    fn judge(&self, day: i32, first: Option<i32>, state: &[i32], bill: &mut Bill) {
        let end = self.begins[day as usize];
        let last = first.map_or(end, |start| start.min(end)) - state[0];
        bill.seconds(i64::from(self.least - state[1].max(last)));
    }
}

impl Watch for Blocks {
    /// End of work so far, at least the begin of the block; longest rest within the block.
    fn slots(&self) -> usize {
        2
    }

    fn start(&self, state: &mut [i32]) {
        state.copy_from_slice(&[NONE, 0]);
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        let day = today.day;
        if day >= 0 && day % self.window == 0 {
            if day > 0 {
                let first = today.works.first().map(|work| work.start);
                self.judge(day, first, state, bill);
            }
            state[0] = state[0].max(self.begins[day as usize]);
            state[1] = 0;
        }
        for work in today.works {
            if day >= 0 {
                state[1] = state[1].max(work.start - state[0]);
            }
            state[0] = state[0].max(work.end);
        }
        if day >= 0 && state[1] >= self.least {
            state[1] = self.least;
            state[0] = state[0].max(self.begins[day as usize + 1]);
        }
    }

    fn end(&self, state: &[i32], bill: &mut Bill) {
        let count = self.begins.len() as i32 - 1;
        if count > 0 && count % self.window == 0 {
            self.judge(count, None, state, bill);
        }
    }

    fn late(&self) -> usize {
        1
    }
}

/// Rest after a run of nights.
#[derive(Clone, Copy, Debug)]
pub struct AfterNights {
    least: i32,
    nights: i32,
}

impl AfterNights {
    /// `value` seconds after at least `window` nights.
    pub fn new(value: i64, window: i64) -> Self {
        Self {
            least: value as i32,
            nights: window as i32,
        }
    }
}

impl Watch for AfterNights {
    /// Nights in a row up to the last day; those up to the last duty, 0 unless it was a night;
    /// its end; whether it was on the last day.
    fn slots(&self) -> usize {
        4
    }

    fn start(&self, state: &mut [i32]) {
        state.copy_from_slice(&[0, 0, NONE, 0]);
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        let run = match today.night() {
            true => (state[0] + 1).min(self.nights.max(1)),
            false => 0,
        };
        for work in today.works {
            let goes_on = work.night && state[3] == 1;
            // With a window of 0 any night counts, as with one of 1.
            if state[1] > 0 && state[1] >= self.nights && !goes_on {
                bill.seconds(i64::from(self.least - (work.start - state[2]).max(0)));
            }
            state[1] = if work.night { run } else { 0 };
            state[2] = work.end;
            state[3] = 1;
        }
        state[0] = run;
        if !today.worked() {
            state[3] = 0;
        }
        if state[1] == 0 || kept(state[2], self.least, today.later) == NONE {
            state[1..4].copy_from_slice(&[0, NONE, 0]);
        }
    }
}

/// Nobody is still on another duty when they should take over.
#[derive(Clone, Copy, Debug)]
pub struct TakeOver;

impl Watch for TakeOver {
    fn slots(&self) -> usize {
        1
    }

    fn start(&self, state: &mut [i32]) {
        state[0] = NONE;
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        for work in today.works {
            if state[0] != NONE && state[0] <= work.begin {
                bill.seconds(i64::from(state[0] - work.start));
            }
            state[0] = work.end;
        }
        state[0] = kept(state[0], 0, today.later);
    }
}
