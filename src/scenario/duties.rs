//! Duties: every unit on every shift and day, in seconds of the horizon.

use jiff::civil::Date;

use crate::ids::DutyId;
use crate::ids::IdVec;
use crate::ids::ShiftId;
use crate::ids::UnitId;
use crate::scenario::civil::Calendar;
use crate::scenario::fault;
use crate::scenario::forces::Working;
use crate::scenario::gather::Gather;
use crate::scenario::model::Duty;
use crate::scenario::model::DutyBreak;
use crate::scenario::model::Unit;
use crate::scenario::shifts::Template;
use crate::units::Span;

/// Days before the horizon on which a shift may have begun that still runs: the longest
/// shift has 72 hours.
const DAYS_BEFORE: i64 = 4;
/// Duties in a scenario, at most.
const DUTIES_CAP: usize = 500_000;

/// A shift on a date, before the horizon's edges cut it.
#[derive(Clone, Debug)]
struct Turn {
    shift: ShiftId,
    date: Date,
    span: Span,
}

/// The duties of all units, by unit, then start. Turns of one unit that overlap are
/// reported.
pub(crate) fn expand(
    units: &IdVec<UnitId, Unit>,
    working: &IdVec<UnitId, Working>,
    shifts: &IdVec<ShiftId, Template>,
    calendar: &Calendar,
    gather: &mut Gather,
) -> IdVec<DutyId, Duty> {
    let turns = turns(shifts, calendar);
    let asked: usize = working
        .iter()
        .map(|w| w.shifts.len() * calendar.days.len())
        .sum();
    if asked > DUTIES_CAP {
        let at = working
            .iter()
            .next()
            .map_or_else(Default::default, |w| w.at);
        gather.fault(at, fault::s037_too_much("duties", asked, DUTIES_CAP));
        return IdVec::new();
    }
    let mut duties = IdVec::new();
    for (id, works) in working.enumerate() {
        let mine: Vec<&Turn> = turns
            .iter()
            .filter(|turn| works.shifts.contains(&turn.shift))
            .filter(|turn| works.days[turn.date.weekday().to_monday_zero_offset() as usize])
            .collect();
        check_overlap(&units[id], works, &mine, shifts, calendar, gather);
        for turn in mine {
            if let Some(duty) = duty(id, turn, &shifts[turn.shift], calendar) {
                duties.push(duty);
            }
        }
    }
    duties
}

/// All shifts on all dates that touch the horizon, by start.
fn turns(shifts: &IdVec<ShiftId, Template>, calendar: &Calendar) -> Vec<Turn> {
    let mut turns = Vec::new();
    for date in calendar.dates(DAYS_BEFORE) {
        for (shift, template) in shifts.enumerate() {
            let start = date.to_datetime(template.start);
            let length = jiff::SignedDuration::from_secs(template.length.0);
            let span = Span::new(
                calendar.instant(start),
                calendar.instant(start.saturating_add(length)),
            );
            if span.intersect(calendar.whole()).is_some() {
                turns.push(Turn { shift, date, span });
            }
        }
    }
    turns.sort_by_key(|turn| (turn.span, turn.shift));
    turns
}

/// Reports the first two turns of a unit that overlap.
fn check_overlap(
    unit: &Unit,
    works: &Working,
    turns: &[&Turn],
    shifts: &IdVec<ShiftId, Template>,
    calendar: &Calendar,
    gather: &mut Gather,
) {
    let pairs = turns.iter().zip(turns.iter().skip(1));
    if let Some((a, b)) = pairs.clone().find(|(a, b)| b.span.start < a.span.end) {
        let name = |turn: &Turn| shifts[turn.shift].shift.id.clone();
        let when = calendar
            .clock(b.span.start)
            .strftime("%a %d %b")
            .to_string();
        gather.fault(
            works.at,
            fault::s024_overlap(&unit.id, &name(a), &name(b), &when),
        );
    }
}

