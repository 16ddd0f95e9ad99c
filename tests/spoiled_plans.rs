//! A valid plan, spoiled in one way at a time: the checker must refuse each with its own
//! code and no other.

mod small_town;

use std::collections::BTreeSet;

use proptest::prelude::*;
use roundsman::check::Code;
use roundsman::check::Promise;
use roundsman::check::Verdict;
use roundsman::check::check;
use roundsman::ids::*;
use roundsman::plan::*;
use roundsman::units::*;
use roundsman::world::World;
use small_town::*;

type Spoil = fn(&mut World, &mut Plan);

/// One way to spoil the plan (or to change what is asked under it) for each code.
const SPOILED: &[(Code, Spoil)] = &[
    (Code::Version, |_, p| p.version += 1),
    (Code::Scenario, |_, p| p.scenario.push('!')),
    (Code::Start, |_, p| {
        p.start = "2026-03-02T07:00:00+01:00[Europe/Malta]".to_owned()
    }),
    (Code::Start, |_, p| p.start = "Monday".to_owned()),
    (Code::UnitUnknown, |_, p| {
        p.duties[1].unit = "guard9".to_owned()
    }),
    (Code::ShiftUnknown, |_, p| {
        p.duties[1].shift = "dawn".to_owned()
    }),
    (Code::DutyUnknown, |_, p| p.duties[1].day = 1),
    (Code::DutyTwice, |_, p| p.duties.push(p.duties[1].clone())),
    (Code::DutiesOverlap, |_, p| {
        let h = HOUR;
        let stops = vec![
            stop(Activity::Start, 9 * h, 9 * h + 600, None),
            stop(Activity::End, 18 * h, 19 * h, None),
        ];
        p.duties.push(DutyPlan {
            unit: "car1".to_owned(),
            shift: "late".to_owned(),
            day: 0,
            stops,
        });
    }),
    (Code::NoStart, |_, p| {
        p.duties[1].stops.remove(0);
    }),
    (Code::NoEnd, |_, p| {
        p.duties[1].stops.pop();
    }),
    (Code::StartOrEndInside, |_, p| {
        p.duties[1]
            .stops
            .insert(1, stop(Activity::Start, 600, 700, None));
    }),
    (Code::TimeRange, |_, p| {
        p.duties[1].stops[1].to = Seconds(HORIZON + 1)
    }),
    (Code::TimeRange, |_, p| {
        p.duties[1].stops[1].from = Seconds(i64::MIN)
    }),
    (Code::TimeBackwards, |_, p| {
        p.duties[1].stops[1].to = Seconds(2 * HOUR - 1)
    }),
    (Code::StopsOverlap, |_, p| {
        p.duties[0].stops[6].to = Seconds(7 * HOUR + 1)
    }),
    (Code::LegTooFast, |_, p| {
        p.duties[0].stops[6].to = Seconds(7 * HOUR - 60)
    }),
    (Code::LegTooFast, |_, p| {
        p.duties[1].stops[0].to = Seconds(2 * HOUR - 300)
    }),
    (Code::StartTime, |_, p| {
        p.duties[0].stops[0].from = Seconds(601);
        p.duties[0].stops[0].to = Seconds(602);
    }),
    (Code::LeavesEarly, |_, p| {
        p.duties[0].stops[0].to = Seconds(599)
    }),
    (Code::BackLate, |_, p| {
        p.duties[0].stops[8].from = Seconds(10 * HOUR - 299)
    }),
    (Code::EndsLate, |_, p| {
        p.duties[0].stops[8].to = Seconds(10 * HOUR + 1)
    }),
    (Code::PathUnknown, |_, p| {
        p.duties[0].stops[1].path = Some(u32::MAX)
    }),
    (Code::PathProfile, |_, p| {
        p.paths[0].profile = "boat".to_owned()
    }),
    (Code::PathProfile, |w, p| {
        p.paths[1] = path(w, FOOT, &[5, 2, 3])
    }),
    (Code::PathEmpty, |_, p| p.paths[0].nodes.clear()),
    (Code::PathNode, |_, p| p.paths[0].nodes[1] = 99),
    // No road at all, then against the one-way street.
    (Code::PathBroken, |_, p| p.paths[0].nodes = vec![1, 5]),
    (Code::PathBroken, |_, p| {
        p.paths[6].nodes = vec![7, 3, 8, 4, 3, 2, 1]
    }),
    (Code::PathForbidden, |w, p| {
        p.paths[0] = path(w, CAR, &[1, 2, 5])
    }),
    (Code::PathSeconds, |_, p| p.paths[0].seconds += Seconds(1)),
    (Code::PathSeconds, |_, p| {
        p.paths[0].seconds = Seconds(i64::MIN)
    }),
    (Code::PathLength, |_, p| {
        p.paths[0].millimetres -= Millimetres(1)
    }),
    (Code::PathStart, |w, p| p.paths[0] = path(w, CAR, &[6, 5])),
    (Code::PathEnd, |w, p| p.paths[0] = path(w, CAR, &[1, 6])),
    (Code::PathNeedless, |w, p| {
        p.paths.push(path(w, CAR, &[1, 6, 1]));
        p.duties[1].stops[0].path = Some(7);
        p.paths[7] = path(w, FOOT, &[1, 6, 1]);
    }),
    (Code::PathNeedless, |w, p| {
        p.paths.push(path(w, CAR, &[4, 5, 4]));
        p.duties[0].stops[6].path = Some(7);
    }),
    // The guard's depot moves to the motorway.
    (Code::NoWay, |w, _| {
        let lost = w.roads.vertex_of(9).expect("the motorway");
        w.stops[FOOT][DEPOT][0].entry = lost;
        w.stops[FOOT][DEPOT][0].exit = w.bases[FOOT][BaseId(0)].expect("a base");
    }),
    (Code::BaseUnreachable, |w, _| {
        w.bases[FOOT][BaseId(0)] = None
    }),
    (Code::TargetUnknown, |_, p| {
        p.duties[1].stops[1].what = visit("dépôt", None)
    }),
    (Code::TargetUnreachable, |w, _| w.stops[FOOT][DEPOT].clear()),
    (Code::Direction, |_, p| set_reverse(p)),
    (Code::Tier, |_, p| {
        p.duties[1].stops[1].what = visit("bank", None)
    }),
    (Code::Zone, |w, _| w.scenario.targets[JAIL].zones.clear()),
    (Code::Skill, |w, _| {
        let dog = w.scenario.skills.ids().next().expect("a skill");
        w.scenario.targets[DEPOT].skills.push(dog);
        w.scenario.units[UnitId(1)].skills.clear();
    }),
    (Code::TooShort, |_, p| {
        p.duties[1].stops[1].to = Seconds(2 * HOUR + 299)
    }),
    (Code::TooShort, |_, p| {
        p.duties[0].stops[5].to = Seconds(5 * HOUR + 119)
    }),
    (Code::Window, |w, _| {
        w.scenario.targets[JAIL].windows[0].end = Seconds(7 * HOUR + 299)
    }),
    (Code::Window, |w, _| {
        w.scenario.targets[JAIL].windows.clear()
    }),
    (Code::OrderUnknown, |_, p| {
        p.duties[0].stops[2].what = visit("bank", Some("raid"))
    }),
    (Code::OrderTarget, |w, _| {
        w.scenario.orders[OrderId(0)].targets = vec![JAIL]
    }),
    (Code::OrderUnit, |w, _| {
        w.scenario.orders[OrderId(0)].units = vec![UnitId(1)]
    }),
    (Code::OrderSkill, |w, _| {
        w.scenario.units[UnitId(0)].skills.clear()
    }),
    (Code::OrderTooShort, |_, p| {
        p.duties[0].stops[2].to = Seconds(HOUR + 599)
    }),
    (Code::OrderWindow, |_, p| {
        p.duties[0].stops[2].from = Seconds(HOUR - 1);
    }),
    (Code::OrderPeriod, |w, _| {
        w.scenario.orders[OrderId(0)].periods[0].end = Seconds(4 * HOUR)
    }),
    (Code::OrderSpacing, |w, _| {
        w.scenario.orders[OrderId(0)].spacing = Seconds(HORIZON)
    }),
    (Code::BreakUnknown, |_, p| {
        let extra = stop(
            Activity::Break { rule: u32::MAX },
            8 * HOUR,
            8 * HOUR + 60,
            None,
        );
        p.duties[0].stops.insert(8, extra);
    }),
    (Code::BreakTwice, |_, p| {
        let again = stop(Activity::Break { rule: 1 }, 8 * HOUR, 8 * HOUR + 600, None);
        p.duties[0].stops.insert(8, again);
    }),
    // Less than the plan is worth, though by little; then of its protected risk alone.
    (Code::Bound, |w, p| {
        let value = check(w, p).kpis.value;
        p.bound = Some(bound(value * (1.0 - 1e-8), 1.0));
    }),
    (Code::Bound, |w, p| {
        let share = check(w, p).kpis.protected_risk;
        p.bound = Some(bound(1e6, share * 0.99));
    }),
    // Not numbers, or not of this scenario.
    (Code::Bound, |_, p| p.bound = Some(bound(f64::NAN, 1.0))),
    (Code::Bound, |_, p| {
        p.bound = Some(bound(1e6, f64::INFINITY))
    }),
    (Code::Bound, |_, p| change(p, |b| b.hours[3] = -1e-3)),
    (Code::Bound, |_, p| {
        change(p, |b| {
            b.hours.pop();
        })
    }),
    (Code::Bound, |_, p| {
        change(p, |b| b.duties[0].at_most = f64::NAN)
    }),
    (Code::Bound, |_, p| {
        change(p, |b| b.duties[0].unit = "car9".to_owned())
    }),
    (Code::Bound, |_, p| {
        change(p, |b| b.duties[0].shift = "dawn".to_owned())
    }),
    (Code::Bound, |_, p| {
        change(p, |b| b.targets[0].id = "dépôt".to_owned())
    }),
    (Code::Bound, |_, p| {
        change(p, |b| {
            b.zones = vec![PlaceWorth {
                id: "moon".to_owned(),
                at_most: 0.1,
            }]
        })
    }),
];

