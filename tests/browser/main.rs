//! Opens a real report in a real browser, at the size of a desk and of a phone: moves the
//! slider, reads values off the page, switches the language, and wants a silent console.
//!
//! Skipped, saying so, where no Chromium with its chromedriver is installed.

mod roster;
#[path = "../rostered/mod.rs"]
mod rostered;
mod webdriver;

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use roundsman::check::Verdict;
use roundsman::check::check;
use roundsman::plan::Activity;
use roundsman::plan::Bound;
use roundsman::plan::DutyWorth;
use roundsman::plan::PlaceWorth;
use roundsman::plan::Plan;
use roundsman::plan::Stop;
use roundsman::planner;
use roundsman::report;
use roundsman::report::Lang;
use roundsman::scenario::Scenario;
use roundsman::scenario::Shape;
use roundsman::scenario::Target;
use roundsman::units::Seconds;
use roundsman::world::World;
use webdriver::Browser;
use webdriver::Size;

const DESK: Size = Size {
    width: 1440,
    height: 900,
    phone: false,
};
const PHONE: Size = Size {
    width: 390,
    height: 844,
    phone: true,
};

/// WebDriver's sign for the right arrow key.
const RIGHT: &str = "\u{e014}";

/// A plan, its verdict and the report of both on disk.
struct Fixture {
    world: World,
    plan: Plan,
    verdict: Verdict,
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new(place: &str, epochs: u32) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("maps")
            .join(place)
            .join("scenario.toml");
        let scenario = Scenario::load(&file).expect("the place is in order");
        let world = World::load(scenario).expect("its roads are in order");
        let options = planner::Options {
            seed: 1,
            islands: 2,
            schedule: Some(epochs),
        };
        let planned = planner::plan(&world, options, planner::epochs(epochs));
        let mut plan = planned.expect("a plan").plan;
        plan.bound.get_or_insert_with(|| bound(&world));
        let verdict = check(&world, &plan);
        let folder = tempfile::tempdir().expect("a folder");
        let html = report::html(&world, &plan, &verdict, Lang::En);
        fs::write(folder.path().join("report.html"), html).expect("the report is written");
        Self {
            world,
            plan,
            verdict,
            folder,
        }
    }

    fn open(&self, installed: &(std::path::PathBuf, std::path::PathBuf), size: Size) -> Browser {
        let browser = Browser::start(installed, size);
        browser.open(&self.folder.path().join("report.html"));
        browser
    }

    /// A visit to a site, the unit that makes it, and the site.
    fn visit(&self) -> (usize, &Stop, &Target) {
        let scenario = &self.world.scenario;
        let stops = self
            .plan
            .duties
            .iter()
            .flat_map(|d| d.stops.iter().map(move |s| (d, s)));
        let visits = stops.filter_map(|(duty, stop)| {
            let Activity::Visit { target, .. } = &stop.what else {
                return None;
            };
            let target = scenario.targets.iter().find(|t| t.id == *target)?;
            let unit = scenario.units.iter().position(|u| u.id == duty.unit)?;
            matches!(target.shape, Shape::Site(_)).then_some((unit, stop, target))
        });
        let mut long = visits.filter(|(_, stop, _)| stop.to - stop.from >= Seconds(180));
        long.nth(20).expect("the plan visits sites")
    }

    fn clock(&self, at: Seconds, format: &str) -> String {
        let start = &self.world.scenario.start;
        let at = start
            .checked_add(jiff::SignedDuration::from_secs(at.0))
            .expect("in range");
        at.strftime(format).to_string()
    }
}

/// A bound that says little, so that the page has one to show.
fn bound(world: &World) -> Bound {
    let scenario = &world.scenario;
    let duty = scenario.duties.iter().next().expect("a duty");
    let zone = scenario.zones.iter().next().expect("a zone");
    let site = scenario.targets.iter().next().expect("a target");
    let place = |id: &str| PlaceWorth {
        id: id.to_owned(),
        at_most: 0.012,
    };
    Bound {
        value: 1e9,
        protected_risk: 0.999,
        rounds: 1,
        slot: 60,
        duties: vec![DutyWorth {
            unit: scenario.units[duty.unit].id.clone(),
            shift: scenario.shifts[duty.shift].id.clone(),
            hours: 8.0,
            at_most: 0.0048,
        }],
        targets: vec![place(&site.id)],
        zones: vec![place(&zone.id)],
        hours: (0..(scenario.horizon.0 + 3599) / 3600)
            .map(|hour| 1e-4 * (hour % 24) as f64)
            .collect(),
    }
}

