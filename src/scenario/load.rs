//! From files to a [`Scenario`]: reads everything, reports everything that is wrong.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;

use crate::datum::Datum;
use crate::error::Error;
use crate::error::Result;
use crate::ids::BaseId;
use crate::ids::DutyId;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::ids::UnitId;
use crate::ids::ZoneId;
use crate::scenario::checks;
use crate::scenario::civil::Calendar;
use crate::scenario::duties;
use crate::scenario::effect;
use crate::scenario::fault;
use crate::scenario::fields::SECTIONS;
use crate::scenario::forces;
use crate::scenario::forces::Known;
use crate::scenario::forces::Listed;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::layers::Layers;
use crate::scenario::maps;
use crate::scenario::model::Base;
use crate::scenario::model::Duty;
use crate::scenario::model::ProfileSpec;
use crate::scenario::model::Scenario;
use crate::scenario::model::Text;
use crate::scenario::model::Tier;
use crate::scenario::model::Unit;
use crate::scenario::model::Zone;
use crate::scenario::names;
use crate::scenario::orders;
use crate::scenario::orders::Orders;
use crate::scenario::orders::Servers;
use crate::scenario::people;
use crate::scenario::reader::Reader;
use crate::scenario::record::Record;
use crate::scenario::risk;
use crate::scenario::risk::Hours;
use crate::scenario::settings;
use crate::scenario::shifts;
use crate::scenario::shifts::Template;
use crate::scenario::staff::Staff;
use crate::scenario::targets::Targets;
use crate::scenario::text::SCENARIO_CAP;
use crate::scenario::text::Source;
use crate::scenario::toml_in;
use crate::scenario::toml_in::Sections;

/// Pieces of constant risk over all targets, at most.
const RISK_PIECES_CAP: usize = 50_000_000;
/// Targets and periods of all orders together, at most.
const ORDER_ITEMS_CAP: usize = 20_000_000;

impl Scenario {
    /// Reads `scenario.toml` at `path` and the layers that it names.
    ///
    /// # Errors
    /// When anything is wrong with any of the files: all of it at once, in the order of the
    /// files. `docs/errors.md` lists the codes.
    pub fn load(path: &Path) -> Result<Self> {
        let mut gather = Gather::default();
        let scenario = load(path, &mut gather);
        let errors = gather.finish();
        match scenario {
            Some(scenario) => errors.into_result(scenario),
            None if errors.is_empty() => {
                Err(Error::internal("a scenario was refused without a reason").into())
            }
            None => Err(errors),
        }
    }
}

fn load(path: &Path, gather: &mut Gather) -> Option<Scenario> {
    let source = Source::read(path, SCENARIO_CAP, gather)?;
    let sections = toml_in::read(&source, &SECTIONS, gather)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let map = maps::read(sections.one("map"), folder, gather);
    let layers = Layers::read(sections.one("layers"), folder, map.datum, gather);
    let calendar = calendar(sections.one("scenario"), gather);
    let forces = forces(&sections, &layers, map.datum, &calendar, gather);
    let incidents = layers.incidents.clone();
    let demand = demand(&sections, layers, &forces, map.datum, &calendar, gather)?;
    let tiers = &forces.tiers.names;
    let mut scenario = Scenario {
        file: path.to_owned(),
        name: title(sections.one("scenario")),
        objective: settings::objective(sections.one("objective"), gather),
        response: settings::response(sections.one("response"), tiers, gather),
        start: calendar.start,
        horizon: calendar.horizon,
        days: calendar.days,
        map,
        profiles: forces.profiles.items,
        tiers: forces.tiers.items,
        zones: forces.zones.items,
        bases: forces.bases.items,
        skills: forces.skills.items,
        targets: demand.targets.items,
        orders: demand.orders.items,
        units: forces.units.items,
        shifts: forces
            .shifts
            .items
            .iter()
            .map(|template| template.shift.clone())
            .collect(),
        duties: forces.duties,
        staff: forces.staff,
        incidents,
        warnings: demand.warnings,
    };
    // What follows from the whole is only looked at when the parts are right: a misspelt
    // tier would make many an order unservable.
    if gather.is_clean() {
        checks::check_s029(&scenario, source.at, gather);
        checks::check_s028(&scenario, &demand.targets.places, gather);
        checks::check_s030(&scenario, &demand.orders.places, gather);
        scenario.warnings.extend(checks::warnings(&scenario));
        scenario.warnings.extend(people::warnings(&scenario));
    }
    Some(scenario)
}

/// Who there is.
#[derive(Debug)]
struct Forces {
    tiers: Listed<TierId, Tier>,
    bases: Listed<BaseId, Base>,
    profiles: Listed<ProfileId, ProfileSpec>,
    zones: Listed<ZoneId, Zone>,
    skills: Listed<SkillId, String>,
    shifts: Listed<ShiftId, Template>,
    units: Listed<UnitId, Unit>,
    duties: IdVec<DutyId, Duty>,
    staff: Staff,
}

