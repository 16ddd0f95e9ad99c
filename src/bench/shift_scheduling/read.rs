//! The reader, section by section.

use std::collections::BTreeSet;

use super::Cover;
use super::Person;
use super::Problem;
use super::Shift;
use super::Wish;
use super::lines::Cell;
use super::lines::Lines;
use super::lines::Row;
use crate::bench::names::Names;
use crate::error::Result;

/// Most days that a file may have.
const MOST_DAYS: u32 = 1000;
/// Most kinds of shift.
const MOST_SHIFTS: usize = 100;
/// Most people.
const MOST_PEOPLE: usize = 1000;
/// Most minutes, of a shift or in all.
const MOST_MINUTES: u32 = 10_000_000;
/// Most of anything else that is counted.
const MOST: u32 = 1_000_000;
/// Greatest weight.
const GREATEST_WEIGHT: u32 = 100_000;
/// Greatest cover of a shift.
const MOST_WANTED: u32 = 1000;
/// What the wishes of a person may weigh together.
const GREATEST_SUM: u64 = 100_000_000;

const HORIZON: &str = "SECTION_HORIZON";
const SHIFTS: &str = "SECTION_SHIFTS";
const STAFF: &str = "SECTION_STAFF";
const DAYS_OFF: &str = "SECTION_DAYS_OFF";
const ON: &str = "SECTION_SHIFT_ON_REQUESTS";
const OFF: &str = "SECTION_SHIFT_OFF_REQUESTS";
const COVER: &str = "SECTION_COVER";

impl Problem {
    /// Reads a file.
    ///
    /// # Errors
    /// See [`fn@super::read`].
    pub(super) fn parse(text: &str) -> Result<Self> {
        let sections = [HORIZON, SHIFTS, STAFF, DAYS_OFF, ON, OFF, COVER];
        let mut lines = Lines::new(text, &sections);
        let days = horizon(&mut lines);
        let (kinds, shifts) = shifts(&mut lines);
        let (names, mut people) = staff(&mut lines, &kinds);
        // What follows names people and shifts: it would only echo what is wrong with them.
        if lines.is_spoilt() {
            return Err(lines.finish());
        }
        days_off(&mut lines, days, &names, &mut people);
        let on = wishes(&mut lines, ON, days, &names, &kinds);
        let off = wishes(&mut lines, OFF, days, &names, &kinds);
        let cover = cover(&mut lines, days, &kinds);
        let problem = Self {
            days,
            kinds,
            shifts,
            names,
            people,
            on,
            off,
            cover,
        };
        lines.finish().into_result(problem)
    }
}

/// The number of days.
fn horizon(lines: &mut Lines<'_>) -> u32 {
    let rows = lines.take(HORIZON);
    let what = ["the number of days"];
    let Some(row) = rows.first() else {
        if !lines.is_spoilt() {
            lines.lacking(HORIZON);
        }
        return 1;
    };
    if let Some(more) = rows.get(1) {
        lines.twice(more[0], "the number of days");
    }
    let row = lines.exactly(row, what);
    row.map_or(1, |[days]| lines.whole(days, what[0], 1..=MOST_DAYS))
}

/// Names of the shifts, and the shifts.
fn shifts(lines: &mut Lines<'_>) -> (Names, Vec<Shift>) {
    let what = ["a shift", "its length", "shifts that may not follow it"];
    let (kinds, rows) = declared(lines, SHIFTS, "shift", MOST_SHIFTS);
    let mut shifts = Vec::new();
    for row in rows {
        let Some([_, minutes, next]) = lines.exactly(&row, what) else {
            continue;
        };
        let next = next.parts('|').filter(|c| !c.text.is_empty());
        shifts.push(Shift {
            minutes: lines.whole(minutes, "the length of a shift", 0..=MOST_MINUTES),
            not_next: next.map(|c| lines.name(c, "shift", &kinds)).collect(),
        });
    }
    (kinds, shifts)
}

/// Names of the people, and the people.
fn staff(lines: &mut Lines<'_>, kinds: &Names) -> (Names, Vec<Person>) {
    let what = [
        "a person",
        "most shifts",
        "most minutes",
        "fewest minutes",
        "most shifts in a row",
        "fewest shifts in a row",
        "fewest days off in a row",
        "most weekends",
    ];
    let (names, rows) = declared(lines, STAFF, "person", MOST_PEOPLE);
    let mut people = Vec::new();
    for row in rows {
        let Some(row) = lines.exactly(&row, what) else {
            continue;
        };
        let most = most(lines, row[1], kinds);
        let mut whole = |k: usize, most| lines.whole(row[k], what[k], 0..=most);
        people.push(Person {
            most,
            most_minutes: whole(2, MOST_MINUTES),
            least_minutes: whole(3, MOST_MINUTES),
            longest: whole(4, MOST),
            shortest: whole(5, MOST),
            rest: whole(6, MOST),
            weekends: whole(7, MOST),
            days_off: Vec::new(),
        });
    }
    (names, people)
}

