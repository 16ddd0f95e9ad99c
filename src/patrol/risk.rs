//! Prefix integral of a piecewise constant risk rate: the risk in any stretch of time in a
//! table look-up and a step or two.

use std::sync::Arc;

/// Seconds per grid cell, as a power of two: about a quarter of an hour.
const CELL: u32 = 10;

/// Integral of a rate that is constant on each piece. Clones share one table.
#[derive(Clone, Debug, Default)]
pub struct RiskIntegral(Arc<Table>);

#[derive(Debug, Default)]
struct Table {
    /// Pieces in time order, the first from 0.
    pieces: Vec<Piece>,
    /// For each grid cell, the piece its first second lies in.
    grid: Vec<u32>,
    /// End of the horizon.
    horizon: i32,
}

/// A stretch of constant rate, up to the start of the next.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    start: i32,
    /// Milli-points per hour.
    rate: i64,
    /// Integral from 0 to the start, milli-points per hour times seconds.
    before: i64,
}

impl RiskIntegral {
    /// From `(start, rate)` pieces on `[0, horizon)`; no pieces means no risk.
    pub fn new(rates: &[(i32, i64)], horizon: i32) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(rates.len().max(1));
        for &(start, rate) in rates {
            let before = pieces
                .last()
                .map_or(0, |p| p.before + p.rate * i64::from(start - p.start));
            pieces.push(Piece {
                start,
                rate,
                before,
            });
        }
        if pieces.is_empty() {
            pieces.push(Piece::default());
        }
        let cells = (horizon.max(0) >> CELL) + 1;
        let mut grid = Vec::with_capacity(cells as usize);
        let mut piece = 0;
        for cell in 0..cells {
            let t = cell << CELL;
            while piece + 1 < pieces.len() && pieces[piece + 1].start <= t {
                piece += 1;
            }
            grid.push(piece as u32);
        }
        Self(Arc::new(Table {
            pieces,
            grid,
            horizon,
        }))
    }

    /// Integral over `[0, t)`; `t` is clamped to the horizon.
    #[inline]
    pub fn upto(&self, t: i32) -> i64 {
        let table = &*self.0;
        let t = t.clamp(0, table.horizon);
        let mut piece = table.grid[(t >> CELL) as usize] as usize;
        while piece + 1 < table.pieces.len() && table.pieces[piece + 1].start <= t {
            piece += 1;
        }
        let piece = &table.pieces[piece];
        piece.before + piece.rate * i64::from(t - piece.start)
    }

    /// Integral over `[from, to)`, 0 when empty.
    #[inline]
    pub fn between(&self, from: i32, to: i32) -> i64 {
        if from >= to {
            return 0;
        }
        self.upto(to) - self.upto(from)
    }

    /// Integral over the whole horizon.
    pub fn total(&self) -> i64 {
        self.upto(self.0.horizon)
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
