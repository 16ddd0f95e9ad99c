//! A scenario placed on its roads: stops, bases, warnings, errors.

use std::path::Path;

use roundsman::error::Result;
use roundsman::ids::BaseId;
use roundsman::ids::ProfileId;
use roundsman::ids::TargetId;
use roundsman::scenario::Scenario;
use roundsman::world::Stop;
use roundsman::world::World;

/// A street of 1 km in pieces, a one-way lane north of its middle, and a path that only feet
/// may use at its end.
const NODES: &str = "id,x,y\n1,0,0\n2,500,0\n3,1000,0\n4,500,200\n5,1000,300\n";
const EDGES: &str = "id,from,to,class,oneway\n\
    1,1,2,residential,no\n\
    2,2,3,residential,no\n\
    3,2,4,residential,yes\n\
    4,4,1,residential,yes\n\
    5,3,5,footway,no\n";

const SCENARIO: &str = r#"
[scenario]
name = "Test"
timezone = "UTC"
start = "2026-11-23T06:00"
days = 1
[map]
file = "nodes.csv"
edges = "edges.csv"
datum = "planar"
snap_limit_m = 60
[layers]
sites = "sites.csv"
segments = "segments.geojson"
zones = "zones.geojson"
[[tier]]
id = "police"
[[tier]]
id = "guards"
[[base]]
id = "west"
x = 0
y = 10
[[base]]
id = "path"
x = 1000
y = 290
[[shift]]
id = "day"
start = "06:00"
length = "8h"
[[unit]]
id = "car"
tier = "police"
base = "west"
profile = "car"
shifts = ["day"]
[[unit]]
id = "guard"
tier = "guards"
base = "path"
profile = "foot"
shifts = ["day"]
zones = ["east"]
"#;

const SITES: &str = "id,x,y,standard,dwell,tiers\n\
    bank,250,20,1h,5m,\n\
    gate,1010,200,1h,5m,\n\
    depot,1000,250,1h,2m,guards\n\
    far,250,-100,1h,5m,police\n";

const SEGMENTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"street","standard":"2h","dwell":"1m","tiers":"police"},
 "geometry":{"type":"LineString","coordinates":[[100,3],[900,-3]]}},
{"type":"Feature","properties":{"id":"lane","standard":"2h","tiers":"police"},
 "geometry":{"type":"LineString","coordinates":[[500,0],[500,200]]}},
{"type":"Feature","properties":{"id":"field","standard":"2h","tiers":"police","both_ways":"no"},
 "geometry":{"type":"LineString","coordinates":[[100,90],[300,-200]]}}]}"#;

const ZONES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"east"},"geometry":{"type":"Polygon",
 "coordinates":[[[800,-50],[1100,-50],[1100,400],[800,400],[800,-50]]]}}]}"#;

const CAR: ProfileId = ProfileId(0);
const FOOT: ProfileId = ProfileId(1);

/// The world of the scenario above with some text replaced.
fn world(changes: &[(&str, &str)]) -> Result<World> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |name: &str, text: &str| {
        let changed = changes
            .iter()
            .fold(text.to_owned(), |t, (from, to)| t.replace(from, to));
        std::fs::write(folder.path().join(name), changed).expect("a temporary file can be written");
    };
    write("scenario.toml", SCENARIO);
    write("nodes.csv", NODES);
    write("edges.csv", EDGES);
    write("sites.csv", SITES);
    write("segments.geojson", SEGMENTS);
    write("zones.geojson", ZONES);
    let scenario = Scenario::load(&folder.path().join("scenario.toml"))?;
    let names: Vec<&str> = scenario.profiles.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["car", "foot"]);
    World::load(scenario)
}

fn good() -> World {
    world(&[]).unwrap_or_else(|e| panic!("{e}"))
}

fn stops<'a>(world: &'a World, profile: ProfileId, target: &str) -> &'a [Stop] {
    let found = world
        .scenario
        .targets
        .enumerate()
        .find(|(_, t)| t.id == target);
    let id: TargetId = found
        .map(|(id, _)| id)
        .expect("the target is in the scenario");
    &world.stops[profile][id]
}

#[test]
fn a_site_has_one_stop_where_it_meets_the_road() {
    let world = good();
    let [stop] = stops(&world, CAR, "bank") else {
        panic!("one stop")
    };
    assert_eq!(stop.entry, stop.exit);
    assert_eq!(
        world.roads.position(stop.entry),
        geo::Coord { x: 250.0, y: 0.0 }
    );
    assert_eq!(
        (stop.duration.0, stop.length.0, stop.arcs.len()),
        (300, 0, 0)
    );
    assert_eq!(stops(&world, FOOT, "depot").len(), 1);
}

#[test]
fn bases_are_placed_for_the_profiles_that_work_from_them() {
    let world = good();
    let at = |profile: ProfileId, base| world.bases[profile][BaseId(base)].is_some();
    assert_eq!(
        [at(CAR, 0), at(CAR, 1), at(FOOT, 0), at(FOOT, 1)],
        [true, false, false, true]
    );
}

