//! Two agents, by the theorem that for them the best cyclic answer is the best of all
//! (Afshani and others, `SoCG` 2022): one closed walk shared by both, or one each. **What is said
//! here holds for any strategy only by that theorem.**
//!
//! A shared walk passes all vertices, so it is as long as the shortest tour `T` at least, and
//! its vertices wait `T / 2`. Let there be two walks `A` and `B` along [`Streets`].
//!
//! - If they come by a common vertex, they are one closed walk of length `|A| + |B|` through
//!   all vertices, so the longer has `T / 2` at least. No better than sharing.
//! - If not, the vertices that each comes by are connected by streets, and all streets
//!   between the two sets are a minimal cut. Walking the shortest of these, of length `d`,
//!   there and back joins the walks: `|A| + |B| + 2 d >= T`.
//!
//! So it is enough to look at the minimal cuts, and at those without a short street: let `d` be
//! a length; sets joined by streets up to `d` are drawn together, all cuts of what is left are
//! told over, and each has the greater of the [`tour`] bounds of its two sides. A cut that was
//! not looked at has a street of length at most `d`, so its longer walk has at least `T / 2 - d`;
//! or, together, what [`tour::two_closed`] says of any two walks. `d` is the least for which
//! the cuts are few enough. Maps of buildings are near to trees and have few cuts at all.

use super::super::closure::Closure;
use super::super::walks::Idleness;
use super::streets::Streets;
use super::tour;

/// Most cuts that are looked at, the work that they may take (vertices^2), and most steps of
/// telling them over.
const CUTS: usize = 1_500;
/// See [`CUTS`].
const WORK: usize = 20_000_000;
/// See [`CUTS`].
const STEPS: usize = 60_000;

/// A side of every cut: which vertices are not with the first.
type Cut = Vec<bool>;

/// A bound for two agents.
pub(super) fn bound(closure: &Closure) -> Idleness {
    let streets = Streets::among(closure, &everybody(closure));
    let divisor = tour::divisor(closure);
    let members = everybody(closure);
    let whole = tour::rounded(tour::closed(closure, &members, i64::MAX), divisor);
    let shared = Idleness {
        length: whole,
        agents: 2,
    };
    let alone = |length| Idleness { length, agents: 1 };
    let walk = |members: &[u32]| {
        let enough = (whole + 1) / 2;
        alone(tour::rounded(
            tour::closed(closure, members, enough),
            divisor,
        ))
    };
    // One agent stays at a vertex. Where it is near the others, theirs is nearly a tour.
    let without = |v: u32| {
        let near = streets.0[v as usize].iter().map(|s| s.1).min();
        let cheap = alone((whole - 2 * near.unwrap_or(0)).max(0));
        if cheap >= shared {
            return cheap;
        }
        let rest: Vec<u32> = members.iter().copied().filter(|&m| m != v).collect();
        cheap.max(walk(&rest))
    };
    let lone = members.iter().map(|&v| without(v)).min();
    let least = shared.min(lone.unwrap_or(shared));
    if members.len() < 4 {
        return least;
    }
    let (short, cuts) = few_cuts(&streets);
    let halves = crate::par::map(&cuts, |cut| {
        let side = |far: bool| {
            let side = members.iter().copied();
            side.filter(|&v| cut[v as usize] == far).collect::<Vec<_>>()
        };
        walk(&side(false)).max(walk(&side(true)))
    });
    let least = halves.into_iter().min().unwrap_or(least).min(least);
    if short == 0 {
        return least;
    }
    let together = tour::rounded(tour::two_closed(closure, &members), divisor);
    let unseen = Idleness {
        length: together.max(whole - 2 * short),
        agents: 2,
    };
    least.min(unseen)
}

fn everybody(closure: &Closure) -> Vec<u32> {
    (0..closure.len() as u32).collect()
}

