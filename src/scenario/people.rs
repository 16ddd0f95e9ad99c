//! People and what the layers say of them, read into [`Staff`].

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Time;

use crate::ids::BaseId;
use crate::ids::ContractId;
use crate::ids::Id as _;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::ids::ZoneId;
use crate::scenario::civil::Calendar;
use crate::scenario::fault;
use crate::scenario::forces::Listed;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::layers::Layers;
use crate::scenario::model::Scenario;
use crate::scenario::names;
use crate::scenario::names::Names;
use crate::scenario::names::Nth;
use crate::scenario::patterns;
use crate::scenario::record::Moment;
use crate::scenario::record::Record;
use crate::scenario::rules::RuleKind;
use crate::scenario::rules::read;
use crate::scenario::rules::read::Named;
use crate::scenario::rules::sets;
use crate::scenario::shifts::Template;
use crate::scenario::staff::Grade;
use crate::scenario::staff::Leave;
use crate::scenario::staff::PastDuty;
use crate::scenario::staff::Person;
use crate::scenario::staff::Request;
use crate::scenario::staff::Staff;
use crate::scenario::staff::Staffing;
use crate::scenario::toml_in::Sections;
use crate::scenario::windows;
use crate::units::Seconds;
use crate::units::Span;

/// Days before the horizon to which the roster before may reach.
const HISTORY_CAP: i32 = 366;

/// What people refer to.
#[derive(Debug)]
pub(crate) struct Known<'a> {
    /// Tiers.
    pub(crate) tiers: &'a Names<TierId>,
    /// Bases.
    pub(crate) bases: &'a Names<BaseId>,
    /// Zones.
    pub(crate) zones: &'a Names<ZoneId>,
    /// Skills.
    pub(crate) skills: &'a Names<SkillId>,
    /// Shifts.
    pub(crate) shifts: &'a Listed<ShiftId, Template>,
    /// The horizon.
    pub(crate) calendar: &'a Calendar,
}

/// Reads all that is said of people.
pub(crate) fn staff(
    sections: &Sections,
    layers: &Layers,
    known: &Known<'_>,
    gather: &mut Gather,
) -> Staff {
    let mut contracts = words(&layers.people, "contract", "contract", gather);
    let mut ranks = words::<Nth>(&layers.people, "rank", "rank", gather);
    let mut people = people(&layers.people, &contracts.names, known, gather);
    if layers.lacks_people {
        people.names.forgive();
        contracts.names.forgive();
        ranks.names.forgive();
    }
    totals(&layers.totals, &mut people, gather);
    let history = history(&layers.history, &people.names, known, gather);
    let named = Named {
        tiers: known.tiers,
        contracts: &contracts.names,
        people: &people.names,
        ranks: &ranks.names,
        skills: known.skills,
        shifts: &known.shifts.names,
    };
    let asked = sections.all("ruleset");
    let own = sections.all("rule");
    let staff = Staff {
        leave: leave(&layers.leave, &people.names, known, gather),
        requests: requests(&layers.requests, &people.names, known, gather),
        known_from: history.iter().map(|duty| duty.day).min().unwrap_or(0),
        history,
        staffing: staffing(sections.all("staffing"), known, gather),
        rules: sets::of_scenario(asked, own, &named, known.calendar, gather),
        people: people.items,
        contracts: contracts.items,
    };
    check_patterns(&staff, &layers.people, gather);
    staff
}

/// Words that exist by being named in a field.
fn words<I: crate::ids::Id>(
    records: &[Record],
    field: &str,
    what: &'static str,
    gather: &mut Gather,
) -> Listed<I, String> {
    let mut words = Listed::new(what);
    for record in records {
        if let Some(word) = record.text(field).filter(|word| !words.names.has(word)) {
            words.add(gather, word, record.at(field), word.to_owned());
        }
    }
    words
}

fn people(
    records: &[Record],
    contracts: &Names<ContractId>,
    known: &Known<'_>,
    gather: &mut Gather,
) -> Listed<PersonId, Person> {
    let mut people = Listed::new("person");
    for record in records {
        let id = names::key(record, gather, "id");
        let tier = known.tiers.one(gather, record, "tier");
        let hours = record.number(gather, "contract_hours").unwrap_or(40.0);
        let crew = record.whole(gather, "crew").unwrap_or(1);
        let person = Person {
            name: names::text(record, &id),
            tier: tier.unwrap_or(TierId::new(0)),
            skills: known.skills.list(gather, record, "skills"),
            rank: record.text("rank").unwrap_or_default().to_owned(),
            sworn: record.yes(gather, "sworn").unwrap_or(true),
            grade: match record.choice(gather, "grade") {
                Some("novice") => Grade::Novice,
                Some("senior") => Grade::Senior,
                _ => Grade::Regular,
            },
            contract: contracts.one(gather, record, "contract"),
            contract_week: Seconds((hours * 3600.0).round() as i64),
            base: known.bases.one(gather, record, "base"),
            pattern: pattern(record, crew, gather),
            crew: (crew - 1) as u32,
            totals: Default::default(),
            id: id.clone(),
        };
        people.add(gather, &id, record.at("id"), person);
    }
    people
}

