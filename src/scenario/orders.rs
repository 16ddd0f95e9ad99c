//! Orders: visits that are demanded beside the standards.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::ToSpan as _;

use crate::ids::IdVec;
use crate::ids::OrderId;
use crate::ids::TargetId;
use crate::ids::TierId;
use crate::ids::UnitId;
use crate::scenario::civil::Calendar;
use crate::scenario::civil::common;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::model::Effect;
use crate::scenario::model::Order;
use crate::scenario::model::Risk;
use crate::scenario::model::Shape;
use crate::scenario::model::Target;
use crate::scenario::model::Tier;
use crate::scenario::model::Unit;
use crate::scenario::names;
use crate::scenario::names::Names;
use crate::scenario::places;
use crate::scenario::reader::Reader;
use crate::scenario::record::Record;
use crate::scenario::targets::Targets;
use crate::units::Level;
use crate::units::Seconds;
use crate::units::Span;

/// The orders, with where each stands.
#[derive(Debug)]
pub(crate) struct Orders {
    /// The orders.
    pub(crate) items: IdVec<OrderId, Order>,
    /// Where each stands.
    pub(crate) places: IdVec<OrderId, At>,
}

/// What orders refer to, beside what a reader knows.
#[derive(Debug)]
pub(crate) struct Servers<'a> {
    /// Keys of the units.
    pub(crate) names: &'a Names<UnitId>,
    /// Units of each tier.
    pub(crate) by_tier: BTreeMap<String, Vec<UnitId>>,
}

/// Orders in a scenario, at most.
const ORDERS_CAP: usize = 500_000;

