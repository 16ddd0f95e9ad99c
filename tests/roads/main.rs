//! The road graph on small hand-made maps, one rule at a time, on random ones against an
//! oracle, and on a whole country.

mod lines;
mod malta;
mod maps;
mod placing;
mod random;
mod restrictions;
mod rules;
