//! The part of the summary about people: how many work how much, what is not kept, how evenly.

use std::collections::BTreeMap;

use super::page::data::Lang;
use super::summary::Teller;
use crate::check::roster::RosterVerdict;
use crate::check::roster::Shares;
use crate::check::roster::Timetable;
use crate::scenario::RuleKind;

impl Teller<'_> {
    /// The roster in a few lines.
    pub(super) fn roster(&self, table: &Timetable, verdict: &RosterVerdict, out: &mut String) {
        self.line(out, self.say("people", "人员"), &self.work(table, verdict));
        self.line(out, self.say("seats filled", "座位"), &self.seats(table));
        self.line(
            out,
            self.say("broken wishes", "未满足的意愿"),
            &self.wishes(verdict),
        );
        let mut label = self.say("shares, all rosters", "累计分担");
        for fair in &verdict.fairness {
            let mut tiers = self.scenario.tiers.iter();
            let tier = tiers.find(|tier| tier.id == fair.tier);
            let name = tier.map_or(&*fair.tier, |tier| self.name(&tier.name));
            let (hours, nights) = (range(&fair.hours), range(&fair.nights));
            let weekends = range(&fair.weekends);
            let value = match self.lang {
                Lang::En => {
                    format!("{name}: {hours} h, {nights} nights, {weekends} weekends each")
                }
                Lang::Zh => {
                    format!("{name}：每人 {hours} 小时，{nights} 个夜班，{weekends} 个周末")
                }
            };
            self.line(out, label, &value);
            label = "";
        }
    }

    fn work(&self, table: &Timetable, verdict: &RosterVerdict) -> String {
        let all = table.people.len();
        let working = table.people.iter().filter(|own| !own.is_empty()).count();
        let people = verdict.people.iter();
        let hours: f64 = people.clone().map(|p| p.hours).sum();
        let overtime: f64 = people.clone().map(|p| p.overtime_hours).sum();
        let nights: i64 = people.map(|p| p.nights).sum();
        match self.lang {
            Lang::En => format!(
                "{working} of {all} work {hours:.0} h, {overtime:.0} h of it overtime, and {nights} nights"
            ),
            Lang::Zh => format!(
                "{all} 人中 {working} 人当班，共 {hours:.0} 小时（加班 {overtime:.0} 小时），{nights} 个夜班"
            ),
        }
    }

    /// Seats of the duties that are driven; those who stand by at base come on top.
    fn seats(&self, table: &Timetable) -> String {
        let unit = |duty| &self.scenario.units[self.scenario.duties[duty].unit];
        let (mut filled, mut seats, mut lacking, mut standby) = (0, 0, 0, 0);
        for crew in &table.duties {
            let (unit, aboard) = (unit(crew.duty), crew.people.len());
            if crew.driven {
                filled += aboard;
                seats += unit.seats as usize;
                lacking += (unit.min_crew as usize).saturating_sub(aboard);
            } else {
                standby += aboard;
            }
        }
        let mut text = match self.lang {
            Lang::En => format!("{filled} of {seats}"),
            Lang::Zh => format!("{seats} 个中已排 {filled} 个"),
        };
        if lacking > 0 {
            text += &match self.lang {
                Lang::En => format!(", {lacking} too few to drive"),
                Lang::Zh => format!("，出巡尚缺 {lacking} 人"),
            };
        }
        if standby > 0 {
            text += &match self.lang {
                Lang::En => format!(", {standby} standing by at base"),
                Lang::Zh => format!("，另有 {standby} 人次在驻地备勤"),
            };
        }
        text
    }

    /// How many, what they weigh, and of which rules, the heaviest first.
    fn wishes(&self, verdict: &RosterVerdict) -> String {
        if verdict.broken_wishes.is_empty() {
            return self.say("none", "无").to_owned();
        }
        let mut rules: BTreeMap<RuleKind, (usize, i64)> = BTreeMap::new();
        for wish in &verdict.broken_wishes {
            let (count, weight) = rules.entry(wish.rule).or_default();
            *count += 1;
            *weight = weight.saturating_add(wish.weight);
        }
        let mut rules: Vec<(RuleKind, (usize, i64))> = rules.into_iter().collect();
        rules.sort_by_key(|(_, (_, weight))| std::cmp::Reverse(*weight));
        let rules = rules.iter().map(|(kind, (count, _))| match self.lang {
            Lang::En => format!("{count} {}", kind.word()),
            Lang::Zh => format!("{} {count} 项", kind.zh()),
        });
        let rules = rules.collect::<Vec<_>>().join(self.say(", ", "、"));
        let (count, weight) = (verdict.broken_wishes.len(), verdict.wishes);
        match self.lang {
            Lang::En => format!("{count}, weight {weight}: {rules}"),
            Lang::Zh => format!("{count} 项，权重 {weight}：{rules}"),
        }
    }
}

/// From the least to the most that somebody has.
fn range(shares: &Shares) -> String {
    let (least, most) = (shares.least.round(), shares.most.round());
    match least < most {
        true => format!("{least}–{most}"),
        false => format!("{most}"),
    }
}
