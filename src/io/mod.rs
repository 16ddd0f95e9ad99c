//! Versioned files in and out, and horizon seconds as people read them.

mod atomic;
pub mod plan;
pub mod time;

pub use atomic::write_atomically;
pub use atomic::write_bit_by_bit;
