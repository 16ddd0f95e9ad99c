//! `scenario.toml` to records: every table against its form, every value against its type,
//! all that is wrong reported at once with its place.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::scenario::fault;
use crate::scenario::fields::SECTIONS;
use crate::scenario::fields::SET_SECTIONS;
use crate::scenario::fields::Section;
use crate::scenario::form::Field;
use crate::scenario::form::Form;
use crate::scenario::form::Type;
use crate::scenario::gather::Gather;
use crate::scenario::record::Cell;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::scenario::text::Source;

/// The tables of a `scenario.toml` by section.
#[derive(Debug, Default)]
pub(crate) struct Sections(BTreeMap<&'static str, Vec<Record>>);

impl Sections {
    /// All tables of a list section.
    pub(crate) fn all(&self, name: &str) -> &[Record] {
        let mut known = SECTIONS.iter().chain(&SET_SECTIONS);
        debug_assert!(known.any(|section| section.name == name));
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The table of a section that stands once.
    pub(crate) fn one(&self, name: &str) -> Option<&Record> {
        self.all(name).first()
    }
}

/// The tables of a source, of which `known` may stand in it.
pub(crate) fn read(
    source: &Source,
    known: &'static [Section],
    gather: &mut Gather,
) -> Option<Sections> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in &errors {
        let at = error
            .span()
            .map_or(source.at, |span| source.place(span.start));
        gather.fault(at, fault::s003_toml(error.message().trim()));
    }
    if !errors.is_empty() {
        return None;
    }
    let mut reader = Reader {
        source,
        known,
        gather,
    };
    Some(reader.sections(table.get_ref()))
}

struct Reader<'a> {
    source: &'a Source,
    known: &'static [Section],
    gather: &'a mut Gather,
}

impl Reader<'_> {
    fn sections(&mut self, table: &DeTable<'_>) -> Sections {
        let mut sections = Sections::default();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some(section) = self.known.iter().find(|section| section.name == name) else {
                let known = self.known.iter().map(|section| section.name);
                let at = self.source.place(key.span().start);
                self.gather.fault(
                    at,
                    fault::s004_unknown("table", "the scenario", name, known),
                );
                continue;
            };
            let records = match value.get_ref() {
                DeValue::Table(table) if !section.many => {
                    vec![self.record(section.form, value.span().start, table)]
                }
                DeValue::Array(items) if section.many => self.records(section.form, items.iter()),
                other => {
                    let expected = if section.many {
                        "a list of tables"
                    } else {
                        "a table"
                    };
                    let at = self.source.place(value.span().start);
                    let error = fault::s006_type(name, expected, other.type_str())
                        .hint(format!("head it with {}", section.form.title));
                    self.gather.fault(at, error);
                    Vec::new()
                }
            };
            sections.0.insert(section.name, records);
        }
        for section in self.known.iter().filter(|section| section.needed) {
            if !table.keys().any(|key| key.get_ref() == section.name) {
                let hint = format!("it is {}", section.form.doc);
                self.gather.fault(
                    self.source.at,
                    fault::s005_missing(section.form.title, hint),
                );
            }
        }
        sections
    }

    fn records<'v>(
        &mut self,
        form: &'static Form,
        items: impl Iterator<Item = &'v Spanned<DeValue<'v>>>,
    ) -> Vec<Record> {
        let mut records = Vec::new();
        for item in items {
            let start = item.span().start;
            match item.get_ref() {
                DeValue::Table(table) => records.push(self.record(form, start, table)),
                other => {
                    let error = fault::s006_type(form.title, "a list of tables", other.type_str());
                    self.gather.fault(self.source.place(start), error);
                }
            }
        }
        records
    }

    fn record(&mut self, form: &'static Form, start: usize, table: &DeTable<'_>) -> Record {
        let mut record = Record::new(form, self.source.place(start));
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some(field) = form.fields().find(|field| field.name == name) else {
                let known = form.fields().map(|field| field.name);
                let at = self.source.place(key.span().start);
                self.gather
                    .fault(at, fault::s004_unknown("key", form.title, name, known));
                continue;
            };
            match self.raw(field, value) {
                Some(raw) => {
                    let at = self.source.place(value.span().start);
                    record.set(field.name, Cell { at, raw });
                }
                // Given, though wrong: not to be reported as missing as well.
                None => record.spoil(field.name),
            }
        }
        record.check_needed(self.gather);
        record
    }

    /// A value as its field wants it.
    fn raw(&mut self, field: &Field, value: &Spanned<DeValue<'_>>) -> Option<Raw> {
        let inner = value.get_ref();
        let raw = match (field.kind, inner) {
            (Type::Tables(form), DeValue::Array(items)) => {
                Some(Raw::Records(self.records(form, items.iter())))
            }
            (Type::Speeds, DeValue::Table(table)) => Some(self.map(table)),
            (Type::Words | Type::Weekdays | Type::Hours(_), DeValue::Array(items)) => {
                self.list(items.iter(), matches!(field.kind, Type::Hours(_)))
            }
            (Type::Steps, DeValue::Array(items)) => self.pairs(items.iter()),
            (kind, _) => scalar(kind, inner).map(Raw::Text),
        };
        if raw.is_none() {
            let at = self.source.place(value.span().start);
            let found = self.source.text.get(value.span()).unwrap_or_default();
            let error = fault::s006_type(field.name, expected(field.kind), first_line(found));
            self.gather.fault(at, error);
        }
        raw
    }

    /// Items that are all numbers, or all text.
    fn list<'v>(
        &mut self,
        items: impl Iterator<Item = &'v Spanned<DeValue<'v>>>,
        numbers: bool,
    ) -> Option<Raw> {
        let kind = if numbers {
            Type::Number(0.0, 0.0)
        } else {
            Type::Word
        };
        let cell = |item: &Spanned<DeValue<'_>>| {
            Some(Cell {
                at: self.source.place(item.span().start),
                raw: Raw::Text(scalar(kind, item.get_ref())?),
            })
        };
        items.map(cell).collect::<Option<_>>().map(Raw::List)
    }

    /// `[age, level]` pairs.
    fn pairs<'v>(&mut self, items: impl Iterator<Item = &'v Spanned<DeValue<'v>>>) -> Option<Raw> {
        let mut pairs = Vec::new();
        for item in items {
            let DeValue::Array(pair) = item.get_ref() else {
                return None;
            };
            let mut cells = Vec::new();
            for (value, kind) in pair.iter().zip([Type::Age, Type::Number(0.0, 0.0)]) {
                cells.push(Cell {
                    at: self.source.place(value.span().start),
                    raw: Raw::Text(scalar(kind, value.get_ref())?),
                });
            }
            if pair.len() != 2 {
                return None;
            }
            pairs.push(Cell {
                at: self.source.place(item.span().start),
                raw: Raw::List(cells),
            });
        }
        Some(Raw::List(pairs))
    }

    /// A table of numbers.
    fn map(&mut self, table: &DeTable<'_>) -> Raw {
        let mut entries = Vec::new();
        for (key, value) in table {
            let at = self.source.place(value.span().start);
            match scalar(Type::Number(0.0, 0.0), value.get_ref()) {
                Some(text) => entries.push((
                    key.get_ref().to_string(),
                    Cell {
                        at,
                        raw: Raw::Text(text),
                    },
                )),
                None => {
                    let found = value.get_ref().type_str();
                    let error = fault::s006_type(key.get_ref(), "a number", found);
                    self.gather.fault(at, error);
                }
            }
        }
        Raw::Map(entries)
    }
}

