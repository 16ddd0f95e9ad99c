//! Lower bounds on the worst idleness of any strategy, cyclic or not. The greatest counts;
//! `docs/bounds.md` tells the whole in plain words.
//!
//! | file | says | holds by |
//! |---|---|---|
//! | `forest` | walks that see all vertices hold a forest; one agent meets many vertices | proof |
//! | `tour` | one agent does no better than the shortest tour | proof |
//! | `halves` | two agents share a tour, or part the map along a minimal cut | Afshani and others, `SoCG` 2022 |
//! | `windows` | prices that no agent can earn back | proof |
//!
//! **One agent** does no better than the shortest tour (so said by Chevaleyre 2004). Proof: let
//! the worst idleness be `I`, and take a moment later than `I`. Let `v` be the vertex that is met
//! last from then on, and stop when that happens: every vertex has been met since. The visit of
//! `v` before was at that moment or earlier, and not longer than `I` ago. Between these two visits
//! of `v` the agent has made a closed walk past all vertices.

mod forest;
mod halves;
mod prices;
mod richest;
mod streets;
mod tour;
mod windows;

use super::closure::Closure;
use super::walks::Idleness;

/// The best bound found for `agents` agents (at least 1).
pub fn bound(closure: &Closure, agents: u32) -> Idleness {
    let simple = forest::bound(closure, agents);
    let better = match agents {
        0 | 1 => one(closure),
        2 => halves::bound(closure),
        _ => Idleness {
            length: windows::bound(closure, agents, simple.length / simple.agents),
            agents: 1,
        },
    };
    simple.max(better)
}

fn one(closure: &Closure) -> Idleness {
    let members: Vec<u32> = (0..closure.len() as u32).collect();
    let length = tour::closed(closure, &members, i64::MAX);
    Idleness {
        length: tour::rounded(length, tour::divisor(closure)),
        agents: 1,
    }
}