/// A bound in order, of so many points and such a share of the risk.
fn bound(value: f64, protected_risk: f64) -> Bound {
    Bound {
        value,
        protected_risk,
        rounds: 1,
        slot: 60,
        duties: vec![DutyWorth {
            unit: "car1".to_owned(),
            shift: "day".to_owned(),
            hours: 10.0,
            at_most: 0.05,
        }],
        targets: vec![PlaceWorth {
            id: "bank".to_owned(),
            at_most: 0.25,
        }],
        zones: Vec::new(),
        hours: vec![0.0; (HORIZON / HOUR) as usize],
    }
}

/// Gives the plan a bound that is in order but for one thing.
fn change(plan: &mut Plan, spoil: fn(&mut Bound)) {
    let mut good = bound(1e6, 1.0);
    spoil(&mut good);
    plan.bound = Some(good);
}

fn set_reverse(plan: &mut Plan) {
    if let Activity::Visit { reverse, .. } = &mut plan.duties[0].stops[5].what {
        *reverse = true;
    }
}

fn codes(verdict: &Verdict) -> BTreeSet<Code> {
    verdict.violations.iter().map(|v| v.code).collect()
}

fn spoiled(spoil: impl Fn(&mut World, &mut Plan)) -> Verdict {
    let mut world = world();
    let mut plan = plan(&world);
    spoil(&mut world, &mut plan);
    check(&world, &plan)
}

