//! Compiles people, rules and duties of a scenario into an [`Instance`].

use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::cost::Bill;
use super::cost::Cost;
use super::cost::Priced;
use super::cost::TO_DUTY;
use super::instance::Aboard;
use super::instance::Company;
use super::instance::Demand;
use super::instance::Duty;
use super::instance::Fair;
use super::instance::Instance;
use super::instance::Person;
use super::instance::Supervisors;
use super::instance::Tier;
use super::rules::Asked;
use super::rules::Loads;
use super::rules::Today;
use super::rules::Watch;
use super::rules::Watched;
use super::rules::Work;
use super::rules::watch;
use crate::ids::DutyId;
use crate::ids::Id as _;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::scenario::Days;
use crate::scenario::Grade;
use crate::scenario::Rule;
use crate::scenario::RuleKind;
use crate::scenario::Scenario;
use crate::scenario::Staffing;
use crate::scenario::patterns;
use crate::units::Seconds;
use crate::units::Span;

/// Which duties a roster is for.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Whether a duty drives: whether it needs its crew.
    pub driven: &'a dyn Fn(DutyId) -> bool,
    /// Burden of each person that a duty lacks of its fewest; [`TO_DUTY`] where nothing is
    /// known of what it is worth.
    pub worth: &'a dyn Fn(DutyId) -> i64,
}

impl std::fmt::Debug for Wanted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wanted").finish_non_exhaustive()
    }
}

impl Wanted<'_> {
    /// All duties, each as good as another.
    pub const ALL: Self = Self {
        driven: &|_| true,
        worth: &|_| TO_DUTY,
    };
}

/// Compiles a scenario.
pub fn compile(scenario: &Scenario, wanted: Wanted<'_>) -> Instance {
    let days = Days::of(scenario);
    let build = Build {
        scenario,
        calendar: Calendar::new(&days),
        days,
    };
    let demands = build.demands();
    let mut tiers: Vec<Tier> = scenario.tiers.ids().map(|id| build.tier(id)).collect();
    let duties = build.duties(wanted, &demands, &mut tiers);
    let fair = build.fair();
    let company = build.company();
    let mut people = Vec::new();
    for id in scenario.staff.people.ids() {
        people.push(build.person(id, &tiers, &fair));
    }
    Instance {
        calendar: build.calendar,
        people,
        duties,
        tiers,
        company,
        demands,
        fair,
    }
}

struct Build<'a> {
    scenario: &'a Scenario,
    days: Days,
    calendar: Calendar,
}

/// Whether a demand counts a person.
fn counts(scenario: &Scenario, demand: &Staffing, id: PersonId) -> bool {
    let person = &scenario.staff.people[id];
    person.tier == demand.tier && demand.skill.is_none_or(|s| person.skills.contains(&s))
}

