//! The scenario placed on its roads: one stop per target, profile and direction.
//!
//! Planner and checker both start from here, so they agree on the question (where a site
//! meets the road, which arcs a key segment is) and on nothing else.

use geo::Coord;

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
use crate::roads::RoadData;
use crate::roads::RoadGraph;
use crate::roads::profile::Overrides;
use crate::roads::profile::Profile;
use crate::roads::read;
use crate::roads::read::Format;
use crate::scenario::Datum;
use crate::scenario::MapFormat;
use crate::scenario::ProfileSpec;
use crate::scenario::Scenario;
use crate::scenario::Shape;
use crate::scenario::Target;
use crate::scenario::Unit;
use crate::units::Millimetres;
use crate::units::Millis;
use crate::units::Seconds;

/// The scenario placed on its roads.
#[derive(Debug)]
pub struct World {
    /// What is asked.
    pub scenario: Scenario,
    /// The roads, with a vertex at every stop.
    pub roads: RoadGraph,
    /// For each profile, where each target is: no, one or two ways to visit it. Two only for
    /// segments that may be patrolled both ways: forward first. Filled for the profiles of
    /// units that may visit the target or that respond to emergencies.
    pub stops: IdVec<ProfileId, IdVec<TargetId, Vec<Stop>>>,
    /// For each profile, where each base is that a unit of the profile works from.
    pub bases: IdVec<ProfileId, IdVec<BaseId, Option<VertexId>>>,
    /// What could not be placed, for people: unreachable sites with their distance to the
    /// nearest road, segments that match no road.
    pub warnings: Vec<String>,
}

/// One way to visit a target with one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Where the unit arrives.
    pub entry: VertexId,
    /// Where it leaves.
    pub exit: VertexId,
    /// Whether a segment is patrolled from its end to its start.
    pub reverse: bool,
    /// How long a visit lasts at least: the dwell, plus the traversal of a segment at the
    /// profile's segment speed (rounded up to seconds).
    pub duration: Seconds,
    /// The arcs of a segment in driving order; empty for a site.
    pub arcs: Vec<ArcId>,
    /// Road length of the visit: 0 for a site.
    pub length: Millimetres,
}

impl World {
    /// Reads the roads of `scenario` and places its targets and bases.
    ///
    /// # Errors
    /// When the road file cannot be read, and as [`World::place`].
    pub fn load(scenario: Scenario) -> Result<Self> {
        let map = &scenario.map;
        let format = match map.format {
            MapFormat::OsmPbf => Format::OsmPbf,
            MapFormat::OsmXml => Format::OsmXml,
            MapFormat::GeoJson => Format::GeoJson,
            MapFormat::Csv => Format::Csv,
        };
        let data = read::read(&map.file, map.edges.as_deref(), format)?;
        Self::place(scenario, &data)
    }

    /// Places the targets and bases of `scenario` on roads already read.
    ///
    /// # Errors
    /// `R201` and `R202` for profiles that make no sense, `R301` when roads and layers are in
    /// different coordinates, `R302` for each base that cannot be placed for the profile of a
    /// unit that works from it, `R303` when no target can be reached at all.
    pub fn place(scenario: Scenario, data: &RoadData) -> Result<Self> {
        if data.planar != (scenario.map.datum == Datum::Planar) {
            return Err(coordinates_differ(&scenario, data.planar).into());
        }
        let profiles = profiles(&scenario)?;
        let roads = RoadGraph::build(data, &profiles)?;
        let wanted = Wanted::of(&scenario);
        let limit = scenario.map.snap_limit_metres;
        let placed = roads.place(&wanted.points(&scenario), limit, &wanted.lines(&scenario));
        let mut placing = Placing {
            stops: scenario
                .profiles
                .ids()
                .map(|_| empty(scenario.targets.len()))
                .collect(),
            bases: scenario
                .profiles
                .ids()
                .map(|_| empty(scenario.bases.len()))
                .collect(),
            scenario: &scenario,
            roads: &placed.roads,
            profiles: &profiles,
            warnings: Vec::new(),
            errors: Errors::default(),
        };
        let (of_bases, of_sites) = placed.points.split_at(wanted.bases.len());
        for (&(base, profile), found) in wanted.bases.iter().zip(of_bases) {
            placing.base(base, profile, found.map(|snap| snap.vertex));
        }
        for (&(target, profile, visits), found) in wanted.sites.iter().zip(of_sites) {
            placing.site(target, profile, visits, found.map(|snap| snap.vertex));
        }
        for (wanted, found) in wanted.segments.iter().zip(placed.lines) {
            placing.segment(wanted, found);
        }
        let (stops, bases, warnings) = placing.finish()?;
        Ok(Self {
            roads: placed.roads,
            stops,
            bases,
            warnings,
            scenario,
        })
    }
}

/// As many defaults as `n`.
fn empty<I, T: Default>(n: usize) -> IdVec<I, T> {
    std::iter::repeat_with(T::default).take(n).collect()
}

fn coordinates_differ(scenario: &Scenario, roads_planar: bool) -> Error {
    let (roads, layers) = match roads_planar {
        true => ("planar metres", "degrees"),
        false => ("degrees", "planar metres"),
    };
    Error::input(
        "R301",
        format!("the roads are in {roads}, the layers in {layers}"),
    )
    .file(&scenario.file)
    .hint("set `datum` of `[map]` to what the layers are in: `planar` goes with planar roads only")
}

