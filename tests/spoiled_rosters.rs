//! Rosters that keep a rule, and rosters that break it: the checker must accept the one and
//! refuse the other with the code of the rule and no other.

mod small_town;

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use proptest::prelude::*;
use roundsman::check::Code;
use roundsman::check::Verdict;
use roundsman::check::check;
use roundsman::check::roster::Breach;
use roundsman::check::roster::Life;
use roundsman::check::roster::Spell;
use roundsman::check::roster::judge;
use roundsman::ids::*;
use roundsman::plan::*;
use roundsman::scenario::RuleKind as K;
use roundsman::scenario::*;
use roundsman::units::*;
use roundsman::world::World;
use small_town::HOUR;
use small_town::stop;

const POLICE: TierId = TierId(0);
const CAR: UnitId = UnitId(0);
/// Days of the horizon, from a Monday.
const DAYS: i32 = 14;
/// Shifts with their letters, first hours and lengths.
const SHIFTS: [(char, &str, i8, i64); 5] = [
    ('D', "day", 6, 8),
    ('L', "late", 14, 8),
    ('N', "night", 22, 8),
    ('X', "long", 6, 12),
    ('T', "whole", 6, 24),
];

/// Two weeks in which the clocks are put forward, two cars and a guard with every shift on
/// every day, and four people without rules.
fn world() -> World {
    let mut world = small_town::world();
    let scenario = &mut world.scenario;
    scenario.start = "2026-03-23T06:00:00+01:00[Europe/Malta]"
        .parse()
        .expect("a time");
    scenario.orders = IdVec::new();
    let noon = |day: i32| {
        scenario
            .start
            .checked_add(i64::from(day).days())
            .expect("a day")
    };
    let at = |day: i32, hour: i64| {
        let civil = noon(day)
            .datetime()
            .checked_add((hour - 6).hours())
            .expect("a time");
        let zoned = civil
            .to_zoned(scenario.start.time_zone().clone())
            .expect("a time");
        Seconds(zoned.timestamp().as_second() - scenario.start.timestamp().as_second())
    };
    scenario.days = (0..DAYS)
        .map(|d| Span::new(at(d, 6), at(d + 1, 6)))
        .collect();
    scenario.horizon = at(DAYS, 6);
    let horizon = scenario.horizon;
    for target in scenario.targets.iter_mut() {
        target.windows = vec![Span::new(Seconds(0), horizon)];
    }
    let shift = |(_, id, hour, length): &(char, &str, i8, i64)| Shift {
        id: (*id).to_owned(),
        name: Text::default(),
        start: jiff::civil::time(*hour, 0, 0, 0),
        length: Seconds(length * HOUR),
        briefing: Seconds(0),
        handback: Seconds(0),
        breaks: Vec::new(),
    };
    scenario.shifts = SHIFTS.iter().map(shift).collect();
    let mut car2 = scenario.units[CAR].clone();
    car2.id = "car2".to_owned();
    scenario.units.push(car2);
    for unit in scenario.units.iter_mut() {
        unit.min_crew = 1;
        unit.skills.clear();
    }
    let mut duties = IdVec::new();
    for unit in scenario.units.ids() {
        for day in -1..DAYS {
            for (shift, (_, _, hour, length)) in (0..).map(ShiftId).zip(SHIFTS) {
                let start = i64::from(hour);
                let whole = Span::new(at(day, start), at(day, start + length));
                let inside = Span::new(Seconds(0), horizon);
                if let Some(span) = whole.intersect(inside) {
                    duties.push(Duty {
                        unit,
                        shift,
                        day,
                        span,
                        whole,
                        route: span,
                        breaks: Vec::new(),
                    });
                }
            }
        }
    }
    scenario.duties = duties;
    scenario.staff.people = IdVec::from(vec![
        person("a", POLICE, Grade::Senior, "sergeant"),
        person("b", POLICE, Grade::Regular, "constable"),
        Person {
            sworn: false,
            ..person("c", POLICE, Grade::Novice, "auxiliary")
        },
        person("g", TierId(1), Grade::Regular, "guard"),
    ]);
    scenario.staff.rules = vec![Rule {
        value: 3 * HOUR,
        ..rule(K::NightDuty, None)
    }];
    world
}