impl Build<'_> {
    fn tier(&self, id: crate::ids::TierId) -> Tier {
        let staff = &self.scenario.staff;
        let people = staff.people.enumerate();
        let own = people.filter(|(_, person)| person.tier == id);
        let own: Vec<usize> = own.map(|(id, _)| id.index()).collect();
        let days = self.calendar.count as usize;
        let mut tier = Tier {
            id: Some(id),
            people: own,
            open: vec![Vec::new(); days],
            ..Tier::default()
        };
        for rule in staff.rules_of_tier(id) {
            let priced = Priced::new(rule, TO_DUTY);
            match rule.kind {
                RuleKind::Crew => tier.aboard.push(Aboard::Fewest(priced)),
                RuleKind::FullCrew => tier.aboard.push(Aboard::Full(priced)),
                RuleKind::SwornPerDuty => tier.aboard.push(Aboard::Sworn(priced, rule.value)),
                RuleKind::NoviceWithSenior => tier.aboard.push(Aboard::Senior(priced)),
                RuleKind::CrewSkills => tier.aboard.push(Aboard::Skills(priced)),
                RuleKind::SupervisorPerShift => tier.supervisors.push(Supervisors {
                    priced,
                    least: rule.value,
                    counts: self.supervisors(rule),
                }),
                _ => {}
            }
        }
        tier
    }

    fn supervisors(&self, rule: &Rule) -> Vec<bool> {
        let people = self.scenario.staff.people.iter();
        let counts = people.map(|person| {
            let skilled = rule.skills.iter().any(|s| person.skills.contains(s));
            rule.ranks.contains(&person.rank) || skilled
        });
        counts.collect()
    }

    fn company(&self) -> Vec<Company> {
        let staff = &self.scenario.staff;
        let of = |rule: &Rule| Company {
            priced: Priced::new(rule, TO_DUTY),
            together: rule.kind == RuleKind::PairsRequired,
            named: staff
                .people
                .ids()
                .map(|p| rule.scope.people.contains(&p))
                .collect(),
            count: rule.scope.people.len(),
        };
        staff.company_rules().map(of).collect()
    }

    fn fair(&self) -> Vec<Fair> {
        let mut fair = Vec::new();
        for tier in self.scenario.tiers.ids() {
            for rule in self.scenario.staff.rules_of_tier(tier) {
                let load = match rule.kind {
                    RuleKind::FairHours => 0,
                    RuleKind::FairNights => 1,
                    RuleKind::FairWeekends => 2,
                    RuleKind::FairHardBeats => 3,
                    _ => continue,
                };
                let (parts, unit) = if load == 0 { (60, 3600) } else { (100, 1) };
                fair.push(Fair {
                    priced: Priced::new(rule, TO_DUTY),
                    tier: tier.index(),
                    load,
                    allowed: rule.value * parts / unit,
                    parts,
                });
            }
        }
        fair
    }

    /// Demands with pieces that no duty of theirs begins or ends within.
    fn demands(&self) -> Vec<Demand> {
        let scenario = self.scenario;
        let staff = &scenario.staff;
        let demand = |(id, asked): (usize, &Staffing)| {
            let rules = staff.rules_of_tier(asked.tier);
            let promised = rules.iter().filter(|r| r.kind == RuleKind::Staffing);
            let mut times: Vec<Seconds> = Vec::new();
            let mut add = |span: Span| times.extend([span.start, span.end]);
            asked.windows.iter().for_each(|window| add(*window));
            let duties = scenario.duties.iter();
            let own = duties.filter(|duty| scenario.units[duty.unit].tier == asked.tier);
            own.for_each(|duty| add(duty.span));
            let past = staff
                .history
                .iter()
                .filter(|duty| asked.zone.is_none() && counts(scenario, asked, duty.person));
            let horizon = Span::new(Seconds::ZERO, scenario.horizon);
            let past = past.filter_map(|duty| duty.span.intersect(horizon));
            let past: Vec<Span> = past.collect();
            past.iter().for_each(|span| add(*span));
            times.sort_unstable();
            times.dedup();
            let pieces = times.windows(2).map(|pair| Span::new(pair[0], pair[1]));
            let wanted = |piece: &Span| {
                let mut windows = asked.windows.iter();
                windows.any(|window| window.intersect(*piece).is_some())
            };
            let piece = |piece: Span| {
                let before = past.iter().filter(|s| s.intersect(piece).is_some());
                (
                    piece.start.0 as i32,
                    piece.end.0 as i32,
                    before.count() as i64,
                )
            };
            Demand {
                id,
                skill: asked.skill,
                promised: promised.map(|rule| Priced::new(rule, TO_DUTY)).collect(),
                desired_price: Priced::of(RuleKind::Staffing, Some(asked.price), 0),
                least: asked.least,
                desired: asked.desired,
                counts: staff
                    .people
                    .ids()
                    .map(|id| counts(scenario, asked, id))
                    .collect(),
                pieces: pieces.filter(wanted).map(piece).collect(),
            }
        };
        staff.staffing.iter().enumerate().map(demand).collect()
    }

    fn duties(&self, wanted: Wanted<'_>, demands: &[Demand], tiers: &mut [Tier]) -> Vec<Duty> {
        let scenario = self.scenario;
        let ahead = scenario
            .duties
            .enumerate()
            .filter(|(_, duty)| duty.day >= 0);
        let mut duties = Vec::new();
        let mut shifts: BTreeMap<(usize, i32, ShiftId), usize> = BTreeMap::new();
        for (id, duty) in ahead {
            let unit = &scenario.units[duty.unit];
            let tier = &mut tiers[unit.tier.index()];
            let kind = (duty.shift, unit.hard_beat);
            let known = tier.kinds.iter().position(|k| *k == kind);
            let kind = known.unwrap_or_else(|| {
                tier.kinds.push(kind);
                tier.kinds.len() - 1
            });
            let key = (unit.tier.index(), duty.day, duty.shift);
            let shift = *shifts.entry(key).or_insert_with(|| {
                tier.shifts.push(Vec::new());
                tier.shifts.len() - 1
            });
            let index = duties.len() as u32;
            tier.shifts[shift].push(index);
            let open = &mut tier.open[duty.day as usize];
            open.resize_with(tier.kinds.len().max(open.len()), Vec::new);
            open[kind].push(index);
            let counted = scenario.staff.staffing.iter().enumerate().filter(|(_, d)| {
                d.tier == unit.tier && d.zone.is_none_or(|zone| unit.zones.contains(&zone))
            });
            let pieces = counted.map(|(k, _)| (k, within(&demands[k], duty.span)));
            duties.push(Duty {
                id,
                tier: unit.tier.index(),
                day: duty.day as usize,
                kind,
                shift,
                least: i64::from(unit.min_crew),
                seats: unit.seats as usize,
                skills: unit.skills.clone(),
                driven: (wanted.driven)(id),
                worth: (wanted.worth)(id),
                pieces: pieces.collect(),
            });
        }
        for tier in tiers {
            for open in &mut tier.open {
                open.resize_with(tier.kinds.len(), Vec::new);
            }
        }
        duties
    }

    fn person(&self, id: PersonId, tiers: &[Tier], fair: &[Fair]) -> Person {
        let staff = &self.scenario.staff;
        let someone = &staff.people[id];
        let tier = &tiers[someone.tier.index()];
        let rules = staff.rules_of(id);
        let view = View::new(self, &rules);
        let asked = self.asked(id);
        let borne: Vec<RuleKind> = fair
            .iter()
            .filter(|fair| fair.tier == someone.tier.index())
            .map(|fair| fair.priced.kind)
            .collect();
        let loads: Box<dyn Watch> = Box::new(Loads::new(&borne, &self.calendar));
        let mut kept = vec![Watched {
            priced: Priced::of(RuleKind::FairHours, Some(0), 0),
            at: 0,
            watch: loads,
        }];
        let mut plain = Vec::new();
        let mut slots = kept[0].watch.slots();
        for rule in &rules {
            let Some((priced, watch)) = watch(rule, &asked) else {
                continue;
            };
            let at = slots;
            slots += watch.slots();
            let list = if watch.slots() > 0 {
                &mut kept
            } else {
                &mut plain
            };
            list.push(Watched { priced, watch, at });
        }
        let totals = someone.totals;
        let mut person = Person {
            id,
            tier: someone.tier.index(),
            skills: someone.skills.clone(),
            sworn: someone.sworn,
            novice: someone.grade == Grade::Novice,
            senior: someone.grade == Grade::Senior,
            rules: kept,
            plain,
            loads: 0,
            slots,
            start: vec![0; slots],
            free: i32::MIN,
            later: (0..self.calendar.count).map(|d| view.later(d)).collect(),
            works: view.works(tier),
            fixed: Vec::new(),
            share: someone.contract_week.0 * asked.present(),
            before: [
                totals.work.0,
                totals.nights,
                totals.weekends,
                totals.hard_beats,
            ],
        };
        self.live_through_the_past(&mut person, &view);
        person.fixed = fixed(&person);
        person
    }

    /// Walks the rules through the roster before.
    fn live_through_the_past(&self, person: &mut Person, view: &View<'_>) {
        let mut past: Vec<(i32, Work)> = Vec::new();
        for duty in self.scenario.staff.history_of(person.id) {
            let work = view.work(duty.span, duty.shift, false);
            person.free = person.free.max(work.end);
            past.push((duty.day, work));
        }
        past.sort_by_key(|(_, work)| (work.begin, work.end));
        let mut state = std::mem::take(&mut person.start);
        for rule in &person.rules {
            rule.watch.start(&mut state[rule.slots()]);
        }
        for day in self.calendar.first..0 {
            let works = past.iter().filter(|(d, _)| *d == day);
            let works: Vec<Work> = works.map(|(_, work)| *work).collect();
            let today = Today {
                day,
                works: &works,
                later: view.later(day),
            };
            for rule in &person.rules {
                let slots = rule.slots();
                rule.watch
                    .day(&today, &mut state[slots], &mut Bill::default());
            }
        }
        person.start = state;
    }

    fn asked(&self, id: PersonId) -> Asked<'_> {
        let staff = &self.scenario.staff;
        let days = 0..self.calendar.count;
        let leave: Vec<Span> = staff.leave_of(id).map(|leave| leave.span).collect();
        let away = |day: i32| {
            let span = self.days.span(day, day + 1);
            let away = leave.iter().filter_map(|leave| leave.intersect(span));
            away.map(Span::length).sum::<Seconds>() * 2 >= span.length()
        };
        let mut requests = vec![Vec::new(); days.len()];
        for wish in staff.requests_of(id) {
            requests[wish.day as usize].push((wish.shift, wish.on, wish.weight));
        }
        let pattern = staff.pattern_of(id).and_then(|(rule, key)| {
            let pattern = patterns::find(key)?;
            let meaning = rule.pattern.as_ref()?;
            let crew = staff.people[id].crew as usize;
            let shift = |day: i32| {
                let turn = pattern.turn(crew, i64::from(day - meaning.from))?;
                meaning.shifts.get(turn).copied()
            };
            Some(days.clone().map(shift).collect())
        });
        Asked {
            calendar: &self.calendar,
            contract: staff.people[id].contract_week.0,
            away: days.clone().map(away).collect(),
            leave,
            requests,
            pattern,
        }
    }
}

