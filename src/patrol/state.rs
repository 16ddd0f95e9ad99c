//! The plan under search: routes, the visits of every place sorted in time, demands met, and
//! the score of it all, kept exact under every change. Changes are logged, so a move that is
//! not wanted is undone entry by entry.

use super::cover::Gain;
use super::cover::Presence;
use super::instance::Instance;
use super::instance::NONE;
use super::residual::Residual;
use super::route::Kind;
use super::route::Node;
use super::route::Route;
use super::score::Score;

/// The plan under search.
#[derive(Clone, Debug)]
pub struct State<'a> {
    /// The problem.
    pub instance: &'a Instance,
    /// One route per duty.
    pub routes: Vec<Route>,
    /// Visits of each place, sorted.
    pub covers: Vec<Vec<Presence>>,
    /// Visits of each series, sorted.
    pub series: Vec<Vec<Presence>>,
    /// Visits counted for each demand.
    pub met: Vec<u32>,
    /// Score of all of it.
    pub score: Score,
    log: Vec<Change>,
    /// Duties whose routes changed for good since [`State::touched`] was last asked, in no order.
    touched: Vec<u32>,
    is_touched: Vec<bool>,
    /// Node lists out of use, so that saving a route takes no new memory.
    spare: Vec<Vec<Node>>,
    moved: Vec<(Node, i32)>,
    residual: Residual,
    #[cfg(debug_assertions)]
    moves: u64,
}

/// One entry of the log: what to do to undo a change.
#[derive(Clone, Debug)]
enum Change {
    Route(u32, Vec<Node>, i64),
    CoverAdded(u32, Presence),
    CoverRemoved(u32, Presence),
    SeriesAdded(u32, Presence),
    SeriesRemoved(u32, Presence),
    Met(u32, u32),
}

/// A moment to go back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    length: usize,
    score: Score,
}

impl<'a> State<'a> {
    /// The plan in which every unit stays at base.
    pub fn empty(instance: &'a Instance) -> Self {
        let mut state = Self {
            instance,
            routes: (0..instance.duties.len())
                .map(|d| Route::empty(instance, d as u32))
                .collect(),
            covers: vec![Vec::new(); instance.covers.len()],
            series: vec![Vec::new(); instance.series.len()],
            met: vec![0; instance.quotas.len()],
            score: Score::default(),
            log: Vec::new(),
            touched: Vec::new(),
            is_touched: vec![false; instance.duties.len()],
            spare: Vec::new(),
            moved: Vec::new(),
            residual: Residual::default(),
            #[cfg(debug_assertions)]
            moves: 0,
        };
        state.score = state.recost();
        state
    }

    /// A plan with the given routes.
    pub fn with_routes(instance: &'a Instance, routes: Vec<Route>) -> Self {
        let mut state = Self::empty(instance);
        for route in &routes {
            state.score.cost += route.driven - state.routes[route.duty as usize].driven;
            for node in &route.nodes {
                state.register(route.duty, node, true);
            }
        }
        state.routes = routes;
        state.log.clear();
        debug_assert_eq!(state.score, state.recost(), "lists and routes disagree");
        state
    }

    /// This moment, to which [`State::rollback`] can return.
    pub fn mark(&self) -> Mark {
        Mark {
            length: self.log.len(),
            score: self.score,
        }
    }

    /// Forgets how to go back: what was done stays.
    pub fn commit(&mut self) {
        for change in self.log.drain(..) {
            if let Change::Route(duty, nodes, _) = change {
                self.spare.push(nodes);
                if !std::mem::replace(&mut self.is_touched[duty as usize], true) {
                    self.touched.push(duty);
                }
            }
        }
    }

