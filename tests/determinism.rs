//! Same seed and epochs, same plan: byte for byte, whatever the threads, by library and by
//! command, and whether the epochs were told before the search or during it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use roundsman::io;
use roundsman::par;
use roundsman::planner::Control;
use roundsman::planner::Options;
use roundsman::planner::WARM_UP;
use roundsman::planner::plan;
use roundsman::scenario::Scenario;
use roundsman::world::World;
use tempfile::TempDir;

const EPOCHS: u32 = 7;

/// The industrial estate for two days, so that many runs stay cheap.
fn two_days() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let estate = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/bulebel");
    for entry in fs::read_dir(&estate).expect("the map's folder") {
        let from = entry.expect("an entry").path();
        let to = folder.path().join(from.file_name().expect("a name"));
        fs::copy(&from, &to).expect("copied");
    }
    let file = folder.path().join("scenario.toml");
    let text = fs::read_to_string(&file).expect("the scenario");
    let short = text.replace("\ndays = 7\n", "\ndays = 2\n");
    assert_ne!(text, short);
    fs::write(&file, short).expect("written");
    folder
}

fn by_library(world: &World, threads: usize, told: Option<u32>) -> String {
    let options = Options {
        seed: 3,
        islands: 2,
        schedule: told.is_none().then_some(EPOCHS),
    };
    let planned = par::with_threads(threads, || {
        plan(world, options, |progress| match told {
            Some(at) if progress.epoch == at => Control::Schedule(EPOCHS),
            _ if progress.epoch == EPOCHS => Control::Stop,
            _ => Control::Continue,
        })
    });
    let planned = planned.expect("threads").expect("a plan");
    io::plan::to_text(&planned.plan).expect("text")
}

fn by_command(scenario: &Path, threads: &str, bound: &[&str]) -> String {
    let out = tempfile::tempdir().expect("a temporary folder");
    Command::cargo_bin("roundsman")
        .expect("the binary")
        .arg("plan")
        .arg(scenario)
        .args(["--epochs", &EPOCHS.to_string(), "--seed", "3"])
        .args(bound)
        .args(["--threads", threads, "--quiet", "-o"])
        .arg(out.path())
        .assert()
        .success();
    fs::read_to_string(out.path().join("plan.json")).expect("a plan")
}

#[test]
fn threads_and_repetition_change_nothing() {
    let folder = two_days();
    let scenario = Scenario::load(&folder.path().join("scenario.toml")).expect("a scenario");
    let world = World::load(scenario).expect("a world");
    let first = by_library(&world, 1, None);
    assert!(first.contains("\"visit\""), "nothing is visited");
    assert!(first == by_library(&world, 1, None), "1 thread, again");
    assert!(first == by_library(&world, 2, None), "2 threads");
    assert!(first == by_library(&world, 2, None), "2 threads, again");
    assert!(
        first == by_library(&world, 2, Some(WARM_UP)),
        "told during the search"
    );
    for threads in ["1", "2", "1", "2"] {
        let again = by_command(folder.path(), threads, &["--no-bound"]);
        assert!(first == again, "by command, {threads} threads");
    }
}

#[test]
fn threads_do_not_change_the_bound_of_a_plan() {
    let folder = two_days();
    let scenario = folder.path().join("scenario.toml");
    let bound = ["--bound-rounds", "3"];
    let first = by_command(&scenario, "1", &bound);
    assert!(first.contains("\"protected_risk\""), "no bound");
    assert!(first == by_command(&scenario, "2", &bound), "2 threads");
}