#[test]
fn a_segment_has_a_stop_each_way_and_takes_dwell_and_traversal() {
    let world = good();
    let [there, back] = stops(&world, CAR, "street") else {
        panic!("two stops")
    };
    assert_eq!([there.reverse, back.reverse], [false, true]);
    assert_eq!((there.entry, there.exit), (back.exit, back.entry));
    assert_eq!(there.length.0, 800_000);
    // 800 m at 25 km/h is 115.2 s, though 24 km/h is all a patrol drives here: 120 s.
    assert_eq!(there.duration.0, 60 + 120);
    for pair in there.arcs.windows(2) {
        assert_eq!(world.roads.ends(pair[0]).1, world.roads.ends(pair[1]).0);
    }
    // The lane is one-way for cars.
    let [lane] = stops(&world, CAR, "lane") else {
        panic!("one stop")
    };
    assert!(!lane.reverse);
    let slow = world_with_slow_segments();
    assert_eq!(stops(&slow, CAR, "street")[0].duration.0, 60 + 288);
}

fn world_with_slow_segments() -> World {
    let slow = "[[profile]]\nname = \"car\"\nsegment_kmh = 10\n[[shift]]";
    world(&[("[[shift]]", slow)]).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn what_cannot_be_placed_is_told_with_its_distance() {
    let warnings = good().warnings.join("\n");
    assert!(
        warnings.contains("site `far` (far), profile `car`: cannot be reached: the nearest road")
    );
    assert!(
        warnings.contains("is 100 m away (limit 60 m)"),
        "{warnings}"
    );
    assert!(
        warnings
            .contains("segment `lane` (lane), profile `car`: can be patrolled only from its start")
    );
    assert!(
        warnings
            .contains("segment `field` (field), profile `car`: cannot be patrolled from its start")
    );
    // A car cannot drive the path that the guards' gate lies on.
    assert!(warnings.contains("site `gate` (gate), profile `car`"));
    assert_eq!(good().warnings.len(), 4, "{warnings}");
    assert!(stops(&good(), CAR, "far").is_empty());
}

#[test]
fn stops_are_there_for_those_who_respond_even_where_they_do_not_visit() {
    // Guards keep to their zone, and police do not visit the depot; both respond.
    let world = good();
    assert_eq!(stops(&world, FOOT, "bank").len(), 1);
    let police_only = [("[[shift]]", "[response]\ntiers = [\"police\"]\n[[shift]]")];
    let world = self::world(&police_only).unwrap_or_else(|e| panic!("{e}"));
    assert!(stops(&world, FOOT, "bank").is_empty());
    assert_eq!(stops(&world, FOOT, "gate").len(), 1);
}

#[test]
fn a_base_off_the_roads_is_an_error() {
    let moved = [
        ("y = 10\n", "y = -5000\n"),
        ("x = 1000\ny = 290", "x = 9000\ny = 290"),
    ];
    let errors = world(&moved).expect_err("neither base is near a road");
    let codes: Vec<&str> = errors.0.iter().map(|e| e.code).collect();
    assert_eq!(codes, ["R302", "R302"]);
    assert!(
        errors.to_string().contains("base `west`") && errors.to_string().contains("5000 m away")
    );
}

#[test]
fn no_target_at_all_is_an_error() {
    let nowhere = [
        ("snap_limit_m = 60", "snap_limit_m = 15"),
        ("bank,250,20", "bank,250,50"),
        ("gate,1010,200", "gate,1050,200"),
        ("depot,1000,250", "depot,1060,250"),
        ("[[100,3],[900,-3]]", "[[100,83],[900,93]]"),
        ("[[500,0],[500,200]]", "[[600,110],[900,200]]"),
    ];
    let errors = world(&nowhere).expect_err("nothing is near a road");
    assert_eq!(errors.0[0].code, "R303");
}

#[test]
fn roads_in_degrees_do_not_go_with_planar_layers() {
    let degrees = [(
        "id,x,y\n1,0,0\n2,500,0\n3,1000,0\n4,500,200\n5,1000,300",
        "id,lon,lat\n1,0,0\n2,0.1,0\n3,0.2,0\n4,0.3,0\n5,0.4,0",
    )];
    let errors = world(&degrees).expect_err("the layers are planar");
    assert_eq!(errors.0[0].code, "R301");
}

#[test]
fn the_example_maps_are_placed_whole() {
    for (place, missing) in [("bulebel", 0), ("harbour", 1)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("maps")
            .join(place)
            .join("scenario.toml");
        let scenario = Scenario::load(&file).unwrap_or_else(|e| panic!("{e}"));
        let world = World::load(scenario).unwrap_or_else(|e| panic!("{e}"));
        let nowhere = world
            .scenario
            .targets
            .ids()
            .filter(|&t| world.stops.iter().all(|stops| stops[t].is_empty()));
        assert_eq!(nowhere.count(), 0, "{place}");
        let mut told: Vec<&str> = world
            .warnings
            .iter()
            .filter_map(|w| w.split('`').nth(1))
            .collect();
        told.dedup();
        assert!(told.len() <= missing, "{:?}", world.warnings);
    }
}
