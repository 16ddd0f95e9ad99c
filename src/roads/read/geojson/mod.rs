//! `GeoJSON` road layers: lines with a `highway` or `class` property.
//!
//! Features are taken one by one as they are parsed, so memory grows with the roads and not
//! with the file. Vertices at identical coordinates are joined; points with tags of gates
//! and the like give them to the vertex under them. A file may also be one feature per line.

mod geometry;
mod parse;

use std::collections::BTreeMap;
use std::io::BufRead;
use std::io::BufReader;

use geo::Coord;
use serde::de::DeserializeSeed;
use serde_json::Deserializer;

use super::fault::Fault;
use super::fault::degrees;
use super::fault::planar_metres;
use super::source::Source;
use super::tags;
use super::tags::Verdict;
use crate::error;
use crate::roads::NEW_IDS;
use crate::roads::Notes;
use crate::roads::Reason;
use crate::roads::RoadData;
use crate::roads::RoadNode;
use crate::roads::RoadWay;
use crate::roads::Tags;
use geometry::Shape;
use parse::Document;
use parse::Feature;

/// Reads a layer.
pub(super) fn read(source: Source<'_>) -> error::Result<RoadData> {
    let mut layer = Layer::default();
    parse(source, &mut layer)?;
    Ok(layer.end())
}

/// Hands every feature of a file to `layer`.
fn parse(source: Source<'_>, layer: &mut Layer) -> error::Result<()> {
    let input = source.open().map_err(|e| Fault::from(e).error())?;
    let mut input = BufReader::new(input);
    let head = input.fill_buf().map_err(|e| Fault::from(e).error())?;
    if head.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    let mut json = Deserializer::from_reader(input);
    loop {
        // The library knows the place, the layer knows what is wrong.
        let parsed = Document(layer).deserialize(&mut json);
        let ended = parsed.and_then(|()| match json.end() {
            Err(e) if e.is_io() => Err(e),
            other => Ok(other.is_ok()),
        });
        match ended {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(e) => {
                let (line, column) = (e.line() as u64, e.column() as u64);
                let fault = layer.fault.take().unwrap_or_else(|| fault_of(e));
                return Err(fault.error().line(line.max(1)).column(column.max(1)).into());
            }
        }
    }
}

fn fault_of(error: serde_json::Error) -> Fault {
    if error.is_io() {
        return std::io::Error::from(error).into();
    }
    // The place is given apart.
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(&text[..], |(w, _)| w);
    Fault::damaged(what)
}

/// A position as a key.
type Place = (i64, i64);

/// A layer on the way to road data.
#[derive(Debug, Default)]
struct Layer {
    /// Whether the file states planar metres.
    planar: bool,
    features: i64,
    positions: Vec<Coord<f64>>,
    vertices: BTreeMap<Place, u32>,
    /// Tags of point features.
    points: BTreeMap<Place, Tags>,
    ways: Vec<RoadWay>,
    notes: Notes,
    /// What was wrong with the feature that ended parsing.
    fault: Option<Fault>,
}

impl Layer {
    /// Takes the name of the file's coordinate system.
    fn coordinate_system(&mut self, name: &str) -> Result<(), Fault> {
        self.planar = is_planar(name)?;
        Ok(())
    }

    /// Takes a feature.
    fn feature(&mut self, feature: Feature) -> Result<(), Fault> {
        self.features += 1;
        let own_id = feature.id.filter(|id| (0..NEW_IDS).contains(id));
        let id = own_id.unwrap_or(self.features);
        let all: Vec<(&str, &str)> = feature.tags.iter().map(|(k, v)| (&**k, &**v)).collect();
        match feature.shape {
            Shape::Points(points) => self.points(&points, &all, id),
            Shape::Lines(lines) => match road_tags(&all) {
                Ok(tags) => self.lines(&lines, &tags, id),
                Err((reason, value)) => {
                    self.notes.add(reason, value, id);
                    Ok(())
                }
            },
            Shape::Area => {
                let (reason, value) = road_tags(&all).err().unwrap_or((Reason::ClosedArea, ""));
                self.notes.add(reason, value, id);
                Ok(())
            }
            Shape::Other => {
                self.notes.add(Reason::NotALine, "", id);
                Ok(())
            }
        }
    }

    fn points(
        &mut self,
        points: &[Coord<f64>],
        all: &[(&str, &str)],
        id: i64,
    ) -> Result<(), Fault> {
        let tags = tags::pick(all, tags::is_node_key);
        if tags.is_empty() {
            self.notes.add(Reason::NotALine, "", id);
            return Ok(());
        }
        for &point in points {
            let place = place_of(self.position(point)?, self.planar);
            self.points.entry(place).or_insert_with(|| tags.clone());
        }
        Ok(())
    }

