//! Scenarios with people, and plans with rosters for them: twelve people by hand, and as many as
//! wanted by counting.
#![allow(dead_code, reason = "each test uses what it needs")]

#[path = "../small_scenario/mod.rs"]
mod small_scenario;

use std::fmt::Write as _;

use roundsman::check::Verdict;
use roundsman::check::check;
use roundsman::plan::Activity;
use roundsman::plan::DutyPlan;
use roundsman::plan::Plan;
use roundsman::plan::Roster;
use roundsman::plan::Seat;
use roundsman::plan::Stop;
use roundsman::planner;
use roundsman::scenario::Scenario;
use roundsman::world::World;
pub use small_scenario::Small;

/// A scenario with people on disk, and a plan with a roster for it.
pub struct Rostered {
    pub files: Small,
    pub world: World,
    pub plan: Plan,
    pub verdict: Verdict,
}

const HEAD: &str = r#"[scenario]
name = "Four streets, rostered"
name_zh = "四街排班"
timezone = "Asia/Shanghai"
start = "2026-11-23T06:00"
days = DAYS

[map]
file = "nodes.csv"
edges = "edges.csv"
datum = "planar"

[layers]
sites = "sites.csv"
people = "people.csv"
leave = "leave.csv"
requests = "requests.csv"
totals = "totals.csv"

[[tier]]
id = "police"
name = "Police"
name_zh = "巡警"
[[tier]]
id = "guards"
name = "Guards"
name_zh = "内保"

[[base]]
id = "post"
name = "Corner post; north"
name_zh = "街角警务站"
x = 0
y = 0

[[shift]]
id = "day"
name = "Day"
name_zh = "白班"
start = "06:00"
length = "8h"
[[shift]]
id = "late"
name = "Late"
name_zh = "中班"
start = "14:00"
length = "8h"
[[shift]]
id = "night"
name = "Night"
name_zh = "夜班"
start = "22:00"
length = "8h"
"#;

const RULES: &str = r#"
[[rule]]
rule = "handover"
value = 15
tiers = ["police"]
[[rule]]
rule = "quick-returns"
value = 11
[[rule]]
rule = "consecutive-nights"
value = 1
price = 4
tiers = ["police"]
[[rule]]
rule = "fair-nights"
value = 1
price = 5
[[rule]]
rule = "complete-weekends"
price = 3
[[staffing]]
id = "evenings"
tier = "police"
windows = "fri-sat 18:00-22:00"
least = 1
desired = 4
price = 2
"#;

/// Twelve people for two weeks: four pairs on car 1 round the clock, two more on car 2, and two
/// guards at the gate. Letters are the first of shifts, small ones for car 2.
const TWELVE: [(&str, &str, &str); 12] = [
    (
        "p01",
        "police,sergeant,yes,senior,40,An Wei,安伟",
        "DDLLNN..DDLLNN",
    ),
    (
        "p02",
        "police,constable,yes,,40,Bai Min,白敏",
        "DDLLNN..DDLLNN",
    ),
    (
        "p03",
        "police,sergeant,yes,senior,40,Chen Bo,陈博",
        "LLNN..DDLLNN..",
    ),
    (
        "p04",
        "police,constable,yes,,40,Ding Yi,丁一",
        "LLNN..DDLLNN..",
    ),
    (
        "p05",
        "police,sergeant,yes,senior,40,Fang Li,方丽",
        "NN..DDLLNN..DD",
    ),
    (
        "p06",
        "police,constable,yes,novice,40,Gao Jun,高军",
        "NN..DDLLNN..DD",
    ),
    (
        "p07",
        "police,sergeant,yes,senior,40,He Ping,何平",
        "..DDLLNN..DDLL",
    ),
    (
        "p08",
        "police,auxiliary,no,,40,\"Ji, Tao\",纪涛",
        "..DDLLNN..DDLL",
    ),
    (
        "p09",
        "police,constable,yes,,40,Kang Rui,康瑞",
        "ddddd..ddddd..",
    ),
    (
        "p10",
        "police,auxiliary,no,,40,Lin Na,林娜",
        "ddddd....ddd..",
    ),
    ("g01", "guards,guard,no,,42,Ma Hui,马辉", "DDD.DDD.DDD.DD"),
    ("g02", "guards,guard,no,,42,Nie Xin,聂欣", "...D...D...D.."),
];

