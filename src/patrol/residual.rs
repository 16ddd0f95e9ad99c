//! What a place still lacks over a stretch of time, worked out once and asked many times:
//! every start that a hole allows is judged against the same few pieces.

use super::cover::Cover;
use super::cover::Gain;
use super::cover::Presence;

/// Protection of one place as it stands, over a stretch of time.
#[derive(Clone, Debug, Default)]
pub struct Residual {
    /// `(from, level, risk up to from)`, each piece lasting to the next; level is percent x
    /// percent.
    pieces: Vec<(i32, i64, i64)>,
    /// End of the last piece.
    end: i32,
    /// Stretches in which the promise is broken, when the place has one.
    late: Vec<(i32, i32)>,
    /// The sweep's memory: the visit that counts, by authority.
    last: Vec<Last>,
}

/// The visit of one authority that ended last.
#[derive(Clone, Copy, Debug)]
struct Last {
    level: u8,
    end: i32,
    /// Steps of its effect that are over.
    step: usize,
}

impl Residual {
    /// Looks at `cover` with its visits `list` (sorted) over `[from, to)`.
    pub fn fill(&mut self, cover: &Cover, list: &[Presence], from: i32, to: i32) {
        let (from, to) = (from.max(0), to.min(cover.horizon));
        let reach = cover.reach();
        let first = list.partition_point(|v| v.start + cover.longest + reach <= from);
        let last = first + list[first..].partition_point(|v| v.start < to);
        let near = &list[first..last];
        self.end = to;
        self.pieces.clear();
        if from < to {
            self.protect(cover, near, from, to);
        }
        self.late.clear();
        if cover.hard > 0 && from < to {
            self.idle(cover, near, from, to);
        }
    }

    /// Levels, piece by piece.
    ///
    /// Among visits of one authority only the latest end counts, since effects only fade; so
    /// a sweep that keeps one end per authority (there are as many as tiers) finds the best.
    fn protect(&mut self, cover: &Cover, near: &[Presence], from: i32, to: i32) {
        self.last.clear();
        if let Some((end, level)) = cover.before {
            self.remember(level, end);
        }
        let mut next = 0;
        let mut t = from;
        while t < to {
            while let Some(visit) = near.get(next).filter(|v| v.start <= t) {
                self.remember(visit.level, visit.end);
                next += 1;
            }
            let mut until = near.get(next).map_or(to, |v| v.start);
            let mut level = 0;
            for last in &mut self.last {
                let steps = &cover.steps[last.step..];
                let faded = steps.iter().take_while(|s| last.end + s.0 <= t).count();
                last.step += faded;
                if let Some(&(age, percent)) = steps.get(faded) {
                    level = level.max(i64::from(last.level) * i64::from(percent));
                    until = until.min(last.end + age);
                }
            }
            if self.pieces.last().is_none_or(|p| p.1 != level) {
                self.pieces.push((t, level, cover.risk.upto(t)));
            }
            t = until;
        }
    }

    /// Notes the latest end of a visit's authority.
    fn remember(&mut self, level: u8, end: i32) {
        let step = 0;
        match self.last.iter_mut().find(|l| l.level == level) {
            Some(last) if last.end >= end => {}
            Some(last) => *last = Last { level, end, step },
            None => self.last.push(Last { level, end, step }),
        }
    }

    /// Stretches beyond the standard.
    fn idle(&mut self, cover: &Cover, near: &[Presence], from: i32, to: i32) {
        let mut kept = from.max(cover.before.map_or(0, |b| b.0) + cover.standard);
        for v in near {
            if v.start > kept {
                self.late.push((kept, v.start.min(to)));
            }
            kept = kept.max(v.end + cover.standard);
        }
        if kept < to {
            self.late.push((kept, to));
        }
    }

    /// What `visit` adds to the others on `list` (sorted; must not contain it).
    pub fn gain_of(&mut self, cover: &Cover, list: &[Presence], visit: Presence) -> Gain {
        self.fill(cover, list, visit.start, visit.end + cover.reach());
        self.gain(cover, visit.start, visit.end, visit.level)
    }

    /// Whether no visit of this level can add anything.
    pub fn is_full(&self, cover: &Cover, level: u8) -> bool {
        let best = cover.steps.first().map_or(0, |s| i64::from(s.1)) * i64::from(level);
        self.late.is_empty() && self.pieces.iter().all(|p| p.1 >= best)
    }

