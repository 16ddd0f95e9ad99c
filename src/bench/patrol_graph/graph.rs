//! The file: vertices with their neighbours, one token to a line.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;

/// Most vertices: all distances are held, and the answer is for maps of a building.
const MOST_VERTICES: i64 = 2_000;
/// Greatest sum of all costs, pixels: walks, even shared by many agents, stay in an `i32`.
const MOST_COST: i64 = 20_000_000;

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

/// An edge as read: number of the neighbour, cost, line of the number.
type Listed = (i64, i64, u64);

impl Graph {
    /// Reads a file.
    ///
    /// # Errors
    /// `B001` to `B003`, `B007`, `B012` to `B014`, with line and value; all edges that are
    /// wrong are told together.
    pub fn parse(text: &str) -> Result<Self> {
        let mut tokens = Tokens::of(text);
        let count = tokens.integer("number of vertices", 1, MOST_VERTICES)?;
        tokens.number("image width")?;
        tokens.number("image height")?;
        let (resolution, line) = tokens.number("resolution")?;
        if resolution <= 0.0 {
            let error = unreadable("resolution", line, resolution);
            return Err(error.hint("metres per pixel, above 0").into());
        }
        tokens.number("offset x")?;
        tokens.number("offset y")?;
        let mut listed = Vec::new();
        for _ in 0..count {
            listed.push(tokens.vertex()?);
        }
        tokens.end()?;
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

/// The tokens with their lines.
struct Tokens<'a> {
    rest: Box<dyn Iterator<Item = (u64, &'a str)> + 'a>,
    /// Line of the token read last.
    line: u64,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        let lines = (1..).zip(text.lines());
        let tokens = lines.flat_map(|(n, line)| line.split_whitespace().map(move |t| (n, t)));
        Self {
            rest: Box::new(tokens),
            line: 1,
        }
    }

    fn next(&mut self, what: &str) -> Result<&'a str> {
        let Some((line, token)) = self.rest.next() else {
            let error = Error::input("B001", format!("the file ends before the {what}"));
            return Err(error
                .line(self.line)
                .hint(
                    "a file is N, width, height, resolution, offset x and y, and for each vertex \
                 id, x, y, degree and per neighbour id, direction, cost",
                )
                .into());
        };
        self.line = line;
        Ok(token)
    }

    fn number(&mut self, what: &str) -> Result<(f64, u64)> {
        let token = self.next(what)?;
        match token.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok((value, self.line)),
            _ => Err(unreadable(what, self.line, token)
                .hint("a finite number")
                .into()),
        }
    }

    fn integer(&mut self, what: &str, from: i64, to: i64) -> Result<i64> {
        let token = self.next(what)?;
        match token.parse::<i64>() {
            Ok(value) if (from..=to).contains(&value) => Ok(value),
            _ => Err(unreadable(what, self.line, token)
                .hint(format!("a whole number from {from} to {to}"))
                .into()),
        }
    }

    /// Number and edges of the next vertex, with the line of its number.
    fn vertex(&mut self) -> Result<(i64, u64, Vec<Listed>)> {
        let id = self.integer("id of a vertex", 0, i64::from(u32::MAX))?;
        let line = self.line;
        self.number("x of a vertex")?;
        self.number("y of a vertex")?;
        let degree = self.integer("degree of a vertex", 0, MOST_VERTICES)?;
        let mut edges = Vec::new();
        for _ in 0..degree {
            let to = self.integer("id of a neighbour", 0, i64::from(u32::MAX))?;
            let line = self.line;
            let letters = self.next("direction of a neighbour")?;
            if !letters.chars().all(|c| c.is_ascii_alphabetic()) {
                let error = unreadable("direction of a neighbour", self.line, letters);
                return Err(error
                    .hint("letters such as `N` or `SW`; is a token missing?")
                    .into());
            }
            let cost = self.integer("cost of an edge", 1, MOST_COST)?;
            edges.push((to, cost, line));
        }
        Ok((id, line, edges))
    }

    fn end(&mut self) -> Result<()> {
        match self.rest.next() {
            None => Ok(()),
            Some((line, token)) => Err(Error::input("B003", "something after the last vertex")
                .line(line)
                .value(token)
                .hint("the first line says how many vertices there are")
                .into()),
        }
    }
}

fn unreadable(what: &str, line: u64, value: impl std::fmt::Display) -> Error {
    let error = Error::input("B002", format!("the {what} cannot be read"));
    error.line(line).value(value)
}

/// Vertices by index; every edge must be listed from both ends at one cost.
fn join(listed: &[(i64, u64, Vec<Listed>)]) -> Result<Vec<Vertex>> {
    let mut errors = Errors::default();
    let mut index = BTreeMap::new();
    for (k, &(id, line, _)) in listed.iter().enumerate() {
        if index.insert(id, k as u32).is_some() {
            let error = Error::input("B012", "two vertices of one id").line(line);
            errors.push(error.value(id).hint("give every vertex its own"));
        }
    }
    // Some maps list a neighbour twice: the cheaper way is the one to go.
    let mut costs: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for &(id, _, ref edges) in listed {
        for &(to, cost, line) in edges {
            if to == id || !index.contains_key(&to) {
                let what = "an edge to the vertex itself or to one that is not listed";
                let error = Error::input("B012", what).line(line).value(to);
                errors.push(error.hint("a neighbour is the id of another vertex"));
                continue;
            }
            let known = costs.entry((id, to)).or_insert(cost);
            *known = cost.min(*known);
        }
    }
    for &(id, _, ref edges) in listed {
        for &(to, _, line) in edges {
            let (there, back) = (costs.get(&(id, to)), costs.get(&(to, id)));
            if there.is_some() && there != back {
                let said = |cost: Option<&i64>| cost.map_or("nothing".to_owned(), i64::to_string);
                let (there, back) = (said(there), said(back));
                let error = Error::input("B013", "an edge that differs from its way back")
                    .line(line)
                    .value(format!("{id} to {to}: {there}, {to} to {id}: {back}"));
                errors.push(error.hint("edges are undirected: list them from both ends alike"));
            }
        }
    }
    // Both ends list an edge, so this is twice the sum.
    if costs.values().sum::<i64>() / 2 > MOST_COST {
        let error = Error::input("B007", "costs that add up to too much");
        errors.push(error.hint(format!("at most {MOST_COST} pixels in all")));
    }
    errors.into_result(())?;
    let vertex = |(id, _, edges): &(i64, u64, Vec<Listed>)| {
        let cheapest = |e: &Listed| (index[&e.0], costs[&(*id, e.0)]);
        let mut neighbours: Vec<_> = edges.iter().map(cheapest).collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        Vertex {
            id: *id,
            neighbours,
        }
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
