//! Team orienteering with time windows: Solomon-based (Righini and Salani 2006, Montemanni
//! and Gambardella 2009) and Cordeau-based files.

use crate::patrol::instance::Crew;
use crate::patrol::instance::Duty;
use crate::patrol::instance::Instance;
use crate::patrol::instance::Mode;
use crate::patrol::instance::NONE;
use crate::patrol::instance::Series;
use crate::patrol::instance::Task;
use crate::patrol::instance::Window;

/// A vertex of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// Position.
    pub x: f64,
    /// Position.
    pub y: f64,
    /// Service time.
    pub service: f64,
    /// Profit.
    pub profit: f64,
    /// Earliest start of service.
    pub open: f64,
    /// Latest start of service; for the depot, latest return.
    pub close: f64,
}

/// A file: the depot first.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Depot and vertices.
    pub vertices: Vec<Vertex>,
    /// Decimals that distances are truncated to.
    pub decimals: i32,
}

impl Problem {
    /// Reads a file; `decimals` is 1 for Solomon-based files and 2 for Cordeau-based ones.
    ///
    /// # Errors
    /// The number of the line that does not read, from 1.
    pub fn parse(text: &str, decimals: i32) -> Result<Self, usize> {
        let mut vertices = Vec::new();
        for (number, line) in text.lines().enumerate().skip(2) {
            let tokens: Option<Vec<f64>> =
                line.split_whitespace().map(|t| t.parse().ok()).collect();
            let Some(t) = tokens.filter(|t| t.len() != 1) else {
                return Err(number + 1);
            };
            let [_, x, y, service, profit, .., open, close] = t[..] else {
                if t.is_empty() {
                    continue;
                }
                return Err(number + 1);
            };
            vertices.push(Vertex {
                x,
                y,
                service,
                profit,
                open,
                close,
            });
        }
        if vertices.is_empty() {
            return Err(1);
        }
        Ok(Self { vertices, decimals })
    }

    /// Distance in ticks of `10^-decimals`, truncated.
    pub fn distance(&self, a: usize, b: usize) -> i32 {
        let (a, b) = (self.vertices[a], self.vertices[b]);
        let length = (a.x - b.x).hypot(a.y - b.y);
        (length * 10f64.powi(self.decimals) + 1e-9).floor() as i32
    }

    /// The compiled problem with `routes` routes.
    pub fn compile(&self, routes: usize) -> Instance {
        let ticks = |t: f64| (t * 10f64.powi(self.decimals)).round() as i32;
        let n = self.vertices.len();
        let horizon = ticks(self.vertices[0].close);
        let times = (0..n * n).map(|k| self.distance(k / n, k % n)).collect();
        let mut instance = Instance {
            horizon: horizon + 1,
            spots: n,
            modes: vec![Mode { times }],
            ..Instance::default()
        };
        for (spot, v) in self.vertices.iter().enumerate().skip(1) {
            let service = ticks(v.service);
            instance.tasks.push(Task {
                spot: spot as u32,
                cover: NONE,
                series: instance.series.len() as u32,
                windows: vec![Window {
                    open: ticks(v.open),
                    close: ticks(v.close) + service,
                    quota: NONE,
                }],
                length: vec![service],
                points: v.profit.round() as i64,
            });
            instance.series.push(Series {
                spacing: i32::MAX / 4,
            });
        }
        instance.crews.push(Crew {
            mode: 0,
            tasks: (0..instance.tasks.len() as u32).collect(),
            level: Vec::new(),
        });
        instance.duties = vec![
            Duty {
                crew: 0,
                from: 0,
                to: 0,
                start: 0,
                end: horizon,
                breaks: Vec::new(),
            };
            routes
        ];
        instance.prepare(100);
        instance
    }
}
