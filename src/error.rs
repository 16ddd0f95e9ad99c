//! One error type: what is wrong, where, with which value, and what to do about it.
//!
//! Readers gather every error of a file before they give up, so functions return [`Errors`].

use std::fmt;
use std::path::Path;
use std::path::PathBuf;

/// What kind of trouble, which decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An input file or argument is wrong: exit code 2.
    Input,
    /// A file cannot be read or written: exit code 3.
    Io,
    /// A promise of the program itself is broken (please report it): exit code 70.
    Internal,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Which kind of trouble.
    pub kind: Kind,
    /// Stable code, such as `S012`; `docs/errors.md` lists them all.
    pub code: &'static str,
    /// What is wrong: a lower-case phrase that names what was being done.
    pub what: String,
    /// The file it stands in.
    pub file: Option<PathBuf>,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column, from 1.
    pub column: Option<u64>,
    /// The offending value as written.
    pub value: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Error {
    /// An error in an input file or argument.
    pub fn input(code: &'static str, what: impl Into<String>) -> Self {
        Self {
            kind: Kind::Input,
            code,
            what: what.into(),
            file: None,
            line: None,
            column: None,
            value: None,
            hint: None,
        }
    }

    /// A file that cannot be read or written.
    pub fn io(what: impl Into<String>, file: &Path, cause: &std::io::Error) -> Self {
        let hint = match cause.kind() {
            std::io::ErrorKind::NotFound => {
                "check the path; paths in a scenario's files start at its own folder"
            }
            std::io::ErrorKind::PermissionDenied => {
                "check the permissions of the file and its folder"
            }
            _ => "check the disk and try again",
        };
        let mut error = Self::input("IO1", format!("{}: {cause}", what.into()));
        error.kind = Kind::Io;
        error.file(file).hint(hint)
    }

    /// A broken promise of the program itself.
    pub fn internal(what: impl Into<String>) -> Self {
        let mut error = Self::input("X1", what);
        error.kind = Kind::Internal;
        error
    }

    /// Names the file.
    #[must_use]
    pub fn file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Names the line, from 1.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Names the column, from 1.
    #[must_use]
    pub fn column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }

    /// Quotes the offending value.
    #[must_use]
    pub fn value(mut self, value: impl fmt::Display) -> Self {
        self.value = Some(value.to_string());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: ", self.code)?;
        if let Some(file) = &self.file {
            write!(f, "{}", file.display())?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
                if let Some(column) = self.column {
                    write!(f, ":{column}")?;
                }
            }
            write!(f, ": ")?;
        }
        write!(f, "{}", self.what)?;
        if let Some(value) = &self.value {
            write!(f, " (found `{value}`)")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// One or more errors, in the order of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<Error>);

impl Errors {
    /// Adds one.
    pub fn push(&mut self, error: Error) {
        self.0.push(error);
    }

    /// Adds all of `more`.
    pub fn extend(&mut self, more: Errors) {
        self.0.extend(more.0);
    }

    /// `Ok(value)` when nothing was gathered, else the errors.
    pub fn into_result<T>(self, value: T) -> Result<T> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// Whether nothing was gathered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Exit code of the gravest kind: 2 input, 3 file system, 70 internal.
    pub fn exit_code(&self) -> u8 {
        match self.0.iter().map(|e| e.kind).max() {
            Some(Kind::Internal) => 70,
            Some(Kind::Io) => 3,
            Some(Kind::Input) | None => 2,
        }
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

/// What most functions of the rim return.
pub type Result<T> = std::result::Result<T, Errors>;

/// The candidate nearest to `word` by edit distance, when near enough to be a slip: for
/// did-you-mean hints.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + word.chars().count() / 3;
    candidates
        .into_iter()
        .map(|c| (edit_distance(word, c), c))
        .filter(|&(d, _)| d <= limit)
        .min_by_key(|&(d, _)| d)
        .map(|(_, c)| c)
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_as_place_problem_value_hint() {
        let error = Error::input("S012", "unknown tier")
            .file(Path::new("sites.csv"))
            .line(4)
            .column(17)
            .value("polcie")
            .hint("did you mean `police`?");
        assert_eq!(
            error.to_string(),
            "error[S012]: sites.csv:4:17: unknown tier (found `polcie`)\n  hint: did you mean `police`?"
        );
    }

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        assert_eq!(nearest("polcie", ["guards", "police"]), Some("police"));
        assert_eq!(nearest("zeppelin", ["guards", "police"]), None);
    }
}
