//! Prices to begin with: every visit pays about alike for the time it takes.

use super::ground::Group;
use super::market::Market;
use super::market::Prices;
use super::market::levels;
use crate::patrol::cover::FULL;

/// First price of a unit's time, as a share of all risk divided by all time on duty.
const TIME: f64 = 0.1;
/// Demands begin with this share of their points taken.
const TAKEN: f64 = 0.9;

/// First prices.
pub(super) fn prices(market: &Market<'_>, groups: &[Group]) -> Prices {
    let instance = market.instance;
    let effort = effort(market, groups);
    let on_duty: f64 = instance
        .duties
        .iter()
        .map(|d| f64::from(d.end - d.start))
        .sum();
    let second = TIME * instance.total_risk() as f64 / on_duty.max(1.0);
    let mut cells = market.zero();
    for (c, cover) in instance.covers.iter().enumerate() {
        let mut from = 0;
        let steps = cover.steps.iter().map(|&(until, percent)| {
            let length = f64::from(until - std::mem::replace(&mut from, until));
            length * f64::from(percent) / 100.0
        });
        let lasts = steps.sum::<f64>() + f64::from(cover.longest);
        let visit = second * effort[c] / lasts.max(1.0);
        let top = top(market, c);
        for (k, row) in cells[c].iter_mut().enumerate() {
            // Nobody can earn what nobody can protect.
            if k > 0 && market.layers[c][k - 1] >= top {
                row.fill(1.0);
                continue;
            }
            for (cell, x) in row.iter_mut().enumerate() {
                let at = cell as i32 * market.cell;
                let risk = cover.risk.between(at, at.saturating_add(market.cell)) * FULL;
                let rate = risk as f64 / f64::from(market.cell);
                *x = if rate > 0.0 {
                    (visit / rate).min(1.0)
                } else {
                    0.0
                };
            }
        }
    }
    Prices {
        cells,
        quotas: market.quota_points.iter().map(|p| TAKEN * p).collect(),
        series: series(market),
    }
}

/// The highest level that a crew gives a place.
fn top(market: &Market<'_>, c: usize) -> i64 {
    let first = market.instance.covers[c].steps.first();
    let first = first.map_or(0, |step| i64::from(step.1));
    let highest = levels(market.instance, c).max();
    highest.map_or(0, i64::from) * first
}

/// Where there is nothing but visits that count once, half of each is taken.
fn series(market: &Market<'_>) -> Vec<f64> {
    let share = if market.instance.is_orienteering() {
        0.5
    } else {
        0.0
    };
    market.series_points.iter().map(|p| share * p).collect()
}

/// Least time that a visit of each place takes, the way from its nearest neighbour included.
fn effort(market: &Market<'_>, groups: &[Group]) -> Vec<f64> {
    let instance = market.instance;
    let mut least = vec![f64::INFINITY; instance.covers.len()];
    for group in groups {
        let ground = &group.ground;
        let mode = instance.crews[ground.crew as usize].mode as usize;
        for (k, tasks) in ground.tasks.iter().enumerate() {
            let others = (0..ground.spots.len()).filter(|&j| j != k);
            let way = others.map(|j| ground.time(j, k)).min().unwrap_or(0);
            for &t in tasks {
                let task = &instance.tasks[t as usize];
                if let Some(least) = least.get_mut(task.cover as usize) {
                    let takes = f64::from(task.length[mode]) + f64::from(way);
                    *least = least.min(takes);
                }
            }
        }
    }
    least
}
