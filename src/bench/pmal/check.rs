//! The checker: minutes and metres of the file, nothing else.

use super::PASSES_PER_STOP;
use super::Problem;
use super::STOP;
use crate::bench::Answer;
use crate::bench::Stop;

/// Times may be off by this much, minutes: they are sums of rounded quotients.
const TOLERANCE: f64 = 1e-6;

pub(super) fn check(
    problem: &Problem,
    units: u32,
    answer: &Answer,
) -> std::result::Result<f64, Vec<String>> {
    let mut faults = answer.faults(units, problem.prizes.len(), |p| p > 0);
    if !faults.is_empty() {
        return Err(faults);
    }
    for (r, stop) in answer.stops().filter(|(_, s)| s.stay != 0.0 && !is_stop(s)) {
        let what = "neither a pass nor a stop of fifteen minutes";
        faults.push(format!(
            "route {r}: the visit of node {} is {what}",
            stop.place
        ));
    }
    for (r, route) in (1..).zip(&answer.routes) {
        faults.extend(drive(problem, route).map(|f| format!("route {r}: {f}")));
    }
    faults.extend(crowded(problem, answer));
    if !faults.is_empty() {
        return Err(faults);
    }
    let value = |s: &Stop| {
        let prize = problem.prizes[s.place];
        if is_stop(s) {
            prize * PASSES_PER_STOP
        } else {
            prize
        }
    };
    // Thirds are summed whole, so that no rounding adds up.
    let thirds: f64 = answer.stops().map(|(_, s)| value(s)).sum();
    Ok(thirds / PASSES_PER_STOP)
}

fn is_stop(stop: &Stop) -> bool {
    (stop.stay - STOP).abs() <= TOLERANCE
}

/// What a car does before it can, or too late.
fn drive(problem: &Problem, route: &[Stop]) -> Option<String> {
    let (mut node, mut free) = (0, 0.0);
    for stop in route {
        if stop.start < free + problem.leg(node, stop.place) - TOLERANCE {
            return Some(format!(
                "node {} is visited before it is reached",
                stop.place
            ));
        }
        (node, free) = (stop.place, stop.start + stop.stay);
    }
    let back = free + problem.leg(node, 0);
    let late = back > problem.longest + TOLERANCE && !route.is_empty();
    late.then(|| format!("back after {back} minutes, {} allowed", problem.longest))
}

/// Visits of one node, by whatever car, that are too near in time.
fn crowded(problem: &Problem, answer: &Answer) -> Vec<String> {
    let mut visits: Vec<&Stop> = answer.stops().map(|(_, s)| s).collect();
    visits.sort_by(|a, b| a.place.cmp(&b.place).then(a.start.total_cmp(&b.start)));
    let near = |w: &&[&Stop]| {
        let between = w[1].start - (w[0].start + w[0].stay);
        w[0].place == w[1].place && between < problem.protection - TOLERANCE
    };
    let crowded = visits.windows(2).filter(near);
    crowded
        .map(|w| format!("node {} counts again at {} already", w[1].place, w[1].start))
        .collect()
}
