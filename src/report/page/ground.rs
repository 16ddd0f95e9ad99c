//! The ground: roads, zones and places in whole decimetres, and walks over the roads.
//!
//! Vertices are numbered along the roads, trail by trail, so that both the roads and the
//! paths driven on them are mostly runs of consecutive numbers.

use std::collections::BTreeMap;

use geo::Coord;
use geo::LineString;

use super::data;
use super::name;
use super::trails::Streets;
use super::trails::streets;
use crate::ids::Id;
use crate::ids::VertexId;
use crate::roads::RoadGraph;
use crate::scenario::Scenario;

/// Mean radius of the earth, metres.
const EARTH: f64 = 6_371_008.8;

/// Not yet numbered.
const NONE: u32 = u32::MAX;

/// The roads as drawn, and how places on them are written.
#[derive(Debug)]
pub(super) struct Ground {
    planar: bool,
    /// South-west corner in the map's coordinates.
    corner: Coord<f64>,
    /// Decimetres in one unit of the map's coordinates, east and north.
    scale: (f64, f64),
    /// Number of each vertex.
    number: Vec<u32>,
    /// Places of the numbered vertices.
    places: Vec<(i64, i64)>,
    /// Trails by class.
    trails: BTreeMap<String, Vec<Vec<u32>>>,
}

impl Ground {
    /// The ground of a road graph.
    pub(super) fn new(roads: &RoadGraph) -> Self {
        let vertices = (0..roads.vertex_count()).map(VertexId::new);
        let positions: Vec<Coord<f64>> = vertices.map(|v| roads.position(v)).collect();
        let least = |f: fn(&Coord<f64>) -> f64| positions.iter().map(f).reduce(f64::min);
        let most = |f: fn(&Coord<f64>) -> f64| positions.iter().map(f).reduce(f64::max);
        let corner = Coord {
            x: least(|p| p.x).unwrap_or(0.0),
            y: least(|p| p.y).unwrap_or(0.0),
        };
        let middle = f64::midpoint(corner.y, most(|p| p.y).unwrap_or(0.0));
        let scale = if roads.is_planar() {
            (10.0, 10.0)
        } else {
            let degree = EARTH.to_radians() * 10.0;
            (degree * middle.to_radians().cos(), degree)
        };
        let mut ground = Self {
            planar: roads.is_planar(),
            corner,
            scale,
            number: vec![NONE; positions.len()],
            places: Vec::new(),
            trails: BTreeMap::new(),
        };
        ground.number_roads(roads, &positions);
        ground
    }

    /// Lays trails over the streets of each class, main roads first, and numbers the
    /// vertices along them.
    fn number_roads(&mut self, roads: &RoadGraph, positions: &[Coord<f64>]) {
        let mut classes: Vec<(String, Streets)> = streets(roads).into_iter().collect();
        classes.sort_by_key(|(class, _)| std::cmp::Reverse(rank(class)));
        for (class, mut streets) in classes {
            let trails = streets.trails(positions);
            let mut numbered = Vec::with_capacity(trails.len());
            for trail in trails {
                numbered.push(trail.iter().map(|&v| self.count(v, positions)).collect());
            }
            self.trails.insert(class, numbered);
        }
        for v in 0..positions.len() as u32 {
            self.count(v, positions);
        }
    }

    /// The number of a vertex, given now if it has none yet.
    fn count(&mut self, v: u32, positions: &[Coord<f64>]) -> u32 {
        let index = v as usize;
        if self.number[index] == NONE {
            self.number[index] = self.places.len() as u32;
            self.places.push(self.place(positions[index]));
        }
        self.number[index]
    }

    /// Where a point of the map lies, decimetres.
    pub(super) fn place(&self, at: Coord<f64>) -> (i64, i64) {
        let x = (at.x - self.corner.x) * self.scale.0;
        let y = (at.y - self.corner.y) * self.scale.1;
        (x.round() as i64, y.round() as i64)
    }