fn forces(
    sections: &Sections,
    layers: &Layers,
    datum: Datum,
    calendar: &Calendar,
    gather: &mut Gather,
) -> Forces {
    let tiers = forces::tiers(sections.all("tier"), gather);
    let bases = forces::bases(sections.all("base"), datum, gather);
    let profiles = forces::profiles(sections.all("profile"), sections.all("unit"), gather);
    let mut zones = forces::zones(&layers.zones, datum, gather);
    if layers.lacks_zones {
        zones.names.forgive();
    }
    let skills = forces::skills(&[sections.all("unit"), &layers.people], gather);
    let shifts = shifts::read(sections.all("shift"), gather);
    let known = Known {
        tiers: &tiers.names,
        bases: &bases.names,
        profiles: &profiles.names,
        zones: &zones.names,
        skills: &skills.names,
        shifts: &shifts.names,
    };
    let (units, working) = forces::units(sections.all("unit"), &known, gather);
    let staff = people::staff(
        sections,
        layers,
        &people::Known {
            tiers: &tiers.names,
            bases: &bases.names,
            zones: &zones.names,
            skills: &skills.names,
            shifts: &shifts,
            calendar,
        },
        gather,
    );
    let duties = duties::expand(&units.items, &working, &shifts.items, calendar, gather);
    Forces {
        tiers,
        bases,
        profiles,
        zones,
        skills,
        shifts,
        units,
        duties,
        staff,
    }
}

/// What is wanted.
#[derive(Debug)]
struct Demand {
    targets: Targets,
    orders: Orders,
    warnings: Vec<String>,
}

/// Reads targets and orders; `None` when there are too many for the horizon.
fn demand(
    sections: &Sections,
    layers: Layers,
    forces: &Forces,
    datum: Datum,
    calendar: &Calendar,
    gather: &mut Gather,
) -> Option<Demand> {
    let mut reader = Reader {
        calendar,
        hours: Hours::new(calendar),
        datum,
        tiers: &forces.tiers,
        zones: &forces.zones,
        skills: &forces.skills,
        effects: listed("effect", sections.all("effect"), effect::read, gather),
        risks: listed("risk profile", sections.all("risk"), risk::read, gather),
        kinds: BTreeMap::new(),
        warnings: Vec::new(),
        room: ORDER_ITEMS_CAP,
        laid: BTreeMap::new(),
        gather,
    };
    kinds(sections.all("kind"), &mut reader);
    let mut targets = Targets::new();
    if layers.lacks_targets {
        targets.names.forgive();
    }
    let rows = layers.sites.len() + layers.segments.len();
    if rows.saturating_mul(reader.hours.len()) > RISK_PIECES_CAP {
        let cap = RISK_PIECES_CAP / reader.hours.len();
        let error = fault::s037_too_much("targets for this horizon", rows, cap);
        reader.gather.fault(At::default(), error);
        return None;
    }
    reader.sites(layers.sites, &mut targets);
    reader.segments(layers.segments, &mut targets);
    let servers = Servers {
        names: &forces.units.names,
        by_tier: orders::by_tier(&forces.units.items, &forces.tiers.items),
    };
    let orders = reader.orders(&layers.orders, &mut targets, &servers);
    Some(Demand {
        targets,
        orders,
        warnings: reader.warnings,
    })
}

/// Things that only the files know by key.
fn listed<T>(
    what: &'static str,
    records: &[Record],
    read: impl Fn(&Record, &mut Gather) -> T,
    gather: &mut Gather,
) -> Listed<names::Nth, T> {
    let mut listed = Listed::new(what);
    for record in records {
        let id = names::key(record, gather, "id");
        let item = read(record, gather);
        listed.add(gather, &id, record.at("id"), item);
    }
    listed
}

/// The defaults by kind, each checked by itself.
fn kinds(records: &[Record], reader: &mut Reader<'_>) {
    let mut first: BTreeMap<String, At> = BTreeMap::new();
    for record in records {
        let Some(id) = record.text("id").map(str::to_owned) else {
            continue;
        };
        if let Some(at) = first.get(&id) {
            let first = reader.gather.name(*at);
            let error = fault::s015_duplicate("the kinds", &id, &first);
            reader.gather.fault(record.at("id"), error);
            continue;
        }
        first.insert(id.clone(), record.at("id"));
        reader.check_kind(record);
        let mut defaults = record.clone();
        // These name the kind, not its targets.
        for name in ["id", "name", "name_zh"] {
            defaults.clear(name);
        }
        reader.kinds.insert(id, defaults);
    }
}

fn title(record: Option<&Record>) -> Text {
    record.map_or_else(Text::default, |record| names::text(record, ""))
}

/// The horizon. Where it is wrong (and reported), a stand-in lets the rest be checked.
fn calendar(record: Option<&Record>, gather: &mut Gather) -> Calendar {
    let stand_in = || {
        let start = jiff::civil::date(2024, 1, 1).at(0, 0, 0, 0);
        Calendar::new(start, TimeZone::UTC, 7)
    };
    let asked = record.and_then(|record| {
        let zone = record.text("timezone").and_then(|name| {
            let zone = TimeZone::get(name).ok();
            if zone.is_none() {
                gather.fault(record.at("timezone"), fault::s018_zone(name));
            }
            zone
        });
        let start = record.instant(gather, "start");
        let days = record.whole(gather, "days");
        let (zone, start, days) = (zone?, start?, days?);
        let calendar = Calendar::new(start, zone, days);
        if calendar.is_none() {
            let what = "the clocks skip this time, or the year is out of reach";
            gather.fault(record.at("start"), fault::s019_horizon(what, start));
        }
        calendar
    });
    asked.or_else(stand_in).unwrap_or_else(Calendar::nothing)
}
