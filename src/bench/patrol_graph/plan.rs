//! The explicit answer: for each agent the vertices that it comes by, edge by edge, with times,
//! again and again.

use super::closure::Closure;
use super::graph::Graph;
use super::walks::Walk;
use super::walks::Walks;
use crate::bench::Answer;
use crate::bench::Round;

/// The plan of a cyclic answer: agents of a walk follow each other at equal distances. Times
/// are in pixels gone, places are indices into [`Graph::vertices`].
pub fn plan(walks: &Walks, graph: &Graph, closure: &Closure) -> Answer {
    let rounds = walks.0.iter().filter(|w| !w.order.is_empty());
    let rounds = rounds.flat_map(|walk| rounds_of(walk, graph, closure));
    Answer {
        rounds: rounds.collect(),
        ..Answer::default()
    }
}

/// The rounds of the agents of a walk.
fn rounds_of(walk: &Walk, graph: &Graph, closure: &Closure) -> Vec<Round> {
    let stops = edge_by_edge(&walk.order, graph, closure);
    let length = closure.length(&walk.order);
    let ticks = i64::from(walk.agents);
    let round = |agent: i64| Round {
        ticks,
        period: length * ticks,
        stops: stops
            .iter()
            .map(|&(v, at)| (v, at * ticks + agent * length))
            .collect(),
    };
    (0..ticks).map(round).collect()
}

/// All vertices that a closed walk comes by, with the pixels gone before each.
fn edge_by_edge(order: &[u32], graph: &Graph, closure: &Closure) -> Vec<(u32, i64)> {
    let mut stops = Vec::new();
    let mut gone = 0;
    for (&from, &to) in order.iter().zip(order.iter().cycle().skip(1)) {
        let mut at = from;
        while at != to {
            stops.push((at, gone));
            let mut ways = graph.vertices[at as usize].neighbours.iter();
            let nearer =
                ways.find(|&&(n, c)| c + closure.distance(n, to) == closure.distance(at, to));
            let Some(&(next, cost)) = nearer else { break };
            gone += cost;
            at = next;
        }
    }
    if stops.is_empty() {
        stops.extend(order.first().map(|&v| (v, 0)));
    }
    stops
}
