//! Exact many-to-many travel times and the paths behind them.
//!
//! A leg leads from one vertex to another. Its first arc is free, since a stop resets
//! turning; from then on no forbidden sequence of arcs may be driven. [`Router`] answers
//! for one profile at one pace.

mod arcs;
mod automaton;
mod cost;
mod dijkstra;
mod network;
mod router;
mod table;

pub use arcs::Arc;
pub use arcs::ArcList;
pub use network::Network;
pub use router::Leg;
pub use router::Router;
pub use router::Scratch;
pub use table::Table;
