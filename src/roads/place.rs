//! Puts places on the roads: points to the nearest road, lines to the roads that follow them.

use geo::Coord;

use super::RoadGraph;
use super::cuts::Cuts;
use super::cuts::Spot;
use super::cuts::spot;
use super::lay::lay;
use super::match_lines::Route;
use super::match_lines::match_line;
use super::nearby::Nearby;
use super::network::Lane;
use super::network::Network;
use crate::ids::ArcId;
use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::par;

/// Where a place meets the roads of one profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The vertex (put in where the nearest point lies inside an arc).
    pub vertex: VertexId,
    /// Distance from the place to that point, metres.
    pub distance_metres: f64,
}

/// A place with no road near enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Miss {
    /// Distance to the nearest road that the profile can drive to and back, metres; `None`
    /// when it has none at all.
    pub nearest_metres: Option<f64>,
}

/// A road graph with places on it.
#[derive(Debug)]
pub struct Placed {
    /// The roads, cut at the places.
    pub roads: RoadGraph,
    /// Where each point is, or how far it is from the nearest road.
    pub points: Vec<Result<Snap, Miss>>,
    /// The arcs of each line in driving order, or why there are none.
    pub lines: Vec<Result<Vec<ArcId>, String>>,
}

impl RoadGraph {
    /// Puts places on the roads: points to the nearest connected arc of their profile within
    /// `limit_metres`, lines (courses of key segments) to the arcs that follow them from
    /// their first point to their last. Vertices are put in where the roads must be cut, so
    /// arcs and vertices of the graph before lose their meaning. The k-th new vertex gets
    /// reference `-1 - k`, counting through the points in order, then through starts and ends
    /// of the lines in order. Places of an earlier call are forgotten.
    pub fn place(
        self,
        points: &[(Coord<f64>, ProfileId)],
        limit_metres: f64,
        lines: &[(Vec<Coord<f64>>, ProfileId)],
    ) -> Placed {
        let Self { network, notes, .. } = self;
        let (feet, routes) = {
            let nearby = Nearby::new(&network);
            let feet = par::map(points, |&(at, profile)| {
                nearest(&network, &nearby, at, profile)
            });
            let routes = par::map(lines, |(line, profile)| {
                match_line(&network, &nearby, line, *profile)
            });
            (feet, routes)
        };
        let mut cuts = Cuts::default();
        let points = feet.into_iter().map(|found| match found {
            Some((spot, metres)) if metres <= limit_metres => Ok(Snap {
                vertex: VertexId(cuts.vertex(&network, spot)),
                distance_metres: metres,
            }),
            found => Err(Miss {
                nearest_metres: found.map(|(_, metres)| metres),
            }),
        });
        let points = points.collect();
        let ends: Vec<Option<(VertexId, VertexId)>> = routes
            .iter()
            .map(|route| {
                route.as_ref().ok().map(|r| {
                    let [start, end] = r.ends(&network).map(|s| VertexId(cuts.vertex(&network, s)));
                    (start, end)
                })
            })
            .collect();
        let roads = lay(network, &cuts, notes);
        let lines = routes.into_iter().zip(ends).map(|(route, ends)| {
            let route = route?;
            let (start, end) = ends.ok_or("its ends are not on a road")?;
            Ok(roads.arcs_between(&route.lanes, start, end))
        });
        let lines = lines.collect();
        Placed {
            roads,
            points,
            lines,
        }
    }

    /// The arcs of lanes driven in a row, from a vertex on the first to one on the last.
    fn arcs_between(&self, lanes: &[Lane], start: VertexId, end: VertexId) -> Vec<ArcId> {
        let mut arcs: Vec<ArcId> = Vec::new();
        for (k, &lane) in lanes.iter().enumerate() {
            let mut of_lane = self.arcs.of(lane);
            if k + 1 == lanes.len() {
                let last = of_lane.iter().position(|&a| self.ends(a).1 == end);
                of_lane.truncate(last.map_or(of_lane.len(), |i| i + 1));
            }
            if k == 0 {
                let first = of_lane.iter().position(|&a| self.ends(a).0 == start);
                of_lane.drain(..first.unwrap_or(0));
            }
            arcs.extend(of_lane);
        }
        arcs
    }
}

/// The nearest spot where a unit of the profile may stop, and how far it is.
fn nearest(
    network: &Network,
    nearby: &Nearby<'_>,
    at: Coord<f64>,
    profile: ProfileId,
) -> Option<(Spot, f64)> {
    let usage = &network.usages[profile.index()];
    let finite = at.x.is_finite() && at.y.is_finite();
    if !finite || !usage.connected.contains(&true) {
        return None;
    }
    let admits = |piece: u32| {
        let connected = |b| usage.connected[Lane::new(piece, b).index()];
        usage.may_stop[network.pieces[piece as usize].way as usize]
            && (connected(false) || connected(true))
    };
    let foot = nearby.nearest(at, admits)?;
    Some((spot(network, usage, foot.piece, foot.share), foot.metres))
}

impl Route {
    /// Where the route starts and ends.
    fn ends(&self, network: &Network) -> [Spot; 2] {
        let spot_on = |lane: Lane, offset: i64| {
            let length = network.piece(lane).millimetres;
            let offset = if lane.backward() {
                length - offset
            } else {
                offset
            };
            Spot {
                piece: lane.piece(),
                offset,
            }
        };
        let first = spot_on(self.lanes[0], self.start);
        let last = spot_on(self.lanes[self.lanes.len() - 1], self.end);
        [first, last]
    }
}
