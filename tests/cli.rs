//! The command as a person or a script meets it: help, messages, exit codes, files.

mod small_scenario;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use small_scenario::Small;

fn roundsman() -> Command {
    let mut command = Command::cargo_bin("roundsman").expect("the binary");
    command.env_remove("NO_COLOR");
    command
}

fn run<const N: usize>(args: [&str; N]) -> Output {
    roundsman().args(args).output().expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path")
}

/// Plans the small scenario in a few epochs; gives the folder of results.
fn planned(small: &Small) -> std::path::PathBuf {
    let folder = small.file("out");
    let output = run([
        "plan",
        text(small.path()),
        "--epochs",
        "2",
        "-o",
        text(&folder),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    folder
}

#[test]
fn help_shows_every_verb_and_examples() {
    let output = run(["--help"]);
    assert_eq!(output.status.code(), Some(0));
    for word in [
        "plan",
        "check",
        "report",
        "bound",
        "export",
        "map",
        "roster",
        "schema",
        "Examples:",
    ] {
        assert!(out(&output).contains(word), "{word}");
    }
    for verb in [
        &["plan"][..],
        &["check"],
        &["report"],
        &["export", "instance"],
        &["map", "inspect"],
        &["map", "table"],
        &["bench"],
        &["schema"],
    ] {
        let output = roundsman().args(verb).arg("--help").output();
        let help = out(&output.expect("it runs"));
        assert!(help.contains("Examples:"), "{verb:?}: {help}");
    }
}

#[test]
fn a_misspelt_verb_gets_a_suggestion() {
    let output = run(["paln"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("'plan'"), "{}", err(&output));
}

#[test]
fn wrong_arguments_name_the_flag_and_the_fix() {
    let cases = [
        (["plan", "x", "--time", "soon"], "such as"),
        (["plan", "x", "--time", "soon"], "30s"),
        (["plan", "x", "--schedule", "3"], "--epochs"),
        (["plan", "x", "--threads", "0"], "--threads"),
        (["plan", "x", "--lang", "de"], "zh"),
    ];
    for (args, fix) in cases {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(err(&output).contains(fix), "{args:?}: {}", err(&output));
        assert!(out(&output).is_empty());
    }
}

#[test]
fn plan_writes_three_files_and_a_summary() {
    let small = Small::new();
    let folder = small.file("out");
    let output = run([
        "plan",
        text(small.path()),
        "--epochs",
        "2",
        "-o",
        text(&folder),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let files = ["plan.json", "report.html", "routes.geojson"];
    let mut found: Vec<String> = fs::read_dir(&folder)
        .expect("the results")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .into_string()
                .expect("text")
        })
        .collect();
    found.sort();
    assert_eq!(found, files);
    assert!(files.iter().all(|f| err(&output).contains(f)));
    assert!(out(&output).contains('%'), "{}", out(&output));
    let routes = fs::read(folder.join("routes.geojson")).expect("routes");
    serde_json::from_slice::<Value>(&routes).expect("JSON");
}

#[test]
fn plan_json_has_the_checkers_figures_and_how_it_was_made() {
    let small = Small::new();
    let folder = small.file("out");
    let args = ["--epochs", "2", "--seed", "5", "--json", "--quiet", "-o"];
    let output = roundsman()
        .arg("plan")
        .arg(small.path())
        .args(args)
        .arg(&folder)
        .output()
        .expect("it runs");
    assert_eq!(err(&output), "", "quiet");
    let figures: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    assert_eq!(figures["valid"], true);
    assert_eq!(figures["epochs"], 2);
    assert_eq!(figures["seed"], 5);
    assert!(figures["seconds"].as_f64().expect("a number") > 0.0);

    let output = run([
        "check",
        text(small.path()),
        text(&folder.join("plan.json")),
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let checked: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    let keys = [
        "valid",
        "violations",
        "protected_risk",
        "worst_gap_ratio",
        "standards_kept",
        "orders_met",
        "orders_missed",
        "response_cover",
        "distance_km",
        "crew_hours",
    ];
    for key in keys {
        assert!(checked.get(key).is_some(), "{key}");
        assert_eq!(checked[key], figures[key], "{key}");
    }
}

#[test]
fn bound_proves_what_no_plan_can_exceed() {
    let small = Small::new();
    let plan = planned(&small).join("plan.json");
    let file = small.file("bounded.json");
    let output = run([
        "bound",
        text(small.path()),
        text(&plan),
        "--rounds",
        "5",
        "--json",
        "-o",
        text(&file),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let figures: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    assert!(figures["gap"].as_f64().expect("a gap") >= 0.0);
    assert!(figures["protected_risk"].as_f64().expect("a share") <= 1.0);
    let output = run(["check", text(small.path()), text(&file)]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    // Without a plan there is nothing to fall short of.
    let output = run(["bound", text(small.path()), "--rounds", "2"]);
    assert!(out(&output).contains("at most"), "{}", out(&output));
    assert!(!out(&output).contains("fall short"), "{}", out(&output));
}

#[test]
fn a_plan_that_breaks_its_rules_gets_no_bound() {
    let small = Small::new();
    let plan = planned(&small).join("plan.json");
    let spoilt = fs::read_to_string(&plan).expect("a plan");
    let spoilt = spoilt.replacen("\"start\":\"2", "\"start\":\"1", 1);
    fs::write(&plan, spoilt).expect("written");
    let output = run(["bound", text(small.path()), text(&plan), "--rounds", "1"]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("A2"), "{}", err(&output));
}

#[test]
fn quiet_says_nothing_at_all() {
    let small = Small::new();
    let folder = small.file("out");
    let output = run([
        "plan",
        text(small.path()),
        "--epochs",
        "1",
        "--quiet",
        "-o",
        text(&folder),
    ]);
    assert_eq!((out(&output), err(&output)), (String::new(), String::new()));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_time_is_kept() {
    let small = Small::new();
    let folder = small.file("out");
    let output = run([
        "plan",
        text(small.path()),
        "--time",
        "2s",
        "--json",
        "-o",
        text(&folder),
    ]);
    let figures: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    assert!(figures["epochs"].as_u64().expect("a count") > 0);
    // Twice the time, for a machine that is busy with other tests.
    assert!(figures["seconds"].as_f64().expect("a number") < 4.0);
}

/// Ctrl-C is a signal that `kill` can send too.
#[cfg(unix)]
#[test]
fn ctrl_c_writes_the_best_plan_so_far() {
    let small = Small::new();
    let folder = small.file("out");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("roundsman"))
        .args(["plan", text(small.path()), "--time", "3m", "--quiet"])
        .args(["-o", text(&folder)])
        .spawn()
        .expect("it runs");
    // The folder is made just before the program listens.
    while !folder.exists() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_secs(2));
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill").success());
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
    let plan = fs::read_to_string(folder.join("plan.json")).expect("a plan");
    assert!(plan.contains("\"visit\""));
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    let made = |key: &str| plan["made"][key].as_u64().expect("a count");
    assert!(made("epochs") < made("schedule"), "{}", plan["made"]);
    assert!(folder.join("report.html").exists());
}

#[test]
fn chinese_labels_on_demand() {
    let small = Small::new();
    let folder = planned(&small);
    let plan = folder.join("plan.json");
    let english = out(&run(["check", text(small.path()), text(&plan)]));
    let chinese = out(&run([
        "check",
        text(small.path()),
        text(&plan),
        "--lang",
        "zh",
    ]));
    assert!(chinese.contains("四街"), "{chinese}");
    assert!(!english.contains("四街"), "{english}");
}

#[test]
fn a_spoilt_plan_is_refused_with_exit_code_1() {
    let small = Small::new();
    let folder = planned(&small);
    let plan = folder.join("plan.json");
    let good = fs::read_to_string(&plan).expect("the plan");
    let (night, nacht) = ("\"shift\":\"night\",\"day\"", "\"shift\":\"nacht\",\"day\"");
    assert!(good.contains(night), "a duty at night");
    fs::write(&plan, good.replacen(night, nacht, 1)).expect("written");
    let output = run(["check", text(small.path()), text(&plan)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("V-shift-unknown"), "{}", out(&output));
    let output = run(["check", text(small.path()), text(&plan), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let verdict: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    assert_eq!(verdict["valid"], false);
    assert_eq!(verdict["violations"][0]["code"], "V-shift-unknown");
}

#[test]
fn all_errors_of_the_input_are_told_at_once() {
    let small = Small::new();
    small.spoil("sites.csv", "45m", "45 moons");
    small.spoil("sites.csv", ",3m,2", ",never,2");
    small.spoil("scenario.toml", "profile = \"car\"", "profil = \"car\"");
    let output = run(["plan", text(small.path()), "-o", text(&small.file("out"))]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    for part in [
        "45 moons",
        "never",
        "profil",
        "hint:",
        "sites.csv:2:",
        "sites.csv:3:",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains('\x1b'), "no colour when not on a terminal");
    assert!(out(&output).is_empty());
}

#[test]
fn missing_files_are_named_with_exit_code_3() {
    let small = Small::new();
    let cases = [
        vec!["plan", "no/such/scenario.toml", "-o", "OUT"],
        vec!["check", "SCENARIO", "no/such/plan.json"],
        vec!["map", "inspect", "no/such/map.osm.pbf"],
    ];
    let (scenario, folder) = (small.path(), small.file("out"));
    for case in cases {
        let args = case.iter().map(|&a| match a {
            "SCENARIO" => text(scenario),
            "OUT" => text(&folder),
            other => other,
        });
        let output = roundsman().args(args).output().expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{case:?}: {}", err(&output));
        assert!(err(&output).contains("no/such"), "{}", err(&output));
    }
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_search() {
    let small = Small::new();
    small.write("taken", "a file in the way");
    let taken = small.file("taken");
    // An hour's search would time the test out.
    let output = roundsman()
        .args([
            "plan",
            text(small.path()),
            "--time",
            "1h",
            "-o",
            text(&taken),
        ])
        .timeout(std::time::Duration::from_secs(60))
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("taken"), "{}", err(&output));
}

#[test]
fn report_makes_a_page_routes_or_both() {
    let small = Small::new();
    let folder = planned(&small);
    let plan = folder.join("plan.json");
    let report = |out: &Path| {
        let args = ["report", text(small.path()), text(&plan), "-o", text(out)];
        run(args).status.code()
    };
    let page = small.file("page.html");
    assert_eq!(report(&page), Some(0));
    let again = fs::read(&page).expect("a page");
    assert_eq!(again, fs::read(folder.join("report.html")).expect("a page"));
    assert_eq!(report(&small.file("again")), Some(0));
    assert!(small.file("again/routes.geojson").exists());
    assert!(small.file("again/report.html").exists());
    assert_eq!(report(&small.file("page.docx")), Some(2));
}

#[test]
fn an_exported_instance_is_the_same_in_a_file_and_on_stdout() {
    let small = Small::new();
    let file = small.file("instance.json");
    let output = run(["export", "instance", text(small.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let output_to = run([
        "export",
        "instance",
        text(small.path()),
        "--out",
        text(&file),
    ]);
    assert_eq!(output_to.status.code(), Some(0), "{}", err(&output_to));
    assert!(out(&output_to).is_empty() && err(&output_to).contains("instance.json"));
    let written = fs::read_to_string(&file).expect("the file");
    assert_eq!(written, out(&output));
    let question: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(question["version"], 1);
    assert_eq!(question["spots"][1]["target"], "bank");
    let lost = run(["export", "instance", "no/such/scenario"]);
    assert_eq!(lost.status.code(), Some(3), "{}", err(&lost));
}

#[test]
fn schemas_are_json() {
    for file in ["scenario", "plan", "instance"] {
        let output = run(["schema", file]);
        let schema: Value = serde_json::from_str(&out(&output)).expect("JSON");
        assert!(schema.get("$schema").is_some(), "{file}");
    }
}

#[test]
fn inspect_counts_the_roads() {
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/bulebel/roads.osm.pbf");
    let output = run(["map", "inspect", text(&map)]);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("residential"), "{}", out(&output));
    let output = run(["map", "inspect", text(&map), "--json"]);
    let figures: Value = serde_json::from_str(&out(&output)).expect("one JSON object");
    assert!(figures.get("seconds").is_some());
}

#[test]
fn patterns_are_shown_in_both_languages_and_as_json() {
    let all = run(["roster", "patterns"]);
    assert_eq!(all.status.code(), Some(0));
    for key in ["four-crew-three-shift", "pitman", "dupont", "24-48"] {
        assert!(out(&all).contains(key), "{}", out(&all));
    }
    let one = out(&run(["roster", "patterns", "dupont"]));
    assert!(
        one.contains("crew 1  NNNN··· DDD·NNN ···DDDD ·······"),
        "{one}"
    );
    assert!(one.contains("longest week      72"), "{one}");
    let zh = out(&run(["roster", "patterns", "四班三运转", "--lang", "zh"]));
    assert!(
        zh.contains("周均工时      42") && zh.contains("白白中中夜夜休"),
        "{zh}"
    );
    let json: Value =
        serde_json::from_str(&out(&run(["roster", "patterns", "--json"]))).expect("JSON");
    assert_eq!(json.as_array().expect("a list").len(), 11);
    assert_eq!(json[0]["average_week"], 42.0);
    let wrong = run(["roster", "patterns", "dupond"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("did you mean `dupont`?"),
        "{}",
        err(&wrong)
    );
}

/// The small scenario with two people for its car.
fn with_people() -> Small {
    let small = Small::new();
    small.spoil(
        "scenario.toml",
        "sites = ",
        "people = \"people.csv\"\nsites = ",
    );
    small.spoil(
        "scenario.toml",
        "profile = \"car\"",
        "profile = \"car\"\nseats = 2",
    );
    small.write(
        "people.csv",
        "id,name_zh,tier\nana,安娜,police\nben,本,police\n",
    );
    small
}

#[test]
fn a_roster_is_checked_with_its_plan() {
    let small = with_people();
    let folder = small.file("out");
    let planned = run([
        "plan",
        text(small.path()),
        "--epochs",
        "2",
        "-o",
        text(&folder),
    ]);
    assert_eq!(planned.status.code(), Some(0), "{}", err(&planned));
    let file = folder.join("plan.json");
    let made = fs::read_to_string(&file).expect("a plan");
    let mut without: Value = serde_json::from_str(&made).expect("JSON");
    let roster = without["roster"].take();
    assert_eq!(roster["seats"].as_array().map(Vec::len), Some(2));
    assert_eq!(roster["claim"]["wishes"], 0);
    without.as_object_mut().expect("a plan").remove("roster");
    let without = serde_json::to_string(&without).expect("JSON");
    let check = |seats: &str| {
        let roster = format!("\"roster\":{{\"seats\":[{seats}]}},\"paths\":");
        fs::write(&file, without.replace("\"paths\":", &roster)).expect("writable");
        run(["check", text(small.path()), text(&file), "--json"])
    };
    let seat = |person: &str| {
        format!("{{\"person\":\"{person}\",\"unit\":\"car\",\"shift\":\"night\",\"day\":0}}")
    };
    let half: Value = serde_json::from_str(&out(&check(&seat("ana")))).expect("JSON");
    assert_eq!(half["violations"][0]["code"], "R-crew");
    let both = check(&format!("{},{}", seat("ana"), seat("ben")));
    assert_eq!(both.status.code(), Some(0), "{}", out(&both));
    let both: Value = serde_json::from_str(&out(&both)).expect("JSON");
    assert_eq!(both["roster"]["people"][1]["hours"], 10.0);
    assert_eq!(both["roster"]["fairness"][0]["hours"]["gini"], 0.0);
}

#[test]
fn a_roster_is_made_alone_and_explained() {
    let small = with_people();
    let file = small.file("roster.json");
    let made = run([
        "roster",
        text(small.path()),
        "--epochs",
        "2",
        "-o",
        text(&file),
    ]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    let explain = |lang: &str| {
        let (small, file) = (text(small.path()), text(&file));
        run(["roster", "explain", small, file, "--lang", lang])
    };
    let told = explain("en");
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    let said = out(&told);
    assert!(said.contains("every promise is kept"), "{said}");
    let plan = fs::read_to_string(&file).expect("a plan");
    let mut plan: Value = serde_json::from_str(&plan).expect("JSON");
    let seats = plan["roster"]["seats"].as_array_mut().expect("seats");
    seats.pop();
    fs::write(&file, plan.to_string()).expect("writable");
    let told = explain("en");
    assert_eq!(told.status.code(), Some(1), "{}", err(&told));
    let said = out(&told);
    assert!(said.contains("1 more to sit there"), "{said}");
    assert!(said.contains("could sit there"), "{said}");
    let said = out(&explain("zh"));
    assert!(said.contains("增加乘员1人"), "{said}");
    let nobody = Small::new();
    let refused = run(["roster", text(nobody.path())]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("A4"), "{}", err(&refused));
}

#[test]
fn a_duty_that_nobody_can_staff_stays_at_base() {
    let small = with_people();
    small.write("people.csv", "id,tier\nana,police\n");
    let plan = |threads: &str| {
        let folder = small.file(&format!("out-{threads}"));
        let (path, to) = (text(small.path()), text(&folder));
        let run = run([
            "plan",
            path,
            "--epochs",
            "2",
            "--threads",
            threads,
            "-o",
            to,
        ]);
        assert_eq!(run.status.code(), Some(0), "{}", err(&run));
        let said = err(&run);
        assert!(said.contains("one more person of police"), "{said}");
        fs::read_to_string(folder.join("plan.json")).expect("a plan")
    };
    let one = plan("1");
    assert_eq!(one, plan("2"));
    let one: Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(one["duties"].as_array().map(Vec::len), Some(0));
    assert_eq!(one["roster"]["claim"]["wishes"], 0);
    let newcomer = &one["roster"]["newcomers"][0];
    assert_eq!(newcomer["tier"], "police");
    assert_eq!(newcomer["hours"], 10.0);
    assert!(
        newcomer["protected_risk"].as_f64() > Some(0.1),
        "{newcomer}"
    );
    let plan = small.file("out-1").join("plan.json");
    let told = run(["roster", "explain", text(small.path()), text(&plan)]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    let said = out(&told);
    assert!(said.contains("duties that stay at base"), "{said}");
    assert!(said.contains("2 more to sit there"), "{said}");
}
