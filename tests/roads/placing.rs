//! Points put on the roads, and what that does to arcs and forbidden sequences.

use geo::Coord;
use roundsman::ids::ProfileId;
use roundsman::roads::Pace;
use roundsman::roads::Placed;
use roundsman::roads::RoadData;
use roundsman::roads::Via;

use crate::maps::CAR;
use crate::maps::FOOT;
use crate::maps::Pairs;
use crate::maps::arc;
use crate::maps::build;
use crate::maps::forbidden;
use crate::maps::map;
use crate::maps::ms;
use crate::maps::tag_node;
use crate::maps::turn;

/// 1 - 2 - 3 in a row and 4 north of 2, as ways 12, 23, 24; a detached road 8 - 9 south.
fn roads() -> RoadData {
    let nodes = [
        (1, 0.0, 0.0),
        (2, 100.0, 0.0),
        (3, 200.0, 0.0),
        (4, 100.0, 100.0),
        (8, 0.0, -30.0),
        (9, 100.0, -30.0),
    ];
    let ways: [(i64, &[i64], Pairs<'_>); 4] = [
        (12, &[1, 2], &[]),
        (23, &[2, 3], &[]),
        (24, &[2, 4], &[]),
        (89, &[8, 9], &[]),
    ];
    map(&nodes, &ways)
}

fn place(data: &RoadData, points: &[(f64, f64, ProfileId)]) -> Placed {
    let points: Vec<_> = points
        .iter()
        .map(|&(x, y, p)| (Coord { x, y }, p))
        .collect();
    build(data).place(&points, 50.0, &[])
}

/// Where the points are: reference and distance.
fn found(placed: &Placed) -> Vec<Option<(i64, f64)>> {
    let one = |p: &Result<roundsman::roads::Snap, _>| {
        let snap = p.as_ref().ok()?;
        Some((placed.roads.reference(snap.vertex), snap.distance_metres))
    };
    placed.points.iter().map(one).collect()
}

#[test]
fn a_point_cuts_the_road_for_all_profiles_both_ways() {
    let placed = place(&roads(), &[(30.0, 7.0, CAR)]);
    assert_eq!(found(&placed), [Some((-1, 7.0))]);
    let roads = &placed.roads;
    assert_eq!(
        roads.vertex_of(-1).map(|v| roads.position(v)),
        Some(Coord { x: 30.0, y: 0.0 })
    );
    assert_eq!(arc(roads, 1, 2), None);
    for (a, b, car) in [
        (1, -1, 4_500),
        (-1, 2, 10_500),
        (2, -1, 10_500),
        (-1, 1, 4_500),
    ] {
        assert_eq!(ms(roads, a, b, CAR), Some(car), "{a} to {b}");
        assert_eq!(ms(roads, a, b, FOOT), Some(car * 6), "{a} to {b}");
    }
    let lengths = [(1, -1), (-1, 2)].map(|(a, b)| arc(roads, a, b).map(|a| roads.length(a).0));
    assert_eq!(lengths, [Some(30_000), Some(70_000)]);
    assert!(
        roads
            .vertex_of(-1)
            .is_some_and(|v| roads.is_connected(v, FOOT))
    );
}

#[test]
fn new_vertices_count_in_the_order_of_the_points_and_are_shared() {
    let points = [
        (80.0, 5.0, CAR),
        (20.0, 5.0, FOOT),
        (80.0, -5.0, FOOT),
        (100.3, 50.0, CAR),
        (99.8, 0.0, CAR),
    ];
    let placed = place(&roads(), &points);
    let references: Vec<_> = found(&placed).iter().flatten().map(|f| f.0).collect();
    assert_eq!(references, [-1, -2, -1, -3, 2]);
    let roads = &placed.roads;
    assert!(
        arc(roads, 1, -2).is_some() && arc(roads, -2, -1).is_some() && arc(roads, -1, 2).is_some()
    );
    assert_eq!(roads.vertex_of(-4), None);
}

#[test]
fn points_too_far_cut_nothing_and_tell_the_distance() {
    let placed = place(&roads(), &[(30.0, 60.0, CAR), (f64::NAN, 0.0, CAR)]);
    let missed: Vec<_> = placed
        .points
        .iter()
        .map(|p| p.err().map(|m| m.nearest_metres))
        .collect();
    assert_eq!(missed, [Some(Some(60.0)), Some(None)]);
    assert_eq!(placed.roads.vertex_of(-1), None);
}

#[test]
fn roads_that_cannot_be_driven_to_and_back_are_passed_over() {
    // The detached road is nearer, but leads nowhere.
    let placed = place(&roads(), &[(50.0, -20.0, CAR)]);
    assert_eq!(found(&placed), [Some((-1, 20.0))]);
    let mut data = roads();
    data.ways[0].tags = crate::maps::tags(&[("highway", "motorway"), ("oneway", "no")]);
    let placed = place(&data, &[(60.0, 0.2, CAR)]);
    assert_eq!(
        found(&placed)[0].map(|f| f.0),
        Some(2),
        "no stopping on motorways"
    );
}

#[test]
fn a_place_at_a_barrier_stays_on_its_side() {
    let mut data = roads();
    tag_node(&mut data, 2, &[("barrier", "bollard")]);
    let placed = place(
        &data,
        &[(110.0, 0.0, CAR), (100.2, 0.0, CAR), (100.2, 0.0, FOOT)],
    );
    let references: Vec<_> = found(&placed).iter().flatten().map(|f| f.0).collect();
    assert_eq!(references[2], 2);
    assert!(references[..2].iter().all(|&r| r < 0));
}

#[test]
fn gates_keep_their_delay_at_the_end_of_a_cut_road() {
    let mut data = roads();
    tag_node(&mut data, 2, &[("barrier", "lift_gate")]);
    let roads = place(&data, &[(30.0, 0.0, CAR)]).roads;
    let times = [(1, -1), (-1, 2), (2, -1), (-1, 1)].map(|(a, b)| ms(&roads, a, b, CAR));
    assert_eq!(times, [4_500, 20_500, 10_500, 4_500].map(Some));
}

#[test]
fn forbidden_turns_survive_cuts_of_every_arc() {
    let mut data = roads();
    data.restrictions = vec![turn("no_left_turn", &[12], Via::Node(2), &[24])];
    let points = [(40.0, 0.0, CAR), (100.0, 30.0, CAR), (60.0, 0.0, CAR)];
    let roads = place(&data, &points).roads;
    // Turning round where a place was put in is no way about a restriction.
    let round = [
        [-3, -1, -3],
        [1, -1, 1],
        [2, -2, 2],
        [2, -3, 2],
        [4, -2, 4],
        [-1, -3, -1],
    ];
    let mut expected: Vec<Vec<i64>> = round.iter().map(|s| s.to_vec()).collect();
    expected.push(vec![-3, 2, -2]);
    expected.sort();
    assert_eq!(forbidden(&roads, CAR), expected);
    assert!(forbidden(&roads, FOOT).is_empty());
}

#[test]
fn a_cut_via_way_forbids_both_its_parts_in_a_row() {
    let mut data = roads();
    data.restrictions = vec![turn("no_straight_on", &[12], Via::Ways(vec![23]), &[34])];
    data.ways.push(data.ways[2].clone());
    data.ways[4].id = 34;
    // Way 34 leads on from 3 to 4: nodes are positions in the sorted list.
    data.ways[4].nodes = vec![2, 3];
    data.ways.sort_by_key(|w| w.id);
    let roads = place(&data, &[(150.0, 0.0, CAR)]).roads;
    assert!(forbidden(&roads, CAR).contains(&vec![1, 2, -1, 3, 4]));
}

#[test]
fn parts_of_a_tiny_arc_take_time_too() {
    let nodes = [(1, 0.0, 0.0), (2, 0.01, 0.0), (3, 50.0, 0.0)];
    let mut data = map(&nodes, &[(1, &[1, 2, 3], &[("maxspeed", "50")])]);
    tag_node(&mut data, 1, &[("barrier", "bollard"), ("foot", "yes")]);
    let points: Vec<_> = (1..10)
        .map(|k| {
            (
                Coord {
                    x: 0.001 * f64::from(k),
                    y: 0.0,
                },
                CAR,
            )
        })
        .collect();
    let roads = build(&data).place(&points, 50.0, &[]).roads;
    let arcs = (0..roads.vertex_count()).flat_map(|v| {
        roads
            .out_arcs(roundsman::ids::VertexId(v as u32))
            .collect::<Vec<_>>()
    });
    for arc in arcs {
        assert!(roads.time(arc, CAR, Pace::Patrol).is_none_or(|t| t.0 >= 1));
        assert!(roads.length(arc).0 >= 0);
    }
}