#[test]
fn the_plan_is_valid_before_it_is_spoiled() {
    let verdict = spoiled(|_, _| {});
    assert_eq!(verdict.violations, []);
    assert_eq!(verdict.broken_promises, []);
    assert!(verdict.valid);
}

#[test]
fn every_spoiled_plan_is_refused_with_its_own_code() {
    for (i, (code, spoil)) in SPOILED.iter().enumerate() {
        let verdict = spoiled(spoil);
        assert!(!verdict.valid, "case {i}, {code}, passes");
        let found = codes(&verdict);
        assert!(
            found == BTreeSet::from([*code]),
            "case {i}: {code} expected, found {:#?}",
            verdict.violations
        );
    }
}

#[test]
fn every_code_has_its_spoiled_plan() {
    let spoiled: BTreeSet<Code> = SPOILED.iter().map(|(code, _)| *code).collect();
    // Codes of rosters have theirs in spoiled_rosters.rs.
    let of_plans = Code::ALL
        .iter()
        .filter(|code| code.as_str().starts_with("V-"));
    assert_eq!(spoiled, of_plans.copied().collect());
}

#[test]
fn all_faults_are_listed_at_once() {
    let verdict = spoiled(|w, p| {
        for (code, spoil) in SPOILED {
            // These take the places away that others stand on.
            if !matches!(
                code,
                Code::NoStart | Code::NoEnd | Code::PathEmpty | Code::UnitUnknown
            ) {
                spoil(w, p);
            }
        }
    });
    assert!(codes(&verdict).len() >= 20, "{:?}", codes(&verdict));
}