    fn lines(&mut self, lines: &[Vec<Coord<f64>>], tags: &Tags, id: i64) -> Result<(), Fault> {
        for line in lines {
            let mut nodes = Vec::with_capacity(line.len());
            for &point in line {
                nodes.push(self.vertex(point)?);
            }
            nodes.dedup();
            if nodes.len() < 2 {
                self.notes.add(Reason::TooFewNodes, "", id);
                continue;
            }
            self.ways.push(RoadWay {
                id,
                nodes,
                tags: tags.clone(),
                length_metres: None,
                kmh: None,
            });
        }
        Ok(())
    }

    /// The vertex at a position, new or known.
    fn vertex(&mut self, point: Coord<f64>) -> Result<u32, Fault> {
        let at = self.position(point)?;
        let next = u32::try_from(self.positions.len());
        let next = next.map_err(|_| Fault::TooMuch("more vertices than can be numbered".into()))?;
        let vertex = *self
            .vertices
            .entry(place_of(at, self.planar))
            .or_insert(next);
        if vertex == next {
            self.positions.push(at);
        }
        Ok(vertex)
    }

    fn position(&self, point: Coord<f64>) -> Result<Coord<f64>, Fault> {
        if self.planar {
            planar_metres(point.x, point.y)
        } else {
            degrees(point.x, point.y)
        }
    }

    /// Puts the roads together. Vertices have no ids in the file: they are numbered from 1 as
    /// they come.
    fn end(mut self) -> RoadData {
        let mut used = vec![false; self.positions.len()];
        let of_ways = self.ways.iter().flat_map(|way| &way.nodes);
        of_ways.for_each(|&node| used[node as usize] = true);
        let mut place = vec![0; used.len()];
        let mut nodes = Vec::with_capacity(used.len());
        for (i, at) in self.positions.into_iter().enumerate() {
            if used[i] {
                place[i] = nodes.len() as u32;
                let tags = self
                    .points
                    .remove(&place_of(at, self.planar))
                    .unwrap_or_default();
                let id = nodes.len() as i64 + 1;
                nodes.push(RoadNode { id, at, tags });
            }
        }
        for node in self.ways.iter_mut().flat_map(|way| &mut way.nodes) {
            *node = place[*node as usize];
        }
        self.ways.sort_by_key(|way| way.id);
        RoadData {
            planar: self.planar,
            nodes,
            ways: self.ways,
            restrictions: Vec::new(),
            notes: self.notes,
        }
    }
}

/// The tags of a road, or why it is none. A `class` is the planner's own word and goes
/// through as it is.
fn road_tags<'a>(all: &[(&'a str, &'a str)]) -> Result<Tags, (Reason, &'a str)> {
    let tag = |key| all.iter().find(|(k, _)| *k == key);
    match (tags::judge(all), tag("class")) {
        (Verdict::Out(reason, value), _) => Err((reason, value)),
        (Verdict::Road, _) => Ok(tags::pick(all, tags::is_way_key)),
        (Verdict::Other, None) => Err((Reason::NoClass, "")),
        (Verdict::Other, Some(_)) if tag("area").is_some_and(|(_, v)| *v == "yes") => {
            Err((Reason::ClosedArea, ""))
        }
        (Verdict::Other, Some((_, class))) => {
            let mut renamed = all.to_vec();
            renamed.push(("highway", class));
            Ok(tags::pick(&renamed, tags::is_way_key))
        }
    }
}

/// Whether a coordinate system is planar metres: the common ones that are, else degrees.
fn is_planar(name: &str) -> Result<bool, Fault> {
    if name == "planar" {
        return Ok(true);
    }
    if name.ends_with("CRS84") {
        return Ok(false);
    }
    let code = name.rsplit(':').next().and_then(|code| code.parse().ok());
    match code {
        // WGS-84, ETRS89, CGCS2000: the same to less than a metre.
        Some(4326 | 4258 | 4490) => Ok(false),
        // CGCS2000 in Gauss-Krueger zones; UTM on WGS-84 and ETRS89; Great Britain.
        Some(4491..=4554 | 32601..=32660 | 32701..=32760 | 25828..=25838 | 27700) => Ok(true),
        _ => Err(Fault::Unsupported(
            format!("coordinates in the system `{}`", super::fault::clip(name)),
            "convert the layer to WGS-84: ogr2ogr -t_srs EPSG:4326 OUT.geojson IN.geojson",
        )),
    }
}

/// Two ways to write one number may be parsed a rounding apart, so positions are the same
/// when they agree to a billionth of a degree or a thousandth of a millimetre.
fn place_of(at: Coord<f64>, planar: bool) -> Place {
    let scale = if planar { 1e6 } else { 1e9 };
    ((at.x * scale).round() as i64, (at.y * scale).round() as i64)
}
