//! Numbers of a file as the engine's integers: ticks of time, and points.

/// Longest horizon that a benchmark is compiled with, ticks: sums of a few times stay far
/// from the end of the integers.
pub const LONGEST: f64 = 268_435_456.0;
/// Horizon that real-valued times are scaled to at most, ticks. The search charges every tick
/// of driving a 10,000,000th of the mean points of a visit, so a whole route costs a tenth of
/// that at most. Points of that size and more decide alone; a visit of fewer may be left out
/// when its detour is long, a whole route long at the extreme.
const FINE: f64 = 1e6;
/// Numbers that should be whole but for the rounding of floating point are taken as whole.
const FUZZ: f64 = 1e-6;
/// Most points of a whole problem: they stay exact as floating-point numbers.
const MOST_POINTS: f64 = 9e15;

/// Ticks per unit of time: the greatest 1, 2 or 5 times a power of ten, at most 10^7, with
/// which `longest` comes to a million ticks at most: that is 400,000 at least, as long as
/// `longest` is 0.04 or more.
pub fn finest(longest: f64) -> f64 {
    let scales = (-7..=7)
        .rev()
        .flat_map(|e| [5.0, 2.0, 1.0].map(|k| k * 10f64.powi(e)));
    let mut fitting = scales.filter(|s| *s <= 1e7 && longest * s <= FINE);
    fitting.next().unwrap_or(1e-7)
}

/// A length of time in ticks, rounded up, at most `most`.
pub fn up(time: f64, per_unit: f64, most: i32) -> i32 {
    (time * per_unit - FUZZ).ceil().clamp(0.0, f64::from(most)) as i32
}

/// A length of time in ticks, rounded down, at most `most`.
pub fn down(time: f64, per_unit: f64, most: i32) -> i32 {
    (time * per_unit + FUZZ).floor().clamp(0.0, f64::from(most)) as i32
}

/// Points for each of `values`, and how many make 1: a power of ten that makes all of them
/// whole, as far as up to six decimals can.
pub fn points(values: &[f64]) -> (Vec<i64>, f64) {
    let total: f64 = values.iter().sum();
    let whole = |scale: f64| values.iter().all(|v| (v * scale).fract() == 0.0);
    let scales = (0..=6).map(|e| 10f64.powi(e));
    let fitting: Vec<f64> = scales
        .filter(|s| *s == 1.0 || total * s <= MOST_POINTS)
        .collect();
    let scale = fitting.iter().copied().find(|&s| whole(s));
    let scale = scale.or(fitting.last().copied()).unwrap_or(1.0);
    let points = values.iter().map(|v| (v * scale).round() as i64);
    (points.collect(), scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_scale_fits() {
        assert_eq!(finest(25.0), 2e4);
        assert_eq!(finest(200.0), 5e3);
        assert_eq!(finest(60.1), 1e4);
        assert_eq!(finest(0.0), 1e7);
        assert!(finest(1e7) * 1e7 <= FINE);
    }

    #[test]
    fn lengths_are_rounded_towards_safety_but_whole_ones_stay() {
        assert_eq!(up(0.3, 10.0, 100), 3);
        assert_eq!(up(0.1 + 0.2, 10.0, 100), 3);
        assert_eq!(up(0.31, 10.0, 100), 4);
        assert_eq!(down(0.39, 10.0, 100), 3);
        assert_eq!(up(1e9, 10.0, 100), 100);
    }

    #[test]
    fn points_are_whole() {
        assert_eq!(points(&[3.0, 10.0]), (vec![3, 10], 1.0));
        assert_eq!(points(&[0.5, 2.25]), (vec![50, 225], 100.0));
        assert_eq!(points(&[1.0 / 3.0]), (vec![333_333], 1e6));
    }
}