#[test]
fn a_violation_says_where_and_by_how_much() {
    let verdict = spoiled(|_, p| p.duties[0].stops[8].from = Seconds(10 * HOUR - 290));
    assert_eq!(
        verdict.violations[0].to_string(),
        "V-back-late: unit car1, shift day, day 0, stop 8: the unit is back at 9:55:10 and is \
         to be at 9:55:00 (by 10 seconds)"
    );
    let json = serde_json::to_value(&verdict).expect("plain data");
    let violation = &json["violations"][0];
    assert_eq!(violation["code"], "V-back-late");
    assert_eq!(violation["amount"]["value"], 10);
    assert_eq!(violation["duty"], 0);
    assert_eq!(violation["stop"], 8);
    assert_eq!(json["valid"], false);
}

#[test]
fn a_bound_is_told_and_may_be_as_low_as_the_plan_itself() {
    let verdict = spoiled(|w, p| {
        let kpis = check(w, p).kpis;
        // A float made of the same integers in another order may lie a little below.
        let value = kpis.value * (1.0 - 1e-12);
        p.bound = Some(bound(value, kpis.protected_risk));
    });
    assert_eq!(verdict.violations, []);
    let verdict = spoiled(|w, p| p.bound = Some(bound(check(w, p).kpis.value * 1.25, 0.875)));
    assert_eq!(verdict.violations, []);
    let json = serde_json::to_value(&verdict).expect("plain data");
    assert_eq!(json["bound_protected_risk"], 0.875);
    assert!((json["bound"].as_f64().expect("a number") / verdict.kpis.value - 1.25).abs() < 1e-9);
    assert!((json["gap"].as_f64().expect("a number") - 0.2).abs() < 1e-9);
}

#[test]
fn without_risk_no_share_is_disproved() {
    let verdict = spoiled(|w, p| {
        for target in [BANK, DEPOT, MILL, JAIL] {
            w.scenario.targets[target].risk.pieces = vec![(Seconds::ZERO, Rate(0))];
        }
        p.bound = Some(bound(1e6, 0.0));
    });
    assert_eq!(verdict.kpis.total_value, 0);
    assert_eq!(verdict.violations, []);
}

#[test]
fn plans_without_a_bound_say_nothing_of_one() {
    let json = serde_json::to_value(spoiled(|_, _| {})).expect("plain data");
    for key in ["bound", "bound_protected_risk", "gap"] {
        assert!(json.get(key).is_none(), "{key}");
    }
}

/// What an invalid plan is worth cannot be driven, so it disproves nothing.
#[test]
fn a_plan_that_breaks_other_rules_disproves_no_bound() {
    let verdict = spoiled(|_, p| {
        p.version += 1;
        p.bound = Some(bound(1e-6, 1e-6));
    });
    assert_eq!(codes(&verdict), BTreeSet::from([Code::Version]));
}

