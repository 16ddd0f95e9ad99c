//! Where places cut pieces of road.

use std::collections::BTreeMap;

use geo::Coord;

use super::network::Lane;
use super::network::Network;
use super::usage::Usage;

/// A point on a piece of road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) piece: u32,
    /// Millimetres from the start of the piece in drawing direction.
    pub(super) offset: i64,
}

/// Places this near to a vertex, in millimetres, are put on the vertex.
pub(super) const VERTEX_REACH: i64 = 500;

/// Cuts of pieces, in the order they were asked for.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    /// Cuts of each piece as millimetres from its start and the vertex there, ascending.
    of_piece: BTreeMap<u32, Vec<(i64, u32)>>,
    /// Positions of the vertices put in.
    pub(super) vertices: Vec<Coord<f64>>,
}

impl Cuts {
    /// The vertex at a spot, put in where there is none.
    pub(super) fn vertex(&mut self, network: &Network, spot: Spot) -> u32 {
        let piece = network.pieces[spot.piece as usize];
        if spot.offset <= 0 {
            return piece.from;
        }
        if spot.offset >= piece.millimetres {
            return piece.to;
        }
        let cuts = self.of_piece.entry(spot.piece).or_default();
        let place = cuts.partition_point(|&(offset, _)| offset < spot.offset);
        if let Some(&(offset, vertex)) = cuts.get(place)
            && offset == spot.offset
        {
            return vertex;
        }
        let vertex = (network.at.len() + self.vertices.len()) as u32;
        cuts.insert(place, (spot.offset, vertex));
        let [a, b] = [piece.from, piece.to].map(|v| network.at[v as usize]);
        let share = spot.offset as f64 / piece.millimetres as f64;
        self.vertices.push(a + (b - a) * share);
        vertex
    }

    /// Cuts of a piece as millimetres from its start and the vertex there, ascending.
    pub(super) fn of(&self, piece: u32) -> &[(i64, u32)] {
        self.of_piece.get(&piece).map_or(&[], Vec::as_slice)
    }

    /// Pieces with cuts, ascending.
    pub(super) fn pieces(&self) -> impl Iterator<Item = u32> + '_ {
        self.of_piece.keys().copied()
    }
}

/// The spot at a share of a piece: on a vertex when near enough, but not on one that a
/// barrier closes to the profile, where the two sides must stay apart.
pub(super) fn spot(network: &Network, usage: &Usage, piece: u32, share: f64) -> Spot {
    let ends = network.pieces[piece as usize];
    let length = ends.millimetres;
    let offset = ((share * length as f64).round() as i64).clamp(0, length);
    let at_start = offset <= VERTEX_REACH.min(length / 2);
    let at_end = !at_start && offset >= length - VERTEX_REACH;
    let lane = Lane::new(piece, false);
    let offset = match (at_start, at_end) {
        (true, _) if !usage.barred.contains(&network.tail(lane)) => 0,
        (_, true) if !usage.barred.contains(&network.head(lane)) => length,
        // A piece too short to be cut is left whole.
        (true, _) | (_, true) if length >= 2 => offset.clamp(1, length - 1),
        _ => offset,
    };
    Spot { piece, offset }
}
