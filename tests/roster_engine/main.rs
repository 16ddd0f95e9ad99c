//! The roster engine against the checker, which judges by another road, and against brute
//! force.

mod craft;
#[path = "../small_town/mod.rs"]
mod small_town;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use craft::Size;
use roundsman::check::Code;
use roundsman::check::check;
use roundsman::epochs::Control;
use roundsman::epochs::Options;
use roundsman::epochs::WARM_UP;
use roundsman::ids::DutyId;
use roundsman::ids::PersonId;
use roundsman::ids::SkillId;
use roundsman::par;
use roundsman::rng::Rng;
use roundsman::roster::staff::Broken;
use roundsman::roster::staff::Change;
use roundsman::roster::staff::Cost;
use roundsman::roster::staff::Instance;
use roundsman::roster::staff::More;
use roundsman::roster::staff::Outcome;
use roundsman::roster::staff::Place;
use roundsman::roster::staff::Progress;
use roundsman::roster::staff::Rows;
use roundsman::roster::staff::Wanted;
use roundsman::roster::staff::account;
use roundsman::roster::staff::compile;
use roundsman::roster::staff::instance::OFF;
use roundsman::roster::staff::mends;
use roundsman::roster::staff::promises;
use roundsman::roster::staff::solve;
use roundsman::roster::staff::state::State;
use roundsman::roster::staff::write;
use roundsman::scenario::Grade;
use roundsman::scenario::RuleKind;
use roundsman::scenario::Scenario;
use roundsman::world::World;

/// A roster drawn at random, or as good as that where duties overlap.
fn drawn(instance: &Instance, rng: &mut Rng) -> Rows {
    let mut state = State::empty(instance);
    let mut scratch = Vec::new();
    for person in 0..instance.people.len() {
        for day in 0..instance.days() {
            let open = &instance.tiers[instance.people[person].tier].open[day];
            let open: Vec<u32> = open.iter().flatten().copied().collect();
            let Some(&duty) = rng.pick(&open).filter(|_| rng.chance(0.7)) else {
                continue;
            };
            let mut row = state.rows[person].clone();
            row[day] = duty;
            if state.has_room(duty) && instance.walk(person, &row, &mut scratch).is_some() {
                state.put(person, &row);
            }
        }
    }
    state.rows
}

/// By kind of rule and day: what is broken of it, and what that weighs in wishes.
type Sums = BTreeMap<(RuleKind, i32), (i64, i64)>;

fn sums_of_engine(broken: &[Broken]) -> Sums {
    let mut sums = Sums::new();
    for one in broken {
        let key = (one.priced.kind, one.day as i32);
        let sum = sums.entry(key).or_default();
        sum.0 += one.bill.amount;
        sum.1 += one.cost().wishes;
    }
    sums
}

fn sums_of_checker(world: &World, instance: &Instance, rows: &Rows) -> Sums {
    let outcome = Outcome {
        rows: rows.clone(),
        cost: Cost::ZERO,
        bound: None,
        epochs: 0,
        schedule: 0,
    };
    let mut roster = write(&world.scenario, instance, &outcome);
    roster.claim = None;
    let verdict = check(world, &craft::plan(&world.scenario, roster));
    let mut sums = Sums::new();
    for violation in &verdict.violations {
        let mut kinds = RuleKind::ALL.iter();
        // Cars whose own shifts overlap are no matter of rosters.
        let Some(kind) = kinds.find(|kind| Code::of_rule(**kind) == Some(violation.code)) else {
            assert_eq!(violation.code, Code::DutiesOverlap, "{violation}");
            continue;
        };
        let key = (*kind, violation.place.day.expect("a day"));
        sums.entry(key).or_default().0 += violation.amount.as_ref().expect("an amount").value;
    }
    let judged = verdict.roster.expect("a roster");
    for wish in &judged.broken_wishes {
        let key = (wish.rule, wish.place.day.expect("a day"));
        let sum = sums.entry(key).or_default();
        sum.0 += wish.amount.value;
        sum.1 += wish.weight;
    }
    let wishes: i64 = sums.values().map(|sum| sum.1).sum();
    assert_eq!(wishes, judged.wishes);
    sums
}

