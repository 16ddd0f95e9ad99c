//! Plans the industrial estate by library: scenario in, checked plan out.
//!
//! Key points:
//! - `Scenario::load` reads the question, `World::load` puts it on its roads;
//! - `planner::plan` searches; work is counted in epochs, so every run gives the same plan;
//! - `check` says what the plan is worth, and knows nothing of the search.
//!
//! Run it with `cargo run --release --example first_plan`.

use std::path::Path;

use roundsman::check::check;
use roundsman::error::Result;
use roundsman::planner::Control;
use roundsman::planner::Options;
use roundsman::planner::plan;
use roundsman::report::Lang;
use roundsman::report::summary;
use roundsman::scenario::Scenario;
use roundsman::world::World;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/bulebel");
    let scenario = Scenario::load(&folder.join("scenario.toml"))?;
    let world = World::load(scenario)?;

    let options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(20),
    };
    let planned = plan(&world, options, |progress| {
        eprintln!("epoch {}: value {}", progress.epoch, progress.best.value);
        match progress.epoch {
            20 => Control::Stop,
            _ => Control::Continue,
        }
    })?;

    let verdict = check(&world, &planned.plan);
    println!("{}", summary(&world, &planned.plan, &verdict, Lang::En));
    assert!(verdict.valid, "the checker refuses the plan");
    Ok(())
}
