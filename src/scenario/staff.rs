//! People and what binds them: contracts, leave, requests, what they worked before, and the
//! rules of their rosters.

use crate::ids::BaseId;
use crate::ids::ContractId;
use crate::ids::IdVec;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::ids::ZoneId;
use crate::scenario::model::Text;
pub use crate::scenario::rules::*;
use crate::units::Seconds;
use crate::units::Span;

/// People and what binds them.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    /// The people; none: no roster is wanted.
    pub people: IdVec<PersonId, Person>,
    /// Names of contracts.
    pub contracts: IdVec<ContractId, String>,
    /// When people are away, by person, then start.
    pub leave: Vec<Leave>,
    /// What people wish for, by person, then day.
    pub requests: Vec<Request>,
    /// Duties of the roster before, by person, then start.
    pub history: Vec<PastDuty>,
    /// First operational day of which the roster is known: 0, or negative where `history`
    /// reaches back. A person without a duty on a known day was off.
    pub known_from: i32,
    /// How many people are wanted when.
    pub staffing: Vec<Staffing>,
    /// The rules: the basic ones, those of the ready-made sets, the scenario's own.
    pub rules: Vec<Rule>,
}

/// Someone who can fill a seat.
#[derive(Clone, Debug)]
pub struct Person {
    /// Key used in files.
    pub id: String,
    /// Name shown.
    pub name: Text,
    /// Kind of force.
    pub tier: TierId,
    /// What they can do.
    pub skills: Vec<SkillId>,
    /// Rank, free text.
    pub rank: String,
    /// Whether sworn (else auxiliary).
    pub sworn: bool,
    /// How experienced.
    pub grade: Grade,
    /// The contract, where one is named.
    pub contract: Option<ContractId>,
    /// Work per week by contract.
    pub contract_week: Seconds,
    /// Home base.
    pub base: Option<BaseId>,
    /// Key of the pattern they work, where one is named; else that of the rule `pattern`.
    pub pattern: Option<String>,
    /// Crew of the pattern, from 0.
    pub crew: u32,
    /// What the rosters before add up to, for fairness.
    pub totals: Totals,
}

/// How experienced someone is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grade {
    /// New to the work.
    Novice,
    /// Neither.
    #[default]
    Regular,
    /// May lead a novice.
    Senior,
}

/// Running totals of the rosters before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Work.
    pub work: Seconds,
    /// Duties that count as nights.
    pub nights: i64,
    /// Weekends worked.
    pub weekends: i64,
    /// Duties on hard beats.
    pub hard_beats: i64,
}

/// A time at which somebody is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Who.
    pub person: PersonId,
    /// When; may reach beyond the horizon.
    pub span: Span,
    /// What for, free text.
    pub kind: String,
}

/// A wish of somebody for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub person: PersonId,
    /// Operational day of the horizon.
    pub day: i32,
    /// Which shift; `None`: any.
    pub shift: Option<ShiftId>,
    /// To work it, or not to.
    pub on: bool,
    /// How much it weighs.
    pub weight: i64,
}

/// A duty of the roster before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastDuty {
    /// Who.
    pub person: PersonId,
    /// Which shift.
    pub shift: ShiftId,
    /// Operational day, negative.
    pub day: i32,
    /// When; may reach into the horizon.
    pub span: Span,
}

/// How many people of a tier are wanted on duty at some hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staffing {
    /// Key used in files.
    pub id: String,
    /// Kind of force.
    pub tier: TierId,
    /// Only on duty with units confined to zones of which this is one; `None`: all.
    pub zone: Option<ZoneId>,
    /// Only with this skill; `None`: all.
    pub skill: Option<SkillId>,
    /// When, sorted and apart.
    pub windows: Vec<Span>,
    /// Fewest people.
    pub least: i64,
    /// People desired, at least `least`.
    pub desired: i64,
    /// Weight of each person and hour below `desired`.
    pub price: i64,
}

impl Staff {
    /// The rules that hold for a person, by kind: see [`Rule`] for which of several wins.
    pub fn rules_of(&self, person: PersonId) -> Vec<&Rule> {
        let someone = &self.people[person];
        let narrowness = |rule: &Rule| rule.scope.of_person(person, someone);
        holding(&self.rules, Binds::Person, narrowness)
    }

    /// The rules that hold for the duties of a tier.
    pub fn rules_of_tier(&self, tier: TierId) -> Vec<&Rule> {
        holding(&self.rules, Binds::Duty, |rule| rule.scope.of_tier(tier))
    }

    /// The rules about the people of each other's company: all that are on.
    pub fn company_rules(&self) -> impl Iterator<Item = &Rule> {
        let company = |rule: &&Rule| rule.on && rule.kind.binds() == Binds::Company;
        self.rules.iter().filter(company)
    }

    /// Leave of a person.
    pub fn leave_of(&self, person: PersonId) -> impl Iterator<Item = &Leave> {
        self.leave
            .iter()
            .filter(move |leave| leave.person == person)
    }

    /// Requests of a person.
    pub fn requests_of(&self, person: PersonId) -> impl Iterator<Item = &Request> {
        let requests = self.requests.iter();
        requests.filter(move |request| request.person == person)
    }

    /// Duties of a person in the roster before.
    pub fn history_of(&self, person: PersonId) -> impl Iterator<Item = &PastDuty> {
        let history = self.history.iter();
        history.filter(move |duty| duty.person == person)
    }

    /// The rule `pattern` that binds a person, with the key of the pattern they work.
    pub fn pattern_of(&self, person: PersonId) -> Option<(&Rule, &str)> {
        let rules = self.rules_of(person);
        let rule = rules.into_iter().find(|r| r.kind == RuleKind::Pattern)?;
        let named = self.people[person].pattern.as_deref();
        let usual = rule.pattern.as_ref().and_then(|p| p.key.as_deref());
        Some((rule, named.or(usual)?))
    }
}
