//! Tables of points that somebody wants travel times between, and of pairs of them.

use std::collections::BTreeMap;
use std::path::Path;

use geo::Coord;

use super::csv::NODE_COLUMNS;
use super::csv::axes_of;
use super::csv::position_of;
use super::source::Source;
use super::table::Column;
use super::table::Table;
use crate::error::Error;
use crate::error::Result;
use crate::error::nearest;

/// Columns of a file of pairs.
const PAIR_COLUMNS: [Column; 2] = [("from", &["起点", "起"]), ("to", &["终点", "止"])];

/// Points to travel between.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// Whether positions are planar metres, else WGS-84 degrees.
    pub planar: bool,
    /// Their ids, each once.
    pub ids: Vec<String>,
    /// Where they are.
    pub at: Vec<Coord<f64>>,
}

impl Points {
    /// Reads a table with the columns `id`, and `lon` and `lat` or `x` and `y`; others are
    /// left alone, so that any table of places will do.
    ///
    /// # Errors
    /// When the file cannot be read or is not such a table; all that is wrong at once.
    pub fn read(file: &Path) -> Result<Self> {
        let source = Source::File(file);
        Self::of(source).map_err(|errors| source.name(errors))
    }

    fn of(source: Source<'_>) -> Result<Self> {
        let mut table = Table::open(source, &NODE_COLUMNS, |_| true)?;
        let (planar, [x, y]) = axes_of(&table);
        let [id, x, y] = table.columns(["id", x, y])?;
        let mut points = Self {
            planar,
            ..Self::default()
        };
        let mut known = BTreeMap::new();
        while table.next() {
            let at = position_of(&mut table, [x, y], planar);
            let Some(key) = table.cell(Some(id)).map(str::to_owned) else {
                let hint = "give every point an id: what it is called in the result";
                table.error(id, "R012", "a point without an id", hint);
                continue;
            };
            if known.insert(key.clone(), table.line()).is_some() {
                let hint = "give every point its own id";
                table.error(id, "R014", "an id that comes twice", hint);
            }
            if let Some(at) = at {
                points.ids.push(key);
                points.at.push(at);
            }
        }
        let mut errors = table.into_errors();
        if errors.is_empty() && points.ids.is_empty() {
            errors.push(no_rows("points"));
        }
        errors.into_result(points)
    }

    /// Reads a table with the columns `from` and `to`, ids of these points; gives their
    /// places among them.
    ///
    /// # Errors
    /// As [`Points::read`], and when a point is not among these.
    pub fn read_pairs(&self, file: &Path) -> Result<Vec<[usize; 2]>> {
        let source = Source::File(file);
        self.pairs_of(source).map_err(|errors| source.name(errors))
    }

    fn pairs_of(&self, source: Source<'_>) -> Result<Vec<[usize; 2]>> {
        let mut table = Table::open(source, &PAIR_COLUMNS, |_| true)?;
        let ends = table.columns(["from", "to"])?;
        let places = self.ids.iter().map(String::as_str).zip(0..);
        let places: BTreeMap<&str, usize> = places.collect();
        let mut pairs = Vec::new();
        while table.next() {
            let found = ends.map(|column| {
                let key = table.cell(Some(column)).unwrap_or_default();
                let place = places.get(key).copied();
                if place.is_none() {
                    let hint = match nearest(key, places.keys().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "add the point to the points file, or mend the id".to_owned(),
                    };
                    let what = "a point that the points file lacks";
                    table.error(column, "R015", what, hint);
                }
                place
            });
            if let [Some(from), Some(to)] = found {
                pairs.push([from, to]);
            }
        }
        let mut errors = table.into_errors();
        if errors.is_empty() && pairs.is_empty() {
            errors.push(no_rows("pairs"));
        }
        errors.into_result(pairs)
    }
}

fn no_rows(what: &str) -> Error {
    Error::input("R016", format!("a table of {what} without a row"))
        .line(1)
        .hint("the first row names the columns; add a row for each")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Result<Points> {
        Points::of(Source::Bytes(text.as_bytes()))
    }

    fn places(
        result: Result<impl std::fmt::Debug>,
    ) -> Vec<(&'static str, Option<u64>, Option<u64>)> {
        let errors = result.expect_err("it is wrong").0;
        errors.iter().map(|e| (e.code, e.line, e.column)).collect()
    }

    #[test]
    fn any_table_of_places_will_do() {
        let found = points("name,id,kind,lat,lon\nBank,b1,bank,35.9,14.5\n").expect("sound");
        assert_eq!(found.ids, ["b1"]);
        assert_eq!(found.at, [Coord { x: 14.5, y: 35.9 }]);
        assert!(!found.planar);
        let found = points("编号;横坐标;纵坐标\n甲;1;2\n乙;3;4\n").expect("sound");
        assert!(found.planar);
        let pairs = found.pairs_of(Source::Bytes("to,from\n甲,乙\n".as_bytes()));
        assert_eq!(pairs.expect("sound"), [[1, 0]]);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_with_its_place() {
        let wrong = points("id,lon,lat\na,200,1\n,1,x\na,1,1\nb,1\n");
        assert_eq!(
            places(wrong),
            [
                ("R012", Some(2), Some(3)),
                ("R012", Some(3), Some(4)),
                ("R012", Some(3), Some(1)),
                ("R014", Some(4), Some(1)),
                ("R013", Some(5), None),
            ]
        );
        assert_eq!(places(points("id,lon\n")), [("R013", Some(1), None)]);
        assert_eq!(places(points("id,x,y\n")), [("R016", Some(1), None)]);
        let known = points("id,x,y\nbank,1,2\n").expect("sound");
        let pairs = known.pairs_of(Source::Bytes(b"from,to\nbank,bnak\n,bank\n"));
        let errors = pairs.expect_err("neither is known");
        assert!(
            errors.to_string().contains("did you mean `bank`?"),
            "{errors}"
        );
        assert_eq!(errors.0.len(), 2);
    }
}