/// What duties are to a person: their handover, and what a night is.
struct View<'a> {
    build: &'a Build<'a>,
    handover: Seconds,
    night: Option<Seconds>,
}

impl<'a> View<'a> {
    fn new(build: &'a Build<'a>, rules: &[&Rule]) -> Self {
        let value = |kind| {
            let rule = rules.iter().find(|rule| rule.kind == kind);
            rule.map(|rule| Seconds(rule.value))
        };
        Self {
            build,
            handover: value(RuleKind::Handover).unwrap_or(Seconds::ZERO),
            night: value(RuleKind::NightDuty),
        }
    }

    /// No work of a day after this begins before.
    fn later(&self, day: i32) -> i32 {
        self.build.calendar.begin(day + 1) - self.handover.0 as i32
    }

    fn work(&self, span: Span, shift: ShiftId, hard: bool) -> Work {
        let night = |least| self.build.days.night(span) >= least;
        Work {
            start: (span.start - self.handover).0 as i32,
            begin: span.start.0 as i32,
            end: span.end.0 as i32,
            shift,
            clock: self.build.scenario.clock_of(shift).0 as i32,
            night: self.night.is_some_and(night),
            hard,
        }
    }

    /// By day and kind of duty of a tier.
    fn works(&self, tier: &Tier) -> Vec<Vec<Option<Work>>> {
        let scenario = self.build.scenario;
        let ahead = scenario.duties.iter().filter(|duty| duty.day >= 0);
        let mut works = vec![vec![None; tier.kinds.len()]; self.build.calendar.count as usize];
        for duty in ahead {
            let unit = &scenario.units[duty.unit];
            let kind = (duty.shift, unit.hard_beat);
            if Some(unit.tier) == tier.id
                && let Some(kind) = tier.kinds.iter().position(|k| *k == kind)
            {
                let work = self.work(duty.whole, duty.shift, unit.hard_beat);
                works[duty.day as usize][kind] = Some(work);
            }
        }
        works
    }
}

/// Pieces of a demand that lie within a span.
fn within(demand: &Demand, span: Span) -> std::ops::Range<usize> {
    let (start, end) = (span.start.0 as i32, span.end.0 as i32);
    let from = demand.pieces.partition_point(|piece| piece.0 < start);
    let to = demand.pieces.partition_point(|piece| piece.0 < end);
    from..to.max(from)
}

/// Cost of the plain rules by day and kind, last that of a day off.
fn fixed(person: &Person) -> Vec<Vec<Cost>> {
    let cost = |day: usize, works: &[Work]| {
        let today = Today {
            day: day as i32,
            works,
            later: person.later[day],
        };
        let billed = person.plain.iter().map(|rule| {
            let mut bill = Bill::default();
            rule.watch.day(&today, &mut [], &mut bill);
            rule.priced.unit * bill.units
        });
        billed.sum()
    };
    let of_day = |(day, kinds): (usize, &Vec<Option<Work>>)| {
        let each = kinds.iter().map(|work| match work {
            Some(work) => cost(day, std::slice::from_ref(work)),
            None => Cost::ZERO,
        });
        each.chain([cost(day, &[])]).collect()
    };
    person.works.iter().enumerate().map(of_day).collect()
}
