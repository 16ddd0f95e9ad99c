//! A closed walk through given vertices: built by nearest neighbours, improved by 2-opt
//! (Croes 1958) and Or-opt (Or 1976).

use super::closure::Closure;

/// Longest run of vertices that Or-opt moves.
const RUN: usize = 3;

/// The nearest-neighbour tour from `first`, improved. `members` holds `first`.
pub fn from(closure: &Closure, members: &[u32], first: u32) -> Vec<u32> {
    let mut left: Vec<u32> = members.iter().copied().filter(|&v| v != first).collect();
    let mut order = vec![first];
    let mut at = first;
    while let Some(k) = (0..left.len()).min_by_key(|&k| (closure.distance(at, left[k]), left[k])) {
        at = left.swap_remove(k);
        order.push(at);
    }
    improve(closure, &mut order);
    order
}

/// The best of [`from`] over up to `starts` first vertices, spread over `members`; empty
/// when `members` is.
pub fn best(closure: &Closure, members: &[u32], starts: usize) -> Vec<u32> {
    let step = members.len().div_ceil(starts.max(1)).max(1);
    let tours = members.iter().step_by(step);
    let tours = tours.map(|&first| from(closure, members, first));
    tours
        .min_by_key(|order| closure.length(order))
        .unwrap_or_default()
}

/// Improves a closed walk until neither 2-opt nor Or-opt shortens it.
pub fn improve(closure: &Closure, order: &mut [u32]) {
    while two_opt(closure, order) || or_opt(closure, order) {}
}

/// Reverses a stretch if that shortens the walk.
fn two_opt(closure: &Closure, order: &mut [u32]) -> bool {
    let n = order.len();
    for i in 0..n.saturating_sub(2) {
        for j in i + 2..n {
            let (a, b) = (order[i], order[i + 1]);
            let (c, d) = (order[j], order[(j + 1) % n]);
            let now = closure.distance(a, b) + closure.distance(c, d);
            if closure.distance(a, c) + closure.distance(b, d) < now {
                order[i + 1..=j].reverse();
                return true;
            }
        }
    }
    false
}

/// Moves a short run elsewhere, either way round, if that shortens the walk.
fn or_opt(closure: &Closure, order: &mut [u32]) -> bool {
    let n = order.len();
    for length in 1..=RUN.min(n.saturating_sub(2)) {
        for _ in 0..n {
            // The run stands at the end of the row; every position gets its turn.
            order.rotate_left(1);
            let rest = n - length;
            let (first, last) = (order[rest], order[n - 1]);
            let (before, after) = (order[rest - 1], order[0]);
            let saved = closure.distance(before, first) + closure.distance(last, after)
                - closure.distance(before, after);
            for k in 0..rest - 1 {
                let (a, b) = (order[k], order[k + 1]);
                let whole = closure.distance(a, b);
                let forth = closure.distance(a, first) + closure.distance(last, b) - whole;
                let back = closure.distance(a, last) + closure.distance(first, b) - whole;
                if forth.min(back) < saved {
                    if back < forth {
                        order[rest..].reverse();
                    }
                    order[k + 1..].rotate_right(length);
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::shortest_tours;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    #[test]
    fn tours_are_permutations_near_the_shortest() {
        let (mut ours, mut optimal, mut hit) = (0, 0, 0);
        for case in 0..60 {
            let mut rng = Rng::stream(2, case, 0);
            let n = 1 + rng.below(8);
            let closure = Closure::of(&town(n, 5, &mut rng));
            let all: Vec<u32> = (0..n as u32).collect();
            let mut tour = best(&closure, &all, n);
            let shortest = shortest_tours(&closure)[(1 << n) - 1];
            let length = closure.length(&tour);
            assert!(length >= shortest, "case {case}");
            tour.sort_unstable();
            assert_eq!(tour, all, "case {case}");
            ours += length;
            optimal += shortest;
            hit += u32::from(length == shortest);
        }
        assert!(
            hit >= 55 && ours * 100 <= optimal * 101,
            "{hit} of 60, {ours} against {optimal}"
        );
    }

    #[test]
    fn a_move_always_shortens() {
        for case in 0..30 {
            let mut rng = Rng::stream(3, case, 0);
            let closure = Closure::of(&town(8, 6, &mut rng));
            let mut order: Vec<u32> = (0..8).collect();
            rng.shuffle(&mut order);
            let mut length = closure.length(&order);
            while two_opt(&closure, &mut order) || or_opt(&closure, &mut order) {
                assert!(closure.length(&order) < length, "case {case}");
                length = closure.length(&order);
            }
        }
    }

    #[test]
    fn nothing_to_visit_is_an_empty_tour() {
        let closure = Closure::of(&town(3, 0, &mut Rng::stream(4, 0, 0)));
        assert!(best(&closure, &[], 3).is_empty());
        assert_eq!(best(&closure, &[1], 3), [1]);
    }
}
