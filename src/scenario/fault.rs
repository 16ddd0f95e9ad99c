//! What can be wrong with a scenario: one function per error code. `docs/errors.md` has the
//! cause and the cure of each, and tests/scenario.rs provokes each.

use std::fmt::Display;

use crate::error::Error;
use crate::error::nearest;
use crate::units::Seconds;

/// Known words listed in a hint, at most.
const LISTED: usize = 16;

/// A hint that names the likely word, else the known ones.
fn meant<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(near) = nearest(word, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    match known.len() {
        0 => "none is declared".to_owned(),
        count if count > LISTED => format!("known: {}, ...", known[..LISTED].join(", ")),
        _ => format!("known: {}", known.join(", ")),
    }
}

/// A byte that is not UTF-8.
pub(crate) fn s001_not_utf8(byte: u8) -> Error {
    Error::input("S001", "this line is not UTF-8 text")
        .value(format!("byte 0x{byte:02X}"))
        .hint("save the file as UTF-8 (in Excel: \"CSV UTF-8\"); GBK and UTF-16 are not read")
}

/// A file larger than we read.
pub(crate) fn s002_too_large(cap: u64) -> Error {
    Error::input("S002", format!("the file is larger than {cap} bytes"))
        .hint("is it the right file? cut the layer down to the area that is planned")
}

/// TOML that is none.
pub(crate) fn s003_toml(message: &str) -> Error {
    Error::input("S003", format!("not valid TOML: {message}"))
        .hint("text stands in quotes, tables in [brackets], lists of tables in [[brackets]]")
}

/// A key, column or property that does not exist.
pub(crate) fn s004_unknown<'a>(
    what: &str,
    title: &str,
    word: &str,
    known: impl Iterator<Item = &'a str>,
) -> Error {
    Error::input("S004", format!("unknown {what} in {title}"))
        .value(word)
        .hint(meant(word, known))
}

/// A key, column or value that must be there.
pub(crate) fn s005_missing(what: impl Display, hint: impl Into<String>) -> Error {
    Error::input("S005", format!("{what} is missing")).hint(hint)
}

/// A TOML or JSON value of the wrong type.
pub(crate) fn s006_type(name: &str, expected: &str, found: &str) -> Error {
    Error::input("S006", format!("`{name}` must be {expected}"))
        .value(found)
        .hint(format!("write {name} = {expected}"))
}

/// CSV that is none.
pub(crate) fn s007_csv(what: impl Into<String>, hint: &str) -> Error {
    Error::input("S007", what).hint(hint)
}

/// GeoJSON that is none.
pub(crate) fn s008_geojson(what: impl Into<String>) -> Error {
    Error::input("S008", what)
        .hint("export the layer as a GeoJSON FeatureCollection (RFC 7946) in longitude, latitude")
}

/// A feature of the wrong shape.
pub(crate) fn s009_geometry(what: impl Into<String>, hint: &str) -> Error {
    Error::input("S009", what).hint(hint)
}

/// Text that is no duration.
pub(crate) fn s010_duration(name: &str, text: &str) -> Error {
    Error::input("S010", format!("`{name}` is not a length of time"))
        .value(text)
        .hint("write 90m, 1h30m, 45s, 2d, or a number of minutes")
}

/// Text that is no time of day or date-time.
pub(crate) fn s011_time(name: &str, text: &str, form: &str) -> Error {
    Error::input("S011", format!("`{name}` is not a time"))
        .value(text)
        .hint(format!("write it as {form}"))
}

/// Text that is no number, or one out of range.
pub(crate) fn s012_number(name: &str, text: &str, range: impl Display) -> Error {
    Error::input("S012", format!("`{name}` must be {range}"))
        .value(text)
        .hint("give a plain decimal number in that range")
}

