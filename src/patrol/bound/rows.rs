//! Values by slot and row, and their greatest over windows of slots, kept while time runs
//! backwards.

use super::ground::LANES;
use super::paid::Lane;
use super::paid::NEVER;

/// Values by slot and row; with fewer slots than the duty has, early ones take the place of
/// late ones.
#[derive(Debug)]
pub(super) struct Rows {
    width: usize,
    mask: usize,
    data: Vec<Lane>,
}

impl Rows {
    pub(super) fn new(width: usize, depth: usize) -> Self {
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

    pub(super) fn set(&mut self, u: usize, row: usize, lane: Lane) {
        self.data[(u & self.mask) * self.width + row] = lane;
    }
}

/// Keeps the greater of both, lane by lane.
pub(super) fn raise(best: &mut Lane, other: &Lane) {
    for i in 0..LANES {
        best[i] = if other[i] > best[i] {
            other[i]
        } else {
            best[i]
        };
    }
}

/// Sums, lane by lane.
pub(super) fn plus(a: &Lane, b: &Lane) -> Lane {
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
    pub(super) fn new(width: usize, depth: usize, more: Option<usize>) -> Self {
        Self {
            more,
            rest: vec![[NEVER; LANES]; width],
            raw: Rows::new(if more.is_some() { width } else { 0 }, depth),
            best: Rows::new(width, depth),
        }
    }

    /// Enters the value of a row in slot `u` of `count`, all later slots being known.
    pub(super) fn enter(&mut self, u: usize, count: usize, row: usize, value: Lane) {
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
