//! Takes a few people out and gives each, one after another, the best schedule against those
//! who are in.

use super::island::Island;
use crate::roster::model::OFF;
use crate::roster::state::State;

/// How many people, each as likely as the next.
const MANY: [usize; 8] = [1, 2, 2, 3, 3, 4, 5, 6];

/// One step of the search: some people anew, kept if the roster gets better or the
/// temperature lets it pass.
pub(super) fn rebuild(island: &mut Island<'_>, temperature: f64) {
    let all = island.state.roster.len();
    let days = island.state.rules.problem.days as usize;
    let rng = &mut island.rng;
    let many = MANY[rng.below(MANY.len())].min(all);
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < many {
        let person = rng.below(all);
        if !chosen.contains(&person) {
            chosen.push(person);
        }
    }
    let length = island.reach.min(days);
    let from = rng.below(days - length + 1);
    let window = (from, from + length);
    island.tried += many * length;
    let before = island.state.total;
    let mut as_were = Vec::new();
    for &person in &chosen {
        let state = &mut island.state;
        let kept = (state.roster[person].clone(), state.costs[person]);
        state.take(person);
        // Days outside the window stay taken.
        hold(state, person, &kept.0, window);
        as_were.push(kept);
    }
    let placed = chosen.iter().enumerate().all(|(k, &person)| {
        let state = &mut island.state;
        state.take(person);
        let (desk, rng) = (&mut island.desk, &mut island.rng);
        desk.place(state, person, window, &as_were[k].0, Some(rng))
    });
    let worse = island.state.total - before;
    if !(placed && island.passes(worse, temperature)) {
        for &person in &chosen {
            island.state.take(person);
        }
        for (&person, (seats, cost)) in chosen.iter().zip(&as_were) {
            island.state.give(person, seats, *cost);
        }
    }
}

/// Counts a person who is out on the days outside the window, at no cost of its own.
fn hold(state: &mut State<'_>, person: usize, seats: &[u16], window: (usize, usize)) {
    for (day, &seat) in seats.iter().enumerate() {
        if seat != OFF && !(window.0..window.1).contains(&day) {
            state.sit(person, day, seat);
        }
    }
}
