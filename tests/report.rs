//! The exporters on a real place: the page's data says what the plan says, the map layer is
//! sound GeoJSON, the summary tells the checker's numbers.

use std::path::Path;
use std::sync::LazyLock;

use geojson::FeatureCollection;
use geojson::GeometryValue;
use geojson::Position;
use roundsman::check::Verdict;
use roundsman::check::check;
use roundsman::plan::Bound;
use roundsman::plan::DutyWorth;
use roundsman::plan::PlaceWorth;
use roundsman::plan::Plan;
use roundsman::planner;
use roundsman::report;
use roundsman::report::Lang;
use roundsman::report::page;
use roundsman::report::page::data::Page;
use roundsman::scenario::Scenario;
use roundsman::units::Millis;
use roundsman::world::World;

struct Fixture {
    world: World,
    plan: Plan,
    verdict: Verdict,
    page: Page,
}

static ESTATE: LazyLock<Fixture> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/bulebel/scenario.toml");
    let scenario = Scenario::load(&file).expect("the estate is in order");
    let world = World::load(scenario).expect("its roads are in order");
    let options = planner::Options {
        seed: 1,
        islands: 1,
        schedule: Some(0),
    };
    let planned = planner::plan(&world, options, planner::epochs(1));
    let plan = planned.expect("a plan").plan;
    let verdict = check(&world, &plan);
    let page = page::fill(&world, &plan, &verdict, Lang::Zh);
    Fixture {
        world,
        plan,
        verdict,
        page,
    }
});

/// The vertices of a walk, by the format's own words.
fn unwalk(walk: &[i64]) -> Vec<usize> {
    let mut vertices = Vec::new();
    let mut last = 0;
    for pair in walk.chunks(2) {
        last += pair[0];
        vertices.push(last as usize);
        for _ in 0..pair[1].abs() {
            last += pair[1].signum();
            vertices.push(last as usize);
        }
    }
    vertices
}

fn undelta(flat: &[i64]) -> Vec<(i64, i64)> {
    let mut at = (0, 0);
    let step = |pair: &[i64]| {
        at = (at.0 + pair[0], at.1 + pair[1]);
        at
    };
    flat.chunks(2).map(step).collect()
}

#[test]
fn paths_pass_the_vertices_of_the_plan_in_its_time() {
    let Fixture {
        world, plan, page, ..
    } = &*ESTATE;
    let places = undelta(&page.map.xy);
    assert_eq!(places.len(), world.roads.vertex_count());
    assert_eq!(page.paths.len(), plan.paths.len());
    assert!(plan.paths.len() > 100);
    for (path, drawn) in plan.paths.iter().zip(&page.paths) {
        let vertices = unwalk(&drawn.walk);
        assert_eq!(vertices.len(), path.nodes.len());
        for pair in path.nodes.windows(2).zip(vertices.windows(2)) {
            let ends = [pair.0[0], pair.0[1]].map(|n| world.roads.vertex_of(n).expect("a vertex"));
            let (a, b) = (world.roads.position(ends[0]), world.roads.position(ends[1]));
            let (p, q) = (places[pair.1[0]], places[pair.1[1]]);
            // North is to scale everywhere; 111.2 km in a degree.
            let north = (b.y - a.y) * 1_111_949.0;
            assert!(((q.1 - p.1) as f64 - north).abs() <= 2.0, "{p:?} {q:?}");
        }
        let time = Millis(drawn.times.iter().sum());
        assert_eq!(time.ceil_seconds(), path.seconds);
        assert_eq!(drawn.times.len() * 2, drawn.walk.len());
    }
}

#[test]
fn every_street_is_drawn_once() {
    let Fixture { world, page, .. } = &*ESTATE;
    let drawn: usize = page
        .map
        .roads
        .iter()
        .flat_map(|r| &r.walks)
        .map(|w| unwalk(w).len() - 1)
        .sum();
    let mut streets = std::collections::BTreeSet::new();
    for v in (0..world.roads.vertex_count()).map(|v| roundsman::ids::VertexId(v as u32)) {
        for arc in world.roads.out_arcs(v) {
            let (a, b) = world.roads.ends(arc);
            streets.insert((a.min(b), a.max(b), world.roads.class(arc)));
        }
    }
    assert_eq!(drawn, streets.iter().filter(|s| s.0 != s.1).count());
}

#[test]
fn timelines_fill_the_horizon_and_orders_add_up() {
    let Fixture {
        world,
        verdict,
        page,
        ..
    } = &*ESTATE;
    for target in &page.targets {
        let length: i64 = target.levels.iter().step_by(2).sum();
        assert_eq!(length, world.scenario.horizon.0, "{}", target.id);
    }
    let met: u64 = page.orders.iter().map(|o| o.met).sum();
    let wanted: u64 = page.orders.iter().map(|o| o.wanted).sum();
    assert_eq!(met, verdict.kpis.orders_met);
    assert_eq!(wanted - met, verdict.kpis.orders_missed);
    let km: f64 = page.duties.iter().map(|d| d.km).sum();
    assert!((km - verdict.kpis.distance_km).abs() < 0.01 * page.duties.len() as f64);
}

