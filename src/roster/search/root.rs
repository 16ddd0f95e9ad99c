//! Column generation over everybody and all days: a bound, prices, dives to rosters, and the
//! best roster of all schedules that were found on the way.

use super::climb::Schedules;
use super::ticks::Ticks;
use crate::epochs::Options;
use crate::rng::Rng;
use crate::roster::columns::Choice;
use crate::roster::columns::Dive;
use crate::roster::columns::Generation;
use crate::roster::columns::Lanes;
use crate::roster::columns::Pace;
use crate::roster::columns::Prices;
use crate::roster::columns::Scope;
use crate::roster::cost;
use crate::roster::model::OFF;
use crate::roster::model::Problem;
use crate::roster::model::Roster;
use crate::roster::rules::Rules;
use crate::roster::state::Desk;
use crate::roster::state::State;

/// Shares of the whole work that the linear program and each dive may take.
const SHARES: (f64, f64) = (0.25, 0.3);
/// As long as so much is not used up, there is another dive: no two are alike.
const AGAIN: f64 = 0.05;
/// Dives begin until so much more is done when the last choice was to undercut the same cost.
const MORE: f64 = 0.02;
/// Share in which a dive that is late may come to its end.
const SPARE: f64 = 0.1;
/// The dive is thorough: what it misses is hard to mend.
const DIVE: Dive = Dive {
    rounds: 30,
    parts: 20,
};

/// Share of the whole work that a choice among schedules known may take, and all together with the
/// dives in between.
const CHOICE: f64 = 0.1;
const CHOICES: f64 = 0.3;
/// Share of the epochs laid out after which no choice begins: nothing is told before it ends.
const LATE: f64 = 0.7;
/// Epochs that the search must be laid out for, if there is to be any.
const LONG: u32 = if cfg!(test) { 100 } else { 1000 };
/// How many schedules are looked at, at first; twice as many when there is no roster of so many, half
/// as many when that cannot be told.
const MOST: usize = 3000;

/// Schedules that the linear programs of everybody know, and what comes of them.
#[derive(Debug)]
pub(super) struct Root<'a> {
    /// The first of the programs, with the columns of the others as they began to narrow.
    pool: Generation<'a>,
    options: Options,
    /// Work that has been told.
    told: u64,
    /// The cheapest roster that a dive led to, and its cost.
    pub(super) dived: Option<(i64, Roster)>,
    /// Work of the last dive.
    dive: u64,
    /// How many schedules the next choice looks at.
    most: usize,
    /// Choices so far, and their work.
    choices: i32,
    spent: u64,
    /// Cost that the last one was to undercut.
    limit: i64,
}

impl<'a> Root<'a> {
    /// Solves the linear program, beginning near some prices with schedules that are known, and dives
    /// from it, again and again as long as that is cheap.
    pub(super) fn search(
        scope: Scope<'a>,
        (prices, known): &(Prices, Vec<Schedules>),
        options: Options,
        ticks: &mut Ticks<'_>,
    ) -> Self {
        let problem = scope.rules.problem;
        let now: Vec<i64> = priced(problem, &scope.fixed).iter().map(|s| s.1).collect();
        let mut root = Self {
            pool: Generation::new(scope, &now, Some(prices), Lanes::many()),
            options,
            told: 0,
            dived: None,
            dive: 0,
            most: MOST,
            choices: 0,
            spent: 0,
            limit: i64::MAX,
        };
        for (who, (seats, cost)) in known.iter().flat_map(|s| s.iter().enumerate()) {
            root.pool.add(who, seats, *cost);
        }
        root.learn(&ticks.best.1);
        let mut rng = root.rng(ticks);
        let roster = dive(&mut root.pool, (0, &mut root.told), ticks, &mut rng);
        root.dive = root.told;
        root.take(roster, ticks, &mut rng);
        root.dives(ticks.share(AGAIN), ticks, &mut rng);
        root
    }

    fn rng(&self, ticks: &Ticks<'_>) -> Rng {
        let islands = self.options.islands.into();
        Rng::stream(self.options.seed, islands, ticks.epoch.into())
    }

    /// The schedules of a roster are known from now on.
    pub(super) fn learn(&mut self, roster: &Roster) {
        let problem = self.pool.scope().rules.problem;
        for (who, (seats, cost)) in priced(problem, roster).iter().enumerate() {
            self.pool.add(who, seats, *cost);
        }
    }

    /// Prices of the best bound.
    pub(super) fn prices(&self) -> Option<&Prices> {
        self.pool.center()
    }

