//! What a planner reads on a terminal in ten seconds.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::civil::date;
use super::civil::day_time;
use super::civil::duration;
use super::page::Keys;
use super::page::bound::bound;
use super::page::data::Bound;
use super::page::data::Lang;
use super::page::data::Shortfall;
use super::page::why::shortfalls;
use crate::check::TargetKpi;
use crate::check::Verdict;
use crate::check::roster::timetable;
use crate::check::timeline::timeline;
use crate::ids::Id;
use crate::ids::OrderId;
use crate::ids::TargetId;
use crate::ids::UnitId;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::scenario::Text;
use crate::units::Seconds;
use crate::world::World;

/// How many of the worst waits, violations and shortfalls are told.
pub(super) const FEW: usize = 3;

/// Columns before the values.
const LABEL: usize = 20;

/// The plan in a dozen lines: protected risk, worst waits, orders, response, distance, and
/// what fell short and why; with a bound, how good it could be at most and what holds that
/// down; with a roster, who works how much and what is not kept.
pub fn summary(world: &World, plan: &Plan, verdict: &Verdict, lang: Lang) -> String {
    let teller = Teller {
        scenario: &world.scenario,
        verdict,
        lang,
    };
    let mut out = teller.head();
    let bound = bound(&world.scenario, plan, verdict, &Keys::new(&world.scenario));
    teller.figures(bound.as_ref(), &mut out);
    if let (Some(table), Some(roster)) = (timetable(world, plan), &verdict.roster) {
        teller.roster(&table, roster, &mut out);
    }
    let shortfalls = shortfalls(world, plan, verdict, &timeline(world, plan));
    teller.short(&shortfalls, &mut out);
    out
}

/// Says things in one language.
pub(super) struct Teller<'a> {
    pub(super) scenario: &'a Scenario,
    verdict: &'a Verdict,
    pub(super) lang: Lang,
}

