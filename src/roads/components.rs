//! What can be driven to and back: the largest strongly connected component of a profile.
//!
//! At a vertex where some turn is forbidden, what can be reached depends on how one came, so
//! such a vertex stands once for each lane that leads to it. Longer forbidden sequences are
//! left out of account: they close a detour, hardly ever an area.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;

use super::network::Lane;
use super::network::Network;
use super::notes::Components;
use super::usage::Usage;

/// What can be driven to and back.
pub(super) struct Found {
    pub(super) lanes: Vec<bool>,
    pub(super) vertices: Vec<bool>,
    pub(super) sizes: Components,
}

/// Finds the largest component of a profile; of several the one with the lowest vertex.
pub(super) fn find(network: &Network, usage: &Usage) -> Found {
    let states = States::new(network, usage);
    let components = kosaraju_scc(&states.graph);
    let lowest = |c: &Vec<NodeIndex>| c.iter().min().map_or(0, |n| n.index());
    let largest = components
        .iter()
        .max_by_key(|c| (c.len(), std::cmp::Reverse(lowest(c))));
    let mut inside = vec![false; states.graph.node_count()];
    for node in largest.into_iter().filter(|c| c.len() > 1).flatten() {
        inside[node.index()] = true;
    }
    let (lanes, vertices) = states.spread(&inside);
    let mut sizes = Components {
        count: components.iter().filter(|c| c.len() > 1).count() as u64,
        ..Components::default()
    };
    let (mut all, mut largest) = (0, 0);
    for lane in network.lanes().filter(|&l| usage.open(l)) {
        let mm = network.piece(lane).millimetres;
        sizes.arcs += 1;
        all += mm;
        if lanes[lane.index()] {
            sizes.largest_arcs += 1;
            largest += mm;
        }
    }
    sizes.metres = (all / 1000) as u64;
    sizes.largest_metres = (largest / 1000) as u64;
    Found {
        lanes,
        vertices,
        sizes,
    }
}

/// Vertices, those with a forbidden turn once for each lane that leads to them.
struct States<'a> {
    network: &'a Network,
    usage: &'a Usage,
    pairs: BTreeSet<(Lane, Lane)>,
    /// Vertices with a forbidden turn.
    special: BTreeSet<u32>,
    /// Lanes that lead to those, ascending: the k-th is state `vertices + k`.
    copies: Vec<Lane>,
    graph: DiGraph<(), ()>,
}

impl<'a> States<'a> {
    fn new(network: &'a Network, usage: &'a Usage) -> Self {
        let turns = usage.forbidden.iter().filter(|s| s.len() == 2);
        let pairs: BTreeSet<(Lane, Lane)> = turns.map(|s| (s[0], s[1])).collect();
        let special: BTreeSet<u32> = pairs.iter().map(|&(into, _)| network.head(into)).collect();
        let arriving = |&v: &u32| network.leaving(v).iter().map(|l| l.reverse());
        let mut copies: Vec<Lane> = special.iter().flat_map(arriving).collect();
        copies.retain(|&l| usage.open(l));
        copies.sort();
        let graph =
            DiGraph::with_capacity(network.at.len() + copies.len(), network.pieces.len() * 2);
        let mut states = Self {
            network,
            usage,
            pairs,
            special,
            copies,
            graph,
        };
        for _ in 0..network.at.len() + states.copies.len() {
            states.graph.add_node(());
        }
        for lane in network.lanes().filter(|&l| usage.open(l)) {
            for from in states.befores(lane) {
                let (from, to) = (NodeIndex::new(from), NodeIndex::new(states.after(lane)));
                states.graph.add_edge(from, to, ());
            }
        }
        states
    }

    /// The state one is in at the end of a lane.
    fn after(&self, lane: Lane) -> usize {
        let head = self.network.head(lane);
        if !self.special.contains(&head) {
            return head as usize;
        }
        match self.copies.binary_search(&lane) {
            Ok(k) => self.network.at.len() + k,
            Err(_) => head as usize,
        }
    }

    /// The states from which a lane may be driven.
    fn befores(&self, lane: Lane) -> Vec<usize> {
        let tail = self.network.tail(lane);
        if !self.special.contains(&tail) {
            return vec![tail as usize];
        }
        let arriving = self.network.leaving(tail).iter().map(|l| l.reverse());
        arriving
            .filter(|&into| self.usage.open(into) && !self.pairs.contains(&(into, lane)))
            .map(|into| self.after(into))
            .collect()
    }

    /// From states to lanes and vertices.
    fn spread(&self, inside: &[bool]) -> (Vec<bool>, Vec<bool>) {
        let mut vertices = inside[..self.network.at.len()].to_vec();
        let connected = |lane: Lane| {
            self.usage.open(lane)
                && inside[self.after(lane)]
                && self.befores(lane).iter().any(|&s| inside[s])
        };
        let lanes: Vec<bool> = self.network.lanes().map(connected).collect();
        for &lane in self.copies.iter().filter(|l| lanes[l.index()]) {
            vertices[self.network.head(lane) as usize] = true;
        }
        (lanes, vertices)
    }
}
