//! Scenarios from files: the documented example and a Chinese one load as they should, every
//! error code is provoked, and the documentation knows every key and code.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use proptest::prelude::*;
use roundsman::error::Error;
use roundsman::error::Result;
use roundsman::ids::Id as _;
use roundsman::ids::PersonId;
use roundsman::scenario::Datum;
use roundsman::scenario::Grade;
use roundsman::scenario::MapFormat;
use roundsman::scenario::Order;
use roundsman::scenario::Origin;
use roundsman::scenario::Rule;
use roundsman::scenario::RuleKind;
use roundsman::scenario::Scenario;
use roundsman::scenario::Shape;
use roundsman::scenario::Target;
use roundsman::units::Level;
use roundsman::units::Rate;
use roundsman::units::Seconds;
use roundsman::units::Span;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).expect("documentation")
}

/// The files of a scenario by name.
#[derive(Clone)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// The whole example of docs/formats.md: each code block belongs to the file name in
    /// backquotes that begins a line before it.
    fn documented() -> Self {
        let text = document("formats.md");
        let start = text.find("## A whole example").expect("the section");
        let end = text.find("## plan.json").expect("the next section");
        let mut files = BTreeMap::from([("roads.osm.pbf".to_owned(), b"not read here".to_vec())]);
        let (mut name, mut inside) = (String::new(), false);
        for line in text[start..end].lines() {
            if line.starts_with("```") {
                inside = !inside;
            } else if inside {
                let file: &mut Vec<u8> = files.entry(name.clone()).or_default();
                file.extend_from_slice(line.as_bytes());
                file.push(b'\n');
            } else if let Some(rest) = line.strip_prefix('`') {
                name = rest.split('`').next().unwrap_or_default().to_owned();
            }
        }
        Self(files)
    }

    /// A made-up park with Chinese headers.
    fn jingzhou() -> Self {
        let folder = root().join("tests/data/scenario/jingzhou");
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(folder).expect("test data") {
            let path = entry.expect("test data").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            files.insert(name, std::fs::read(path).expect("test data"));
        }
        Self(files)
    }

    /// With the first `from` in `file` replaced.
    fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.0[file].clone()).expect("UTF-8");
        assert!(text.contains(from), "{file} does not contain {from}");
        self.set(file, text.replacen(from, to, 1));
        self
    }

    fn set(&mut self, file: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(file.to_owned(), bytes.into());
    }

    fn load(&self) -> Result<Scenario> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in &self.0 {
            std::fs::write(folder.path().join(name), bytes).expect("writable");
        }
        Scenario::load(&folder.path().join("scenario.toml"))
    }

    /// What is wrong with them; nothing when they load.
    fn errors(&self) -> Vec<Error> {
        self.load().err().unwrap_or_default().0
    }
}

fn target<'a>(scenario: &'a Scenario, id: &str) -> &'a Target {
    let found = scenario.targets.iter().find(|target| target.id == id);
    found.expect("the target")
}

fn order<'a>(scenario: &'a Scenario, id: &str) -> &'a Order {
    let found = scenario.orders.iter().find(|order| order.id == id);
    found.expect("the order")
}

fn hours(from: f64, to: f64) -> Span {
    let seconds = |hours: f64| Seconds((hours * 3600.0) as i64);
    Span::new(seconds(from), seconds(to))
}