/// Moves the slider to an instant as a hand would, and lets the page draw.
fn move_slider(browser: &Browser, at: Seconds) {
    browser.run(&format!(
        "const slider = document.getElementById('time');
         slider.value = {};
         slider.dispatchEvent(new Event('input', {{ bubbles: true }}));",
        at.0
    ));
    settle(browser);
}

/// Waits until what was asked for has been drawn.
fn settle(browser: &Browser) {
    browser.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
}

/// Whether an element is where it can be seen.
fn seen(browser: &Browser, selector: &str) -> bool {
    let script = format!(
        "const node = document.querySelector('{selector}');
         const box = node.getBoundingClientRect();
         return box.width > 0 && box.height > 0 && box.right <= innerWidth + 1
           && getComputedStyle(node).visibility === 'visible';"
    );
    browser.run(&script) == true
}

#[test]
fn the_report_works_in_a_browser() {
    let Some(installed) = webdriver::installed() else {
        eprintln!("skipped: no Chromium with chromedriver in PATH");
        return;
    };
    let fixture = Fixture::new("bulebel", 0);
    on_a_desk(&fixture, &fixture.open(&installed, DESK));
    on_a_phone(&fixture, &fixture.open(&installed, PHONE));
}

fn on_a_desk(fixture: &Fixture, browser: &Browser) {
    figures_are_the_checkers(fixture, browser);
    the_limit_is_told(fixture, browser);
    the_slider_moves_units(fixture, browser);
    the_player_plays(browser);
    search_finds_and_chooses(fixture, browser);
    the_map_is_drawn(browser);
    languages_switch(fixture, browser);
    assert_eq!(
        browser.console(),
        Vec::<String>::new(),
        "the console is silent"
    );
}

fn figures_are_the_checkers(fixture: &Fixture, browser: &Browser) {
    let kpis = &fixture.verdict.kpis;
    let share = format!("{:.2}\u{202f}%", kpis.protected_risk * 100.0);
    assert_eq!(browser.text("[data-figure=protected_risk] td"), share);
    let met = kpis.orders_met.to_string();
    assert_eq!(browser.text("[data-figure=orders_met] td"), met);
    let roster = browser.run(
        "return document.querySelectorAll('#sheets, #tab-people, [data-place=roster]').length",
    );
    assert_eq!(roster, 0, "no roster, no roster view");
    for part in [
        "#map-top",
        "#timeline",
        "#headline",
        "#tiles",
        "#view",
        "#time",
    ] {
        assert!(seen(browser, part), "{part} is seen on a desk");
    }
}

fn the_limit_is_told(fixture: &Fixture, browser: &Browser) {
    let claimed = fixture.plan.bound.as_ref().expect("a bound");
    let limit = (claimed.protected_risk * 1000.0 - 1e-6).ceil() / 10.0;
    let headline = browser.text("#headline");
    let expected = format!("at most {limit:.1}\u{202f}% is possible");
    assert!(headline.contains(&expected), "{headline}");
    for part in [".bound .gap .left", ".bound .worths", ".bound canvas"] {
        assert!(seen(browser, part), "{part} is seen on a desk");
    }
    let first = &claimed.targets[0].id;
    let mut targets = fixture.world.scenario.targets.iter();
    let target = targets.find(|t| t.id == *first).expect("a target");
    browser.run(
        "[...document.querySelectorAll('.bound table')].at(-1).querySelector('button').click()",
    );
    settle(browser);
    assert_eq!(browser.text("#view h2"), target.name.plain);
    browser.click("#tab-overview");
}

fn the_slider_moves_units(fixture: &Fixture, browser: &Browser) {
    let (unit, stop, target) = fixture.visit();
    browser.click("#tab-units");
    // The slider goes by whole minutes.
    let at = Seconds((stop.from.0 + 59) / 60 * 60);
    move_slider(browser, at);
    assert_eq!(browser.text("#clock"), fixture.clock(at, "%a %-d %b %H:%M"));
    let until = fixture.clock(stop.to, "%H:%M");
    let expected = format!("At {} until {until}", target.name.plain);
    assert_eq!(browser.text(&format!("[data-now-unit='{unit}']")), expected);
    browser.type_keys("#time", RIGHT);
    let next = fixture.clock(at + Seconds::MINUTE, "%a %-d %b %H:%M");
    assert_eq!(
        browser.text("#clock"),
        next,
        "an arrow key moves the slider"
    );
}

