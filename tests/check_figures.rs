//! Figures of a small plan, computed by hand.

mod small_town;

use roundsman::check::Kpis;
use roundsman::check::check;
use roundsman::check::timeline::timeline;
use roundsman::ids::*;
use roundsman::plan::*;
use roundsman::roads::*;
use roundsman::units::*;
use roundsman::world::World;
use small_town::*;

fn figures(change: impl Fn(&World, &mut Plan)) -> (World, Plan, Kpis) {
    let world = world();
    let mut plan = plan(&world);
    change(&world, &mut plan);
    let verdict = check(&world, &plan);
    assert_eq!(verdict.violations, []);
    (world, plan, verdict.kpis)
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

#[test]
fn protected_risk_is_exact() {
    let (.., kpis) = figures(|_, _| {});
    // Bank: from 1:00 to 4 h after 4:15. Jail: from 7:00 to 12 h after 7:05.
    let bank = 1000 * (8 * HOUR + 900 - HOUR) * 10_000;
    let jail = 500 * (300 + 12 * HOUR) * 10_000;
    // Depot: in full from 0 (a visit an hour before) to 6 h after the car has left at 1300;
    // then at half, to 6 h after the guard has left at 2:05.
    let depot = 2000 * (22_900 * 10_000 + 6_200 * 5_000);
    assert_eq!(kpis.protected_value, i128::from(bank + jail + depot));
    assert_eq!(kpis.total_value, i128::from(HORIZON * 3500 * 10_000));
    near(
        kpis.protected_risk,
        (bank + jail + depot) as f64 / (HORIZON * 3500 * 10_000) as f64,
    );
    // 2 points of value for each of 10 order points.
    near(kpis.order_points, 10.0);
    near(kpis.value, (bank + jail + depot) as f64 / 36e9 + 20.0);
    let json = serde_json::to_value(&kpis).expect("plain data");
    assert_eq!(json["total_value"], kpis.total_value.to_string());
}

#[test]
fn gaps_reach_from_the_end_of_a_visit_to_the_next_or_the_horizon() {
    let (.., kpis) = figures(|_, _| {});
    // Bank 1:00:00, 2:50:00, 43:45:00 of 4 h; depot 1:16:40, 1:38:20, 45:55:00 of 6 h; jail
    // 7:00:00, 40:55:00 of 12 h. Mill Road has no standard.
    near(kpis.standards_kept.expect("standards"), 5.0 / 8.0);
    near(kpis.worst_gap_ratio.expect("standards"), 43.75 / 4.0);
    let depot = &kpis.targets[1];
    assert_eq!(depot.worst_gap_seconds, Seconds(165_300));
    assert_eq!(depot.worst_gap_at, Seconds(HORIZON));
    let square = |s: f64| s * s;
    let idle = square(4600.0) - square(3600.0) + square(5900.0) + square(165_300.0);
    near(depot.mean_idleness_seconds, idle / 2.0 / HORIZON as f64);
    assert_eq!(kpis.targets[2].worst_gap_ratio, None);
}

#[test]
fn orders_are_counted_up_to_what_is_wanted() {
    let (.., kpis) = figures(|_, p| {
        let extra = visit("bank", Some("inspect"));
        p.duties[0]
            .stops
            .insert(5, stop(extra, 6 * HOUR, 6 * HOUR + 600, None));
        p.duties[0].stops.truncate(6);
        p.duties[0]
            .stops
            .push(stop(Activity::End, 9 * HOUR, 9 * HOUR, None));
    });
    assert_eq!((kpis.orders_met, kpis.orders_missed), (2, 0));
    near(kpis.order_points, 10.0);
}

#[test]
fn distance_hours_and_cost_follow_the_legs() {
    let (_, plan, kpis) = figures(|_, _| {});
    let legs: i64 = plan.paths.iter().map(|p| p.millimetres.0).sum();
    near(kpis.units[0].distance_km, (legs + 500_000) as f64 / 1e6);
    near(kpis.units[1].distance_km, 2.0);
    near(kpis.distance_km, kpis.units[0].distance_km + 2.0);
    let first = HOUR + 600 + plan.paths[2].seconds.0 - 600;
    let second = 7 * HOUR + 300 + plan.paths[6].seconds.0 - (3 * HOUR + 1800);
    near(kpis.units[0].crew_hours, Seconds(first + second).hours());
    near(kpis.duty_hours, 30.0);
    near(kpis.cost, 3.0 * kpis.distance_km + 7.0 * kpis.crew_hours);
    assert_eq!(kpis.fairness.len(), 2);
    near(kpis.imbalance_hours, 0.0);
}

#[test]
fn a_leg_without_a_path_takes_the_fastest_legal_way() {
    let (_, _, with) = figures(|_, _| {});
    let (_, _, without) = figures(|_, p| {
        for stop in &mut p.duties[0].stops {
            stop.path = None;
        }
        p.paths.clear();
    });
    // The way to the depot by the forbidden left turn would be 707 m shorter.
    assert_eq!(with.distance_km, without.distance_km);
    assert_eq!(with.crew_hours, without.crew_hours);
    assert_eq!(with.response, without.response);
}

/// Seconds from `from` to every vertex at urgent pace, by relaxing until nothing changes.
fn urgent(world: &World, profile: ProfileId, from: VertexId) -> Vec<Option<i64>> {
    let roads = &world.roads;
    let mut best = vec![None; roads.vertex_count()];
    best[from.index()] = Some(0);
    for _ in 0..roads.vertex_count() {
        for v in (0..roads.vertex_count()).map(VertexId::new) {
            for arc in roads.out_arcs(v) {
                let time = roads.time(arc, profile, Pace::Urgent);
                if let (Some(at), Some(time)) = (best[v.index()], time) {
                    let end = roads.ends(arc).1.index();
                    best[end] = Some(best[end].map_or(at + time.0, |b: i64| b.min(at + time.0)));
                }
            }
        }
    }
    best
}

#[test]
fn response_covers_what_units_on_duty_reach_in_time() {
    let (world, _, kpis) = figures(|_, p| p.duties.clear());
    let base = world.bases[CAR][BaseId(0)].expect("a base");
    let times = urgent(&world, CAR, base);
    let mut covered = 0;
    for (id, target) in world.scenario.targets.enumerate() {
        let entry = world.stops[CAR][id][0].entry.index();
        if times[entry].is_some_and(|t| t <= 120_000) {
            covered += target.risk.pieces[0].1.0;
        }
    }
    assert!(
        0 < covered && covered < 3500,
        "the town is too small or too large: {covered}"
    );
    let share = covered as f64 / 3500.0;
    let cover = kpis.response.expect("risk");
    // The car is on duty from 0 to 19 h.
    near(cover.mean, share * 19.0 / 48.0);
    assert_eq!((cover.worst, cover.worst_at), (0.0, Seconds(19 * HOUR)));
}

#[test]
fn one_day_of_visits_teaches_an_observer_nothing() {
    let (.., kpis) = figures(|_, _| {});
    assert_eq!((kpis.guessed_share, kpis.unpredictability), (None, None));
}

#[test]
fn the_timeline_tells_when_a_standard_is_kept() {
    let (world, plan, kpis) = figures(|_, _| {});
    let timeline = timeline(&world, &plan);
    let span = |a, b| Span::new(Seconds(a), Seconds(b));
    let jail = &timeline.targets[JAIL];
    let due = 19 * HOUR + 300;
    assert_eq!(jail.kept, [span(0, due)]);
    assert_eq!(jail.broken, [span(due, HORIZON)]);
    let depot = &timeline.targets[DEPOT];
    assert_eq!(depot.visits.len(), 2);
    assert_eq!(depot.visits[1].authority, Level(50));
    assert_eq!(
        depot.protection,
        [
            (span(0, 22_900), 1.0),
            (span(22_900, 29_100), 0.5),
            (span(29_100, HORIZON), 0.0)
        ]
    );
    for (own, kpi) in timeline.targets.iter().zip(&kpis.targets) {
        assert_eq!(own.visits.len(), kpi.visits);
    }
}