const UNITS: &str = r#"
[[unit]]
id = "car"
name = "Car"
name_zh = "巡逻车"
count = 2
tier = "police"
base = "post"
profile = "car"
seats = 3
min_crew = 2
shifts = ["day", "late", "night"]
[[unit]]
id = "gate"
name = "Gate"
name_zh = "门岗"
tier = "guards"
base = "post"
profile = "foot"
seats = 1
shifts = ["day", "late", "night"]
"#;

/// Twelve people, with routes of the planner's own. Valid, with broken wishes.
pub fn twelve() -> Rostered {
    let files = Small::new();
    files.write(
        "scenario.toml",
        &(HEAD.replace("DAYS", "14") + UNITS + RULES),
    );
    let mut people = String::from("id,tier,rank,sworn,grade,contract_hours,name,name_zh\n");
    let mut seats = Vec::new();
    for (id, facts, line) in TWELVE {
        _ = writeln!(people, "{id},{facts}");
        seats.extend(by_letters(id, line));
    }
    files.write("people.csv", &people);
    files.write(
        "leave.csv",
        "person,from,to,kind\np10,2026-11-28,2026-12-01,annual leave\np01,2026-11-30T09:00,2026-11-30T12:00,court\n",
    );
    files.write(
        "requests.csv",
        "person,date,shift,want,weight\np03,2026-11-27,,off,5\np03,2026-11-29,day,off,2\n\
         p07,2026-11-24,,on,3\np09,2026-12-05,,off,1\n",
    );
    files.write(
        "totals.csv",
        "person,hours,nights,weekends,hard_beats\np01,160,9,2,0\np05,150,4,3,0\n",
    );
    let world = load(&files);
    let options = planner::Options {
        seed: 1,
        islands: 1,
        schedule: Some(0),
    };
    let planned = planner::plan(&world, options, planner::epochs(1));
    let mut plan = planned.expect("a plan").plan;
    // Only what has a crew drives.
    plan.duties.retain(|duty| {
        let sits = |seat: &Seat| {
            (&seat.unit, &seat.shift, seat.day) == (&duty.unit, &duty.shift, duty.day)
        };
        let needed = if duty.unit.starts_with("car") { 2 } else { 1 };
        seats.iter().filter(|seat| sits(seat)).count() >= needed
    });
    finish(files, world, plan, seats)
}