#[test]
fn the_account_is_the_checkers() {
    let (mut kinds, mut clean) = (BTreeSet::new(), 0);
    for seed in 0..600 {
        let mut rng = Rng::stream(seed, 1, 0);
        let size = Size {
            people: 2 + rng.below(3),
            days: 1 + rng.below(16) as i32,
            shifts: 1 + rng.below(4),
            units: 1 + rng.below(2),
        };
        let chance = rng.unit();
        let world = craft::world(&mut rng, size, chance);
        let instance = compile(&world.scenario, Wanted::ALL);
        let rows = drawn(&instance, &mut rng);
        let ours = sums_of_engine(&account(&instance, &rows));
        let theirs = sums_of_checker(&world, &instance, &rows);
        assert_eq!(ours, theirs, "seed {seed} {size:?}");
        let state = State::of(&instance, &rows).expect("a roster");
        let wishes: i64 = ours.values().map(|sum| sum.1).sum();
        assert_eq!(state.total.wishes, wishes, "seed {seed}");
        clean += usize::from(ours.is_empty());
        kinds.extend(ours.keys().map(|(kind, _)| *kind));
    }
    let never: Vec<_> = RuleKind::ALL
        .iter()
        .filter(|kind| !kind.is_definition() && !kinds.contains(kind))
        .collect();
    assert!(never.is_empty(), "never broken: {never:?}");
    assert!(clean > 5, "{clean}");
}

/// So many people and days, two units on three shifts, half of the rules.
fn drawn_town(mut rng: Rng, people: usize, days: i32) -> Instance {
    let size = Size {
        people,
        days,
        shifts: 3,
        units: 2,
    };
    let world = craft::world(&mut rng, size, 0.5);
    compile(&world.scenario, Wanted::ALL)
}

fn options(epochs: u32) -> Options {
    Options {
        seed: 1,
        islands: 2,
        schedule: Some(epochs),
    }
}

fn run(instance: &Instance, epochs: u32) -> Outcome {
    solve(instance, options(epochs), None, |progress| {
        Control::after(epochs, progress.epoch)
    })
}