/// Changes that break promises and nothing else, with the weighted minutes of each.
const BROKEN: &[(Promise, f64, Spoil)] = &[
    (Promise::Break, 30.0, |_, p| {
        p.duties[0].stops[3].to = Seconds(3 * HOUR + 1799)
    }),
    (Promise::Break, 30.0, |_, p| {
        p.duties[0].stops[3].from = Seconds(3 * HOUR - 1);
    }),
    (Promise::Break, 10.0, |_, p| {
        p.duties[0].stops.remove(6);
    }),
    (Promise::Order, 10.0, |_, p| {
        p.duties[0].stops[2].what = visit("bank", None)
    }),
    // The jail is first visited at 7:00, and then not for the 40 h 55 min to the end.
    (
        Promise::Standard,
        3.0 * (60.0 + 34.0 * 60.0 + 55.0),
        |w, _| {
            w.scenario.targets[JAIL].standard = Some(Seconds(6 * HOUR));
            w.scenario.targets[JAIL].hard_weight = 3;
        },
    ),
];

#[test]
fn broken_promises_are_told_and_leave_a_plan_valid() {
    for (promise, minutes, spoil) in BROKEN {
        let verdict = spoiled(spoil);
        assert_eq!(verdict.violations, [], "{promise}");
        let found: Vec<_> = verdict.broken_promises.iter().map(|b| b.code).collect();
        assert_eq!(found, [*promise]);
        assert!(
            (verdict.broken_promises_total - minutes).abs() < 1e-9,
            "{verdict:?}"
        );
    }
}

#[test]
fn duties_left_out_stay_at_base() {
    let verdict = spoiled(|_, p| p.duties.clear());
    assert!(verdict.valid);
    let promises: Vec<_> = verdict.broken_promises.iter().map(|b| b.code).collect();
    assert_eq!(promises, [Promise::Order]);
    assert_eq!(verdict.kpis.distance_km, 0.0);
    assert_eq!(verdict.kpis.orders_missed, 2);
}

fn any_number() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        Just(-1),
        any::<i64>(),
        0..2 * HORIZON
    ]
}

fn any_stop() -> impl Strategy<Value = Stop> {
    let key = || {
        prop_oneof![
            Just("bank"),
            Just("depot"),
            Just("mill"),
            Just("jail"),
            Just("?")
        ]
    };
    let order = prop_oneof![Just(None), Just(Some("inspect")), Just(Some("?"))];
    let what = prop_oneof![
        Just(Activity::Start),
        Just(Activity::End),
        any::<u32>().prop_map(|rule| Activity::Break { rule: rule % 4 }),
        (key(), order).prop_map(|(target, order)| visit(target, order)),
    ];
    (what, any_number(), any_number(), prop::option::of(0u32..12))
        .prop_map(|(what, from, to, path)| stop(what, from, to, path))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a plan says, the checker answers.
    #[test]
    fn hostile_plans_are_answered(
        stops in prop::collection::vec(any_stop(), 0..12),
        nodes in prop::collection::vec(prop_oneof![1i64..9, any_number()], 0..12),
        (seconds, length) in (any_number(), any_number()),
        day in prop_oneof![Just(0i32), Just(i32::MIN), any::<i32>()],
        keep in any::<bool>(),
    ) {
        let verdict = spoiled(|_, p| {
            p.duties[0].day = day;
            p.paths[0].nodes.clone_from(&nodes);
            p.paths[0].seconds = Seconds(seconds);
            p.paths[0].millimetres = Millimetres(length);
            if keep {
                p.duties[1].stops.extend(stops.iter().cloned());
            } else {
                p.duties[1].stops.clone_from(&stops);
            }
        });
        prop_assert_eq!(verdict.valid, verdict.violations.is_empty());
        prop_assert!((0.0..=1.0).contains(&verdict.kpis.protected_risk));
    }
}
