//! Protection of one place by the visits to it: the integral of risk times the best level
//! that any visit started so far still gives, and what one visit more adds to it.
//!
//! The integrand is a maximum over visits, so the value is monotone submodular in the set of
//! visits: what a visit adds only shrinks as others join. What it adds depends only on the
//! visits whose protection reaches into its own, which a list sorted by start finds at once.

use super::risk::RiskIntegral;

/// Full authority times full effect, percent x percent.
pub const FULL: i64 = 100 * 100;

/// A place whose protection counts.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// Its risk over the horizon.
    pub risk: RiskIntegral,
    /// Effect of a visit by age: `(until, percent)`, ages rising, levels falling.
    pub steps: Vec<(i32, u8)>,
    /// Revisit interval, for the broken promise; unused when `hard` is 0.
    pub standard: i32,
    /// Broken-promise weight per second beyond the standard.
    pub hard: i64,
    /// Longest visit of any task, ticks.
    pub longest: i32,
    /// Last visit before the horizon: its end (0 or less) and level.
    pub before: Option<(i32, u8)>,
    /// Length of the horizon.
    pub horizon: i32,
}

/// A visit as the place sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Presence {
    /// When it begins.
    pub start: i32,
    /// When it ends.
    pub end: i32,
    /// Authority, percent.
    pub level: u8,
    /// Which duty makes it.
    pub duty: u32,
}

/// What a visit adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gain {
    /// Protected risk.
    pub value: i64,
    /// Broken promise mended.
    pub mended: i64,
}

impl Cover {
    /// How long after its end a visit still matters.
    #[inline]
    pub(super) fn reach(&self) -> i32 {
        let effect = self.steps.last().map_or(0, |s| s.0);
        if self.hard > 0 {
            effect.max(self.standard)
        } else {
            effect
        }
    }

    /// Protection that one visit gives at `t`, percent x percent.
    fn level_at(&self, visit: Presence, t: i32) -> i64 {
        if t < visit.start {
            return 0;
        }
        let step = self.steps.iter().find(|s| t < visit.end + s.0);
        step.map_or(0, |s| i64::from(visit.level) * i64::from(s.1))
    }

    /// Protection that the known last visit still gives at `t`.
    fn level_before(&self, t: i32) -> i64 {
        self.before.map_or(0, |(end, level)| {
            let visit = Presence {
                start: i32::MIN,
                end,
                level,
                duty: 0,
            };
            self.level_at(visit, t)
        })
    }

    /// Value and broken promise of a whole list, from scratch: the oracle of what
    /// [`super::residual`] adds up.
    pub fn recost(&self, visits: &[Presence]) -> (i64, i64) {
        let mut cuts = vec![0, self.horizon];
        for v in visits {
            cuts.push(v.start);
            cuts.push(v.end + self.standard);
            cuts.extend(self.steps.iter().map(|s| v.end + s.0));
        }
        let past = self.before.map_or(0, |b| b.0);
        cuts.push(past + self.standard);
        cuts.extend(self.steps.iter().map(|s| past + s.0));
        cuts.retain(|&t| t >= 0 && t <= self.horizon);
        cuts.sort_unstable();
        cuts.dedup();
        let (mut value, mut late) = (0, 0);
        for w in cuts.windows(2) {
            let near = visits.iter().filter(|v| v.start <= w[0]);
            let best = near.clone().map(|&v| self.level_at(v, w[0])).max();
            value += best.unwrap_or(0).max(self.level_before(w[0])) * self.risk.between(w[0], w[1]);
            let idle_from = near.map(|v| v.end).max().unwrap_or(past).max(past);
            if w[0] >= idle_from + self.standard {
                late += i64::from(w[1] - w[0]);
            }
        }
        (value, self.hard * late)
    }

    /// What a lone visit protects on average.
    pub fn typical(&self) -> i64 {
        let reach = self.steps.last().map_or(0, |s| s.0) + self.longest;
        let level = self.steps.first().map_or(0, |s| i64::from(s.1));
        let share = f64::from(reach.min(self.horizon)) / f64::from(self.horizon.max(1));
        (self.risk.total() as f64 * share) as i64 * level * 100
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::rng::Rng;

    pub(in crate::patrol) fn random_cover(rng: &mut Rng, horizon: i32) -> Cover {
        let steps = match rng.below(3) {
            0 => vec![(20 + rng.below(40) as i32, 100)],
            1 => vec![(10, 100), (30, 60), (55, 20)],
            _ => vec![(15, 80), (40, 30)],
        };
        let pieces = [(0, 3), (horizon / 3, 1), (horizon / 2, 7)];
        Cover {
            risk: RiskIntegral::new(&pieces, horizon),
            steps,
            standard: 25 + rng.below(30) as i32,
            hard: rng.below(2) as i64 * 3,
            longest: 12,
            before: rng.chance(0.5).then(|| (-(rng.below(20) as i32), 70)),
            horizon,
        }
    }

    pub(in crate::patrol) fn random_visits(
        rng: &mut Rng,
        horizon: i32,
        count: usize,
    ) -> Vec<Presence> {
        let mut visits: Vec<Presence> = (0..count as u32)
            .map(|duty| {
                let start = rng.below(horizon as usize - 12) as i32;
                Presence {
                    start,
                    end: start + rng.below(13) as i32,
                    level: [100, 100, 60, 30][rng.below(4)],
                    duty,
                }
            })
            .collect();
        visits.sort_unstable();
        visits
    }
}
