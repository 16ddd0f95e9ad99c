//! The search: construction, then ruin and recreate under simulated annealing on islands
//! that meet at the end of every epoch.
//!
//! Work is counted in iterations, never in seconds, so the same seed and number of epochs give
//! the same plan on any machine and any number of threads. `docs/search.md` tells the story
//! with citations and ablations.

mod anneal;
mod best;
mod construct;
mod cooling;
mod islands;
mod polish;
mod recombine;
mod recreate;
mod retime;
mod ruin;
mod shares;

pub use crate::epochs::Control;
pub use crate::epochs::Options;
pub use crate::epochs::WARM_UP;
pub use islands::Outcome;
pub use islands::Progress;
pub use islands::epochs;
pub use islands::solve;

use super::instance::Instance;
use super::instance::NONE;
use super::offer::Offer;
use super::residual::Residual;
use super::route::Route;
use super::score::Score;
use super::score::Weights;
use super::state::State;
use crate::rng::Rng;

/// A minute's broken promise of weight 1 outweighs this many typical visits: near enough to
/// comparing level by level, and yet payable on the way to something better.
const PROMISE: f64 = 50.0;

/// What operators work on: a plan, a stream of random numbers, and scratch space.
#[derive(Debug)]
struct Work<'a> {
    /// The plan.
    state: State<'a>,
    /// Random numbers of this island and epoch.
    rng: Rng,
    /// Duties that may be changed, ascending.
    scope: Vec<u32>,
    /// Membership of `scope`.
    member: Vec<bool>,
    /// Tasks each crew may do.
    allowed: std::sync::Arc<Vec<Vec<bool>>>,
    /// Holes of the current iteration.
    holes: Vec<ruin::Hole>,
    /// Tasks that some demand asks for.
    demanded: std::sync::Arc<Vec<u32>>,
    /// Tasks taken out in the current iteration.
    removed: Vec<u32>,
    /// Scratch of the candidate lists: all false between uses.
    seen: Vec<bool>,
    /// The best plan met in this epoch, kept where islands search the whole plan.
    best: Option<(Score, Vec<Route>)>,
    /// Routes met so far, where they can be recombined.
    pool: Option<recombine::Pool>,
    /// Scratch of the offers.
    residual: Residual,
    /// How the levels weigh.
    weights: Weights,
    /// What a visit typically brings: the scale of temperatures.
    typical: f64,
    /// How far operators reach.
    limits: Limits,
}

/// How far operators reach, from the shape of the instance.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Most stops in a string.
    string: usize,
    /// Most strings.
    strings: usize,
    /// Visits farther apart in time than this are not neighbours, ticks.
    apart: i32,
    /// Whether holes are whole routes: short routes, where every stop can shift.
    whole_routes: bool,
    /// How often each ruin is drawn: strings, stretch, demand, target, worst.
    ruins: [usize; 5],
    /// Instances with no more tasks than this try every task in every hole.
    try_all: usize,
}

impl<'a> Work<'a> {
    fn new(instance: &'a Instance) -> Self {
        let allowed = instance.crews.iter().map(|crew| {
            let mut may = vec![false; instance.tasks.len()];
            crew.tasks.iter().for_each(|&t| may[t as usize] = true);
            may
        });
        let typical = typical_gain(instance);
        Self {
            state: State::empty(instance),
            rng: Rng::stream(0, 0, 0),
            scope: (0..instance.duties.len() as u32).collect(),
            member: vec![true; instance.duties.len()],
            allowed: std::sync::Arc::new(allowed.collect()),
            demanded: std::sync::Arc::new(demanded(instance)),
            holes: Vec::new(),
            removed: Vec::new(),
            seen: vec![false; instance.tasks.len()],
            best: None,
            pool: recombine::Pool::new(instance),
            residual: Residual::default(),
            weights: Weights {
                broken: (PROMISE * typical).min(instance.total_worth() as f64) / 60.0,
                cost: typical * 1e-7,
            },
            typical,
            limits: Limits::of(instance),
        }
    }

    #[inline]
    fn in_scope(&self, duty: u32) -> bool {
        self.member[duty as usize]
    }

    /// Applies an offer if the plan is better for it, all moves counted. Returns whether it
    /// was.
    fn take(&mut self, offer: &Offer) -> bool {
        let mark = self.state.mark();
        let before = self.state.score.scalar(self.weights);
        let (at, window) = (offer.at as usize, offer.window as usize);
        let fits = self
            .state
            .insert(offer.duty, at, offer.task, window, offer.start);
        if fits && self.state.score.scalar(self.weights) > before {
            return true;
        }
        self.state.rollback(mark);
        false
    }

    #[inline]
    fn allowed(&self, duty: u32, task: u32) -> bool {
        let crew = self.state.instance.duties[duty as usize].crew;
        self.allowed[crew as usize][task as usize]
    }
}

impl Limits {
    fn of(instance: &Instance) -> Self {
        let orienteering = instance.is_orienteering();
        Self {
            string: if orienteering { 8 } else { 10 },
            strings: 4,
            apart: if orienteering { instance.horizon } else { 5400 },
            whole_routes: orienteering,
            ruins: match (orienteering, instance.quotas.is_empty()) {
                (true, true) => [4, 2, 0, 1, 3],
                (true, false) => [4, 2, 1, 1, 2],
                _ => [5, 1, 1, 2, 1],
            },
            try_all: if orienteering { usize::MAX } else { 48 },
        }
    }
}

/// Tasks with a window that counts for a demand.
fn demanded(instance: &Instance) -> Vec<u32> {
    let asked = |t: &super::instance::Task| t.windows.iter().any(|w| w.quota != NONE);
    let tasks = (0u32..).zip(&instance.tasks).filter(|(_, t)| asked(t));
    tasks.map(|(k, _)| k).collect()
}

/// Mean of what a lone visit of each task brings; 1 where nothing brings anything.
fn typical_gain(instance: &Instance) -> f64 {
    let worth = |t: &super::instance::Task| {
        let cover = instance.covers.get(t.cover as usize);
        t.points as f64 + cover.map_or(0.0, |c| c.typical() as f64)
    };
    let sum: f64 = instance.tasks.iter().map(worth).sum();
    (sum / instance.tasks.len().max(1) as f64).max(1.0)
}
