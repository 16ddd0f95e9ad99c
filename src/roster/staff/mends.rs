//! What would mend a roster that breaks promises: the fewest, lightest things to let go.
//!
//! A roster with the least burden tells them itself. Let each of its broken promises go, by as
//! much as it is broken, and the roster keeps all others. And none can be spared: a roster that
//! did without one of them would break less, so it would be lighter than the lightest. Where that
//! is not proven, the search at least ends with no schedule of one person that spares one
//! (`polish`). For empty seats there is another way, which is told beside: who is off that day
//! and could sit there at the least breach of their own rules.

use super::account::Broken;
use super::account::Place;
use super::account::promises;
use super::cost::Cost;
use super::instance::Instance;
use super::instance::OFF;
use super::instance::Rows;
use super::state::State;
use crate::scenario::RuleKind;

/// A promise to let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What is broken, and by how much.
    pub broken: Broken,
    /// Another way, where one is known.
    pub instead: Option<Instead>,
}

/// Somebody who could sit on a duty that lacks people, everything else as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// Who.
    pub person: usize,
    /// Promises that this breaks more than now, and by how much.
    pub broken: Vec<Broken>,
}

/// All promises that a roster breaks, each with another way where one is known.
pub fn mends(instance: &Instance, rows: &Rows) -> Vec<Mend> {
    let promises = promises(instance, rows);
    let Some(mut state) = State::of(instance, rows) else {
        return Vec::new();
    };
    let mut mend = |broken: Broken| {
        let empty = matches!(broken.priced.kind, RuleKind::Crew | RuleKind::FullCrew);
        let instead = match broken.place {
            Place::Duty(duty) if empty => instead(&mut state, duty, &promises),
            _ => None,
        };
        Mend { broken, instead }
    };
    promises.iter().cloned().map(&mut mend).collect()
}

/// By how much a promise is broken more than now; `None` where it is no more.
fn worse(mut one: Broken, now: &[Broken]) -> Option<Broken> {
    let same = |there: &&Broken| {
        let place = match (one.place, there.place) {
            // Stretches of a demand grow, shrink and split.
            (Place::Demand(a, ..), Place::Demand(b, ..)) => a == b,
            (a, b) => a == b,
        };
        place && (one.priced.kind, one.day) == (there.priced.kind, there.day)
    };
    for there in now.iter().filter(same) {
        one.bill.units -= there.bill.units;
        one.bill.amount -= there.bill.amount;
    }
    (one.bill.units > 0).then_some(one)
}

/// The person off that day with whom a duty costs least, everything included.
fn instead(state: &mut State<'_>, duty: u32, now: &[Broken]) -> Option<Instead> {
    let instance = state.instance;
    let it = &instance.duties[duty as usize];
    let mut scratch = Vec::new();
    let mut best: Option<(Cost, usize, Vec<Broken>)> = None;
    for &person in &instance.tiers[it.tier].people {
        if state.rows[person][it.day] != OFF || !state.has_room(duty) {
            continue;
        }
        let old = state.rows[person].clone();
        let mut row = old.clone();
        row[it.day] = duty;
        if instance.walk(person, &row, &mut scratch).is_none() {
            continue;
        }
        state.put(person, &row);
        if best.as_ref().is_none_or(|(least, ..)| state.total < *least) {
            best = Some((state.total, person, promises(instance, &state.rows)));
        }
        state.put(person, &old);
    }
    let (_, person, broken) = best?;
    let broken = broken.into_iter().filter_map(|one| worse(one, now));
    Some(Instead {
        person,
        broken: broken.collect(),
    })
}
