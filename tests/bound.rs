//! The proven bound against every plan there is: small random problems solved by looking at
//! all routes, whose best value no bound may be below.

use std::collections::BTreeSet;

use roundsman::patrol::bound::Effort;
use roundsman::patrol::bound::prove;
use roundsman::patrol::cover::Cover;
use roundsman::patrol::instance::Break;
use roundsman::patrol::instance::Crew;
use roundsman::patrol::instance::Duty;
use roundsman::patrol::instance::Instance;
use roundsman::patrol::instance::Mode;
use roundsman::patrol::instance::NONE;
use roundsman::patrol::instance::Quota;
use roundsman::patrol::instance::Series;
use roundsman::patrol::instance::Task;
use roundsman::patrol::instance::Window;
use roundsman::patrol::risk::RiskIntegral;
use roundsman::patrol::search;
use roundsman::patrol::search::Control;
use roundsman::patrol::search::Progress;
use roundsman::rng::Rng;

/// Towns of each kind, and three times as many teams.
const CASES: u64 = 80;

/// A visit: which task in which of its windows, and when.
type Visit = (u32, usize, i32);

/// A small town: three places, two crews of different level, orders, breaks, last visits. With
/// minutes of sixty ticks and one duty, units wait, forget and return within their patience.
fn town(rng: &mut Rng, minute: i32, duties: u32) -> Instance {
    let m = minute;
    let odd = |rng: &mut Rng, most: usize| {
        if minute > 1 {
            rng.below(most) as i32
        } else {
            0
        }
    };
    let horizon = (40 + rng.below(30) as i32) * m;
    let spots = 5;
    let at: Vec<(i32, i32)> = (0..spots)
        .map(|_| (rng.below(6) as i32, rng.below(6) as i32))
        .collect();
    let time = |a: usize, b: usize| {
        ((at[a].0 - at[b].0).abs() + (at[a].1 - at[b].1).abs()) * m
            + 7 * i32::from(a != b && minute > 1)
    };
    let times = (0..spots * spots).map(|k| time(k / spots, k % spots));
    let mut instance = Instance {
        horizon,
        spots,
        modes: vec![Mode {
            times: times.collect(),
        }],
        ..Instance::default()
    };
    let places = 2 + rng.below(2);
    for c in 0..places {
        let pieces = [
            (0, 1 + rng.below(5) as i64),
            (horizon / 2, rng.below(9) as i64),
        ];
        let steps = match rng.below(3) {
            0 => vec![((8 + rng.below(20) as i32) * m + odd(rng, 60), 100)],
            1 => vec![
                (5 * m + odd(rng, 20), 100),
                (14 * m + odd(rng, 20), 60),
                (22 * m, 20),
            ],
            _ => vec![(9 * m, 80), (18 * m + odd(rng, 20), 30)],
        };
        let length = (1 + rng.below(8) as i32) * m + odd(rng, 9);
        instance.covers.push(Cover {
            risk: RiskIntegral::new(&pieces, horizon),
            steps,
            // Of order visits too.
            longest: length.max(6 * m),
            before: rng.chance(0.4).then(|| (-(rng.below(9) as i32) * m, 70)),
            horizon,
            ..Cover::default()
        });
        instance.tasks.push(Task {
            spot: 1 + c as u32,
            cover: c as u32,
            series: NONE,
            windows: vec![Window {
                open: 0,
                close: horizon,
                quota: NONE,
            }],
            length: vec![length],
            points: 0,
        });
    }
    if rng.chance(0.5) {
        // An order: counted once at its place, so many in all.
        instance.quotas.push(Quota {
            count: 1,
            broken: 0,
        });
        for c in 0..2 {
            let open = rng.below(20) as i32 * m;
            instance.series.push(Series { spacing: horizon });
            instance.tasks.push(Task {
                spot: 1 + c,
                cover: c,
                series: c,
                windows: vec![Window {
                    open,
                    close: open + 25 * m,
                    quota: 0,
                }],
                length: vec![6 * m],
                points: i64::from(minute) * (200_000 + rng.below(400_000) as i64),
            });
        }
    }
    let tasks: Vec<u32> = (0..instance.tasks.len() as u32).collect();
    for level in [100, 50] {
        instance.crews.push(Crew {
            mode: 0,
            tasks: tasks.clone(),
            level: vec![level; places],
        });
    }
    for crew in 0..duties {
        let start = rng.below(8) as i32 * m;
        let pause = Break {
            spot: [NONE, 0][rng.below(2)],
            earliest: start + 8 * m,
            latest: start + 16 * m,
            length: 4 * m + rng.below(8) as i32 * m,
        };
        instance.duties.push(Duty {
            crew,
            from: 0,
            to: 0,
            start,
            end: start + (24 + rng.below(8) as i32) * m,
            breaks: if rng.chance(0.5) {
                vec![pause]
            } else {
                Vec::new()
            },
        });
    }
    instance.prepare(10);
    instance
}