    /// Dives until so much work is done in all, each in a linear program of its own, which does not
    /// grow from dive to dive.
    fn dives(&mut self, until: u64, ticks: &mut Ticks<'_>, rng: &mut Rng) {
        while !ticks.over() && self.told <= until {
            let before = self.told;
            let Some(mut again) = self.pool.again() else {
                return;
            };
            let roster = dive(&mut again, (before, &mut self.told), ticks, rng);
            self.pool.merge(again);
            self.dive = self.told - before;
            self.take(roster, ticks, rng);
            // Linear programs that cannot be solved are not solved next time.
            if self.dive == 0 {
                break;
            }
        }
    }

    /// Takes over where a dive led.
    fn take(&mut self, roster: Option<Roster>, ticks: &mut Ticks<'_>, rng: &mut Rng) {
        let Some(roster) = roster else { return };
        let state = mended(self.pool.scope().rules, &roster, rng);
        ticks.offer(state.total, &state.roster);
        self.learn(&state.roster);
        if self.dived.as_ref().is_none_or(|d| state.total < d.0) {
            self.dived = Some((state.total, state.roster));
        }
    }

    /// Looks for a roster cheaper than the best among schedules known, if most of them can be in none;
    /// whether there was one.
    pub(super) fn choose(&mut self, ticks: &mut Ticks<'_>) -> bool {
        if ticks.planned() < LONG || self.closed(0, ticks) {
            return false;
        }
        let (limit, began) = (ticks.best.0, self.told);
        self.learn(&ticks.best.1);
        self.look(began, ticks);
        tell(self.pool.work(), &mut self.told, ticks);
        self.spent += self.told - began;
        ticks.best.0 < limit
    }

    /// Whether no choice may begin after so much work towards it.
    fn closed(&self, work: u64, ticks: &Ticks<'_>) -> bool {
        let late = f64::from(ticks.epoch) > f64::from(ticks.planned()) * LATE;
        let done = self.spent + work + ticks.share(CHOICE);
        ticks.over() || late || done > ticks.share(CHOICES)
    }

    /// Schedules that could be in a roster cheaper than a limit; `None` where few are ruled out, since
    /// a tree has no end then.
    fn near(&mut self, limit: i64) -> Option<Vec<usize>> {
        let near = self.pool.near(limit)?;
        (near.len() < self.pool.columns() / 2).then_some(near)
    }

    /// A choice, which began when so much work had been told.
    fn look(&mut self, began: u64, ticks: &mut Ticks<'_>) {
        let limit = ticks.best.0;
        if self.limit <= limit {
            // Where there is no time for a dive and a choice, what is known has been chosen from.
            if self.closed(self.dive, ticks) {
                return;
            }
            let mut rng = self.rng(ticks);
            self.dives(self.told + ticks.share(MORE), ticks, &mut rng);
            if ticks.best.0 < limit || self.closed(self.told - began, ticks) {
                return;
            }
        }
        let Some(mut near) = self.near(limit) else {
            return;
        };
        near.truncate(self.most);
        self.limit = limit;
        self.choices += 1;
        let work = ticks.share(CHOICE);
        match self.pool.choose(&near, limit, work, self.choices) {
            Choice::Roster(roster) => {
                let mut state = State::empty(self.pool.scope().rules);
                state.settle(&roster);
                ticks.offer(state.total, &state.roster);
            }
            Choice::Nothing if near.len() == self.most => self.most *= 2,
            Choice::Nothing => {}
            Choice::Unknown => self.most = (near.len() / 2).max(1),
        }
    }
}

/// Solves the linear program of a generation and dives from it to a roster. It began when so much
/// work had been told, and goes on telling.
fn dive(
    generation: &mut Generation<'_>,
    (began, told): (u64, &mut u64),
    ticks: &mut Ticks<'_>,
    rng: &mut Rng,
) -> Option<Roster> {
    let mut done = began;
    let until = done + ticks.share(SHARES.0);
    while !ticks.over() && done < until && generation.round() {
        ticks.prove(generation.bound());
        done = began + generation.work();
        tell(done, told, ticks);
    }
    ticks.prove(generation.bound());
    if ticks.over() {
        return None;
    }
    let until = done + ticks.share(SHARES.1);
    let last = until + ticks.share(SPARE);
    // However dear the last ones are: what is wrong with them is soon mended.
    let found = generation.dive(DIVE, i64::MAX, rng, &mut |work| {
        let done = began + work;
        tell(done, told, ticks);
        match () {
            () if ticks.over() || done > last => Pace::Stop,
            () if done > until => Pace::Quick,
            () => Pace::Thorough,
        }
    });
    tell(began + generation.work(), told, ticks);
    found
}