fn person(id: &str, tier: TierId, grade: Grade, rank: &str) -> Person {
    Person {
        id: id.to_owned(),
        name: Text::default(),
        tier,
        skills: Vec::new(),
        rank: rank.to_owned(),
        sworn: true,
        grade,
        contract: None,
        contract_week: Seconds(40 * HOUR),
        base: None,
        pattern: None,
        crew: 0,
        totals: Totals::default(),
    }
}

fn rule(kind: K, price: Option<i64>) -> Rule {
    Rule {
        kind,
        on: true,
        price,
        value: 0,
        window: kind.window().usual(),
        scope: Scope::default(),
        ranks: Vec::new(),
        skills: Vec::new(),
        pattern: None,
        source: None,
        origin: Origin::Own,
    }
}

/// Seats by lines such as `a DDDDD..`: a person and a letter a day on car 1; small letters: on
/// car 2.
fn seats(lines: &[&str]) -> Vec<Seat> {
    let mut seats = Vec::new();
    for line in lines {
        let (person, days) = line.split_once(' ').expect("a person and days");
        for (day, letter) in (0..).zip(days.chars()).filter(|(_, letter)| *letter != '.') {
            let mut shifts = SHIFTS.iter();
            let shift = shifts.find(|shift| shift.0 == letter.to_ascii_uppercase());
            seats.push(Seat {
                person: person.to_owned(),
                unit: if letter.is_uppercase() {
                    "car1"
                } else {
                    "car2"
                }
                .to_owned(),
                shift: shift.expect("a shift").1.to_owned(),
                day,
            });
        }
    }
    seats
}

fn plan(world: &World, seats: Vec<Seat>) -> Plan {
    Plan {
        version: PLAN_VERSION,
        scenario: world.scenario.name.plain.clone(),
        start: world.scenario.start.to_string(),
        roster: Some(Roster {
            seats,
            ..Roster::default()
        }),
        ..Plan::default()
    }
}

/// Drives car 1 on the first day, without going anywhere.
fn drive(world: &World, plan: &mut Plan) {
    let end = world
        .scenario
        .duties
        .iter()
        .find(|d| d.day == 0)
        .expect("a duty")
        .span
        .end;
    plan.duties.push(DutyPlan {
        unit: "car1".to_owned(),
        shift: "day".to_owned(),
        day: 0,
        stops: vec![
            stop(Activity::Start, 0, 0, None),
            stop(Activity::End, 0, end.0, None),
        ],
    });
}

fn codes(verdict: &Verdict) -> Vec<Code> {
    let codes = verdict.violations.iter().map(|v| v.code);
    codes.collect::<BTreeSet<_>>().into_iter().collect()
}

/// A rule, with a roster that just keeps it and one that breaks it.
struct Case {
    kind: K,
    /// In the unit of files.
    value: i64,
    kept: &'static [&'static str],
    broken: &'static [&'static str],
    set: fn(&mut Scenario, &mut Rule),
}

const fn case(
    kind: K,
    value: i64,
    kept: &'static [&'static str],
    broken: &'static [&'static str],
) -> Case {
    Case {
        kind,
        value,
        kept,
        broken,
        set: |_, _| {},
    }
}

