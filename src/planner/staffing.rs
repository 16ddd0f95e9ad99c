//! Staffing: which duties run, within what the people can legally work, and who works them.
//!
//! Quick routes tell what each duty is worth. A roster for all duties, in which an empty seat
//! weighs as much as what stands still for it, shows which ones the people can work; the others
//! stay at base, and the roster is made again for those that drive.

use std::collections::BTreeSet;

use super::Control;
use super::Options;
use crate::ids::DutyId;
use crate::ids::Id as _;
use crate::ids::TierId;
use crate::patrol::compile::Compiled;
use crate::patrol::route::Route;
use crate::patrol::search;
use crate::patrol::state::State as Routes;
use crate::plan::NewcomerWorth;
use crate::plan::Place;
use crate::plan::Roster;
use crate::roster::staff;
use crate::roster::staff::Cost;
use crate::roster::staff::Instance;
use crate::roster::staff::More;
use crate::roster::staff::Outcome;
use crate::roster::staff::Rows;
use crate::roster::staff::Wanted;
use crate::roster::staff::best::Desk;
use crate::roster::staff::cost::TO_DUTY;
use crate::roster::staff::instance::OFF;
use crate::roster::staff::state::State;
use crate::scenario::Grade;
use crate::scenario::Scenario;

pub use crate::roster::staff::Progress as RosterProgress;

/// Epochs of the quick routes.
const QUICK: u32 = 4;
/// How often duties are given up and the roster is made again.
const AGAIN: usize = 3;
/// Epochs for which the others make room for a newcomer.
const BRIEF: u32 = 2;
/// States of a day that are kept when a newcomer looks for a schedule.
const KEPT: usize = 2000;

/// What each duty of a scenario adds to quick routes for all of them.
#[derive(Clone, Debug)]
pub struct Worths {
    /// By duty: share of all risk, from 0.
    share: Vec<f64>,
    /// By duty: whether it keeps a promise that no other does.
    keeps: Vec<bool>,
    /// Most that any duty adds for each of its crew.
    most: f64,
}

impl Worths {
    /// Nothing is known: all duties are alike.
    pub fn unknown() -> Self {
        Self {
            share: Vec::new(),
            keeps: Vec::new(),
            most: 0.0,
        }
    }

    /// Makes quick routes, and takes each out in turn.
    pub fn of(scenario: &Scenario, compiled: &Compiled, options: Options) -> Self {
        let instance = &compiled.instance;
        let quick = Options {
            schedule: Some(QUICK),
            ..options
        };
        let outcome = search::solve(instance, quick, search::epochs(QUICK));
        let mut state = Routes::with_routes(instance, outcome.routes);
        let total = instance.total_risk().max(1) as f64;
        let mut share = vec![0.0; scenario.duties.len()];
        let mut keeps = vec![false; scenario.duties.len()];
        for (k, id) in compiled.duties.iter().enumerate() {
            let mark = state.mark();
            let before = state.score;
            state.replace(Route::empty(instance, k as u32));
            let lost = (before.value - state.score.value) as f64 / total;
            share[id.index()] = lost.max(0.0);
            keeps[id.index()] = state.score.broken > before.broken;
            state.rollback(mark);
        }
        let each = scenario.duties.ids().zip(&share);
        let each = each.map(|(id, share)| share / f64::from(crew(scenario, id)));
        Self {
            most: each.fold(0.0, f64::max),
            share,
            keeps,
        }
    }

    /// Share of all risk that a duty adds.
    pub fn share(&self, duty: DutyId) -> f64 {
        self.share.get(duty.index()).copied().unwrap_or(0.0)
    }

    /// Burden of each person that a duty lacks: half of the usual one, up to as much and a half for
    /// what it adds, and as much again where it alone keeps a promise.
    fn burden(&self, scenario: &Scenario, duty: DutyId) -> i64 {
        if self.most == 0.0 {
            return TO_DUTY;
        }
        let each = self.share(duty) / f64::from(crew(scenario, duty));
        let adds = (1.5 * TO_DUTY as f64 * each / self.most) as i64;
        let keeps = self.keeps.get(duty.index()).is_some_and(|keeps| *keeps);
        TO_DUTY / 2 + adds + TO_DUTY * i64::from(keeps)
    }
}

/// People without whom a duty does not drive.
pub fn crew(scenario: &Scenario, duty: DutyId) -> u32 {
    scenario.units[scenario.duties[duty].unit].min_crew.max(1)
}

/// A roster with what it is for.
#[derive(Debug)]
pub struct Staffed {
    /// The question it answers.
    pub instance: Instance,
    /// What the search found.
    pub outcome: Outcome,
    /// The roster for the plan.
    pub roster: Roster,
    /// Duties that cannot be staffed and stay at base.
    pub at_base: Vec<DutyId>,
}

