//! Fair shares of a tier's load, in whole numbers.
//!
//! Load `L_p` and share `c_p` of each person, `T` and `C` their sums: `p` is off by
//! `floor(|L_p C - T c_p| / C)`. What exceeds the rule's value is summed, and each whole unit of
//! the sum has the rule's price.

use super::instance::Fair;
use super::instance::Instance;
use crate::scenario::RuleKind;

impl Fair {
    /// The load of somebody in parts, the rosters before included.
    pub fn load(&self, before: [i64; 4], now: [i64; 4]) -> i64 {
        let sum = before[self.load] + now[self.load];
        match self.priced.kind {
            RuleKind::FairHours => sum / 60,
            _ => sum * 100,
        }
    }

    /// Whole units by which some loads are not fair, and the parts behind them.
    pub fn units(&self, instance: &Instance, loads: &[i64]) -> (i64, i64) {
        let people = &instance.tiers[self.tier].people;
        let share = |p: &usize| instance.people[*p].share;
        let all: i64 = people.iter().map(share).sum();
        let total: i64 = loads.iter().sum();
        let off = people.iter().zip(loads).map(|(p, load)| {
            let off =
                i128::from(*load) * i128::from(all) - i128::from(total) * i128::from(share(p));
            let off = off.abs().checked_div(i128::from(all)).unwrap_or(0) as i64;
            (off - self.allowed).max(0)
        });
        let sum: i64 = off.sum();
        (sum / self.parts, sum)
    }
}
