//! Who works when, and how each duty is manned: what lists, calendars and the report show.

use super::people::People;
use super::seats::Team;
use crate::check::read;
use crate::check::read::Keys;
use crate::check::verdict::Findings;
use crate::ids::DutyId;
use crate::ids::IdVec;
use crate::ids::PersonId;
use crate::plan::Plan;
use crate::scenario::Days;
use crate::units::Span;
use crate::world::World;

/// A roster laid out by people and by duties. Seats that the checker refuses to read (unknown
/// people and duties, duties of the roster before) are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// What each person works, in time order.
    pub people: IdVec<PersonId, Vec<Stint>>,
    /// Duties that are driven or that somebody sits on, in the scenario's order.
    pub duties: Vec<Manned>,
}

/// A duty as one person works it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// The duty.
    pub duty: DutyId,
    /// Work: the duty and the handover in front of it, beyond the horizon too.
    pub work: Span,
    /// Whether it is a night.
    pub night: bool,
}

/// A duty with its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manned {
    /// The duty.
    pub duty: DutyId,
    /// Whether the plan has it driven; else those on it stand by at base.
    pub driven: bool,
    /// Who sits on it, in the scenario's order.
    pub people: Vec<PersonId>,
}

impl Timetable {
    /// A duty with its people.
    pub fn manned(&self, duty: DutyId) -> Option<&Manned> {
        let at = self
            .duties
            .binary_search_by_key(&duty, |manned| manned.duty);
        at.ok().map(|at| &self.duties[at])
    }
}

/// Lays out the roster of a plan; `None` where there is none, or nobody to put on it.
pub fn timetable(world: &World, plan: &Plan) -> Option<Timetable> {
    let scenario = &world.scenario;
    let roster = plan.roster.as_ref()?;
    if scenario.staff.people.is_empty() {
        return None;
    }
    let mut findings = Findings::default();
    let keys = Keys::new(world);
    let runs = read::runs(world, plan, &keys, &mut findings);
    let team = Team::read(scenario, roster, &keys, &runs, &mut findings);
    let days = Days::of(scenario);
    let everybody = People::of(&team, &days);
    let mut people: IdVec<PersonId, Vec<Stint>> =
        scenario.staff.people.iter().map(|_| Vec::new()).collect();
    for (&id, aboard) in &team.on {
        let duty = &scenario.duties[id];
        for &person in aboard {
            let mut works = everybody.lives[person].work.iter();
            let work = works.find(|work| {
                (work.spell.day, work.spell.shift) == (duty.day, duty.shift)
                    && work.spell.span == duty.whole
            });
            people[person].extend(work.map(|work| Stint {
                duty: id,
                work: work.span,
                night: work.night,
            }));
        }
    }
    people
        .iter_mut()
        .for_each(|own| own.sort_by_key(|stint| (stint.work, stint.duty)));
    let used = scenario.duties.ids();
    let used = used.filter(|id| team.driven.contains(id) || team.on.contains_key(id));
    let manned = |duty: DutyId| Manned {
        duty,
        driven: team.driven.contains(&duty),
        people: team.aboard(duty).to_vec(),
    };
    Some(Timetable {
        people,
        duties: used.map(manned).collect(),
    })
}
