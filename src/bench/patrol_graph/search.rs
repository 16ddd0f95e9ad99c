//! Which questions are asked: the best cyclic answer known is improved until the caller says
//! stop, each time by collecting all points of a [`Question`] that asks for less idleness.
//!
//! A question is about all vertices, in the shape of a tour drawn near the best answer and cut
//! as well as can be ([`start::proposal`]); or about those of the worst walk and a few walks near
//! it, with the numbers of agents kept or dealt out anew. Each walk asked for has a seed, out
//! of the walk whose shape it takes or spread over the vertices. Questions are short at first; the
//! lengths follow the sequence of Luby, Sinclair and Zuckerman (1993), since how long one
//! deserves is not known.

use super::baseline;
use super::closure::Closure;
use super::compile::Question;
use super::start;
use super::tour;
use super::walks::Idleness;
use super::walks::Walk;
use super::walks::Walks;
use crate::patrol::search;
use crate::patrol::search::Control;
use crate::rng::Rng;

/// The shortest questions have an epoch for so many vertices, and at most [`SHORT`] epochs.
const VERTICES_PER_EPOCH: usize = 16;
/// See [`VERTICES_PER_EPOCH`].
const SHORT: usize = 12;
/// Names the stream that questions are drawn from.
const QUESTIONS: u64 = 0x7061_7472_6f6c;
/// Most walks beside the worst one in a question about a part of the map.
const BESIDE: usize = 3;

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Agents, at least 1.
    pub agents: u32,
    /// Names the random streams.
    pub seed: u64,
    /// Searches side by side: part of what the result depends on.
    pub islands: u32,
}

/// Where the search stands.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Epochs done in all questions.
    pub epoch: u32,
    /// Worst idleness of the best answer.
    pub best: Idleness,
    /// How often a question was answered with yes.
    pub answered: i64,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The best answer.
    pub walks: Walks,
    /// Epochs done.
    pub epochs: u32,
}

/// Improves [`first`] until `observe`, which is asked before every epoch, says false, or
/// nobody waits at all.
pub fn solve(
    closure: &Closure,
    options: Options,
    mut observe: impl FnMut(Progress) -> bool,
) -> Outcome {
    let mut walks = first(closure, options.agents);
    let mut progress = Progress {
        epoch: 0,
        best: walks.worst(closure),
        answered: 0,
    };
    let mut asked = 0;
    while progress.best > Idleness::ZERO && observe(progress) {
        let mut rng = Rng::stream(options.seed, QUESTIONS, asked);
        asked += 1;
        let (question, apart) = draw(closure, &walks, options.agents, &mut rng);
        let ask = search::Options {
            seed: rng.next_u64(),
            islands: options.islands,
            schedule: Some(shortest(question.members.len()).saturating_mul(luby(asked))),
        };
        if let Some(found) = answer(closure, &question, ask, &mut progress, &mut observe) {
            walks = replaced(&walks, &apart, found);
            progress.best = walks.worst(closure);
            progress.answered += 1;
        }
    }
    Outcome {
        walks,
        epochs: progress.epoch,
    }
}

/// Epochs of the shortest questions about so many vertices.
fn shortest(members: usize) -> u32 {
    (members / VERTICES_PER_EPOCH).clamp(1, SHORT) as u32
}

/// The better of the baseline and [`start::best`].
pub fn first(closure: &Closure, agents: u32) -> Walks {
    let baseline = baseline::best(closure, agents.max(1));
    let start = start::best(closure, agents);
    match start.worst(closure) < baseline.worst(closure) {
        true => start,
        false => baseline,
    }
}

/// Searches for walks that say yes, until the schedule is over or the caller says stop.
fn answer(
    closure: &Closure,
    question: &Question,
    ask: search::Options,
    progress: &mut Progress,
    observe: &mut impl FnMut(Progress) -> bool,
) -> Option<Vec<Walk>> {
    let instance = question.compile(closure)?;
    let points = question.points();
    let outcome = search::solve(&instance, ask, |at| {
        let over = ask.schedule.is_some_and(|s| at.epoch >= s);
        if at.best.value >= points || over || !observe(*progress) {
            return Control::Stop;
        }
        progress.epoch += 1;
        Control::Continue
    });
    let mut walks = question.walks(&outcome.routes)?;
    for walk in &mut walks {
        tour::improve(closure, &mut walk.order);
    }
    let below = |w: &Walk| w.idleness(closure) < question.below;
    walks.iter().all(below).then_some(walks)
}

