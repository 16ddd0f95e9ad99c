//! From files to a [`Scenario`]: reads everything, reports everything that is wrong.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use jiff::tz::TimeZone;

use crate::datum::Datum;
use crate::error::Error;
use crate::error::Result;
use crate::scenario::checks;
use crate::scenario::civil::Calendar;
use crate::scenario::csv_in;
use crate::scenario::duties;
use crate::scenario::effect;
use crate::scenario::fault;
use crate::scenario::fields;
use crate::scenario::forces;
use crate::scenario::forces::Known;
use crate::scenario::forces::Listed;
use crate::scenario::form::Form;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::geojson_in;
use crate::scenario::geojson_in::Shaped;
use crate::scenario::maps;
use crate::scenario::model::Scenario;
use crate::scenario::model::Text;
use crate::scenario::names;
use crate::scenario::orders;
use crate::scenario::orders::Servers;
use crate::scenario::reader::Reader;
use crate::scenario::record::Record;
use crate::scenario::risk;
use crate::scenario::risk::Hours;
use crate::scenario::settings;
use crate::scenario::shifts;
use crate::scenario::targets::Targets;
use crate::scenario::text::LAYER_CAP;
use crate::scenario::text::SCENARIO_CAP;
use crate::scenario::text::Source;
use crate::scenario::toml_in;

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

/// The layers as records.
#[derive(Debug, Default)]
struct Layers {
    sites: Vec<Record>,
    segments: Vec<Shaped>,
    zones: Vec<Shaped>,
    orders: Vec<Record>,
    people: Vec<Record>,
    incidents: Option<PathBuf>,
}

fn load(path: &Path, gather: &mut Gather) -> Option<Scenario> {
    let source = Source::read(path, SCENARIO_CAP, gather)?;
    let sections = toml_in::read(&source, gather)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let map = maps::read(sections.one("map"), folder, gather);
    let layers = layers(sections.one("layers"), folder, map.datum, gather);
    let calendar = calendar(sections.one("scenario"), gather);

    let tiers = forces::tiers(sections.all("tier"), gather);
    let bases = forces::bases(sections.all("base"), map.datum, gather);
    let profiles = forces::profiles(sections.all("profile"), sections.all("unit"), gather);
    let zones = forces::zones(&layers.zones, map.datum, gather);
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
    let people = forces::people(&layers.people, &known, gather);
    let duties = duties::expand(&units.items, &working, &shifts.items, &calendar, gather);
    let by_tier = orders::by_tier(&units.items, &tiers.items);

    let rules = settings::rules(sections.all("rule"), &tiers.names, gather);
    let response = settings::response(sections.one("response"), &tiers.names, gather);
    let objective = settings::objective(sections.one("objective"), gather);
    let mut reader = Reader {
        calendar: &calendar,
        hours: Hours::new(&calendar),
        datum: map.datum,
        tiers: &tiers,
        zones: &zones,
        skills: &skills,
        effects: listed("effect", sections.all("effect"), effect::read, gather),
        risks: listed("risk profile", sections.all("risk"), risk::read, gather),
        kinds: BTreeMap::new(),
        warnings: Vec::new(),
        room: ORDER_ITEMS_CAP,
        laid: BTreeMap::new(),
        gather,
    };
    kinds(sections.all("kind"), &mut reader);
    let rows = layers.sites.len() + layers.segments.len();
    let mut targets = Targets::new();
    if rows.saturating_mul(reader.hours.len()) > RISK_PIECES_CAP {
        let cap = RISK_PIECES_CAP / reader.hours.len();
        reader.gather.fault(
            source.at,
            fault::s037_too_much("targets for this horizon", rows, cap),
        );
        return None;
    }
    reader.sites(layers.sites, &mut targets);
    reader.segments(layers.segments, &mut targets);
    let servers = Servers {
        names: &units.names,
        by_tier,
    };
    let orders = reader.orders(&layers.orders, &mut targets, &servers);
    let warnings = std::mem::take(&mut reader.warnings);

    let mut scenario = Scenario {
        file: path.to_owned(),
        name: title(sections.one("scenario")),
        start: calendar.start,
        horizon: calendar.horizon,
        days: calendar.days,
        map,
        profiles: profiles.items,
        tiers: tiers.items,
        zones: zones.items,
        bases: bases.items,
        skills: skills.items,
        targets: targets.items,
        orders: orders.items.clone(),
        units: units.items,
        shifts: shifts
            .items
            .iter()
            .map(|template| template.shift.clone())
            .collect(),
        duties,
        people,
        rules,
        objective,
        response,
        incidents: layers.incidents,
        warnings,
    };
    // What follows from the whole is only looked at when the parts are right: a misspelt
    // tier would make many an order unservable.
    if gather.is_clean() {
        checks::check_s029(&scenario, source.at, gather);
        checks::check_s028(&scenario, &targets.places, gather);
        checks::check_s030(&scenario, &orders, gather);
        scenario.warnings.extend(checks::warnings(&scenario));
    }
    Some(scenario)
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

/// Reads the layers that are named.
fn layers(record: Option<&Record>, folder: &Path, datum: Datum, gather: &mut Gather) -> Layers {
    let Some(record) = record else {
        return Layers::default();
    };
    let path = |name: &str| record.text(name).map(|file| folder.join(file));
    let source = |name: &str, gather: &mut Gather| Source::read(&path(name)?, LAYER_CAP, gather);
    let rows = |name: &str, form: &'static Form, gather: &mut Gather| {
        let source = source(name, gather);
        source.map_or_else(Vec::new, |source| csv_in::read(&source, form, gather))
    };
    let features = |name: &str, form: &'static Form, gather: &mut Gather| {
        let source = source(name, gather);
        let read = |source| geojson_in::read(&source, form, datum.is_planar(), gather);
        source.map_or_else(Vec::new, read)
    };
    let incidents = path("incidents");
    if let Some(file) = &incidents {
        maps::check_file(file, record.at("incidents"), gather);
    }
    Layers {
        sites: rows("sites", &fields::SITE, gather),
        segments: features("segments", &fields::SEGMENT, gather),
        zones: features("zones", &fields::ZONE, gather),
        orders: rows("orders", &fields::ORDER, gather),
        people: rows("people", &fields::PERSON, gather),
        incidents,
    }
}
