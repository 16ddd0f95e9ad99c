//! How fast a profile moves on a way: class, `maxspeed`, surface, pace.

use super::RoadWay;
use super::access::Direction;
use super::profile::Profile;
use super::profile::base_class;

/// Speed on patrol and to an emergency, km/h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Speeds {
    pub(super) patrol: f64,
    pub(super) urgent: f64,
}

/// Speed of those who push a bicycle.
const PUSHING_KMH: f64 = 5.0;
/// What `maxspeed=walk` means.
const WALK_KMH: f64 = 7.0;
const KMH_PER_MPH: f64 = 1.609_344;

/// Speeds of `profile` on `way`, whose class gives `class_kmh`. Values that are not
/// understood go to `unknown` as key and value.
pub(super) fn speeds(
    profile: &Profile,
    way: &RoadWay,
    class_kmh: f64,
    direction: Direction,
    pushing: bool,
    unknown: &mut dyn FnMut(&str, &str),
) -> Speeds {
    let limit = speed_limit(profile, way, direction, unknown);
    let class = base_class(way.tag("highway").unwrap_or_default());
    let limit_sets = profile.maxspeed_sets.iter().any(|c| c == class);
    let mut kmh = match (way.kmh, limit) {
        (Some(stated), _) if limit_sets => stated,
        (Some(stated), _) => class_kmh.min(stated),
        (None, Some(limit)) if limit_sets => limit,
        (None, Some(limit)) if profile.maxspeed_caps => class_kmh.min(limit),
        (None, _) => class_kmh,
    };
    for (key, caps) in [("service", &profile.service), ("surface", &profile.surface)] {
        if let Some(&cap) = way.tag(key).and_then(|value| caps.get(value)) {
            kmh = kmh.min(cap);
        }
    }
    if pushing {
        kmh = kmh.min(PUSHING_KMH);
    }
    Speeds {
        patrol: (kmh * profile.patrol_factor).min(profile.max_kmh),
        urgent: (kmh * profile.urgent_factor).min(profile.max_kmh),
    }
}

/// The limit signed on a way, km/h.
fn speed_limit(
    profile: &Profile,
    way: &RoadWay,
    direction: Direction,
    unknown: &mut dyn FnMut(&str, &str),
) -> Option<f64> {
    let of_direction = format!("maxspeed:{}", direction.suffix());
    for key in [of_direction.as_str(), "maxspeed"] {
        let Some(value) = way.tag(key) else { continue };
        match read_limit(value) {
            Limit::Kmh(kmh) => return Some(kmh),
            Limit::Unlimited => return Some(profile.max_kmh),
            Limit::Varies => {}
            Limit::Unknown => unknown(key, value),
        }
    }
    None
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Limit {
    Kmh(f64),
    Unlimited,
    /// Shown by signals, or not a figure on purpose.
    Varies,
    Unknown,
}

/// Reads a `maxspeed` value; of several the lowest.
fn read_limit(value: &str) -> Limit {
    let mut lowest: Option<f64> = None;
    for part in value.split([';', '|']) {
        match read_one_limit(part.trim()) {
            Limit::Kmh(kmh) => lowest = Some(lowest.map_or(kmh, |l| l.min(kmh))),
            other if lowest.is_none() && !value.contains([';', '|']) => return other,
            _ => {}
        }
    }
    lowest.map_or(Limit::Unknown, Limit::Kmh)
}

fn read_one_limit(value: &str) -> Limit {
    match value {
        "none" | "no" => return Limit::Unlimited,
        "walk" => return Limit::Kmh(WALK_KMH),
        "signals" | "variable" | "default" | "implicit" | "unknown" => return Limit::Varies,
        _ => {}
    }
    if let Some((_, zone)) = value.split_once(':') {
        return zone_limit(zone);
    }
    let digits = value
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(value.len());
    let (figure, unit) = value.split_at(digits);
    let factor = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" => 1.0,
        "mph" => KMH_PER_MPH,
        _ => return Limit::Unknown,
    };
    match figure.parse::<f64>() {
        Ok(figure) if figure > 0.0 && figure < 1000.0 => Limit::Kmh(figure * factor),
        _ => Limit::Unknown,
    }
}

