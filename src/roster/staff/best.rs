//! The best schedule of one person against the others: dynamic programming over days.
//!
//! Pasts that all of the person's rules see alike are one state, of which the cheapest is kept.
//! Exact as long as no layer has more states than may be kept; beyond, the dearest are dropped.

use std::collections::BTreeMap;

use super::cost::Cost;
use super::instance::Instance;
use super::instance::OFF;
use super::rules::Today;
use super::rules::Work;
use super::state::State;

/// A best schedule.
#[derive(Clone, Debug)]
pub struct Best {
    /// The row.
    pub row: Vec<u32>,
    /// What it costs, by the person's own rules and by what it changes for the others.
    pub cost: Cost,
    /// Whether no state was dropped.
    pub exact: bool,
}

/// What a day may be.
#[derive(Clone, Copy, Debug)]
struct Choice {
    duty: u32,
    cost: Cost,
    work: Option<Work>,
}

/// States after a day: their numbers, row by row, the first of which is the end of the last
/// duty as far as it matters.
#[derive(Clone, Debug, Default)]
struct Layer {
    numbers: Vec<i32>,
    cost: Vec<Cost>,
    /// State of the day before, and choice.
    came: Vec<(u32, u32)>,
    /// Slots of an open hash table.
    table: Vec<u32>,
}

/// Scratch space, kept from search to search.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    layers: Vec<Layer>,
    choices: Vec<Vec<Choice>>,
    state: Vec<i32>,
}

const FREE: u32 = u32::MAX;

impl Layer {
    fn clear(&mut self, room: usize) {
        self.numbers.clear();
        self.cost.clear();
        self.came.clear();
        self.table.clear();
        self.table.resize(room.next_power_of_two().max(64), FREE);
    }

    fn state(&self, index: usize, width: usize) -> &[i32] {
        &self.numbers[index * width..][..width]
    }

