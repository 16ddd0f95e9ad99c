//! A town of one's own, from two tables of roads to a night of patrols.
//!
//! Key points:
//! - roads may be plain CSV in metres: no map, no coordinates on the globe;
//! - a scenario is files, here written into a temporary folder; `docs/formats.md` has every key;
//! - wrong files give all their errors at once, each with its place and a hint.
//!
//! Run it with `cargo run --release --example own_map`.

use std::fs;
use std::path::Path;

use roundsman::check::check;
use roundsman::planner::Options;
use roundsman::planner::epochs;
use roundsman::planner::plan;
use roundsman::report::Lang;
use roundsman::report::summary;
use roundsman::scenario::Scenario;
use roundsman::world::World;

/// A square of streets with a short cut, metres east and north.
const NODES: &str = "\
id,x,y
1,0,0
2,600,0
3,600,600
4,0,600
";

const EDGES: &str = "\
from,to,class,kmh
1,2,residential,30
2,3,residential,30
3,4,residential,30
4,1,residential,30
1,3,service,15
";

const SITES: &str = "\
id,name,x,y,standard,dwell,risk
bank,Corner bank,600,0,45m,4m,3
depot,Bus depot,600,600,1h,3m,2
school,Old school,0,600,90m,3m,1
";

const SCENARIO: &str = r#"
[scenario]
name = "Four streets"
timezone = "Asia/Shanghai"
start = "2026-11-23T20:00"
days = 1

[map]
file = "nodes.csv"
edges = "edges.csv"
datum = "planar"

[layers]
sites = "sites.csv"

[[tier]]
id = "police"

[[base]]
id = "post"
x = 0
y = 0

[[shift]]
id = "night"
start = "20:00"
end = "06:00"
briefing = "10m"
[[shift.break]]
length = "30m"
earliest = "4h"
latest = "6h"

[[unit]]
id = "car"
tier = "police"
base = "post"
profile = "car"
shifts = ["night"]
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    write(folder.path())?;

    let scenario = Scenario::load(&folder.path().join("scenario.toml"))?;
    let world = World::load(scenario)?;
    let options = Options {
        seed: 1,
        islands: 1,
        schedule: Some(50),
    };
    let planned = plan(&world, options, epochs(50))?;
    let verdict = check(&world, &planned.plan);
    println!("{}", summary(&world, &planned.plan, &verdict, Lang::En));
    assert!(verdict.valid, "the checker refuses the plan");

    // A slip in a file is told with its place.
    fs::write(
        folder.path().join("sites.csv"),
        SITES.replace("4m", "4 moons"),
    )?;
    let errors = Scenario::load(&folder.path().join("scenario.toml"));
    println!("{}", errors.expect_err("four moons are no length of time"));
    Ok(())
}

fn write(folder: &Path) -> std::io::Result<()> {
    fs::write(folder.join("nodes.csv"), NODES)?;
    fs::write(folder.join("edges.csv"), EDGES)?;
    fs::write(folder.join("sites.csv"), SITES)?;
    fs::write(folder.join("scenario.toml"), SCENARIO)
}
