//! What the families' tests share: solving a text, and enumerating all teams of routes.

use roundsman::bench;
use roundsman::bench::Answer;
use roundsman::bench::Case;
use roundsman::bench::Kept;
use roundsman::bench::Units;
use roundsman::error::Result;
use roundsman::patrol::search;
use roundsman::patrol::search::Options;

/// What reads the files of a format.
pub fn reader(format: &str) -> fn(&str, &str) -> Result<Box<dyn Case>> {
    match bench::format(format).expect("a format").kept {
        Kept::Files(read) => read,
        Kept::Folders(_) => panic!("{format} is read from folders"),
    }
}

/// Reads a problem.
pub fn read(format: &str, name: &str, text: &str) -> Box<dyn Case> {
    reader(format)(name, text).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

/// The search's answer after `epochs`, and its value by the checker.
pub fn solve(case: &dyn Case, units: u32, epochs: u32) -> (Answer, f64) {
    let instance = case.compile(units).expect("compiles");
    let options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(epochs),
    };
    let outcome = search::solve(&instance, options, search::epochs(epochs));
    let answer = case.answer(&instance, &outcome.routes);
    let value = case.check(units, &answer);
    let value = value.unwrap_or_else(|faults| panic!("{faults:?}\n{answer:?}"));
    let worth = case.worth(outcome.score).expect("a worth");
    assert!(
        (worth - value).abs() < 1e-6,
        "search {worth}, checker {value}"
    );
    (answer, value)
}

/// How many units the file wants.
pub fn fixed(case: &dyn Case) -> u32 {
    match case.units() {
        Units::Fixed(units) => units,
        Units::Free(_) => panic!("the file does not say"),
    }
}

/// The best profit of `units` routes through disjoint sets of places 0.., where `feasible`
/// tells of a sequence whether a route may begin with it and whether it may be all of it.
pub fn best_team(profits: &[u64], units: u32, feasible: &dyn Fn(&[usize]) -> (bool, bool)) -> u64 {
    let mut possible = vec![false; 1 << profits.len()];
    possible[0] = true;
    extend(&mut Vec::new(), profits.len(), feasible, &mut possible);
    let worth = |set: usize| -> u64 {
        let inside = (0..profits.len()).filter(|p| set >> p & 1 == 1);
        inside.map(|p| profits[p]).sum()
    };
    let mut best = vec![0; possible.len()];
    for _ in 0..units {
        let before = best.clone();
        for set in 0..possible.len() {
            let mut route = set;
            while route > 0 {
                if possible[route] {
                    best[set] = best[set].max(worth(route) + before[set & !route]);
                }
                route = (route - 1) & set;
            }
        }
    }
    best[possible.len() - 1]
}

fn extend(
    route: &mut Vec<usize>,
    places: usize,
    feasible: &dyn Fn(&[usize]) -> (bool, bool),
    possible: &mut [bool],
) {
    for next in 0..places {
        if route.contains(&next) {
            continue;
        }
        route.push(next);
        let (begins, is_whole) = feasible(route);
        if is_whole {
            possible[route.iter().map(|p| 1 << p).sum::<usize>()] = true;
        }
        if begins {
            extend(route, places, feasible, possible);
        }
        route.pop();
    }
}
