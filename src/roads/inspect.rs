//! What is in a road file and what becomes of it: the answer to `roundsman map inspect`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::ProfileNotes;
use super::RoadData;
use super::RoadGraph;
use super::Via;
use super::network::piece_lengths;
use super::profile::Profile;
use super::read::Format;
use super::read::read;
use crate::error::Result;
use crate::units::Millimetres;

/// A road file looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// Its format, in words.
    pub format: String,
    /// Whether positions are planar metres, else degrees.
    pub planar: bool,
    /// What the positions of its roads span.
    pub bounds: Bounds,
    /// Vertices: map nodes on some road.
    pub vertices: u64,
    /// Edges: stretches of road between neighbouring vertices.
    pub edges: u64,
    /// Roads as the map has them.
    pub ways: u64,
    /// Length of all roads, kilometres, each once.
    pub km: f64,
    /// The same by class as the map names it.
    pub km_by_class: BTreeMap<String, f64>,
    /// Gates and other barriers on roads, by kind.
    pub barriers: BTreeMap<String, u64>,
    /// Turn restrictions in the file.
    pub restrictions: Restrictions,
    /// Rules that hold at times only, which are not applied: as `way 12: key = value`.
    pub conditional: Vec<String>,
    /// What reading left out.
    pub left_out: Vec<LeftOut>,
    /// What each built-in profile makes of the roads: ways open and closed, components, turn
    /// restrictions applied and ignored, barriers passed and closed.
    pub profiles: Vec<ProfileNotes>,
}

/// A box round positions: longitudes and latitudes in degrees, or planar metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bounds {
    /// Least longitude, or x.
    pub west: f64,
    /// Least latitude, or y.
    pub south: f64,
    /// Greatest longitude, or x.
    pub east: f64,
    /// Greatest latitude, or y.
    pub north: f64,
}

/// Turn restrictions in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Restrictions {
    /// All that could be read.
    pub read: u64,
    /// How many of them pass ways rather than a node.
    pub via_ways: u64,
    /// How many hold at times only.
    pub conditional: u64,
    /// By what they say, such as `no_left_turn`.
    pub by_kind: BTreeMap<String, u64>,
}

/// Something that reading left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why, as a word for programs.
    pub reason: super::Reason,
    /// Why, in words for people.
    pub words: String,
    /// The value that says so, where there is one.
    pub value: Option<String>,
    /// How often.
    pub count: u64,
    /// Some ids concerned.
    pub examples: Vec<i64>,
}

/// Reads a map, builds its graph for the built-in profiles, and says what came of it.
///
/// # Errors
/// As [`read`] and [`RoadGraph::build`].
pub fn inspect(file: &Path, edges: Option<&Path>, format: Format) -> Result<Inspection> {
    let data = read(file, edges, format)?;
    let mut profiles = Vec::new();
    for name in Profile::built_in_names() {
        profiles.push(Profile::built_in(name)?);
    }
    let graph = RoadGraph::build(&data, &profiles)?;
    Ok(Inspection::new(format, &data, &graph))
}

impl Inspection {
    /// What is in `data`, and what `graph` made of it.
    pub fn new(format: Format, data: &RoadData, graph: &RoadGraph) -> Self {
        let mut lengths: BTreeMap<String, Millimetres> = BTreeMap::new();
        for way in &data.ways {
            let length = piece_lengths(data, way).into_iter().map(Millimetres).sum();
            let class = way.tag("highway").unwrap_or_default().to_owned();
            *lengths.entry(class).or_default() += length;
        }
        let all: Millimetres = lengths.values().copied().sum();
        let notes = graph.notes();
        Self {
            format: format.to_string(),
            planar: data.planar,
            bounds: Bounds::of(data),
            vertices: data.nodes.len() as u64,
            edges: data.ways.iter().map(|way| way.nodes.len() as u64 - 1).sum(),
            ways: data.ways.len() as u64,
            km: all.kilometres(),
            km_by_class: lengths
                .into_iter()
                .map(|(class, length)| (class, length.kilometres()))
                .collect(),
            barriers: tally(data.nodes.iter().filter_map(|node| node.tag("barrier"))),
            restrictions: Restrictions::of(data),
            conditional: notes.conditional.clone(),
            left_out: left_out(data),
            profiles: notes.profiles.clone(),
        }
    }
}

impl Bounds {
    fn of(data: &RoadData) -> Self {
        let over = |coordinate: fn(&super::RoadNode) -> f64| {
            let values = data.nodes.iter().map(coordinate);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            })
        };
        let (west, east) = over(|node| node.at.x);
        let (south, north) = over(|node| node.at.y);
        Self {
            west,
            south,
            east,
            north,
        }
    }
}

impl Restrictions {
    fn of(data: &RoadData) -> Self {
        let count = |is: fn(&super::RawRestriction) -> bool| {
            data.restrictions.iter().filter(|r| is(r)).count() as u64
        };
        Self {
            read: count(|_| true),
            via_ways: count(|r| matches!(r.via, Via::Ways(_))),
            conditional: count(|r| r.conditional),
            by_kind: tally(data.restrictions.iter().map(|r| r.kind.as_str())),
        }
    }
}

fn left_out(data: &RoadData) -> Vec<LeftOut> {
    let notes = data.notes.iter();
    notes
        .map(|(reason, value, note)| LeftOut {
            reason,
            words: reason.words().to_owned(),
            value: (!value.is_empty()).then(|| value.to_owned()),
            count: note.count,
            examples: note.examples.clone(),
        })
        .collect()
}

