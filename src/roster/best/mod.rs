//! The best schedule of one person when everything else is fixed, exactly.
//!
//! A shortest path over days, states of the [`Automaton`](super::automaton::Automaton) and
//! counters: how much load so far, how many weekends worked, and how often each kind of shift
//! whose limit turns out to matter. Values are costs to go, computed from the last day to the
//! first, so that the schedule is read off forwards.
//!
//! *Levels in rows.* For a state and the small counters the values of all load levels lie in
//! one row, and an edge is a shifted minimum of rows, which the processor does many at a time
//! (`sweep.rs`, `layout.rs`). Levels that cannot be reached, or from which the allowed load
//! cannot be reached, are left out (`reach.rs`); above the wanted load, where each unit costs
//! the same, levels end, and so do weekends.
//!
//! *Limits on demand.* Kinds are counted only once the schedule found without counting passes
//! a limit, then all is done again (decremental state-space relaxation, Righini and Salani,
//! Networks 51, 2008), since such limits seldom bind. Where counting one more would make too
//! many values, tolls keep it within its limit instead (`tolls.rs`).
//!
//! *Windows.* Days outside a window can be held: what came before fixes where the window
//! begins, and what comes after is charged for each state in which it can end (`frame.rs`).

mod counters;
mod frame;
mod layout;
mod levels;
mod reach;
mod read;
mod sweep;
mod tokens;
mod tolls;
mod ways;

use super::model::OFF;
use super::rules::Rules;
use crate::rng::Rng;
use counters::Counters;
use frame::End;
use layout::Layout;
use tokens::Tokens;

/// No value is greater.
const INFINITE: i32 = i32::MAX / 2;
/// Counters that would make more values than this are not opened, and a schedule of the whole
/// time is found exactly if it needs no more.
pub const MOST_VALUES: usize = 30_000_000;

/// Whose best schedule, when, and at what prices.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The person.
    pub person: usize,
    /// First day that may change.
    pub from: usize,
    /// The day after the last that may change.
    pub to: usize,
    /// Prices of seats, by day of the whole time and seat; [`NEVER`](super::model::NEVER)
    /// forbids.
    pub seats: &'a [i32],
    /// Prices of days off, by day of the whole time.
    pub off: &'a [i32],
    /// What the prices of rules are multiplied by, to be in the unit of these.
    pub scale: i32,
    /// The schedule as it is; heeded outside the window.
    pub fixed: &'a [u16],
}

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Cost of the days of the window, of the rules from its first day on, and of load and
    /// weekends of the whole time.
    pub cost: i32,
    /// No schedule costs less; the same as `cost` but for products of counters too large to
    /// open.
    pub least: i32,
}

/// Space that is used again from one question to the next.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    values: Vec<i32>,
    layout: Layout,
    reach: reach::Space,
    tokens: Tokens,
    ends: Vec<End>,
    times: Vec<u32>,
    /// Values looked at so far, a measure of work that does not depend on the machine.
    pub work: u64,
    /// The schedule found: seats of the days of the window.
    pub found: Vec<u16>,
}

/// Finds the best schedule, left in `scratch.found`. Among equals the draw decides, or the
/// first is taken. `None` when there is none within the rules, or none was found that keeps
/// limits of kinds too many to be counted.
pub fn best(
    rules: &Rules<'_>,
    scratch: &mut Scratch,
    ask: Ask<'_>,
    draw: Option<&mut Rng>,
) -> Option<Found> {
    best_within(MOST_VALUES, rules, scratch, ask, draw)
}

