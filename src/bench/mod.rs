//! Public benchmark formats: readers, compilers to [`crate::patrol::instance::Instance`] and
//! checkers that recompute an answer from the file alone.

pub mod toptw;
