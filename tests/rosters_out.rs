//! Rosters as they go out: lists, calendars, the page's data and the summary say what the checker
//! says, in the forms that other programs read.

mod rostered;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use assert_cmd::Command;
use rostered::Rostered;
use roundsman::check::check;
use roundsman::plan::Plan;
use roundsman::report;
use roundsman::report::Calendar;
use roundsman::report::Lang;
use roundsman::report::page;
use roundsman::scenario::Scenario;
use roundsman::world::World;

static TWELVE: LazyLock<Rostered> = LazyLock::new(rostered::twelve);
static MANY: LazyLock<Rostered> = LazyLock::new(|| rostered::many(150));

/// The rows of a list as maps from its head.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a mark in front");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize().map(|row| row.expect("a row"));
    rows.collect()
}

fn list(of: &Rostered, lang: Lang) -> String {
    let list = report::roster_list(&of.world, &of.plan, lang);
    list.expect("text").expect("a roster")
}

fn grid(of: &Rostered, lang: Lang) -> String {
    let grid = report::roster_grid(&of.world, &of.plan, &of.verdict, lang);
    grid.expect("text").expect("a roster")
}

fn calendars(of: &Rostered, plan: &Plan, lang: Lang) -> Vec<Calendar> {
    report::calendars(&of.world, plan, lang, 3).expect("a roster")
}

#[test]
fn the_twelve_are_valid_and_break_wishes() {
    assert_eq!(TWELVE.verdict.violations, []);
    let roster = TWELVE.verdict.roster.as_ref().expect("a roster");
    assert!(roster.broken_wishes.len() > 5);
}

#[test]
fn the_list_has_a_row_for_each_seat_and_the_checkers_hours() {
    for of in [&*TWELVE, &*MANY] {
        let rows = rows(&list(of, Lang::En));
        let seats = &of.plan.roster.as_ref().expect("a roster").seats;
        assert_eq!(rows.len(), seats.len());
        for kpi in &of.verdict.roster.as_ref().expect("a verdict").people {
            let own = rows.iter().filter(|row| row["person"] == kpi.person);
            let sum = |column: &str| -> f64 {
                let values = own.clone().map(|row| row[column].parse::<f64>());
                values.map(|value| value.expect("a number")).sum()
            };
            assert!((sum("hours") - kpi.hours).abs() < 1e-6, "{}", kpi.person);
            assert!((sum("night") - kpi.nights as f64).abs() < 1e-6);
        }
        let from: Vec<&String> = rows.iter().map(|row| &row["from"]).collect();
        assert!(from.is_sorted(), "in time order");
    }
    let text = list(&TWELVE, Lang::En);
    let ends = text.matches("\r\n").count();
    assert_eq!(
        text.matches('\n').count(),
        ends,
        "lines end as RFC 4180 says"
    );
    let first = &rows(&text)[0];
    // Handover is work, and begins before the horizon.
    let expected = [
        ("date", "2026-11-23"),
        ("weekday", "Mon"),
        ("shift", "Day"),
        ("from", "2026-11-23 05:45+08:00"),
        ("to", "2026-11-23 14:00+08:00"),
        ("unit", "Car 1"),
        ("tier", "Police"),
        ("base", "Corner post; north"),
        ("person", "p01"),
        ("name", "An Wei"),
        ("rank", "sergeant"),
        ("sworn", "yes"),
        ("hours", "8.25"),
        ("night", "0"),
        ("driven", "yes"),
    ];
    for (column, value) in expected {
        assert_eq!(first[column], value, "{column}");
    }
    let zh = rows(&list(&TWELVE, Lang::Zh));
    assert_eq!(
        (&*zh[0]["姓名"], &*zh[0]["班次"], &*zh[0]["星期"]),
        ("安伟", "白班", "周一")
    );
}

#[test]
fn the_grid_has_a_row_for_each_person_and_a_column_for_each_day() {
    let rows_of = rows(&grid(&TWELVE, Lang::En));
    assert_eq!(rows_of.len(), 12);
    let an = &rows_of[0];
    assert_eq!((&*an["Mon 23 Nov"], &*an["Fri 27 Nov"]), ("Day", "Night"));
    assert_eq!(an["Mon 30 Nov"], "(court)");
    let roster = TWELVE.verdict.roster.as_ref().expect("a verdict");
    for (row, kpi) in rows_of.iter().zip(&roster.people) {
        assert_eq!(row["hours"].parse(), Ok(kpi.hours));
        assert_eq!(row["nights"], kpi.nights.to_string());
        assert_eq!(row.len(), 4 + 14 + 7);
    }
    assert_eq!(rows(&grid(&TWELVE, Lang::Zh))[0]["11月23日 周一"], "白班");
}