#[test]
fn the_documented_example_loads_as_documented() {
    let scenario = Files::documented().load().expect("loads");
    assert_eq!(scenario.name.plain, "Riverside estate");
    assert_eq!(scenario.horizon, Seconds(7 * 86_400));
    assert_eq!(scenario.map.format, MapFormat::OsmPbf);
    let profiles: Vec<_> = scenario
        .profiles
        .iter()
        .map(|p| (&*p.name, p.segment_kmh))
        .collect();
    assert_eq!(
        profiles,
        [("car", Some(20.0)), ("ebike", None), ("foot", None)]
    );
    let units: Vec<_> = scenario.units.iter().map(|unit| &*unit.id).collect();
    assert_eq!(units, ["car-1", "car-2", "bike", "guard"]);
    assert_eq!(
        scenario.units[roundsman::ids::UnitId(1)].name.zh.as_deref(),
        Some("巡逻车2")
    );
    // Two cars and a guard on three shifts a day, a bike on five nights.
    assert_eq!(scenario.duties.len(), 3 * 3 * 7 + 5);
    assert!(scenario.warnings.is_empty(), "{:?}", scenario.warnings);

    let store = target(&scenario, "store-1");
    assert_eq!(
        (store.standard, store.dwell),
        (Some(Seconds(7200)), Seconds(240))
    );
    assert_eq!(store.effect.steps.len(), 10);
    assert_eq!(store.risk.pieces[0], (Seconds(0), Rate(2000)));
    assert_eq!(
        store.risk.pieces[1],
        (Seconds(3600), Rate(1000)),
        "07:00 is half as risky"
    );
    let market = target(&scenario, "bank-2");
    let levels: Vec<u8> = market.authority.iter().map(|level| level.0).collect();
    assert_eq!(levels, [100, 80, 0]);
    assert_eq!(
        (market.hard_weight, market.standard),
        (1, Some(Seconds(2700)))
    );
    assert_eq!(market.effect.steps, [(Seconds(2700), Level::FULL)]);
    let gate = target(&scenario, "works-gate");
    assert_eq!(gate.zones.len(), 1);
    assert_eq!(gate.windows[0], hours(0.0, 16.0));
    assert_eq!(gate.windows.len(), 6);
    let road = target(&scenario, "east-road");
    assert!(matches!(&road.shape, Shape::Segment { line, both_ways: true } if line.len() == 2));
    assert_eq!(
        road.authority.iter().map(|l| l.0).collect::<Vec<_>>(),
        [100, 80, 0]
    );

    let five = order(&scenario, "five-a-day");
    assert_eq!(
        (five.count, five.periods.len(), five.targets.len()),
        (5, 5, 3)
    );
    let escort = order(&scenario, "escort");
    assert_eq!(escort.windows, [hours(52.0, 53.5)]);
    assert_eq!(target(&scenario, "escort").kind, "task");
    assert_eq!(escort.targets.len(), 1);
    let office = order(&scenario, "office");
    assert_eq!(office.units.len(), 2, "tier:police means both cars");
}

#[test]
fn the_people_of_the_documented_example_are_bound_as_documented() {
    let staff = Files::documented().load().expect("loads").staff;
    let rules = |person: u32| staff.rules_of(PersonId(person));
    let find = |person: u32, kind: RuleKind| {
        let held = rules(person).into_iter().find(|rule| rule.kind == kind);
        held.map(|rule| (rule.origin, rule.value))
    };
    let rest = RuleKind::RestBetweenDuties;
    assert_eq!(find(0, rest), Some((Origin::Own, 11 * 3600)));
    assert_eq!(
        find(4, rest),
        Some((Origin::Set(0), 11 * 3600)),
        "the narrower scope"
    );
    assert_eq!(find(0, RuleKind::ConsecutiveNights), Some((Origin::Own, 4)));
    assert_eq!(
        find(2, RuleKind::ConsecutiveNights),
        None,
        "another contract"
    );
    assert_eq!(find(0, RuleKind::Leave), Some((Origin::Basic, 0)));
    let (_, pattern) = staff.pattern_of(PersonId(4)).expect("a guard has one");
    assert_eq!(pattern, "four-crew-three-shift");
    assert!(staff.pattern_of(PersonId(0)).is_none());
    assert_eq!(staff.people[PersonId(2)].contract_week, Seconds(20 * 3600));
    assert_eq!(staff.known_from, -2);
    assert_eq!(staff.history[0].span, hours(-8.0, 0.0));
    assert_eq!(
        (staff.staffing[0].least, staff.staffing[0].windows.len()),
        (2, 5)
    );
}