/// A scalar in text form, when its TOML type suits the field.
fn scalar(kind: Type, value: &DeValue<'_>) -> Option<String> {
    let bare = matches!(
        kind,
        Type::Share | Type::Whole(..) | Type::Number(..) | Type::YesNo
    );
    let nested = matches!(
        kind,
        Type::Tables(_) | Type::Steps | Type::Speeds | Type::Hours(_)
    );
    let text = !bare && !nested;
    let number = matches!(
        kind,
        Type::Share | Type::Whole(..) | Type::Number(..) | Type::Duration | Type::Age
    );
    match value {
        DeValue::String(value) if text => Some(value.to_string()),
        DeValue::Integer(value) if number => {
            let whole = i64::from_str_radix(value.as_str(), value.radix()).ok()?;
            Some(whole.to_string())
        }
        DeValue::Float(value) if number => Some(value.as_str().to_owned()),
        DeValue::Boolean(value) if matches!(kind, Type::YesNo) => Some(value.to_string()),
        _ => None,
    }
}

/// What a field wants, for messages.
fn expected(kind: Type) -> &'static str {
    match kind {
        Type::Duration | Type::Age => "a length of time such as \"1h30m\" or a number of minutes",
        Type::Clock => "a quoted time of day such as \"06:00\"",
        Type::Instant => "a quoted date-time such as \"2026-11-23T06:00\"",
        Type::Date | Type::Moment => "a quoted date such as \"2026-11-23\"",
        Type::Share | Type::Number(..) => "a number",
        Type::Whole(..) => "a whole number",
        Type::YesNo => "true or false",
        Type::Words | Type::Weekdays => "a list of texts such as [\"a\", \"b\"]",
        Type::Hours(24) => "a list of 24 numbers",
        Type::Hours(_) => "a list of 168 numbers",
        Type::Speeds => "a table of numbers such as { track = 0 }",
        Type::Steps => "a list of pairs such as [[\"15m\", 100], [\"40m\", 50]]",
        Type::Tables(_) => "a list of tables",
        _ => "a text in quotes",
    }
}

/// The first line of a value, not too long.
fn first_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => &line[..end],
        None => line,
    }
}
