//! Small random towns solved to optimality by looking at every combination of routes; the
//! optimiser must match each, and the checker must say the same of its plan.
//!
//! Everything is a multiple of one minute, the checker values and the enumeration count
//! minute by minute, so the optimum over minutes is the optimum: for fixed sequences the value
//! is linear between the instants at which something begins or ends, and those are whole
//! minutes (difference constraints have integral vertices).

use geo::Coord;
use roundsman::check::check;
use roundsman::ids::*;
use roundsman::patrol::compile::compile;
use roundsman::patrol::instance::Instance;
use roundsman::patrol::instance::NONE;
use roundsman::patrol::instance::UNREACHABLE;
use roundsman::planner;
use roundsman::rng::Rng;
use roundsman::roads::*;
use roundsman::scenario::*;
use roundsman::units::*;
use roundsman::world::World;

/// One minute: the unit of everything.
const U: i32 = 60;
/// Side of a block: a minute's drive at 36 km/h.
const SIDE: f64 = 600.0;
const TOWNS: u64 = 120;

#[test]
fn the_optimiser_finds_what_enumeration_finds() {
    let mut found = 0;
    for seed in 0..TOWNS {
        let world = town(&mut Rng::stream(seed, 1, 2));
        let compiled = compile(&world).expect("a sound scenario");
        let best = enumerate(&compiled.instance);
        let options = planner::Options {
            seed,
            islands: 2,
            schedule: Some(60),
        };
        let planned = planner::plan_compiled(&world, &compiled, options, |progress| {
            let found = (progress.best.broken, progress.best.value) == best;
            if found || progress.epoch == 60 {
                return planner::Control::Stop;
            }
            planner::Control::Continue
        });
        let planned = planned.expect("paths of all legs");
        let verdict = check(&world, &planned.plan);
        assert_eq!(verdict.violations, [], "town {seed}");
        let score = (planned.score.broken, planned.score.value);
        assert_eq!(score, best, "town {seed}: found against best");
        assert_eq!(verdict.broken_promises_seconds, best.0, "town {seed}");
        found += usize::from(best.1 > 0);
    }
    assert!(found as u64 > TOWNS / 2, "most towns are worth patrolling");
}

// --- every combination of routes -------------------------------------------------------

/// A visit as a bit: which task, at which minute.
#[derive(Clone, Copy)]
struct Visit {
    task: usize,
    start: i32,
}

/// Fewest broken promises, then most value, over all pairs of routes.
fn enumerate(instance: &Instance) -> (i64, i64) {
    let minutes = instance.horizon / U;
    let visits: Vec<Visit> = (0..instance.tasks.len())
        .flat_map(|task| (0..minutes).map(move |m| Visit { task, start: m * U }))
        .collect();
    assert!(visits.len() <= 128, "one bit each");
    let mut sets = Vec::new();
    for duty in 0..instance.duties.len() {
        let mut masks = routes(instance, duty, &visits);
        keep_maximal(instance, &mut masks, &visits);
        sets.push(masks);
    }
    let mut best: Option<(i64, i64)> = None;
    for &a in &sets[0] {
        for &b in sets.get(1).map_or(&[0][..], |s| s) {
            if let Some((broken, value)) = worth(instance, &[a, b], &visits)
                && best.is_none_or(|(x, y)| (broken, -value) < (x, -y))
            {
                best = Some((broken, value));
            }
        }
    }
    best.expect("staying at base is always possible")
}

/// All sets of visits that one duty can make, by trying everything minute by minute.
fn routes(instance: &Instance, duty: usize, visits: &[Visit]) -> Vec<u128> {
    let mut out = std::collections::BTreeSet::new();
    let d = &instance.duties[duty];
    let from = (d.from, d.start, 0usize);
    walk(instance, duty, visits, from, 0, &mut out);
    out.into_iter().collect()
}

