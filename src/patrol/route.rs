//! The route of one duty with its schedule: when each stop happens, and how early and how
//! late it could (Savelsbergh's forward and backward slack, 1992), so that a look at two
//! neighbours tells whether a stop fits between them.

use super::instance::Instance;
use super::instance::NONE;
use super::instance::Task;

/// What happens at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Leaving the base.
    Start,
    /// The task with that index.
    Visit(u32),
    /// The duty's break with that index.
    Break(u32),
    /// Back at the base.
    End,
}

/// A stop of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What happens.
    pub kind: Kind,
    /// Where; a break taken anywhere is where the stop before it is.
    pub spot: u32,
    /// When it begins.
    pub start: i32,
    /// How long it lasts.
    pub length: i32,
    /// Earliest start that its window allows.
    pub open: i32,
    /// Latest start that its window allows.
    pub close: i32,
    /// Demand it counts for, or [`NONE`].
    pub quota: u32,
    /// Earliest start, all before as early as can be.
    pub early: i32,
    /// Latest start, all after as late as can be.
    pub late: i32,
}

impl Node {
    /// When it ends.
    pub fn end(&self) -> i32 {
        self.start + self.length
    }
}

/// The route of one duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which duty.
    pub duty: u32,
    /// How the unit moves.
    pub mode: u32,
    /// Start, stops in time order, end.
    pub nodes: Vec<Node>,
    /// Seconds driven.
    pub driven: i64,
}

/// A gap that a task fits into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Earliest start, pulling what comes before.
    pub early: i32,
    /// Latest start, pushing what comes after.
    pub late: i32,
    /// Earliest start with everything before left as it is.
    pub free_early: i32,
    /// Latest start with everything after left as it is; below `free_early` when the task fits
    /// only if something moves.
    pub free_late: i32,
    /// Time it takes from the route: the detour and the stay.
    pub extra: i32,
}

impl Route {
    /// The empty route of a duty: breaks as early as they may be.
    pub fn empty(instance: &Instance, duty: u32) -> Self {
        let d = &instance.duties[duty as usize];
        let node = |kind, spot, open: i32, close: i32, length| Node {
            kind,
            spot,
            start: open,
            length,
            open,
            close,
            quota: NONE,
            early: open,
            late: close,
        };
        let mut nodes = vec![node(Kind::Start, d.from, d.start, d.start, 0)];
        for (k, b) in d.breaks.iter().enumerate() {
            let spot = if b.spot == NONE { d.from } else { b.spot };
            nodes.push(node(
                Kind::Break(k as u32),
                spot,
                b.earliest,
                b.latest,
                b.length,
            ));
        }
        nodes.push(node(Kind::End, d.to, d.end, d.end, 0));
        let mut route = Self {
            duty,
            mode: instance.mode_of(duty as usize),
            nodes,
            driven: 0,
        };
        route.settle(instance, 1);
        route.reschedule(instance);
        let last = route.nodes.len() - 1;
        route.nodes[1..last]
            .iter_mut()
            .for_each(|n| n.start = n.early);
        route
    }

    /// Whether a node is a break that is taken wherever the unit is.
    fn floats(&self, instance: &Instance, k: usize) -> bool {
        match self.nodes[k].kind {
            Kind::Break(b) => instance.duties[self.duty as usize].breaks[b as usize].spot == NONE,
            _ => false,
        }
    }

    /// Travel time into node `k` when the unit comes from `spot`.
    fn time_into(&self, instance: &Instance, spot: u32, k: usize) -> i32 {
        if self.floats(instance, k) {
            0
        } else {
            instance.time(self.mode, spot, self.nodes[k].spot)
        }
    }

    /// Latest time at which the unit may leave `spot` towards node `k`: by latest starts
    /// where `now` is false, else with everything from `k` on left as it is.
    fn leave_by(&self, instance: &Instance, spot: u32, k: usize, now: bool) -> i32 {
        let node = &self.nodes[k];
        if !self.floats(instance, k) {
            let by = if now && node.kind != Kind::End {
                node.start
            } else {
                node.late
            };
            return by - instance.time(self.mode, spot, node.spot);
        }
        let after = self.leave_by(instance, spot, k + 1, now) - node.length;
        if !now {
            return after.min(node.close);
        }
        if after < node.start {
            i32::MIN / 2
        } else {
            node.start
        }
    }

