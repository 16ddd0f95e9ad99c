//! What the rows of targets and orders are read against, and what they share.

use std::collections::BTreeMap;

use crate::datum::Datum;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::ids::ZoneId;
use crate::scenario::civil::Calendar;
use crate::scenario::effect::Curve;
use crate::scenario::fault;
use crate::scenario::forces::Listed;
use crate::scenario::gather::Gather;
use crate::scenario::model::Tier;
use crate::scenario::model::Zone;
use crate::scenario::names::Nth;
use crate::scenario::record::Record;
use crate::scenario::risk::Hours;
use crate::scenario::risk::Profile;
use crate::scenario::windows;
use crate::units::Seconds;
use crate::units::Span;

/// Reads targets and orders.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    /// The horizon.
    pub(crate) calendar: &'a Calendar,
    /// Its hours.
    pub(crate) hours: Hours,
    /// Coordinates of the layers.
    pub(crate) datum: Datum,
    /// Tiers.
    pub(crate) tiers: &'a Listed<TierId, Tier>,
    /// Zones.
    pub(crate) zones: &'a Listed<ZoneId, Zone>,
    /// Skills.
    pub(crate) skills: &'a Listed<SkillId, String>,
    /// Effect curves.
    pub(crate) effects: Listed<Nth, Curve>,
    /// Risk profiles.
    pub(crate) risks: Listed<Nth, Profile>,
    /// Defaults by kind.
    pub(crate) kinds: BTreeMap<String, Record>,
    /// What is wrong.
    pub(crate) gather: &'a mut Gather,
    /// What is odd.
    pub(crate) warnings: Vec<String>,
    /// How many targets and periods of orders may still be listed.
    pub(crate) room: usize,
    /// Windows already laid along the horizon.
    pub(crate) laid: BTreeMap<String, Vec<Span>>,
}

impl Reader<'_> {
    /// The windows of a record within the horizon, always when it has none. Those too short
    /// for a visit of `dwell` are reported (unless an edge of the horizon cut them).
    pub(crate) fn windows(&mut self, record: &Record, dwell: Seconds) -> Vec<Span> {
        let whole = self.calendar.whole();
        let Some(cell) = record.cell("windows") else {
            return vec![whole];
        };
        let text = cell.text();
        if !self.laid.contains_key(text) {
            let spans = match windows::parse(text) {
                Ok(weekly) => weekly.spans(self.calendar),
                Err(part) => {
                    self.gather.fault(cell.at, fault::s017_windows(text, &part));
                    return vec![whole];
                }
            };
            self.laid.insert(text.to_owned(), spans);
        }
        let spans = &self.laid[text];
        let uncut = |span: &&Span| span.start > whole.start && span.end < whole.end;
        let mut short = spans.iter().filter(uncut).map(|span| span.length());
        if let Some(short) = short.find(|length| *length < dwell) {
            self.gather.fault(cell.at, fault::s027_window(short, dwell));
        }
        spans.clone()
    }

    /// A length of time that must be more than nothing.
    pub(crate) fn some_time(&mut self, record: &Record, name: &str) -> Option<Seconds> {
        let length = record.duration(self.gather, name)?;
        if length == Seconds::ZERO {
            let error = fault::s012_number(name, "0", "more than 0");
            self.gather.fault(record.at(name), error);
            return None;
        }
        Some(length)
    }
}
