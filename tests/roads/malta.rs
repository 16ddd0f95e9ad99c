//! A whole country, where its map is at hand.

use std::path::Path;

use roundsman::ids::ProfileId;
use roundsman::roads::RoadGraph;
use roundsman::roads::read;
use roundsman::roads::read::Format;

use crate::maps::profiles;

#[test]
fn all_of_malta_is_a_graph() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/maps/malta-latest.osm.pbf");
    if !file.exists() {
        eprintln!("skipped: {} is not there", file.display());
        return;
    }
    let data = read::read(&file, None, Format::OsmPbf).unwrap_or_else(|e| panic!("{e}"));
    let roads = RoadGraph::build(&data, &profiles()).unwrap_or_else(|e| panic!("{e}"));
    let car = &roads.notes().profiles[0];
    // 363 relations, of which 5 lack members and 2 hold at times only.
    let ignored: u64 = car.restrictions_ignored.values().sum();
    assert_eq!(
        (
            data.restrictions.len() as u64,
            car.restrictions_applied + ignored
        ),
        (358, 358)
    );
    assert_eq!(
        car.restrictions_ignored.get("holds at times only"),
        Some(&2)
    );
    assert!(
        car.restrictions_applied >= 345,
        "{:?}",
        car.restrictions_ignored
    );
    assert!(car.barriers_passed > 1_000);
    assert!(!roads.notes().conditional.is_empty());
    // The main island holds most; Gozo has no road link.
    let sizes = car.components;
    let share = sizes.largest_metres as f64 / sizes.metres as f64;
    assert!((0.8..0.9).contains(&share), "{share}");
    let length: i64 = sizes.metres as i64 / 1000;
    assert!(
        (6_000..7_000).contains(&length),
        "{length} km, both directions"
    );
    for (p, profile) in profiles().iter().enumerate() {
        let bad = roads
            .forbidden(ProfileId(p as u32))
            .iter()
            .find(|s| s.len() < 2);
        assert_eq!(bad, None, "{}", profile.name);
    }
}