    /// Adds a state, or makes the one that is alike cheaper. Ties go to the first.
    fn add(&mut self, state: &[i32], cost: Cost, came: (u32, u32)) {
        if self.cost.len() * 2 >= self.table.len() {
            self.grow(state.len());
        }
        let mask = self.table.len() - 1;
        let mut at = hash(state) as usize & mask;
        loop {
            match self.table[at] {
                FREE => {
                    self.table[at] = self.cost.len() as u32;
                    self.numbers.extend_from_slice(state);
                    self.cost.push(cost);
                    self.came.push(came);
                    return;
                }
                found => {
                    let index = found as usize;
                    if self.state(index, state.len()) == state {
                        if cost < self.cost[index] {
                            self.cost[index] = cost;
                            self.came[index] = came;
                        }
                        return;
                    }
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self, width: usize) {
        let size = self.table.len() * 2;
        self.table.clear();
        self.table.resize(size, FREE);
        for index in 0..self.cost.len() {
            let mut at = hash(self.state(index, width)) as usize & (size - 1);
            while self.table[at] != FREE {
                at = (at + 1) & (size - 1);
            }
            self.table[at] = index as u32;
        }
    }

    /// Keeps the states with the least of some cost, in their order.
    fn keep(&mut self, most: usize, width: usize, of: impl Fn(&[i32], Cost) -> Cost) {
        let mut ranked: Vec<(Cost, u32)> = (0..self.cost.len())
            .map(|k| (of(self.state(k, width), self.cost[k]), k as u32))
            .collect();
        ranked.select_nth_unstable(most);
        ranked.truncate(most);
        let mut kept: Vec<u32> = ranked.into_iter().map(|r| r.1).collect();
        kept.sort_unstable();
        for (to, &from) in kept.iter().enumerate() {
            let from = from as usize;
            self.numbers
                .copy_within(from * width..(from + 1) * width, to * width);
            self.cost[to] = self.cost[from];
            self.came[to] = self.came[from];
        }
        self.numbers.truncate(most * width);
        self.cost.truncate(most);
        self.came.truncate(most);
    }
}

/// FNV-1a over words: the same on any machine.
fn hash(state: &[i32]) -> u64 {
    let mix = |h: u64, n: &i32| (h ^ u64::from(*n as u32)).wrapping_mul(0x0100_0000_01b3);
    let h = state.iter().fold(0xcbf2_9ce4_8422_2325, mix);
    h ^ (h >> 29)
}

impl Desk {
    /// The best row of somebody who is off throughout in `state`; at most `most` states a day.
    pub fn best(&mut self, state: &State<'_>, person: usize, most: usize) -> Best {
        self.lay_out(state, person);
        let mut shares = Shares::new(state, person);
        self.search(state.instance, person, most, |loads| shares.cost(loads))
    }

    /// The best row with a seat on a given duty; `None` where what came before forbids it.
    pub fn best_on(
        &mut self,
        state: &State<'_>,
        person: usize,
        duty: u32,
        most: usize,
    ) -> Option<Best> {
        self.lay_out(state, person);
        let it = &state.instance.duties[duty as usize];
        let someone = &state.instance.people[person];
        self.choices[it.day] = vec![Choice {
            duty,
            cost: state.joined(person, duty) + someone.fixed[it.day][it.kind],
            work: someone.works[it.day][it.kind],
        }];
        let mut shares = Shares::new(state, person);
        let best = self.search(state.instance, person, most, |loads| shares.cost(loads));
        (best.row[it.day] == duty).then_some(best)
    }

    /// The best row of somebody by their own rules alone, whatever others do.
    pub fn alone(&mut self, instance: &Instance, person: usize, most: usize) -> Best {
        let someone = &instance.people[person];
        let kinds = &instance.tiers[someone.tier].open;
        self.choices.clear();
        for (day, open) in kinds.iter().enumerate() {
            let choice = |(duty, kind): (u32, usize)| Choice {
                duty,
                cost: someone.fixed[day][kind],
                work: someone.works[day].get(kind).copied().flatten(),
            };
            let duties = open.iter().enumerate();
            let duties = duties.filter_map(|(kind, list)| Some((*list.first()?, kind)));
            let off = [(OFF, open.len())];
            self.choices
                .push(off.into_iter().chain(duties).map(choice).collect());
        }
        self.search(instance, person, most, |_| Cost::ZERO)
    }

    /// The best row among the choices laid out; `last` is what loads cost in the end.
    fn search(
        &mut self,
        instance: &Instance,
        person: usize,
        most: usize,
        last: impl FnMut([i64; 4]) -> Cost,
    ) -> Best {
        let days = instance.days();
        let width = instance.people[person].slots + 1;
        self.layers.resize_with(days + 1, Layer::default);
        let mut first = std::mem::take(&mut self.state);
        first.clear();
        first.push(instance.people[person].free);
        first.extend_from_slice(&instance.people[person].start);
        self.layers[0].clear(1);
        self.layers[0].add(&first, Cost::ZERO, (0, 0));
        self.state = first;
        let mut exact = true;
        for day in 0..days {
            self.extend(instance, person, day, width);
            let layer = &mut self.layers[day + 1];
            if layer.cost.len() > most {
                exact = false;
                layer.keep(most, width, |numbers, cost| {
                    cost + instance.outlook(person, day, &numbers[1..])
                });
            }
        }
        if self.layers[days].cost.is_empty() {
            return Best {
                row: vec![OFF; days],
                cost: Cost::ZERO,
                exact: false,
            };
        }
        let (last, cost) = self.end(instance, person, width, last);
        Best {
            row: self.trace(last, days),
            cost,
            exact,
        }
    }

    /// For each day: off, or the cheapest duty with room of each kind.
    fn lay_out(&mut self, state: &State<'_>, person: usize) {
        let instance = state.instance;
        let someone = &instance.people[person];
        let tier = &instance.tiers[someone.tier];
        self.choices.clear();
        for day in 0..instance.days() {
            let fixed = &someone.fixed[day];
            let mut choices = vec![Choice {
                duty: OFF,
                cost: fixed[tier.kinds.len()],
                work: None,
            }];
            for (kind, open) in tier.open[day].iter().enumerate() {
                let with_room = open.iter().filter(|duty| state.has_room(**duty));
                let priced = with_room.map(|&duty| (state.joined(person, duty), duty));
                if let Some((cost, duty)) = priced.min() {
                    choices.push(Choice {
                        duty,
                        cost: cost + fixed[kind],
                        work: someone.works[day][kind],
                    });
                }
            }
            self.choices.push(choices);
        }
    }

    fn extend(&mut self, instance: &Instance, person: usize, day: usize, width: usize) {
        let (before, after) = self.layers.split_at_mut(day + 1);
        let (from, to) = (&before[day], &mut after[0]);
        to.clear(from.cost.len() * 4);
        let later = instance.people[person].later[day];
        for index in 0..from.cost.len() {
            let old = from.state(index, width);
            for (k, choice) in self.choices[day].iter().enumerate() {
                let works = match &choice.work {
                    Some(work) if work.begin < old[0] => continue,
                    Some(work) => std::slice::from_ref(work),
                    None => &[],
                };
                self.state.clear();
                self.state.extend_from_slice(old);
                let free = works.first().map_or(old[0], |work| work.end);
                // A handover never keeps a duty from beginning, so `later` is safe here too.
                self.state[0] = if free > later { free } else { i32::MIN };
                let today = Today {
                    day: day as i32,
                    works,
                    later,
                };
                let step = instance.step(person, &today, &mut self.state[1..]);
                let cost = from.cost[index] + choice.cost + step;
                to.add(&self.state, cost, (index as u32, k as u32));
            }
        }
    }

    /// The cheapest last state, what the end costs included.
    fn end(
        &self,
        instance: &Instance,
        person: usize,
        width: usize,
        mut loads: impl FnMut([i64; 4]) -> Cost,
    ) -> (usize, Cost) {
        let last = &self.layers[instance.days()];
        let mut best: Option<(Cost, usize)> = None;
        for index in 0..last.cost.len() {
            let numbers = &last.state(index, width)[1..];
            let fair = loads(instance.loads(person, numbers));
            let cost = last.cost[index] + instance.finish(person, numbers) + fair;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, index));
            }
        }
        best.map_or((0, Cost::ZERO), |(cost, index)| (index, cost))
    }

