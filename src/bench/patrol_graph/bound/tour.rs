//! Lower bounds on closed walks, by 1-trees with prices on vertices (Held and Karp, "The
//! traveling-salesman problem and minimum spanning trees", 1970 and 1971).
//!
//! A closed tour through `m >= 3` vertices is a path through all but the first and two edges
//! at the first, so it costs at least a minimum spanning tree of the others and the two
//! shortest edges at the first. A price `p_v` on every end of an edge at `v` makes every tour
//! dearer by exactly `2 sum p`, whatever the prices; so the bound of the dearer distances less
//! `2 sum p` is a bound for each choice. The ascent only looks for good prices. Prices are
//! whole parts of a pixel, so each bound is exact.

use super::super::closure::Closure;
use super::super::tour as shortening;
use super::streets::Streets;

/// Parts of a pixel that prices are counted in.
const PARTS: i64 = 1_000;
/// Most steps of an ascent, and the work that they may take: vertices^2.
const STEPS: usize = 1_000;
/// See [`STEPS`].
const WORK: usize = 400_000_000;
/// First vertices of the tour that is climbed to.
const STARTS: usize = 8;
/// Steps without a gain before they are halved, and the least share worth going on with.
const PATIENCE: usize = 15;
/// See [`PATIENCE`].
const LEAST_SHARE: f64 = 0.005;

/// What divides the length of every closed walk (0 when all are of length 0).
///
/// A closed walk `v_1 .. v_m` is as long as the triangles `0, v_i, v_(i+1)` together, less
/// `2 d(0, v_i)` for each `i`; and `2 d(0, v)` is the triangle `0, v, v`.
pub(super) fn divisor(closure: &Closure) -> i64 {
    let n = closure.len() as u32;
    let pairs = (0..n).flat_map(|a| (a..n).map(move |b| (a, b)));
    pairs.fold(0, |g, (a, b)| gcd(g, closure.length(&[0, a, b])))
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The least multiple of `divisor` that is not below `length`.
pub(super) fn rounded(length: i64, divisor: i64) -> i64 {
    let divisor = divisor.max(1);
    (length + divisor - 1).div_euclid(divisor) * divisor
}

/// A bound on the length of a closed walk through `members`, pixels. Nothing is sought beyond
/// `enough`.
///
/// A closed walk along streets that comes by a vertex where the map falls apart comes by it
/// again before and after each excursion, so it is one closed walk in each part. Hence the
/// blocks of the streets among the members (maximal parts that no single vertex cuts) are
/// bounded apart; a street that is a block of its own is walked there and back.
pub(super) fn closed(closure: &Closure, members: &[u32], enough: i64) -> i64 {
    let mut length = 0;
    for block in Streets::among(closure, members).blocks() {
        if length >= enough {
            break;
        }
        let block: Vec<u32> = block.iter().map(|&v| members[v]).collect();
        length += match *block {
            [a, b] => 2 * closure.distance(a, b),
            _ => ascend(closure, &block, enough - length, one_tree),
        };
    }
    length
}

/// A bound on two closed walks together that part `members`, each through two vertices or
/// more.
///
/// Without an edge each they are a forest of two trees; the two edges are no cheaper than the
/// cheapest twice. Prices as above.
pub(super) fn two_closed(closure: &Closure, members: &[u32]) -> i64 {
    ascend(closure, members, i64::MAX, two_trees)
}

/// Cheapest edges, in parts with prices, and how many ends they have at each vertex.
type Relaxed = (i64, Vec<i64>);

/// Dearer distances between members.
struct Dear<'a> {
    closure: &'a Closure,
    members: &'a [u32],
    prices: Vec<i64>,
}

impl Dear<'_> {
    fn far(&self, a: usize, b: usize) -> i64 {
        let pixels = self.closure.distance(self.members[a], self.members[b]);
        PARTS * pixels + self.prices[a] + self.prices[b]
    }

    /// The edges of a minimum spanning tree of the members from `first` on (Prim).
    fn tree(&self, first: usize) -> Vec<(i64, usize, usize)> {
        let start = |v| (self.far(first, v), first, v);
        let mut left: Vec<_> = (first + 1..self.members.len()).map(start).collect();
        let mut tree = Vec::with_capacity(left.len());
        while let Some(k) = (0..left.len()).min_by_key(|&k| left[k]) {
            let edge = left.swap_remove(k);
            tree.push(edge);
            for open in &mut left {
                let far = self.far(edge.2, open.2);
                if far < open.0 {
                    *open = (far, edge.2, open.2);
                }
            }
        }
        tree
    }

    /// Cost of some edges and their ends at each vertex.
    fn sum(&self, edges: &[(i64, usize, usize)]) -> Relaxed {
        let mut ends = vec![0; self.members.len()];
        for &(_, a, b) in edges {
            ends[a] += 1;
            ends[b] += 1;
        }
        (edges.iter().map(|e| e.0).sum(), ends)
    }
}

