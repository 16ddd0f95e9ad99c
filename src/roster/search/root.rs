//! Column generation over everybody and all days: a bound, prices, and a dive to a roster.

use super::climb::Schedules;
use super::ticks::Ticks;
use crate::rng::Rng;
use crate::roster::columns::Dive;
use crate::roster::columns::Generation;
use crate::roster::columns::Lanes;
use crate::roster::columns::Pace;
use crate::roster::columns::Prices;
use crate::roster::columns::Scope;
use crate::roster::cost;
use crate::roster::model::OFF;
use crate::roster::model::Roster;
use crate::roster::rules::Rules;
use crate::roster::state::Desk;
use crate::roster::state::State;

/// Shares of the whole work that the linear program and the dive may take.
const SHARES: (f64, f64) = (0.25, 0.3);
/// As long as so much is not used up, all is done again: no two dives are alike.
const AGAIN: f64 = 0.1;
/// Share in which a dive that is late may come to its end.
const SPARE: f64 = 0.1;
/// The dive is thorough: what it misses is hard to mend.
const DIVE: Dive = Dive {
    rounds: 30,
    parts: 20,
};

/// What is left of it for what comes after.
#[derive(Debug)]
pub(super) struct Rooted {
    /// Prices of the best bound, and the bound if it was proven here.
    pub(super) prices: Prices,
    bound: Option<i64>,
    /// The cheapest roster that a dive led to, and its cost.
    pub(super) dived: Option<(i64, Roster)>,
}

impl Rooted {
    /// Nothing but prices.
    pub(super) fn new(prices: Prices) -> Self {
        Self {
            prices,
            bound: None,
            dived: None,
        }
    }
}

/// Begins at some prices, with some schedules; gives better prices back, and where dives led.
pub(super) fn root(
    scope: &Scope<'_>,
    (prices, known): (Prices, Vec<Schedules>),
    ticks: &mut Ticks<'_>,
    rng: &mut Rng,
) -> Rooted {
    let mut work = 0;
    let mut rooted = Rooted::new(prices);
    while !ticks.over() && work <= ticks.share(AGAIN) {
        match once(scope, (&mut rooted, &known), ticks, rng) {
            // Linear programs that cannot be solved are not solved next time.
            0 => break,
            done => work += done,
        }
    }
    rooted
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

/// One linear program and one dive, and the work of both.
fn once(
    scope: &Scope<'_>,
    (rooted, known): (&mut Rooted, &[Schedules]),
    ticks: &mut Ticks<'_>,
    rng: &mut Rng,
) -> u64 {
    let problem = scope.rules.problem;
    let priced = |roster: &Roster| {
        let each = roster.iter().zip(&problem.people);
        let price = |(seats, who): (&Vec<u16>, _)| {
            let cost = cost::schedule(problem, who, seats);
            (seats.clone(), cost.expect("a roster within the rules"))
        };
        each.map(price).collect::<Schedules>()
    };
    let now: Vec<i64> = priced(&scope.fixed).iter().map(|s| s.1).collect();
    let best = priced(&ticks.best.1);
    let mut generation = Generation::new(scope.clone(), &now, Some(&rooted.prices), Lanes::many());
    for schedules in known.iter().chain([&best]) {
        for (who, (seats, cost)) in schedules.iter().enumerate() {
            generation.add(who, seats, *cost);
        }
    }
    let mut done = 0;
    let until = ticks.share(SHARES.0);
    while !ticks.over() && done < until && generation.round() {
        let work = generation.work();
        ticks.prove(generation.bound());
        ticks.work(work - done);
        done = work;
    }
    ticks.prove(generation.bound());
    if !ticks.over() {
        let until = done + ticks.share(SHARES.1);
        let last = until + ticks.share(SPARE);
        // However dear the last ones are: what is wrong with them is soon mended.
        let found = generation.dive(DIVE, i64::MAX, rng, &mut |work| {
            ticks.work(work - done);
            done = work;
            match () {
                () if ticks.over() || done > last => Pace::Stop,
                () if done > until => Pace::Quick,
                () => Pace::Thorough,
            }
        });
        ticks.work(generation.work().saturating_sub(done));
        done = done.max(generation.work());
        if let Some(roster) = found {
            let state = mended(scope.rules, &roster, rng);
            ticks.offer(state.total, &state.roster);
            if rooted.dived.as_ref().is_none_or(|d| state.total < d.0) {
                rooted.dived = Some((state.total, state.roster));
            }
        }
    }
    if let Some(center) = generation.center()
        && generation.bound() >= rooted.bound
    {
        rooted.prices.clone_from(center);
        rooted.bound = generation.bound();
    }
    done
}
