//! The last word on a roster that breaks promises: other schedules of one person alone are taken as
//! long as they make it better, and then whoever is off and can sits where somebody lacks. So
//! hardly anything is called broken that one person could mend.

use super::best::Desk;
use super::cost::Cost;
use super::fill::fill;
use super::instance::Instance;
use super::instance::OFF;
use super::instance::Rows;
use super::state::State;
use crate::par;

/// States of a day that are kept while a schedule is sought.
const KEPT: usize = 300;

/// Looks at everybody, at most.
const PASSES: u32 = 4;

/// Improves a roster until nobody alone can, or for some passes; what it costs then. `None` where
/// duties overlap.
pub fn polish(instance: &Instance, rows: &mut Rows) -> Option<Cost> {
    let mut state = State::of(instance, rows)?;
    let people: Vec<usize> = (0..rows.len()).collect();
    for _ in 0..PASSES {
        let before = state.total;
        let found = par::map_with_scratch(
            &people,
            || (state.clone(), Desk::default()),
            |(state, desk), &person| anew(state, desk, person),
        );
        let mut better: Vec<_> = (0..).zip(found).filter(|(_, f)| f.0 < before).collect();
        better.sort_by_key(|(person, (cost, _))| (*cost, *person));
        for (person, (_, row)) in better {
            // Others may have taken the place meanwhile.
            let (now, old) = (state.total, state.rows[person].clone());
            if !row
                .iter()
                .zip(&old)
                .all(|(d, o)| d == o || *d == OFF || state.has_room(*d))
            {
                continue;
            }
            state.put(person, &row);
            if state.total >= now {
                state.put(person, &old);
            }
        }
        if state.total >= before {
            break;
        }
    }
    fill(&mut state);
    *rows = state.rows;
    Some(state.total)
}

/// A person's best schedule, and what the roster costs with it; the roster stays as it is.
fn anew(state: &mut State<'_>, desk: &mut Desk, person: usize) -> (Cost, Vec<u32>) {
    let old = state.rows[person].clone();
    let nothing = vec![OFF; old.len()];
    state.put(person, &nothing);
    let row = desk.best(state, person, KEPT).row;
    state.put(person, &row);
    let cost = state.total;
    state.put(person, &nothing);
    state.put(person, &old);
    (cost, row)
}