    /// A course as differences.
    pub(super) fn line(&self, points: impl IntoIterator<Item = Coord<f64>>) -> Vec<i64> {
        differences(points.into_iter().map(|p| self.place(p)))
    }

    /// The walk over some vertices, and for each of its runs the index of the last vertex.
    pub(super) fn walk(&self, vertices: &[VertexId]) -> (Vec<i64>, Vec<usize>) {
        walk(vertices.iter().map(|v| self.number[v.index()]))
    }

    /// The roads.
    pub(super) fn map(&self) -> data::Map {
        let mut roads: Vec<data::Roads> = self
            .trails
            .iter()
            .map(|(class, t)| drawn(class, t))
            .collect();
        roads.sort_by_key(|r| r.rank);
        let extent = |f: fn(&(i64, i64)) -> i64| self.places.iter().map(f).max().unwrap_or(0);
        data::Map {
            attribution: if self.planar {
                String::new()
            } else {
                "© OpenStreetMap contributors".to_owned()
            },
            size: (extent(|p| p.0), extent(|p| p.1)),
            xy: differences(self.places.iter().copied()),
            roads,
        }
    }

    /// The zones.
    pub(super) fn zones(&self, scenario: &Scenario) -> Vec<data::Zone> {
        let ring = |ring: &LineString<f64>| self.line(ring.coords().copied());
        scenario
            .zones
            .iter()
            .map(|zone| data::Zone {
                id: zone.id.clone(),
                name: name(&zone.name),
                rings: zone
                    .area
                    .iter()
                    .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
                    .map(ring)
                    .collect(),
            })
            .collect()
    }

    /// The bases.
    pub(super) fn bases(&self, scenario: &Scenario) -> Vec<data::Base> {
        let base = |base: &crate::scenario::Base| data::Base {
            id: base.id.clone(),
            name: name(&base.name),
            at: self.place(base.at),
        };
        scenario.bases.iter().map(base).collect()
    }
}

fn drawn(class: &str, trails: &[Vec<u32>]) -> data::Roads {
    data::Roads {
        class: class.to_owned(),
        rank: rank(class),
        walks: trails.iter().map(|t| walk(t.iter().copied()).0).collect(),
    }
}

/// How a class is drawn: 5 through roads, 4 main, 3 local, 2 service, 1 paths.
fn rank(class: &str) -> u8 {
    match class {
        "motorway" | "trunk" | "primary" => 5,
        "secondary" | "tertiary" => 4,
        "service" => 2,
        "footway" | "path" | "track" | "cycleway" | "bridleway" | "steps" | "pedestrian" => 1,
        _ => 3,
    }
}

fn differences(points: impl Iterator<Item = (i64, i64)>) -> Vec<i64> {
    let mut last = (0, 0);
    points
        .flat_map(|p| {
            let step = [p.0 - last.0, p.1 - last.1];
            last = p;
            step
        })
        .collect()
}

/// Runs of consecutive numbers: see the conventions of [`data`].
fn walk(numbers: impl Iterator<Item = u32>) -> (Vec<i64>, Vec<usize>) {
    let numbers: Vec<i64> = numbers.map(i64::from).collect();
    let mut steps = Vec::new();
    let mut ends = Vec::new();
    let mut last = 0;
    let mut i = 0;
    while i < numbers.len() {
        let start = i;
        let direction = numbers.get(i + 1).map_or(0, |next| next - numbers[i]);
        while direction.abs() == 1 && numbers.get(i + 1) == Some(&(numbers[i] + direction)) {
            i += 1;
        }
        steps.push(numbers[start] - last);
        steps.push(numbers[i] - numbers[start]);
        ends.push(i);
        last = numbers[i];
        i += 1;
    }
    (steps, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_are_runs_of_consecutive_numbers() {
        let (steps, ends) = walk([5, 6, 7, 20, 9, 8].into_iter());
        assert_eq!(steps, [5, 2, 13, 0, -11, -1]);
        assert_eq!(ends, [2, 3, 5]);
        assert_eq!(walk(std::iter::empty()), (Vec::new(), Vec::new()));
    }
}
