//! The exported question says what the compiled one says, and is enough: a plan made from
//! nothing else is allowed, and is worth what the file lets one compute.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

use roundsman::check::Promise;
use roundsman::check::check;
use roundsman::export;
use roundsman::export::Question;
use roundsman::export::question::Duty;
use roundsman::export::question::Order;
use roundsman::export::question::Stretch;
use roundsman::export::question::Target;
use roundsman::export::question::Unit;
use roundsman::patrol::compile::Compiled;
use roundsman::patrol::compile::compile;
use roundsman::patrol::instance::UNREACHABLE;
use roundsman::plan::Activity;
use roundsman::plan::DutyPlan;
use roundsman::plan::PLAN_VERSION;
use roundsman::plan::Plan;
use roundsman::plan::Stop;
use roundsman::scenario::Scenario;
use roundsman::units::Rate;
use roundsman::units::Seconds;
use roundsman::world::World;

fn exported(place: &str) -> (World, Compiled, Question) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("maps/{place}/scenario.toml"));
    let scenario = Scenario::load(&file).expect("a sound scenario");
    let world = World::load(scenario).expect("on its roads");
    let compiled = compile(&world).expect("compiles");
    let question = export::question(&world, &compiled);
    (world, compiled, question)
}

#[test]
fn what_is_written_is_read_again() {
    let (_, _, question) = exported("bulebel");
    let text = export::text::to_text(&question).expect("writes");
    let again: Question = serde_json::from_str(&text).expect("reads");
    assert_eq!(again, question);
    assert_eq!(export::text::to_text(&again).expect("writes"), text);
}

#[test]
fn numbers_are_those_of_the_compiled_question() {
    let (world, compiled, question) = exported("harbour");
    let instance = &compiled.instance;
    assert_eq!(question.horizon, Seconds(i64::from(instance.horizon)));
    assert_eq!(question.spots.len(), instance.spots);
    for (mode, profile) in question.profiles.iter().enumerate() {
        let seconds = profile.seconds.concat();
        let times = instance.modes[mode].times.iter();
        assert!(seconds.into_iter().eq(times.map(|&t| seconds_of(t))));
    }
    for (task, key) in instance.tasks.iter().zip(&compiled.tasks) {
        let spot = &question.spots[task.spot as usize];
        let target = &world.scenario.targets[key.target];
        assert_eq!(spot.target.as_deref(), Some(&*target.id));
        assert_eq!(spot.reverse, key.reverse);
        let order = key.order.map(|o| &question.orders[o.0 as usize]);
        let dwell = order.map_or(Seconds::ZERO, |o| o.dwell);
        for (profile, &length) in question.profiles.iter().zip(&task.length) {
            let visit = profile.visits[task.spot as usize];
            let ours = visit.map_or(0, |v| v.max(dwell).0);
            assert_eq!(ours, i64::from(length), "{} {}", target.id, profile.name);
        }
    }
    let risk: i64 = question.targets.iter().map(|t| total(t, &question)).sum();
    assert_eq!(risk * 10_000, instance.total_risk());
}

fn seconds_of(time: i32) -> Option<Seconds> {
    (time < UNREACHABLE).then_some(Seconds(i64::from(time)))
}

/// Integral of a target's risk over the horizon.
fn total(target: &Target, question: &Question) -> i64 {
    let ends = target.risk.iter().skip(1).map(|piece| piece.0);
    let ends = ends.chain([question.horizon]);
    let pieces = target.risk.iter().zip(ends);
    pieces.map(|(&(from, Rate(r)), to)| r * (to - from).0).sum()
}

#[test]
fn who_may_do_what_is_that_of_the_compiled_question() {
    let (world, compiled, question) = exported("harbour");
    for (crew, unit) in compiled.instance.crews.iter().zip(&question.units) {
        let mut named = BTreeSet::new();
        for (task, key) in compiled.tasks.iter().enumerate() {
            let target = &world.scenario.targets[key.target].id;
            let order = key.order.map(|o| &question.orders[o.0 as usize]);
            let may = unit.targets.contains(target)
                && order.is_none_or(|o| o.units.contains(&unit.id) && o.targets.contains(target));
            // A direction that cannot be driven has no time in the table.
            let times = &question.profiles[unit.profile as usize].seconds;
            let spot = compiled.instance.tasks[task].spot as usize;
            let base = unit.base as usize;
            let reached = times[base][spot].is_some() && times[spot][base].is_some();
            if may && reached {
                named.insert(task as u32);
            }
        }
        assert!(named.into_iter().eq(crew.tasks.iter().copied()));
    }
}