    /// How `task` fits between nodes `at - 1` and `at` in its window `window`; `None` when it
    /// does not.
    pub fn fit(&self, instance: &Instance, at: usize, task: &Task, window: usize) -> Option<Fit> {
        let (before, after) = (&self.nodes[at - 1], &self.nodes[at]);
        let length = task.length[self.mode as usize];
        let w = &task.windows[window];
        let there = instance.time(self.mode, before.spot, task.spot);
        let early = w.open.max(before.early + before.length + there);
        if early + length > w.close.min(after.late) {
            return None;
        }
        // Leaving times, and the time that going on from here would take.
        let (by, by_now, direct) = if self.floats(instance, at) {
            let by = self.leave_by(instance, task.spot, at, false);
            let direct = self.leave_by(instance, before.spot, at, false);
            (
                by,
                self.leave_by(instance, task.spot, at, true),
                by - direct,
            )
        } else {
            let on = instance.time(self.mode, task.spot, after.spot);
            let now = if after.kind == Kind::End {
                after.late
            } else {
                after.start
            };
            let direct = instance.time(self.mode, before.spot, after.spot);
            (after.late - on, now - on, direct - on)
        };
        let late = w.close.min(by) - length;
        if early > late {
            return None;
        }
        Some(Fit {
            early,
            late,
            free_early: w.open.max(before.end() + there),
            free_late: w.close.min(by_now) - length,
            extra: there - direct + length,
        })
    }

    /// Puts every floating break from node `from` on where the stop before it is.
    pub fn settle(&mut self, instance: &Instance, from: usize) {
        for k in from.max(1)..self.nodes.len() {
            if self.floats(instance, k) {
                self.nodes[k].spot = self.nodes[k - 1].spot;
            }
        }
    }

    /// Moves starts as little as needed so that nothing overlaps: what comes before `at`
    /// earlier, what comes after later. Calls `moved(k, old_start)` for each node moved.
    ///
    /// Node `at` keeps its start. Returns false when something leaves its window.
    pub fn make_room(
        &mut self,
        instance: &Instance,
        at: usize,
        mut moved: impl FnMut(&Node, i32),
    ) -> bool {
        for k in (1..at).rev() {
            let next = self.nodes[k + 1];
            let time = self.time_into(instance, self.nodes[k].spot, k + 1);
            let node = &mut self.nodes[k];
            let by = next.start - time - node.length;
            if node.start <= by {
                break;
            }
            let old = std::mem::replace(&mut node.start, by);
            moved(node, old);
            if by < node.open {
                return false;
            }
        }
        for k in at + 1..self.nodes.len() - 1 {
            let before = self.nodes[k - 1];
            let time = self.time_into(instance, before.spot, k);
            let floats = self.floats(instance, k);
            let node = &mut self.nodes[k];
            let from = before.end() + time;
            if node.start >= from {
                // A floating break may have moved in space, which its successor must feel.
                if floats {
                    continue;
                }
                break;
            }
            let old = std::mem::replace(&mut node.start, from);
            moved(node, old);
            if from > node.close {
                return false;
            }
        }
        let (first, last) = (self.nodes[0], self.nodes.len() - 1);
        let back =
            self.nodes[last - 1].end() + self.time_into(instance, self.nodes[last - 1].spot, last);
        let out = first.start + self.time_into(instance, first.spot, 1);
        back <= self.nodes[last].close && (last == 1 || out <= self.nodes[1].start)
    }

    /// Recomputes earliest and latest starts and the time driven. Returns whether the route
    /// can be driven at all.
    pub fn reschedule(&mut self, instance: &Instance) -> bool {
        self.driven = 0;
        for k in 1..self.nodes.len() {
            let time = self.time_into(instance, self.nodes[k - 1].spot, k);
            let before = self.nodes[k - 1];
            self.driven += i64::from(time);
            self.nodes[k].early = self.nodes[k].open.max(before.early + before.length + time);
        }
        let last = self.nodes.len() - 1;
        self.nodes[last].late = self.nodes[last].close;
        let mut fits = self.nodes[last - 1].early
            + self.nodes[last - 1].length
            + self.time_into(instance, self.nodes[last - 1].spot, last)
            <= self.nodes[last].close;
        for k in (0..last).rev() {
            let time = self.time_into(instance, self.nodes[k].spot, k + 1);
            let next = self.nodes[k + 1];
            let node = &mut self.nodes[k];
            node.late = node.close.min(next.late - time - node.length);
            fits &= node.early <= node.late;
        }
        fits
    }
}
