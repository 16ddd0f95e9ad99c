//! What is told of a roster that breaks promises, in one language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::cli::args::Lang;
use crate::ids::DutyId;
use crate::planner::staffing::AtBase;
use crate::planner::staffing::Needs;
use crate::planner::staffing::Staffed;
use crate::roster::staff::Broken;
use crate::roster::staff::Change;
use crate::roster::staff::Mend;
use crate::roster::staff::Mending;
use crate::roster::staff::More;
use crate::roster::staff::Place;
use crate::scenario::RuleKind;
use crate::scenario::Scenario;
use crate::scenario::Text;
use crate::units::Seconds;

/// A broken promise as JSON.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    rule: &'static str,
    date: String,
    amount: i64,
    unit: &'static str,
    what: String,
    mend: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
}

/// Says things in one language.
pub(super) struct Words<'a> {
    lang: Lang,
    scenario: &'a Scenario,
    staffed: &'a Staffed,
}

impl<'a> Words<'a> {
    pub(super) fn new(lang: Lang, scenario: &'a Scenario, staffed: &'a Staffed) -> Self {
        Self {
            lang,
            scenario,
            staffed,
        }
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

    /// What a roster breaks and how to mend it.
    pub(super) fn all(&self, mending: &Mending) -> String {
        if mending.broken.is_empty() {
            return format!(
                "{}\n",
                self.say("every promise is kept", "各项规定均已遵守")
            );
        }
        let head = self.say("broken promises", "未能遵守的规定");
        let mut out = format!("{head}{}{}\n", self.colon(), mending.broken.len());
        for broken in &mending.broken {
            _ = writeln!(out, "  {}  {}", self.date(broken.day), self.what(broken));
        }
        let outcome = &self.staffed.outcome;
        let head = match outcome.bound {
            // Nothing was sought.
            _ if outcome.epochs == 0 => self.say("what would mend it:", "补救办法："),
            Some(bound) if bound == outcome.cost => self.say(
                "what would mend it, nothing of which can be spared:",
                "补救办法（缺一不可）：",
            ),
            _ => self.say(
                "what would mend it, and no lighter way was found:",
                "补救办法（未找到代价更小的办法）：",
            ),
        };
        let remedies = mending.mends.iter();
        let remedies = remedies.map(|mend| (self.remedy(mend), self.day_of(mend)));
        _ = writeln!(out, "{head}\n{}", self.by_remedy(remedies).trim_end());
        let others: Vec<String> = mending
            .mends
            .iter()
            .filter_map(|mend| self.instead(mend))
            .collect();
        if !others.is_empty() {
            let head = self.say("or else, seat by seat:", "或者逐岗采取以下办法：");
            _ = writeln!(out, "{head}\n  {}", others.join("\n  "));
        }
        out
    }

    /// The same for programs, promise by promise, and the duties at base after them.
    pub(super) fn as_json(&self, mending: &Mending, at_base: &[AtBase]) -> Vec<Told> {
        let of = |k: usize| {
            mending
                .mends
                .iter()
                .filter(move |mend| mend.of.contains(&k))
        };
        let join = |parts: Vec<String>| parts.join(self.say("; ", "；"));
        let told = mending.broken.iter().enumerate().map(|(k, broken)| Told {
            rule: broken.priced.kind.word(),
            date: self.day(broken.day).to_string(),
            amount: broken.bill.amount,
            unit: broken.priced.kind.measure().unit(),
            what: self.what(broken),
            mend: join(of(k).map(|mend| self.remedy(mend)).collect()),
            instead: Some(join(of(k).filter_map(|mend| self.instead(mend)).collect()))
                .filter(|instead| !instead.is_empty()),
        });
        let idle = at_base.iter().map(|idle| Told {
            rule: "at-base",
            date: self
                .day(self.scenario.duties[idle.duty].day as usize)
                .to_string(),
            amount: match &idle.needs {
                Needs::More(more) => more.people,
                Needs::Nobody | Needs::Others => 0,
            },
            unit: "people",
            what: self.duty(idle.duty),
            mend: self.needs(idle),
            instead: None,
        });
        told.chain(idle).collect()
    }

    fn day_of(&self, mend: &Mend) -> usize {
        match &mend.change {
            Change::Join(more) => self.staffed.instance.duties[more.duty as usize].day,
            Change::LetGo(broken) => broken.day,
        }
    }

    fn remedy(&self, mend: &Mend) -> String {
        match &mend.change {
            Change::Join(more) => self.join(more),
            Change::LetGo(broken) => self.let_go(broken),
        }
    }

    fn day(&self, day: usize) -> jiff::civil::Date {
        self.scenario.date(day as i32)
    }

    fn date(&self, day: usize) -> String {
        let date = self.day(day);
        match self.lang {
            Lang::En => date.strftime("%a %d %b").to_string(),
            Lang::Zh => format!("{}月{}日", date.month(), date.day()),
        }
    }

    /// Where or whom a broken promise is about.
    fn place(&self, place: Place) -> String {
        let scenario = self.scenario;
        let instance = &self.staffed.instance;
        let tier = |k: usize| match instance.tiers[k].id {
            Some(id) => self.name(&scenario.tiers[id].name),
            None => "",
        };
        match place {
            Place::Person(person) => self.person(person),
            Place::Duty(duty) => self.duty(instance.duties[duty as usize].id),
            Place::Shift(k, shift) => {
                let shift = self.name(&scenario.shifts[shift].name);
                format!("{}{}{shift}", tier(k), self.say(", ", "，"))
            }
            Place::Demand(k, start, end) => {
                let demand = &scenario.staff.staffing[instance.demands[k].id];
                let hours = self.hours(start, end);
                match demand.skill {
                    Some(skill) => format!("{} ({}) {hours}", demand.id, scenario.skills[skill]),
                    None => format!("{} {hours}", demand.id),
                }
            }
            Place::Tier(k) => tier(k).to_owned(),
        }
    }

    /// From when to when: by the clock, and with dates where those of the day do not tell.
    fn hours(&self, start: i32, end: i32) -> String {
        let at = |at: i32| self.scenario.instant(Seconds(at.into()));
        let (from, to) = (at(start), at(end));
        let calendar = &self.staffed.instance.calendar;
        let day = (0..calendar.count).rfind(|day| calendar.begin(*day) <= start);
        let plain =
            end - start < 86_400 && day.is_some_and(|day| self.day(day as usize) == from.date());
        let clock = match (plain, self.lang) {
            (true, _) => "%H:%M",
            (false, Lang::En) => "%a %d %b %H:%M",
            (false, Lang::Zh) => "%-m月%-d日%H:%M",
        };
        let dash = if plain { "-" } else { " - " };
        format!("{}{dash}{}", from.strftime(clock), to.strftime(clock))
    }

    fn colon(&self) -> &'static str {
        match self.lang {
            Lang::En => ": ",
            Lang::Zh => "：",
        }
    }

