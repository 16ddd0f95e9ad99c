//! Kinds too many to be counted, kept within their limits by tolls.
//!
//! With tolls `t_k >= 0` on kinds of which at most `m_k` shifts may be worked, the best
//! schedule costs no less than `min (cost + Σ t_k worked_k) - Σ t_k m_k`: for a schedule within
//! the limits the tolls add no more than is taken off (Lagrangian relaxation). So each try
//! proves a bound, and the dearest tolls leave a kind out altogether.

use super::Ask;
use super::Found;
use super::Limit;
use super::Scratch;
use super::counters::Counters;
use super::frame::Frame;
use super::limits;
use super::read::read;
use super::sweep::sweep;
use crate::rng::Rng;
use crate::roster::model::NEVER;
use crate::roster::rules::Rules;

/// Tries at changing tolls once they have kept all limits.
const TRIES: u32 = 6;
/// Tries at keeping them all.
const PATIENCE: u32 = 60;
/// And values that they look at, all together.
const WORK: u64 = 4 * super::MOST_VALUES as u64;
/// No toll is higher.
const MOST: i32 = i32::MAX / 1024;

/// A question with tolls.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paid<'a> {
    pub(super) rules: &'a Rules<'a>,
    pub(super) ask: &'a Ask<'a>,
    pub(super) frame: &'a Frame,
    pub(super) counters: &'a Counters,
}

impl Paid<'_> {
    /// The best schedule found that keeps its limits, left in `scratch.found`, beginning with
    /// what a schedule without tolls does and costs.
    pub(super) fn best(
        &self,
        scratch: &mut Scratch,
        (mut limits, mut least): (Vec<Limit>, i32),
        mut draw: Option<&mut Rng>,
    ) -> Option<Found> {
        let mut tolls = vec![0; self.rules.problem.kinds.len()];
        // A toll as high as prices differ leaves a kind out nearly always.
        let first = (self.spread() / 8).max(self.ask.scale);
        let mut steps = vec![(0, first); tolls.len()];
        let mut best: Option<(i32, Vec<u16>)> = None;
        let mut tries = 0;
        let begun = scratch.work;
        for round in 0.. {
            let enough = best.is_some() && tries >= TRIES || scratch.work - begun > WORK;
            if enough || round > PATIENCE || !adjust(&mut tolls, &mut steps, &limits) {
                break;
            }
            scratch.tokens.price(self.rules, self.ask, &tolls);
            let sweep = sweep(self.rules, self.ask, self.frame, self.counters, scratch);
            // Tolls that no sum can hold leave nothing.
            let Some(paid) = sweep else { break };
            let (rules, ask) = (self.rules, self.ask);
            read(
                rules,
                ask,
                self.frame,
                self.counters,
                scratch,
                draw.as_deref_mut(),
            );
            limits = self::limits(rules, ask, scratch)?;
            let toll = |l: &Limit| tolls[l.kind as usize];
            let times = |l: &Limit, times: u32| i64::from(toll(l)) * i64::from(times);
            let most: i64 = limits.iter().map(|l| times(l, l.left)).sum();
            // What is proven may be far below nothing, but never wraps.
            let proven = (i64::from(paid) - most).max(i64::from(i32::MIN));
            least = least.max(proven as i32);
            tries += u32::from(best.is_some());
            if limits.iter().all(|l| l.over() == 0) {
                let tolls: i64 = limits.iter().map(|l| times(l, l.worked)).sum();
                let cost = (i64::from(paid) - tolls) as i32;
                if best.as_ref().is_none_or(|b| cost < b.0) {
                    best = Some((cost, scratch.found.clone()));
                }
            }
        }
        let (cost, found) = best?;
        scratch.found = found;
        Some(Found { cost, least })
    }

    /// How much prices of seats differ.
    fn spread(&self) -> i32 {
        let width = self.rules.problem.seats.len();
        let prices = &self.ask.seats[self.ask.from * width..self.ask.to * width];
        let prices = prices.iter().filter(|p| **p != NEVER);
        let most = prices.clone().max().copied().unwrap_or(0);
        most - prices.min().copied().unwrap_or(0)
    }
}

/// Raises the tolls of kinds that pass their limits and lowers those of kinds that fall short,
/// by steps that grow while they lead on and shrink when they lead back. False when nothing
/// changes.
fn adjust(tolls: &mut [i32], steps: &mut [(i32, i32)], limits: &[Limit]) -> bool {
    let mut changed = false;
    for limit in limits {
        let k = limit.kind as usize;
        let way = match limit.worked.cmp(&limit.left) {
            std::cmp::Ordering::Greater => 1,
            std::cmp::Ordering::Less if tolls[k] > 0 => -1,
            _ => continue,
        };
        let (last, step) = &mut steps[k];
        *step = match *last * way {
            1 => *step * 3 / 2,
            -1 => *step / 2,
            _ => *step,
        };
        *step = (*step).clamp(1, MOST);
        *last = way;
        let toll = (tolls[k] + way * *step).clamp(0, MOST);
        changed |= toll != tolls[k];
        tolls[k] = toll;
    }
    changed
}
