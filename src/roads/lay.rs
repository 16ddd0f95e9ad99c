//! Lays arcs along a network that is cut at some points, and takes over what each profile
//! may do: times, forbidden turns, what is connected.

use std::collections::BTreeMap;

use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;

use super::BuildNotes;
use super::cuts::Cuts;
use super::graph::Arc;
use super::graph::PerProfile;
use super::graph::RoadGraph;
use super::graph::Vertex;
use super::network::Lane;
use super::network::Network;
use super::usage::CLOSED;
use super::usage::Usage;
use crate::ids::ArcId;
use crate::ids::Id;
use crate::units::Millimetres;

/// The graph of a network that is cut at some points.
pub(super) fn lay(network: Network, cuts: &Cuts, notes: BuildNotes) -> RoadGraph {
    let put_in = cuts.vertices.iter().enumerate();
    let put_in = put_in.map(|(k, &at)| Vertex {
        at,
        reference: -1 - k as i64,
    });
    let of_map = network.at.iter().zip(&network.ids);
    let of_map = of_map.map(|(&at, &reference)| Vertex { at, reference });
    let mut graph = DiGraph::with_capacity(
        network.at.len() + cuts.vertices.len(),
        network.pieces.len() * 2 + cuts.vertices.len() * 2,
    );
    for vertex in of_map.chain(put_in) {
        graph.add_node(vertex);
    }
    let mut laying = Laying::new(&network);
    for piece in 0..network.pieces.len() as u32 {
        laying.piece(&mut graph, piece, cuts.of(piece));
    }
    let Laying { arcs, times, .. } = laying;
    let profile = |(usage, times): (&Usage, _)| PerProfile {
        times,
        forbidden: forbidden(usage, &arcs, cuts),
        connected: connected(usage, cuts),
    };
    let profiles = network.usages.iter().zip(times).map(profile).collect();
    RoadGraph {
        network,
        graph,
        profiles,
        notes,
        arcs,
    }
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
    let before = |at: i64| i128::from(whole) * i128::from(at) / i128::from(length.max(1));
    let running = if until - from == length {
        i128::from(whole)
    } else {
        (before(until) - before(from)).max(1)
    };
    (running + i128::from(delay)).min(i128::from(CLOSED) - 1) as u32
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
