//! The best walk of each duty at given prices, by dynamic programming backwards in time.
//!
//! A unit is at a spot, free in a slot of time, and knows its own place and, if it came
//! promptly from a near one, that place too. Going on it either goes promptly (within
//! [`super::moves`]) or waits longer. What it visits is paid in full, but a place that it knows
//! only for what the visit can add to the last one: that took place a known time ago at most.

use super::ground::LANES;
use super::moves::Move;
use super::moves::Moves;
use super::paid::Lane;
use super::paid::NEVER;
use super::paid::Worth;
use super::rows::Rows;
use super::rows::Windows;
use super::rows::plus;
use super::rows::raise;
use crate::patrol::instance::NONE;

/// A visit of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Which task.
    pub task: u32,
    /// In which slot it starts.
    pub slot: usize,
    /// Slots since the last visit of its place ended at most, where that is known.
    pub since: Option<usize>,
}

/// The best walk of a duty.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    /// What it is paid.
    pub value: f64,
    /// Its visits, where they were asked for.
    pub steps: Vec<Step>,
}

/// Values of one stretch between breaks.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Of each state.
    pub(super) value: Rows,
    /// Of being free at each spot with all memory lost, in all slots.
    pub(super) lost: Rows,
    /// Of waiting at each spot for anything.
    pub(super) wait: Rows,
    /// Of a first visit into each state, over the prompt starts.
    pub(super) first: Windows,
    /// Of second visits, over the prompt starts.
    pub(super) again: Windows,
    /// Of a visit of each spot from a slot on, memory lost.
    pub(super) late: Windows,
}

/// The sweep over the duties of a group.
#[derive(Debug)]
pub(super) struct Sweep<'a> {
    pub(super) moves: &'a Moves<'a>,
    pub(super) worth: &'a Worth,
    /// One for each stretch between breaks, first to last.
    pub(super) stretches: Vec<Stretch>,
    /// Value of taking each break, from a slot on: by slot and spot (one column for a break
    /// at a base).
    pub(super) breaks: Vec<Rows>,
}

impl<'a> Sweep<'a> {
    /// Sweeps; `keep` keeps all slots, so that walks can be followed.
    pub(super) fn run(moves: &'a Moves<'a>, worth: &'a Worth, keep: bool) -> Self {
        let ground = moves.ground;
        let count = moves.count;
        let depth = match keep {
            true => count,
            false => moves.reach(worth).min(count),
        };
        let mut this = Self {
            moves,
            worth,
            stretches: Vec::new(),
            breaks: Vec::new(),
        };
        for k in (0..=ground.breaks.len()).rev() {
            if let Some(after) = this.stretches.last() {
                this.breaks.push(this.pause(k, &after.lost));
            }
            let stretch = this.stretch(k, depth);
            if !keep {
                this.stretches.clear();
            }
            this.stretches.push(stretch);
        }
        this.stretches.reverse();
        this.breaks.reverse();
        this
    }

    /// Value of beginning break `k` in each slot or later, from where the unit is then.
    fn pause(&self, k: usize, after: &Rows) -> Rows {
        let moves = self.moves;
        let pause = &moves.ground.breaks[k];
        let (length, first) = (
            moves.slots.less(pause.length),
            moves.slots.less(pause.earliest),
        );
        let last = moves.slots.less(pause.latest);
        let spots: Vec<usize> = match pause.spot {
            NONE => (0..moves.ground.spots.len()).collect(),
            spot => vec![spot as usize],
        };
        let mut rows = Rows::new(spots.len(), moves.count);
        for (column, &spot) in spots.iter().enumerate() {
            let mut best = [NEVER; LANES];
            for u in (0..moves.count).rev() {
                if (first..=last).contains(&u) && u + length < moves.count {
                    raise(&mut best, after.at(u + length, spot));
                }
                rows.set(u, column, best);
            }
        }
        rows
    }

    /// The stretch before break `k` (after the last one, if there is no such break).
    fn stretch(&self, k: usize, depth: usize) -> Stretch {
        let moves = self.moves;
        let spots = moves.ground.spots.len();
        let mut stretch = Stretch {
            value: Rows::new(moves.states(), depth),
            lost: Rows::new(spots, moves.count),
            wait: Rows::new(spots, depth),
            first: Windows::new(moves.states(), depth, moves.patience),
            again: Windows::new(moves.again.len(), depth, moves.patience),
            late: Windows::new(spots, depth, None),
        };
        for u in (0..moves.count).rev() {
            self.visits(&mut stretch, u);
            for j in 0..spots {
                self.arrive(&mut stretch, k, u, j);
            }
        }
        stretch
    }

