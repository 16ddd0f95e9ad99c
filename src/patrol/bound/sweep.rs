//! The best walk of each duty at given prices, by dynamic programming backwards in time.
//!
//! A unit is at a spot, free in a slot of time, and knows its own place and, if it came
//! promptly from a near one, that place too. Going on it either goes promptly (within
//! [`PATIENCE`]) or waits longer. What it visits is paid in full, but a place that it knows
//! only for what the visit can add to the last one: that took place a known time ago at most.

use super::ground::Ground;
use super::ground::LANES;
use super::paid::Lane;
use super::paid::NEVER;
use super::paid::Slots;
use super::paid::Worth;
use crate::patrol::instance::NONE;
use crate::patrol::instance::UNREACHABLE;

/// Who waits no longer before a visit goes promptly, ticks.
const PATIENCE: i32 = 300;

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

/// A move from a spot to another: which row of values, and after how many slots.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub row: u32,
    pub slots: u32,
}

/// A second visit of a place: from which spot to which.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    /// The spot visited.
    pub spot: u32,
    /// The state after it.
    pub state: u32,
    /// Slots since the place's last visit ended, at most.
    pub since: usize,
}

/// What walks remember of places visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// Nothing: a bound too, larger and much sooner found.
    None,
    /// Where they are, and where they came from, for as long as they do not wait.
    Prompt,
    /// The same for ever, and that second visits are worth nothing.
    Ever,
}

/// All moves of a ground, in slots.
#[derive(Debug)]
pub(super) struct Moves<'a> {
    kind: Memory,
    pub(super) ground: &'a Ground,
    pub(super) slots: Slots,
    /// Slots in which a duty can be.
    pub(super) count: usize,
    /// Slots of [`PATIENCE`]; `None`: nobody forgets, and a second visit is worth nothing.
    pub(super) patience: Option<usize>,
    /// First state of each spot that remembers a place; those after are by `near`.
    pub(super) first: Vec<usize>,
    /// The spot of each state: first one without memory for each spot.
    pub(super) spot: Vec<usize>,
    /// Second visits.
    pub(super) again: Vec<Again>,
    /// From each spot: to spots of places that are not near.
    pub(super) far: Vec<Vec<Move>>,
    /// From each spot: for each near place, moves to it when it is not remembered.
    pub(super) near: Vec<Vec<Vec<Move>>>,
    /// The same when it is remembered.
    pub(super) back: Vec<Vec<Vec<Move>>>,
    /// From each spot: to its own place.
    pub(super) own: Vec<Vec<Move>>,
    /// From each spot: to all spots, by spot, memory lost.
    pub(super) any: Vec<Vec<Move>>,
}

impl<'a> Moves<'a> {
    /// `longest` is the longest visit at each spot, ticks; `kind` what a walk remembers.
    pub(super) fn of(ground: &'a Ground, slots: Slots, longest: &[i32], kind: Memory) -> Self {
        let n = ground.spots.len();
        let mut first = Vec::with_capacity(n);
        let mut spot: Vec<usize> = (0..n).collect();
        for j in 0..n {
            first.push(spot.len());
            if kind != Memory::None {
                spot.extend(ground.near[j].iter().map(|_| j));
            }
        }
        let mut this = Self {
            ground,
            slots,
            count: slots.less(ground.length) + 1,
            kind,
            patience: (kind != Memory::Ever).then(|| slots.less(PATIENCE).max(1)),
            first,
            spot,
            again: Vec::new(),
            far: vec![Vec::new(); n],
            near: vec![Vec::new(); n],
            back: vec![Vec::new(); n],
            own: vec![Vec::new(); n],
            any: vec![Vec::new(); n],
        };
        for j in 0..n {
            this.connect(j, longest);
        }
        this
    }

    /// Whether nothing is known at spot `j`, not even where that is.
    pub(super) fn forgets(&self, j: usize) -> bool {
        self.kind == Memory::None || self.ground.place[j] == NONE
    }

    /// The state after a visit of spot `k` that came promptly from a place.
    fn after(&self, k: usize, place: u32) -> usize {
        let near = self.ground.near[k].iter().position(|&p| p == place);
        near.map_or(k, |i| self.first[k] + i)
    }

