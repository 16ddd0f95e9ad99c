//! The compiled question for others to solve: travel times, risk, orders and duties as one
//! JSON file that needs no map. A plan made from it alone passes the checker.
//!
//! | file | is |
//! |---|---|
//! | [`question`](mod@question) | the file's content as plain data |
//! | [`build`] | from a compiled scenario to it |
//! | [`text`] | written the same to the byte every time, and its schema |

pub mod build;
pub mod question;
pub mod text;

pub use build::question;
pub use question::Question;
