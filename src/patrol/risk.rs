//! Prefix integral of a piecewise constant risk rate: the risk in any stretch of time in a
//! table look-up and a step or two.

/// Seconds per grid cell, as a power of two: about a quarter of an hour.
const CELL: u32 = 10;

/// Integral of a rate that is constant on each piece.
#[derive(Clone, Debug, Default)]
pub struct RiskIntegral {
    /// Start of each piece, strictly rising, the first 0.
    starts: Vec<i32>,
    /// Rate of each piece, milli-points per hour.
    rates: Vec<i64>,
    /// Integral from 0 to each piece's start, milli-points per hour times seconds.
    prefix: Vec<i64>,
    /// For each grid cell, the piece its first second lies in.
    grid: Vec<u32>,
    /// End of the horizon.
    horizon: i32,
}

impl RiskIntegral {
    /// From `(start, rate)` pieces on `[0, horizon)`; no pieces means no risk.
    pub fn new(pieces: &[(i32, i64)], horizon: i32) -> Self {
        let mut this = Self {
            horizon,
            ..Self::default()
        };
        let mut sum = 0;
        for (k, &(start, rate)) in pieces.iter().enumerate() {
            if let Some(&(before, r)) = k.checked_sub(1).and_then(|j| pieces.get(j)) {
                sum += r * i64::from(start - before);
            }
            this.starts.push(start);
            this.rates.push(rate);
            this.prefix.push(sum);
        }
        if this.starts.is_empty() {
            this.starts.push(0);
            this.rates.push(0);
            this.prefix.push(0);
        }
        let cells = (horizon.max(0) >> CELL) + 1;
        let mut piece = 0;
        for cell in 0..cells {
            let t = cell << CELL;
            while piece + 1 < this.starts.len() && this.starts[piece + 1] <= t {
                piece += 1;
            }
            this.grid.push(piece as u32);
        }
        this
    }

    /// Integral over `[0, t)`; `t` is clamped to the horizon.
    pub fn upto(&self, t: i32) -> i64 {
        let t = t.clamp(0, self.horizon);
        let mut piece = self.grid[(t >> CELL) as usize] as usize;
        while piece + 1 < self.starts.len() && self.starts[piece + 1] <= t {
            piece += 1;
        }
        self.prefix[piece] + self.rates[piece] * i64::from(t - self.starts[piece])
    }

    /// Integral over `[from, to)`, 0 when empty.
    pub fn between(&self, from: i32, to: i32) -> i64 {
        if from >= to {
            return 0;
        }
        self.upto(to) - self.upto(from)
    }

    /// Integral over the whole horizon.
    pub fn total(&self) -> i64 {
        self.upto(self.horizon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn agrees_with_summing_second_by_second() {
        let mut rng = Rng::stream(7, 0, 0);
        for _ in 0..50 {
            let horizon = 1 + rng.below(20_000) as i32;
            let mut pieces = vec![(0, rng.below(9) as i64)];
            for _ in 0..rng.below(6) {
                let at = pieces[pieces.len() - 1].0 + 1 + rng.below(5000) as i32;
                if at < horizon {
                    pieces.push((at, rng.below(9) as i64));
                }
            }
            let risk = RiskIntegral::new(&pieces, horizon);
            let rate = |t: i32| pieces.iter().rev().find(|p| p.0 <= t).map_or(0, |p| p.1);
            let (a, b) = (rng.below(horizon as usize), rng.below(horizon as usize));
            let (a, b) = (a.min(b) as i32, a.max(b) as i32);
            assert_eq!(risk.between(a, b), (a..b).map(rate).sum::<i64>());
            assert_eq!(risk.total(), (0..horizon).map(rate).sum::<i64>());
        }
    }
}