/// The pattern that a person names, with a crew that it has.
fn pattern(record: &Record, crew: i64, gather: &mut Gather) -> Option<String> {
    let cell = record.cell("pattern")?;
    let pattern = read::known(cell.text(), cell.at, gather)?;
    if crew > pattern.crews() as i64 {
        let (key, crews) = (pattern.key, pattern.crews());
        let error = fault::s040_pattern(format!("pattern `{key}` has {crews} crews"));
        gather.fault(record.at("crew"), error.value(crew));
    }
    Some(pattern.key.to_owned())
}

/// Reports people with a pattern of which no rule says what it means, or with a crew or shifts
/// that the pattern they end up with does not have.
fn check_patterns(staff: &Staff, records: &[Record], gather: &mut Gather) {
    if records.len() != staff.people.len() {
        return;
    }
    for ((id, person), record) in staff.people.enumerate().zip(records) {
        let rules = staff.rules_of(id);
        let covered = rules.iter().any(|rule| rule.kind == RuleKind::Pattern);
        if person.pattern.is_some() && !covered {
            let what =
                "no rule `pattern` binds this person, so nothing says what the pattern's turns are";
            gather.fault(
                record.at("pattern"),
                fault::s040_pattern(what).value(&person.id),
            );
        }
        let Some((rule, key)) = staff.pattern_of(id) else {
            continue;
        };
        let (Some(pattern), Some(meaning)) = (patterns::find(key), &rule.pattern) else {
            continue;
        };
        if person.crew as usize >= pattern.crews() && person.pattern.is_none() {
            let what = format!("pattern `{key}` has {} crews", pattern.crews());
            gather.fault(
                record.at("crew"),
                fault::s040_pattern(what).value(person.crew + 1),
            );
        }
        if !meaning.shifts.is_empty() && meaning.shifts.len() != pattern.turns.len() {
            let what = format!(
                "pattern `{key}` has {} turns, and the rule for this person gives {} shifts",
                pattern.turns.len(),
                meaning.shifts.len()
            );
            gather.fault(
                record.at("pattern"),
                fault::s040_pattern(what).value(&person.id),
            );
        }
    }
}

/// Adds what the rosters before add up to.
fn totals(records: &[Record], people: &mut Listed<PersonId, Person>, gather: &mut Gather) {
    let mut first: BTreeMap<PersonId, At> = BTreeMap::new();
    for record in records {
        let hours = record.number(gather, "hours").unwrap_or(0.0);
        let mut count = |name: &str| record.whole(gather, name).unwrap_or(0);
        let (nights, weekends) = (count("nights"), count("weekends"));
        let hard_beats = count("hard_beats");
        let Some(id) = people.names.one(gather, record, "person") else {
            continue;
        };
        if let Some(at) = first.insert(id, record.at) {
            let first = gather.name(at);
            let key = record.text("person").unwrap_or_default();
            gather.fault(
                record.at("person"),
                fault::s015_duplicate("the totals", key, &first),
            );
        }
        let totals = &mut people.items[id].totals;
        totals.work = Seconds((hours * 3600.0).round() as i64);
        totals.nights = nights;
        totals.weekends = weekends;
        totals.hard_beats = hard_beats;
    }
}

fn leave(
    records: &[Record],
    people: &Names<PersonId>,
    known: &Known<'_>,
    gather: &mut Gather,
) -> Vec<Leave> {
    let mut leave = Vec::new();
    for record in records {
        let person = people.one(gather, record, "person");
        let (from, to) = (record.moment(gather, "from"), record.moment(gather, "to"));
        let (Some(person), Some(from), Some(to)) = (person, from, to) else {
            continue;
        };
        let clock = |moment| match moment {
            Moment::Day(date) => date.to_datetime(Time::midnight()),
            Moment::Instant(at) => at,
        };
        // The last day away is away to its end.
        let end = match to {
            Moment::Day(date) => date.saturating_add(1.day()).to_datetime(Time::midnight()),
            Moment::Instant(at) => at,
        };
        let start = known.calendar.instant(clock(from));
        let span = Span::new(start, known.calendar.instant(end));
        if span.start >= span.end {
            let hint = "`from` is the first day away and `to` the last";
            let text = record.text("to").unwrap_or_default();
            let error = fault::s039_day("the leave ends before it begins", text, hint);
            gather.fault(record.at("to"), error);
            continue;
        }
        leave.push(Leave {
            person,
            span,
            kind: record.text("kind").unwrap_or_default().to_owned(),
        });
    }
    leave.sort_by_key(|leave| (leave.person, leave.span));
    leave
}