#[test]
fn the_chinese_example_loads_as_written() {
    let scenario = Files::jingzhou().load().expect("loads");
    assert_eq!(scenario.map.datum, Datum::Gcj02);
    let Shape::Site(at) = target(&scenario, "qy-1").shape else {
        panic!("a site")
    };
    assert!(
        at.x < 112.2520 && (112.2520 - at.x) * 96_000.0 > 300.0,
        "shifted to WGS-84"
    );
    let second = target(&scenario, "qy-2");
    assert_eq!(second.name.plain, "二号企业");
    assert_eq!(second.last_visit, Some(Seconds(-1800)));
    assert_eq!(second.last_authority, Level(50));
    assert_eq!(
        second.windows.len(),
        9,
        "six days of the week, and Monday to Wednesday again"
    );
    let fading: Vec<u8> = target(&scenario, "qy-1")
        .effect
        .steps
        .iter()
        .map(|s| s.1.0)
        .collect();
    assert_eq!(fading, [100, 80, 60, 40, 20]);
    assert_eq!(target(&scenario, "md-1").name.plain, "东门, 岗亭");
    assert_eq!(target(&scenario, "ld-1").standard, Some(Seconds(7200)));

    let guards: Vec<_> = scenario
        .duties
        .iter()
        .filter(|duty| duty.unit.index() == 3)
        .collect();
    assert_eq!(
        guards[0].day, -1,
        "24 hours from Sunday 08:00 run into Monday"
    );
    assert_eq!(guards[0].span, hours(0.0, 2.0));
    assert!(guards[0].breaks.is_empty(), "its breaks are over");
    assert_eq!(guards[1].breaks.len(), 2);

    let ids: Vec<_> = scenario.orders.iter().map(|order| &*order.id).collect();
    let expected = [
        "日访五户",
        "均匀走访/qy-1",
        "均匀走访/qy-2",
        "每周",
        "每周/rest",
        "押运",
    ];
    assert_eq!(ids, expected);
    let counts: Vec<_> = scenario.orders.iter().map(|order| order.count).collect();
    assert_eq!(counts, [5, 1, 1, 3, 1, 1]);
    assert_eq!(order(&scenario, "均匀走访/qy-1").spacing, scenario.horizon);
    assert_eq!(
        order(&scenario, "每周").targets.len(),
        3,
        "a zone of two and one more"
    );
    assert_eq!(scenario.warnings.len(), 5, "{:?}", scenario.warnings);
    assert!(scenario.warnings[2].contains("办公日"));
    assert_eq!(scenario.staff.people.len(), 2);
    let own = |rule: &&Rule| rule.origin == Origin::Own;
    let rules: Vec<_> = scenario.staff.rules.iter().filter(own).collect();
    assert!(!rules[1].on);
    let zhang = &scenario.staff.people[PersonId(0)];
    assert_eq!((zhang.grade, zhang.totals.nights), (Grade::Senior, 4));
    assert_eq!(scenario.staff.history.len(), 2);
    assert_eq!(scenario.staff.known_from, -2);
    assert_eq!(
        scenario.staff.leave[0].span,
        hours(-6.0 + 24.0, -6.0 + 72.0)
    );
    assert!(!scenario.staff.requests[0].on);
    assert!(scenario.incidents.is_some());
}

#[test]
fn the_example_plans_through_the_end_of_summer_time() {
    let files = Files::documented().with("scenario.toml", "2026-11-23T06:00", "2026-10-19T06:00");
    let files = files
        .with("orders.csv", "escort,", "#")
        .with("orders.csv", "2026-11-25T10:00", "");
    let mut files = files.with("orders.csv", "2026-11-25T11:30", "");
    let orders = String::from_utf8(files.0["orders.csv"].clone()).expect("UTF-8");
    files.set("orders.csv", orders.replace('#', "escort,"));
    files.set("requests.csv", "person,date,want\n");
    files.set("history.csv", "person,date,shift\n");
    let scenario = files.load().expect("loads");
    assert_eq!(scenario.horizon, Seconds((7 * 24 + 1) * 3600));
    let longest = scenario.duties.iter().map(|duty| duty.span.length()).max();
    assert_eq!(longest, Some(Seconds(9 * 3600)));
    assert_eq!(scenario.days[5].length(), Seconds(25 * 3600));
}