/// The same, with counters for no more than so many values.
fn best_within(
    most_values: usize,
    rules: &Rules<'_>,
    scratch: &mut Scratch,
    ask: Ask<'_>,
    mut draw: Option<&mut Rng>,
) -> Option<Found> {
    let frame = frame::frame(rules, &ask, &mut scratch.ends)?;
    // What the days outside have used up is left out from the first, at no expense.
    scratch.found.clear();
    let used_up = limits(rules, &ask, scratch)?.into_iter();
    let used_up = used_up.filter(|l| l.left == 0).map(|l| (l.kind, 0));
    let mut counted: Vec<(u32, u32)> = used_up.collect();
    loop {
        scratch.tokens.group(rules, &ask, &counted);
        scratch.tokens.price(rules, &ask, &[]);
        let counters = Counters::new(frame.free, frame.extra, counted.iter().map(|c| c.1));
        let cost = sweep::sweep(rules, &ask, &frame, &counters, scratch)?;
        read::read(rules, &ask, &frame, &counters, scratch, draw.as_deref_mut());
        let limits = limits(rules, &ask, scratch)?;
        let passed = || limits.iter().filter(|l| l.over() > 0);
        let room = most_values / scratch.values.len().max(1);
        let fits = passed().filter(|l| (l.left as usize) < room);
        // Of equals the first.
        match fits.min_by_key(|l| std::cmp::Reverse(l.over())) {
            _ if passed().next().is_none() => return Some(Found { cost, least: cost }),
            Some(l) => counted.push((l.kind, l.left)),
            None => {
                let paid = tolls::Paid {
                    rules,
                    ask: &ask,
                    frame: &frame,
                    counters: &counters,
                };
                return paid.best(scratch, (limits, cost), draw);
            }
        }
    }
}

/// How often a kind may be worked in the window, and is.
#[derive(Clone, Copy, Debug)]
struct Limit {
    kind: u32,
    left: u32,
    worked: u32,
}

impl Limit {
    fn over(&self) -> u32 {
        self.worked.saturating_sub(self.left)
    }
}