/// Makes a roster for the duties that `driven` names, and gives up those that the people cannot
/// work where `may_drop` says so. `observe` says how long to search; `stopped` says, after that as
/// well, whether to end with what there is.
pub fn staff(
    scenario: &Scenario,
    worths: &Worths,
    driven: &BTreeSet<DutyId>,
    may_drop: bool,
    options: Options,
    mut observe: impl FnMut(RosterProgress) -> Control,
    stopped: impl Fn() -> bool,
) -> Staffed {
    let mut driven = driven.clone();
    let mut instance = compile(scenario, worths, &driven);
    let mut outcome = staff::solve(&instance, options, None, &mut observe);
    let (epochs, schedule) = (outcome.epochs, outcome.schedule);
    let mut at_base = Vec::new();
    let mut bound = outcome.bound;
    for round in 0..=AGAIN {
        if outcome.cost.promises > 0 && !stopped() {
            outcome.cost = staff::polish(&instance, &mut outcome.rows).unwrap_or(outcome.cost);
        }
        let short = lacking(&instance, &outcome.rows);
        if !may_drop || short.is_empty() {
            break;
        }
        driven.retain(|duty| !short.contains(duty));
        // Whoever was to sit there is free for something else.
        for duty in outcome.rows.iter_mut().flatten() {
            if *duty != OFF && short.contains(&instance.duties[*duty as usize].id) {
                *duty = OFF;
            }
        }
        at_base.extend(short);
        // It was proven with more to do.
        bound = None;
        instance = compile(scenario, worths, &driven);
        // After the last round nothing is sought any more: what lacks a crew stays at base.
        let more = if round < AGAIN { epochs / 8 + 1 } else { 0 };
        let again = Options {
            schedule: Some(more),
            ..options
        };
        outcome = staff::solve(&instance, again, Some(&outcome.rows), |progress| {
            until(more, progress, &stopped)
        });
    }
    outcome.bound = bound;
    at_base.sort_unstable();
    let mut roster = staff::write(scenario, &instance, &outcome);
    roster.made = Some(super::made(options, epochs, schedule));
    Staffed {
        instance,
        outcome,
        roster,
        at_base,
    }
}

/// The account of a roster that somebody else made, for the duties that `driven` names.
pub fn look_at(scenario: &Scenario, driven: &BTreeSet<DutyId>, roster: &Roster) -> Staffed {
    let instance = compile(scenario, &Worths::unknown(), driven);
    let rows = staff::read(scenario, &instance, roster);
    let cost = State::of(&instance, &rows).map_or(Cost::ZERO, |state| state.total);
    Staffed {
        outcome: Outcome {
            rows,
            cost,
            bound: None,
            epochs: 0,
            schedule: 0,
        },
        instance,
        roster: roster.clone(),
        at_base: Vec::new(),
    }
}

/// So many epochs, or fewer where somebody stops them.
fn until(epochs: u32, progress: RosterProgress, stopped: &impl Fn() -> bool) -> Control {
    match stopped() {
        true => Control::Stop,
        false => Control::after(epochs, progress.epoch),
    }
}

/// A duty that stays at base.
#[derive(Clone, Debug)]
pub struct AtBase {
    /// Which.
    pub duty: DutyId,
    /// What it needs to drive.
    pub needs: Needs,
}

/// What a duty needs to drive.
#[derive(Clone, Debug)]
pub enum Needs {
    /// Nobody more: its crew stands by.
    Nobody,
    /// Others than those who have all of its seats.
    Others,
    /// These.
    More(More),
}

/// The duties of the horizon that stay at base.
pub fn at_base(staffed: &Staffed) -> Vec<AtBase> {
    let instance = &staffed.instance;
    let Some(state) = State::of(instance, &staffed.outcome.rows) else {
        return Vec::new();
    };
    let duties = (0..).zip(&instance.duties);
    let idle = duties.filter(|(_, duty)| !duty.driven);
    // Each by itself: whoever supervises on one would not be there if it stayed.
    let alone = idle.map(|(index, duty)| AtBase {
        duty: duty.id,
        needs: match staff::more(&state, [index], true).pop() {
            Some(more) => Needs::More(more),
            None if state.troubled(index) => Needs::Others,
            None => Needs::Nobody,
        },
    });
    alone.collect()
}

/// Somebody with two duties on one day, and the day: rows have one.
pub fn two_on_a_day(roster: &Roster) -> Option<(&str, i32)> {
    let mut seen = BTreeSet::new();
    let mut seats = roster.seats.iter().map(|seat| (&*seat.person, seat.day));
    seats.find(|seat| !seen.insert(*seat))
}

fn compile(scenario: &Scenario, worths: &Worths, driven: &BTreeSet<DutyId>) -> Instance {
    let wanted = Wanted {
        driven: &|duty| driven.contains(&duty),
        worth: &|duty| worths.burden(scenario, duty),
    };
    staff::compile(scenario, wanted)
}

/// Duties that drive and may not as they are staffed: too few people on board, or the wrong ones.
fn lacking(instance: &Instance, rows: &Rows) -> BTreeSet<DutyId> {
    let short = staff::promises(instance, rows).into_iter();
    let duty = short.filter_map(|b| match b.place {
        staff::Place::Duty(duty) => Some(&instance.duties[duty as usize]),
        _ => None,
    });
    duty.filter(|duty| duty.driven)
        .map(|duty| duty.id)
        .collect()
}

