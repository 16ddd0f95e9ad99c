//! One epoch of one island: ruin, recreate, accept by simulated annealing.

use super::Work;
use super::recreate;
use super::recreate::Ranking;
use super::retime;
use super::ruin;

/// Share of the other tasks that an iteration tries where it could try all.
const SHARE: f64 = 0.3;

/// Runs `iterations` at `temperature` (in units of value).
pub fn anneal(work: &mut Work<'_>, iterations: u32, temperature: f64) {
    for _ in 0..iterations {
        let mark = work.state.mark();
        let before = work.state.score.scalar(work.weights);
        let done = change(work);
        let delta = work.state.score.scalar(work.weights) - before;
        // Drawn always, so that the stream does not depend on floating-point outcomes.
        let threshold = temperature * work.rng.unit().max(1e-300).ln();
        if done && delta >= threshold {
            work.state.commit();
            if let Some(best) = &mut work.best
                && work.state.score > best.0
            {
                best.0 = work.state.score;
                best.1.clone_from(&work.state.routes);
            }
        } else {
            work.state.rollback(mark);
        }
    }
}

/// One random change. Returns false when it cannot stand.
fn change(work: &mut Work<'_>) -> bool {
    if !work.state.instance.is_orienteering() && work.rng.chance(0.3) {
        return retime::retime(work);
    }
    work.holes.clear();
    work.removed.clear();
    let ruined = match draw(work) {
        0 => ruin::strings(work),
        1 => ruin::stretch(work),
        2 => ruin::demand(work),
        3 => ruin::target(work),
        _ => ruin::worst(work),
    };
    if !ruined {
        return false;
    }
    let ranking = Ranking {
        power: [0, 1, 2, 2][work.rng.below(4)],
        blink: [0.0, 0.01, 0.1][work.rng.below(3)],
        share: SHARE,
    };
    let thorough = if work.limits.whole_routes { 0.5 } else { 0.75 };
    if work.rng.chance(thorough) {
        recreate::greedy(work, ranking);
    } else {
        recreate::sorted(work, ranking);
    }
    true
}

/// Which ruin, by the weights of the instance's kind.
fn draw(work: &mut Work<'_>) -> usize {
    let mut k = work.rng.below(work.limits.ruins.iter().sum());
    for (ruin, &weight) in work.limits.ruins.iter().enumerate() {
        if k < weight {
            return ruin;
        }
        k -= weight;
    }
    0
}