/// Each code, a file of the documented example, and what is changed there to provoke it.
#[rustfmt::skip]
const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("S003", "scenario.toml", "name = \"Riverside", "name = Riverside"),
    ("S004", "scenario.toml", "seats = 3", "saets = 3"),
    ("S004", "scenario.toml", "[response]", "[responce]"),
    ("S004", "sites.csv", ",standard,", ",standart,"),
    ("S004", "segments.geojson", "\"risk\"", "\"rsk\""),
    ("S005", "scenario.toml", "days = 7", ""),
    ("S005", "scenario.toml", "timezone = \"Europe/Malta\"", ""),
    ("S005", "sites.csv", "id,name", "groups_,name"),
    ("S005", "sites.csv", "works-gate,Works gate,厂门,gate,,14.4991,35.8631,90m,,mon-sat 06:00-22:00,guards=1,3m", "works-gate,Works gate,厂门,gate,,14.4991,35.8631,90m,,mon-sat 06:00-22:00,guards=1,"),
    ("S005", "sites.csv", "14.4962,", ","),
    ("S005", "scenario.toml", "name = \"car\"", "name = \"van\""),
    ("S005", "scenario.toml", "\"roads.osm.pbf\"", "\"sites.csv\"\ndatum = \"planar\""),
    ("S006", "scenario.toml", "days = 7", "days = \"seven\""),
    ("S006", "scenario.toml", "skills = [\"enquiry\"]", "skills = [1]"),
    ("S006", "scenario.toml", "start = \"2026-11-23T06:00\"", "start = 2026-11-23T06:00:00"),
    ("S006", "segments.geojson", "\"risk\": 3", "\"risk\": {\"a\": 3}"),
    ("S007", "sites.csv", "works-gate,Works gate", "works-gate,Works, gate"),
    ("S007", "sites.csv", "Savings bank", "\"Savings bank"),
    ("S007", "sites.csv", "groups,", "standard,"),
    ("S008", "zones.geojson", "\"features\": [", "\"features\": ["),
    ("S009", "segments.geojson", "\"LineString\", \"coordinates\": [[14.4950, 35.8660], [14.4985, 35.8650]]", "\"Point\", \"coordinates\": [14.4950, 35.8660]"),
    ("S009", "segments.geojson", "[14.4985, 35.8650]", "[14.4950, 35.8660]"),
    ("S009", "zones.geojson", ", [14.4980, 35.8620]]]", "]]"),
    ("S010", "sites.csv", "45m", "45x"),
    ("S010", "scenario.toml", "briefing = \"15m\"", "briefing = \"-15m\""),
    ("S011", "scenario.toml", "start = \"22:00\"", "start = \"22.00\""),
    ("S011", "scenario.toml", "2026-11-23T06:00", "23/11/2026 06:00"),
    ("S011", "orders.csv", "2026-11-25T10:00", "10:00"),
    ("S012", "scenario.toml", "risk = 4", "risk = nan"),
    ("S012", "scenario.toml", "risk = 4", "risk = inf"),
    ("S012", "scenario.toml", "risk = 4", "risk = -1"),
    ("S012", "scenario.toml", "authority = 0.8", "authority = 0.805"),
    ("S012", "scenario.toml", "seats = 3", "seats = 0"),
    ("S012", "scenario.toml", "standard = \"1h\"", "standard = 0"),
    ("S013", "sites.csv", "14.4962,35.8655", "35.8655,114.4962"),
    ("S013", "segments.geojson", "[14.4985, 35.8650]", "[445000.0, 3968000.0]"),
    ("S014", "scenario.toml", "tier = \"police\"", "tier = \"polcie\""),
    ("S014", "scenario.toml", "base = \"gatehouse\"", "base = \"gate\""),
    ("S014", "scenario.toml", "profile = \"ebike\"", "profile = \"bike\""),
    ("S014", "scenario.toml", "zones = [\"works\"]", "zones = [\"work\"]"),
    ("S014", "scenario.toml", "shifts = [\"night\"]", "shifts = [\"nights\"]"),
    ("S014", "scenario.toml", "effect = \"fading\"", "effect = \"fadeing\""),
    ("S014", "scenario.toml", "risk_profile = \"nights\"", "risk_profile = \"night\""),
    ("S014", "orders.csv", "enquiry", "enquiries"),
    ("S014", "orders.csv", "kind:bank", "kind:bnak"),
    ("S014", "orders.csv", "kind:bank", "group:south"),
    ("S014", "orders.csv", "kind:bank", "bank-3"),
    ("S014", "orders.csv", "tier:police", "tier:polce"),
    ("S014", "orders.csv", "car-1", "car-9"),
    ("S014", "scenario.toml", "segment_kmh = 20", "like = \"lorry\""),
    ("S015", "sites.csv", "bank-2,", "bank-1,"),
    ("S015", "scenario.toml", "id = \"station\"", "id = \"police\""),
    ("S015", "scenario.toml", "id = \"bike\"", "id = \"car-2\""),
    ("S015", "orders.csv", "escort,", "office,"),
    ("S015", "scenario.toml", "id = \"warehouse\"", "id = \"bank\""),
    ("S016", "sites.csv", "bank-2,", "bank 2,"),
    ("S017", "sites.csv", "mon-sat 06:00-22:00", "mon-sat 06:00"),
    ("S017", "orders.csv", "mon-fri 08:30-17:30", "mon-fry 08:30-17:30"),
    ("S018", "scenario.toml", "Europe/Malta", "Europe/Mlata"),
    ("S019", "scenario.toml", "2026-11-23T06:00", "2026-03-29T02:30"),
    ("S019", "scenario.toml", "2026-11-23T06:00", "9999-12-31T06:00"),
    ("S020", "scenario.toml", "\"roads.osm.pbf\"", "\"sites.csv\""),
    ("S020", "scenario.toml", "\"roads.osm.pbf\"", "\"roads.osm.pbf\"\ndatum = \"planar\""),
    ("S020", "scenario.toml", "\"roads.osm.pbf\"", "\"roads.osm.pbf\"\nedges = \"sites.csv\""),
    ("S020", "sites.csv", ",lon,lat,", ",x,y,"),
    ("S021", "scenario.toml", "kind = \"linear\"", "kind = \"liner\""),
    ("S021", "scenario.toml", "\"rest-between-duties\"", "\"rest-between-duty\""),
    ("S021", "scenario.toml", "days = [\"mon\"", "days = [\"mo\""),
    ("S021", "orders.csv", ",day,", ",dya,"),
    ("S021", "orders.csv", "kind:bank", "kid:bank"),
    ("S022", "scenario.toml", "weekend = [2,", "hourly = [2,"),
    ("S022", "scenario.toml", "weekend = [2, 2,", "weekend = [2,"),
    ("S023", "scenario.toml", "hold = \"50%\"", "hold = \"160%\""),
    ("S023", "scenario.toml", "hold = \"50%\"", "half_life = \"1h\""),
    ("S023", "scenario.toml", "hold = \"50%\"", "grain = 30"),
    ("S023", "scenario.toml", "kind = \"linear\"\nhold = \"50%\"\nuntil = \"150%\"", "kind = \"steps\"\nsteps = [[\"1h\", 50], [\"2h\", 60]]"),
    ("S023", "scenario.toml", "kind = \"linear\"\nhold = \"50%\"\nuntil = \"150%\"", "kind = \"steps\"\nsteps = [[\"1h\", 100], [\"25%\", 60]]"),
    ("S023", "scenario.toml", "kind = \"linear\"\nhold = \"50%\"\nuntil = \"150%\"", "kind = \"exponential\""),
    ("S024", "scenario.toml", "start = \"14:00\"", "start = \"13:00\""),
    ("S025", "scenario.toml", "latest = \"5h\"", "latest = \"2h\""),
    ("S025", "scenario.toml", "earliest = \"3h\"\nlatest = \"5h\"", "earliest = \"7h30m\"\nlatest = \"7h45m\""),
    ("S026", "scenario.toml", "briefing = \"15m\"", "briefing = \"8h\""),
    ("S027", "sites.csv", "mon-sat 06:00-22:00", "mon-sat 08:00-08:02"),
    ("S027", "orders.csv", "2026-11-25T11:30", "2026-11-25T10:20"),
    ("S028", "segments.geojson", "\"risk\": 3", "\"risk\": 1000000"),
    ("S030", "orders.csv", "car-1", "bike"),
    ("S030", "orders.csv", "tier:police", "bike"),
    ("S030", "orders.csv", "mon-fri 09:00-17:00,,,1h,,tier:police", "mon-fri 09:00-17:00,,,1h,enquiry,bike"),
    ("S031", "scenario.toml", "shifts = [\"night\"]", "shifts = []"),
    ("S032", "sites.csv", "90m,,", ",1,"),
    ("S032", "scenario.toml", "standard = \"2h\"\n", ""),
    ("S032", "scenario.toml", "standard = \"1h\"\n", ""),
    ("S033", "orders.csv", "escort,Cash escort,押运,", "escort,Cash escort,押运,bank-1"),
    ("S033", "orders.csv", "14.4940,35.8648", ","),
    ("S034", "sites.csv", "dwell\nbank-1,Savings bank,储蓄银行,bank,north,14.4962,35.8655,,,,,", "dwell,last_visit\nbank-1,Savings bank,储蓄银行,bank,north,14.4962,35.8655,,,,,,2026-11-23T07:00"),
    ("S035", "sites.csv", "guards=0", "guards:0"),
    ("S035", "sites.csv", "guards=0", "guards=2"),
    ("S036", "scenario.toml", "length = \"8h\"", ""),
    ("S036", "scenario.toml", "length = \"8h\"", "length = \"80h\""),
    ("S037", "scenario.toml", "days = 7", "days = 366"),
    ("S006", "scenario.toml", "from = \"2026-11-22\"", "from = 2026-11-22"),
    ("S011", "leave.csv", "2026-11-27", "27/11/2026"),
    ("S014", "people.csv", "ben,本,police", "ben,本,polic"),
    ("S014", "leave.csv", "ben", "bem"),
    ("S014", "requests.csv", "night", "nite"),
    ("S014", "scenario.toml", "\"sergeant\"", "\"seargent\""),
    ("S014", "scenario.toml", "\"full-time\"", "\"fulltime\""),
    ("S014", "scenario.toml", "[\"ana\", \"ben\"]", "[\"ana\", \"bem\"]"),
    ("S014", "scenario.toml", "eu-2003-88", "eu-2003"),
    ("S014", "scenario.toml", "\"four-crew-three-shift\"", "\"four-crew\""),
    ("S014", "people.csv", "four-crew-three-shift", "four-crew"),
    ("S015", "people.csv", "ben,", "ana,"),
    ("S015", "totals.csv", "ana,168,6,2,0", "ana,168,6,2,0\nana,1,1,1,1"),
    ("S017", "scenario.toml", "mon-fri 16:00-24:00", "mon-fri 16:00"),
    ("S021", "requests.csv", "off", "of"),
    ("S021", "people.csv", "novice", "novise"),
    ("S038", "scenario.toml", "value = 11", ""),
    ("S038", "scenario.toml", "value = 11", "value = 11\nranks = [\"sergeant\"]"),
    ("S038", "scenario.toml", "ranks = [\"sergeant\"]", ""),
    ("S038", "scenario.toml", "ranks = [\"sergeant\"]", "ranks = [\"sergeant\"]\ncontracts = [\"full-time\"]"),
    ("S038", "scenario.toml", "[\"ana\", \"ben\"]", "[\"ana\"]"),
    ("S038", "scenario.toml", "value = 1\nprice = 5", "value = 1"),
    ("S038", "scenario.toml", "value = 4\nprice = 10", "value = 4\ntiers = [\"police\"]"),
    ("S038", "scenario.toml", "value = 4\nprice = 10", "value = 4\nwindow = 3"),
    ("S038", "scenario.toml", "value = 11", "value = 24"),
    ("S039", "leave.csv", "2026-11-29", "2026-11-26"),
    ("S039", "requests.csv", "2026-11-28", "2026-11-30"),
    ("S039", "history.csv", "2026-11-22", "2026-11-24"),
    ("S040", "scenario.toml", "shifts = [\"day\", \"late\", \"night\"]\nfrom", "shifts = [\"day\", \"night\"]\nfrom"),
    ("S040", "people.csv", "four-crew-three-shift,2", "four-crew-three-shift,5"),
    ("S040", "people.csv", "constable,yes,,,40,,", "constable,yes,,,40,pitman,1"),
    ("S041", "scenario.toml", "min_crew = 2", "min_crew = 4"),
    ("S041", "scenario.toml", "desired = 4", "desired = 1"),
    ("S042", "history.csv", "ana,2026-11-22,night", "ana,2026-11-22,night\nana,2026-11-22,night"),
    ("IO1", "scenario.toml", "\"roads.osm.pbf\"", "\"raods.osm.pbf\""),
    ("IO1", "scenario.toml", "\"zones.geojson\"", "\"zone.geojson\""),
];

