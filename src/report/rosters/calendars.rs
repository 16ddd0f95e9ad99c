//! A calendar for each person who works, to be imported on a phone.
//!
//! - Times are in UTC. A duty is an instant, not a habit, and this is the one form that every
//!   calendar reads alike and shows by its own clock; definitions of time zones are read in part,
//!   or ignored, by some (Outlook approximates them by one yearly rule).
//! - Ids are made of the scenario's name, the person, the shift and its day: so a new version of
//!   the roster updates the duty, in another car too, in calendars that go by ids.
//! - There is no `METHOD`: a file to be read in, not an invitation, which would need an organiser.

use super::Told;
use super::ics;
use crate::check::roster::Stint;
use crate::ids::PersonId;
use crate::plan::Plan;
use crate::report::civil::day_time;
use crate::report::page::data::Lang;
use crate::units::Seconds;
use crate::world::World;

/// The duties of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// A name for the file, unlike those of the others, such as `p1.ics`.
    pub file: String,
    /// What stands in it.
    pub text: String,
}

/// A line of every calendar, by which it is known as ours.
pub const CALENDAR_MARK: &str = "PRODID:-//roundsman//roster//EN";

/// The calendars of all who work, by the scenario's order; `None` where the plan has no roster.
///
/// `revision` is the roster's number: of two versions of an event, calendars keep the one with
/// the higher.
pub fn calendars(world: &World, plan: &Plan, lang: Lang, revision: u32) -> Option<Vec<Calendar>> {
    let told = Told::new(world, plan, lang)?;
    let mut calendars: Vec<Calendar> = Vec::new();
    for (id, own) in told.timetable.people.enumerate() {
        // A calendar without events would be none.
        if own.is_empty() {
            continue;
        }
        let file = file_name(&told.scenario.staff.people[id].id, &calendars);
        let text = told.calendar(id, own, revision);
        calendars.push(Calendar { file, text });
    }
    Some(calendars)
}

/// A name for the calendar of a key. Keys are of letters, digits, `-`, `_` and `.`; a dot in front
/// would hide the file, and some systems do not tell great letters from small ones.
fn file_name(key: &str, others: &[Calendar]) -> String {
    let stem = key.trim_start_matches('.');
    let taken = |name: &str| {
        let mut others = others.iter();
        others.any(|other| other.file.to_lowercase() == name.to_lowercase())
    };
    let mut name = format!("{stem}.ics");
    let mut nth = 1;
    while stem.is_empty() && nth == 1 || taken(&name) {
        nth += 1;
        name = format!("{stem}-{nth}.ics");
    }
    name
}

