//! People on duty by the hour against those wanted.
//!
//! The hours of a lack are begun once for each stretch of time without a gap, so the cost of a
//! demand is that of its stretches, not of its pieces.

use super::cost::Bill;
use super::cost::Cost;
use super::instance::Demand;

/// A stretch in which people are lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    /// When it begins.
    pub start: i32,
    /// When it ends.
    pub end: i32,
    /// Person-seconds that are lacking.
    pub lacking: i64,
}

impl Demand {
    /// People lacking of the fewest.
    pub fn below_least(&self, is: i64) -> i64 {
        (self.least - is).max(0)
    }

    /// People lacking of those desired, beyond the fewest.
    pub fn below_desired(&self, is: i64) -> i64 {
        (self.desired - is.max(self.least)).max(0)
    }

    /// Person-seconds that are lacking of the fewest, with `present` in each piece.
    pub fn lacking(&self, present: &[i64]) -> i64 {
        let pieces = self.pieces.iter().zip(present);
        let each =
            pieces.map(|(&(start, end, _), &is)| self.below_least(is) * i64::from(end - start));
        each.sum()
    }

    /// Stretches without enough people, with `present` in each piece.
    pub fn lacks(&self, present: &[i64], missing: impl Fn(i64) -> i64) -> Vec<Lack> {
        let mut lacks: Vec<Lack> = Vec::new();
        self.each_lack(present, missing, |lack| lacks.push(lack));
        lacks
    }

    fn each_lack(&self, present: &[i64], missing: impl Fn(i64) -> i64, mut take: impl FnMut(Lack)) {
        let mut open: Option<Lack> = None;
        for (&(start, end, _), &is) in self.pieces.iter().zip(present) {
            let lacking = missing(is) * i64::from(end - start);
            match &mut open {
                Some(lack) if lacking > 0 && lack.end == start => {
                    lack.end = end;
                    lack.lacking += lacking;
                }
                _ => {
                    open.take().into_iter().for_each(&mut take);
                    open = (lacking > 0).then_some(Lack {
                        start,
                        end,
                        lacking,
                    });
                }
            }
        }
        open.into_iter().for_each(take);
    }

    /// What it costs with so many people present in each piece.
    pub fn cost(&self, present: &[i64]) -> Cost {
        let units = |missing: &dyn Fn(i64) -> i64| {
            let mut bill = Bill::default();
            self.each_lack(present, missing, |lack| bill.seconds(lack.lacking));
            bill.units
        };
        let mut cost = Cost::ZERO;
        if !self.promised.is_empty() {
            let units = units(&|is| self.below_least(is));
            cost += self.promised.iter().map(|p| p.unit * units).sum::<Cost>();
        }
        if self.desired > self.least {
            cost += self.desired_price.unit * units(&|is| self.below_desired(is));
        }
        cost
    }

    /// What one more person in some pieces saves, each piece by itself: exact where stretches
    /// of lack are whole hours.
    pub fn saved(&self, present: &[i64], pieces: std::ops::Range<usize>) -> Cost {
        let (mut least, mut desired) = (0, 0);
        for k in pieces {
            let (start, end, _) = self.pieces[k];
            let (is, length) = (present[k], i64::from(end - start));
            least += (self.below_least(is) - self.below_least(is + 1)) * length;
            desired += (self.below_desired(is) - self.below_desired(is + 1)) * length;
        }
        let hours = |price: Cost, seconds: i64| Cost {
            promises: price.promises * seconds / 3600,
            wishes: price.wishes * seconds / 3600,
        };
        let promised = self.promised.iter().map(|p| hours(p.unit, least));
        promised.sum::<Cost>() + hours(self.desired_price.unit, desired)
    }
}
