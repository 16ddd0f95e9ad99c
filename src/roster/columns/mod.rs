//! Whole schedules as columns: some people in some days, everything else fixed, as a set
//! partitioning problem. Its linear relaxation is a bound and its prices make new schedules;
//! fixing its columns one after another leads to a better roster.
//!
//! Without the cargo feature `highs` there are prices and bounds here, and no linear program.

#[cfg(feature = "highs")]
mod choose;
#[cfg(feature = "highs")]
mod dive;
#[cfg(feature = "highs")]
mod generate;
mod lanes;
#[cfg(feature = "highs")]
mod master;
mod prices;

#[cfg(feature = "highs")]
pub use choose::Choice;
#[cfg(feature = "highs")]
pub use dive::Dive;
#[cfg(feature = "highs")]
pub use dive::Pace;
#[cfg(feature = "highs")]
pub use generate::Generation;
pub use lanes::Asked;
pub use lanes::Lanes;
pub use prices::Paid;
pub use prices::Prices;
pub use prices::SCALE;
pub use prices::Scope;
