//! INRC-II: rosters priced by hand, a roster for each rule that it breaks, instances by name,
//! and files that are not what they say.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use proptest::prelude::*;
use roundsman::bench;
use roundsman::bench::Answer;
use roundsman::bench::BestKnown;
use roundsman::bench::Case;
use roundsman::bench::Problem;
use roundsman::bench::Shift;
use roundsman::error::Errors;
use roundsman::error::Result;
use tempfile::TempDir;

use crate::spoilt::mutated;
use crate::spoilt::mutation;

const SCENARIO: &str = "SCENARIO = g\n\nWEEKS = 1\n\nSKILLS = 2\nHead\nNurse\n\n\
    SHIFT_TYPES = 2\nEarly (2,3)\nNight (1,2)\n\n\
    FORBIDDEN_SHIFT_TYPES_SUCCESSIONS\nEarly 0\nNight 1 Early\n\n\
    CONTRACTS = 2\nFull (3,5) (2,4) (2,3) 1 1\nHalf (0,2) (1,2) (1,7) 0 0\n\n\
    NURSES = 2\nAnn Full 2 Head Nurse\nBob Half 1 Nurse\n";
const HISTORY: &str = "HISTORY\n0 g\n\nNURSE_HISTORY\nAnn 0 0 Early 1 2 0\nBob 1 1 None 0 0 3\n";
const LONG: &str = "HISTORY\n0 g\n\nNURSE_HISTORY\nBob 1 1 None 0 0 3\nAnn 0 0 Early 5 5 0\n";
const NIGHT: &str = "HISTORY\n0 g\n\nNURSE_HISTORY\nAnn 0 0 Night 1 2 0\nBob 1 1 None 0 0 3\n";
const WEEK: &str = "WEEK_DATA\ng\n\nREQUIREMENTS\n\
    Early Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n\
    Early Nurse (1,2) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n\
    Night Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,1) (0,0)\n\n\
    SHIFT_OFF_REQUESTS = 2\nAnn Any Sun \nBob Early Mon \n";

/// Files of the group, with others that are not of the format.
fn group() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect(name);
    write("Sc-g.txt", SCENARIO);
    write("H0-g-0.txt", HISTORY);
    write("H0-g-1.txt", LONG);
    write("H0-g-2.txt", NIGHT);
    write("WD-g-0.txt", WEEK);
    write("g_0_0.txt", "another tool's file");
    folder
}

fn gather(paths: &[PathBuf]) -> Result<Vec<Problem>> {
    let format = bench::format("inrc2").expect("a format");
    let known = bench::best_known_beside(paths)?;
    bench::gather(format, paths, &known)
}