impl Reader<'_> {
    /// Reads the orders; places of their own become targets.
    pub(crate) fn orders(
        &mut self,
        records: &[Record],
        targets: &mut Targets,
        servers: &Servers<'_>,
    ) -> Orders {
        let mut orders = Orders {
            items: IdVec::new(),
            places: IdVec::new(),
        };
        let mut keys: Names<OrderId> = Names::new("order");
        let placed = targets.items.len();
        for record in records {
            let id = names::key(record, self.gather, "id");
            keys.enter(self.gather, &id, record.at("id"), Vec::new());
            let chosen = self.targets_of(record, &id, targets, placed);
            for order in self.order(record, &id, &chosen, targets, servers) {
                if orders.items.len() == ORDERS_CAP {
                    let error = fault::s037_too_much("orders", ORDERS_CAP + 1, ORDERS_CAP);
                    self.gather.fault(record.at, error);
                    return orders;
                }
                orders.items.push(order);
                orders.places.push(record.at);
            }
        }
        orders
    }

    /// The targets that serve an order. The first `placed` have standards of their own;
    /// behind them come the places of orders.
    fn targets_of(
        &mut self,
        record: &Record,
        id: &str,
        targets: &mut Targets,
        placed: usize,
    ) -> Vec<TargetId> {
        if record.is_distrusted() {
            return Vec::new();
        }
        match (record.has("targets"), places::has_place(record)) {
            (true, false) => self.chosen(record, targets, placed),
            (false, true) => vec![self.task(record, id, targets)],
            (both, _) => {
                let what = match both {
                    true => "the order has both `targets` and a place of its own",
                    false => "the order has neither `targets` nor a place of its own",
                };
                self.gather.fault(record.at, fault::s033_place(what));
                Vec::new()
            }
        }
    }

    /// The targets that the words of an order mean, each once, in id order.
    fn chosen(&mut self, record: &Record, targets: &Targets, placed: usize) -> Vec<TargetId> {
        let mut chosen = Vec::new();
        for (word, at) in record.words("targets") {
            let ids = targets.items.ids().take(placed);
            match word.split_once([':', '\u{ff1a}']) {
                None if word == "all" => chosen.extend(ids),
                None => chosen.extend_from_slice(targets.names.all(self.gather, word, at)),
                Some(("kind", kind)) => {
                    let fits = ids.filter(|id| targets.items[*id].kind == kind).collect();
                    let known = targets.items.iter().map(|target| &target.kind);
                    chosen.extend(self.some("kind of target", kind, at, fits, known, targets));
                }
                Some(("group", group)) => {
                    let fits = ids.filter(|id| targets.groups[*id].iter().any(|g| g == group));
                    let known = targets.groups.iter().flatten();
                    let what = "group of targets";
                    chosen.extend(self.some(what, group, at, fits.collect(), known, targets));
                }
                Some(("zone", key)) => {
                    let Some(zone) = self.zones.names.all(self.gather, key, at).first() else {
                        continue;
                    };
                    let fits = ids.filter(|id| targets.items[*id].zones.contains(zone));
                    let what = "zone with targets in it";
                    chosen.extend(self.some(what, key, at, fits.collect(), [], targets));
                }
                Some((other, _)) => {
                    let known = ["kind", "group", "zone"].into_iter();
                    self.gather
                        .fault(at, fault::s021_choice("targets", other, known));
                }
            }
            // Repeated words must not pile up.
            if chosen.len() > targets.items.len() {
                chosen.sort_unstable();
                chosen.dedup();
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// The targets that a word means; that there are none is reported.
    fn some<'n>(
        &mut self,
        what: &str,
        word: &str,
        at: At,
        found: Vec<TargetId>,
        known: impl IntoIterator<Item = &'n String>,
        targets: &Targets,
    ) -> Vec<TargetId> {
        if found.is_empty() && !targets.names.is_incomplete() {
            let known: BTreeSet<&str> = known.into_iter().map(String::as_str).collect();
            let known = known.into_iter().filter(|known| !known.is_empty());
            self.gather
                .fault(at, fault::s014_unknown(what, word, known));
        }
        found
    }

    /// The place of a task as a target of its own.
    fn task(&mut self, record: &Record, id: &str, targets: &mut Targets) -> TargetId {
        let at = places::place(record, self.datum, self.gather).unwrap_or_default();
        if !record.has("dwell") {
            let hint = "say how long the task takes";
            let what = "`dwell` of an order with a place of its own";
            self.gather
                .fault(record.at, fault::s005_missing(what, hint));
        }
        let shape = Shape::Site(at);
        let task = Target {
            id: id.to_owned(),
            name: names::text(record, id),
            kind: "task".to_owned(),
            zones: self.zones_of(&shape),
            shape,
            standard: None,
            hard_weight: 0,
            effect: Effect::default(),
            dwell: record.duration(self.gather, "dwell").unwrap_or_default(),
            risk: Risk::default(),
            windows: vec![self.calendar.whole()],
            authority: self.tiers.items.iter().map(|_| Level::FULL).collect(),
            skills: Vec::new(),
            last_visit: None,
            last_authority: Level::FULL,
        };
        targets.groups.push(Vec::new());
        targets.add(self, record, task)
    }

    /// The orders of a row: one, or one for each target, and the rest of a last period.
    fn order(
        &mut self,
        record: &Record,
        id: &str,
        chosen: &[TargetId],
        targets: &Targets,
        servers: &Servers<'_>,
    ) -> Vec<Order> {
        let longest = chosen
            .iter()
            .map(|target| targets.items[*target].dwell)
            .max();
        let dwell = record
            .duration(self.gather, "dwell")
            .or(longest)
            .unwrap_or_default();
        let model = Order {
            id: id.to_owned(),
            name: names::text(record, id),
            targets: chosen.to_vec(),
            count: record.whole(self.gather, "count").unwrap_or(1) as u32,
            periods: Vec::new(),
            spacing: self.spacing(record),
            windows: self.order_windows(record, dwell),
            dwell,
            skills: self.skills.names.list(self.gather, record, "skills"),
            units: self.units_of(record, servers),
            points: record.number(self.gather, "points").unwrap_or(0.0),
            hard_weight: record.whole(self.gather, "hard").unwrap_or(0),
        };
        let per = record.choice(self.gather, "per").unwrap_or("horizon");
        let periods = periods(self.calendar, per);
        let each = record.choice(self.gather, "serve") == Some("each");
        let copies = if each { chosen.len() } else { 1 };
        let size = chosen.len() + copies * (periods.len() + model.windows.len());
        if size > self.room {
            let error = fault::s037_too_much("targets and periods of orders", size, self.room);
            self.gather.fault(record.at, error);
            return Vec::new();
        }
        self.room -= size;
        let mut demands = Vec::new();
        if each {
            for target in chosen {
                let mut single = model.clone();
                single.id = format!("{id}/{}", targets.items[*target].id);
                single.targets = vec![*target];
                demands.extend(self.demands(id, single, &periods, targets));
            }
        } else {
            demands = self.demands(id, model, &periods, targets);
        }
        if demands.is_empty() && !chosen.is_empty() {
            let what = format!("order `{id}` asks for nothing within the horizon");
            self.warnings.push(what);
        }
        demands
    }

    fn spacing(&mut self, record: &Record) -> Seconds {
        match record.text("spacing") {
            Some("once" | "一次") => self.calendar.horizon,
            _ => record.duration(self.gather, "spacing").unwrap_or_default(),
        }
    }

    /// The windows of an order, less what lies before `from` and after `until`.
    fn order_windows(&mut self, record: &Record, dwell: Seconds) -> Vec<Span> {
        let windows = self.windows(record, dwell);
        let instant = |name: &str, reader: &mut Self| {
            let at = record.instant(reader.gather, name)?;
            Some(reader.calendar.instant(at))
        };
        let from = instant("from", self).unwrap_or(Seconds::ZERO);
        let until = instant("until", self).unwrap_or(self.calendar.horizon);
        if record.has("until") && until - from < dwell {
            let error = fault::s027_window(until - from, dwell);
            self.gather.fault(record.at("until"), error);
        }
        common(&windows, &[Span::new(from, until)])
    }

    /// The units that an order names.
    fn units_of(&mut self, record: &Record, servers: &Servers<'_>) -> Vec<UnitId> {
        let mut units = Vec::new();
        for (word, at) in record.words("units") {
            let Some(("tier", tier)) = word.split_once([':', '\u{ff1a}']) else {
                units.extend_from_slice(servers.names.all(self.gather, word, at));
                continue;
            };
            match servers.by_tier.get(tier) {
                Some(members) => units.extend_from_slice(members),
                None => {
                    let known = servers.by_tier.keys().map(String::as_str);
                    let error = fault::s014_unknown("tier with units", tier, known);
                    self.gather.fault(at, error);
                }
            }
        }
        units.sort_unstable();
        units.dedup();
        units
    }

    /// An order with its periods, and another for the rest of a last period cut short. `row`
    /// is the key of its row, for warnings.
    fn demands(
        &mut self,
        row: &str,
        model: Order,
        periods: &[(Span, f64)],
        targets: &Targets,
    ) -> Vec<Order> {
        let mut full = model.clone();
        let mut rests = Vec::new();
        for (number, (period, share)) in periods.iter().enumerate() {
            let count = (f64::from(model.count) * share).round() as u32;
            if count == 0 {
                let what = format!(
                    "order `{row}`: its count comes to none in the {:.1} days of period {}",
                    period.length().hours() / 24.0,
                    number + 1,
                );
                if self.warnings.last() != Some(&what) {
                    self.warnings.push(what);
                }
            } else if !is_open(&model, *period, targets) {
                continue;
            } else if count == model.count || periods.len() == 1 {
                full.count = count;
                full.periods.push(*period);
            } else {
                let mut rest = model.clone();
                rest.id = format!("{}/rest", model.id);
                rest.count = count;
                rest.periods.push(*period);
                rests.push(rest);
            }
        }
        let full = (!full.periods.is_empty()).then_some(full);
        full.into_iter().chain(rests).collect()
    }
}

/// Whether a visit fits within a period, while the order and one of its targets are open.
fn is_open(order: &Order, period: Span, targets: &Targets) -> bool {
    let open = common(&order.windows, &[period]);
    let fits = |spans: &[Span]| spans.iter().any(|span| span.length() >= order.dwell);
    let mut windows = order.targets.iter().map(|id| &targets.items[*id].windows);
    fits(&open) && windows.any(|windows| fits(&common(windows, &open)))
}

/// The periods of the horizon, each with the share of a whole one that it is.
fn periods(calendar: &Calendar, per: &str) -> Vec<(Span, f64)> {
    if per == "horizon" {
        return vec![(calendar.whole(), 1.0)];
    }
    let start = calendar.start.datetime();
    let edge = |k: i64| {
        let span = match per {
            "day" => k.days(),
            "week" => (7 * k).days(),
            _ => k.months(),
        };
        calendar.instant(start.saturating_add(span))
    };
    let mut periods = Vec::new();
    for k in 0.. {
        let whole = Span::new(edge(k), edge(k + 1));
        match whole.intersect(calendar.whole()) {
            Some(period) => {
                let share = period.length().0 as f64 / whole.length().0 as f64;
                periods.push((period, share));
            }
            None => break,
        }
    }
    periods
}

/// The units of each tier under the tier's key.
pub(crate) fn by_tier(
    units: &IdVec<UnitId, Unit>,
    tiers: &IdVec<TierId, Tier>,
) -> BTreeMap<String, Vec<UnitId>> {
    let mut members: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
    for (id, unit) in units.enumerate() {
        if let Some(tier) = tiers.get(unit.tier) {
            members.entry(tier.id.clone()).or_default().push(id);
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::civil::tests::malta;
    use jiff::civil::date;

    #[test]
    fn a_last_period_is_cut_to_its_share() {
        let calendar = malta(date(2026, 11, 23).at(6, 0, 0, 0), 10);
        let shares: Vec<f64> = periods(&calendar, "week").iter().map(|p| p.1).collect();
        assert_eq!(shares.len(), 2);
        assert!((shares[1] - 3.0 / 7.0).abs() < 1e-9);
        assert_eq!(periods(&calendar, "day").len(), 10);
        assert!((periods(&calendar, "month")[0].1 - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(periods(&calendar, "horizon").len(), 1);
    }
}
