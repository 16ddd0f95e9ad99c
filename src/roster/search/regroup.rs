//! Some people on some days anew, all at once: column generation over their schedules,
//! everything else fixed, and a dive to one schedule each.

use super::island::Island;
use super::ticks::EPOCH;
use crate::rng::Rng;
use crate::roster::columns::Dive;
use crate::roster::columns::Generation;
use crate::roster::columns::Lanes;
use crate::roster::columns::Pace;
use crate::roster::columns::Prices;
use crate::roster::columns::Scope;

/// Rounds of pricing before the dive, or as many as are done with so little work.
const ROUNDS: u32 = 60;
const LITTLE: u64 = 2 * EPOCH;
/// Work of a step beyond which it comes to its end.
const WORK: u64 = 8 * EPOCH;
/// Dives are quick: what they miss, the next may find.
const DIVE: Dive = Dive {
    rounds: 10,
    parts: 12,
};
/// Where little work led here they are not.
const THOROUGH: Dive = Dive {
    rounds: 30,
    parts: 20,
};
/// Days that are planned anew at once; the whole time beside them.
const DAYS: [usize; 5] = [7, 10, 14, 21, 28];
/// Bounds of the size, in days of people, and by how much it changes from step to step.
const SIZES: (f64, f64) = (60.0, 3000.0);
/// Faster while rounds are few.
const GROWTH: (f64, f64) = (1.25, 1.08);
const EASY: u32 = ROUNDS / 3;
/// Weight of the latest step in what a length gains and takes.
const LATEST: f64 = 0.1;
/// A length that gains nothing gets as much work as if it gained this part of what the best does.
const LEAST: f64 = 0.1;
/// A window of everybody and all days forgets where the way down began. Where that matters none has
/// more than this part of them.
const APART: f64 = 0.6;
/// Gains below count as none.
const FADED: f64 = 1e-100;
/// Size of the first step.
const FIRST: f64 = 120.0;

/// What is kept from step to step.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    /// Prices near which those of a linear program may be looked for.
    pub(super) near: Option<Prices>,
    /// Whether the whole time of some people can be planned anew.
    pub(super) short: bool,
    /// Whether the islands go on each by itself, from rosters away from the best.
    pub(super) apart: bool,
    lanes: Lanes,
    /// Days of people that are planned anew at once, for each length of the windows.
    sizes: [f64; DAYS.len() + 1],
    /// What a step gains for its work, of late, for each length.
    gains: [f64; DAYS.len() + 1],
    /// Work of a step, of late, for each length.
    works: [f64; DAYS.len() + 1],
}

impl Default for Groups {
    /// Nothing known yet.
    fn default() -> Self {
        Self {
            near: None,
            short: false,
            apart: false,
            lanes: Lanes::default(),
            sizes: [FIRST; DAYS.len() + 1],
            gains: [0.0; DAYS.len() + 1],
            works: [EPOCH as f64; DAYS.len() + 1],
        }
    }
}

