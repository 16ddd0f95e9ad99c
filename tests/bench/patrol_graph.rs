//! Maps of multi-robot patrolling.

use roundsman::bench::Case;
use roundsman::bench::Goal;
use roundsman::bench::Solved;
use roundsman::par;
use roundsman::patrol::search::Control;
use roundsman::patrol::search::Options;

use crate::small::read;

/// A grid of streets with blocks of 7 by 5 pixels, half a metre each.
fn streets(width: usize, height: usize) -> String {
    let mut text = format!("{}\n100\n100\n0.5\n0\n0\n", width * height);
    for v in 0..width * height {
        let (x, y) = (v % width, v / width);
        let mut ways = Vec::new();
        if x > 0 {
            ways.push((v - 1, "W", 7));
        }
        if x + 1 < width {
            ways.push((v + 1, "E", 7));
        }
        if y > 0 {
            ways.push((v - width, "N", 5));
        }
        if y + 1 < height {
            ways.push((v + width, "S", 5));
        }
        text += &format!("\n{v}\n{x}\n{y}\n{}\n", ways.len());
        for (to, letter, cost) in ways {
            text += &format!("{to}\n{letter}\n{cost}\n");
        }
    }
    text
}

fn solve(case: &dyn Case, units: u32, epochs: u32) -> Solved {
    let options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(epochs),
    };
    let solved = case.solve(units, options, &mut |seen| match seen.epoch < epochs {
        true => Control::Continue,
        false => Control::Stop,
    });
    solved.expect("it searches")
}

#[test]
fn answers_lie_between_bound_and_baseline() {
    assert_eq!(
        roundsman::bench::format("patrol-graph").map(|f| f.goal),
        Some(Goal::Least)
    );
    let case = read("patrol-graph", "streets", &streets(5, 4));
    for units in [1, 2, 4, 8, 20] {
        let solved = solve(&*case, units, 20);
        let value = case.check(units, &solved.answer).expect("valid");
        let baseline = case.baseline(units).expect("a baseline");
        let baseline = case.check(units, &baseline).expect("valid");
        let bound = case.bound(units).expect("a bound");
        assert!(value <= baseline, "{units}: {value} above {baseline}");
        assert!(bound <= value, "{units}: {bound} above {value}");
        assert_eq!(value == 0.0, units == 20);
        assert_eq!(solved.answer.rounds.len(), units as usize);
        assert!(case.check(units - 1, &solved.answer).is_err());
    }
}

#[test]
fn one_agent_walks_the_round_tour() {
    let case = read("patrol-graph", "streets", &streets(4, 3));
    let solved = solve(&*case, 1, 5);
    // Twelve corners take twelve edges, and at least six of them go along the long side.
    let least = f64::from(6 * 7 + 6 * 5) * 0.5;
    assert_eq!(case.check(1, &solved.answer), Ok(least));
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let case = read("patrol-graph", "streets", &streets(6, 5));
    let answers = [1, 2, 3].map(|threads| {
        let run = || solve(&*case, 4, 12).answer;
        par::with_threads(threads, run).expect("threads")
    });
    assert!(answers.iter().all(|a| *a == answers[0]));
}

#[test]
fn spoilt_answers_are_refused() {
    let case = read("patrol-graph", "streets", &streets(4, 3));
    let good = solve(&*case, 2, 4).answer;
    assert!(case.check(2, &good).is_ok());
    let mut spoilt = good.clone();
    spoilt.rounds[0].stops.swap(0, 1);
    assert!(case.check(2, &spoilt).is_err());
    spoilt = good.clone();
    spoilt.rounds[1].period /= 2;
    assert!(case.check(2, &spoilt).is_err());
    spoilt = good;
    spoilt.rounds.clear();
    let faults = case.check(2, &spoilt).expect_err("nobody walks");
    assert_eq!(faults, ["vertex 0 is never visited"]);
}
