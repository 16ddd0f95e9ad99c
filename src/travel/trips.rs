//! Travel times and road lengths from many places to many places.

use super::cost::Cost;
use crate::units::Millimetres;
use crate::units::Millis;

/// Time and length of the fastest way from each of some vertices to each of others; of
/// equally fast ways, a shortest.
///
/// Planning needs the times alone ([`super::Table`]), in half the room. This is for those
/// who look at travel itself, and is exact to the millisecond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trips {
    columns: usize,
    costs: Vec<Cost>,
}

impl Trips {
    /// Trips in `columns` columns from their costs in row order.
    pub(super) fn from_entries(columns: usize, costs: Vec<Cost>) -> Self {
        Self { columns, costs }
    }

    /// Time and length of the way from the `i`-th start to the `j`-th end, `None` when there
    /// is none.
    pub fn get(&self, i: usize, j: usize) -> Option<(Millis, Millimetres)> {
        let cost = self.costs[i * self.columns..][..self.columns][j];
        let figures = (
            Millis(i64::from(cost.time)),
            Millimetres(i64::from(cost.length)),
        );
        (cost < Cost::NEVER).then_some(figures)
    }
}
