//! An order in which what lies near by stands near by: along a Z-shaped curve (Morton 1966).
//!
//! Tables indexed by places in this order keep what is looked at together in the same few
//! lines of memory, which counts once there are thousands of places.

use geo::Coord;

/// Cells across the whole, as a power of two.
const BITS: u32 = 16;

/// Indices of `points` along the curve; ties in their own order.
pub fn along_curve(points: &[Coord<f64>]) -> Vec<usize> {
    let (east, north) = (axis(points, |p| p.x), axis(points, |p| p.y));
    let mut keyed: Vec<(u64, usize)> = (east.iter().zip(north).enumerate())
        .map(|(k, (&x, y))| (spread(x) | spread(y) << 1, k))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, k)| k).collect()
}

/// One coordinate of each point in whole cells.
fn axis(points: &[Coord<f64>], of: impl Fn(&Coord<f64>) -> f64) -> Vec<u64> {
    let low = points.iter().map(&of).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(&of).fold(f64::NEG_INFINITY, f64::max);
    let cells = f64::from((1u32 << BITS) - 1) / (high - low).max(f64::MIN_POSITIVE);
    let cell = |p: &Coord<f64>| ((of(p) - low) * cells) as u64;
    points.iter().map(cell).collect()
}

/// The bits of a number with a gap before each.
fn spread(cell: u64) -> u64 {
    (0..BITS).fold(0, |sum, bit| sum | (cell >> bit & 1) << (2 * bit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_come_one_after_another_and_ties_keep_their_order() {
        let at = |x: i32, y: i32| Coord {
            x: f64::from(x),
            y: f64::from(y),
        };
        let points = [at(9, 9), at(0, 0), at(9, 0), at(1, 1), at(0, 9), at(0, 0)];
        assert_eq!(along_curve(&points), [1, 5, 3, 2, 4, 0]);
        assert_eq!(along_curve(&[at(3, 3), at(3, 3)]), [0, 1]);
        assert!(along_curve(&[]).is_empty());
    }
}
