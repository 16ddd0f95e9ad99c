//! Who is on board of a duty, and of the duties of a shift.

use super::cost::Cost;
use super::instance::Aboard;
use super::instance::Company;
use super::instance::Duty;
use super::instance::Instance;
use super::instance::Supervisors;

impl Instance {
    /// By how much a rule is broken with some people on board of a duty.
    pub fn lacking_aboard(&self, rule: &Aboard, duty: &Duty, aboard: &[u32]) -> i64 {
        let people = || aboard.iter().map(|p| &self.people[*p as usize]);
        let is = aboard.len() as i64;
        match rule {
            Aboard::Fewest(_) if duty.driven => (duty.least - is).max(0),
            Aboard::Full(_) if duty.driven => (duty.seats as i64 - is).max(0),
            Aboard::Fewest(_) | Aboard::Full(_) => 0,
            _ if aboard.is_empty() => 0,
            Aboard::Sworn(_, least) => {
                let sworn = people().filter(|person| person.sworn).count() as i64;
                (least - sworn).max(0)
            }
            Aboard::Senior(_) => {
                let novice = people().any(|person| person.novice);
                i64::from(novice && !people().any(|person| person.senior))
            }
            Aboard::Skills(_) => {
                let lacking = |skill: &&crate::ids::SkillId| {
                    !people().any(|person| person.skills.contains(skill))
                };
                duty.skills.iter().filter(lacking).count() as i64
            }
        }
    }

    /// What a unit of a rule costs on a duty: an empty seat is worth what the duty is.
    pub fn price_aboard(&self, rule: &Aboard, duty: &Duty) -> Cost {
        match rule {
            Aboard::Fewest(priced) if priced.is_promise() => Cost {
                promises: duty.worth,
                wishes: 0,
            },
            _ => rule.priced().unit,
        }
    }

    /// What some people on board of a duty cost.
    pub fn duty_cost(&self, duty: &Duty, aboard: &[u32]) -> Cost {
        let rules = self.tiers[duty.tier].aboard.iter();
        let own = rules
            .map(|rule| self.price_aboard(rule, duty) * self.lacking_aboard(rule, duty, aboard));
        let company = self.company.iter();
        let company = company.filter(|company| company.is_broken(aboard));
        own.sum::<Cost>() + company.map(|company| company.priced.unit).sum()
    }

    /// What the people of one shift on one day cost.
    pub fn shift_cost(&self, tier: usize, on_duty: &[u32]) -> Cost {
        let rules = self.tiers[tier].supervisors.iter();
        rules
            .map(|rule| rule.priced.unit * rule.lacking(on_duty))
            .sum()
    }
}

impl Company {
    /// Whether it is broken with some people on board.
    pub fn is_broken(&self, aboard: &[u32]) -> bool {
        let named = aboard.iter().filter(|p| self.named[**p as usize]).count();
        match self.together {
            true => named > 0 && named < self.count,
            false => named > 1,
        }
    }
}

impl Supervisors {
    /// How many are lacking with some people on the shift.
    pub fn lacking(&self, on_duty: &[u32]) -> i64 {
        if on_duty.is_empty() {
            return 0;
        }
        let is = on_duty.iter().filter(|p| self.counts[**p as usize]).count();
        (self.least - is as i64).max(0)
    }
}
