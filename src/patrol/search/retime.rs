//! Local move: another time for a visit, or for a run of visits that follow one another
//! without a wait, so that it meets the protection before it or after it.

use super::Work;
use crate::patrol::instance::NONE;
use crate::patrol::route::Kind;

/// Moves a random visit (and what it pushes or pulls) to the best of a few starts. Returns
/// whether anything moved.
pub fn retime(work: &mut Work<'_>) -> bool {
    let duty = work.scope[work.rng.below(work.scope.len())];
    let nodes = &work.state.routes[duty as usize].nodes;
    if nodes.len() <= 2 {
        return false;
    }
    let at = 1 + work.rng.below(nodes.len() - 2);
    let node = nodes[at];
    if node.early >= node.late {
        return false;
    }
    let mut starts = vec![node.early, node.late];
    if let Kind::Visit(task) = node.kind {
        meeting_starts(work, task, &node, &mut starts);
    }
    starts.push(
        work.rng
            .between(i64::from(node.early), i64::from(node.late)) as i32,
    );
    starts.retain(|&s| s >= node.early && s <= node.late && s != node.start);
    let Some(&start) = work.rng.pick(&starts) else {
        return false;
    };
    work.state.shift(duty, at, start)
}

/// Starts at which the visit just meets a neighbour's protection.
fn meeting_starts(
    work: &Work<'_>,
    task: u32,
    node: &crate::patrol::route::Node,
    starts: &mut Vec<i32>,
) {
    let cover = work.state.instance.tasks[task as usize].cover;
    if cover == NONE {
        return;
    }
    let list = &work.state.covers[cover as usize];
    let here = list.partition_point(|v| v.start < node.start);
    for &(until, _) in &work.state.instance.covers[cover as usize].steps {
        for v in &list[here.saturating_sub(2)..here] {
            starts.push(v.end + until);
        }
        for v in list[here..].iter().take(3) {
            starts.push(v.start - until - node.length);
        }
    }
}