const fn with(case: Case, set: fn(&mut Scenario, &mut Rule)) -> Case {
    Case { set, ..case }
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    case(K::RestBetweenDuties, 11, &["a DDLLNN"], &["a LD"]),
    case(K::QuickReturns, 16, &["a DDLLNN"], &["a LD"]),
    case(K::RestPerWeek, 39, &["a DDDDDD."], &["a DDDDDDD"]),
    case(K::DaysOffPerWeek, 2, &["a DDDDD..DDDDD.."], &["a DDDDDD."]),
    case(K::HoursPerDay, 8, &["a DLN"], &["a X"]),
    case(K::HoursPerWeek, 40, &["a ..DDDDDDDDDD.."], &["a DDDDDD."]),
    case(K::HoursRolling, 40, &["a DDDDD..DDDDD.."], &["a ..DDDDDD......"]),
    case(K::HoursAverage, 40, &["a DDDDD..DDDDD.."], &["a DDDDDD.DDDDD.."]),
    // Nine days of March.
    case(K::HoursPerMonth, 56, &["a DDDDDDD..DDDDD"], &["a DDDDDDDD"]),
    case(K::OvertimePerDay, 4, &["a X"], &["a T"]),
    case(K::OvertimePerMonth, 20, &["a DDDDDDDD"], &["a DDDDDDDDD"]),
    with(case(K::ContractHours, 0, &["a DDDDD..DDDDD.."], &["a DDDDD..DDDD..."]), |s, _| {
        for person in s.staff.people.iter_mut().skip(1) {
            person.contract_week = Seconds(0);
        }
    }),
    case(K::DutyLength, 12, &["a X"], &["a T"]),
    case(K::NightLength, 8, &["a NX"], &["a T"]),
    case(K::ConsecutiveDays, 5, &["a DDDDD.DDDDD"], &["a DDDDDD"]),
    case(K::ConsecutiveNights, 2, &["a NNDNN"], &["a NNN"]),
    case(K::WorkRun, 2, &["a .DD.......DDD"], &["a .D..........."]),
    case(K::OffRun, 2, &["a D..D"], &["a D.D"]),
    with(case(K::RestAfterNights, 24, &["a NN.D.NL"], &["a NNN.L..NND"]), |_, r| r.window = 2),
    with(case(K::WeekendsWorked, 1, &["a .....DD"], &["a .....D......D"]), |_, r| r.window = 2),
    case(K::CompleteWeekends, 0, &["a .....DD"], &["a .....D"]),
    case(K::ForwardRotation, 0, &["a DLLN.D"], &["a LD"]),
    with(case(K::Leave, 0, &["a DDD.DD"], &["a DDDD"]), |s, _| {
        s.staff.leave.push(Leave { person: PersonId(0), span: s.days[3], kind: String::new() });
    }),
    with(case(K::Requests, 0, &["a D.L"], &["a DDN"]), |s, _| {
        let request = Request { person: PersonId(0), day: 1, shift: None, on: false, weight: 3 };
        s.staff.requests.push(request);
        s.staff.requests.push(Request { day: 2, shift: Some(ShiftId(1)), on: true, ..request });
    }),
    case(K::Handover, 15, &["a DD"], &["a D", "a L"]),
    with(case(K::Pattern, 0, &["a DDLLNN..DDLLNN"], &["a DD.LNN.DDDNLNN"]), |s, r| {
        r.scope.people = vec![PersonId(0)];
        let shifts = [0, 1, 2].map(ShiftId).to_vec();
        r.pattern = Some(PatternRule { key: Some("four-crew-three-shift".to_owned()), shifts, from: 0 });
        assert_eq!(s.staff.people[PersonId(0)].crew, 0);
    }),
    case(K::Crew, 0, &["a D"], &["a .D"]),
    case(K::FullCrew, 0, &["a D", "b D"], &["a D"]),
    with(case(K::CrewSkills, 0, &["a D", "b D"], &["b D"]), |s, _| {
        s.units[CAR].skills = vec![SkillId(0)];
        s.staff.people[PersonId(0)].skills = vec![SkillId(0)];
    }),
    case(K::SwornPerDuty, 1, &["a D", "c D"], &["c D"]),
    with(case(K::SupervisorPerShift, 1, &["a D", "b d"], &["a D", "b L"]), |_, r| {
        r.ranks = vec!["sergeant".to_owned()];
    }),
    case(K::NoviceWithSenior, 0, &["a D", "c D"], &["b D", "c D"]),
    with(case(K::PairsRequired, 0, &["a D", "b D"], &["a D", "b d"]), |_, r| {
        r.scope.people = vec![PersonId(0), PersonId(1)];
    }),
    with(case(K::PairsForbidden, 0, &["a D", "b d"], &["a D", "b D"]), |_, r| {
        r.scope.people = vec![PersonId(0), PersonId(1)];
    }),
    with(case(K::Staffing, 0, &["a D", "b d"], &["a D", "b L"]), |s, _| {
        s.staff.staffing.push(Staffing {
            id: "mornings".to_owned(),
            tier: POLICE,
            zone: None,
            skill: None,
            windows: vec![Span::new(Seconds(0), Seconds(8 * HOUR))],
            least: 2,
            desired: 2,
            price: 1,
        });
    }),
];

