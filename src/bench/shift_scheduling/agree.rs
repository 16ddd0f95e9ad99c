//! What the compiled problem charges for a roster is what the checker finds in the file, and
//! what it forbids breaks a rule of the file: for random files and random rosters.

use super::Cover;
use super::Person;
use super::Problem;
use super::Shift;
use super::Wish;
use super::check::check;
use super::compile::compile;
use super::compile::seat;
use crate::bench::Case;
use crate::bench::rosters::answer;
use crate::bench::testing::names;
use crate::bench::testing::two_epochs;
use crate::rng::Rng;
use crate::roster::cost::cost;
use crate::roster::model::OFF;
use crate::roster::model::Roster;

/// A limit that is seldom tight.
fn limit(rng: &mut Rng, tight: usize, loose: u32) -> u32 {
    match rng.chance(0.15) {
        true => rng.below(tight) as u32,
        false => loose,
    }
}

fn file(rng: &mut Rng) -> Problem {
    let (days, kinds, people) = (3 + rng.below(14), 1 + rng.below(3), 1 + rng.below(4));
    let shift = |rng: &mut Rng| Shift {
        minutes: 60 * (1 + rng.below(10) as u32),
        not_next: (0..kinds).filter(|_| rng.chance(0.05)).collect(),
    };
    let person = |rng: &mut Rng| Person {
        most: (0..kinds).map(|_| limit(rng, 5, 1000)).collect(),
        most_minutes: limit(rng, 6000, 100_000),
        least_minutes: limit(rng, 3000, 0),
        longest: limit(rng, 7, 1000),
        shortest: limit(rng, 4, 1),
        rest: limit(rng, 4, 0),
        weekends: limit(rng, 3, 1000),
        days_off: (0..days).filter(|_| rng.chance(0.02)).collect(),
    };
    let wish = |rng: &mut Rng| Wish {
        person: rng.below(people),
        day: rng.below(days),
        shift: rng.below(kinds),
        weight: rng.below(10) as u32,
    };
    let cover = |rng: &mut Rng, day, shift| Cover {
        day,
        shift,
        wanted: rng.below(4) as u32,
        under: rng.below(100) as u32,
        over: rng.below(10) as u32,
    };
    let cells = (0..days).flat_map(|day| (0..kinds).map(move |shift| (day, shift)));
    let cells: Vec<_> = cells.filter(|_| rng.chance(0.8)).collect();
    Problem {
        days: days as u32,
        kinds: names(kinds),
        shifts: (0..kinds).map(|_| shift(rng)).collect(),
        names: names(people),
        people: (0..people).map(|_| person(rng)).collect(),
        on: (0..rng.below(12)).map(|_| wish(rng)).collect(),
        off: (0..rng.below(12)).map(|_| wish(rng)).collect(),
        cover: cells.into_iter().map(|(d, s)| cover(rng, d, s)).collect(),
    }
}

fn roster(file: &Problem, rng: &mut Rng) -> Roster {
    let kinds = file.shifts.len();
    let day = |rng: &mut Rng, last: u16| match rng.chance(0.6) {
        true => last,
        false if rng.chance(0.5) => OFF,
        false => rng.below(kinds) as u16,
    };
    let person = |rng: &mut Rng| {
        let mut last = OFF;
        (0..file.days)
            .map(|_| {
                last = day(rng, last);
                last
            })
            .collect()
    };
    file.people.iter().map(|_| person(rng)).collect()
}

#[test]
fn compiler_and_checker_agree() {
    let mut rng = Rng::stream(11, 0, 0);
    let (mut valid, mut broken) = (0, 0);
    for _ in 0..400 {
        let file = file(&mut rng);
        let compiled = compile(&file);
        for _ in 0..20 {
            let roster = roster(&file, &mut rng);
            let checked = check(&file, &answer(&roster, seat));
            let charged = cost(&compiled, &roster).map(|c| c as f64);
            assert_eq!(
                charged,
                checked.clone().ok(),
                "{checked:?}\n{file:?}\n{roster:?}"
            );
            match checked {
                Ok(_) => valid += 1,
                Err(_) => broken += 1,
            }
        }
    }
    assert!(valid > 500 && broken > 500, "{valid} {broken}");
}

#[test]
fn what_is_found_costs_what_the_checker_finds() {
    let mut rng = Rng::stream(13, 0, 0);
    let mut valid = 0;
    for _ in 0..40 {
        let file = file(&mut rng);
        let (solved, worth) = two_epochs(&file);
        match solved {
            Ok(solved) => {
                assert_eq!(file.check(0, &solved.answer).ok(), worth);
                valid += 1;
            }
            Err(errors) => assert_eq!(errors.0[0].code, "B019"),
        }
    }
    assert!(valid > 10, "{valid}");
}
