//! `roundsman roster explain`: which promises a roster breaks, and what would mend it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use jiff::ToSpan as _;
use serde::Serialize;

use super::make::driven;
use super::make::needs_people;
use crate::check::Code;
use crate::check::check;
use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::args::Lang;
use crate::cli::findings;
use crate::cli::say;
use crate::error::Result;
use crate::ids::DutyId;
use crate::io;
use crate::planner::staffing;
use crate::planner::staffing::Staffed;
use crate::roster::staff::Broken;
use crate::roster::staff::Mend;
use crate::roster::staff::Place;
use crate::roster::staff::mends;
use crate::scenario::RuleKind;
use crate::scenario::Scenario;
use crate::scenario::Text;
use crate::units::Seconds;

/// Arguments of `roster explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman roster explain maps/harbour/four-weeks.toml out/plan.json
  roundsman roster explain maps/harbour/four-weeks.toml out/plan.json --lang zh

Tells each rule that may not be broken and is, whom or where, when and by how much; and what to
let go, or whom to add, so that the roster keeps all others. For empty seats it also tells who is
off that day and could sit there, and what that would break instead. Duties that stay at base since
nobody is left to sit there are listed too, with the people that each lacks.")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    /// The plan with the roster
    plan: PathBuf,
    /// Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// A broken promise as JSON.
#[derive(Debug, Serialize)]
struct Told {
    rule: &'static str,
    date: String,
    amount: i64,
    unit: &'static str,
    what: String,
    mend: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let plan = io::plan::read(&args.plan)?;
    let world = args::world(&args.scenario)?;
    let scenario = &world.scenario;
    needs_people(scenario)?;
    let roster = plan.roster.clone().unwrap_or_default();
    let verdict = check(&world, &plan);
    let seats = [
        Code::PersonUnknown,
        Code::SeatDuty,
        Code::SeatTwice,
        Code::SeatTier,
        Code::TooMany,
        Code::SeatBefore,
        Code::TwoDuties,
    ];
    if verdict.violations.iter().any(|v| seats.contains(&v.code)) {
        say::data(&findings::violations(&verdict))?;
        say::warning("no roster can be like that: mend its seats before its promises");
        return Ok(Outcome::NotValid);
    }
    let driven = driven(scenario, &plan);
    let staffed = staffing::look_at(scenario, &driven, &roster);
    let mut at_base: Vec<DutyId> = scenario.duties.ids().collect();
    at_base.retain(|duty| scenario.duties[*duty].day >= 0 && !driven.contains(duty));
    let words = Words::new(args.lang, scenario);
    let mends = mends(&staffed.instance, &staffed.outcome.rows);
    if args.json {
        let told = mends.iter().map(|mend| words.as_json(&staffed, mend));
        let idle = at_base.iter().map(|duty| words.idle_as_json(*duty));
        say::json(&told.chain(idle).collect::<Vec<_>>())?;
    } else {
        let parts = [words.all(&staffed, &mends), words.at_base(&at_base)];
        say::data(&parts.concat())?;
    }
    Ok(match mends.is_empty() {
        true => Outcome::Sound,
        false => Outcome::NotValid,
    })
}

/// Says things in one language.
pub(super) struct Words<'a> {
    lang: Lang,
    scenario: &'a Scenario,
}

impl<'a> Words<'a> {
    pub(super) fn new(lang: Lang, scenario: &'a Scenario) -> Self {
        Self { lang, scenario }
    }

