//! The road graph as everybody else sees it.

use std::collections::BTreeMap;
use std::fmt;

use geo::Coord;
use petgraph::graph::DiGraph;
use petgraph::graph::EdgeIndex;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::BuildNotes;
use super::RoadData;
use super::cuts::Cuts;
use super::network::CLOSED;
use super::network::Lane;
use super::network::Network;
use super::network::Usage;
use super::profile::Profile;
use crate::error::Result;
use crate::ids::ArcId;
use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::units::Millimetres;
use crate::units::Millis;

/// How fast a unit moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pace {
    /// Ordinary patrol driving.
    Patrol,
    /// To an emergency.
    Urgent,
}

/// The directed road graph with a travel time per profile and pace on every arc.
pub struct RoadGraph {
    /// Roads before any place was put on them, kept to cut them anew.
    pub(super) network: Network,
    graph: DiGraph<Vertex, Arc>,
    /// Number of vertices that are map nodes; those put in follow.
    map_vertices: usize,
    profiles: Vec<PerProfile>,
    notes: BuildNotes,
    /// Arcs of each lane in driving order.
    pub(super) arcs: LaneArcs,
}

#[derive(Debug)]
struct Vertex {
    at: Coord<f64>,
    reference: i64,
}

#[derive(Debug)]
struct Arc {
    length: Millimetres,
    way: u32,
}

/// What differs between profiles.
#[derive(Debug)]
struct PerProfile {
    /// Milliseconds of each arc, patrol and urgent; [`CLOSED`] where it may not drive.
    times: Vec<[u32; 2]>,
    forbidden: Vec<Vec<ArcId>>,
    connected: Vec<bool>,
}

impl fmt::Debug for RoadGraph {
    /// Its size: the roads themselves would fill pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RoadGraph");
        debug.field("vertices", &self.vertex_count());
        debug.field("arcs", &self.arc_count());
        debug.finish_non_exhaustive()
    }
}

impl RoadGraph {
    /// Builds the graph of `data` for `profiles`.
    ///
    /// # Errors
    /// `R203` when there are more roads than can be numbered.
    pub fn build(data: &RoadData, profiles: &[Profile]) -> Result<Self> {
        let (network, of_profiles) = Network::build(data, profiles)?;
        let notes = BuildNotes::new(data, of_profiles);
        Ok(Self::assemble(network, &Cuts::default(), notes))
    }

    /// Lays the arcs of a network that is cut at some points.
    pub(super) fn assemble(network: Network, cuts: &Cuts, notes: BuildNotes) -> Self {
        let mut graph = DiGraph::with_capacity(
            network.at.len() + cuts.vertices.len(),
            network.pieces.len() * 2 + cuts.vertices.len() * 2,
        );
        for (&at, &reference) in network.at.iter().zip(&network.ids) {
            graph.add_node(Vertex { at, reference });
        }
        for (k, &at) in cuts.vertices.iter().enumerate() {
            graph.add_node(Vertex {
                at,
                reference: -1 - k as i64,
            });
        }
        let mut laying = Laying::new(&network);
        for piece in 0..network.pieces.len() as u32 {
            laying.piece(&mut graph, piece, cuts.of(piece));
        }
        let (arcs, times) = (laying.arcs, laying.times);
        let profiles = network
            .usages
            .iter()
            .zip(times)
            .map(|(usage, times)| PerProfile {
                times,
                forbidden: forbidden(usage, &arcs, cuts),
                connected: connected(usage, cuts),
            });
        let profiles = profiles.collect();
        let map_vertices = network.at.len();
        Self {
            network,
            graph,
            map_vertices,
            profiles,
            notes,
            arcs,
        }
    }

    /// Takes the graph apart to lay it anew.
    pub(super) fn into_parts(self) -> (Network, BuildNotes) {
        (self.network, self.notes)
    }

    /// What building left out, and why.
    pub fn notes(&self) -> &BuildNotes {
        &self.notes
    }

    /// Number of vertices.
    pub fn vertex_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of arcs.
    pub fn arc_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// Number of profiles.
    pub fn profile_count(&self) -> usize {
        self.profiles.len()
    }

    /// Position of a vertex: longitude and latitude in degrees, or planar metres.
    pub fn position(&self, v: VertexId) -> Coord<f64> {
        self.graph[node(v)].at
    }

    /// Whether positions are planar metres (else WGS-84 degrees).
    pub fn is_planar(&self) -> bool {
        self.network.planar
    }