fn requests(
    records: &[Record],
    people: &Names<PersonId>,
    known: &Known<'_>,
    gather: &mut Gather,
) -> Vec<Request> {
    let mut requests = Vec::new();
    for record in records {
        let person = people.one(gather, record, "person");
        let shift = known.shifts.names.one(gather, record, "shift");
        let want = record.choice(gather, "want");
        let weight = record.whole(gather, "weight").unwrap_or(1);
        let date = record.date(gather, "date");
        let (Some(person), Some(want), Some(date)) = (person, want, date) else {
            continue;
        };
        let day = known.calendar.day_of_date(date);
        if !(0..known.calendar.days.len() as i32).contains(&day) {
            let text = record.text("date").unwrap_or_default();
            let hint = "requests are for operational days of the horizon, by the date on which these begin";
            let error = fault::s039_day("the request is for a day outside the horizon", text, hint);
            gather.fault(record.at("date"), error);
            continue;
        }
        requests.push(Request {
            person,
            day,
            shift,
            on: want == "on",
            weight,
        });
    }
    requests.sort_by_key(|request| (request.person, request.day, request.shift));
    requests
}

fn history(
    records: &[Record],
    people: &Names<PersonId>,
    known: &Known<'_>,
    gather: &mut Gather,
) -> Vec<PastDuty> {
    let mut history: Vec<(PastDuty, At)> = Vec::new();
    for record in records {
        let person = people.one(gather, record, "person");
        let shift = known.shifts.names.one(gather, record, "shift");
        let date = record.date(gather, "date");
        let (Some(person), Some(shift), Some(date)) = (person, shift, date) else {
            continue;
        };
        let template = &known.shifts.items[shift].shift;
        let begin = date.to_datetime(template.start);
        let day = known.calendar.day_of(begin);
        if !(-HISTORY_CAP..0).contains(&day) {
            let text = record.text("date").unwrap_or_default();
            let what = "the roster before must lie within the year before the start";
            let hint = "give duties that began before the horizon; the date is that of their start";
            gather.fault(record.at("date"), fault::s039_day(what, text, hint));
            continue;
        }
        let length = jiff::SignedDuration::from_secs(template.length.0);
        let end = known.calendar.instant(begin.saturating_add(length));
        let span = Span::new(known.calendar.instant(begin), end);
        let duty = PastDuty {
            person,
            shift,
            day,
            span,
        };
        history.push((duty, record.at));
    }
    history.sort_by_key(|(duty, at)| (duty.person, duty.span, *at));
    for pair in history.windows(2) {
        let ((a, first), (b, at)) = (&pair[0], &pair[1]);
        if a.person == b.person && b.span.start < a.span.end {
            let first = gather.name(*first);
            let key = people.key(a.person).unwrap_or_default().to_owned();
            gather.fault(*at, fault::s042_history(&key, &first));
        }
    }
    history.into_iter().map(|(duty, _)| duty).collect()
}

fn staffing(records: &[Record], known: &Known<'_>, gather: &mut Gather) -> Vec<Staffing> {
    let mut staffing: Listed<Nth, Staffing> = Listed::new("staffing");
    for record in records {
        let id = names::key(record, gather, "id");
        let least = record.whole(gather, "least");
        let desired = record.whole(gather, "desired");
        if record.has("least") || record.has("desired") {
            if let (Some(least), Some(desired)) = (least, desired)
                && least > desired
            {
                let hint = "raise `desired`, or lower `least`";
                let error = fault::s041_people("fewer people are desired than are needed", hint);
                gather.fault(record.at("desired"), error.value(desired));
            }
        } else {
            let what = format!("`least` of {}", record.form.title);
            let hint = "give `least`, `desired` or both";
            gather.fault(record.at, fault::s005_missing(what, hint));
        }
        let one = Staffing {
            tier: known
                .tiers
                .one(gather, record, "tier")
                .unwrap_or(TierId::new(0)),
            zone: known.zones.one(gather, record, "zone"),
            skill: known.skills.one(gather, record, "skill"),
            windows: hours(record, known.calendar, gather),
            least: least.unwrap_or(0),
            desired: desired.or(least).unwrap_or(0),
            price: record.whole(gather, "price").unwrap_or(1),
            id: id.clone(),
        };
        staffing.add(gather, &id, record.at("id"), one);
    }
    staffing.items.iter().cloned().collect()
}

/// When the numbers hold.
fn hours(record: &Record, calendar: &Calendar, gather: &mut Gather) -> Vec<Span> {
    let Some(text) = record.text("windows") else {
        return vec![calendar.whole()];
    };
    match windows::parse(text) {
        Ok(weekly) => weekly.spans(calendar),
        Err(part) => {
            gather.fault(record.at("windows"), fault::s017_windows(text, &part));
            Vec::new()
        }
    }
}

/// What is said of people and probably not meant.
pub(crate) fn warnings(scenario: &Scenario) -> Vec<String> {
    let staff = &scenario.staff;
    let mut warnings = Vec::new();
    if staff.people.is_empty() {
        return warnings;
    }
    let tiers = scenario.units.iter().map(|unit| unit.tier);
    let mut tiers: Vec<TierId> = tiers.collect();
    tiers.sort_unstable();
    tiers.dedup();
    for tier in tiers {
        if !staff.people.iter().any(|person| person.tier == tier) {
            let id = &scenario.tiers[tier].id;
            warnings.push(format!("tier `{id}` has units and nobody to ride in them"));
        }
    }
    warnings
}
