//! Tiers, bases, profiles, zones and units: what there is.

use geo::MultiPolygon;
use jiff::civil::Weekday;

use crate::datum::Datum;
use crate::ids::BaseId;
use crate::ids::IdVec;
use crate::ids::ProfileId;
use crate::ids::ShiftId;
use crate::ids::SkillId;
use crate::ids::TierId;
use crate::ids::UnitId;
use crate::ids::ZoneId;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::geojson_in::Shaped;
use crate::scenario::model::Base;
use crate::scenario::model::ProfileSpec;
use crate::scenario::model::Tier;
use crate::scenario::model::Unit;
use crate::scenario::model::Zone;
use crate::scenario::names;
use crate::scenario::names::Names;
use crate::scenario::places;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::scenario::value;
use crate::scenario::windows;
use crate::units::Level;

/// Profiles that exist without being declared.
const BUILT_IN: [&str; 3] = ["car", "ebike", "foot"];

/// Units in a scenario, at most.
const UNITS_CAP: usize = 50_000;

/// Things in the order of the file, and their keys.
#[derive(Debug)]
pub(crate) struct Listed<I, T> {
    /// The things.
    pub(crate) items: IdVec<I, T>,
    /// Their keys.
    pub(crate) names: Names<I>,
}

impl<I: crate::ids::Id, T> Listed<I, T> {
    /// None yet; `what` is the thing in the singular.
    pub(crate) fn new(what: &'static str) -> Self {
        Self {
            items: IdVec::new(),
            names: Names::new(what),
        }
    }

    /// Adds one under a key.
    pub(crate) fn add(&mut self, gather: &mut Gather, key: &str, at: At, item: T) {
        let id = self.items.push(item);
        self.names.enter(gather, key, at, vec![id]);
    }
}

/// The tiers.
pub(crate) fn tiers(records: &[Record], gather: &mut Gather) -> Listed<TierId, Tier> {
    let mut tiers = Listed::new("tier");
    for record in records {
        let id = names::key(record, gather, "id");
        let tier = Tier {
            name: names::text(record, &id),
            authority: record.share(gather, "authority").unwrap_or(Level::FULL),
            id: id.clone(),
        };
        tiers.add(gather, &id, record.at("id"), tier);
    }
    tiers
}

/// The bases.
pub(crate) fn bases(records: &[Record], datum: Datum, gather: &mut Gather) -> Listed<BaseId, Base> {
    let mut bases = Listed::new("base");
    for record in records {
        let id = names::key(record, gather, "id");
        let base = Base {
            name: names::text(record, &id),
            at: places::place(record, datum, gather).unwrap_or_default(),
            id: id.clone(),
        };
        bases.add(gather, &id, record.at("id"), base);
    }
    bases
}

/// The declared profiles, and the built-in ones that units use without declaring them.
pub(crate) fn profiles(
    records: &[Record],
    units: &[Record],
    gather: &mut Gather,
) -> Listed<ProfileId, ProfileSpec> {
    let mut profiles = Listed::new("profile");
    for record in records {
        let name = names::key(record, gather, "name");
        let spec = profile(record, &name, gather);
        profiles.add(gather, &name, record.at("name"), spec);
    }
    for name in BUILT_IN.into_iter().filter(|name| !declared(records, name)) {
        if units.iter().any(|unit| unit.text("profile") == Some(name)) {
            profiles.add(gather, name, At::default(), plain_profile(name, name));
        } else {
            // Known, for hints, yet nobody's: the roads need not be built for it.
            profiles
                .names
                .enter(gather, name, At::default(), Vec::new());
        }
    }
    profiles
}

fn declared(records: &[Record], name: &str) -> bool {
    records
        .iter()
        .any(|record| record.text("name") == Some(name))
}

fn plain_profile(name: &str, like: &str) -> ProfileSpec {
    ProfileSpec {
        name: name.to_owned(),
        like: like.to_owned(),
        patrol_factor: None,
        urgent_factor: None,
        max_kmh: None,
        segment_kmh: None,
        pass_private: None,
        class_kmh: Vec::new(),
    }
}

fn profile(record: &Record, name: &str, gather: &mut Gather) -> ProfileSpec {
    let like = record.text("like").unwrap_or(name);
    if !BUILT_IN.contains(&like) {
        let error = match record.has("like") {
            true => fault::s014_unknown("built-in profile", like, BUILT_IN.into_iter()),
            false => fault::s005_missing(
                format!("`like` of profile {name}"),
                "name the built-in it starts from: car, ebike or foot",
            ),
        };
        gather.fault(record.at("like"), error);
    }
    ProfileSpec {
        patrol_factor: record.number(gather, "patrol_factor"),
        urgent_factor: record.number(gather, "urgent_factor"),
        max_kmh: record.number(gather, "max_kmh"),
        segment_kmh: record.number(gather, "segment_kmh"),
        pass_private: record.yes(gather, "pass_private"),
        class_kmh: speeds(record, gather),
        ..plain_profile(name, like)
    }
}

fn speeds(record: &Record, gather: &mut Gather) -> Vec<(String, f64)> {
    let Some(Raw::Map(entries)) = record.cell("class_kmh").map(|cell| &cell.raw) else {
        return Vec::new();
    };
    let mut speeds = Vec::new();
    for (class, cell) in entries {
        match value::number(cell.text()).filter(|kmh| (0.0..=300.0).contains(kmh)) {
            Some(kmh) => speeds.push((class.clone(), kmh)),
            None => {
                let range = "a speed from 0 to 300 km/h";
                gather.fault(cell.at, fault::s012_number(class, cell.text(), range));
            }
        }
    }
    speeds
}

