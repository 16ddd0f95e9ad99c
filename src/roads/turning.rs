//! Turning round in mid-street is no way about a turn restriction.
//!
//! Whoever may not turn left at a crossing could drive on to the first bend, turn round there
//! and come back to turn right. Maps draw bends where streets are crooked, so a bend must not
//! allow what a straight street does not: behind a restriction one turns round at the next
//! crossing, dead end or barrier, not before. Anywhere else turning round in mid-street is of
//! no use to a fastest way, so nothing needs to be forbidden there.

use std::collections::BTreeSet;

use super::network::Lane;
use super::network::Network;
use super::usage::Usage;

/// Turns in mid-street behind the vertices that the `restricted` sequences pass.
pub(super) fn round_behind(
    network: &Network,
    usage: &Usage,
    restricted: &[Vec<Lane>],
) -> Vec<Vec<Lane>> {
    let inner = |s: &Vec<Lane>| s[..s.len() - 1].to_vec();
    let passed: BTreeSet<u32> = restricted
        .iter()
        .flat_map(inner)
        .map(|l| network.head(l))
        .collect();
    let pairs: BTreeSet<&[Lane]> = restricted.iter().map(Vec::as_slice).collect();
    let mut turns = Vec::new();
    for &vertex in &passed {
        for &lane in network.leaving(vertex).iter().filter(|&&l| usage.open(l)) {
            let mut lane = lane;
            while let Some(on) = straight_on(network, usage, lane) {
                if pairs.contains(&[lane, on][..]) || network.head(lane) == vertex {
                    break;
                }
                if usage.open(lane.reverse()) {
                    turns.push(vec![lane, lane.reverse()]);
                }
                lane = on;
            }
        }
    }
    turns
}

/// The lane that goes on where another one ends in mid-street; `None` at a crossing, a dead
/// end or a barrier.
fn straight_on(network: &Network, usage: &Usage, lane: Lane) -> Option<Lane> {
    let end = network.head(lane);
    let used = |&l: &Lane| usage.open(l) || usage.open(l.reverse());
    let leaving = network.leaving(end).iter().copied();
    let mut others = leaving.filter(|l| used(l) && *l != lane.reverse());
    let on = others.next().filter(|&l| usage.open(l))?;
    (others.next().is_none() && !usage.barred.contains(&end)).then_some(on)
}
