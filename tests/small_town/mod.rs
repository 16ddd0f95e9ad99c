//! A town of eight crossings with two units, and a valid plan for it, all made by hand.
//!
//! ```text
//!  6 ------------ 5 ======> 4 -------> 8      one-way: 4 to 8 to 3
//!    \\            |         |         /       no left turn: from 1-2 into 2-5
//!      \\          |         |       /         key segment: Mill Road, from 5 to 4 only
//!       1 ------- 2 ------- 3 <---- ------ 7
//! ```
//!
//! The base is at 1, the bank at 3, the depot at 5, the jail at 7. Sides are 500 m, but 5-6
//! and 3-7 are 1000 m. Beside the road 5-6 runs a longer one. A motorway from 9 to 10 and
//! back is joined to nothing.
#![allow(dead_code, reason = "each test file uses its own part of the town")]

use std::path::PathBuf;

use geo::Coord;
use geo::MultiPolygon;
use roundsman::ids::*;
use roundsman::plan::*;
use roundsman::roads::*;
use roundsman::scenario::*;
use roundsman::units::*;
use roundsman::world::Stop as Way;
use roundsman::world::World;

pub const CAR: ProfileId = ProfileId(0);
pub const FOOT: ProfileId = ProfileId(1);
pub const BANK: TargetId = TargetId(0);
pub const DEPOT: TargetId = TargetId(1);
pub const MILL: TargetId = TargetId(2);
pub const JAIL: TargetId = TargetId(3);
pub const DAY: DutyId = DutyId(0);
pub const HOUR: i64 = 3600;
pub const HORIZON: i64 = 48 * HOUR;

/// The town as a checker sees it.
pub fn world() -> World {
    let profiles = ["car", "foot"].map(|name| profile::Profile::built_in(name).expect("built in"));
    let roads = RoadGraph::build(&road_data(), &profiles).expect("a sound map");
    let stops = [CAR, FOOT].into_iter().map(|_| stops(&roads)).collect();
    let base = roads.vertex_of(1);
    World {
        scenario: scenario(),
        stops,
        bases: (0..2).map(|_| IdVec::from(vec![base])).collect(),
        roads,
        warnings: Vec::new(),
    }
}

fn road_data() -> RoadData {
    let town = [
        (0, 0),
        (1, 0),
        (2, 0),
        (2, 1),
        (1, 1),
        (-1, 1),
        (4, 0),
        (3, 1),
    ];
    let at = town.into_iter().chain([(50, 0), (51, 0)]);
    let nodes = (1..).zip(at).map(|(id, (x, y))| RoadNode {
        id,
        at: Coord {
            x: f64::from(x) * 500.0,
            y: f64::from(y) * 500.0,
        },
        tags: Tags::default(),
    });
    let two_way = [
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (6, 1),
        (2, 5),
        (3, 7),
    ];
    let mut roads: Vec<RoadWay> = two_way.map(|e| way(e, "residential", "no")).into();
    roads.extend([(4, 8), (8, 3)].map(|e| way(e, "residential", "yes")));
    roads.extend([(9, 10), (10, 9)].map(|e| way(e, "motorway", "yes")));
    roads.push(RoadWay {
        length_metres: Some(1500.0),
        ..way((5, 6), "residential", "no")
    });
    for (id, road) in (1..).zip(&mut roads) {
        road.id = id;
    }
    RoadData {
        planar: true,
        nodes: nodes.collect(),
        ways: roads,
        restrictions: vec![RawRestriction {
            id: 1,
            kind: "no_left_turn".to_owned(),
            vehicle: None,
            from: vec![1],
            via: Via::Node(2),
            to: vec![7],
            except: Vec::new(),
            conditional: false,
        }],
        notes: Notes::default(),
    }
}

fn way((a, b): (u32, u32), highway: &str, oneway: &str) -> RoadWay {
    let tag = |k: &str, v: &str| (k.to_owned(), v.to_owned());
    RoadWay {
        id: 0,
        nodes: vec![a - 1, b - 1],
        tags: Tags::new(vec![tag("highway", highway), tag("oneway", oneway)]),
        length_metres: None,
        kmh: None,
    }
}

fn stops(roads: &RoadGraph) -> IdVec<TargetId, Vec<Way>> {
    let vertex = |node| roads.vertex_of(node).expect("a node of the town");
    let site = |node| {
        vec![Way {
            entry: vertex(node),
            exit: vertex(node),
            reverse: false,
            duration: Seconds(300),
            arcs: Vec::new(),
            length: Millimetres(0),
        }]
    };
    let mill = roads
        .out_arcs(vertex(5))
        .find(|&a| roads.ends(a).1 == vertex(4));
    let mill = mill.expect("Mill Road is there");
    let segment = Way {
        entry: vertex(5),
        exit: vertex(4),
        reverse: false,
        duration: Seconds(120),
        arcs: vec![mill],
        length: roads.length(mill),
    };
    IdVec::from(vec![site(3), site(5), vec![segment], site(7)])
}

