//! The file: vertices with their neighbours, one token to a line.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::bench::tokens::GREATEST;
use crate::bench::tokens::Tokens;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;

/// Most vertices: all distances are held, and the answer is for maps of a building.
const MOST_VERTICES: u32 = 2_000;
/// Greatest sum of all costs, pixels. No distance is longer, so each is an `i32` of the engine,
/// even at several ticks a pixel. A walk through all vertices is at most 4 * 10^10 pixels, and
/// 4 * 10^13 ticks where 1,000 agents share it: an `i64` is far from full.
const MOST_COST: u32 = 20_000_000;
/// Least and greatest metres per pixel: seconds stay numbers that can be read and compared.
const RESOLUTIONS: RangeInclusive<f64> = 1e-6..=1e4;
/// Numbers that vertices may have.
const IDS: RangeInclusive<u32> = 0..=u32::MAX;

/// A weighted undirected graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// Metres per pixel.
    pub resolution: f64,
    /// The vertices in the order of the file.
    pub vertices: Vec<Vertex>,
}

/// A vertex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vertex {
    /// Number in the file.
    pub id: i64,
    /// Neighbours (index into [`Graph::vertices`]) with the cost of the edge in pixels,
    /// ascending.
    pub neighbours: Vec<(u32, i64)>,
}

/// Line and column.
type Place = (u64, u64);

/// A vertex as read.
struct Listed {
    id: i64,
    /// Where its number stands.
    place: Place,
    /// Edges: number of the neighbour, cost, where the number stands.
    edges: Vec<(i64, i64, Place)>,
}

impl Graph {
    /// Reads a file.
    ///
    /// # Errors
    /// `B001` to `B003`, `B007`, `B012` to `B014`, with line, column and value; all words that
    /// do not read are told together, and so are all edges that are wrong.
    pub fn parse(text: &str) -> Result<Self> {
        let mut tokens = Tokens::new(text);
        let count = tokens.whole("the number of vertices", 1..=MOST_VERTICES);
        tokens.number("the image width", 0.0..=GREATEST);
        tokens.number("the image height", 0.0..=GREATEST);
        let resolution = tokens.number("the resolution", RESOLUTIONS);
        tokens.number("offset x", -GREATEST..=GREATEST);
        tokens.number("offset y", -GREATEST..=GREATEST);
        if tokens.is_spoilt() {
            return Err(tokens.finish());
        }
        let vertices = (0..count).map(|_| Listed::next(&mut tokens));
        let listed: Vec<Listed> = vertices.collect();
        tokens.finish().into_result(())?;
        let vertices = join(&listed)?;
        connected(&vertices)?;
        Ok(Self {
            resolution,
            vertices,
        })
    }

    /// Number of vertices.
    pub fn len(&self) -> usize {
        self.vertices.len()
    }

    /// Whether there is no vertex; never so in a graph that was read.
    pub fn is_empty(&self) -> bool {
        self.vertices.is_empty()
    }
}

impl Listed {
    /// Reads the next vertex.
    fn next(tokens: &mut Tokens<'_>) -> Self {
        let place = tokens.place();
        let id = tokens.whole("the id of a vertex", IDS);
        tokens.number("x of a vertex", -GREATEST..=GREATEST);
        tokens.number("y of a vertex", -GREATEST..=GREATEST);
        let degree = tokens.whole("the degree of a vertex", 0..=MOST_VERTICES);
        let edge = |_| {
            let place = tokens.place();
            let to = tokens.whole("the id of a neighbour", IDS);
            tokens.letters("the direction of a neighbour");
            let cost = tokens.whole("the cost of an edge", 1..=MOST_COST);
            (i64::from(to), i64::from(cost), place)
        };
        Self {
            id: i64::from(id),
            place,
            edges: (0..degree).map(edge).collect(),
        }
    }
}

/// An error at a place of the file.
fn at(place: Place, code: &'static str, what: &str) -> Error {
    Error::input(code, what).line(place.0).column(place.1)
}

/// Vertices by index; every edge must be listed from both ends at one cost.
fn join(listed: &[Listed]) -> Result<Vec<Vertex>> {
    let mut errors = Errors::default();
    let mut index = BTreeMap::new();
    for (k, vertex) in listed.iter().enumerate() {
        if index.insert(vertex.id, k as u32).is_some() {
            let error = at(vertex.place, "B012", "two vertices of one id");
            errors.push(error.value(vertex.id).hint("give every vertex its own"));
        }
    }
    // Some maps list a neighbour twice: the cheaper way is the one to go.
    let mut costs: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for &Listed { id, ref edges, .. } in listed {
        for &(to, cost, place) in edges {
            if to == id || !index.contains_key(&to) {
                let what = "an edge to the vertex itself or to one that is not listed";
                let error = at(place, "B012", what).value(to);
                errors.push(error.hint("a neighbour is the id of another vertex"));
                continue;
            }
            let known = costs.entry((id, to)).or_insert(cost);
            *known = cost.min(*known);
        }
    }
    for &Listed { id, ref edges, .. } in listed {
        for &(to, _, place) in edges {
            let (there, back) = (costs.get(&(id, to)), costs.get(&(to, id)));
            if there.is_some() && there != back {
                let said = |cost: Option<&i64>| cost.map_or("nothing".to_owned(), i64::to_string);
                let (there, back) = (said(there), said(back));
                let error = at(place, "B013", "an edge that differs from its way back")
                    .value(format!("{id} to {to}: {there}, {to} to {id}: {back}"));
                errors.push(error.hint("edges are undirected: list them from both ends alike"));
            }
        }
    }
    // Both ends list an edge, so this is twice the sum.
    if costs.values().sum::<i64>() / 2 > i64::from(MOST_COST) {
        let error = Error::input("B007", "costs that add up to too much");
        errors.push(error.hint(format!("at most {MOST_COST} pixels in all")));
    }
    errors.into_result(())?;
    let vertex = |vertex: &Listed| {
        let id = vertex.id;
        let cheapest = |e: &(i64, i64, Place)| (index[&e.0], costs[&(id, e.0)]);
        let mut neighbours: Vec<_> = vertex.edges.iter().map(cheapest).collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        Vertex { id, neighbours }
    };
    Ok(listed.iter().map(vertex).collect())
}

