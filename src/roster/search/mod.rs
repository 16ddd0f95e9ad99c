//! The search for a roster.
//!
//! A first roster (`construct`), simulated annealing that gives a few people the best
//! schedule against all others (`rebuild`), prices and a proven bound, and then, with the
//! cargo feature `highs`, column generation: over everybody, with dives to rosters and a choice
//! among all schedules known (`root`), and over some people in some days again and again
//! (`regroup`). Without it, annealing has small steps too (`trade`) and goes on. When nothing
//! gets better, islands go away from the best roster and down again (`solve`). Annealing and
//! regrouping run on islands side by side.
//!
//! Work is counted in values looked at, and epochs are portions of it, so what is found
//! depends on the seed, the islands and the epochs alone.

mod climb;
mod construct;
mod island;
mod rebuild;
#[cfg(feature = "highs")]
mod regroup;
#[cfg(feature = "highs")]
mod root;
mod solve;
mod ticks;
mod trade;

pub use solve::Outcome;
pub use solve::solve;
pub use ticks::Progress;
