//! A table of `scenario.toml`, a row of a CSV layer or the properties of a feature, all in
//! one form: values by field name, each with its place.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;

use crate::error::Error;
use crate::scenario::fault;
use crate::scenario::form::Form;
use crate::scenario::form::Type;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::value;
use crate::units::Level;
use crate::units::Seconds;

/// A value as it stands in the file.
#[derive(Clone, Debug)]
pub(crate) enum Raw {
    /// Text, or a number or yes/no in the file's spelling.
    Text(String),
    /// A list.
    List(Vec<Cell>),
    /// A table with free keys.
    Map(Vec<(String, Cell)>),
    /// A list of tables.
    Records(Vec<Record>),
}

/// A whole day, or an instant, by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A day.
    Day(Date),
    /// An instant.
    Instant(DateTime),
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Where it stands.
    pub(crate) at: At,
    /// What stands there.
    pub(crate) raw: Raw,
}

impl Cell {
    /// Its text; empty for lists and tables.
    pub(crate) fn text(&self) -> &str {
        match &self.raw {
            Raw::Text(text) => text.trim(),
            _ => "",
        }
    }
}

/// Values by field name.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// What it is.
    pub(crate) form: &'static Form,
    /// Where it begins.
    pub(crate) at: At,
    cells: BTreeMap<&'static str, Cell>,
    /// Fields that are given but were refused.
    spoilt: BTreeSet<&'static str>,
    /// Whether it is not known which value belongs to which field.
    distrusted: bool,
}

impl Record {
    /// An empty record of a form.
    pub(crate) fn new(form: &'static Form, at: At) -> Self {
        Self {
            form,
            at,
            cells: BTreeMap::new(),
            spoilt: BTreeSet::new(),
            distrusted: false,
        }
    }

    /// Sets a field; empty text counts as absent.
    pub(crate) fn set(&mut self, name: &'static str, cell: Cell) {
        if !matches!(&cell.raw, Raw::Text(text) if text.trim().is_empty()) {
            self.cells.insert(name, cell);
        }
    }

    /// Notes that a field is given, but wrong and reported.
    pub(crate) fn spoil(&mut self, name: &'static str) {
        self.spoilt.insert(name);
    }

    /// Notes that it is not known which value belongs to which field: all but the key count
    /// as given and refused.
    pub(crate) fn distrust(&mut self) {
        self.distrusted = true;
    }

    /// Whether it is not known which value belongs to which field.
    pub(crate) fn is_distrusted(&self) -> bool {
        self.distrusted
    }

    /// Takes from `other` what is absent here.
    pub(crate) fn fill_from(&mut self, other: &Self) {
        for field in self.form.fields() {
            if let (false, Some(cell)) = (self.has(field.name), other.cells.get(field.name)) {
                self.cells.insert(field.name, cell.clone());
            }
        }
    }

    /// Drops a field.
    pub(crate) fn clear(&mut self, name: &str) {
        self.cells.remove(name);
    }

