//! The problem in the engine's terms: a node is a series whose spacing is the time of
//! protection; a pass and a stop are tasks of it that differ in length and points.

use super::PASSES_PER_STOP;
use super::Problem;
use super::STOP;
use crate::bench::team;
use crate::bench::team::Team;
use crate::bench::ticks;
use crate::bench::ticks::down;
use crate::bench::ticks::up;
use crate::error::Result;
use crate::patrol::instance::Instance;
use crate::patrol::instance::NONE;
use crate::patrol::instance::Series;
use crate::patrol::instance::Task;
use crate::patrol::instance::Window;

/// Most later opening times that a visit comes with.
const MOST_OPENINGS: f64 = 24.0;
/// Least time between them, minutes.
const LEAST_STEP: f64 = 1.0;

pub(super) fn compile(problem: &Problem, units: u32) -> Result<Instance> {
    let places = problem.prizes.len();
    let per_unit = ticks::finest(problem.longest);
    let end = down(problem.longest, per_unit, i32::MAX);
    let most = end + 1;
    let leg = |a, b| up(problem.leg(a, b), per_unit, most);
    let pairs = (0..places).flat_map(|a| (0..places).map(move |b| (a, b)));
    let mut team = Team {
        times: pairs.map(|(a, b)| leg(a, b)).collect(),
        tasks: Vec::new(),
        series: Vec::new(),
        duty: team::duty(0, 0, 0, end),
    };
    let stop = up(STOP, per_unit, most);
    let openings = openings(problem, per_unit, most);
    let (points, _) = problem.points();
    for place in (1..places).filter(|&p| points[p] > 0) {
        let series = team.series.len() as u32;
        team.series.push(Series {
            spacing: up(problem.protection, per_unit, most),
        });
        for (length, points) in [
            (0, points[place]),
            (stop, points[place] * PASSES_PER_STOP as i64),
        ] {
            let fitting = openings.iter().filter(|&&open| open + length <= end);
            team.tasks.extend(fitting.map(|&open| Task {
                spot: place as u32,
                cover: NONE,
                series,
                windows: vec![Window {
                    open,
                    close: end,
                    quota: NONE,
                }],
                length: vec![length],
                points,
            }));
        }
    }
    team.compile(places, units)
}

/// When a visit may begin at the earliest: at once, or at one of a row of times from the end
/// of the first protection on. The engine starts visits without protection of their own as
/// early as it can; opening times let it wait until a node counts again.
fn openings(problem: &Problem, per_unit: f64, most: i32) -> Vec<i32> {
    let rest = (problem.longest - problem.protection).max(0.0);
    let step = LEAST_STEP.max(rest / MOST_OPENINGS);
    let count = (rest / step).ceil() as u32;
    let later = (0..count).map(|k| problem.protection + f64::from(k) * step);
    let mut openings: Vec<i32> = later.map(|t| up(t, per_unit, most)).collect();
    openings.insert(0, 0);
    openings.dedup();
    openings
}
