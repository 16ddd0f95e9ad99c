//! What one person works, laid out day by day for the rules.

use std::ops::Range;

use crate::ids::ShiftId;
use crate::scenario::Days;
use crate::scenario::Request;
use crate::scenario::Rule;
use crate::scenario::RuleKind;
use crate::units::Seconds;
use crate::units::Span;

/// A duty that somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Operational day to which it belongs.
    pub day: i32,
    /// Which shift.
    pub shift: ShiftId,
    /// From its start to its end, beyond the horizon too.
    pub span: Span,
    /// From the start of the operational day to its start, by the clock.
    pub clock: Seconds,
}

/// A spell with what the rules make of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    /// The duty.
    pub(super) spell: Spell,
    /// Work: the duty and the handover in front of it.
    pub(super) span: Span,
    /// Whether it is a night.
    pub(super) night: bool,
}

/// What one person works, and what is asked of them; no plan is needed.
#[derive(Clone, Debug)]
pub struct Life<'a> {
    /// The days that are known.
    pub days: &'a Days,
    /// Work per week by contract.
    pub contract_week: Seconds,
    /// When they are away.
    pub leave: Vec<Span>,
    /// What they wish for.
    pub requests: Vec<Request>,
    /// What the pattern wants of each day of the horizon, where one binds them.
    pub pattern: Option<Vec<Option<ShiftId>>>,
    /// In time order.
    pub(super) work: Vec<Work>,
    /// Work by known day.
    hours: Vec<Seconds>,
}

impl<'a> Life<'a> {
    /// The spells of a person, in any order, under the rules that hold for them.
    pub fn new(days: &'a Days, mut spells: Vec<Spell>, rules: &[&Rule]) -> Self {
        spells.retain(|spell| days.known().contains(&spell.day));
        spells.sort_by_key(|spell| (spell.span, spell.shift));
        let value = |kind| {
            rules
                .iter()
                .find(|rule| rule.kind == kind)
                .map(|r| Seconds(r.value))
        };
        let handover = value(RuleKind::Handover).unwrap_or(Seconds::ZERO);
        let night = value(RuleKind::NightDuty);
        let work = spells.iter().map(|&spell| Work {
            spell,
            span: Span::new(spell.span.start - handover, spell.span.end),
            night: night.is_some_and(|least| days.night(spell.span) >= least),
        });
        let work: Vec<Work> = work.collect();
        let mut hours = vec![Seconds::ZERO; days.known().len()];
        for one in &work {
            hours[(one.spell.day - days.first) as usize] += one.span.length();
        }
        Self {
            days,
            contract_week: Seconds::ZERO,
            leave: Vec::new(),
            requests: Vec::new(),
            pattern: None,
            work,
            hours,
        }
    }

    /// Days of the horizon.
    pub(super) fn horizon(&self) -> Range<i32> {
        0..self.days.count
    }

    /// Work of the duties of a known day.
    pub(super) fn hours(&self, day: i32) -> Seconds {
        self.hours[(day - self.days.first) as usize]
    }

    /// Work of some known days.
    pub(super) fn hours_in(&self, days: Range<i32>) -> Seconds {
        days.map(|day| self.hours(day)).sum()
    }

    /// The duties of a day.
    pub(super) fn on(&self, day: i32) -> impl Iterator<Item = &Work> {
        self.work.iter().filter(move |work| work.spell.day == day)
    }

    /// Whether there is a duty on a known day.
    pub(super) fn works(&self, day: i32) -> bool {
        self.hours(day) > Seconds::ZERO
    }

    /// Whether a duty of the day is a night.
    pub(super) fn night(&self, day: i32) -> bool {
        self.on(day).any(|work| work.night)
    }

    /// Each duty of the horizon that follows another, with that and the rest between them.
    pub(super) fn rests(&self) -> impl Iterator<Item = (&Work, &Work, Seconds)> {
        let pairs = self.work.windows(2);
        pairs
            .map(|pair| (&pair[0], &pair[1], rest(&pair[0], &pair[1])))
            .filter(|(_, after, _)| after.spell.day >= 0)
    }

    /// The longest runs of known days that are so, which reach into the horizon or end where it
    /// begins.
    pub(super) fn runs(&self, is: impl Fn(i32) -> bool) -> Vec<Range<i32>> {
        let mut runs: Vec<Range<i32>> = Vec::new();
        for day in self.days.known().filter(|day| is(*day)) {
            match runs.last_mut() {
                Some(run) if run.end == day => run.end = day + 1,
                _ => runs.push(day..day + 1),
            }
        }
        runs.retain(|run| run.end >= 0);
        runs
    }

    /// Calendar weeks that reach into the horizon: their known days.
    pub(super) fn weeks(&self) -> Vec<Range<i32>> {
        let mut weeks = self.parts(|day| self.days.monday(day));
        weeks.retain(|week| week.end > 0);
        weeks
    }

    /// Calendar months that reach into the horizon: their known days.
    pub(super) fn months(&self) -> Vec<Range<i32>> {
        let mut months = self.parts(|day| self.days.month(day));
        months.retain(|month| month.end > 0);
        months
    }

    /// Known Saturdays and Sundays, weekend by weekend.
    pub(super) fn weekends(&self) -> Vec<Range<i32>> {
        let mut weekends = Vec::new();
        for week in self.parts(|day| self.days.monday(day)) {
            let saturday = (self.days.monday(week.start) + 5).max(week.start);
            if saturday < week.end {
                weekends.push(saturday..week.end);
            }
        }
        weekends
    }

    /// Known days, cut where `of` changes.
    fn parts(&self, of: impl Fn(i32) -> i32) -> Vec<Range<i32>> {
        let mut parts: Vec<Range<i32>> = Vec::new();
        for day in self.days.known() {
            match parts.last_mut() {
                Some(part) if of(part.start) == of(day) => part.end = day + 1,
                _ => parts.push(day..day + 1),
            }
        }
        parts
    }

    /// Whether leave covers at least half of a known day.
    pub(super) fn away(&self, day: i32) -> bool {
        let span = self.days.span(day, day + 1);
        let away = self.leave.iter().filter_map(|leave| leave.intersect(span));
        away.map(Span::length).sum::<Seconds>() * 2 >= span.length()
    }

    /// Days of the horizon on which they are not away.
    pub(super) fn days_present(&self) -> i64 {
        self.horizon().filter(|day| !self.away(*day)).count() as i64
    }
}

/// Time from the end of one piece of work to the start of the next, 0 where they overlap.
pub(super) fn rest(before: &Work, after: &Work) -> Seconds {
    (after.span.start - before.span.end).max(Seconds::ZERO)
}
