//! Ruin: the stops that earn least for the time they take, in one stretch of one route.

use super::Work;
use super::cut;
use super::draw;
use super::open;
use crate::patrol::instance::NONE;
use crate::patrol::route::Kind;
use crate::patrol::route::Node;

/// Takes out the stops of a stretch whose value per minute is least, with a random bias
/// (Ropke and Pisinger 2006, section 3.1.3).
pub fn worst(work: &mut Work<'_>) -> bool {
    let (duty, at) = draw(work);
    let Some(at) = at else {
        open(work, duty);
        return true;
    };
    let span = work.limits.string * 2;
    let last = work.state.routes[duty as usize].nodes.len() - 1;
    let (from, to) = (
        at.saturating_sub(span / 2).max(1),
        (at + span / 2 + 1).min(last),
    );
    let mut keyed: Vec<(f64, i32)> = (from..to)
        .map(|k| {
            let noise = work.rng.unit();
            (
                worth(work, duty, k) * noise,
                work.state.routes[duty as usize].nodes[k].start,
            )
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let count = 1 + work.rng.below(work.limits.string);
    for &(_, start) in keyed.iter().take(count) {
        let nodes = &work.state.routes[duty as usize].nodes;
        let visit = |n: &Node| n.start == start && matches!(n.kind, Kind::Visit(_));
        if let Some(at) = nodes.iter().position(visit)
            && !cut(work, duty, at, at + 1)
        {
            return false;
        }
    }
    true
}

/// What a stop earns per tick that it takes from its route.
fn worth(work: &Work<'_>, duty: u32, at: usize) -> f64 {
    let state = &work.state;
    let nodes = &state.routes[duty as usize].nodes;
    let node = &nodes[at];
    let Kind::Visit(task) = node.kind else {
        return f64::INFINITY;
    };
    let t = &state.instance.tasks[task as usize];
    let mut gain = t.points as f64;
    if node.quota != NONE {
        let broken = state.instance.quotas[node.quota as usize].broken;
        gain += work.weights.broken * broken as f64;
    }
    if t.cover != NONE {
        let added = state.gain_of(duty, node, t.cover);
        gain += added.value as f64 + work.weights.broken * added.mended as f64;
    }
    let mode = state.routes[duty as usize].mode;
    let time = |a: usize, b: usize| state.instance.time(mode, nodes[a].spot, nodes[b].spot);
    let extra = time(at - 1, at) + time(at, at + 1) - time(at - 1, at + 1) + node.length;
    gain / f64::from(extra.max(1))
}