/// All sets of visits that one duty can make.
fn routes(instance: &Instance, duty: usize) -> Vec<Vec<Visit>> {
    let mut found = BTreeSet::new();
    let d = &instance.duties[duty];
    walk(
        instance,
        duty,
        (d.from, d.start, 0),
        &mut Vec::new(),
        &mut found,
    );
    found.into_iter().collect()
}

/// Units wait for so many ticks or a multiple: enough of the space to be worth holding.
fn pace(instance: &Instance) -> usize {
    if instance.horizon > 1000 { 240 } else { 3 }
}

fn walk(
    instance: &Instance,
    duty: usize,
    (spot, now, breaks): (u32, i32, usize),
    made: &mut Vec<Visit>,
    found: &mut BTreeSet<Vec<Visit>>,
) {
    let d = &instance.duties[duty];
    let time = |a, b| instance.time(0, a, b);
    if found.len() > PAIRS {
        return;
    }
    if breaks == d.breaks.len() && now + time(spot, d.to) <= d.end {
        found.insert(made.clone());
    }
    if let Some(b) = d.breaks.get(breaks) {
        let place = if b.spot == NONE { spot } else { b.spot };
        let first = b.earliest.max(now + time(spot, place));
        for start in (first..=b.latest).step_by(pace(instance)) {
            walk(
                instance,
                duty,
                (place, start + b.length, breaks + 1),
                made,
                found,
            );
        }
    }
    for (t, task) in instance.tasks.iter().enumerate() {
        let length = task.length[0];
        for (w, window) in task.windows.iter().enumerate() {
            let first = window.open.max(now + time(spot, task.spot));
            for start in (first..=window.close - length).step_by(pace(instance)) {
                if start + length + time(task.spot, d.to) > d.end {
                    break;
                }
                made.push((t as u32, w, start));
                walk(
                    instance,
                    duty,
                    (task.spot, start + length, breaks),
                    made,
                    found,
                );
                made.pop();
            }
        }
    }
}

/// Value of visits by the definition.
fn worth(instance: &Instance, plan: &[&Vec<Visit>]) -> Option<i64> {
    let mut lists = vec![Vec::new(); instance.covers.len()];
    let mut met = vec![0; instance.quotas.len()];
    let mut once = vec![0; instance.series.len()];
    let mut value = 0;
    for (duty, visits) in plan.iter().enumerate() {
        let crew = &instance.crews[instance.duties[duty].crew as usize];
        for &(t, w, start) in *visits {
            let task = &instance.tasks[t as usize];
            value += task.points;
            if let Some(met) = met.get_mut(task.windows[w].quota as usize) {
                *met += 1;
            }
            if let Some(once) = once.get_mut(task.series as usize) {
                *once += 1;
            }
            if let Some(list) = lists.get_mut(task.cover as usize) {
                list.push(roundsman::patrol::cover::Presence {
                    start,
                    end: start + task.length[0],
                    level: crew.level[task.cover as usize],
                    duty: duty as u32,
                });
            }
        }
    }
    let counted = met.iter().zip(&instance.quotas).all(|(&m, q)| m <= q.count);
    if !counted || once.iter().any(|&n| n > 1) {
        return None;
    }
    for (cover, list) in instance.covers.iter().zip(&mut lists) {
        list.sort_unstable();
        value += cover.recost(list).0;
    }
    Some(value)
}

/// Most pairs of routes looked at.
const PAIRS: usize = 100_000;

/// The greatest value of any plan; `None` where there are too many.
fn greatest(instance: &Instance) -> Option<i64> {
    let sets: Vec<Vec<Vec<Visit>>> = (0..instance.duties.len())
        .map(|d| routes(instance, d))
        .collect();
    let nobody = vec![Vec::new()];
    let second = sets.get(1).unwrap_or(&nobody);
    if sets[0].len() * second.len() > PAIRS {
        return None;
    }
    let pairs = sets[0]
        .iter()
        .flat_map(|a| second.iter().map(move |b| (a, b)));
    let both = |(a, b): (&Vec<Visit>, &Vec<Visit>)| match sets.len() {
        1 => worth(instance, &[a]),
        _ => worth(instance, &[a, b]),
    };
    pairs.filter_map(both).max()
}

