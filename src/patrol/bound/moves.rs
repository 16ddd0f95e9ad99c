//! The moves of a ground: from where to where, what is known after each, and how long ago a
//! place that is met again was left.

use super::ground::Ground;
use super::paid::Slots;
use super::paid::Worth;
use crate::patrol::instance::NONE;
use crate::patrol::instance::UNREACHABLE;

/// Who waits no longer before a visit goes promptly, ticks.
const PATIENCE: i32 = 300;

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
    pub(super) fn states_of(&self, k: usize) -> impl Iterator<Item = usize> + use<> {
        let first = self.first[k];
        std::iter::once(k).chain(first..first + self.near[k].len())
    }

    pub(super) fn states(&self) -> usize {
        self.spot.len()
    }

    /// Slots that values are looked up ahead, at most.
    pub(super) fn reach(&self, worth: &Worth) -> usize {
        let moves = self.any.iter().flatten().map(|m| m.slots as usize);
        let visits = worth.tasks.iter().flatten().map(|p| p.slots);
        let patience = self.patience.unwrap_or(self.count);
        moves.max().unwrap_or(0).max(visits.max().unwrap_or(0)) + patience + 2
    }
}
