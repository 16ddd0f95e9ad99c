//! The optimiser and the checker share no code but the problem itself: what one finds, the
//! other must allow and value alike, to the last unit.

mod small_town;

use roundsman::check::check;
use roundsman::ids::*;
use roundsman::patrol::compile::POINT;
use roundsman::patrol::compile::compile;
use roundsman::patrol::search::Control;
use roundsman::patrol::search::Options;
use roundsman::patrol::search::solve;
use roundsman::patrol::write::write;
use roundsman::plan::Plan;
use roundsman::rng::Rng;
use roundsman::scenario::Duty;
use roundsman::scenario::Target;
use roundsman::units::*;
use roundsman::world::World;
use small_town::*;

/// The town with other standards, effects, risks, windows and duties.
fn variation(rng: &mut Rng) -> World {
    let mut world = world();
    let scenario = &mut world.scenario;
    for target in scenario.targets.iter_mut() {
        vary_target(target, rng);
    }
    let order = &mut scenario.orders[OrderId(0)];
    order.count = rng.between(0, 4) as u32;
    order.spacing = Seconds(rng.between(0, 3) * HOUR);
    order.hard_weight = rng.between(0, 2);
    let day = &scenario.duties[DAY];
    let mut next = day.clone();
    let later = |s: Span| Span::new(s.start + Seconds(24 * HOUR), s.end + Seconds(24 * HOUR));
    next.day = 1;
    next.span = later(day.span);
    next.route = later(day.route);
    for rule in &mut next.breaks {
        rule.earliest += Seconds(24 * HOUR);
        rule.latest += Seconds(24 * HOUR);
    }
    let guard = scenario.duties[DutyId(2)].clone();
    let duties: Vec<Duty> = vec![day.clone(), next, guard];
    scenario.duties = IdVec::from(duties);
    world
}

fn vary_target(target: &mut Target, rng: &mut Rng) {
    let standard = rng.between(1, 12) * HOUR;
    target.standard = rng.chance(0.8).then_some(Seconds(standard));
    target.hard_weight = rng.between(-2, 3).max(0);
    let mut level = 100;
    target.effect.steps.clear();
    for step in 1..=rng.between(0, 4) {
        target
            .effect
            .steps
            .push((Seconds(standard * step / 2 + step), Level(level)));
        level -= rng.between(1, 24) as u8;
    }
    target.risk.pieces = vec![(Seconds(0), Rate(rng.between(0, 2000)))];
    for piece in 1..rng.between(1, 6) {
        let start = Seconds(piece * 7 * HOUR + rng.between(0, HOUR));
        target.risk.pieces.push((start, Rate(rng.between(0, 2000))));
    }
    for tier in target.authority.iter_mut() {
        *tier = Level(rng.between(0, 5) as u8 * 20);
    }
    target.last_visit = rng
        .chance(0.5)
        .then_some(Seconds(-rng.between(0, 5 * HOUR)));
    let noon = rng.between(2, 10) * HOUR;
    if rng.chance(0.3) {
        target.windows[0].end = Seconds(noon);
        target
            .windows
            .push(Span::new(Seconds(noon + HOUR), Seconds(HORIZON)));
    }
}

#[test]
fn what_the_optimiser_plans_the_checker_allows_and_values_alike() {
    for seed in 0..40 {
        let world = variation(&mut Rng::stream(seed, 0, 0));
        let compiled = compile(&world).expect("a sound scenario");
        let options = Options {
            seed,
            islands: 1,
            schedule: Some(1),
        };
        let best = solve(&compiled.instance, options, |progress| {
            match progress.epoch {
                0 if seed % 4 > 0 => Control::Stop,
                0 => Control::Continue,
                _ => Control::Stop,
            }
        });
        let (duties, paths) = write(&world, &compiled, &best.routes).expect("ways of all legs");
        let plan = Plan {
            duties,
            paths,
            ..plan(&world)
        };
        let verdict = check(&world, &plan);
        assert_eq!(verdict.violations, [], "seed {seed}");
        let points = world.scenario.objective.order_point * verdict.kpis.order_points * POINT;
        let value = verdict.kpis.protected_value + points.round() as i128;
        assert_eq!(value, i128::from(best.score.value), "seed {seed}");
        let total = i128::from(compiled.instance.total_risk());
        assert!(total <= verdict.kpis.total_value, "seed {seed}");
        assert_eq!(
            verdict.broken_promises_seconds, best.score.broken,
            "seed {seed}"
        );
    }
}
