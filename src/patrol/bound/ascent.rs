//! Prices that make the bound small, found by steps along averaged subgradients.
//!
//! The bound is convex in the prices. Where walks protect a cell more than once at present
//! prices, its price should fall, and rise where they leave it bare. The direction is a
//! moving average (Camerini, Fratta and Maffioli 1975), scaled so that prices move by shares
//! of themselves; its length aims a little below the best value so far (Polyak 1969), less and
//! less so as values stop falling.

use super::ground::Group;
use super::market::Grid;
use super::market::Market;
use super::market::Prices;
use super::moves::Memory;
use super::moves::Moves;
use super::paid::Shared;
use super::paid::Slots;
use super::paid::Worth;
use super::sweep::Step;
use super::sweep::Sweep;
use super::sweep::Walk;
use crate::par;
use crate::patrol::cover::Presence;
use crate::patrol::instance::NONE;
use crate::patrol::instance::Window;

/// Share of the newest subgradient in the average.
const NEWEST: f64 = 0.2;
/// How far below the best value the first steps aim, as a share of it.
const AIM: f64 = 0.01;
/// Rounds without enough progress before the aim comes nearer, and by how much.
const PATIENCE: u32 = 5;
const NEARER: f64 = 0.7;
/// First rounds, in which walks remember nothing.
const SIMPLE: u32 = 60;
/// How many of them take as long as one with memory.
pub(super) const DEARER: f64 = 4.0;
/// Prices near 0 move as if they were this large.
const SMALL: f64 = 0.01;
/// Pull of a place's mean, and of a cell's mean over all places, beside each cell's own.
const MEANS: f64 = 0.1;

/// The search for good prices.
#[derive(Debug)]
pub(super) struct Ascent<'a> {
    market: &'a Market<'a>,
    groups: &'a [Group],
    slots: Slots,
    prices: Prices,
    average: Option<Prices>,
    best: (f64, Prices),
    /// How far below the best the steps aim, in value.
    aim: f64,
    /// Best value when the aim was set or progress was enough.
    mark: f64,
    idle: u32,
    rounds: u32,
    /// No bound can be below this.
    floor: f64,
}

impl<'a> Ascent<'a> {
    /// Begins from prices at which every visit would pay about alike for its time. `floor` is
    /// the value of some plan.
    pub(super) fn new(
        market: &'a Market<'a>,
        groups: &'a [Group],
        slots: Slots,
        floor: f64,
    ) -> Self {
        let prices = super::first::prices(market, groups);
        Self {
            market,
            groups,
            slots,
            best: (f64::INFINITY, prices.clone()),
            prices,
            average: None,
            aim: 0.0,
            mark: f64::INFINITY,
            idle: 0,
            rounds: 0,
            floor,
        }
    }

    /// The best value so far, by slots that are no bound, and its prices.
    pub(super) fn best(&self) -> &(f64, Prices) {
        &self.best
    }

    /// What walks remember in the next round: nothing at first, which is several times as quick.
    fn memory(&self) -> Memory {
        match self.rounds < self.simple() {
            true => Memory::None,
            false => memory(self.market),
        }
    }

    /// Work done so far, in rounds without memory.
    pub(super) fn done(&self) -> f64 {
        let simple = self.rounds.min(self.simple());
        f64::from(simple) + f64::from(self.rounds - simple) * DEARER
    }

    /// Rounds without memory. Where visits count once they would lead nowhere: walks would stay
    /// where they earn most.
    fn simple(&self) -> u32 {
        match memory(self.market) {
            Memory::Ever => 0,
            Memory::None | Memory::Prompt => SIMPLE,
        }
    }

    /// One round: walks at the present prices, then better prices.
    pub(super) fn round(&mut self) {
        let (slots, memory) = (self.slots, self.memory());
        let (value, walks) = evaluate(self.market, self.groups, &self.prices, slots, memory, true);
        self.rounds += 1;
        if self.aim == 0.0 {
            self.aim = AIM * self.market.left_over(&self.market.nothing()).max(1.0);
        }
        if value < self.best.0 {
            self.best = (value, self.prices.clone());
        }
        let slope = self.slope(&walks);
        if self.best.0 < self.mark - 0.3 * self.aim {
            self.mark = self.best.0;
            self.idle = 0;
        } else {
            self.idle += 1;
        }
        if self.idle >= PATIENCE {
            self.aim *= NEARER;
            self.idle = 0;
            self.mark = self.best.0;
            self.prices = self.best.1.clone();
        }
        self.step(value, slope);
    }