/// The properties of an event, unfolded.
type Event = BTreeMap<String, String>;

/// Reads a calendar strictly by RFC 5545.
fn events(text: &str) -> Vec<Event> {
    assert!(text.ends_with("\r\n"));
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "CRLF alone"
    );
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.lines();
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let mut events = Vec::new();
    let mut open: Option<Event> = None;
    for line in lines {
        let (name, value) = line.split_once(':').expect("a property");
        match (name, value) {
            ("BEGIN", "VEVENT") => open = Some(Event::new()),
            ("END", "VEVENT") => events.extend(open.take()),
            _ => {
                if let Some(event) = &mut open {
                    let twice = event.insert(name.to_owned(), value.to_owned());
                    assert_eq!(twice, None, "{name} stands once");
                }
            }
        }
    }
    assert!(unfolded.contains("\r\nVERSION:2.0\r\n") && unfolded.contains("\r\nPRODID:"));
    assert!(unfolded.ends_with("END:VCALENDAR\r\n"));
    for event in &events {
        for needed in ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"] {
            assert!(event.contains_key(needed), "{needed}");
        }
        assert!(event["DTSTART"].ends_with('Z') && event["DTSTART"] < event["DTEND"]);
    }
    events
}

#[test]
fn calendars_hold_every_duty_once_by_the_rules_of_the_format() {
    for of in [&*TWELVE, &*MANY] {
        let seats = &of.plan.roster.as_ref().expect("a roster").seats;
        for lang in [Lang::En, Lang::Zh] {
            let calendars = calendars(of, &of.plan, lang);
            let all: Vec<Event> = calendars.iter().flat_map(|c| events(&c.text)).collect();
            assert_eq!(all.len(), seats.len());
            let uids: BTreeSet<&String> = all.iter().map(|event| &event["UID"]).collect();
            assert_eq!(uids.len(), all.len(), "ids differ");
        }
    }
    let own = calendars(&TWELVE, &TWELVE.plan, Lang::En);
    assert_eq!(own[0].file, "p01.ics");
    let first = &events(&own[0].text)[0];
    // 05:45 in Shanghai, with the handover.
    assert_eq!(first["DTSTART"], "20261122T214500Z");
    assert_eq!(first["DTEND"], "20261123T060000Z");
    assert_eq!(first["SUMMARY"], "Day · Car 1");
    assert_eq!(first["LOCATION"], "Corner post\\; north");
    assert_eq!(first["SEQUENCE"], "3");
    let text = &first["DESCRIPTION"];
    assert_eq!(
        text,
        "Force: Police\\nHandover from Mon 05:45\\, duty from Mon 06:00\\nWith: Bai Min"
    );
    let mate = own
        .iter()
        .find(|c| c.file == "p07.ics")
        .expect("a calendar");
    assert!(events(&mate.text)[0]["DESCRIPTION"].ends_with("With: Ji\\, Tao"));
    let zh = &calendars(&TWELVE, &TWELVE.plan, Lang::Zh)[0];
    let first = &events(&zh.text)[0];
    assert_eq!(
        (&*first["SUMMARY"], &*first["LOCATION"]),
        ("白班 · 巡逻车1", "街角警务站")
    );
    assert_eq!(
        first["DESCRIPTION"],
        "力量：巡警\\n周一 05:45 起交接，周一 06:00 上岗\\n同组：白敏"
    );
}

/// A later roster changes what it changes, and nothing else; the language is no change.
#[test]
fn a_duty_keeps_its_id_from_roster_to_roster() {
    let before = calendars(&TWELVE, &TWELVE.plan, Lang::En);
    assert_eq!(
        before,
        calendars(&TWELVE, &TWELVE.plan, Lang::En),
        "the same again"
    );
    let mut plan = TWELVE.plan.clone();
    let seats = &mut plan.roster.as_mut().expect("a roster").seats;
    seats.reverse();
    let seat = seats.iter_mut().find(|s| s.person == "p09" && s.day == 2);
    seat.expect("a seat").unit = "car-1".to_owned();
    seats.retain(|s| (&*s.person, s.day) != ("g02", 3));
    let after = calendars(&TWELVE, &plan, Lang::Zh);
    let ids = |calendars: &[Calendar], file: &str| -> Vec<String> {
        let own = calendars
            .iter()
            .find(|c| c.file == file)
            .expect("a calendar");
        events(&own.text)
            .iter()
            .map(|event| event["UID"].clone())
            .collect()
    };
    for file in ["p01.ics", "p09.ics"] {
        assert_eq!(ids(&before, file), ids(&after, file), "{file}");
    }
    assert_eq!(ids(&before, "g02.ics")[1..], ids(&after, "g02.ics"));
}

