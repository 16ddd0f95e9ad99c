//! CSV layers to records: RFC 4180 with the place of every cell, and with what spreadsheets
//! make of it (semicolons or tabs for commas, empty lines, rows of empty cells).

use crate::scenario::fault;
use crate::scenario::form::Field;
use crate::scenario::form::Form;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::record::Cell;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::scenario::text::Source;

/// Rows of a layer, at most.
const ROWS_CAP: usize = 200_000;

/// The rows of a CSV source as records of `form`.
pub(crate) fn read(source: &Source, form: &'static Form, gather: &mut Gather) -> Vec<Record> {
    let mut rows = match rows(source) {
        Ok(rows) if rows.len() > ROWS_CAP => {
            gather.fault(
                source.at,
                fault::s037_too_much("rows", rows.len(), ROWS_CAP),
            );
            return Vec::new();
        }
        Ok(rows) => rows.into_iter(),
        Err(open) => {
            let hint = "double a quote inside quoted text, and close the text with one";
            gather.fault(open, fault::s007_csv("a quoted text never ends", hint));
            return Vec::new();
        }
    };
    let Some(header) = rows.next() else {
        let what = format!("the header of {}", form.title);
        let hint = "the first line names the columns";
        gather.fault(source.at, fault::s005_missing(what, hint));
        return Vec::new();
    };
    let columns = columns(&header, form, gather);
    rows.map(|row| record(row, &columns, form, gather))
        .collect()
}

/// A cell's text and place.
type Text = (String, At);

/// The fields of the header's columns; unknown and repeated ones are reported.
fn columns(
    header: &[Text],
    form: &'static Form,
    gather: &mut Gather,
) -> Vec<Option<&'static Field>> {
    let mut columns: Vec<Option<&'static Field>> = Vec::new();
    for (name, at) in header {
        let name = name.trim();
        let field = form.find(name);
        if let Some(field) = field {
            if columns
                .iter()
                .flatten()
                .any(|known| known.name == field.name)
            {
                let what = format!("column `{}` stands there twice", field.name);
                gather.fault(*at, fault::s007_csv(what, "keep one of them"));
            }
        } else if !name.is_empty() {
            let known = form.spellings();
            gather.fault(*at, fault::s004_unknown("column", form.title, name, known));
        }
        columns.push(field);
    }
    for field in form.fields().filter(|field| field.needed) {
        if !columns
            .iter()
            .flatten()
            .any(|known| known.name == field.name)
        {
            let at = header.first().map_or(At::default(), |(_, at)| *at);
            let what = format!("column `{}` of {}", field.name, form.title);
            gather.fault(
                at,
                fault::s005_missing(what, format!("it is the {}", field.doc)),
            );
        }
    }
    columns
}

/// A row as a record.
fn record(
    row: Vec<Text>,
    columns: &[Option<&'static Field>],
    form: &'static Form,
    gather: &mut Gather,
) -> Record {
    let at = row.first().map_or(At::default(), |(_, at)| *at);
    let mut record = Record::new(form, At { column: 0, ..at });
    let extra = row.iter().skip(columns.len());
    let extra = extra.filter(|(text, _)| !text.trim().is_empty()).count();
    if extra > 0 || row.len() < columns.len() {
        let what = format!(
            "this row has {} cells, the header {}",
            row.len(),
            columns.len()
        );
        let hint = "put cells with commas into \"quotes\", keep the commas of empty cells";
        gather.fault(record.at, fault::s007_csv(what, hint));
        // What stands where is anyone's guess, so nothing more is said of this row.
        record.distrust();
    }
    for ((text, at), column) in row.into_iter().zip(columns) {
        if let Some(field) = column
            && (field.name == "id" || !record.is_distrusted())
        {
            record.set(
                field.name,
                Cell {
                    at,
                    raw: Raw::Text(text),
                },
            );
        }
    }
    let missing = |field: &&'static Field| field.needed && !record.has(field.name);
    for field in form.fields().filter(missing) {
        // A missing column has been reported with the header.
        if columns
            .iter()
            .flatten()
            .any(|known| known.name == field.name)
        {
            let what = format!("`{}` of this row", field.name);
            gather.fault(
                record.at,
                fault::s005_missing(what, format!("it is the {}", field.doc)),
            );
        }
    }
    record
}

/// Cuts the text into rows of cells, leaving out rows without any text. An error is the
/// place of a quote that is never closed.
fn rows(source: &Source) -> Result<Vec<Vec<Text>>, At> {
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
            _ if c == delimiter => scan.end_cell(source, offset),
            _ => {
                scan.begin(offset);
                scan.cell.push(c);
            }
        }
    }
    if scan.quoted {
        return Err(source.place(scan.start.unwrap_or(0)));
    }
    scan.end_row(source, source.text.len());
    Ok(scan.rows)
}

/// Where the scan of a CSV text stands.
#[derive(Default)]
struct Scan {
    rows: Vec<Vec<Text>>,
    row: Vec<Text>,
    cell: String,
    start: Option<usize>,
    quoted: bool,
}

impl Scan {
    /// Notes where the cell begins.
    fn begin(&mut self, offset: usize) {
        self.start.get_or_insert(offset);
    }

    fn end_cell(&mut self, source: &Source, offset: usize) {
        let at = source.place(self.start.take().unwrap_or(offset));
        self.row.push((std::mem::take(&mut self.cell), at));
    }

    fn end_row(&mut self, source: &Source, offset: usize) {
        self.end_cell(source, offset);
        let row = std::mem::take(&mut self.row);
        let filled = row.iter().any(|(text, _)| !text.trim().is_empty());
        if filled && self.rows.len() <= ROWS_CAP {
            self.rows.push(row);
        }
    }
}

/// What separates cells: of comma, semicolon and tab, the most frequent in the first line.
fn delimiter(text: &str) -> char {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let count = |c: char| header.matches(c).count();
    [',', ';', '\t']
        .into_iter()
        .rev()
        .max_by_key(|c| count(*c))
        .unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fields::SITE;
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

    #[test]
    fn chinese_headers_and_odd_rows() {
        let mut gather = Gather::default();
        let at = gather.file(std::path::Path::new("sites.csv"));
        let source = Source::new(
            "编号,名称,经度,纬度,lon,nmae\nA,银行,1,2,,\nB\n".to_owned(),
            at,
        );
        let records = read(&source, &SITE, &mut gather);
        assert_eq!(records[0].text("name"), Some("银行"));
        let codes: Vec<_> = gather.finish().0.iter().map(|e| e.code).collect();
        assert_eq!(codes, ["S007", "S004", "S007"]);
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
