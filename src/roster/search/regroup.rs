//! Some people on some days anew, all at once: column generation over their schedules,
//! everything else fixed, and a dive to one schedule each.

use super::island::Island;
use crate::roster::columns::Dive;
use crate::roster::columns::Generation;
use crate::roster::columns::Scope;

/// Rounds of pricing before the dive.
const ROUNDS: u32 = 60;
/// Dives are quick: what they miss, the next may find.
const DIVE: Dive = Dive {
    rounds: 10,
    parts: 12,
};
/// Days that are planned anew at once; the whole time beside them.
const DAYS: [usize; 4] = [7, 10, 14, 21];
/// Chance that the whole time of some people is planned anew.
const WHOLE: f64 = 0.15;
/// Bounds of the size, in days of people, and by how much it changes from step to step.
const SIZES: (f64, f64) = (60.0, 1500.0);
const GROWTH: f64 = 1.04;

/// One step of the search; the roster never gets worse.
pub(super) fn regroup(island: &mut Island<'_>) {
    let (people, window) = choose(island);
    let problem = island.state.rules.problem;
    let scope = Scope::of(&island.state, people, window);
    let people = scope.people.clone();
    let costs: Vec<i64> = people.iter().map(|&p| island.state.costs[p]).collect();
    let value = costs.iter().sum::<i64>() + problem.seated(&island.state.counts, window);
    let mut generation = Generation::new(
        scope,
        &costs,
        island.near.as_ref(),
        std::mem::take(&mut island.lanes),
    );
    let mut rounds = 0;
    let hopeless = |g: &Generation<'_>| g.bound().is_some_and(|bound| bound >= value);
    while rounds < ROUNDS && !hopeless(&generation) && generation.round() {
        rounds += 1;
    }
    // Steps as large as can be solved, and no larger.
    let factor = if rounds < ROUNDS {
        GROWTH
    } else {
        1.0 / GROWTH
    };
    island.size = (island.size * factor).clamp(SIZES.0, SIZES.1);
    let found = match hopeless(&generation) {
        true => None,
        false => generation.dive(DIVE, value, &mut island.rng, &mut |_| true),
    };
    island.desk.scratch.work += generation.work();
    island.lanes = generation.into_lanes();
    let Some(found) = found else {
        return;
    };
    let before = island.state.total;
    for (&person, new) in people.iter().zip(found) {
        let mut seats = island.state.roster[person].clone();
        seats[window.0..window.1].copy_from_slice(&new);
        island.state.take(person);
        let put = island.state.put(person, &seats);
        assert!(put, "columns keep the rules");
    }
    debug_assert!(island.state.total < before, "a dive finds better ones only");
}

/// Who, and from which day up to which.
fn choose(island: &mut Island<'_>) -> (Vec<usize>, (usize, usize)) {
    let all = island.state.roster.len();
    let days = island.state.rules.problem.days as usize;
    let rng = &mut island.rng;
    let length = match rng.chance(WHOLE) {
        true => island.reach,
        false => DAYS[rng.below(DAYS.len())],
    };
    let length = length.min(island.reach).min(days);
    let from = rng.below(days - length + 1);
    let mut people: Vec<usize> = (0..all).collect();
    rng.shuffle(&mut people);
    people.truncate((island.size as usize / length).max(2));
    people.sort_unstable();
    (people, (from, from + length))
}
