//! What the prices make each visit of a group of duties worth, slot by slot, in whole units
//! that 32-bit floating point adds without error.

use std::collections::BTreeMap;

use super::ground::Group;
use super::ground::LANES;
use super::market::Market;
use super::market::Prices;
use super::tables::Presence;
use super::tables::presence;
use crate::patrol::instance::NONE;
use crate::patrol::instance::Window;

/// A number for each duty of a group.
pub(super) type Lane = [f32; LANES];

/// "Cannot be": far below any value, and far from overflow when added up.
pub(super) const NEVER: f32 = -1e30;

/// Most that a walk may be worth in units: whole numbers up to 2^24 are exact.
const MOST: f64 = 8e6;

/// Slots of time, and how lengths of time become numbers of slots.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// Length of a slot, ticks.
    pub step: i32,
    /// Whether lengths are rounded so that no walk is lost and none is paid less; else to the
    /// nearest, which is no bound but a better guide.
    pub safe: bool,
}

impl Slots {
    /// A length that must not be overestimated.
    pub(super) fn less(self, ticks: i32) -> usize {
        let half = if self.safe { 0 } else { self.step / 2 };
        (ticks.saturating_add(half) / self.step).max(0) as usize
    }

    /// A length that must not be underestimated.
    pub(super) fn more(self, ticks: i32) -> usize {
        if self.safe {
            (ticks.saturating_add(self.step - 1) / self.step).max(0) as usize
        } else {
            self.less(ticks)
        }
    }

    /// Slots by which an instant within a slot may lie after its beginning.
    fn within(self) -> usize {
        usize::from(self.safe && self.step > 1)
    }
}

/// Running sums of one place, by slot and duty, in units.
#[derive(Clone, Debug, Default)]
struct Sums {
    here: Vec<Lane>,
    there: Vec<Lane>,
}

/// A task at one spot of the ground.
#[derive(Clone, Debug)]
pub(super) struct Paid {
    /// Which task.
    pub task: u32,
    /// How long it takes, slots.
    pub slots: usize,
    /// From its start to the instant to which it protects at most, slots.
    until: usize,
    /// Which sums, if it protects anything.
    sums: Option<usize>,
    /// What it is paid beside protection, by slot; [`NEVER`] where it may not start.
    base: Vec<Lane>,
}

/// What visits are worth to a group of duties.
#[derive(Clone, Debug)]
pub(super) struct Worth {
    /// Tasks at each spot of the ground.
    pub tasks: Vec<Vec<Paid>>,
    /// Value of one unit.
    pub unit: f64,
    /// From the duties' starts on.
    sums: Vec<Sums>,
}

/// Sums of all places and authorities over the horizon, shared by all groups.
#[derive(Debug)]
pub(super) struct Shared {
    step: i32,
    tables: BTreeMap<(u32, u8), Presence>,
}

impl Shared {
    /// Sums at the slots' beginnings.
    pub(super) fn of(market: &Market<'_>, prices: &Prices, slots: Slots) -> Self {
        let instance = market.instance;
        let mut keys: Vec<(u32, u8)> = Vec::new();
        for crew in &instance.crews {
            let covers = crew.tasks.iter().map(|&t| instance.tasks[t as usize].cover);
            keys.extend(
                covers
                    .filter(|&c| c != NONE)
                    .map(|c| (c, crew.level[c as usize])),
            );
        }
        keys.sort_unstable();
        keys.dedup();
        let count = (instance.horizon / slots.step) as usize + 2;
        let tables = crate::par::map(&keys, |&(c, level)| {
            let span = (0, slots.step, count);
            presence(market, prices, (c as usize, level), span, |t| {
                slots.less(t) as i32
            })
        });
        Self {
            step: slots.step,
            tables: keys.into_iter().zip(tables).collect(),
        }
    }
}

