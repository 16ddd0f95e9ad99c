//! What it would bring to put a task somewhere: the look that recreate operators take before
//! they choose.

use super::instance::NONE;
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
    /// The best way to put `task` before node `at` of `duty`, if it fits and adds anything.
    pub fn offer(&self, duty: u32, at: usize, task: u32, weights: Weights) -> Option<Offer> {
        let instance = self.instance;
        let route = &self.routes[duty as usize];
        let t = &instance.tasks[task as usize];
        let (before, after) = (&route.nodes[at - 1], &route.nodes[at]);
        let mut best: Option<Offer> = None;
        for (w, window) in t.windows.iter().enumerate() {
            if window.close <= before.early || window.open > after.late {
                continue;
            }
            if window.quota != NONE
                && self.met[window.quota as usize] >= instance.quotas[window.quota as usize].count
            {
                continue;
            }
            let Some(fit) = route.fit(instance, at, t, w) else {
                continue;
            };
            let Some((start, mut gain)) = self.best_in(duty, task, fit, weights) else {
                continue;
            };
            if window.quota != NONE {
                let mended = instance.quotas[window.quota as usize].broken;
                gain += weights.broken * mended as f64;
            }
            let length = t.length[route.mode as usize];
            gain += t.points as f64 - weights.cost * f64::from(fit.extra - length);
            if gain > 0.0 && best.is_none_or(|b| gain > b.gain) {
                best = Some(Offer {
                    duty,
                    at: at as u32,
                    task,
                    window: w as u32,
                    start,
                    gain,
                    extra: fit.extra,
                });
            }
        }
        best
    }

    /// The best start within a fit and the protection it adds.
    fn best_in(&self, duty: u32, task: u32, fit: Fit, weights: Weights) -> Option<(i32, f64)> {
        let instance = self.instance;
        let t = &instance.tasks[task as usize];
        let length = t.length[self.routes[duty as usize].mode as usize];
        // Free room first; else the starts nearest to what stands there now.
        let (low, high) = if fit.free_early <= fit.free_late {
            (fit.free_early, fit.free_late)
        } else {
            let a = fit.free_late.clamp(fit.early, fit.late);
            let b = fit.free_early.clamp(fit.early, fit.late);
            (a.min(b), a.max(b))
        };
        if t.cover == NONE {
            return self.spacing_allows(task, low, length).then_some((low, 0.0));
        }
        let crew = &instance.crews[instance.duties[duty as usize].crew as usize];
        let level = crew.level[t.cover as usize];
        let list = &self.covers[t.cover as usize];
        let cover = &instance.covers[t.cover as usize];
        let (start, gain) = cover.best_start(list, (low, high), length, level, duty);
        if !self.spacing_allows(task, start, length) {
            return None;
        }
        Some((
            start,
            gain.value as f64 + weights.broken * gain.mended as f64,
        ))
    }
}
