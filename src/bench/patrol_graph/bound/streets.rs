//! The edges that matter: pairs of vertices with no third on a shortest way between them.
//!
//! Any way between two vertices can be replaced by one along streets that is no longer: split
//! it at vertices between its ends until there are none left. So walks along streets lose
//! nothing, and they say by which vertices they come.

use super::super::closure::Closure;

/// The neighbours of every vertex along streets, with distances.
#[derive(Clone, Debug)]
pub(super) struct Streets(pub(super) Vec<Vec<(usize, i64)>>);

impl Streets {
    /// The streets among `members`, which are numbered as they stand there.
    pub(super) fn among(closure: &Closure, members: &[u32]) -> Self {
        let far = |a: usize, b: usize| closure.distance(members[a], members[b]);
        let n = members.len();
        let between =
            |a: usize, b: usize, c: usize| c != a && c != b && far(a, c) + far(c, b) == far(a, b);
        let street = |a: usize, b: usize| a != b && !(0..n).any(|c| between(a, b, c));
        let all: Vec<usize> = (0..n).collect();
        Self(crate::par::map(&all, |&a| {
            let others = (0..n).filter(|&b| street(a, b));
            others.map(|b| (b, far(a, b))).collect()
        }))
    }

    /// Number of vertices.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The blocks: maximal sets of at least two vertices that no single one of them cuts
    /// (Hopcroft and Tarjan 1973). Every street is in exactly one.
    pub(super) fn blocks(&self) -> Vec<Vec<usize>> {
        let n = self.len();
        // When each vertex was first seen, and the earliest that is reached from below it.
        let (mut seen, mut low) = (vec![usize::MAX; n], vec![usize::MAX; n]);
        let (mut open, mut blocks, mut clock) = (Vec::new(), Vec::new(), 0);
        // The way down: a vertex and how many of its streets are done.
        let mut way: Vec<(usize, usize)> = Vec::new();
        if n > 0 {
            way.push((0, 0));
        }
        while let Some(&(v, done)) = way.last() {
            if done == 0 {
                (seen[v], low[v]) = (clock, clock);
                clock += 1;
                open.push(v);
            }
            if let Some(&(w, _)) = self.0[v].get(done) {
                if let Some(top) = way.last_mut() {
                    top.1 += 1;
                }
                if seen[w] == usize::MAX {
                    way.push((w, 0));
                } else {
                    low[v] = low[v].min(seen[w]);
                }
                continue;
            }
            way.pop();
            let Some(&(above, _)) = way.last() else { break };
            low[above] = low[above].min(low[v]);
            if low[v] >= seen[above] {
                let from = open.iter().rposition(|&u| u == v).unwrap_or(0);
                let mut block = open.split_off(from);
                block.push(above);
                block.sort_unstable();
                blocks.push(block);
            }
        }
        blocks
    }
}
