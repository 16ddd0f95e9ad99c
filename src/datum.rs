//! Coordinate systems: WGS-84, and the shifted ones of Chinese web maps.
//!
//! GCJ-02 moves a WGS-84 point by some hundred metres along a fixed wavy field; BD-09 is
//! Baidu's further twist of it. The forward formulas are the published ones of the web-map
//! trade (no standard was ever printed). The ways back have no formula: they are iterated
//! until the way forth meets the point again to well under a millimetre.

use std::f64::consts::PI;

use geo::Coord;

/// A coordinate system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Datum {
    /// Longitude and latitude as GPS and `OpenStreetMap` use them.
    #[default]
    Wgs84,
    /// The shifted coordinates of Chinese web maps.
    Gcj02,
    /// Baidu's shift on top of GCJ-02.
    Bd09,
    /// Planar metres, x east and y north.
    Planar,
}

impl Datum {
    /// A point of this datum (degrees, x longitude, y latitude) in WGS-84. Planar points stay
    /// as they are.
    #[must_use]
    pub fn to_wgs84(self, at: Coord<f64>) -> Coord<f64> {
        match self {
            Self::Wgs84 | Self::Planar => at,
            Self::Gcj02 => gcj02_to_wgs84(at),
            Self::Bd09 => bd09_to_wgs84(at),
        }
    }

    /// A WGS-84 point (degrees, x longitude, y latitude) in this datum. Planar points stay as
    /// they are.
    #[must_use]
    pub fn from_wgs84(self, at: Coord<f64>) -> Coord<f64> {
        match self {
            Self::Wgs84 | Self::Planar => at,
            Self::Gcj02 => wgs84_to_gcj02(at),
            Self::Bd09 => wgs84_to_bd09(at),
        }
    }

    /// Whether coordinates are planar metres.
    pub fn is_planar(self) -> bool {
        self == Self::Planar
    }
}

/// Semi-major axis of the Krasovsky 1940 ellipsoid, metres.
const KRASOVSKY_A: f64 = 6_378_245.0;
/// Its eccentricity squared.
const KRASOVSKY_EE: f64 = 0.006_693_421_622_965_943;
/// The angular frequency of Baidu's twist, per degree.
const TWIST: f64 = PI * 3000.0 / 180.0;
/// Steps of an iteration back; four are enough, more cost nothing.
const STEPS: usize = 30;
/// An iteration has arrived when it moves less than this, degrees (0.1 micrometres).
const ARRIVED: f64 = 1e-12;

/// WGS-84 to GCJ-02, degrees. Outside the rectangle that web maps take for China the two
/// are the same.
#[must_use]
pub fn wgs84_to_gcj02(at: Coord<f64>) -> Coord<f64> {
    if is_shifted(at) { at + shift(at) } else { at }
}

/// GCJ-02 to WGS-84, degrees.
#[must_use]
pub fn gcj02_to_wgs84(at: Coord<f64>) -> Coord<f64> {
    if is_shifted(at) {
        invert(at, |p| p + shift(p))
    } else {
        at
    }
}

/// GCJ-02 to BD-09, degrees.
#[must_use]
pub fn gcj02_to_bd09(at: Coord<f64>) -> Coord<f64> {
    let radius = at.x.hypot(at.y) + 0.000_02 * (at.y * TWIST).sin();
    let angle = at.y.atan2(at.x) + 0.000_003 * (at.x * TWIST).cos();
    Coord {
        x: radius * angle.cos() + 0.0065,
        y: radius * angle.sin() + 0.006,
    }
}

/// BD-09 to GCJ-02, degrees.
#[must_use]
pub fn bd09_to_gcj02(at: Coord<f64>) -> Coord<f64> {
    invert(at, gcj02_to_bd09)
}

/// WGS-84 to BD-09, degrees.
#[must_use]
pub fn wgs84_to_bd09(at: Coord<f64>) -> Coord<f64> {
    gcj02_to_bd09(wgs84_to_gcj02(at))
}

/// BD-09 to WGS-84, degrees.
#[must_use]
pub fn bd09_to_wgs84(at: Coord<f64>) -> Coord<f64> {
    gcj02_to_wgs84(bd09_to_gcj02(at))
}

/// The rectangle within which web maps shift.
fn is_shifted(at: Coord<f64>) -> bool {
    (72.004..=137.8347).contains(&at.x) && (0.8293..=55.8271).contains(&at.y)
}

/// The point that `forth` takes to `goal`, by `p <- p + goal - forth(p)`: a contraction,
/// for the shifts change by less than a tenth of the distance moved.
fn invert(goal: Coord<f64>, forth: impl Fn(Coord<f64>) -> Coord<f64>) -> Coord<f64> {
    let mut point = goal;
    for _ in 0..STEPS {
        let step = goal - forth(point);
        point = point + step;
        if step.x.abs() < ARRIVED && step.y.abs() < ARRIVED {
            break;
        }
    }
    point
}