/// The profiles of a scenario, in its order.
fn profiles(scenario: &Scenario) -> Result<Vec<Profile>> {
    let mut errors = Errors::default();
    let mut profiles = Vec::with_capacity(scenario.profiles.len());
    for spec in &scenario.profiles {
        match Profile::with(&spec.like, &overrides(spec)) {
            Ok(profile) => profiles.push(profile),
            Err(wrong) => {
                let named = wrong
                    .0
                    .into_iter()
                    .map(|e| e.file(&scenario.file))
                    .collect();
                errors.extend(Errors(named));
            }
        }
    }
    errors.into_result(profiles)
}

fn overrides(spec: &ProfileSpec) -> Overrides {
    Overrides {
        name: Some(spec.name.clone()),
        patrol_factor: spec.patrol_factor,
        urgent_factor: spec.urgent_factor,
        max_kmh: spec.max_kmh,
        segment_kmh: spec.segment_kmh,
        pass_private: spec.pass_private,
        class_kmh: spec.class_kmh.clone(),
    }
}

/// A segment in one direction for one profile.
struct WantedSegment {
    target: TargetId,
    profile: ProfileId,
    reverse: bool,
    /// Whether some unit of the profile may visit it; else it only responds there.
    visits: bool,
}

/// What has to be placed: each with the profile that needs it.
#[derive(Default)]
struct Wanted {
    bases: Vec<(BaseId, ProfileId)>,
    /// Target, profile, and whether some unit of the profile may visit it.
    sites: Vec<(TargetId, ProfileId, bool)>,
    segments: Vec<WantedSegment>,
}

impl Wanted {
    fn of(scenario: &Scenario) -> Self {
        let mut wanted = Self::default();
        for profile in scenario.profiles.ids() {
            let units = || scenario.units.iter().filter(|u| u.profile == profile);
            let responds = units().any(|u| {
                let tiers = &scenario.response.tiers;
                tiers.is_empty() || tiers.contains(&u.tier)
            });
            for base in scenario
                .bases
                .ids()
                .filter(|&b| units().any(|u| u.base == b))
            {
                wanted.bases.push((base, profile));
            }
            for (id, target) in scenario.targets.enumerate() {
                let visits = units().any(|unit| may_visit(unit, target));
                if visits || responds {
                    wanted.target(id, target, profile, visits);
                }
            }
        }
        wanted
    }

    fn target(&mut self, id: TargetId, target: &Target, profile: ProfileId, visits: bool) {
        match target.shape {
            Shape::Site(_) => self.sites.push((id, profile, visits)),
            Shape::Segment { both_ways, .. } => {
                for &reverse in &[false, true][..1 + usize::from(both_ways)] {
                    self.segments.push(WantedSegment {
                        target: id,
                        profile,
                        reverse,
                        visits,
                    });
                }
            }
        }
    }

    /// Bases, then sites.
    fn points(&self, scenario: &Scenario) -> Vec<(Coord<f64>, ProfileId)> {
        let bases = self
            .bases
            .iter()
            .map(|&(base, profile)| (scenario.bases[base].at, profile));
        let sites = self.sites.iter().filter_map(|&(target, profile, _)| {
            match scenario.targets[target].shape {
                Shape::Site(at) => Some((at, profile)),
                Shape::Segment { .. } => None,
            }
        });
        bases.chain(sites).collect()
    }

    fn lines(&self, scenario: &Scenario) -> Vec<(Vec<Coord<f64>>, ProfileId)> {
        let line = |wanted: &WantedSegment| match &scenario.targets[wanted.target].shape {
            Shape::Site(_) => None,
            Shape::Segment { line, .. } => {
                let mut line = line.clone();
                if wanted.reverse {
                    line.reverse();
                }
                Some((line, wanted.profile))
            }
        };
        self.segments.iter().filter_map(line).collect()
    }
}

/// Whether a unit may ever visit a target: tier, zone and skills.
fn may_visit(unit: &Unit, target: &Target) -> bool {
    let counts = target
        .authority
        .get(unit.tier)
        .is_some_and(|level| level.0 > 0);
    let in_zone = unit.zones.is_empty() || unit.zones.iter().any(|z| target.zones.contains(z));
    counts && in_zone && target.skills.iter().all(|s| unit.skills.contains(s))
}

type Stops = IdVec<ProfileId, IdVec<TargetId, Vec<Stop>>>;
type Bases = IdVec<ProfileId, IdVec<BaseId, Option<VertexId>>>;

/// Turns what was found on the roads into stops, warnings and errors.
struct Placing<'a> {
    scenario: &'a Scenario,
    roads: &'a RoadGraph,
    profiles: &'a [Profile],
    stops: Stops,
    bases: Bases,
    warnings: Vec<String>,
    errors: Errors,
}

impl Placing<'_> {
    fn base(
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

    fn site(
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

    fn segment(&mut self, wanted: &WantedSegment, found: std::result::Result<Vec<ArcId>, String>) {
        let arcs = match found {
            Ok(arcs) => arcs,
            Err(why) => {
                if wanted.visits {
                    let way = if wanted.reverse {
                        "from its end to its start"
                    } else {
                        "forward"
                    };
                    let what = format!("cannot be patrolled {way}: {why}");
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

    fn finish(mut self) -> Result<(Stops, Bases, Vec<String>)> {
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
