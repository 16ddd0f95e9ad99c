//! What is asked: the patrol problem as the planner states it, read from files and
//! validated, before anything is compiled for a solver.

pub mod model;

pub use model::*;