#[test]
fn every_code_is_provoked_and_tells_where_and_what_to_do() {
    let mut provoked = BTreeSet::new();
    for (code, file, from, to) in SLIPS {
        let mut files = Files::documented().with(file, from, to);
        match *code {
            // A slip that one word cannot make.
            "S008" => files = files.with(file, "]}\n", "]\n"),
            "S037" => files = files.with(file, "count = 2", "count = 9000"),
            _ => {}
        }
        let errors = files.errors();
        let error = errors.iter().find(|error| error.code == *code);
        let error = error.unwrap_or_else(|| panic!("{code} by {from} -> {to}: {errors:#?}"));
        let place = error.file.as_ref().expect("a file");
        let io = *code == "IO1";
        assert!(io || place.ends_with(file), "{code}: {error}");
        assert!(error.line.is_some() || io, "{error}");
        assert!(error.hint.is_some(), "{error}");
        provoked.insert(*code);
    }
    for code in special_codes() {
        provoked.insert(code);
    }
    let documented = codes_in(&document("errors.md"), "## S:");
    let missing: Vec<_> = documented
        .iter()
        .filter(|code| !provoked.contains(&***code))
        .collect();
    assert!(missing.is_empty(), "not provoked: {missing:?}");
}

/// Codes that take more than a replacement.
fn special_codes() -> [&'static str; 3] {
    let mut files = Files::documented();
    files.set("sites.csv", b"id,name\na,b\nc,\xd2\xf8\xd0\xd0\n".to_vec());
    let error = files.errors().remove(0);
    assert_eq!((error.code, error.line), ("S001", Some(3)), "GBK");

    let mut files = Files::documented();
    files.set("scenario.toml", vec![b'#'; (4 << 20) + 1]);
    assert_eq!(files.errors()[0].code, "S002");

    let files = Files::documented()
        .with("scenario.toml", "sites = \"sites.csv\"", "")
        .with("scenario.toml", "segments = \"segments.geojson\"", "")
        .with("scenario.toml", "orders = \"orders.csv\"", "");
    assert_eq!(files.errors()[0].code, "S029");
    ["S001", "S002", "S029"]
}

