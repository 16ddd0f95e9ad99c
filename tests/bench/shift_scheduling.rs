//! Shift scheduling: rosters priced by hand, a roster for each rule that it breaks, and files
//! that are not what they say.

use std::path::Path;

use proptest::prelude::*;
use roundsman::bench::Answer;
use roundsman::bench::Case;
use roundsman::bench::Shift;

use crate::small::read;
use crate::small::reader;
use crate::spoilt::mutated;
use crate::spoilt::mutation;

/// Two weeks, two people. Sections stand out of order.
const TEXT: &str = "# a comment\nSECTION_COVER\n1,E,1,100,10\n2,E,1,100,10\n\
    SECTION_HORIZON\n14\n\
    SECTION_SHIFTS\n# id, minutes, not next\nE,480,\nL,600,E\n\
    SECTION_STAFF\nAnn,E=14|L=2,4320,1440,3,2,2,1\nBob,E=14|L=14,4320,0,5,1,1,2\n\
    SECTION_DAYS_OFF\nAnn,4\n\
    SECTION_SHIFT_ON_REQUESTS\nAnn,2,E,3\nAnn,2,L,4\n\
    SECTION_SHIFT_OFF_REQUESTS\nBob,1,E,5\nBob,1,E,1\n";

/// A roster of one text for each person: a letter is a shift, anything else a day off.
fn roster(people: &[&str]) -> Answer {
    let mut answer = Answer::default();
    for (person, days) in people.iter().enumerate() {
        for (day, letter) in days.chars().enumerate() {
            let kind = match letter {
                'E' => 0,
                'L' => 1,
                _ => continue,
            };
            answer.shifts.push(Shift {
                person,
                day,
                kind,
                skill: 0,
            });
        }
    }
    answer
}

fn check(people: &[&str]) -> Result<f64, Vec<String>> {
    read("shift-scheduling", "x", TEXT).check(2, &roster(people))
}

#[test]
fn rosters_cost_what_is_written_down_by_hand() {
    // One of the two wishes of Ann for day 2 cannot be met.
    assert_eq!(check(&["-EE--EE-------"]), Ok(4.0));
    // Bob is one too many twice, and works against his wishes.
    assert_eq!(check(&["-EE--EE-------", "-EE"]), Ok(4.0 + 6.0 + 20.0));
    // Nobody is there on days 1 and 2, and no wish of Ann is met.
    assert_eq!(check(&["-----EEE------"]), Ok(3.0 + 4.0 + 200.0));
    // Late shifts need no cover.
    assert_eq!(check(&["-----EEE------", "-LL"]), Ok(207.0));
}

#[test]
fn runs_at_the_first_and_the_last_day_are_never_too_short() {
    assert_eq!(check(&["E------EEE----"]), Ok(207.0));
    assert_eq!(check(&["-------EE----E"]), Ok(207.0));
    assert_eq!(check(&["-EE----EE----E"]), Ok(4.0));
}

#[test]
fn every_rule_is_held() {
    let refused = |people: &[&str], why: &str| {
        assert_eq!(check(people), Err(vec![why.to_owned()]));
    };
    refused(&["--EEE---------"], "Ann works on day 4, which must be off");
    refused(
        &["-EE--EE-------", "-LE-----------"],
        "Bob works E on day 2, the day after L",
    );
    refused(
        &["LLL-----------"],
        "Ann works 3 shifts of L, at most 2 allowed",
    );
    refused(
        &["-EE--EE-------", "EEEEE-EEEEE---"],
        "Bob works 4800 minutes, at most 4320 allowed",
    );
    refused(
        &["-EE-----------"],
        "Ann works 960 minutes, at least 1440 wanted",
    );
    refused(
        &["EEEE----------"],
        "Ann works 4 in a row from day 0, at most 3 allowed",
    );
    refused(
        &["-EE--E--------"],
        "Ann works 1 in a row from day 5, at least 2 wanted",
    );
    refused(
        &["-----EE-EE----"],
        "Ann is off 1 in a row from day 7, at least 2 wanted",
    );
    refused(
        &["-----EE----EEE"],
        "Ann works 2 weekends, at most 1 allowed",
    );
    let mut twice = roster(&["-EE--EE-------"]);
    twice.shifts.extend(roster(&["-L"]).shifts);
    let case = read("shift-scheduling", "x", TEXT);
    let why = "Ann works more than once on day 1";
    assert_eq!(case.check(2, &twice), Err(vec![why.to_owned()]));
    for (person, day, kind, skill) in [(2, 0, 0, 0), (0, 14, 0, 0), (0, 0, 2, 0), (0, 0, 0, 1)] {
        let nowhere = Answer {
            shifts: vec![Shift {
                person,
                day,
                kind,
                skill,
            }],
            ..Answer::default()
        };
        assert!(case.check(2, &nowhere).is_err());
    }
}

