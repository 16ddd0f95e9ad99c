//! CSV tables with known columns: headers in two languages, places for errors, bounded rows.

use std::str::FromStr;

use super::fault::Fault;
use super::fault::clip;
use super::source::Input;
use super::source::Source;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::error::nearest;

/// Longest row. Rows hold some numbers and a name.
const MAX_ROW_BYTES: u64 = 1 << 20;

/// Errors gathered before giving up.
const MAX_ERRORS: usize = 50;

/// A column: its name, and other headers it is known by.
pub(super) type Column = (&'static str, &'static [&'static str]);

/// A table being read, with the errors found in it so far.
pub(super) struct Table<'a> {
    source: Source<'a>,
    reader: csv::Reader<Input<'a>>,
    /// The name of every column, as known to the reader of the table.
    names: Vec<String>,
    record: csv::StringRecord,
    pub(super) errors: Errors,
}

impl<'a> Table<'a> {
    /// Opens a table whose columns are `known`, or are tags that `is_tag` knows.
    ///
    /// # Errors
    /// When its headers are not in order.
    pub(super) fn open(
        source: Source<'a>,
        known: &[Column],
        is_tag: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let input = source.open().map_err(|e| Fault::from(e).error())?;
        let head = source.head().map_err(|e| Fault::from(e).error())?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(&head))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(input.limit_items(MAX_ROW_BYTES));
        let headers = reader.headers().map_err(|e| fault_of(e).error().line(1))?;
        let mut table = Self {
            source,
            names: Vec::new(),
            record: headers.clone(),
            reader,
            errors: Errors::default(),
        };
        for i in 0..table.record.len() {
            let name = table.header(i, known, &is_tag);
            table.names.push(name);
        }
        if table.errors.is_empty() {
            Ok(table)
        } else {
            Err(table.source.name(table.errors))
        }
    }

    /// The name of the column under header `i`; unknown and repeated ones are errors.
    fn header(&mut self, i: usize, known: &[Column], is_tag: impl Fn(&str) -> bool) -> String {
        let header = self.record[i].trim_start_matches('\u{feff}').to_lowercase();
        let column = known
            .iter()
            .find(|(name, others)| *name == header || others.contains(&header.as_str()));
        let name = column.map_or(header.as_str(), |(name, _)| name).to_owned();
        if self.names.contains(&name) {
            self.error(i, "R013", "a column that comes twice", "keep one of them");
        } else if column.is_none() && !is_tag(&header) {
            let near = nearest(&header, known.iter().map(|(name, _)| *name));
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("columns are {}, and tags of the map", names.join(", ")),
            };
            self.error(i, "R013", "unknown column", hint);
        }
        name
    }

    /// The place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// The places of columns that must be there.
    ///
    /// # Errors
    /// Naming all that are missing.
    pub(super) fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N]> {
        let places = names.map(|name| self.column(name));
        let mut errors = Errors::default();
        for (name, _) in names.iter().zip(places).filter(|(_, p)| p.is_none()) {
            errors.push(
                Error::input("R013", format!("the column `{name}` is missing"))
                    .line(1)
                    .hint(format!(
                        "the first row names the columns: {}",
                        names.join(", ")
                    )),
            );
        }
        match places.iter().copied().collect::<Option<Vec<usize>>>() {
            Some(found) => Ok(std::array::from_fn(|i| found[i])),
            None => Err(self.source.name(errors)),
        }
    }

    /// Goes to the next row with as many cells as there are columns; `false` at the end, or
    /// when there were too many errors.
    pub(super) fn next(&mut self) -> bool {
        loop {
            if self.errors.0.len() >= MAX_ERRORS {
                return false;
            }
            self.reader.get_mut().mark();
            match self.reader.read_record(&mut self.record) {
                Ok(false) => return false,
                Ok(true) if self.record.len() == self.names.len() => return true,
                Ok(true) => self.ragged(),
                Err(e) => {
                    let is_text = matches!(e.kind(), csv::ErrorKind::Utf8 { .. });
                    let place = e.position().unwrap_or(self.reader.position());
                    let line = place.line().max(1);
                    self.errors.push(fault_of(e).error().line(line));
                    if !is_text {
                        return false;
                    }
                }
            }
        }
    }

    fn ragged(&mut self) {
        let what = format!(
            "a row of {} cells under {} columns",
            self.record.len(),
            self.names.len()
        );
        self.errors.push(
            Error::input("R013", what)
                .line(self.line())
                .hint("quote cells that contain the separator"),
        );
    }

    /// The line of the row.
    pub(super) fn line(&self) -> u64 {
        self.record.position().map_or(1, csv::Position::line)
    }

    /// A cell of the row, `None` when it is empty or has no column.
    pub(super) fn cell(&self, column: Option<usize>) -> Option<&str> {
        column
            .and_then(|i| self.record.get(i))
            .filter(|cell| !cell.is_empty())
    }

    /// A cell as a number that `is_sound`; anything else is an error, and `None`.
    pub(super) fn number<T: FromStr>(
        &mut self,
        column: usize,
        is_sound: impl Fn(&T) -> bool,
        hint: &str,
    ) -> Option<T> {
        let number = self
            .record
            .get(column)?
            .parse()
            .ok()
            .filter(|n| is_sound(n));
        if number.is_none() {
            let what = format!("`{}` is no number that fits", self.names[column]);
            self.error(column, "R012", what, hint);
        }
        number
    }

    /// A number that may be left out.
    pub(super) fn optional_number<T: FromStr>(
        &mut self,
        column: Option<usize>,
        is_sound: impl Fn(&T) -> bool,
        hint: &str,
    ) -> Option<T> {
        self.cell(column)?;
        self.number(column?, is_sound, hint)
    }

    /// Adds an error about a cell of the row.
    pub(super) fn error(
        &mut self,
        column: usize,
        code: &'static str,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) {
        // Right where no cell before it is quoted or padded.
        let before = self.record.iter().take(column);
        let place = 1 + before.map(|cell| cell.chars().count() + 1).sum::<usize>();
        self.errors.push(
            Error::input(code, what)
                .line(self.line())
                .column(place as u64)
                .value(clip(self.record.get(column).unwrap_or_default()))
                .hint(hint),
        );
    }

    /// The tags that the row's columns of other names spell.
    pub(super) fn tags(&self, except: &[Column]) -> Vec<(&str, &str)> {
        let cells = self.names.iter().zip(&self.record);
        cells
            .filter(|(name, cell)| !cell.is_empty() && except.iter().all(|(own, _)| own != name))
            .map(|(name, cell)| (name.as_str(), cell))
            .collect()
    }

    /// The errors found, under the table's file.
    pub(super) fn into_errors(self) -> Errors {
        self.source.name(self.errors)
    }
}

/// What separates the cells of the first row: a comma, else a semicolon or tab.
fn delimiter(head: &[u8]) -> u8 {
    let row = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let separators = [b',', b';', b'\t'].into_iter();
    let found = separators.rev().max_by_key(|s| row.contains(s) as u8);
    found.unwrap_or(b',')
}

fn fault_of(error: csv::Error) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause.into(),
        csv::ErrorKind::Utf8 { .. } => Fault::Unsupported(
            "text that is not UTF-8".to_owned(),
            "save the table as CSV UTF-8",
        ),
        _ => Fault::damaged("no table can be made out"),
    }
}
