//! `roster-grid.csv`: people by days with their totals, the sheet that planners print and pin up.

use super::Told;
use super::table;
use crate::check::Verdict;
use crate::check::roster::PersonKpi;
use crate::error::Result;
use crate::ids::PersonId;
use crate::plan::Plan;
use crate::report::civil::date;
use crate::report::civil::days_of;
use crate::report::page::data::Lang;
use crate::world::World;

/// Columns before the days, in English and Chinese.
const WHO: [(&str, &str); 4] = [
    ("person", "人员"),
    ("name", "姓名"),
    ("tier", "力量"),
    ("rank", "职级"),
];
/// Columns after them.
const TOTALS: [(&str, &str); 7] = [
    ("hours", "工时"),
    ("nights", "夜班"),
    ("weekends", "周末"),
    ("overtime", "加班"),
    ("longest week", "最长周工时"),
    ("longest run", "最长连班（天）"),
    ("shortest rest", "最短休息"),
];

/// The roster of a plan as CSV with a row for each person; `None` where it has no roster.
///
/// # Errors
/// None that a plan can cause.
pub fn roster_grid(
    world: &World,
    plan: &Plan,
    verdict: &Verdict,
    lang: Lang,
) -> Result<Option<String>> {
    let (Some(told), Some(roster)) = (Told::new(world, plan, lang), &verdict.roster) else {
        return Ok(None);
    };
    let scenario = told.scenario;
    let say = |columns: &[(&str, &str)]| -> Vec<String> {
        let said = columns.iter().map(|(en, zh)| told.say(en, zh).to_owned());
        said.collect()
    };
    let days = scenario.days.iter();
    let mut head = say(&WHO);
    head.extend(days.map(|day| date(scenario, day.start, lang)));
    head.extend(say(&TOTALS));
    let people = scenario.staff.people.ids().zip(&roster.people);
    let rows = people.map(|(id, kpi)| told.person(id, kpi));
    table::write(std::iter::once(head).chain(rows)).map(Some)
}

impl Told<'_> {
    fn person(&self, id: PersonId, kpi: &PersonKpi) -> Vec<String> {
        let person = &self.scenario.staff.people[id];
        let tier = &self.scenario.tiers[person.tier];
        let mut row = vec![
            person.id.clone(),
            self.name(&person.name, &person.id).to_owned(),
            self.name(&tier.name, &tier.id).to_owned(),
            person.rank.clone(),
        ];
        let days = 0..self.scenario.days.len();
        row.extend(days.map(|day| self.cell(id, day)));
        let rounded = |hours: f64| ((hours * 100.0).round() / 100.0).to_string();
        row.extend([
            rounded(kpi.hours),
            kpi.nights.to_string(),
            kpi.weekends.to_string(),
            rounded(kpi.overtime_hours),
            rounded(kpi.longest_week_hours),
            kpi.longest_run.to_string(),
            kpi.shortest_rest_hours.map_or_else(String::new, rounded),
        ]);
        row
    }

    /// The shifts of a day, with leave in brackets.
    fn cell(&self, id: PersonId, day: usize) -> String {
        let scenario = self.scenario;
        let duties = self.timetable.people[id].iter();
        let duties = duties.map(|stint| &scenario.duties[stint.duty]);
        let today = duties.filter(|duty| duty.day as usize == day);
        let mut words: Vec<String> = today
            .map(|duty| &scenario.shifts[duty.shift])
            .map(|shift| self.name(&shift.name, &shift.id).to_owned())
            .collect();
        let away = scenario.staff.leave_of(id);
        let away = away.filter(|leave| days_of(scenario, leave.span).contains(&day));
        words.extend(away.take(1).map(|leave| match &*leave.kind {
            "" => self.say("(leave)", "（假）").to_owned(),
            kind => format!("{}{kind}{}", self.say("(", "（"), self.say(")", "）")),
        }));
        words.join(self.say(" + ", "、"))
    }
}
