//! Protected risk, exactly: integers over elementary intervals.
//!
//! For each target all instants at which anything changes are gathered and sorted: visits
//! start and end, their protection steps down, the risk rate changes. Between two of them
//! the integrand is constant, and it is evaluated there from its definition,
//!
//! ```text
//! P(t) = max over visits v, started by t, of  a_v * D(max(0, t - e_v))
//! ```
//!
//! by looking at every visit that still counts and that no other outdoes in both authority
//! and end. Step k of the effect lasts up to, but not
//! including, `e + until_k` (the formula has a closed end there, which changes no integral).

use crate::scenario::Effect;
use crate::scenario::Risk;
use crate::scenario::Target;
use crate::units::Level;
use crate::units::Rate;
use crate::units::Seconds;
use crate::units::Span;

/// Full protection: hundredths of authority times hundredths of effect.
pub(super) const FULL: u32 = 10_000;

/// Integral units of one point of risk: thousandths of a point per hour, times seconds,
/// times `FULL`.
pub const UNITS_PER_POINT: f64 = 1000.0 * 3600.0 * FULL as f64;

/// A visit as far as protection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Presence {
    /// From arrival to leaving.
    pub(super) span: Span,
    /// How much it counts.
    pub(super) authority: Level,
}

impl Presence {
    /// Whether this visit, once both have started, gives at least as much at any time.
    fn outdoes(&self, other: &Self) -> bool {
        self.authority >= other.authority && self.span.end >= other.span.end
    }
}

/// A target's protection on a stretch of time, out of [`FULL`].
pub(super) type Piece = (Span, u32);

/// The visits that protect a target: those of the plan in order of their starts, after the
/// one known from before the horizon.
pub(super) fn presences(target: &Target, visits: &[(Span, Level)]) -> Vec<Presence> {
    let before = target.last_visit.map(|end| Presence {
        span: Span::new(end, end),
        authority: target.last_authority,
    });
    let planned = visits
        .iter()
        .map(|&(span, authority)| Presence { span, authority });
    before.into_iter().chain(planned).collect()
}

/// Protection over the horizon as pieces without gaps, neighbours joined where the risk
/// rate does not change between them. `visits` are in order of their starts.
pub(super) fn pieces(
    effect: &Effect,
    risk: &Risk,
    visits: &[Presence],
    horizon: Seconds,
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut active: Vec<Presence> = Vec::new();
    let mut coming = visits.iter().peekable();
    let instants = instants(effect, risk, visits, horizon);
    for ends in instants.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        while let Some(visit) = coming.next_if(|v| v.span.start <= from) {
            if !active.iter().any(|v| v.outdoes(visit)) {
                active.retain(|v| !visit.outdoes(v));
                active.push(*visit);
            }
        }
        active.retain(|v| level(effect, v, from) > 0);
        let best = active.iter().map(|v| level(effect, v, from)).max();
        pieces.push((Span::new(from, to), best.unwrap_or(0)));
    }
    pieces
}

