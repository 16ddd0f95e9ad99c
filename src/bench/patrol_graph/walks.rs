//! A cyclic answer: closed walks, each shared evenly by some agents.

use std::cmp::Ordering;

use super::closure::Closure;

/// `length / agents`: how long a vertex waits when that many agents share a walk evenly.
/// Compared exactly.
#[derive(Clone, Copy, Debug)]
pub struct Idleness {
    /// Length of the walk, pixels.
    pub length: i64,
    /// How many agents share it, at least 1.
    pub agents: i64,
}

impl Idleness {
    /// No waiting at all.
    pub const ZERO: Self = Self {
        length: 0,
        agents: 1,
    };

    /// Seconds at 1 m/s on a map of `resolution` metres per pixel.
    pub fn seconds(self, resolution: f64) -> f64 {
        self.length as f64 / self.agents as f64 * resolution
    }

    /// Length of the longest walk that `agents` agents can share with less idleness than
    /// this, pixels; negative when none can.
    pub fn below(self, agents: i64) -> i64 {
        (self.length * agents - 1).div_euclid(self.agents)
    }
}

impl Ord for Idleness {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (i128::from(self.length), i128::from(other.length));
        (a * i128::from(other.agents)).cmp(&(b * i128::from(self.agents)))
    }
}

impl PartialOrd for Idleness {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Idleness {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Idleness {}

/// A closed walk through some vertices by shortest paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The vertices in order; between them the walk follows a shortest path.
    pub order: Vec<u32>,
    /// Agents that share it evenly.
    pub agents: u32,
}

impl Walk {
    /// How long its vertices wait.
    pub fn idleness(&self, closure: &Closure) -> Idleness {
        Idleness {
            length: closure.length(&self.order),
            agents: i64::from(self.agents.max(1)),
        }
    }
}

/// A cyclic answer: each vertex belongs to one walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walks(pub Vec<Walk>);

impl Walks {
    /// The idleness of each walk, worst first.
    pub fn profile(&self, closure: &Closure) -> Vec<Idleness> {
        let mut all: Vec<_> = self.0.iter().map(|w| w.idleness(closure)).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all
    }

    /// The worst idleness of any vertex.
    pub fn worst(&self, closure: &Closure) -> Idleness {
        let all = self.0.iter().map(|w| w.idleness(closure));
        all.max().unwrap_or(Idleness::ZERO)
    }

    /// The walk with the worst idleness.
    pub fn worst_walk(&self, closure: &Closure) -> usize {
        let idleness = |&k: &usize| (self.0[k].idleness(closure), std::cmp::Reverse(k));
        (0..self.0.len()).max_by_key(idleness).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idleness_is_compared_without_rounding() {
        let of = |length, agents| Idleness { length, agents };
        assert_eq!(of(2, 4), of(1, 2));
        assert!(of(1_000_001, 3) < of(1_000_000, 2));
        assert!(of(10, 3) > of(13, 4));
        // The greatest length with less than 10/3 each.
        assert_eq!([1, 2, 3, 6].map(|c| of(10, 3).below(c)), [3, 6, 9, 19]);
        assert_eq!(Idleness::ZERO.below(3), -1);
        assert_eq!(of(30, 4).seconds(0.1), 0.75);
    }
}
