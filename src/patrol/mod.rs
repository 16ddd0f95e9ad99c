//! The routing optimiser: a compiled instance, incremental evaluation, ruin-and-recreate
//! search on parallel islands.
//!
//! | file | is |
//! |---|---|
//! | [`instance`] | the problem as compiled: dense, immutable |
//! | [`risk`], [`cover`] | protection of one place and what a visit adds |
//! | [`residual`] | what a place still lacks over a stretch of time |
//! | [`route`] | one route and its slack |
//! | [`state`] | the plan under search, kept exact, undoable |
//! | [`score`] | the one place that knows the objective |
//! | [`offer`] | what it would bring to put a task somewhere |
//! | `curve` | an order of places in which neighbours stand near one another |
//! | [`compile`], [`write`](mod@write) | from scenario to instance, from routes to plan |
//! | [`search`] | construction, ruin and recreate, retiming, islands and epochs |

pub mod bound;
pub mod compile;
pub mod cover;
mod curve;
pub mod instance;
pub mod offer;
pub mod residual;
pub mod risk;
pub mod route;
pub mod score;
pub mod search;
pub mod state;
pub mod write;