fn walk(
    instance: &Instance,
    duty: usize,
    visits: &[Visit],
    (spot, now, breaks): (u32, i32, usize),
    made: u128,
    out: &mut std::collections::BTreeSet<u128>,
) {
    let d = &instance.duties[duty];
    let crew = &instance.crews[d.crew as usize];
    let time = |a: u32, b: u32| instance.time(crew.mode, a, b);
    if breaks == d.breaks.len() && now + time(spot, d.to) <= d.end {
        out.insert(made);
    }
    if let Some(b) = d.breaks.get(breaks) {
        let place = if b.spot == NONE { spot } else { b.spot };
        let drive = if b.spot == NONE { 0 } else { time(spot, place) };
        let mut start = b.earliest.max(now + drive);
        start = (start + U - 1) / U * U;
        while start <= b.latest {
            let then = (place, start + b.length, breaks + 1);
            walk(instance, duty, visits, then, made, out);
            start += U;
        }
    }
    for (k, v) in visits.iter().enumerate() {
        let t = &instance.tasks[v.task];
        if !crew.tasks.contains(&(v.task as u32)) || time(spot, t.spot) >= UNREACHABLE {
            continue;
        }
        let end = v.start + t.length[crew.mode as usize];
        let inside = t
            .windows
            .iter()
            .any(|w| w.open <= v.start && end <= w.close);
        if inside && v.start >= now + time(spot, t.spot) && end <= d.end {
            let then = (t.spot, end, breaks);
            walk(instance, duty, visits, then, made | 1 << k, out);
        }
    }
}

/// Drops sets that another contains with the same order visits: protection only grows.
fn keep_maximal(instance: &Instance, masks: &mut Vec<u128>, visits: &[Visit]) {
    let order = |v: &Visit| instance.tasks[v.task].series != NONE;
    let ordered: u128 = visits
        .iter()
        .enumerate()
        .filter(|(_, v)| order(v))
        .map(|(k, _)| 1 << k)
        .sum();
    masks.sort_by_key(|m| std::cmp::Reverse(m.count_ones()));
    let mut kept: Vec<u128> = Vec::new();
    for &m in masks.iter() {
        let contained = |k: &u128| k & m == m && k & ordered == m & ordered;
        if !kept.iter().any(contained) {
            kept.push(m);
        }
    }
    *masks = kept;
}

/// Broken promises and value of a pair of routes, minute by minute from the definition;
/// `None` when order visits stand too close or count for no demand.
fn worth(instance: &Instance, masks: &[u128], visits: &[Visit]) -> Option<(i64, i64)> {
    let mut made: Vec<(usize, usize, i32, i32)> = Vec::new();
    for (duty, &mask) in masks.iter().enumerate().take(instance.duties.len()) {
        let mode = instance.mode_of(duty) as usize;
        let mut rest = mask;
        while rest != 0 {
            let v = visits[rest.trailing_zeros() as usize];
            rest &= rest - 1;
            made.push((
                duty,
                v.task,
                v.start,
                v.start + instance.tasks[v.task].length[mode],
            ));
        }
    }
    let (mut broken, mut value) = (0, 0);
    let mut met = vec![0u32; instance.quotas.len()];
    for (k, &(_, task, start, end)) in made.iter().enumerate() {
        let t = &instance.tasks[task];
        if t.series == NONE {
            continue;
        }
        let spacing = instance.series[t.series as usize].spacing;
        for &(_, other, s, e) in &made[..k] {
            let same = instance.tasks[other].series == t.series;
            if same && !(e + spacing <= start || end + spacing <= s) {
                return None;
            }
        }
        let window = t
            .windows
            .iter()
            .find(|w| w.open <= start && end <= w.close)?;
        met[window.quota as usize] += 1;
        value += t.points;
    }
    for (quota, &met) in instance.quotas.iter().zip(&met) {
        if met > quota.count {
            return None;
        }
        broken += quota.broken * i64::from(quota.count - met);
    }
    for (c, cover) in instance.covers.iter().enumerate() {
        let here: Vec<_> = made
            .iter()
            .filter(|m| instance.tasks[m.1].cover == c as u32)
            .collect();
        for t in (0..instance.horizon).step_by(U as usize) {
            let fade = |end: i32| {
                let step = cover.steps.iter().find(|s| t < end + s.0);
                step.map_or(0, |s| i64::from(s.1))
            };
            let by = |m: &&&(usize, usize, i32, i32)| {
                let crew = &instance.crews[instance.duties[m.0].crew as usize];
                i64::from(crew.level[c]) * fade(m.3)
            };
            let started = here.iter().filter(|m| m.2 <= t);
            let now = started.clone().map(|m| by(&m)).max().unwrap_or(0);
            let past = cover
                .before
                .map_or(0, |(end, level)| i64::from(level) * fade(end));
            value += now.max(past) * cover.risk.between(t, t + U);
            let last = started.map(|m| m.3).max().unwrap_or(i32::MIN);
            let last = last.max(cover.before.map_or(0, |b| b.0));
            if t >= last + cover.standard {
                broken += cover.hard * i64::from(U);
            }
        }
    }
    Some((broken, value))
}

