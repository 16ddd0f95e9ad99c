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
    /// Travel time from the stop before.
    pub into: i32,
}

impl Node {
    /// When it ends.
    #[inline]
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
    /// Whether the duty has a break that is taken wherever the unit is.
    pub floating: bool,
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
            into: 0,
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
            floating: d.breaks.iter().any(|b| b.spot == NONE),
        };
        route.settle(instance, 1);
        route.reschedule(instance);
        let last = route.nodes.len() - 1;
        route.nodes[1..last]
            .iter_mut()
            .for_each(|n| n.start = n.early);
        route
    }

    /// Points of its visits.
    pub fn points(&self, instance: &Instance) -> i64 {
        let points = self.nodes.iter().map(|n| match n.kind {
            Kind::Visit(task) => instance.tasks[task as usize].points,
            _ => 0,
        });
        points.sum()
    }

    /// Whether a node is a break that is taken wherever the unit is.
    fn floats(&self, instance: &Instance, k: usize) -> bool {
        match self.nodes[k].kind {
            Kind::Break(b) if self.floating => {
                instance.duties[self.duty as usize].breaks[b as usize].spot == NONE
            }
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
        let (ready, last) = (
            before.early + before.length,
            w.close.min(after.late) - length,
        );
        // Most gaps are too short whatever the way there: no need to look it up.
        if w.open.max(ready) > last {
            return None;
        }
        let there = instance.time(self.mode, before.spot, task.spot);
        let early = w.open.max(ready + there);
        if early > last {
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

    /// Every gap among `range` that `task` fits into in its window `window`, for routes without
    /// floating breaks: calls `found(at, start, extra)` with a start that moves others little
    /// and the time taken. The same answers as [`Route::fit`], in one pass over the nodes.
    pub fn fits(
        &self,
        instance: &Instance,
        range: std::ops::Range<usize>,
        task: &Task,
        window: usize,
        mut found: impl FnMut(usize, i32, i32),
    ) {
        let length = task.length[self.mode as usize];
        let w = &task.windows[window];
        let last = w.close - length;
        let onwards = instance.times_from(self.mode, task.spot);
        let nodes = &self.nodes[range.start - 1..range.end];
        for (k, pair) in nodes.windows(2).enumerate() {
            let (before, after) = (&pair[0], &pair[1]);
            let ready = before.early + before.length;
            if ready > last {
                break;
            }
            if after.late < w.open + length {
                continue;
            }
            let on = onwards[after.spot as usize];
            let by = last.min(after.late - on - length);
            if ready > by {
                continue;
            }
            let there = instance.time(self.mode, before.spot, task.spot);
            let early = w.open.max(ready + there);
            if early > by {
                continue;
            }
            let now = if after.kind == Kind::End {
                after.late
            } else {
                after.start
            };
            let free = w.open.max(before.end() + there);
            let free_late = last.min(now - on - length);
            let start = if free <= free_late {
                free
            } else {
                // Both ends of what is not free; the earlier, so that others move little.
                free_late.clamp(early, by).min(free.clamp(early, by))
            };
            found(range.start + k, start, there + on - after.into + length);
        }
    }

    /// Puts every floating break from node `from` on where the stop before it is.
    pub fn settle(&mut self, instance: &Instance, from: usize) {
        if !self.floating {
            return;
        }
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
            let ready = self.nodes[k - 1].early + self.nodes[k - 1].length;
            self.driven += i64::from(time);
            let node = &mut self.nodes[k];
            node.into = time;
            node.early = node.open.max(ready + time);
        }
        let last = self.nodes.len() - 1;
        self.nodes[last].late = self.nodes[last].close;
        let before = &self.nodes[last - 1];
        let mut fits =
            before.early + before.length + self.nodes[last].into <= self.nodes[last].close;
        for k in (0..last).rev() {
            let by = self.nodes[k + 1].late - self.nodes[k + 1].into;
            let node = &mut self.nodes[k];
            node.late = node.close.min(by - node.length);
            fits &= node.early <= node.late;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patrol::instance::Break;
    use crate::patrol::instance::Crew;
    use crate::patrol::instance::Duty;
    use crate::patrol::instance::Mode;
    use crate::patrol::instance::Window;
    use crate::patrol::state::State;
    use crate::rng::Rng;

    /// Tasks with random windows, a duty with a break at a place.
    fn random_instance(rng: &mut Rng) -> Instance {
        let spots = 8;
        let at: Vec<(i32, i32)> = (0..spots)
            .map(|_| (rng.below(40) as i32, rng.below(40) as i32))
            .collect();
        let time = |a: usize, b: usize| (at[a].0 - at[b].0).abs() + (at[a].1 - at[b].1).abs();
        let times = (0..spots * spots).map(|k| time(k / spots, k % spots));
        let mut instance = Instance {
            horizon: 400,
            spots,
            modes: vec![Mode {
                times: times.collect(),
            }],
            crews: vec![Crew::default()],
            duties: vec![Duty {
                crew: 0,
                from: 0,
                to: 1,
                start: 10,
                end: 390,
                breaks: vec![Break {
                    spot: 2,
                    earliest: 100,
                    latest: 200,
                    length: 20,
                }],
            }],
            ..Instance::default()
        };
        for spot in 3..spots as u32 {
            let open = rng.below(200) as i32;
            instance.tasks.push(Task {
                spot,
                cover: NONE,
                series: NONE,
                windows: vec![Window {
                    open,
                    close: open + 30 + rng.below(200) as i32,
                    quota: NONE,
                }],
                length: vec![rng.below(20) as i32],
                points: 1,
            });
        }
        instance
    }

    #[test]
    fn one_pass_finds_what_looking_at_each_gap_finds() {
        let mut rng = Rng::stream(3, 0, 0);
        let (mut fitting, mut not) = (0, 0);
        for _ in 0..400 {
            let instance = random_instance(&mut rng);
            let mut state = State::empty(&instance);
            for _ in 0..6 {
                let task = rng.below(instance.tasks.len());
                let t = &instance.tasks[task];
                let nodes = state.routes[0].nodes.len();
                let mut passed = vec![None; nodes];
                state.routes[0].fits(&instance, 1..nodes, t, 0, |at, start, extra| {
                    passed[at] = Some((start, extra));
                });
                for (at, passed) in passed.iter().enumerate().skip(1) {
                    let fit = state.routes[0].fit(&instance, at, t, 0);
                    assert_eq!(passed.is_some(), fit.is_some());
                    if let (Some((start, extra)), Some(fit)) = (*passed, fit) {
                        assert_eq!(extra, fit.extra);
                        assert!((fit.early..=fit.late).contains(&start));
                        let free = fit.free_early <= fit.free_late;
                        assert!(!free || start == fit.free_early);
                    }
                }
                let found: Vec<(usize, i32)> = (1..nodes)
                    .filter_map(|at| passed[at].map(|p| (at, p.0)))
                    .collect();
                (fitting, not) = (fitting + found.len(), not + nodes - 1 - found.len());
                if let Some(&(at, start)) = rng.pick(&found) {
                    assert!(state.insert(0, at, task as u32, 0, start));
                }
            }
        }
        assert!(fitting > 500 && not > 500, "{fitting} fit, {not} do not");
    }
}
