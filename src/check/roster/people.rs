//! The people of a roster: what each works, under which rules, and what it comes to.

use serde::Serialize;

use super::figures::Figures;
use super::figures::figures;
use super::life::Life;
use super::life::Spell;
use super::person::judge;
use super::seats::Team;
use super::tally::Tally;
use crate::check::code::Code;
use crate::check::verdict::Amount;
use crate::check::verdict::Findings;
use crate::check::verdict::Place;
use crate::ids::IdVec;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::scenario::Days;
use crate::scenario::Rule;
use crate::scenario::Scenario;
use crate::scenario::Totals;
use crate::scenario::patterns;
use crate::units::Seconds;

/// Everybody, by id.
pub(super) struct People<'a> {
    pub(super) lives: IdVec<PersonId, Life<'a>>,
    pub(super) figures: IdVec<PersonId, Figures>,
    /// Duties on hard beats.
    pub(super) hard_beats: IdVec<PersonId, i64>,
    /// What came before.
    pub(super) totals: IdVec<PersonId, Totals>,
}

/// What a person's work comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PersonKpi {
    /// Person key.
    pub person: String,
    /// Hours of work, handovers included.
    pub hours: f64,
    /// Duties that are nights.
    pub nights: i64,
    /// Weekends with a duty.
    pub weekends: i64,
    /// Duties on hard beats.
    pub hard_beats: i64,
    /// Hours beyond contract.
    pub overtime_hours: f64,
    /// Most hours in any 7 days.
    pub longest_week_hours: f64,
    /// Most days of work in a row.
    pub longest_run: i64,
    /// Most nights in a row.
    pub nights_in_a_row: i64,
    /// Least hours from the end of one duty to the start of the next; `null` with fewer than two.
    pub shortest_rest_hours: Option<f64>,
}

impl<'a> People<'a> {
    /// Lays out what everybody works.
    pub(super) fn of(team: &Team<'_>, days: &'a Days) -> Self {
        let scenario = team.scenario;
        let mut spells: IdVec<PersonId, Vec<Spell>> =
            scenario.staff.people.iter().map(|_| Vec::new()).collect();
        let mut hard_beats: IdVec<PersonId, i64> =
            scenario.staff.people.iter().map(|_| 0).collect();
        for past in &scenario.staff.history {
            spells[past.person].push(Spell {
                day: past.day,
                shift: past.shift,
                span: past.span,
                clock: scenario.clock_of(past.shift),
            });
        }
        for (&id, people) in &team.on {
            let duty = &scenario.duties[id];
            for &person in people {
                hard_beats[person] += i64::from(scenario.units[duty.unit].hard_beat);
                spells[person].push(Spell {
                    day: duty.day,
                    shift: duty.shift,
                    span: duty.whole,
                    clock: scenario.clock_of(duty.shift),
                });
            }
        }
        let life = |id: PersonId| life(scenario, days, id, std::mem::take(&mut spells[id]));
        let lives: IdVec<PersonId, Life<'a>> = scenario.staff.people.ids().map(life).collect();
        Self {
            figures: lives.iter().map(figures).collect(),
            lives,
            hard_beats,
            totals: scenario.staff.people.iter().map(|p| p.totals).collect(),
        }
    }

    /// Holds everybody against their rules.
    pub(super) fn judge(&self, scenario: &Scenario, tally: &mut Tally<'_>) {
        for (id, life) in self.lives.enumerate() {
            let key = &scenario.staff.people[id].id;
            one_at_a_time(scenario, key, life, tally.findings);
            for breach in judge(life, &scenario.staff.rules_of(id)) {
                tally.add(breach, Place::default().person(key));
            }
        }
    }

    /// The figures of everybody.
    pub(super) fn kpis(&self, scenario: &Scenario) -> Vec<PersonKpi> {
        let kpi = |(id, f): (PersonId, &Figures)| PersonKpi {
            person: scenario.staff.people[id].id.clone(),
            hours: f.work.hours(),
            nights: f.nights,
            weekends: f.weekends,
            hard_beats: self.hard_beats[id],
            overtime_hours: f.overtime.hours(),
            longest_week_hours: f.longest_week.hours(),
            longest_run: f.longest_run,
            nights_in_a_row: f.nights_in_a_row,
            shortest_rest_hours: f.shortest_rest.map(Seconds::hours),
        };
        self.figures.enumerate().map(kpi).collect()
    }
}

/// A person with all that rules ask of them.
fn life<'a>(scenario: &Scenario, days: &'a Days, id: PersonId, spells: Vec<Spell>) -> Life<'a> {
    let staff = &scenario.staff;
    let mut life = Life::new(days, spells, &staff.rules_of(id));
    life.contract_week = staff.people[id].contract_week;
    life.leave = staff.leave_of(id).map(|leave| leave.span).collect();
    life.requests = staff.requests_of(id).copied().collect();
    life.pattern = staff.pattern_of(id).and_then(|(rule, key)| {
        let crew = staff.people[id].crew as usize;
        expected(rule, patterns::find(key)?, crew, days.count)
    });
    life
}

/// The shift that a pattern has for each day of the horizon.
fn expected(
    rule: &Rule,
    pattern: &patterns::Pattern,
    crew: usize,
    days: i32,
) -> Option<Vec<Option<ShiftId>>> {
    let meaning = rule.pattern.as_ref()?;
    let turn = |day: i32| pattern.turn(crew, i64::from(day - meaning.from));
    let shift = |day: i32| turn(day).and_then(|turn| meaning.shifts.get(turn).copied());
    Some((0..days).map(shift).collect())
}

/// Reports duties of a person that overlap.
fn one_at_a_time(scenario: &Scenario, key: &str, life: &Life<'_>, findings: &mut Findings) {
    let mut ends = Seconds(i64::MIN);
    for spell in life.work.iter().map(|work| &work.spell) {
        if spell.span.start < ends {
            let place = Place {
                shift: Some(scenario.shifts[spell.shift].id.clone()),
                day: Some(spell.day),
                ..Place::default().person(key)
            };
            let amount = Amount::seconds((ends - spell.span.start).0);
            let message = "the person's duty before has not ended";
            findings.add_by(Code::TwoDuties, place, amount, message);
        }
        ends = ends.max(spell.span.end);
    }
}