// --- random towns ----------------------------------------------------------------------

/// A street of three to five crossings, perhaps closed to a ring, with two units of two tiers
/// on duties of a few minutes.
fn town(rng: &mut Rng) -> World {
    let crossings = rng.between(3, 5) as usize;
    let ring = rng.chance(0.4);
    let horizon = rng.between(8, 10) as i32 * U;
    let scenario = scenario(rng, crossings, Seconds(i64::from(horizon)));
    World::place(scenario, &roads(crossings, ring)).expect("a town that can be placed")
}

/// On a line; a ring closes with an edge whose length is given.
fn at(crossing: usize) -> Coord<f64> {
    Coord {
        x: crossing as f64 * SIDE,
        y: 0.0,
    }
}

fn roads(crossings: usize, ring: bool) -> RoadData {
    let nodes = (0..crossings).map(|k| RoadNode {
        id: k as i64 + 1,
        at: at(k),
        tags: Tags::default(),
    });
    let mut edges: Vec<(usize, usize)> = (1..crossings).map(|k| (k - 1, k)).collect();
    if ring {
        edges.push((0, crossings - 1));
    }
    let ways = edges.iter().zip(1..).map(|(&(a, b), id)| RoadWay {
        id,
        nodes: vec![a as u32, b as u32],
        tags: Tags::new(vec![("highway".to_owned(), "residential".to_owned())]),
        length_metres: Some(SIDE),
        kmh: None,
    });
    RoadData {
        planar: true,
        nodes: nodes.collect(),
        ways: ways.collect(),
        restrictions: Vec::new(),
        notes: Notes::default(),
    }
}

fn text(plain: &str) -> Text {
    Text {
        plain: plain.to_owned(),
        zh: None,
    }
}

fn minutes(n: i64) -> Seconds {
    Seconds(n * i64::from(U))
}

fn profile(name: &str, kmh: f64) -> ProfileSpec {
    ProfileSpec {
        name: name.to_owned(),
        like: "car".to_owned(),
        patrol_factor: Some(1.0),
        urgent_factor: None,
        max_kmh: None,
        segment_kmh: Some(kmh),
        pass_private: None,
        class_kmh: vec![("residential".to_owned(), kmh)],
    }
}

fn scenario(rng: &mut Rng, crossings: usize, horizon: Seconds) -> Scenario {
    let whole = Span::new(Seconds(0), horizon);
    let mut targets = Vec::new();
    for k in 0..rng.between(1, 2) {
        let mut t = target(rng, &format!("site-{k}"), whole);
        t.shape = Shape::Site(at(rng.below(crossings)));
        targets.push(t);
    }
    if rng.chance(0.6) {
        let mut t = target(rng, "segment", whole);
        let from = rng.below(crossings - 1);
        t.shape = Shape::Segment {
            line: vec![at(from), at(from + 1)],
            both_ways: rng.chance(0.5),
        };
        t.dwell = Seconds(0);
        targets.push(t);
    }
    let orders = orders(rng, targets.len(), whole);
    let units = [0, 1].map(|k| Unit {
        id: format!("unit-{k}"),
        name: text("unit"),
        tier: TierId(k),
        base: BaseId(k),
        profile: ProfileId(k),
        seats: 2,
        skills: Vec::new(),
        zones: Vec::new(),
        min_crew: 2,
        hard_beat: false,
    });
    let bases = [0, 1].map(|k| Base {
        id: format!("base-{k}"),
        name: text("base"),
        at: at(rng.below(crossings)),
    });
    let tier = |id: &str| Tier {
        id: id.to_owned(),
        name: text(id),
        authority: Level::FULL,
    };
    let day = jiff::civil::date(2026, 11, 23).to_zoned(jiff::tz::TimeZone::UTC);
    Scenario {
        file: "town".into(),
        name: text("town"),
        start: day.expect("a day"),
        horizon,
        days: vec![whole],
        map: Map {
            file: "town".into(),
            edges: None,
            format: MapFormat::Csv,
            datum: Datum::Planar,
            snap_limit_metres: 100.0,
        },
        profiles: IdVec::from(vec![profile("car", 36.0), profile("bike", 18.0)]),
        tiers: IdVec::from(vec![tier("police"), tier("guards")]),
        zones: IdVec::new(),
        bases: IdVec::from(bases.to_vec()),
        skills: IdVec::new(),
        targets: IdVec::from(targets),
        orders: IdVec::from(orders),
        units: IdVec::from(units.to_vec()),
        shifts: IdVec::from(vec![Shift {
            id: "shift".to_owned(),
            name: text("shift"),
            start: jiff::civil::time(0, 0, 0, 0),
            length: whole.length(),
            briefing: Seconds(0),
            handback: Seconds(0),
            breaks: Vec::new(),
        }]),
        duties: IdVec::from(duties(rng, whole)),
        staff: Staff::default(),
        objective: Objective {
            order_point: 1.0,
            per_km: 0.0,
            per_hour: 0.0,
        },
        response: Response {
            within: minutes(1),
            tiers: Vec::new(),
        },
        incidents: None,
        warnings: Vec::new(),
    }
}

