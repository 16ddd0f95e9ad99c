//! A first bound, and prices, without any linear program.

use super::ticks::Ticks;
use crate::roster::bound::Ascent;
use crate::roster::columns::Prices;
use crate::roster::columns::Scope;

/// Rounds of the climb: a linear program takes it from there, where there is one.
const ROUNDS: u32 = if cfg!(feature = "highs") { 100 } else { 400 };
/// The same where no linear program takes it from there.
const ROUNDS_ALONE: u32 = 2000;
/// Share of the whole work that the climb may take.
const SHARE: f64 = 0.1;
/// The schedules of the last so many rounds are worth keeping.
const KEPT: usize = 10;

/// Schedules of everybody with their own costs.
pub(super) type Schedules = Vec<(Vec<u16>, i64)>;

/// Climbs over everybody and all days; prices of the best bound, and schedules that were
/// best at prices close to them.
pub(super) fn climb(scope: Scope<'_>, ticks: &mut Ticks<'_>) -> (Prices, Vec<Schedules>) {
    let mut known = Vec::new();
    let (mut done, until) = (0, ticks.share(SHARE));
    let rounds = if scope.relaxed { ROUNDS_ALONE } else { ROUNDS };
    let mut ascent = Ascent::new(scope);
    for _ in 0..rounds {
        if ticks.over() || done > until || !ascent.round(ticks.best.0) {
            break;
        }
        ticks.prove(ascent.bound());
        ticks.work(ascent.work() - done);
        done = ascent.work();
        if known.len() == KEPT {
            known.remove(0);
        }
        known.push(std::mem::take(&mut ascent.schedules));
    }
    (ascent.prices().clone(), known)
}
