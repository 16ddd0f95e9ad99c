//! The question compiled: dense numbers for people, duties and rules.

use super::calendar::Calendar;
use super::cost::Cost;
use super::cost::Priced;
use super::rules::Watched;
use super::rules::Work;
use crate::ids::DutyId;
use crate::ids::PersonId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;

/// No duty.
pub const OFF: u32 = u32::MAX;

/// What each person does on each day of the horizon: a duty or [`OFF`].
pub type Rows = Vec<Vec<u32>>;

/// A question: who works which duty.
///
/// Everybody has at most one duty a day, on a unit of their own tier.
#[derive(Debug)]
pub struct Instance {
    /// The days.
    pub calendar: Calendar,
    /// The people.
    pub people: Vec<Person>,
    /// The duties that begin in the horizon.
    pub duties: Vec<Duty>,
    /// Kinds of force.
    pub tiers: Vec<Tier>,
    /// People in each other's company.
    pub company: Vec<Company>,
    /// How many are wanted when.
    pub demands: Vec<Demand>,
    /// Fair shares.
    pub fair: Vec<Fair>,
}

/// Somebody.
#[derive(Debug)]
pub struct Person {
    /// Who in the scenario.
    pub id: PersonId,
    /// Kind of force.
    pub tier: usize,
    /// Skills.
    pub skills: Vec<SkillId>,
    /// Whether sworn.
    pub sworn: bool,
    /// Whether a novice.
    pub novice: bool,
    /// Whether a senior.
    pub senior: bool,
    /// Rules that remember something, loads among them.
    pub rules: Vec<Watched>,
    /// Rules that look at one day alone.
    pub plain: Vec<Watched>,
    /// Where the loads are in a state.
    pub loads: usize,
    /// Numbers of a state.
    pub slots: usize,
    /// The state with which the horizon begins.
    pub start: Vec<i32>,
    /// No duty may begin before this: one of the roster before still runs.
    pub free: i32,
    /// By day: what later work cannot begin before.
    pub later: Vec<i32>,
    /// By day and kind of duty of the tier: the work that it is.
    pub works: Vec<Vec<Option<Work>>>,
    /// By day and kind, last that of a day off: cost of the plain rules.
    pub fixed: Vec<Vec<Cost>>,
    /// Work of the week times days present: their share where shares are fair.
    pub share: i64,
    /// The four loads before the horizon.
    pub before: [i64; 4],
}

/// A duty to be staffed.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Which in the scenario.
    pub id: DutyId,
    /// Kind of force.
    pub tier: usize,
    /// Day of the horizon.
    pub day: usize,
    /// Kind of duty within the tier.
    pub kind: usize,
    /// Number of the shift on that day, among all that the tier works.
    pub shift: usize,
    /// Fewest people to drive.
    pub least: i64,
    /// Seats.
    pub seats: usize,
    /// Skills of the unit.
    pub skills: Vec<SkillId>,
    /// Whether it drives.
    pub driven: bool,
    /// Burden of each person lacking of the fewest, where that is a promise.
    pub worth: i64,
    /// By demand: whether the duty counts, and its stretch of pieces.
    pub pieces: Vec<(usize, std::ops::Range<usize>)>,
}

/// A kind of force.
#[derive(Clone, Debug, Default)]
pub struct Tier {
    /// Which in the scenario.
    pub id: Option<TierId>,
    /// Its people.
    pub people: Vec<usize>,
    /// Kinds of its duties: shift, and whether the beat is a hard one.
    pub kinds: Vec<(ShiftId, bool)>,
    /// By day and kind: the duties.
    pub open: Vec<Vec<Vec<u32>>>,
    /// By number: the duties of one shift on one day.
    pub shifts: Vec<Vec<u32>>,
    /// Rules of who is on board of a duty.
    pub aboard: Vec<Aboard>,
    /// Rules of supervisors on a shift.
    pub supervisors: Vec<Supervisors>,
}

/// A rule of who is on board of a duty.
#[derive(Clone, Copy, Debug)]
pub enum Aboard {
    /// The fewest people of each duty driven.
    Fewest(Priced),
    /// All seats of each duty driven.
    Full(Priced),
    /// So many sworn people with anybody.
    Sworn(Priced, i64),
    /// A senior with each novice.
    Senior(Priced),
    /// Each skill of the unit, with anybody.
    Skills(Priced),
}

impl Aboard {
    /// What it costs to break it.
    pub fn priced(&self) -> &Priced {
        match self {
            Self::Fewest(p) | Self::Full(p) | Self::Sworn(p, _) => p,
            Self::Senior(p) | Self::Skills(p) => p,
        }
    }
}

/// So many supervisors on each shift that anybody works.
#[derive(Clone, Debug)]
pub struct Supervisors {
    /// What it costs to break it.
    pub priced: Priced,
    /// Fewest.
    pub least: i64,
    /// By person.
    pub counts: Vec<bool>,
}

/// People who belong together, or apart.
#[derive(Clone, Debug)]
pub struct Company {
    /// What it costs to break it.
    pub priced: Priced,
    /// All or none of them, else at most one.
    pub together: bool,
    /// By person.
    pub named: Vec<bool>,
    /// How many are named.
    pub count: usize,
}

/// People wanted on duty by the hour.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Which `[[staffing]]`.
    pub id: usize,
    /// The skill that people must have to count.
    pub skill: Option<SkillId>,
    /// Rules that want the fewest.
    pub promised: Vec<Priced>,
    /// What those cost who are desired beyond them.
    pub desired_price: Priced,
    /// Fewest.
    pub least: i64,
    /// Desired.
    pub desired: i64,
    /// By person: whether they count.
    pub counts: Vec<bool>,
    /// Pieces of the windows in time order: begin, end, people of the roster before.
    pub pieces: Vec<(i32, i32, i64)>,
}

/// A fair share of one load within a tier.
#[derive(Clone, Debug)]
pub struct Fair {
    /// What each whole unit costs.
    pub priced: Priced,
    /// Kind of force.
    pub tier: usize,
    /// Which of the four loads.
    pub load: usize,
    /// Parts that each may be off.
    pub allowed: i64,
    /// Parts of a unit.
    pub parts: i64,
}

impl Instance {
    /// Days of the horizon.
    pub fn days(&self) -> usize {
        self.calendar.count as usize
    }

    /// Everybody off.
    pub fn nobody(&self) -> Rows {
        vec![vec![OFF; self.days()]; self.people.len()]
    }

    /// The work that a duty is to somebody.
    pub fn work(&self, person: usize, duty: u32) -> Option<&Work> {
        let duty = &self.duties[duty as usize];
        let kinds = &self.people[person].works[duty.day];
        kinds.get(duty.kind)?.as_ref()
    }
}
