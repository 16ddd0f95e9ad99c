//! Islands and epochs: independent searches that meet after a fixed amount of work.
//!
//! Problems of few routes are searched whole on every island, and now and then all go on from
//! the best. Problems of many routes are cut: in each epoch every island changes only its own
//! share of the duties and sees the rest as it was, and the shares are put together after it.
//! Either way what happens depends on seed, island and epoch alone.

use super::Work;
use super::anneal::anneal;
use super::best::Best;
use super::construct::construct;
use super::cooling::Cooling;
use super::polish::polish;
use super::recombine::recombine;
use super::shares::gather;
use super::shares::share;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::epochs::Schedule;
use crate::par;
use crate::patrol::instance::Instance;
use crate::patrol::route::Route;
use crate::patrol::score::Score;
use crate::patrol::state::State;
use crate::rng::Rng;

/// Where the search stands, after construction (epoch 0) and after each epoch.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Epochs done.
    pub epoch: u32,
    /// Epochs laid out for, when known.
    pub schedule: Option<u32>,
    /// Best so far.
    pub best: Score,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// One route per duty.
    pub routes: Vec<Route>,
    /// Their score.
    pub score: Score,
    /// Epochs run.
    pub epochs: u32,
    /// Epochs the cooling was laid out for.
    pub schedule: u32,
}

/// Epochs from one recombination of routes to the next.
const RECOMBINE_EVERY: u32 = 20;
/// Problems with at least this many routes are cut among the islands.
const CUT_FROM: usize = 12;

/// An observer that stops after `wanted` epochs.
pub fn epochs(wanted: u32) -> impl FnMut(Progress) -> Control {
    move |progress| Control::after(wanted, progress.epoch)
}

/// Searches until `observe` says stop; past the schedule it goes on cold.
pub fn solve(
    instance: &Instance,
    options: Options,
    mut observe: impl FnMut(Progress) -> Control,
) -> Outcome {
    let mut first = Work::new(instance);
    construct(&mut first);
    first.state.touched();
    let mut best = Best::of(&first.state);
    let mut islands: Vec<Work<'_>> = (0..options.islands.max(1)).map(|_| first.again()).collect();
    let cut = instance.duties.len() >= CUT_FROM;
    let visits: usize = best.routes.iter().map(|r| r.nodes.len() - 2).sum();
    // Plans of promises alone may have visits without value.
    let unit = match best.score.value {
        ..=0 => first.typical,
        value => value as f64 / visits.max(1) as f64,
    };
    let iterations = iterations(instance);
    let mut schedule = Schedule::new(options);
    let mut epoch = 0;
    loop {
        let progress = Progress {
            epoch,
            schedule: schedule.told(),
            best: best.score,
        };
        if !schedule.heed(observe(progress), epoch) {
            break;
        }
        let cooling = Cooling::of(schedule.known(epoch), iterations, visits, cut);
        let temperature = cooling.temperature(epoch) * unit;
        for (k, island) in islands.iter_mut().enumerate() {
            island.rng = Rng::stream(options.seed, k as u64, u64::from(epoch));
            island.best = (!cut).then(|| (island.state.score, island.state.routes.clone()));
        }
        if cut {
            share(&mut islands, options.seed, epoch);
        }
        par::for_each_mut(&mut islands, |island| {
            anneal(island, iterations, temperature);
            recombine(island, epoch.is_multiple_of(RECOMBINE_EVERY));
        });
        if cut {
            let changed = gather(&mut islands);
            best.follow(&islands[0].state, &changed);
        }
        for found in islands.iter().filter_map(|island| island.best.as_ref()) {
            best.replace(found);
        }
        epoch += 1;
        let back = match cut {
            true => cooling.begins(epoch),
            false => cooling.meets(epoch),
        };
        if back {
            for island in &mut islands {
                island.state = State::with_routes(instance, best.routes.clone());
            }
        }
    }
    let (score, routes) = polish(&mut first, best.routes);
    Outcome {
        routes,
        score,
        epochs: epoch,
        schedule: schedule.told().unwrap_or(epoch),
    }
}

/// Iterations per epoch: some tens of milliseconds of work; more where there are thousands of
/// duties, so that islands seldom wait for one another.
fn iterations(instance: &Instance) -> u32 {
    let least = if instance.is_orienteering() { 400 } else { 200 };
    (instance.duties.len() as u32 / 2).max(least)
}

impl<'a> Work<'a> {
    /// A second work on the same plan.
    pub(super) fn again(&self) -> Self {
        Self {
            state: self.state.clone(),
            rng: self.rng.clone(),
            scope: self.scope.clone(),
            member: self.member.clone(),
            allowed: self.allowed.clone(),
            demanded: self.demanded.clone(),
            holes: Vec::new(),
            removed: Vec::new(),
            residual: self.residual.clone(),
            seen: self.seen.clone(),
            best: None,
            pool: self.pool.clone(),
            ..*self
        }
    }
}