/// What a country's implicit limit comes to, such as `urban` of `CN:urban`.
fn zone_limit(zone: &str) -> Limit {
    let figure = zone.trim_start_matches(|c: char| !c.is_ascii_digit());
    match zone {
        "urban" | "urban_primary" | "urban_secondary" | "city" => Limit::Kmh(50.0),
        "rural" | "nsl_single" | "single_carriageway" => Limit::Kmh(80.0),
        "trunk" | "express" | "expressway" | "nsl_dual" | "nsl_restricted" => Limit::Kmh(100.0),
        "motorway" => Limit::Kmh(120.0),
        "living_street" | "walk" | "pedestrian_zone" => Limit::Kmh(WALK_KMH),
        "bicycle_road" | "school" => Limit::Kmh(30.0),
        _ => match figure.parse::<f64>() {
            Ok(kmh) if kmh > 0.0 && kmh < 200.0 => Limit::Kmh(kmh),
            _ => Limit::Unknown,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tags;
    use super::*;

    #[test]
    fn limits_read_in_every_spelling() {
        for (value, limit) in [
            ("50", Limit::Kmh(50.0)),
            ("30 mph", Limit::Kmh(30.0 * KMH_PER_MPH)),
            ("30mph", Limit::Kmh(30.0 * KMH_PER_MPH)),
            ("40 km/h", Limit::Kmh(40.0)),
            ("walk", Limit::Kmh(WALK_KMH)),
            ("none", Limit::Unlimited),
            ("signals", Limit::Varies),
            ("CN:urban", Limit::Kmh(50.0)),
            ("DE:zone:30", Limit::Kmh(30.0)),
            ("DE:zone30", Limit::Kmh(30.0)),
            ("60;40", Limit::Kmh(40.0)),
            ("60; fast", Limit::Kmh(60.0)),
            ("fast", Limit::Unknown),
            ("10 knots", Limit::Unknown),
            ("0", Limit::Unknown),
            ("-20", Limit::Unknown),
            ("1e9", Limit::Unknown),
            ("", Limit::Unknown),
        ] {
            assert_eq!(read_limit(value), limit, "{value}");
        }
    }

    fn on(name: &str, class_kmh: f64, pairs: &[(&str, &str)], direction: Direction) -> Speeds {
        let profile = Profile::built_in(name).unwrap_or_else(|e| panic!("{e}"));
        let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
        let way = RoadWay {
            id: 1,
            nodes: vec![0, 1],
            tags: Tags::new(pairs.iter().map(own).collect()),
            length_metres: None,
            kmh: None,
        };
        speeds(&profile, &way, class_kmh, direction, false, &mut |_, _| ())
    }

    #[test]
    fn a_limit_sets_the_speed_of_cars_and_caps_others() {
        let road = [
            ("highway", "primary"),
            ("maxspeed", "70"),
            ("maxspeed:backward", "40"),
        ];
        assert_eq!(
            on("car", 60.0, &road, Direction::Forward).patrol,
            70.0 * 0.8
        );
        assert_eq!(
            on("car", 60.0, &road, Direction::Backward).patrol,
            40.0 * 0.8
        );
        assert_eq!(
            on("ebike", 20.0, &road, Direction::Forward).patrol,
            20.0 * 0.8
        );
        let slow = [("highway", "service"), ("maxspeed", "walk")];
        assert_eq!(
            on("ebike", 20.0, &slow, Direction::Forward).patrol,
            WALK_KMH * 0.8
        );
        assert_eq!(
            on("foot", 5.0, &[("maxspeed", "3")], Direction::Forward).patrol,
            4.0
        );
    }

    #[test]
    fn urgent_speed_stops_at_the_ceiling() {
        let fast = on(
            "car",
            100.0,
            &[("highway", "motorway"), ("maxspeed", "none")],
            Direction::Forward,
        );
        assert_eq!((fast.patrol, fast.urgent), (96.0, 120.0));
        assert_eq!(on("car", 50.0, &[], Direction::Forward).urgent, 65.0);
    }

    #[test]
    fn surfaces_and_yards_slow_down() {
        let yard = [
            ("highway", "service"),
            ("service", "parking_aisle"),
            ("maxspeed", "40"),
        ];
        assert_eq!(on("car", 20.0, &yard, Direction::Forward).patrol, 8.0);
        let sandy = [("highway", "track"), ("surface", "sand")];
        assert_eq!(on("car", 15.0, &sandy, Direction::Forward).patrol, 8.0);
    }
}
