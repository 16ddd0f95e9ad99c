//! The search: everybody gets the best schedule against those who have one already; then small
//! exchanges and best schedules anew, under simulated annealing, on islands that meet at the
//! end of every epoch.
//!
//! Large-neighbourhood search after Shaw (1998); a person's schedule as a shortest path over
//! what rules remember is the field's standard formulation of pricing (Jaumard, Semet, Vovor
//! 1998).

use super::best::Desk;
use super::cost::Cost;
use super::instance::Instance;
use super::instance::OFF;
use super::instance::Rows;
use super::state::State;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::epochs::Schedule;
use crate::par;
use crate::rng::Rng;

/// Epochs that the search is laid out for until the caller knows better.
const UNTOLD: u32 = 400;
/// Rounds of an epoch: each some exchanges, and some people anew.
const ROUNDS: usize = 12;
/// Small moves of a round, and so many more for each person.
const MOVES: (usize, usize) = (150, 4);
/// One round of so many may break promises on its way.
const LOOSE: usize = 4;
/// Temperatures, first and last, in typical weights of wishes; and first where a roster is given.
const HEAT: (f64, f64, f64) = (3.0, 0.05, 0.5);
/// The best roster goes from island to island so often.
const SHARED: u32 = 8;
/// States of a day that are kept, where there are many people.
const KEPT: usize = 300;
/// The same where there are few: small questions are searched exactly.
const KEPT_FEW: usize = 20_000;
/// People times days of a small question.
const FEW: usize = 200;

/// Where the search stands.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Epochs done.
    pub epoch: u32,
    /// Cost of the best roster so far.
    pub cost: Cost,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The best roster.
    pub rows: Rows,
    /// What it costs.
    pub cost: Cost,
    /// Proven: no roster costs less.
    pub bound: Option<Cost>,
    /// Epochs run.
    pub epochs: u32,
    /// Epochs the cooling was laid out for.
    pub schedule: u32,
}

/// Searches until `observe` says stop, or nothing better is possible. Begins with `first` where
/// it is given and fits.
pub fn solve(
    instance: &Instance,
    options: Options,
    first: Option<&Rows>,
    mut observe: impl FnMut(Progress) -> Control,
) -> Outcome {
    // A roster that is given is made better for a while: what nobody can do without is known.
    let bound = first.is_none().then(|| bound(instance)).flatten();
    let state = first.and_then(|rows| State::of(instance, rows));
    let state = state.unwrap_or_else(|| construct(instance));
    let mut best = (state.total, state.rows.clone());
    let grain = grain(instance);
    // A roster that is given is to be mended, not melted.
    let hottest = if first.is_some() { HEAT.2 } else { HEAT.0 };
    let mut islands = vec![Island::new(state); options.islands.max(1) as usize];
    let mut schedule = Schedule::new(options);
    let mut epoch = 0;
    loop {
        let progress = Progress {
            epoch,
            cost: best.0,
        };
        if !schedule.heed(observe(progress), epoch) {
            break;
        }
        if bound.is_some_and(|bound| best.0 <= bound) || instance.people.is_empty() {
            break;
        }
        let share = f64::from(epoch) / f64::from(schedule.known(epoch).unwrap_or(UNTOLD).max(1));
        let heat = grain * hottest * (HEAT.1 / hottest).powf(share.min(1.0));
        for (k, island) in (0..).zip(islands.iter_mut()) {
            island.rng = Rng::stream(options.seed, k, epoch.into());
        }
        par::for_each_mut(&mut islands, |island| island.epoch(heat));
        for island in &islands {
            if island.best.0 < best.0 {
                best = island.best.clone();
            }
        }
        epoch += 1;
        if epoch.is_multiple_of(SHARED) {
            for island in islands.iter_mut().filter(|i| i.state.total > best.0) {
                island.settle(&best);
            }
        }
    }
    Outcome {
        cost: best.0,
        rows: best.1,
        bound,
        epochs: epoch,
        schedule: schedule.told().unwrap_or(UNTOLD),
    }
}

/// States of a day that are kept.
fn kept(instance: &Instance) -> usize {
    match instance.people.len() * instance.days() <= FEW {
        true => KEPT_FEW,
        false => KEPT,
    }
}

/// Everybody in turn.
fn construct(instance: &Instance) -> State<'_> {
    let mut state = State::empty(instance);
    let mut desk = Desk::default();
    for person in 0..instance.people.len() {
        let best = desk.best(&state, person, kept(instance));
        state.put(person, &best.row);
    }
    state
}

/// What nobody can do without, were they alone: the rules of duties and tiers cost nothing at
/// best. `None` where somebody's own best is not known.
fn bound(instance: &Instance) -> Option<Cost> {
    let people: Vec<usize> = (0..instance.people.len()).collect();
    let alone = par::map_with_scratch(&people, Desk::default, |desk, &person| {
        desk.alone(instance, person, kept(instance))
    });
    let exact = alone.iter().all(|best| best.exact);
    exact.then(|| alone.iter().map(|best| best.cost).sum())
}

