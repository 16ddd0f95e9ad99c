//! The graph that searches run on: vertices, split where turn restrictions ask for it.
//!
//! A node of the network is a vertex together with the state of the [`Automaton`] of the
//! forbidden sequences. Nearly always that state is the root, so the network has one node
//! per vertex plus one per beginning of a forbidden sequence, and not one per arc as an
//! edge-based graph has. A path of the network is a legal path of the roads and the other
//! way round, so any ordinary shortest-path algorithm is exact here.

use super::arcs::ArcList;
use super::automaton::Automaton;
use super::automaton::ROOT;
use super::cost::Cost;
use crate::ids::Id;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::roads::Pace;
use crate::roads::RoadGraph;

/// An edge of the network, out of a node known from where it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    /// Node it leads to.
    pub(super) head: u32,
    /// What it costs.
    pub(super) cost: Cost,
}

/// Roads of one profile at one pace, ready for searches.
#[derive(Debug)]
pub struct Network {
    vertices: usize,
    /// Edges of node `n` are `edges[first[n]..first[n + 1]]`, by head.
    first: Vec<u32>,
    edges: Vec<Edge>,
    /// Vertex of node `vertices + k`.
    split: Vec<u32>,
    /// The same by vertex: `(vertex, node)`, sorted.
    split_of: Vec<(u32, u32)>,
}

impl Network {
    /// The network of `profile` on `roads` at `pace`.
    pub fn new(roads: &RoadGraph, profile: ProfileId, pace: Pace) -> Self {
        Self::from_arcs(&ArcList::new(roads, profile, pace))
    }

    /// The network of plain arcs.
    pub fn from_arcs(list: &ArcList) -> Self {
        Splitter::new(list).network()
    }

    /// Number of vertices.
    pub fn vertex_count(&self) -> usize {
        self.vertices
    }

    /// Number of nodes: vertices, and what restrictions add.
    pub fn node_count(&self) -> usize {
        self.first.len() - 1
    }

    /// Number of edges between nodes.
    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Edges that leave a node, by head; at most one to each, none to itself.
    pub(super) fn out(&self, node: u32) -> &[Edge] {
        let n = node as usize;
        &self.edges[self.first[n] as usize..self.first[n + 1] as usize]
    }

    /// Where a leg from `v` starts: nothing is forbidden yet.
    pub(super) fn start(&self, v: VertexId) -> u32 {
        debug_assert!(v.index() < self.vertices);
        v.0
    }

    /// Where a leg to `v` may end: any node of that vertex.
    pub(super) fn ends(&self, v: VertexId) -> impl Iterator<Item = u32> + '_ {
        let from = self.split_of.partition_point(|&(w, _)| w < v.0);
        let split = self.split_of[from..].iter();
        let split = split.take_while(move |&&(w, _)| w == v.0);
        std::iter::once(v.0).chain(split.map(|&(_, node)| node))
    }

    /// The vertex of a node.
    pub(super) fn vertex(&self, node: u32) -> VertexId {
        match self.split.get((node as usize).wrapping_sub(self.vertices)) {
            Some(&vertex) => VertexId(vertex),
            None => VertexId(node),
        }
    }
}

/// Builds a [`Network`].
struct Splitter<'a> {
    list: &'a ArcList,
    /// Usable arcs of each vertex: positions in the list.
    out: Vec<Vec<u32>>,
    automaton: Automaton,
    /// Node of each live automaton state.
    node: Vec<u32>,
    split: Vec<u32>,
}

impl<'a> Splitter<'a> {
    fn new(list: &'a ArcList) -> Self {
        let mut out = vec![Vec::new(); list.vertices];
        for (k, arc) in list.arcs.iter().enumerate() {
            if arc_cost(list, k as u32).is_some() {
                out[arc.from.index()].push(k as u32);
            }
        }
        let drivable = |s: &&Vec<u32>| {
            let follow = |w: &[u32]| list.arcs[w[0] as usize].to == list.arcs[w[1] as usize].from;
            s.windows(2).all(follow)
        };
        let sequences: Vec<Vec<u32>> = list.forbidden.iter().filter(drivable).cloned().collect();
        let automaton = Automaton::new(&sequences);
        let mut node = vec![u32::MAX; automaton.len()];
        let mut split = Vec::new();
        for (state, arc) in automaton.live() {
            node[state as usize] = (list.vertices + split.len()) as u32;
            split.push(list.arcs[arc as usize].to.0);
        }
        Self {
            list,
            out,
            automaton,
            node,
            split,
        }
    }

