//! Tables of best-known values: what a result is held against.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::named;
use super::files::read_text;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;

/// What is known of a problem.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// The best value read in a source.
    pub best: Option<f64>,
    /// Whether that is proven to be the best there is.
    pub proven: bool,
    /// A better value recalled but not checked.
    pub hint: Option<f64>,
    /// The best lower bound read in a source.
    pub lower: Option<f64>,
}

/// A table of what is known, by instance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BestKnown(BTreeMap<String, Known>);

/// Columns looked at; the first two must be there.
const COLUMNS: [&str; 5] = [
    "instance",
    "best_known",
    "proven",
    "unverified_hint",
    "lower_bound",
];

impl BestKnown {
    /// Reads a CSV table with at least the columns `instance` and `best_known`; `proven`
    /// (`yes` or anything else), `unverified_hint` and `lower_bound` are heeded, other columns
    /// are not.
    ///
    /// # Errors
    /// `IO1`, `B008`, `B010`.
    pub fn read(file: &Path) -> Result<Self> {
        let text = read_text(file)?;
        Self::parse(&text).map_err(|errors| named(errors, file))
    }

    /// What is known of `name` with `units` units: the row `name|m=units`, else the row
    /// `name`.
    pub fn of(&self, name: &str, units: u32) -> Known {
        let exact = self.0.get(&format!("{name}|m={units}"));
        exact
            .or_else(|| self.0.get(name))
            .copied()
            .unwrap_or_default()
    }

    /// Whether there is a row for exactly `name` with `units` units.
    pub fn has(&self, name: &str, units: u32) -> bool {
        self.0.contains_key(&format!("{name}|m={units}"))
    }

    /// The names of all rows, with the number of units where they have one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut errors = Errors::default();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let head = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
        let places = COLUMNS.map(|c| head.iter().position(|h| h.trim() == c));
        for (column, place) in COLUMNS.iter().zip(places).take(2) {
            if place.is_none() {
                let error = wrong(format!("the column `{column}` is missing")).line(1);
                errors.push(error.hint("the first line names the columns: instance,best_known"));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut rows = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|e| wrong(e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |k: usize| places[k].and_then(|p| record.get(p)).map_or("", str::trim);
            let mut value = |k: usize| number(cell(k), line, &mut errors);
            let known = Known {
                best: value(1),
                hint: value(3),
                lower: value(4),
                proven: cell(2) == "yes",
            };
            if rows.insert(cell(0).to_owned(), known).is_some() {
                let error = wrong("this instance has a row already".to_owned());
                errors.push(error.line(line).value(cell(0)).hint("keep one of the two"));
            }
        }
        errors.into_result(Self(rows))
    }
}

/// A value, or nothing where the cell is empty.
fn number(cell: &str, line: u64, errors: &mut Errors) -> Option<f64> {
    if cell.is_empty() {
        return None;
    }
    let value = cell.parse::<f64>().ok().filter(|v| v.is_finite());
    if value.is_none() {
        let error = wrong("this value is not a number".to_owned());
        errors.push(
            error
                .line(line)
                .value(cell)
                .hint("write 12 or 12.5, or nothing"),
        );
    }
    value
}

fn wrong(what: String) -> Error {
    Error::input("B010", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_with_and_without_units() {
        let text = "instance,best_known,proven,lower_bound,unverified_hint,source\n\
            c1|m=2,590,yes,585.5,600,\"a, b\"\np4.2.a,20.5,unknown,,,x\nnew,,,,,\n";
        let table = BestKnown::parse(text).expect("reads");
        let known = Known {
            best: Some(590.0),
            proven: true,
            hint: Some(600.0),
            lower: Some(585.5),
        };
        assert_eq!(table.of("c1", 2), known);
        assert_eq!(table.of("c1", 3), Known::default());
        assert_eq!(table.of("p4.2.a", 2).best, Some(20.5));
        assert_eq!(table.of("new", 1), Known::default());
        assert_eq!(
            table.names().collect::<Vec<_>>(),
            ["c1|m=2", "new", "p4.2.a"]
        );
        assert!(table.has("c1", 2) && !table.has("p4.2.a", 2));
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        let errors = BestKnown::parse("instance,best_known\na,x\nb,NaN\na,3\n").expect_err("bad");
        let lines: Vec<_> = errors.0.iter().map(|e| (e.code, e.line)).collect();
        assert_eq!(
            lines,
            [("B010", Some(2)), ("B010", Some(3)), ("B010", Some(4))]
        );
        let errors = BestKnown::parse("name,value\n").expect_err("bad");
        assert_eq!(errors.0.len(), 2);
    }
}
