//! Rows of cells between commas, in sections; every cell that does not read is gathered, so
//! that a file is reported whole.

use std::ops::RangeInclusive;

use crate::bench::names::Names;
use crate::bench::names::hint;
use crate::bench::tokens::shortened;
use crate::error::Error;
use crate::error::Errors;

/// Errors gathered of one file; what follows is mostly their echo.
const MOST_ERRORS: usize = 20;
/// What the lines that begin a section begin with.
const SECTION: &str = "SECTION_";

/// A cell with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    pub(super) text: &'a str,
    line: u64,
    column: u64,
}

/// The cells of a line.
pub(super) type Row<'a> = Vec<Cell<'a>>;

/// A file cut into sections, and what is wrong with it so far.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    /// Each section wanted with its rows; `None` until its head is found.
    sections: Vec<(&'static str, Option<Vec<Row<'a>>>)>,
    last_line: u64,
    errors: Errors,
}

impl<'a> Lines<'a> {
    /// Cuts a text into the sections of these names, which may stand in any order. Empty lines
    /// and those that begin with `#` are passed over.
    pub(super) fn new(text: &'a str, sections: &[&'static str]) -> Self {
        let mut lines = Self {
            sections: sections.iter().map(|&s| (s, None)).collect(),
            last_line: text.lines().count().max(1) as u64,
            errors: Errors::default(),
        };
        let mut current = None;
        for (number, line) in (1..).zip(text.lines()) {
            let row = cells(number, line);
            let first = row[0];
            if line.trim().is_empty() || first.text.starts_with('#') {
                continue;
            }
            if first.text.starts_with(SECTION) {
                current = Some(lines.begin(first));
            } else if let Some(place) = current {
                // Rows of a section that nobody knows are its echo.
                if let Some((_, rows)) = lines.sections.get_mut(place) {
                    rows.get_or_insert_with(Vec::new).push(row);
                }
            } else {
                let hint = "lines before the first section begin with `#`";
                lines.fault(first, "B004", "a section is due here", hint);
                current = Some(usize::MAX);
            }
        }
        lines
    }

    /// Begins a section; gives its place, or one beyond all where it is none of those wanted.
    fn begin(&mut self, head: Cell<'a>) -> usize {
        let names: Vec<&str> = self.sections.iter().map(|(s, _)| *s).collect();
        let place = names.iter().position(|s| *s == head.text);
        match place {
            Some(place) if self.sections[place].1.is_none() => {
                self.sections[place].1 = Some(Vec::new());
                place
            }
            Some(_) => {
                self.twice(head, "this section");
                usize::MAX
            }
            None => {
                let hint = hint(head.text, names.iter().copied());
                self.fault(
                    head,
                    "B004",
                    "the format has no section of this name",
                    &hint,
                );
                usize::MAX
            }
        }
    }

    /// The rows of a section, once; where it is missing, none, and that is reported.
    pub(super) fn take(&mut self, section: &str) -> Vec<Row<'a>> {
        let found = self.sections.iter_mut().find(|(s, _)| *s == section);
        found.and_then(|(_, rows)| rows.take()).unwrap_or_else(|| {
            let error = Error::input("B001", format!("the section {section} is missing"));
            let hint = "is the file whole, and of this format?";
            self.push(error.line(self.last_line).hint(hint));
            Vec::new()
        })
    }

    /// Reports a section without a row, or with more than `most`.
    pub(super) fn few<T>(&mut self, rows: &[T], most: usize, section: &str) {
        if rows.is_empty() && !self.is_spoilt() {
            self.lacking(section);
        } else if rows.len() > most {
            let error = Error::input("B002", format!("{section} has more than {most} rows"));
            let hint = "is the file of this format?";
            self.push(error.value(rows.len()).hint(hint));
        }
    }

    /// Reports a section without a row.
    pub(super) fn lacking(&mut self, section: &str) {
        let error = Error::input("B001", format!("{section} has no row"));
        self.push(error.hint("is the file whole, and of this format?"));
    }

    /// A row as so many cells; `what` names them, for those that are missing.
    pub(super) fn exactly<const N: usize>(
        &mut self,
        row: &[Cell<'a>],
        what: [&str; N],
    ) -> Option<[Cell<'a>; N]> {
        if row.len() < N {
            let error = format!("the line ends where {} is due", what[row.len()]);
            let hint = format!("the cells of this section are {}", what.join(", "));
            self.fault(row[row.len() - 1], "B001", &error, &hint);
            return None;
        }
        // A comma at the end of the line is forgiven.
        if let Some(&cell) = row[N..].iter().find(|c| !c.text.is_empty()) {
            let hint = format!("the cells of this section are {}", what.join(", "));
            self.fault(cell, "B003", "the line goes on where its row ends", &hint);
            return None;
        }
        row.first_chunk().copied()
    }

    /// A cell as a whole number within `range`; a wrong one is read as the range's start.
    pub(super) fn whole(&mut self, cell: Cell<'_>, what: &str, range: RangeInclusive<u32>) -> u32 {
        // Some of the published files say -0.
        let value = cell.text.parse::<i64>().ok();
        let value = value.and_then(|v| u32::try_from(v).ok());
        let value = value.filter(|v| range.contains(v));
        value.unwrap_or_else(|| {
            let hint = format!("a whole number from {} to {}", range.start(), range.end());
            self.fault(cell, "B002", &format!("{what} is not such a number"), &hint);
            *range.start()
        })
    }

    /// A cell as one of `names`; a wrong one is read as the first.
    pub(super) fn name(&mut self, cell: Cell<'_>, what: &str, names: &Names) -> usize {
        names.find(cell.text).unwrap_or_else(|| {
            let error = format!("there is no {what} of this name");
            self.fault(cell, "B015", &error, &names.hint(cell.text));
            0
        })
    }

    /// A cell as a new name.
    pub(super) fn declare(&mut self, cell: Cell<'_>, what: &str, names: &mut Names) {
        if cell.text.is_empty() {
            let error = format!("this {what} has no name");
            self.fault(cell, "B002", &error, "a name of any letters and digits");
        } else if !names.add(cell.text) {
            self.twice(cell, &format!("this {what}"));
        }
    }

    /// Reports what is given a second time.
    pub(super) fn twice(&mut self, cell: Cell<'_>, what: &str) {
        let what = format!("{what} is given a second time");
        self.fault(cell, "B016", &what, "keep one of the two");
    }

    /// Reports what is wrong with a cell.
    pub(super) fn fault(&mut self, cell: Cell<'_>, code: &'static str, what: &str, hint: &str) {
        let error = Error::input(code, what).value(shortened(cell.text));
        self.push(error.line(cell.line).column(cell.column).hint(hint));
    }

    /// Whether anything was reported so far.
    pub(super) fn is_spoilt(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Everything that was reported.
    pub(super) fn finish(self) -> Errors {
        self.errors
    }

    fn push(&mut self, error: Error) {
        if self.errors.0.len() < MOST_ERRORS {
            self.errors.push(error);
        }
    }
}

impl<'a> Cell<'a> {
    /// Parts of a cell between `separator`, each with its place.
    pub(super) fn parts(self, separator: char) -> impl Iterator<Item = Cell<'a>> {
        pieces(self.text, separator, self.line, self.column)
    }
}

