//! Where things may be put: streets that all can reach, and runs of road to be patrolled.

use std::path::Path;

use geo::Coord;
use roundsman::error::Result;
use roundsman::ids::ProfileId;
use roundsman::roads::RoadData;
use roundsman::roads::RoadGraph;
use roundsman::roads::RoadWay;
use roundsman::roads::profile::Profile;
use roundsman::roads::read::Format;
use roundsman::roads::read::read;

/// Metres east and north of the middle of the map.
pub type Point = [f64; 2];

/// Metres of a degree of latitude.
const DEGREE: f64 = 111_195.0;
/// Classes of road with doors on them.
const STREETS: [&str; 6] = [
    "secondary",
    "tertiary",
    "unclassified",
    "residential",
    "living_street",
    "service",
];
/// Classes of road that are worth a patrol from end to end.
const ROADS: [&str; 5] = [
    "primary",
    "secondary",
    "tertiary",
    "unclassified",
    "residential",
];
/// Metres of road patrolled in one go, about.
const RUN: f64 = 400.0;

/// A piece of road.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its course.
    pub line: Vec<Point>,
    /// Whether it may be patrolled in this direction only.
    pub one_way: bool,
}

/// What the map offers.
#[derive(Debug)]
pub struct Ground {
    origin: Coord<f64>,
    /// Points on streets that cars, e-bikes and people on foot can reach and leave.
    pub streets: Vec<Point>,
    /// Pieces of road that cars can reach and leave.
    pub runs: Vec<Run>,
}

/// Metres between two points.
pub fn metres(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

impl Ground {
    /// Reads a road file.
    pub fn read(roads: &Path) -> Result<Self> {
        let data = read(roads, None, Format::OsmPbf)?;
        let profiles = ["car", "ebike", "foot"].map(Profile::built_in);
        let profiles: Vec<Profile> = profiles.into_iter().collect::<Result<_>>()?;
        let graph = RoadGraph::build(&data, &profiles)?;
        let count = data.nodes.len().max(1) as f64;
        let sum = data.nodes.iter().fold([0.0, 0.0], |sum, node| {
            [sum[0] + node.at.x, sum[1] + node.at.y]
        });
        let mut ground = Self {
            origin: Coord {
                x: sum[0] / count,
                y: sum[1] / count,
            },
            streets: Vec::new(),
            runs: Vec::new(),
        };
        for way in &data.ways {
            ground.add(&data, &graph, way);
        }
        Ok(ground)
    }

    /// A point in degrees.
    pub fn degrees(&self, at: Point) -> Coord<f64> {
        Coord {
            x: self.origin.x + at[0] / DEGREE / self.origin.y.to_radians().cos(),
            y: self.origin.y + at[1] / DEGREE,
        }
    }

    fn point(&self, at: Coord<f64>) -> Point {
        [
            (at.x - self.origin.x) * DEGREE * self.origin.y.to_radians().cos(),
            (at.y - self.origin.y) * DEGREE,
        ]
    }

    /// Takes what a way offers.
    fn add(&mut self, data: &RoadData, graph: &RoadGraph, way: &RoadWay) {
        let class = way.tag("highway").unwrap_or_default();
        let reached = |node: u32, profiles: std::ops::Range<u32>| {
            let vertex = graph.vertex_of(data.nodes[node as usize].id);
            vertex.is_some_and(|v| {
                profiles
                    .clone()
                    .all(|p| graph.is_connected(v, ProfileId(p)))
            })
        };
        let ends = [way.nodes[0], way.nodes[way.nodes.len() - 1]];
        if STREETS.contains(&class) {
            // All points but the last, which is the first of another way as a rule.
            for &node in &way.nodes[..way.nodes.len() - 1] {
                if reached(node, 0..3) {
                    let at = self.point(data.nodes[node as usize].at);
                    self.streets.push(at);
                }
            }
        }
        let odd = way.tag("junction").is_some() || way.tag("oneway") == Some("-1");
        if !ROADS.contains(&class) || odd || ends[0] == ends[1] {
            return;
        }
        let one_way = way.tag("oneway") == Some("yes");
        let mut run: Vec<Point> = Vec::new();
        let mut length = 0.0;
        for &node in &way.nodes {
            if !reached(node, 0..1) {
                (run, length) = (Vec::new(), 0.0);
                continue;
            }
            let at = self.point(data.nodes[node as usize].at);
            length += run.last().map_or(0.0, |&last| metres(last, at));
            run.push(at);
            if length >= RUN || (node == ends[1] && length >= RUN / 3.0) {
                let line = std::mem::take(&mut run);
                self.runs.push(Run { line, one_way });
                (run, length) = (vec![at], 0.0);
            }
        }
    }
}