#[test]
fn what_falls_short_is_told_with_a_cause() {
    let Fixture { verdict, page, .. } = &*ESTATE;
    let beyond = page
        .targets
        .iter()
        .filter(|t| t.ratio.is_some_and(|r| r > 1.0))
        .count();
    let told = page
        .shortfalls
        .iter()
        .filter(|s| s.what == "standard")
        .count();
    assert_eq!(told, beyond);
    assert!(page.shortfalls.iter().all(|s| !s.why.is_empty()));
    let mut hard = page.shortfalls.iter().map(|s| s.hard);
    assert!(
        hard.by_ref().skip_while(|h| *h).all(|h| !h),
        "promises come first"
    );
    assert_eq!(page.figures.valid, verdict.valid);
}

#[test]
fn the_report_stays_small() {
    let html = report::render(&ESTATE.page);
    assert!(html.len() < 2_000_000, "{} bytes", html.len());
    assert!(html.contains("<html lang=\"zh\""));
}

#[test]
fn routes_are_sound_geojson() {
    let Fixture {
        world,
        plan,
        verdict,
        ..
    } = &*ESTATE;
    let text = report::geojson(world, plan, verdict);
    let layer: FeatureCollection = text
        .parse::<geojson::GeoJson>()
        .expect("GeoJSON")
        .try_into()
        .expect("features");
    let of_kind = |kind: &str| {
        let named =
            |f: &&geojson::Feature| f.property("kind").and_then(|k| k.as_str()) == Some(kind);
        layer.features.iter().filter(named).count()
    };
    assert_eq!(of_kind("duty"), plan.duties.len());
    assert_eq!(
        of_kind("site") + of_kind("segment"),
        world.scenario.targets.len()
    );
    let lines: Vec<&Vec<Position>> = layer
        .features
        .iter()
        .filter_map(|f| f.geometry.as_ref())
        .flat_map(|g| match &g.value {
            GeometryValue::LineString { coordinates } => vec![coordinates],
            GeometryValue::MultiLineString { coordinates } => coordinates.iter().collect(),
            _ => Vec::new(),
        })
        .collect();
    assert!(lines.len() > 50);
    for line in lines {
        assert!(line.len() >= 2);
        let inside = |p: &Position| (14.0..15.0).contains(&p[0]) && (35.0..36.5).contains(&p[1]);
        assert!(line.iter().all(inside), "longitude before latitude");
    }
    let visits: u64 = layer
        .features
        .iter()
        .filter_map(|f| {
            f.property("visits")?
                .as_u64()
                .filter(|_| f.contains_property("shift"))
        })
        .sum();
    let counted: u64 = verdict.kpis.units.iter().map(|u| u.visits).sum();
    assert_eq!(visits, counted);
}

#[test]
fn the_summary_tells_the_checkers_numbers_in_both_languages() {
    let Fixture {
        world,
        plan,
        verdict,
        ..
    } = &*ESTATE;
    let share = format!("{:.1}", verdict.kpis.protected_risk * 100.0);
    let english = report::summary(world, plan, verdict, Lang::En);
    let chinese = report::summary(world, plan, verdict, Lang::Zh);
    for (text, name) in [
        (&english, "Bulebel industrial estate"),
        (&chinese, "布莱贝尔工业园"),
    ] {
        assert!(text.starts_with(name), "{text}");
        assert!(text.contains(&share), "{text}");
        assert!(
            text.contains(&format!("{:.0}", verdict.kpis.distance_km)),
            "{text}"
        );
        assert!(text.lines().count() <= 20, "{text}");
    }
}

/// The plan of the estate with a made-up bound a twentieth above it.
fn bounded() -> (Plan, Verdict) {
    let Fixture {
        world,
        plan,
        verdict,
        ..
    } = &*ESTATE;
    let kpis = &verdict.kpis;
    let points = kpis.total_value as f64 / roundsman::check::UNITS_PER_POINT;
    let duty = |unit: &str, shift: &str, at_most| DutyWorth {
        unit: unit.to_owned(),
        shift: shift.to_owned(),
        hours: 8.0,
        at_most,
    };
    let place = |id: &str, at_most| PlaceWorth {
        id: id.to_owned(),
        at_most,
    };
    // An hour either side of midnight every day, and a little at noon. The plan begins at 6:00.
    let held = |hour: usize| match (hour + 6) % 24 {
        23 | 0 => 0.001,
        12 => 0.0005,
        _ => 0.0,
    };
    let mut plan = plan.clone();
    plan.bound = Some(Bound {
        value: kpis.value + 0.05 * points,
        protected_risk: kpis.protected_risk + 0.05,
        rounds: 1,
        slot: 60,
        duties: vec![
            duty("night-1", "night-a", 0.0032),
            duty("car-1", "night-a", 0.0096),
            duty("car-2", "day-a", 0.008),
        ],
        targets: vec![place("medelec", 0.02), place("guttenberg", 0.03)],
        zones: vec![place(
            &world.scenario.zones.iter().next().expect("a zone").id,
            0.0451,
        )],
        hours: (0..168).map(held).collect(),
    });
    let verdict = check(world, &plan);
    assert_eq!(verdict.violations, []);
    (plan, verdict)
}

