//! The roster for people: lists for spreadsheets and a calendar for each person.
//!
//! All of it is laid out by the checker ([`timetable`]): hours and nights are counted as it counts
//! them, and seats that it refuses to read are left out.

mod calendars;
mod grid;
mod ics;
mod list;
mod table;

pub use calendars::CALENDAR_MARK;
pub use calendars::Calendar;
pub use calendars::calendars;
pub use grid::roster_grid;
pub use list::roster_list;

use super::page::data::Lang;
use crate::check::roster::Timetable;
use crate::check::roster::timetable;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::scenario::Text;
use crate::units::Seconds;
use crate::world::World;

/// A roster laid out, and the language to tell it in.
struct Told<'a> {
    scenario: &'a Scenario,
    timetable: Timetable,
    lang: Lang,
}

impl<'a> Told<'a> {
    /// `None` where the plan has no roster.
    fn new(world: &'a World, plan: &Plan, lang: Lang) -> Option<Self> {
        Some(Self {
            scenario: &world.scenario,
            timetable: timetable(world, plan)?,
            lang,
        })
    }

    /// English or Chinese.
    fn say<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    /// The name of something, or its key where it has none.
    fn name<'t>(&self, text: &'t Text, key: &'t str) -> &'t str {
        match (self.lang, &text.zh) {
            (Lang::Zh, Some(zh)) => zh,
            _ if text.plain.is_empty() => key,
            _ => &text.plain,
        }
    }
}

/// Hours to a hundredth, without zeros at the end: `8`, `8.25`.
fn hours(time: Seconds) -> String {
    ((time.hours() * 100.0).round() / 100.0).to_string()
}
