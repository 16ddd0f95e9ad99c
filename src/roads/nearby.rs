//! Which pieces of road lie near a place, and where on them it falls.

use geo::Coord;
use rstar::AABB;
use rstar::PointDistance;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rstar::primitives::Line;

use super::network::Network;

/// Metres of a degree of latitude on the sphere that lengths are measured on.
const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;

/// A flat map of metres round some latitude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    scale: [f64; 2],
}

impl Frame {
    pub(super) fn at(planar: bool, latitude: f64) -> Self {
        let scale = if planar {
            [1.0, 1.0]
        } else {
            // Near the poles a degree of longitude comes to nothing; stop short of it.
            let cos = latitude.to_radians().cos().max(0.01);
            [METRES_PER_DEGREE * cos, METRES_PER_DEGREE]
        };
        Self { scale }
    }

    pub(super) fn metres(&self, at: Coord<f64>) -> [f64; 2] {
        [at.x * self.scale[0], at.y * self.scale[1]]
    }
}

/// Where a place falls on a piece of road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Foot {
    pub(super) piece: u32,
    /// Share of the piece before the foot, in drawing direction.
    pub(super) share: f64,
    /// From the place to the foot.
    pub(super) metres: f64,
}

/// Finds pieces near places.
pub(super) struct Nearby<'a> {
    network: &'a Network,
    frame: Frame,
    /// How far, as a factor, distances in the one frame may be from true ones.
    slack: f64,
    tree: RTree<GeomWithData<Line<[f64; 2]>, u32>>,
}

impl<'a> Nearby<'a> {
    pub(super) fn new(network: &'a Network) -> Self {
        let latitudes = || network.at.iter().map(|c| c.y);
        let south = latitudes().fold(f64::INFINITY, f64::min);
        let north = latitudes().fold(f64::NEG_INFINITY, f64::max);
        let frame = Frame::at(network.planar, (south + north) / 2.0);
        let stretch = |latitude: f64| {
            let ratio = Frame::at(network.planar, latitude).scale[0] / frame.scale[0];
            ratio.max(1.0 / ratio)
        };
        let point = |v: u32| frame.metres(network.at[v as usize]);
        let lines = network.pieces.iter().enumerate().map(|(i, piece)| {
            GeomWithData::new(Line::new(point(piece.from), point(piece.to)), i as u32)
        });
        let slack = if network.at.is_empty() {
            1.0
        } else {
            stretch(south).max(stretch(north))
        };
        Self {
            network,
            frame,
            slack: slack * 1.000_001,
            tree: RTree::bulk_load(lines.collect()),
        }
    }

    /// The nearest piece that `admits`; of equally near ones the first.
    pub(super) fn nearest(&self, place: Coord<f64>, admits: impl Fn(u32) -> bool) -> Option<Foot> {
        let mut best: Option<Foot> = None;
        let from = self.frame.metres(place);
        for (line, squared) in self.tree.nearest_neighbor_iter_with_distance_2(&from) {
            if best.is_some_and(|b| squared.sqrt() > b.metres * self.slack) {
                break;
            }
            if !admits(line.data) {
                continue;
            }
            let foot = self.foot(place, line.data);
            let nearer = |b: Foot| (foot.metres, foot.piece) < (b.metres, b.piece);
            if best.is_none_or(nearer) {
                best = Some(foot);
            }
        }
        best
    }

    /// All pieces within `metres` that `admits`, nearest first.
    pub(super) fn within(
        &self,
        place: Coord<f64>,
        metres: f64,
        admits: impl Fn(u32) -> bool,
    ) -> Vec<Foot> {
        let from = self.frame.metres(place);
        let reach = metres * self.slack;
        let around = AABB::from_corners(from.map(|c| c - reach), from.map(|c| c + reach));
        let lines = self.tree.locate_in_envelope_intersecting(&around);
        let close = lines.filter(|l| l.distance_2(&from) <= reach * reach && admits(l.data));
        let mut feet: Vec<Foot> = close.map(|l| self.foot(place, l.data)).collect();
        feet.retain(|f| f.metres <= metres);
        feet.sort_by(|a, b| a.metres.total_cmp(&b.metres).then(a.piece.cmp(&b.piece)));
        feet
    }

    /// Where a place falls on a piece, measured in the flat map round the place.
    fn foot(&self, place: Coord<f64>, piece: u32) -> Foot {
        let frame = Frame::at(self.network.planar, place.y);
        let ends = self.network.pieces[piece as usize];
        let [a, b] = [ends.from, ends.to].map(|v| frame.metres(self.network.at[v as usize]));
        let (share, metres) = project(frame.metres(place), a, b);
        Foot {
            piece,
            share,
            metres,
        }
    }
}

/// Where `p` falls between `a` and `b`, as a share, and how far it is from there.
pub(super) fn project(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> (f64, f64) {
    let along = [b[0] - a[0], b[1] - a[1]];
    let squared = along[0] * along[0] + along[1] * along[1];
    let dot = (p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1];
    let share = if squared > 0.0 {
        (dot / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let foot = [a[0] + share * along[0], a[1] + share * along[1]];
    (share, (p[0] - foot[0]).hypot(p[1] - foot[1]))
}