/// Refuses a graph in pieces.
fn connected(vertices: &[Vertex]) -> Result<()> {
    let mut seen = BTreeSet::from([0u32]);
    let mut open = vec![0u32];
    while let Some(at) = open.pop() {
        for &(to, _) in &vertices[at as usize].neighbours {
            if seen.insert(to) {
                open.push(to);
            }
        }
    }
    let Some(lost) = (0..vertices.len()).find(|&v| !seen.contains(&(v as u32))) else {
        return Ok(());
    };
    let error = Error::input("B014", "a vertex that cannot be reached from the first");
    let error = error.value(vertices[lost].id);
    Err(error.hint("join the pieces, or patrol them apart").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::testing::written;

    const PAIR: &str = "2\n10\n10\n0.5\n0\n0\n\n7\n1\n1\n1\n9\nE\n4\n\n9\n5\n1\n1\n7\nW\n4\n";

    /// Codes of what is said about `text`.
    fn codes(text: &str) -> Vec<(&'static str, Option<u64>)> {
        let errors = Graph::parse(text).expect_err("wrong");
        assert!(errors.0.iter().all(|e| e.hint.is_some()));
        errors.0.iter().map(|e| (e.code, e.line)).collect()
    }

    #[test]
    fn a_file_reads_by_any_ids() {
        let graph = Graph::parse(PAIR).expect("a graph");
        assert_eq!(graph.resolution, 0.5);
        assert_eq!(graph.vertices[0].id, 7);
        assert_eq!(graph.vertices[0].neighbours, [(1, 4)]);
        assert_eq!(graph.vertices[1].neighbours, [(0, 4)]);
        let twice = written(3, &[(0, 1, 5), (1, 2, 6), (0, 1, 4)]);
        let graph = Graph::parse(&twice).expect("a graph");
        assert_eq!(graph.vertices[1].neighbours, [(0, 4), (2, 6)]);
    }

    #[test]
    fn every_cut_is_refused_where_it_ends() {
        let tokens: Vec<&str> = PAIR.split_whitespace().collect();
        for k in 0..tokens.len() {
            let cut = tokens[..k].join("\n");
            assert_eq!(codes(&cut), [("B001", Some(k.max(1) as u64))], "{k} tokens");
        }
    }

    #[test]
    fn absurd_numbers_are_refused() {
        for (from, to) in [
            ("2\n10", "0\n10"),
            ("2\n10", "99999999999999999999\n10"),
            ("2\n10", "2000000\n10"),
            ("0.5", "NaN"),
            ("0.5", "-1"),
            ("0.5", "inf"),
            ("0.5", "1e-7"),
            ("0.5", "1e300"),
            ("2\n10", "2\n1e8"),
            ("2\n10\n10", "2\n10\n-1"),
            ("0.5\n0", "0.5\n-2e7"),
            ("9\n5\n1", "9\n5\n1e9"),
            ("E\n4", "E\n-4"),
            ("E\n4", "E\n4.5"),
            ("E\n4", "E\n1e9"),
            ("E\n4", "4\n4"),
            ("1\n9\nE", "-5\n9\nE"),
        ] {
            let spoiled = PAIR.replacen(from, to, 1);
            assert_eq!(codes(&spoiled)[0].0, "B002", "{from:?} to {to:?}");
        }
    }

    #[test]
    fn words_that_do_not_read_are_told_together() {
        let spoiled = PAIR.replacen("E\n4", "E\n  x", 1);
        let spoiled = spoiled.replacen("9\n5\n1", "9\nfive\n1e9", 1);
        let errors = Graph::parse(&spoiled).expect_err("wrong").0;
        let told: Vec<_> = errors
            .iter()
            .map(|e| (e.code, e.line, e.column, e.value.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("B002", Some(14), Some(3), Some("x")),
                ("B002", Some(17), Some(1), Some("five")),
                ("B002", Some(18), Some(1), Some("1e9")),
            ]
        );
        let head = PAIR.replacen("10\n10\n0.5", "-1\n1e9\n0", 1);
        assert_eq!(codes(&head).len(), 3);
    }

    #[test]
    fn wrong_edges_are_told_together() {
        assert_eq!(codes(&format!("{PAIR}8\n")), [("B003", Some(23))]);
        assert_eq!(codes(&PAIR.replacen("9\n5", "7\n5", 1))[0].0, "B012");
        assert_eq!(codes(&PAIR.replacen("7\nW", "9\nW", 1))[0].0, "B012");
        let unlike = PAIR.replacen("W\n4", "W\n5", 1);
        assert_eq!(codes(&unlike), [("B013", Some(12)), ("B013", Some(20))]);
        let one_way = written(3, &[(0, 1, 5), (1, 2, 6)]);
        let one_way = one_way.replacen(
            "2
2
0
1
1
E
6
",
            "2
2
0
0
",
            1,
        );
        assert_eq!(codes(&one_way)[0].0, "B013");
        let dear = written(
            4,
            &[(0, 1, 9_000_000), (1, 2, 9_000_000), (2, 3, 9_000_000)],
        );
        assert_eq!(codes(&dear), [("B007", None)]);
        assert_eq!(
            codes(&written(4, &[(0, 1, 5), (2, 3, 6)])),
            [("B014", None)]
        );
    }
}
