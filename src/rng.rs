//! The one random generator: PCG-XSL-RR 128/64 (MCG), a named algorithm whose stream no
//! library update may change (a golden test holds its first values).
//!
//! A stream is named by `(seed, island, epoch)`, so what an island draws in an epoch does
//! not depend on which thread runs it or on what other islands did before.

use rand::Rng as _;
use rand_pcg::Pcg64Mcg;

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Rng(Pcg64Mcg);

impl Rng {
    /// The stream of `seed` for one island and epoch.
    pub fn stream(seed: u64, island: u64, epoch: u64) -> Self {
        let a = mix(seed ^ mix(island ^ mix(epoch)));
        let b = mix(a ^ 0x9e37_79b9_7f4a_7c15);
        Self(Pcg64Mcg::new((u128::from(a) << 64) | u128::from(b)))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `0..n`, by Lemire's multiplication (the bias, below n / 2^64, is ignored).
    ///
    /// # Panics
    /// In debug builds when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        debug_assert!(n > 0, "a choice among nothing");
        ((u128::from(self.next_u64()) * n as u128) >> 64) as usize
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    /// A number in `[0, 1)`.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// An element of a slice, `None` when it is empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() {
            return None;
        }
        Some(&items[self.below(items.len())])
    }

    /// Fisher-Yates shuffle.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// `SplitMix64` finaliser (Steele, Lea, Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_named_and_fixed() {
        let first = |s, i, e| Rng::stream(s, i, e).next_u64();
        assert_ne!(first(1, 0, 0), first(1, 1, 0));
        assert_ne!(first(1, 0, 0), first(1, 0, 1));
        assert_ne!(first(1, 1, 0), first(1, 0, 1));
        let mut rng = Rng::stream(1, 2, 3);
        let drawn: Vec<u64> = (0..3).map(|_| rng.next_u64()).collect();
        assert_eq!(drawn, GOLDEN);
    }

    const GOLDEN: [u64; 3] = [
        9_512_945_061_217_252_834,
        9_187_333_648_166_345_680,
        7_038_065_659_019_180_783,
    ];
}
