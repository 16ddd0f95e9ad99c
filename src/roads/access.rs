//! Which ways and barriers a profile may use, and in which direction.

use super::RoadNode;
use super::Tags;
use super::profile::Profile;
use super::size::too_big;

/// Along a way in drawing order, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

impl Direction {
    /// How keys of this direction end.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Backward => "backward",
        }
    }
}

/// What a map's access value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    /// Anyone may pass.
    Open,
    /// Cyclists may pass who push their bicycle.
    Walk,
    /// Those may pass whom the owner lets.
    Private,
    /// Nobody of this profile may pass.
    Closed,
}

/// What a profile may do on a way or at a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) access: Access,
    /// Whether a key other than the general `access` says so.
    pub(super) specific: bool,
}

/// Reads one access value; `None` where it says nothing or nothing known.
fn read_access(value: &str) -> Option<Access> {
    let one = |v: &str| match v.trim() {
        "yes" | "permissive" | "designated" | "official" | "public" | "destination"
        | "customers" | "delivery" | "visitors" | "discouraged" | "allowed" | "limited" => {
            Some(Access::Open)
        }
        "dismount" => Some(Access::Walk),
        "private" | "permit" | "residents" | "resident" | "employees" | "staff" | "members"
        | "restricted" | "privat" => Some(Access::Private),
        "no" | "agricultural" | "forestry" | "military" | "emergency" | "use_sidepath" | "psv"
        | "bus" | "taxi" | "hov" | "hgv" | "never" | "prohibited" | "impassable" => {
            Some(Access::Closed)
        }
        _ => None,
    };
    value.split(';').filter_map(one).min()
}

/// What the access tags say, most specific key first; `None` where they say nothing.
/// Values that are not understood go to `unknown` as `key=value`.
pub(super) fn verdict(
    profile: &Profile,
    tags: &Tags,
    direction: Option<Direction>,
    unknown: &mut dyn FnMut(&str, &str),
) -> Option<Verdict> {
    for key in &profile.access {
        let of_direction = direction.map(|d| format!("{key}:{}", d.suffix()));
        for key in of_direction.as_deref().into_iter().chain([key.as_str()]) {
            let Some(value) = tags.get(key) else { continue };
            if let Some(access) = read_access(value) {
                let specific = key != "access";
                return Some(Verdict { access, specific });
            }
            if value != "unknown" {
                unknown(key, value);
            }
        }
    }
    None
}

/// Whether the profile may pass where the tags say `access`.
pub(super) fn admits(profile: &Profile, access: Access) -> bool {
    match access {
        Access::Open | Access::Walk => true,
        Access::Private => profile.pass_private,
        Access::Closed => false,
    }
}

/// Which directions of a way are open to a profile, forward first: `oneway` and its kin.
pub(super) fn directions(
    profile: &Profile,
    tags: &Tags,
    unknown: &mut dyn FnMut(&str, &str),
) -> (bool, bool) {
    for (rank, key) in profile.oneway.iter().enumerate() {
        let Some(value) = tags.get(key) else { continue };
        let open = match value {
            "yes" | "true" | "1" => (true, false),
            "-1" | "reverse" => (false, true),
            "no" | "false" | "0" | "alternating" => return (true, true),
            // Which way it runs depends on the hour: not guessed.
            "reversible" => return (false, false),
            _ => {
                unknown(key, value);
                continue;
            }
        };
        let general = rank > 0;
        return if general && profile.contraflow && lets_bicycles_ride_against(tags) {
            (true, true)
        } else {
            open
        };
    }
    let implied = tags.get("highway") == Some("motorway")
        || matches!(tags.get("junction"), Some("roundabout" | "circular"));
    let against = profile.contraflow && lets_bicycles_ride_against(tags);
    (true, !(implied && profile.obeys_oneway) || against)
}

/// Whether a cycle lane or track leads against the direction of a one-way road.
fn lets_bicycles_ride_against(tags: &Tags) -> bool {
    let opposite = [
        "cycleway",
        "cycleway:left",
        "cycleway:right",
        "cycleway:both",
    ];
    let lane = [
        "cycleway:left:oneway",
        "cycleway:right:oneway",
        "cycleway:both:oneway",
    ];
    let says = |keys: &[&str], test: fn(&str) -> bool| {
        keys.iter().any(|key| tags.get(key).is_some_and(test))
    };
    says(&opposite, |v| v.starts_with("opposite")) || says(&lane, |v| v == "no" || v == "-1")
}

