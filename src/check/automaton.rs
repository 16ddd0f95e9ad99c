//! Forbidden sequences of arcs as an automaton (Aho and Corasick, 1975): fed the arcs of a
//! path one after another, it knows the longest end of the path that may grow into a
//! forbidden sequence, and says when one is complete.

use std::collections::VecDeque;

use crate::ids::ArcId;
use crate::ids::Id;

/// The state of a path that no forbidden sequence may grow from.
pub(super) const FREE: u32 = 0;

/// Recognises forbidden sequences.
#[derive(Debug)]
pub(super) struct Automaton {
    nodes: Vec<Node>,
    /// For each arc, the state after it alone.
    first: Vec<u32>,
}

/// A proper beginning of a forbidden sequence, or a whole one.
#[derive(Debug, Default)]
struct Node {
    /// The last arc of the beginning; meaningless at the root.
    last: Option<ArcId>,
    /// Beginnings that are one arc longer.
    next: Vec<(ArcId, u32)>,
    /// The longest other beginning that this one ends with.
    fallback: u32,
    /// Whether a forbidden sequence ends here.
    complete: bool,
}

impl Automaton {
    /// The automaton of `sequences` over `arc_count` arcs.
    pub(super) fn new(sequences: &[Vec<ArcId>], arc_count: usize) -> Self {
        let mut automaton = Self {
            nodes: vec![Node::default()],
            first: vec![FREE; arc_count],
        };
        for sequence in sequences.iter().filter(|s| !s.is_empty()) {
            automaton.insert(sequence);
        }
        automaton.link();
        automaton
    }

    /// How many states there are, [`FREE`] included.
    pub(super) fn state_count(&self) -> usize {
        self.nodes.len()
    }

    /// The arc that led to a state; `None` for [`FREE`].
    pub(super) fn last_arc(&self, state: u32) -> Option<ArcId> {
        self.nodes[state as usize].last
    }

    /// The state after one more arc, `None` when that completes a forbidden sequence.
    pub(super) fn step(&self, state: u32, arc: ArcId) -> Option<u32> {
        let mut at = state;
        let reached = loop {
            if let Some(next) = self.child(at, arc) {
                break next;
            }
            if at == FREE {
                break FREE;
            }
            at = self.nodes[at as usize].fallback;
        };
        (!self.nodes[reached as usize].complete).then_some(reached)
    }

    fn child(&self, state: u32, arc: ArcId) -> Option<u32> {
        if state == FREE {
            return self.first.get(arc.index()).copied().filter(|&s| s != FREE);
        }
        let next = &self.nodes[state as usize].next;
        next.iter().find(|&&(a, _)| a == arc).map(|&(_, s)| s)
    }

    fn insert(&mut self, sequence: &[ArcId]) {
        let mut at = FREE;
        for &arc in sequence {
            at = self.child(at, arc).unwrap_or_else(|| self.grow(at, arc));
        }
        self.nodes[at as usize].complete = true;
    }

    fn grow(&mut self, from: u32, arc: ArcId) -> u32 {
        let new = self.nodes.len() as u32;
        self.nodes.push(Node {
            last: Some(arc),
            ..Node::default()
        });
        self.nodes[from as usize].next.push((arc, new));
        if from == FREE {
            if arc.index() >= self.first.len() {
                self.first.resize(arc.index() + 1, FREE);
            }
            self.first[arc.index()] = new;
        }
        new
    }

    /// Sets fallbacks, shortest beginnings first.
    fn link(&mut self) {
        let mut queue = VecDeque::new();
        for i in 0..self.nodes[0].next.len() {
            queue.push_back(self.nodes[0].next[i].1);
        }
        while let Some(state) = queue.pop_front() {
            for i in 0..self.nodes[state as usize].next.len() {
                let (arc, child) = self.nodes[state as usize].next[i];
                let mut at = self.nodes[state as usize].fallback;
                let fallback = loop {
                    if let Some(next) = self.child(at, arc) {
                        break next;
                    }
                    if at == FREE {
                        break FREE;
                    }
                    at = self.nodes[at as usize].fallback;
                };
                self.nodes[child as usize].fallback = fallback;
                // A sequence inside a longer one is forbidden there too.
                self.nodes[child as usize].complete |= self.nodes[fallback as usize].complete;
                queue.push_back(child);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(sequences: &[Vec<ArcId>], path: &[ArcId]) -> bool {
        let automaton = Automaton::new(sequences, 4);
        let mut state = Some(FREE);
        for &arc in path {
            state = state.and_then(|s| automaton.step(s, arc));
        }
        state.is_none()
    }

    fn arcs() -> impl Strategy<Value = ArcId> {
        (0u32..4).prop_map(ArcId)
    }

    proptest! {
        #[test]
        fn refuses_exactly_the_paths_that_contain_a_sequence(
            sequences in prop::collection::vec(prop::collection::vec(arcs(), 2..5), 0..5),
            path in prop::collection::vec(arcs(), 0..12),
        ) {
            let contained = sequences
                .iter()
                .any(|s| path.windows(s.len()).any(|w| w == s.as_slice()));
            prop_assert_eq!(refused(&sequences, &path), contained);
        }
    }
}