/// The cells of a line, at least one, with their columns counted in characters from 1.
fn cells(number: u64, line: &str) -> Row<'_> {
    pieces(line, ',', number, 1).collect()
}

/// Pieces of a text that begins at a place, white space around them left out.
fn pieces(text: &str, separator: char, line: u64, column: u64) -> impl Iterator<Item = Cell<'_>> {
    let mut next = column;
    text.split(separator).map(move |piece| {
        let inner = piece.trim_start();
        let blanks = (piece.len() - inner.len(), piece);
        let column = next + blanks.1[..blanks.0].chars().count() as u64;
        next += piece.chars().count() as u64 + 1;
        Cell {
            text: inner.trim_end(),
            line,
            column,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTIONS: &[&str] = &["SECTION_A", "SECTION_B"];

    #[test]
    fn sections_in_any_order_and_cells_with_their_places() {
        let text = "# a\r\n\r\nSECTION_B\r\n七, x=1|y ,\r\n#\r\nSECTION_A\r\n3,-0\r\n";
        let mut lines = Lines::new(text, SECTIONS);
        let (a, b) = (lines.take("SECTION_A"), lines.take("SECTION_B"));
        assert_eq!(a[0][0].text, "3");
        assert_eq!(lines.whole(a[0][0], "a count", 0..=3), 3);
        assert_eq!(lines.whole(a[0][1], "a count", 0..=3), 0);
        let [first, second] = lines.exactly(&b[0], ["a", "b"]).expect("two cells");
        assert_eq!((first.text, first.column), ("七", 1));
        assert_eq!((second.text, second.line, second.column), ("x=1|y", 4, 4));
        let parts: Vec<_> = second.parts('|').map(|c| (c.text, c.column)).collect();
        assert_eq!(parts, [("x=1", 4), ("y", 8)]);
        assert!(!lines.is_spoilt());
        lines.take("SECTION_B");
        assert_eq!(lines.finish().0[0].code, "B001");
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        let text = "x\ny\nSECTION_A\n1\n1,2,3\nSECTION_A\nSECTION_C\n7\nSECTION_B\n-1,z\n";
        let mut lines = Lines::new(text, SECTIONS);
        for row in lines.take("SECTION_A") {
            assert_eq!(lines.exactly(&row, ["a", "b"]), None);
        }
        let row = lines.take("SECTION_B").remove(0);
        let mut names = Names::default();
        lines.whole(row[0], "a count", 0..=9);
        lines.name(row[1], "shift", &names);
        lines.declare(row[1], "shift", &mut names);
        lines.declare(row[1], "shift", &mut names);
        let told: Vec<_> = lines
            .finish()
            .0
            .iter()
            .map(|e| (e.code, e.line, e.column))
            .collect();
        let wanted = [
            ("B004", 1, 1),
            ("B016", 6, 1),
            ("B004", 7, 1),
            ("B001", 4, 1),
            ("B003", 5, 5),
            ("B002", 10, 1),
            ("B015", 10, 4),
            ("B016", 10, 4),
        ];
        assert_eq!(told, wanted.map(|(c, l, k)| (c, Some(l), Some(k))));
    }
}
