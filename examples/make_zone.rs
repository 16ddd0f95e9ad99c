//! A made-up zone of any size on real roads: a scenario folder that `roundsman plan` takes.
//!
//! Key points:
//! - targets, units and days are parameters; the same seed gives the same files, byte for byte;
//! - places stand on real streets, in clusters, with standards, dwell, risk by the hour and
//!   effects; cars have beats that overlap, guards walk their compounds, shifts are staggered;
//! - everything else about the place is invented.
//!
//! Without arguments it makes a small zone on the roads of `maps/harbour` in a temporary folder
//! and plans it briefly. To make a large one:
//!
//! ```sh
//! cargo run --release --example make_zone -- --roads malta.osm.pbf --out zone \
//!     --targets 5000 --units 200 --days 7
//! cargo run --release -- plan zone --time 5m
//! ```

#[path = "make_zone/draw.rs"]
mod draw;
#[path = "make_zone/ground.rs"]
mod ground;
#[path = "make_zone/kinds.rs"]
mod kinds;
#[path = "make_zone/make.rs"]
mod make;
#[path = "make_zone/texts.rs"]
mod texts;

use std::path::Path;
use std::path::PathBuf;

use clap::Parser;
use roundsman::check::check;
use roundsman::planner::Options;
use roundsman::planner::epochs;
use roundsman::planner::plan;
use roundsman::report::Lang;
use roundsman::report::summary;
use roundsman::scenario::Scenario;
use roundsman::world::World;

use make::Size;
use make::make;

/// Makes a zone on real roads.
#[derive(Debug, Parser)]
struct Args {
    /// Road file (.osm.pbf) [default: that of maps/harbour]
    #[arg(long)]
    roads: Option<PathBuf>,
    /// Folder for the scenario [default: a temporary one, and the zone is planned briefly]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Sites and road segments to be looked after
    #[arg(long, default_value_t = 60)]
    targets: usize,
    /// Units: half cars, a quarter station patrols, a quarter guards
    #[arg(long, default_value_t = 8)]
    units: usize,
    /// Days round the clock
    #[arg(long, default_value_t = 1)]
    days: usize,
    /// Another seed, another zone
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    let harbour = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/harbour/roads.osm.pbf");
    let roads = args.roads.unwrap_or(harbour);
    let size = Size {
        targets: args.targets,
        units: args.units,
        days: args.days,
    };
    if let Some(out) = args.out {
        make(&roads, &out, size, args.seed)?;
        println!("{}: ready for `roundsman plan`", out.display());
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    make(&roads, folder.path(), size, args.seed)?;
    let scenario = Scenario::load(&folder.path().join("scenario.toml"))?;
    let world = World::load(scenario)?;
    for warning in &world.warnings {
        println!("{warning}");
    }
    let options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(3),
    };
    let planned = plan(&world, options, epochs(3))?;
    let verdict = check(&world, &planned.plan);
    println!("{}", summary(&world, &planned.plan, &verdict, Lang::En));
    assert!(verdict.valid, "the checker refuses the plan");
    Ok(())
}
