//! Turn restrictions out of relations.

use crate::roads::RawRestriction;
use crate::roads::Via;

/// What kind of object a relation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberKind {
    Node,
    Way,
    Relation,
}

/// A member of a relation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    pub(super) kind: MemberKind,
    pub(super) id: i64,
    pub(super) role: &'a str,
}

/// Tags of the older way to say that a restriction holds at times only.
const TIMES: [&str; 4] = ["day_on", "day_off", "hour_on", "hour_off"];

/// Whether a relation is a turn restriction.
pub(super) fn is_restriction(tags: &[(&str, &str)]) -> bool {
    tags.contains(&("type", "restriction"))
}

/// What a restriction relation says, one entry for each of its `restriction...` tags; `None`
/// where it lacks such a tag, a `from`, a `to`, or one clear `via`.
pub(super) fn restrictions_of(
    id: i64,
    tags: &[(&str, &str)],
    members: &[Member<'_>],
) -> Option<Vec<RawRestriction>> {
    let ways = |role| -> Vec<i64> {
        let of_role = members
            .iter()
            .filter(|m| m.role == role && m.kind == MemberKind::Way);
        of_role.map(|m| m.id).collect()
    };
    let (from, to, via) = (ways("from"), ways("to"), via_of(members)?);
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let tag = |key| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v);
    let except = list(tag("except").unwrap_or_default());
    let timed = TIMES.iter().any(|key| tag(key).is_some());
    let mut found: Vec<RawRestriction> = tags
        .iter()
        .filter_map(|(key, value)| {
            let key = key.strip_prefix("restriction")?;
            let (vehicle, conditional) = match key.strip_suffix(":conditional") {
                Some(vehicle) => (vehicle, true),
                None => (key, timed),
            };
            let vehicle = if vehicle.is_empty() {
                None
            } else {
                Some(vehicle.strip_prefix(':')?.to_owned())
            };
            let kind = value.split_once('@').map_or(*value, |(kind, _)| kind);
            Some(RawRestriction {
                id,
                kind: kind.trim().to_owned(),
                vehicle,
                from: from.clone(),
                via: via.clone(),
                to: to.clone(),
                except: except.clone(),
                conditional,
            })
        })
        .collect();
    found.sort();
    (!found.is_empty()).then_some(found)
}

/// The one node, or the ways, that a restriction passes.
fn via_of(members: &[Member<'_>]) -> Option<Via> {
    let via: Vec<&Member<'_>> = members.iter().filter(|m| m.role == "via").collect();
    match via.as_slice() {
        [] => None,
        [m] if m.kind == MemberKind::Node => Some(Via::Node(m.id)),
        all if all.iter().all(|m| m.kind == MemberKind::Way) => {
            Some(Via::Ways(all.iter().map(|m| m.id).collect()))
        }
        _ => None,
    }
}

/// The parts of a list separated by semicolons.
fn list(value: &str) -> Vec<String> {
    let parts = value.split(';').map(str::trim);
    parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(kind: MemberKind, id: i64, role: &str) -> Member<'_> {
        Member { kind, id, role }
    }

    #[test]
    fn one_relation_may_say_several_things() {
        let tags = [
            ("type", "restriction"),
            ("except", "bus; psv"),
            ("restriction", "no_left_turn"),
            (
                "restriction:hgv:conditional",
                "no_u_turn @ (Mo-Fr 07:00-09:00)",
            ),
        ];
        let members = [
            member(MemberKind::Way, 1, "from"),
            member(MemberKind::Node, 2, "via"),
            member(MemberKind::Way, 3, "to"),
        ];
        let found = restrictions_of(9, &tags, &members).expect("complete");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].kind, "no_left_turn");
        assert_eq!(
            (found[0].vehicle.as_deref(), found[0].conditional),
            (None, false)
        );
        assert_eq!(found[0].except, ["bus", "psv"]);
        assert_eq!(found[1].kind, "no_u_turn");
        assert_eq!(found[1].vehicle.as_deref(), Some("hgv"));
        assert!(found[1].conditional);
    }

    #[test]
    fn via_is_one_node_or_only_ways() {
        let way = |id| member(MemberKind::Way, id, "via");
        let node = |id| member(MemberKind::Node, id, "via");
        assert_eq!(via_of(&[way(1), way(2)]), Some(Via::Ways(vec![1, 2])));
        assert_eq!(via_of(&[node(1)]), Some(Via::Node(1)));
        assert_eq!(via_of(&[node(1), node(2)]), None);
        assert_eq!(via_of(&[node(1), way(2)]), None);
        assert_eq!(via_of(&[]), None);
    }
}