impl Teller<'_> {
    /// English or Chinese.
    pub(super) fn say<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    pub(super) fn name<'t>(&self, text: &'t Text) -> &'t str {
        match (self.lang, &text.zh) {
            (Lang::Zh, Some(zh)) => zh,
            _ => &text.plain,
        }
    }

    fn percent(&self, share: f64) -> String {
        // Never rounded up to all of it.
        let tenths = (share * 1000.0).round() / 10.0;
        let value = if share < 1.0 { tenths.min(99.9) } else { 100.0 };
        let digits = usize::from(share < 1.0);
        format!("{value:.digits$}{}", self.say(" %", "%"))
    }

    fn head(&self) -> String {
        let first = date(self.scenario, Seconds::ZERO, self.lang);
        let last = date(self.scenario, self.scenario.horizon - Seconds(1), self.lang);
        let to = self.say("to", "至");
        let mut out = format!("{}, {first} {to} {last}\n", self.name(&self.scenario.name));
        let violations = &self.verdict.violations;
        if !violations.is_empty() {
            let invalid = self.say(
                "this plan breaks its rules, so it cannot be driven",
                "此方案违反规则，不能执行",
            );
            _ = writeln!(out, "  {invalid} ({})", violations.len());
        }
        for violation in violations.iter().take(FEW) {
            _ = writeln!(out, "    {violation}");
        }
        out
    }

    /// A line of a label and its value.
    pub(super) fn line(&self, out: &mut String, label: &str, value: &str) {
        let pad = LABEL.saturating_sub(width(label));
        _ = writeln!(out, "  {label}{:pad$} {value}", "");
    }

    fn figures(&self, bound: Option<&Bound>, out: &mut String) {
        let kpis = &self.verdict.kpis;
        let share = |s: Option<f64>| s.map_or_else(|| "–".to_owned(), |s| self.percent(s));
        let limit = bound.map_or_else(String::new, |b| self.limit(b));
        self.line(
            out,
            self.say("risk protected", "受保护风险"),
            &(self.percent(kpis.protected_risk) + &limit),
        );
        if let Some(bound) = bound {
            self.held_down(bound, out);
        }
        self.line(
            out,
            self.say("standards kept", "间隔达标率"),
            &share(kpis.standards_kept),
        );
        self.worst(out);
        if kpis.orders_met + kpis.orders_missed > 0 {
            let orders = match self.lang {
                Lang::En => format!(
                    "{} visits met, {} missed",
                    kpis.orders_met, kpis.orders_missed
                ),
                Lang::Zh => format!("完成 {} 次，缺 {} 次", kpis.orders_met, kpis.orders_missed),
            };
            self.line(out, self.say("orders", "任务"), &orders);
        }
        self.line(
            out,
            self.say("response cover", "响应覆盖"),
            &self.response(),
        );
        let km = match self.lang {
            Lang::En => format!(
                "{:.0} km in {:.0} crew hours",
                kpis.distance_km, kpis.crew_hours
            ),
            Lang::Zh => format!(
                "{:.0} 公里，外勤 {:.0} 小时",
                kpis.distance_km, kpis.crew_hours
            ),
        };
        self.line(out, self.say("distance", "里程"), &km);
    }

    fn response(&self) -> String {
        let Some(cover) = self.verdict.kpis.response else {
            return "–".to_owned();
        };
        let (mean, worst) = (self.percent(cover.mean), self.percent(cover.worst));
        let at = day_time(self.scenario, cover.worst_at, self.lang);
        match self.lang {
            Lang::En => format!("{mean}, at worst {worst} on {at}"),
            Lang::Zh => format!("{mean}，最低 {worst}（{at}）"),
        }
    }

    /// The longest waits measured by their standards.
    fn worst(&self, out: &mut String) {
        let with_standard = self.verdict.kpis.targets.iter().enumerate();
        let mut worst: Vec<(f64, usize, &TargetKpi)> = with_standard
            .filter_map(|(i, t)| Some((t.worst_gap_ratio?, i, t)))
            .collect();
        worst.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut label = self.say("longest waits", "最长等候");
        for (ratio, i, figures) in worst.into_iter().take(FEW) {
            let target = &self.scenario.targets[TargetId::new(i)];
            let name = self.name(&target.name);
            let wait = duration(figures.worst_gap_seconds, self.lang);
            let at = day_time(self.scenario, figures.worst_gap_at, self.lang);
            let standard = duration(target.standard.unwrap_or_default(), self.lang);
            let value = match self.lang {
                Lang::En => format!("{name}: {wait} by {at}, {ratio:.2} x its {standard}"),
                Lang::Zh => {
                    format!("{name}：到 {at} 已等 {wait}，为标准 {standard} 的 {ratio:.2} 倍")
                }
            };
            self.line(out, label, &value);
            label = "";
        }
    }

    fn short(&self, shortfalls: &[Shortfall], out: &mut String) {
        if shortfalls.is_empty() {
            let all = self.say("nothing fell short", "没有不足");
            _ = writeln!(out, "  {all}");
            return;
        }
        self.line(
            out,
            self.say("fell short", "不足之处"),
            &self.causes(shortfalls),
        );
        for short in shortfalls.iter().take(FEW) {
            _ = writeln!(out, "    {}", self.shortfall(short));
        }
        if shortfalls.len() > FEW {
            let more = shortfalls.len() - FEW;
            let text = match self.lang {
                Lang::En => format!("and {more} more, see the report"),
                Lang::Zh => format!("另有 {more} 项，见报告"),
            };
            _ = writeln!(out, "    {text}");
        }
    }

    /// How much fell short and how often each cause is at work, the most frequent first.
    fn causes(&self, shortfalls: &[Shortfall]) -> String {
        let count = |what: &str| shortfalls.iter().filter(|s| s.what == what).count();
        let kinds = [
            (count("standard"), self.say("standards", "项标准")),
            (count("order"), self.say("orders", "项任务")),
            (count("break"), self.say("breaks", "次休息")),
        ];
        let kinds = kinds.iter().filter(|(n, _)| *n > 0);
        let kinds: Vec<String> = kinds.map(|(n, what)| format!("{n} {what}")).collect();
        let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
        for short in shortfalls {
            *causes.entry(short.why).or_default() += 1;
        }
        let mut causes: Vec<(&str, usize)> = causes.into_iter().collect();
        causes.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        let causes: Vec<String> = causes
            .into_iter()
            .map(|(why, n)| format!("{n} {}{}", self.say("", "项"), self.cause(why)))
            .collect();
        let (comma, colon) = (self.say(", ", "、"), self.say(": ", "："));
        format!("{}{colon}{}", kinds.join(comma), causes.join(comma))
    }

    /// A cause in a word or two.
    fn cause(&self, why: &str) -> &'static str {
        let (en, zh) = match why {
            "unreachable" => ("no road", "无路可达"),
            "nobody_may" => ("nobody may go", "无人可前往"),
            "closed" => ("closed", "不开放"),
            "nobody_on_duty" => ("nobody on duty", "无人在岗"),
            "all_busy" => ("all units busy", "都在忙碌"),
            "spare" => ("units idle", "有巡组空闲"),
            _ => ("no room", "没有时间"),
        };
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    fn shortfall(&self, short: &Shortfall) -> String {
        let scenario = self.scenario;
        let target = short
            .target
            .map(|i| &scenario.targets[TargetId::new(i)].name);
        let order = short.order.map(|i| &scenario.orders[OrderId::new(i)].name);
        let unit = short.unit.map(|i| &scenario.units[UnitId::new(i)].name);
        let name = target.or(order).or(unit).map_or("", |text| self.name(text));
        let amount = short.amount;
        let time = duration(Seconds(amount), self.lang);
        let promise = if short.hard {
            self.say(" (promise)", "（必保）")
        } else {
            ""
        };
        let what = match (short.what, self.lang) {
            ("standard", Lang::En) => format!("{time} beyond its standard in all"),
            ("standard", Lang::Zh) => format!("累计超出标准 {time}"),
            ("order", Lang::En) => format!("{amount} of its visits missing"),
            ("order", Lang::Zh) => format!("缺 {amount} 次到访"),
            (_, Lang::En) => format!("a break of {time} not given"),
            (_, Lang::Zh) => format!("未安排 {time} 的休息"),
        };
        let because = self.why(short);
        match self.lang {
            Lang::En => format!("{name}{promise}: {what}; {because}"),
            Lang::Zh => format!("{name}{promise}：{what}；{because}"),
        }
    }

    fn why(&self, short: &Shortfall) -> String {
        let with = |i: usize| short.with.get(i).copied().unwrap_or_default();
        let share = |i: usize| format!("{:.0}{}", with(i) * 100.0, self.say(" %", "%"));
        let (units, part) = (with(0), share(usize::from(short.with.len() > 1)));
        let (en, zh) = match short.why {
            "unreachable" => (
                "no road comes near".to_owned(),
                "附近没有可通行的道路".to_owned(),
            ),
            "nobody_may" => (
                "forces, zones and skills rule every unit out".to_owned(),
                "力量、辖区和技能条件排除了所有巡组".to_owned(),
            ),
            "closed" => (
                format!("closed to visits for {part} of the longest wait"),
                format!("最长等候期间有 {part} 的时间不开放"),
            ),
            "nobody_on_duty" => (
                format!("nobody who may go there on duty for {part} of the longest wait"),
                format!("最长等候期间有 {part} 的时间无人在岗"),
            ),
            "all_busy" => (
                format!("{units} on duty that may go there, busy for {part} of that time"),
                format!("{units} 个巡组在岗，{part} 的时间都在忙"),
            ),
            "spare" => (
                format!(
                    "{units} on duty that may go there, idle for {part} of that time: search longer"
                ),
                format!("{units} 个巡组在岗，{part} 的时间空闲：可延长求解"),
            ),
            _ => (
                "the route left no room".to_owned(),
                "路线没有留出时间".to_owned(),
            ),
        };
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}

/// Columns a text takes on a terminal: Chinese signs take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if u32::from(c) >= 0x1100 { 2 } else { 1 })
        .sum()
}
