//! What a path costs: time first, length to settle ties.

/// Travel time in milliseconds, then length in millimetres.
///
/// Ties in time go to the shorter path, so time and length of a leg belong to the network
/// and not to the algorithm that found it. Both fit 32 bits; see [`Cost::NEVER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// Milliseconds, below 2^30 (12 days) for a real path.
    pub(super) time: u32,
    /// Millimetres; paths beyond 4,294 km all count as that long.
    pub(super) length: u32,
}

impl Cost {
    /// A path that goes nowhere.
    pub(super) const ZERO: Self = Self { time: 0, length: 0 };
    /// No path. Two of these still add up without overflow, and to no less than one of them,
    /// so a search that starts from `NEVER` and takes minima needs no special case.
    pub(super) const NEVER: Self = Self {
        time: 1 << 30,
        length: 0,
    };

    /// One path after the other; neither costs more than [`Cost::NEVER`].
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            time: self.time + other.time,
            length: self.length.saturating_add(other.length),
        }
    }
}

impl Ord for Cost {
    /// By time, then length, in one comparison of 64 bits.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |c: &Self| u64::from(c.time) << 32 | u64::from(c.length);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