fn the_player_plays(browser: &Browser) {
    let before = browser.text("#clock");
    browser.click("#play");
    for _ in 0..100 {
        sleep(Duration::from_millis(50));
        if browser.text("#clock") != before {
            break;
        }
    }
    browser.click("#play");
    assert_ne!(browser.text("#clock"), before, "time passes while playing");
}

fn search_finds_and_chooses(fixture: &Fixture, browser: &Browser) {
    let (.., target) = fixture.visit();
    browser.type_keys("#search", &target.id);
    browser.type_keys("#search", "\u{e007}");
    settle(browser);
    assert_eq!(browser.text("#view h2"), target.name.plain);
    assert!(seen(browser, "#view .facts"), "details are shown");
}

/// Whether the canvases hold more than one colour.
fn the_map_is_drawn(browser: &Browser) {
    for canvas in ["map-base", "map-top", "timeline", "hours"] {
        let colours = browser.run(&format!(
            "const canvas = document.getElementById('{canvas}');
             const {{ data }} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
             return new Set(new Uint32Array(data.buffer)).size;"
        ));
        assert!(
            colours.as_u64().unwrap_or(0) > 5,
            "{canvas} is drawn: {colours} colours"
        );
    }
}

fn languages_switch(fixture: &Fixture, browser: &Browser) {
    let name = &fixture.world.scenario.name;
    assert_eq!(browser.text("#plan-name"), name.plain);
    browser.click("#lang-zh");
    browser.click("#tab-overview");
    assert_eq!(browser.run("return document.documentElement.lang"), "zh-CN");
    assert_eq!(
        browser.text("#plan-name"),
        name.zh.as_deref().unwrap_or(&name.plain)
    );
    assert_eq!(
        browser.text("[data-figure=protected_risk] th"),
        "受保护风险"
    );
    let left = browser.run(
        "return [...document.querySelectorAll('[data-t], #headline, #tiles dt, h2')]
           .map((node) => node.textContent).filter((text) => /^[a-z]+_[a-z_]+$/.test(text));",
    );
    assert_eq!(left, serde_json::json!([]), "every label has its words");
    browser.click("#lang-en");
    assert_eq!(
        browser.text("[data-figure=protected_risk] th"),
        "Risk protected"
    );
}

fn on_a_phone(fixture: &Fixture, browser: &Browser) {
    let width = browser.run("return document.documentElement.scrollWidth");
    assert_eq!(width, PHONE.width, "nothing sticks out");
    assert!(seen(browser, "#map-top") && !seen(browser, "#timeline"));
    browser.click("[data-place=timeline]");
    assert!(seen(browser, "#timeline") && !seen(browser, "#map-top"));
    browser.click("[data-place=overview]");
    assert!(seen(browser, "[data-figure=protected_risk]"));
    browser.click("[data-place=units]");
    let (unit, stop, target) = fixture.visit();
    move_slider(browser, Seconds((stop.from.0 + 59) / 60 * 60));
    let text = browser.text(&format!("[data-now-unit='{unit}']"));
    assert!(text.contains(&target.name.plain), "{text}");
    browser.click("#view .thing");
    browser.click("[data-place=map]");
    assert!(seen(browser, "#view .facts"), "details lie over the map");
    assert_eq!(
        browser.console(),
        Vec::<String>::new(),
        "the console is silent"
    );
}

/// Takes the pictures of `docs/img` anew.
#[test]
#[ignore = "writes docs/img; plans for some minutes"]
fn pictures_for_the_documentation() {
    let installed = webdriver::installed().expect("Chromium with chromedriver");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/img");
    fs::create_dir_all(&folder).expect("the folder of pictures");
    let fixture = Fixture::new("harbour", 150);
    let morning = Seconds(27 * 3600 + 600);
    for (size, lang, name) in [(DESK, "en", "report"), (PHONE, "zh", "report-phone")] {
        let browser = fixture.open(&installed, size);
        browser.click(&format!("#lang-{lang}"));
        browser.run("document.getElementById('rows-targets').click()");
        move_slider(&browser, morning);
        settle(&browser);
        let file = folder.join(format!("{name}.png"));
        fs::write(file, browser.screenshot()).expect("the picture is written");
    }
}