#[test]
fn the_summary_tells_how_good_a_plan_could_be_at_most() {
    let world = &ESTATE.world;
    let (plan, verdict) = bounded();
    let limit = (verdict.kpis.protected_risk + 0.05) * 100.0;
    let limit = format!("{:.1}", (limit * 10.0).ceil() / 10.0);
    let english = report::summary(world, &plan, &verdict, Lang::En);
    let chinese = report::summary(world, &plan, &verdict, Lang::Zh);
    let protected = english.lines().nth(1).expect("a line");
    let words = "and no plan of these crews with as many order points can exceed";
    assert!(
        protected.contains(&format!("{words} {limit} %")),
        "{protected}"
    );
    assert!(
        chinese.contains(&format!("任何方案都不可能超过 {limit}%")),
        "{chinese}"
    );
    // The best of each tier: the second of the police is not told.
    for (text, said, unsaid) in [
        (&english, "at most 0.96 %, 0.12 % an hour", "0.80 %"),
        (&chinese, "至多 0.96%，每小时 0.12%", "0.80%"),
    ] {
        assert!(text.contains(said), "{text}");
        assert!(!text.contains(unsaid), "{text}");
    }
    for said in [
        "0.32 %, 0.040 % an hour",
        "at most 4.6 %",
        "Guttenberg: at most 3.0 %; Medelec: 2.0 %",
    ] {
        assert!(english.contains(said), "{said}: {english}");
    }
    let clock = "between 23:00 and 01:00: 80 % of it";
    assert!(english.contains(clock), "{english}");
    assert!(chinese.contains("23:00 至 01:00"), "{chinese}");
    let plain = report::summary(world, &ESTATE.plan, &ESTATE.verdict, Lang::En);
    assert!(
        !plain.contains("at most") && !plain.contains("exceed"),
        "{plain}"
    );
}

#[test]
fn the_page_holds_what_the_plan_claims() {
    let world = &ESTATE.world;
    let (mut plan, verdict) = bounded();
    let page = page::fill(world, &plan, &verdict, Lang::En);
    let bound = page.bound.expect("a bound");
    assert!(bound.protected >= verdict.kpis.protected_risk + 0.05);
    assert!(bound.protected <= verdict.kpis.protected_risk + 0.05 + 1e-6);
    assert_eq!(Some(bound.gap), verdict.claim.map(|c| c.gap));
    let units: Vec<&str> = bound
        .duties
        .iter()
        .map(|d| &*page.units[d.unit].id)
        .collect();
    assert_eq!(units, ["car-1", "car-2", "night-1"], "worthiest first");
    let targets: Vec<&str> = bound
        .targets
        .iter()
        .map(|t| &*page.targets[t.place].id)
        .collect();
    assert_eq!(targets, ["guttenberg", "medelec"], "most first");
    assert_eq!(bound.hours.len(), 168);
    let most = bound.most.expect("hours that hold back");
    assert_eq!((most.from, most.to), (23, 1));
    assert!((most.share - 0.8).abs() < 1e-9);
    assert!(ESTATE.page.bound.is_none());

    // A proof that says nothing yet: nothing holds down what is not held down.
    let claimed = plan.bound.as_mut().expect("a bound");
    let before = claimed.clone();
    claimed.protected_risk = 1.0;
    claimed
        .duties
        .iter_mut()
        .for_each(|duty| duty.at_most = 0.0);
    (claimed.targets, claimed.zones) = (Vec::new(), Vec::new());
    claimed.hours.fill(0.0);
    let text = report::summary(world, &plan, &check(world, &plan), Lang::En);
    assert!(text.contains("and no proof rules out 100 %"), "{text}");
    assert!(!text.contains("what holds it down"), "{text}");
    plan.bound = Some(before);

    // What makes a plan invalid is not shown.
    let claimed = plan.bound.as_mut().expect("a bound");
    claimed.targets[0].id = "nowhere".to_owned();
    claimed.duties[0].at_most = f64::NAN;
    claimed.hours.pop();
    let verdict = check(world, &plan);
    assert!(!verdict.valid);
    let bound = page::fill(world, &plan, &verdict, Lang::En)
        .bound
        .expect("a bound");
    assert_eq!((bound.targets.len(), bound.duties.len()), (1, 2));
    assert_eq!((bound.hours.len(), bound.most), (0, None));
}
