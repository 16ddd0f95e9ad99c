//! Scenarios from files.

use std::path::Path;

use roundsman::scenario::Scenario;

#[test]
fn a_chinese_scenario_loads() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/scenario/jingzhou");
    let scenario = Scenario::load(&file.join("scenario.toml")).expect("loads");
    assert_eq!(scenario.targets.len(), 6);
}