impl Told<'_> {
    fn calendar(&self, id: PersonId, own: &[Stint], revision: u32) -> String {
        let person = &self.scenario.staff.people[id];
        let mut out = format!("BEGIN:VCALENDAR\r\n{CALENDAR_MARK}\r\nVERSION:2.0\r\n");
        let title = format!(
            "{} · {}",
            self.name(&self.scenario.name, "roundsman"),
            self.name(&person.name, &person.id)
        );
        ics::line(&mut out, "X-WR-CALNAME", &ics::text(&title));
        let mut seen: Vec<String> = Vec::new();
        for stint in own {
            let uid = self.uid(id, stint, &seen);
            self.event(&mut out, id, stint, &uid, revision);
            seen.push(uid);
        }
        ics::line(&mut out, "END", "VCALENDAR");
        out
    }

    /// The id of a duty. A roster that has somebody in two cars at once is no good one, but its
    /// ids differ too.
    fn uid(&self, id: PersonId, stint: &Stint, seen: &[String]) -> String {
        let scenario = self.scenario;
        let duty = &scenario.duties[stint.duty];
        let date = scenario.instant(duty.whole.start).date().to_string();
        let person = &scenario.staff.people[id].id;
        let shift = &scenario.shifts[duty.shift].id;
        let unit = &scenario.units[duty.unit].id;
        let parts = [&*scenario.name.plain, person, shift, &date, unit];
        let uid = ics::uid(&parts[..4]);
        match seen.contains(&uid) {
            true => ics::uid(&parts),
            false => uid,
        }
    }

    fn event(&self, out: &mut String, id: PersonId, stint: &Stint, uid: &str, revision: u32) {
        let scenario = self.scenario;
        let duty = &scenario.duties[stint.duty];
        let unit = &scenario.units[duty.unit];
        let base = &scenario.bases[unit.base];
        let shift = &scenario.shifts[duty.shift];
        let (shift, unit) = (
            self.name(&shift.name, &shift.id),
            self.name(&unit.name, &unit.id),
        );
        ics::line(out, "BEGIN", "VEVENT");
        ics::line(out, "UID", uid);
        // Not the time of writing, or the same roster would not give the same file.
        ics::line(out, "DTSTAMP", &self.utc(Seconds::ZERO));
        ics::line(out, "SEQUENCE", &revision.to_string());
        ics::line(out, "DTSTART", &self.utc(stint.work.start));
        ics::line(out, "DTEND", &self.utc(stint.work.end));
        ics::line(out, "SUMMARY", &ics::text(&format!("{shift} · {unit}")));
        let place = self.name(&base.name, &base.id);
        ics::line(out, "LOCATION", &ics::text(place));
        ics::line(
            out,
            "DESCRIPTION",
            &ics::text(&self.description(id, stint).join("\n")),
        );
        ics::line(out, "END", "VEVENT");
    }

    /// What else one wants to know: the force, the handover, who else is on board.
    fn description(&self, id: PersonId, stint: &Stint) -> Vec<String> {
        let scenario = self.scenario;
        let duty = &scenario.duties[stint.duty];
        let tier = &scenario.tiers[scenario.units[duty.unit].tier];
        let colon = self.say(": ", "：");
        let fact = |what: &str, is: &str| format!("{what}{colon}{is}");
        let mut lines = vec![fact(
            self.say("Force", "力量"),
            self.name(&tier.name, &tier.id),
        )];
        if stint.work.start < duty.whole.start {
            let from = day_time(scenario, stint.work.start, self.lang);
            let duty = day_time(scenario, duty.whole.start, self.lang);
            lines.push(match self.lang {
                Lang::En => format!("Handover from {from}, duty from {duty}"),
                Lang::Zh => format!("{from} 起交接，{duty} 上岗"),
            });
        }
        let manned = self.timetable.manned(stint.duty);
        let mates = manned.iter().flat_map(|d| &d.people);
        let mates = mates.filter(|mate| **mate != id).map(|mate| {
            let mate = &scenario.staff.people[*mate];
            self.name(&mate.name, &mate.id)
        });
        let mates: Vec<&str> = mates.collect();
        if !mates.is_empty() {
            lines.push(fact(
                self.say("With", "同组"),
                &mates.join(self.say(", ", "、")),
            ));
        }
        if manned.is_some_and(|d| !d.driven) {
            lines.push(
                self.say(
                    "Stand-by at base: no route is planned",
                    "在驻地备勤，无巡逻路线",
                )
                .to_owned(),
            );
        }
        lines
    }

    fn utc(&self, at: Seconds) -> String {
        let instant = self.scenario.instant(at).timestamp();
        instant.strftime("%Y%m%dT%H%M%SZ").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_differ_wherever_they_are_put() {
        let mut calendars: Vec<Calendar> = Vec::new();
        for key in ["p1", "P1", "张三", ".p1", ".."] {
            let file = file_name(key, &calendars);
            calendars.push(Calendar {
                file,
                text: String::new(),
            });
        }
        let names: Vec<&str> = calendars.iter().map(|c| &*c.file).collect();
        assert_eq!(
            names,
            ["p1.ics", "P1-2.ics", "张三.ics", "p1-3.ics", "-2.ics"]
        );
    }
}
