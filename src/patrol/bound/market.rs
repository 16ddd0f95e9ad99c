//! What is priced, and what the prices leave over.
//!
//! Protection of a place is cut into layers of level and cells of time. A price is the share
//! of a cell's risk that is paid to whoever protects it, in `[0, 1]`; demands and single
//! visits have prices in units of value.

use crate::patrol::cover::FULL;
use crate::patrol::cover::Presence;
use crate::patrol::instance::Crew;
use crate::patrol::instance::Instance;
use crate::patrol::instance::NONE;
use crate::patrol::instance::Window;

/// Longest cell, ticks.
const LONGEST: i32 = 1800;
/// Cells of a short horizon.
const CELLS: i32 = 48;

/// One number for each place, layer and cell.
pub(super) type Grid = Vec<Vec<Vec<f64>>>;

/// The parts of the bound that do not depend on prices.
#[derive(Debug)]
pub(super) struct Market<'a> {
    /// The problem.
    pub instance: &'a Instance,
    /// Length of a cell, ticks.
    pub cell: i32,
    /// Upper ends of each place's layers of level, percent x percent, rising.
    pub layers: Vec<Vec<i64>>,
    /// Value of each cell: risk times the height of the layer.
    pub worth: Grid,
    /// Share of each cell that the last visit before the horizon protects.
    pub before: Grid,
    /// Greatest points of a visit that counts for each demand.
    pub quota_points: Vec<f64>,
    /// Greatest points of a visit of each series that counts once at most; 0 for others.
    pub series_points: Vec<f64>,
}

/// Prices, or steps between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Prices {
    /// Share of each cell's value paid for protecting it.
    pub cells: Grid,
    /// Value taken from each visit that counts for a demand.
    pub quotas: Vec<f64>,
    /// Value taken from each visit of a series.
    pub series: Vec<f64>,
}

