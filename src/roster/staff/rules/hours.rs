//! Hours of work: of a duty, a day, a week, a month, some days in a row, the whole horizon.

use super::Asked;
use super::Today;
use super::Watch;
use crate::roster::staff::calendar::Calendar;
use crate::roster::staff::cost::Bill;

/// Most seconds on a day.
#[derive(Clone, Copy, Debug)]
pub struct OnDay(pub i64);

impl Watch for OnDay {
    fn day(&self, today: &Today<'_>, _: &mut [i32], bill: &mut Bill) {
        bill.seconds(i64::from(today.hours()) - self.0);
    }
}

/// Most seconds of a duty.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// So many.
    pub most: i64,
    /// Only of nights.
    pub nights: bool,
}

impl Watch for Length {
    fn day(&self, today: &Today<'_>, _: &mut [i32], bill: &mut Bill) {
        for work in today.works.iter().filter(|w| w.night || !self.nights) {
            bill.seconds(i64::from(work.length()) - self.most);
        }
    }
}

/// Most seconds in each of some periods, in sevenths so that shares of weeks stay whole.
#[derive(Clone, Debug)]
pub struct Most {
    first: i32,
    /// By known day: what is allowed of a period that ends with it.
    closes: Vec<Option<i64>>,
}

impl Most {
    /// In each calendar week.
    pub fn weekly(value: i64, calendar: &Calendar) -> Self {
        Self::periods(calendar, |day| calendar.monday(day), |_| value * 7)
    }

    /// In each calendar month, beyond a contract of so many seconds a week.
    pub fn monthly(value: i64, contract: i64, calendar: &Calendar) -> Self {
        let most = |days: i64| value * 7 + contract * days;
        Self::periods(calendar, |day| calendar.month(day), most)
    }

    /// A week, on average over a horizon of at least one.
    pub fn on_average(value: i64, calendar: &Calendar) -> Self {
        let all = i64::from(calendar.count);
        let most = |days: i64| match days == all && all >= 7 {
            true => value * all,
            false => i64::MAX / 2,
        };
        Self::periods(calendar, |day| i32::from(day >= 0), most)
    }

    /// Cuts the known days where `of` changes.
    fn periods(calendar: &Calendar, of: impl Fn(i32) -> i32, most: impl Fn(i64) -> i64) -> Self {
        let mut length = 0;
        let close = |day: i32| {
            length += 1;
            let last = day + 1 == calendar.count || of(day + 1) != of(day);
            last.then(|| most(std::mem::take(&mut length)))
        };
        Self {
            first: calendar.first,
            closes: calendar.known().map(close).collect(),
        }
    }
}

impl Watch for Most {
    fn slots(&self) -> usize {
        1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        state[0] += today.hours();
        if let Some(most) = self.closes[(today.day - self.first) as usize] {
            bill.seconds((i64::from(state[0]) * 7 - most + 6).div_euclid(7));
            state[0] = 0;
        }
    }
}

/// Most seconds in any so many days; where fewer are known, in all of them.
#[derive(Clone, Copy, Debug)]
pub struct Rolling {
    most: i64,
    window: usize,
    /// First day at which a window ends.
    from: i32,
}

impl Rolling {
    /// At most `value` seconds in `window` days.
    pub fn new(value: i64, window: i64, calendar: &Calendar) -> Self {
        let known = calendar.known().len();
        let window = (window.max(1) as usize).min(known);
        Self {
            most: value,
            window,
            from: calendar.first + window as i32 - 1,
        }
    }
}

impl Watch for Rolling {
    /// Work of the days before, oldest first.
    fn slots(&self) -> usize {
        self.window - 1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        let hours = today.hours();
        if today.day >= self.from {
            let sum = state.iter().map(|h| i64::from(*h)).sum::<i64>() + i64::from(hours);
            bill.seconds(sum - self.most);
        }
        if !state.is_empty() {
            state.rotate_left(1);
            state[self.window - 2] = hours;
        }
    }
}

/// Work over the horizon against contract.
#[derive(Clone, Debug)]
pub struct Least {
    /// Sevenths of seconds that are due.
    due: i64,
    /// Sevenths of seconds that may be lacking of them.
    spare: i64,
    /// Share of it that is due up to each day, in days present of `days`.
    present: Vec<i64>,
    days: i64,
}

impl Least {
    /// `value` seconds may be lacking.
    pub fn new(value: i64, asked: &Asked<'_>) -> Self {
        let here = asked.away.iter().scan(0, |sum, away| {
            *sum += i64::from(!away);
            Some(*sum)
        });
        Self {
            due: asked.contract * asked.present(),
            spare: value * 7,
            present: here.collect(),
            days: asked.present().max(1),
        }
    }
}

impl Watch for Least {
    fn slots(&self) -> usize {
        1
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], _: &mut Bill) {
        if today.day >= 0 {
            let enough = ((self.due - self.spare).max(0) + 6) / 7;
            state[0] = (state[0] + today.hours()).min(enough as i32);
        }
    }

    fn end(&self, state: &[i32], bill: &mut Bill) {
        let lacking = self.due - i64::from(state[0]) * 7 - self.spare;
        bill.seconds((lacking + 6).div_euclid(7));
    }

    fn outlook(&self, day: i32, state: &[i32], bill: &mut Bill) {
        let due = (self.due - self.spare) * self.present[day as usize] / self.days;
        bill.seconds((due - i64::from(state[0]) * 7).div_euclid(7));
    }
}
