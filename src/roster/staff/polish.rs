//! The last word on a roster: as long as another schedule of one person alone makes it better, the
//! one that gains most is taken. So nothing is called broken that one person could mend.

use super::best::Desk;
use super::cost::Cost;
use super::instance::OFF;
use super::state::State;
use crate::par;

/// Improves a roster until nobody alone can; each schedule is the best of those that `most` states
/// of a day leave.
pub(super) fn polish(state: &mut State<'_>, most: usize) {
    let people: Vec<usize> = (0..state.rows.len()).collect();
    loop {
        let before = state.total;
        let better = par::map_with_scratch(
            &people,
            || (state.clone(), Desk::default()),
            |(state, desk), &person| {
                let (cost, row) = anew(state, desk, person, most);
                (cost, person, row)
            },
        );
        // Among equals the first.
        let best = better.into_iter().min_by_key(|b| (b.0, b.1));
        match best {
            Some((cost, person, row)) if cost < before => state.put(person, &row),
            _ => break,
        }
    }
}

/// A person's best schedule, and what the roster costs with it; the roster stays as it is.
fn anew(state: &mut State<'_>, desk: &mut Desk, person: usize, most: usize) -> (Cost, Vec<u32>) {
    let old = state.rows[person].clone();
    let nothing = vec![OFF; old.len()];
    state.put(person, &nothing);
    let row = desk.best(state, person, most).row;
    state.put(person, &row);
    let cost = state.total;
    state.put(person, &nothing);
    state.put(person, &old);
    (cost, row)
}