#[test]
fn weekends_that_the_horizon_cuts_count() {
    let text = TEXT.replacen("\n14\n", "\n13\n", 1);
    let case = read("shift-scheduling", "x", &text);
    let days = roster(&["------EE----E"]);
    let faults = case.check(2, &days).expect_err("two weekends");
    assert_eq!(faults, ["Ann works 2 weekends, at most 1 allowed"]);
}

/// Codes and places of what is wrong.
fn wrong(from: &str, to: &str) -> Vec<(&'static str, u64, u64)> {
    assert!(TEXT.contains(from), "{from}");
    let text = TEXT.replacen(from, to, 1);
    let errors = reader("shift-scheduling")("x", &text).expect_err(&text);
    let place = |e: &roundsman::error::Error| {
        assert!(e.hint.is_some(), "{e}");
        (e.code, e.line.unwrap_or(0), e.column.unwrap_or(0))
    };
    errors.0.iter().map(place).collect()
}

#[test]
fn spoilt_files_are_told() {
    assert_eq!(wrong("\n14\n", "\n0\n"), [("B002", 6, 1)]);
    assert_eq!(wrong("\n14\n", "\n14\n15\n"), [("B016", 7, 1)]);
    assert_eq!(wrong("\n14\n", "\n"), [("B001", 0, 0)]);
    assert_eq!(wrong("SECTION_HORIZON\n14\n", ""), [("B001", 19, 0)]);
    assert_eq!(wrong("_HORIZON", "_HORIZONS")[0], ("B004", 5, 1));
    assert_eq!(wrong("# a comment", "a comment"), [("B004", 1, 1)]);
    assert_eq!(wrong("L,600,E", "L,600,F"), [("B015", 10, 7)]);
    assert_eq!(wrong("L,600,E", "L,600"), [("B001", 10, 3)]);
    assert_eq!(
        wrong("L,600,E", "E,600,E"),
        [("B016", 10, 1), ("B015", 12, 10), ("B015", 13, 10)]
    );
    assert_eq!(wrong("E=14|L=2", "E=14|M=2"), [("B015", 12, 10)]);
    assert_eq!(wrong("E=14|L=2", "E=14|L"), [("B002", 12, 10)]);
    assert_eq!(wrong("E=14|L=2", "E=14|E=2"), [("B016", 12, 10)]);
    assert_eq!(
        wrong("4320,1440", "x,-1"),
        [("B002", 12, 14), ("B002", 12, 16)]
    );
    assert_eq!(wrong("3,2,2,1", "3,2,2,1,7"), [("B003", 12, 32)]);
    assert_eq!(wrong("Bob,E=14", "Ann,E=14"), [("B016", 13, 1)]);
    assert_eq!(
        wrong("Ann,4\n", "Ann,4,14\nAmm,1\n"),
        [("B002", 15, 7), ("B015", 16, 1)]
    );
    assert_eq!(wrong("Ann,2,L,4", "Ann,2,L,1e3"), [("B002", 18, 9)]);
    let heavy = "Ann,2,L,100000\n".repeat(1001);
    assert_eq!(wrong("Ann,2,L,4\n", &heavy)[0].0, "B007");
    assert_eq!(wrong("2,E,1,100,10", "1,E,1,100,10"), [("B016", 4, 1)]);
    assert_eq!(wrong("2,E,1,100,10", "2,E,1,100"), [("B001", 4, 7)]);
}

#[test]
fn the_published_files_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/shift-scheduling");
    for (name, people, days) in [("Instance1", 8, 14), ("Instance15", 45, 42)] {
        let Ok(text) = std::fs::read_to_string(folder.join(format!("{name}.txt"))) else {
            return;
        };
        let case = read("shift-scheduling", name, &text);
        let sheet = case.sheet().expect("a roster");
        assert_eq!((sheet.people.len(), sheet.days), (people, days));
        let faults = case.check(people as u32, &Answer::default());
        assert!(faults.expect_err("too little work").len() >= people);
    }
}

/// Neither reading nor checking may panic, whatever the file says.
fn stands(case: &dyn Case) {
    let sheet = case.sheet().expect("a roster");
    let text = sheet.write(&Answer::default()).expect("writes");
    let text = String::from_utf8(text).expect("text");
    let all = |person: usize| (0..sheet.days).map(move |day| (person, day));
    let shifts = (0..sheet.people.len())
        .flat_map(all)
        .map(|(person, day)| Shift {
            person,
            day,
            kind: (person + day) % sheet.kinds.len(),
            skill: 0,
        });
    let busy = Answer {
        shifts: shifts.collect(),
        ..Answer::default()
    };
    for answer in [sheet.parse(&text).expect("reads"), busy] {
        let _ = case.check(sheet.people.len() as u32, &answer);
    }
}

proptest! {
    #[test]
    fn spoilt_files_never_panic(mutations in prop::collection::vec(mutation(), 1..4)) {
        let text = mutated(TEXT, &mutations);
        match reader("shift-scheduling")("x", &text) {
            Ok(case) => stands(case.as_ref()),
            Err(errors) => prop_assert!(errors.0.iter().all(|e| e.hint.is_some())),
        }
    }
}
