//! Who is off and could sit where somebody lacks.

use super::cost::Cost;
use super::instance::OFF;
use super::state::State;

/// The person off that day, and `free`, with whom a duty costs least, everything included; what the
/// roster costs then. `None` where nobody can or no seat is free.
pub(super) fn filler(
    state: &mut State<'_>,
    duty: u32,
    free: impl Fn(usize) -> bool,
) -> Option<(Cost, usize)> {
    let instance = state.instance;
    let it = &instance.duties[duty as usize];
    if !state.has_room(duty) {
        return None;
    }
    let mut scratch = Vec::new();
    let mut best: Option<(Cost, usize)> = None;
    for &person in &instance.tiers[it.tier].people {
        if state.rows[person][it.day] != OFF || !free(person) {
            continue;
        }
        let mut row = state.rows[person].clone();
        row[it.day] = duty;
        if instance.walk(person, &row, &mut scratch).is_none() {
            continue;
        }
        state.put(person, &row);
        if best.is_none_or(|(least, _)| state.total < least) {
            best = Some((state.total, person));
        }
        row[it.day] = OFF;
        state.put(person, &row);
    }
    best
}

/// Fills duties where somebody is missed for a promise, as long as that is cheaper.
pub(super) fn fill(state: &mut State<'_>) {
    loop {
        let before = state.total;
        for duty in 0..state.instance.duties.len() as u32 {
            if !state.wanting(duty) {
                continue;
            }
            let now = state.total;
            if let Some((cost, person)) = filler(state, duty, |_| true)
                && cost < now
            {
                let mut row = state.rows[person].clone();
                row[state.instance.duties[duty as usize].day] = duty;
                state.put(person, &row);
            }
        }
        if state.total >= before {
            return;
        }
    }
}