fn text(plain: &str) -> Text {
    Text {
        plain: plain.to_owned(),
        zh: None,
    }
}

fn spec(name: &str) -> ProfileSpec {
    ProfileSpec {
        name: name.to_owned(),
        like: name.to_owned(),
        patrol_factor: None,
        urgent_factor: None,
        max_kmh: None,
        segment_kmh: None,
        pass_private: None,
        class_kmh: Vec::new(),
    }
}

fn span(from: i64, to: i64) -> Span {
    Span::new(Seconds(from), Seconds(to))
}

fn target(id: &str, standard: Option<i64>, rate: i64) -> Target {
    let steps = standard.map(|q| (Seconds(q), Level::FULL));
    Target {
        id: id.to_owned(),
        name: text(id),
        kind: String::new(),
        shape: Shape::Site(Coord { x: 0.0, y: 0.0 }),
        standard: standard.map(Seconds),
        hard_weight: 0,
        effect: Effect {
            steps: steps.into_iter().collect(),
        },
        dwell: Seconds(0),
        risk: Risk {
            pieces: vec![(Seconds(0), Rate(rate))],
        },
        windows: vec![span(0, HORIZON)],
        authority: IdVec::from(vec![Level(100), Level(50)]),
        skills: Vec::new(),
        zones: vec![ZoneId(0)],
        last_visit: None,
        last_authority: Level::FULL,
    }
}

fn targets() -> IdVec<TargetId, Target> {
    let mut bank = target("bank", Some(4 * HOUR), 1000);
    bank.windows = vec![span(0, 9 * HOUR)];
    bank.authority = IdVec::from(vec![Level(100), Level(0)]);
    let mut depot = target("depot", Some(6 * HOUR), 2000);
    depot.last_visit = Some(Seconds(-HOUR));
    IdVec::from(vec![
        bank,
        depot,
        target("mill", None, 0),
        target("jail", Some(12 * HOUR), 500),
    ])
}

/// Two inspections of the bank on the first day, an hour apart, by a unit with a dog.
fn order() -> Order {
    Order {
        id: "inspect".to_owned(),
        name: text("inspection"),
        targets: vec![BANK],
        count: 2,
        periods: vec![span(0, 24 * HOUR)],
        spacing: Seconds(HOUR),
        windows: vec![span(HOUR, 8 * HOUR)],
        dwell: Seconds(600),
        skills: vec![SkillId(0)],
        units: vec![UnitId(0)],
        points: 5.0,
        hard_weight: 10,
    }
}

fn unit(id: &str, tier: u32, profile: ProfileId) -> Unit {
    Unit {
        id: id.to_owned(),
        name: text(id),
        tier: TierId(tier),
        base: BaseId(0),
        profile,
        seats: 2,
        skills: vec![SkillId(0)],
        zones: vec![ZoneId(0)],
        min_crew: 2,
        hard_beat: false,
    }
}

fn shift(id: &str, hour: i8) -> Shift {
    Shift {
        id: id.to_owned(),
        name: text(id),
        start: jiff::civil::time(hour, 0, 0, 0),
        length: Seconds(10 * HOUR),
        briefing: Seconds(600),
        handback: Seconds(300),
        breaks: Vec::new(),
    }
}

fn duty(unit: u32, shift: u32, from: i64, to: i64, breaks: Vec<DutyBreak>) -> Duty {
    Duty {
        unit: UnitId(unit),
        shift: ShiftId(shift),
        day: 0,
        span: span(from, to),
        whole: span(from, to),
        route: span(from + 600, to - 300),
        breaks,
    }
}

