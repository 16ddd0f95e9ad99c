//! Reads the seats of a roster: keys become ids, what cannot be is refused.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::check::code::Code;
use crate::check::read::Keys;
use crate::check::read::Run;
use crate::check::verdict::Amount;
use crate::check::verdict::Findings;
use crate::check::verdict::Place;
use crate::ids::DutyId;
use crate::ids::PersonId;
use crate::plan::Roster;
use crate::plan::Seat;
use crate::scenario::Duty;
use crate::scenario::Scenario;

/// Who sits where.
pub(super) struct Team<'a> {
    pub(super) scenario: &'a Scenario,
    /// The people of each duty that somebody sits on, by id.
    pub(super) on: BTreeMap<DutyId, Vec<PersonId>>,
    /// Duties of the plan that begin in the horizon.
    pub(super) driven: BTreeSet<DutyId>,
}

impl<'a> Team<'a> {
    /// Resolves the seats of a roster.
    pub(super) fn read(
        scenario: &'a Scenario,
        roster: &Roster,
        keys: &Keys<'_>,
        runs: &[Run<'_>],
        findings: &mut Findings,
    ) -> Self {
        let people = scenario.staff.people.enumerate();
        let people: BTreeMap<&str, PersonId> = people.map(|(id, p)| (&*p.id, id)).collect();
        let mut on: BTreeMap<DutyId, Vec<PersonId>> = BTreeMap::new();
        for seat in &roster.seats {
            let person = people.get(&*seat.person).copied();
            let duty = duty_of(seat, keys);
            let why = match (person, duty) {
                (None, _) => Some((Code::PersonUnknown, "the scenario has no such person")),
                (_, None) => Some((
                    Code::SeatDuty,
                    "the unit does not work this shift on this day",
                )),
                _ if seat.day < 0 => {
                    Some((Code::SeatBefore, "the duty belongs to the roster before"))
                }
                _ => None,
            };
            if let Some((code, message)) = why {
                findings.add(code, place(seat), message);
                continue;
            }
            let (Some(person), Some(duty)) = (person, duty) else {
                continue;
            };
            let unit = &scenario.units[scenario.duties[duty].unit];
            if scenario.staff.people[person].tier != unit.tier {
                findings.add(Code::SeatTier, place(seat), "the unit is of another tier");
            }
            let aboard = on.entry(duty).or_default();
            if aboard.contains(&person) {
                findings.add(
                    Code::SeatTwice,
                    place(seat),
                    "the person sits there already",
                );
                continue;
            }
            aboard.push(person);
        }
        on.values_mut().for_each(|people| people.sort_unstable());
        let team = Self {
            scenario,
            on,
            driven: runs
                .iter()
                .map(|run| run.id)
                .filter(|id| scenario.duties[*id].day >= 0)
                .collect(),
        };
        team.check_room(findings);
        team
    }

    /// Reports duties with more people than seats.
    fn check_room(&self, findings: &mut Findings) {
        for (&id, people) in &self.on {
            let seats = self.scenario.units[self.scenario.duties[id].unit].seats as usize;
            if people.len() > seats {
                let message = format!("{} people on {seats} seats", people.len());
                let amount = Amount::of((people.len() - seats) as i64, "people");
                findings.add_by(Code::TooMany, self.place(id), amount, message);
            }
        }
    }

    /// The people of a duty.
    pub(super) fn aboard(&self, duty: DutyId) -> &[PersonId] {
        self.on.get(&duty).map_or(&[], Vec::as_slice)
    }

    /// Duties of a tier that somebody sits on, with their people.
    pub(super) fn manned(
        &self,
        tier: crate::ids::TierId,
    ) -> impl Iterator<Item = (DutyId, &Duty, &[PersonId])> {
        let of_tier = move |duty: &Duty| self.scenario.units[duty.unit].tier == tier;
        let all = self.on.iter();
        all.map(|(&id, people)| (id, &self.scenario.duties[id], people.as_slice()))
            .filter(move |(_, duty, _)| of_tier(duty))
    }

    /// Where a duty is.
    pub(super) fn place(&self, id: DutyId) -> Place {
        let duty = &self.scenario.duties[id];
        let unit = &self.scenario.units[duty.unit];
        Place::shift(&unit.id, &self.scenario.shifts[duty.shift].id, duty.day)
    }
}

fn duty_of(seat: &Seat, keys: &Keys<'_>) -> Option<DutyId> {
    let unit = keys.units.get(&*seat.unit)?;
    let shift = keys.shifts.get(&*seat.shift)?;
    keys.duties.get(&(*unit, *shift, seat.day)).copied()
}

fn place(seat: &Seat) -> Place {
    Place::shift(&seat.unit, &seat.shift, seat.day).person(&seat.person)
}
