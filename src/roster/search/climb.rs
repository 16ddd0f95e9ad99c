//! A first bound, and prices, without any linear program.

use super::ticks::Ticks;
use crate::roster::bound::Ascent;
use crate::roster::columns::Prices;
use crate::roster::columns::Scope;

/// Rounds of the climb where there is time for the linear program of everybody, which takes it
/// from there if there is one.
const ROUNDS: u32 = if cfg!(feature = "highs") { 100 } else { 400 };
/// The same where there is no time for it.
const ROUNDS_ALONE: u32 = 2000;
/// Share of the whole work that the climb may take.
const SHARE: f64 = 0.1;
/// Fewer rounds than these tell nothing.
const FEWEST: u64 = 20;
/// The schedules of the last so many rounds are worth keeping.
const KEPT: usize = 10;

/// Schedules of everybody with their own costs.
pub(super) type Schedules = Vec<(Vec<u16>, i64)>;

/// Whether there is time to climb, if a round takes so much work.
pub(super) fn pays(round: u64, ticks: &Ticks<'_>) -> bool {
    round.saturating_mul(FEWEST) <= ticks.share(SHARE)
}

/// Climbs over everybody and all days; prices of the best bound, and schedules that were
/// best at prices close to them. The linear program of everybody comes next if `whole`.
pub(super) fn climb(
    scope: Scope<'_>,
    whole: bool,
    ticks: &mut Ticks<'_>,
) -> (Prices, Vec<Schedules>) {
    let mut known = Vec::new();
    let (mut done, until) = (0, ticks.share(SHARE));
    let rounds = if whole { ROUNDS } else { ROUNDS_ALONE };
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
