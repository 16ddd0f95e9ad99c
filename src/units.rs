//! Integer quantities with types: seconds, milliseconds, millimetres, levels, rates.
//!
//! Integers make sums exact, so a value recomputed in another order, on another thread or
//! by another program is the same value.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::ops::AddAssign;
use std::ops::Mul;
use std::ops::Neg;
use std::ops::Sub;
use std::ops::SubAssign;

use serde::Deserialize;
use serde::Serialize;

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
            Deserialize, schemars::JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);
            /// The largest value.
            pub const MAX: Self = Self(i64::MAX);
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl Mul<i64> for $name {
            type Output = Self;
            fn mul(self, factor: i64) -> Self {
                Self(self.0 * factor)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                values.fold(Self::ZERO, Add::add)
            }
        }
    };
}

quantity!(
    /// Seconds: a length of time, or an instant counted from the start of the horizon.
    Seconds
);
quantity!(
    /// Milliseconds: travel time along one arc. A leg sums them and rounds up once.
    Millis
);
quantity!(
    /// Millimetres of road.
    Millimetres
);

impl Seconds {
    /// One minute.
    pub const MINUTE: Self = Self(60);
    /// One hour.
    pub const HOUR: Self = Self(3600);

    /// Whole and broken minutes.
    pub fn minutes(self) -> f64 {
        self.0 as f64 / 60.0
    }

    /// Whole and broken hours.
    pub fn hours(self) -> f64 {
        self.0 as f64 / 3600.0
    }
}

impl fmt::Display for Seconds {
    /// `h:mm:ss`, with a minus sign in front where negative.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let s = self.0.abs();
        write!(f, "{sign}{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    }
}

impl Millis {
    /// Rounded up to whole seconds: how long a leg of this many milliseconds takes in a plan.
    pub fn ceil_seconds(self) -> Seconds {
        Seconds((self.0 + 999).div_euclid(1000))
    }
}

impl Millimetres {
    /// In metres.
    pub fn metres(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// In kilometres.
    pub fn kilometres(self) -> f64 {
        self.0 as f64 / 1_000_000.0
    }
}

/// A half-open stretch of time `[start, end)` on the horizon, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First instant inside.
    pub start: Seconds,
    /// First instant after.
    pub end: Seconds,
}

impl Span {
    /// The stretch from `start` to `end`, seconds from the start of the horizon.
    pub fn new(start: Seconds, end: Seconds) -> Self {
        Self { start, end }
    }

    /// How long it is; negative when it ends before it starts.
    pub fn length(self) -> Seconds {
        self.end - self.start
    }

    /// What both have in common, `None` when that is empty.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self::new(self.start.max(other.start), self.end.min(other.end));
        (both.start < both.end).then_some(both)
    }
}

/// A share between 0 and 1 in whole hundredths: how much a tier's visit counts at a target
/// (authority), or how much protection is left at some age (effect).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Level(pub u8);

impl Level {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// All of it.
    pub const FULL: Self = Self(100);

    /// As a fraction in `[0, 1]`.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Risk of a target: thousandths of a point per hour.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Rate(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legs_round_up_once() {
        assert_eq!(Millis(0).ceil_seconds(), Seconds(0));
        assert_eq!(Millis(1).ceil_seconds(), Seconds(1));
        assert_eq!(Millis(1000).ceil_seconds(), Seconds(1));
        assert_eq!(Millis(1001).ceil_seconds(), Seconds(2));
    }

    #[test]
    fn time_reads_as_hours_minutes_seconds() {
        assert_eq!(Seconds(90_061).to_string(), "25:01:01");
        assert_eq!(Seconds(-61).to_string(), "-0:01:01");
    }

    #[test]
    fn spans_that_touch_have_nothing_in_common() {
        let a = Span::new(Seconds(0), Seconds(10));
        assert_eq!(a.intersect(Span::new(Seconds(10), Seconds(20))), None);
        assert_eq!(
            a.intersect(Span::new(Seconds(5), Seconds(20))),
            Some(Span::new(Seconds(5), Seconds(10)))
        );
    }
}