/// By how much GCJ-02 moves a WGS-84 point, degrees.
fn shift(at: Coord<f64>) -> Coord<f64> {
    let (x, y) = (at.x - 105.0, at.y - 35.0);
    let sine = (at.y.to_radians()).sin();
    let square = 1.0 - KRASOVSKY_EE * sine * sine;
    let meridian = KRASOVSKY_A * (1.0 - KRASOVSKY_EE) / (square * square.sqrt());
    let parallel = KRASOVSKY_A / square.sqrt() * at.y.to_radians().cos();
    Coord {
        x: (east_metres(x, y) / parallel).to_degrees(),
        y: (north_metres(x, y) / meridian).to_degrees(),
    }
}

/// Waves that both fields share: sines along x of 6 and 2 per degree.
fn ripple(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

/// Shift to the east in metres; `x`, `y` are degrees from 105 E, 35 N.
fn east_metres(x: f64, y: f64) -> f64 {
    300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple(x)
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0
}

/// Shift to the north in metres; `x`, `y` are degrees from 105 E, 35 N.
fn north_metres(x: f64, y: f64) -> f64 {
    -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple(x)
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y / 30.0 * PI).sin()) * 2.0 / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longitude, latitude in WGS-84 and GCJ-02: the test points of the public
    /// eviltransform libraries (Shanghai, Shenzhen, Beijing).
    const GCJ: [(f64, f64, f64, f64); 3] = [
        (
            121.527_210_6,
            31.177_427_6,
            121.531_541_859_215,
            31.175_303_983_645_97,
        ),
        (
            113.912_316,
            22.543_847,
            113.917_176_480_836_3,
            22.540_796_131_694_766,
        ),
        (
            116.377_817,
            39.911_954,
            116.384_047_224_556_57,
            39.913_345_455_360_69,
        ),
    ];
    /// Longitude, latitude of one place in GCJ-02 and BD-09, of another in WGS-84 and BD-09:
    /// the test points of the public coordtransform libraries. (Those of eviltransform for
    /// BD-09 come from a twist of the wrong frequency and are 10 to 40 m off.)
    const GCJ_BD: [f64; 4] = [
        116.404,
        39.915,
        116.410_369_493_710_29,
        39.921_336_993_510_21,
    ];
    const WGS_BD: [f64; 4] = [
        116.404,
        39.915,
        116.416_627_243_787_33,
        39.922_699_552_216_216,
    ];

    fn metres(a: Coord<f64>, b: Coord<f64>) -> f64 {
        let scale = 111_320.0;
        ((a.x - b.x) * scale * a.y.to_radians().cos()).hypot((a.y - b.y) * scale)
    }

    #[test]
    fn gcj02_meets_the_published_points_both_ways() {
        for (x, y, gx, gy) in GCJ {
            let (wgs, gcj) = (Coord { x, y }, Coord { x: gx, y: gy });
            assert!(metres(wgs84_to_gcj02(wgs), gcj) < 0.001);
            assert!(metres(gcj02_to_wgs84(gcj), wgs) < 0.001);
        }
    }

    #[test]
    fn bd09_meets_the_published_points_both_ways() {
        let pair = |[x, y, bx, by]: [f64; 4]| (Coord { x, y }, Coord { x: bx, y: by });
        let (gcj, bd) = pair(GCJ_BD);
        assert!(metres(gcj02_to_bd09(gcj), bd) < 0.001);
        assert!(metres(bd09_to_gcj02(bd), gcj) < 0.001);
        let (wgs, bd) = pair(WGS_BD);
        assert!(metres(wgs84_to_bd09(wgs), bd) < 0.001);
        assert!(metres(bd09_to_wgs84(bd), wgs) < 0.001);
    }

    #[test]
    fn every_way_back_meets_the_start_to_a_tenth_of_a_millimetre() {
        for i in 0..40 {
            let wgs = Coord {
                x: 75.0 + 1.5 * f64::from(i),
                y: 4.0 + 1.25 * f64::from(i * 7 % 40),
            };
            for datum in [Datum::Gcj02, Datum::Bd09] {
                let back = datum.to_wgs84(datum.from_wgs84(wgs));
                assert!(metres(back, wgs) < 1e-4, "{datum:?} {wgs:?} {back:?}");
            }
        }
    }

    #[test]
    fn abroad_gcj02_is_wgs84() {
        let malta = Coord { x: 14.5, y: 35.9 };
        assert_eq!(wgs84_to_gcj02(malta), malta);
        assert_eq!(gcj02_to_wgs84(malta), malta);
    }
}
