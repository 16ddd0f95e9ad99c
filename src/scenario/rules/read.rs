//! `[[rule]]` tables to rules.

use crate::ids::ContractId;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::scenario::civil::Calendar;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::names::Names;
use crate::scenario::names::Nth;
use crate::scenario::patterns;
use crate::scenario::patterns::Pattern;
use crate::scenario::record::Record;
use crate::scenario::rules::Binds;
use crate::scenario::rules::Figure;
use crate::scenario::rules::Origin;
use crate::scenario::rules::PatternRule;
use crate::scenario::rules::Rule;
use crate::scenario::rules::RuleKind;
use crate::scenario::rules::Scope;
use crate::scenario::rules::Window;

/// What rules refer to.
#[derive(Debug)]
pub(crate) struct Named<'a> {
    /// Tiers.
    pub(crate) tiers: &'a Names<TierId>,
    /// Contracts.
    pub(crate) contracts: &'a Names<ContractId>,
    /// People.
    pub(crate) people: &'a Names<PersonId>,
    /// Ranks, which exist by being somebody's.
    pub(crate) ranks: &'a Names<Nth>,
    /// Skills.
    pub(crate) skills: &'a Names<SkillId>,
    /// Shifts.
    pub(crate) shifts: &'a Names<ShiftId>,
}

/// The rules of a list of tables. `usual` is the scope of those that name none.
pub(crate) fn rules(
    records: &[Record],
    named: &Named<'_>,
    usual: &Scope,
    origin: Origin,
    calendar: &Calendar,
    gather: &mut Gather,
) -> Vec<Rule> {
    let read = |record| rule(record, named, usual, origin, calendar, gather);
    records.iter().filter_map(read).collect()
}

fn rule(
    record: &Record,
    named: &Named<'_>,
    usual: &Scope,
    origin: Origin,
    calendar: &Calendar,
    gather: &mut Gather,
) -> Option<Rule> {
    let kind = RuleKind::of(record.choice(gather, "rule")?)?;
    let on = record.yes(gather, "on").unwrap_or(true);
    let value = value(record, kind, on, gather);
    let window = window(record, kind, gather);
    check_room(record, kind, value, window, gather);
    let own = scope(record, kind, named, gather);
    let pattern = pattern(record, kind, on, named, calendar, gather);
    if kind == RuleKind::SupervisorPerShift {
        if on && !record.has("ranks") && !record.has("skills") {
            let what = "the rule does not say who is a supervisor";
            let hint = "name `ranks`, `skills` or both";
            gather.fault(record.at, fault::s038_rule(kind.word(), what, hint));
        }
    } else {
        refuse(record, kind, &["ranks", "skills"], gather);
    }
    let mut price = record.whole(gather, "price");
    if kind.is_definition() && record.has("price") {
        refuse(record, kind, &["price"], gather);
        price = None;
    }
    if kind.is_wish() && on && !record.has("price") {
        let what = "the rule can only be priced";
        let hint = "give it a `price`: the weight of each unit by which it is broken";
        gather.fault(record.at, fault::s038_rule(kind.word(), what, hint));
    }
    let ranks = record
        .words("ranks")
        .into_iter()
        .filter(|(word, at)| !named.ranks.all(gather, word, *at).is_empty());
    let ranks = ranks.map(|(word, _)| word.to_owned()).collect();
    Some(Rule {
        kind,
        on,
        price,
        value,
        window,
        scope: match own == Scope::default() {
            true => usual.clone(),
            false => own,
        },
        ranks,
        skills: named.skills.list(gather, record, "skills"),
        pattern,
        source: record.text("source").map(str::to_owned),
        origin,
    })
}

/// The figure in the unit of the model.
fn value(record: &Record, kind: RuleKind, on: bool, gather: &mut Gather) -> i64 {
    let usual = match kind.figure() {
        Figure::None => {
            refuse(record, kind, &["value"], gather);
            return 0;
        }
        Figure::Needed if on && !record.has("value") => {
            let what = "the rule has no figure";
            let hint = "give it a `value`, in the unit that docs/formats.md names";
            gather.fault(record.at, fault::s038_rule(kind.word(), what, hint));
            0
        }
        Figure::Needed => 0,
        Figure::Usual(usual) => usual,
    };
    let unit = kind.measure().seconds().unwrap_or(1);
    let Some(given) = record.number(gather, "value") else {
        return usual * unit;
    };
    let exact = given * unit as f64;
    if (exact - exact.round()).abs() > 1e-6 {
        let range = match unit {
            1 => "a whole number",
            _ => "a whole number of seconds",
        };
        let text = record.text("value").unwrap_or_default();
        gather.fault(record.at("value"), fault::s012_number("value", text, range));
    }
    exact.round() as i64
}

/// Weeks on whose weekends a rule can look back.
const MOST_WEEKS: i64 = 30;

/// The window in its own unit.
fn window(record: &Record, kind: RuleKind, gather: &mut Gather) -> i64 {
    let usual = kind.window().usual();
    if kind.window() == Window::None {
        refuse(record, kind, &["window"], gather);
        return 0;
    }
    record.whole(gather, "window").unwrap_or(usual)
}

