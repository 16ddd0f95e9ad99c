//! Legs: how each stop of a run is reached, by the plan's own path or by a way that the
//! checker finds itself.

use super::automaton::Automaton;
use super::code::Code;
use super::read::Keys;
use super::read::Run;
use super::read::RunStop;
use super::read::What;
use super::verdict::Findings;
use super::verdict::Place;
use super::walk;
use super::walk::Walk;
use super::ways;
use super::ways::Wanted;
use super::ways::Ways;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::par;
use crate::plan::Path;
use crate::plan::Plan;
use crate::world::World;

/// All that is driven in a plan.
#[derive(Debug)]
pub(super) struct Driven {
    /// For each path of the plan, its profile and what was walked.
    paths: Vec<(Option<ProfileId>, Option<Walk>)>,
    /// Ways found by the checker.
    ways: Ways,
}

/// How a stop is reached.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leg<'a> {
    /// The unit is there already.
    Still,
    /// It drives.
    Drive(&'a Walk),
    /// That cannot be told; a violation says why.
    Unknown,
}

/// A run with its legs: `legs[i]` leads to stop `i`, `legs[0]` is [`Leg::Still`].
#[derive(Debug)]
pub(super) struct Route<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) legs: Vec<Leg<'a>>,
}

/// Walks all paths of the plan, and finds ways for the legs that have none.
pub(super) fn drive(
    world: &World,
    plan: &Plan,
    runs: &[Run<'_>],
    keys: &Keys<'_>,
    findings: &mut Findings,
) -> Driven {
    let forbidden: IdVec<ProfileId, Automaton> = world
        .scenario
        .profiles
        .ids()
        .map(|p| Automaton::new(world.roads.forbidden(p), world.roads.arc_count()))
        .collect();
    let jobs: Vec<(usize, &Path)> = plan.paths.iter().enumerate().collect();
    let walked = par::map(&jobs, |&(index, path)| {
        let mut own = Findings::default();
        let profile = keys.profiles.get(path.profile.as_str()).copied();
        if profile.is_none() {
            let place = Place::default().path(index);
            let message = format!("the scenario has no profile `{}`", path.profile);
            own.add(Code::PathProfile, place, message);
        }
        let walk =
            profile.and_then(|p| walk::walk(&world.roads, p, &forbidden[p], path, index, &mut own));
        ((profile, walk), own)
    });
    let mut paths = Vec::with_capacity(walked.len());
    for (result, own) in walked {
        paths.push(result);
        findings.0.extend(own.0);
    }
    Driven {
        paths,
        ways: ways::find_all(&world.roads, &forbidden, wanted(runs)),
    }
}

/// Legs without a path that lead somewhere else.
fn wanted(runs: &[Run<'_>]) -> Wanted {
    let mut wanted = Wanted::new();
    for run in runs {
        for pair in run.stops.windows(2) {
            if let (Some((from, to)), None) = (ends(&pair[0], &pair[1]), pair[1].path)
                && from != to
            {
                let key = (run.unit.profile, from);
                wanted.entry(key).or_default().push(to);
            }
        }
    }
    wanted
}

/// From where to where a unit goes between two stops.
fn ends(before: &RunStop<'_>, stop: &RunStop<'_>) -> Option<(VertexId, VertexId)> {
    Some((before.ends?.1, stop.ends?.0))
}

/// The legs of a run, each held against the stops it joins.
pub(super) fn route<'a>(
    world: &World,
    driven: &'a Driven,
    run: &'a Run<'a>,
    findings: &mut Findings,
) -> Route<'a> {
    let mut legs = Vec::with_capacity(run.stops.len());
    for i in 0..run.stops.len() {
        legs.push(match run.stops[i].path {
            Some(path) => with_path(world, driven, run, i, path, findings),
            None if i == 0 => Leg::Still,
            None => without_path(driven, run, i, findings),
        });
    }
    Route { run, legs }
}

/// A leg by a path of the plan.
fn with_path<'a>(
    world: &World,
    driven: &'a Driven,
    run: &Run<'_>,
    i: usize,
    path: u32,
    findings: &mut Findings,
) -> Leg<'a> {
    let place = || run.place().stop(i);
    let index = path as usize;
    let Some((profile, walk)) = driven.paths.get(index) else {
        let message = format!("the plan has no path {path}");
        findings.add(Code::PathUnknown, place(), message);
        return Leg::Unknown;
    };
    if profile.is_some_and(|p| p != run.unit.profile) {
        let own = &world.scenario.profiles[run.unit.profile].name;
        let message = format!("the unit moves by `{own}` and the path does not");
        findings.add(Code::PathProfile, place().path(index), message);
    }
    let Some(walk) = walk else {
        return Leg::Unknown;
    };
    if i == 0 {
        let message = "nothing comes before the first stop, yet a path leads to it";
        findings.add(Code::PathNeedless, place().path(index), message);
        return Leg::Unknown;
    }
    compare_ends(world, run, i, index, walk, findings);
    Leg::Drive(walk)
}

/// A path must lead from the stop before to this one.
fn compare_ends(
    world: &World,
    run: &Run<'_>,
    i: usize,
    index: usize,
    walk: &Walk,
    findings: &mut Findings,
) {
    let place = || run.place().stop(i).path(index);
    let name = |v| world.roads.reference(v);
    let (before, stop) = (&run.stops[i - 1], &run.stops[i]);
    if let Some((_, exit)) = before.ends.filter(|e| e.1 != walk.start()) {
        let (want, have) = (name(exit), name(walk.start()));
        let message = format!("the path starts at vertex {have}, the stop before at {want}");
        findings.add(Code::PathStart, place(), message);
    }
    if takes_break_on_the_spot(run, stop) {
        if walk.steps.len() > 1 {
            let message = "the break is taken where the unit is, yet a path leads away";
            findings.add(Code::PathNeedless, place(), message);
        }
    } else if let Some((entry, _)) = stop.ends.filter(|e| e.0 != walk.end()) {
        let (want, have) = (name(entry), name(walk.end()));
        let message = format!("the path ends at vertex {have}, the stop is at {want}");
        findings.add(Code::PathEnd, place(), message);
    }
}

fn takes_break_on_the_spot(run: &Run<'_>, stop: &RunStop<'_>) -> bool {
    match stop.what {
        What::Break(Some(number)) => !run.duty.breaks[number].at_base,
        What::Break(None) => true,
        _ => false,
    }
}

/// A leg that the plan says nothing about.
fn without_path<'a>(
    driven: &'a Driven,
    run: &Run<'_>,
    i: usize,
    findings: &mut Findings,
) -> Leg<'a> {
    let Some((from, to)) = ends(&run.stops[i - 1], &run.stops[i]) else {
        return Leg::Unknown;
    };
    if from == to {
        return Leg::Still;
    }
    match driven.ways.get(&(run.unit.profile, from, to)) {
        Some(walk) => Leg::Drive(walk),
        None => {
            let message = "no legal way leads here from the stop before";
            findings.add(Code::NoWay, run.place().stop(i), message);
            Leg::Unknown
        }
    }
}