/// The codes that head a row of a table, below a heading.
fn codes_in(text: &str, heading: &str) -> BTreeSet<String> {
    let start = text.find(heading).expect("the heading");
    let section = &text[start + heading.len()..];
    let section = &section[..section.find("\n## ").unwrap_or(section.len())];
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next().map(str::to_owned))
        .collect()
}

#[test]
fn the_documentation_lists_every_code() {
    let text = document("errors.md");
    let mut sources = vec![root().join("src")];
    let mut missing = BTreeSet::new();
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).expect("sources");
            sources.extend(entries.map(|entry| entry.expect("sources").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(path).expect("sources");
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let quoted = source.split('"').skip(1).filter(|word| is_code(word));
            let unknown = quoted.filter(|code| !text.contains(&format!("| `{code}` |")));
            missing.extend(unknown.map(str::to_owned));
        }
    }
    assert!(missing.is_empty(), "not in docs/errors.md: {missing:?}");
}

/// Whether a word is an error code: `S001`, `R203`, `IO1`, `X1`.
fn is_code(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    let prefix = &word[..letters];
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    number
        && matches!(
            (prefix, digits.len()),
            ("S" | "R" | "P", 3) | ("IO" | "X", 1)
        )
}

#[test]
fn the_documentation_lists_every_key_and_header() {
    let text = document("formats.md");
    let schema = roundsman::scenario::schema();
    let mut forms: Vec<&serde_json::Value> = Vec::new();
    for section in schema["properties"].as_object().expect("sections").values() {
        forms.push(section.get("items").unwrap_or(section));
    }
    forms.extend(schema["$defs"].as_object().expect("layers").values());
    forms.push(&schema["properties"]["shift"]["items"]["properties"]["break"]["items"]);
    assert_eq!(forms.len(), 26);
    for form in forms {
        for (name, field) in form["properties"].as_object().expect("fields") {
            assert!(text.contains(&format!("`{name}`")), "key {name}");
            for zh in field["x-header-zh"].as_array().into_iter().flatten() {
                let zh = zh.as_str().expect("text");
                assert!(text.contains(zh), "header {zh}");
            }
            for word in field["enum"].as_array().into_iter().flatten() {
                let word = word.as_str().expect("text");
                assert!(text.contains(&format!("`{word}`")), "word {word} of {name}");
            }
        }
    }
}

