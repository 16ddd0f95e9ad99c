//! `roster.csv`: one row for each seat, for pivot tables and other programs.

use super::Told;
use super::hours;
use super::table;
use crate::check::roster::Stint;
use crate::error::Result;
use crate::ids::PersonId;
use crate::plan::Plan;
use crate::report::civil::weekday;
use crate::report::page::data::Lang;
use crate::units::Seconds;
use crate::world::World;

/// Columns in English and Chinese.
const HEAD: [(&str, &str); 15] = [
    ("date", "日期"),
    ("weekday", "星期"),
    ("shift", "班次"),
    ("from", "开始"),
    ("to", "截止"),
    ("unit", "班组"),
    ("tier", "力量"),
    ("base", "驻地"),
    ("person", "人员"),
    ("name", "姓名"),
    ("rank", "职级"),
    ("sworn", "正式民警"),
    ("hours", "工时"),
    ("night", "夜班"),
    ("driven", "出巡"),
];

/// The seats of a plan as CSV, in time order; `None` where it has no roster.
///
/// # Errors
/// None that a plan can cause.
pub fn roster_list(world: &World, plan: &Plan, lang: Lang) -> Result<Option<String>> {
    let Some(told) = Told::new(world, plan, lang) else {
        return Ok(None);
    };
    let people = told.timetable.people.enumerate();
    let seats = people.flat_map(|(id, own)| own.iter().map(move |stint| (id, *stint)));
    let mut seats: Vec<(PersonId, Stint)> = seats.collect();
    seats.sort_by_key(|(person, stint)| (stint.work.start, stint.duty, *person));
    let head = HEAD.iter().map(|(en, zh)| told.say(en, zh).to_owned());
    let rows = seats.iter().map(|(person, stint)| told.row(*person, stint));
    table::write(std::iter::once(head.collect()).chain(rows)).map(Some)
}

impl Told<'_> {
    fn row(&self, id: PersonId, stint: &Stint) -> Vec<String> {
        let scenario = self.scenario;
        let person = &scenario.staff.people[id];
        let duty = &scenario.duties[stint.duty];
        let unit = &scenario.units[duty.unit];
        let (shift, tier) = (&scenario.shifts[duty.shift], &scenario.tiers[unit.tier]);
        let base = &scenario.bases[unit.base];
        // Seats belong to operational days of the horizon.
        let day = scenario.days.get(duty.day as usize);
        let day = scenario.instant(day.map_or(duty.whole.start, |day| day.start));
        let manned = self.timetable.manned(stint.duty);
        let row: [&str; HEAD.len()] = [
            &day.strftime("%Y-%m-%d").to_string(),
            &weekday(&day, self.lang),
            self.name(&shift.name, &shift.id),
            &self.stamp(stint.work.start),
            &self.stamp(stint.work.end),
            self.name(&unit.name, &unit.id),
            self.name(&tier.name, &tier.id),
            self.name(&base.name, &base.id),
            &person.id,
            self.name(&person.name, &person.id),
            &person.rank,
            self.yes(person.sworn),
            &hours(stint.work.length()),
            // A number, so that spreadsheets can add nights up.
            if stint.night { "1" } else { "0" },
            self.yes(manned.is_some_and(|manned| manned.driven)),
        ];
        row.map(str::to_owned).into()
    }

    /// `2026-11-23 22:00+08:00`: to be read by people, and no less exact when clocks change.
    fn stamp(&self, at: Seconds) -> String {
        let instant = self.scenario.instant(at);
        instant.strftime("%Y-%m-%d %H:%M%:z").to_string()
    }

    fn yes(&self, is: bool) -> &'static str {
        match (is, self.lang) {
            (true, Lang::En) => "yes",
            (false, Lang::En) => "no",
            (true, Lang::Zh) => "是",
            (false, Lang::Zh) => "否",
        }
    }
}