fn rounds(wanted: u32) -> impl FnMut(roundsman::patrol::bound::Progress) -> Control {
    move |progress| match progress.round < wanted {
        true => Control::Continue,
        false => Control::Stop,
    }
}

#[test]
fn no_plan_of_two_units_is_worth_more_than_the_bound() {
    let mut seen = 0;
    for case in 0..CASES {
        let mut rng = Rng::stream(case, 21, 0);
        let instance = town(&mut rng, 1, 1 + case as u32 % 2);
        let Some(best) = greatest(&instance) else {
            continue;
        };
        seen += 1;
        let effort = Effort {
            floor: 0,
            slot: 1 + rng.below(3) as i32,
        };
        let made = rng.below(80) as u32;
        let proof = prove(&instance, effort, rounds(made)).expect("visits take time");
        assert!(proof.value >= best, "case {case}: {} < {best}", proof.value);
        let most = instance.total_risk() + 3_000_000;
        assert!(proof.value <= most, "case {case}: more than everything");
    }
    assert!(seen > CASES / 2, "most towns are small enough: {seen}");
}

#[test]
fn no_plan_is_worth_more_than_the_bound_where_units_wait_and_return() {
    let mut shares = Vec::new();
    for case in 0..CASES {
        let mut rng = Rng::stream(case, 25, 0);
        let instance = town(&mut rng, 60, 1);
        let Some(best) = greatest(&instance) else {
            continue;
        };
        for slot in [1, 7, 45] {
            let effort = Effort { floor: 0, slot };
            let proof = prove(&instance, effort, rounds(80)).expect("visits take time");
            let value = proof.value;
            assert!(value >= best, "case {case}, slot {slot}: {value} < {best}");
            if slot == 1 {
                shares.push(best as f64 / value.max(1) as f64);
            }
        }
    }
    assert!(
        shares.len() as u64 > CASES / 2,
        "most towns are small enough"
    );
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    assert!(mean > 0.6, "a bound should be near: {mean}");
}

/// A break taken anywhere parts two visits of one place, so the second counts in full.
#[test]
fn a_break_makes_units_forget() {
    let horizon = 3000;
    let window = Window {
        open: 0,
        close: horizon,
        quota: NONE,
    };
    let mut instance = Instance {
        horizon,
        spots: 2,
        modes: vec![Mode {
            times: vec![0, 60, 60, 0],
        }],
        covers: vec![Cover {
            risk: RiskIntegral::new(&[(0, 1000)], horizon),
            steps: vec![(600, 100)],
            longest: 300,
            horizon,
            ..Cover::default()
        }],
        tasks: vec![Task {
            spot: 1,
            cover: 0,
            series: NONE,
            windows: vec![window],
            length: vec![300],
            points: 0,
        }],
        crews: vec![Crew {
            mode: 0,
            tasks: vec![0],
            level: vec![100],
        }],
        duties: vec![Duty {
            crew: 0,
            from: 0,
            to: 0,
            start: 0,
            end: 1920,
            breaks: vec![Break {
                spot: NONE,
                earliest: 360,
                latest: 360,
                length: 1200,
            }],
        }],
        ..Instance::default()
    };
    instance.prepare(2);
    let best = greatest(&instance).expect("few plans");
    for slot in [1, 10] {
        let effort = Effort { floor: 0, slot };
        let proof = prove(&instance, effort, rounds(80)).expect("visits take time");
        assert!(proof.value >= best, "{} < {best}", proof.value);
        assert!(
            proof.value as f64 <= 1.02 * best as f64,
            "one duty, one place"
        );
    }
}

