//! CSV text to rows of cells, each with its place: RFC 4180, and what spreadsheets make of it
//! (semicolons or tabs for commas, empty lines, rows of empty cells).

use crate::error::Error;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::text::Source;

/// Rows of a layer, at most.
const ROWS_CAP: usize = 200_000;
/// Cells of a row, at most: no layer has a tenth as many columns.
const CELLS_CAP: usize = 500;

/// A cell's text and place.
pub(crate) type Text = (String, At);

/// What makes a CSV text unreadable, and where.
#[derive(Debug)]
pub(crate) struct Broken(pub(crate) At, pub(crate) Box<Error>);

/// Cuts the text into rows of cells, leaving out rows without any text.
pub(crate) fn rows(source: &Source) -> Result<Vec<Vec<Text>>, Broken> {
    let delimiter = delimiter(&source.text);
    let mut scan = Scan::default();
    let mut chars = source.text.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        match c {
            '"' if scan.quoted => {
                if chars.next_if(|(_, next)| *next == '"').is_some() {
                    scan.cell.push('"');
                } else {
                    scan.quoted = false;
                }
            }
            _ if scan.quoted => scan.cell.push(c),
            '"' if scan.cell.trim().is_empty() => {
                scan.cell.clear();
                scan.begin(offset);
                scan.quoted = true;
            }
            '\n' => scan.end_row(source, offset),
            '\r' if matches!(chars.peek(), Some((_, '\n')) | None) => {}
            _ if c == delimiter => scan.end_cell(offset),
            _ => {
                scan.begin(offset);
                scan.cell.push(c);
            }
        }
        scan.check(source, offset)?;
    }
    if scan.quoted {
        let hint = "double a quote inside quoted text, and close the text with one";
        let error = fault::s007_csv("a quoted text never ends", hint);
        let at = source.place(scan.start.unwrap_or(0));
        return Err(Broken(at, Box::new(error)));
    }
    scan.end_row(source, source.text.len());
    Ok(scan.rows)
}

/// Where the scan of a CSV text stands.
#[derive(Default)]
struct Scan {
    rows: Vec<Vec<Text>>,
    /// The cells of this row so far, with the offset where each begins.
    row: Vec<(String, usize)>,
    cell: String,
    start: Option<usize>,
    quoted: bool,
}

impl Scan {
    /// Notes where the cell begins.
    fn begin(&mut self, offset: usize) {
        self.start.get_or_insert(offset);
    }

    fn end_cell(&mut self, offset: usize) {
        let start = self.start.take().unwrap_or(offset);
        self.row.push((std::mem::take(&mut self.cell), start));
    }

    fn end_row(&mut self, source: &Source, offset: usize) {
        self.end_cell(offset);
        if self.row.iter().any(|(text, _)| !text.trim().is_empty()) {
            let placed = |(text, start)| (text, source.place(start));
            self.rows.push(self.row.drain(..).map(placed).collect());
        }
        self.row.clear();
    }

    /// Refuses tables larger than any layer.
    fn check(&self, source: &Source, offset: usize) -> Result<(), Broken> {
        let (what, count, cap) = if self.rows.len() > ROWS_CAP {
            ("rows", self.rows.len(), ROWS_CAP)
        } else if self.row.len() > CELLS_CAP {
            ("cells in a row", self.row.len(), CELLS_CAP)
        } else {
            return Ok(());
        };
        let error = fault::s037_too_much(what, count, cap);
        Err(Broken(source.place(offset), Box::new(error)))
    }
}

/// What separates cells: of comma, semicolon and tab, the most frequent in the first line.
fn delimiter(text: &str) -> char {
    let mut lines = text.lines();
    let header = lines.find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |c: &char| header.matches(*c).count();
    let likely = ['\t', ';', ','].into_iter().max_by_key(count);
    likely.unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let source = Source::new(text.to_owned(), At::default());
        let rows = rows(&source).expect("closed quotes");
        let strip = |row: Vec<Text>| row.into_iter().map(|(text, _)| text).collect();
        rows.into_iter().map(strip).collect()
    }

    #[test]
    fn quotes_line_ends_and_other_delimiters() {
        let expected = vec![vec!["a", "b"], vec!["x, \"y\"\nz", "2"]];
        assert_eq!(cells("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n\r\n,\n"), expected);
        assert_eq!(
            cells("a;b;c\n1,5;2;3"),
            vec![vec!["a", "b", "c"], vec!["1,5", "2", "3"]]
        );
        assert_eq!(cells("a\tb\n1\t2")[1], ["1", "2"]);
        assert_eq!(cells("编号,名称\n")[0], ["编号", "名称"]);
    }

    #[test]
    fn cells_know_their_place() {
        let source = Source::new("id,name\n\"a\nb\",银行,x\n".to_owned(), At::default());
        let rows = rows(&source).expect("closed quotes");
        let places: Vec<_> = rows[1].iter().map(|(_, at)| (at.line, at.column)).collect();
        assert_eq!(places, [(2, 1), (3, 4), (3, 7)]);
    }

    proptest! {
        /// The csv crate is the oracle.
        #[test]
        fn what_the_csv_crate_writes_reads_back(
            table in prop::collection::vec(prop::collection::vec("[a,\"\n\r ;b银]{0,6}", 3), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new()
                .quote_style(csv::QuoteStyle::Always)
                .from_writer(Vec::new());
            writer.write_record(["h1", "h2", "h3"]).expect("memory");
            for row in &table {
                writer.write_record(row).expect("memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8");
            let filled = |row: &&Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
            let expected: Vec<Vec<String>> = table.iter().filter(filled).cloned().collect();
            prop_assert_eq!(&cells(&text)[1..], expected);
        }
    }
}
