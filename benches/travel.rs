//! How long travel takes: preparing a network, tables of 200 and 1,000 stops, single legs.
//!
//! Three maps: a synthetic town (hard for a hierarchy, as no street is faster than others),
//! the bundled harbour district, and all of Malta where the extract lies beside the project.

use std::hint::black_box;
use std::path::Path;
use std::path::PathBuf;

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use roundsman::ids::ProfileId;
use roundsman::ids::VertexId;
use roundsman::rng::Rng;
use roundsman::roads::Pace;
use roundsman::roads::RoadGraph;
use roundsman::roads::profile::Profile;
use roundsman::roads::read::Format;
use roundsman::roads::read::read;
use roundsman::travel::Arc;
use roundsman::travel::ArcList;
use roundsman::travel::Network;
use roundsman::travel::Router;
use roundsman::travel::Scratch;
use roundsman::travel::Table;
use roundsman::units::Millimetres;
use roundsman::units::Millis;

const CAR: ProfileId = ProfileId(0);

/// A map with places to go to.
struct Map {
    name: &'static str,
    arcs: ArcList,
    stops: Vec<VertexId>,
}

/// A grid with one block in six a one-way street and speeds of any kind.
fn town() -> Map {
    const SIDE: u32 = 150;
    let mut rng = Rng::stream(1, 0, 0);
    let mut arcs = Vec::new();
    for v in 0..SIDE * SIDE {
        let east = (v % SIDE + 1 < SIDE).then_some(v + 1);
        let north = (v / SIDE + 1 < SIDE).then_some(v + SIDE);
        for w in east.into_iter().chain(north) {
            let length = rng.between(50_000, 150_000);
            for (from, to) in [(v, w), (w, v)] {
                let arc = Arc {
                    from: VertexId(from),
                    to: VertexId(to),
                    time: Millis(length / 10),
                    length: Millimetres(length),
                };
                arcs.extend(rng.chance(0.83).then_some(arc));
            }
        }
    }
    let stop = |_| VertexId(rng.below((SIDE * SIDE) as usize) as u32);
    Map {
        name: "town",
        stops: (0..1000).map(stop).collect(),
        arcs: ArcList {
            vertices: (SIDE * SIDE) as usize,
            arcs,
            forbidden: Vec::new(),
        },
    }
}

/// Roads of a file by car, cut at 1,000 places beside them; `None` without the file.
fn real(name: &'static str, file: &Path) -> Option<Map> {
    if !file.exists() {
        eprintln!("{name} is left out: no {}", file.display());
        return None;
    }
    let car = Profile::built_in("car").expect("a built-in profile");
    let data = read(file, None, Format::OsmPbf).expect("a sound map");
    let roads = RoadGraph::build(&data, &[car]).expect("roads");
    let mut rng = Rng::stream(1, 0, 0);
    let beside = |_| {
        let mut at = roads.position(VertexId(rng.below(roads.vertex_count()) as u32));
        at.x += 0.001 * rng.unit();
        at.y += 0.001 * rng.unit();
        (at, CAR)
    };
    let places: Vec<_> = (0..1000).map(beside).collect();
    let placed = roads.place(&places, 1e6, &[]);
    let snaps = placed.points.iter().filter_map(|p| p.as_ref().ok());
    Some(Map {
        name,
        stops: snaps.map(|s| s.vertex).collect(),
        arcs: ArcList::new(&placed.roads, CAR, Pace::Patrol),
    })
}

fn maps() -> Vec<Map> {
    let project = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let harbour = project.join("maps/harbour/roads.osm.pbf");
    let malta = project.join("../shared/maps/malta-latest.osm.pbf");
    let real = [real("harbour", &harbour), real("malta", &malta)];
    std::iter::once(town())
        .chain(real.into_iter().flatten())
        .collect()
}

fn travel(c: &mut Criterion) {
    let mut group = c.benchmark_group("travel");
    group.sample_size(10);
    for map in maps() {
        let id = |what: &str| BenchmarkId::new(what, map.name);
        let network = || Network::from_arcs(&map.arcs);
        group.bench_function(id("prepare"), |b| {
            b.iter_with_large_drop(|| Router::from_network(network()));
        });
        let router = Router::from_network(network());
        for n in [200, 1000] {
            let stops = &map.stops[..n.min(map.stops.len())];
            group.bench_function(id(&format!("table {n}")), |b| {
                b.iter_with_large_drop(|| router.table(stops, stops));
            });
        }
        let (few, plain) = (&map.stops[..20.min(map.stops.len())], network());
        group.bench_function(id("table 20 by dijkstra"), |b| {
            b.iter(|| Table::by_dijkstra(&plain, few, few));
        });
        group.bench_function(id("1000 legs"), |b| {
            let mut scratch = Scratch::default();
            b.iter(|| {
                for pair in map.stops.windows(2) {
                    black_box(router.path(pair[0], pair[1], &mut scratch));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, travel);
criterion_main!(benches);
