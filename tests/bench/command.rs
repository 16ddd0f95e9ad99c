//! `roundsman bench` from outside.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

use crate::toptw::Town;

fn bench(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("roundsman").expect("the binary");
    command.current_dir(folder).arg("bench").args(args);
    command.output().expect("it runs")
}

fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", err(output));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Three towns and what is known of two of them.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (seed, name) in [(1, "c2"), (2, "c10"), (3, "pr1")] {
        let file = folder.path().join(format!("{name}.txt"));
        fs::write(file, Town::random(seed, 12).text()).expect("written");
    }
    let known = "instance,best_known,proven,unverified_hint\nc2|m=1,1,yes,\nc2|m=3,1000,unknown,2000\nc10|m=2,0,,\n";
    fs::write(folder.path().join("best-known.csv"), known).expect("written");
    folder
}

#[test]
fn a_folder_gives_a_table_and_a_file_of_runs() {
    let folder = folder();
    let args = [
        "toptw",
        ".",
        "--epochs",
        "3",
        "--seeds",
        "2",
        "--csv",
        "runs.csv",
        "--threads",
        "1",
    ];
    let output = bench(folder.path(), &args);
    let text = out(&output);
    let firsts: Vec<Vec<&str>> = text
        .lines()
        .map(|l| l.split_whitespace().take(3).collect())
        .collect();
    // Natural order; units with a known value, else all four.
    assert_eq!(firsts[0], ["instance", "units", "best"]);
    assert_eq!(firsts[1], ["c2", "1", "1*"]);
    assert_eq!(firsts[2], ["c2", "3", "1000"]);
    assert_eq!(firsts[3], ["c10", "2", "0"]);
    let free: Vec<_> = firsts[4..8].iter().map(|f| f[..3].to_vec()).collect();
    assert_eq!(
        free,
        [
            ["pr1", "1", "-"],
            ["pr1", "2", "-"],
            ["pr1", "3", "-"],
            ["pr1", "4", "-"]
        ]
    );
    assert!(
        text.contains("7 rows, 3 with a best-known value: mean gap"),
        "{text}"
    );
    assert!(
        text.contains("2 rows by the best run, 2 by every run, 2 surpassed"),
        "{text}"
    );
    assert!(text.trim_end().ends_with("all 14 answers valid"), "{text}");
    let csv = fs::read_to_string(folder.path().join("runs.csv")).expect("the table of runs");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "instance,units,seed,threads,seconds,value,best_known,gap_percent,seconds_to_best,bound,valid"
    );
    assert_eq!(lines.len(), 15);
    assert!(
        lines[1].starts_with("c2,1,1,1,") && lines[1].ends_with(",,true"),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("c2,1,2,1,"), "{}", lines[2]);
    assert!(err(&output).contains("wrote runs.csv"));
}

