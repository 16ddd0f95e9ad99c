//! Length, speed, direction, access, barriers, components.

use geo::Coord;
use roundsman::ids::VertexId;
use roundsman::roads::Pace;
use roundsman::roads::RoadGraph;
use roundsman::roads::profile::Overrides;
use roundsman::roads::profile::Profile;

use crate::maps::CAR;
use crate::maps::EBIKE;
use crate::maps::FOOT;
use crate::maps::Pairs;
use crate::maps::arc;
use crate::maps::build;
use crate::maps::forbidden;
use crate::maps::map;
use crate::maps::ms;
use crate::maps::tag_node;

/// Nodes 1 to 4 in a row, 100 m apart.
const ROW: [(i64, f64, f64); 4] = [
    (1, 0.0, 0.0),
    (2, 100.0, 0.0),
    (3, 200.0, 0.0),
    (4, 300.0, 0.0),
];

#[test]
fn arcs_have_length_time_class_and_reference() {
    let oneway: Pairs<'_> = &[("oneway", "yes"), ("highway", "primary_link")];
    let roads = build(&map(
        &[(10, 0.0, 0.0), (20, 100.0, 0.0)],
        &[(1, &[10, 20], oneway)],
    ));
    assert_eq!((roads.vertex_count(), roads.arc_count()), (2, 2));
    let along = arc(&roads, 10, 20).expect("the road leads there");
    assert_eq!(roads.length(along).0, 100_000);
    assert_eq!(roads.class(along), "primary");
    // 40 km/h x 0.8 = 32 km/h: 11.25 s for 100 m; urgent 52 km/h.
    assert_eq!(ms(&roads, 10, 20, CAR), Some(11_250));
    assert_eq!(
        roads.time(along, CAR, Pace::Urgent).map(|t| t.0),
        Some(6_924)
    );
    assert_eq!(ms(&roads, 20, 10, CAR), None);
    assert_eq!(ms(&roads, 20, 10, FOOT), Some(90_000));
    assert_eq!(roads.reference(VertexId(1)), 20);
    assert_eq!(roads.vertex_of(15), None);
    assert_eq!(roads.vertex_of(-1), None);
    assert_eq!(roads.position(VertexId(1)), Coord { x: 100.0, y: 0.0 });
}

#[test]
fn degrees_are_measured_on_the_sphere() {
    let mut data = map(&[(1, 14.5, 35.9), (2, 14.5, 35.901)], &[(1, &[1, 2], &[])]);
    data.planar = false;
    let roads = build(&data);
    let length = arc(&roads, 1, 2).map(|a| roads.length(a).0);
    assert_eq!(length, Some(111_195));
}

#[test]
fn a_stated_length_is_spread_and_a_stated_speed_counts() {
    let mut data = map(&ROW, &[(1, &[1, 2, 4], &[])]);
    data.ways[0].length_metres = Some(600.0);
    data.ways[0].kmh = Some(10.0);
    let roads = build(&data);
    let lengths = [(1, 2), (2, 4)].map(|(a, b)| arc(&roads, a, b).map(|a| roads.length(a).0));
    assert_eq!(lengths, [Some(200_000), Some(400_000)]);
    // 10 km/h x 0.8 for cars; feet keep to their 5 km/h x 0.8.
    assert_eq!(ms(&roads, 1, 2, CAR), Some(90_000));
    assert_eq!(ms(&roads, 1, 2, FOOT), Some(180_000));
}

#[test]
fn nodes_at_the_same_place_are_a_millisecond_apart() {
    let roads = build(&map(&[(1, 0.0, 0.0), (2, 0.0, 0.0)], &[(1, &[1, 2], &[])]));
    assert_eq!(ms(&roads, 1, 2, CAR), Some(1));
    assert_eq!(arc(&roads, 1, 2).map(|a| roads.length(a).0), Some(0));
}