impl Worth {
    /// For one group; `shared` sums are looked up, or sums are made anew at the exact starts.
    pub(super) fn of(
        market: &Market<'_>,
        prices: &Prices,
        group: &Group,
        slots: Slots,
        shared: Option<&Shared>,
    ) -> Self {
        let instance = market.instance;
        let ground = &group.ground;
        let crew = &instance.crews[ground.crew as usize];
        let count = slots.less(ground.length) + 1;
        let longest = crew
            .tasks
            .iter()
            .map(|&t| instance.tasks[t as usize].length[crew.mode as usize]);
        let total = count + slots.more(longest.max().unwrap_or(0)) + 3;
        let mut covers: Vec<u32> = ground.place.clone();
        covers.sort_unstable();
        covers.dedup();
        covers.retain(|&c| (c as usize) < instance.covers.len());
        // Sums in value first: the unit depends on all of them.
        let mut raw: Vec<Vec<Vec<(f64, f64)>>> = Vec::new();
        for &c in &covers {
            let level = crew.level[c as usize];
            let lanes = group.duties.iter().map(|&d| {
                let start = instance.duties[d as usize].start;
                match shared.map(|s| (s, &s.tables[&(c, level)])) {
                    Some((s, table)) => {
                        let first = ((start + s.step / 2) / s.step).max(0) as usize;
                        cut(table, first, total)
                    }
                    None => {
                        let span = (start, slots.step, total);
                        let table = presence(market, prices, (c as usize, level), span, |t| {
                            slots.more(t) as i32
                        });
                        cut(&table, 0, total)
                    }
                }
            });
            raw.push(lanes.collect());
        }
        let mut this = Self {
            tasks: Vec::new(),
            unit: 1.0,
            sums: Vec::new(),
        };
        let (mut most, mut shortest) = (1.0f64, i32::MAX);
        let mut bases = Vec::new();
        for (tasks, linger) in ground.tasks.iter().zip(&ground.linger) {
            for &t in tasks {
                let task = &instance.tasks[t as usize];
                let length = task.length[crew.mode as usize];
                shortest = shortest.min(length + linger);
                let base = base(market, prices, group, slots, t);
                let sums = covers.binary_search(&task.cover).ok();
                let until = slots.more(length) + slots.within();
                for (lane, base) in base.iter().enumerate() {
                    for (u, &points) in base.iter().enumerate() {
                        let paid = sums.map_or(0.0, |k| {
                            let row: &Vec<(f64, f64)> = &raw[k][lane];
                            row[u + until].1 - row[u].0
                        });
                        most = most.max(points + paid);
                    }
                }
                let takes = slots.less(length + linger).max(1);
                bases.push((t, base, sums, until, takes));
            }
        }
        let visits = f64::from(ground.length / shortest.clamp(slots.step, i32::MAX)) + 2.0;
        let greatest = raw
            .iter()
            .flatten()
            .filter_map(|row| row.last().map(|r| r.1));
        let greatest = greatest.fold(0.0, f64::max);
        this.unit = (most * visits).max(greatest) / MOST;
        this.sums = raw.iter().map(|lanes| whole(lanes, this.unit)).collect();
        let mut bases = bases.into_iter();
        for tasks in &ground.tasks {
            let paid = tasks.iter().filter_map(|_| bases.next()).map(
                |(task, base, sums, until, slots)| Paid {
                    task,
                    slots,
                    until,
                    sums,
                    base: (0..count)
                        .map(|u| {
                            lanes(&base, |row| {
                                (row[u] / this.unit).ceil().max(f64::from(NEVER))
                            })
                        })
                        .collect(),
                },
            );
            this.tasks.push(paid.collect());
        }
        this
    }

    /// What a visit that starts in slot `u` is paid.
    pub(super) fn full(&self, paid: &Paid, u: usize) -> Lane {
        let mut lane = paid.base[u];
        if let Some(k) = paid.sums {
            let sums = &self.sums[k];
            let (there, here) = (&sums.there[u + paid.until], &sums.here[u]);
            for i in 0..LANES {
                lane[i] += there[i] - here[i];
            }
        }
        lane
    }

