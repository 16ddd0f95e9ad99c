//! The staffing optimiser: who works when.

pub mod automaton;
pub mod best;
pub mod bound;
pub mod columns;
pub mod cost;
pub mod model;
pub mod rules;
pub mod search;
pub mod staff;
pub mod state;
#[cfg(test)]
mod testing;