#[test]
fn each_profile_has_its_ways() {
    let ways: [(i64, &[i64], Pairs<'_>); 3] = [
        (1, &[1, 2], &[("highway", "footway")]),
        (2, &[2, 3], &[("highway", "footway"), ("bicycle", "yes")]),
        (3, &[3, 4], &[("highway", "motorway")]),
    ];
    let roads = build(&map(&ROW, &ways));
    let open = |a, b| [CAR, EBIKE, FOOT].map(|p| ms(&roads, a, b, p).is_some());
    assert_eq!(open(1, 2), [false, false, true]);
    assert_eq!(open(2, 3), [false, true, true]);
    assert_eq!(open(3, 4), [true, false, false]);
    assert_eq!(open(4, 3), [false, false, false]);
}

#[test]
fn ways_that_nobody_may_use_leave_no_vertex() {
    let ways: [(i64, &[i64], Pairs<'_>); 2] =
        [(1, &[1, 2], &[]), (2, &[3, 4], &[("access", "no")])];
    let roads = build(&map(&ROW, &ways));
    assert_eq!(roads.vertex_count(), 2);
    assert_eq!(roads.vertex_of(3), None);
    let closed = &roads.notes().profiles[0].ways_closed;
    assert_eq!(closed.get("no access"), Some(&1));
}

#[test]
fn reversible_roads_are_closed_and_conditional_tags_told() {
    let ways: [(i64, &[i64], Pairs<'_>); 2] = [
        (1, &[1, 2], &[("oneway", "reversible")]),
        (
            2,
            &[2, 3],
            &[("motor_vehicle:conditional", "no @ (22:00-06:00)")],
        ),
    ];
    let roads = build(&map(&ROW, &ways));
    assert_eq!([ms(&roads, 1, 2, CAR), ms(&roads, 2, 1, CAR)], [None, None]);
    assert!(ms(&roads, 1, 2, FOOT).is_some() && ms(&roads, 2, 3, CAR).is_some());
    let told = "way 2: motor_vehicle:conditional = no @ (22:00-06:00)";
    assert_eq!(roads.notes().conditional, [told]);
}

#[test]
fn overrides_reach_the_graph() {
    let data = map(
        &ROW,
        &[(1, &[1, 2], &[("access", "private")]), (2, &[2, 3], &[])],
    );
    let changes = Overrides {
        pass_private: Some(false),
        class_kmh: vec![("residential".to_owned(), 36.0)],
        patrol_factor: Some(1.0),
        ..Overrides::default()
    };
    let car = Profile::with("car", &changes).unwrap_or_else(|e| panic!("{e}"));
    let roads = RoadGraph::build(&data, &[car]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(ms(&roads, 1, 2, CAR), None);
    assert_eq!(ms(&roads, 2, 3, CAR), Some(10_000));
}

#[test]
fn a_bollard_parts_the_road_for_cars_only() {
    let mut data = map(&ROW, &[(1, &[1, 2, 3, 4], &[])]);
    tag_node(&mut data, 2, &[("barrier", "bollard")]);
    let roads = build(&data);
    assert_eq!(forbidden(&roads, CAR), [[1, 2, 3], [3, 2, 1]]);
    assert!(forbidden(&roads, FOOT).is_empty());
    let barred = roads
        .vertex_of(2)
        .map(|v| (roads.is_barred(v, CAR), roads.is_barred(v, FOOT)));
    assert_eq!(barred, Some((true, false)));
    // Of the two sides the longer one counts.
    let connected =
        |p| [1, 2, 3, 4].map(|r| roads.vertex_of(r).is_some_and(|v| roads.is_connected(v, p)));
    assert_eq!(connected(CAR), [false, true, true, true]);
    assert_eq!(connected(FOOT), [true; 4]);
    assert_eq!(
        roads.notes().profiles[0].barriers_closed.get("bollard"),
        Some(&1)
    );
}

#[test]
fn a_gate_costs_its_delay_on_arrival() {
    let mut data = map(&ROW, &[(1, &[1, 2, 3], &[])]);
    tag_node(
        &mut data,
        2,
        &[("barrier", "lift_gate"), ("access", "private")],
    );
    let roads = build(&data);
    assert_eq!(ms(&roads, 1, 2, CAR), Some(15_000 + 10_000));
    assert_eq!(ms(&roads, 2, 3, CAR), Some(15_000));
    assert_eq!(roads.notes().profiles[0].barriers_passed, 1);
}

#[test]
fn a_dead_end_of_one_way_is_not_connected() {
    let ways: [(i64, &[i64], Pairs<'_>); 2] =
        [(1, &[1, 2, 3], &[]), (2, &[3, 4], &[("oneway", "yes")])];
    let roads = build(&map(&ROW, &ways));
    let connected = |r| {
        roads
            .vertex_of(r)
            .is_some_and(|v| roads.is_connected(v, CAR))
    };
    assert_eq!([1, 2, 3, 4].map(connected), [true, true, true, false]);
    let sizes = roads.notes().profiles[0].components;
    assert_eq!((sizes.count, sizes.arcs, sizes.largest_arcs), (1, 5, 4));
    assert_eq!((sizes.metres, sizes.largest_metres), (500, 400));
}

#[test]
fn a_map_without_roads_for_a_profile_is_no_error() {
    let roads = build(&map(&ROW, &[(1, &[1, 2], &[("highway", "steps")])]));
    assert!(
        roads
            .vertex_of(1)
            .is_some_and(|v| !roads.is_connected(v, CAR))
    );
    let placed = roads.place(&[(Coord { x: 0.0, y: 0.0 }, CAR)], 100.0, &[]);
    assert_eq!(placed.points[0].map_err(|m| m.nearest_metres), Err(None));
}
