//! The course of a search.

use super::climb;
use super::climb::climb;
use super::construct::construct;
use super::island::Island;
#[cfg(feature = "highs")]
use super::root::Root;
use super::ticks::Progress;
use super::ticks::Ticks;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::epochs::WARM_UP;
use crate::par;
use crate::rng::Rng;
use crate::roster::best;
use crate::roster::columns::Scope;
use crate::roster::model::Problem;
use crate::roster::model::Roster;
use crate::roster::rules::Rules;

/// Share of the epochs that anneal before prices are looked for.
const ANNEAL: f64 = if cfg!(feature = "highs") { 0.1 } else { 0.8 };
/// The same where there is no time for the linear program of everybody.
const ANNEAL_ALONE: f64 = if cfg!(feature = "highs") { 0.3 } else { 0.8 };
/// Temperatures of annealing, first and last, in parts of what all costs are multiples of.
const HEAT: (f64, f64) = (5.0, 0.3);
/// The best roster goes from island to island so often.
const SHARED: u32 = 8;
/// A way down ends when nothing better was found for so many epochs, and everybody's days were
/// tried so often since: where an epoch is one window of hundreds, some without a gain say nothing.
const PATIENCE: u32 = 8;
const TRIED: usize = if cfg!(feature = "highs") { 2 } else { 20 };
/// Epochs of annealing that lead away from the best roster when the way down from it has ended.
const AWAY: u32 = 3;
/// Bounds of the temperature, as above, at which they begin, any as likely as its double; they end
/// at a part of it. From too little the way leads back; how much that is differs.
const AWAY_HEAT: (f64, f64) = (8.0, 40.0);
const COOLED: f64 = 0.1;
/// A schedule of the whole time is found exactly if its values are no more than this.
const MOST_VALUES: u64 = best::MOST_VALUES as u64;
/// Days that construction plans at once where the whole time is too long for that.
const BLOCKS: [usize; 4] = [28, 21, 14, 7];
/// Days that annealing plans anew at once there.
const REACH: usize = 7;
/// Whole schedules of some people are columns of regrouping if they are found so fast.
#[cfg(feature = "highs")]
const SHORT_VALUES: u64 = 1_000_000;

/// What came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The best roster.
    pub roster: Roster,
    /// What it costs.
    pub cost: i64,
    /// Proven: no roster costs less.
    pub bound: Option<i64>,
    /// Epochs run.
    pub epochs: u32,
}

/// Searches until `observe` says stop, or nothing better is possible; `None` when for some person
/// no schedule is found within the rules that may never be broken: there is none, or the time is
/// too long to look for it at once.
pub fn solve(
    problem: &Problem,
    options: Options,
    mut observe: impl FnMut(Progress) -> Control,
) -> Option<Outcome> {
    let rules = Rules::new(problem);
    let days = problem.days as usize;
    let each = values(&rules, days);
    let long = each > MOST_VALUES;
    let effort = effort(problem, each);
    let mut blocks = BLOCKS.into_iter();
    let block = match long {
        true => blocks.find(|&d| values(&rules, d) <= MOST_VALUES),
        false => Some(days),
    };
    let state = construct(&rules, block.unwrap_or(REACH), |d| {
        values(&rules, d) <= MOST_VALUES
    })?;
    let reach = if long { REACH } else { days };
    let first = (state.total, state.roster.clone());
    let mut islands = vec![Island::new(state, reach); options.islands.max(1) as usize];
    #[cfg(feature = "highs")]
    for island in &mut islands {
        island.groups.short = each <= SHORT_VALUES;
    }
    let mut ticks = Ticks::new(options, first, &mut observe);
    ticks.prove(Some(problem.least()));
    // Whether there is time for the linear program of everybody and the dive from it.
    let whole = |ticks: &Ticks<'_>| !long && effort <= ticks.share(0.7);
    while !ticks.over() {
        let share = if whole(&ticks) { ANNEAL } else { ANNEAL_ALONE };
        let anneal = (f64::from(ticks.planned()) * share).max(f64::from(WARM_UP));
        let share = f64::from(ticks.epoch) / anneal;
        if share >= 1.0 {
            break;
        }
        let heat = cooled(HEAT, share) * rules.grain as f64;
        epoch(&mut islands, options, &mut ticks, |island| {
            island.anneal(heat)
        });
    }
    #[cfg(feature = "highs")]
    let mut root: Option<Root<'_>> = None;
    let round = each.saturating_mul(problem.people.len() as u64);
    if !ticks.over() && !long && climb::pays(round, &ticks) {
        let everybody = (0..problem.people.len()).collect();
        let scope = Scope::of(&islands[0].state, everybody, (0, days));
        let climbed = climb(scope.clone(), whole(&ticks), &mut ticks);
        #[cfg(feature = "highs")]
        {
            if whole(&ticks) {
                root = Some(Root::search(scope, &climbed, options, &mut ticks));
            }
            let near = root.as_ref().and_then(Root::prices).unwrap_or(&climbed.0);
            for island in &mut islands {
                island.groups.near = Some(near.clone());
            }
            // Though there are cheaper rosters: most of where a dive led is as good as proven, and
            // dear are a few of the last.
            if let Some(dived) = root.as_ref().and_then(|r| r.dived.as_ref()) {
                begin(&mut islands, dived);
                descend(&mut islands, true, options, &mut ticks);
            }
        }
        #[cfg(not(feature = "highs"))]
        drop(climbed);
    }
    while !ticks.over() {
        begin(&mut islands, &ticks.best);
        descend(&mut islands, true, options, &mut ticks);
        #[cfg(feature = "highs")]
        if root.as_mut().is_some_and(|root| root.choose(&mut ticks)) {
            continue;
        }
        leave(&mut islands, options, &mut ticks);
        descend(&mut islands, false, options, &mut ticks);
        #[cfg(feature = "highs")]
        if let Some(root) = &mut root {
            for island in &islands {
                root.learn(&island.best.1);
            }
        }
    }
    Some(Outcome {
        bound: ticks.bound,
        epochs: ticks.epoch,
        cost: ticks.best.0,
        roster: ticks.best.1,
    })
}

