//! Where a duty can go: the spots of its tasks and bases, and which places are so near to
//! each other that going to and fro between them must not be paid twice.

use crate::patrol::instance::Break;
use crate::patrol::instance::Duty;
use crate::patrol::instance::Instance;
use crate::patrol::instance::NONE;
use crate::patrol::instance::UNREACHABLE;

/// Duties walked side by side.
pub(super) const LANES: usize = 4;
/// Places remembered on the way from each spot.
const NEAR: usize = 6;

/// Duties that differ only in when they take place, so that one sweep serves all.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Up to [`LANES`] of them.
    pub duties: Vec<u32>,
    /// Where they can go.
    pub ground: Ground,
}

/// The spots of one kind of duty.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// Which crew.
    pub crew: u32,
    /// Length of the duty, ticks.
    pub length: i32,
    /// Its breaks, times from the duty's start, places as indices into `spots`.
    pub breaks: Vec<Break>,
    /// Spots, ascending.
    pub spots: Vec<u32>,
    /// What each spot's visits protect or count for: tasks of one place shadow each other.
    pub place: Vec<u32>,
    /// Tasks at each spot.
    pub tasks: Vec<Vec<u32>>,
    /// Ticks from each spot to each, row by row, less the spot's `linger`.
    pub times: Vec<i32>,
    /// Ticks that each way out of a spot takes at least, counted as part of the visit where
    /// nothing is protected: so visits that take no time take some.
    pub linger: Vec<i32>,
    /// Places remembered when a unit comes to a spot, nearest first, without its own.
    pub near: Vec<Vec<u32>>,
    /// Index of the spot where it starts.
    pub from: usize,
    /// Index of the spot where it ends.
    pub to: usize,
}

/// Duties of an instance that differ only in when they take place.
pub(super) fn alike(instance: &Instance) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut order: Vec<u32> = (0..instance.duties.len() as u32).collect();
    let key = |d: u32| {
        let duty = &instance.duties[d as usize];
        (duty.crew, relative(duty), duty.from, duty.to)
    };
    order.sort_by(|&a, &b| key(a).cmp(&key(b)).then(a.cmp(&b)));
    for duty in order {
        match groups.last_mut() {
            Some(group) if group.len() < LANES && key(group[0]) == key(duty) => group.push(duty),
            _ => groups.push(vec![duty]),
        }
    }
    groups
}

/// Elementary steps of a sweep without memory over so many slots, for duties like one.
pub(super) fn work(instance: &Instance, duty: u32, slots: usize) -> f64 {
    let duty = &instance.duties[duty as usize];
    let spots = spots(instance, duty).len() as f64;
    let stretches = duty.breaks.len() as f64 + 1.0;
    spots * (spots + 20.0) * slots as f64 * stretches
}

/// All spots where a duty can be, ascending.
fn spots(instance: &Instance, duty: &Duty) -> Vec<u32> {
    let crew = &instance.crews[duty.crew as usize];
    let of_task = |&t: &u32| instance.tasks[t as usize].spot;
    let mut spots: Vec<u32> = crew.tasks.iter().map(of_task).collect();
    spots.extend([duty.from, duty.to]);
    spots.extend(duty.breaks.iter().map(|b| b.spot).filter(|&s| s != NONE));
    spots.sort_unstable();
    spots.dedup();
    spots
}

impl Group {
    /// A group of duties that are alike.
    pub(super) fn of(instance: &Instance, duties: Vec<u32>) -> Self {
        Self {
            ground: Ground::of(instance, duties[0]),
            duties,
        }
    }
}

/// A duty's length and breaks, seen from its start.
fn relative(duty: &Duty) -> (i32, Vec<(i32, i32, i32, u32)>) {
    let of = |b: &Break| {
        (
            b.earliest - duty.start,
            b.latest - duty.start,
            b.length,
            b.spot,
        )
    };
    (duty.end - duty.start, duty.breaks.iter().map(of).collect())
}