/// Reports a rest that fills its window, so that nobody could ever work, and more weekends than
/// are looked back on.
fn check_room(record: &Record, kind: RuleKind, value: i64, window: i64, gather: &mut Gather) {
    let room = match kind {
        RuleKind::RestBetweenDuties => window * 3600,
        RuleKind::RestPerWeek => window * 86_400,
        RuleKind::WeekendsWorked if window > MOST_WEEKS => {
            let what = "the window is longer than 30 weeks";
            let hint = "limit the weekends of 30 weeks or fewer";
            let error = fault::s038_rule(kind.word(), what, hint);
            return gather.fault(record.at("window"), error);
        }
        _ => return,
    };
    if value >= room {
        let what = "the rest fills its whole window, so that nobody could work";
        let hint = "give a smaller `value` or a larger `window`";
        let error = fault::s038_rule(kind.word(), what, hint);
        gather.fault(record.at("value"), error);
    }
}

/// Whom the rule names.
fn scope(record: &Record, kind: RuleKind, named: &Named<'_>, gather: &mut Gather) -> Scope {
    match kind.binds() {
        Binds::Person => {}
        Binds::Duty => refuse(record, kind, &["contracts", "people"], gather),
        Binds::Company => refuse(record, kind, &["tiers", "contracts"], gather),
    }
    let scope = Scope {
        tiers: named.tiers.list(gather, record, "tiers"),
        contracts: named.contracts.list(gather, record, "contracts"),
        people: named.people.list(gather, record, "people"),
    };
    let lists = ["tiers", "contracts", "people"];
    let given = lists.iter().filter(|list| record.has(list)).count();
    if given > 1 {
        let what = "the rule names its people in more than one way";
        let hint = "give one of `tiers`, `contracts`, `people`, or write two rules";
        gather.fault(record.at, fault::s038_rule(kind.word(), what, hint));
    }
    if kind.binds() == Binds::Company && record.words("people").len() < 2 {
        let what = "the rule does not name the people";
        let hint = "give at least two, as in people = [\"a\", \"b\"]";
        gather.fault(
            record.at("people"),
            fault::s038_rule(kind.word(), what, hint),
        );
    }
    scope
}

/// What a pattern means, for the kind that says so.
fn pattern(
    record: &Record,
    kind: RuleKind,
    on: bool,
    named: &Named<'_>,
    calendar: &Calendar,
    gather: &mut Gather,
) -> Option<PatternRule> {
    if kind != RuleKind::Pattern {
        refuse(record, kind, &["pattern", "shifts", "from"], gather);
        return None;
    }
    let found = record
        .cell("pattern")
        .and_then(|cell| known(cell.text(), cell.at, gather));
    // In the order of the file: the first shift is the pattern's first turn.
    let mut shifts = Vec::new();
    for (word, at) in record.words("shifts") {
        shifts.extend_from_slice(named.shifts.all(gather, word, at));
    }
    if on && !record.has("shifts") {
        let what = "the rule does not say which shifts the pattern's turns are";
        let hint = "give `shifts` in the order of the turns that `roundsman roster patterns` shows";
        gather.fault(record.at, fault::s038_rule(kind.word(), what, hint));
    }
    if let Some(pattern) = found {
        check_turns(record, pattern, shifts.len(), gather);
    }
    let from = record.date(gather, "from");
    Some(PatternRule {
        key: found.map(|pattern| pattern.key.to_owned()),
        shifts,
        from: from.map_or(0, |date| calendar.day_of_date(date)),
    })
}

/// Reports a pattern with another number of turns than there are shifts for them.
fn check_turns(record: &Record, pattern: &Pattern, shifts: usize, gather: &mut Gather) {
    let turns = pattern.turns.len();
    if record.has("shifts") && shifts != turns {
        let error = fault::s040_pattern(format!(
            "pattern `{}` has {turns} turns, and {shifts} shifts are given for them",
            pattern.key
        ));
        gather.fault(record.at("shifts"), error.value(pattern.key));
    }
}

/// The pattern of a key; an unknown one is reported.
pub(crate) fn known(key: &str, at: At, gather: &mut Gather) -> Option<&'static Pattern> {
    let found = patterns::find(key);
    if found.is_none() {
        let known = patterns::ALL.iter().map(|pattern| pattern.key);
        gather.fault(at, fault::s014_unknown("pattern", key, known));
    }
    found
}

/// Reports fields that mean nothing to the kind.
fn refuse(record: &Record, kind: RuleKind, fields: &[&'static str], gather: &mut Gather) {
    for field in fields.iter().filter(|field| record.has(field)) {
        let what = format!("`{field}` means nothing to this rule");
        let hint = "docs/formats.md lists what each rule takes; take it out";
        gather.fault(record.at(field), fault::s038_rule(kind.word(), &what, hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_word() {
        for kind in RuleKind::ALL {
            assert_eq!(RuleKind::of(kind.word()), Some(*kind));
        }
        assert_eq!(RuleKind::of("rest"), None);
    }
}