    /// Prices of nothing.
    fn none(&self) -> Prices {
        Prices {
            cells: self.market.zero(),
            quotas: vec![0.0; self.market.quota_points.len()],
            series: vec![0.0; self.market.series_points.len()],
        }
    }

    /// The subgradient at walks: what one more unit of each price would add to the bound.
    fn slope(&self, walks: &[(u32, Walk)]) -> Prices {
        let market = self.market;
        let instance = market.instance;
        let mut slope = Prices {
            cells: market.before.clone(),
            quotas: instance.quotas.iter().map(|q| f64::from(q.count)).collect(),
            series: vec![1.0; instance.series.len()],
        };
        for (cells, worth) in slope
            .cells
            .iter_mut()
            .flatten()
            .zip(market.worth.iter().flatten())
        {
            cells.iter_mut().zip(worth).for_each(|(cell, w)| *cell -= w);
        }
        for (duty, walk) in walks {
            for step in &walk.steps {
                self.count(*duty, step, &mut slope);
            }
        }
        slope
    }

    /// Enters one visit into a subgradient.
    fn count(&self, duty: u32, step: &Step, slope: &mut Prices) {
        let instance = self.market.instance;
        let duty = &instance.duties[duty as usize];
        let crew = &instance.crews[duty.crew as usize];
        let task = &instance.tasks[step.task as usize];
        let start = duty.start + step.slot as i32 * self.slots.step;
        let end = start + task.length[crew.mode as usize];
        if task.cover != NONE {
            let c = task.cover as usize;
            let visit = |start, end| Presence {
                start,
                end,
                level: crew.level[c],
                duty: NONE,
            };
            let cells = &mut slope.cells;
            match step.since {
                None => self.market.enter(c, visit(start, end), 1.0, cells),
                Some(since) => {
                    let last = start - since as i32 * self.slots.step;
                    self.market.enter(c, visit(last, end), 1.0, cells);
                    self.market.enter(c, visit(last, last), -1.0, cells);
                }
            }
        }
        let fits = task.windows.iter().filter(|w| {
            let spare = self.slots.step;
            w.open - spare < start && end < w.close + spare
        });
        let pays = |w: &&Window| super::paid::net(self.market, &self.prices, step.task, w);
        let window = fits.max_by(|a, b| pays(a).total_cmp(&pays(b)));
        if let Some(count) = window.and_then(|w| slope.quotas.get_mut(w.quota as usize)) {
            *count -= 1.0;
        }
        if let Some(count) = slope.series.get_mut(task.series as usize) {
            *count -= 1.0;
        }
    }

    /// Moves the prices against a subgradient met at `value`.
    fn step(&mut self, value: f64, slope: Prices) {
        let average = match self.average.take() {
            None => slope.clone(),
            Some(mut average) => {
                average.zip(&slope, |a, s| *a += NEWEST * (s - *a));
                average
            }
        };
        let way = self.direction(&average);
        let along = way.dot(&slope).max(way.dot(&average)).max(1e-9);
        let target = (self.best.0 - self.aim).max(self.floor);
        let length = (value - target).max(0.0) / along;
        let market = self.market;
        for (c, layers) in self.prices.cells.iter_mut().enumerate() {
            for (k, row) in layers.iter_mut().enumerate() {
                for (x, d) in row.iter_mut().zip(&way.cells[c][k]) {
                    let most = 0.5 * (*x + SMALL);
                    *x = (*x - (length * d).clamp(-most, most)).clamp(0.0, 1.0);
                }
            }
        }
        let lists = [
            (&mut self.prices.quotas, &way.quotas, &market.quota_points),
            (&mut self.prices.series, &way.series, &market.series_points),
        ];
        for (prices, way, points) in lists {
            for ((p, d), most) in prices.iter_mut().zip(way).zip(points) {
                *p = (*p - length * d).clamp(0.0, *most);
            }
        }
        self.average = Some(average);
    }