/// What a node does to those who pass it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Passage {
    /// Nothing.
    Free,
    /// A barrier that costs milliseconds.
    Delay(u32),
    /// A barrier that stops the profile; with its kind, and why.
    Closed(String),
}

/// What a node does to a profile that passes it.
pub(super) fn passage(
    profile: &Profile,
    node: &RoadNode,
    unknown: &mut dyn FnMut(&str, &str),
) -> Passage {
    if let Some(limit) = too_big(profile, &node.tags, unknown) {
        return Passage::Closed(limit.to_owned());
    }
    let said = verdict(profile, &node.tags, None, unknown);
    let Some(kind) = node.tag("barrier") else {
        // Access tags alone close a way where they name the profile, but on a crossing they
        // speak of those who cross.
        let crossing = node.tag("highway") == Some("crossing") || node.tag("crossing").is_some();
        let refused = said.is_some_and(|v| v.specific && !admits(profile, v.access) && !crossing);
        return if refused {
            Passage::Closed("no access".to_owned())
        } else {
            Passage::Free
        };
    };
    let delay = profile.barrier.get(kind);
    let open = match said {
        Some(v) if !admits(profile, v.access) => false,
        // A tag for everyone speaks of those the barrier lets through; one for this kind of
        // vehicle says that it is let through.
        Some(v) if v.specific => true,
        _ => delay.is_some(),
    };
    let locked = node.tag("locked") == Some("yes") && !profile.pass_private;
    if !open || locked {
        let why = if locked { " (locked)" } else { "" };
        return Passage::Closed(format!("{kind}{why}"));
    }
    match delay {
        Some(&seconds) if seconds > 0.0 => Passage::Delay((seconds * 1000.0) as u32),
        _ => Passage::Free,
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        let own = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
        Tags::new(pairs.iter().map(own).collect())
    }

    fn profile(name: &str) -> Profile {
        Profile::built_in(name).unwrap_or_else(|e| panic!("{e}"))
    }

    fn access(name: &str, pairs: &[(&str, &str)]) -> Option<Access> {
        let said = verdict(&profile(name), &tags(pairs), None, &mut |_, _| ());
        said.map(|v| v.access)
    }

    fn ways(name: &str, pairs: &[(&str, &str)]) -> (bool, bool) {
        directions(&profile(name), &tags(pairs), &mut |_, _| ())
    }

    #[test]
    fn the_most_specific_key_decides() {
        let road = [("access", "no"), ("vehicle", "private"), ("bicycle", "yes")];
        assert_eq!(access("car", &road), Some(Access::Private));
        assert_eq!(access("ebike", &road), Some(Access::Open));
        assert_eq!(access("foot", &road), Some(Access::Closed));
        assert_eq!(access("car", &[]), None);
    }

    #[test]
    fn the_kindest_of_several_values_counts_and_odd_ones_are_told() {
        assert_eq!(
            access("car", &[("access", "private;customers")]),
            Some(Access::Open)
        );
        let mut odd = Vec::new();
        let said = verdict(
            &profile("car"),
            &tags(&[("motor_vehicle", "sometimes"), ("access", "no")]),
            None,
            &mut |k, v| odd.push(format!("{k}={v}")),
        );
        assert_eq!(said.map(|v| v.access), Some(Access::Closed));
        assert_eq!(odd, ["motor_vehicle=sometimes"]);
    }

    #[test]
    fn access_may_differ_by_direction() {
        let road = tags(&[("motor_vehicle:backward", "no"), ("vehicle", "yes")]);
        let say = |d| verdict(&profile("car"), &road, Some(d), &mut |_, _| ()).map(|v| v.access);
        assert_eq!(say(Direction::Forward), Some(Access::Open));
        assert_eq!(say(Direction::Backward), Some(Access::Closed));
    }

    #[test]
    fn oneway_binds_wheels_and_not_feet() {
        for (value, open) in [
            ("yes", (true, false)),
            ("1", (true, false)),
            ("-1", (false, true)),
            ("no", (true, true)),
            ("reversible", (false, false)),
            ("alternating", (true, true)),
            ("perhaps", (true, true)),
        ] {
            assert_eq!(ways("car", &[("oneway", value)]), open, "{value}");
            assert_eq!(ways("foot", &[("oneway", value)]), (true, true), "{value}");
        }
        assert_eq!(ways("foot", &[("oneway:foot", "yes")]), (true, false));
        assert_eq!(
            ways("car", &[("oneway", "yes"), ("oneway:motor_vehicle", "no")]),
            (true, true)
        );
    }

    #[test]
    fn roundabouts_and_motorways_imply_a_direction() {
        for pair in [
            ("junction", "roundabout"),
            ("junction", "circular"),
            ("highway", "motorway"),
        ] {
            assert_eq!(ways("car", &[pair]), (true, false), "{pair:?}");
            assert_eq!(ways("foot", &[pair]), (true, true), "{pair:?}");
        }
        assert_eq!(
            ways("car", &[("highway", "motorway"), ("oneway", "no")]),
            (true, true)
        );
    }

    #[test]
    fn bicycles_ride_against_the_direction_where_the_map_says_so() {
        for pair in [
            ("oneway:bicycle", "no"),
            ("cycleway", "opposite"),
            ("cycleway:left", "opposite_lane"),
            ("cycleway:right:oneway", "-1"),
        ] {
            assert_eq!(
                ways("ebike", &[("oneway", "yes"), pair]),
                (true, true),
                "{pair:?}"
            );
            assert_eq!(
                ways("car", &[("oneway", "yes"), pair]),
                (true, false),
                "{pair:?}"
            );
        }
        assert_eq!(ways("ebike", &[("oneway", "yes")]), (true, false));
        assert_eq!(
            ways(
                "ebike",
                &[("oneway:bicycle", "yes"), ("cycleway", "opposite")]
            ),
            (true, false)
        );
    }

    fn pass(profile: &Profile, pairs: &[(&str, &str)]) -> Passage {
        let node = RoadNode {
            id: 1,
            at: Coord { x: 0.0, y: 0.0 },
            tags: tags(pairs),
        };
        passage(profile, &node, &mut |_, _| ())
    }

    #[test]
    fn bollards_stop_cars_and_gates_delay_them() {
        let (car, foot) = (profile("car"), profile("foot"));
        assert_eq!(
            pass(&car, &[("barrier", "bollard")]),
            Passage::Closed("bollard".to_owned())
        );
        assert_eq!(pass(&foot, &[("barrier", "bollard")]), Passage::Free);
        assert_eq!(
            pass(&car, &[("barrier", "bollard"), ("motor_vehicle", "yes")]),
            Passage::Free
        );
        assert_eq!(
            pass(&car, &[("barrier", "lift_gate")]),
            Passage::Delay(10_000)
        );
        let crossing = [("highway", "crossing"), ("motor_vehicle", "no")];
        assert_eq!(pass(&car, &crossing), Passage::Free);
        assert!(matches!(pass(&car, &crossing[1..]), Passage::Closed(_)));
        assert_eq!(
            pass(&car, &[("barrier", "bollard"), ("access", "yes")]),
            Passage::Closed("bollard".to_owned())
        );
    }

    #[test]
    fn locked_and_private_gates_open_to_patrols_only() {
        let patrol = profile("car");
        let mut visitor = profile("car");
        visitor.pass_private = false;
        for pair in [("access", "private"), ("locked", "yes")] {
            let gate = [("barrier", "gate"), pair];
            assert_eq!(pass(&patrol, &gate), Passage::Delay(15_000), "{pair:?}");
            assert!(
                matches!(pass(&visitor, &gate), Passage::Closed(_)),
                "{pair:?}"
            );
        }
        let low = [("barrier", "height_restrictor"), ("maxheight", "1.9")];
        assert!(matches!(pass(&patrol, &low), Passage::Closed(_)));
        let shut = [("barrier", "gate"), ("access", "no")];
        assert!(matches!(pass(&patrol, &shut), Passage::Closed(_)));
    }
}