/// Coordinates that are nowhere.
pub(crate) fn s013_coordinates(x: f64, y: f64, planar: bool) -> Error {
    let error = Error::input("S013", "coordinates out of range").value(format!("{x}, {y}"));
    if planar {
        return error.hint("planar coordinates are metres within 10,000 km of the origin");
    }
    let swapped = x.abs() <= 90.0 && y.abs() > 90.0 && y.abs() <= 180.0;
    error.hint(if swapped {
        "longitude and latitude seem to be swapped: longitude comes first"
    } else {
        "longitude is -180 to 180, latitude -90 to 90; is the layer in metres? see map.datum"
    })
}

/// A reference to nothing.
pub(crate) fn s014_unknown<'a>(
    what: &str,
    word: &str,
    known: impl Iterator<Item = &'a str>,
) -> Error {
    Error::input("S014", format!("unknown {what}"))
        .value(word)
        .hint(meant(word, known))
}

/// A key used twice.
pub(crate) fn s015_duplicate(what: &str, key: &str, first: &str) -> Error {
    Error::input("S015", format!("two of {what} have the same key"))
        .value(key)
        .hint(format!(
            "the first stands at {first}; keys are unique in their list"
        ))
}

/// A key or word that cannot be one.
pub(crate) fn s016_key(name: &str, key: &str) -> Error {
    Error::input("S016", format!("`{name}` cannot be a key"))
        .value(key)
        .hint("keys are letters, digits, - _ and . of any script, at most 64, without blanks")
}

/// Text that is no windows.
pub(crate) fn s017_windows(text: &str, part: &str) -> Error {
    Error::input("S017", format!("windows cannot be read at `{part}`"))
        .value(text)
        .hint("write them as `mon-fri 08:00-18:00; sat 09:00-13:00`, or `always`")
}

/// No such time zone.
pub(crate) fn s018_zone(name: &str) -> Error {
    let known: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    let hint = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use an IANA name such as Asia/Shanghai or Europe/Malta".to_owned(),
    };
    Error::input("S018", "unknown time zone")
        .value(name)
        .hint(hint)
}

/// A horizon that cannot be.
pub(crate) fn s019_horizon(what: &str, value: impl Display) -> Error {
    Error::input("S019", format!("the horizon cannot start here: {what}"))
        .value(value)
        .hint("choose a local time that exists on that day, in a year from 1900 to 2200")
}

/// Map format, datum and files that do not go together.
pub(crate) fn s020_map(what: &str, value: impl Display, hint: &str) -> Error {
    Error::input("S020", what).value(value).hint(hint)
}

/// A word that is none of the choices.
pub(crate) fn s021_choice<'a>(
    name: &str,
    word: &str,
    known: impl Iterator<Item = &'a str>,
) -> Error {
    Error::input("S021", format!("`{name}` does not have this choice"))
        .value(word)
        .hint(meant(word, known))
}

/// A risk profile that gives none of its forms, or several.
pub(crate) fn s022_risk_profile(what: impl Into<String>) -> Error {
    Error::input("S022", what)
        .hint("give either hourly = [24 numbers], weekday and weekend (24 each), or week = [168 from Monday 00:00]")
}

/// An effect curve that is none.
pub(crate) fn s023_effect(what: impl Into<String>) -> Error {
    Error::input("S023", what).hint("ages rise, levels fall from at most 100 to at least 1 percent")
}

/// Two duties of a unit at the same time.
pub(crate) fn s024_overlap(unit: &str, first: &str, second: &str, when: &str) -> Error {
    Error::input(
        "S024",
        format!("shifts `{first}` and `{second}` of this unit overlap, first on {when}"),
    )
    .value(unit)
    .hint("shorten one, give them different weekdays, or declare a second unit")
}

/// A break that cannot be given.
pub(crate) fn s025_break(number: usize, why: &str) -> Error {
    Error::input("S025", format!("break {number} cannot be given: {why}"))
        .hint("earliest and latest count from the shift's start; a break lies between briefing and handing back, after the one before")
}

/// Nothing left between briefing and handing back.
pub(crate) fn s026_briefing(taken: Seconds, length: Seconds) -> Error {
    Error::input("S026", "briefing and handing back leave no time to patrol")
        .value(format!("{taken} of {length}"))
        .hint("shorten them or lengthen the shift")
}