    fn say<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    fn name<'t>(&self, text: &'t Text) -> &'t str {
        match (self.lang, &text.zh) {
            (Lang::Zh, Some(zh)) => zh,
            _ => &text.plain,
        }
    }

    /// What a new roster breaks and how to mend it; nothing where every promise is kept.
    pub(super) fn told(&self, staffed: &Staffed) -> String {
        let mends = mends(&staffed.instance, &staffed.outcome.rows);
        match mends.is_empty() {
            true => String::new(),
            false => self.all(staffed, &mends),
        }
    }

    fn all(&self, staffed: &Staffed, mends: &[Mend]) -> String {
        if mends.is_empty() {
            return format!(
                "{}\n",
                self.say("every promise is kept", "各项规定均已遵守")
            );
        }
        let head = self.say("broken promises", "未能遵守的规定");
        let mut out = format!("{head}: {}\n", mends.len());
        for mend in mends {
            let (date, what) = (self.date(mend.broken.day), self.what(staffed, &mend.broken));
            _ = writeln!(out, "  {date}  {what}");
        }
        let proven = staffed.outcome.bound == Some(staffed.outcome.cost);
        let head = match proven {
            true => self.say(
                "what would mend it, nothing of which can be spared:",
                "补救办法（缺一不可）：",
            ),
            false => self.say(
                "what would mend it, and no lighter way was found:",
                "补救办法（未找到代价更小的办法）：",
            ),
        };
        _ = writeln!(out, "{head}");
        let remedies = mends.iter().map(|mend| {
            let remedy = self.remedy(staffed, &mend.broken);
            (remedy, mend.broken.day)
        });
        out += &self.by_remedy(remedies);
        let others = mends
            .iter()
            .filter_map(|mend| Some((mend, self.instead(staffed, mend)?)));
        let others: Vec<String> = others
            .map(|(mend, instead)| {
                let what = self.what(staffed, &mend.broken);
                format!("  {}  {what}: {instead}", self.date(mend.broken.day))
            })
            .collect();
        if !others.is_empty() {
            let head = self.say("or else, seat by seat:", "或者逐岗采取以下办法：");
            _ = writeln!(out, "{head}\n{}", others.join("\n"));
        }
        out
    }

    fn as_json(&self, staffed: &Staffed, mend: &Mend) -> Told {
        Told {
            rule: mend.broken.priced.kind.word(),
            date: self.iso(mend.broken.day),
            amount: mend.broken.bill.amount,
            unit: mend.broken.priced.kind.measure().unit(),
            what: self.what(staffed, &mend.broken),
            mend: self.remedy(staffed, &mend.broken),
            instead: self.instead(staffed, mend),
        }
    }

    fn day(&self, day: usize) -> jiff::civil::Date {
        self.scenario
            .start
            .date()
            .saturating_add((day as i64).days())
    }

    fn iso(&self, day: usize) -> String {
        self.day(day).to_string()
    }

    fn date(&self, day: usize) -> String {
        let date = self.day(day);
        match self.lang {
            Lang::En => date.strftime("%a %d %b").to_string(),
            Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        }
    }

    /// Where or whom a broken promise is about.
    fn place(&self, staffed: &Staffed, place: Place) -> String {
        let scenario = self.scenario;
        let instance = &staffed.instance;
        let tier = |k: usize| match instance.tiers[k].id {
            Some(id) => self.name(&scenario.tiers[id].name),
            None => "",
        };
        match place {
            Place::Person(person) => self.person(staffed, person),
            Place::Duty(duty) => self.duty(instance.duties[duty as usize].id),
            Place::Shift(k, shift) => {
                let shift = self.name(&scenario.shifts[shift].name);
                format!("{}{}{shift}", tier(k), self.say(", ", "，"))
            }
            Place::Demand(k, start, end) => {
                let demand = &scenario.staff.staffing[instance.demands[k].id];
                let clock = |at: i32| scenario.instant(Seconds(at.into())).strftime("%H:%M");
                let (from, to) = (clock(start), clock(end));
                format!("{} {from}-{to}", demand.id)
            }
            Place::Tier(k) => tier(k).to_owned(),
        }
    }

    fn duty(&self, duty: DutyId) -> String {
        let duty = &self.scenario.duties[duty];
        let unit = self.name(&self.scenario.units[duty.unit].name);
        let shift = self.name(&self.scenario.shifts[duty.shift].name);
        format!("{unit}{}{shift}", self.say(", ", "，"))
    }

    /// What a duty that stays at base needs.
    fn crew_for(&self, duty: DutyId) -> String {
        let count = staffing::crew(self.scenario, duty).into();
        self.sitting(&self.duty(duty), count)
    }

    fn sitting(&self, place: &str, count: i64) -> String {
        self.more(place, count, ("to sit there", "乘员"))
    }

    fn more(&self, place: &str, count: i64, (en, zh): (&str, &str)) -> String {
        match self.lang {
            Lang::En => format!("{place}: {count} more {en}"),
            Lang::Zh => format!("{place}：增加{zh}{count}人"),
        }
    }

    /// Duties of the horizon that stay at base; nothing where all drive.
    fn at_base(&self, duties: &[DutyId]) -> String {
        if duties.is_empty() {
            return String::new();
        }
        let head = self.say(
            "duties that stay at base, and what each needs",
            "留守待命的勤务及所需人员",
        );
        let needs = duties.iter().map(|duty| {
            (
                self.crew_for(*duty),
                self.scenario.duties[*duty].day as usize,
            )
        });
        format!("{head}: {}\n{}", duties.len(), self.by_remedy(needs))
    }

    fn idle_as_json(&self, id: DutyId) -> Told {
        let duty = &self.scenario.duties[id];
        Told {
            rule: "at-base",
            date: self.iso(duty.day as usize),
            amount: staffing::crew(self.scenario, id).into(),
            unit: "people",
            what: self.duty(id),
            mend: self.crew_for(id),
            instead: None,
        }
    }

    /// One remedy for several dates is said once.
    fn by_remedy(&self, remedies: impl Iterator<Item = (String, usize)>) -> String {
        let mut dates: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (remedy, day) in remedies {
            dates.entry(remedy).or_default().push(day);
        }
        let mut out = String::new();
        for (remedy, mut days) in dates {
            days.sort_unstable();
            days.dedup();
            let dates: Vec<String> = days.into_iter().map(|day| self.date(day)).collect();
            _ = writeln!(out, "  {remedy}: {}", dates.join(self.say(", ", "、")));
        }
        out
    }

    fn person(&self, staffed: &Staffed, person: usize) -> String {
        let person = &self.scenario.staff.people[staffed.instance.people[person].id];
        let name = self.name(&person.name);
        match name.is_empty() || name == person.id {
            true => person.id.clone(),
            false => format!("{name} ({})", person.id),
        }
    }

    fn rule(&self, kind: RuleKind) -> &'static str {
        match self.lang {
            Lang::En => kind.word(),
            Lang::Zh => kind.zh(),
        }
    }

    fn amount(&self, broken: &Broken) -> String {
        let (kind, amount) = (broken.priced.kind, broken.bill.amount);
        match kind.measure().seconds() {
            Some(_) => Seconds(amount).to_string(),
            None => amount.to_string(),
        }
    }

    fn what(&self, staffed: &Staffed, broken: &Broken) -> String {
        let (rule, place) = (
            self.rule(broken.priced.kind),
            self.place(staffed, broken.place),
        );
        let amount = self.amount(broken);
        match self.lang {
            Lang::En => format!("{rule}: {place}, by {amount}"),
            Lang::Zh => format!("{rule}：{place}，差{amount}"),
        }
    }

    /// The smallest change that mends one broken promise.
    fn remedy(&self, staffed: &Staffed, broken: &Broken) -> String {
        use RuleKind as K;
        let place = self.place(staffed, broken.place);
        let (count, zh) = (broken.bill.amount, self.lang == Lang::Zh);
        let more = |en, zh| self.more(&place, count, (en, zh));
        match broken.priced.kind {
            K::Crew | K::FullCrew => self.sitting(&place, count),
            K::SwornPerDuty => more("sworn on board", "正式民警"),
            K::SupervisorPerShift => more("to supervise", "带班人员"),
            K::NoviceWithSenior => more("with experience on board", "资深人员"),
            K::CrewSkills => more("with the skills of the unit", "具备技能的人员"),
            K::Staffing => {
                let hours = Seconds(count);
                match zh {
                    true => format!("{place}：增加{hours}人时"),
                    false => format!("{place}: {hours} more person-hours"),
                }
            }
            kind => {
                let (rule, amount) = (self.rule(kind), self.amount(broken));
                match zh {
                    true => format!("{place}：{rule}破例一次，{amount}"),
                    false => format!("{place}: let {rule} go once, by {amount}"),
                }
            }
        }
    }

    /// Who could sit on a duty that lacks people, and what that breaks.
    fn instead(&self, staffed: &Staffed, mend: &Mend) -> Option<String> {
        let instead = mend.instead.as_ref()?;
        let person = self.person(staffed, instead.person);
        let broken = instead
            .broken
            .iter()
            .map(|b| format!("{} {}", self.date(b.day), self.what(staffed, b)));
        let broken: Vec<String> = broken.collect();
        Some(match (self.lang, broken.is_empty()) {
            (Lang::En, true) => format!("{person} could sit there"),
            (Lang::En, false) => {
                format!(
                    "{person} could sit there, which breaks {}",
                    broken.join("; ")
                )
            }
            (Lang::Zh, true) => format!("可由{person}顶岗"),
            (Lang::Zh, false) => format!("可由{person}顶岗，但将违反：{}", broken.join("；")),
        })
    }
}