#[test]
fn json_says_the_same_and_values_do_not_depend_on_threads() {
    let folder = folder();
    let values = |threads: &str| {
        let args = [
            "toptw", "c2.txt", "c10.txt", "--units", "1,2", "--epochs", "4", "--json",
        ];
        let output = bench(
            folder.path(),
            &[&args[..], &["--threads", threads]].concat(),
        );
        let json: Value = serde_json::from_str(&out(&output)).expect("JSON");
        assert_eq!(json["format"], "toptw");
        assert_eq!(json["summary"]["rows"], 4);
        assert_eq!(json["summary"]["all_valid"], true);
        let rows = json["rows"].as_array().expect("rows").clone();
        assert!(rows[0]["best"].is_u64(), "whole values print whole");
        assert_eq!(rows[0]["runs"][0]["threads"].to_string(), threads);
        rows.iter()
            .map(|r| r["runs"][0]["value"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(values("1"), values("2"));
}

#[test]
fn seeds_go_on_after_the_greatest() {
    let folder = folder();
    let greatest = u64::MAX.to_string();
    let args = [
        "toptw", "c2.txt", "--units", "1", "--epochs", "1", "--json", "--seeds", "2", "--seed",
    ];
    let output = bench(folder.path(), &[&args[..], &[&greatest]].concat());
    let json: Value = serde_json::from_str(&out(&output)).expect("JSON");
    let runs = json["rows"][0]["runs"].as_array().expect("runs");
    let seeds: Vec<_> = runs.iter().map(|r| r["seed"].as_u64()).collect();
    assert_eq!(seeds, [Some(u64::MAX), Some(0)]);
}

#[test]
fn a_run_ends_when_the_best_known_value_is_reached() {
    let folder = folder();
    let args = [
        "toptw",
        "c10.txt",
        "--time",
        "60s",
        "--until-best-known",
        "--json",
    ];
    let json: Value = serde_json::from_str(&out(&bench(folder.path(), &args))).expect("JSON");
    let run = &json["rows"][0]["runs"][0];
    assert_eq!(run["epochs"], 0);
    assert!(run["seconds"].as_f64().expect("seconds") < 30.0);
}

#[test]
fn a_timed_run_keeps_its_time() {
    let folder = folder();
    let args = ["toptw", "pr1.txt", "--units", "2", "--time", "1s", "--json"];
    let json: Value = serde_json::from_str(&out(&bench(folder.path(), &args))).expect("JSON");
    let run = &json["rows"][0]["runs"][0];
    let seconds = run["seconds"].as_f64().expect("seconds");
    assert!((0.5..5.0).contains(&seconds), "{seconds}");
    assert!(run["seconds_to_best"].as_f64().expect("seconds") <= seconds);
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let folder = folder();
    fs::write(folder.path().join("c3.txt"), "1 0 x 1\n").expect("written");
    fs::write(folder.path().join("c4.txt"), [0xff, 0xfe]).expect("written");
    let output = bench(folder.path(), &["toptw", ".", "--epochs", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("c3.txt:1:5:"), "{}", err(&output));
    assert!(err(&output).contains("error[B008]"), "{}", err(&output));
    let cases: [(&[&str], i32, &str); 8] = [
        (&["tptw", "."], 2, "did you mean `toptw`"),
        (&["hscpp", "."], 2, "zone rule"),
        (&["toptw", "nowhere"], 3, "IO1"),
        (&["toptw", "c2.txt", "--units", "0"], 2, "1..=1000"),
        (&["toptw", "c2.txt", "--best-known", "c2.txt"], 2, "B010"),
        (
            &["toptw", "c2.txt", "--csv", "no/folder/runs.csv"],
            3,
            "IO1",
        ),
        (&["toptw", "c2.txt", "--time", "soon"], 2, "such as"),
        (&["toptw", "best-known.csv"], 2, "B00"),
    ];
    for (args, code, word) in cases {
        let output = bench(folder.path(), args);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{args:?}: {}",
            err(&output)
        );
        assert!(err(&output).contains(word), "{args:?}: {}", err(&output));
    }
    fs::create_dir(folder.path().join("empty")).expect("made");
    let output = bench(folder.path(), &["toptw", "empty"]);
    assert!(err(&output).contains("B006"), "{}", err(&output));
    fs::write(
        folder.path().join("p.txt"),
        "n 2\nm 2\ntmax 5\n0 0 0\n1 1 0\n",
    )
    .expect("written");
    let output = bench(folder.path(), &["top", "p.txt", "--units", "3"]);
    assert!(err(&output).contains("B011"), "{}", err(&output));
}

/// A small problem of shifts, and two rosters for it, of which the second breaks a rule.
fn shifts() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let problem = "SECTION_HORIZON\n7\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nAnn,E=7,960,0,5,1,1,0\n\
        SECTION_DAYS_OFF\nSECTION_SHIFT_ON_REQUESTS\nAnn,3,E,2\nSECTION_SHIFT_OFF_REQUESTS\n\
        SECTION_COVER\n0,E,1,10,1\n";
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect(name);
    write("One.txt", problem);
    write("best-known.csv", "instance,best_known,proven\nOne,2,no\n");
    write("good.csv", "person,day,shift\nAnn,1,E\nAnn,3,E\n");
    write("bad.csv", "person,day,shift\nAnn,5,E\nAnn,6,E\nAnn,3,E\n");
    folder
}

#[test]
fn the_roster_of_somebody_else_is_checked() {
    let folder = shifts();
    let check = |more: &[&str]| {
        let args = [&["shift-scheduling", "One.txt", "--check"], more].concat();
        bench(folder.path(), &args)
    };
    let text = out(&check(&["good.csv"]));
    assert_eq!(text, "One: valid, value 10, best known 2, gap 400.00 %\n");
    let json: Value = serde_json::from_str(&out(&check(&["good.csv", "--json"]))).expect("JSON");
    assert_eq!((&json["value"], &json["valid"]), (&10.into(), &true.into()));
    let bad = check(&["bad.csv"]);
    assert_eq!(bad.status.code(), Some(1));
    let text = String::from_utf8(bad.stdout).expect("UTF-8");
    let wanted = "One: Ann works 1440 minutes, at most 960 allowed\n\
        One: Ann works 1 weekends, at most 0 allowed\nNOT VALID, faults: 2\n";
    assert_eq!(text, wanted);
    let cases: [(&[&str], i32, &str); 4] = [
        (&["best-known.csv"], 2, "B020"),
        (&["nowhere.csv"], 3, "IO1"),
        (&["good.csv", "One.txt"], 2, "B021"),
        (&["good.csv", "--save", "x"], 2, "--save"),
    ];
    for (args, code, word) in cases {
        let output = check(args);
        assert_eq!(output.status.code(), Some(code), "{}", err(&output));
        assert!(err(&output).contains(word), "{}", err(&output));
    }
    let towns = self::folder();
    for option in ["--save", "--check"] {
        let output = bench(towns.path(), &["toptw", "c2.txt", option, "x"]);
        assert!(err(&output).contains("B021"), "{}", err(&output));
    }
}

#[test]
fn rosters_are_kept_and_read_back() {
    let folder = shifts();
    let args = [
        "shift-scheduling",
        "One.txt",
        "--epochs",
        "3",
        "--save",
        "rosters",
        "--json",
    ];
    let output = bench(folder.path(), &args);
    let json: Value = serde_json::from_str(&out(&output)).expect("JSON");
    let row = &json["rows"][0];
    assert_eq!((&row["best"], &row["units"]), (&0.into(), &1.into()));
    assert!(err(&output).contains("wrote rosters"), "{}", err(&output));
    let saved = "rosters/One-seed1.csv";
    let text = fs::read_to_string(folder.path().join(saved)).expect("a roster");
    assert_eq!(text, "person,day,shift\nAnn,0,E\nAnn,3,E\n");
    let output = bench(
        folder.path(),
        &["shift-scheduling", "One.txt", "--check", saved],
    );
    assert_eq!(
        out(&output),
        "One: valid, value 0, best known 2, gap -100.00 %\n"
    );
}

#[test]
fn a_person_without_a_schedule_is_named() {
    let folder = shifts();
    let file = folder.path().join("One.txt");
    let text = fs::read_to_string(&file).expect("a problem");
    fs::write(&file, text.replace("E=7,960,0", "E=1,960,481")).expect("written");
    let output = bench(
        folder.path(),
        &["shift-scheduling", "One.txt", "--epochs", "1"],
    );
    assert_eq!(output.status.code(), Some(2));
    let told = err(&output);
    assert!(
        told.contains("B019") && told.contains("One, units 1") && told.contains("`Ann`"),
        "{told}"
    );
}
