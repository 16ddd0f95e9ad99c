//! Rows written out as the roster of a plan, and read back.

use super::instance::Instance;
use super::instance::OFF;
use super::instance::Rows;
use super::search::Outcome;
use crate::plan::Roster;
use crate::plan::RosterClaim;
use crate::plan::Seat;
use crate::scenario::Scenario;

/// The roster of an outcome: seats by person, then day, and what is claimed of it.
pub fn write(scenario: &Scenario, instance: &Instance, outcome: &Outcome) -> Roster {
    let mut seats = Vec::new();
    for (person, row) in instance.people.iter().zip(&outcome.rows) {
        for &duty in row.iter().filter(|duty| **duty != OFF) {
            let duty = &scenario.duties[instance.duties[duty as usize].id];
            seats.push(Seat {
                person: scenario.staff.people[person.id].id.clone(),
                unit: scenario.units[duty.unit].id.clone(),
                shift: scenario.shifts[duty.shift].id.clone(),
                day: duty.day,
            });
        }
    }
    // Of wishes alone something is proven where every promise can be kept.
    let least = outcome
        .bound
        .filter(|bound| bound.promises == outcome.cost.promises);
    Roster {
        claim: Some(RosterClaim {
            wishes: outcome.cost.wishes,
            least: least.map(|bound| bound.wishes).filter(|least| *least > 0),
        }),
        seats,
        ..Roster::default()
    }
}

/// The rows of a roster; seats that the instance does not know are left out.
pub fn read(scenario: &Scenario, instance: &Instance, roster: &Roster) -> Rows {
    let mut rows = instance.nobody();
    for seat in &roster.seats {
        let mut people = instance.people.iter();
        let person = people.position(|p| scenario.staff.people[p.id].id == seat.person);
        let mut duties = instance.duties.iter();
        let duty = duties.position(|duty| {
            let duty = &scenario.duties[duty.id];
            duty.day == seat.day
                && scenario.units[duty.unit].id == seat.unit
                && scenario.shifts[duty.shift].id == seat.shift
        });
        if let (Some(person), Some(duty)) = (person, duty) {
            rows[person][instance.duties[duty].day] = duty as u32;
        }
    }
    rows
}
