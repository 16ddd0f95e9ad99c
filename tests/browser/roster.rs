//! The roster in a browser: the grid says what the checker says, cells open, findings lead to
//! their cells, duties to their routes, and a large one stays quick.

use std::fs;

use roundsman::report;
use roundsman::report::Lang;

use crate::rostered;
use crate::rostered::Rostered;
use crate::webdriver;
use crate::webdriver::Browser;
use crate::{DESK, PHONE, seen, settle};

/// The report of a fixture, opened.
fn open(
    of: &Rostered,
    installed: &(std::path::PathBuf, std::path::PathBuf),
    size: crate::webdriver::Size,
) -> Browser {
    let file = of.files.file("report.html");
    let html = report::html(&of.world, &of.plan, &of.verdict, Lang::En);
    fs::write(&file, html).expect("the report is written");
    let browser = Browser::start(installed, size);
    browser.open(&file);
    browser
}

fn count(browser: &Browser, selector: &str) -> u64 {
    let script = format!("return document.querySelectorAll('{selector}').length");
    browser.run(&script).as_u64().expect("a number")
}

#[test]
fn the_roster_works_in_a_browser() {
    let Some(installed) = webdriver::installed() else {
        eprintln!("skipped: no Chromium with chromedriver in PATH");
        return;
    };
    let twelve = rostered::twelve();
    let browser = open(&twelve, &installed, DESK);
    assert!(!seen(&browser, "#roster-scroll"), "routes come first");
    browser.click("#sheet-roster");
    settle(&browser);
    the_grid_is_the_checkers(&twelve, &browser);
    cells_open_and_lead_to_routes(&browser);
    findings_lead_to_cells(&browser);
    keys_move(&browser);
    languages_switch(&browser);
    paper_is_filled(&browser);
    assert_eq!(browser.console(), Vec::<String>::new());
    drop(browser);
    on_a_phone(&open(&twelve, &installed, PHONE));
    many_are_quick(&open(&rostered::many(150), &installed, DESK));
}

fn the_grid_is_the_checkers(of: &Rostered, browser: &Browser) {
    assert!(seen(browser, ".roster-grid") && seen(browser, "#view .facts"));
    let people = &of.verdict.roster.as_ref().expect("a verdict").people;
    assert_eq!(count(browser, "[data-cell]"), 12 * 14);
    let seats = of.plan.roster.as_ref().expect("a roster").seats.len();
    assert_eq!(count(browser, "[data-cell].on"), seats as u64);
    for (i, kpi) in people.iter().enumerate() {
        let row = browser.run(&format!(
            "const row = document.querySelector('[data-person=\"{i}\"]').parentNode;
             return [...row.querySelectorAll('.total')].map((node) => Number(node.textContent))"
        ));
        let told = |column: usize| row[column].as_f64().expect("a number");
        assert!((told(0) - kpi.hours).abs() < 0.06, "{row}");
        assert_eq!((told(1), told(2)), (kpi.nights as f64, kpi.weekends as f64));
        assert!((told(3) - kpi.overtime_hours).abs() < 0.06, "{row}");
    }
    let marked = count(browser, "[data-cell].wish") + count(browser, "[data-cell].refused");
    assert!(marked > 0);
    assert_eq!(count(browser, "[data-cell].away"), 5);
    assert_eq!(browser.text("[data-cell=\"0\"]"), "D");
    // Two of two on the night of the first Monday.
    assert_eq!(browser.text(".cover:nth-child(4) td"), "22");
}

fn cells_open_and_lead_to_routes(browser: &Browser) {
    browser.click("[data-cell=\"0\"]");
    settle(browser);
    assert_eq!(browser.text("#view h2"), "An Wei");
    assert_eq!(browser.text("#view .now"), "Day · Mon 05:45 – Mon 14:00");
    assert_eq!(browser.text("#view .mates button"), "Bai Min");
    browser.click("#view .mates button");
    settle(browser);
    assert_eq!(browser.text("#view h2"), "Bai Min");
    browser.click("#view .route-link");
    settle(browser);
    assert!(seen(browser, "#map-top") && !seen(browser, "#roster-scroll"));
    assert_eq!(browser.text("#view h2"), "Car 1");
    browser.click("#sheet-roster");
}

fn findings_lead_to_cells(browser: &Browser) {
    let go = |name: &str| {
        browser.run(&format!(
            "document.getElementById('tab-people').click();
             document.querySelector('.more')?.click();
             [...document.querySelectorAll('button.card')].find((card) => card.textContent.includes('{name}')).click()"
        ));
        settle(browser);
    };
    go("He Ping");
    assert_eq!(browser.text("#view h2"), "He Ping");
    assert!(seen(browser, "[data-cell].chosen"));
    go("staffing");
    assert!(browser.text("#view h2").starts_with("Police"));
}

fn keys_move(browser: &Browser) {
    browser.click("[data-cell=\"15\"]");
    browser.type_keys("#roster-scroll", "\u{e014}\u{e015}");
    let chosen = browser.run("return document.querySelector('.chosen').dataset.cell");
    assert_eq!(chosen, (15 + 1 + 14).to_string());
}

fn languages_switch(browser: &Browser) {
    browser.click("#lang-zh");
    browser.click("#tab-people");
    settle(browser);
    assert_eq!(browser.text("[data-cell=\"0\"]"), "白");
    let left = browser.run(
        "const words = [...document.querySelectorAll('.roster *, #view *')].filter((node) => node.children.length === 0)
           .map((node) => node.textContent);
         return words.filter((text) => /^[a-z]+_[a-zA-Z_-]+$/.test(text) || /[{}]/.test(text));",
    );
    assert_eq!(left, serde_json::json!([]), "every label has its words");
    browser.click("#lang-en");
}

fn paper_is_filled(browser: &Browser) {
    browser.run("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))");
    assert_eq!(count(browser, "#paper .roster-grid [data-cell]"), 12 * 14);
    assert!(count(browser, "#paper .findings tr") > 10);
    browser.run("document.getElementById('paper').replaceChildren()");
}

fn on_a_phone(browser: &Browser) {
    browser.click("[data-place=roster]");
    settle(browser);
    assert!(seen(browser, ".roster-legend") && !seen(browser, "#map-top"));
    browser.click("[data-cell=\"0\"]");
    settle(browser);
    assert!(
        seen(browser, "#view .route-link"),
        "details lie over the grid"
    );
    browser.click("#view .route-link");
    settle(browser);
    assert!(seen(browser, "#map-top"));
    browser.click("[data-place=people]");
    settle(browser);
    assert!(seen(browser, "#view .dots"));
    let width = browser.run("return document.documentElement.scrollWidth");
    assert_eq!(width, PHONE.width, "nothing sticks out");
    assert_eq!(browser.console(), Vec::<String>::new());
}

/// Far from a second even where the machine is busy; a click without a thought.
fn many_are_quick(browser: &Browser) {
    let took = browser.run(
        "const began = performance.now();
         document.getElementById('sheet-roster').click();
         document.querySelector('.roster-grid').getBoundingClientRect();
         const shown = performance.now();
         document.querySelector('[data-cell=\"2000\"]').click();
         return [shown - began, performance.now() - shown]",
    );
    assert_eq!(count(browser, "[data-cell]"), 150 * 28);
    let took = |i: usize| took[i].as_f64().expect("milliseconds");
    assert!(
        took(0) < 3000.0 && took(1) < 500.0,
        "{} {}",
        took(0),
        took(1)
    );
}
