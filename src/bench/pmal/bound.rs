//! A proven bound on the value, from the time there is.
//!
//! Every counted visit of node `v` takes its stay and, before it, either a drive into `v`, at
//! least as long as the shortest leg into it, or, where the car has stayed there since its
//! last counted visit, the whole time of protection. All cars together have `cars x L`
//! minutes for that. The visits of one node
//! follow each other by the time of protection between the first drive into it and the last
//! out of it, so `k` visits with `j` stops need
//! `in + 15 j + (k - 1) T + out <= L`. Without the rest of the rules each node chooses its
//! `(k, j)` for itself, and a price `q >= 0` on each minute gives the Lagrangian bound
//!
//! `q cars L + sum over v of max over (k, j) of (value - q time)`,
//!
//! which holds for every `q`; the search below only makes it small.

use super::PASSES_PER_STOP;
use super::Problem;
use super::STOP;

/// Steps of the search for the best price.
const STEPS: u32 = 100;
/// What rounding may take off a bound.
const SLACK: f64 = 1e-6;

/// What one node may do: the value of it, and the minutes it takes.
type Choice = (f64, f64);

pub(super) fn bound(problem: &Problem, cars: u32) -> f64 {
    let nodes = 1..problem.prizes.len();
    let choices: Vec<Vec<Choice>> = nodes.map(|v| choices(problem, v)).collect();
    let minutes = f64::from(cars) * problem.longest;
    let at = |price: f64| {
        let best = |c: &Vec<Choice>| c.iter().map(|(v, t)| v - price * t).fold(0.0, f64::max);
        price * minutes + choices.iter().map(best).sum::<f64>()
    };
    // The bound is convex in the price; beyond the greatest rate nothing pays any more.
    let rates = choices.iter().flatten().map(|(v, t)| v / t.max(SLACK));
    let (mut low, mut high) = (0.0, rates.fold(0.0, f64::max));
    for _ in 0..STEPS {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if at(a) <= at(b) { high = b } else { low = a }
    }
    let best = at(low).min(at(high)).min(at(0.0));
    whole(problem, best + SLACK)
}

/// Values are thirds of whole prizes: what lies between cannot be reached.
fn whole(problem: &Problem, bound: f64) -> f64 {
    if problem.prizes.iter().all(|p| p.fract() == 0.0) {
        (bound * PASSES_PER_STOP).floor() / PASSES_PER_STOP
    } else {
        bound
    }
}

/// What a node's own clock allows: any number of visits, none or the most of them stops. What
/// lies between is never better than both, since each stop adds the same value and time.
fn choices(problem: &Problem, node: usize) -> Vec<Choice> {
    let others = || (0..problem.prizes.len()).filter(|&u| u != node);
    let into = others()
        .map(|u| problem.leg(u, node))
        .fold(f64::INFINITY, f64::min);
    let out = others()
        .map(|u| problem.leg(node, u))
        .fold(f64::INFINITY, f64::min);
    let reach = into.min(problem.protection);
    let left = problem.longest - into - out + SLACK;
    let mut found = Vec::new();
    for visits in 1.. {
        let rest = left - f64::from(visits - 1) * problem.protection;
        if rest < 0.0 {
            break;
        }
        for stops in [0.0, (rest / STOP).floor().min(f64::from(visits))] {
            let passes = f64::from(visits) - stops;
            let value = problem.prizes[node] * (stops + passes / PASSES_PER_STOP);
            found.push((value, stops * STOP + f64::from(visits) * reach));
        }
    }
    found
}
