//! Days off in each week, and weekends.

use super::Today;
use super::Watch;
use crate::roster::staff::calendar::Calendar;
use crate::roster::staff::cost::Bill;

/// Least days off in each calendar week that is known whole.
#[derive(Clone, Debug)]
pub struct DaysOff {
    least: i32,
    first: i32,
    /// By known day: the week begins, the whole week ends.
    edges: Vec<(bool, bool)>,
}

impl DaysOff {
    /// At least `value`.
    pub fn new(value: i64, calendar: &Calendar) -> Self {
        let edge = |day: i32| {
            let monday = calendar.monday(day);
            (day == monday, day == monday + 6 && monday >= calendar.first)
        };
        Self {
            least: value as i32,
            first: calendar.first,
            edges: calendar.known().map(edge).collect(),
        }
    }
}

impl Watch for DaysOff {
    /// Days off so far, no more than are enough.
    fn slots(&self) -> usize {
        1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        let (begins, ends) = self.edges[(today.day - self.first) as usize];
        if begins {
            state[0] = 0;
        }
        state[0] = (state[0] + i32::from(!today.worked())).min(self.least);
        if ends {
            bill.count(i64::from(self.least - state[0]));
            state[0] = 0;
        }
    }
}

/// Most weekends worked in any so many weeks.
#[derive(Clone, Debug)]
pub struct Weekends {
    most: i64,
    first: i32,
    /// Weekends of a window, no more than are known.
    window: u32,
    /// By known day: number of its weekend, and whether it is the last known day of it.
    weekends: Vec<Option<(u32, bool)>>,
}

impl Weekends {
    /// At most `value` in `window` weeks.
    pub fn new(value: i64, window: i64, calendar: &Calendar) -> Self {
        let weekends = calendar.weekends();
        let count = weekends.iter().flatten().map(|w| w.0 + 1).max();
        Self {
            most: value,
            first: calendar.first,
            // Thirty weekends fit into one number; longer windows are refused when rules are read.
            window: (window.clamp(1, 30) as u32).min(count.unwrap_or(1)),
            weekends,
        }
    }
}

impl Watch for Weekends {
    /// Weekends worked, one bit for each, the latest lowest; whether the one under way is.
    fn slots(&self) -> usize {
        2
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        let Some((weekend, last)) = self.weekends[(today.day - self.first) as usize] else {
            return;
        };
        state[1] |= i32::from(today.worked());
        if last {
            let within = (1i64 << self.window) - 1;
            let bits = ((i64::from(state[0]) << 1) | i64::from(state[1])) & within;
            if weekend + 1 >= self.window {
                bill.count(i64::from(bits.count_ones()) - self.most);
            }
            state[0] = (bits & (within >> 1)) as i32;
            state[1] = 0;
        }
    }
}

/// No weekend of which one day is worked.
#[derive(Clone, Debug)]
pub struct Complete {
    first: i32,
    /// By known day: Saturday 1 or Sunday 2 of a weekend that is known whole, else 0.
    days: Vec<u8>,
}

impl Complete {
    /// For these days.
    pub fn new(calendar: &Calendar) -> Self {
        let known = calendar.known();
        let whole = |day: i32| match calendar.weekday(day) {
            5 if known.contains(&(day + 1)) => 1,
            6 if known.contains(&(day - 1)) => 2,
            _ => 0,
        };
        Self {
            first: calendar.first,
            days: known.clone().map(whole).collect(),
        }
    }
}

impl Watch for Complete {
    /// Whether the Saturday was worked.
    fn slots(&self) -> usize {
        1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        match self.days[(today.day - self.first) as usize] {
            1 => state[0] = i32::from(today.worked()),
            2 => {
                bill.count(i64::from(state[0] != i32::from(today.worked())));
                state[0] = 0;
            }
            _ => {}
        }
    }
}
