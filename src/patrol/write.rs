//! Routes of the search written out as a plan: names for indices, and the road path of every
//! leg.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::error::Result;
use crate::par;
use crate::plan::Activity;
use crate::plan::DutyPlan;
use crate::plan::Path;
use crate::plan::Stop;
use crate::travel::Scratch;
use crate::units::Seconds;
use crate::world::World;

use super::compile::Compiled;
use super::route::Kind;
use super::route::Route;

/// A leg between two spots with one mode.
type LegKey = (u32, u32, u32);

/// Writes routes as duties and paths. Duties without visits are written too, with their
/// breaks.
///
/// # Errors
/// Internal, when a leg that the tables know has no path.
pub fn write(
    world: &World,
    compiled: &Compiled,
    routes: &[Route],
) -> Result<(Vec<DutyPlan>, Vec<Path>)> {
    let legs = legs(routes);
    let keys: Vec<LegKey> = legs.keys().copied().collect();
    let found = par::map_with_scratch(&keys, Scratch::default, |scratch, &key| {
        path(world, compiled, key, scratch)
    });
    let mut paths = Vec::new();
    let mut index = BTreeMap::new();
    for (key, path) in keys.into_iter().zip(found) {
        if let Some(path) = path? {
            index.insert(key, paths.len() as u32);
            paths.push(path);
        }
    }
    let duties = routes
        .iter()
        .map(|r| duty(world, compiled, r, &index))
        .collect();
    Ok((duties, paths))
}

/// All legs that are driven.
fn legs(routes: &[Route]) -> BTreeMap<LegKey, ()> {
    let pairs = routes.iter().flat_map(|r| {
        r.nodes
            .windows(2)
            .map(|w| (r.mode, w[0].spot, w[1].spot))
            .filter(|k| k.1 != k.2)
    });
    // A segment can be patrolled again from its own end.
    let again = routes.iter().flat_map(|r| {
        let visits = r
            .nodes
            .windows(2)
            .filter(|w| matches!(w[1].kind, Kind::Visit(_)));
        visits
            .map(|w| (r.mode, w[0].spot, w[1].spot))
            .filter(|k| k.1 == k.2)
    });
    pairs.chain(again).map(|k| (k, ())).collect()
}

/// The road path of a leg; `None` when it does not move.
fn path(
    world: &World,
    compiled: &Compiled,
    (mode, from, to): LegKey,
    scratch: &mut Scratch,
) -> Result<Option<Path>> {
    let ends = |spot: u32| compiled.spots[spot as usize].vertices[mode as usize];
    let (Some((_, exit)), Some((entry, _))) = (ends(from), ends(to)) else {
        return Err(Error::internal("a leg to a spot its mode cannot reach").into());
    };
    if exit == entry {
        return Ok(None);
    }
    let leg = compiled.routers[mode as usize].path(exit, entry, scratch);
    let leg = leg.ok_or_else(|| Error::internal("a leg of the table has no path"))?;
    let profile = &world.scenario.profiles.as_slice()[mode as usize];
    Ok(Some(Path {
        profile: profile.name.clone(),
        nodes: leg
            .vertices
            .iter()
            .map(|&v| world.roads.reference(v))
            .collect(),
        seconds: leg.time.ceil_seconds(),
        millimetres: leg.length,
    }))
}

fn duty(
    world: &World,
    compiled: &Compiled,
    route: &Route,
    index: &BTreeMap<LegKey, u32>,
) -> DutyPlan {
    let scenario = &world.scenario;
    let duty = &scenario.duties[compiled.duties[route.duty as usize]];
    let mut stops = vec![Stop {
        what: Activity::Start,
        from: duty.span.start,
        to: duty.route.start,
        path: None,
    }];
    for w in route.nodes.windows(2) {
        let (before, node) = (w[0], w[1]);
        let moves = before.spot != node.spot || matches!(node.kind, Kind::Visit(_));
        let key = (route.mode, before.spot, node.spot);
        let path = moves.then(|| index.get(&key).copied()).flatten();
        let (from, to) = match node.kind {
            Kind::End => {
                let time = if before.spot == node.spot {
                    0
                } else {
                    compiled.instance.time(route.mode, before.spot, node.spot)
                };
                (Seconds(i64::from(before.end() + time)), duty.span.end)
            }
            _ => (
                Seconds(i64::from(node.start)),
                Seconds(i64::from(node.end())),
            ),
        };
        stops.push(Stop {
            what: activity(world, compiled, node.kind),
            from,
            to,
            path,
        });
    }
    DutyPlan {
        unit: scenario.units[duty.unit].id.clone(),
        shift: scenario.shifts[duty.shift].id.clone(),
        day: duty.day,
        stops,
    }
}

fn activity(world: &World, compiled: &Compiled, kind: Kind) -> Activity {
    match kind {
        Kind::Start => Activity::Start,
        Kind::End => Activity::End,
        Kind::Break(rule) => Activity::Break { rule },
        Kind::Visit(task) => {
            let key = compiled.tasks[task as usize];
            Activity::Visit {
                target: world.scenario.targets[key.target].id.clone(),
                order: key.order.map(|o| world.scenario.orders[o].id.clone()),
                reverse: key.reverse,
            }
        }
    }
}