fn target(rng: &mut Rng, id: &str, whole: Span) -> Target {
    let standard = minutes(rng.between(1, 5));
    let steps = if rng.chance(0.7) {
        vec![(standard, Level::FULL)]
    } else {
        vec![
            (minutes(1), Level(90)),
            (minutes(rng.between(2, 5)), Level(40)),
        ]
    };
    let noon = minutes(rng.between(2, 6));
    let rate = |rng: &mut Rng| Rate(rng.between(1, 9) * 1000);
    let windows = if rng.chance(0.25) {
        vec![Span::new(noon, whole.end)]
    } else {
        vec![whole]
    };
    Target {
        id: id.to_owned(),
        name: text(id),
        kind: String::new(),
        shape: Shape::Site(Coord { x: 0.0, y: 0.0 }),
        standard: Some(standard),
        hard_weight: if rng.chance(0.25) {
            rng.between(1, 3)
        } else {
            0
        },
        effect: Effect { steps },
        dwell: minutes(1),
        risk: Risk {
            pieces: vec![(Seconds(0), rate(rng)), (noon, rate(rng))],
        },
        windows,
        authority: IdVec::from(vec![Level(100), Level([100, 60, 0][rng.below(3)])]),
        skills: Vec::new(),
        zones: Vec::new(),
        last_visit: rng.chance(0.3).then(|| minutes(-rng.between(0, 2))),
        last_authority: Level(80),
    }
}

fn orders(rng: &mut Rng, targets: usize, whole: Span) -> Vec<Order> {
    if rng.chance(0.4) {
        return Vec::new();
    }
    let promise = rng.chance(0.5);
    vec![Order {
        id: "order".to_owned(),
        name: text("order"),
        targets: match rng.chance(0.4) {
            true => (0..targets).map(TargetId::new).collect(),
            false => vec![TargetId::new(rng.below(targets))],
        },
        count: rng.between(1, 2) as u32,
        periods: vec![whole],
        spacing: minutes(rng.between(0, 3)),
        windows: vec![whole],
        dwell: minutes(rng.between(1, 2)),
        skills: Vec::new(),
        units: Vec::new(),
        points: if promise {
            0.0
        } else {
            rng.between(1, 5) as f64 / 10.0
        },
        hard_weight: if promise { 2 } else { 0 },
    }]
}

fn duties(rng: &mut Rng, whole: Span) -> Vec<Duty> {
    let mut duties = Vec::new();
    for unit in 0..rng.between(1, 2) as u32 {
        let late = minutes(rng.between(0, 2));
        let span = Span::new(whole.start + late, whole.end);
        let mut breaks = Vec::new();
        for _ in 0..[0, 1, 1, 2][rng.below(4)] {
            breaks.push(DutyBreak {
                length: minutes(1),
                earliest: span.start + minutes(2),
                latest: span.start + minutes(rng.between(3, 4)),
                at_base: rng.chance(0.5),
            });
        }
        duties.push(Duty {
            unit: UnitId(unit),
            shift: ShiftId(0),
            day: 0,
            span,
            whole: span,
            route: span,
            breaks,
        });
    }
    duties
}
