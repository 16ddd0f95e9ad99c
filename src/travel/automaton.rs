//! Recognises forbidden sequences while a path is driven, arc by arc.
//!
//! The automaton of Aho and Corasick (1975, "Efficient string matching: an aid to
//! bibliographic search"): its states are the beginnings of forbidden sequences, and after
//! any path it is in the longest state that the path ends with. That is all a search has to
//! remember to know which arcs may come next.

use std::collections::BTreeMap;

/// State of a path that ends with no beginning of a forbidden sequence.
pub(super) const ROOT: u32 = 0;

/// An automaton over arc positions.
#[derive(Debug)]
pub(super) struct Automaton {
    /// Longer state after an arc, where there is one.
    child: BTreeMap<(u32, u32), u32>,
    /// Longest other state that a state ends with.
    fail: Vec<u32>,
    /// Last arc of a state; unused for the root.
    last: Vec<u32>,
    /// Whether a state ends with a whole forbidden sequence, or only follows such a state.
    dead: Vec<bool>,
}

impl Automaton {
    /// The automaton of `sequences`; empty ones forbid nothing.
    pub(super) fn new(sequences: &[Vec<u32>]) -> Self {
        let mut automaton = Self {
            child: BTreeMap::new(),
            fail: vec![ROOT],
            last: vec![u32::MAX],
            dead: vec![false],
        };
        for sequence in sequences.iter().filter(|s| !s.is_empty()) {
            automaton.insert(sequence);
        }
        automaton.link();
        automaton
    }

    fn insert(&mut self, sequence: &[u32]) {
        let mut state = ROOT;
        for &arc in sequence {
            let fresh = self.fail.len() as u32;
            state = *self.child.entry((state, arc)).or_insert(fresh);
            if state == fresh {
                self.fail.push(ROOT);
                self.last.push(arc);
                self.dead.push(false);
            }
        }
        self.dead[state as usize] = true;
    }

    /// Sets the failure links, shorter states first, since a link leads to a shorter state.
    fn link(&mut self) {
        let mut level = vec![ROOT];
        while !level.is_empty() {
            let mut next = Vec::new();
            for state in level {
                let children = self.child.range((state, 0)..=(state, u32::MAX));
                let children: Vec<(u32, u32)> = children.map(|(&(_, arc), &c)| (arc, c)).collect();
                for (arc, child) in children {
                    if state != ROOT {
                        self.fail[child as usize] = self.step(self.fail[state as usize], arc);
                    }
                    let shorter = self.fail[child as usize];
                    self.dead[child as usize] |=
                        self.dead[state as usize] || self.dead[shorter as usize];
                    next.push(child);
                }
            }
            level = next;
        }
    }

    fn step(&self, mut state: u32, arc: u32) -> u32 {
        loop {
            if let Some(&child) = self.child.get(&(state, arc)) {
                return child;
            }
            if state == ROOT {
                return ROOT;
            }
            state = self.fail[state as usize];
        }
    }

    /// The state after `arc`; `None` when a forbidden sequence would be complete.
    pub(super) fn after(&self, state: u32, arc: u32) -> Option<u32> {
        let next = self.step(state, arc);
        (!self.dead[next as usize]).then_some(next)
    }

    /// States that a path may be in, apart from the root, with the arc they end with; in
    /// order of their numbers.
    pub(super) fn live(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (1..self.fail.len() as u32)
            .filter(|&s| !self.dead[s as usize])
            .map(|s| (s, self.last[s as usize]))
    }

    /// Number of states, dead ones and the root included.
    pub(super) fn len(&self) -> usize {
        self.fail.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(automaton: &Automaton, path: &[u32]) -> bool {
        let mut state = ROOT;
        path.iter().all(|&arc| {
            automaton.after(state, arc).is_some_and(|next| {
                state = next;
                true
            })
        })
    }

    #[test]
    fn a_path_is_refused_exactly_when_it_contains_a_forbidden_sequence() {
        let forbidden = [
            vec![1, 2, 3],
            vec![2, 2],
            vec![2, 3, 1, 1],
            vec![3, 0],
            vec![],
        ];
        let automaton = Automaton::new(&forbidden);
        // All paths of up to seven arcs out of four.
        for length in 0..=7 {
            for code in 0..4u32.pow(length) {
                let path: Vec<u32> = (0..length).map(|i| code / 4u32.pow(i) % 4).collect();
                let contains = |s: &Vec<u32>| path.windows(s.len()).any(|w| w == s.as_slice());
                let legal = !forbidden.iter().any(|s| !s.is_empty() && contains(s));
                assert_eq!(allowed(&automaton, &path), legal, "{path:?}");
            }
        }
    }
}