    fn network(self) -> Network {
        let mut first = vec![0];
        let mut edges = Vec::with_capacity(self.list.arcs.len());
        let roots = (0..self.list.vertices as u32).map(|v| (v, v, ROOT));
        let live = self.automaton.live().map(|(state, arc)| {
            let vertex = self.list.arcs[arc as usize].to.0;
            (self.node[state as usize], vertex, state)
        });
        for (node, vertex, state) in roots.chain(live) {
            let mut leaving = self.leaving(node, vertex, state);
            edges.append(&mut leaving);
            first.push(edges.len() as u32);
        }
        let vertices = self.list.vertices;
        let nodes = self.split.iter().zip(vertices as u32..);
        let mut split_of: Vec<(u32, u32)> = nodes.map(|(&v, node)| (v, node)).collect();
        split_of.sort_unstable();
        Network {
            vertices,
            first,
            edges,
            split: self.split,
            split_of,
        }
    }

    /// Edges out of a node, the cheapest to each head, by head.
    fn leaving(&self, node: u32, vertex: u32, state: u32) -> Vec<Edge> {
        let mut leaving: Vec<Edge> = Vec::new();
        for &arc in &self.out[vertex as usize] {
            let Some(next) = self.automaton.after(state, arc) else {
                continue;
            };
            let head = match next {
                ROOT => self.list.arcs[arc as usize].to.0,
                _ => self.node[next as usize],
            };
            if let Some(cost) = arc_cost(self.list, arc)
                && head != node
            {
                leaving.push(Edge { head, cost });
            }
        }
        leaving.sort_unstable();
        leaving.dedup_by_key(|e| e.head);
        leaving
    }
}

/// What an arc costs, `None` when it is out of bounds.
fn arc_cost(list: &ArcList, arc: u32) -> Option<Cost> {
    let arc = &list.arcs[arc as usize];
    let time = u32::try_from(arc.time.0).ok()?;
    let length = u32::try_from(arc.length.0).ok()?;
    (time < Cost::NEVER.time).then_some(Cost { time, length })
}

#[cfg(test)]
mod tests {
    use super::super::arcs::Arc;
    use super::*;
    use crate::units::Millimetres;
    use crate::units::Millis;

    fn arc(from: u32, to: u32, time: i64) -> Arc {
        Arc {
            from: VertexId(from),
            to: VertexId(to),
            time: Millis(time),
            length: Millimetres(1000),
        }
    }

    #[test]
    fn only_beginnings_of_forbidden_sequences_split_vertices() {
        let list = ArcList {
            vertices: 4,
            arcs: vec![
                arc(0, 1, 1),
                arc(1, 2, 1),
                arc(2, 3, 1),
                arc(2, 1, 1),
                arc(0, 1, 2),
            ],
            forbidden: vec![vec![0, 1, 2], vec![1, 3], vec![0, 2]],
        };
        let network = Network::from_arcs(&list);
        // Beginnings: 0; 0 1; 1. The last sequence can never be driven and adds none.
        assert_eq!(network.node_count(), 4 + 3);
        assert_eq!(network.ends(VertexId(2)).count(), 3);
        assert!(
            network
                .ends(VertexId(2))
                .all(|n| network.vertex(n) == VertexId(2))
        );
        // From 0 the slower parallel arc stays, as it leads to a node of more freedom.
        assert_eq!(network.out(0).len(), 2);
    }

    #[test]
    fn arcs_out_of_bounds_are_left_out() {
        let list = ArcList {
            vertices: 2,
            arcs: vec![arc(0, 1, -1), arc(0, 1, 1 << 30), arc(1, 0, (1 << 30) - 1)],
            forbidden: vec![],
        };
        assert_eq!(Network::from_arcs(&list).edge_count(), 1);
    }
}