/// What one more person of each tier would be worth: the best schedule of a newcomer beside the
/// roster, with every duty that stays at base offered again, and a short search from there. Tiers
/// that are not looked at when somebody stops it are left out.
pub fn newcomers(
    scenario: &Scenario,
    worths: &Worths,
    staffed: &Staffed,
    options: Options,
    stopped: impl Fn() -> bool,
) -> Vec<NewcomerWorth> {
    let tiers = scenario.tiers.ids().take_while(|_| !stopped());
    let worth = |tier| newcomer(scenario, worths, staffed, tier, options, &stopped);
    let mut list: Vec<NewcomerWorth> = tiers.filter_map(worth).collect();
    list.sort_by(|a, b| {
        (b.protected_risk.total_cmp(&a.protected_risk))
            .then(b.promises.cmp(&a.promises))
            .then(b.wishes.cmp(&a.wishes))
            .then(a.tier.cmp(&b.tier))
    });
    list
}

fn newcomer(
    scenario: &Scenario,
    worths: &Worths,
    staffed: &Staffed,
    tier: TierId,
    options: Options,
    stopped: &impl Fn() -> bool,
) -> Option<NewcomerWorth> {
    let own = scenario.staff.people.iter().filter(|p| p.tier == tier);
    // Like those there are: with the contract that most of them have.
    let like = own.clone().max_by_key(|person| {
        let same = own.clone().filter(|p| {
            (p.contract_week, p.contract, p.sworn)
                == (person.contract_week, person.contract, person.sworn)
        });
        (
            same.count(),
            person.grade == Grade::Regular,
            person.skills.len(),
        )
    })?;
    let mut more = scenario.clone();
    let id = more.staff.people.push(crate::scenario::Person {
        id: format!("{}+", like.id),
        pattern: None,
        totals: even(&own.clone().map(|p| p.totals).collect::<Vec<_>>()),
        ..like.clone()
    });
    let all: BTreeSet<DutyId> = scenario.duties.ids().collect();
    let instance = compile(&more, worths, &all);
    let mut rows = staffed.outcome.rows.clone();
    rows.push(vec![OFF; instance.days()]);
    let mut state = State::of(&instance, &rows)?;
    let short = lacking(&instance, &rows);
    let before = state.total;
    let best = Desk::default().best(&state, id.index(), KEPT);
    state.put(id.index(), &best.row);
    // The others make room, and fill up what lacks one more.
    let briefly = Options {
        schedule: Some(BRIEF),
        ..options
    };
    let after = staff::solve(&instance, briefly, Some(&state.rows), |progress| {
        until(BRIEF, progress, stopped)
    });
    let sum = |duties: &mut dyn Iterator<Item = &DutyId>| -> f64 {
        duties.fold(0.0, |sum, duty| sum + worths.share(*duty))
    };
    let judged = [(state.total, &state.rows), (after.cost, &after.rows)].map(|(cost, rows)| {
        let still = lacking(&instance, rows);
        let more = sum(&mut short.difference(&still)) - sum(&mut still.difference(&short));
        (more, before - cost, rows)
    });
    // Burden counts seats, and a duty drives only with all of them: the better for routes.
    let better = |a: &(f64, Cost, &Rows), b: &(f64, Cost, &Rows)| {
        a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1))
    };
    let (protected, gain, rows) = judged.into_iter().max_by(better)?;
    let seats = rows[id.index()].iter().filter(|duty| **duty != OFF);
    let seats = seats.map(|duty| scenario.duties[instance.duties[*duty as usize].id].clone());
    let seats: Vec<crate::scenario::Duty> = seats.collect();
    let hours = seats.iter().map(|duty| duty.whole.length());
    let hours = hours.sum::<crate::units::Seconds>().hours();
    let seat = |duty: &crate::scenario::Duty| Place {
        unit: scenario.units[duty.unit].id.clone(),
        shift: scenario.shifts[duty.shift].id.clone(),
        day: duty.day,
    };
    Some(NewcomerWorth {
        tier: scenario.tiers[tier].id.clone(),
        hours,
        promises: gain.promises,
        wishes: gain.wishes,
        protected_risk: protected,
        seats: seats.iter().map(seat).collect(),
    })
}

/// The mean of what people bore before, so that a newcomer owes nothing.
fn even(totals: &[crate::scenario::Totals]) -> crate::scenario::Totals {
    let count = totals.len().max(1) as i64;
    let mean = |of: fn(&crate::scenario::Totals) -> i64| totals.iter().map(of).sum::<i64>() / count;
    crate::scenario::Totals {
        work: crate::units::Seconds(mean(|t| t.work.0)),
        nights: mean(|t| t.nights),
        weekends: mean(|t| t.weekends),
        hard_beats: mean(|t| t.hard_beats),
    }
}