    fn duty(&self, duty: DutyId) -> String {
        let duty = &self.scenario.duties[duty];
        let unit = self.name(&self.scenario.units[duty.unit].name);
        let shift = self.name(&self.scenario.shifts[duty.shift].name);
        format!("{unit}{}{shift}", self.say(", ", "，"))
    }

    /// What a duty that stays at base needs.
    fn needs(&self, idle: &AtBase) -> String {
        let what = match &idle.needs {
            Needs::More(more) => return self.join(more),
            Needs::Nobody => self.say("its crew stands by", "乘员已就位"),
            Needs::Others => self.say("others on its seats", "座位已满，须换人"),
        };
        format!("{}{}{what}", self.duty(idle.duty), self.colon())
    }

    /// Who has to join a duty.
    fn join(&self, more: &More) -> String {
        let place = self.duty(self.staffed.instance.duties[more.duty as usize].id);
        let people = self.more(&place, more.people, ("to sit there", "乘员"));
        let counted = [
            (more.sworn, "sworn".to_owned(), "正式民警".to_owned()),
            (more.seniors, "a senior".to_owned(), "资深人员".to_owned()),
            (
                more.supervisors,
                "to supervise".to_owned(),
                "带班领导".to_owned(),
            ),
        ];
        let skills = more.skills.iter().map(|(id, count)| {
            let name = &self.scenario.skills[*id];
            (*count, format!("with {name}"), format!("具备{name}者"))
        });
        let counted = counted.into_iter().chain(skills);
        let wanted = counted.filter(|(count, ..)| *count > 0);
        let among: Vec<String> = wanted
            .map(|(count, en, zh)| match (self.lang, more.people) {
                (Lang::En, 1) => en,
                (Lang::Zh, 1) => zh,
                (Lang::En, _) => format!("{count} {}", en.trim_start_matches("a ")),
                (Lang::Zh, _) => format!("{zh}{count}人"),
            })
            .collect();
        let head = if more.people == 1 { "须为" } else { "其中" };
        match (self.lang, among.is_empty()) {
            (_, true) => people,
            (Lang::En, false) => format!("{people} ({})", among.join(", ")),
            (Lang::Zh, false) => format!("{people}（{head}{}）", among.join("、")),
        }
    }

