//! Shift templates: their hours and their breaks.

use jiff::civil::Time;

use crate::ids::ShiftId;
use crate::scenario::fault;
use crate::scenario::forces::Listed;
use crate::scenario::gather::Gather;
use crate::scenario::model::BreakRule;
use crate::scenario::model::Shift;
use crate::scenario::names;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::units::Seconds;

/// Longest shift.
const LONGEST: Seconds = Seconds(72 * 3600);

/// Breaks of a shift, at most.
const BREAKS_CAP: usize = 24;

/// A shift template with its hours.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// What the model keeps of it.
    pub(crate) shift: Shift,
    /// Begin, by the clock.
    pub(crate) start: Time,
    /// Length, by the clock.
    pub(crate) length: Seconds,
}

/// Reads the templates.
pub(crate) fn read(records: &[Record], gather: &mut Gather) -> Listed<ShiftId, Template> {
    let mut shifts = Listed::new("shift");
    for record in records {
        let id = names::key(record, gather, "id");
        let start = record.clock(gather, "start").unwrap_or(Time::midnight());
        let length = length(record, start, gather);
        let shift = Shift {
            name: names::text(record, &id),
            start,
            length: length.unwrap_or(Seconds::HOUR),
            briefing: record.duration(gather, "briefing").unwrap_or_default(),
            handback: record.duration(gather, "handback").unwrap_or_default(),
            breaks: breaks(record, gather),
            id: id.clone(),
        };
        if let Some(length) = length {
            check_hours(record, &shift, length, gather);
        }
        let template = Template {
            shift,
            start,
            length: length.unwrap_or(Seconds::HOUR),
        };
        shifts.add(gather, &id, record.at("id"), template);
    }
    shifts
}

/// The length by the clock; `None` when reported wrong.
fn length(record: &Record, start: Time, gather: &mut Gather) -> Option<Seconds> {
    match (record.has("length"), record.has("end")) {
        (true, false) => {
            let length = record.duration(gather, "length")?;
            if length == Seconds::ZERO || length > LONGEST {
                let error =
                    fault::s036_shift("a shift is longer than nothing and at most 72 hours");
                gather.fault(record.at("length"), error.value(length));
                return None;
            }
            Some(length)
        }
        (false, true) => {
            let end = record.clock(gather, "end")?;
            let length = end.duration_since(start).as_secs();
            Some(Seconds(if length <= 0 { length + 86_400 } else { length }))
        }
        (both, _) => {
            let what = match both {
                true => "a shift with both `length` and `end`",
                false => "a shift without `length`",
            };
            gather.fault(record.at, fault::s036_shift(what));
            None
        }
    }
}

fn breaks(record: &Record, gather: &mut Gather) -> Vec<BreakRule> {
    let Some(Raw::Records(records)) = record.cell("break").map(|cell| &cell.raw) else {
        return Vec::new();
    };
    if records.len() > BREAKS_CAP {
        let error = fault::s037_too_much("breaks of a shift", records.len(), BREAKS_CAP);
        gather.fault(record.at, error);
        return Vec::new();
    }
    let mut breaks = Vec::new();
    for record in records {
        breaks.push(BreakRule {
            length: record.duration(gather, "length").unwrap_or_default(),
            earliest: record.duration(gather, "earliest").unwrap_or_default(),
            latest: record.duration(gather, "latest").unwrap_or_default(),
            at_base: record.choice(gather, "place") != Some("anywhere"),
        });
    }
    breaks
}

/// Reports a shift without time to patrol, and breaks that cannot be given in it.
fn check_hours(record: &Record, shift: &Shift, length: Seconds, gather: &mut Gather) {
    let taken = shift.briefing + shift.handback;
    if taken >= length {
        gather.fault(record.at, fault::s026_briefing(taken, length));
        return;
    }
    let Some(Raw::Records(records)) = record.cell("break").map(|cell| &cell.raw) else {
        return;
    };
    let mut free = shift.briefing;
    for (number, (rule, record)) in shift.breaks.iter().zip(records).enumerate() {
        let mut refuse = |why: &str| gather.fault(record.at, fault::s025_break(number + 1, why));
        let begin = rule.earliest.max(free);
        if rule.length == Seconds::ZERO {
            refuse("it has no length");
        } else if rule.earliest > rule.latest {
            refuse("its earliest start lies after its latest");
        } else if begin > rule.latest {
            refuse("briefing or the break before it take until after its latest start");
        } else if begin + rule.length > length - shift.handback {
            refuse("it would end after handing back begins");
        }
        free = begin + rule.length;
    }
}