    fn connect(&mut self, j: usize, longest: &[i32]) {
        let ground = self.ground;
        let own = ground.place[j];
        let near = &ground.near[j];
        if !self.forgets(j) {
            self.near[j] = vec![Vec::new(); near.len()];
            self.back[j] = vec![Vec::new(); near.len()];
        }
        for k in 0..ground.spots.len() {
            let time = ground.time(j, k);
            if ground.tasks[k].is_empty() || time >= UNREACHABLE {
                continue;
            }
            let slots = self.slots.less(time) as u32;
            let go = |row: usize| Move {
                row: row as u32,
                slots,
            };
            self.any[j].push(go(k));
            if self.forgets(j) {
                continue;
            }
            let state = self.after(k, own);
            let place = ground.place[k];
            if place == own {
                if self.patience.is_some() {
                    let again = self.second(k, k, time.saturating_add(PATIENCE));
                    self.own[j].push(go(again));
                }
                continue;
            }
            match near.iter().position(|&p| p == place) {
                None => self.far[j].push(go(state)),
                Some(i) => {
                    self.near[j][i].push(go(state));
                    if self.patience.is_some() {
                        let there = ground.spots_of(place).map(|s| ground.time(s, j));
                        let there = there.filter(|&t| t < UNREACHABLE).max().unwrap_or(0);
                        let since = there + longest[j] + time + 2 * PATIENCE;
                        let again = self.second(k, state, since);
                        self.back[j][i].push(go(again));
                    }
                }
            }
        }
    }

    /// A new row for second visits of spot `k`.
    fn second(&mut self, k: usize, state: usize, since: i32) -> usize {
        self.again.push(Again {
            spot: k as u32,
            state: state as u32,
            since: self.slots.more(since),
        });
        self.again.len() - 1
    }

    /// Number of spots, and of states without memory.
    pub(super) fn spots(&self) -> usize {
        self.ground.spots.len()
    }

    /// The states of spot `k`: without memory, then with each near place.
    fn states_of(&self, k: usize) -> impl Iterator<Item = usize> + use<> {
        let first = self.first[k];
        std::iter::once(k).chain(first..first + self.near[k].len())
    }

    fn states(&self) -> usize {
        self.spot.len()
    }

    /// Slots that values are looked up ahead, at most.
    fn reach(&self, worth: &Worth) -> usize {
        let moves = self.any.iter().flatten().map(|m| m.slots as usize);
        let visits = worth.tasks.iter().flatten().map(|p| p.slots);
        let patience = self.patience.unwrap_or(self.count);
        moves.max().unwrap_or(0).max(visits.max().unwrap_or(0)) + patience + 2
    }
}

/// Values by slot and row; with fewer slots than the duty has, early ones take the place of
/// late ones.
#[derive(Debug)]
pub(super) struct Rows {
    width: usize,
    mask: usize,
    data: Vec<Lane>,
}

impl Rows {
    fn new(width: usize, depth: usize) -> Self {
        let depth = depth.next_power_of_two();
        Self {
            width,
            mask: depth - 1,
            data: vec![[NEVER; LANES]; width * depth],
        }
    }

    pub(super) fn at(&self, u: usize, row: usize) -> &Lane {
        &self.data[(u & self.mask) * self.width + row]
    }

    fn set(&mut self, u: usize, row: usize, lane: Lane) {
        self.data[(u & self.mask) * self.width + row] = lane;
    }
}

fn raise(best: &mut Lane, other: &Lane) {
    for i in 0..LANES {
        best[i] = if other[i] > best[i] {
            other[i]
        } else {
            best[i]
        };
    }
}

fn plus(a: &Lane, b: &Lane) -> Lane {
    std::array::from_fn(|i| a[i] + b[i])
}

/// Greatest values over windows of a fixed length, kept while going backwards (van Herk
/// 1992): `raw` becomes the greatest from a chunk's beginning once the chunk is complete.
#[derive(Debug)]
pub(super) struct Windows {
    /// Slots of a window beside its first; `None`: to the end.
    pub more: Option<usize>,
    pub best: Rows,
    raw: Rows,
    /// Greatest from the last slot entered to the end of its chunk.
    rest: Vec<Lane>,
}

impl Windows {
    fn new(width: usize, depth: usize, more: Option<usize>) -> Self {
        Self {
            more,
            rest: vec![[NEVER; LANES]; width],
            raw: Rows::new(if more.is_some() { width } else { 0 }, depth),
            best: Rows::new(width, depth),
        }
    }

    /// Enters the value of a row in slot `u` of `count`, all later slots being known.
    fn enter(&mut self, u: usize, count: usize, row: usize, value: Lane) {
        let Some(more) = self.more else {
            let mut best = value;
            if u + 1 < count {
                raise(&mut best, self.best.at(u + 1, row));
            }
            self.best.set(u, row, best);
            return;
        };
        let size = more + 1;
        self.raw.set(u, row, value);
        let rest = &mut self.rest[row];
        match (u + 1).is_multiple_of(size) {
            true => *rest = value,
            false => raise(rest, &value),
        }
        let mut best = *rest;
        // From the beginning of the next chunk to the end of the window.
        let last = (u + more).min(count - 1);
        if last / size > u / size {
            raise(&mut best, self.raw.at(last, row));
        }
        self.best.set(u, row, best);
        if u.is_multiple_of(size) {
            for v in u + 1..(u + size).min(count) {
                let before = *self.raw.at(v - 1, row);
                let mut lane = *self.raw.at(v, row);
                raise(&mut lane, &before);
                self.raw.set(v, row, lane);
            }
        }
    }
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
