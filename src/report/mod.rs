//! What people see of a plan: the page, the map layer, the summary on a terminal.
//!
//! Every exporter is a pure function of world, plan and verdict. All figures are the
//! checker's: nothing of the solver is read here. What a plan file claims of all other plans
//! is shown as its claim.
//!
//! | function | gives |
//! |---|---|
//! | [`html()`] | `report.html`: one file that opens from disk without a network |
//! | [`geojson()`] | `routes.geojson`: routes, sites and segments for any map program |
//! | [`summary()`] | what a planner reads in ten seconds |
//! | [`roster_list()`], [`roster_grid()`] | the roster for spreadsheets: seat by seat, people by days |
//! | [`calendars()`] | the duties of each person for calendar programs |
//!
//! [`page`] fills the data of the page, documents its format, and says why a
//! plan falls short; `html` holds the page itself.

mod civil;
mod geojson;
mod html;
mod limits;
pub mod page;
mod rosters;
mod staffed;
mod summary;

pub use self::geojson::geojson;
pub use self::html::html;
pub use self::html::render;
pub use page::data::Lang;
pub use rosters::CALENDAR_MARK;
pub use rosters::Calendar;
pub use rosters::calendars;
pub use rosters::roster_grid;
pub use rosters::roster_list;
pub use summary::summary;
