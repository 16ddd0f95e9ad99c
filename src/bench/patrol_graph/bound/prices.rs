//! Prices that make the richest walk poor: the dual of covering all items by as few walks as
//! can be, fractions of walks allowed, solved by column generation (Dantzig and Wolfe 1960) with
//! a small revised simplex. Nothing here is trusted: prices are only a proposal, and what they
//! prove is judged elsewhere in whole numbers.

/// A number smaller than this is 0.
const TINY: f64 = 1e-9;
/// Most pivots for one new walk.
const PIVOTS: usize = 2_000;

/// Cover every row as often as it needs, by columns of cost 1, at the least cost.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    columns: Vec<Vec<f64>>,
    /// The columns in the basis; from the number of columns on, the surplus of a row.
    basis: Vec<Basic>,
    /// Inverse of the basis, by rows.
    inverse: Vec<Vec<f64>>,
    /// Values of the basis.
    values: Vec<f64>,
}

/// What is in the basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basic {
    Column(usize),
    Surplus(usize),
}

impl Cover {
    /// To begin with, each row is covered by a column of its own.
    pub(super) fn new(needs: &[f64]) -> Self {
        let unit = |k: usize| {
            (0..needs.len())
                .map(|i| f64::from(u8::from(i == k)))
                .collect()
        };
        let columns: Vec<Vec<f64>> = (0..needs.len()).map(unit).collect();
        Self {
            basis: (0..needs.len()).map(Basic::Column).collect(),
            inverse: columns.clone(),
            columns,
            values: needs.to_vec(),
        }
    }

    /// A new column.
    pub(super) fn add(&mut self, column: Vec<f64>) {
        self.columns.push(column);
    }

    /// The least cost of the columns so far.
    pub(super) fn cost(&self) -> f64 {
        let values = self.basis.iter().zip(&self.values);
        let cost = |(b, v): (&Basic, &f64)| {
            if matches!(b, Basic::Column(_)) {
                *v
            } else {
                0.0
            }
        };
        values.map(cost).sum()
    }

    /// The price of each row.
    pub(super) fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.values.len()];
        for (basic, row) in self.basis.iter().zip(&self.inverse) {
            if matches!(basic, Basic::Column(_)) {
                prices.iter_mut().zip(row).for_each(|(p, x)| *p += x);
            }
        }
        prices
    }

    /// Brings the basis to the least cost.
    pub(super) fn solve(&mut self) {
        for _ in 0..PIVOTS {
            let prices = self.prices();
            let gain = |column: &Vec<f64>| -> f64 {
                column.iter().zip(&prices).map(|(a, p)| a * p).sum::<f64>() - 1.0
            };
            let columns = self.columns.iter().map(gain).enumerate();
            let columns = columns.map(|(c, gain)| (gain, Basic::Column(c)));
            let surplus = prices.iter().enumerate();
            let surplus = surplus.map(|(r, price)| (-price, Basic::Surplus(r)));
            let best = columns.chain(surplus).max_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((gain, entering)) if gain > TINY => {
                    if !self.pivot(entering) {
                        return;
                    }
                }
                _ => return,
            }
        }
    }

    /// Takes something into the basis; false when that is not possible.
    fn pivot(&mut self, entering: Basic) -> bool {
        let times = |row: &Vec<f64>| match entering {
            Basic::Column(c) => row.iter().zip(&self.columns[c]).map(|(x, a)| x * a).sum(),
            Basic::Surplus(r) => -row[r],
        };
        let slope: Vec<f64> = self.inverse.iter().map(times).collect();
        let ratio = |&r: &usize| (self.values[r].max(0.0) / slope[r], -slope[r]);
        let rows = (0..slope.len()).filter(|&r| slope[r] > 1e-7);
        let leaving = rows.min_by(|a, b| {
            let (a, b) = (ratio(a), ratio(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let Some(leaving) = leaving else { return false };
        let value = self.values[leaving] / slope[leaving];
        let pivot: Vec<f64> = self.inverse[leaving]
            .iter()
            .map(|x| x / slope[leaving])
            .collect();
        for (r, &by) in slope.iter().enumerate() {
            if r != leaving && by != 0.0 {
                self.values[r] -= by * value;
                self.inverse[r]
                    .iter_mut()
                    .zip(&pivot)
                    .for_each(|(x, p)| *x -= by * p);
            }
        }
        self.values[leaving] = value;
        self.inverse[leaving] = pivot;
        self.basis[leaving] = entering;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_is_covered_by_half_of_each_edge() {
        let mut cover = Cover::new(&[1.0; 3]);
        assert!((cover.cost() - 3.0).abs() < 1e-6);
        for edge in [[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]] {
            cover.add(edge.to_vec());
            cover.solve();
        }
        assert!((cover.cost() - 1.5).abs() < 1e-6);
        assert!(cover.prices().iter().all(|p| (p - 0.5).abs() < 1e-6));
        cover.add(vec![1.0; 3]);
        cover.solve();
        assert!((cover.cost() - 1.0).abs() < 1e-6);
    }
}
