//! The account of a roster: each rule that it breaks, whom or where, when, by how much.

use super::cost::Bill;
use super::cost::Cost;
use super::cost::Priced;
use super::instance::Instance;
use super::instance::Rows;
use super::more::More;
use super::more::left_unsupervised;
use super::more::present_with;
use super::state::State;
use crate::ids::ShiftId;

/// A rule that is broken once, or on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which rule, and what a unit costs.
    pub priced: Priced,
    /// Whom or what it is about.
    pub place: Place,
    /// Day of the horizon on which it shows.
    pub day: usize,
    /// By how much.
    pub bill: Bill,
}

/// Whom or what a broken rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A person.
    Person(usize),
    /// A duty.
    Duty(u32),
    /// A shift of a tier.
    Shift(usize, ShiftId),
    /// A demand, from second to second.
    Demand(usize, i32, i32),
    /// All people of a tier.
    Tier(usize),
}

impl Broken {
    /// What it costs.
    pub fn cost(&self) -> Cost {
        self.priced.unit * self.bill.units
    }

    /// Whether it is a promise.
    pub fn is_promise(&self) -> bool {
        self.priced.is_promise()
    }
}

/// All that a roster breaks: people, duties, shifts, demands, tiers.
pub fn account(instance: &Instance, rows: &Rows) -> Vec<Broken> {
    let state = State::of(instance, rows);
    state.map_or_else(Vec::new, |state| account_with(&state, &[]))
}

/// Of all that, the promises.
pub fn promises(instance: &Instance, rows: &Rows) -> Vec<Broken> {
    let state = State::of(instance, rows);
    state.map_or_else(Vec::new, |state| promises_with(&state, &[]))
}

/// The promises that a roster breaks once more people have joined its duties.
pub(super) fn promises_with(state: &State<'_>, more: &[More]) -> Vec<Broken> {
    let mut broken = account_with(state, more);
    broken.retain(|one| one.is_promise() && one.bill.units > 0);
    broken
}

fn account_with(state: &State<'_>, more: &[More]) -> Vec<Broken> {
    let instance = state.instance;
    let mut broken = Vec::new();
    for (person, row) in state.rows.iter().enumerate() {
        for (day, rule, bill) in instance.broken_by(person, row) {
            broken.push(Broken {
                priced: rule.priced,
                place: Place::Person(person),
                day,
                bill,
            });
        }
    }
    of_duties(state, more, &mut broken);
    of_shifts(state, more, &mut broken);
    of_demands(state, more, &mut broken);
    of_tiers(state, &mut broken);
    broken
}

fn counted(units: i64) -> Bill {
    Bill {
        units,
        amount: units,
    }
}

fn of_duties(state: &State<'_>, more: &[More], broken: &mut Vec<Broken>) {
    let instance = state.instance;
    for (index, duty) in instance.duties.iter().enumerate() {
        let nobody = More {
            duty: index as u32,
            ..More::default()
        };
        let joined = more.iter().find(|more| more.duty == nobody.duty);
        let joined = joined.unwrap_or(&nobody);
        let mut add = |priced: Priced, units| {
            broken.push(Broken {
                priced,
                place: Place::Duty(index as u32),
                day: duty.day,
                bill: counted(units),
            });
        };
        for rule in &instance.tiers[duty.tier].aboard {
            let units = joined.left(state, rule, duty);
            if units > 0 {
                let unit = instance.price_aboard(rule, duty);
                let kind = rule.priced().kind;
                add(Priced { kind, unit }, units);
            }
        }
        for company in &instance.company {
            if company.is_broken(&state.aboard[index]) {
                add(company.priced, 1);
            }
        }
    }
}

fn of_shifts(state: &State<'_>, more: &[More], broken: &mut Vec<Broken>) {
    let instance = state.instance;
    for (k, tier) in instance.tiers.iter().enumerate() {
        for (shift, duties) in tier.shifts.iter().enumerate() {
            let Some(&first) = duties.first() else {
                continue;
            };
            let duty = &instance.duties[first as usize];
            for rule in &tier.supervisors {
                let units = left_unsupervised(state, rule, k, shift, more);
                if units > 0 {
                    broken.push(Broken {
                        priced: rule.priced,
                        place: Place::Shift(k, tier.kinds[duty.kind].0),
                        day: duty.day,
                        bill: counted(units),
                    });
                }
            }
        }
    }
}

fn of_demands(state: &State<'_>, more: &[More], broken: &mut Vec<Broken>) {
    let instance = state.instance;
    let calendar = &instance.calendar;
    let present = present_with(state, more);
    for (k, (demand, present)) in instance.demands.iter().zip(&present).enumerate() {
        let mut add = |priced: &Priced, lacks: Vec<super::demand::Lack>| {
            for lack in lacks {
                let mut bill = Bill::default();
                bill.seconds(lack.lacking);
                let days = 0..calendar.count;
                let day = days.filter(|d| calendar.begin(*d) <= lack.start).count();
                broken.push(Broken {
                    priced: *priced,
                    place: Place::Demand(k, lack.start, lack.end),
                    day: day.max(1) - 1,
                    bill,
                });
            }
        };
        for priced in &demand.promised {
            add(priced, demand.lacks(present, |is| demand.below_least(is)));
        }
        let desired = demand.lacks(present, |is| demand.below_desired(is));
        add(&demand.desired_price, desired);
    }
}

fn of_tiers(state: &State<'_>, broken: &mut Vec<Broken>) {
    let instance = state.instance;
    for (k, fair) in instance.fair.iter().enumerate() {
        let (units, parts) = fair.units(instance, &state.loads_of(k));
        if units > 0 {
            let amount = match fair.load {
                0 => parts * 60,
                _ => units,
            };
            broken.push(Broken {
                priced: fair.priced,
                place: Place::Tier(fair.tier),
                day: instance.days().max(1) - 1,
                bill: Bill { units, amount },
            });
        }
    }
}
