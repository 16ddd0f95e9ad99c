//! Map files to a directed road graph with profiles, turn restrictions, gates and snapping.
//!
//! Every map node on a road is a vertex: nothing is contracted here, so a path can be walked
//! arc by arc with the map beside it. petgraph holds the graph and nothing outside this
//! module sees it. [`crate::travel`] builds its own compact copy for speed.
//!
//! A file becomes [`RoadData`] (`read`), that becomes pieces of road with what each profile
//! may do on them (`network` and `usage`, with `access`, `speed`, `restrictions` and
//! `components`). Those, cut where places need a vertex (`place`, `cuts`), are laid as the
//! arcs of the [`RoadGraph`] (`lay`).

mod access;
mod components;
mod cuts;
pub mod data;
mod graph;
pub mod inspect;
mod lay;
mod match_lines;
mod nearby;
mod network;
mod notes;
mod place;
pub mod profile;
pub mod read;
mod restrictions;
mod size;
mod speed;
mod turning;
mod usage;

pub use data::*;
pub use graph::Pace;
pub use graph::RoadGraph;
pub use notes::BuildNotes;
pub use notes::Components;
pub use notes::ProfileNotes;
pub use place::Miss;
pub use place::Placed;
pub use place::Snap;
