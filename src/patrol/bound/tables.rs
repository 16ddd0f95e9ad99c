//! What presence at a place is paid, as running sums over time.
//!
//! For one place and one authority let `h(t)` be what being there from the beginning to `t` is
//! paid for the time until `t`, and `T(t)` the same with the protection that remains after
//! `t`. A visit over `[s, e]` is then paid `T(e) - h(s)`, and a visit that ends at `e` after
//! one that ended at `d` adds `T(e) - T(d)` at most, however the two lie.

use super::market::Market;
use super::market::Prices;

/// Running sums at multiples of a step from a beginning.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    /// `h` of the file's head, in value.
    pub here: Vec<f64>,
    /// `T` of the file's head, in value.
    pub there: Vec<f64>,
}

/// Tables of place `c` for a crew of `level`, at `count` instants `from + i step`. Effects are
/// taken to last for whole steps, rounded as `steps` says.
pub(super) fn presence(
    market: &Market<'_>,
    prices: &Prices,
    (c, level): (usize, u8),
    (from, step, count): (i32, i32, usize),
    steps: impl Fn(i32) -> i32,
) -> Presence {
    let cover = &market.instance.covers[c];
    let edges: Vec<(usize, i64)> = cover
        .steps
        .iter()
        .map(|&(until, percent)| {
            let level = i64::from(level) * i64::from(percent);
            (steps(until.min(cover.horizon)).max(0) as usize, level)
        })
        .collect();
    let reach = edges.last().map_or(0, |e| e.0);
    let mut here = vec![0.0; count];
    let mut there = vec![0.0; count];
    for (k, shares) in prices.cells[c].iter().enumerate() {
        let fill = |level: i64| market.filled(c, k, level);
        let top = edges.first().map_or(0.0, |e| fill(e.1));
        if top <= 0.0 {
            continue;
        }
        let paid = paid(market, c, shares, (from, step, count + reach + 1));
        for i in 0..count {
            here[i] += top * paid[i];
        }
        // Each change of level counts from where it stands: summing by parts.
        let mut now = top;
        for (n, &(until, level)) in edges.iter().enumerate() {
            debug_assert!(now == fill(level), "levels in order");
            let next = edges.get(n + 1).map_or(0.0, |e| fill(e.1));
            let fall = now - next;
            if fall != 0.0 {
                let later = &paid[until..];
                for (sum, paid) in there.iter_mut().zip(later) {
                    *sum += fall * paid;
                }
            }
            now = next;
        }
    }
    Presence { here, there }
}

/// Running sum of the paid share of a place's risk.
fn paid(
    market: &Market<'_>,
    c: usize,
    shares: &[f64],
    (from, step, count): (i32, i32, usize),
) -> Vec<f64> {
    let cover = &market.instance.covers[c];
    let mut sums = Vec::with_capacity(count);
    let mut sum = 0.0;
    let mut t = from;
    sums.push(0.0);
    while sums.len() < count {
        let next = t.saturating_add(step);
        let mut at = t.max(0);
        let end = next.min(cover.horizon);
        while at < end {
            let cell = at / market.cell;
            let to = (cell + 1).saturating_mul(market.cell).min(end);
            sum += shares[cell as usize] * cover.risk.between(at, to) as f64;
            at = to;
        }
        sums.push(sum);
        t = next;
    }
    sums
}