/// Shows all rosters, one by one.
fn each_roster(instance: &Instance, look: &mut dyn FnMut(&State<'_>)) {
    let mut scratch = Vec::new();
    let rows_of = |person: usize| {
        let tier = &instance.tiers[instance.people[person].tier];
        let mut rows: Vec<Vec<u32>> = vec![Vec::new()];
        for open in &tier.open {
            let choices: Vec<u32> = open.iter().flatten().copied().chain([OFF]).collect();
            let longer = rows.iter().flat_map(|row| {
                let choices = choices.iter();
                choices.map(|choice| [row.as_slice(), &[*choice]].concat())
            });
            rows = longer.collect();
        }
        rows.retain(|row| instance.walk(person, row, &mut scratch).is_some());
        rows
    };
    let rows: Vec<Vec<Vec<u32>>> = (0..instance.people.len()).map(rows_of).collect();
    everybody(&mut State::empty(instance), &rows, 0, look);
}

fn everybody(
    state: &mut State<'_>,
    rows: &[Vec<Vec<u32>>],
    person: usize,
    look: &mut dyn FnMut(&State<'_>),
) {
    if person == rows.len() {
        look(state);
        return;
    }
    for row in &rows[person] {
        state.put(person, row);
        let mut seated = state.aboard.iter().zip(&state.instance.duties);
        if seated.all(|(aboard, duty)| aboard.len() <= duty.seats) {
            everybody(state, rows, person + 1, look);
        }
    }
    state.put(person, &vec![OFF; state.instance.days()]);
}

/// The least cost of all rosters.
fn least(instance: &Instance) -> Cost {
    let mut best: Option<Cost> = None;
    each_roster(instance, &mut |state| {
        best = Some(best.map_or(state.total, |best| best.min(state.total)));
    });
    best.expect("everybody may be off")
}

/// Whether all that is broken here is broken there too, by as much or more.
fn within(here: &[Broken], there: &[Broken]) -> bool {
    let alike = |a: &Broken, b: &Broken| {
        (a.priced, a.place, a.day) == (b.priced, b.place, b.day) && a.bill.units <= b.bill.units
    };
    here.iter().all(|a| there.iter().any(|b| alike(a, b)))
}

#[test]
fn no_mend_can_be_spared() {
    let mut several = 0;
    for seed in 0..60 {
        let mut rng = Rng::stream(seed, 4, 0);
        let size = Size {
            people: 2,
            days: 3,
            shifts: 2,
            units: 1 + rng.below(2),
        };
        let world = craft::world(&mut rng, size, 0.6);
        let instance = compile(&world.scenario, Wanted::ALL);
        let outcome = run(&instance, 6);
        let mending = mends(&instance, &outcome.rows);
        let items = mending.broken;
        let burden: i64 = items.iter().map(|item| item.cost().promises).sum();
        assert_eq!(burden, outcome.cost.promises, "letting them go is enough");
        several += usize::from(items.len() > 1);
        each_roster(&instance, &mut |state| {
            // Whoever does without an item breaks less.
            if state.total.promises > burden {
                return;
            }
            let mut others = account(&instance, &state.rows);
            others.retain(|one| one.is_promise() && one.bill.units > 0);
            assert!(
                !within(&others, &items) || within(&items, &others),
                "seed {seed}: an item can be spared"
            );
        });
    }
    assert!(several > 10, "{several}");
}

/// A question with a roster, some duties of which stay at base.
struct Case {
    world: World,
    idle: BTreeSet<DutyId>,
    rows: Rows,
}

impl Case {
    fn drawn(rng: &mut Rng, size: Size) -> Self {
        let world = craft::world(rng, size, 0.8);
        let duties = world.scenario.duties.ids();
        let idle = duties.filter(|_| rng.chance(0.3)).collect();
        let mut case = Self {
            world,
            idle,
            rows: Rows::new(),
        };
        case.rows = drawn(&case.compile(&case.world.scenario), rng);
        case
    }

    fn compile(&self, scenario: &Scenario) -> Instance {
        let driven = |duty| !self.idle.contains(&duty);
        let wanted = Wanted {
            driven: &driven,
            ..Wanted::ALL
        };
        compile(scenario, wanted)
    }

    /// The promises that the roster breaks when helpers have joined it. What helpers break of their
    /// own rules, and how evenly they share with others, is nobody's question.
    fn with_helpers(&self, joining: &[More]) -> Vec<Broken> {
        let mut scenario = self.world.scenario.clone();
        let mut seats = Vec::new();
        for more in joining {
            for k in 0..more.people {
                let mut helper = scenario.staff.people[PersonId(0)].clone();
                helper.id = format!("helper{}", seats.len());
                helper.sworn = k < more.sworn;
                helper.grade = match k < more.seniors {
                    true => Grade::Senior,
                    false => Grade::Regular,
                };
                let supervises = k < more.supervisors;
                helper.rank = if supervises { "sergeant" } else { "constable" }.to_owned();
                let skills = more.skills.iter().filter(|(_, count)| k < **count);
                helper.skills = skills.map(|(skill, _)| *skill).collect();
                scenario.staff.people.push(helper);
                seats.push(more.duty);
            }
        }
        let instance = self.compile(&scenario);
        let mut rows = self.rows.clone();
        for duty in seats {
            let mut row = vec![OFF; instance.days()];
            row[instance.duties[duty as usize].day] = duty;
            rows.push(row);
        }
        let mut broken = promises(&instance, &rows);
        broken.retain(|one| match one.place {
            Place::Person(person) => person < self.rows.len(),
            Place::Tier(_) => false,
            _ => true,
        });
        broken
    }
}

/// All ways to ask for one less: a person, or one thing that a person has to be.
fn one_less(more: &More) -> Vec<More> {
    let mut all = Vec::new();
    let mut less = |change: &dyn Fn(&mut More)| {
        let mut less = more.clone();
        change(&mut less);
        all.extend((less != *more).then_some(less));
    };
    less(&|more| more.people -= 1);
    less(&|more| more.sworn = (more.sworn - 1).max(0));
    less(&|more| more.seniors = (more.seniors - 1).max(0));
    less(&|more| more.supervisors = (more.supervisors - 1).max(0));
    for skill in more.skills.keys() {
        less(&|more| *more.skills.get_mut(skill).expect("a skill") -= 1);
    }
    all
}

/// All ways to spread `left` people who are everything over some duties.
fn spread(duties: &[(u32, i64)], left: i64, chosen: &mut Vec<More>, look: &mut dyn FnMut(&[More])) {
    let Some((&(duty, seats), rest)) = duties.split_first() else {
        if left == 0 {
            look(chosen);
        }
        return;
    };
    for people in 0..=left.min(seats) {
        let skills = [(SkillId(0), people)].into_iter().collect();
        chosen.push(More {
            duty,
            people,
            sworn: people,
            seniors: people,
            supervisors: people,
            skills,
        });
        spread(rest, left - people, chosen, look);
        chosen.pop();
    }
}

#[test]
fn whoever_joins_mends_as_much_as_said_and_nobody_can_be_spared() {
    let (mut joined, mut shared, mut attributes, mut fewer) = (0, 0, 0, 0);
    for seed in 0..400 {
        let mut rng = Rng::stream(seed, 5, 0);
        let size = Size {
            people: 2 + rng.below(3),
            days: 1 + rng.below(6) as i32,
            shifts: 1 + rng.below(3),
            units: 1 + rng.below(3),
        };
        let case = Case::drawn(&mut rng, size);
        let instance = case.compile(&case.world.scenario);
        let mending = mends(&instance, &case.rows);
        let (mut joining, mut let_go) = (Vec::new(), Vec::new());
        for mend in &mending.mends {
            assert!(mend.of.iter().all(|k| *k < mending.broken.len()));
            assert!(!mend.of.is_empty(), "seed {seed}: {mend:?}");
            match &mend.change {
                Change::Join(more) => joining.push(more.clone()),
                Change::LetGo(broken) => let_go.push(broken.clone()),
            }
        }
        for k in 0..mending.broken.len() {
            assert!(mending.mends.iter().any(|mend| mend.of.contains(&k)));
        }
        let_go.retain(|one| !matches!(one.place, Place::Tier(_)));
        let mended = case.with_helpers(&joining);
        assert_eq!(mended, let_go, "seed {seed} {size:?}");
        for k in 0..joining.len() {
            for less in one_less(&joining[k]) {
                let mut others = joining.clone();
                others[k] = less;
                let still = case.with_helpers(&others);
                assert!(
                    !within(&still, &let_go),
                    "seed {seed}: {:?} {:?}",
                    joining[k],
                    others[k]
                );
            }
        }
        if (1..=4).contains(&joining.len()) {
            let total: i64 = joining.iter().map(|more| more.people).sum();
            let seats = |more: &More| {
                let seats = instance.duties[more.duty as usize].seats;
                let taken = case
                    .rows
                    .iter()
                    .flatten()
                    .filter(|duty| **duty == more.duty);
                (more.duty, (seats - taken.count()) as i64)
            };
            let seats: Vec<(u32, i64)> = joining.iter().map(seats).collect();
            spread(&seats, total - 1, &mut Vec::new(), &mut |others| {
                let still = case.with_helpers(others);
                assert!(!within(&still, &let_go), "seed {seed}: fewer are enough");
                fewer += 1;
            });
        }
        joined += joining.len();
        let several = mending.mends.iter().filter(|mend| mend.of.len() > 1);
        shared += several.count();
        let more = joining.iter();
        attributes += more.flat_map(one_less).count();
    }
    assert!(
        joined > 200 && shared > 50 && attributes > joined + 50 && fewer > 100,
        "{joined} {shared} {attributes} {fewer}"
    );
}

#[test]
fn finds_what_brute_force_finds() {
    let (mut broken, mut proven) = (0, 0);
    for seed in 0..250 {
        let mut rng = Rng::stream(seed, 2, 0);
        let sizes = [
            (2, 4, 2, 1),
            (2, 3, 2, 2),
            (3, 3, 2, 1),
            (2, 4, 3, 1),
            (3, 2, 2, 2),
            (4, 3, 1, 1),
        ];
        let (people, days, shifts, units) = *rng.pick(&sizes).expect("sizes");
        let size = Size {
            people,
            days,
            shifts,
            units,
        };
        let chance = 0.2 + 0.8 * rng.unit();
        let world = craft::world(&mut rng, size, chance);
        let instance = compile(&world.scenario, Wanted::ALL);
        let outcome = run(&instance, 6);
        assert_eq!(outcome.cost, least(&instance), "seed {seed} {size:?}");
        assert!(outcome.bound.is_none_or(|bound| bound <= outcome.cost));
        broken += usize::from(outcome.cost.promises > 0);
        proven += usize::from(outcome.bound == Some(outcome.cost));
    }
    assert!((20..240).contains(&broken), "{broken}");
    assert!(proven > 5, "{proven}");
}

#[test]
fn threads_change_nothing() {
    for seed in 0..4 {
        let instance = drawn_town(Rng::stream(seed, 3, 0), 12, 14);
        let found = |threads| {
            let outcome = par::with_threads(threads, || run(&instance, 3)).expect("threads");
            (outcome.rows, outcome.cost)
        };
        let one = found(1);
        assert_eq!(one, found(2));
        assert_eq!(one, found(4));
    }
}

#[test]
fn a_schedule_told_late_leads_where_one_told_at_once_does() {
    for seed in 0..3 {
        let instance = drawn_town(Rng::stream(seed, 4, 0), 4, 7);
        let until = |progress: Progress| match progress.epoch {
            10.. => Control::Stop,
            WARM_UP => Control::Schedule(10),
            _ => Control::Continue,
        };
        let untold = Options {
            schedule: None,
            ..options(0)
        };
        let late = solve(&instance, untold, None, until);
        let at_once = run(&instance, 10);
        assert_eq!(late.rows, at_once.rows);
        assert_eq!(
            (late.epochs, late.schedule, late.cost),
            (at_once.epochs, at_once.schedule, at_once.cost)
        );
    }
}
