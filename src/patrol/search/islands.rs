//! Islands and epochs: independent searches that meet after a fixed amount of work.
//!
//! Problems of few routes are searched whole on every island, and now and then all go on from
//! the best. Problems of many routes are cut: in each epoch every island changes only its own
//! share of the duties and sees the rest as it was, and the shares are put together after it.
//! Either way what happens depends on seed, island and epoch alone.

use super::Work;
use super::anneal::anneal;
use super::construct::construct;
use crate::par;
use crate::patrol::instance::Instance;
use crate::patrol::route::Route;
use crate::patrol::score::Score;
use crate::patrol::state::State;
use crate::rng::Rng;

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Names the random streams.
    pub seed: u64,
    /// Searches side by side: part of what the result depends on.
    pub islands: u32,
    /// Epochs that the cooling is laid out for; `None` until the caller knows, see [`Control`].
    pub schedule: Option<u32>,
}

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

/// What the caller wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Go on, and lay the cooling out for this many epochs in all. Heeded once.
    Schedule(u32),
    /// Stop with the best so far.
    Stop,
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

/// Temperature at the start and at the end, in typical gains.
const HOT: f64 = 0.1;
const COLD: f64 = 0.002;
/// Problems with at least this many routes are cut among the islands.
const CUT_FROM: usize = 12;

/// Searches until `observe` says stop or the schedule is done.
pub fn solve(
    instance: &Instance,
    options: Options,
    mut observe: impl FnMut(Progress) -> Control,
) -> Outcome {
    let mut first = Work::new(instance);
    construct(&mut first);
    let mut best = (first.state.score, first.state.routes.clone());
    let mut islands: Vec<Work<'_>> = (0..options.islands.max(1)).map(|_| first.again()).collect();
    let cut = instance.duties.len() >= CUT_FROM;
    let mut schedule = options.schedule;
    let mut epoch = 0;
    loop {
        let progress = Progress {
            epoch,
            schedule,
            best: best.0,
        };
        match observe(progress) {
            Control::Stop => break,
            Control::Schedule(n) if schedule.is_none() => schedule = Some(n.max(epoch)),
            Control::Schedule(_) | Control::Continue => {}
        }
        if schedule.is_some_and(|n| epoch >= n) {
            break;
        }
        let temperature = temperature(epoch, schedule);
        for (k, island) in islands.iter_mut().enumerate() {
            island.rng = Rng::stream(options.seed, k as u64, u64::from(epoch));
        }
        if cut {
            share(&mut islands, options.seed, epoch);
        }
        let iterations = iterations(instance);
        par::for_each_mut(&mut islands, |island| {
            anneal(island, iterations, temperature)
        });
        if cut {
            gather(&mut islands);
        }
        for island in &islands {
            if island.state.score > best.0 {
                best = (island.state.score, island.state.routes.clone());
            }
        }
        epoch += 1;
        if !cut && meets(epoch, schedule) {
            for island in &mut islands {
                island.state = State::with_routes(instance, best.1.clone());
            }
        }
    }
    Outcome {
        routes: best.1,
        score: best.0,
        epochs: epoch,
        schedule: schedule.unwrap_or(epoch),
    }
}

/// Geometric cooling over the schedule; hot until it is known.
fn temperature(epoch: u32, schedule: Option<u32>) -> f64 {
    let Some(n) = schedule else {
        return HOT;
    };
    let share = f64::from(epoch) / f64::from(n.max(1));
    HOT * (COLD / HOT).powf(share)
}

/// Whether uncut islands go on from the best after this epoch: twenty times in all.
fn meets(epoch: u32, schedule: Option<u32>) -> bool {
    schedule.is_some_and(|n| epoch.is_multiple_of((n / 20).max(1)))
}

/// Iterations per epoch: some tens of milliseconds of work.
fn iterations(instance: &Instance) -> u32 {
    if instance.is_orienteering() { 400 } else { 200 }
}

/// Deals the duties out among the islands: by start, in runs, so that an island holds what
/// happens at one time; the cut moves from epoch to epoch.
fn share(islands: &mut [Work<'_>], seed: u64, epoch: u32) {
    let count = islands.len();
    if count == 1 {
        return;
    }
    let instance = islands[0].state.instance;
    let mut order: Vec<u32> = (0..instance.duties.len() as u32).collect();
    order.sort_by_key(|&d| (instance.duties[d as usize].start, d));
    let mut rng = Rng::stream(seed, u64::MAX, u64::from(epoch));
    let turn = rng.below(order.len());
    order.rotate_left(turn);
    let size = order.len().div_ceil(count);
    for (k, island) in islands.iter_mut().enumerate() {
        let mut scope =
            order[(k * size).min(order.len())..((k + 1) * size).min(order.len())].to_vec();
        scope.sort_unstable();
        island.member.fill(false);
        scope.iter().for_each(|&d| island.member[d as usize] = true);
        if scope.is_empty() {
            scope.push(order[0]);
        }
        island.scope = scope;
    }
}

/// Puts the islands' shares together and gives the whole to each.
fn gather(islands: &mut [Work<'_>]) {
    if islands.len() == 1 {
        return;
    }
    let instance = islands[0].state.instance;
    let mut routes = Vec::with_capacity(instance.duties.len());
    for duty in 0..instance.duties.len() {
        let owner = islands
            .iter()
            .find(|i| i.member[duty])
            .unwrap_or(&islands[0]);
        routes.push(owner.state.routes[duty].clone());
    }
    let mut whole = State::with_routes(instance, routes);
    whole.repair();
    for island in islands {
        island.state = whole.clone();
    }
}

impl<'a> Work<'a> {
    /// A second work on the same plan.
    fn again(&self) -> Self {
        Self {
            state: self.state.clone(),
            rng: self.rng.clone(),
            scope: self.scope.clone(),
            member: self.member.clone(),
            allowed: self.allowed.clone(),
            holes: Vec::new(),
            removed: Vec::new(),
            residual: self.residual.clone(),
            ..*self
        }
    }
}