#[test]
fn all_errors_of_all_files_come_at_once_in_order() {
    let files = Files::documented()
        .with("scenario.toml", "seats = 2", "saets = 2")
        .with("scenario.toml", "tier = \"station\"", "tier = \"stations\"")
        .with("sites.csv", "45m", "45x")
        .with("sites.csv", "guards=1", "guard=1")
        .with(
            "segments.geojson",
            "\"standard\": \"2h\"",
            "\"standard\": \"2k\"",
        )
        .with("orders.csv", ",20m,", ",20x,");
    let errors = files.errors();
    let codes: Vec<_> = errors.iter().map(|error| error.code).collect();
    assert_eq!(
        codes,
        ["S014", "S004", "S010", "S014", "S010", "S010"],
        "{errors:#?}"
    );
    let hint = errors[0].hint.as_deref();
    assert_eq!(hint, Some("did you mean `station`?"));
    let places: Vec<_> = errors.iter().map(|e| (e.line, e.column)).collect();
    // In sites.csv: row 3 column `standard`, row 5 column `authority`, in characters.
    assert_eq!(&places[2..4], [(Some(3), Some(47)), (Some(5), Some(73))]);
    assert_eq!(places[4].0, Some(3), "the line of the property");
}

#[test]
fn a_flood_of_errors_is_counted() {
    let mut files = Files::documented();
    let rows: String = (0..1000)
        .map(|i| format!("s{i},14.5,35.9,4x,5m\n"))
        .collect();
    files.set("sites.csv", format!("id,lon,lat,standard,dwell\n{rows}"));
    let errors = files.errors();
    let flood = errors.iter().filter(|error| error.code == "S010").count();
    assert_eq!(flood, 50);
    assert!(errors.iter().any(|error| error.what.contains("950 more")));
}

#[test]
fn a_refused_layer_brings_no_errors_about_what_it_would_have_held() {
    for (file, bytes) in [
        ("zones.geojson", &b"{"[..]),
        ("sites.csv", b"id,name\n\xff"),
        ("sites.csv", b"\n\n"),
        ("sites.csv", &[b','; 2000]),
        ("segments.geojson", &[b'['; 100_000]),
    ] {
        let mut files = Files::documented();
        files.set(file, bytes.to_vec());
        let errors = files.errors();
        assert_eq!(errors.len(), 1, "{file}: {errors:#?}");
    }
}

