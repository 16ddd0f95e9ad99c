//! Which roads a drawn course follows.
//!
//! The course is sampled every few metres; each sample may lie on any open lane nearby; the
//! most likely row of lanes is the one that keeps close to the samples and whose way from
//! each to the next is as long as the course between them. This is the hidden Markov model of
//! Newson and Krumm (2009), "Hidden Markov map matching through noise and sparseness", with
//! both costs in metres. Loops and courses that come back the way they went need no special
//! care, and the direction of one-way roads and forbidden turns are obeyed on the way.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;

use geo::Coord;

use super::cuts::VERTEX_REACH;
use super::nearby::Frame;
use super::nearby::Nearby;
use super::nearby::project;
use super::network::Lane;
use super::network::Network;
use super::usage::Usage;
use crate::ids::Id;
use crate::ids::ProfileId;

/// A row of lanes, the first from `start` and the last up to `end`, in millimetres along them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) lanes: Vec<Lane>,
    pub(super) start: i64,
    pub(super) end: i64,
}

/// How far, in metres, a road may be from a course that follows it.
const CORRIDOR: f64 = 35.0;
/// Metres between samples of a course, and the least that samples are apart.
const SPACING: f64 = 25.0;
const LEAST_SPACING: f64 = 5.0;
/// A sample this far from a lane, in metres, costs as many metres.
const NOISE: f64 = 5.0;
/// Rows of lanes that cost this much more than the likeliest, in metres, are given up.
const HOPELESS: f64 = 250.0;
/// Pieces looked at for each sample.
const PIECES: usize = 16;
/// Millimetres that turning round counts for.
const TURNING_ROUND: i64 = 30_000;
/// Millimetres that the projections of two samples may go back along a lane.
const GOING_BACK: i64 = 8_000;

/// The roads a course follows, or why there are none.
pub(super) fn match_line(
    network: &Network,
    nearby: &Nearby<'_>,
    line: &[Coord<f64>],
    profile: ProfileId,
) -> Result<Route, String> {
    let finite = |c: &Coord<f64>| c.x.is_finite() && c.y.is_finite();
    let Some(first) = line.first().filter(|_| line.iter().all(finite)) else {
        return Err("its course has no points".to_owned());
    };
    let course = Course::new(Frame::at(network.planar, first.y), line);
    if course.length <= 0.0 {
        return Err("its course has no length".to_owned());
    }
    let usage = &network.usages[profile.index()];
    let matching = Matching {
        network,
        usage,
        nearby,
        course: &course,
    };
    let mut route = matching.most_likely()?;
    matching.tidy_ends(&mut route);
    matching.judge(&route)?;
    Ok(route)
}

/// A drawn course in flat metres.
struct Course {
    frame: Frame,
    points: Vec<[f64; 2]>,
    samples: Vec<Sample>,
    length: f64,
}

/// A point of a course.
struct Sample {
    at: Coord<f64>,
    /// Metres of the course since the sample before.
    step: f64,
}

impl Course {
    fn new(frame: Frame, line: &[Coord<f64>]) -> Self {
        let points: Vec<[f64; 2]> = line.iter().map(|&c| frame.metres(c)).collect();
        let mut samples = vec![Sample {
            at: line[0],
            step: 0.0,
        }];
        let (mut length, mut step) = (0.0, 0.0);
        for (ends, flat) in line.windows(2).zip(points.windows(2)) {
            let metres = (flat[1][0] - flat[0][0]).hypot(flat[1][1] - flat[0][1]);
            let parts = (metres / SPACING).ceil().max(1.0);
            for k in 1..=parts as usize {
                step += metres / parts;
                if step >= LEAST_SPACING {
                    let at = ends[0] + (ends[1] - ends[0]) * (k as f64 / parts);
                    samples.push(Sample { at, step });
                    step = 0.0;
                }
            }
            length += metres;
        }
        // The last point counts whatever the spacing.
        let last = line[line.len() - 1];
        match samples.len() {
            1 => samples.push(Sample { at: last, step }),
            n => {
                samples[n - 1].at = last;
                samples[n - 1].step += step;
            }
        }
        Self {
            frame,
            points,
            samples,
            length,
        }
    }

    /// Metres from a point to the course.
    fn distance(&self, p: [f64; 2]) -> f64 {
        let to = self
            .points
            .windows(2)
            .map(|ends| project(p, ends[0], ends[1]).1);
        to.fold(f64::INFINITY, f64::min)
    }
}

/// A lane that a sample may lie on.
struct Candidate {
    lane: Lane,
    /// Millimetres along the lane.
    offset: i64,
    /// Cost of the likeliest row of lanes up to here.
    cost: f64,
    /// The candidate before in that row, and the lanes driven since, this one included
    /// unless it is the same drive along the same lane.
    before: usize,
    driven: Vec<Lane>,
}

