//! A roster with what it costs, kept up to date person by person.

use super::cost::Cost;
use super::instance::Instance;
use super::instance::OFF;
use super::instance::Rows;

/// A roster under construction or change.
#[derive(Clone, Debug)]
pub struct State<'a> {
    /// The question.
    pub instance: &'a Instance,
    /// Who does what.
    pub rows: Rows,
    /// Everything together.
    pub total: Cost,
    /// By duty: who is on board, ascending.
    pub aboard: Vec<Vec<u32>>,
    /// By person: cost by their own rules.
    pub own: Vec<Cost>,
    /// By person: the four loads.
    pub loads: Vec<[i64; 4]>,
    duties: Vec<Cost>,
    /// By tier and shift: who works it, ascending.
    shifts: Vec<Vec<Vec<u32>>>,
    on_shift: Vec<Vec<Cost>>,
    /// By demand and piece: people present.
    pub(super) present: Vec<Vec<i64>>,
    demands: Vec<Cost>,
    fair: Vec<Cost>,
    scratch: Vec<i32>,
}

impl<'a> State<'a> {
    /// Everybody off.
    pub fn empty(instance: &'a Instance) -> Self {
        let shifts = instance.tiers.iter();
        let shifts: Vec<Vec<Vec<u32>>> = shifts.map(|t| vec![Vec::new(); t.shifts.len()]).collect();
        let present = instance.demands.iter();
        let present = present.map(|d| d.pieces.iter().map(|piece| piece.2).collect());
        let mut state = Self {
            instance,
            rows: instance.nobody(),
            total: Cost::ZERO,
            aboard: vec![Vec::new(); instance.duties.len()],
            own: vec![Cost::ZERO; instance.people.len()],
            loads: vec![[0; 4]; instance.people.len()],
            duties: vec![Cost::ZERO; instance.duties.len()],
            on_shift: shifts.iter().map(|s| vec![Cost::ZERO; s.len()]).collect(),
            shifts,
            present: present.collect(),
            demands: vec![Cost::ZERO; instance.demands.len()],
            fair: vec![Cost::ZERO; instance.fair.len()],
            scratch: Vec::new(),
        };
        for person in 0..instance.people.len() {
            state.walk(person);
        }
        for duty in 0..instance.duties.len() {
            state.price_duty(duty);
        }
        for demand in 0..instance.demands.len() {
            state.price_demand(demand);
        }
        for tier in 0..instance.tiers.len() {
            state.price_fair(tier);
        }
        state
    }

    /// That of some rows; `None` where somebody's duties overlap or a duty has too few seats.
    pub fn of(instance: &'a Instance, rows: &Rows) -> Option<Self> {
        let mut state = Self::empty(instance);
        for (person, row) in rows.iter().enumerate() {
            instance.walk(person, row, &mut state.scratch)?;
            state.put(person, row);
        }
        let seated =
            |(duty, aboard): (&super::instance::Duty, &Vec<u32>)| aboard.len() <= duty.seats;
        let all = instance.duties.iter().zip(&state.aboard).all(seated);
        all.then_some(state)
    }

    /// Seats of a duty that nobody has.
    pub fn free(&self, duty: u32) -> usize {
        let seats = self.instance.duties[duty as usize].seats;
        seats.saturating_sub(self.aboard[duty as usize].len())
    }

    /// Whether one more fits on a duty.
    pub fn has_room(&self, duty: u32) -> bool {
        self.free(duty) > 0
    }

    /// Whether a duty breaks promises.
    pub fn troubled(&self, duty: u32) -> bool {
        self.duties[duty as usize].promises > 0
    }

    /// Whether one more on a duty may mend a promise: its own, its shift's, or hours wanted.
    pub fn wanting(&self, duty: u32) -> bool {
        let it = &self.instance.duties[duty as usize];
        let hours = |(demand, pieces): &(usize, std::ops::Range<usize>)| {
            let asked = &self.instance.demands[*demand];
            asked.saved(&self.present[*demand], pieces.clone()).promises > 0
        };
        let shift = self.on_shift[it.tier][it.shift].promises > 0;
        self.troubled(duty) || shift || it.pieces.iter().any(hours)
    }