/// The walks without those taken apart, and the new ones.
fn replaced(walks: &Walks, apart: &[usize], found: Vec<Walk>) -> Walks {
    let kept = walks.0.iter().enumerate();
    let kept = kept.filter(|(k, _)| !apart.contains(k));
    Walks(kept.map(|(_, w)| w.clone()).chain(found).collect())
}

/// A question that asks for less than the worst idleness, and the walks that it takes apart.
fn draw(closure: &Closure, walks: &Walks, agents: u32, rng: &mut Rng) -> (Question, Vec<usize>) {
    let below = walks.worst(closure);
    if rng.chance(0.5) {
        let shape = start::proposal(closure, walks, agents, rng);
        let all = (0..walks.0.len()).collect();
        return (keeping(closure, &shape.0, below, rng), all);
    }
    let apart = some(closure, walks, rng);
    let taken: Vec<Walk> = apart.iter().map(|&k| walks.0[k].clone()).collect();
    if taken.len() > 1 && rng.chance(0.5) {
        return (keeping(closure, &taken, below, rng), apart);
    }
    let members: Vec<u32> = taken.iter().flat_map(|w| w.order.clone()).collect();
    // Agents that no walk has use for can join.
    let busy: u32 = walks.0.iter().map(|w| w.agents).sum();
    let total = taken.iter().map(|w| w.agents).sum::<u32>() + agents.saturating_sub(busy);
    let agents = dealt(total, members.len(), rng);
    let question = Question {
        seeds: spread(closure, &members, agents.len(), rng),
        members,
        agents,
        below,
    };
    (question, apart)
}

/// A question about the vertices of some walks, with as many agents on each and a seed of each.
fn keeping(closure: &Closure, walks: &[Walk], below: Idleness, rng: &mut Rng) -> Question {
    let members: Vec<u32> = walks.iter().flat_map(|w| w.order.clone()).collect();
    let seeds = walks.iter().map(|w| seed_of(closure, w, &members, rng));
    Question {
        seeds: seeds.collect(),
        agents: walks.iter().map(|w| w.agents).collect(),
        members,
        below,
    }
}

/// The worst walk and up to [`BESIDE`] of those near it.
fn some(closure: &Closure, walks: &Walks, rng: &mut Rng) -> Vec<usize> {
    let worst = walks.worst_walk(closure);
    let near = |k: usize| {
        let pairs = walks.0[k].order.iter();
        let pairs = pairs.flat_map(|&a| walks.0[worst].order.iter().map(move |&b| (a, b)));
        pairs
            .map(|(a, b)| closure.distance(a, b))
            .min()
            .unwrap_or(0)
    };
    let others = (0..walks.0.len()).filter(|&k| k != worst);
    // Nearness with noise, so that farther walks get their turn.
    let mut ranked: Vec<(i64, usize)> = others
        .map(|k| ((near(k) as f64 * (0.2 + rng.unit())) as i64, k))
        .collect();
    ranked.sort_unstable();
    let count = 1 + rng.below(BESIDE);
    let mut chosen = vec![worst];
    chosen.extend(ranked.iter().take(count).map(|r| r.1));
    chosen.sort_unstable();
    chosen
}

/// A vertex of a walk: any, or the one farthest from the other members.
fn seed_of(closure: &Closure, walk: &Walk, members: &[u32], rng: &mut Rng) -> u32 {
    if rng.chance(0.5) {
        return walk.order[rng.below(walk.order.len())];
    }
    let lonely = |&v: &u32| {
        let others = members.iter().filter(|m| !walk.order.contains(m));
        others.map(|&m| closure.distance(v, m)).min().unwrap_or(0)
    };
    let seed = walk.order.iter().copied().max_by_key(lonely);
    seed.unwrap_or(walk.order[0])
}