#[test]
fn the_page_says_what_the_checker_says() {
    for of in [&*TWELVE, &*MANY] {
        let page = page::fill(&of.world, &of.plan, &of.verdict, Lang::En);
        let roster = page.roster.expect("a roster");
        let verdict = of.verdict.roster.as_ref().expect("a verdict");
        assert_eq!(roster.people.len(), verdict.people.len());
        let seats: usize = roster.people.iter().map(|p| p.seats.len()).sum();
        assert_eq!(
            seats,
            of.plan.roster.as_ref().expect("a roster").seats.len()
        );
        let aboard: usize = roster.crews.iter().map(|crew| crew.people.len()).sum();
        assert_eq!(aboard, seats);
        for (i, (person, kpi)) in roster.people.iter().zip(&verdict.people).enumerate() {
            let hours: i64 = person.seats.iter().map(|seat| seat.2 - seat.1).sum();
            assert!((hours as f64 / 3600.0 - kpi.hours).abs() < 1e-9);
            let on = person.seats.iter().map(|seat| &roster.crews[seat.0]);
            assert!(on.clone().all(|crew| crew.people.contains(&i)));
            for crew in on.filter(|crew| crew.needed > 0) {
                let duty = &page.duties[crew.duty.expect("a route")];
                assert_eq!(
                    (duty.unit, duty.shift, duty.day),
                    (crew.unit, crew.shift, crew.day)
                );
            }
        }
        let wishes: i64 = roster.findings.iter().filter_map(|f| f.weight).sum();
        assert_eq!(wishes, verdict.wishes);
        let hard = roster
            .findings
            .iter()
            .filter(|f| f.weight.is_none())
            .count();
        assert_eq!(hard, of.verdict.violations.len());
        let placed = roster.findings.iter().filter(|f| f.person.is_some());
        assert!(placed.clone().count() > 0 && placed.clone().all(|f| f.day.is_some()));
    }
    let page = page::fill(&TWELVE.world, &TWELVE.plan, &TWELVE.verdict, Lang::En);
    let roster = page.roster.expect("a roster");
    assert_eq!(roster.people[9].leave, [(5, 9, "annual leave".to_owned())]);
    assert_eq!(roster.people[2].requests, [(4, -1, 0, 5), (6, 0, 0, 2)]);
    assert_eq!(roster.shifts[2].start, 22 * 60);
}

#[test]
fn large_rosters_stay_small_and_are_filled_in_a_moment() {
    let html = report::html(&MANY.world, &MANY.plan, &MANY.verdict, Lang::En);
    assert!(html.len() < 2_000_000, "{} bytes", html.len());
}

#[test]
fn the_summary_has_a_paragraph_on_people() {
    let of = &*TWELVE;
    let english = report::summary(&of.world, &of.plan, &of.verdict, Lang::En);
    let chinese = report::summary(&of.world, &of.plan, &of.verdict, Lang::Zh);
    let roster = of.verdict.roster.as_ref().expect("a verdict");
    let weight = format!("weight {}", roster.wishes);
    for said in ["12 of 12 work", &weight, "Police:", "nights", "requests"] {
        assert!(english.contains(said), "{said}: {english}");
    }
    for said in ["12 人中 12 人当班", "巡警：", "夜班", "意愿"] {
        assert!(chinese.contains(said), "{said}: {chinese}");
    }
}

#[test]
fn without_a_roster_nothing_is_said_of_one() {
    let of = &*TWELVE;
    let plan = Plan {
        roster: None,
        ..of.plan.clone()
    };
    let verdict = check(&of.world, &plan);
    assert_eq!(report::calendars(&of.world, &plan, Lang::En, 0), None);
    assert_eq!(report::roster_list(&of.world, &plan, Lang::En), Ok(None));
    assert_eq!(
        report::roster_grid(&of.world, &plan, &verdict, Lang::En),
        Ok(None)
    );
    let page = page::fill(&of.world, &plan, &verdict, Lang::En);
    assert!(page.roster.is_none());
    let summary = report::summary(&of.world, &plan, &verdict, Lang::En);
    assert!(!summary.contains("wishes"), "{summary}");
}

