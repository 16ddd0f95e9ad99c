//! What is told of a roster that breaks promises, in one language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::ToSpan as _;
use serde::Serialize;

use crate::cli::args::Lang;
use crate::ids::DutyId;
use crate::planner::staffing::AtBase;
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
        let mut out = format!("{head}: {}\n", mending.broken.len());
        for broken in &mending.broken {
            _ = writeln!(out, "  {}  {}", self.date(broken.day), self.what(broken));
        }
        let outcome = &self.staffed.outcome;
        let head = match outcome.bound == Some(outcome.cost) {
            true => self.say(
                "what would mend it, nothing of which can be spared:",
                "补救办法（缺一不可）：",
            ),
            false => self.say(
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
            amount: idle.more.as_ref().map_or(0, |more| more.people),
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
        self.scenario
            .start
            .date()
            .saturating_add((day as i64).days())
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
    fn needs(&self, idle: &AtBase) -> String {
        match &idle.more {
            Some(more) => self.join(more),
            None => format!(
                "{}{}",
                self.duty(idle.duty),
                self.say(": its crew stands by", "：乘员已就位")
            ),
        }
    }

    /// Who has to join a duty.
    fn join(&self, more: &More) -> String {
        let place = self.duty(self.staffed.instance.duties[more.duty as usize].id);
        let people = self.more(&place, more.people, ("to sit there", "乘员"));
        let counted = [
            (more.sworn, "sworn", "正式民警"),
            (more.seniors, "with experience", "资深人员"),
            (more.supervisors, "to supervise", "带班人员"),
        ];
        let counted = counted.into_iter().filter(|(count, ..)| *count > 0);
        let mut among: Vec<String> = counted
            .map(|(count, en, zh)| match self.lang {
                Lang::En => format!("{count} {en}"),
                Lang::Zh => format!("{zh}{count}人"),
            })
            .collect();
        let skills = more.skills.iter().map(|id| &*self.scenario.skills[*id]);
        let skills = skills.collect::<Vec<_>>().join(self.say(", ", "、"));
        if !skills.is_empty() {
            among.push(format!(
                "{}{skills}",
                self.say("1 with ", "具备技能者1人：")
            ));
        }
        match (self.lang, among.is_empty()) {
            (_, true) => people,
            (Lang::En, false) => format!("{people} ({})", among.join(", ")),
            (Lang::Zh, false) => format!("{people}（其中{}）", among.join("、")),
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
        format!("{head}: {}\n{}", duties.len(), self.by_remedy(needs))
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

    fn amount(&self, broken: &Broken) -> String {
        let (kind, amount) = (broken.priced.kind, broken.bill.amount);
        match kind.measure().seconds() {
            Some(_) => Seconds(amount).to_string(),
            None => amount.to_string(),
        }
    }

    fn what(&self, broken: &Broken) -> String {
        let (rule, place) = (self.rule(broken.priced.kind), self.place(broken.place));
        let amount = self.amount(broken);
        match self.lang {
            Lang::En => format!("{rule}: {place}, by {amount}"),
            Lang::Zh => format!("{rule}：{place}，差{amount}"),
        }
    }

    /// What to let go, or what else one broken promise needs.
    fn let_go(&self, broken: &Broken) -> String {
        use RuleKind as K;
        let place = self.place(broken.place);
        let (count, zh) = (broken.bill.amount, self.lang == Lang::Zh);
        let more = |en, zh| self.more(&place, count, (en, zh));
        match broken.priced.kind {
            K::Crew | K::FullCrew => more("to sit there", "乘员"),
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
    fn instead(&self, mend: &Mend) -> Option<String> {
        let instead = mend.instead.as_ref()?;
        let Change::Join(more) = &mend.change else {
            return None;
        };
        let duty = &self.staffed.instance.duties[more.duty as usize];
        let (date, place) = (self.date(duty.day), self.duty(duty.id));
        let person = self.person(instead.person);
        let broken = instead.broken.iter();
        let broken = broken.map(|b| format!("{} {}", self.date(b.day), self.what(b)));
        let broken: Vec<String> = broken.collect();
        Some(match (self.lang, broken.is_empty()) {
            (Lang::En, true) => format!("{date}  {place}: {person} could sit there"),
            (Lang::En, false) => {
                let broken = broken.join("; ");
                format!("{date}  {place}: {person} could sit there, which breaks {broken}")
            }
            (Lang::Zh, true) => format!("{date}  {place}：可由{person}顶岗"),
            (Lang::Zh, false) => {
                let broken = broken.join("；");
                format!("{date}  {place}：可由{person}顶岗，但将违反：{broken}")
            }
        })
    }
}
