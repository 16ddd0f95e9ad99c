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
use crate::plan::Made;
use crate::plan::NewcomerWorth;
use crate::plan::Place;
use crate::plan::Roster;
use crate::roster::staff;
use crate::roster::staff::Instance;
use crate::roster::staff::Outcome;
use crate::roster::staff::Rows;
use crate::roster::staff::Wanted;
use crate::roster::staff::best::Desk;
use crate::roster::staff::cost::TO_DUTY;
use crate::roster::staff::instance::OFF;
use crate::roster::staff::state::State;
use crate::scenario::Grade;
use crate::scenario::Scenario;

pub use crate::roster::staff::Broken;
pub use crate::roster::staff::Progress as RosterProgress;

/// Epochs of the quick routes.
const QUICK: u32 = 4;
/// How often duties are given up and the roster is made again.
const AGAIN: usize = 3;
/// States of a day that are kept when a newcomer looks for a schedule.
const KEPT: usize = 2000;

/// What each duty of a scenario adds to quick routes for all of them.
#[derive(Clone, Debug)]
pub struct Worths {
    /// By duty: share of all risk, from 0.
    share: Vec<f64>,
}

impl Worths {
    /// Nothing is known: all duties are alike.
    pub fn unknown() -> Self {
        Self { share: Vec::new() }
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
        for (k, id) in compiled.duties.iter().enumerate() {
            let mark = state.mark();
            let before = state.score;
            state.replace(Route::empty(instance, k as u32));
            let lost = (before.value - state.score.value) as f64 / total;
            // A promise that only this duty keeps is worth more than any risk.
            let broken = (state.score.broken - before.broken) as f64;
            share[id.index()] = (lost + broken.max(0.0) / 3600.0).max(0.0);
            state.rollback(mark);
        }
        Self { share }
    }

    /// Share of all risk that a duty adds.
    pub fn share(&self, duty: DutyId) -> f64 {
        self.share.get(duty.index()).copied().unwrap_or(0.0)
    }

    /// Burden of each person that a duty lacks: from half of the usual one to three times it.
    fn burden(&self, scenario: &Scenario, duty: DutyId) -> i64 {
        let crew = |id: DutyId| f64::from(scenario.units[scenario.duties[id].unit].min_crew.max(1));
        let each = |id: DutyId| self.share(id) / crew(id);
        let most = scenario.duties.ids().map(each).fold(0.0, f64::max);
        match most > 0.0 {
            true => TO_DUTY / 2 + (TO_DUTY as f64 * 2.5 * each(duty) / most) as i64,
            false => TO_DUTY,
        }
    }
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
    /// What it breaks, item by item.
    pub broken: Vec<Broken>,
    /// Duties that cannot be staffed and stay at base.
    pub at_base: Vec<DutyId>,
}

/// Makes a roster for the duties that `driven` names, and gives up those that the people cannot
/// work where `may_drop` says so.
pub fn staff(
    scenario: &Scenario,
    worths: &Worths,
    driven: &BTreeSet<DutyId>,
    may_drop: bool,
    options: Options,
    mut observe: impl FnMut(RosterProgress) -> Control,
) -> Staffed {
    let mut driven = driven.clone();
    let mut instance = compile(scenario, worths, &driven);
    let mut outcome = staff::solve(&instance, options, None, &mut observe);
    let (epochs, schedule) = (outcome.epochs, outcome.schedule);
    let mut at_base = Vec::new();
    for round in 0..=AGAIN {
        let short = lacking(&instance, &outcome.rows);
        if !may_drop || short.is_empty() {
            break;
        }
        driven.retain(|duty| !short.contains(duty));
        at_base.extend(short);
        instance = compile(scenario, worths, &driven);
        // After the last round nothing is sought any more: what lacks a crew stays at base.
        let more = if round < AGAIN { epochs / 4 + 1 } else { 0 };
        let again = Options {
            schedule: Some(more),
            ..options
        };
        outcome = staff::solve(&instance, again, Some(&outcome.rows), |progress| {
            match progress.epoch >= more {
                true => Control::Stop,
                false => Control::Continue,
            }
        });
    }
    at_base.sort_unstable();
    let mut roster = staff::write(scenario, &instance, &outcome);
    roster.made = Some(Made {
        by: concat!("roundsman ", env!("CARGO_PKG_VERSION")).to_owned(),
        seed: options.seed,
        epochs,
        schedule,
        islands: options.islands,
    });
    Staffed {
        broken: staff::account(&instance, &outcome.rows),
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
    let cost = State::of(&instance, &rows).map_or(staff::Cost::ZERO, |state| state.total);
    Staffed {
        broken: staff::account(&instance, &rows),
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

fn compile(scenario: &Scenario, worths: &Worths, driven: &BTreeSet<DutyId>) -> Instance {
    let wanted = Wanted {
        driven: &|duty| driven.contains(&duty),
        worth: &|duty| worths.burden(scenario, duty),
    };
    staff::compile(scenario, wanted)
}

/// Duties that drive and lack people without whom they may not.
fn lacking(instance: &Instance, rows: &Rows) -> BTreeSet<DutyId> {
    let broken = staff::account(instance, rows).into_iter();
    let short = broken.filter(|b| b.priced.kind == crate::scenario::RuleKind::Crew);
    let short = short.filter(Broken::is_promise);
    let duty = short.filter_map(|b| match b.place {
        staff::Place::Duty(duty) => Some(instance.duties[duty as usize].id),
        _ => None,
    });
    duty.collect()
}

/// What one more person of each tier would be worth: the best schedule of a newcomer beside the
/// roster, with every duty that stays at base offered again.
pub fn newcomers(scenario: &Scenario, worths: &Worths, staffed: &Staffed) -> Vec<NewcomerWorth> {
    let tiers = scenario.tiers.ids();
    let worth = |tier| newcomer(scenario, worths, staffed, tier);
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
    let gain = before - state.total;
    let still = lacking(&instance, &state.rows);
    let seats = best.row.iter().filter(|duty| **duty != OFF);
    let seats = seats.map(|duty| scenario.duties[instance.duties[*duty as usize].id].clone());
    let seats: Vec<crate::scenario::Duty> = seats.collect();
    let hours: f64 = seats.iter().map(|duty| duty.whole.length().hours()).sum();
    let protected = short.difference(&still).map(|duty| worths.share(*duty));
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
        protected_risk: protected.sum(),
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
