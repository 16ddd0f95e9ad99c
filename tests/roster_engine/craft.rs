//! Random small questions: a few people, a few days, every kind of rule.

use jiff::ToSpan as _;
use roundsman::ids::*;
use roundsman::plan::*;
use roundsman::rng::Rng;
use roundsman::scenario::RuleKind as K;
use roundsman::scenario::*;
use roundsman::units::*;
use roundsman::world::World;

use crate::small_town;
use crate::small_town::HOUR;
use crate::small_town::stop;

/// First hours and lengths, in quarters of an hour.
const SHIFTS: [(i64, i64); 6] = [(24, 32), (56, 32), (88, 32), (24, 48), (24, 96), (30, 30)];

/// How large a question is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub people: usize,
    pub days: i32,
    pub shifts: usize,
    pub units: usize,
}

/// A question with rules drawn by `rng`, each kind with a chance of `rules`.
pub fn world(rng: &mut Rng, size: Size, rules: f64) -> World {
    let mut world = small_town::world();
    let scenario = &mut world.scenario;
    // Clocks change within some of them, months within others.
    let start = scenario_start(rng);
    scenario.start = start.parse().expect("a time");
    scenario.orders = IdVec::new();
    let start = scenario.start.clone();
    let zero = start.timestamp().as_second();
    let at = |day: i32, quarter: i64| {
        let civil = start.datetime().checked_add(i64::from(day).days());
        let civil = civil.and_then(|civil| civil.checked_add(((quarter - 24) * 15).minutes()));
        let zoned = civil.expect("a time").to_zoned(start.time_zone().clone());
        Seconds(zoned.expect("a time").timestamp().as_second() - zero)
    };
    let days = size.days;
    scenario.days = (0..days)
        .map(|d| Span::new(at(d, 24), at(d + 1, 24)))
        .collect();
    scenario.horizon = at(days, 24);
    let horizon = Span::new(Seconds(0), scenario.horizon);
    for target in scenario.targets.iter_mut() {
        target.windows = vec![horizon];
    }
    let mut kinds = SHIFTS.to_vec();
    rng.shuffle(&mut kinds);
    kinds.truncate(size.shifts);
    let shift = |(k, (from, length)): (usize, &(i64, i64))| Shift {
        id: format!("s{k}"),
        name: Text::default(),
        start: jiff::civil::time((from / 4) as i8, (from % 4 * 15) as i8, 0, 0),
        length: Seconds(length * 900),
        briefing: Seconds(0),
        handback: Seconds(0),
        breaks: Vec::new(),
    };
    scenario.shifts = kinds.iter().enumerate().map(shift).collect();
    let car = scenario.units[UnitId(0)].clone();
    let units = (0..size.units).map(|k| Unit {
        id: format!("car{k}"),
        seats: 1 + rng.below(2) as u32,
        min_crew: 1,
        hard_beat: rng.chance(0.4),
        zones: if rng.chance(0.5) {
            vec![ZoneId(0)]
        } else {
            Vec::new()
        },
        skills: if rng.chance(0.4) {
            vec![SkillId(0)]
        } else {
            Vec::new()
        },
        ..car.clone()
    });
    scenario.units = units.collect();
    let mut duties = IdVec::new();
    for unit in scenario.units.ids() {
        for day in -1..days {
            for (shift, (from, length)) in (0..).map(ShiftId).zip(&kinds) {
                let whole = Span::new(at(day, *from), at(day, from + length));
                if let Some(span) = whole.intersect(horizon) {
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
    let someone = |k: usize, rng: &mut Rng| Person {
        id: format!("p{k}"),
        name: Text::default(),
        tier: TierId(0),
        skills: if rng.chance(0.5) {
            vec![SkillId(0)]
        } else {
            Vec::new()
        },
        rank: if rng.chance(0.5) {
            "sergeant"
        } else {
            "constable"
        }
        .to_owned(),
        sworn: rng.chance(0.7),
        grade: [Grade::Novice, Grade::Regular, Grade::Senior][rng.below(3)],
        contract: None,
        contract_week: Seconds(rng.between(2, 8) * 8 * HOUR),
        base: None,
        pattern: None,
        crew: rng.below(4) as u32,
        totals: Totals {
            work: Seconds(rng.between(0, 3) * 8 * HOUR),
            nights: rng.between(0, 2),
            weekends: rng.between(0, 2),
            hard_beats: rng.between(0, 2),
        },
    };
    scenario.staff.people = (0..size.people).map(|k| someone(k, rng)).collect();
    scenario.staff.known_from = -rng.between(0, 8) as i32;
    past(scenario, rng, &kinds, at);
    wishes(scenario, rng);
    scenario.staff.rules = drawn(scenario, rng, rules);
    world
}

fn scenario_start(rng: &mut Rng) -> String {
    let day = 20 + rng.below(10);
    format!(
        "2026-03-{day}T06:00:00{}[Europe/Malta]",
        if day >= 29 { "+02:00" } else { "+01:00" }
    )
}

/// What people worked before, within what is known.
fn past(
    scenario: &mut Scenario,
    rng: &mut Rng,
    kinds: &[(i64, i64)],
    at: impl Fn(i32, i64) -> Seconds,
) {
    for person in scenario.staff.people.ids() {
        let mut free = Seconds(i64::MIN);
        for day in scenario.staff.known_from..0 {
            let shift = rng.below(kinds.len() * 2);
            let Some((from, length)) = kinds.get(shift) else {
                continue;
            };
            let span = Span::new(at(day, *from), at(day, from + length));
            if span.start >= free {
                free = span.end;
                scenario.staff.history.push(PastDuty {
                    person,
                    shift: ShiftId(shift as u32),
                    day,
                    span,
                });
            }
        }
    }
}

/// Leave, requests and people wanted on duty.
fn wishes(scenario: &mut Scenario, rng: &mut Rng) {
    let days = scenario.days.len();
    for person in scenario.staff.people.ids() {
        if rng.chance(0.3) {
            let start = rng.between(0, scenario.horizon.0 / HOUR) * HOUR;
            scenario.staff.leave.push(Leave {
                person,
                span: Span::new(Seconds(start), Seconds(start + rng.between(6, 40) * HOUR)),
                kind: String::new(),
            });
        }
        for day in 0..days as i32 {
            if rng.chance(0.3) {
                let shift = rng.below(scenario.shifts.len() + 1) as u32;
                scenario.staff.requests.push(Request {
                    person,
                    day,
                    shift: Some(ShiftId(shift)).filter(|s| s.index() < scenario.shifts.len()),
                    on: rng.chance(0.5),
                    weight: rng.between(1, 5),
                });
            }
        }
    }
    for k in 0..rng.below(3) {
        let hours = scenario.horizon.0 / HOUR;
        let start = rng.between(0, hours - 1);
        let end = rng.between(start + 1, hours);
        let least = rng.between(0, 2);
        scenario.staff.staffing.push(Staffing {
            id: format!("d{k}"),
            tier: TierId(0),
            zone: rng.chance(0.3).then_some(ZoneId(0)),
            skill: rng.chance(0.3).then_some(SkillId(0)),
            windows: vec![Span::new(Seconds(start * HOUR), Seconds(end * HOUR))],
            least,
            desired: least + rng.between(0, 1),
            price: rng.between(1, 3),
        });
    }
}

/// Rules of every kind, each with a chance, hard or priced.
fn drawn(scenario: &Scenario, rng: &mut Rng, chance: f64) -> Vec<Rule> {
    let mut rules = Vec::new();
    for &kind in K::ALL {
        if kind != K::NightDuty && !rng.chance(chance) {
            continue;
        }
        let hours = |rng: &mut Rng, low: i64, high: i64| rng.between(low * 2, high * 2) * HOUR / 2;
        let value = match kind {
            K::RestBetweenDuties | K::QuickReturns => hours(rng, 8, 16),
            K::RestPerWeek => hours(rng, 20, 40),
            K::RestAfterNights => hours(rng, 12, 40),
            K::HoursPerDay | K::DutyLength | K::NightLength => hours(rng, 6, 12),
            K::HoursPerWeek | K::HoursRolling | K::HoursAverage => hours(rng, 8, 48),
            K::HoursPerMonth => hours(rng, 8, 60),
            K::OvertimePerDay | K::OvertimePerMonth => hours(rng, 0, 8),
            K::ContractHours => hours(rng, 0, 4),
            K::NightDuty => 3 * HOUR,
            K::Handover => [15, 30, 60][rng.below(3)] * 60,
            K::FairHours => rng.between(0, 4) * HOUR,
            _ => rng.between(1, 3),
        };
        let window = match kind {
            K::RestBetweenDuties => 24,
            K::RestPerWeek | K::HoursRolling => rng.between(2, 7),
            K::RestAfterNights => rng.between(1, 2),
            K::WeekendsWorked => rng.between(1, 2),
            _ => 0,
        };
        let hard = rng.chance(0.4) && !kind.is_wish();
        let price = (!hard && !kind.is_definition()).then(|| rng.between(1, 9));
        let scope = match kind.binds() {
            Binds::Company => Scope {
                people: vec![PersonId(0), PersonId(1)],
                ..Scope::default()
            },
            _ => Scope::default(),
        };
        rules.push(Rule {
            kind,
            on: true,
            price: if kind == K::NightDuty { None } else { price },
            value,
            window,
            scope,
            ranks: vec!["sergeant".to_owned()],
            skills: Vec::new(),
            pattern: (kind == K::Pattern).then(|| PatternRule {
                key: Some("four-crew-three-shift".to_owned()),
                shifts: scenario.shifts.ids().collect(),
                from: rng.between(-9, 3) as i32,
            }),
            source: None,
            origin: Origin::Own,
        });
    }
    rules
}

/// A plan that drives all duties to nowhere, with a roster.
pub fn plan(scenario: &Scenario, roster: Roster) -> Plan {
    let duties = scenario.duties.iter().filter(|duty| duty.day >= 0);
    let duties = duties.map(|duty| DutyPlan {
        unit: scenario.units[duty.unit].id.clone(),
        shift: scenario.shifts[duty.shift].id.clone(),
        day: duty.day,
        stops: vec![
            stop(Activity::Start, duty.span.start.0, duty.span.start.0, None),
            stop(Activity::End, duty.span.start.0, duty.span.end.0, None),
        ],
    });
    Plan {
        version: PLAN_VERSION,
        scenario: scenario.name.plain.clone(),
        start: scenario.start.to_string(),
        duties: duties.collect(),
        roster: Some(roster),
        ..Plan::default()
    }
}