/// A plan that someone makes who has nothing but the file: each crew goes to what has waited
/// longest, takes its breaks, and comes home in time.
struct Stranger {
    question: Question,
    /// When each target was last left.
    left: BTreeMap<String, i64>,
    /// Orders served at a target, once each.
    served: BTreeSet<(String, String)>,
}

/// Where a crew is.
#[derive(Clone, Copy)]
struct Crew<'a> {
    unit: &'a Unit,
    base: usize,
    spot: usize,
    time: i64,
}

/// A visit that a crew could make next.
#[derive(Clone, Debug)]
struct Offer {
    spot: usize,
    target: String,
    order: Option<String>,
    from: i64,
    to: i64,
}

impl Stranger {
    fn plan(mut self) -> Plan {
        let question = self.question.clone();
        let mut duties: Vec<&Duty> = question.duties.iter().collect();
        duties.sort_by_key(|d| d.span[0]);
        let unit = |d: &Duty| question.units.iter().find(|u| u.id == d.unit);
        let duties = duties
            .into_iter()
            .map(|d| self.duty(d, unit(d).expect("a unit")));
        Plan {
            version: PLAN_VERSION,
            duties: duties.collect(),
            scenario: question.scenario.clone(),
            start: question.start.clone(),
            ..Plan::default()
        }
    }

    fn duty(&mut self, duty: &Duty, unit: &Unit) -> DutyPlan {
        let mut stops = vec![stop(Activity::Start, duty.span[0].0, duty.route[0].0)];
        let base = unit.base as usize;
        let mut crew = Crew {
            unit,
            base,
            spot: base,
            time: duty.route[0].0,
        };
        for (rule, pause) in duty.breaks.iter().enumerate() {
            self.patrol(&mut crew, pause.latest.0, pause.at_base, &mut stops);
            if pause.at_base {
                crew.time += self.travel(crew, crew.spot, base).unwrap_or(0);
                crew.spot = base;
            }
            let from = crew.time.max(pause.earliest.0);
            crew.time = from + pause.length.0;
            let rule = rule as u32;
            stops.push(stop(Activity::Break { rule }, from, crew.time));
        }
        self.patrol(&mut crew, duty.route[1].0, true, &mut stops);
        let back = crew.time + self.travel(crew, crew.spot, base).unwrap_or(0);
        stops.push(stop(Activity::End, back, duty.span[1].0));
        DutyPlan {
            unit: duty.unit.clone(),
            shift: duty.shift.clone(),
            day: duty.day,
            stops,
        }
    }

    /// Visits until a time at which the crew is to be free, at its base or where it is.
    fn patrol(&mut self, crew: &mut Crew<'_>, until: i64, home: bool, stops: &mut Vec<Stop>) {
        while let Some(offer) = self.next(*crew, until, home) {
            self.left.insert(offer.target.clone(), offer.to);
            if let Some(order) = &offer.order {
                self.served.insert((order.clone(), offer.target.clone()));
            }
            let visit = Activity::Visit {
                target: offer.target,
                order: offer.order,
                reverse: self.question.spots[offer.spot].reverse,
            };
            stops.push(stop(visit, offer.from, offer.to));
            (crew.spot, crew.time) = (offer.spot, offer.to);
        }
    }

    fn next(&self, crew: Crew<'_>, until: i64, home: bool) -> Option<Offer> {
        let spots = 0..self.question.spots.len();
        let offers = spots.flat_map(|s| self.offers(crew, s));
        let in_time = offers.filter(|o| {
            let back = self.travel(crew, o.spot, crew.base);
            back.is_some_and(|back| o.to + if home { back } else { 0 } <= until)
        });
        in_time.min_by_key(|o| {
            let left = self.left.get(&o.target).copied().unwrap_or(-1_000_000);
            (o.order.is_none(), left.max(o.from - 3 * 3600), o.to, o.spot)
        })
    }

    /// The visit to a spot for each order and for none.
    fn offers(&self, crew: Crew<'_>, spot: usize) -> Vec<Offer> {
        let profile = &self.question.profiles[crew.unit.profile as usize];
        let (Some(key), Some(travel), Some(length)) = (
            &self.question.spots[spot].target,
            self.travel(crew, crew.spot, spot),
            profile.visits[spot],
        ) else {
            return Vec::new();
        };
        if !crew.unit.targets.contains(key) {
            return Vec::new();
        }
        let target = self.question.targets.iter().find(|t| t.id == *key);
        let windows = target.map_or(&[][..], |t| &t.windows);
        let offer = |order: Option<&Order>| {
            let length = length.max(order.map_or(Seconds::ZERO, |o| o.dwell)).0;
            let from = earliest(crew.time + travel, length, windows, order)?;
            Some(Offer {
                spot,
                target: key.clone(),
                order: order.map(|o| o.id.clone()),
                from,
                to: from + length,
            })
        };
        let orders = self.question.orders.iter().filter(|o| {
            o.targets.contains(key)
                && o.units.contains(&crew.unit.id)
                && !self.served.contains(&(o.id.clone(), key.clone()))
        });
        orders.map(Some).chain([None]).filter_map(offer).collect()
    }