fn tally<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts
}

/// Conditional rules that the text shows; all are in the JSON.
const RULES_SHOWN: usize = 10;

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bounds {
            west,
            south,
            east,
            north,
        } = self.bounds;
        let unit = if self.planar { "metres" } else { "degrees" };
        writeln!(f, "format       {}", self.format)?;
        writeln!(f, "bounds       {west} {south} to {east} {north} ({unit})")?;
        writeln!(f, "vertices     {}", self.vertices)?;
        writeln!(f, "edges        {} of {} ways", self.edges, self.ways)?;
        writeln!(f, "length       {:.1} km", self.km)?;
        let mut classes: Vec<_> = self.km_by_class.iter().collect();
        classes.sort_by(|a, b| b.1.total_cmp(a.1));
        for (class, km) in classes {
            writeln!(f, "  {class:<20} {km:>9.1} km")?;
        }
        writeln!(f, "barriers     {}", total_and_parts(&self.barriers))?;
        let said = &self.restrictions;
        writeln!(
            f,
            "restrictions {} read; {} via ways, {} at times only; {}",
            said.read,
            said.via_ways,
            said.conditional,
            parts(&said.by_kind)
        )?;
        for profile in &self.profiles {
            write_profile(f, profile)?;
        }
        self.write_reports(f)
    }
}

impl Inspection {
    /// What was not applied and what was left out.
    fn write_reports(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.conditional.is_empty() {
            let n = self.conditional.len();
            writeln!(f, "{n} rules hold at times only and are not applied")?;
            for rule in self.conditional.iter().take(RULES_SHOWN) {
                writeln!(f, "  {rule}")?;
            }
            if n > RULES_SHOWN {
                writeln!(f, "  and {} more (--json shows all)", n - RULES_SHOWN)?;
            }
        }
        if !self.left_out.is_empty() {
            writeln!(f, "left out")?;
        }
        for item in &self.left_out {
            let value = item.value.as_deref().map(|v| format!(" ({v})"));
            let ids: Vec<String> = item.examples.iter().map(i64::to_string).collect();
            writeln!(
                f,
                "  {} {}{}: {}{}",
                item.count,
                item.words,
                value.unwrap_or_default(),
                ids.join(", "),
                if item.count > ids.len() as u64 {
                    ", ..."
                } else {
                    ""
                }
            )?;
        }
        Ok(())
    }
}

fn write_profile(f: &mut fmt::Formatter<'_>, notes: &ProfileNotes) -> fmt::Result {
    let parts_of = notes.components;
    let share = 100.0 * parts_of.largest_metres as f64 / (parts_of.metres.max(1)) as f64;
    writeln!(f, "profile {}", notes.profile)?;
    writeln!(
        f,
        "  ways         {} open; closed: {}",
        notes.ways_open,
        total_and_parts(&notes.ways_closed)
    )?;
    writeln!(
        f,
        "  components   {}; the largest has {share:.1} % of {:.1} km (each direction counted)",
        parts_of.count,
        parts_of.metres as f64 / 1000.0
    )?;
    writeln!(
        f,
        "  restrictions {} applied; ignored: {}",
        notes.restrictions_applied,
        total_and_parts(&notes.restrictions_ignored)
    )?;
    writeln!(
        f,
        "  barriers     {} passed; closed: {}",
        notes.barriers_passed,
        total_and_parts(&notes.barriers_closed)
    )?;
    if !notes.not_understood.is_empty() {
        writeln!(f, "  not understood: {}", parts(&notes.not_understood))?;
    }
    Ok(())
}

/// As `7 (4 gate, 3 bollard)`.
fn total_and_parts(counts: &BTreeMap<String, u64>) -> String {
    let total: u64 = counts.values().sum();
    if counts.is_empty() {
        return total.to_string();
    }
    format!("{total} ({})", parts(counts))
}

/// As `4 gate, 3 bollard`, the most frequent first.
fn parts(counts: &BTreeMap<String, u64>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    let parts: Vec<String> = counts
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::read::read_bytes;

    fn small() -> Inspection {
        let nodes = "id,x,y,barrier\n1,0,0,\n2,3000,0,gate\n3,3000,4000,\n";
        let edges = "from,to,class\n1,2,residential\n2,3,service\n3,1,service\n";
        let read = read_bytes(nodes.as_bytes(), Some(edges.as_bytes()), Format::Csv);
        let data = read.expect("sound");
        let car = Profile::built_in("car").expect("built in");
        let graph = RoadGraph::build(&data, &[car]).expect("sound");
        Inspection::new(Format::Csv, &data, &graph)
    }

    #[test]
    fn a_triangle_is_counted_and_measured() {
        let found = small();
        assert_eq!((found.vertices, found.edges, found.ways), (3, 3, 3));
        assert_eq!(found.km, 12.0);
        assert_eq!(found.km_by_class["service"], 9.0);
        assert_eq!(found.barriers["gate"], 1);
        assert_eq!((found.bounds.east, found.bounds.north), (3000.0, 4000.0));
        assert_eq!(found.profiles[0].profile, "car");
    }

    #[test]
    fn the_text_says_the_same_as_the_json() {
        let found = small();
        let text = found.to_string();
        for part in ["vertices     3\n", "12.0 km", "1 (1 gate)", "profile car"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        let json = serde_json::to_value(&found).expect("plain data");
        assert_eq!(json["restrictions"]["read"], 0);
        assert_eq!(json["km_by_class"]["residential"], 3.0);
    }
}