/// `people` people for 28 days on three shifts: crews of three, four days on and two off, as many
/// cars as find a crew on most days, duties without routes. Who is on leave stays away, except for
/// one crew in nine, so that the checker has something to say.
pub fn many(people: usize) -> Rostered {
    let files = Small::new();
    // Two thirds of the crews of a shift work on a day.
    let cars = (people / 6 / 3 * 2 / 3).max(1);
    let units = format!(
        "\n[[unit]]\nid = \"car\"\nname = \"Car\"\nname_zh = \"巡逻车\"\ncount = {cars}\ntier = \"police\"\n\
         base = \"post\"\nprofile = \"car\"\nseats = 3\nmin_crew = 2\nshifts = [\"day\", \"late\", \"night\"]\n\
         [[unit]]\nid = \"patrol\"\nname = \"Foot patrol\"\nname_zh = \"步巡组\"\ncount = {cars}\n\
         tier = \"guards\"\nbase = \"post\"\nprofile = \"foot\"\nseats = 3\nmin_crew = 2\n\
         shifts = [\"day\", \"late\", \"night\"]\n",
    );
    let head = HEAD.replace("DAYS", "28");
    files.write("scenario.toml", &(head + &units + RULES));
    let mut list = String::from("id,tier,rank,sworn,grade,contract_hours,name,name_zh\n");
    let mut leave = String::from("person,from,to,kind\n");
    let mut requests = String::from("person,date,shift,want,weight\n");
    let mut seats = Vec::new();
    // How many units of a tier are manned on a shift and day.
    let mut manned = std::collections::BTreeMap::new();
    for crew in 0..people.div_ceil(3) {
        let (tier, unit) = [("police", "car"), ("guards", "patrol")][crew % 2];
        let (nth, shift) = (crew / 6, ["day", "late", "night"][crew / 2 % 3]);
        let own: Vec<usize> = (crew * 3..people.min(crew * 3 + 3)).collect();
        let away = |person: usize| (person % 11 == 3).then(|| 8 + person as i32 % 9);
        for &person in &own {
            let sworn = if tier == "police" { "yes" } else { "no" };
            _ = writeln!(
                list,
                "p{person:03},{tier},constable,{sworn},,40,Officer {person},警员{person}"
            );
            if let Some(day) = away(person) {
                // Day 8 is the first of December.
                let (from, to) = (day - 7, day - 3);
                _ = writeln!(
                    leave,
                    "p{person:03},2026-12-{from:02},2026-12-{to:02},annual leave"
                );
            }
            if person % 4 == 1 {
                let day = 1 + person % 20;
                _ = writeln!(requests, "p{person:03},2026-12-{day:02},,off,2");
            }
        }
        for day in (0..28).filter(|day| (day + 2 * nth as i32) % 6 < 4) {
            let place: &mut usize = manned.entry((tier, shift, day)).or_default();
            if *place == cars {
                continue;
            }
            *place += 1;
            let there = |person: &&usize| {
                away(**person).is_none_or(|from| crew % 9 == 0 || !(from..from + 5).contains(&day))
            };
            seats.extend(own.iter().filter(there).map(|person| Seat {
                person: format!("p{person:03}"),
                unit: name_of(unit, *place - 1, cars),
                shift: shift.to_owned(),
                day,
            }));
        }
    }
    files.write("people.csv", &list);
    files.write("leave.csv", &leave);
    files.write("requests.csv", &requests);
    files.write("totals.csv", "person,hours,nights,weekends,hard_beats\n");
    let world = load(&files);
    let scenario = &world.scenario;
    let duties = scenario.duties.iter().filter(|duty| duty.day >= 0);
    let duties = duties.map(|duty| DutyPlan {
        unit: scenario.units[duty.unit].id.clone(),
        shift: scenario.shifts[duty.shift].id.clone(),
        day: duty.day,
        stops: vec![
            stay(Activity::Start, duty.span.start.0, duty.route.start.0),
            stay(Activity::End, duty.route.end.0, duty.span.end.0),
        ],
    });
    let plan = Plan {
        version: roundsman::plan::PLAN_VERSION,
        scenario: scenario.name.plain.clone(),
        start: scenario.start.to_string(),
        duties: duties.collect(),
        ..Plan::default()
    };
    finish(files, world, plan, seats)
}

fn name_of(unit: &str, nth: usize, count: usize) -> String {
    match count {
        1 => unit.to_owned(),
        _ => format!("{unit}-{}", nth + 1),
    }
}

fn stay(what: Activity, from: i64, to: i64) -> Stop {
    Stop {
        what,
        from: roundsman::units::Seconds(from),
        to: roundsman::units::Seconds(to),
        path: None,
    }
}

fn by_letters(person: &str, line: &str) -> Vec<Seat> {
    let days = (0..).zip(line.chars()).filter(|(_, letter)| *letter != '.');
    let seat = |(day, letter): (i32, char)| Seat {
        person: person.to_owned(),
        unit: match (person.starts_with('g'), letter.is_uppercase()) {
            (true, _) => "gate",
            (false, true) => "car-1",
            (false, false) => "car-2",
        }
        .to_owned(),
        shift: match letter.to_ascii_uppercase() {
            'D' => "day",
            'L' => "late",
            _ => "night",
        }
        .to_owned(),
        day,
    };
    days.map(seat).collect()
}

fn load(files: &Small) -> World {
    let scenario = Scenario::load(&files.file("scenario.toml")).expect("in order");
    World::load(scenario).expect("on its roads")
}

fn finish(files: Small, world: World, mut plan: Plan, seats: Vec<Seat>) -> Rostered {
    plan.roster = Some(Roster {
        made: None,
        claim: None,
        newcomers: Vec::new(),
        seats,
    });
    let verdict = check(&world, &plan);
    files.write(
        "plan.json",
        &roundsman::io::plan::to_text(&plan).expect("text"),
    );
    Rostered {
        files,
        world,
        plan,
        verdict,
    }
}