    /// The map's own id of a vertex; negative for vertices put in by [`RoadGraph::place`].
    pub fn reference(&self, v: VertexId) -> i64 {
        self.graph[node(v)].reference
    }

    /// The vertex with that reference.
    pub fn vertex_of(&self, reference: i64) -> Option<VertexId> {
        if reference >= 0 {
            return self.network.vertex_of(reference).map(VertexId);
        }
        let k = usize::try_from(-1 - reference).ok()?;
        let v = self.map_vertices.checked_add(k)?;
        (v < self.vertex_count()).then(|| VertexId::new(v))
    }

    /// Arcs that leave a vertex, in a fixed order.
    pub fn out_arcs(&self, v: VertexId) -> impl Iterator<Item = ArcId> + '_ {
        self.graph
            .edges(node(v))
            .map(|e| ArcId::new(e.id().index()))
    }

    /// Start and end of an arc.
    pub fn ends(&self, a: ArcId) -> (VertexId, VertexId) {
        let edges = self.graph.raw_edges();
        let edge = &edges[a.index()];
        (
            VertexId::new(edge.source().index()),
            VertexId::new(edge.target().index()),
        )
    }

    /// Length of an arc.
    pub fn length(&self, a: ArcId) -> Millimetres {
        self.graph[edge(a)].length
    }

    /// Road class of an arc, such as `residential`: what the map calls it, without `_link`.
    pub fn class(&self, a: ArcId) -> &str {
        &self.network.classes[self.way(a)]
    }

    /// Position of an arc's way in [`RoadData::ways`].
    pub fn way(&self, a: ArcId) -> usize {
        self.graph[edge(a)].way as usize
    }

    /// Travel time of an arc, `None` where the profile may not use it.
    pub fn time(&self, a: ArcId, profile: ProfileId, pace: Pace) -> Option<Millis> {
        let times = self.profiles[profile.index()].times[a.index()];
        let ms = times[match pace {
            Pace::Patrol => 0,
            Pace::Urgent => 1,
        }];
        (ms != CLOSED).then(|| Millis(i64::from(ms)))
    }

    /// Sequences of arcs that a profile may not drive in a row (two or more arcs each), in a
    /// fixed order: turn restrictions, barriers it cannot pass, and, where turn restrictions
    /// bind it, turning round at a vertex that a place put in, so that places change no
    /// travel time. A path from one stop to the next is legal when it contains none of them;
    /// how a unit goes on after a stop is free.
    pub fn forbidden(&self, profile: ProfileId) -> &[Vec<ArcId>] {
        &self.profiles[profile.index()].forbidden
    }

    /// Whether a barrier at a vertex lets the profile only turn round there. [`Self::forbidden`]
    /// says the same in turns; this is for searches that leave turn restrictions aside.
    pub fn is_barred(&self, v: VertexId, profile: ProfileId) -> bool {
        self.network.usages[profile.index()].barred.contains(&v.0)
    }

    /// Whether a vertex can be left and come back to: it lies in the profile's largest
    /// strongly connected component.
    pub fn is_connected(&self, v: VertexId, profile: ProfileId) -> bool {
        self.profiles[profile.index()].connected[v.index()]
    }
}

fn node(v: VertexId) -> NodeIndex {
    NodeIndex::new(v.index())
}

fn edge(a: ArcId) -> EdgeIndex {
    EdgeIndex::new(a.index())
}

/// Arcs of each lane in driving order: one, or several where the lane is cut.
#[derive(Debug)]
pub(super) struct LaneArcs {
    /// Arc of each lane that is not cut, `u32::MAX` where it has none or several.
    single: Vec<u32>,
    several: BTreeMap<Lane, Vec<ArcId>>,
}

impl LaneArcs {
    /// The arcs of a lane; none where no profile may use it.
    pub(super) fn of(&self, lane: Lane) -> Vec<ArcId> {
        match self.single[lane.index()] {
            u32::MAX => self.several.get(&lane).cloned().unwrap_or_default(),
            arc => vec![ArcId(arc)],
        }
    }
}

/// Lays arcs piece by piece.
struct Laying<'a> {
    network: &'a Network,
    arcs: LaneArcs,
    times: Vec<Vec<[u32; 2]>>,
}

impl<'a> Laying<'a> {
    fn new(network: &'a Network) -> Self {
        let arcs = LaneArcs {
            single: vec![u32::MAX; network.pieces.len() * 2],
            several: BTreeMap::new(),
        };
        Self {
            network,
            arcs,
            times: vec![Vec::new(); network.usages.len()],
        }
    }