/// A temperature after a share of the way from the first to the last.
fn cooled((first, last): (f64, f64), share: f64) -> f64 {
    first * (last / first).powf(share)
}

/// All islands go on from a roster, and hold it for the best they know.
fn begin(islands: &mut [Island<'_>], from: &(i64, Roster)) {
    for island in islands {
        island.state.settle(&from.1);
        island.best.clone_from(from);
    }
}

/// Each island leaves the best roster by itself, and holds where that leads for the best it knows.
fn leave(islands: &mut [Island<'_>], options: Options, ticks: &mut Ticks<'_>) {
    for island in islands.iter_mut() {
        let grain = island.state.rules.grain as f64;
        island.heat = cooled(AWAY_HEAT, island.rng.unit()) * grain;
    }
    for past in 0..AWAY {
        if !ticks.over() {
            let share = f64::from(past) / f64::from(AWAY - 1);
            epoch(islands, options, ticks, |island| {
                island.anneal(cooled((island.heat, island.heat * COOLED), share));
            });
        }
    }
    for island in islands {
        island.best = (island.state.total, island.state.roster.clone());
    }
}

/// Goes on from where the islands are until nothing gets better for a while: the best of all when
/// they work `together`, each by itself when not.
fn descend(islands: &mut [Island<'_>], together: bool, options: Options, ticks: &mut Ticks<'_>) {
    let value = |islands: &[Island<'_>]| -> i64 {
        let costs = islands.iter().map(|i| i.best.0);
        match together {
            true => costs.min().unwrap_or(0),
            false => costs.sum(),
        }
    };
    #[cfg(feature = "highs")]
    for island in islands.iter_mut() {
        island.groups.apart = !together;
    }
    let tried = |islands: &[Island<'_>]| islands.iter().map(|i| i.tried).sum::<usize>();
    let everything = islands.first().map_or(0, Island::everything);
    let rosters = if together { 1 } else { islands.len() };
    let (mut least, mut since, mut from) = (value(islands), 0, tried(islands));
    let stuck = |since, tried: usize| since >= PATIENCE && tried >= TRIED * everything * rosters;
    while !ticks.over() && !stuck(since, tried(islands) - from) {
        epoch(islands, options, ticks, polish);
        if together && ticks.epoch.is_multiple_of(SHARED) {
            share(islands);
        }
        since += 1;
        let now = value(islands);
        if now < least {
            (least, since, from) = (now, 0, tried(islands));
        }
    }
}

/// An epoch of an island in the end.
#[cfg(feature = "highs")]
fn polish(island: &mut Island<'_>) {
    island.recombine();
}

/// An epoch of an island in the end.
#[cfg(not(feature = "highs"))]
fn polish(island: &mut Island<'_>) {
    island.anneal(HEAT.1 * island.state.rules.grain as f64);
}

/// Islands that are behind go on from the best.
fn share(islands: &mut [Island<'_>]) {
    let Some(best) = islands.iter().map(|i| &i.best).min_by_key(|b| b.0).cloned() else {
        return;
    };
    let behind = islands.iter_mut().filter(|i| i.state.total > best.0);
    behind.for_each(|island| island.state.settle(&best.1));
}

/// An epoch of all islands.
fn epoch<'a>(
    islands: &mut [Island<'a>],
    options: Options,
    ticks: &mut Ticks<'_>,
    step: impl Fn(&mut Island<'a>) + Sync + Send,
) {
    for (k, island) in (0..).zip(islands.iter_mut()) {
        island.rng = Rng::stream(options.seed, k, ticks.epoch.into());
    }
    par::for_each_mut(islands, step);
    for island in islands.iter() {
        ticks.offer(island.best.0, &island.best.1);
    }
    ticks.epoch();
}

/// Work of a linear program over everybody and the dive from it, roughly: some hundreds of
/// rounds of pricing, and simplex iterations by the square of the rows.
fn effort(problem: &Problem, values: u64) -> u64 {
    let people = problem.people.len() as u64;
    let rows = people + problem.demands.len() as u64;
    let pricing = values.saturating_mul(people).saturating_mul(1000);
    pricing.saturating_add((rows * rows).saturating_mul(100_000))
}

/// Values that the exact search of so many days of the hardest person looks at, roughly.
fn values(rules: &Rules<'_>, days: usize) -> u64 {
    let problem = rules.problem;
    let days = days as u64;
    let each = problem.people.iter().enumerate().map(|(p, person)| {
        let states = rules.automaton(p).states() as u64;
        let longest = problem.kinds.iter().map(|k| u64::from(k.load)).max();
        let load = u64::from(person.load.1).min(longest.unwrap_or(0) * days);
        let levels = load / u64::from(rules.unit) + 1;
        let weekends = u64::from(person.weekends).min(days / 7) + 1;
        days * states * levels * weekends
    });
    each.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::cost;
    use crate::roster::testing;

    const OPTIONS: Options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(20),
    };

    fn run(problem: &Problem, options: Options) -> Option<Outcome> {
        let until = options.schedule.unwrap_or(0);
        let outcome = solve(problem, options, |p| Control::after(until, p.epoch))?;
        let cost = cost::cost(problem, &outcome.roster);
        assert_eq!(cost, Some(outcome.cost), "the plain walk agrees");
        Some(outcome)
    }

    /// The least cost of all rosters, tried one by one.
    fn least(problem: &Problem) -> Option<i64> {
        let mut least = None;
        let mut rosters: Vec<Roster> = vec![Vec::new()];
        for person in &problem.people {
            let valid = testing::schedules(problem, person);
            let with = |roster: &Roster, word: &Vec<u16>| {
                let mut roster = roster.clone();
                roster.push(word.clone());
                roster
            };
            let grown = rosters
                .iter()
                .flat_map(|r| valid.iter().map(|v| with(r, &v.0)));
            rosters = grown.collect();
        }
        for roster in rosters {
            let cost = cost::cost(problem, &roster).expect("valid schedules");
            least = Some(least.map_or(cost, |least: i64| least.min(cost)));
        }
        least
    }

    #[test]
    fn finds_what_brute_force_finds_and_proves_no_more() {
        let (mut solved, mut proven, mut none) = (0, 0, 0);
        for seed in 0..300 {
            let mut rng = Rng::stream(seed, 3, 0);
            let mut problem = testing::random_problem(&mut rng);
            problem.people.truncate(2);
            if problem.days > 4 && problem.seats.len() > 2 {
                problem.people.truncate(1);
            }
            let least = least(&problem);
            let outcome = run(&problem, OPTIONS);
            let Some((least, outcome)) = least.zip(outcome.as_ref()) else {
                assert_eq!(least, outcome.map(|o| o.cost), "seed {seed}");
                none += 1;
                continue;
            };
            assert_eq!(outcome.cost, least, "seed {seed}");
            assert!(outcome.bound.is_none_or(|b| b <= least), "seed {seed}");
            proven += usize::from(outcome.bound == Some(least));
            solved += 1;
        }
        assert!(solved > 150 && none > 20, "{solved} {none}");
        assert!(proven > solved / 2, "{proven} of {solved}");
    }

    #[test]
    fn threads_change_nothing() {
        for seed in 0..8 {
            let mut problem = testing::random_problem(&mut Rng::stream(seed, 4, 0));
            let people: Vec<_> = problem.people.clone();
            let alone = |person| Problem {
                people: vec![person],
                ..problem.clone()
            };
            let able = people
                .into_iter()
                .filter(|p| run(&alone(p.clone()), OPTIONS).is_some());
            let able: Vec<_> = able.collect();
            if able.is_empty() {
                continue;
            }
            problem.people = able.iter().cycle().take(able.len() * 4).cloned().collect();
            // Enough epochs for all parts of the search.
            let options = Options {
                schedule: Some(400),
                ..OPTIONS
            };
            let found = |threads| {
                let outcome = par::with_threads(threads, || run(&problem, options));
                let outcome = outcome.expect("threads").expect("everybody has a schedule");
                (outcome.roster, outcome.cost, outcome.bound, outcome.epochs)
            };
            let one = found(1);
            assert_eq!(one, found(2));
            assert_eq!(one, found(4));
        }
    }
}
