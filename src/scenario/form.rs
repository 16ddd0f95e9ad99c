//! What the tables of the files are made of: fields with a name, a type and a meaning.

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Type {
    /// A key, unique in its list.
    Key,
    /// Any text.
    Text,
    /// A word without blanks or list separators.
    Word,
    /// A length of time.
    Duration,
    /// A length of time, or a share of the target's standard.
    Age,
    /// A time of day.
    Clock,
    /// A local date-time.
    Instant,
    /// A local date.
    Date,
    /// A local date, or a date-time.
    Moment,
    /// A local date-time, or a length of time before the start.
    Ago,
    /// A length of time, or `once`.
    Spacing,
    /// 0 to 1 in whole hundredths.
    Share,
    /// A whole number from the first to the second.
    Whole(i64, i64),
    /// A number from the first to the second.
    Number(f64, f64),
    /// Yes or no.
    YesNo,
    /// A list of words.
    Words,
    /// A list of weekdays.
    Weekdays,
    /// Weekly windows.
    Windows,
    /// Authority by tier: `police=1 guards=0`.
    Authority,
    /// As many numbers of at least 0.
    Hours(usize),
    /// One of these words, each with other spellings.
    Choice(&'static [(&'static str, &'static [&'static str])]),
    /// A table of numbers under free keys.
    Speeds,
    /// A list of `[age, level]`.
    Steps,
    /// A list of tables.
    Tables(&'static Form),
}

/// A key or column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its Chinese name, also accepted in layers.
    pub(crate) zh: &'static [&'static str],
    /// What stands there.
    pub(crate) kind: Type,
    /// Whether it must be given.
    pub(crate) needed: bool,
    /// What it means.
    pub(crate) doc: &'static str,
}

/// A table of `scenario.toml` or the rows of a layer.
#[derive(Debug)]
pub(crate) struct Form {
    /// What it is called in messages, such as `[[tier]]` or `sites`.
    pub(crate) title: &'static str,
    /// What it is.
    pub(crate) doc: &'static str,
    /// Its fields, in groups that forms share.
    pub(crate) groups: &'static [&'static [Field]],
}

impl Form {
    /// All fields.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// All names and Chinese names.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.fields()
            .flat_map(|field| std::iter::once(field.name).chain(field.zh.iter().copied()))
    }

    /// The field of that name or Chinese name.
    pub(crate) fn find(&self, name: &str) -> Option<&'static Field> {
        self.fields()
            .find(|field| field.name == name || field.zh.contains(&name))
    }
}

/// A field that may be left out, with an English name only.
pub(crate) const fn opt(name: &'static str, kind: Type, doc: &'static str) -> Field {
    Field {
        name,
        zh: &[],
        kind,
        needed: false,
        doc,
    }
}

/// A field that may be left out, with Chinese names too.
pub(crate) const fn zh(
    name: &'static str,
    zh: &'static [&'static str],
    kind: Type,
    doc: &'static str,
) -> Field {
    Field {
        zh,
        ..opt(name, kind, doc)
    }
}

/// A field that must be given.
pub(crate) const fn need(field: Field) -> Field {
    Field {
        needed: true,
        ..field
    }
}
