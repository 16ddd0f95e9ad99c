//! Leave, requests, patterns, and the order of shifts.

use super::Today;
use super::Watch;
use super::Work;
use crate::ids::ShiftId;
use crate::roster::staff::cost::Bill;
use crate::units::Seconds;
use crate::units::Span;

/// No work at some times.
#[derive(Clone, Debug)]
pub struct Away(pub Vec<Span>);

impl Watch for Away {
    fn day(&self, today: &Today<'_>, _: &mut [i32], bill: &mut Bill) {
        let span =
            |work: &Work| Span::new(Seconds(i64::from(work.start)), Seconds(i64::from(work.end)));
        let away = |work: &&Work| {
            let mut leave = self.0.iter();
            leave.any(|leave| leave.intersect(span(work)).is_some())
        };
        bill.count(today.works.iter().filter(away).count() as i64);
    }
}

/// Wishes by day: for a shift or any, on or off, with their weights.
#[derive(Clone, Debug)]
pub struct Requests(pub Vec<Vec<(Option<ShiftId>, bool, i64)>>);

impl Watch for Requests {
    fn day(&self, today: &Today<'_>, _: &mut [i32], bill: &mut Bill) {
        let Ok(day) = usize::try_from(today.day) else {
            return;
        };
        for &(shift, on, weight) in &self.0[day] {
            let mut works = today.works.iter();
            let worked = works.any(|work| shift.is_none_or(|s| s == work.shift));
            if worked != on {
                bill.weighed(weight);
            }
        }
    }
}

/// Each day as a pattern has it, days of leave left out.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// By day of the horizon.
    pub wanted: Vec<Option<ShiftId>>,
    /// By day of the horizon.
    pub away: Vec<bool>,
}

impl Watch for Pattern {
    fn day(&self, today: &Today<'_>, _: &mut [i32], bill: &mut Bill) {
        let Ok(day) = usize::try_from(today.day) else {
            return;
        };
        let worked = today.works.iter().map(|work| work.shift);
        if !self.away[day] && !worked.eq(self.wanted[day]) {
            bill.count(1);
        }
    }
}

/// On days of work in a row, no duty starts earlier in the day than the one before.
#[derive(Clone, Copy, Debug)]
pub struct Forward;

impl Watch for Forward {
    /// Clock of the last duty of the day before, -1 without.
    fn slots(&self) -> usize {
        1
    }

    fn start(&self, state: &mut [i32]) {
        state[0] = -1;
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill) {
        if let (Some(first), Some(last)) = (today.works.first(), today.works.last()) {
            bill.count(i64::from(first.clock < state[0]));
            state[0] = last.clock;
        } else {
            state[0] = -1;
        }
    }
}