    /// An averaged subgradient scaled to the size of the prices.
    fn direction(&self, average: &Prices) -> Prices {
        let market = self.market;
        let mut way = self.none();
        let cells = market
            .worth
            .first()
            .and_then(|c| c.first())
            .map_or(0, Vec::len);
        let mut hours = vec![(0.0, 1e-9); cells];
        let pull = |grid: &Grid, f: &mut dyn FnMut(usize, usize, usize, f64)| {
            for (c, layers) in grid.iter().enumerate() {
                for (k, row) in layers.iter().enumerate() {
                    row.iter()
                        .enumerate()
                        .for_each(|(cell, v)| f(c, k, cell, *v));
                }
            }
        };
        let mut places = vec![(0.0, 1e-9); market.worth.len()];
        pull(&average.cells, &mut |c, k, cell, slope| {
            let x = self.prices.cells[c][k][cell];
            let worth = market.worth[c][k][cell];
            for sum in [&mut places[c], &mut hours[cell]] {
                *sum = (sum.0 + slope * x, sum.1 + worth * x);
            }
        });
        pull(&average.cells, &mut |c, k, cell, slope| {
            let x = self.prices.cells[c][k][cell];
            let worth = market.worth[c][k][cell];
            if worth > 0.0 {
                let means = places[c].0 / places[c].1 + hours[cell].0 / hours[cell].1;
                let d = slope * (x + SMALL) / worth + MEANS * x * means;
                let stuck = (x >= 1.0 && d < 0.0) || (x <= 0.0 && d > 0.0);
                way.cells[c][k][cell] = if stuck { 0.0 } else { d };
            }
        });
        let lists = [
            (
                &mut way.quotas,
                &average.quotas,
                &self.prices.quotas,
                &market.quota_points,
            ),
            (
                &mut way.series,
                &average.series,
                &self.prices.series,
                &market.series_points,
            ),
        ];
        for (way, slopes, prices, points) in lists {
            for (i, d) in way.iter_mut().enumerate() {
                let stuck = (prices[i] <= 0.0 && slopes[i] > 0.0)
                    || (prices[i] >= points[i] && slopes[i] < 0.0);
                *d = if stuck {
                    0.0
                } else {
                    slopes[i] * points[i] * 0.1
                };
            }
        }
        way
    }
}

impl Prices {
    fn zip(&mut self, other: &Self, f: impl Fn(&mut f64, f64)) {
        let rows = self
            .cells
            .iter_mut()
            .flatten()
            .zip(other.cells.iter().flatten());
        let lists = [
            (&mut self.quotas, &other.quotas),
            (&mut self.series, &other.series),
        ];
        for (mine, theirs) in rows.chain(lists) {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| f(a, *b));
        }
    }

    fn dot(&self, other: &Self) -> f64 {
        let rows = self
            .cells
            .iter()
            .flatten()
            .zip(other.cells.iter().flatten());
        let lists = [(&self.quotas, &other.quotas), (&self.series, &other.series)];
        let products = rows
            .chain(lists)
            .map(|(a, b)| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>());
        products.sum()
    }
}

/// What walks remember where it counts.
pub(super) fn memory(market: &Market<'_>) -> Memory {
    match market.instance.is_orienteering() {
        true => Memory::Ever,
        false => Memory::Prompt,
    }
}

/// The value of prices by slots of some length: a bound if they are safe. The best walk of
/// every duty comes with it, with its steps if asked for.
pub(super) fn evaluate(
    market: &Market<'_>,
    groups: &[Group],
    prices: &Prices,
    slots: Slots,
    memory: Memory,
    steps: bool,
) -> (f64, Vec<(u32, Walk)>) {
    let shared = (!slots.safe).then(|| Shared::of(market, prices, slots));
    let walks = par::map(groups, |group| {
        let ground = &group.ground;
        let worth = Worth::of(market, prices, group, slots, shared.as_ref());
        let moves = Moves::of(ground, slots, &ground.longest(market.instance), memory);
        let sweep = Sweep::run(&moves, &worth, steps);
        let walk = |(lane, &duty): (usize, &u32)| (duty, sweep.walk(lane, steps));
        group
            .duties
            .iter()
            .enumerate()
            .map(walk)
            .collect::<Vec<_>>()
    });
    let walks: Vec<(u32, Walk)> = walks.into_iter().flatten().collect();
    let paid: f64 = walks.iter().map(|w| w.1.value).sum();
    (market.left_over(prices) + paid, walks)
}