    /// What a visit that starts in slot `u` adds at most, when the last visit of its place
    /// ended no more than `since` slots before.
    pub(super) fn again(&self, paid: &Paid, u: usize, since: usize) -> Lane {
        let mut lane = paid.base[u];
        if let Some(k) = paid.sums {
            let sums = &self.sums[k];
            let (now, here) = (&sums.there[u + paid.until], &sums.here[u]);
            let then = &sums.there[u.saturating_sub(since)];
            for i in 0..LANES {
                // One unit for the rounding of what is taken off. A first visit is paid no less
                // where the last one has faded.
                lane[i] += (now[i] - then[i] + 1.0).min(now[i] - here[i]);
            }
        }
        lane
    }

    /// Whether a visit that ended so many slots before slot `u` takes anything from one there.
    pub(super) fn overlaps(&self, paid: &Paid, u: usize, since: usize, lane: usize) -> bool {
        paid.sums.is_some_and(|k| {
            let sums = &self.sums[k];
            sums.there[u.saturating_sub(since)][lane] - 1.0 > sums.here[u][lane]
        })
    }
}

/// A stretch of a table, `(here, there)`, seen from its beginning; past the end it stays.
fn cut(table: &Presence, first: usize, count: usize) -> Vec<(f64, f64)> {
    let last = table.here.len() - 1;
    let origin = table.here[first.min(last)];
    (first..first + count)
        .map(|i| {
            let i = i.min(last);
            (table.here[i] - origin, table.there[i] - origin)
        })
        .collect()
}

/// Sums in whole units: what is paid rounded up, what is taken off rounded down.
fn whole(rows: &[Vec<(f64, f64)>], unit: f64) -> Sums {
    let count = rows.first().map_or(0, Vec::len);
    let here = (0..count).map(|i| lanes(rows, |row| (row[i].0 / unit).floor()));
    let there = (0..count).map(|i| lanes(rows, |row| (row[i].1 / unit).ceil()));
    Sums {
        here: here.collect(),
        there: there.collect(),
    }
}

/// A number for each lane.
fn lanes<T>(rows: &[T], of: impl Fn(&T) -> f64) -> Lane {
    let mut lane = [NEVER; LANES];
    for (slot, row) in lane.iter_mut().zip(rows) {
        *slot = of(row) as f32;
    }
    lane
}

/// What a task is paid beside protection, by lane and slot.
fn base(
    market: &Market<'_>,
    prices: &Prices,
    group: &Group,
    slots: Slots,
    t: u32,
) -> Vec<Vec<f64>> {
    let instance = market.instance;
    let ground = &group.ground;
    let task = &instance.tasks[t as usize];
    let mode = instance.crews[ground.crew as usize].mode as usize;
    let length = task.length[mode];
    let count = slots.less(ground.length) + 1;
    let rows = group.duties.iter().map(|&d| {
        let start = instance.duties[d as usize].start;
        let mut row = vec![f64::NEG_INFINITY; count];
        for window in &task.windows {
            let paid = net(market, prices, t, window);
            let spare = if slots.safe { slots.step - 1 } else { 0 };
            let first = (window.open - spare - start).max(0);
            let first = (first + slots.step - 1) / slots.step;
            let last = window.close - length - start;
            if last < 0 {
                continue;
            }
            for value in row
                .iter_mut()
                .take((last / slots.step) as usize + 1)
                .skip(first as usize)
            {
                *value = value.max(paid);
            }
        }
        row
    });
    rows.collect()
}

/// What a visit in a window is paid beside protection.
pub(super) fn net(market: &Market<'_>, prices: &Prices, t: u32, window: &Window) -> f64 {
    let task = &market.instance.tasks[t as usize];
    let quota = prices.quotas.get(window.quota as usize).copied();
    let series = prices.series.get(task.series as usize).copied();
    task.points as f64 - quota.unwrap_or(0.0) - series.unwrap_or(0.0)
}
