//! The part of the summary about all other plans: how good one could be at most, and what
//! holds that down. All of it is the plan file's claim, so every number is rounded up.

use super::page::data::Bound;
use super::page::data::DutyWorth;
use super::page::data::Lang;
use super::page::data::PlaceWorth;
use super::summary::FEW;
use super::summary::Teller;
use crate::ids::Id;
use crate::ids::ShiftId;
use crate::ids::TargetId;
use crate::ids::TierId;
use crate::ids::UnitId;
use crate::ids::ZoneId;

impl Teller<'_> {
    /// What stands behind the share protected: the share that no plan can exceed.
    pub(super) fn limit(&self, bound: &Bound) -> String {
        if bound.protected >= 1.0 {
            return self
                .say(", and no proof rules out 100 %", "，尚无证明排除 100%")
                .to_owned();
        }
        let share = ceiling(bound.protected, 1, self.say(" %", "%"));
        match (self.lang, bound.orders) {
            (Lang::En, false) => format!(", and no plan of these crews can exceed {share}"),
            (Lang::En, true) => {
                format!(", and no plan of these crews with as many order points can exceed {share}")
            }
            (Lang::Zh, false) => format!("，现有力量的任何方案都不可能超过 {share}"),
            (Lang::Zh, true) => {
                format!("，任务得分不低于本方案时，现有力量的任何方案都不可能超过 {share}")
            }
        }
    }

    /// Where that limit could be moved, and by how much at most.
    pub(super) fn held_down(&self, bound: &Bound, out: &mut String) {
        if bound.duties.is_empty() && bound.targets.is_empty() && bound.most.is_none() {
            return;
        }
        let intro = self.say(
            "each of these would raise that limit by so much at most, in shares of all risk:",
            "下列各项最多能使上述上限提高多少（占全部风险的比例）：",
        );
        self.line(out, self.say("what holds it down", "上限受制于"), intro);
        let mut label = self.say("  one more duty", "  增加一个班次");
        for duty in self.best_of_tiers(bound) {
            self.line(out, label, &self.duty(duty));
            label = "";
        }
        let zones = |p: &PlaceWorth| &self.scenario.zones[ZoneId::new(p.place)].name;
        let targets = |p: &PlaceWorth| &self.scenario.targets[TargetId::new(p.place)].name;
        let worths = bound.zones.iter().map(|p| (self.name(zones(p)), p.at_most));
        self.places(self.say("  one zone less", "  少巡一个辖区"), worths, out);
        let worths = bound.targets.iter();
        let worths = worths.map(|p| (self.name(targets(p)), p.at_most));
        self.places(self.say("  one target less", "  少巡一个目标"), worths, out);
        if let Some(run) = bound.most {
            let (from, to) = (run.from, run.to);
            let share = (run.share * 100.0).round();
            let text = match self.lang {
                Lang::En => format!(
                    "most is held back between {from:02}:00 and {to:02}:00: {share:.0} % of it"
                ),
                Lang::Zh => format!("{from:02}:00 至 {to:02}:00 最受限制，占其中的 {share:.0}%"),
            };
            self.line(out, self.say("  by the clock", "  时段"), &text);
        }
    }

    /// The duty of each tier that one more of would be worth most by the hour.
    fn best_of_tiers<'b>(&self, bound: &'b Bound) -> Vec<&'b DutyWorth> {
        let mut seen: Vec<TierId> = Vec::new();
        let mut first = |duty: &&DutyWorth| {
            let tier = self.scenario.units[UnitId::new(duty.unit)].tier;
            let new = !seen.contains(&tier);
            seen.extend(new.then_some(tier));
            new
        };
        bound.duties.iter().filter(|d| first(d)).collect()
    }

    fn duty(&self, duty: &DutyWorth) -> String {
        let unit = &self.scenario.units[UnitId::new(duty.unit)];
        let shift = &self.scenario.shifts[ShiftId::new(duty.shift)];
        let tier = self.name(&self.scenario.tiers[unit.tier].name);
        let (unit, shift) = (self.name(&unit.name), self.name(&shift.name));
        let (all, hour) = (self.at_most(duty.at_most), self.at_most(duty.per_hour));
        match self.lang {
            Lang::En => format!("{unit}, {shift}: at most {all}, {hour} an hour ({tier})"),
            Lang::Zh => format!("{unit}，{shift}：至多 {all}，每小时 {hour}（{tier}）"),
        }
    }

    fn places<'t>(
        &self,
        label: &str,
        worths: impl Iterator<Item = (&'t str, f64)>,
        out: &mut String,
    ) {
        let (colon, most) = (self.say(": ", "："), self.say("at most ", "至多 "));
        let told = worths.take(FEW).enumerate().map(|(i, (name, share))| {
            let most = if i == 0 { most } else { "" };
            format!("{name}{colon}{most}{}", self.at_most(share))
        });
        // Names may hold commas.
        let text = told.collect::<Vec<_>>().join(self.say("; ", "；"));
        if !text.is_empty() {
            self.line(out, label, &text);
        }
    }

    /// A share that something adds at most.
    fn at_most(&self, share: f64) -> String {
        let digits = match share {
            _ if share < 0.001 => 3,
            _ if share < 0.01 => 2,
            _ => 1,
        };
        ceiling(share, digits, self.say(" %", "%"))
    }
}

/// A share as per cent, rounded up: but not to all of it while another digit keeps it below.
fn ceiling(share: f64, digits: usize, sign: &str) -> String {
    if share <= 0.0 {
        return format!("0{sign}");
    }
    for digits in digits..=3 {
        let unit = 10_f64.powi(digits as i32);
        // What is above a step by a rounding error alone stays on it.
        let value = (share * 100.0 * unit - 1e-6).ceil().max(0.0) / unit;
        if value < 100.0 {
            return format!("{value:.digits$}{sign}");
        }
    }
    format!("100{sign}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_rounded_up_but_not_to_all() {
        assert_eq!(ceiling(0.9581, 1, " %"), "95.9 %");
        assert_eq!(ceiling(0.9590, 1, " %"), "95.9 %");
        assert_eq!(ceiling(0.99951, 1, " %"), "99.96 %");
        assert_eq!(ceiling(1.0, 1, "%"), "100%");
        assert_eq!(ceiling(1.2, 1, "%"), "100%");
        assert_eq!(ceiling(0.000_012, 2, "%"), "0.01%");
        assert_eq!(ceiling(0.0, 2, "%"), "0%");
    }
}
