//! What each profile may do on the roads, and how fast.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use super::RoadData;
use super::RoadWay;
use super::access::Access;
use super::access::Direction;
use super::access::Passage;
use super::access::admits;
use super::access::directions;
use super::access::passage;
use super::access::verdict;
use super::components;
use super::network::Lane;
use super::network::Network;
use super::notes::ProfileNotes;
use super::notes::Tally;
use super::notes::count;
use super::profile::Profile;
use super::restrictions;
use super::size::too_big;
use super::speed::Speeds;
use super::speed::speeds;
use super::turning;
use crate::error::Result;
use crate::par;

/// Time of a lane that a profile may not use.
pub(super) const CLOSED: u32 = u32::MAX;

/// What one profile may do.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Milliseconds along each lane, patrol and urgent, barriers left out; [`CLOSED`] twice
    /// where the profile may not drive.
    pub(super) times: Vec<[u32; 2]>,
    /// Vertices whose barrier lets it only turn round.
    pub(super) barred: BTreeSet<u32>,
    /// Milliseconds that passing a vertex costs, paid on arrival.
    pub(super) delays: BTreeMap<u32, u32>,
    /// Sequences of lanes it may not drive in a row, sorted.
    pub(super) forbidden: Vec<Vec<Lane>>,
    /// Whether each lane can be driven to and back.
    pub(super) connected: Vec<bool>,
    /// Whether each vertex can be driven to and back.
    pub(super) connected_vertex: Vec<bool>,
    /// Whether a unit may stop on each way.
    pub(super) may_stop: Vec<bool>,
    /// Whether turn restrictions bind it at all.
    pub(super) restricted: bool,
}

impl Usage {
    pub(super) fn open(&self, lane: Lane) -> bool {
        self.times[lane.index()][0] != CLOSED
    }
}

impl Network {
    /// The network of `data`, and what was left out for each profile.
    pub(super) fn build(
        data: &RoadData,
        profiles: &[Profile],
    ) -> Result<(Self, Vec<ProfileNotes>)> {
        let surveys = par::map(profiles, |profile| survey(data, profile));
        let open = |survey: &Survey, way: usize| survey.speeds[way].iter().any(Option::is_some);
        let used = |way: usize| surveys.iter().any(|s| open(s, way));
        let kept: Vec<bool> = (0..data.ways.len()).map(used).collect();
        let mut network = Self::lay_out(data, &kept)?;
        let of_way = network.pieces_of_ways(data.ways.len());
        let layout = Layout {
            data,
            network: &network,
            of_way: &of_way,
        };
        let jobs: Vec<(&Profile, &Survey)> = profiles.iter().zip(&surveys).collect();
        let done = par::map(&jobs, |(profile, survey)| layout.usage(profile, survey));
        let (usages, notes) = done.into_iter().unzip();
        network.usages = usages;
        Ok((network, notes))
    }
}

/// What one profile may do on each way, before any piece is laid out.
struct Survey {
    /// Speeds along each way, forward and backward.
    speeds: Vec<[Option<Speeds>; 2]>,
    notes: ProfileNotes,
}

fn survey(data: &RoadData, profile: &Profile) -> Survey {
    let mut notes = ProfileNotes {
        profile: profile.name.clone(),
        ..ProfileNotes::default()
    };
    let mut tally = Tally::default();
    let mut all = Vec::with_capacity(data.ways.len());
    for (w, way) in data.ways.iter().enumerate() {
        let mut unknown = |key: &str, value: &str| tally.tag(key, value, w as u32);
        match way_speeds(profile, way, &mut unknown) {
            Ok(speeds) => {
                notes.ways_open += 1;
                all.push(speeds);
            }
            Err(reason) => {
                count(&mut notes.ways_closed, reason);
                all.push([None, None]);
            }
        }
    }
    notes.not_understood = tally.counts();
    Survey { speeds: all, notes }
}

/// Speeds of a profile along a way, forward and backward, or why it may not use it.
fn way_speeds(
    profile: &Profile,
    way: &RoadWay,
    unknown: &mut dyn FnMut(&str, &str),
) -> std::result::Result<[Option<Speeds>; 2], &'static str> {
    let highway = way.tag("highway").unwrap_or_default();
    let Some((class_kmh, tagged_only)) = profile.class_speed(highway) else {
        return Err("class not for this profile");
    };
    let closing = |pair: &String| {
        pair.split_once('=')
            .is_some_and(|(key, value)| way.tag(key) == Some(value))
    };
    if profile.closed_if.iter().any(closing) {
        return Err("closed to this profile by a tag of the road");
    }
    if too_big(profile, &way.tags, unknown).is_some() {
        return Err("too low, narrow or weak");
    }
    let (forward, backward) = directions(profile, &way.tags, unknown);
    if !forward && !backward {
        return Err("direction depends on the time (reversible)");
    }
    let mut speeds_of = [None, None];
    let mut reason = "";
    for (i, (open, direction)) in [
        (forward, Direction::Forward),
        (backward, Direction::Backward),
    ]
    .into_iter()
    .enumerate()
    {
        let said = verdict(profile, &way.tags, Some(direction), unknown);
        let access = said.map_or(Access::Open, |v| v.access);
        if !admits(profile, access) {
            reason = if access == Access::Private {
                "private"
            } else {
                "no access"
            };
        } else if tagged_only && !said.is_some_and(|v| v.specific) {
            reason = "class not for this profile unless tagged";
        } else if open {
            let pushing = access == Access::Walk;
            speeds_of[i] = Some(speeds(profile, way, class_kmh, direction, pushing, unknown));
        }
    }
    match speeds_of {
        [None, None] => Err(if reason.is_empty() {
            "no access"
        } else {
            reason
        }),
        found => Ok(found),
    }
}