/// A window too short for the visit.
pub(crate) fn s027_window(window: Seconds, dwell: Seconds) -> Error {
    Error::input(
        "S027",
        format!("a window is shorter than the visit of {dwell}"),
    )
    .value(window)
    .hint("a visit lies wholly inside one window: widen it or shorten the dwell")
}

/// Sums that would not fit.
pub(crate) fn s028_overflow(riskiest: &str) -> Error {
    let what = "the risk of all targets together is too large to be added up exactly";
    Error::input("S028", format!("{what}; this one has most"))
        .value(riskiest)
        .hint("divide all risks by the same number: only their proportions matter")
}

/// Nothing to patrol.
pub(crate) fn s029_no_targets() -> Error {
    Error::input("S029", "there is nothing to visit").hint(
        "name a sites or segments layer with at least one row, or an order with a place of its own",
    )
}

/// An order that nobody can serve.
pub(crate) fn s030_nobody(order: &str, why: &str) -> Error {
    Error::input("S030", format!("nobody can serve this order: {why}"))
        .value(order)
        .hint("compare its units, skills, windows and targets with the units' tiers, zones, skills and shifts")
}

/// A unit that works no shift.
pub(crate) fn s031_no_shift(unit: &str) -> Error {
    Error::input("S031", "this unit works no shift")
        .value(unit)
        .hint("list its shifts, as in shifts = [\"day\", \"night\"], or take the unit out")
}

/// Risk, a promise or a share of the standard without a standard.
pub(crate) fn s032_no_standard(what: &str) -> Error {
    Error::input("S032", format!("{what}, but the target has no standard"))
        .hint("give it a standard, or an effect with ages of its own and no promise")
}

/// An order without a place, or with two.
pub(crate) fn s033_place(what: &str) -> Error {
    Error::input("S033", what)
        .hint("give either `targets` or a place of its own (lon and lat, or x and y)")
}

/// A last visit that is yet to come.
pub(crate) fn s034_last_visit(text: &str) -> Error {
    Error::input("S034", "the last visit must lie before the start")
        .value(text)
        .hint("it is the end of the last visit before the horizon; leave it empty when unknown")
}

/// Authorities that cannot be read.
pub(crate) fn s035_authority(text: &str, part: &str) -> Error {
    Error::input("S035", format!("authority cannot be read at `{part}`"))
        .value(text)
        .hint("write it as `police=1 station=0.8 guards=0`, shares from 0 to 1 in whole hundredths")
}

/// A shift without a length, or with two, or too long.
pub(crate) fn s036_shift(what: &str) -> Error {
    Error::input("S036", what).hint("give either `length` (up to 72h) or `end`")
}

/// A scenario that grows beyond what can be held.
pub(crate) fn s037_too_much(what: &str, count: usize, cap: usize) -> Error {
    Error::input(
        "S037",
        format!("the scenario asks for too many {what} (at most {cap})"),
    )
    .value(count)
    .hint("plan a shorter horizon or fewer rows, or cut the work into several scenarios")
}

/// Keys of a rule that do not go together.
pub(crate) fn s038_rule(rule: &str, what: &str, hint: &str) -> Error {
    Error::input("S038", what).value(rule).hint(hint)
}

/// A day that lies where it means nothing.
pub(crate) fn s039_day(what: &str, day: &str, hint: &str) -> Error {
    Error::input("S039", what).value(day).hint(hint)
}

/// A pattern and crews or shifts that do not go together.
pub(crate) fn s040_pattern(what: impl Into<String>) -> Error {
    Error::input("S040", what)
        .hint("`roundsman roster patterns` shows the crews and turns of each pattern")
}

/// Numbers of people that contradict each other.
pub(crate) fn s041_people(what: impl Into<String>, hint: &str) -> Error {
    Error::input("S041", what).hint(hint)
}

/// Two duties of one person at the same time, before the horizon.
pub(crate) fn s042_history(person: &str, first: &str) -> Error {
    let what = "two duties of one person in the roster before overlap";
    Error::input("S042", what).value(person).hint(format!(
        "the other stands at {first}; keep the one that was worked"
    ))
}