fn scenario() -> Scenario {
    let at_base = DutyBreak {
        length: Seconds(1800),
        earliest: Seconds(3 * HOUR),
        latest: Seconds(5 * HOUR),
        at_base: true,
    };
    let anywhere = DutyBreak {
        length: Seconds(600),
        earliest: Seconds(6 * HOUR),
        latest: Seconds(8 * HOUR),
        at_base: false,
    };
    let tier = |id: &str, authority| Tier {
        id: id.to_owned(),
        name: text(id),
        authority: Level(authority),
    };
    Scenario {
        file: PathBuf::from("scenario.toml"),
        name: text("small town"),
        start: "2026-03-02T06:00:00+01:00[Europe/Malta]"
            .parse()
            .expect("a date"),
        horizon: Seconds(HORIZON),
        days: vec![span(0, 24 * HOUR), span(24 * HOUR, 48 * HOUR)],
        map: Map {
            file: PathBuf::new(),
            edges: None,
            format: MapFormat::Csv,
            datum: Datum::Planar,
            snap_limit_metres: 100.0,
        },
        profiles: IdVec::from(vec![spec("car"), spec("foot")]),
        tiers: IdVec::from(vec![tier("police", 100), tier("guards", 50)]),
        zones: IdVec::from(vec![Zone {
            id: "town".to_owned(),
            name: text("town"),
            area: MultiPolygon(Vec::new()),
        }]),
        bases: IdVec::from(vec![Base {
            id: "station".to_owned(),
            name: text("station"),
            at: Coord { x: 0.0, y: 0.0 },
        }]),
        skills: IdVec::from(vec!["dog".to_owned()]),
        targets: targets(),
        orders: IdVec::from(vec![order()]),
        units: IdVec::from(vec![unit("car1", 0, CAR), unit("guard1", 1, FOOT)]),
        shifts: IdVec::from(vec![shift("day", 6), shift("late", 15)]),
        duties: IdVec::from(vec![
            duty(0, 0, 0, 10 * HOUR, vec![at_base, anywhere]),
            duty(0, 1, 9 * HOUR, 19 * HOUR, Vec::new()),
            duty(1, 0, 0, 10 * HOUR, Vec::new()),
        ]),
        staff: Staff::default(),
        objective: Objective {
            order_point: 2.0,
            per_km: 3.0,
            per_hour: 7.0,
        },
        response: Response {
            within: Seconds(120),
            tiers: Vec::new(),
        },
        incidents: None,
        warnings: Vec::new(),
    }
}

/// A path over nodes of the town with its true time and length.
pub fn path(world: &World, profile: ProfileId, nodes: &[i64]) -> Path {
    let roads = &world.roads;
    let vertex = |node| roads.vertex_of(node).expect("a node of the town");
    let (mut time, mut length) = (Millis(0), Millimetres(0));
    for ends in nodes.windows(2) {
        let arcs = roads.out_arcs(vertex(ends[0]));
        let arcs = arcs.filter(|&a| roads.ends(a).1 == vertex(ends[1]));
        let costs = arcs.map(|a| (roads.time(a, profile, Pace::Patrol), roads.length(a)));
        let cost = costs.filter_map(|(t, l)| Some((t?, l))).min();
        let (arc_time, arc_length) = cost.expect("a road of the town");
        time += arc_time;
        length += arc_length;
    }
    Path {
        profile: world.scenario.profiles[profile].name.clone(),
        nodes: nodes.to_vec(),
        seconds: time.ceil_seconds(),
        millimetres: length,
    }
}

pub fn visit(target: &str, order: Option<&str>) -> Activity {
    Activity::Visit {
        target: target.to_owned(),
        order: order.map(str::to_owned),
        reverse: false,
    }
}

pub fn stop(what: Activity, from: i64, to: i64, path: Option<u32>) -> Stop {
    Stop {
        what,
        from: Seconds(from),
        to: Seconds(to),
        path,
    }
}

/// A valid plan. The car's stops:
///
/// | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
/// |---|---|---|---|---|---|---|---|---|
/// | start | depot | bank* | base break | bank* | mill | break | jail | end |
///
/// (* for the order). The guard, whose legs have no paths, starts, visits the depot, ends.
pub fn plan(world: &World) -> Plan {
    let h = HOUR;
    let ways: [&[i64]; 7] = [
        &[1, 6, 5],
        &[5, 2, 3],
        &[3, 2, 1],
        &[1, 2, 3],
        &[3, 4, 5],
        &[4, 3, 7],
        &[7, 3, 2, 1],
    ];
    let car = vec![
        stop(Activity::Start, 0, 600, None),
        stop(visit("depot", None), 1000, 1300, Some(0)),
        stop(visit("bank", Some("inspect")), h, h + 600, Some(1)),
        stop(Activity::Break { rule: 0 }, 3 * h, 3 * h + 1800, Some(2)),
        stop(visit("bank", Some("inspect")), 4 * h, 4 * h + 900, Some(3)),
        stop(visit("mill", None), 5 * h, 5 * h + 120, Some(4)),
        stop(Activity::Break { rule: 1 }, 6 * h, 6 * h + 600, None),
        stop(visit("jail", None), 7 * h, 7 * h + 300, Some(5)),
        stop(Activity::End, 9 * h, 10 * h, Some(6)),
    ];
    let guard = vec![
        stop(Activity::Start, 0, 600, None),
        stop(visit("depot", None), 2 * h, 2 * h + 300, None),
        stop(Activity::End, 4 * h, 10 * h, None),
    ];
    let duty = |unit: &str, stops| DutyPlan {
        unit: unit.to_owned(),
        shift: "day".to_owned(),
        day: 0,
        stops,
    };
    Plan {
        version: PLAN_VERSION,
        scenario: "small town".to_owned(),
        start: "2026-03-02T06:00:00+01:00[Europe/Malta]".to_owned(),
        made: None,
        bound: None,
        duties: vec![duty("car1", car), duty("guard1", guard)],
        roster: None,
        paths: ways.iter().map(|nodes| path(world, CAR, nodes)).collect(),
    }
}