#[test]
fn long_values_are_cut_in_messages() {
    let long = "x".repeat(100_000);
    let error = Files::documented()
        .with("sites.csv", "45m", &long)
        .errors()
        .remove(0);
    assert!(error.to_string().len() < 400, "{}", error.to_string().len());
}

#[test]
fn spreadsheets_and_their_habits_are_understood() {
    let text = String::from_utf8(Files::documented().0["sites.csv"].clone()).expect("UTF-8");
    let expected = Files::documented().load().expect("loads").targets.len();
    for changed in [
        text.replace(',', ";"),
        text.replace(',', "\t"),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text},,,,,,,,,,,\n\n"),
    ] {
        let mut files = Files::documented();
        files.set("sites.csv", changed);
        assert_eq!(files.load().expect("loads").targets.len(), expected);
    }
}

#[test]
fn a_planar_scenario_keeps_its_metres() {
    let mut files = Files::documented()
        .with(
            "scenario.toml",
            "file = \"roads.osm.pbf\"",
            "file = \"nodes.csv\"\nedges = \"edges.csv\"\ndatum = \"planar\"",
        )
        .with(
            "scenario.toml",
            "lon = 14.4955\nlat = 35.8650",
            "x = 0\ny = 0.5",
        )
        .with(
            "scenario.toml",
            "lon = 14.4990\nlat = 35.8630",
            "x = 10\ny = 20",
        )
        .with("sites.csv", ",lon,lat,", ",x,y,")
        .with("orders.csv", ",lon,lat,", ",x,y,")
        .with("segments.geojson", "[14.4985, 35.8650]", "[2000, -5000.5]");
    for file in ["nodes.csv", "edges.csv"] {
        files.set(file, "read elsewhere");
    }
    let scenario = files.load().expect("loads");
    assert!(
        matches!(&target(&scenario, "east-road").shape, Shape::Segment { line, .. } if line[1].y == -5000.5)
    );
}

#[test]
fn targets_that_nobody_may_visit_are_warned_of() {
    let files =
        Files::documented().with("sites.csv", "guards=1,3m", "police=0 station=0 guards=0,3m");
    let files = files.with("orders.csv", "works-gate", "bank-1");
    let warnings = files.load().expect("loads").warnings;
    assert!(warnings[0].contains("works-gate"), "{warnings:?}");
    assert!(warnings[1].contains("guard"), "{warnings:?}");
}

#[test]
fn the_schema_is_stable_json() {
    let schema = roundsman::scenario::schema();
    assert_eq!(schema["required"][0], "scenario");
    assert_eq!(schema["$defs"]["site"]["additionalProperties"], false);
    let plan = roundsman::io::plan::schema();
    assert!(plan["properties"]["duties"].is_object());
}

/// A spoilt copy of a file: some bytes replaced, dropped or doubled.
fn spoil(bytes: &[u8], edits: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (place, how, byte) in edits {
        let at = place % bytes.len().max(1);
        match how % 4 {
            0 if !bytes.is_empty() => bytes[at] = *byte,
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 => bytes.insert(at.min(bytes.len()), *byte),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to a file, reading ends with a scenario or with errors that name it.
    #[test]
    fn broken_files_never_panic(
        file in 0usize..12,
        edits in prop::collection::vec((any::<usize>(), 0u8..8, any::<u8>()), 1..6),
    ) {
        let mut files = Files::jingzhou();
        let names: Vec<String> = files.0.keys().cloned().collect();
        let name = &names[file % names.len()];
        // Cutting the file short is rarer than the other edits.
        let edits: Vec<_> = edits.into_iter().map(|(p, h, b)| (p, h.min(3).min(h / 2), b)).collect();
        let spoilt = spoil(&files.0[name], &edits);
        files.set(name, spoilt);
        if let Err(errors) = files.load() {
            prop_assert!(!errors.is_empty());
            prop_assert!(errors.0.iter().all(|e| e.file.is_some() && e.code != "X1"));
        }
    }
}

/// The path of a scenario that does not exist is what the error names.
#[test]
fn a_missing_scenario_is_named() {
    let path = PathBuf::from("no/such/scenario.toml");
    let errors = Scenario::load(&path).expect_err("missing");
    assert_eq!(errors.0.len(), 1);
    assert_eq!((errors.0[0].code, errors.exit_code()), ("IO1", 3));
    assert_eq!(errors.0[0].file.as_deref(), Some(&*path));
}
