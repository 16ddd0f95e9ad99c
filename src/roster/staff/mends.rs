//! What would mend a roster that breaks promises: the fewest, lightest things to let go.
//!
//! A roster with the least burden tells them itself. Let each of its broken promises go, by as
//! much as it is broken, and the roster keeps all others. And none can be spared: a roster that
//! did without one of them would break less, so it would be lighter than the lightest. For
//! empty seats there is another way, which is told beside: somebody who could sit there, and
//! what that breaks instead.

use super::account::Broken;
use super::account::Place;
use super::account::account;
use super::best::Desk;
use super::cost::Cost;
use super::instance::Instance;
use super::instance::OFF;
use super::instance::Rows;
use super::state::State;
use crate::scenario::RuleKind;

/// States of a day that are kept when somebody looks for another schedule.
const KEPT: usize = 200;
/// Empty seats for which another way is sought.
const SOUGHT: usize = 12;

/// A promise to let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What is broken, and by how much.
    pub broken: Broken,
    /// Another way, where one is known.
    pub instead: Option<Instead>,
}

/// Somebody who could sit on a duty that lacks people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// Who.
    pub person: usize,
    /// Promises that this breaks, and that are kept now.
    pub broken: Vec<Broken>,
}

/// All promises that a roster breaks, each with another way where one is known.
pub fn mends(instance: &Instance, rows: &Rows) -> Vec<Mend> {
    let promises = promises(instance, rows);
    let Some(mut state) = State::of(instance, rows) else {
        return Vec::new();
    };
    let mut desk = Desk::default();
    let mut sought = 0;
    let all = promises.clone();
    let mend = |broken: Broken| {
        let empty = matches!(broken.priced.kind, RuleKind::Crew | RuleKind::FullCrew);
        let instead = match broken.place {
            Place::Duty(duty) if empty && sought < SOUGHT => {
                sought += 1;
                instead(&mut state, &mut desk, duty, &all)
            }
            _ => None,
        };
        Mend { broken, instead }
    };
    promises.into_iter().map(mend).collect()
}

fn promises(instance: &Instance, rows: &Rows) -> Vec<Broken> {
    let mut broken = account(instance, rows);
    broken.retain(|one| one.is_promise() && one.bill.units > 0);
    broken
}

/// The person whose best schedule with a seat on a duty costs least, everything included.
fn instead(state: &mut State<'_>, desk: &mut Desk, duty: u32, now: &[Broken]) -> Option<Instead> {
    let instance = state.instance;
    let nothing = vec![OFF; instance.days()];
    let mut best: Option<(Cost, usize, Vec<u32>)> = None;
    for &person in &instance.tiers[instance.duties[duty as usize].tier].people {
        if state.aboard[duty as usize].contains(&(person as u32)) {
            continue;
        }
        let old = state.rows[person].clone();
        state.put(person, &nothing);
        if let Some(found) = desk.best_on(state, person, duty, KEPT) {
            let cost = state.total + found.cost - state.own[person];
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, person, found.row));
            }
        }
        state.put(person, &old);
    }
    let (_, person, row) = best?;
    let mut rows = state.rows.clone();
    rows[person] = row;
    let mut broken = promises(instance, &rows);
    broken.retain(|one| !now.contains(one));
    Some(Instead { person, broken })
}
