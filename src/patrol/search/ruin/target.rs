//! Ruin: all visits of one place over a stretch of time, so that its rhythm can be set anew.

use super::Work;
use super::cut;
use super::draw;
use super::open;
use crate::patrol::instance::NONE;
use crate::patrol::route::Kind;

/// Takes out the visits of a random visit's place round its time, a few of them.
pub fn target(work: &mut Work<'_>) -> bool {
    let (duty, at) = draw(work);
    let Some(at) = at else {
        open(work, duty);
        return true;
    };
    let node = work.state.routes[duty as usize].nodes[at];
    let Kind::Visit(task) = node.kind else {
        return cut(work, duty, at, at + 1);
    };
    let cover = work.state.instance.tasks[task as usize].cover;
    if cover == NONE {
        return cut(work, duty, at, at + 1);
    }
    let list = &work.state.covers[cover as usize];
    let most = 2 + work.rng.below(work.limits.string);
    let first = list.partition_point(|p| p.start < node.start);
    let back = work.rng.below(most);
    let visits: Vec<_> = list[first.saturating_sub(back)..]
        .iter()
        .take(most)
        .copied()
        .collect();
    for visit in visits {
        if !work.in_scope(visit.duty) || (visit.start - node.start).abs() > work.limits.apart * 3 {
            continue;
        }
        let nodes = &work.state.routes[visit.duty as usize].nodes;
        let instance = work.state.instance;
        let found = nodes.iter().position(|n| {
            let Kind::Visit(t) = n.kind else {
                return false;
            };
            n.start == visit.start && instance.tasks[t as usize].cover == cover
        });
        if let Some(at) = found
            && !cut(work, visit.duty, at, at + 1)
        {
            return false;
        }
    }
    true
}
