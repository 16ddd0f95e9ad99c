//! The most that one agent can earn in a stretch of time, exactly.
//!
//! Time is cut into phases of equal length; a window is [`Shape::phases`] of them in a row, and
//! there are [`Shape::windows`] windows, each a phase later than the one before. An item is a
//! vertex in a window: the agent earns it once, by being at the vertex at any moment of the
//! window (its ends count).
//!
//! *What there is to look at.* Moving every arrival and departure to as early as it can be
//! without leaving its phase keeps all items. So an agent starts at some vertex at time 0, walks
//! along streets at full speed, and waits only for the beginning of a phase.
//!
//! *Half is enough.* Prices are the same read backwards. Whatever an agent does, at the middle
//! of the stretch it is at a vertex or on a street; before, it has done what one label says,
//! after it, read backwards, what another says, and it earns what both have, counted once.
//!
//! *Dominance.* Of two labels at one vertex in one phase, the earlier can do whatever the later
//! goes on to do. It earns no less in the end if what it has earned, less all its items that
//! the later has yet to earn, is no less than what the later has earned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::streets::Streets;

/// Most vertices: sets of them are bits of a word.
pub(super) const MOST: usize = 128;
/// Most windows.
pub(super) const WINDOWS: usize = 8;

/// Vertices.
type Set = u128;
/// The vertices that have been met in each window.
pub(super) type Items = [Set; WINDOWS];

/// How windows lie in the stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Phases of a window.
    pub(super) phases: usize,
    /// Windows, no more than phases.
    pub(super) windows: usize,
}

impl Shape {
    /// Phases of the stretch.
    fn all(self) -> usize {
        self.phases + self.windows - 1
    }

    /// The windows that a phase is part of.
    fn of(self, phase: usize) -> std::ops::RangeInclusive<usize> {
        (phase + 1).saturating_sub(self.phases)..=phase.min(self.windows - 1)
    }
}

/// What the agent may be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    pub(super) streets: &'a Streets,
    pub(super) shape: Shape,
    /// Length of a window, pixels; also that of a phase in ticks, of which a pixel has
    /// [`Shape::phases`].
    pub(super) window: i64,
    /// Price of each vertex in each window; the first window has those of the last, and so on.
    pub(super) prices: &'a [Vec<i64>],
}

/// What an agent has done until now.
#[derive(Clone, Copy, Debug)]
struct Label {
    at: usize,
    time: i64,
    phase: usize,
    earned: i64,
    items: Items,
}

/// What walks earn, and their items: first the richest there is, then the richest of other
/// places to be at the middle. Empty when that takes more than `work` comparisons, which are
/// taken off it.
pub(super) fn richest(question: &Question<'_>, work: &mut i64) -> Vec<(i64, Items)> {
    let Some(labels) = half(question, work) else {
        return Vec::new();
    };
    let n = question.streets.len();
    let mut joints: Vec<(usize, usize, i64)> = (0..n).map(|v| (v, v, 0)).collect();
    for (v, ways) in question.streets.0.iter().enumerate() {
        let once = ways.iter().filter(|&&(w, _)| w > v);
        joints.extend(once.map(|&(w, far)| (v, w, far)));
    }
    let walks = crate::par::map(&joints, |&joint| joined(question, &labels, joint));
    *work -= walks.iter().map(|r| r.2).sum::<i64>();
    let mut walks: Vec<_> = walks.into_iter().map(|r| (r.0, r.1)).collect();
    walks.sort_unstable_by(|a, b| b.cmp(a));
    walks.dedup();
    walks
}

/// All labels of the first half that are not dominated, by vertex, richest first.
fn half(question: &Question<'_>, work: &mut i64) -> Option<Vec<Vec<Label>>> {
    let Question { streets, shape, .. } = *question;
    let middle = shape.all() as i64 * question.window / 2;
    // What each has earned and its number, richest first, by vertex and phase.
    let mut kept: Vec<Vec<Vec<(i64, usize)>>> = vec![vec![Vec::new(); shape.all()]; streets.len()];
    let mut made: Vec<Label> = Vec::new();
    let mut open = BinaryHeap::new();
    let add = |open: &mut BinaryHeap<_>, made: &mut Vec<Label>, mut label: Label| {
        question.collect(&mut label);
        open.push(Reverse((
            label.time,
            label.phase,
            -label.earned,
            made.len(),
        )));
        made.push(label);
    };
    for at in 0..streets.len() {
        let start = Label {
            at,
            time: 0,
            phase: 0,
            earned: 0,
            items: [0; WINDOWS],
        };
        add(&mut open, &mut made, start);
    }
    while let Some(Reverse((.., number))) = open.pop() {
        let label = made[number];
        let others = &mut kept[label.at][label.phase];
        // Only those that have earned as much can be better; they stand first.
        let rich = others.partition_point(|other| other.0 >= label.earned);
        let (mut better, mut looked) = (false, 1);
        for &(earned, other) in &others[..rich] {
            looked += 1;
            let items = &made[other].items;
            better = !question.exceeds(earned - label.earned, items, |j| !label.items[j]);
            if better {
                break;
            }
        }
        *work -= looked;
        if *work < 0 {
            return None;
        }
        if better {
            continue;
        }
        others.insert(rich, (label.earned, number));
        let phase = label.phase + 1;
        let begins = phase as i64 * question.window;
        if begins <= middle && phase < shape.all() {
            let time = begins;
            add(
                &mut open,
                &mut made,
                Label {
                    time,
                    phase,
                    ..label
                },
            );
        }
        for &(at, far) in &streets.0[label.at] {
            let time = label.time + far * shape.phases as i64;
            if time <= middle {
                let phase = (time / question.window) as usize;
                let next = Label {
                    at,
                    time,
                    phase,
                    ..label
                };
                add(&mut open, &mut made, next);
            }
        }
    }
    let by_vertex = kept.into_iter().map(|phases| {
        let labels = phases.concat().into_iter().map(|(_, number)| made[number]);
        let mut labels: Vec<Label> = labels.collect();
        labels.sort_by_key(|l| (-l.earned, l.time));
        labels
    });
    Some(by_vertex.collect())
}

