//! The scenario placed on its roads: one stop per target, profile and direction.
//!
//! Planner and checker both start from here, so they agree on the question (where a site
//! meets the road, which arcs a key segment is) and on nothing else.

mod placing;
mod wanted;

use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::ids::ArcId;
use crate::ids::BaseId;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::ids::VertexId;
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
use crate::units::Millimetres;
use crate::units::Seconds;
use placing::Placing;
use wanted::Wanted;

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
        let mut placing = Placing::new(&scenario, &placed.roads, &profiles);
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
