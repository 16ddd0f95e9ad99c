//! A plan made by hand, checked.
//!
//! Key points:
//! - a plan is plain JSON that any program can write; `docs/formats.md` describes it;
//! - a leg needs no path: the checker finds the fastest legal way itself;
//! - a plan that cannot be driven is refused, with the place and by how much.
//!
//! Run it with `cargo run --release --example check_own_plan`.

use std::path::Path;

use roundsman::check::check;
use roundsman::error::Result;
use roundsman::io;
use roundsman::scenario::Scenario;
use roundsman::world::World;

/// One car on Monday's early shift: two substations, a break, and home. All other duties stay
/// at base. Times are seconds from Monday 06:00.
const PLAN: &str = r#"{
  "version": 1,
  "scenario": "Bulebel industrial estate",
  "start": "2026-11-23T06:00:00+01:00[Europe/Malta]",
  "duties": [
    {"unit": "car-1", "shift": "day-a", "day": 0, "stops": [
      {"kind": "start", "from": 0, "to": 900},
      {"kind": "visit", "target": "tarxien-dc", "from": 1800, "to": 2160},
      {"kind": "visit", "target": "substation-industrija", "from": 2700, "to": 3060},
      {"kind": "break", "rule": 0, "from": 12600, "to": 14400},
      {"kind": "end", "from": 28500, "to": 28800}
    ]}
  ]
}"#;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/bulebel");
    let world = World::load(Scenario::load(&folder.join("scenario.toml"))?)?;

    let plan = io::plan::parse(PLAN.as_bytes())?;
    let verdict = check(&world, &plan);
    println!(
        "valid: {}, {:.1} km, {:.2} % of all risk protected",
        verdict.valid,
        verdict.kpis.distance_km,
        100.0 * verdict.kpis.protected_risk
    );
    assert!(verdict.valid);

    // The same with the second visit a minute after the first, at the other end of the estate.
    let hasty = PLAN.replace(
        "\"from\": 2700, \"to\": 3060",
        "\"from\": 2220, \"to\": 2580",
    );
    let verdict = check(&world, &io::plan::parse(hasty.as_bytes())?);
    println!("valid: {}", verdict.valid);
    for violation in &verdict.violations {
        println!("  {violation}");
    }
    assert!(!verdict.valid);
    Ok(())
}
