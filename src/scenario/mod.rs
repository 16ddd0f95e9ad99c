//! What is asked: the patrol problem as the planner states it, read from files and
//! validated, before anything is compiled for a solver.
//!
//! [`Scenario::load`] reads `scenario.toml` and its layers (`docs/formats.md`). Tables of the
//! one and rows of the others become records with a place for every value (`toml_in`,
//! `csv_in`, `geojson_in`; `fields` and `columns` hold every key once), records become the model, and
//! whatever is wrong on the way is gathered (`fault`: one function per code).

mod cells;
mod checks;
mod civil;
mod columns;
mod csv_in;
pub mod days;
mod duties;
mod effect;
mod fault;
mod fields;
mod forces;
mod form;
mod gather;
mod geojson_in;
mod layers;
mod load;
mod maps;
pub mod model;
mod names;
mod orders;
pub mod patterns;
mod people;
mod places;
mod reader;
mod record;
mod risk;
mod rules;
mod schema;
mod settings;
mod shifts;
pub mod staff;
mod targets;
mod text;
mod toml_in;
mod value;
mod windows;

pub use model::*;
pub use schema::schema;