/// The names that the rows of a section begin with, and the rows. Names of rows that are wrong
/// otherwise count too, so that what refers to them is not wrong as well.
fn declared<'a>(
    lines: &mut Lines<'a>,
    section: &str,
    what: &str,
    most: usize,
) -> (Names, Vec<Row<'a>>) {
    let rows = lines.take(section);
    lines.few(&rows, most, section);
    let mut names = Names::default();
    for row in &rows {
        lines.declare(row[0], what, &mut names);
    }
    (names, rows)
}

/// Most shifts of each kind: `E=14|L=0`. A kind that is not named has no limit.
fn most(lines: &mut Lines<'_>, cell: Cell<'_>, kinds: &Names) -> Vec<u32> {
    let mut most = vec![None; kinds.len()];
    for part in cell.parts('|').filter(|p| !p.text.is_empty()) {
        let sides: Vec<_> = part.parts('=').collect();
        let [kind, number] = sides[..] else {
            let what = "this is not the most shifts of a kind";
            lines.fault(part, "B002", what, "write E=14|L=0");
            continue;
        };
        let kind_place = lines.name(kind, "shift", kinds);
        let number = lines.whole(number, "the most shifts of a kind", 0..=MOST);
        if let Some(place) = most.get_mut(kind_place)
            && place.replace(number).is_some()
            && kinds.find(kind.text).is_some()
        {
            lines.twice(kind, "the most shifts of this kind");
        }
    }
    most.into_iter().map(|m| m.unwrap_or(MOST)).collect()
}

/// Days that must be off: a person, then any number of days.
fn days_off(lines: &mut Lines<'_>, days: u32, names: &Names, people: &mut [Person]) {
    for row in lines.take(DAYS_OFF) {
        let person = lines.name(row[0], "person", names);
        let listed = row[1..].iter().filter(|c| !c.text.is_empty());
        let listed: Vec<usize> = listed.map(|c| day(lines, *c, days)).collect();
        people[person].days_off.extend(listed);
    }
}

/// Wishes of a section.
fn wishes(
    lines: &mut Lines<'_>,
    section: &str,
    days: u32,
    names: &Names,
    kinds: &Names,
) -> Vec<Wish> {
    let what = ["a person", "a day", "a shift", "a weight"];
    let mut sums = vec![0_u64; names.len()];
    let mut wishes = Vec::new();
    for row in lines.take(section) {
        let Some([person, day, shift, weight]) = lines.exactly(&row, what) else {
            continue;
        };
        let wish = Wish {
            person: lines.name(person, "person", names),
            day: self::day(lines, day, days),
            shift: lines.name(shift, "shift", kinds),
            weight: lines.whole(weight, "the weight", 0..=GREATEST_WEIGHT),
        };
        let sum = &mut sums[wish.person];
        *sum += u64::from(wish.weight);
        if *sum > GREATEST_SUM {
            *sum = 0;
            let hint = format!("those of a person may weigh {GREATEST_SUM} in all");
            lines.fault(
                weight,
                "B007",
                "the wishes of this person weigh too much",
                &hint,
            );
        }
        wishes.push(wish);
    }
    wishes
}

/// How many are wanted.
fn cover(lines: &mut Lines<'_>, days: u32, kinds: &Names) -> Vec<Cover> {
    let what = [
        "a day",
        "a shift",
        "how many are wanted",
        "the weight of too few",
        "the weight of too many",
    ];
    let mut seen = BTreeSet::new();
    let mut covers = Vec::new();
    for row in lines.take(COVER) {
        let Some([day, shift, wanted, under, over]) = lines.exactly(&row, what) else {
            continue;
        };
        let cover = Cover {
            day: self::day(lines, day, days),
            shift: lines.name(shift, "shift", kinds),
            wanted: lines.whole(wanted, what[2], 0..=MOST_WANTED),
            under: lines.whole(under, what[3], 0..=GREATEST_WEIGHT),
            over: lines.whole(over, what[4], 0..=GREATEST_WEIGHT),
        };
        if !seen.insert((cover.day, cover.shift)) && !lines.is_spoilt() {
            lines.twice(day, "the cover of this day and shift");
        }
        covers.push(cover);
    }
    covers
}

fn day(lines: &mut Lines<'_>, cell: Cell<'_>, days: u32) -> usize {
    lines.whole(cell, "the day", 0..=days - 1) as usize
}
