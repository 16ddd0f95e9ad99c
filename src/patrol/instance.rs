//! The problem as compiled: dense indices, integer times, no names. Immutable while a search
//! runs; every public benchmark family and every real scenario becomes one of these.

use super::cover::Cover;

/// "None" among dense indices.
pub const NONE: u32 = u32::MAX;

/// Travel time between spots that are not joined.
pub const UNREACHABLE: i32 = i32::MAX / 4;

/// A compiled problem.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// Length of the horizon, ticks (seconds in real plans).
    pub horizon: i32,
    /// Number of spots: ways to be somewhere (a target in one direction, a base).
    pub spots: usize,
    /// Ways of moving.
    pub modes: Vec<Mode>,
    /// Places whose protection counts.
    pub covers: Vec<Cover>,
    /// Things that can be put into a route.
    pub tasks: Vec<Task>,
    /// Least times between counted visits, shared by the tasks of one order at one target.
    pub series: Vec<Series>,
    /// Demands, each with a number of visits that count.
    pub quotas: Vec<Quota>,
    /// Who can do what.
    pub crews: Vec<Crew>,
    /// Routes to be filled.
    pub duties: Vec<Duty>,
    /// For each mode and spot, the tasks nearest to it, see [`Instance::prepare`].
    pub near: Vec<Vec<Vec<u32>>>,
}

/// A way of moving: times between spots.
#[derive(Clone, Debug, Default)]
pub struct Mode {
    /// Row-major `spots x spots`: from the exit of the row's spot to the entry of the
    /// column's, ticks; [`UNREACHABLE`] where not joined.
    pub times: Vec<i32>,
}

/// Something that can be put into a route any number of times, as far as its quota and
/// series let it.
#[derive(Clone, Debug)]
pub struct Task {
    /// Where.
    pub spot: u32,
    /// Which place it protects, or [`NONE`].
    pub cover: u32,
    /// Which series it belongs to, or [`NONE`].
    pub series: u32,
    /// When it may take place (wholly inside one), sorted and apart.
    pub windows: Vec<Window>,
    /// How long it lasts, by mode.
    pub length: Vec<i32>,
    /// Value of each counted visit beside protection.
    pub points: i64,
}

/// A stretch of time in which a task may take place.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Earliest start.
    pub open: i32,
    /// Latest end.
    pub close: i32,
    /// Which demand a visit in it counts for, or [`NONE`].
    pub quota: u32,
}

/// Visits of one order at one target.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    /// Least time from the end of one to the start of the next.
    pub spacing: i32,
}

/// A demand for a number of visits.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// How many count.
    pub count: u32,
    /// Broken-promise weight of each that is missing, 0 when it is not a promise.
    pub broken: i64,
}

impl Quota {
    /// Broken promise left when `met` visits count.
    pub fn missing(&self, met: u32) -> i64 {
        self.broken * i64::from(self.count.saturating_sub(met))
    }
}

/// What the units of one kind can do.
#[derive(Clone, Debug, Default)]
pub struct Crew {
    /// How they move.
    pub mode: u32,
    /// Tasks they may do, ascending.
    pub tasks: Vec<u32>,
    /// How much their visit counts at each place, percent.
    pub level: Vec<u8>,
}

/// A route to be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Which crew.
    pub crew: u32,
    /// Where it starts.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// When it may leave.
    pub start: i32,
    /// When it must be back.
    pub end: i32,
    /// Breaks to be given, in time order.
    pub breaks: Vec<Break>,
}

/// A break of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// Where it is taken, or [`NONE`]: wherever the unit is.
    pub spot: u32,
    /// Earliest start.
    pub earliest: i32,
    /// Latest start.
    pub latest: i32,
    /// How long.
    pub length: i32,
}

impl Instance {
    /// Fills the neighbour lists: for each mode and spot, the tasks at the `count` spots with
    /// the least time there and back (granular neighbourhoods, Toth and Vigo 2003).
    pub fn prepare(&mut self, count: usize) {
        for mode in 0..self.modes.len() as u32 {
            let mut at_spot = vec![Vec::new(); self.spots];
            for crew in self.crews.iter().filter(|c| c.mode == mode) {
                for &t in &crew.tasks {
                    at_spot[self.tasks[t as usize].spot as usize].push(t);
                }
            }
            for tasks in &mut at_spot {
                tasks.sort_unstable();
                tasks.dedup();
            }
            let visited: Vec<u32> = (0..self.spots as u32)
                .filter(|&s| !at_spot[s as usize].is_empty())
                .collect();
            let spots: Vec<u32> = (0..self.spots as u32).collect();
            let lists = crate::par::map(&spots, |&spot| {
                let nearest = self.nearest(mode, spot, &visited, count);
                nearest
                    .iter()
                    .flat_map(|&s| at_spot[s as usize].iter().copied())
                    .collect()
            });
            self.near.push(lists);
        }
    }

    /// The `count` spots among `others` nearest to `spot`, nearest first.
    fn nearest(&self, mode: u32, spot: u32, others: &[u32], count: usize) -> Vec<u32> {
        let both = |&other: &u32| {
            let there = self.time(mode, spot, other);
            (there.saturating_add(self.time(mode, other, spot)), other)
        };
        let mut keyed: Vec<(i32, u32)> = others.iter().map(both).collect();
        keyed.retain(|k| k.0 < UNREACHABLE);
        if keyed.len() > count {
            keyed.select_nth_unstable(count);
            keyed.truncate(count);
        }
        keyed.sort_unstable();
        keyed.into_iter().map(|k| k.1).collect()
    }

    /// Travel time from the exit of spot `a` to the entry of spot `b`.
    #[inline]
    pub fn time(&self, mode: u32, a: u32, b: u32) -> i32 {
        self.modes[mode as usize].times[a as usize * self.spots + b as usize]
    }

    /// Travel times from the exit of a spot to the entries of all spots.
    #[inline]
    pub fn times_from(&self, mode: u32, spot: u32) -> &[i32] {
        let times = &self.modes[mode as usize].times;
        &times[spot as usize * self.spots..][..self.spots]
    }

    /// Mode of a duty's crew.
    #[inline]
    pub fn mode_of(&self, duty: usize) -> u32 {
        self.crews[self.duties[duty].crew as usize].mode
    }

    /// Whether nothing but orders counts: then times matter only for feasibility.
    pub fn is_orienteering(&self) -> bool {
        self.covers.is_empty()
    }

    /// More than any plan can be worth.
    pub fn total_worth(&self) -> i64 {
        let points = self.tasks.iter().map(|t| t.points).max().unwrap_or(0);
        let counted: i64 = self.quotas.iter().map(|q| i64::from(q.count)).sum();
        self.total_risk() + points * (counted + self.series.len() as i64) + 1
    }

    /// Integral of risk over all places and the horizon, at full level, in value units.
    pub fn total_risk(&self) -> i64 {
        self.covers
            .iter()
            .map(|c| c.risk.total() * super::cover::FULL)
            .sum()
    }
}