/// The cheapest 1-tree.
fn one_tree(dear: &Dear<'_>) -> Relaxed {
    let mut edges = dear.tree(1);
    let mut at_first: Vec<_> = (1..dear.members.len())
        .map(|v| (dear.far(0, v), 0, v))
        .collect();
    at_first.sort_unstable();
    edges.extend_from_slice(&at_first[..2]);
    dear.sum(&edges)
}

/// The cheapest forest of two trees, and the cheapest edge twice (it is the first of the tree
/// that Kruskal would build, so the cheapest of ours).
fn two_trees(dear: &Dear<'_>) -> Relaxed {
    let mut edges = dear.tree(0);
    edges.sort_unstable();
    edges.pop();
    let cheapest = dear.tree(0).into_iter().min();
    edges.extend(cheapest);
    edges.extend(cheapest);
    dear.sum(&edges)
}

/// The best bound met on the way up, in whole pixels.
fn ascend(
    closure: &Closure,
    members: &[u32],
    enough: i64,
    relax: impl Fn(&Dear<'_>) -> Relaxed,
) -> i64 {
    let n = members.len();
    let mut dear = Dear {
        closure,
        members,
        prices: vec![0; n],
    };
    // A tour that exists is what to climb to (Held, Wolfe and Crowder 1974).
    let order = shortening::best(closure, members, STARTS);
    let height = (PARTS * closure.length(&order)) as f64;
    let steps = (WORK / (n * n).max(1)).clamp(1, STEPS);
    let (mut best, mut peak) = (i64::MIN, dear.prices.clone());
    let (mut share, mut since) = (2.0, 0);
    for _ in 0..steps {
        let (cost, ends) = relax(&dear);
        let bound = cost - 2 * dear.prices.iter().sum::<i64>();
        since += 1;
        if bound > best {
            (best, peak, since) = (bound, dear.prices.clone(), 0);
        }
        let reached = rounded(best, PARTS) / PARTS;
        let off: i64 = ends.iter().map(|e| (e - 2) * (e - 2)).sum();
        if reached >= enough || off == 0 || share < LEAST_SHARE {
            break;
        }
        if since == PATIENCE {
            // Back to the peak, in smaller steps.
            (share, since) = (share / 2.0, 0);
            dear.prices.clone_from(&peak);
            continue;
        }
        let step = share * (height - bound as f64).max(1.0) / off as f64;
        for (price, ends) in dear.prices.iter_mut().zip(&ends) {
            *price += (step * (ends - 2) as f64) as i64;
        }
    }
    rounded(best.max(0), PARTS) / PARTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::shortest_tours;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    #[test]
    fn no_tour_is_shorter_than_its_bound_and_most_meet_it() {
        let (mut met, mut all) = (0, 0);
        for case in 0..200 {
            let mut rng = Rng::stream(30, case, 0);
            let n = 1 + rng.below(9);
            let closure = Closure::of(&town(n, rng.below(9), &mut rng));
            let tours = shortest_tours(&closure);
            let divisor = divisor(&closure);
            for set in (1..1usize << n).step_by(7) {
                let members: Vec<u32> = (0..n as u32).filter(|v| set >> v & 1 == 1).collect();
                let bound = rounded(closed(&closure, &members, i64::MAX), divisor);
                assert!(bound <= tours[set], "case {case}, set {set}");
                met += usize::from(bound == tours[set]);
                all += 1;
            }
        }
        assert!(met * 100 >= all * 95, "{met} of {all}");
    }

    #[test]
    fn two_walks_are_no_shorter_together_than_their_bound() {
        for case in 0..200 {
            let mut rng = Rng::stream(31, case, 0);
            let n = 4 + rng.below(5);
            let closure = Closure::of(&town(n, rng.below(9), &mut rng));
            let tours = shortest_tours(&closure);
            let all: Vec<u32> = (0..n as u32).collect();
            let bound = rounded(two_closed(&closure, &all), divisor(&closure));
            let last = tours.len() - 1;
            for set in (1..last).filter(|s| s.count_ones() > 1 && (last ^ s).count_ones() > 1) {
                assert!(bound <= tours[set] + tours[last ^ set], "case {case}");
            }
        }
    }
}
