//! The rules of rosters as data: kinds, scopes, and which rule holds for whom.

mod kind;
pub(crate) mod read;
pub(crate) mod sets;

pub use kind::Binds;
pub use kind::Figure;
pub use kind::Measure;
pub use kind::RuleKind;
pub(crate) use kind::WORDS;
pub use kind::Window;
pub use sets::RuleSet;
pub use sets::rule_sets;

use crate::ids::ContractId;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::scenario::staff::Person;

/// A rule of rosters.
///
/// Rules of one kind and window are about the same thing. Of those that bind somebody, the
/// ones with the narrowest scope hold (people before contracts before tiers before all). Among
/// equally narrow ones the scenario's own hold before those of a set, and a later set before
/// an earlier. What remains is one source, of which the last hard rule and the last priced rule
/// hold, so that a law and a wish can stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which kind of rule.
    pub kind: RuleKind,
    /// Whether it applies; one that is off keeps broader ones from applying.
    pub on: bool,
    /// Weight of each unit by which it is broken (each hour begun of lengths of time); `None`
    /// when it may never be broken.
    pub price: Option<i64>,
    /// Its figure: seconds for lengths of time, else a count; 0 for kinds without one.
    pub value: i64,
    /// Its window, in the unit of the kind; 0 for kinds without one.
    pub window: i64,
    /// Whom it binds.
    pub scope: Scope,
    /// `supervisor-per-shift`: ranks that count.
    pub ranks: Vec<String>,
    /// `supervisor-per-shift`: skills that count.
    pub skills: Vec<SkillId>,
    /// `pattern`: what the pattern means here.
    pub pattern: Option<PatternRule>,
    /// Where it stands in law.
    pub source: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Whom a rule binds: all where every list is empty, else those on one of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Kinds of force.
    pub tiers: Vec<TierId>,
    /// Contracts.
    pub contracts: Vec<ContractId>,
    /// People.
    pub people: Vec<PersonId>,
}

/// Where a rule comes from, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The basic rules, which always apply.
    Basic,
    /// The ready-made set named by the so-many-th `[[ruleset]]`, from 0.
    Set(u32),
    /// A `[[rule]]` of the scenario.
    Own,
}

/// What a pattern means in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternRule {
    /// Key of the pattern of those who name none themselves; `None`: they are free.
    pub key: Option<String>,
    /// Shifts for the turns of the pattern, in its order of turns.
    pub shifts: Vec<ShiftId>,
    /// Operational day on which the first crew begins the cycle.
    pub from: i32,
}

impl Scope {
    /// How narrowly it binds a person: 3 by name, 2 by contract, 1 by tier, 0 as everybody.
    pub fn of_person(&self, id: PersonId, person: &Person) -> Option<u8> {
        if self.people.contains(&id) {
            return Some(3);
        }
        if person.contract.is_some_and(|c| self.contracts.contains(&c)) {
            return Some(2);
        }
        self.of_tier(person.tier)
    }

    /// How narrowly it binds a tier: 1 by name, 0 as every tier.
    pub fn of_tier(&self, tier: TierId) -> Option<u8> {
        let everybody =
            self.tiers.is_empty() && self.contracts.is_empty() && self.people.is_empty();
        match self.tiers.contains(&tier) {
            true => Some(1),
            false => everybody.then_some(0),
        }
    }
}

/// The rules of a list that hold for somebody whom they bind so narrowly, by kind and window.
pub fn holding(
    rules: &[Rule],
    binds: Binds,
    narrowness: impl Fn(&Rule) -> Option<u8>,
) -> Vec<&Rule> {
    let mut bound: Vec<(&Rule, u8)> = Vec::new();
    for rule in rules.iter().filter(|rule| rule.kind.binds() == binds) {
        bound.extend(narrowness(rule).map(|narrow| (rule, narrow)));
    }
    // Stable: later ones stay behind earlier ones of the same rank.
    bound.sort_by_key(|(rule, narrow)| (rule.kind, rule.window, *narrow, rule.origin));
    let same = |a: &(&Rule, u8), b: &(&Rule, u8)| (a.0.kind, a.0.window) == (b.0.kind, b.0.window);
    let mut held = Vec::new();
    for about in bound.chunk_by(same) {
        let Some((last, narrow)) = about.last() else {
            continue;
        };
        let source = about
            .iter()
            .filter(|(rule, n)| (*n, rule.origin) == (*narrow, last.origin));
        for priced in [false, true] {
            let mut alike = source.clone().map(|(rule, _)| *rule);
            held.extend(alike.rfind(|rule| rule.price.is_some() == priced));
        }
    }
    held.retain(|rule| rule.on);
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(value: i64, origin: Origin, tiers: &[u32], price: Option<i64>) -> Rule {
        Rule {
            kind: RuleKind::ConsecutiveDays,
            on: value > 0,
            price,
            value,
            window: 0,
            scope: Scope {
                tiers: tiers.iter().map(|t| TierId(*t)).collect(),
                ..Scope::default()
            },
            ranks: Vec::new(),
            skills: Vec::new(),
            pattern: None,
            source: None,
            origin,
        }
    }

    /// Values of the rules that hold for a tier.
    fn values(rules: &[Rule], tier: u32) -> Vec<i64> {
        let held = holding(rules, Binds::Person, |r| r.scope.of_tier(TierId(tier)));
        held.iter().map(|rule| rule.value).collect()
    }

    #[test]
    fn narrow_before_broad_own_before_sets_later_before_earlier() {
        let set = rule(6, Origin::Set(0), &[], None);
        let later = rule(5, Origin::Set(1), &[], None);
        let own = rule(4, Origin::Own, &[], None);
        let narrow = rule(3, Origin::Set(0), &[1], None);
        assert_eq!(values(std::slice::from_ref(&set), 0), [6]);
        assert_eq!(values(&[set.clone(), later.clone()], 0), [5]);
        let all = [set, later, own, narrow];
        assert_eq!(values(&all, 0), [4]);
        assert_eq!(values(&all, 1), [3]);
    }

    #[test]
    fn a_law_and_a_wish_of_one_source_stand_side_by_side() {
        let law = rule(6, Origin::Own, &[], None);
        let wish = rule(5, Origin::Own, &[], Some(10));
        let set = rule(7, Origin::Set(0), &[], None);
        assert_eq!(values(&[set, law, wish], 0), [6, 5]);
    }

    #[test]
    fn a_rule_that_is_off_keeps_broader_ones_off() {
        let law = rule(6, Origin::Set(0), &[], None);
        let off = rule(0, Origin::Own, &[1], None);
        let all = [law, off];
        assert_eq!(values(&all, 0), [6]);
        assert_eq!(values(&all, 1), [0; 0]);
    }
}