/// Tells that so much work is done in all.
fn tell(done: u64, told: &mut u64, ticks: &mut Ticks<'_>) {
    ticks.work(done.saturating_sub(*told));
    *told = done.max(*told);
}

/// The schedules of a roster with their own costs.
fn priced(problem: &Problem, roster: &Roster) -> Schedules {
    let each = roster.iter().zip(&problem.people);
    let price = |(seats, who): (&Vec<u16>, _)| {
        let cost = cost::schedule(problem, who, seats);
        (seats.clone(), cost.expect("a roster within the rules"))
    };
    each.map(price).collect()
}

/// A roster after everybody in turn got the best schedule against the others: those who were given one
/// in haste need it.
fn mended<'a>(rules: &'a Rules<'a>, roster: &Roster, rng: &mut Rng) -> State<'a> {
    let mut state = State::empty(rules);
    state.settle(roster);
    let mut desk = Desk::default();
    let nothing = vec![OFF; rules.problem.days as usize];
    for person in 0..roster.len() {
        let before = (state.total, state.roster[person].clone());
        state.take(person);
        let window = (0, nothing.len());
        let placed = desk.place(&mut state, person, window, &nothing, Some(rng));
        if !placed || state.total > before.0 {
            state.take(person);
            state.put(person, &before.1);
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::super::ticks::Progress;
    use super::*;
    use crate::epochs::Control;
    use crate::par;
    use crate::roster::columns::SCALE;
    use crate::roster::search::solve;
    use crate::roster::testing;

    const OPTIONS: Options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(400),
    };

    /// What is chosen to undercut a cost just above the optimum, and whether anything was.
    fn chosen(problem: &Problem, best: &(i64, Roster)) -> (bool, i64, Roster, u64) {
        let rules = Rules::new(problem);
        let mut state = State::empty(&rules);
        state.settle(&best.1);
        let everybody: Vec<usize> = (0..problem.people.len()).collect();
        let scope = Scope::of(&state, everybody.clone(), (0, problem.days as usize));
        // Schedules that are good at prices far from the right ones, to be ruled out.
        let mut rng = Rng::stream(1, 10, 0);
        let known = (0..40).map(|_| {
            let far = i64::from(SCALE) * 60;
            let cells = 0..problem.demands.len();
            let seats = cells.map(|_| rng.between(-far, far) as i32).collect();
            let asked = Lanes::default().ask(&scope, &Prices { seats }, &everybody);
            let known = asked.into_iter().map(|a| a.expect("a schedule"));
            known.map(|a| (a.seats, a.cost)).collect::<Schedules>()
        });
        let known: Vec<Schedules> = known.collect();
        let mut observe = |_: Progress| Control::Continue;
        // Dear as it is said to be, it does not end the search.
        let dear = (best.0 + 1000 * rules.grain, best.1.clone());
        let mut ticks = Ticks::new(OPTIONS, dear, &mut observe);
        let prices = Prices {
            seats: vec![0; problem.demands.len()],
        };
        let mut root = Root::search(scope, &(prices, known), OPTIONS, &mut ticks);
        ticks.best = (best.0 + rules.grain, best.1.clone());
        let better = root.choose(&mut ticks);
        assert_eq!(better, ticks.best.0 == best.0 && root.choices > 0);
        (better, ticks.best.0, ticks.best.1, root.told)
    }

    #[test]
    fn the_choice_finds_the_optimum_on_any_number_of_threads() {
        let mut found = 0;
        for seed in 0..60 {
            let problem = testing::random_problem(&mut Rng::stream(seed, 4, 0));
            let mut problem = testing::stretched(&problem, 9);
            problem.people = vec![problem.people; 3].concat();
            let until = |p: Progress| Control::after(60, p.epoch);
            let Some(best) = solve(&problem, OPTIONS, until) else {
                continue;
            };
            let best = (best.cost, best.roster);
            let on = |threads| par::with_threads(threads, || chosen(&problem, &best));
            let one = on(1).expect("a thread");
            assert_eq!(one, on(2).expect("threads"), "seed {seed}");
            assert_eq!(one, on(4).expect("threads"), "seed {seed}");
            found += usize::from(one.0);
        }
        assert!(found > 10, "{found}");
    }
}
