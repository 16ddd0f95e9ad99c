//! The problem as asked: plain data, every reference resolved to a typed id, every time in
//! seconds from the start of the horizon.

use std::path::PathBuf;

use geo::Coord;
use geo::MultiPolygon;

pub use crate::datum::Datum;
use crate::ids::BaseId;
use crate::ids::DutyId;
use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::ids::ProfileId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TargetId;
use crate::ids::TierId;
use crate::ids::UnitId;
use crate::ids::ZoneId;
pub use crate::scenario::days::Days;
pub use crate::scenario::staff::*;
use crate::units::Level;
use crate::units::Rate;
use crate::units::Seconds;
use crate::units::Span;

/// A whole problem.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The file it was read from.
    pub file: PathBuf,
    /// What the planner calls it.
    pub name: Text,
    /// The instant that is second 0, in the scenario's time zone.
    pub start: jiff::Zoned,
    /// Length of the horizon.
    pub horizon: Seconds,
    /// Operational days: day k runs from the start's time of day on civil day k to the same
    /// on the next; 23 or 25 hours long where the clocks change.
    pub days: Vec<Span>,
    /// Where the roads come from.
    pub map: Map,
    /// Ways of moving.
    pub profiles: IdVec<ProfileId, ProfileSpec>,
    /// Kinds of force.
    pub tiers: IdVec<TierId, Tier>,
    /// Areas that units may be confined to.
    pub zones: IdVec<ZoneId, Zone>,
    /// Where units start and end.
    pub bases: IdVec<BaseId, Base>,
    /// Names of skills.
    pub skills: IdVec<SkillId, String>,
    /// Sites and segments.
    pub targets: IdVec<TargetId, Target>,
    /// Demanded visits that are not standards.
    pub orders: IdVec<OrderId, Order>,
    /// Teams.
    pub units: IdVec<UnitId, Unit>,
    /// Shift templates.
    pub shifts: IdVec<ShiftId, Shift>,
    /// Every unit on every shift and day it works, by unit, then start.
    pub duties: IdVec<DutyId, Duty>,
    /// People and the rules of their work; without people, rosters are not wanted.
    pub staff: Staff,
    /// How the levels of the objective are weighed.
    pub objective: Objective,
    /// What counts as covered by response.
    pub response: Response,
    /// Incident records, for a later release of risk: known to exist, not read.
    pub incidents: Option<PathBuf>,
    /// What is allowed but probably not meant, for people: a target that no unit may visit,
    /// an order that asks for nothing.
    pub warnings: Vec<String>,
}

/// A name in one or two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The name as given.
    pub plain: String,
    /// The Chinese name, where given apart.
    pub zh: Option<String>,
}

/// Where the roads come from.
#[derive(Clone, Debug)]
pub struct Map {
    /// The road file, absolute or relative to the working directory. For CSV, the nodes file;
    /// the edges file is in `edges`.
    pub file: PathBuf,
    /// The edges file of a CSV pair.
    pub edges: Option<PathBuf>,
    /// How to read it.
    pub format: MapFormat,
    /// Coordinate system of the scenario's layers (sites, segments, zones, bases).
    pub datum: Datum,
    /// Sites farther from a usable road than this are unreachable, in metres.
    pub snap_limit_metres: f64,
}

/// A road file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapFormat {
    /// `OpenStreetMap` protocol buffers.
    OsmPbf,
    /// `OpenStreetMap` XML, gzipped or not.
    OsmXml,
    /// `GeoJSON` lines with a `highway` or `class` property.
    GeoJson,
    /// A nodes file and an edges file in planar metres.
    Csv,
}

/// A way of moving: a built-in profile with the planner's changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileSpec {
    /// Name used by units.
    pub name: String,
    /// Built-in it starts from: `car`, `ebike` or `foot`.
    pub like: String,
    /// Share of the road's speed driven on patrol, `None` for the built-in value.
    pub patrol_factor: Option<f64>,
    /// Share of the road's speed driven to an emergency.
    pub urgent_factor: Option<f64>,
    /// Top speed on any road, km/h.
    pub max_kmh: Option<f64>,
    /// Speed at which a key segment is patrolled, km/h.
    pub segment_kmh: Option<f64>,
    /// Whether gates and `access=private` may be passed.
    pub pass_private: Option<bool>,
    /// Speeds by road class, km/h, where they differ from the built-in; 0 closes the class.
    pub class_kmh: Vec<(String, f64)>,
}

/// A kind of force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// How much its visits count where a target does not say otherwise.
    pub authority: Level,
}

/// An area.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// Its outline in the map's own coordinates (WGS-84, or planar).
    pub area: MultiPolygon<f64>,
}

/// Where units start and end.
#[derive(Clone, Debug)]
pub struct Base {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// Where, in the map's own coordinates (x east or longitude, y north or latitude).
    pub at: Coord<f64>,
}

