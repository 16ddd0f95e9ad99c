//! Following the best walk through the values of a sweep: at each state the first move whose
//! value is the state's.

use super::moves::Move;
use super::paid::Lane;
use super::rows::Windows;
use super::sweep::Step;
use super::sweep::Stretch;
use super::sweep::Sweep;
use crate::patrol::instance::NONE;

/// Where a walk stands.
#[derive(Clone, Copy, Debug)]
struct Stand {
    /// Stretch between breaks.
    stretch: usize,
    /// Slot.
    slot: usize,
    /// State.
    state: usize,
    /// Whether it remembers nothing, not even where it is: at the start and after a break.
    lost: bool,
}

impl Sweep<'_> {
    /// The steps of the best walk of one duty; all slots must have been kept.
    pub(super) fn follow(&self, lane: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut stand = Stand {
            stretch: 0,
            slot: 0,
            state: self.moves.ground.from,
            lost: true,
        };
        while let Some((then, step)) = self.next(lane, stand) {
            steps.extend(step);
            stand = then;
        }
        steps
    }

    /// The best move; `None` at home.
    fn next(&self, lane: usize, stand: Stand) -> Option<(Stand, Option<Step>)> {
        let moves = self.moves;
        let stretch = &self.stretches[stand.stretch];
        let values = if stand.lost {
            &stretch.lost
        } else {
            &stretch.value
        };
        let target = values.at(stand.slot, stand.state)[lane];
        let is = |value: &Lane| value[lane] == target;
        let j = moves.spot[stand.state];
        if let Some(then) = self.leaves(lane, stand, target) {
            return then.map(|then| (then, None));
        }
        let find = |list: &[Move], rows: &Windows, again: bool, from: usize| {
            let mut hits = list.iter().filter(|go| {
                let then = from + go.slots as usize;
                then < moves.count && is(rows.best.at(then, go.row as usize))
            });
            hits.find_map(|go| {
                let then = from + go.slots as usize;
                let last = rows.more.map_or(moves.count - 1, |more| then + more);
                let mut starts = then..=last.min(moves.count - 1);
                starts.find_map(|u| self.visit(stretch, (go.row as usize, again), u, lane, target))
            })
        };
        let remembered = stand.state.checked_sub(moves.first[j]);
        let remembered = remembered.filter(|_| stand.state >= moves.spots());
        let found = if stand.lost || moves.forgets(j) {
            find(&moves.any[j], &stretch.late, false, stand.slot)
        } else {
            let near = moves.near[j].iter().zip(&moves.back[j]).enumerate();
            let mut near = near.map(|(i, (first, back))| match Some(i) == remembered {
                true => (back, &stretch.again, true),
                false => (first, &stretch.first, false),
            });
            find(&moves.far[j], &stretch.first, false, stand.slot)
                .or_else(|| near.find_map(|(l, rows, again)| find(l, rows, again, stand.slot)))
                .or_else(|| find(&moves.own[j], &stretch.again, true, stand.slot))
                .or_else(|| {
                    let from = stand.slot + moves.patience?;
                    find(&moves.any[j], &stretch.late, false, from)
                })
        };
        debug_assert!(found.is_some(), "a value that no move has");
        found.map(|(slot, state, step)| {
            let then = Stand {
                slot,
                state,
                lost: false,
                ..stand
            };
            (then, Some(step))
        })
    }

    /// The visit into `row` that starts in slot `u`, if it has the value looked for: the slot
    /// and state after it, and the step.
    fn visit(
        &self,
        stretch: &Stretch,
        (row, again): (usize, bool),
        u: usize,
        lane: usize,
        target: f32,
    ) -> Option<(usize, usize, Step)> {
        let moves = self.moves;
        let second = again.then(|| &moves.again[row]);
        let state = second.map_or(row, |a| a.state as usize);
        let spot = second.map_or_else(|| moves.spot[row], |a| a.spot as usize);
        self.worth.tasks[spot].iter().find_map(|paid| {
            let then = u + paid.slots;
            if then >= moves.count {
                return None;
            }
            let gain = match second {
                Some(a) => self.worth.again(paid, u, a.since),
                None => self.worth.full(paid, u),
            };
            let rest = stretch.value.at(then, state);
            let since = second.map(|a| a.since);
            (gain[lane] + rest[lane] == target).then_some((
                then,
                state,
                Step {
                    task: paid.task,
                    slot: u,
                    since: since.filter(|&since| self.worth.overlaps(paid, u, since, lane)),
                },
            ))
        })
    }

    /// Going home (`Some(None)`) or into the next break, where that has the value looked for.
    fn leaves(&self, lane: usize, stand: Stand, target: f32) -> Option<Option<Stand>> {
        let moves = self.moves;
        let ground = moves.ground;
        let j = moves.spot[stand.state];
        let Some(pause) = ground.breaks.get(stand.stretch) else {
            let home = stand.slot + moves.slots.less(ground.time(j, ground.to));
            return (target == 0.0 && home < moves.count).then_some(None);
        };
        let rows = &self.breaks[stand.stretch];
        let (spot, column, then) = match pause.spot {
            NONE => (j, j, stand.slot),
            spot => {
                let drive = moves.slots.less(ground.time(j, spot as usize));
                (spot as usize, 0, stand.slot + drive)
            }
        };
        if then >= moves.count || rows.at(then, column)[lane] != target {
            return None;
        }
        let length = moves.slots.less(pause.length);
        let after = &self.stretches[stand.stretch + 1].lost;
        let first = then.max(moves.slots.less(pause.earliest));
        let mut starts = (first..moves.count).map(|u| u + length);
        let slot = starts.find(|&u| u < moves.count && after.at(u, spot)[lane] == target)?;
        Some(Some(Stand {
            stretch: stand.stretch + 1,
            slot,
            state: spot,
            lost: true,
        }))
    }
}