/// All instants of the horizon at which anything may change, sorted.
fn instants(effect: &Effect, risk: &Risk, visits: &[Presence], horizon: Seconds) -> Vec<Seconds> {
    let mut instants = vec![Seconds::ZERO, horizon];
    instants.extend(risk.pieces.iter().map(|&(start, _)| start));
    for visit in visits {
        let Span { start, end } = visit.span;
        instants.extend([start, end]);
        let steps = effect.steps.iter();
        instants.extend(steps.map(|&(until, _)| Seconds(end.0.saturating_add(until.0))));
    }
    instants.retain(|&t| Seconds::ZERO <= t && t <= horizon);
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// What a visit started by `t` gives on the elementary interval from `t`.
fn level(effect: &Effect, visit: &Presence, t: Seconds) -> u32 {
    let age = t - visit.span.end;
    let present = age < Seconds::ZERO;
    let step = effect
        .steps
        .iter()
        .find(|&&(until, _)| present || age < until);
    let left = step.map_or(0, |&(_, level)| u32::from(level.0));
    u32::from(visit.authority.0) * left
}

/// Protected and total risk of a target, in units of which [`UNITS_PER_POINT`] make a point.
pub(super) fn integral(risk: &Risk, pieces: &[Piece]) -> (i128, i128) {
    let mut protected = 0;
    let mut total = 0;
    for &(span, level) in pieces {
        let Rate(rate) = rate_at(risk, span.start);
        let amount = i128::from(rate) * i128::from(span.length().0);
        protected += amount * i128::from(level);
        total += amount * i128::from(FULL);
    }
    (protected, total)
}

/// The rate of the piece that holds `t`.
fn rate_at(risk: &Risk, t: Seconds) -> Rate {
    let started = risk.pieces.partition_point(|&(start, _)| start <= t);
    let piece = started.checked_sub(1).map(|i| risk.pieces[i].1);
    piece.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn presence(start: i64, end: i64, authority: u8) -> Presence {
        Presence {
            span: Span::new(Seconds(start), Seconds(end)),
            authority: Level(authority),
        }
    }

    fn effect(steps: &[(i64, u8)]) -> Effect {
        Effect {
            steps: steps.iter().map(|&(u, l)| (Seconds(u), Level(l))).collect(),
        }
    }

    fn risk(pieces: &[(i64, i64)]) -> Risk {
        Risk {
            pieces: pieces.iter().map(|&(s, r)| (Seconds(s), Rate(r))).collect(),
        }
    }

    fn both(effect: &Effect, risk: &Risk, visits: &[Presence], horizon: i64) -> (i128, i128) {
        integral(risk, &pieces(effect, risk, visits, Seconds(horizon)))
    }

    #[test]
    fn a_step_protects_from_arrival_until_the_standard_after_leaving() {
        // 10 s of visit and 60 s after it at full authority, 1000 s in all, rate 7.
        let (protected, total) = both(
            &effect(&[(60, 100)]),
            &risk(&[(0, 7)]),
            &[presence(100, 110, 100)],
            1000,
        );
        assert_eq!(protected, 7 * 70 * 10_000);
        assert_eq!(total, 7 * 1000 * 10_000);
    }

    #[test]
    fn the_best_visit_counts_and_the_horizon_cuts() {
        // Guards (50 %) over [0, 10) and 100 s after; police over [50, 60) and 100 s after,
        // cut at 120: 50 s at half, 70 s at full.
        let visits = [presence(0, 10, 50), presence(50, 60, 100)];
        let (protected, _) = both(&effect(&[(100, 100)]), &risk(&[(0, 1)]), &visits, 120);
        assert_eq!(protected, 50 * 5_000 + 70 * 10_000);
    }

    #[test]
    fn decay_falls_in_steps_and_the_rate_changes_underneath() {
        // Visit [10, 20); 100 % to 30, 40 % to 50; rate 2 before 25, 3 from there.
        let (protected, total) = both(
            &effect(&[(10, 100), (30, 40)]),
            &risk(&[(0, 2), (25, 3)]),
            &[presence(10, 20, 100)],
            60,
        );
        assert_eq!(protected, (15 * 2 + 5 * 3) * 10_000 + 20 * 3 * 4_000);
        assert_eq!(total, (25 * 2 + 35 * 3) * 10_000);
    }

    #[test]
    fn a_visit_before_the_horizon_protects_its_rest() {
        let visits = [presence(-40, -40, 80)];
        let (protected, _) = both(&effect(&[(100, 100)]), &risk(&[(0, 1)]), &visits, 500);
        assert_eq!(protected, 60 * 8_000);
    }

    #[test]
    fn without_an_effect_nothing_is_protected() {
        let visits = [presence(10, 30, 100)];
        let (protected, total) = both(&effect(&[]), &risk(&[(0, 1)]), &visits, 100);
        assert_eq!((protected, total), (0, 100 * 10_000));
    }

    /// Second by second, from the words of the design.
    fn oracle(effect: &Effect, risk: &Risk, visits: &[Presence], horizon: i64) -> i128 {
        let mut sum = 0;
        for t in 0..horizon {
            let mut best = 0;
            for v in visits.iter().filter(|v| v.span.start.0 <= t) {
                let age = (t - v.span.end.0).max(0);
                let steps = effect.steps.iter().rev();
                let mut share = 0;
                for &(until, level) in steps {
                    if age < until.0 {
                        share = level.0;
                    }
                }
                best = best.max(i128::from(share) * i128::from(v.authority.0));
            }
            let rate = risk
                .pieces
                .iter()
                .rev()
                .find(|p| p.0.0 <= t)
                .map_or(0, |p| p.1.0);
            sum += best * i128::from(rate);
        }
        sum
    }

    fn steps() -> impl Strategy<Value = Effect> {
        let ages = prop::collection::btree_set(1i64..120, 0..4);
        (ages, prop::collection::btree_set(1u8..=100, 4)).prop_map(|(ages, levels)| {
            let falling = levels.into_iter().rev();
            effect(&ages.into_iter().zip(falling).collect::<Vec<_>>())
        })
    }

    fn rates() -> impl Strategy<Value = Risk> {
        prop::collection::btree_map(1i64..300, 0i64..2000, 0..4).prop_map(|pieces| {
            let first = (0, 500);
            risk(&std::iter::once(first).chain(pieces).collect::<Vec<_>>())
        })
    }

    fn visits() -> impl Strategy<Value = Vec<Presence>> {
        let one = (-60i64..300, 0i64..50, 0u8..=100);
        prop::collection::vec(one, 0..8).prop_map(|visits| {
            let mut visits: Vec<_> = visits
                .into_iter()
                .map(|(s, d, a)| presence(s, s + d, a))
                .collect();
            visits.sort_by_key(|v| v.span);
            visits
        })
    }

    proptest! {
        #[test]
        fn the_integral_is_the_sum_over_seconds(
            effect in steps(),
            risk in rates(),
            visits in visits(),
            horizon in 1i64..350,
        ) {
            let (protected, _) = both(&effect, &risk, &visits, horizon);
            prop_assert_eq!(protected, oracle(&effect, &risk, &visits, horizon));
        }
    }
}
