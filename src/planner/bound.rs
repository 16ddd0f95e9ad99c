//! The proven bound of a scenario in the planner's terms: units and shifts, targets and zones.

use std::collections::BTreeMap;

use super::Control;
use crate::ids::DutyId;
use crate::ids::Id;
use crate::ids::TargetId;
use crate::patrol::bound;
use crate::patrol::bound::Effort;
use crate::patrol::bound::HOURS;
use crate::patrol::bound::Progress;
use crate::patrol::bound::Proof;
use crate::patrol::compile::Compiled;
use crate::patrol::compile::POINT;
use crate::plan::Bound;
use crate::plan::DutyWorth;
use crate::plan::PlaceWorth;
use crate::world::World;

/// Ticks of an hour.
const HOUR: i32 = 3600;

/// Looks for a bound on the value of any plan, until `observe` says stop. `points` are what the
/// orders of some plan earn, in units of [`super::Score::value`]: the share of risk in the answer
/// is for plans that earn as many.
///
/// `None` where a target takes no time to visit and has no way to another: no bound is known
/// then.
pub fn bound(
    world: &World,
    compiled: &Compiled,
    effort: Effort,
    points: i64,
    observe: impl FnMut(Progress) -> Control,
) -> Option<Bound> {
    let proof = bound::prove(&compiled.instance, effort, observe)?;
    let total = compiled.instance.total_risk().max(1) as f64;
    let share = |value: f64| value / total;
    let protected = share((proof.value - points) as f64);
    Some(Bound {
        value: proof.value as f64 / POINT,
        protected_risk: protected.clamp(0.0, 1.0),
        rounds: proof.rounds,
        slot: proof.slot as u32,
        duties: duties(world, compiled, &proof, share),
        targets: targets(world, &proof, share),
        zones: zones(world, &proof, share),
        hours: hours(&proof, share),
    })
}

/// Most first; equals by name.
fn rank<T>(list: &mut [T], of: impl Fn(&T) -> (f64, String)) {
    list.sort_by(|a, b| {
        let (a, b) = (of(a), of(b));
        b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1))
    });
}

fn duties(
    world: &World,
    compiled: &Compiled,
    proof: &Proof,
    share: impl Fn(f64) -> f64,
) -> Vec<DutyWorth> {
    let scenario = &world.scenario;
    let mut kinds: BTreeMap<_, (f64, f64)> = BTreeMap::new();
    for (duty, paid) in compiled.instance.duties.iter().enumerate() {
        let id: DutyId = compiled.duties[duty];
        let (hours, value) = (f64::from(paid.end - paid.start), proof.duties[duty]);
        let key = (scenario.duties[id].unit, scenario.duties[id].shift);
        let hours = hours / f64::from(HOUR);
        let most = kinds.entry(key).or_default();
        // The date on which another is worth most.
        if value >= most.1 {
            *most = (hours, value);
        }
    }
    let kind = |(key, (hours, value)): ((_, _), (f64, f64))| DutyWorth {
        unit: scenario.units[key.0].id.clone(),
        shift: scenario.shifts[key.1].id.clone(),
        hours,
        at_most: share(value),
    };
    let mut list: Vec<DutyWorth> = kinds.into_iter().map(kind).collect();
    rank(&mut list, |d| {
        (
            d.at_most / d.hours.max(1e-9),
            format!("{} {}", d.unit, d.shift),
        )
    });
    list
}

fn targets(world: &World, proof: &Proof, share: impl Fn(f64) -> f64) -> Vec<PlaceWorth> {
    let names = world.scenario.targets.iter().map(|t| t.id.clone());
    places(names.zip(proof.places.iter().map(|&p| share(p))))
}

fn zones(world: &World, proof: &Proof, share: impl Fn(f64) -> f64) -> Vec<PlaceWorth> {
    let scenario = &world.scenario;
    let within = |zone| {
        let inside = |t: &TargetId| scenario.targets[*t].zones.contains(&zone);
        let paid = scenario
            .targets
            .ids()
            .filter(inside)
            .map(|t| proof.places[t.index()]);
        share(paid.sum::<f64>())
    };
    let names = scenario.zones.enumerate();
    places(names.map(|(id, zone)| (zone.id.clone(), within(id))))
}

fn places(all: impl Iterator<Item = (String, f64)>) -> Vec<PlaceWorth> {
    let worth = all
        .filter(|p| p.1 > 0.0)
        .map(|(id, at_most)| PlaceWorth { id, at_most });
    let mut list: Vec<PlaceWorth> = worth.collect();
    rank(&mut list, |p| (p.at_most, p.id.clone()));
    list
}

fn hours(proof: &Proof, share: impl Fn(f64) -> f64) -> Vec<f64> {
    const { assert!(HOURS == HOUR, "stretches of the proof are hours") }
    proof.hours.iter().map(|&p| share(p)).collect()
}
