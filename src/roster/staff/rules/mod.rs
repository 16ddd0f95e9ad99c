//! The rules of one person as small machines that walk from day to day.
//!
//! A machine keeps, in a few numbers, exactly what its rule must remember of the days so far;
//! two pasts with the same numbers are the same to it. What is said of a rule here is what
//! `docs/check.md` says of it; the checker comes to it by its own road.

mod hours;
mod loads;
mod rest;
mod runs;
mod weeks;
mod wishes;

pub use loads::Loads;

use super::calendar::Calendar;
use super::cost::Bill;
use super::cost::Priced;
use super::cost::TO_PERSON;
use crate::ids::ShiftId;
use crate::scenario::Rule;
use crate::scenario::RuleKind;
use crate::units::Span;

/// A duty as one person's rules see it. Times are seconds of the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Begin of work: that of the duty, or of the handover before it.
    pub start: i32,
    /// Begin of the duty.
    pub begin: i32,
    /// End.
    pub end: i32,
    /// Which shift.
    pub shift: ShiftId,
    /// From the start of the operational day to the begin, by the clock.
    pub clock: i32,
    /// Whether it is a night.
    pub night: bool,
    /// Whether the beat is a hard one.
    pub hard: bool,
}

impl Work {
    /// How long.
    pub fn length(&self) -> i32 {
        self.end - self.start
    }
}

/// A day as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Today<'a> {
    /// Which operational day.
    pub day: i32,
    /// Its duties, in time order.
    pub works: &'a [Work],
    /// No work of a later day begins before this.
    pub later: i32,
}

impl Today<'_> {
    /// Work of the day.
    pub fn hours(&self) -> i32 {
        self.works.iter().map(Work::length).sum()
    }

    /// Whether there is any.
    pub fn worked(&self) -> bool {
        !self.works.is_empty()
    }

    /// Whether a duty is a night.
    pub fn night(&self) -> bool {
        self.works.iter().any(|work| work.night)
    }
}

/// A rule that walks from day to day. What it bills on days before the horizon is forgotten.
pub trait Watch: std::fmt::Debug + Send + Sync {
    /// Numbers that it remembers.
    fn slots(&self) -> usize {
        0
    }

    /// What it remembers before the first known day.
    fn start(&self, _state: &mut [i32]) {}

    /// A day passes.
    fn day(&self, today: &Today<'_>, state: &mut [i32], bill: &mut Bill);

    /// The horizon ends.
    fn end(&self, _state: &[i32], _bill: &mut Bill) {}

    /// So many days before the day on which it bills lies what it bills.
    fn late(&self) -> usize {
        0
    }

    /// What the end is likely to bill if things go on like this after a day: only a guess, for
    /// choosing whom to drop when there are too many to keep.
    fn outlook(&self, _day: i32, _state: &[i32], _bill: &mut Bill) {}
}

/// A rule of a person.
#[derive(Debug)]
pub struct Watched {
    /// What it costs to break it.
    pub priced: Priced,
    /// How it is judged.
    pub watch: Box<dyn Watch>,
    /// Where its numbers begin in a state.
    pub at: usize,
}

impl Watched {
    /// Its numbers in a state.
    pub fn slots(&self) -> std::ops::Range<usize> {
        self.at..self.at + self.watch.slots()
    }
}

/// What the rules of a person ask about beside what they work.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The days.
    pub calendar: &'a Calendar,
    /// Work per week by contract, seconds.
    pub contract: i64,
    /// When they are away.
    pub leave: Vec<Span>,
    /// By day of the horizon: whether leave covers at least half of it.
    pub away: Vec<bool>,
    /// By day of the horizon: shift (`None`: any), whether it is wanted, weight.
    pub requests: Vec<Vec<(Option<ShiftId>, bool, i64)>>,
    /// By day of the horizon: what the pattern has, where one binds them.
    pub pattern: Option<Vec<Option<ShiftId>>>,
}

impl Asked<'_> {
    /// Days of the horizon on which they are not away.
    pub fn present(&self) -> i64 {
        self.away.iter().filter(|away| !**away).count() as i64
    }
}

/// The machine of a rule; `None` for kinds that do not bind a person alone.
pub fn watch(rule: &Rule, asked: &Asked<'_>) -> Option<(Priced, Box<dyn Watch>)> {
    use RuleKind as K;
    let (value, window) = (rule.value, rule.window);
    let calendar = asked.calendar;
    let watch: Box<dyn Watch> = match rule.kind {
        K::RestBetweenDuties => Box::new(rest::Daily::new(value, window)),
        K::QuickReturns => Box::new(rest::Returns(value as i32)),
        K::RestPerWeek => Box::new(rest::Blocks::new(value, window, calendar)),
        K::RestAfterNights => Box::new(rest::AfterNights::new(value, window)),
        K::Handover => Box::new(rest::TakeOver),
        K::HoursPerDay => Box::new(hours::OnDay(value)),
        K::OvertimePerDay => Box::new(hours::OnDay(value + asked.contract / 5)),
        K::DutyLength => Box::new(hours::Length {
            most: value,
            nights: false,
        }),
        K::NightLength => Box::new(hours::Length {
            most: value,
            nights: true,
        }),
        K::HoursPerWeek => Box::new(hours::Most::weekly(value, calendar)),
        K::HoursPerMonth => Box::new(hours::Most::monthly(value, 0, calendar)),
        K::OvertimePerMonth => Box::new(hours::Most::monthly(value, asked.contract, calendar)),
        K::HoursAverage => Box::new(hours::Most::on_average(value, calendar)),
        K::HoursRolling => Box::new(hours::Rolling::new(value, window, calendar)),
        K::ContractHours => Box::new(hours::Least::new(value, asked)),
        K::ConsecutiveDays => Box::new(runs::Longest {
            most: value as i32,
            nights: false,
        }),
        K::ConsecutiveNights => Box::new(runs::Longest {
            most: value as i32,
            nights: true,
        }),
        K::WorkRun => Box::new(runs::Shortest::new(value, true, calendar)),
        K::OffRun => Box::new(runs::Shortest::new(value, false, calendar)),
        K::DaysOffPerWeek => Box::new(weeks::DaysOff::new(value, calendar)),
        K::WeekendsWorked => Box::new(weeks::Weekends::new(value, window, calendar)),
        K::CompleteWeekends => Box::new(weeks::Complete::new(calendar)),
        K::ForwardRotation => Box::new(wishes::Forward),
        K::Leave => Box::new(wishes::Away(asked.leave.clone())),
        K::Requests => Box::new(wishes::Requests(asked.requests.clone())),
        K::Pattern => Box::new(wishes::Pattern {
            wanted: asked.pattern.clone()?,
            away: asked.away.clone(),
        }),
        _ => return None,
    };
    Some((Priced::new(rule, TO_PERSON), watch))
}