/// The instance of the group with this history.
fn case(history: u32) -> Box<dyn Case> {
    let folder = group();
    let name = folder.path().join(format!("g_{history}_0"));
    let mut problems = gather(&[name]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(problems.len(), 1);
    problems.remove(0).case
}

/// A roster of one text for each nurse: a capital is a shift in the second skill, a small letter
/// one in the first, anything else a day off; `letters` are the kinds of shift.
fn roster_of(letters: &str, nurses: &[&str]) -> Answer {
    let mut answer = Answer::default();
    for (person, days) in nurses.iter().enumerate() {
        for (day, letter) in days.chars().enumerate() {
            let kind = letters
                .chars()
                .position(|k| k == letter.to_ascii_uppercase());
            let skill = usize::from(letter.is_uppercase());
            answer.shifts.extend(kind.map(|kind| Shift {
                person,
                day,
                kind,
                skill,
            }));
        }
    }
    answer
}

/// A roster for the group here.
fn roster(nurses: &[&str]) -> Answer {
    roster_of("EN", nurses)
}

#[test]
fn rosters_cost_what_is_written_down_by_hand() {
    let price = |history, nurses: &[&str]| case(history).check(2, &roster(nurses));
    // Both needs short of the best by one.
    let short = 60.0;
    // Six days off (3 too many), one shift (2 too few).
    let ann = 90.0 + 40.0;
    // Ten days off (3 too many), and a weekend worked before, where none should be.
    let idle = 90.0 + 30.0;
    assert_eq!(price(0, &["E------", "-------"]), Ok(short + ann + idle));
    // The run of early shifts before ends too short, the next is too long; half a weekend.
    let ann = 15.0 + 15.0 + 30.0;
    // One early shift, where two in a row are wanted, and against a request; the weekend.
    let bob = 15.0 + 10.0 + 30.0;
    assert_eq!(price(0, &["--EEEE-", "E------"]), Ok(short + ann + bob));
    // As a head she fills no need for nurses; it is all the same to her runs.
    assert_eq!(price(0, &["--EeEE-", "E------"]), Ok(short + ann + bob));
    // Days before count: five of work (1 too many), four early (1 too many); works on Sunday.
    let ann = 30.0 + 15.0 + 10.0;
    assert_eq!(price(0, &["EEE--NN", "-------"]), Ok(30.0 + ann + idle));
    // Days before are not charged again: three of work too many, three early too many.
    let ann = 90.0 + 45.0 + 10.0;
    assert_eq!(price(1, &["EEE--NN", "-------"]), Ok(30.0 + ann + idle));
    // A run before that was too long costs nothing when it ends.
    let ann = 15.0 + 30.0;
    assert_eq!(price(1, &["--EEEE-", "E------"]), Ok(short + ann + bob));
    // Three shifts with the one before, where two are the most.
    let bob = 15.0 + 10.0 + 30.0 + 20.0;
    let ann = 15.0 + 15.0 + 30.0;
    assert_eq!(price(0, &["--EEEE-", "EN-----"]), Ok(short + ann + bob));
}

#[test]
fn every_rule_is_held() {
    let refused = |history, nurses: &[&str], why: &str| {
        let checked = case(history).check(2, &roster(nurses));
        assert_eq!(checked, Err(vec![why.to_owned()]));
    };
    refused(0, &["e"], "day 0, Early: 0 as Nurse, at least 1 needed");
    let after = "Bob works Early on day 3, the day after Night";
    refused(0, &["E", "--NE"], after);
    refused(2, &["E"], "Ann works Early on day 0, the day after Night");
    let skill = "Bob works as Head on day 1 without that skill";
    refused(0, &["E", "-n"], skill);
    let mut twice = roster(&["E"]);
    twice.shifts.extend(roster(&["N"]).shifts);
    let why = "Ann works more than once on day 0";
    assert_eq!(case(0).check(2, &twice), Err(vec![why.to_owned()]));
    // After a day off, nothing is forbidden.
    assert!(case(2).check(2, &roster(&["-EN-E", "E"])).is_ok());
}

#[test]
fn instances_are_found_by_folder_by_name_and_by_the_table() {
    let top = tempfile::tempdir().expect("a folder");
    let inner = top.path().join("g");
    fs::create_dir(&inner).expect("made");
    let folder = group();
    for entry in fs::read_dir(folder.path()).expect("the files") {
        let file = entry.expect("a file").path();
        fs::copy(&file, inner.join(file.file_name().expect("a name"))).expect("copied");
    }
    let names = |paths: &[&str]| -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(|p| top.path().join(p)).collect();
        let problems = gather(&paths).unwrap_or_else(|e| panic!("{e}"));
        problems.into_iter().map(|p| p.name).collect()
    };
    // No table: history 0 and the first weeks.
    assert_eq!(names(&["g"]), ["g_0_0"]);
    assert_eq!(names(&["."]), ["g_0_0"]);
    assert_eq!(
        names(&["g/g_2_0", "g_1_0", "g/g_0_0.txt"]),
        ["g_2_0", "g_1_0", "g_0_0"]
    );
    let table = "instance,best_known\ng_2_0,5\ng_1_0,\nh_0_0,7\n";
    fs::write(top.path().join("best-known.csv"), table).expect("written");
    assert_eq!(names(&["g"]), ["g_1_0", "g_2_0"]);
    assert_eq!(names(&["g/Sc-g.txt"]), ["g_1_0", "g_2_0"]);
    assert_eq!(names(&["."]), ["g_1_0", "g_2_0"]);
    assert_eq!(names(&["g/g_0_0"]), ["g_0_0"]);
}

#[test]
fn paths_that_mean_nothing_are_told() {
    let folder = group();
    let told = |path: &str| -> Vec<&str> {
        let errors = gather(&[folder.path().join(path)]).expect_err(path);
        assert!(errors.0.iter().all(|e| e.hint.is_some()), "{errors}");
        errors.0.iter().map(|e| e.code).collect()
    };
    assert_eq!(told("H0-g-0.txt"), ["B017"]);
    assert_eq!(told("nowhere"), ["B017"]);
    assert_eq!(told("h_0_0"), ["B017"]);
    assert_eq!(told("g_0_0-0"), ["B017"]);
    assert_eq!(told("g_7_8"), ["IO1", "IO1"]);
    fs::create_dir(folder.path().join("empty")).expect("made");
    assert_eq!(told("empty"), ["B006"]);
}

/// What is wrong when a file of the group says `to` instead of `from`.
fn wrong(file: &str, from: &str, to: &str) -> Vec<(&'static str, u64, u64)> {
    let folder = group();
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replacen(from, to, 1)).expect("written");
    let errors: Errors = gather(&[folder.path().join("g_0_0")]).expect_err(to);
    let place = |e: &roundsman::error::Error| {
        assert!(e.hint.is_some(), "{e}");
        assert_eq!(e.file.as_deref(), Some(&*path));
        (e.code, e.line.unwrap_or(0), e.column.unwrap_or(0))
    };
    errors.0.iter().map(place).collect()
}

