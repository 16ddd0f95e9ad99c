//! Turn restrictions as forbidden sequences.

use roundsman::ids::ProfileId;
use roundsman::roads::RawRestriction;
use roundsman::roads::RoadData;
use roundsman::roads::RoadGraph;
use roundsman::roads::Via;

use crate::maps::CAR;
use crate::maps::EBIKE;
use crate::maps::FOOT;
use crate::maps::Pairs;
use crate::maps::build;
use crate::maps::forbidden;
use crate::maps::map;
use crate::maps::tag_node;
use crate::maps::turn;

/// Two crossings, 1 and 2, joined by way 12; ways 10 west, 11 north and 13 south of crossing
/// 1; ways 20 east, 21 north and 22 south of crossing 2.
fn crossings(restrictions: Vec<RawRestriction>, more: Pairs<'_>) -> RoadData {
    let nodes = [
        (1, 0.0, 0.0),
        (2, 100.0, 0.0),
        (10, -100.0, 0.0),
        (11, 0.0, 100.0),
        (12, 50.0, 0.0),
        (13, 0.0, -100.0),
        (20, 200.0, 0.0),
        (21, 100.0, 100.0),
        (22, 100.0, -100.0),
    ];
    let ways: [(i64, &[i64], Pairs<'_>); 7] = [
        (10, &[10, 1], &[]),
        (11, &[1, 11], &[]),
        (12, &[1, 12, 2], more),
        (13, &[13, 1], &[]),
        (20, &[2, 20], &[]),
        (21, &[2, 21], &[]),
        (22, &[2, 22], &[]),
    ];
    let mut data = map(&nodes, &ways);
    data.restrictions = restrictions;
    data
}

fn car(restriction: RawRestriction) -> Vec<Vec<i64>> {
    turns(&build(&crossings(vec![restriction], &[])), CAR)
}

/// What is forbidden, but for turning round at the bend of way 12, which has its own test.
fn turns(roads: &RoadGraph, profile: ProfileId) -> Vec<Vec<i64>> {
    let mut turns = forbidden(roads, profile);
    turns.retain(|t| !is_turn_at_bend(t));
    turns
}

fn is_turn_at_bend(turn: &[i64]) -> bool {
    matches!(turn, &[from, 12, to] if from == to)
}

/// Where cars may not turn round at the bend of way 12.
fn at_bend(data: &RoadData) -> Vec<Vec<i64>> {
    let mut turns = forbidden(&build(data), CAR);
    turns.retain(|t| is_turn_at_bend(t));
    turns
}

/// Why a restriction is ignored for cars.
fn ignored(restriction: RawRestriction, more: Pairs<'_>) -> Vec<String> {
    let roads = build(&crossings(vec![restriction], more));
    assert!(forbidden(&roads, CAR).is_empty());
    let notes = &roads.notes().profiles[0];
    assert_eq!(notes.restrictions_applied, 0);
    notes.restrictions_ignored.keys().cloned().collect()
}

#[test]
fn no_turn_forbids_the_turn() {
    let no_left = turn("no_left_turn", &[10], Via::Node(1), &[11]);
    assert_eq!(car(no_left), [[10, 1, 11]]);
    let no_u_turn = turn("no_u_turn", &[10], Via::Node(1), &[10]);
    assert_eq!(car(no_u_turn), [[10, 1, 10]]);
}

#[test]
fn only_turn_forbids_all_others() {
    let only = turn("only_straight_on", &[10], Via::Node(1), &[12]);
    assert_eq!(car(only), [[10, 1, 10], [10, 1, 11], [10, 1, 13]]);
}

#[test]
fn via_a_way_the_whole_row_is_forbidden() {
    let no = turn("no_u_turn", &[10], Via::Ways(vec![12]), &[21]);
    assert_eq!(car(no), [[10, 1, 12, 2, 21]]);
    let only = turn("only_straight_on", &[10], Via::Ways(vec![12]), &[20]);
    let others = [[10, 1, 12, 2, 12], [10, 1, 12, 2, 21], [10, 1, 12, 2, 22]];
    assert_eq!(car(only), others);
}

#[test]
fn via_several_ways_in_any_order() {
    let mut data = crossings(Vec::new(), &[]);
    let nodes = [
        (1, 0.0, 0.0),
        (2, 9.0, 0.0),
        (3, 9.0, 9.0),
        (4, 0.0, 9.0),
        (5, 0.0, 20.0),
    ];
    let ways: [(i64, &[i64], Pairs<'_>); 4] = [
        (1, &[1, 2], &[]),
        (2, &[2, 3], &[]),
        (3, &[4, 3], &[]),
        (4, &[4, 5], &[]),
    ];
    for via in [vec![2, 3], vec![3, 2]] {
        data = map(&nodes, &ways);
        data.restrictions = vec![turn("no_entry", &[1], Via::Ways(via), &[4])];
        let mut rows = forbidden(&build(&data), CAR);
        rows.retain(|row| row.len() > 3);
        assert_eq!(rows, [[1, 2, 3, 4, 5]]);
    }
    data.restrictions = vec![turn("no_entry", &[1], Via::Ways(vec![2]), &[4])];
    assert!(forbidden(&build(&data), CAR).is_empty());
}

#[test]
fn no_entry_and_no_exit_may_name_several_ways() {
    let entry = turn("no_entry", &[10, 11], Via::Node(1), &[12]);
    assert_eq!(car(entry), [[10, 1, 12], [11, 1, 12]]);
    let exit = turn("no_exit", &[10], Via::Node(1), &[11, 12]);
    assert_eq!(car(exit), [[10, 1, 11], [10, 1, 12]]);
    let other = turn("no_left_turn", &[10, 11], Via::Node(1), &[12]);
    assert_eq!(ignored(other, &[]), ["several members from or to"]);
}

#[test]
fn vehicles_and_exceptions_are_told_apart() {
    let mut except = turn("no_left_turn", &[10], Via::Node(1), &[11]);
    except.except = vec!["bicycle".to_owned(), "psv".to_owned()];
    let roads = build(&crossings(vec![except], &[]));
    assert_eq!(
        [CAR, EBIKE, FOOT].map(|p| turns(&roads, p).len()),
        [1, 0, 0]
    );
    let mut hgv = turn("no_left_turn", &[10], Via::Node(1), &[11]);
    hgv.vehicle = Some("hgv".to_owned());
    assert_eq!(ignored(hgv, &[]), ["not for this profile"]);
    let mut feet = turn("no_left_turn", &[10], Via::Node(1), &[11]);
    feet.vehicle = Some("foot".to_owned());
    let roads = build(&crossings(vec![feet], &[]));
    assert_eq!(
        [CAR, EBIKE, FOOT].map(|p| turns(&roads, p).len()),
        [0, 0, 1]
    );
}

#[test]
fn conditional_restrictions_are_told_and_not_guessed() {
    let mut at_times = turn("no_left_turn", &[10], Via::Node(1), &[11]);
    at_times.conditional = true;
    let roads = build(&crossings(vec![at_times], &[]));
    assert!(forbidden(&roads, CAR).is_empty());
    assert_eq!(
        roads.notes().conditional,
        ["relation 1: no_left_turn at times only"]
    );
    let ignored = &roads.notes().profiles[0].restrictions_ignored;
    assert_eq!(ignored.get("holds at times only"), Some(&1));
}

#[test]
fn what_cannot_be_told_for_sure_is_left_out() {
    let node = |kind, from, via, to| turn(kind, &[from], Via::Node(via), &[to]);
    let against: Pairs<'_> = &[("oneway", "-1")];
    for (restriction, more, reason) in [
        (
            node("no_parking", 10, 1, 11),
            &[][..],
            "kind of restriction not known",
        ),
        (
            node("no_left_turn", 10, 99, 11),
            &[],
            "via is not on these roads",
        ),
        (
            node("no_left_turn", 99, 1, 11),
            &[],
            "a way is not in the map",
        ),
        (
            node("no_left_turn", 10, 2, 20),
            &[],
            "a way does not touch via",
        ),
        (
            node("no_left_turn", 12, 12, 11),
            &[],
            "a way runs through via",
        ),
        (
            node("only_straight_on", 10, 1, 12),
            against,
            "a way is closed to this profile at via",
        ),
        (
            turn("no_u_turn", &[10], Via::Ways(vec![20]), &[21]),
            &[],
            "via does not join from and to",
        ),
    ] {
        assert_eq!(ignored(restriction, more), [reason]);
    }
}

#[test]
fn a_restriction_does_not_strand_what_it_leads_to() {
    // All that arrives from the west must turn back: 10 can be left but not come from.
    let only = turn("only_u_turn", &[10], Via::Node(1), &[10]);
    let roads = build(&crossings(vec![only], &[]));
    let connected = |r| {
        roads
            .vertex_of(r)
            .is_some_and(|v| roads.is_connected(v, CAR))
    };
    assert!(!connected(10));
    assert!([1, 2, 11, 12, 13, 20, 21, 22].into_iter().all(connected));
}

#[test]
fn a_bend_is_no_way_about_a_restriction() {
    let no_left = || vec![turn("no_left_turn", &[10], Via::Node(1), &[11])];
    assert!(at_bend(&crossings(Vec::new(), &[])).is_empty());
    // Coming from crossing 1 and back to it; from crossing 2 there is nothing to get about.
    assert_eq!(at_bend(&crossings(no_left(), &[])), [[1, 12, 1]]);
    let over = turn("no_u_turn", &[10], Via::Ways(vec![12]), &[21]);
    assert_eq!(
        at_bend(&crossings(vec![over], &[])),
        [[1, 12, 1], [2, 12, 2]]
    );
    // One cannot turn into a one-way street.
    assert!(at_bend(&crossings(no_left(), &[("oneway", "yes")])).is_empty());

    // Before a bollard, and where another street meets, one may turn.
    let mut data = crossings(no_left(), &[]);
    tag_node(&mut data, 12, &[("barrier", "bollard")]);
    assert!(at_bend(&data).is_empty());
    let mut data = crossings(no_left(), &[]);
    data.ways[4].nodes = vec![4, 6];
    assert_eq!(data.nodes[4].id, 12);
    assert!(at_bend(&data).is_empty());
}

#[test]
fn every_bend_until_the_next_crossing_counts_and_dead_ends_do_not() {
    let nodes = [
        (1, 0.0, 0.0),
        (2, -100.0, 0.0),
        (3, 0.0, 100.0),
        (4, 100.0, 0.0),
        (5, 200.0, 10.0),
        (6, 300.0, 0.0),
    ];
    let ways: [(i64, &[i64], Pairs<'_>); 3] = [
        (10, &[2, 1], &[]),
        (11, &[1, 3], &[]),
        (12, &[1, 4, 5, 6], &[]),
    ];
    let mut data = map(&nodes, &ways);
    data.restrictions = vec![turn("no_left_turn", &[10], Via::Node(1), &[11])];
    let turns = forbidden(&build(&data), CAR);
    assert_eq!(turns, [vec![1, 4, 1], vec![2, 1, 3], vec![4, 5, 4]]);
}
