//! Days as the machines of rules look them up: plain numbers by known day.

use crate::scenario::Days;

/// The known days, and those of the horizon among them.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// First known day: 0 or negative.
    pub first: i32,
    /// Days of the horizon.
    pub count: i32,
    begins: Vec<i32>,
    weekdays: Vec<i32>,
    months: Vec<i32>,
}

impl Calendar {
    /// That of some days.
    pub fn new(days: &Days) -> Self {
        let known = days.known();
        let begin = |day: i32| match day == known.end {
            true => days.span(day - 1, day).end.0 as i32,
            false => days.span(day, day + 1).start.0 as i32,
        };
        Self {
            first: days.first,
            count: days.count,
            begins: (known.start..=known.end).map(begin).collect(),
            weekdays: known.clone().map(|day| days.weekday(day)).collect(),
            months: known.clone().map(|day| days.month(day)).collect(),
        }
    }

    /// All known days.
    pub fn known(&self) -> std::ops::Range<i32> {
        self.first..self.count
    }

    /// When a known day begins, or the last ends.
    pub fn begin(&self, day: i32) -> i32 {
        self.begins[(day - self.first) as usize]
    }

    /// Weekday of a known day, Monday 0.
    pub fn weekday(&self, day: i32) -> i32 {
        self.weekdays[(day - self.first) as usize]
    }

    /// Monday of a known day's week; may be before the first.
    pub fn monday(&self, day: i32) -> i32 {
        day - self.weekday(day)
    }

    /// Month of a known day.
    pub fn month(&self, day: i32) -> i32 {
        self.months[(day - self.first) as usize]
    }

    /// By known day: number of the weekend it belongs to, and whether it is its last known day.
    pub fn weekends(&self) -> Vec<Option<(u32, bool)>> {
        let mut number = 0;
        let known = self.known();
        let day = |day: i32| match self.weekday(day) {
            5 => Some((number, !known.contains(&(day + 1)))),
            6 => {
                number += 1;
                Some((number - 1, true))
            }
            _ => None,
        };
        known.clone().map(day).collect()
    }
}