#[test]
fn spoilt_scenarios_are_told() {
    let wrong = |from: &str, to: &str| wrong("Sc-g.txt", from, to);
    assert_eq!(wrong("SCENARIO", "SZENARIO"), [("B004", 1, 1)]);
    assert_eq!(wrong("SKILLS = 2", "SKILLS = 3"), [("B004", 9, 13)]);
    assert_eq!(wrong("Early (2,3)", "Early (3,2)"), [("B002", 10, 7)]);
    assert_eq!(wrong("Night (1,2)", "Early (1,2)"), [("B016", 11, 1)]);
    assert_eq!(wrong("Night 1 Early", "Night 1 Late"), [("B015", 15, 9)]);
    assert_eq!(wrong("Night 1 Early", "Early 1 Early"), [("B016", 15, 1)]);
    assert_eq!(
        wrong("(2,4) (2,3) 1 1", "(2,4) 2,3 1 2"),
        [("B002", 18, 18), ("B002", 18, 24)]
    );
    assert_eq!(
        wrong("Bob Half", "Ann Holf"),
        [("B016", 23, 1), ("B015", 23, 5)]
    );
    assert_eq!(wrong("1 Nurse\n", "2 Nurse\n"), [("B001", 23, 0)]);
    assert_eq!(wrong("1 Nurse\n", "1 Nurse Head\n"), [("B003", 23, 18)]);
}

#[test]
fn spoilt_histories_and_weeks_are_told() {
    let history = |from: &str, to: &str| wrong("H0-g-0.txt", from, to);
    assert_eq!(history("0 g", "0 h"), [("B004", 2, 3)]);
    assert_eq!(history("Bob", "Ann"), [("B016", 6, 1)]);
    assert_eq!(history("Bob", "Bab"), [("B015", 6, 1)]);
    assert_eq!(history("None", "Nine"), [("B015", 6, 9)]);
    assert_eq!(history("None 0 0 3", "None 0 1 0"), [("B018", 6, 9)]);
    assert_eq!(history("Early 1 2 0", "Early 3 2 0"), [("B018", 5, 9)]);
    assert_eq!(history("Early 1 2 0", "Early 1 2 1"), [("B018", 5, 9)]);
    let week = |from: &str, to: &str| wrong("WD-g-0.txt", from, to);
    assert_eq!(week("WEEK_DATA\ng", "WEEK_DATA\ng2"), [("B004", 2, 1)]);
    assert_eq!(week("Early Nurse", "Early Head"), [("B016", 6, 7)]);
    assert_eq!(week("(1,2)", "(1,x)"), [("B002", 6, 13)]);
    assert_eq!(week("= 2", "= 3"), [("B001", 11, 0)]);
    assert_eq!(week("= 2", "= 1"), [("B003", 11, 1)]);
    assert_eq!(week("Any Sun", "Any Son"), [("B015", 10, 9)]);
}

/// Where the published files are kept, when they are.
fn published() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/inrc2");
    folder.is_dir().then_some(folder)
}

/// A roster that the competition's own validator was given (github.com/wssuite/NurseScheduler,
/// `datasets/INRC2/n005w4/Solution_H_0-WD_1-2-3-3/validator.txt`), which found: totals 320, runs
/// of work and shifts 465, of days off 330, requests 70, weekends 210, half weekends 60, cover
/// 240. It does not print skills; those here are the best.
#[test]
fn the_validator_of_the_competition_agrees() {
    let Some(folder) = published() else {
        return;
    };
    let problems = gather(&[folder.join("n005w4_0_1-2-3-3")]);
    let problems = problems.unwrap_or_else(|e| panic!("{e}"));
    let nurses = [
        "n-eEell--EELLl-nNNNnn-llLLnn",
        "lL--LLLnNnNn-LLll--NNnnN--EE",
        "NNnn---eELl--enN--EEENN---LL",
        "---NNNNN---EEEELLL---EEEEE--",
        "EELL-EELL-LNNN-EEELLL-LLNNNN",
    ];
    let answer = roster_of("ELN", &nurses);
    assert_eq!(problems[0].case.check(5, &answer), Ok(1695.0));
}

#[test]
fn the_published_files_read() {
    let Some(folder) = published() else {
        return;
    };
    let problems = gather(&[folder]).unwrap_or_else(|e| panic!("{e}"));
    assert!(problems.len() > 5);
    for problem in problems {
        let sheet = problem.case.sheet().expect("a roster");
        assert_eq!(sheet.days % 7, 0);
        let checked = problem
            .case
            .check(sheet.people.len() as u32, &Answer::default());
        assert!(checked.is_err(), "{}: nobody is there", problem.name);
    }
}

proptest! {
    #[test]
    fn spoilt_files_never_panic(
        which in 0_usize..3,
        mutations in prop::collection::vec(mutation(), 1..3),
    ) {
        let folder = group();
        let name = ["Sc-g.txt", "H0-g-0.txt", "WD-g-0.txt"][which];
        let text = [SCENARIO, HISTORY, WEEK][which];
        fs::write(folder.path().join(name), mutated(text, &mutations)).expect("written");
        let format = bench::format("inrc2").expect("a format");
        let path = folder.path().join("g_0_0");
        match bench::gather(format, &[path], &BestKnown::default()) {
            Ok(problems) => {
                let _ = problems[0].case.check(2, &roster(&["EEE--NN", "NE"]));
            }
            Err(errors) => prop_assert!(errors.0.iter().all(|e| e.hint.is_some())),
        }
    }
}