struct Matching<'a> {
    network: &'a Network,
    usage: &'a Usage,
    nearby: &'a Nearby<'a>,
    course: &'a Course,
}

impl Matching<'_> {
    fn most_likely(&self) -> Result<Route, String> {
        let mut layers: Vec<Vec<Candidate>> = Vec::with_capacity(self.course.samples.len());
        for sample in &self.course.samples {
            let mut here = self.candidates(sample.at);
            if here.is_empty() {
                return Err(format!(
                    "no road that can be driven to and back lies within {CORRIDOR} m of {}",
                    place(sample.at)
                ));
            }
            if let Some(before) = layers.last() {
                self.advance(before, &mut here, sample.step);
                if here.iter().all(|c| c.cost.is_infinite()) {
                    return Err(format!("no open way follows it to {}", place(sample.at)));
                }
            }
            layers.push(here);
        }
        Ok(trace(&layers))
    }

    /// The lanes that a sample may lie on.
    fn candidates(&self, at: Coord<f64>) -> Vec<Candidate> {
        let connected = |b: bool, p: u32| self.usage.connected[Lane::new(p, b).index()];
        let mut feet = self
            .nearby
            .within(at, CORRIDOR, |p| connected(false, p) || connected(true, p));
        feet.truncate(PIECES);
        let mut found = Vec::new();
        for foot in feet {
            for backward in [false, true]
                .into_iter()
                .filter(|&b| connected(b, foot.piece))
            {
                let length = self.network.pieces[foot.piece as usize].millimetres;
                let along = (foot.share * length as f64).round() as i64;
                found.push(Candidate {
                    lane: Lane::new(foot.piece, backward),
                    offset: if backward { length - along } else { along },
                    cost: foot.metres * foot.metres / NOISE,
                    before: 0,
                    driven: Vec::new(),
                });
            }
        }
        found
    }

    /// Extends the likeliest rows from one sample's candidates to the next's.
    fn advance(&self, before: &[Candidate], here: &mut [Candidate], step: f64) {
        let reach = (step * 2000.0) as i64 + 100_000;
        let least = before.iter().map(|c| c.cost).fold(f64::INFINITY, f64::min);
        let own: Vec<f64> = here.iter().map(|c| c.cost).collect();
        let offsets: Vec<i64> = here.iter().map(|c| c.offset).collect();
        here.iter_mut().for_each(|c| c.cost = f64::INFINITY);
        for (i, from) in before
            .iter()
            .enumerate()
            .filter(|(_, c)| c.cost <= least + HOPELESS)
        {
            let search = self.search(from, reach);
            for (j, to) in here.iter_mut().enumerate() {
                let along = to.lane == from.lane && offsets[j] >= from.offset - GOING_BACK;
                let offset = if along {
                    offsets[j].max(from.offset)
                } else {
                    offsets[j]
                };
                let driven = if along {
                    Some(offset - from.offset)
                } else {
                    search.get(&to.lane).map(|reached| reached.at_tail + offset)
                };
                let Some(driven) = driven else { continue };
                let cost = from.cost + own[j] + (driven as f64 / 1000.0 - step).abs();
                if cost < to.cost {
                    to.cost = cost;
                    to.offset = offset;
                    to.before = i;
                    to.driven = if along {
                        Vec::new()
                    } else {
                        way_to(&search, to.lane)
                    };
                }
            }
        }
    }

    /// Lanes reached from a candidate within `reach` millimetres.
    fn search(&self, from: &Candidate, reach: i64) -> BTreeMap<Lane, Reached> {
        let mut found: BTreeMap<Lane, Reached> = BTreeMap::new();
        let mut queue = BinaryHeap::new();
        let rest = self.network.piece(from.lane).millimetres - from.offset;
        queue.push((Reverse(rest), Reverse(from.lane), None));
        // Entries are lanes driven to their end.
        while let Some((Reverse(at_head), Reverse(lane), known)) = queue.pop() {
            if known.is_some_and(|at_tail| found.get(&lane).is_some_and(|r| r.at_tail != at_tail)) {
                continue;
            }
            for &next in self.network.leaving(self.network.head(lane)) {
                let round = if next == lane.reverse() {
                    TURNING_ROUND
                } else {
                    0
                };
                let at_tail = at_head + round;
                let better = found.get(&next).is_none_or(|r| at_tail < r.at_tail);
                if !self.usage.connected[next.index()]
                    || at_tail > reach
                    || !better
                    || self.is_forbidden(lane, next)
                {
                    continue;
                }
                found.insert(
                    next,
                    Reached {
                        at_tail,
                        before: lane,
                        start: known.is_none(),
                    },
                );
                let at_head = at_tail + self.network.piece(next).millimetres;
                queue.push((Reverse(at_head), Reverse(next), Some(at_tail)));
            }
        }
        found
    }

    fn is_forbidden(&self, lane: Lane, next: Lane) -> bool {
        self.usage
            .forbidden
            .binary_search_by(|s| s[..].cmp(&[lane, next]))
            .is_ok()
    }

    /// Puts ends that are all but on a vertex on that vertex.
    fn tidy_ends(&self, route: &mut Route) {
        let length = |lane: Lane| self.network.piece(lane).millimetres;
        let first = route.lanes[0];
        if route.lanes.len() > 1 && length(first) - route.start <= VERTEX_REACH {
            route.lanes.remove(0);
            route.start = 0;
        } else if route.start <= VERTEX_REACH
            && !self.usage.barred.contains(&self.network.tail(first))
        {
            route.start = 0;
        }
        let last = route.lanes[route.lanes.len() - 1];
        if route.lanes.len() > 1 && route.end <= VERTEX_REACH {
            route.lanes.pop();
            route.end = length(route.lanes[route.lanes.len() - 1]);
        } else if length(last) - route.end <= VERTEX_REACH
            && !self.usage.barred.contains(&self.network.head(last))
        {
            route.end = length(last);
        }
    }

    /// Refuses a route that is not the course: much longer or shorter, far from it, or with
    /// a turn that is not allowed.
    fn judge(&self, route: &Route) -> Result<(), String> {
        let length = |lane: Lane| self.network.piece(lane).millimetres;
        let whole: i64 = route.lanes.iter().map(|&l| length(l)).sum();
        let last = length(route.lanes[route.lanes.len() - 1]);
        let metres = (whole - route.start - (last - route.end)) as f64 / 1000.0;
        if metres <= 0.0 {
            return Err("it starts and ends at the same spot of a road".to_owned());
        }
        if (metres - self.course.length).abs() > 0.2 * self.course.length + 30.0 {
            return Err(format!(
                "the roads that follow it are {metres:.0} m long, its course {:.0} m",
                self.course.length
            ));
        }
        let stray = self.stray(route);
        if stray > CORRIDOR {
            return Err(format!(
                "the roads that follow it stray {stray:.0} m from its course"
            ));
        }
        let forbids = |sequence: &Vec<Lane>| {
            route
                .lanes
                .windows(sequence.len())
                .any(|w| w == &sequence[..])
        };
        if self.usage.forbidden.iter().any(forbids) {
            return Err("the roads that follow it have a turn that is not allowed".to_owned());
        }
        Ok(())
    }

    /// How far, in metres, a route strays from the course.
    fn stray(&self, route: &Route) -> f64 {
        let mut farthest: f64 = 0.0;
        for (k, &lane) in route.lanes.iter().enumerate() {
            let at = |v: u32| self.course.frame.metres(self.network.at[v as usize]);
            let (tail, head) = (at(self.network.tail(lane)), at(self.network.head(lane)));
            let length = self.network.piece(lane).millimetres;
            let from = if k == 0 { route.start } else { 0 };
            let until = if k + 1 == route.lanes.len() {
                route.end
            } else {
                length
            };
            for offset in [from, (from + until) / 2, until] {
                let share = offset as f64 / length.max(1) as f64;
                let point = [0, 1].map(|i| tail[i] + (head[i] - tail[i]) * share);
                farthest = farthest.max(self.course.distance(point));
            }
        }
        farthest
    }
}

