//! Islands and epochs: independent searches that meet after a fixed amount of work.
//!
//! Problems of few routes are searched whole on every island, and now and then all go on from
//! the best. Problems of many routes are cut: in each epoch every island changes only its own
//! share of the duties and sees the rest as it was, and the shares are put together after it.
//! Either way what happens depends on seed, island and epoch alone.

use super::Work;
use super::anneal::anneal;
use super::construct::construct;
use super::polish::polish;
use super::recombine::recombine;
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
    /// Go on, and lay the cooling out for this many epochs in all. Heeded once; said within
    /// the first [`WARM_UP`] epochs, it is as good as said before the first.
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

/// Epochs that are hot whatever the schedule: time for the caller to find out how many
/// epochs it can afford.
pub const WARM_UP: u32 = 6;
/// Temperatures at the start and at the end, in what a visit of the first plan brings: where
/// islands keep the best plan they met, and can start again and again from hot; and where the
/// last plan is the result, which must not be melted and must end cold.
const WHOLE: (f64, f64) = (3.0, 0.03);
const CUT: (f64, f64) = (0.5, 0.008);
/// Epochs from one recombination of routes to the next.
const RECOMBINE_EVERY: u32 = 20;
/// Iterations per visit that one cooling deserves before another pays.
const REHEAT_AFTER: u64 = 400;
/// Problems with at least this many routes are cut among the islands.
const CUT_FROM: usize = 12;

/// An observer that stops after `wanted` epochs.
pub fn epochs(wanted: u32) -> impl FnMut(Progress) -> Control {
    move |progress| match progress.epoch >= wanted {
        true => Control::Stop,
        false => Control::Continue,
    }
}

/// Searches until `observe` says stop; past the schedule it goes on cold.
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
    let visits: usize = best.1.iter().map(|r| r.nodes.len() - 2).sum();
    // Plans of promises alone may have visits without value.
    let unit = match best.0.value {
        ..=0 => first.typical,
        value => value as f64 / visits.max(1) as f64,
    };
    let iterations = iterations(instance);
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
        let known = schedule.filter(|_| epoch >= WARM_UP);
        let cooling = Cooling::of(known, iterations, visits, cut);
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
            gather(&mut islands);
        }
        for island in &islands {
            if island.state.score > best.0 {
                best = (island.state.score, island.state.routes.clone());
            }
            if let Some(found) = &island.best
                && found.0 > best.0
            {
                best.clone_from(found);
            }
        }
        epoch += 1;
        let back = match cut {
            true => cooling.begins(epoch),
            false => cooling.meets(epoch),
        };
        if back {
            for island in &mut islands {
                island.state = State::with_routes(instance, best.1.clone());
            }
        }
    }
    let (score, routes) = polish(&mut first, best.1);
    Outcome {
        routes,
        score,
        epochs: epoch,
        schedule: schedule.unwrap_or(epoch),
    }
}

/// Geometric cooling over the schedule, in one cycle or a few, all of the same length.
#[derive(Clone, Copy, Debug)]
struct Cooling {
    /// Epochs of all cycles; `None`: hot until the schedule is known.
    total: Option<u32>,
    /// How many cycles.
    cycles: u32,
    /// Temperatures at the start and at the end of each.
    range: (f64, f64),
}

impl Cooling {
    /// One cycle for problems that the schedule only just suffices for; small problems start
    /// again from hot as often as they can afford, up to eight times.
    fn of(schedule: Option<u32>, iterations: u32, visits: usize, cut: bool) -> Self {
        let epochs = schedule.unwrap_or(0);
        let work = u64::from(epochs) * u64::from(iterations);
        let most = u64::from((epochs / 2).clamp(1, 8));
        let cycles = (work / (REHEAT_AFTER * visits.max(1) as u64)).clamp(1, most);
        Self {
            total: schedule.filter(|&n| n > 0),
            cycles: cycles as u32,
            range: if cut { CUT } else { WHOLE },
        }
    }

    /// How far the cycle has come at `epoch`, 0 to 1; 1 past the schedule.
    fn phase(self, epoch: u32) -> Option<f64> {
        let total = self.total?;
        if epoch >= total {
            return Some(1.0);
        }
        let done = u64::from(epoch) * u64::from(self.cycles) % u64::from(total);
        Some(done as f64 / f64::from(total))
    }

    /// In what a visit of the first plan brings.
    fn temperature(self, epoch: u32) -> f64 {
        let (hot, cold) = self.range;
        let phase = self.phase(epoch);
        phase.map_or(hot, |phase| hot * (cold / hot).powf(phase))
    }

    /// Whether a new cycle, or what comes after the last, begins with this epoch.
    fn begins(self, epoch: u32) -> bool {
        let Some(total) = self.total else {
            return false;
        };
        let cycle = |e: u32| u64::from(e.min(total)) * u64::from(self.cycles) / u64::from(total);
        epoch > 0 && epoch <= total && cycle(epoch) != cycle(epoch - 1)
    }

    /// Whether uncut islands go on from the best after this epoch: some ten times in the
    /// colder half of every cycle, and when a new one begins.
    fn meets(self, epoch: u32) -> bool {
        let every = (self.total.unwrap_or(1) / self.cycles / 20).max(1);
        let cold = self.phase(epoch).is_some_and(|p| p > 0.5);
        self.begins(epoch) || (cold && epoch.is_multiple_of(every))
    }
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