impl Ground {
    fn of(instance: &Instance, duty: u32) -> Self {
        let duty = &instance.duties[duty as usize];
        let crew = &instance.crews[duty.crew as usize];
        let spots = spots(instance, duty);
        let index = |s: u32| spots.partition_point(|&other| other < s);
        let mut tasks = vec![Vec::new(); spots.len()];
        for &t in &crew.tasks {
            tasks[index(instance.tasks[t as usize].spot)].push(t);
        }
        let place = |tasks: &Vec<u32>| {
            let covers = tasks.iter().map(|&t| instance.tasks[t as usize].cover);
            covers.min().unwrap_or(NONE)
        };
        let mut places: Vec<u32> = tasks.iter().map(place).collect();
        // Where nothing is protected a spot is a place of its own.
        for (k, place) in places.iter_mut().enumerate() {
            if *place == NONE && !tasks[k].is_empty() {
                *place = instance.covers.len() as u32 + k as u32;
            }
        }
        // Not before a break, whose latest start it could miss.
        let lingers = instance.is_orienteering() && duty.breaks.is_empty();
        let linger: Vec<i32> = spots
            .iter()
            .zip(&tasks)
            .map(|(&a, tasks)| {
                let others = spots.iter().filter(|&&b| b != a);
                let least = others.map(|&b| instance.time(crew.mode, a, b)).min();
                let least = least.filter(|_| lingers && !tasks.is_empty());
                least.unwrap_or(0)
            })
            .collect();
        let times = spots.iter().zip(&linger).flat_map(|(&a, &least)| {
            let time = move |&b: &u32| (instance.time(crew.mode, a, b) - least).max(0);
            spots.iter().map(time)
        });
        let times = times.collect();
        let relative = |b: &Break| Break {
            spot: if b.spot == NONE {
                NONE
            } else {
                index(b.spot) as u32
            },
            earliest: b.earliest - duty.start,
            latest: b.latest - duty.start,
            length: b.length,
        };
        let mut ground = Self {
            crew: duty.crew,
            length: duty.end - duty.start,
            breaks: duty.breaks.iter().map(relative).collect(),
            from: index(duty.from),
            to: index(duty.to),
            place: places,
            tasks,
            times,
            linger,
            near: Vec::new(),
            spots,
        };
        ground.near = (0..ground.spots.len()).map(|j| ground.nearest(j)).collect();
        ground
    }

    /// Ticks from spot `j` to spot `k`.
    pub(super) fn time(&self, j: usize, k: usize) -> i32 {
        self.times[j * self.spots.len() + k]
    }

    /// Longest visit at each spot, ticks.
    pub(super) fn longest(&self, instance: &Instance) -> Vec<i32> {
        let mode = instance.crews[self.crew as usize].mode as usize;
        let longest = |tasks: &Vec<u32>| {
            let lengths = tasks
                .iter()
                .map(|&t| instance.tasks[t as usize].length[mode]);
            lengths.max().unwrap_or(0)
        };
        self.tasks.iter().map(longest).collect()
    }

    /// Shortest visit with the time that leaving takes, ticks; `None` without tasks.
    pub(super) fn shortest(&self, instance: &Instance) -> Option<i32> {
        let mode = instance.crews[self.crew as usize].mode as usize;
        let spots = self.tasks.iter().zip(&self.linger);
        let lengths = spots.flat_map(|(tasks, linger)| {
            let length = move |&t: &u32| instance.tasks[t as usize].length[mode] + linger;
            tasks.iter().map(length)
        });
        lengths.min()
    }

    /// Spots of a place.
    pub(super) fn spots_of(&self, place: u32) -> impl Iterator<Item = usize> + '_ {
        (0..self.spots.len()).filter(move |&k| self.place[k] == place)
    }

    /// The places nearest to spot `j`, there and back.
    fn nearest(&self, j: usize) -> Vec<u32> {
        if self.place[j] == NONE {
            return Vec::new();
        }
        let others = (0..self.spots.len())
            .filter(|&k| self.place[k] != NONE && self.place[k] != self.place[j]);
        let far = |k: usize| self.time(j, k).saturating_add(self.time(k, j));
        let mut keyed: Vec<(i32, u32)> = others
            .map(|k| (far(k), self.place[k]))
            .filter(|k| k.0 < UNREACHABLE)
            .collect();
        keyed.sort_unstable();
        let mut near: Vec<u32> = Vec::new();
        for (_, place) in keyed {
            if near.len() < NEAR && !near.contains(&place) {
                near.push(place);
            }
        }
        near
    }
}
