//! How cost grows with the size of a zone: targets, units and days, each doubled alone.
//!
//! Zones are made by `examples/make_zone` on the roads of `maps/harbour`. Measured are the way
//! from files to an instance that can be searched (roads and travel tables included), the first
//! plan, and ten epochs of search on two islands, first plan included.

#[path = "../examples/make_zone/draw.rs"]
mod draw;
#[path = "../examples/make_zone/ground.rs"]
mod ground;
#[path = "../examples/make_zone/kinds.rs"]
mod kinds;
#[path = "../examples/make_zone/make.rs"]
mod make;
#[path = "../examples/make_zone/texts.rs"]
mod texts;

use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use roundsman::patrol::compile::Compiled;
use roundsman::patrol::compile::compile;
use roundsman::patrol::instance::Instance;
use roundsman::patrol::search::Options;
use roundsman::patrol::search::epochs;
use roundsman::patrol::search::solve;
use roundsman::scenario::Scenario;
use roundsman::world::World;

use make::Size;
use make::make;

const BASE: Size = Size {
    targets: 400,
    units: 16,
    days: 2,
};
const SIZES: [(&str, Size); 4] = [
    ("400 targets, 16 units, 2 days", BASE),
    (
        "800 targets",
        Size {
            targets: 800,
            ..BASE
        },
    ),
    ("32 units", Size { units: 32, ..BASE }),
    ("4 days", Size { days: 4, ..BASE }),
];

/// From files to an instance.
fn ready(folder: &Path) -> Compiled {
    let scenario = Scenario::load(&folder.join("scenario.toml")).expect("the zone loads");
    let world = World::load(scenario).expect("the zone can be placed on its roads");
    compile(&world).expect("the zone compiles")
}

/// A first plan and so many epochs.
fn plan(instance: &Instance, wanted: u32) -> i64 {
    let options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(wanted),
    };
    solve(instance, options, epochs(wanted)).score.value
}

fn scale(c: &mut Criterion) {
    let roads = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/harbour/roads.osm.pbf");
    let mut group = c.benchmark_group("scale");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(8));
    for (name, size) in SIZES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        make(&roads, folder.path(), size, 1).expect("a zone");
        group.bench_function(format!("{name}: ready"), |b| {
            b.iter(|| ready(folder.path()));
        });
        let compiled = ready(folder.path());
        group.bench_function(format!("{name}: first plan"), |b| {
            b.iter(|| plan(&compiled.instance, 0));
        });
        group.bench_function(format!("{name}: ten epochs"), |b| {
            b.iter(|| plan(&compiled.instance, 10));
        });
    }
    group.finish();
}

criterion_group!(benches, scale);
criterion_main!(benches);