/// The kinds with limits that could be passed, and what the schedule found does; `None` when
/// the days outside the window pass one themselves.
fn limits(rules: &Rules<'_>, ask: &Ask<'_>, scratch: &mut Scratch) -> Option<Vec<Limit>> {
    let problem = rules.problem;
    let limited = &rules.people[ask.person].limited;
    if limited.is_empty() {
        return Some(Vec::new());
    }
    let most = &problem.people[ask.person].most;
    let Scratch { times, found, .. } = scratch;
    times.clear();
    times.resize(problem.kinds.len() * 2, 0);
    let (inside, outside) = times.split_at_mut(problem.kinds.len());
    let kind = |seat: u16| problem.seats[seat as usize].kind as usize;
    for &seat in found.iter().filter(|s| **s != OFF) {
        inside[kind(seat)] += 1;
    }
    let (before, after) = (&ask.fixed[..ask.from], &ask.fixed[ask.to..]);
    for &seat in before.iter().chain(after).filter(|s| **s != OFF) {
        outside[kind(seat)] += 1;
    }
    let limit = |&k: &u32| {
        Some(Limit {
            kind: k,
            left: most[k as usize].checked_sub(outside[k as usize])?,
            worked: inside[k as usize],
        })
    };
    limited.iter().map(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::cost;
    use crate::roster::testing;

    #[test]
    fn tolls_keep_limits_and_prove_no_more_than_there_is() {
        let (mut kept, mut exact) = (0, 0);
        for seed in 0..600 {
            let mut rng = Rng::stream(seed, 5, 0);
            let problem = testing::random_problem(&mut rng);
            let rules = Rules::new(&problem);
            let days = problem.days as usize;
            let nothing = vec![OFF; days];
            for (person, who) in problem.people.iter().enumerate() {
                let ask = Ask {
                    person,
                    from: 0,
                    to: days,
                    seats: &who.seats,
                    off: &who.off,
                    scale: 1,
                    fixed: &nothing,
                };
                let mut scratch = Scratch::default();
                let Some(found) = best_within(0, &rules, &mut scratch, ask, None) else {
                    continue;
                };
                let cost = cost::schedule(&problem, who, &scratch.found);
                assert_eq!(cost, Some(found.cost.into()), "seed {seed}");
                let least = best(&rules, &mut scratch, ask, None).expect("there is one");
                assert!(found.least <= least.cost && least.cost <= found.cost);
                kept += 1;
                exact += usize::from(found.cost == least.cost);
            }
        }
        assert!(kept > 500 && exact * 10 > kept * 9, "{exact} of {kept}");
    }

    #[test]
    fn a_sunday_after_the_window_counts_for_its_weekend() {
        let (mut found, mut ends) = (0, 0);
        for seed in 0..400 {
            let mut rng = Rng::stream(seed, 6, 0);
            let problem = testing::stretched(&testing::random_problem(&mut rng), 9);
            let rules = Rules::new(&problem);
            let mut scratch = Scratch::default();
            let days = problem.days as usize;
            let person = rng.below(problem.people.len());
            let who = &problem.people[person];
            let ask = |from, to, fixed| Ask {
                person,
                from,
                to,
                seats: &who.seats,
                off: &who.off,
                scale: 1,
                fixed,
            };
            let nothing = vec![OFF; days];
            if best(&rules, &mut scratch, ask(0, days, &nothing), None).is_none() {
                continue;
            }
            let schedule = scratch.found.clone();
            let saturday = (0..days).rfind(|&d| problem.weekday(d) == 5 && d + 1 < days);
            let Some(saturday) = saturday else { continue };
            let from = saturday.saturating_sub(6);
            let window = ask(from, saturday + 1, &schedule);
            let price = |s: Vec<u16>| cost::schedule(&problem, who, &s);
            let least = testing::all(&problem, &schedule, from, saturday + 1);
            let least = least.into_iter().filter_map(price).min();
            let answer = best(&rules, &mut scratch, window, None).map(|_| {
                let mut whole = schedule.clone();
                whole[from..=saturday].copy_from_slice(&scratch.found);
                cost::schedule(&problem, who, &whole)
            });
            assert_eq!(answer, least.map(Some), "seed {seed}");
            found += 1;
            ends += usize::from(schedule[saturday + 1] != OFF);
        }
        assert!(found > 60 && ends > 20, "{found} {ends}");
    }

    #[test]
    fn the_best_schedule_is_that_of_brute_force() {
        let (mut found_some, mut found_none, mut windows) = (0, 0, 0);
        for seed in 0..600 {
            let mut rng = Rng::stream(seed, 1, 0);
            let problem = testing::random_problem(&mut rng);
            let rules = Rules::new(&problem);
            let mut scratch = Scratch::default();
            let days = problem.days as usize;
            for person in 0..problem.people.len() {
                let who = &problem.people[person];
                let window = |from, to, fixed: &[u16], scratch: &mut Scratch| {
                    let priced = testing::all(&problem, fixed, from, to).into_iter();
                    let least = priced
                        .filter_map(|s| cost::schedule(&problem, who, &s))
                        .min();
                    let ask = Ask {
                        person,
                        from,
                        to,
                        seats: &who.seats,
                        off: &who.off,
                        scale: 1,
                        fixed,
                    };
                    let found = best(&rules, scratch, ask, None).map(|found| {
                        let mut schedule = fixed.to_vec();
                        schedule[from..to].copy_from_slice(&scratch.found);
                        assert_eq!(found.cost, found.least);
                        (
                            found.cost,
                            cost::schedule(&problem, who, &schedule).expect("valid"),
                            schedule,
                        )
                    });
                    assert_eq!(
                        found.as_ref().map(|f| f.1),
                        least,
                        "seed {seed} person {person}"
                    );
                    found
                };
                match window(0, days, &vec![OFF; days], &mut scratch) {
                    Some((cost, value, schedule)) => {
                        assert_eq!(
                            i64::from(cost),
                            value,
                            "seed {seed}: the whole time costs what it costs"
                        );
                        found_some += 1;
                        let from = rng.below(days);
                        let to = from + 1 + rng.below(days - from);
                        let fixed = schedule.clone();
                        windows += usize::from(window(from, to, &fixed, &mut scratch).is_some());
                    }
                    None => found_none += 1,
                }
            }
        }
        assert!(
            found_some > 500 && found_none > 50 && windows > 500,
            "{found_some} {found_none} {windows}"
        );
    }
}
