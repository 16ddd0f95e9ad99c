//! What a person bears over the horizon, for fair shares.

use super::Today;
use super::Watch;
use crate::roster::staff::calendar::Calendar;
use crate::roster::staff::cost::Bill;
use crate::scenario::RuleKind;

/// Counts what fair shares are wanted of: work, nights, weekends, duties on hard beats.
#[derive(Clone, Debug)]
pub struct Loads {
    first: i32,
    /// Which of the four are counted; the others stay 0.
    wanted: [bool; 4],
    /// By known day: whether it is of a weekend, and the last known of it.
    weekends: Vec<Option<(u32, bool)>>,
}

impl Loads {
    /// Counts what some kinds of fairness ask for.
    pub fn new(kinds: &[RuleKind], calendar: &Calendar) -> Self {
        Self {
            first: calendar.first,
            wanted: [
                RuleKind::FairHours,
                RuleKind::FairNights,
                RuleKind::FairWeekends,
                RuleKind::FairHardBeats,
            ]
            .map(|kind| kinds.contains(&kind)),
            weekends: calendar.weekends(),
        }
    }
}

impl Watch for Loads {
    /// The four loads, and whether the weekend under way counts already.
    fn slots(&self) -> usize {
        5
    }

    fn day(&self, today: &Today<'_>, state: &mut [i32], _: &mut Bill) {
        if today.day < 0 {
            return;
        }
        let count = |is: fn(&super::Work) -> bool| {
            let works = today.works.iter();
            works.filter(|work| is(work)).count() as i32
        };
        state[0] += today.hours() * i32::from(self.wanted[0]);
        state[1] += count(|work| work.night) * i32::from(self.wanted[1]);
        state[3] += count(|work| work.hard) * i32::from(self.wanted[3]);
        let weekend = self.weekends[(today.day - self.first) as usize];
        if let (true, Some((_, last))) = (self.wanted[2], weekend) {
            if today.worked() && state[4] == 0 {
                state[2] += 1;
                state[4] = 1;
            }
            if last {
                state[4] = 0;
            }
        }
    }
}