/// Team orienteering: places that count once, some of them taking no time.
fn orienteering(rng: &mut Rng) -> Instance {
    let spots = 7;
    let at: Vec<(i32, i32)> = (0..spots)
        .map(|_| (rng.below(12) as i32, rng.below(12) as i32))
        .collect();
    let time = |a: usize, b: usize| 1 + (at[a].0 - at[b].0).abs() + (at[a].1 - at[b].1).abs();
    let times = (0..spots * spots).map(|k| match k / spots == k % spots {
        true => 0,
        false => time(k / spots, k % spots),
    });
    let end = 20 + rng.below(30) as i32;
    let mut instance = Instance {
        horizon: end + 1,
        spots,
        modes: vec![Mode {
            times: times.collect(),
        }],
        duties: vec![
            Duty {
                crew: 0,
                from: 0,
                to: 0,
                start: 0,
                end,
                breaks: Vec::new(),
            };
            1 + rng.below(2)
        ],
        ..Instance::default()
    };
    for spot in 1..spots as u32 {
        let open = rng.below(15) as i32;
        instance.series.push(Series {
            spacing: i32::MAX / 4,
        });
        instance.tasks.push(Task {
            spot,
            cover: NONE,
            series: spot - 1,
            windows: vec![Window {
                open,
                close: open + 10 + rng.below(30) as i32,
                quota: NONE,
            }],
            length: vec![rng.below(3) as i32],
            points: 1 + rng.below(30) as i64,
        });
    }
    instance.crews.push(Crew {
        mode: 0,
        tasks: (0..spots as u32 - 1).collect(),
        level: Vec::new(),
    });
    instance.prepare(10);
    instance
}

/// All sets of places that one duty can visit, as bits.
fn sets(instance: &Instance, spot: u32, now: i32, made: u32, found: &mut BTreeSet<u32>) {
    let d = &instance.duties[0];
    if now + instance.time(0, spot, d.to) > d.end {
        return;
    }
    found.insert(made);
    for (t, task) in instance.tasks.iter().enumerate() {
        let start = task.windows[0]
            .open
            .max(now + instance.time(0, spot, task.spot));
        let end = start + task.length[0];
        if made & 1 << t == 0 && end <= task.windows[0].close {
            sets(instance, task.spot, end, made | 1 << t, found);
        }
    }
}

#[test]
fn no_team_collects_more_than_the_bound() {
    let mut shares = Vec::new();
    for case in 0..3 * CASES {
        let mut rng = Rng::stream(case, 22, 0);
        let instance = orienteering(&mut rng);
        let mut all = BTreeSet::new();
        sets(&instance, 0, 0, 0, &mut all);
        let points = |set: u32| {
            let inside = instance
                .tasks
                .iter()
                .enumerate()
                .filter(|(t, _)| set & 1 << t != 0);
            inside.map(|(_, t)| t.points).sum::<i64>()
        };
        let best = match instance.duties.len() {
            1 => all.iter().map(|&a| points(a)).max(),
            _ => {
                let pairs = all.iter().flat_map(|&a| all.iter().map(move |&b| a | b));
                pairs.map(points).max()
            }
        };
        let best = best.expect("staying at home");
        let effort = Effort {
            floor: best,
            slot: 1 + rng.below(2) as i32,
        };
        let proof = prove(&instance, effort, rounds(60)).expect("every way takes time");
        assert!(proof.value >= best, "case {case}: {} < {best}", proof.value);
        if best > 0 {
            shares.push(best as f64 / proof.value as f64);
        }
    }
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    assert!(mean > 0.75, "a bound should be near: {mean}");
}

#[test]
fn threads_do_not_change_the_bound() {
    let instance = town(&mut Rng::stream(3, 23, 0), 60, 2);
    let prove = |threads| {
        roundsman::par::with_threads(threads, || {
            let effort = Effort { floor: 0, slot: 1 };
            let proof = prove(&instance, effort, rounds(30)).expect("visits take time");
            (proof.value, proof.duties, proof.places, proof.hours)
        })
    };
    let one = prove(1).expect("a thread");
    assert_eq!(one, prove(2).expect("threads"));
}

#[test]
fn the_search_never_passes_the_bound() {
    for case in 0..60 {
        let instance = town(&mut Rng::stream(case, 24, 0), 60, 2);
        let options = search::Options {
            seed: case,
            islands: 2,
            schedule: Some(10),
        };
        let stop = |p: Progress| match p.epoch < 10 {
            true => Control::Continue,
            false => Control::Stop,
        };
        let outcome = search::solve(&instance, options, stop);
        let effort = Effort {
            floor: outcome.score.value,
            slot: 1,
        };
        let proof = prove(&instance, effort, rounds(30)).expect("visits take time");
        assert!(proof.value >= outcome.score.value, "case {case}");
    }
}
