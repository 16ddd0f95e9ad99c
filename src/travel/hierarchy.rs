//! A contraction hierarchy, laid out for searches: nodes are named by their rank.

use super::contract::Contracted;
use super::contract::Link;
use super::contract::NONE;
use super::contract::Part;
use super::contract::contract;
use super::cost::Cost;
use super::network::Network;

/// An edge of the hierarchy between a node and one of higher rank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Climb {
    /// The end of higher rank.
    pub(super) top: u32,
    /// What it costs.
    pub(super) cost: Cost,
    /// Which part it is.
    pub(super) part: u32,
}

/// Edges by their end of lower rank.
#[derive(Debug)]
pub(super) struct Climbs {
    first: Vec<u32>,
    climbs: Vec<Climb>,
}

impl Climbs {
    /// Edges of a node, by rank of their other end.
    pub(super) fn of(&self, rank: u32) -> &[Climb] {
        let r = rank as usize;
        &self.climbs[self.first[r] as usize..self.first[r + 1] as usize]
    }

    fn new(order: &[u32], rank: &[u32], links: &[Vec<Link>]) -> Self {
        let mut first = vec![0];
        let mut climbs: Vec<Climb> = Vec::new();
        for &node in order {
            let start = climbs.len();
            climbs.extend(links[node as usize].iter().map(|l| Climb {
                top: rank[l.node as usize],
                cost: l.cost,
                part: l.part,
            }));
            climbs[start..].sort_unstable_by_key(|c| c.top);
            first.push(climbs.len() as u32);
        }
        Self { first, climbs }
    }
}

/// A contraction hierarchy of a network.
///
/// Every shortest path of the network has an equally good one that first climbs in rank
/// along [`Hierarchy::up`] and then descends along [`Hierarchy::down`].
#[derive(Debug)]
pub(super) struct Hierarchy {
    rank: Vec<u32>,
    /// Edges that leave a node for a higher one.
    pub(super) up: Climbs,
    /// Edges that enter a node from a higher one.
    pub(super) down: Climbs,
    parts: Vec<Part>,
}

impl Hierarchy {
    /// Contracts a network.
    pub(super) fn new(network: &Network) -> Self {
        let Contracted {
            order,
            up,
            down,
            parts,
        } = contract(network);
        let mut rank = vec![0; order.len()];
        for (r, &node) in order.iter().enumerate() {
            rank[node as usize] = r as u32;
        }
        Self {
            up: Climbs::new(&order, &rank, &up),
            down: Climbs::new(&order, &rank, &down),
            rank,
            parts,
        }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.rank.len()
    }

    /// Rank of a node.
    pub(super) fn rank(&self, node: u32) -> u32 {
        self.rank[node as usize]
    }

    /// Appends the edges of the network that a part stands for: node and cost of each.
    pub(super) fn unpack(&self, part: u32, edges: &mut Vec<(u32, Cost)>) {
        let mut stack = vec![part];
        while let Some(part) = stack.pop() {
            let Part {
                first,
                second,
                cost,
            } = self.parts[part as usize];
            if first == NONE {
                edges.push((second, cost));
            } else {
                stack.extend([second, first]);
            }
        }
    }
}