    /// Values of all visits that start in slot `u`.
    fn visits(&self, stretch: &mut Stretch, u: usize) {
        let (moves, count) = (self.moves, self.moves.count);
        for (k, tasks) in self.worth.tasks.iter().enumerate() {
            let possible = tasks.iter().filter(|paid| u + paid.slots < count);
            let gains: Vec<(usize, Lane)> = possible
                .map(|paid| (u + paid.slots, self.worth.full(paid, u)))
                .collect();
            for state in moves.states_of(k) {
                let mut best = [NEVER; LANES];
                for &(then, gain) in &gains {
                    raise(&mut best, &plus(&gain, stretch.value.at(then, state)));
                }
                stretch.first.enter(u, count, state, best);
                if state == k {
                    stretch.late.enter(u, count, k, best);
                }
            }
        }
        for (row, again) in moves.again.iter().enumerate() {
            let mut best = [NEVER; LANES];
            for paid in &self.worth.tasks[again.spot as usize] {
                if u + paid.slots < count {
                    let less = self.worth.again(paid, u, again.since);
                    let then = stretch.value.at(u + paid.slots, again.state as usize);
                    raise(&mut best, &plus(&less, then));
                }
            }
            stretch.again.enter(u, count, row, best);
        }
    }

    /// Values of being free at spot `j` in slot `u`, with each memory.
    fn arrive(&self, stretch: &mut Stretch, k: usize, u: usize, j: usize) {
        let (moves, count) = (self.moves, self.moves.count);
        let over = |rows: &Windows, list: &[Move]| {
            let mut best = [NEVER; LANES];
            for go in list {
                let then = u + go.slots as usize;
                if then < count {
                    raise(&mut best, rows.best.at(then, go.row as usize));
                }
            }
            best
        };
        let mut base = self.leave(k, u, j);
        let anything = over(&stretch.late, &moves.any[j]);
        stretch.wait.set(u, j, anything);
        let mut lost = base;
        raise(&mut lost, &anything);
        stretch.lost.set(u, j, lost);
        if moves.forgets(j) {
            stretch.value.set(u, j, lost);
            return;
        }
        if let Some(patience) = moves.patience
            && u + patience < count
        {
            raise(&mut base, stretch.wait.at(u + patience, j));
        }
        raise(&mut base, &over(&stretch.first, &moves.far[j]));
        raise(&mut base, &over(&stretch.again, &moves.own[j]));
        let near: Vec<Lane> = moves.near[j]
            .iter()
            .map(|l| over(&stretch.first, l))
            .collect();
        // All but one: from the left and from the right.
        let mut left = base;
        for (i, lane) in near.iter().enumerate() {
            let mut best = left;
            near[i + 1..]
                .iter()
                .for_each(|other| raise(&mut best, other));
            raise(&mut best, &over(&stretch.again, &moves.back[j][i]));
            stretch.value.set(u, moves.first[j] + i, best);
            raise(&mut left, lane);
        }
        stretch.value.set(u, j, left);
    }

    /// Value of going home from spot `j` in slot `u`, or of the next break.
    fn leave(&self, k: usize, u: usize, j: usize) -> Lane {
        let moves = self.moves;
        let ground = moves.ground;
        let Some(pause) = ground.breaks.get(k) else {
            let home = moves.slots.less(ground.time(j, ground.to));
            let value = if u + home < moves.count { 0.0 } else { NEVER };
            return [value; LANES];
        };
        // Made just before the stretch that ends with it.
        let Some(rows) = self.breaks.last() else {
            return [NEVER; LANES];
        };
        if pause.spot == NONE {
            return *rows.at(u, j);
        }
        let then = u + moves.slots.less(ground.time(j, pause.spot as usize));
        if then < moves.count {
            *rows.at(then, 0)
        } else {
            [NEVER; LANES]
        }
    }

    /// What the best walk of each duty is paid, in units.
    fn units(&self) -> &Lane {
        self.stretches[0].lost.at(0, self.moves.ground.from)
    }

    /// What the best walk of duty `lane` of the group is paid, with its steps where all slots
    /// were kept.
    pub(super) fn walk(&self, lane: usize, steps: bool) -> Walk {
        let units = self.units()[lane];
        if units <= 0.0 {
            return Walk::default();
        }
        Walk {
            value: f64::from(units) * self.worth.unit,
            steps: if steps { self.follow(lane) } else { Vec::new() },
        }
    }
}
