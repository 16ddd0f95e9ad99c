//! What the compiled problem charges for a roster is what the checker finds in the files, and
//! what it forbids breaks a rule: for random instances and random rosters.

use super::Instance;
use super::WEEK;
use super::check::check;
use super::compile::compile;
use super::compile::seat;
use super::history::Past;
use super::scenario::Contract;
use super::scenario::Nurse;
use super::scenario::Scenario;
use super::scenario::Shift;
use super::week::Need;
use super::week::Request;
use super::week::Week;
use crate::bench::Case;
use crate::bench::rosters::answer;
use crate::bench::testing::names;
use crate::bench::testing::two_epochs;
use crate::rng::Rng;
use crate::roster::cost::cost;
use crate::roster::model::OFF;
use crate::roster::model::Roster;

/// Two numbers in order.
fn pair(rng: &mut Rng, below: usize) -> (u32, u32) {
    let least = rng.below(below) as u32;
    (least, least + rng.below(below) as u32)
}

fn scenario(rng: &mut Rng) -> Scenario {
    let (skills, kinds) = (1 + rng.below(2), 1 + rng.below(3));
    let (contracts, nurses) = (1 + rng.below(2), 1 + rng.below(4));
    let shift = |rng: &mut Rng| Shift {
        run: pair(rng, 4),
        not_next: (0..kinds).filter(|_| rng.chance(0.05)).collect(),
    };
    let contract = |rng: &mut Rng| Contract {
        total: pair(rng, 10),
        work: pair(rng, 5),
        off: pair(rng, 5),
        weekends: rng.below(3) as u32,
        whole_weekends: rng.chance(0.5),
    };
    let nurse = |rng: &mut Rng| Nurse {
        contract: rng.below(contracts),
        skills: (0..skills).filter(|_| rng.chance(0.97)).collect(),
    };
    Scenario {
        id: "g".to_owned(),
        weeks: 1 + rng.below(2),
        skills: names(skills),
        kinds: names(kinds),
        shifts: (0..kinds).map(|_| shift(rng)).collect(),
        contracts: (0..contracts).map(|_| contract(rng)).collect(),
        names: names(nurses),
        nurses: (0..nurses).map(|_| nurse(rng)).collect(),
    }
}

fn past(scenario: &Scenario, rng: &mut Rng) -> Past {
    let (total, weekends) = (rng.below(5) as u32, rng.below(3) as u32);
    let before = rng.below(7) as u32;
    let last = rng.chance(0.5).then(|| rng.below(scenario.shifts.len()));
    match last {
        Some(_) => Past {
            total,
            weekends,
            last,
            same: 1 + rng.below(before as usize + 1) as u32,
            work: 1 + before,
            off: 0,
        },
        None => Past {
            total,
            weekends,
            off: before,
            ..Past::default()
        },
    }
}

fn week(scenario: &Scenario, rng: &mut Rng) -> Week {
    let day = |rng: &mut Rng| match rng.chance(0.05) {
        true => pair(rng, 3),
        false => (0, rng.below(3) as u32),
    };
    let skills = 0..scenario.skills.len();
    let cells = (0..scenario.shifts.len()).flat_map(|k| skills.clone().map(move |s| (k, s)));
    let need = |(shift, skill): (usize, usize)| Need {
        shift,
        skill,
        days: [(); WEEK].map(|()| day(rng)),
    };
    let needs = cells.map(need).collect();
    let request = |_| Request {
        nurse: rng.below(scenario.nurses.len()),
        shift: rng.chance(0.5).then(|| rng.below(scenario.shifts.len())),
        day: rng.below(WEEK),
    };
    Week {
        needs,
        requests: (0..8).map(request).collect(),
    }
}

fn instance(rng: &mut Rng) -> Instance {
    let scenario = scenario(rng);
    let nurses = scenario.nurses.len();
    let weeks = scenario.weeks;
    Instance {
        past: (0..nurses).map(|_| past(&scenario, rng)).collect(),
        weeks: (0..weeks).map(|_| week(&scenario, rng)).collect(),
        scenario,
    }
}

fn roster(instance: &Instance, rng: &mut Rng) -> Roster {
    let seats = instance.scenario.shifts.len() * instance.scenario.skills.len();
    let day = |rng: &mut Rng| match rng.chance(0.4) {
        true => OFF,
        false => rng.below(seats) as u16,
    };
    let days = instance.days();
    let nurses = instance.scenario.nurses.iter();
    nurses
        .map(|_| (0..days).map(|_| day(rng)).collect())
        .collect()
}

#[test]
fn compiler_and_checker_agree() {
    let mut rng = Rng::stream(12, 0, 0);
    let (mut valid, mut short, mut forbidden) = (0, 0, 0);
    for _ in 0..400 {
        let instance = instance(&mut rng);
        let skills = instance.scenario.skills.len();
        let compiled = compile(&instance);
        for _ in 0..20 {
            let roster = roster(&instance, &mut rng);
            let checked = check(&instance, &answer(&roster, |s| seat(s, skills)));
            let charged = cost(&compiled, &roster);
            match (&checked, charged) {
                (Ok(value), charged) => {
                    assert_eq!(
                        Some(*value),
                        charged.map(|c| c as f64),
                        "{instance:?} {roster:?}"
                    );
                    valid += 1;
                }
                // Too few nurses are dear; all other rules are never to be broken.
                (Err(faults), Some(charged)) => {
                    assert!(faults.iter().all(|f| f.contains("needed")), "{faults:?}");
                    assert!(
                        charged >= 10_000 * faults.len() as i64,
                        "{charged} {faults:?}"
                    );
                    short += 1;
                }
                (Err(faults), None) => {
                    assert!(faults.iter().any(|f| f.contains("works")), "{faults:?}");
                    forbidden += 1;
                }
            }
        }
    }
    let enough = valid > 500 && short > 500 && forbidden > 500;
    assert!(enough, "{valid} {short} {forbidden}");
}

#[test]
fn what_is_found_costs_what_the_checker_finds() {
    let mut rng = Rng::stream(14, 0, 0);
    let mut valid = 0;
    for _ in 0..40 {
        let instance = instance(&mut rng);
        let (solved, worth) = two_epochs(&instance);
        let solved = solved.expect("a day off is always allowed");
        // Where nurses are too few, the best roster may lack some.
        match instance.check(0, &solved.answer) {
            Ok(value) => {
                assert_eq!(Some(value), worth);
                valid += 1;
            }
            Err(faults) => assert!(faults.iter().all(|f| f.contains("needed")), "{faults:?}"),
        }
    }
    assert!(valid > 10, "{valid}");
}
