//! `roundsman` plans patrols: roads, key sites, crews and rules in; checked round-the-clock
//! routes and a statement of how good they are out.
//!
//! # Tour
//!
//! | module | is |
//! |---|---|
//! | [`roads`] | map files to a directed road graph with profiles and turn restrictions |
//! | [`scenario`] | what is asked: targets, orders, tiers, units, shifts, people, rules |
//! | [`world`] | the scenario placed on its roads: one stop per target, profile and direction |
//! | [`travel`] | exact many-to-many travel times and the paths behind them |
//! | [`patrol`] | the routing optimiser: compiled instance, incremental evaluation, search |
//! | [`roster`] | the staffing optimiser: exact best schedules, search, bound |
//! | [`planner`] | the pipeline from scenario to plan |
//! | [`plan`] | what is answered: plain data |
//! | [`check`] | the independent validator and calculator of every printed number |
//! | [`export`] | the compiled question as a file, for others to solve |
//! | [`report`] | exporters: JSON, GeoJSON, the offline HTML report |
//!
//! Arrows run one way; `tests/layering.rs` holds the table. The checker never sees the
//! solver: it walks the plan's own paths on the road graph and recomputes everything.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod bench;
pub mod check;
pub mod cli;
pub mod datum;
pub mod epochs;
pub mod error;
pub mod export;
pub mod ids;
pub mod io;
pub mod par;
pub mod patrol;
pub mod plan;
pub mod planner;
pub mod report;
pub mod rng;
pub mod roads;
pub mod roster;
pub mod scenario;
pub mod travel;
pub mod units;
pub mod world;