/// The night in which the clocks are put forward is an hour shorter, on both offsets and in UTC.
#[test]
fn nights_across_a_change_of_clocks_are_told_as_they_are() {
    let of = rostered::twelve();
    let start = ("2026-11-23T06:00", "2026-03-23T06:00");
    of.files.spoil("scenario.toml", start.0, start.1);
    of.files
        .spoil("scenario.toml", "Asia/Shanghai", "Europe/Malta");
    of.files.write("leave.csv", "person,from,to,kind\n");
    of.files
        .write("requests.csv", "person,date,shift,want,weight\n");
    let scenario = Scenario::load(&of.files.file("scenario.toml")).expect("in order");
    let world = World::load(scenario).expect("on its roads");
    let list = report::roster_list(&world, &of.plan, Lang::En).expect("text");
    let rows = rows(&list.expect("a roster"));
    let night =
        |row: &&BTreeMap<String, String>| row["person"] == "p01" && row["date"] == "2026-03-28";
    let row = rows.iter().find(night).expect("a night");
    assert_eq!(row["from"], "2026-03-28 21:45+01:00");
    assert_eq!(row["to"], "2026-03-29 06:00+02:00");
    assert_eq!(row["hours"], "7.25");
    let own = &report::calendars(&world, &of.plan, Lang::En, 0).expect("a roster")[0];
    let event = &events(&own.text)[5];
    assert_eq!(
        (&*event["DTSTART"], &*event["DTEND"]),
        ("20260328T204500Z", "20260329T040000Z")
    );
}

/// Seats that the checker refuses to read do no harm.
#[test]
fn what_cannot_be_read_is_left_out() {
    let of = &*TWELVE;
    let mut plan = of.plan.clone();
    let seats = &mut plan.roster.as_mut().expect("a roster").seats;
    let count = seats.len();
    seats[0].person = "nobody".to_owned();
    seats[1].day = 99;
    seats[2].day = -1;
    seats[3].unit = "tank".to_owned();
    let twice = seats[4].clone();
    seats.push(twice);
    let all = calendars(of, &plan, Lang::En);
    let all: usize = all.iter().map(|c| events(&c.text).len()).sum();
    assert_eq!(all, count - 4);
    let verdict = check(&of.world, &plan);
    let page = page::fill(&of.world, &plan, &verdict, Lang::En);
    let findings = page.roster.expect("a roster").findings;
    assert!(findings.iter().any(|f| f.rule == "R-person-unknown"));
}

fn run(args: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("roundsman").expect("the binary");
    command.args(args).output().expect("it runs")
}

#[test]
fn the_command_writes_all_of_it() {
    let of = &*TWELVE;
    let text = |name: &str| of.files.file(name).to_str().expect("a path").to_owned();
    let (scenario, plan, out) = (text("scenario.toml"), text("plan.json"), text("out"));
    let done = run(&[
        "report",
        &scenario,
        &plan,
        "-o",
        &out,
        "--lang",
        "zh",
        "--revision",
        "2",
    ]);
    assert_eq!(done.status.code(), Some(0));
    let said = String::from_utf8(done.stderr).expect("text");
    assert_eq!(said.matches("calendars").count(), 1, "said once: {said}");
    let list_on_disk = fs::read_to_string(of.files.file("out/roster.csv")).expect("a list");
    assert_eq!(list_on_disk, list(of, Lang::Zh));
    let grid_on_disk = fs::read_to_string(of.files.file("out/roster-grid.csv")).expect("a grid");
    assert_eq!(grid_on_disk, grid(of, Lang::Zh));
    let one = fs::read_to_string(of.files.file("out/calendars/g02.ics")).expect("a calendar");
    assert_eq!(events(&one)[0]["SEQUENCE"], "2");
    let one = text("list.csv");
    assert_eq!(
        run(&["report", &scenario, &plan, "-o", &one]).status.code(),
        Some(0)
    );
    assert_eq!(
        fs::read_to_string(&one).expect("a list"),
        list(of, Lang::En)
    );

    let bare = Plan {
        roster: None,
        ..of.plan.clone()
    };
    of.files.write(
        "bare.json",
        &roundsman::io::plan::to_text(&bare).expect("text"),
    );
    let done = run(&["report", &scenario, &text("bare.json"), "-o", &one]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("A4"));
}
