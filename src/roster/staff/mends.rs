//! What would mend a roster that breaks promises: the fewest, lightest things to change.
//!
//! A roster with the least burden tells them itself. Where a duty lacks people, let so many more
//! join it: that mends whatever they were missed for, by the crew, by the hour, by the shift. Let
//! each promise that is still broken then go, by as much as it is, and the roster keeps all
//! others. No change can be spared: each mends something that no other does. And a roster that did
//! without one of the broken promises would break less, so it would be lighter than the lightest.
//! Where that is not proven, the search at least ends with no schedule of one person that spares
//! one (`polish`). For empty seats there is another way, which is told beside: who is off that day
//! and could sit there at the least breach of their own rules.

use std::collections::BTreeSet;

use super::account::Broken;
use super::account::Place;
use super::account::promises;
use super::account::promises_with;
use super::fill::filler;
use super::instance::Duty;
use super::instance::Instance;
use super::instance::Rows;
use super::more::More;
use super::more::more;
use super::state::State;
use crate::scenario::RuleKind;

/// What a roster breaks that may never be broken, and what would mend it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mending {
    /// All promises that it breaks.
    pub broken: Vec<Broken>,
    /// The changes after which it keeps them.
    pub mends: Vec<Mend>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// Which.
    pub change: Change,
    /// Broken promises that it mends, wholly or in part, as positions in [`Mending::broken`].
    pub of: Vec<usize>,
    /// Another way, where one is known.
    pub instead: Option<Instead>,
}

/// What to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// More people join a duty.
    Join(More),
    /// A promise is let go, by as much as it is broken once those have joined.
    LetGo(Broken),
}

/// Somebody who could sit on a duty that lacks people, everything else as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// Who.
    pub person: usize,
    /// Promises that this breaks more than now, and by how much.
    pub broken: Vec<Broken>,
}

/// All promises that a roster breaks, and the changes that would mend them.
pub fn mends(instance: &Instance, rows: &Rows) -> Mending {
    let Some(mut state) = State::of(instance, rows) else {
        return Mending::default();
    };
    let broken = promises_with(&state, &[]);
    let mut troubled: Vec<u32> = broken.iter().filter_map(duty_of).collect();
    troubled.dedup();
    let joining = more(&state, troubled, false);
    let left = promises_with(&state, &joining);
    let mut mends = Vec::new();
    // Nobody can sit on two duties of one day.
    let mut named = BTreeSet::new();
    for one in &joining {
        let of = positions(&broken, |broken| feels(&state, one, broken));
        let mut kinds = of.iter().map(|k| broken[*k].priced.kind);
        let seats = kinds.any(|kind| matches!(kind, RuleKind::Crew | RuleKind::FullCrew));
        let day = instance.duties[one.duty as usize].day;
        let free = |person: usize| !named.contains(&(person, day));
        let instead = seats.then(|| instead(&mut state, one.duty, free, &broken));
        let instead = instead.flatten();
        named.extend(instead.iter().map(|instead| (instead.person, day)));
        mends.push(Mend {
            of,
            instead,
            change: Change::Join(one.clone()),
        });
    }
    for one in left {
        let mut of = positions(&broken, |there| is_part(&one, there));
        if of.is_empty() {
            // Nobody lacked before somebody joined the duty or its shift.
            let causes = mends.iter().filter(|mend| calls_for(instance, mend, &one));
            of = causes.flat_map(|mend| mend.of.iter().copied()).collect();
        }
        mends.push(Mend {
            of,
            instead: None,
            change: Change::LetGo(one),
        });
    }
    Mending { broken, mends }
}

/// The shift that a duty is of, on its day.
fn shift_of(instance: &Instance, duty: &Duty) -> Place {
    Place::Shift(duty.tier, instance.tiers[duty.tier].kinds[duty.kind].0)
}

/// Whether people join the duty or the shift that something broken is about.
fn calls_for(instance: &Instance, mend: &Mend, broken: &Broken) -> bool {
    let Change::Join(more) = &mend.change else {
        return false;
    };
    let duty = &instance.duties[more.duty as usize];
    let places = [Place::Duty(more.duty), shift_of(instance, duty)];
    broken.day == duty.day && places.contains(&broken.place)
}

fn duty_of(broken: &Broken) -> Option<u32> {
    match broken.place {
        Place::Duty(duty) => Some(duty),
        _ => None,
    }
}

fn positions(broken: &[Broken], is: impl Fn(&Broken) -> bool) -> Vec<usize> {
    let all = broken.iter().enumerate();
    all.filter(|(_, one)| is(one)).map(|(k, _)| k).collect()
}

/// Whether people who join a duty are missed where a promise is broken.
fn feels(state: &State<'_>, more: &More, broken: &Broken) -> bool {
    let instance = state.instance;
    let duty = &instance.duties[more.duty as usize];
    match broken.place {
        Place::Duty(place) => {
            let mut rules = instance.tiers[duty.tier].aboard.iter();
            let is = |left: i64| left < broken.bill.units;
            place == more.duty
                && rules.any(|rule| {
                    rule.priced().kind == broken.priced.kind && is(more.left(state, rule, duty))
                })
        }
        Place::Shift(..) => {
            more.supervisors > 0
                && (broken.place, broken.day) == (shift_of(instance, duty), duty.day)
        }
        Place::Demand(k, start, end) => {
            let demand = &instance.demands[k];
            let mut pieces = duty.pieces.iter().filter(|(demand, _)| *demand == k);
            let within = |piece: usize| (start..end).contains(&demand.pieces[piece].0);
            more.counts(demand) > 0 && pieces.any(|(_, pieces)| pieces.clone().any(within))
        }
        Place::Person(_) | Place::Tier(_) => false,
    }
}

/// Whether something broken is what is left of something.
fn is_part(left: &Broken, of: &Broken) -> bool {
    let there = match (left.place, of.place) {
        (Place::Demand(a, start, end), Place::Demand(b, from, to)) => {
            a == b && from <= start && end <= to
        }
        (a, b) => a == b && left.day == of.day,
    };
    there && left.priced == of.priced
}

/// By how much a promise is broken more than now, with one more person on duty; `None` where it is
/// no more.
fn worse(mut one: Broken, now: &[Broken]) -> Option<Broken> {
    // Wherever people lack, one more is no loss.
    if let Place::Demand(..) = one.place {
        return None;
    }

    let amount = one.bill.amount.max(0) as usize;
    let same = |there: &&Broken| {
        // A run of days grows, and takes in others.
        let run = one.priced.adds_up() && (there.day..there.day + amount).contains(&one.day);
        (one.place, one.priced.kind) == (there.place, there.priced.kind)
            && (run || one.day == there.day)
    };
    for there in now.iter().filter(same) {
        one.bill.units -= there.bill.units;
        one.bill.amount -= there.bill.amount;
    }
    (one.bill.units > 0).then_some(one)
}

/// Who is off that day, and `free`, and could sit on a duty, and what that breaks.
fn instead(
    state: &mut State<'_>,
    duty: u32,
    free: impl Fn(usize) -> bool,
    now: &[Broken],
) -> Option<Instead> {
    let instance = state.instance;
    let (_, person) = filler(state, duty, free)?;
    let mut rows = state.rows.clone();
    rows[person][instance.duties[duty as usize].day] = duty;
    let broken = promises(instance, &rows).into_iter();
    Some(Instead {
        person,
        broken: broken.filter_map(|one| worse(one, now)).collect(),
    })
}
