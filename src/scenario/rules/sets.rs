//! Ready-made rule sets: TOML files of the program, read by the reader of `[[rule]]`.

use crate::error::Error;
use crate::error::Result;
use crate::ids::ContractId;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::scenario::civil::Calendar;
use crate::scenario::fault;
use crate::scenario::fields::SET_SECTIONS;
use crate::scenario::gather::Gather;
use crate::scenario::model::Text;
use crate::scenario::names;
use crate::scenario::names::Names;
use crate::scenario::names::Nth;
use crate::scenario::record::Record;
use crate::scenario::rules::Origin;
use crate::scenario::rules::Rule;
use crate::scenario::rules::Scope;
use crate::scenario::rules::read;
use crate::scenario::rules::read::Named;
use crate::scenario::text::Source;
use crate::scenario::toml_in;
use crate::scenario::toml_in::Sections;

/// The rules that always apply, unless others hold.
const BASIC: (&str, &str) = ("basic", include_str!("../rulesets/basic.toml"));

/// The ready-made sets by key.
const SETS: [(&str, &str); 3] = [
    ("eu-2003-88", include_str!("../rulesets/eu-2003-88.toml")),
    ("cn-labour", include_str!("../rulesets/cn-labour.toml")),
    ("police", include_str!("../rulesets/police.toml")),
];

/// A ready-made rule set.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Key in files.
    pub key: &'static str,
    /// Name shown.
    pub name: Text,
    /// What it is taken from, and how well that is known.
    pub source: String,
    /// The basic rules and its own, for everybody.
    pub rules: Vec<Rule>,
}

/// The ready-made rule sets, in the order of the documentation.
///
/// # Errors
/// None that a user can cause.
pub fn rule_sets() -> Result<Vec<RuleSet>> {
    let mut gather = Gather::default();
    let nameless = Nameless::new();
    let rules = |sections: &Sections, origin, gather: &mut Gather| {
        let (scope, calendar) = (Scope::default(), Calendar::nothing());
        let tables = sections.all("rule");
        read::rules(tables, &nameless.named(), &scope, origin, &calendar, gather)
    };
    let basic = sections(BASIC, &mut gather).unwrap_or_default();
    let basic = rules(&basic, Origin::Basic, &mut gather);
    let mut sets = Vec::new();
    for (n, set) in (0u32..).zip(SETS) {
        let sections = sections(set, &mut gather).unwrap_or_default();
        let head = sections.one("set");
        let source = head.and_then(|head| head.text("source"));
        let own = rules(&sections, Origin::Set(n), &mut gather);
        sets.push(RuleSet {
            key: set.0,
            name: head.map_or_else(Text::default, |head| names::text(head, set.0)),
            source: source.unwrap_or_default().to_owned(),
            rules: [basic.clone(), own].concat(),
        });
    }
    let errors = gather.finish();
    match errors.0.first() {
        None => Ok(sets),
        Some(error) => Err(Error::internal(format!("a ready-made rule set: {error}")).into()),
    }
}

/// The rules of a scenario: basic ones, those of the sets it names, its own.
pub(crate) fn of_scenario(
    asked: &[Record],
    own: &[Record],
    named: &Named<'_>,
    calendar: &Calendar,
    gather: &mut Gather,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut add = |set, scope: &Scope, origin, gather: &mut Gather| {
        if let Some(sections) = sections(set, gather) {
            let tables = sections.all("rule");
            rules.extend(read::rules(tables, named, scope, origin, calendar, gather));
        }
    };
    add(BASIC, &Scope::default(), Origin::Basic, gather);
    for (n, record) in (0u32..).zip(asked) {
        let scope = Scope {
            tiers: named.tiers.list(gather, record, "tiers"),
            ..Scope::default()
        };
        let Some(key) = record.text("set") else {
            continue;
        };
        match SETS.iter().find(|set| set.0 == key) {
            Some(set) => add(*set, &scope, Origin::Set(n), gather),
            None => {
                let known = SETS.iter().map(|set| set.0);
                gather.fault(
                    record.at("set"),
                    fault::s014_unknown("rule set", key, known),
                );
            }
        }
    }
    let scope = Scope::default();
    rules.extend(read::rules(
        own,
        named,
        &scope,
        Origin::Own,
        calendar,
        gather,
    ));
    rules
}

/// The tables of a set.
fn sections((key, text): (&str, &str), gather: &mut Gather) -> Option<Sections> {
    let at = gather.file(std::path::Path::new(&format!("rule set {key}")));
    toml_in::read(&Source::new(text.to_owned(), at), &SET_SECTIONS, gather)
}

/// Names of nothing, for sets that are read without a scenario.
#[derive(Debug)]
struct Nameless {
    tiers: Names<TierId>,
    contracts: Names<ContractId>,
    people: Names<PersonId>,
    ranks: Names<Nth>,
    skills: Names<SkillId>,
    shifts: Names<ShiftId>,
}

impl Nameless {
    fn new() -> Self {
        Self {
            tiers: Names::new("tier"),
            contracts: Names::new("contract"),
            people: Names::new("person"),
            ranks: Names::new("rank"),
            skills: Names::new("skill"),
            shifts: Names::new("shift"),
        }
    }

    fn named(&self) -> Named<'_> {
        Named {
            tiers: &self.tiers,
            contracts: &self.contracts,
            people: &self.people,
            ranks: &self.ranks,
            skills: &self.skills,
            shifts: &self.shifts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::rules::RuleKind;

    #[test]
    fn the_sets_are_sound_and_every_rule_has_its_source() {
        let sets = rule_sets().expect("sound");
        assert_eq!(sets.len(), 3);
        for set in &sets {
            assert!(
                !set.source.is_empty() && set.name.zh.is_some(),
                "{}",
                set.key
            );
            assert!(
                set.rules.iter().all(|rule| rule.source.is_some()),
                "{}",
                set.key
            );
        }
        let rest = |set: usize| {
            let mut rules = sets[set].rules.iter();
            rules.find(|rule| rule.kind == RuleKind::RestBetweenDuties)
        };
        assert_eq!(
            rest(0).map(|rule| (rule.value, rule.window)),
            Some((11 * 3600, 24))
        );
    }
}