    /// What a visit adds that lies, with its reach, inside the stretch.
    pub fn gain(&self, cover: &Cover, start: i32, end: i32, level: u8) -> Gain {
        let value = self.value(cover, start, end, level);
        let promised = (end + cover.standard).min(self.end);
        let late = self
            .late
            .iter()
            .map(|&(a, b)| (b.min(promised) - a.max(start)).max(0));
        Gain {
            value,
            mended: cover.hard * late.map(i64::from).sum::<i64>(),
        }
    }

    /// Protected risk that a visit adds: step by step of its effect, what the pieces lack of it.
    fn value(&self, cover: &Cover, start: i32, end: i32, level: u8) -> i64 {
        if self.pieces.is_empty() {
            return 0;
        }
        let mut sum = 0;
        let mut from = start;
        let mut k = self.pieces.partition_point(|p| p.0 <= from).max(1) - 1;
        let mut risk = cover.risk.upto(from);
        for &(until, percent) in &cover.steps {
            let to = (end + until).min(self.end);
            if from >= to {
                break;
            }
            let own = i64::from(level) * i64::from(percent);
            loop {
                let next = self.pieces.get(k + 1).filter(|p| p.0 < to);
                let risk_next = next.map_or_else(|| cover.risk.upto(to), |p| p.2);
                sum += (own - self.pieces[k].1).max(0) * (risk_next - risk);
                risk = risk_next;
                if next.is_none() {
                    break;
                }
                k += 1;
            }
            from = to;
        }
        sum
    }

    /// Start in `[low, high]` at which a visit of `length` adds most, with what it adds.
    ///
    /// The gain as a function of the start bends only where an edge of the visit's protection
    /// meets a change of level or of risk; the changes of level are tried, and both ends of
    /// the range. Ties go to the earliest tried.
    pub fn best_start(
        &self,
        cover: &Cover,
        (low, high): (i32, i32),
        length: i32,
        level: u8,
    ) -> (i32, Gain) {
        let mut best = (low, self.gain(cover, low, low + length, level));
        let mut offer = |start: i32| {
            if start > low && start <= high {
                let gain = self.gain(cover, start, start + length, level);
                if (gain.mended, gain.value) > (best.1.mended, best.1.value) {
                    best = (start, gain);
                }
            }
        };
        if low < high {
            for &(t, ..) in self.pieces.iter().skip(1) {
                offer(t);
                for &(until, _) in &cover.steps {
                    offer(t - until - length);
                }
            }
            for &(a, b) in &self.late {
                offer(a);
                offer(b - cover.standard - length);
            }
            offer(high);
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patrol::cover::tests::random_cover;
    use crate::patrol::cover::tests::random_visits;
    use crate::rng::Rng;

    #[test]
    fn gains_add_up_to_the_value_from_scratch_in_any_order() {
        let mut rng = Rng::stream(11, 0, 0);
        let mut residual = Residual::default();
        for round in 0..600 {
            let cover = random_cover(&mut rng, 300);
            let mut visits: Vec<Presence> = Vec::new();
            let (mut value, mut broken) = cover.recost(&[]);
            let count = rng.below(9);
            let mut order = random_visits(&mut rng, 300, count);
            rng.shuffle(&mut order);
            for visit in order {
                let gain = residual.gain_of(&cover, &visits, visit);
                value += gain.value;
                broken -= gain.mended;
                visits.push(visit);
                visits.sort_unstable();
                assert_eq!(cover.recost(&visits), (value, broken), "round {round}");
            }
        }
    }

    #[test]
    fn one_look_serves_every_start_in_the_stretch() {
        let mut rng = Rng::stream(13, 0, 0);
        let (mut wide, mut narrow) = (Residual::default(), Residual::default());
        for _ in 0..600 {
            let cover = random_cover(&mut rng, 300);
            let count = rng.below(9);
            let visits = random_visits(&mut rng, 300, count);
            let (low, high) = (rng.below(200) as i32, rng.below(200) as i32);
            let (low, high) = (low.min(high), low.max(high));
            wide.fill(&cover, &visits, low, high + 12 + cover.reach());
            for level in [100, 60, 30] {
                let start = rng.between(i64::from(low), i64::from(high)) as i32;
                let visit = Presence {
                    start,
                    end: start + rng.below(13) as i32,
                    level,
                    duty: 9,
                };
                let gain = wide.gain(&cover, start, visit.end, level);
                assert_eq!(gain, narrow.gain_of(&cover, &visits, visit));
                assert!(gain == Gain::default() || !wide.is_full(&cover, level));
            }
        }
    }
}
