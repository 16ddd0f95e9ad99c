//! Courses of key segments matched to roads.

use geo::Coord;
use roundsman::ids::ProfileId;
use roundsman::roads::RoadData;
use roundsman::roads::Via;

use crate::maps::CAR;
use crate::maps::FOOT;
use crate::maps::Pairs;
use crate::maps::build;
use crate::maps::map;
use crate::maps::turn;

/// A block of 200 m by 100 m, ways 12, 23, 34, 41, and a footpath 15 m north of way 12.
fn block(tags: Pairs<'_>) -> RoadData {
    let nodes = [
        (1, 0.0, 0.0),
        (2, 200.0, 0.0),
        (3, 200.0, -100.0),
        (4, 0.0, -100.0),
        (5, 0.0, 15.0),
        (6, 200.0, 15.0),
    ];
    let path: Pairs<'_> = &[("highway", "footway")];
    let ways: [(i64, &[i64], Pairs<'_>); 7] = [
        (12, &[1, 2], tags),
        (23, &[2, 3], &[]),
        (34, &[3, 4], &[]),
        (41, &[4, 1], &[]),
        (15, &[1, 5], path),
        (56, &[5, 6], path),
        (62, &[6, 2], path),
    ];
    map(&nodes, &ways)
}

/// References of the vertices a course passes, or why it matches nothing.
fn follow(data: &RoadData, line: &[(f64, f64)], profile: ProfileId) -> Result<Vec<i64>, String> {
    let line = line.iter().map(|&(x, y)| Coord { x, y }).collect();
    let mut placed = build(data).place(&[], 50.0, &[(line, profile)]);
    let arcs = placed.lines.remove(0)?;
    let roads = &placed.roads;
    let starts = arcs.first().map(|&a| roads.ends(a).0);
    for pair in arcs.windows(2) {
        assert_eq!(
            roads.ends(pair[0]).1,
            roads.ends(pair[1]).0,
            "arcs follow each other"
        );
    }
    let passed = starts
        .into_iter()
        .chain(arcs.iter().map(|&a| roads.ends(a).1));
    Ok(passed.map(|v| roads.reference(v)).collect())
}

#[test]
fn a_course_along_a_road_takes_the_road() {
    let data = block(&[]);
    assert_eq!(
        follow(&data, &[(0.0, 1.0), (200.0, 2.0)], CAR),
        Ok(vec![1, 2])
    );
    assert_eq!(
        follow(&data, &[(200.0, 2.0), (0.0, 1.0)], CAR),
        Ok(vec![2, 1])
    );
    // Where cars keep to the road, feet find the path beside it.
    assert_eq!(
        follow(&data, &[(0.0, 14.0), (200.0, 14.0)], CAR),
        Ok(vec![1, 2])
    );
    assert_eq!(
        follow(&data, &[(5.0, 15.0), (195.0, 15.0)], FOOT),
        Ok(vec![-1, -2])
    );
}

#[test]
fn ends_inside_a_road_cut_it() {
    let data = block(&[]);
    let course = [(50.0, 1.0), (200.0, 0.0), (199.0, -60.0)];
    assert_eq!(follow(&data, &course, CAR), Ok(vec![-1, 2, -2]));
}

#[test]
fn a_round_ends_where_it_began() {
    let round = [
        (0.0, 0.0),
        (200.0, 0.0),
        (200.0, -100.0),
        (0.0, -100.0),
        (0.0, 0.0),
    ];
    assert_eq!(follow(&block(&[]), &round, CAR), Ok(vec![1, 2, 3, 4, 1]));
    let mut back = round;
    back.reverse();
    assert_eq!(follow(&block(&[]), &back, CAR), Ok(vec![1, 4, 3, 2, 1]));
}

#[test]
fn there_and_back_turns_at_the_end() {
    let course = [(50.0, 0.0), (150.0, 0.0), (50.0, 0.0)];
    let there_and_back = follow(&block(&[]), &course, CAR);
    // It turns at the far end of the road, 50 m on: too much for a course of 200 m.
    assert!(there_and_back.is_err_and(|why| why.contains("m long")));
    let course = [(50.0, 0.0), (199.0, 0.0), (50.0, 0.0)];
    assert_eq!(follow(&block(&[]), &course, CAR), Ok(vec![-1, 2, -1]));
}

#[test]
fn directions_are_obeyed() {
    let data = block(&[("oneway", "yes")]);
    assert!(follow(&data, &[(20.0, 0.0), (180.0, 0.0)], CAR).is_ok());
    let why = follow(&data, &[(180.0, 0.0), (20.0, 0.0)], CAR);
    assert!(
        why.as_ref()
            .is_err_and(|w| w.contains("m long") || w.contains("no open way")),
        "{why:?}"
    );
    assert!(follow(&data, &[(180.0, 0.0), (20.0, 0.0)], FOOT).is_ok());
}

#[test]
fn forbidden_turns_are_not_taken() {
    let mut data = block(&[]);
    let course = [(100.0, 0.0), (200.0, 0.0), (200.0, -80.0)];
    assert!(follow(&data, &course, CAR).is_ok());
    data.restrictions = vec![turn("no_right_turn", &[12], Via::Node(2), &[23])];
    assert!(follow(&data, &course, CAR).is_err());
    assert!(follow(&data, &course, FOOT).is_ok());
}

#[test]
fn a_course_far_from_roads_or_without_length_matches_nothing() {
    let data = block(&[]);
    let far = follow(&data, &[(0.0, 300.0), (100.0, 300.0)], CAR);
    assert!(far.is_err_and(|why| why.contains("lies within 35 m")));
    let across = follow(&data, &[(100.0, 0.0), (100.0, -100.0)], CAR);
    assert!(across.is_err());
    assert!(follow(&data, &[(5.0, 5.0), (5.0, 5.0)], CAR).is_err_and(|w| w.contains("no length")));
    assert!(follow(&data, &[(f64::NAN, 5.0), (5.0, 5.0)], CAR).is_err());
    assert!(follow(&data, &[], CAR).is_err());
}

#[test]
fn places_on_a_matched_road_cut_it_without_losing_any_of_it() {
    let data = block(&[]);
    let line = vec![Coord { x: 20.0, y: 0.0 }, Coord { x: 180.0, y: 0.0 }];
    let points = [60.0, 100.0, 10.0].map(|x| (Coord { x, y: 3.0 }, FOOT));
    let placed = build(&data).place(&points, 50.0, &[(line, CAR)]);
    let arcs = placed.lines[0].clone().unwrap_or_default();
    let length: i64 = arcs.iter().map(|&a| placed.roads.length(a).0).sum();
    assert_eq!((arcs.len(), length), (3, 160_000));
}
