//! Exact many-to-many travel times and the paths behind them.
//!
//! A leg leads from one vertex to another. Its first arc is free, since a stop resets
//! turning; from then on no forbidden sequence of arcs may be driven. Of the fastest legal
//! ways a shortest is taken.
//!
//! [`Network`] turns roads and restrictions into a plain graph, [`Router`] prepares it by
//! contraction for one profile at one pace and then answers [`Table`]s, [`Trips`] and single [`Leg`]s.
//! `docs/travel.md` tells how, and how fast.

mod arcs;
mod automaton;
mod climb;
mod contract;
mod cost;
mod dijkstra;
mod hierarchy;
mod network;
mod router;
mod sweep;
mod table;
mod trips;
mod witness;

pub use arcs::Arc;
pub use arcs::ArcList;
pub use network::Network;
pub use router::Leg;
pub use router::Router;
pub use router::Scratch;
pub use table::Table;
pub use trips::Trips;