    fn travel(&self, crew: Crew<'_>, from: usize, to: usize) -> Option<i64> {
        let profile = &self.question.profiles[crew.unit.profile as usize];
        profile.seconds[from][to].map(|s| s.0)
    }
}

/// First start from `ready` on at which a visit lies inside one of all kinds of windows.
fn earliest(ready: i64, length: i64, target: &[Stretch], order: Option<&Order>) -> Option<i64> {
    let kinds: Vec<&[Stretch]> = match order {
        Some(order) => vec![target, &order.windows, &order.periods],
        None => vec![target],
    };
    let inside = |from: i64| {
        let holds = |w: &&Stretch| w[0].0 <= from && from + length <= w[1].0;
        kinds.iter().all(|ws| ws.iter().any(|w| holds(&w)))
    };
    let opens = kinds.iter().flat_map(|ws| ws.iter().map(|w| w[0].0));
    let starts = opens.filter(|&open| open > ready).chain([ready]);
    starts.filter(|&from| inside(from)).min()
}

fn stop(what: Activity, from: i64, to: i64) -> Stop {
    Stop {
        what,
        from: Seconds(from),
        to: Seconds(to),
        path: None,
    }
}

/// Protected risk of a plan by the file alone, from the definition: on each stretch between
/// two instants at which anything changes, the best level times the risk.
fn value(question: &Question, plan: &Plan) -> i128 {
    question
        .targets
        .iter()
        .map(|t| value_of(question, plan, t))
        .sum()
}

fn value_of(question: &Question, plan: &Plan, target: &Target) -> i128 {
    let last = target.last_visit.iter();
    let mut visits: Vec<(i64, i64, u8)> = last.map(|l| (l.0.0, l.0.0, l.1.0)).collect();
    for duty in &plan.duties {
        let unit = question.units.iter().find(|u| u.id == duty.unit);
        let level = target.authority[&unit.expect("a unit").tier];
        let here =
            |s: &&Stop| matches!(&s.what, Activity::Visit { target: t, .. } if *t == target.id);
        let stops = duty.stops.iter().filter(here);
        visits.extend(stops.map(|s| (s.from.0, s.to.0, level.0)));
    }
    let mut cuts: Vec<i64> = target.risk.iter().map(|p| p.0.0).collect();
    cuts.extend([0, question.horizon.0]);
    for visit in &visits {
        cuts.push(visit.0);
        cuts.extend(target.effect.iter().map(|step| visit.1 + step.0.0));
    }
    cuts.retain(|cut| (0..=question.horizon.0).contains(cut));
    cuts.sort_unstable();
    let stretches = cuts.windows(2).map(|w| {
        let level = |&(start, end, level): &(i64, i64, u8)| {
            let step = target.effect.iter().find(|s| w[0] < end + s.0.0);
            let effect = step.filter(|_| start <= w[0]).map_or(0, |s| s.1.0);
            i128::from(level) * i128::from(effect)
        };
        let best = visits.iter().map(level).max().unwrap_or(0);
        let rate = target.risk.iter().rev().find(|p| p.0.0 <= w[0]);
        best * i128::from(rate.map_or(0, |r| r.1.0)) * i128::from(w[1] - w[0])
    });
    stretches.sum()
}

#[test]
fn the_file_alone_is_enough_for_a_plan_that_passes() {
    for place in ["bulebel", "harbour"] {
        let (world, _, question) = exported(place);
        let text = export::text::to_text(&question).expect("writes");
        let stranger = Stranger {
            question: serde_json::from_str(&text).expect("reads"),
            left: BTreeMap::new(),
            served: BTreeSet::new(),
        };
        let plan = stranger.plan();
        let verdict = check(&world, &plan);
        assert_eq!(verdict.violations, [], "{place}");
        let kpis = &verdict.kpis;
        assert!(kpis.protected_risk > 0.5, "{place}: {kpis:?}");
        assert!(kpis.orders_met > 5, "{place}: {kpis:?}");
        assert_eq!(kpis.protected_value, value(&question, &plan), "{place}");
        let promises = verdict.broken_promises.iter();
        let breaks = promises.filter(|p| p.code == Promise::Break);
        assert_eq!(breaks.count(), 0, "{place}");
    }
}
