//! The places in `maps/` load, reach every target, and are what they say they are.

use std::collections::BTreeSet;
use std::path::Path;

use roundsman::ids::Id;
use roundsman::scenario::Scenario;
use roundsman::scenario::Shape;
use roundsman::units::Seconds;
use roundsman::units::Span;
use roundsman::world::World;

fn load(place: &str) -> World {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("maps")
        .join(place)
        .join("scenario.toml");
    let scenario = Scenario::load(&file).unwrap_or_else(|e| panic!("{place}: {e}"));
    World::load(scenario).unwrap_or_else(|e| panic!("{place}: {e}"))
}

/// What both places promise.
fn check(
    place: &str,
    targets: std::ops::RangeInclusive<usize>,
    units: std::ops::RangeInclusive<usize>,
) {
    let world = load(place);
    let scenario = &world.scenario;
    assert!(world.warnings.is_empty(), "{place}: {:#?}", world.warnings);
    assert!(
        targets.contains(&scenario.targets.len()),
        "{place}: {} targets",
        scenario.targets.len()
    );
    assert!(
        units.contains(&scenario.units.len()),
        "{place}: {} units",
        scenario.units.len()
    );
    assert_eq!(scenario.days.len(), 7);
    assert!(
        scenario
            .targets
            .iter()
            .any(|t| matches!(t.shape, Shape::Segment { .. }))
    );
    assert!(scenario.targets.iter().any(|t| t.hard_weight > 0));
    assert!(!scenario.zones.is_empty() && !scenario.orders.is_empty());
    three_tiers(scenario);
    police_round_the_clock(scenario);
    guards_stay_on_foot_in_their_compound(scenario);
    everyone_has_something_to_visit(&world);
    chinese_names(scenario);
}

fn three_tiers(scenario: &Scenario) {
    let used: BTreeSet<&str> = scenario
        .units
        .iter()
        .map(|u| scenario.tiers[u.tier].id.as_str())
        .collect();
    assert_eq!(used, BTreeSet::from(["guards", "police", "station"]));
    let ways: BTreeSet<&str> = scenario
        .units
        .iter()
        .map(|u| scenario.profiles[u.profile].name.as_str())
        .collect();
    assert_eq!(ways, BTreeSet::from(["car", "ebike", "foot"]));
}

/// At every instant some patrol car is out: no gap runs through a handover.
fn police_round_the_clock(scenario: &Scenario) {
    let is_car = |unit| {
        let unit: &roundsman::scenario::Unit = &scenario.units[unit];
        scenario.tiers[unit.tier].id == "police" && unit.id.starts_with("car-")
    };
    let mut out: Vec<Span> = scenario
        .duties
        .iter()
        .filter(|d| is_car(d.unit))
        .map(|d| d.route)
        .collect();
    out.sort_unstable();
    let mut covered = Seconds::ZERO;
    for span in out {
        assert!(span.start <= covered, "no car is out at {covered}");
        covered = covered.max(span.end);
    }
    assert!(covered >= scenario.horizon, "no car is out at {covered}");
}

fn guards_stay_on_foot_in_their_compound(scenario: &Scenario) {
    for unit in scenario
        .units
        .iter()
        .filter(|u| scenario.tiers[u.tier].id == "guards")
    {
        assert_eq!(scenario.profiles[unit.profile].name, "foot", "{}", unit.id);
        assert_eq!(unit.zones.len(), 1, "{}", unit.id);
    }
}

/// Each unit has at least four targets it may visit, and each target a unit that may visit it
/// and a stop for that unit's profile.
fn everyone_has_something_to_visit(world: &World) {
    let scenario = &world.scenario;
    let mut visited = vec![false; scenario.targets.len()];
    for unit in &scenario.units {
        let mine = scenario.targets.enumerate().filter(|(id, target)| {
            target.authority[unit.tier].0 > 0
                && (unit.zones.is_empty() || unit.zones.iter().any(|z| target.zones.contains(z)))
                && target.skills.iter().all(|s| unit.skills.contains(s))
                && !world.stops[unit.profile][*id].is_empty()
        });
        let mine: Vec<_> = mine.map(|(id, _)| id.index()).collect();
        assert!(mine.len() >= 4, "{} has {} targets", unit.id, mine.len());
        mine.into_iter().for_each(|t| visited[t] = true);
    }
    let missed: Vec<_> = scenario
        .targets
        .iter()
        .zip(&visited)
        .filter_map(|(target, seen)| (!seen).then_some(target.id.as_str()))
        .collect();
    assert!(missed.is_empty(), "nobody may visit {missed:?}");
}

fn chinese_names(scenario: &Scenario) {
    assert!(scenario.name.zh.is_some());
    assert!(scenario.tiers.iter().all(|t| t.name.zh.is_some()));
    assert!(scenario.units.iter().all(|u| u.name.zh.is_some()));
    assert!(scenario.shifts.iter().all(|s| s.name.zh.is_some()));
    assert!(scenario.zones.iter().all(|z| z.name.zh.is_some()));
    assert!(scenario.bases.iter().all(|b| b.name.zh.is_some()));
    assert!(scenario.orders.iter().all(|o| o.name.zh.is_some()));
    assert!(scenario.targets.iter().all(|t| t.name.zh.is_some()));
}

#[test]
fn bulebel_is_a_whole_week_on_an_estate() {
    check("bulebel", 25..=40, 6..=8);
}

#[test]
fn harbour_is_a_whole_week_in_the_towns() {
    check("harbour", 60..=125, 12..=18);
}

#[test]
fn road_files_stay_small() {
    for (place, most) in [("bulebel", 100_000), ("harbour", 1_000_000)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("maps")
            .join(place)
            .join("roads.osm.pbf");
        let size = std::fs::metadata(&file)
            .expect("the road file is there")
            .len();
        assert!(size < most, "{place}: {size} bytes");
    }
}

#[test]
fn four_weeks_have_people_in_three_tiers_under_a_rule_set_each() {
    for (file, away) in [("four-weeks.toml", 4), ("four-weeks-leave.toml", 10)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("maps/harbour")
            .join(file);
        let scenario = Scenario::load(&file).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(scenario.days.len(), 28);
        let staff = &scenario.staff;
        assert!(staff.people.len() >= 80);
        let tiers: BTreeSet<_> = staff.people.iter().map(|person| person.tier).collect();
        assert_eq!(tiers.len(), 3);
        let sets: BTreeSet<_> = staff.rules.iter().map(|rule| rule.origin).collect();
        assert_eq!(sets.len(), 5, "basic, three sets, own");
        assert_eq!(staff.leave.len(), away);
    }
}
