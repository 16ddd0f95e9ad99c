//! The files of a scenario as text.

use std::fmt::Write;

use super::draw::fence;
use super::ground::Ground;
use super::ground::Point;
use super::make::Unit;
use super::make::Zone;

/// What does not depend on the zone: tiers, risks, effects, kinds, shifts.
const FORCES: &str = include_str!("forces.toml");

/// `scenario.toml`.
pub fn scenario(ground: &Ground, zone: &Zone) -> String {
    let mut text = format!(
        "# A made-up zone on real roads, by examples/make_zone.rs.\n\n[scenario]\n\
         name = \"Zone of {} targets, {} units\"\ntimezone = \"Europe/Malta\"\n\
         start = \"2026-11-23T06:00\"\ndays = {}\n\n[map]\nfile = \"roads.osm.pbf\"\n\n{FORCES}",
        zone.size.targets, zone.size.units, zone.size.days
    );
    let stations = zone.towns.iter().map(|t| t.centre).enumerate();
    for (k, at) in stations {
        base(&mut text, &format!("station-{k}"), ground, at);
    }
    for (k, &at) in zone.gates.iter().enumerate() {
        base(&mut text, &format!("gate-{k}"), ground, at);
    }
    for unit in &zone.units {
        add_unit(&mut text, unit);
    }
    text
}

fn base(text: &mut String, id: &str, ground: &Ground, at: Point) {
    let at = ground.degrees(at);
    let row = format!(
        "\n[[base]]\nid = \"{id}\"\nlon = {:.6}\nlat = {:.6}\n",
        at.x, at.y
    );
    text.push_str(&row);
}

fn add_unit(text: &mut String, unit: &Unit) {
    let row = format!(
        "\n[[unit]]\nid = \"{}\"\ntier = \"{}\"\nbase = \"{}\"\nprofile = \"{}\"\nseats = 2\n\
         shifts = {:?}\n",
        unit.id, unit.tier, unit.base, unit.profile, unit.shifts
    );
    text.push_str(&row);
    if !unit.zones.is_empty() {
        text.push_str(&format!("zones = {:?}\n", unit.zones));
    }
    if unit.contact {
        text.push_str(
            "skills = [\"contact\"]\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\n",
        );
    }
}

/// `sites.csv`.
pub fn sites(ground: &Ground, zone: &Zone) -> String {
    let mut text = String::from("id,kind,groups,lon,lat,hard,last_visit\n");
    for (k, site) in zone.sites.iter().enumerate() {
        let at = ground.degrees(site.at);
        let group = site.district.map(|d| format!("district-{d}"));
        let hard = if site.hard { "1" } else { "" };
        let last = site.last_visit.map(|minutes| format!("{minutes}m"));
        let row = format!(
            "{}-{k},{},{},{:.6},{:.6},{hard},{}\n",
            site.kind,
            site.kind,
            group.unwrap_or_default(),
            at.x,
            at.y,
            last.unwrap_or_default()
        );
        text.push_str(&row);
    }
    text
}

/// `segments.geojson`.
pub fn segments(ground: &Ground, zone: &Zone) -> String {
    let feature = |(k, run): (usize, &super::ground::Run)| {
        let both_ways = if run.one_way { "no" } else { "yes" };
        let row = format!(r#"{{"id": "road-{k}", "kind": "road", "both_ways": "{both_ways}"}}"#);
        let line = coordinates(ground, &run.line);
        (
            row,
            format!(r#"{{"type": "LineString", "coordinates": {line}}}"#),
        )
    };
    collection(zone.segments.iter().enumerate().map(feature))
}

/// `zones.geojson`.
pub fn zones(ground: &Ground, zone: &Zone) -> String {
    let towns = zone.towns.iter().map(|t| t.outline.clone()).enumerate();
    let towns = towns.map(|(k, outline)| (format!("town-{k}"), outline));
    let fences = zone.gates.iter().map(|&gate| fence(gate)).enumerate();
    let fences = fences.map(|(k, outline)| (format!("compound-{k}"), outline));
    collection(towns.chain(fences).map(|(id, mut outline)| {
        outline.push(outline[0]);
        let ring = coordinates(ground, &outline);
        (
            format!(r#"{{"id": "{id}"}}"#),
            format!(r#"{{"type": "Polygon", "coordinates": [{ring}]}}"#),
        )
    }))
}

/// `orders.csv`: each contact team calls on five enterprises a day, none twice in two days;
/// single tasks at places of their own.
pub fn orders(ground: &Ground, zone: &Zone) -> String {
    let mut text = String::from(
        "id,targets,lon,lat,count,per,spacing,windows,from,until,dwell,units,points,hard\n",
    );
    for team in 0..zone.teams {
        let called_on = |d: Option<usize>| d == Some(team);
        if zone.sites.iter().any(|s| called_on(s.district)) {
            let row = format!(
                "five-a-day-{team},group:district-{team},,,5,day,2d,mon-fri 08:45-16:45,,,20m,contact-{team},5,10\n"
            );
            text.push_str(&row);
        }
    }
    for (k, &at) in zone.tasks.iter().enumerate() {
        let at = ground.degrees(at);
        let day = 23 + k % zone.size.days.min(7);
        let hour = 8 + k * 5 % 12;
        let (from, until) = (
            format!("2026-11-{day}T{hour:02}:00"),
            format!("2026-11-{day}T{:02}:00", hour + 3),
        );
        let row = format!(
            "task-{k},,{:.6},{:.6},1,horizon,,,{from},{until},30m,tier:police,15,10\n",
            at.x, at.y
        );
        text.push_str(&row);
    }
    text
}

/// Points as a list of positions.
fn coordinates(ground: &Ground, line: &[Point]) -> String {
    let mut text = String::from("[");
    for (k, &at) in line.iter().enumerate() {
        let at = ground.degrees(at);
        let comma = if k == 0 { "" } else { ", " };
        // Writing to a string does not fail.
        let _ = write!(text, "{comma}[{:.7}, {:.7}]", at.x, at.y);
    }
    text.push(']');
    text
}

/// Features, each by its properties and its geometry, as a file.
fn collection(features: impl Iterator<Item = (String, String)>) -> String {
    let feature = |(properties, geometry): (String, String)| {
        format!(r#"{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}"#)
    };
    let all: Vec<String> = features.map(feature).collect();
    format!(
        "{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}\n",
        all.join(",\n")
    )
}