    fn more(&self, place: &str, count: i64, (en, zh): (&str, &str)) -> String {
        match self.lang {
            Lang::En => format!("{place}: {count} more {en}"),
            Lang::Zh => format!("{place}：增加{zh}{count}人"),
        }
    }

    /// Duties of the horizon that stay at base; nothing where all drive.
    pub(super) fn at_base(&self, duties: &[AtBase]) -> String {
        if duties.is_empty() {
            return String::new();
        }
        let head = self.say(
            "duties that stay at base, and what each needs",
            "留守待命的勤务及所需人员",
        );
        let day = |idle: &AtBase| self.scenario.duties[idle.duty].day as usize;
        let needs = duties.iter().map(|idle| (self.needs(idle), day(idle)));
        let count = duties.len();
        format!("{head}{}{count}\n{}", self.colon(), self.by_remedy(needs))
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
            let dates = dates.join(self.say(", ", "、"));
            _ = writeln!(out, "  {remedy}{}{dates}", self.colon());
        }
        out
    }

    fn person(&self, person: usize) -> String {
        let person = &self.scenario.staff.people[self.staffed.instance.people[person].id];
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

    /// By how much a promise is broken: too little, too much, or so often.
    fn by(&self, broken: &Broken) -> String {
        use RuleKind as K;
        let (kind, amount) = (broken.priced.kind, broken.bill.amount);
        let number = match kind.measure().seconds() {
            Some(_) => Seconds(amount).to_string(),
            None => amount.to_string(),
        };
        let (en, zh) = match kind {
            K::Leave
            | K::Requests
            | K::Pattern
            | K::ForwardRotation
            | K::CompleteWeekends
            | K::NoviceWithSenior
            | K::PairsRequired
            | K::PairsForbidden => {
                return match (self.lang, amount) {
                    (Lang::En, 1) => "once".to_owned(),
                    (Lang::En, _) => format!("{number} times"),
                    (Lang::Zh, _) => format!("{number}次"),
                };
            }
            K::HoursPerDay
            | K::HoursPerWeek
            | K::HoursRolling
            | K::HoursAverage
            | K::HoursPerMonth
            | K::OvertimePerDay
            | K::OvertimePerMonth
            | K::DutyLength
            | K::NightLength
            | K::ConsecutiveDays
            | K::ConsecutiveNights
            | K::WeekendsWorked => ("too much by ", "超出"),
            _ => ("short by ", "差"),
        };
        format!("{}{number}", self.say(en, zh))
    }

    fn what(&self, broken: &Broken) -> String {
        let rule = self.rule(broken.priced.kind);
        let (place, by) = (self.place(broken.place), self.by(broken));
        let comma = self.say(", ", "，");
        format!("{rule}{}{place}{comma}{by}", self.colon())
    }

    /// What to let go, or what else one broken promise needs.
    fn let_go(&self, broken: &Broken) -> String {
        use RuleKind as K;
        let place = self.place(broken.place);
        let count = broken.bill.amount;
        let of_those = |en: &str, zh: &str| match self.lang {
            Lang::En => format!("{place}: {count} of those on duty {en}"),
            Lang::Zh => format!("{place}：在岗人员中须有{count}人{zh}"),
        };
        match broken.priced.kind {
            K::Crew | K::FullCrew => self.more(&place, count, ("to sit there", "乘员")),
            // Every seat is taken: those who sit there have to be others.
            K::SwornPerDuty => of_those("to be sworn", "为正式民警"),
            K::SupervisorPerShift => of_those("to be able to supervise", "可带班"),
            K::NoviceWithSenior => of_those("to be a senior", "为资深人员"),
            K::CrewSkills => {
                let skills = self.skills(broken.place);
                match self.lang {
                    Lang::En => format!("{place}: those on duty to have {skills} between them"),
                    Lang::Zh => format!("{place}：在岗人员须具备{skills}"),
                }
            }
            K::Staffing => self.present(broken, &place),
            kind => {
                let (rule, by) = (self.rule(kind), self.by(broken));
                match self.lang {
                    Lang::En if by == "once" => format!("{place}: let {rule} go once"),
                    Lang::En => format!("{place}: let {rule} go once, {by}"),
                    Lang::Zh => format!("{place}：{rule}破例一次，{by}"),
                }
            }
        }
    }

    /// Skills of the unit of a duty.
    fn skills(&self, place: Place) -> String {
        let Place::Duty(duty) = place else {
            return String::new();
        };
        let skills = self.staffed.instance.duties[duty as usize].skills.iter();
        let names = skills.map(|id| &*self.scenario.skills[*id]);
        names.collect::<Vec<_>>().join(self.say(", ", "、"))
    }

    /// Who has to be there where people lack: so many all the time, or so many hours in all.
    fn present(&self, broken: &Broken, place: &str) -> String {
        let amount = broken.bill.amount;
        let length = match broken.place {
            Place::Demand(_, start, end) => i64::from(end - start).max(1),
            _ => 1,
        };
        if amount % length == 0 {
            return self.more(place, amount / length, ("on duty", "在岗"));
        }
        let hours = Seconds(amount).hours();
        match self.lang {
            Lang::En => format!("{place}: {hours:.1} more person-hours"),
            Lang::Zh => format!("{place}：增加{hours:.1}人时"),
        }
    }

    /// Who could sit on a duty that lacks people, and what that breaks.
    fn instead(&self, mend: &Mend) -> Option<String> {
        let instead = mend.instead.as_ref()?;
        let Change::Join(more) = &mend.change else {
            return None;
        };
        let duty = &self.staffed.instance.duties[more.duty as usize];
        let (date, place) = (self.date(duty.day), self.duty(duty.id));
        let person = self.person(instead.person);
        let one = match (self.lang, more.people) {
            (Lang::En, 1) => "sit there",
            (Lang::En, _) => "be one of them",
            (Lang::Zh, 1) => "",
            (Lang::Zh, _) => "其中1人",
        };
        let broken = instead.broken.iter();
        let broken = broken.map(|b| format!("{} {}", self.date(b.day), self.what(b)));
        let broken: Vec<String> = broken.collect();
        Some(match (self.lang, broken.is_empty()) {
            (Lang::En, true) => format!("{date}  {place}: {person} could {one}"),
            (Lang::En, false) => {
                let broken = broken.join("; ");
                format!("{date}  {place}: {person} could {one}, which breaks {broken}")
            }
            (Lang::Zh, true) => format!("{date}  {place}：{one}可由{person}顶岗"),
            (Lang::Zh, false) => {
                let broken = broken.join("；");
                format!("{date}  {place}：{one}可由{person}顶岗，但将违反：{broken}")
            }
        })
    }
}
