//! The roads before any place is put on them: pieces between neighbouring map nodes, and
//! what each profile may do on them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use geo::Coord;
use geo::Distance;
use geo::Haversine;
use geo::Point;

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
use super::notes::ProfileNotes;
use super::notes::Tally;
use super::notes::count;
use super::profile::Profile;
use super::profile::base_class;
use super::restrictions;
use super::speed::Speeds;
use super::speed::speeds;
use crate::error::Error;
use crate::error::Result;
use crate::par;

/// A piece of road in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Lane(pub(super) u32);

impl Lane {
    pub(super) fn new(piece: u32, backward: bool) -> Self {
        Self(piece * 2 + u32::from(backward))
    }
    pub(super) fn piece(self) -> u32 {
        self.0 / 2
    }
    pub(super) fn backward(self) -> bool {
        self.0 % 2 == 1
    }
    pub(super) fn reverse(self) -> Self {
        Self(self.0 ^ 1)
    }
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of road between two map nodes that follow each other on a way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) from: u32,
    pub(super) to: u32,
    /// Position of its way in the road data.
    pub(super) way: u32,
    pub(super) millimetres: i64,
}

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

/// The roads before any place is put on them.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) planar: bool,
    /// Position and map id of each vertex, by id.
    pub(super) at: Vec<Coord<f64>>,
    pub(super) ids: Vec<i64>,
    /// Pieces in the order of the ways and along them.
    pub(super) pieces: Vec<Piece>,
    /// Class of each way.
    pub(super) classes: Vec<String>,
    /// What each profile may do.
    pub(super) usages: Vec<Usage>,
    /// For each vertex where its lanes begin in `tails`.
    first_tail: Vec<u32>,
    /// Lanes by the vertex they leave, open or not.
    tails: Vec<Lane>,
}

impl Network {
    /// The network of `data`, and what was left out for each profile.
    pub(super) fn build(
        data: &RoadData,
        profiles: &[Profile],
    ) -> Result<(Self, Vec<ProfileNotes>)> {
        let mut surveys = par::map(profiles, |profile| survey(data, profile));
        let used = |way: usize| {
            surveys
                .iter()
                .any(|s| s.speeds[way].iter().any(Option::is_some))
        };
        let kept: Vec<bool> = (0..data.ways.len()).map(used).collect();
        let mut network = Self::lay_out(data, &kept)?;
        let of_way = network.pieces_of_ways(data.ways.len());
        let place = Layout {
            data,
            network: &network,
            of_way: &of_way,
        };
        let jobs: Vec<(&Profile, &Survey)> = profiles.iter().zip(&surveys).collect();
        let done = par::map(&jobs, |(profile, survey)| place.usage(profile, survey));
        let mut notes = Vec::new();
        for ((usage, more), survey) in done.into_iter().zip(&mut surveys) {
            let mut of_profile = std::mem::take(&mut survey.notes);
            of_profile.restrictions_applied = more.restrictions_applied;
            of_profile.restrictions_ignored = more.restrictions_ignored;
            of_profile.barriers_passed = more.barriers_passed;
            of_profile.barriers_closed = more.barriers_closed;
            of_profile.components = more.components;
            for (text, n) in more.not_understood {
                *of_profile.not_understood.entry(text).or_default() += n;
            }
            network.usages.push(usage);
            notes.push(of_profile);
        }
        Ok((network, notes))
    }

    /// Vertices and pieces of the ways that are kept.
    fn lay_out(data: &RoadData, kept: &[bool]) -> Result<Self> {
        let ways = || data.ways.iter().enumerate().filter(|&(w, _)| kept[w]);
        let mut vertex = vec![u32::MAX; data.nodes.len()];
        ways().for_each(|(_, way)| way.nodes.iter().for_each(|&n| vertex[n as usize] = 0));
        let (mut at, mut ids) = (Vec::new(), Vec::new());
        for (node, v) in data.nodes.iter().zip(&mut vertex).filter(|(_, v)| **v == 0) {
            *v = ids.len() as u32;
            at.push(node.at);
            ids.push(node.id);
        }
        let mut pieces = Vec::new();
        for (w, way) in ways() {
            let lengths = piece_lengths(data, way);
            for (ends, millimetres) in way.nodes.windows(2).zip(lengths) {
                let (from, to) = (vertex[ends[0] as usize], vertex[ends[1] as usize]);
                pieces.push(Piece {
                    from,
                    to,
                    way: w as u32,
                    millimetres,
                });
            }
        }
        pieces.retain(|p| p.from != p.to);
        if pieces.len() > (u32::MAX / 8) as usize {
            let error = Error::input("R203", "the map has more roads than can be numbered");
            return Err(error
                .value(pieces.len())
                .hint("cut the map down to the area patrolled")
                .into());
        }
        let (first_tail, tails) = by_tail(ids.len(), &pieces);
        let classes = data
            .ways
            .iter()
            .map(|w| base_class(w.tag("highway").unwrap_or("road")).to_owned());
        Ok(Self {
            planar: data.planar,
            at,
            ids,
            pieces,
            classes: classes.collect(),
            usages: Vec::new(),
            first_tail,
            tails,
        })
    }