    /// Duties whose routes changed for good since this was last asked, ascending.
    pub fn touched(&mut self) -> Vec<u32> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        for &duty in &touched {
            self.is_touched[duty as usize] = false;
        }
        touched
    }

    /// Undoes everything since `mark`.
    pub fn rollback(&mut self, mark: Mark) {
        while self.log.len() > mark.length {
            match self.log.pop() {
                Some(Change::Route(duty, nodes, driven)) => {
                    let route = &mut self.routes[duty as usize];
                    self.spare.push(std::mem::replace(&mut route.nodes, nodes));
                    route.driven = driven;
                }
                Some(Change::CoverAdded(c, p)) => take(&mut self.covers[c as usize], p),
                Some(Change::CoverRemoved(c, p)) => put(&mut self.covers[c as usize], p),
                Some(Change::SeriesAdded(s, p)) => take(&mut self.series[s as usize], p),
                Some(Change::SeriesRemoved(s, p)) => put(&mut self.series[s as usize], p),
                Some(Change::Met(q, before)) => self.met[q as usize] = before,
                None => break,
            }
        }
        self.score = mark.score;
    }

    /// Puts `task` before node `at` of a route, to start at `start` in its window `window`;
    /// what stands in the way moves as little as needed.
    ///
    /// Returns false when it does not fit after all; the caller then rolls back.
    pub fn insert(&mut self, duty: u32, at: usize, task: u32, window: usize, start: i32) -> bool {
        let instance = self.instance;
        let t = &instance.tasks[task as usize];
        let w = &t.windows[window];
        self.save(duty);
        let route = &mut self.routes[duty as usize];
        let length = t.length[route.mode as usize];
        let node = Node {
            kind: Kind::Visit(task),
            spot: t.spot,
            start,
            length,
            open: w.open,
            close: w.close - length,
            quota: w.quota,
            early: start,
            late: start,
            into: 0,
        };
        route.nodes.insert(at, node);
        let fits = self.adjust(duty, at);
        self.register(duty, &node, true);
        self.verify();
        fits && self.keeps_spacing(&node) && self.counts(&node)
    }

    /// Takes node `at` out of a route. Returns false when what is left cannot be driven
    /// (travel times that break the triangle inequality); the caller then rolls back.
    pub fn remove(&mut self, duty: u32, at: usize) -> bool {
        self.save(duty);
        let node = self.routes[duty as usize].nodes.remove(at);
        self.register(duty, &node, false);
        let fits = self.adjust(duty, at - 1);
        self.verify();
        fits
    }

    /// Moves node `at` to another start; neighbours move as little as needed. Returns false
    /// when that cannot be; the caller then rolls back.
    pub fn shift(&mut self, duty: u32, at: usize, start: i32) -> bool {
        self.save(duty);
        let node = &mut self.routes[duty as usize].nodes[at];
        let old = std::mem::replace(&mut node.start, start);
        if start < node.open || start > node.close {
            return false;
        }
        let moved = *node;
        self.relocate(duty, &moved, old);
        let fits = self.adjust(duty, at);
        self.verify();
        fits && self.keeps_spacing(&moved)
    }

    /// Replaces the whole route of a duty; only visits that differ are entered anew.
    pub fn replace(&mut self, route: Route) {
        let duty = route.duty;
        self.save(duty);
        let old = std::mem::replace(&mut self.routes[duty as usize], route.clone());
        let mut gone = old.nodes.as_slice();
        let mut come = route.nodes.as_slice();
        // Both stand in time order, so what they share is met in step, or nearly so.
        while let (Some(a), Some(b)) = (gone.first(), come.first()) {
            if same_visit(a, b) {
                (gone, come) = (&gone[1..], &come[1..]);
            } else if a.start <= b.start {
                self.register(duty, a, false);
                gone = &gone[1..];
            } else {
                self.register(duty, b, true);
                come = &come[1..];
            }
        }
        for node in gone {
            self.register(duty, node, false);
        }
        for node in come {
            self.register(duty, node, true);
        }
        self.score.cost += route.driven - old.driven;
        self.verify();
    }

    /// Whether another visit of `task` in `[start, start + length]` keeps its series' spacing.
    pub fn spacing_allows(&self, task: u32, start: i32, length: i32) -> bool {
        let series = self.instance.tasks[task as usize].series;
        if series == NONE {
            return true;
        }
        let list = &self.series[series as usize];
        let spacing = self.instance.series[series as usize].spacing;
        if spacing >= self.instance.horizon {
            return list.is_empty();
        }
        list.iter()
            .all(|v| v.end + spacing <= start || start + length + spacing <= v.start)
    }

    /// Whether a visit that stands in the plan keeps its distance from the others of its
    /// series.
    fn keeps_spacing(&self, node: &Node) -> bool {
        let Kind::Visit(task) = node.kind else {
            return true;
        };
        let series = self.instance.tasks[task as usize].series;
        if series == NONE {
            return true;
        }
        let spacing = self.instance.series[series as usize].spacing;
        let list = &self.series[series as usize];
        if spacing >= self.instance.horizon {
            return list.len() <= 1;
        }
        let here = list.partition_point(|v| v.start < node.start);
        let near = &list[here.saturating_sub(1)..(here + 2).min(list.len())];
        near.windows(2).all(|w| w[0].end + spacing <= w[1].start)
    }

    /// Whether a visit that stands in the plan counts for its demand, if it is made for one.
    fn counts(&self, node: &Node) -> bool {
        let quota = self.instance.quotas.get(node.quota as usize);
        quota.is_none_or(|q| self.met[node.quota as usize] <= q.count)
    }

    /// Takes visits out of `duties` (ascending) that demands and series cannot count: what can
    /// be too many after shares that were searched apart are put together. Later duties yield.
    pub fn repair(&mut self, duties: &[u32]) {
        for &duty in duties.iter().rev() {
            let mut at = self.routes[duty as usize].nodes.len();
            while at > 1 {
                at -= 1;
                let node = self.routes[duty as usize].nodes[at];
                if !self.counts(&node) || !self.keeps_spacing(&node) {
                    let mark = self.mark();
                    if !self.remove(duty, at) {
                        self.rollback(mark);
                        self.replace(Route::empty(self.instance, duty));
                        break;
                    }
                }
            }
        }
        self.commit();
    }

    /// Logs a route as it stands.
    fn save(&mut self, duty: u32) {
        let route = &self.routes[duty as usize];
        let mut nodes = self.spare.pop().unwrap_or_default();
        nodes.clone_from(&route.nodes);
        self.log.push(Change::Route(duty, nodes, route.driven));
    }

    /// Makes room round node `at`, moves what must move, brings the schedule up to date.
    fn adjust(&mut self, duty: u32, at: usize) -> bool {
        let instance = self.instance;
        let mut moved = std::mem::take(&mut self.moved);
        moved.clear();
        let route = &mut self.routes[duty as usize];
        let before = route.driven;
        route.settle(instance, at);
        let mut fits = route.make_room(instance, at, |node, old| moved.push((*node, old)));
        fits &= route.reschedule(instance);
        self.score.cost += route.driven - before;
        for (node, old) in &moved {
            let mut gone = *node;
            gone.start = *old;
            self.register(duty, &gone, false);
        }
        for (node, _) in &moved {
            self.register(duty, node, true);
        }
        for (node, _) in &moved {
            fits &= self.keeps_spacing(node);
        }
        self.moved = moved;
        fits
    }

    /// Brings lists and score up to date with a node that moved from `old`.
    fn relocate(&mut self, duty: u32, node: &Node, old: i32) {
        let mut gone = *node;
        gone.start = old;
        self.register(duty, &gone, false);
        self.register(duty, node, true);
    }

    /// Enters a visit into (or takes it out of) the lists and the score.
    fn register(&mut self, duty: u32, node: &Node, enter: bool) {
        let Kind::Visit(task) = node.kind else {
            return;
        };
        let instance = self.instance;
        let t = &instance.tasks[task as usize];
        let sign = if enter { 1 } else { -1 };
        self.score.value += sign * t.points;
        if t.cover != NONE {
            let presence = self.presence(duty, node, t.cover);
            let list = &mut self.covers[t.cover as usize];
            if !enter {
                take(list, presence);
            }
            let cover = &instance.covers[t.cover as usize];
            let gain = self.residual.gain_of(cover, list, presence);
            if enter {
                put(list, presence);
            }
            self.score.value += sign * gain.value;
            self.score.broken -= sign * gain.mended;
            self.log.push(if enter {
                Change::CoverAdded(t.cover, presence)
            } else {
                Change::CoverRemoved(t.cover, presence)
            });
        }
        if t.series != NONE {
            let presence = Presence {
                start: node.start,
                end: node.end(),
                level: 0,
                duty,
            };
            let list = &mut self.series[t.series as usize];
            if enter {
                put(list, presence);
                self.log.push(Change::SeriesAdded(t.series, presence));
            } else {
                take(list, presence);
                self.log.push(Change::SeriesRemoved(t.series, presence));
            }
        }
        if node.quota != NONE {
            let q = node.quota as usize;
            self.log.push(Change::Met(node.quota, self.met[q]));
            let missing = instance.quotas[q].missing(self.met[q]);
            self.met[q] = self.met[q].wrapping_add_signed(sign as i32);
            self.score.broken += instance.quotas[q].missing(self.met[q]) - missing;
        }
    }

    /// What the plan would lose at `cover` without the visit `node`.
    pub fn gain_of(&self, duty: u32, node: &Node, cover: u32) -> Gain {
        let presence = self.presence(duty, node, cover);
        let list = &self.covers[cover as usize];
        let Ok(at) = list.binary_search(&presence) else {
            return Gain::default();
        };
        let mut rest = list.clone();
        rest.remove(at);
        Residual::default().gain_of(&self.instance.covers[cover as usize], &rest, presence)
    }

    /// How a visit looks from the place it protects.
    fn presence(&self, duty: u32, node: &Node, cover: u32) -> Presence {
        let crew = &self.instance.crews[self.instance.duties[duty as usize].crew as usize];
        Presence {
            start: node.start,
            end: node.end(),
            level: crew.level[cover as usize],
            duty,
        }
    }

    /// The score from scratch, by a road of its own: lists rebuilt from the routes, places
    /// integrated cut by cut.
    pub fn recost(&self) -> Score {
        let mut covers = vec![Vec::new(); self.instance.covers.len()];
        let mut met = vec![0u32; self.instance.quotas.len()];
        let mut score = Score::default();
        for route in &self.routes {
            score.cost += route.driven;
            for node in &route.nodes {
                let Kind::Visit(task) = node.kind else {
                    continue;
                };
                let t = &self.instance.tasks[task as usize];
                score.value += t.points;
                if t.cover != NONE {
                    covers[t.cover as usize].push(self.presence(route.duty, node, t.cover));
                }
                if node.quota != NONE {
                    met[node.quota as usize] += 1;
                }
            }
        }
        for (cover, visits) in self.instance.covers.iter().zip(&covers) {
            let (value, broken) = cover.recost(visits);
            score.value += value;
            score.broken += broken;
        }
        for (quota, &met) in self.instance.quotas.iter().zip(&met) {
            score.broken += quota.missing(met);
        }
        score
    }

    /// Debug builds compare the kept score with the score from scratch after every change
    /// (every 512th on large plans, where that would take minutes).
    fn verify(&mut self) {
        #[cfg(debug_assertions)]
        {
            self.moves += 1;
            if self.routes.len() <= 8 || self.moves.is_multiple_of(512) {
                assert_eq!(self.score, self.recost(), "the kept score drifted");
            }
        }
    }
}

/// Whether two nodes are the same to places and demands.
fn same_visit(a: &Node, b: &Node) -> bool {
    (a.kind, a.start, a.length, a.quota) == (b.kind, b.start, b.length, b.quota)
}

/// Puts a visit into a sorted list.
fn put(list: &mut Vec<Presence>, presence: Presence) {
    let at = list.partition_point(|p| *p < presence);
    list.insert(at, presence);
}

/// Takes a visit out of a sorted list.
fn take(list: &mut Vec<Presence>, presence: Presence) {
    let at = list.binary_search(&presence);
    debug_assert!(at.is_ok(), "a visit that was never entered");
    if let Ok(at) = at {
        list.remove(at);
    }
}