/// One step of the search; the roster never gets worse.
pub(super) fn regroup(island: &mut Island<'_>) {
    let (kind, people, window) = choose(island);
    island.tried += people.len() * (window.1 - window.0);
    let problem = island.state.rules.problem;
    let scope = Scope::of(&island.state, people, window);
    let people = scope.people.clone();
    let costs: Vec<i64> = people.iter().map(|&p| island.state.costs[p]).collect();
    let value = costs.iter().sum::<i64>() + problem.seated(&island.state.counts, window);
    let mut generation = Generation::new(
        scope,
        &costs,
        island.groups.near.as_ref(),
        std::mem::take(&mut island.groups.lanes),
    );
    let mut rounds = 0;
    let hopeless = |g: &Generation<'_>| g.bound().is_some_and(|bound| bound >= value);
    let goes_on = |g: &Generation<'_>, rounds: u32| match g.work() {
        0..LITTLE => true,
        work => rounds < ROUNDS && work < WORK,
    };
    while goes_on(&generation, rounds) && !hopeless(&generation) && generation.round() {
        rounds += 1;
    }
    // Steps as large as can be solved, and no larger.
    let factor = match rounds {
        _ if generation.work() >= WORK => 1.0 / GROWTH.0,
        0..EASY => GROWTH.0,
        EASY..ROUNDS => GROWTH.1,
        _ if generation.work() < LITTLE => 1.0,
        _ => 1.0 / GROWTH.1,
    };
    let everybody = (island.state.roster.len() * (window.1 - window.0)) as f64;
    let most = SIZES.1.min(everybody).max(SIZES.0);
    let size = island.groups.sizes[kind];
    // A window that was cut short tells nothing of larger ones.
    if factor < 1.0 || size <= largest(island) {
        island.groups.sizes[kind] = (size * factor).clamp(SIZES.0, most);
    }
    let dive = match generation.work() {
        0..LITTLE => THOROUGH,
        _ => DIVE,
    };
    // However long the prices took, there is some time for what they are for, but no end of it.
    let until = WORK.max(generation.work() + WORK / 2);
    let last = until + WORK;
    let found = match hopeless(&generation) {
        true => None,
        false => generation.dive(dive, value, &mut island.rng, &mut |work| match work {
            _ if work < until => Pace::Thorough,
            _ if work < last => Pace::Quick,
            _ => Pace::Stop,
        }),
    };
    let work = generation.work();
    // Not even a step without work goes on for ever.
    island.desk.scratch.work += work.max(1000);
    if let Some(center) = generation.center() {
        let cells = problem.at(window.0, 0)..problem.at(window.1, 0);
        let near = island.groups.near.get_or_insert_with(|| Prices {
            seats: vec![0; problem.demands.len()],
        });
        near.seats[cells.clone()].copy_from_slice(&center.seats[cells]);
    }
    island.groups.lanes = generation.into_lanes();
    let before = island.state.total;
    if let Some(found) = found {
        take_over(island, &people, window, found);
    }
    let gain = (before - island.state.total) as f64 / work.max(1) as f64;
    let Groups { gains, works, .. } = &mut island.groups;
    gains[kind] += LATEST * (gain - gains[kind]);
    works[kind] += LATEST * (work.max(1000) as f64 - works[kind]);
}

/// Gives people other seats on the days of a window, where that is better.
fn take_over(
    island: &mut Island<'_>,
    people: &[usize],
    window: (usize, usize),
    found: Vec<Vec<u16>>,
) {
    let before = island.state.total;
    let mut old = Vec::new();
    for (&person, new) in people.iter().zip(found) {
        let mut seats = island.state.roster[person].clone();
        old.push(seats.clone());
        seats[window.0..window.1].copy_from_slice(&new);
        island.state.take(person);
        let put = island.state.put(person, &seats);
        assert!(put, "columns keep the rules");
    }
    // A dive that was stopped may lead anywhere.
    if island.state.total > before {
        for (&person, old) in people.iter().zip(&old) {
            island.state.take(person);
            island.state.put(person, old);
        }
    }
}

/// Which kind of window, who, and from which day up to which.
fn choose(island: &mut Island<'_>) -> (usize, Vec<usize>, (usize, usize)) {
    let all = island.state.roster.len();
    let days = island.state.rules.problem.days as usize;
    let largest = largest(island);
    let rng = &mut island.rng;
    let kind = draw(rng, &island.groups, days);
    let length = DAYS.get(kind).copied().unwrap_or(days);
    let length = length.min(days);
    let from = rng.below(days - length + 1);
    let mut people: Vec<usize> = (0..all).collect();
    rng.shuffle(&mut people);
    let size = island.groups.sizes[kind].min(largest) as usize;
    people.truncate((size / length).max(2));
    people.sort_unstable();
    (kind, people, (from, from + length))
}

/// Most days of people that are planned anew at once.
fn largest(island: &Island<'_>) -> f64 {
    match island.groups.apart {
        true => island.everything() as f64 * APART,
        false => f64::INFINITY,
    }
}

/// Which of the lengths: each gets the more work the more it gained for it of late.
fn draw(rng: &mut Rng, groups: &Groups, days: usize) -> usize {
    // Lengths beyond the whole time are that of the whole time.
    let lengths = DAYS.iter().filter(|length| **length < days).count();
    let lengths = (0..lengths).chain((groups.short || lengths == 0).then_some(DAYS.len()));
    let most = groups.gains.iter().copied().fold(0.0, f64::max);
    // What was gained long ago fades away to nothing that can be divided.
    let chance = |k: usize| match most > FADED {
        true => groups.gains[k].max(most * LEAST) / groups.works[k],
        false => 1.0 / groups.works[k],
    };
    let mut drawn = rng.unit() * lengths.clone().map(chance).sum::<f64>();
    let mut last = 0;
    for k in lengths {
        drawn -= chance(k);
        last = k;
        if drawn < 0.0 {
            break;
        }
    }
    last
}