/// The richest walk that is at one vertex before the middle and at another after it, with the
/// number of comparisons.
fn joined(
    question: &Question<'_>,
    labels: &[Vec<Label>],
    (from, to, far): (usize, usize, i64),
) -> (i64, Items, i64) {
    let Shape { windows, phases } = question.shape;
    let end = question.shape.all() as i64 * question.window;
    let mut best = (0, [0; WINDOWS], 0);
    for before in &labels[from] {
        for after in &labels[to] {
            let both = before.earned + after.earned;
            if both <= best.0 {
                break;
            }
            if before.time + far * phases as i64 + after.time > end {
                continue;
            }
            best.2 += 1;
            let backwards = |j: usize| after.items[windows - 1 - j];
            let spare = both - best.0 - 1;
            if question.exceeds(spare, &before.items, backwards) {
                continue;
            }
            let twice = question.worth(&before.items, backwards);
            let mut items = before.items;
            for (j, items) in items.iter_mut().enumerate().take(windows) {
                *items |= backwards(j);
            }
            (best.0, best.1) = (both - twice, items);
        }
    }
    best
}

impl Question<'_> {
    /// Earns what there is to earn where the label is.
    fn collect(&self, label: &mut Label) {
        let first = *self.shape.of(label.phase).start();
        let on_the_border = label.phase > 0 && label.time == label.phase as i64 * self.window;
        let before = label.phase - usize::from(on_the_border);
        let first = first.min(*self.shape.of(before).start());
        for j in first..=*self.shape.of(label.phase).end() {
            if label.items[j] >> label.at & 1 == 0 {
                label.items[j] |= 1 << label.at;
                label.earned += self.prices[j][label.at];
            }
        }
    }

    /// Whether those of `items` that are also `among` are worth more than `limit`.
    fn exceeds(&self, limit: i64, items: &Items, among: impl Fn(usize) -> Set) -> bool {
        let mut left = limit;
        for (j, prices) in self.prices.iter().enumerate() {
            let mut set = items[j] & among(j);
            while set != 0 {
                left -= prices[set.trailing_zeros() as usize];
                if left < 0 {
                    return true;
                }
                set &= set - 1;
            }
        }
        false
    }

    /// What those of `items` that are also `among` are worth.
    fn worth(&self, items: &Items, among: impl Fn(usize) -> Set) -> i64 {
        let vertices = |j: usize| {
            let set = items[j] & among(j);
            (0..self.streets.len()).filter(move |v| set >> v & 1 == 1)
        };
        let worth = |j: usize| vertices(j).map(|v| self.prices[j][v]).sum::<i64>();
        (0..self.shape.windows).map(worth).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::super::closure::Closure;
    use super::*;
    use crate::bench::patrol_graph::testing::town;
    use crate::rng::Rng;

    /// The most that can be earned, told over tick by tick: an agent at a vertex waits a tick or
    /// leaves along a street.
    fn slow(question: &Question<'_>) -> i64 {
        let Shape { phases, windows } = question.shape;
        let end = question.shape.all() as i64 * question.window;
        let mut at_time = vec![BTreeSet::new(); end as usize + 1];
        at_time[0].extend((0..question.streets.len()).map(|v| (v, [0; WINDOWS])));
        let mut best = 0;
        for time in 0..=end {
            for (at, mut items) in std::mem::take(&mut at_time[time as usize]) {
                for (j, items) in items.iter_mut().enumerate().take(windows) {
                    let begins = j as i64 * question.window;
                    let ends = begins + phases as i64 * question.window;
                    *items |= Set::from((begins..=ends).contains(&time)) << at;
                }
                best = best.max(question.worth(&items, |_| Set::MAX));
                let ways = question.streets.0[at].iter();
                let ways = ways.map(|&(to, far)| (to, far * phases as i64));
                for (to, takes) in ways.chain([(at, 1)]) {
                    if time + takes <= end {
                        at_time[(time + takes) as usize].insert((to, items));
                    }
                }
            }
        }
        best
    }

    #[test]
    fn the_richest_walk_is_that_of_telling_all_over() {
        for case in 0..150 {
            let mut rng = Rng::stream(36, case, 0);
            let n = 2 + rng.below(3);
            let closure = Closure::of(&town(n, rng.below(3), &mut rng));
            let members: Vec<u32> = (0..n as u32).collect();
            let streets = Streets::among(&closure, &members);
            let phases = 1 + rng.below(4);
            let shape = Shape {
                phases,
                windows: 1 + rng.below(phases.min(3)),
            };
            let mut prices: Vec<Vec<i64>> = (0..shape.windows)
                .map(|_| (0..n).map(|_| rng.between(0, 9)).collect())
                .collect();
            for j in 0..shape.windows / 2 {
                prices[shape.windows - 1 - j] = prices[j].clone();
            }
            let question = Question {
                streets: &streets,
                shape,
                window: rng.between(1, 60),
                prices: &prices,
            };
            let walks = richest(&question, &mut 1_000_000_000);
            let (earned, items) = walks[0];
            assert_eq!(earned, slow(&question), "case {case}");
            assert_eq!(earned, question.worth(&items, |_| Set::MAX), "case {case}");
        }
    }
}