    /// Lays both lanes of a piece, cut at `(millimetres from its start, vertex)`, ascending.
    fn piece(&mut self, graph: &mut DiGraph<Vertex, Arc>, piece: u32, cuts: &[(i64, u32)]) {
        let whole = self.network.pieces[piece as usize];
        let mut points = vec![(0, whole.from)];
        points.extend(cuts);
        points.push((whole.millimetres, whole.to));
        for backward in [false, true] {
            let lane = Lane::new(piece, backward);
            if !self.network.usages.iter().any(|u| u.open(lane)) {
                continue;
            }
            let mut laid = Vec::with_capacity(points.len() - 1);
            for pair in points.windows(2) {
                let ((from, a), (until, b)) = (pair[0], pair[1]);
                let (tail, head) = if backward { (b, a) } else { (a, b) };
                let (tail, head) = (NodeIndex::new(tail as usize), NodeIndex::new(head as usize));
                let arc = Arc {
                    length: Millimetres(until - from),
                    way: whole.way,
                };
                laid.push(ArcId::new(graph.add_edge(tail, head, arc).index()));
                for (usage, times) in self.network.usages.iter().zip(&mut self.times) {
                    let delay = usage
                        .delays
                        .get(&(head.index() as u32))
                        .copied()
                        .unwrap_or(0);
                    let part = |ms: u32| part(ms, from, until, whole.millimetres, delay);
                    times.push(usage.times[lane.index()].map(part));
                }
            }
            if backward {
                laid.reverse();
            }
            match laid[..] {
                [single] => self.arcs.single[lane.index()] = single.0,
                _ => {
                    self.arcs.several.insert(lane, laid);
                }
            }
        }
    }
}

/// Milliseconds of the part of a lane between two points, given those of the whole lane.
/// Parts add up to the whole, but that none takes less than one millisecond.
fn part(whole: u32, from: i64, until: i64, length: i64, delay: u32) -> u32 {
    if whole == CLOSED {
        return CLOSED;
    }
    let before = |at: i64| i64::from(whole) * at / length.max(1);
    let running = if until - from == length {
        i64::from(whole)
    } else {
        (before(until) - before(from)).max(1)
    };
    (running + i64::from(delay)).min(i64::from(CLOSED) - 1) as u32
}

/// Forbidden lane sequences as arcs. Of the first lane only the arc that touches the second
/// matters, of the last only the one that touches the last but one.
fn forbidden(usage: &Usage, arcs: &LaneArcs, cuts: &Cuts) -> Vec<Vec<ArcId>> {
    let mut all = Vec::with_capacity(usage.forbidden.len());
    for lanes in &usage.forbidden {
        let (Some((first, rest)), Some(last)) = (lanes.split_first(), lanes.last()) else {
            continue;
        };
        let mut sequence: Vec<ArcId> = arcs.of(*first).last().copied().into_iter().collect();
        for lane in &rest[..rest.len() - 1] {
            sequence.extend(arcs.of(*lane));
        }
        sequence.extend(arcs.of(*last).first());
        all.push(sequence);
    }
    if usage.restricted {
        for piece in cuts.pieces() {
            let ways = [Lane::new(piece, false), Lane::new(piece, true)];
            if ways.iter().all(|&l| usage.open(l)) {
                all.extend(turning_round(ways.map(|l| arcs.of(l))));
            }
        }
    }
    all.sort();
    all
}

/// Turning round at each cut of a piece, given its arcs forward and backward.
fn turning_round([forward, mut backward]: [Vec<ArcId>; 2]) -> Vec<Vec<ArcId>> {
    backward.reverse();
    let mut turns = Vec::new();
    for k in 1..forward.len() {
        turns.push(vec![forward[k - 1], backward[k - 1]]);
        turns.push(vec![backward[k], forward[k]]);
    }
    turns
}

/// Which vertices can be driven to and back, those put in included.
fn connected(usage: &Usage, cuts: &Cuts) -> Vec<bool> {
    let mut connected = usage.connected_vertex.clone();
    connected.resize(connected.len() + cuts.vertices.len(), false);
    for piece in cuts.pieces() {
        let inside = [false, true].map(|b| usage.connected[Lane::new(piece, b).index()]);
        for &(_, vertex) in cuts.of(piece) {
            connected[vertex as usize] = inside[0] || inside[1];
        }
    }
    connected
}
