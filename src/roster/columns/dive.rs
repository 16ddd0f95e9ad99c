//! From the linear program to a roster: columns with the greatest shares are taken for good,
//! a few at a time, and new ones are made for the others in between (Sadykov, Vanderbeck,
//! Pessoa, Tahiri, Uchoa: Primal heuristics for branch and price, INFORMS J. Computing 31,
//! 2019).
//!
//! Pricing in between decides: without it the last people have only columns that were made
//! for other company, and rosters are several times as dear.

use super::generate::Generation;
use super::master::Relaxed;
use crate::rng::Rng;

/// How thorough a dive is.
#[derive(Clone, Copy, Debug)]
pub struct Dive {
    /// Rounds of pricing after each choice, at most.
    pub rounds: u32,
    /// One part in so many of those without a schedule get one at a time.
    pub parts: usize,
}

/// Shares below are not looked at; above, a column is as good as taken.
const SHARES: (f64, f64) = (0.01, 0.98);
/// Shares are lowered by up to this part, so that no two dives are alike.
const CHANCE: f64 = 0.2;

impl Generation<'_> {
    /// One schedule for everybody, seats of the window, such that the demands of the window
    /// and the schedules together cost less than `limit`; `None` when the dive can no longer
    /// lead there, or `go_on`, told the work so far after each round, says no.
    pub fn dive(
        &mut self,
        dive: Dive,
        limit: i64,
        rng: &mut Rng,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Option<Vec<Vec<u16>>> {
        let mut chosen = vec![None; self.scope.people.len()];
        let found = self.descend(dive, limit, rng, go_on, &mut chosen);
        self.master.free();
        found?;
        let seats = |c: Option<usize>| Some(self.master.columns[c?].seats.clone());
        chosen.into_iter().map(seats).collect()
    }

    fn descend(
        &mut self,
        dive: Dive,
        limit: i64,
        rng: &mut Rng,
        go_on: &mut dyn FnMut(u64) -> bool,
        chosen: &mut [Option<usize>],
    ) -> Option<()> {
        let grain = self.scope.rules.grain;
        let aim = (limit - grain - self.scope.empty) as f64 + 0.01;
        let mut before = f64::NEG_INFINITY;
        loop {
            let mut relaxed = self.master.relax()?;
            let open: Vec<usize> = (0..chosen.len()).filter(|&k| chosen[k].is_none()).collect();
            for _ in 0..dive.rounds {
                let mended = relaxed.value < before + 0.05 * grain as f64;
                if open.is_empty() || mended {
                    break;
                }
                let exact = self.prices(&relaxed);
                if self.price(&exact, &relaxed, &exact, &open) == 0 {
                    break;
                }
                if !go_on(self.work()) {
                    return None;
                }
                relaxed = self.master.relax()?;
            }
            before = before.max(relaxed.value);
            if relaxed.value > aim {
                return None;
            }
            if open.is_empty() {
                return Some(());
            }
            let most = (open.len() / dive.parts).max(1);
            self.take(&relaxed, most, rng, chosen)?;
        }
    }

    /// Takes the columns with the greatest shares for good; `None` when there are none.
    fn take(
        &mut self,
        relaxed: &Relaxed,
        most: usize,
        rng: &mut Rng,
        chosen: &mut [Option<usize>],
    ) -> Option<()> {
        let mut shares: Vec<(f64, usize)> = Vec::new();
        for (c, &share) in relaxed.shares.iter().enumerate() {
            if share > SHARES.0 && chosen[self.master.columns[c].who].is_none() {
                shares.push((share * (1.0 - CHANCE * rng.unit()), c));
            }
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut taken = 0;
        for (_, c) in shares {
            let who = self.master.columns[c].who;
            let settled = relaxed.shares[c] > SHARES.1;
            if chosen[who].is_none() && (taken < most || settled) {
                chosen[who] = Some(c);
                self.master.fix(c);
                taken += 1;
            }
        }
        (taken > 0).then_some(())
    }
}