/// The verdict on a roster under one rule.
fn judged(case: &Case, price: Option<i64>, lines: &[&str]) -> Verdict {
    let mut world = world();
    let mut one = rule(case.kind, price);
    one.value = case.value * case.kind.measure().seconds().unwrap_or(1);
    (case.set)(&mut world.scenario, &mut one);
    world.scenario.staff.rules.push(one);
    let mut plan = plan(&world, seats(lines));
    if matches!(case.kind, K::Crew | K::FullCrew) {
        drive(&world, &mut plan);
    }
    check(&world, &plan)
}

#[test]
fn each_rule_is_kept_by_one_roster_and_refuses_the_other_with_its_code() {
    for case in CASES {
        let kept = judged(case, None, case.kept);
        assert_eq!(kept.violations, [], "{}", case.kind);
        let broken = judged(case, None, case.broken);
        let code = Code::of_rule(case.kind).expect("a rule that can be hard");
        assert_eq!(codes(&broken), [code], "{:?}", broken.violations);
    }
}

#[test]
fn with_a_price_the_same_rosters_are_valid_and_their_wishes_have_weights() {
    for case in CASES {
        assert_eq!(
            judged(case, Some(7), case.kept)
                .roster
                .expect("a roster")
                .wishes,
            0
        );
        let broken = judged(case, Some(7), case.broken);
        assert!(broken.valid, "{}: {:?}", case.kind, broken.violations);
        let roster = broken.roster.expect("a roster");
        assert!(!roster.broken_wishes.is_empty(), "{}", case.kind);
        let mut sum = 0;
        for wish in &roster.broken_wishes {
            let units = match (case.kind, case.kind.measure().seconds()) {
                (K::Requests, _) => 3,
                (_, Some(_)) => (wish.amount.value + 3599) / 3600,
                _ => wish.amount.value,
            };
            assert_eq!((wish.rule, wish.weight), (case.kind, 7 * units), "{wish}");
            sum += wish.weight;
        }
        assert_eq!(roster.wishes, sum);
    }
}

type Spoil = fn(&mut World, &mut Plan);

/// Ways to spoil a roster that need no rule.
const SPOILED: &[(Code, Spoil)] = &[
    (Code::RosterNone, |_, p| p.roster = None),
    (Code::PersonUnknown, |_, p| seat(p).person = "z".to_owned()),
    (Code::SeatDuty, |_, p| seat(p).unit = "car9".to_owned()),
    (Code::SeatDuty, |_, p| seat(p).shift = "dawn".to_owned()),
    (Code::SeatDuty, |_, p| seat(p).day = DAYS),
    (Code::SeatBefore, |w, p| {
        let first = w.scenario.duties[DutyId(0)].clone();
        w.scenario.duties.push(Duty { day: -1, ..first });
        seat(p).day = -1;
    }),
    (Code::SeatTwice, |_, p| seats_of(p).extend(seats(&["a D"]))),
    (Code::SeatTier, |_, p| seat(p).person = "g".to_owned()),
    (Code::TooMany, |_, p| {
        seats_of(p).extend(seats(&["b D", "c D"]))
    }),
    (Code::TwoDuties, |_, p| seats_of(p).extend(seats(&["a x"]))),
    (Code::RosterClaim, |_, p| claim(p, 5, None)),
    (Code::RosterClaim, |_, p| claim(p, 0, Some(1))),
];

fn seats_of(plan: &mut Plan) -> &mut Vec<Seat> {
    &mut plan.roster.as_mut().expect("a roster").seats
}

fn seat(plan: &mut Plan) -> &mut Seat {
    &mut seats_of(plan)[0]
}

fn claim(plan: &mut Plan, wishes: i64, least: Option<i64>) {
    let claim = RosterClaim { wishes, least };
    plan.roster.as_mut().expect("a roster").claim = Some(claim);
}

#[test]
fn seats_that_cannot_be_are_refused_each_with_its_code() {
    let world = world();
    let sound = plan(&world, seats(&["a D"]));
    assert_eq!(check(&world, &sound).violations, []);
    for (code, spoil) in SPOILED {
        let (mut world, mut plan) = (self::world(), sound.clone());
        spoil(&mut world, &mut plan);
        let verdict = check(&world, &plan);
        assert_eq!(codes(&verdict), [*code], "{:?}", verdict.violations);
    }
}

