//! Which ways are roads, and which of their tags travel on.

use crate::roads::Reason;
use crate::roads::Tags;

/// Values of `highway` that some profile could use.
const CLASSES: [&str; 26] = [
    "bridleway",
    "bus_guideway",
    "busway",
    "corridor",
    "cycleway",
    "footway",
    "living_street",
    "motorway",
    "motorway_link",
    "path",
    "pedestrian",
    "primary",
    "primary_link",
    "raceway",
    "residential",
    "road",
    "secondary",
    "secondary_link",
    "service",
    "steps",
    "tertiary",
    "tertiary_link",
    "track",
    "trunk",
    "trunk_link",
    "unclassified",
];

/// Values of `highway` for roads that are not there: not yet or no more.
const NOT_OPEN: [&str; 9] = [
    "abandoned",
    "construction",
    "demolished",
    "dismantled",
    "disused",
    "no",
    "planned",
    "proposed",
    "razed",
];

/// Tags of ways that bear on travel, by the key up to the first colon: `maxspeed` covers
/// `maxspeed:forward`, `access` covers `access:conditional`.
const WAY_KEYS: [&str; 45] = [
    "access",
    "barrier",
    "bicycle",
    "bridge",
    "bus",
    "crossing",
    "cycleway",
    "emergency",
    "foot",
    "footway",
    "ford",
    "goods",
    "hgv",
    "highway",
    "ice_road",
    "incline",
    "junction",
    "lanes",
    "layer",
    "lit",
    "maxheight",
    "maxspeed",
    "maxweight",
    "maxwidth",
    "minspeed",
    "mofa",
    "moped",
    "motor_vehicle",
    "motorcar",
    "motorcycle",
    "motorroad",
    "oneway",
    "psv",
    "ref",
    "segregated",
    "service",
    "sidewalk",
    "smoothness",
    "surface",
    "toll",
    "tracktype",
    "tunnel",
    "vehicle",
    "width",
    "winter_road",
];

/// Tags of nodes that bear on passing through, by the key up to the first colon.
const NODE_KEYS: [&str; 22] = [
    "access",
    "barrier",
    "bicycle",
    "bollard",
    "bus",
    "crossing",
    "emergency",
    "foot",
    "highway",
    "locked",
    "maxheight",
    "maxweight",
    "maxwidth",
    "mofa",
    "moped",
    "motor_vehicle",
    "motorcar",
    "motorcycle",
    "opening_hours",
    "psv",
    "traffic_calming",
    "vehicle",
];

/// Names kept: the plain one, and those in the languages of the reports.
const NAME_KEYS: [&str; 5] = ["name", "name:en", "name:zh", "name:zh-Hans", "name:zh-Hant"];

/// What a way's tags make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// A road.
    Road,
    /// Nothing to do with roads.
    Other,
    /// A road or ferry that is left out, and the value that says so.
    Out(Reason, &'a str),
}

/// Judges a way by its tags.
pub(super) fn judge<'a>(tags: &[(&'a str, &'a str)]) -> Verdict<'a> {
    let tag = |key| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v);
    if tag("route") == Some("ferry") {
        return Verdict::Out(Reason::Ferry, "");
    }
    let Some(highway) = tag("highway") else {
        return Verdict::Other;
    };
    if NOT_OPEN.contains(&highway) {
        Verdict::Out(Reason::NotOpen, highway)
    } else if !CLASSES.contains(&highway) {
        Verdict::Out(Reason::OddHighway, highway)
    } else if tag("area") == Some("yes") {
        Verdict::Out(Reason::ClosedArea, "")
    } else {
        Verdict::Road
    }
}

/// Whether a way's tag is kept.
pub(super) fn is_way_key(key: &str) -> bool {
    WAY_KEYS.binary_search(&stem(key)).is_ok() || NAME_KEYS.contains(&key)
}

/// Whether a node's tag is kept.
pub(super) fn is_node_key(key: &str) -> bool {
    NODE_KEYS.binary_search(&stem(key)).is_ok()
}

/// The tags whose key `keep` wants.
pub(super) fn pick(tags: &[(&str, &str)], keep: impl Fn(&str) -> bool) -> Tags {
    let kept = tags.iter().filter(|(k, _)| keep(k));
    Tags::new(kept.map(|&(k, v)| (k.to_owned(), v.to_owned())).collect())
}

fn stem(key: &str) -> &str {
    key.split_once(':').map_or(key, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::profile::Profile;

    #[test]
    fn tables_are_sorted_for_binary_search() {
        assert!(WAY_KEYS.is_sorted());
        assert!(NODE_KEYS.is_sorted());
    }

    #[test]
    fn what_the_profiles_ask_for_is_kept() {
        for name in Profile::built_in_names() {
            let profile = Profile::built_in(name).expect("built in");
            let closing = profile.closed_if.iter().filter_map(|t| t.split('=').next());
            for key in profile.access.iter().map(String::as_str) {
                assert!(is_way_key(key) && is_node_key(key), "{name}: {key}");
            }
            for key in closing.chain(profile.oneway.iter().map(String::as_str)) {
                assert!(is_way_key(key), "{name}: {key}");
            }
        }
    }

    #[test]
    fn outlines_plans_and_oddities_are_told_from_roads() {
        assert_eq!(judge(&[("highway", "service")]), Verdict::Road);
        assert_eq!(judge(&[("building", "yes")]), Verdict::Other);
        assert_eq!(
            judge(&[("highway", "proposed")]),
            Verdict::Out(Reason::NotOpen, "proposed")
        );
        assert_eq!(
            judge(&[("area", "yes"), ("highway", "pedestrian")]),
            Verdict::Out(Reason::ClosedArea, "")
        );
        assert_eq!(
            judge(&[("route", "ferry")]),
            Verdict::Out(Reason::Ferry, "")
        );
        assert_eq!(
            judge(&[("highway", "bus_stop")]),
            Verdict::Out(Reason::OddHighway, "bus_stop")
        );
    }

    #[test]
    fn keys_are_kept_by_their_stem() {
        assert!(is_way_key("maxspeed:forward"));
        assert!(is_way_key("motor_vehicle:conditional"));
        assert!(is_way_key("name:zh"));
        assert!(!is_way_key("name:mt"));
        assert!(!is_way_key("building"));
        assert!(is_node_key("access:conditional"));
        assert!(!is_node_key("name"));
    }
}