    /// Gives somebody another row, whose duties do not overlap.
    pub fn put(&mut self, person: usize, row: &[u32]) {
        let instance = self.instance;
        let mut demands: u64 = 0;
        let old = std::mem::replace(&mut self.rows[person], row.to_vec());
        for (&before, &after) in old.iter().zip(row) {
            if before == after {
                continue;
            }
            if before != OFF {
                demands |= self.seat(person, before, false);
            }
            if after != OFF {
                demands |= self.seat(person, after, true);
            }
        }
        // Bit 63 stands for all demands beyond.
        for demand in 0..instance.demands.len() {
            if demands & (1 << demand.min(63)) != 0 {
                self.price_demand(demand);
            }
        }
        self.walk(person);
        self.price_fair(instance.people[person].tier);
        debug_assert_eq!(self.total, self.sum(), "the total is the sum of its parts");
    }

    /// Seats or unseats somebody; the demands that feel it.
    fn seat(&mut self, person: usize, duty: u32, on: bool) -> u64 {
        let instance = self.instance;
        let index = duty as usize;
        let it = &instance.duties[index];
        for list in [&mut self.aboard[index], &mut self.shifts[it.tier][it.shift]] {
            match (list.binary_search(&(person as u32)), on) {
                (Err(at), true) => list.insert(at, person as u32),
                (Ok(at), false) => {
                    list.remove(at);
                }
                _ => {}
            }
        }
        self.price_duty(index);
        let mut touched = 0;
        for (demand, pieces) in &it.pieces {
            if instance.demands[*demand].counts[person] {
                let by = if on { 1 } else { -1 };
                let present = &mut self.present[*demand][pieces.clone()];
                present.iter_mut().for_each(|is| *is += by);
                touched |= 1 << (*demand).min(63);
            }
        }
        touched
    }

    fn price_duty(&mut self, index: usize) {
        let duty = &self.instance.duties[index];
        let cost = self.instance.duty_cost(duty, &self.aboard[index]);
        self.total += cost - self.duties[index];
        self.duties[index] = cost;
        let (tier, shift) = (duty.tier, duty.shift);
        let cost = self.instance.shift_cost(tier, &self.shifts[tier][shift]);
        self.total += cost - self.on_shift[tier][shift];
        self.on_shift[tier][shift] = cost;
    }

    fn price_demand(&mut self, demand: usize) {
        let cost = self.instance.demands[demand].cost(&self.present[demand]);
        self.total += cost - self.demands[demand];
        self.demands[demand] = cost;
    }

    fn price_fair(&mut self, tier: usize) {
        for (k, fair) in self.instance.fair.iter().enumerate() {
            if fair.tier == tier {
                let loads = self.loads_of(k);
                let cost = fair.priced.unit * fair.units(self.instance, &loads).0;
                self.total += cost - self.fair[k];
                self.fair[k] = cost;
            }
        }
    }

    /// The loads of a tier's people that a fair share is about, in parts.
    pub(super) fn loads_of(&self, fair: usize) -> Vec<i64> {
        let fair = &self.instance.fair[fair];
        let people = &self.instance.tiers[fair.tier].people;
        let load = |p: &usize| fair.load(self.instance.people[*p].before, self.loads[*p]);
        people.iter().map(load).collect()
    }

    fn walk(&mut self, person: usize) {
        let walked = self
            .instance
            .walk(person, &self.rows[person], &mut self.scratch)
            .unwrap_or_default();
        self.total += walked.cost - self.own[person];
        self.own[person] = walked.cost;
        self.loads[person] = walked.loads;
    }

    /// What one more person would change on a duty with room, the hours wanted included.
    pub fn joined(&self, person: usize, duty: u32) -> Cost {
        let instance = self.instance;
        let it = &instance.duties[duty as usize];
        let with = |list: &[u32]| {
            let mut list = list.to_vec();
            let at = list.partition_point(|p| *p < person as u32);
            list.insert(at, person as u32);
            list
        };
        let aboard = with(&self.aboard[duty as usize]);
        let mut cost = instance.duty_cost(it, &aboard) - self.duties[duty as usize];
        if !instance.tiers[it.tier].supervisors.is_empty() {
            let shift = with(&self.shifts[it.tier][it.shift]);
            cost += instance.shift_cost(it.tier, &shift) - self.on_shift[it.tier][it.shift];
        }
        for (demand, pieces) in &it.pieces {
            let asked = &instance.demands[*demand];
            if asked.counts[person] {
                cost -= asked.saved(&self.present[*demand], pieces.clone());
            }
        }
        cost
    }

    /// Who works a shift of a tier.
    pub fn on_shift(&self, tier: usize, shift: usize) -> &[u32] {
        &self.shifts[tier][shift]
    }

    fn sum(&self) -> Cost {
        let parts = [&self.own, &self.duties, &self.demands, &self.fair];
        let shifts = self.on_shift.iter().flatten().copied();
        parts.into_iter().flatten().copied().chain(shifts).sum()
    }
}
