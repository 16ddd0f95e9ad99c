//! What it would bring to put a task somewhere: the look that recreate operators take before
//! they choose. Nearly all time of the search is spent here.

use std::ops::Range;

use super::cover::Gain;
use super::cover::Presence;
use super::instance::NONE;
use super::instance::Task;
use super::residual::Residual;
use super::route::Fit;
use super::score::Weights;
use super::state::State;

/// A task at a place in a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// Which route.
    pub duty: u32,
    /// Before which node.
    pub at: u32,
    /// Which task.
    pub task: u32,
    /// In which of its windows.
    pub window: u32,
    /// When it would start.
    pub start: i32,
    /// What it adds to the scalar score, leaving out what moving others costs.
    pub gain: f64,
    /// Time it takes from the route.
    pub extra: i32,
}

impl State<'_> {
    /// Whether a task can never be added as things stand: at most once, and there already.
    pub fn is_spent(&self, task: u32) -> bool {
        let t = &self.instance.tasks[task as usize];
        self.is_once(t) && !self.series[t.series as usize].is_empty()
    }

    /// Whether a task's series has room for one visit only.
    fn is_once(&self, t: &Task) -> bool {
        t.series != NONE && self.instance.series[t.series as usize].spacing >= self.instance.horizon
    }

    /// Offers every way to put `task` before one of the nodes `range` of `duty` that fits and
    /// adds anything.
    pub fn offers(
        &self,
        duty: u32,
        range: Range<usize>,
        task: u32,
        weights: Weights,
        residual: &mut Residual,
        mut offer: impl FnMut(Offer),
    ) {
        if self.is_spent(task) {
            return;
        }
        let instance = self.instance;
        let route = &self.routes[duty as usize];
        let t = &instance.tasks[task as usize];
        let length = t.length[route.mode as usize];
        // What the place lacks is worked out when the first gap has room, which few have.
        let mut level = None;
        let swift = instance.is_orienteering() && !route.floating && self.is_once(t);
        for (w, window) in t.windows.iter().enumerate() {
            if !self.is_wanted(window.quota) {
                continue;
            }
            // Worth of a visit beside the protection it gives.
            let worth = self.mended(window.quota, weights) + t.points as f64;
            let mut send = |at: usize, start, protection: f64, extra| {
                let gain = protection + (worth - weights.cost * f64::from(extra - length));
                if gain > 0.0 {
                    offer(Offer {
                        duty,
                        at: at as u32,
                        task,
                        window: w as u32,
                        start,
                        gain,
                        extra,
                    });
                }
            };
            // Where times matter only for feasibility, one pass over the nodes finds everything.
            if swift {
                route.fits(instance, range.clone(), t, w, |at, start, extra| {
                    send(at, start, 0.0, extra);
                });
                continue;
            }
            // Earliest and latest starts rise along the route, so the nodes round which the
            // window is open stand in a row.
            let nodes = &route.nodes[range.start - 1..range.end];
            let skip = nodes[1..].partition_point(|n| n.late < window.open + length);
            let last = window.close - length;
            let keep = nodes.partition_point(|n| n.early + n.length <= last);
            for at in range.start + skip..(range.start + keep).min(range.end) {
                let Some(fit) = route.fit(instance, at, t, w) else {
                    continue;
                };
                if level.is_none() {
                    level = self.look(duty, range.clone(), t, residual);
                }
                let Some(level) = level else {
                    return;
                };
                let found = self.best_in(task, fit, length, level, residual, weights);
                if let Some((start, protection)) = found {
                    send(at, start, protection, fit.extra);
                }
            }
        }
    }

    /// Works out what a task's place lacks while a visit before one of the nodes `range` could
    /// last on. Returns how much one counts there; `None` when one more adds nothing.
    fn look(
        &self,
        duty: u32,
        range: Range<usize>,
        t: &Task,
        residual: &mut Residual,
    ) -> Option<u8> {
        let Some(cover) = self.instance.covers.get(t.cover as usize) else {
            return Some(0);
        };
        let route = &self.routes[duty as usize];
        let length = t.length[route.mode as usize];
        let from = route.nodes[range.start - 1].early;
        let to = route.nodes[range.end - 1].late + length + cover.reach();
        residual.fill(cover, &self.covers[t.cover as usize], from, to);
        let crew = &self.instance.crews[self.instance.duties[duty as usize].crew as usize];
        let level = crew.level[t.cover as usize];
        (t.series != NONE || !residual.is_full(cover, level)).then_some(level)
    }

    /// Whether a demand still lacks visits (a visit for none always counts).
    pub fn is_wanted(&self, quota: u32) -> bool {
        quota == NONE || self.met[quota as usize] < self.instance.quotas[quota as usize].count
    }

    /// Worth of one more visit that a demand counts, as a promise.
    fn mended(&self, quota: u32, weights: Weights) -> f64 {
        let quota = self.instance.quotas.get(quota as usize);
        quota.map_or(0.0, |q| weights.broken * q.broken as f64)
    }

    /// The best start within a fit and the protection it adds.
    fn best_in(
        &self,
        task: u32,
        fit: Fit,
        length: i32,
        level: u8,
        residual: &Residual,
        weights: Weights,
    ) -> Option<(i32, f64)> {
        // Free room first; else the starts nearest to what stands there now.
        let (low, high) = if fit.free_early <= fit.free_late {
            (fit.free_early, fit.free_late)
        } else {
            let a = fit.free_late.clamp(fit.early, fit.late);
            let b = fit.free_early.clamp(fit.early, fit.late);
            (a.min(b), a.max(b))
        };
        let cover = self.instance.tasks[task as usize].cover;
        if cover == NONE {
            return self.spacing_allows(task, low, length).then_some((low, 0.0));
        }
        let cover = &self.instance.covers[cover as usize];
        let worth = |gain: Gain| gain.value as f64 + weights.broken * gain.mended as f64;
        let (start, gain) = residual.best_start(cover, (low, high), length, level);
        if self.spacing_allows(task, start, length) {
            return Some((start, worth(gain)));
        }
        // The best start is too near another visit of the series: as near as may be, then.
        let series = self.instance.tasks[task as usize].series as usize;
        let spacing = self.instance.series[series].spacing;
        let beside = |v: &Presence| [v.end + spacing, v.start - spacing - length];
        let starts = self.series[series].iter().flat_map(beside);
        starts
            .filter(|&s| s >= low && s <= high && self.spacing_allows(task, s, length))
            .map(|s| (s, worth(residual.gain(cover, s, s + length, level))))
            .fold(None, |best: Option<(i32, f64)>, new| match best {
                Some(b) if b.1 >= new.1 => Some(b),
                _ => Some(new),
            })
    }
}
