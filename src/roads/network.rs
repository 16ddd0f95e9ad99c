//! The roads before any place is put on them: pieces between neighbouring map nodes.

use std::ops::Range;

use geo::Coord;
use geo::Distance;
use geo::Haversine;
use geo::Point;

use super::RoadData;
use super::RoadWay;
use super::profile::base_class;
use super::usage::Usage;
use crate::error::Error;
use crate::error::Result;

/// A piece of road in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Lane(pub(super) u32);

impl Lane {
    pub(super) fn new(piece: u32, backward: bool) -> Self {
        Self(piece * 2 + u32::from(backward))
    }
    pub(super) fn piece(self) -> u32 {
        self.0 / 2
    }
    pub(super) fn backward(self) -> bool {
        self.0 % 2 == 1
    }
    pub(super) fn reverse(self) -> Self {
        Self(self.0 ^ 1)
    }
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of road between two map nodes that follow each other on a way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) from: u32,
    pub(super) to: u32,
    /// Position of its way in the road data.
    pub(super) way: u32,
    pub(super) millimetres: i64,
}

/// The roads before any place is put on them.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) planar: bool,
    /// Position and map id of each vertex, by id.
    pub(super) at: Vec<Coord<f64>>,
    pub(super) ids: Vec<i64>,
    /// Pieces in the order of the ways and along them.
    pub(super) pieces: Vec<Piece>,
    /// Class of each way.
    pub(super) classes: Vec<String>,
    /// What each profile may do.
    pub(super) usages: Vec<Usage>,
    /// For each vertex where its lanes begin in `tails`.
    first_tail: Vec<u32>,
    /// Lanes by the vertex they leave, open or not.
    tails: Vec<Lane>,
}

impl Network {
    /// Vertices and pieces of the ways that are kept.
    pub(super) fn lay_out(data: &RoadData, kept: &[bool]) -> Result<Self> {
        let ways = || data.ways.iter().enumerate().filter(|&(w, _)| kept[w]);
        let mut vertex = vec![u32::MAX; data.nodes.len()];
        ways().for_each(|(_, way)| way.nodes.iter().for_each(|&n| vertex[n as usize] = 0));
        let (mut at, mut ids) = (Vec::new(), Vec::new());
        for (node, v) in data.nodes.iter().zip(&mut vertex).filter(|(_, v)| **v == 0) {
            *v = ids.len() as u32;
            at.push(node.at);
            ids.push(node.id);
        }
        let mut pieces = Vec::new();
        for (w, way) in ways() {
            let lengths = piece_lengths(data, way);
            for (ends, millimetres) in way.nodes.windows(2).zip(lengths) {
                let (from, to) = (vertex[ends[0] as usize], vertex[ends[1] as usize]);
                pieces.push(Piece {
                    from,
                    to,
                    way: w as u32,
                    millimetres,
                });
            }
        }
        pieces.retain(|p| p.from != p.to);
        if pieces.len() > (u32::MAX / 8) as usize {
            let error = Error::input("R203", "the map has more roads than can be numbered");
            return Err(error
                .value(pieces.len())
                .hint("cut the map down to the area patrolled")
                .into());
        }
        let (first_tail, tails) = by_tail(ids.len(), &pieces);
        let classes = data
            .ways
            .iter()
            .map(|w| base_class(w.tag("highway").unwrap_or("road")).to_owned());
        Ok(Self {
            planar: data.planar,
            at,
            ids,
            pieces,
            classes: classes.collect(),
            usages: Vec::new(),
            first_tail,
            tails,
        })
    }

    /// The pieces of each way.
    pub(super) fn pieces_of_ways(&self, ways: usize) -> Vec<Range<u32>> {
        let mut of_way = vec![0..0; ways];
        for (i, piece) in self.pieces.iter().enumerate() {
            let range = &mut of_way[piece.way as usize];
            if range.start == range.end {
                range.start = i as u32;
            }
            range.end = i as u32 + 1;
        }
        of_way
    }

    pub(super) fn piece(&self, lane: Lane) -> &Piece {
        &self.pieces[lane.piece() as usize]
    }

    /// The vertex a lane leaves.
    pub(super) fn tail(&self, lane: Lane) -> u32 {
        let piece = self.piece(lane);
        if lane.backward() {
            piece.to
        } else {
            piece.from
        }
    }

    /// The vertex a lane leads to.
    pub(super) fn head(&self, lane: Lane) -> u32 {
        self.tail(lane.reverse())
    }

    /// Lanes that leave a vertex, open or not, ascending. The lanes that lead to it are
    /// their reverses.
    pub(super) fn leaving(&self, vertex: u32) -> &[Lane] {
        let v = vertex as usize;
        &self.tails[self.first_tail[v] as usize..self.first_tail[v + 1] as usize]
    }

    /// The vertex of a map node.
    pub(super) fn vertex_of(&self, id: i64) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|v| v as u32)
    }

    /// All lanes, open or not.
    pub(super) fn lanes(&self) -> impl Iterator<Item = Lane> + use<> {
        (0..self.pieces.len() as u32 * 2).map(Lane)
    }
}

/// Lanes sorted by the vertex they leave, with where each vertex begins.
fn by_tail(vertices: usize, pieces: &[Piece]) -> (Vec<u32>, Vec<Lane>) {
    let mut first = vec![0u32; vertices + 1];
    for piece in pieces {
        first[piece.from as usize + 1] += 1;
        first[piece.to as usize + 1] += 1;
    }
    for v in 0..vertices {
        first[v + 1] += first[v];
    }
    let mut next = first.clone();
    let mut tails = vec![Lane(0); pieces.len() * 2];
    for (i, piece) in pieces.iter().enumerate() {
        for (vertex, backward) in [(piece.from, false), (piece.to, true)] {
            let slot = &mut next[vertex as usize];
            tails[*slot as usize] = Lane::new(i as u32, backward);
            *slot += 1;
        }
    }
    (first, tails)
}

/// Lengths of the pieces of a way, millimetres: between the positions, or the stated length
/// spread over them in proportion.
pub(super) fn piece_lengths(data: &RoadData, way: &RoadWay) -> Vec<i64> {
    let at = |node: u32| Point(data.nodes[node as usize].at);
    let between = |ends: &[u32]| {
        let (a, b) = (at(ends[0]), at(ends[1]));
        let metres = if data.planar {
            (a.x() - b.x()).hypot(a.y() - b.y())
        } else {
            Haversine.distance(a, b)
        };
        metres * 1000.0
    };
    let drawn: Vec<f64> = way.nodes.windows(2).map(between).collect();
    let Some(stated) = way.length_metres else {
        return drawn.iter().map(|mm| mm.round() as i64).collect();
    };
    let whole: f64 = drawn.iter().sum();
    let share = |i: usize, sum: f64| {
        if whole > 0.0 {
            sum / whole
        } else {
            (i + 1) as f64 / drawn.len() as f64
        }
    };
    let (mut sum, mut before) = (0.0, 0);
    let mut lengths = Vec::with_capacity(drawn.len());
    for (i, mm) in drawn.iter().enumerate() {
        sum += mm;
        let until = (share(i, sum) * stated * 1000.0).round() as i64;
        lengths.push(until - before);
        before = until;
    }
    lengths
}