/// A network with what is needed to work out one profile's usage of it.
struct Layout<'a> {
    data: &'a RoadData,
    network: &'a Network,
    of_way: &'a [Range<u32>],
}

impl Layout<'_> {
    fn usage(&self, profile: &Profile, survey: &Survey) -> (Usage, ProfileNotes) {
        let mut notes = survey.notes.clone();
        let mut usage = Usage {
            times: self.times(survey),
            may_stop: self.may_stop(profile),
            ..Usage::default()
        };
        let mut forbidden = self.barriers(profile, &mut usage, &mut notes);
        let turns = restrictions::turns(
            self.data,
            self.network,
            self.of_way,
            &usage,
            profile,
            &mut notes,
        );
        usage.restricted = !turns.is_empty();
        forbidden.extend(turning::round_behind(self.network, &usage, &turns));
        forbidden.extend(turns);
        forbidden.sort();
        forbidden.dedup();
        usage.forbidden = forbidden;
        let found = components::find(self.network, &usage);
        notes.components = found.sizes;
        usage.connected = found.lanes;
        usage.connected_vertex = found.vertices;
        (usage, notes)
    }

    fn times(&self, survey: &Survey) -> Vec<[u32; 2]> {
        let time = |lane: Lane| {
            let piece = self.network.piece(lane);
            match survey.speeds[piece.way as usize][usize::from(lane.backward())] {
                Some(s) => [s.patrol, s.urgent].map(|kmh| milliseconds(piece.millimetres, kmh)),
                None => [CLOSED; 2],
            }
        };
        self.network.lanes().map(time).collect()
    }

    fn may_stop(&self, profile: &Profile) -> Vec<bool> {
        let allowed = |class: &String| !profile.no_stop.contains(class);
        self.network.classes.iter().map(allowed).collect()
    }

    /// Turns that barriers close; delays of those that can be passed go to `usage`.
    fn barriers(
        &self,
        profile: &Profile,
        usage: &mut Usage,
        notes: &mut ProfileNotes,
    ) -> Vec<Vec<Lane>> {
        let mut forbidden = Vec::new();
        let mut tally = Tally::default();
        let tagged = self
            .data
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| !n.tags.is_empty());
        for (i, node) in tagged {
            let Some(v) = self.network.vertex_of(node.id) else {
                continue;
            };
            let leaving = self.network.leaving(v);
            if !leaving
                .iter()
                .any(|&l| usage.open(l) || usage.open(l.reverse()))
            {
                continue;
            }
            match passage(profile, node, &mut |key, value| {
                tally.tag(key, value, i as u32)
            }) {
                Passage::Free => {}
                Passage::Delay(ms) => {
                    notes.barriers_passed += 1;
                    usage.delays.insert(v, ms);
                }
                Passage::Closed(kind) => {
                    count(&mut notes.barriers_closed, &kind);
                    forbidden.extend(turns_through(usage, leaving));
                    usage.barred.insert(v);
                }
            }
        }
        for (text, n) in tally.counts() {
            *notes.not_understood.entry(text).or_default() += n;
        }
        forbidden
    }
}

/// All ways through a vertex but turning round, given the lanes that leave it.
fn turns_through(usage: &Usage, leaving: &[Lane]) -> Vec<Vec<Lane>> {
    let mut turns = Vec::new();
    for into in leaving
        .iter()
        .map(|l| l.reverse())
        .filter(|&l| usage.open(l))
    {
        for &out in leaving
            .iter()
            .filter(|&&l| usage.open(l) && l != into.reverse())
        {
            turns.push(vec![into, out]);
        }
    }
    turns
}

/// Time for a length at a speed, rounded up, at least one millisecond.
fn milliseconds(millimetres: i64, kmh: f64) -> u32 {
    // 1 km/h is 1/3.6 mm per ms.
    let ms = (millimetres as f64 * 3.6 / kmh).ceil();
    ms.clamp(1.0, f64::from(CLOSED - 1)) as u32
}