    fn trace(&self, mut index: usize, days: usize) -> Vec<u32> {
        let mut row = vec![OFF; days];
        for day in (0..days).rev() {
            let (before, choice) = self.layers[day + 1].came[index];
            row[day] = self.choices[day][choice as usize].duty;
            index = before as usize;
        }
        row
    }
}

/// What one person's loads do to fair shares.
struct Shares<'a> {
    instance: &'a Instance,
    person: usize,
    /// Fair shares of the tier: which, loads of everybody, place of the person among them.
    fair: Vec<(usize, Vec<i64>, usize)>,
    known: BTreeMap<(usize, i64), Cost>,
}

impl<'a> Shares<'a> {
    fn new(state: &State<'a>, person: usize) -> Self {
        let instance = state.instance;
        let tier = instance.people[person].tier;
        let own = instance.fair.iter().enumerate();
        let own = own.filter(|(_, fair)| fair.tier == tier);
        let place = instance.tiers[tier]
            .people
            .iter()
            .position(|p| *p == person);
        let place = place.unwrap_or(0);
        Self {
            instance,
            person,
            fair: own.map(|(k, _)| (k, state.loads_of(k), place)).collect(),
            known: BTreeMap::new(),
        }
    }

    fn cost(&mut self, loads: [i64; 4]) -> Cost {
        let (instance, person) = (self.instance, self.person);
        let known = &mut self.known;
        let each = self.fair.iter_mut().map(|(k, all, place)| {
            let fair = &instance.fair[*k];
            let load = fair.load(instance.people[person].before, loads);
            *known.entry((*k, load)).or_insert_with(|| {
                all[*place] = load;
                fair.priced.unit * fair.units(instance, all).0
            })
        });
        each.sum()
    }
}