    /// The pieces of each way.
    fn pieces_of_ways(&self, ways: usize) -> Vec<Range<u32>> {
        let mut of_way = vec![0..0; ways];
        for (i, piece) in self.pieces.iter().enumerate() {
            let range = &mut of_way[piece.way as usize];
            if range.start == range.end {
                range.start = i as u32;
            }
            range.end = i as u32 + 1;
        }
        of_way
    }

    pub(super) fn piece(&self, lane: Lane) -> &Piece {
        &self.pieces[lane.piece() as usize]
    }

    /// The vertex a lane leaves.
    pub(super) fn tail(&self, lane: Lane) -> u32 {
        let piece = self.piece(lane);
        if lane.backward() {
            piece.to
        } else {
            piece.from
        }
    }

    /// The vertex a lane leads to.
    pub(super) fn head(&self, lane: Lane) -> u32 {
        self.tail(lane.reverse())
    }

    /// Lanes that leave a vertex, open or not, ascending. The lanes that lead to it are
    /// their reverses.
    pub(super) fn leaving(&self, vertex: u32) -> &[Lane] {
        let v = vertex as usize;
        &self.tails[self.first_tail[v] as usize..self.first_tail[v + 1] as usize]
    }

    /// The vertex of a map node.
    pub(super) fn vertex_of(&self, id: i64) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|v| v as u32)
    }

    /// All lanes, open or not.
    pub(super) fn lanes(&self) -> impl Iterator<Item = Lane> + use<> {
        (0..self.pieces.len() as u32 * 2).map(Lane)
    }
}

/// Lanes sorted by the vertex they leave, with where each vertex begins.
fn by_tail(vertices: usize, pieces: &[Piece]) -> (Vec<u32>, Vec<Lane>) {
    let mut first = vec![0u32; vertices + 1];
    for piece in pieces {
        first[piece.from as usize + 1] += 1;
        first[piece.to as usize + 1] += 1;
    }
    for v in 0..vertices {
        first[v + 1] += first[v];
    }
    let mut next = first.clone();
    let mut tails = vec![Lane(0); pieces.len() * 2];
    for (i, piece) in pieces.iter().enumerate() {
        for (vertex, backward) in [(piece.from, false), (piece.to, true)] {
            let slot = &mut next[vertex as usize];
            tails[*slot as usize] = Lane::new(i as u32, backward);
            *slot += 1;
        }
    }
    (first, tails)
}

/// Lengths of the pieces of a way, millimetres: between the positions, or the stated length
/// spread over them in proportion.
pub(super) fn piece_lengths(data: &RoadData, way: &RoadWay) -> Vec<i64> {
    let at = |node: u32| Point(data.nodes[node as usize].at);
    let between = |ends: &[u32]| {
        let (a, b) = (at(ends[0]), at(ends[1]));
        let metres = if data.planar {
            (a.x() - b.x()).hypot(a.y() - b.y())
        } else {
            Haversine.distance(a, b)
        };
        metres * 1000.0
    };
    let drawn: Vec<f64> = way.nodes.windows(2).map(between).collect();
    let Some(stated) = way.length_metres else {
        return drawn.iter().map(|mm| mm.round() as i64).collect();
    };
    let whole: f64 = drawn.iter().sum();
    let share = |i: usize, sum: f64| {
        if whole > 0.0 {
            sum / whole
        } else {
            (i + 1) as f64 / drawn.len() as f64
        }
    };
    let (mut sum, mut before) = (0.0, 0);
    let mut lengths = Vec::with_capacity(drawn.len());
    for (i, mm) in drawn.iter().enumerate() {
        sum += mm;
        let until = (share(i, sum) * stated * 1000.0).round() as i64;
        lengths.push(until - before);
        before = until;
    }
    lengths
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
        let mut notes = ProfileNotes::default();
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
        notes.not_understood = tally.counts();
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
pub(super) fn milliseconds(millimetres: i64, kmh: f64) -> u32 {
    // 1 km/h is 1/3.6 mm per ms.
    let ms = (millimetres as f64 * 3.6 / kmh).ceil();
    ms.clamp(1.0, f64::from(CLOSED - 1)) as u32
}
