//! Keys and what they stand for.

use std::collections::BTreeMap;
use std::fmt;

use crate::ids::Id;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::model::Text;
use crate::scenario::record::Record;

/// The keys of one kind of thing. A key may stand for several ids (units that are alike).
#[derive(Clone, Debug)]
pub(crate) struct Names<I> {
    what: &'static str,
    keys: BTreeMap<String, (At, Vec<I>)>,
    /// Whether keys are missing because their file was refused.
    incomplete: bool,
}

impl<I: Id + fmt::Debug> Names<I> {
    /// No keys yet; `what` is the thing in the singular.
    pub(crate) fn new(what: &'static str) -> Self {
        Self {
            what,
            keys: BTreeMap::new(),
            incomplete: false,
        }
    }

    /// Notes that the file of these keys was refused, so that an unknown one means nothing.
    pub(crate) fn forgive(&mut self) {
        self.incomplete = true;
    }

    /// Whether an unknown key means nothing.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// Enters a key; a second one of the same spelling is reported.
    pub(crate) fn enter(&mut self, gather: &mut Gather, key: &str, at: At, ids: Vec<I>) {
        if let Some((first, _)) = self.keys.get(key) {
            let first = gather.name(*first);
            let what = format!("the {}s", self.what);
            gather.fault(at, fault::s015_duplicate(&what, key, &first));
            return;
        }
        self.keys.insert(key.to_owned(), (at, ids));
    }

    /// The first key of an id.
    pub(crate) fn key(&self, id: I) -> Option<&str> {
        let mut keys = self.keys.iter();
        keys.find(|(_, (_, ids))| ids.contains(&id))
            .map(|(key, _)| &**key)
    }

    /// Whether a key is entered.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// What a key stands for; an unknown key is reported.
    pub(crate) fn all(&self, gather: &mut Gather, key: &str, at: At) -> &[I] {
        match self.keys.get(key) {
            Some((_, ids)) => ids,
            None if self.incomplete => &[],
            None => {
                let known = self.keys.keys().map(String::as_str);
                gather.fault(at, fault::s014_unknown(self.what, key, known));
                &[]
            }
        }
    }

    /// The one id that a field refers to.
    pub(crate) fn one(&self, gather: &mut Gather, record: &Record, field: &str) -> Option<I> {
        let cell = record.cell(field)?;
        self.all(gather, cell.text(), cell.at).first().copied()
    }

    /// The ids that a list field refers to, each once, in id order.
    pub(crate) fn list(&self, gather: &mut Gather, record: &Record, field: &str) -> Vec<I> {
        let mut ids = Vec::new();
        for (word, at) in record.words(field) {
            ids.extend_from_slice(self.all(gather, word, at));
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// The key of a record; a stand-in where it is missing or refused, which has been reported.
pub(crate) fn key(record: &Record, gather: &mut Gather, field: &str) -> String {
    record
        .key(gather, field)
        .unwrap_or_else(|| format!("?{}", record.at.line))
}

/// The names of a record: as given, by default its key.
pub(crate) fn text(record: &Record, key: &str) -> Text {
    Text {
        plain: record.text("name").unwrap_or(key).to_owned(),
        zh: record.text("name_zh").map(str::to_owned),
    }
}

/// The position of something that only the files know by key: an effect, a risk profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nth(u32);

impl Id for Nth {
    fn new(index: usize) -> Self {
        Self(index as u32)
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}
