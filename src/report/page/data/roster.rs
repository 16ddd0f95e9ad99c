//! The part of the data about people and their roster.

use serde::Serialize;

use super::Name;

/// Who works when, and what the checker says of it. A **day** is the number of an operational day.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Roster {
    /// Shifts in the order of [`super::Page::shifts`].
    pub shifts: Vec<ShiftHours>,
    /// Weekday of each day, Monday 0.
    pub weekdays: Vec<i32>,
    /// Everybody, in the scenario's order.
    pub people: Vec<Person>,
    /// Duties that are driven or that somebody sits on.
    pub crews: Vec<Crew>,
    /// How evenly each tier shares its load.
    pub fairness: Vec<Shared>,
    /// Rules that are broken: first those that must not be, then wishes, the weightiest first.
    pub findings: Vec<Finding>,
    /// Weight of all broken wishes.
    pub wishes: i64,
}

/// When a shift is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShiftHours {
    /// Minutes from midnight to its start.
    pub start: i64,
    /// Minutes that it lasts.
    pub length: i64,
}

/// Someone who can fill a seat.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Person {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Name,
    /// Kind of force.
    pub tier: usize,
    /// Rank, as given.
    pub rank: String,
    /// Whether sworn.
    pub sworn: bool,
    /// `novice`, `regular` or `senior`.
    pub grade: &'static str,
    /// Hours a week by contract.
    pub contract: f64,
    /// Hours of work.
    pub hours: f64,
    /// Nights.
    pub nights: i64,
    /// Weekends with a duty.
    pub weekends: i64,
    /// Duties on hard beats.
    pub hard_beats: i64,
    /// Hours beyond contract.
    pub overtime: f64,
    /// Most hours in any 7 days.
    pub longest_week: f64,
    /// Most days of work in a row.
    pub longest_run: i64,
    /// Most nights in a row.
    pub nights_in_a_row: i64,
    /// Least hours from duty to duty; `null` with fewer than two.
    pub shortest_rest: Option<f64>,
    /// Hours, nights, weekends and hard beats of the rosters before.
    pub before: (f64, i64, i64, i64),
    /// Leave: the first day away, the one after the last, and what for.
    pub leave: Vec<(i32, i32, String)>,
    /// Requests: day, shift or -1 for any, 1 to work and 0 not to, weight.
    pub requests: Vec<(i32, i64, u8, i64)>,
    /// Seats in time order: crew, start and end of work, 1 for a night.
    pub seats: Vec<(usize, i64, i64, u8)>,
}

/// A duty with its people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Crew {
    /// The unit.
    pub unit: usize,
    /// The shift.
    pub shift: usize,
    /// The day.
    pub day: i32,
    /// Index into [`super::Page::duties`] of its route; `null` where it is not driven.
    pub duty: Option<usize>,
    /// People it cannot drive without; 0 where it is not driven.
    pub needed: u32,
    /// Seats of the unit.
    pub seats: u32,
    /// Who sits on it.
    pub people: Vec<usize>,
}

/// How evenly a tier shares its load, rosters before included.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shared {
    /// The tier.
    pub tier: usize,
    /// Hours of work.
    pub hours: Share,
    /// Nights.
    pub nights: Share,
    /// Weekends worked.
    pub weekends: Share,
    /// Duties on hard beats.
    pub hard_beats: Share,
}

/// How evenly something is shared.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Share {
    /// Of whoever has least.
    pub least: f64,
    /// Of whoever has most.
    pub most: f64,
    /// Gini coefficient: 0 when all have the same.
    pub gini: f64,
}

/// A rule of the roster that is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Word of the rule, or the code of what no rule allows.
    pub rule: String,
    /// The rule in Chinese; empty for codes.
    pub zh: &'static str,
    /// The checker's words.
    pub message: String,
    /// Weight of a wish; `null`: the rule must not be broken.
    pub weight: Option<i64>,
    /// By how much.
    pub amount: Option<(i64, &'static str)>,
    /// Whom it is about.
    pub person: Option<usize>,
    /// Tier, where it is about one.
    pub tier: Option<usize>,
    /// Unit, where it is about a duty.
    pub unit: Option<usize>,
    /// Shift, where it is about one.
    pub shift: Option<usize>,
    /// Day on which it shows.
    pub day: Option<i32>,
}
