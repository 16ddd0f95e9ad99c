//! CSV layers to records.

use crate::scenario::cells;
use crate::scenario::cells::Broken;
use crate::scenario::cells::Text;
use crate::scenario::fault;
use crate::scenario::form::Field;
use crate::scenario::form::Form;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::record::Cell;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::scenario::text::Source;

/// The rows of a CSV source as records of `form`; `None` when it is refused as a whole.
pub(crate) fn read(
    source: &Source,
    form: &'static Form,
    gather: &mut Gather,
) -> Option<Vec<Record>> {
    let mut rows = match cells::rows(source) {
        Ok(rows) => rows.into_iter(),
        Err(Broken(at, error)) => {
            gather.fault(at, *error);
            return None;
        }
    };
    let Some(header) = rows.next() else {
        let what = format!("the header of {}", form.title);
        let hint = "the first line names the columns";
        gather.fault(source.at, fault::s005_missing(what, hint));
        return None;
    };
    let columns = columns(&header, form, gather);
    let records = rows.map(|row| record(row, &columns, form, gather));
    Some(records.collect())
}

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
            if has(&columns, field) {
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
        if !has(&columns, field) {
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

/// Whether a field is among the columns.
fn has(columns: &[Option<&'static Field>], field: &Field) -> bool {
    columns
        .iter()
        .flatten()
        .any(|known| known.name == field.name)
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
        if has(columns, field) {
            let what = format!("`{}` of this row", field.name);
            gather.fault(
                record.at,
                fault::s005_missing(what, format!("it is the {}", field.doc)),
            );
        }
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::columns::SITE;

    #[test]
    fn chinese_headers_and_odd_rows() {
        let mut gather = Gather::default();
        let at = gather.file(std::path::Path::new("sites.csv"));
        let source = Source::new(
            "编号,名称,经度,纬度,lon,nmae\nA,银行,1,2,,\nB\n".to_owned(),
            at,
        );
        let records = read(&source, &SITE, &mut gather).expect("a table");
        assert_eq!(records[0].text("name"), Some("银行"));
        let codes: Vec<_> = gather.finish().0.iter().map(|e| e.code).collect();
        assert_eq!(codes, ["S007", "S004", "S007"]);
    }
}