impl<'a> Market<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let layers: Vec<Vec<i64>> = (0..instance.covers.len())
            .map(|c| layers(instance, c))
            .collect();
        let length = (instance.horizon / CELLS).clamp(1, LONGEST);
        let cells = (instance.horizon.max(0) as usize).div_ceil(length as usize);
        let mut this = Self {
            instance,
            cell: length,
            worth: Vec::new(),
            before: Vec::new(),
            layers,
            quota_points: vec![0.0; instance.quotas.len()],
            series_points: vec![0.0; instance.series.len()],
        };
        for (c, cover) in instance.covers.iter().enumerate() {
            let risk = |cell: usize| {
                let from = cell as i32 * length;
                cover.risk.between(from, from.saturating_add(length)) as f64
            };
            let height = |k: usize| this.height(c, k);
            let rows = (0..this.layers[c].len())
                .map(|k| (0..cells).map(|cell| risk(cell) * height(k)).collect());
            this.worth.push(rows.collect());
        }
        for task in &instance.tasks {
            let points = task.points as f64;
            for window in task.windows.iter().filter(|w| w.quota != NONE) {
                let most = &mut this.quota_points[window.quota as usize];
                *most = most.max(points);
            }
            let once = |s: u32| instance.series[s as usize].spacing >= instance.horizon;
            if task.series != NONE && once(task.series) {
                let most = &mut this.series_points[task.series as usize];
                *most = most.max(points);
            }
        }
        this.before = this.zero();
        let mut before = this.zero();
        for (c, cover) in instance.covers.iter().enumerate() {
            if let Some((end, level)) = cover.before {
                let visit = Presence {
                    start: end.min(0),
                    end,
                    level,
                    duty: NONE,
                };
                this.enter(c, visit, 1.0, &mut before);
            }
        }
        this.before = before;
        this
    }

    /// Height of layer `k` of place `c`.
    fn height(&self, c: usize, k: usize) -> f64 {
        let layers = &self.layers[c];
        let below = k.checked_sub(1).map_or(0, |k| layers[k]);
        (layers[k] - below) as f64
    }

    /// How much of layer `k` a level fills, in units of value per unit of risk.
    pub(super) fn filled(&self, c: usize, k: usize, level: i64) -> f64 {
        let layers = &self.layers[c];
        let below = k.checked_sub(1).map_or(0, |k| layers[k]);
        (level.min(layers[k]) - below).max(0) as f64
    }

    /// Prices at which protection is not paid, and all points are taken.
    pub(super) fn nothing(&self) -> Prices {
        Prices {
            cells: self.zero(),
            quotas: self.quota_points.clone(),
            series: self.series_points.clone(),
        }
    }

    /// Whether [`Market::nothing`] takes all points, so that no visit is paid at all.
    pub(super) fn takes_all(&self) -> bool {
        let instance = self.instance;
        instance.tasks.iter().all(|task| {
            let once = self.series_points.get(task.series as usize);
            let once = once.is_some_and(|&p| p >= task.points as f64);
            let counted = |w: &Window| w.quota != NONE;
            task.points <= 0 || once || task.windows.iter().all(counted)
        })
    }

    /// A grid of zeros.
    pub(super) fn zero(&self) -> Grid {
        let row = |k: &Vec<f64>| vec![0.0; k.len()];
        self.worth
            .iter()
            .map(|c| c.iter().map(row).collect())
            .collect()
    }

    /// Adds what a visit protects of each cell (in value, times `sign`) to a grid.
    pub(super) fn enter(&self, c: usize, visit: Presence, sign: f64, grid: &mut Grid) {
        let cover = &self.instance.covers[c];
        let mut from = visit.start;
        for &(until, percent) in &cover.steps {
            let to = (visit.end + until).min(cover.horizon);
            let level = i64::from(visit.level) * i64::from(percent);
            let mut t = from.max(0);
            while t < to {
                let cell = t / self.cell;
                let next = (cell + 1).saturating_mul(self.cell).min(to);
                let risk = cover.risk.between(t, next) as f64 * sign;
                for (k, row) in grid[c].iter_mut().enumerate() {
                    row[cell as usize] += risk * self.filled(c, k, level);
                }
                t = next;
            }
            from = visit.end + until;
        }
    }

    /// What the prices leave over if no unit goes out: unpaid risk, what the last visits
    /// before the horizon are paid, and every demand at its price.
    pub(super) fn left_over(&self, prices: &Prices) -> f64 {
        let mut sum = 0.0;
        for (c, layers) in self.worth.iter().enumerate() {
            for (k, row) in layers.iter().enumerate() {
                let paid = prices.cells[c][k].iter().zip(&self.before[c][k]);
                let cells = row.iter().zip(paid);
                sum += cells
                    .map(|(worth, (x, before))| worth * (1.0 - x) + x * before)
                    .sum::<f64>();
            }
        }
        let counts = self.instance.quotas.iter().map(|q| f64::from(q.count));
        sum += counts.zip(&prices.quotas).map(|(n, p)| n * p).sum::<f64>();
        sum + prices.series.iter().sum::<f64>()
    }
}

/// Authorities of the crews that may visit a place, percent.
pub(super) fn levels(instance: &Instance, c: usize) -> impl Iterator<Item = u8> + '_ {
    let visits = move |crew: &&Crew| {
        let mut tasks = crew.tasks.iter().map(|&t| &instance.tasks[t as usize]);
        tasks.any(|t| t.cover == c as u32)
    };
    instance
        .crews
        .iter()
        .filter(visits)
        .map(move |crew| crew.level[c])
}

/// Levels that lone visits reach, and half of the least where effects fade.
fn layers(instance: &Instance, c: usize) -> Vec<i64> {
    let cover = &instance.covers[c];
    let Some(&(_, top)) = cover.steps.first() else {
        return Vec::new();
    };
    let before = cover.before.iter().map(|b| b.1);
    let mut ends: Vec<i64> = levels(instance, c)
        .chain(before)
        .map(|level| i64::from(level) * i64::from(top))
        .filter(|&l| l > 0)
        .collect();
    // Risk that nobody can protect is left over too.
    ends.push(FULL);
    if cover.steps.len() > 1 {
        ends.extend(ends.iter().min().map(|l| l / 2));
    }
    ends.sort_unstable();
    ends.dedup();
    ends.retain(|&l| l > 0);
    ends
}