/// What a wish typically weighs.
fn grain(instance: &Instance) -> f64 {
    let own = instance.people.iter();
    let own = own.flat_map(|p| p.rules.iter().chain(&p.plain).map(|r| r.priced.unit.wishes));
    let tiers = instance.tiers.iter();
    let tiers = tiers.flat_map(|t| t.aboard.iter().map(|a| a.priced().unit.wishes));
    let demands = instance.demands.iter().map(|d| d.desired_price.unit.wishes);
    let fair = instance.fair.iter().map(|fair| fair.priced.unit.wishes);
    let all = own.chain(tiers).chain(demands).chain(fair);
    let mut prices: Vec<i64> = all.filter(|price| *price > 0).collect();
    prices.sort_unstable();
    prices
        .get(prices.len() / 2)
        .map_or(1.0, |price| *price as f64)
}

/// A search of its own.
#[derive(Clone, Debug)]
struct Island<'a> {
    state: State<'a>,
    best: (Cost, Rows),
    rng: Rng,
    desk: Desk,
    /// What a unit of burden weighs in decisions.
    promise: f64,
    scratch: Vec<i32>,
}

impl<'a> Island<'a> {
    fn new(state: State<'a>) -> Self {
        Self {
            best: (state.total, state.rows.clone()),
            state,
            rng: Rng::stream(0, 0, 0),
            desk: Desk::default(),
            promise: 0.0,
            scratch: Vec::new(),
        }
    }

    /// Goes on from another roster.
    fn settle(&mut self, best: &(Cost, Rows)) {
        for (person, row) in best.1.iter().enumerate() {
            if self.state.rows[person] != *row {
                self.state.put(person, row);
            }
        }
        self.best = best.clone();
    }

    fn epoch(&mut self, heat: f64) {
        for round in 0..ROUNDS {
            // Promises are broken on the way in some rounds, so that others can be kept.
            self.promise = heat / if round % LOOSE == 0 { 250.0 } else { 20.0 };
            for _ in 0..MOVES.0 + MOVES.1 * self.state.instance.people.len() {
                match self.rng.below(8) {
                    0 | 1 => self.change_a_day(heat),
                    2 => self.crew(heat),
                    _ => self.exchange(heat),
                }
            }
            match self.rng.below(3) {
                0 => self.fill(heat),
                _ => {
                    let who = self.chosen();
                    self.anew(&who, None, heat);
                }
            }
        }
        debug_assert_eq!(
            State::of(self.state.instance, &self.state.rows).map(|s| s.total),
            Some(self.state.total),
            "what is kept up to date is what it comes to"
        );
    }

    /// Whether to stay with a change that led here from `before`; keeps the best.
    fn accept(&mut self, before: Cost, heat: f64) -> bool {
        let now = self.state.total;
        if now < self.best.0 {
            self.best = (now, self.state.rows.clone());
        }
        if now <= before {
            return true;
        }
        let worse = now.scalar(self.promise) - before.scalar(self.promise);
        self.rng.chance((-worse / heat).exp())
    }

    /// Tries other rows for some people, one after another.
    fn attempt(&mut self, rows: Vec<(usize, Vec<u32>)>, heat: f64) {
        let instance = self.state.instance;
        for (person, row) in &rows {
            if instance.walk(*person, row, &mut self.scratch).is_none() {
                return;
            }
        }
        let before = self.state.total;
        let old: Vec<(usize, Vec<u32>)> = rows
            .into_iter()
            .map(|(person, row)| {
                let old = self.state.rows[person].clone();
                self.state.put(person, &row);
                (person, old)
            })
            .collect();
        if !self.accept(before, heat) {
            for (person, row) in old.iter().rev() {
                self.state.put(*person, row);
            }
        }
    }

    /// Somebody does something else on one day.
    fn change_a_day(&mut self, heat: f64) {
        let instance = self.state.instance;
        let person = self.rng.below(instance.people.len());
        let day = self.rng.below(instance.days());
        let open = &instance.tiers[instance.people[person].tier].open[day];
        let all: Vec<u32> = open.iter().flatten().copied().collect();
        let now = self.state.rows[person][day];
        let free = all.into_iter().filter(|duty| self.state.has_room(*duty));
        let mut choices: Vec<u32> = free.filter(|duty| *duty != now).collect();
        if now != OFF {
            choices.push(OFF);
        }
        let Some(&choice) = self.rng.pick(&choices) else {
            return;
        };
        let mut row = self.state.rows[person].clone();
        row[day] = choice;
        self.attempt(vec![(person, row)], heat);
    }