    /// Whether a field is given, rightly or wrongly.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.distrusted || self.cells.contains_key(name) || self.spoilt.contains(name)
    }

    /// A field, when given.
    pub(crate) fn cell(&self, name: &str) -> Option<&Cell> {
        debug_assert!(
            self.form.fields().any(|field| field.name == name),
            "{} has no field {name}",
            self.form.title
        );
        self.cells.get(name)
    }

    /// Where a field stands; the record itself when it is absent.
    pub(crate) fn at(&self, name: &str) -> At {
        self.cells.get(name).map_or(self.at, |cell| cell.at)
    }

    /// Reports the needed fields that are absent.
    pub(crate) fn check_needed(&self, gather: &mut Gather) {
        for field in self.form.fields() {
            if field.needed && !self.has(field.name) {
                let what = format!("`{}` of {}", field.name, self.form.title);
                gather.fault(
                    self.at,
                    fault::s005_missing(what, format!("it is the {}", field.doc)),
                );
            }
        }
    }

    /// Text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.cell(name).map(Cell::text)
    }

    /// Text parsed by `parse`, or the error that `fault` makes of it.
    fn parsed<T>(
        &self,
        gather: &mut Gather,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        fault: impl FnOnce(&str) -> Error,
    ) -> Option<T> {
        let cell = self.cell(name)?;
        let value = parse(cell.text());
        if value.is_none() {
            gather.fault(cell.at, fault(cell.text()));
        }
        value
    }

    /// A key.
    pub(crate) fn key(&self, gather: &mut Gather, name: &str) -> Option<String> {
        let parse = |text: &str| value::is_key(text).then(|| text.to_owned());
        self.parsed(gather, name, parse, |text| fault::s016_key(name, text))
    }

    /// A length of time.
    pub(crate) fn duration(&self, gather: &mut Gather, name: &str) -> Option<Seconds> {
        let fault = |text: &str| fault::s010_duration(name, text);
        self.parsed(gather, name, value::duration, fault)
    }

    /// A time of day before midnight.
    pub(crate) fn clock(&self, gather: &mut Gather, name: &str) -> Option<Time> {
        let fault = |text: &str| fault::s011_time(name, text, "HH:MM, such as 06:00");
        self.parsed(gather, name, value::time_of_day, fault)
    }

    /// A local date-time.
    pub(crate) fn instant(&self, gather: &mut Gather, name: &str) -> Option<DateTime> {
        let fault = |text: &str| fault::s011_time(name, text, "YYYY-MM-DDTHH:MM");
        self.parsed(gather, name, value::date_time, fault)
    }

    /// A local date.
    pub(crate) fn date(&self, gather: &mut Gather, name: &str) -> Option<Date> {
        let fault = |text: &str| fault::s011_time(name, text, "YYYY-MM-DD");
        self.parsed(gather, name, value::date, fault)
    }

    /// A local date, or a date-time.
    pub(crate) fn moment(&self, gather: &mut Gather, name: &str) -> Option<Moment> {
        let fault = |text: &str| fault::s011_time(name, text, "YYYY-MM-DD or YYYY-MM-DDTHH:MM");
        let parse = |text: &str| {
            let day = value::date(text).map(Moment::Day);
            day.or_else(|| value::date_time(text).map(Moment::Instant))
        };
        self.parsed(gather, name, parse, fault)
    }

    /// A share.
    pub(crate) fn share(&self, gather: &mut Gather, name: &str) -> Option<Level> {
        let range = "a share from 0 to 1 in whole hundredths";
        let fault = |text: &str| fault::s012_number(name, text, range);
        self.parsed(gather, name, value::share, fault)
    }

    /// Yes or no.
    pub(crate) fn yes(&self, gather: &mut Gather, name: &str) -> Option<bool> {
        let known = ["yes", "no", "true", "false"];
        let fault = |text: &str| fault::s021_choice(name, text, known.into_iter());
        self.parsed(gather, name, value::yes, fault)
    }

    /// A number within the field's range.
    pub(crate) fn number(&self, gather: &mut Gather, name: &str) -> Option<f64> {
        let (low, high) = match self.kind(name) {
            Some(Type::Number(low, high)) => (low, high),
            _ => (f64::MIN, f64::MAX),
        };
        let parse = |text: &str| value::number(text).filter(|n| (low..=high).contains(n));
        let range = format!("a number from {low} to {high}");
        self.parsed(gather, name, parse, |text| {
            fault::s012_number(name, text, range)
        })
    }

    /// A whole number within the field's range.
    pub(crate) fn whole(&self, gather: &mut Gather, name: &str) -> Option<i64> {
        let (low, high) = match self.kind(name) {
            Some(Type::Whole(low, high)) => (low, high),
            _ => (i64::MIN, i64::MAX),
        };
        let parse = |text: &str| {
            let number = value::number(text)?;
            let whole = number.fract() == 0.0 && number.abs() < 1e15;
            whole
                .then_some(number as i64)
                .filter(|n| (low..=high).contains(n))
        };
        let range = format!("a whole number from {low} to {high}");
        self.parsed(gather, name, parse, |text| {
            fault::s012_number(name, text, range)
        })
    }

    /// One of the field's choices, by its first spelling.
    pub(crate) fn choice(&self, gather: &mut Gather, name: &str) -> Option<&'static str> {
        let Some(Type::Choice(choices)) = self.kind(name) else {
            return None;
        };
        let parse = |text: &str| {
            let found = choices
                .iter()
                .find(|(word, others)| *word == text || others.contains(&text));
            found.map(|(word, _)| *word)
        };
        let known = choices.iter().map(|(word, _)| *word);
        self.parsed(gather, name, parse, |text| {
            fault::s021_choice(name, text, known)
        })
    }

    /// The words of a list, each with its place.
    pub(crate) fn words(&self, name: &str) -> Vec<(&str, At)> {
        let Some(cell) = self.cell(name) else {
            return Vec::new();
        };
        match &cell.raw {
            Raw::Text(text) => value::items(text).map(|word| (word, cell.at)).collect(),
            Raw::List(cells) => cells
                .iter()
                .map(|cell| (cell.text(), cell.at))
                .filter(|(word, _)| !word.is_empty())
                .collect(),
            Raw::Map(_) | Raw::Records(_) => Vec::new(),
        }
    }

    /// A list of numbers of at least 0 with their places; what is none is reported.
    pub(crate) fn numbers(&self, gather: &mut Gather, name: &str) -> Option<Vec<f64>> {
        let Raw::List(cells) = &self.cell(name)?.raw else {
            return None;
        };
        let mut numbers = Vec::with_capacity(cells.len());
        for cell in cells {
            match value::number(cell.text()).filter(|n| (0.0..=1e6).contains(n)) {
                Some(number) => numbers.push(number),
                None => {
                    let error = fault::s012_number(name, cell.text(), "numbers from 0 to 1000000");
                    gather.fault(cell.at, error);
                    numbers.push(0.0);
                }
            }
        }
        Some(numbers)
    }

    /// What a field's value is.
    fn kind(&self, name: &str) -> Option<Type> {
        let field = self.form.fields().find(|field| field.name == name);
        field.map(|field| field.kind)
    }
}