/// The zones.
pub(crate) fn zones(
    features: &[Shaped],
    datum: Datum,
    gather: &mut Gather,
) -> Listed<ZoneId, Zone> {
    let mut zones = Listed::new("zone");
    for Shaped { record, shape } in features {
        let id = names::key(record, gather, "id");
        let area = places::area(shape.as_ref(), datum, record.at, gather);
        let zone = Zone {
            name: names::text(record, &id),
            area: area.unwrap_or(MultiPolygon(Vec::new())),
            id: id.clone(),
        };
        zones.add(gather, &id, record.at("id"), zone);
    }
    zones
}

/// Skills: they exist by being named at a unit or a person.
pub(crate) fn skills(holders: &[&[Record]], gather: &mut Gather) -> Listed<SkillId, String> {
    let mut skills: Listed<SkillId, String> = Listed::new("skill");
    for record in holders.iter().flat_map(|records| records.iter()) {
        for (word, at) in record.words("skills") {
            if !skills.names.has(word) {
                skills.add(gather, word, at, word.to_owned());
            }
        }
    }
    skills
}

/// What units and people refer to.
#[derive(Debug)]
pub(crate) struct Known<'a> {
    /// Tiers.
    pub(crate) tiers: &'a Names<TierId>,
    /// Bases.
    pub(crate) bases: &'a Names<BaseId>,
    /// Profiles.
    pub(crate) profiles: &'a Names<ProfileId>,
    /// Zones.
    pub(crate) zones: &'a Names<ZoneId>,
    /// Skills.
    pub(crate) skills: &'a Names<SkillId>,
    /// Shifts.
    pub(crate) shifts: &'a Names<ShiftId>,
}

/// When a unit works.
#[derive(Clone, Debug)]
pub(crate) struct Working {
    /// Its shifts.
    pub(crate) shifts: Vec<ShiftId>,
    /// Whether its shifts start on each weekday, Monday first.
    pub(crate) days: [bool; 7],
    /// Where it is declared.
    pub(crate) at: At,
}

/// The units, and when each works.
pub(crate) fn units(
    records: &[Record],
    known: &Known<'_>,
    gather: &mut Gather,
) -> (Listed<UnitId, Unit>, IdVec<UnitId, Working>) {
    let mut units = Listed::new("unit");
    let mut working = IdVec::new();
    for record in records {
        let id = names::key(record, gather, "id");
        let count = record.whole(gather, "count");
        let model = unit(record, &id, known, gather);
        let works = works(record, known, gather);
        if works.shifts.is_empty() && record.words("shifts").is_empty() {
            gather.fault(record.at("shifts"), fault::s031_no_shift(&id));
        }
        let mut alike = Vec::new();
        if units.items.len() as i64 + count.unwrap_or(1) > UNITS_CAP as i64 {
            let error = fault::s037_too_much("units", UNITS_CAP + 1, UNITS_CAP);
            gather.fault(record.at("count"), error);
            return (units, working);
        }
        for number in 1..=count.unwrap_or(1) {
            alike.push(units.items.push(numbered(&model, count.map(|_| number))));
            working.push(works.clone());
        }
        if count.is_some() {
            for unit in &alike {
                let key = units.items[*unit].id.clone();
                units
                    .names
                    .enter(gather, &key, record.at("id"), vec![*unit]);
            }
        }
        units.names.enter(gather, &id, record.at("id"), alike);
    }
    (units, working)
}

/// The `number`-th of several that are alike.
fn numbered(model: &Unit, number: Option<i64>) -> Unit {
    let mut unit = model.clone();
    if let Some(number) = number {
        unit.id = format!("{}-{number}", unit.id);
        unit.name.plain = format!("{} {number}", unit.name.plain);
        unit.name.zh = unit.name.zh.map(|zh| format!("{zh}{number}"));
    }
    unit
}

fn unit(record: &Record, id: &str, known: &Known<'_>, gather: &mut Gather) -> Unit {
    // A reference that fails is reported; its stand-in is never used.
    let tier = known.tiers.one(gather, record, "tier");
    let base = known.bases.one(gather, record, "base");
    let profile = known.profiles.one(gather, record, "profile");
    let seats = record.whole(gather, "seats").unwrap_or(1) as u32;
    let min_crew = record.whole(gather, "min_crew").map(|n| n as u32);
    if min_crew.is_some_and(|crew| crew > seats) {
        let what = format!("a unit of {seats} seats cannot want more people on board");
        let error = fault::s041_people(what, "raise `seats`, or lower `min_crew`");
        gather.fault(
            record.at("min_crew"),
            error.value(record.text("min_crew").unwrap_or("")),
        );
    }
    Unit {
        id: id.to_owned(),
        name: names::text(record, id),
        tier: tier.unwrap_or(TierId(0)),
        base: base.unwrap_or(BaseId(0)),
        profile: profile.unwrap_or(ProfileId(0)),
        seats,
        min_crew: min_crew.unwrap_or(seats).min(seats),
        hard_beat: record.yes(gather, "hard_beat").unwrap_or(false),
        skills: known.skills.list(gather, record, "skills"),
        zones: known.zones.list(gather, record, "zones"),
    }
}

fn works(record: &Record, known: &Known<'_>, gather: &mut Gather) -> Working {
    let mut days = [!record.has("days"); 7];
    for (word, at) in record.words("days") {
        match windows::weekdays(word) {
            Some(these) => (0..7).for_each(|day| days[day] |= these[day]),
            None => {
                let known = (0..7).filter_map(|day| Weekday::from_monday_zero_offset(day).ok());
                let known = known.map(value::weekday_name);
                gather.fault(at, fault::s021_choice("days", word, known));
            }
        }
    }
    Working {
        shifts: known.shifts.list(gather, record, "shifts"),
        days,
        at: record.at,
    }
}