/// `total` agents dealt out over as many walks as there can be, or over fewer.
fn dealt(total: u32, members: usize, rng: &mut Rng) -> Vec<u32> {
    let most = (total as usize).min(members).max(1);
    let walks = match rng.chance(0.5) {
        true => most - rng.below(2.min(most)),
        false => 1 + rng.below(most),
    };
    let mut agents = vec![1; walks];
    for _ in walks..total as usize {
        agents[rng.below(walks)] += 1;
    }
    agents
}

/// `count` members, each far from those before, with noise.
fn spread(closure: &Closure, members: &[u32], count: usize, rng: &mut Rng) -> Vec<u32> {
    let mut seeds = vec![members[rng.below(members.len())]];
    while seeds.len() < count {
        let mut next: Option<(f64, u32)> = None;
        for &v in members.iter().filter(|v| !seeds.contains(v)) {
            let far = seeds.iter().map(|&s| closure.distance(s, v)).min();
            let rank = far.unwrap_or(0) as f64 * (0.3 + rng.unit());
            if next.is_none_or(|n| rank > n.0) {
                next = Some((rank, v));
            }
        }
        match next {
            Some((_, v)) => seeds.push(v),
            None => break,
        }
    }
    seeds
}

/// The `k`-th number of 1, 1, 2, 1, 1, 2, 4, 1, ...
fn luby(mut k: u64) -> u32 {
    loop {
        let bits = 64 - k.leading_zeros();
        if k == (1u64 << bits) - 1 {
            return 1 << (bits - 1).min(16);
        }
        k -= (1u64 << (bits - 1)) - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::optimum;
    use crate::bench::patrol_graph::testing::town;

    fn solved(closure: &Closure, agents: u32, epochs: u32) -> Outcome {
        let options = Options {
            agents,
            seed: 1,
            islands: 2,
        };
        solve(closure, options, |p| p.epoch < epochs)
    }

    #[test]
    fn lengths_follow_luby() {
        let first: Vec<u32> = (1..=15).map(luby).collect();
        assert_eq!(first, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
    }

    #[test]
    fn small_towns_are_solved_to_the_best_cyclic_answer() {
        for case in 0..24 {
            let mut rng = Rng::stream(7, case, 0);
            let n = 2 + rng.below(7);
            let closure = Closure::of(&town(n, 4, &mut rng));
            for agents in [1, 2, 3, 5] {
                let least = optimum(&closure, agents as usize);
                // The optimum ends the test early: nothing is below it.
                let options = Options {
                    agents,
                    seed: 1,
                    islands: 1,
                };
                let outcome = solve(&closure, options, |p| p.epoch < 600 && p.best > least);
                assert_eq!(
                    outcome.walks.worst(&closure),
                    least,
                    "case {case}, {agents} agents"
                );
            }
        }
    }

    #[test]
    fn the_answer_depends_on_seed_and_epochs_alone() {
        let closure = Closure::of(&town(30, 20, &mut Rng::stream(8, 0, 0)));
        let runs: Vec<Walks> = [1, 2, 3]
            .iter()
            .map(|&threads| {
                let run = || solved(&closure, 3, 40).walks;
                crate::par::with_threads(threads, run).expect("threads")
            })
            .collect();
        assert!(runs.iter().all(|r| *r == runs[0]));
    }

    #[test]
    fn more_agents_than_vertices_never_wait() {
        let closure = Closure::of(&town(5, 2, &mut Rng::stream(9, 0, 0)));
        for agents in [5, 6, 1_000_000] {
            let outcome = solved(&closure, agents, 5);
            assert_eq!(outcome.walks.worst(&closure), Idleness::ZERO);
        }
        let lone = Closure::of(&town(1, 0, &mut Rng::stream(9, 0, 0)));
        assert_eq!(solved(&lone, 1, 5).walks.worst(&lone), Idleness::ZERO);
    }
}