#[test]
fn every_code_of_rosters_is_provoked() {
    let of_rules = CASES.iter().filter_map(|case| Code::of_rule(case.kind));
    let provoked: BTreeSet<Code> = of_rules
        .chain(SPOILED.iter().map(|(code, _)| *code))
        .collect();
    let all = Code::ALL
        .iter()
        .filter(|code| code.as_str().starts_with("R-"));
    let missing: Vec<_> = all.filter(|code| !provoked.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_claim_that_is_true_is_accepted() {
    let world = world();
    let mut plan = plan(&world, seats(&["a D"]));
    claim(&mut plan, 0, Some(0));
    assert!(check(&world, &plan).valid);
}

#[test]
fn a_scenario_without_people_wants_no_roster() {
    let mut world = world();
    let mut plan = plan(&world, Vec::new());
    world.scenario.staff.people = IdVec::new();
    plan.roster = None;
    let verdict = check(&world, &plan);
    assert!(verdict.valid && verdict.roster.is_none());
}

#[test]
fn desired_people_that_are_missing_are_wishes() {
    let mut world = world();
    world.scenario.staff.staffing.push(Staffing {
        id: "mornings".to_owned(),
        tier: POLICE,
        zone: Some(ZoneId(0)),
        skill: None,
        windows: vec![Span::new(Seconds(0), Seconds(8 * HOUR))],
        least: 1,
        desired: 3,
        price: 2,
    });
    world.scenario.staff.rules.push(rule(K::Staffing, None));
    let verdict = check(&world, &plan(&world, seats(&["a D"])));
    assert!(verdict.valid, "{:?}", verdict.violations);
    // Two people are missing for eight hours.
    assert_eq!(verdict.roster.expect("a roster").wishes, 2 * 16);
    // From 14:00 on nobody is wanted; on the other car, which has no zones, nobody counts.
    world.scenario.units[UnitId(2)].zones.clear();
    let verdict = check(&world, &plan(&world, seats(&["a d"])));
    assert_eq!(codes(&verdict), [Code::RuleStaffing]);
}

#[test]
fn shares_are_fair_by_contract_over_all_rosters() {
    let wishes = |kind: K, value: i64, lines: &[&str], set: fn(&mut Scenario)| {
        let mut world = world();
        let mut one = rule(kind, Some(5));
        one.value = value;
        one.scope.tiers = vec![POLICE];
        world.scenario.staff.rules.push(one);
        set(&mut world.scenario);
        let verdict = check(&world, &plan(&world, seats(lines)));
        assert!(verdict.valid);
        verdict.roster.expect("a roster").wishes
    };
    let even = ["a N", "b .N", "c ..N"];
    assert_eq!(wishes(K::FairNights, 0, &even, |_| {}), 0);
    // 3 of 3 nights: a is 2 above its share of 1, b and c are 1 below.
    assert_eq!(wishes(K::FairNights, 0, &["a NNN"], |_| {}), 5 * 4);
    assert_eq!(wishes(K::FairNights, 1, &["a NNN"], |_| {}), 5);
    // What came before evens it out.
    let before = |s: &mut Scenario| {
        for id in [1, 2] {
            s.staff.people[PersonId(id)].totals.nights = 3;
        }
    };
    assert_eq!(wishes(K::FairNights, 0, &["a NNN"], before), 0);
    // Half a contract, half the hours.
    let half = |s: &mut Scenario| s.staff.people[PersonId(2)].contract_week = Seconds(20 * HOUR);
    assert_eq!(wishes(K::FairHours, 0, &["a DD", "b DD", "c d"], half), 0);
    // 8 of 40 hours off: 24, 8 and 8 against 16, 16 and 8.
    assert_eq!(
        wishes(K::FairHours, 0, &["a DDD", "b d", "c .d"], half),
        5 * 16
    );
    // 0.66 and twice 0.33 beside a share of a third: whole ones count.
    assert_eq!(wishes(K::FairWeekends, 0, &["a .....D"], |_| {}), 5);
    let hard = |s: &mut Scenario| s.units[CAR].hard_beat = true;
    assert_eq!(wishes(K::FairHardBeats, 0, &["a DDD", "b dd"], hard), 5 * 4);
}

#[test]
fn figures_of_people_and_tiers() {
    let mut world = world();
    world.scenario.staff.people[PersonId(1)].totals.work = Seconds(80 * HOUR);
    let plan = plan(&world, seats(&["a DDDNN.D", "b .d"]));
    let roster = check(&world, &plan).roster.expect("a roster");
    let a = &roster.people[0];
    assert_eq!((a.hours, a.nights, a.weekends), (48.0, 2, 1));
    assert_eq!(
        (a.longest_run, a.nights_in_a_row, a.longest_week_hours),
        (5, 2, 48.0)
    );
    assert_eq!(a.shortest_rest_hours, Some(16.0));
    assert_eq!(roster.people[1].shortest_rest_hours, None);
    let police = &roster.fairness[0];
    assert_eq!(
        (police.people, police.hours.most, police.hours.spread),
        (3, 88.0, 88.0)
    );
    assert!(police.hours.gini > 0.3 && police.hours.sd > 30.0);
}

/// What a rule finds in the work of one person without any plan.
fn alone(rule: &Rule, known_from: i32, spells: &[(i32, i64, i64)]) -> Vec<Breach> {
    let mut world = world();
    world.scenario.staff.known_from = known_from;
    let days = Days::of(&world.scenario);
    let spell = |&(day, start, end): &(i32, i64, i64)| Spell {
        day,
        shift: ShiftId(0),
        span: Span::new(Seconds(start), Seconds(end)),
        clock: Seconds(start.rem_euclid(24 * HOUR)),
    };
    let spells = spells.iter().map(spell).collect();
    let nights = Rule {
        value: 3 * HOUR,
        ..self::rule(K::NightDuty, None)
    };
    let rules = [&nights, rule];
    judge(&Life::new(&days, spells, &rules), &rules)
}

fn of(kind: K, value: i64) -> Rule {
    Rule {
        value: value * kind.measure().seconds().unwrap_or(1),
        ..rule(kind, None)
    }
}

#[test]
fn a_second_decides() {
    for kind in [K::RestBetweenDuties, K::QuickReturns] {
        let after = |rest: i64| [(0, 0, 8 * HOUR), (0, 8 * HOUR + rest, 16 * HOUR + rest)];
        assert_eq!(alone(&of(kind, 11), 0, &after(11 * HOUR)), []);
        let short = alone(&of(kind, 11), 0, &after(11 * HOUR - 1));
        assert_eq!((short.len(), short[0].amount), (1, 1), "{kind}");
    }
    let day = |length: i64| [(0, 0, length)];
    assert_eq!(alone(&of(K::HoursPerDay, 11), 0, &day(11 * HOUR)), []);
    assert_eq!(
        alone(&of(K::HoursPerDay, 11), 0, &day(11 * HOUR + 1))[0].amount,
        1
    );
    // 13 hours of work leave 11 of the 24.
    assert_eq!(alone(&of(K::RestBetweenDuties, 11), 0, &day(13 * HOUR)), []);
    assert_eq!(
        alone(&of(K::RestBetweenDuties, 11), 0, &day(13 * HOUR + 1))[0].amount,
        1
    );
    // A duty in two parts within 13 hours, too: but it is a quick return.
    let parts = [(0, 0, 4 * HOUR), (0, 9 * HOUR, 13 * HOUR)];
    assert_eq!(alone(&of(K::RestBetweenDuties, 11), 0, &parts), []);
    assert_eq!(
        alone(&of(K::QuickReturns, 11), 0, &parts)[0].amount,
        6 * HOUR
    );
    // 35 hours within seven days: all of the last day and of the evening before.
    let week = |end: i64| {
        [
            (0, 0, end),
            (6, 6 * 24 * HOUR + 22 * HOUR, 6 * 24 * HOUR + 23 * HOUR),
        ]
    };
    let free_from = 6 * 24 * HOUR + 22 * HOUR - 35 * HOUR;
    assert_eq!(alone(&of(K::RestPerWeek, 35), 0, &week(free_from)), []);
    assert_eq!(
        alone(&of(K::RestPerWeek, 35), 0, &week(free_from + 1))[0].amount,
        1
    );
    // Three hours between 00:00 and 05:00 make a night: until 03:00, 21 hours after 06:00.
    let nights = |end: i64| [(0, 16 * HOUR, end)];
    let most = of(K::ConsecutiveNights, 0);
    assert_eq!(alone(&most, 0, &nights(21 * HOUR - 1)), []);
    assert_eq!(alone(&most, 0, &nights(21 * HOUR)).len(), 1);
}

#[test]
fn rests_are_elapsed_time_where_the_clocks_change() {
    // The night from Saturday 28 to Sunday 29 March has an hour less. From 18:00 to 05:00 by the
    // clock are ten hours, so a rest of eleven by the clock is too short.
    let mut world = world();
    world.scenario.staff.rules.push(of(K::QuickReturns, 16));
    let verdict = check(&world, &plan(&world, seats(&["a .....DD"])));
    assert_eq!(codes(&verdict), [Code::RuleQuickReturns]);
    assert_eq!(verdict.violations[0].amount.expect("seconds").value, 3600);
    // On any other night it is long enough.
    assert!(check(&world, &plan(&world, seats(&["a ....DD"]))).valid);
    // The night itself is an hour shorter, as work.
    let verdict = check(&world, &plan(&world, seats(&["a ....NN"])));
    assert_eq!(verdict.roster.expect("a roster").people[0].hours, 15.0);
}

#[test]
fn rests_and_runs_go_on_across_the_start() {
    let past = |day: i32| {
        let start = i64::from(day) * 24 * HOUR + 8 * HOUR;
        PastDuty {
            person: PersonId(0),
            shift: ShiftId(1),
            day,
            span: Span::new(Seconds(start), Seconds(start + 8 * HOUR)),
        }
    };
    let with = |rule: Rule, lines: &[&str]| {
        let mut world = world();
        world.scenario.staff.history = vec![past(-3), past(-2), past(-1)];
        world.scenario.staff.known_from = -3;
        world.scenario.staff.rules.push(rule);
        codes(&check(&world, &plan(&world, seats(lines))))
    };
    assert_eq!(
        with(of(K::QuickReturns, 11), &["a D"]),
        [Code::RuleQuickReturns]
    );
    assert_eq!(with(of(K::QuickReturns, 11), &["b D"]), []);
    assert_eq!(with(of(K::ConsecutiveDays, 4), &["a L"]), []);
    assert_eq!(
        with(of(K::ConsecutiveDays, 4), &["a LL"]),
        [Code::RuleConsecutiveDays]
    );
    assert_eq!(
        with(of(K::ForwardRotation, 0), &["a D"]),
        [Code::RuleForwardRotation]
    );
    // A day off after three of work is one too few, and its run began in the horizon.
    assert_eq!(with(of(K::OffRun, 2), &["a .L"]), [Code::RuleOffRun]);
    // Of b it is known that the three days before were off.
    assert_eq!(with(of(K::OffRun, 4), &["b L"]), []);
    assert_eq!(with(of(K::HoursRolling, 32), &["a L"]), []);
    assert_eq!(
        with(of(K::HoursRolling, 32), &["a LL"]),
        [Code::RuleHoursRolling]
    );
    // The weekend before was worked.
    let mut weekends = of(K::WeekendsWorked, 1);
    weekends.window = 2;
    assert_eq!(with(weekends, &["a .....L"]), [Code::RuleWeekendsWorked]);
}

/// Rules that less work can only mend, with figures that random weeks break.
const EASED: [(K, i64); 13] = [
    (K::QuickReturns, 16),
    (K::RestPerWeek, 40),
    (K::DaysOffPerWeek, 3),
    (K::HoursPerDay, 8),
    (K::HoursPerWeek, 32),
    (K::HoursRolling, 30),
    (K::HoursAverage, 30),
    (K::HoursPerMonth, 40),
    (K::OvertimePerDay, 2),
    (K::OvertimePerMonth, 5),
    (K::DutyLength, 8),
    (K::ConsecutiveDays, 2),
    (K::WeekendsWorked, 1),
];

proptest! {
    /// Whoever works a duty less breaks none of these rules by more, and no rule is broken by
    /// nothing.
    #[test]
    fn less_work_breaks_less(
        days in prop::collection::vec(prop::option::weighted(0.7, 0usize..5), DAYS as usize),
        dropped in 0..DAYS as usize,
    ) {
        let start = "2026-03-23T06:00:00+08:00[Asia/Shanghai]".parse().expect("a time");
        let known = Days::new(&start, 0, DAYS);
        let spells = |days: &[Option<usize>]| -> Vec<Spell> {
            let on = (0..).zip(days).filter_map(|(day, shift)| {
                let (_, _, hour, length) = SHIFTS[(*shift)?];
                let clock = Seconds((i64::from(hour) - 6) * HOUR);
                let begin = Seconds(i64::from(day) * 24 * HOUR) + clock;
                let span = Span::new(begin, begin + Seconds(length * HOUR));
                Some(Spell { day, shift: ShiftId(0), span, clock })
            });
            on.collect()
        };
        let mut fewer = days.clone();
        fewer[dropped] = None;
        for (kind, value) in EASED {
            let one = of(kind, value);
            let broken = |days: &[Option<usize>]| {
                let found = judge(&Life::new(&known, spells(days), &[&one]), &[&one]);
                assert!(found.iter().all(|breach| breach.amount > 0), "{found:?}");
                found.iter().map(|breach| breach.amount).sum::<i64>()
            };
            prop_assert!(broken(&fewer) <= broken(&days), "{kind}");
        }
    }
}

proptest! {
    /// Article 3 word by word, looked for every ten minutes: within 24 hours from each start of
    /// work there are 11 free ones in a row. Work starts where no duty was for 11 hours.
    #[test]
    fn rest_is_where_the_law_looks_for_it(
        pieces in prop::collection::vec((1i64..150, 1i64..120), 1..12),
    ) {
        const STEP: i64 = 600;
        let mut at = 0;
        let mut spells = Vec::new();
        for (pause, length) in pieces {
            let start = at + pause * STEP;
            at = start + length * STEP;
            spells.push((0, start, at));
        }
        let busy = |t: i64| spells.iter().any(|(_, from, to)| (*from..*to).contains(&t));
        let free = |from: i64| (0..66).all(|step| !busy(from + step * STEP));
        let starts = spells.iter().map(|(_, from, _)| *from);
        let mut of_work = starts.filter(|from| free(from - 11 * HOUR));
        let rested = |from: i64| (0..=78).any(|step| free(from + step * STEP));
        let lawful = of_work.all(rested);
        let breaches = alone(&of(K::RestBetweenDuties, 11), 0, &spells);
        prop_assert_eq!(breaches.is_empty(), lawful, "{:?}", breaches);
    }
}

fn any_seat() -> impl Strategy<Value = Seat> {
    let word = |words: &'static [&'static str]| prop::sample::select(words).prop_map(str::to_owned);
    let day = prop_oneof![-2..DAYS + 2, any::<i32>()];
    let seat = (
        word(&["a", "b", "c", "g", "?"]),
        word(&["car1", "car2", "guard1", "?"]),
        word(&["day", "late", "night", "long", "whole", "?"]),
        day,
    );
    seat.prop_map(|(person, unit, shift, day)| Seat {
        person,
        unit,
        shift,
        day,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever a roster says, the checker answers, and the order of its seats does not matter.
    #[test]
    fn hostile_rosters_are_answered(
        mut seats in prop::collection::vec(any_seat(), 0..60),
        wishes in any::<i64>(),
        least in prop::option::of(any::<i64>()),
    ) {
        let mut world = world();
        for case in CASES {
            let mut one = rule(case.kind, Some(1_000_000));
            one.value = case.value * case.kind.measure().seconds().unwrap_or(1);
            (case.set)(&mut world.scenario, &mut one);
            world.scenario.staff.rules.push(one);
        }
        let judge = |seats: &[Seat]| {
            let mut plan = plan(&world, seats.to_vec());
            plan.roster.as_mut().expect("a roster").claim = Some(RosterClaim { wishes, least });
            check(&world, &plan)
        };
        let verdict = judge(&seats);
        prop_assert_eq!(verdict.valid, verdict.violations.is_empty());
        seats.reverse();
        let reversed = judge(&seats);
        prop_assert_eq!(verdict.roster, reversed.roster);
    }
}
