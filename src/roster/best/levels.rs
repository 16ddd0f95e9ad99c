//! What levels of load mean: which are allowed in the end, what they cost, and where they may
//! end because more of them costs the same each.

use super::Ask;
use super::INFINITE;
use crate::roster::model::NEVER;
use crate::roster::rules::Rules;

/// The levels of a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels {
    /// Least level allowed in the end.
    pub(super) least: i32,
    /// Highest level there is: allowed in the end at most, or where levels end.
    pub(super) top: i32,
    /// What each level beyond the top costs; `None` where none is allowed.
    pub(super) beyond: Option<i32>,
    unit: i64,
    /// Load outside the window.
    outside: i64,
    want: (i64, i64),
    prices: (i64, i64),
}

/// Far below every level.
const NOT_WANTED: i64 = -1_000_000;

impl Levels {
    pub(super) fn new(rules: &Rules<'_>, ask: &Ask<'_>, outside: i64) -> Self {
        let scale = ask.scale;
        let who = &rules.problem.people[ask.person];
        let contract = &rules.problem.contracts[who.contract as usize];
        let unit = i64::from(rules.unit);
        let (least, most) = (i64::from(who.load.0), i64::from(who.load.1));
        let up = |load: i64| (load - outside + unit - 1).div_euclid(unit);
        let lowest = match contract.underload {
            NEVER => up(least),
            _ => NOT_WANTED,
        };
        let (top, beyond) = match contract.overload {
            NEVER => ((most - outside).div_euclid(unit), None),
            // Enough is as good as more.
            0 => (up(least).max(0), Some(0)),
            price => (up(most).max(0), Some(price * scale * unit as i32)),
        };
        let price = |p: i32| match p {
            NEVER => i64::from(INFINITE),
            p => i64::from(p) * i64::from(scale),
        };
        Self {
            least: lowest as i32,
            top: top.max(NOT_WANTED) as i32,
            beyond,
            unit,
            outside,
            want: (least, most),
            prices: (price(contract.underload), price(contract.overload)),
        }
    }

    /// What a level costs in the end.
    pub(super) fn price(&self, level: i32) -> i64 {
        let load = self.outside + i64::from(level) * self.unit;
        let (least, most) = self.want;
        (least - load).max(0) * self.prices.0 + (load - most).max(0) * self.prices.1
    }
}