    /// Two people of a tier change places for some days.
    fn exchange(&mut self, heat: f64) {
        let instance = self.state.instance;
        let one = self.rng.below(instance.people.len());
        let tier = &instance.tiers[instance.people[one].tier].people;
        let other = tier[self.rng.below(tier.len())];
        let length = 1 + self.rng.below(7.min(instance.days()));
        let from = self.rng.below(instance.days() - length + 1);
        let days = from..from + length;
        let (mut a, mut b) = (self.state.rows[one].clone(), self.state.rows[other].clone());
        if one == other || a[days.clone()] == b[days.clone()] {
            return;
        }
        a[days.clone()].swap_with_slice(&mut b[days]);
        self.attempt(vec![(one, a), (other, b)], heat);
    }

    /// A duty gets another crew, whoever they are.
    fn crew(&mut self, heat: f64) {
        let instance = self.state.instance;
        if instance.duties.is_empty() {
            return;
        }
        let index = self.rng.below(instance.duties.len());
        let duty = &instance.duties[index];
        let mut crew = instance.tiers[duty.tier].people.clone();
        self.rng.shuffle(&mut crew);
        crew.truncate(1 + self.rng.below(duty.seats.max(1)));
        let aboard = &self.state.aboard[index];
        let leave = aboard
            .iter()
            .map(|p| *p as usize)
            .filter(|p| !crew.contains(p));
        let to = |person: usize, duty: u32, day: usize| {
            let mut row = self.state.rows[person].clone();
            row[day] = duty;
            (person, row)
        };
        let leave = leave.map(|person| to(person, OFF, duty.day));
        let enter = crew
            .iter()
            .map(|&person| to(person, index as u32, duty.day));
        let rows: Vec<(usize, Vec<u32>)> = leave.chain(enter).collect();
        self.attempt(rows, heat);
    }

    /// A duty that breaks promises gets one of its tier, with the best schedule around it; some
    /// others get theirs anew.
    fn fill(&mut self, heat: f64) {
        let instance = self.state.instance;
        let mut who = self.chosen();
        let troubled: Vec<u32> = (0..instance.duties.len() as u32)
            .filter(|duty| self.state.troubled(*duty) && self.state.has_room(*duty))
            .collect();
        let Some(&duty) = self.rng.pick(&troubled) else {
            return self.anew(&who, None, heat);
        };
        let tier = &instance.tiers[instance.duties[duty as usize].tier].people;
        let aboard = &self.state.aboard[duty as usize];
        let others = tier.iter().filter(|p| !aboard.contains(&(**p as u32)));
        let others: Vec<usize> = others.copied().collect();
        if let Some(&first) = self.rng.pick(&others) {
            who.retain(|person| *person != first);
            who.truncate(2);
            who.insert(0, first);
            self.anew(&who, Some(duty), heat);
        }
    }

    /// Some people get the best schedules anew, one after another, the first of them with a
    /// given duty.
    fn anew(&mut self, who: &[usize], first: Option<u32>, heat: f64) {
        let instance = self.state.instance;
        let before = self.state.total;
        let nothing = vec![OFF; self.state.instance.days()];
        let old: Vec<(usize, Vec<u32>)> = who
            .iter()
            .map(|&person| (person, self.state.rows[person].clone()))
            .collect();
        for &person in who {
            self.state.put(person, &nothing);
        }
        let mut first = first;
        for &person in who {
            let kept = kept(instance);
            let with = first.take().filter(|duty| self.state.has_room(*duty));
            let with = with.and_then(|duty| self.desk.best_on(&self.state, person, duty, kept));
            let best = with.unwrap_or_else(|| self.desk.best(&self.state, person, kept));
            self.state.put(person, &best.row);
        }
        if !self.accept(before, heat) {
            for (person, _) in &old {
                self.state.put(*person, &nothing);
            }
            for (person, row) in &old {
                self.state.put(*person, row);
            }
        }
    }

    /// One to five people: of a shift, of those whose own rules cost most, or any of a tier.
    fn chosen(&mut self) -> Vec<usize> {
        let instance = self.state.instance;
        let seed = self.rng.below(instance.people.len());
        let tier = &instance.tiers[instance.people[seed].tier];
        let count = 1 + self.rng.below(5.min(tier.people.len()));
        let mut who = match self.rng.below(3) {
            0 if !tier.shifts.is_empty() => {
                let shift = self.rng.below(tier.shifts.len());
                let on = self.state.on_shift(instance.people[seed].tier, shift);
                on.iter().map(|p| *p as usize).collect()
            }
            1 => {
                let mut ranked = tier.people.clone();
                ranked.sort_by_key(|p| (std::cmp::Reverse(self.state.own[*p]), *p));
                ranked.truncate(count * 2);
                ranked
            }
            _ => Vec::new(),
        };
        let mut others = tier.people.clone();
        self.rng.shuffle(&mut who);
        self.rng.shuffle(&mut others);
        for person in others {
            if !who.contains(&person) {
                who.push(person);
            }
        }
        who.truncate(count);
        who
    }
}
