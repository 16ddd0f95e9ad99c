//! Maps of multi-robot patrolling (`.graph` files of `patrolling_sim`, Portugal and Rocha): k
//! equal agents on a weighted undirected graph, as small a worst idleness as can be.
//!
//! # What is searched
//!
//! A *cyclic* answer parts the vertices into groups; the agents of a group follow one closed
//! walk, evenly spaced. A walk of length `L` shared by `c` agents comes by each of its
//! vertices every `L / c` metres, so the worst idleness is the greatest `L / c`. Every cyclic
//! answer is a valid long-run strategy. For k = 1 and 2 the best of them is the best of all
//! strategies, for more agents it is at most `2 (1 - 1/k)` times as much and conjectured to be
//! the best too (Afshani, de Berg, Buchin, Gao, Löffler, Nayyeri, Raichel, Sarkar, Wang, Yang:
//! "On Cyclic Solutions to the Min-Max Latency Multi-Robot Patrolling Problem", `SoCG` 2022).
//!
//! # How it becomes an instance
//!
//! Whether a worst idleness below a given one can be had with given numbers of agents per walk
//! is a team orienteering problem, see [`compile`]; the search of real plans answers it again
//! and again for the best known worst idleness, see [`search`].
//!
//! | file | is |
//! |---|---|
//! | `case` | the family as `roundsman bench` sees it |
//! | `graph` | the file as read |
//! | `closure` | all shortest distances, integer pixels |
//! | `walks` | a cyclic answer and its idleness, compared exactly |
//! | `tour` | 2-opt and Or-opt |
//! | `baseline` | what the search has to beat |
//! | `start` | a tour cut among agents: where the search starts |
//! | `compile` | the question as an instance, its routes as walks |
//! | `search` | which questions are asked |
//! | `bound` | lower bounds on any strategy |
//! | `plan` | the explicit periodic plan, edge by edge |
//! | `check` | the worst idleness of a plan, from the graph alone |

pub mod baseline;
pub mod bound;
pub mod check;
pub mod closure;
pub mod compile;
pub mod graph;
pub mod plan;
pub mod search;
pub mod start;
pub mod tour;
pub mod walks;

mod case;

pub use case::read;

#[cfg(test)]
mod testing;
