//! `routes.geojson`: one line per duty, and the targets with their figures (RFC 7946).
//!
//! Maps in planar metres have no longitude and latitude: their file says `"planar": true`
//! and holds metres.

use geo::Coord;
use geojson::Feature;
use geojson::FeatureCollection;
use geojson::Geometry;
use geojson::GeometryValue;
use geojson::JsonObject;
use geojson::Position;
use serde_json::Value;
use serde_json::json;

use super::civil::stamp;
use super::page::Keys;
use super::page::length;
use crate::check::TargetKpi;
use crate::check::Verdict;
use crate::ids::Id;

use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::plan::Activity;
use crate::plan::DutyPlan;
use crate::plan::Plan;
use crate::plan::Stop;
use crate::scenario::Shape;
use crate::scenario::Target;
use crate::units::Seconds;
use crate::world::World;

/// The routes and targets of a plan as `GeoJSON`.
///
/// Features have a `kind`: `duty` (a line or several; no geometry when the unit stays at
/// base), `site` (a point) and `segment` (a line). Times are civil, with their offset.
pub fn geojson(world: &World, plan: &Plan, verdict: &Verdict) -> String {
    let keys = Keys::new(&world.scenario);
    let duties = plan.duties.iter().map(|d| duty(world, plan, d, &keys));
    let targets = world.scenario.targets.enumerate();
    let targets = targets
        .zip(&verdict.kpis.targets)
        .map(|((_, t), k)| target(world, t, k));
    let collection = FeatureCollection {
        bbox: None,
        features: duties.chain(targets).collect(),
        foreign_members: world
            .roads
            .is_planar()
            .then(|| object(json!({ "planar": true }))),
    };
    format!("{}\n", geojson::GeoJson::from(collection))
}

fn feature(geometry: Option<Geometry>, properties: Value) -> Feature {
    Feature {
        bbox: None,
        geometry,
        id: None,
        properties: Some(object(properties)),
        foreign_members: None,
    }
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

fn duty(world: &World, plan: &Plan, duty: &DutyPlan, keys: &Keys<'_>) -> Feature {
    let scenario = &world.scenario;
    let unit = keys
        .units
        .get(duty.unit.as_str())
        .map(|&u| &scenario.units[UnitId::new(u)]);
    let visits: Vec<Value> = duty.stops.iter().filter_map(|s| visit(world, s)).collect();
    let ends = duty.stops.first().zip(duty.stops.last());
    let properties = json!({
        "kind": "duty",
        "unit": duty.unit,
        "name": unit.map(|u| &u.name.plain),
        "name_zh": unit.and_then(|u| u.name.zh.as_ref()),
        "tier": unit.map(|u| &scenario.tiers[u.tier].id),
        "shift": duty.shift,
        "day": duty.day,
        "from": ends.map(|(first, _)| stamp(scenario, first.from)),
        "to": ends.map(|(_, last)| stamp(scenario, last.to)),
        "km": thousandth(length(world, plan, duty, keys).kilometres()),
        "visits": visits.len(),
        "stops": visits,
    });
    feature(geometry(lines(world, plan, duty, keys)), properties)
}

fn visit(world: &World, stop: &Stop) -> Option<Value> {
    let Activity::Visit { target, order, .. } = &stop.what else {
        return None;
    };
    Some(json!({
        "target": target,
        "order": order,
        "from": stamp(&world.scenario, stop.from),
        "to": stamp(&world.scenario, stop.to),
    }))
}

/// The way of a duty: one line as long as each leg starts where the last one ended.
fn lines(world: &World, plan: &Plan, duty: &DutyPlan, keys: &Keys<'_>) -> Vec<Vec<Position>> {
    let mut lines: Vec<Vec<Position>> = Vec::new();
    for stop in &duty.stops {
        let path = stop.path.and_then(|p| plan.paths.get(p as usize));
        let nodes = path.map(|p| p.nodes.as_slice()).unwrap_or_default();
        let vertices = nodes.iter().filter_map(|&n| world.roads.vertex_of(n));
        append(
            &mut lines,
            vertices.map(|v| position(world.roads.position(v))),
        );
        append(&mut lines, patrolled(world, duty, stop, keys).into_iter());
    }
    lines.retain(|line| line.len() > 1);
    lines
}

/// The roads of a segment in the direction they are patrolled.
fn patrolled(world: &World, duty: &DutyPlan, stop: &Stop, keys: &Keys<'_>) -> Vec<Position> {
    let Activity::Visit {
        target, reverse, ..
    } = &stop.what
    else {
        return Vec::new();
    };
    let unit = keys.units.get(duty.unit.as_str());
    let target = keys.targets.get(target.as_str());
    let Some((&unit, &target)) = unit.zip(target) else {
        return Vec::new();
    };
    let profile = world.scenario.units[UnitId::new(unit)].profile;
    let ways = &world.stops[profile][TargetId::new(target)];
    let Some(way) = ways
        .iter()
        .find(|w| w.reverse == *reverse && !w.arcs.is_empty())
    else {
        return Vec::new();
    };
    let ends = way.arcs.iter().map(|&a| world.roads.ends(a).1);
    let vertices = std::iter::once(way.entry).chain(ends);
    vertices
        .map(|v| position(world.roads.position(v)))
        .collect()
}

/// Goes on with the last line where the new points start at its end, else starts another.
fn append(lines: &mut Vec<Vec<Position>>, points: impl Iterator<Item = Position>) {
    let mut points = points.peekable();
    let Some(first) = points.peek() else { return };
    match lines.last_mut() {
        Some(line) if line.last() == Some(first) => line.extend(points.skip(1)),
        _ => lines.push(points.collect()),
    }
}

fn geometry(mut lines: Vec<Vec<Position>>) -> Option<Geometry> {
    let value = match lines.len() {
        0 => return None,
        1 => GeometryValue::LineString {
            coordinates: lines.swap_remove(0),
        },
        _ => GeometryValue::MultiLineString { coordinates: lines },
    };
    Some(Geometry::new(value))
}

/// A place to a decimetre: six decimals of a degree.
fn position(at: Coord<f64>) -> Position {
    let round = |x: f64| (x * 1e6).round() / 1e6;
    Position::from([round(at.x), round(at.y)])
}

fn target(world: &World, target: &Target, figures: &TargetKpi) -> Feature {
    let (kind, value) = match &target.shape {
        Shape::Site(at) => (
            "site",
            GeometryValue::Point {
                coordinates: position(*at),
            },
        ),
        Shape::Segment { line, .. } => (
            "segment",
            GeometryValue::LineString {
                coordinates: line.iter().map(|&p| position(p)).collect(),
            },
        ),
    };
    let properties = json!({
        "kind": kind,
        "id": target.id,
        "name": target.name.plain,
        "name_zh": target.name.zh,
        "type": target.kind,
        "standard_seconds": target.standard,
        "visits": figures.visits,
        "worst_gap_seconds": figures.worst_gap_seconds,
        "worst_gap_until": stamp(&world.scenario, figures.worst_gap_at),
        "worst_gap_ratio": figures.worst_gap_ratio.map(thousandth),
        "standard_kept": figures.standard_kept.map(thousandth),
        "mean_idleness_seconds": Seconds(figures.mean_idleness_seconds.round() as i64),
        "protected_share": figures.protected_share.map(thousandth),
    });
    feature(Some(Geometry::new(value)), properties)
}

fn thousandth(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
