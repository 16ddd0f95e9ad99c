//! Walking a path of the plan on the road graph, arc by arc.

use super::automaton::Automaton;
use super::automaton::FREE;
use super::code::Code;
use super::verdict::Amount;
use super::verdict::Findings;
use super::verdict::Place;
use crate::ids::ArcId;
use crate::ids::ProfileId;
use crate::ids::VertexId;
use crate::plan::Path;
use crate::roads::Pace;
use crate::roads::RoadGraph;
use crate::units::Millimetres;
use crate::units::Millis;

/// What a unit drives on one leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    /// Vertices passed, with the time since departure; never empty.
    pub(super) steps: Vec<(VertexId, Millis)>,
    /// Travel time.
    pub(super) time: Millis,
    /// Length.
    pub(super) length: Millimetres,
}

impl Walk {
    /// Where it starts.
    pub(super) fn start(&self) -> VertexId {
        self.steps[0].0
    }

    /// Where it ends.
    pub(super) fn end(&self) -> VertexId {
        self.steps[self.steps.len() - 1].0
    }
}

/// A way to have come to the vertex at hand; where arcs lie side by side there are several.
#[derive(Clone, Copy)]
struct Trail {
    /// State of the automaton.
    state: u32,
    /// Time, then length, so far.
    cost: (Millis, Millimetres),
    /// The trail it continues: its index among those of the vertex before.
    before: usize,
}

/// Walks the `index`-th path with its profile. `None` when it cannot be walked; the
/// findings then say why.
pub(super) fn walk(
    roads: &RoadGraph,
    profile: ProfileId,
    forbidden: &Automaton,
    path: &Path,
    index: usize,
    findings: &mut Findings,
) -> Option<Walk> {
    let place = || Place::default().path(index);
    if path.nodes.is_empty() {
        findings.add(Code::PathEmpty, place(), "the path passes no vertex");
        return None;
    }
    let vertices = vertices(roads, path, index, findings)?;
    let (layers, whole) = follow(roads, profile, forbidden, path, &vertices, index, findings);
    if !whole {
        return None;
    }
    let walk = retrace(&vertices, &layers)?;
    compare(path, &walk, index, findings);
    Some(walk)
}

/// The vertices behind the path's references.
fn vertices(
    roads: &RoadGraph,
    path: &Path,
    index: usize,
    findings: &mut Findings,
) -> Option<Vec<VertexId>> {
    let found: Vec<_> = path.nodes.iter().map(|&r| roads.vertex_of(r)).collect();
    for (reference, _) in path.nodes.iter().zip(&found).filter(|(_, v)| v.is_none()) {
        findings.add(
            Code::PathNode,
            Place::default().path(index),
            format!("the map has no vertex {reference}"),
        );
    }
    found.into_iter().collect()
}

/// Follows the vertices, keeping for each the cheapest trail per state of the automaton.
/// After a fault it starts anew behind it, so that all faults are found; the second value
/// says whether there was none.
fn follow(
    roads: &RoadGraph,
    profile: ProfileId,
    forbidden: &Automaton,
    path: &Path,
    vertices: &[VertexId],
    index: usize,
    findings: &mut Findings,
) -> (Vec<Vec<Trail>>, bool) {
    let fresh = Trail {
        state: FREE,
        cost: (Millis::ZERO, Millimetres::ZERO),
        before: 0,
    };
    let mut layers = vec![vec![fresh]];
    let mut whole = true;
    for (i, ends) in vertices.windows(2).enumerate() {
        let arcs = usable_arcs(roads, profile, ends[0], ends[1]);
        let mut layer = extend(&layers[i], &arcs, forbidden);
        if layer.is_empty() {
            let (code, why) = if arcs.is_empty() {
                (Code::PathBroken, "no arc that the profile may use leads")
            } else {
                (Code::PathForbidden, "a turn restriction forbids going")
            };
            let (a, b) = (path.nodes[i], path.nodes[i + 1]);
            let message = format!("{why} from vertex {a} to vertex {b}");
            findings.add(code, Place::default().path(index), message);
            whole = false;
            layer = vec![fresh];
        }
        layers.push(layer);
    }
    (layers, whole)
}

/// Arcs from one vertex to another that the profile may use, with time and length.
fn usable_arcs(
    roads: &RoadGraph,
    profile: ProfileId,
    from: VertexId,
    to: VertexId,
) -> Vec<(ArcId, Millis, Millimetres)> {
    roads
        .out_arcs(from)
        .filter(|&a| roads.ends(a).1 == to)
        .filter_map(|a| Some((a, roads.time(a, profile, Pace::Patrol)?, roads.length(a))))
        .collect()
}

/// All trails by one arc more, the cheapest for each state.
fn extend(
    trails: &[Trail],
    arcs: &[(ArcId, Millis, Millimetres)],
    forbidden: &Automaton,
) -> Vec<Trail> {
    let mut layer: Vec<Trail> = Vec::with_capacity(1);
    for (before, trail) in trails.iter().enumerate() {
        for &(arc, time, length) in arcs {
            let Some(state) = forbidden.step(trail.state, arc) else {
                continue;
            };
            let cost = (
                Millis(trail.cost.0.0.saturating_add(time.0)),
                Millimetres(trail.cost.1.0.saturating_add(length.0)),
            );
            let new = Trail {
                state,
                cost,
                before,
            };
            match layer.iter_mut().find(|t| t.state == state) {
                Some(old) if cost < old.cost => *old = new,
                Some(_) => {}
                None => layer.push(new),
            }
        }
    }
    layer
}

/// The cheapest trail, from its end back to its start.
fn retrace(vertices: &[VertexId], layers: &[Vec<Trail>]) -> Option<Walk> {
    let last = layers.last()?;
    let mut at = (0..last.len()).min_by_key(|&i| last[i].cost)?;
    let (time, length) = last[at].cost;
    let mut steps = Vec::with_capacity(vertices.len());
    for (&vertex, layer) in vertices.iter().zip(layers).rev() {
        steps.push((vertex, layer[at].cost.0));
        at = layer[at].before;
    }
    steps.reverse();
    Some(Walk {
        steps,
        time,
        length,
    })
}

/// What the path states must be what was walked.
fn compare(path: &Path, walk: &Walk, index: usize, findings: &mut Findings) {
    let seconds = walk.time.ceil_seconds();
    if path.seconds != seconds {
        findings.add_by(
            Code::PathSeconds,
            Place::default().path(index),
            Amount::seconds(path.seconds.0.saturating_sub(seconds.0)),
            format!(
                "the path states {} s and takes {} s",
                path.seconds.0, seconds.0
            ),
        );
    }
    if path.millimetres != walk.length {
        let (stated, walked) = (path.millimetres.0, walk.length.0);
        findings.add_by(
            Code::PathLength,
            Place::default().path(index),
            Amount::of(stated.saturating_sub(walked), "millimetres"),
            format!("the path states {stated} mm and is {walked} mm long"),
        );
    }
}
