//! From what was found on the roads to stops, warnings and errors.

use super::Stop;
use super::wanted::WantedSegment;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::ids::ArcId;
use crate::ids::BaseId;
use crate::ids::Id;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::ids::VertexId;
use crate::roads::Miss;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::roads::profile::Profile;
use crate::scenario::Scenario;
use crate::units::Millimetres;
use crate::units::Millis;
use crate::units::Seconds;

pub(super) type Stops = IdVec<ProfileId, IdVec<TargetId, Vec<Stop>>>;
pub(super) type Bases = IdVec<ProfileId, IdVec<BaseId, Option<VertexId>>>;

/// Turns what was found on the roads into stops, warnings and errors.
pub(super) struct Placing<'a> {
    scenario: &'a Scenario,
    roads: &'a RoadGraph,
    profiles: &'a [Profile],
    stops: Stops,
    bases: Bases,
    warnings: Vec<String>,
    errors: Errors,
}

impl<'a> Placing<'a> {
    /// Nothing placed yet.
    pub(super) fn new(
        scenario: &'a Scenario,
        roads: &'a RoadGraph,
        profiles: &'a [Profile],
    ) -> Self {
        let each_profile = || scenario.profiles.ids();
        Self {
            stops: each_profile()
                .map(|_| empty(scenario.targets.len()))
                .collect(),
            bases: each_profile()
                .map(|_| empty(scenario.bases.len()))
                .collect(),
            scenario,
            roads,
            profiles,
            warnings: Vec::new(),
            errors: Errors::default(),
        }
    }

    pub(super) fn base(
        &mut self,
        base: BaseId,
        profile: ProfileId,
        found: std::result::Result<VertexId, Miss>,
    ) {
        match found {
            Ok(vertex) => self.bases[profile][base] = Some(vertex),
            Err(miss) => {
                let scenario = self.scenario;
                let what = format!(
                    "base `{}` cannot be placed on the roads of profile `{}`: {}",
                    scenario.bases[base].id,
                    scenario.profiles[profile].name,
                    self.distance(miss),
                );
                let hint = "check its coordinates and `datum`, or raise `snap_limit_m` of `[map]`";
                self.errors
                    .push(Error::input("R302", what).file(&scenario.file).hint(hint));
            }
        }
    }

    pub(super) fn site(
        &mut self,
        target: TargetId,
        profile: ProfileId,
        visits: bool,
        found: std::result::Result<VertexId, Miss>,
    ) {
        match found {
            Ok(vertex) => {
                let duration = self.scenario.targets[target].dwell;
                self.stops[profile][target].push(Stop {
                    entry: vertex,
                    exit: vertex,
                    reverse: false,
                    duration,
                    arcs: Vec::new(),
                    length: Millimetres::ZERO,
                });
            }
            Err(miss) if visits => {
                let why = self.distance(miss);
                self.warn(
                    "site",
                    target,
                    profile,
                    &format!("cannot be reached: {why}"),
                );
            }
            Err(_) => {}
        }
    }

    pub(super) fn segment(
        &mut self,
        wanted: &WantedSegment,
        found: std::result::Result<Vec<ArcId>, String>,
    ) {
        let arcs = match found {
            Ok(arcs) => arcs,
            Err(why) => {
                if wanted.visits {
                    let forward = !self.stops[wanted.profile][wanted.target].is_empty();
                    let what = match wanted.reverse {
                        false => "cannot be patrolled from its start to its end",
                        true if forward => "can be patrolled only from its start to its end",
                        true => "cannot be patrolled from its end to its start",
                    };
                    let what = format!("{what}: {why}");
                    self.warn("segment", wanted.target, wanted.profile, &what);
                }
                return;
            }
        };
        let (Some(&first), Some(&last)) = (arcs.first(), arcs.last()) else {
            return;
        };
        let traversal = self.traversal(&arcs, wanted.profile);
        self.stops[wanted.profile][wanted.target].push(Stop {
            entry: self.roads.ends(first).0,
            exit: self.roads.ends(last).1,
            reverse: wanted.reverse,
            duration: self.scenario.targets[wanted.target].dwell + traversal,
            length: arcs.iter().map(|&a| self.roads.length(a)).sum(),
            arcs,
        });
    }

    /// Time to patrol arcs at segment speed, where that is not faster than patrol speed.
    fn traversal(&self, arcs: &[ArcId], profile: ProfileId) -> Seconds {
        let kmh = self.profiles[profile.index()].segment_kmh;
        let along = |&arc: &ArcId| {
            // 1 km/h is 1/3.6 mm per ms.
            let slowly = Millis((self.roads.length(arc).0 as f64 * 3.6 / kmh).ceil() as i64);
            let patrol = self.roads.time(arc, profile, Pace::Patrol);
            patrol.map_or(slowly, |time| time.max(slowly))
        };
        arcs.iter().map(along).sum::<Millis>().ceil_seconds()
    }

    fn distance(&self, miss: Miss) -> String {
        match miss.nearest_metres {
            Some(metres) => format!(
                "the nearest road that can be driven to and back is {metres:.0} m away (limit {:.0} m)",
                self.scenario.map.snap_limit_metres
            ),
            None => "the profile has no roads at all".to_owned(),
        }
    }

    fn warn(&mut self, kind: &str, target: TargetId, profile: ProfileId, what: &str) {
        let target = &self.scenario.targets[target];
        let profile = &self.scenario.profiles[profile].name;
        let (id, name) = (&target.id, &target.name.plain);
        self.warnings.push(format!(
            "{kind} `{id}` ({name}), profile `{profile}`: {what}"
        ));
    }

    pub(super) fn finish(mut self) -> Result<(Stops, Bases, Vec<String>)> {
        let reached = self.stops.iter().flatten().any(|stops| !stops.is_empty());
        if !reached && !self.scenario.targets.is_empty() {
            let mut error = Error::input("R303", "no target can be reached on these roads")
                .file(&self.scenario.file)
                .hint("check that the map covers the targets and that `datum` of `[map]` is right");
            error.value = self.warnings.first().cloned();
            self.errors.push(error);
        }
        self.errors
            .into_result((self.stops, self.bases, self.warnings))
    }
}

/// As many defaults as `n`.
fn empty<I, T: Default>(n: usize) -> IdVec<I, T> {
    std::iter::repeat_with(T::default).take(n).collect()
}