/// A place to be visited, or a stretch of road to be patrolled end to end.
#[derive(Clone, Debug)]
pub struct Target {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// What it is, free text such as `bank`.
    pub kind: String,
    /// Where it is.
    pub shape: Shape,
    /// Revisit interval: no longer than this between visits. `None`: visited for orders only.
    pub standard: Option<Seconds>,
    /// Weight of each minute beyond the standard, when it is a promise; 0 when it is not.
    pub hard_weight: i64,
    /// Protection left as a visit ages.
    pub effect: Effect,
    /// How long a visit lasts at least. For a segment: added to its traversal.
    pub dwell: Seconds,
    /// Risk over the horizon.
    pub risk: Risk,
    /// When visits may take place, sorted and apart; a visit lies wholly inside one.
    /// One span from 0 to the horizon when always.
    pub windows: Vec<Span>,
    /// How much a visit of each tier counts; 0: that tier does not visit here.
    pub authority: IdVec<TierId, Level>,
    /// Skills a unit must all have.
    pub skills: Vec<SkillId>,
    /// Zones it lies in: a site by its point, a segment by all its points.
    pub zones: Vec<ZoneId>,
    /// End of the last visit before the horizon (0 or negative), when known.
    pub last_visit: Option<Seconds>,
    /// Authority of that last visit.
    pub last_authority: Level,
}

/// Where a target is, in the map's own coordinates.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A point.
    Site(Coord<f64>),
    /// A stretch of road.
    Segment {
        /// Its course, at least two points.
        line: Vec<Coord<f64>>,
        /// Whether it may be patrolled from its end to its start too.
        both_ways: bool,
    },
}

/// Protection left as a visit ages: steps of falling level.
///
/// `D(age)` is the level of the first step whose `until` is at least `age`, 0 after the
/// last. The default is one step: full until the standard. Named decays of the files are
/// turned into steps by the reader, so that everything downstream integrates exactly.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Effect {
    /// `(until, level)`, ages strictly rising, levels strictly falling, none of them 0.
    pub steps: Vec<(Seconds, Level)>,
}

/// Risk over the horizon: a rate that is constant on each piece.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Risk {
    /// `(start, rate)`: the first starts at 0, starts strictly rise, each lasts to the next
    /// or to the horizon's end. Empty: no risk.
    pub pieces: Vec<(Seconds, Rate)>,
}

/// Visits demanded beside the standards.
#[derive(Clone, Debug)]
pub struct Order {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// Targets that serve it; any of them counts.
    pub targets: Vec<TargetId>,
    /// Visits wanted in each period.
    pub count: u32,
    /// The periods, each wanting `count` visits; a visit counts for the period it lies in.
    pub periods: Vec<Span>,
    /// Least time from the end of one counted visit to the start of the next at the same
    /// target, across periods. At least the horizon: each target at most once.
    pub spacing: Seconds,
    /// When its visits may take place, sorted and apart.
    pub windows: Vec<Span>,
    /// How long a visit lasts.
    pub dwell: Seconds,
    /// Skills a unit must all have.
    pub skills: Vec<SkillId>,
    /// Units that may serve it; empty: all that may visit the target.
    pub units: Vec<UnitId>,
    /// Points for each counted visit.
    pub points: f64,
    /// Weight of each missing visit, when it is a promise; 0 when it is not.
    pub hard_weight: i64,
}

/// A team with a base and a way of moving.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// Its kind of force.
    pub tier: TierId,
    /// Where its duties start and end.
    pub base: BaseId,
    /// How it moves.
    pub profile: ProfileId,
    /// People on board.
    pub seats: u32,
    /// What it can do.
    pub skills: Vec<SkillId>,
    /// Zones it may visit; empty: everywhere.
    pub zones: Vec<ZoneId>,
    /// People without whom it may not drive, at most `seats`.
    pub min_crew: u32,
    /// Whether its beat is a hard one, to be shared fairly.
    pub hard_beat: bool,
}

/// A shift template.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// Begin, by the clock.
    pub start: jiff::civil::Time,
    /// Length, by the clock.
    pub length: Seconds,
    /// Briefing at base at its start.
    pub briefing: Seconds,
    /// Handing back at base at its end.
    pub handback: Seconds,
    /// Breaks to be given.
    pub breaks: Vec<BreakRule>,
}

/// A break of a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakRule {
    /// How long.
    pub length: Seconds,
    /// Earliest start after the shift's start.
    pub earliest: Seconds,
    /// Latest start after the shift's start.
    pub latest: Seconds,
    /// Whether it is taken at base; else wherever the unit then is.
    pub at_base: bool,
}

/// A unit on a shift on a day.
///
/// One that is cut by an edge of the horizon starts (or ends) at its base at that edge,
/// without briefing (or handing back), and keeps the breaks that still fit.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Who.
    pub unit: UnitId,
    /// On which template.
    pub shift: ShiftId,
    /// Operational day it starts on, from 0; negative when it began before the horizon.
    pub day: i32,
    /// The shift within the horizon.
    pub span: Span,
    /// The whole shift, also what lies outside the horizon.
    pub whole: Span,
    /// When the unit may be away from its base: `span` less briefing and handing back.
    pub route: Span,
    /// Breaks to be given, in time order, as `(earliest start, latest start)` on the horizon.
    pub breaks: Vec<DutyBreak>,
}

/// A break of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyBreak {
    /// How long.
    pub length: Seconds,
    /// Earliest start.
    pub earliest: Seconds,
    /// Latest start.
    pub latest: Seconds,
    /// Whether it is taken at base; else wherever the unit then is.
    pub at_base: bool,
}

/// How the levels of the objective are weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Points of protected risk that one order point is worth.
    pub order_point: f64,
    /// Cost of a kilometre.
    pub per_km: f64,
    /// Cost of an hour away from base.
    pub per_hour: f64,
}

/// What counts as covered by response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// A target is covered while a unit on duty can be there within this time at urgent speed.
    pub within: Seconds,
    /// Tiers that respond; empty: all.
    pub tiers: Vec<TierId>,
}