/// A turn within the horizon; `None` when only briefing or handing back is left of it.
fn duty(unit: UnitId, turn: &Turn, template: &Template, calendar: &Calendar) -> Option<Duty> {
    let shift = &template.shift;
    let span = turn.span.intersect(calendar.whole())?;
    let route = Span::new(
        turn.span.start + shift.briefing,
        turn.span.end - shift.handback,
    )
    .intersect(calendar.whole())?;
    let mut breaks = Vec::new();
    let mut free = route.start;
    for rule in &shift.breaks {
        let earliest = (turn.span.start + rule.earliest).max(route.start);
        let latest = (turn.span.start + rule.latest).min(route.end - rule.length);
        // One that might have been over before the horizon, or begin after it, is dropped.
        if earliest.max(free) <= latest {
            free = earliest.max(free) + rule.length;
            breaks.push(DutyBreak {
                length: rule.length,
                earliest,
                latest,
                at_base: rule.at_base,
            });
        }
    }
    Some(Duty {
        unit,
        shift: turn.shift,
        day: calendar.day_of(turn.date.to_datetime(template.start)),
        span,
        whole: turn.span,
        route,
        breaks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::civil::tests::malta;
    use crate::scenario::model::BreakRule;
    use crate::scenario::model::Shift;
    use crate::scenario::model::Text;
    use crate::units::Seconds;
    use jiff::civil::date;
    use jiff::civil::time;

    fn template(start: i8, hours: i64) -> Template {
        Template {
            shift: Shift {
                id: "s".to_owned(),
                name: Text::default(),
                start: time(start, 0, 0, 0),
                length: Seconds(hours * 3600),
                briefing: Seconds(900),
                handback: Seconds(600),
                breaks: vec![BreakRule {
                    length: Seconds(1800),
                    earliest: Seconds(3 * 3600),
                    latest: Seconds(5 * 3600),
                    at_base: true,
                }],
            },
            start: time(start, 0, 0, 0),
            length: Seconds(hours * 3600),
        }
    }

    fn duties(template: Template, calendar: &Calendar) -> Vec<Duty> {
        let shifts: IdVec<ShiftId, Template> = vec![template].into();
        turns(&shifts, calendar)
            .iter()
            .filter_map(|turn| duty(UnitId(0), turn, &shifts[turn.shift], calendar))
            .collect()
    }

    #[test]
    fn a_night_is_nine_hours_long_when_summer_time_ends() {
        let calendar = malta(date(2026, 10, 24).at(12, 0, 0, 0), 1);
        let night = &duties(template(22, 8), &calendar)[0];
        assert_eq!(night.span.length().hours(), 9.0);
        assert_eq!(night.route.length(), Seconds(9 * 3600 - 1500));
        assert_eq!(night.day, 0);
    }

    #[test]
    fn edges_of_the_horizon_cut_duties() {
        let calendar = malta(date(2026, 11, 23).at(0, 0, 0, 0), 1);
        let nights = duties(template(22, 8), &calendar);
        assert_eq!(nights.len(), 2);
        let (eve, last) = (&nights[0], &nights[1]);
        assert_eq!(eve.day, -1);
        assert_eq!(eve.route, Span::new(Seconds(0), Seconds(6 * 3600 - 600)));
        assert_eq!(eve.breaks[0].earliest, Seconds(3600));
        assert_eq!(last.day, 0);
        assert_eq!(last.span.end, calendar.horizon);
        assert_eq!(last.route.start, Seconds(22 * 3600 + 900));
        assert!(last.breaks.is_empty());
    }

    #[test]
    fn what_is_left_of_a_briefing_is_no_duty() {
        let calendar = malta(date(2026, 11, 23).at(22, 10, 0, 0), 1);
        let nights = duties(template(22, 8), &calendar);
        assert_eq!(
            nights.len(),
            1,
            "the next night is cut to ten minutes of briefing"
        );
        assert_eq!(
            nights[0].route.start,
            Seconds(300),
            "five minutes of briefing are left"
        );
    }
}