/// How a lane was reached.
struct Reached {
    /// Millimetres driven to its tail.
    at_tail: i64,
    before: Lane,
    /// Whether `before` is where the search began.
    start: bool,
}

/// The lanes driven from where a search began to `lane`, the first left out.
fn way_to(search: &BTreeMap<Lane, Reached>, lane: Lane) -> Vec<Lane> {
    let mut way = vec![lane];
    let mut at = search.get(&lane);
    while let Some(reached) = at.filter(|r| !r.start) {
        way.push(reached.before);
        at = search.get(&reached.before);
    }
    way.reverse();
    way
}

/// The likeliest row of lanes, read from its end.
fn trace(layers: &[Vec<Candidate>]) -> Route {
    let end = &layers[layers.len() - 1];
    let best = (0..end.len()).min_by(|&a, &b| end[a].cost.total_cmp(&end[b].cost));
    let mut at = best.unwrap_or(0);
    let end_offset = end[at].offset;
    let mut parts: Vec<&[Lane]> = Vec::new();
    for layer in layers[1..].iter().rev() {
        parts.push(&layer[at].driven);
        at = layer[at].before;
    }
    let start = &layers[0][at];
    let mut lanes = vec![start.lane];
    lanes.extend(parts.into_iter().rev().flatten());
    Route {
        lanes,
        start: start.offset,
        end: end_offset,
    }
}

fn place(at: Coord<f64>) -> String {
    format!("{:.6}, {:.6}", at.x, at.y)
}