/// The least length for which there are few minimal cuts whose streets are all longer, and
/// those cuts.
fn few_cuts(streets: &Streets) -> (i64, Vec<Cut>) {
    let lengths = streets.0.iter().flatten().map(|s| s.1);
    let mut lengths: Vec<i64> = lengths.chain([0]).collect();
    lengths.sort_unstable();
    lengths.dedup();
    let (mut low, mut high) = (0, lengths.len() - 1);
    // The greatest leaves no street, hence no cut.
    let mut found = (lengths[high], Vec::new());
    while low < high {
        let mid = usize::midpoint(low, high);
        if let Some(cuts) = Cutting::of(streets, lengths[mid]).all() {
            found = (lengths[mid], cuts);
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    found
}

/// Telling over the minimal cuts of a graph of sets.
struct Cutting {
    /// The set of each vertex.
    set: Vec<usize>,
    /// Which sets are joined by a street.
    next: Vec<Vec<usize>>,
    /// For each set: on the first side, on the other, or open.
    side: Vec<Option<bool>>,
    steps: usize,
    cuts: Vec<Cut>,
}

impl Cutting {
    /// Vertices joined by streets up to `short` are one set.
    fn of(streets: &Streets, short: i64) -> Self {
        let n = streets.len();
        let mut set = vec![usize::MAX; n];
        let mut sets = 0;
        for v in 0..n {
            if set[v] == usize::MAX {
                let near = |&&(_, far): &&(usize, i64)| far <= short;
                flood(v, |u| {
                    let new = set[u] == usize::MAX;
                    set[u] = sets;
                    let ways = streets.0[u].iter().filter(near).map(|s| s.0);
                    if new { ways.collect() } else { Vec::new() }
                });
                sets += 1;
            }
        }
        let mut next = vec![Vec::new(); sets];
        for (v, ways) in streets.0.iter().enumerate() {
            let others = ways.iter().map(|s| set[s.0]).filter(|&s| s != set[v]);
            next[set[v]].extend(others);
        }
        for ways in &mut next {
            ways.sort_unstable();
            ways.dedup();
        }
        Self {
            set,
            next,
            side: vec![None; sets],
            steps: 0,
            cuts: Vec::new(),
        }
    }

    /// All cuts, unless they are too many.
    fn all(mut self) -> Option<Vec<Cut>> {
        self.side[0] = Some(false);
        self.grow().then_some(self.cuts)
    }

    /// Grows the first side set by set, each way; false when that is too much work.
    fn grow(&mut self) -> bool {
        self.steps += 1;
        let most = (WORK / (self.set.len() * self.set.len())).clamp(1, CUTS);
        if self.steps > STEPS || self.cuts.len() > most {
            return false;
        }
        let reached = self.beyond();
        let far = (0..self.side.len()).filter(|&s| self.side[s] == Some(true));
        if reached.is_some_and(|reached| far.clone().any(|s| !reached[s])) {
            // The other side has come apart for good.
            return true;
        }
        let first = (0..self.side.len()).filter(|&s| self.side[s] == Some(false));
        let mut border = first.flat_map(|s| self.next[s].iter().copied());
        if let Some(open) = border.find(|&s| self.side[s].is_none()) {
            for choice in [false, true] {
                self.side[open] = Some(choice);
                if !self.grow() {
                    return false;
                }
            }
            self.side[open] = None;
        } else if let Some(reached) = self.beyond() {
            let other = |s: usize| self.side[s] != Some(false);
            if (0..self.side.len()).all(|s| reached[s] || !other(s)) {
                self.cuts.push(self.set.iter().map(|&s| other(s)).collect());
            }
        }
        true
    }

    /// The sets that can be reached from the first of the other side without crossing the
    /// first side.
    fn beyond(&self) -> Option<Vec<bool>> {
        let from = (0..self.side.len()).find(|&s| self.side[s] == Some(true))?;
        let mut reached = vec![false; self.side.len()];
        flood(from, |s| {
            let new = !std::mem::replace(&mut reached[s], true);
            let ways = self.next[s].iter().copied();
            let ways = ways.filter(|&w| self.side[w] != Some(false));
            if new { ways.collect() } else { Vec::new() }
        });
        Some(reached)
    }
}

/// Visits what can be reached; `ways` gives the ways on from a place that is new.
fn flood(from: usize, mut ways: impl FnMut(usize) -> Vec<usize>) {
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        open.extend(ways(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::optimum;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    #[test]
    fn two_agents_never_beat_the_bound_and_mostly_meet_it() {
        let mut met = 0;
        for case in 0..300 {
            let mut rng = Rng::stream(32, case, 0);
            let n = 1 + rng.below(9);
            let closure = Closure::of(&town(n, rng.below(8), &mut rng));
            let (bound, least) = (bound(&closure), optimum(&closure, 2));
            assert!(bound <= least, "case {case}: {bound:?} {least:?}");
            met += usize::from(bound == least);
        }
        assert!(met >= 280, "{met} of 300");
    }

    #[test]
    fn cuts_are_all_ways_to_part_a_graph_in_two_connected_sets() {
        for case in 0..100 {
            let mut rng = Rng::stream(33, case, 0);
            let n = 2 + rng.below(7);
            let closure = Closure::of(&town(n, rng.below(8), &mut rng));
            let members: Vec<u32> = (0..n as u32).collect();
            let streets = Streets::among(&closure, &members);
            let whole = |side: usize| {
                let from = side.trailing_zeros() as usize;
                let mut seen = 0usize;
                flood(from, |v| {
                    let new = seen >> v & 1 == 0;
                    seen |= 1 << v;
                    let ways = streets.0[v].iter().map(|s| s.0);
                    let ways = ways.filter(|&w| new && side >> w & 1 == 1);
                    ways.collect()
                });
                seen == side
            };
            let all = (1 << n) - 1;
            let sides = (2..all).step_by(2);
            let expected = sides.filter(|&s| whole(s) && whole(all ^ s)).count();
            let mut cuts = Cutting::of(&streets, 0).all().expect("few");
            assert_eq!(cuts.len(), expected, "case {case}");
            cuts.sort_unstable();
            cuts.dedup();
            assert_eq!(cuts.len(), expected, "case {case}");
        }
    }
}
