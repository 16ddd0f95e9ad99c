//! The page's data, filled from world, plan and verdict.

pub(super) mod bound;
pub mod data;
mod figures;
mod ground;
pub mod icons;
mod presence;
mod roster;
mod routes;
mod targets;
mod trails;
pub(super) mod why;

use crate::check::Verdict;
use crate::check::timeline;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::scenario::Text;
use crate::world::World;
use data::Clock;
use data::Lang;
use data::Name;
use data::PAGE_VERSION;
use data::Page;
use ground::Ground;
pub(super) use routes::Keys;
pub(super) use routes::length;

/// Everything the page shows of a plan.
pub fn fill(world: &World, plan: &Plan, verdict: &Verdict, lang: Lang) -> Page {
    let scenario = &world.scenario;
    let timeline = timeline::timeline(world, plan);
    let ground = Ground::new(&world.roads);
    let keys = Keys::new(scenario);
    Page {
        version: PAGE_VERSION,
        lang,
        name: name(&scenario.name),
        made: made(plan),
        clock: clock(scenario),
        map: ground.map(),
        zones: ground.zones(scenario),
        bases: ground.bases(scenario),
        tiers: named(scenario.tiers.iter().map(|t| (&t.id, &t.name))),
        shifts: named(scenario.shifts.iter().map(|s| (&s.id, &s.name))),
        units: routes::units(scenario, verdict),
        targets: targets::targets(world, &ground, &timeline, verdict),
        orders: targets::orders(scenario, &timeline),
        duties: routes::duties(world, plan, &keys),
        paths: routes::paths(world, plan, &ground),
        figures: figures::figures(scenario, &timeline, verdict),
        bound: bound::bound(scenario, plan, verdict, &keys),
        roster: roster::roster(world, plan, verdict, &keys),
        shortfalls: why::shortfalls(world, plan, verdict, &timeline),
        violations: figures::violations(verdict),
        warnings: world.warnings.clone(),
    }
}

fn name(text: &Text) -> Name {
    Name {
        plain: text.plain.clone(),
        zh: text.zh.clone(),
    }
}

fn named<'a>(things: impl Iterator<Item = (&'a String, &'a Text)>) -> Vec<data::Named> {
    things
        .map(|(id, text)| data::Named {
            id: id.clone(),
            name: name(text),
        })
        .collect()
}

fn made(plan: &Plan) -> String {
    plan.made.as_ref().map_or_else(String::new, |made| {
        format!(
            "{}, seed {}, {} epochs, {} islands",
            made.by, made.seed, made.epochs, made.islands
        )
    })
}

/// Civil time, with every change of the clocks within the horizon.
fn clock(scenario: &Scenario) -> Clock {
    let epoch = scenario.start.timestamp().as_second();
    let offset = scenario.start.offset();
    let mut offsets = vec![(0, i64::from(offset.seconds()))];
    let zone = scenario.start.time_zone();
    for change in zone.following(scenario.start.timestamp()) {
        let at = change.timestamp().as_second() - epoch;
        if at >= scenario.horizon.0 {
            break;
        }
        offsets.push((at, i64::from(change.offset().seconds())));
    }
    Clock {
        epoch,
        zone: zone.iana_name().unwrap_or_default().to_owned(),
        offsets,
        horizon: scenario.horizon.0,
        days: scenario.days.iter().map(|d| (d.start.0, d.end.0)).collect(),
    }
}
