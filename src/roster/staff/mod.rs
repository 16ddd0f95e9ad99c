//! Rosters of a scenario's people: who sits on which duty, under all of the rules.
//!
//! | file | is |
//! |---|---|
//! | `compile` | people, rules and duties of a scenario to dense numbers ([`Instance`]) |
//! | `rules` | the rules of one person as small machines that walk from day to day |
//! | `company`, `demand`, `fair` | the rules of duties and shifts, of hours, of tiers |
//! | `cost` | the objective: promises first, then wishes |
//! | `best` | the best schedule of one person against the others |
//! | `search` | the search for a roster |
//! | `polish` | the last word on broken promises: nobody alone can mend them |
//! | `account` | what a roster breaks, item by item |
//! | `more` | who would have to join a duty so that it lacks nobody |
//! | `mends` | whom to add and what to let go where not all promises can be kept |
//! | `write` | to and from the roster of a plan |
//!
//! A rule that may never be broken is a promise with a burden: whatever is asked, there is a
//! roster, that which breaks the fewest and lightest promises as far as the search finds it.

pub mod account;
pub mod best;
pub mod calendar;
mod company;
pub mod compile;
pub mod cost;
pub mod demand;
mod fair;
mod fill;
pub mod instance;
pub mod mends;
pub mod more;
mod polish;
pub mod rules;
mod search;
pub mod state;
pub mod walk;
mod write;

pub use account::Broken;
pub use account::Place;
pub use account::account;
pub use account::promises;
pub use compile::Wanted;
pub use compile::compile;
pub use cost::Cost;
pub use instance::Instance;
pub use instance::Rows;
pub use mends::Change;
pub use mends::Mend;
pub use mends::Mending;
pub use mends::mends;
pub use more::More;
pub use more::more;
pub use polish::polish;
pub use search::Outcome;
pub use search::Progress;
pub use search::solve;
pub use write::read;
pub use write::write;
