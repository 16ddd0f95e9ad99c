//! Where something stands in the input, and the errors gathered on the way.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use crate::error::Error;
use crate::error::Errors;

/// Errors of one code in one file beyond this many are counted, not listed.
const LISTED_PER_CODE: usize = 50;

/// A place in one of the files of a scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    /// Which file, by its order of reading.
    pub(crate) file: u16,
    /// Line, from 1; 0 where unknown.
    pub(crate) line: u32,
    /// Column in characters, from 1; 0 where unknown.
    pub(crate) column: u32,
}

/// The files read so far and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    files: Vec<PathBuf>,
    found: Vec<(At, Error)>,
    counts: BTreeMap<(u16, &'static str), usize>,
}

impl Gather {
    /// Enters a file and returns the place that means "somewhere in it".
    pub(crate) fn file(&mut self, path: &Path) -> At {
        self.files.push(path.to_owned());
        At {
            file: (self.files.len() - 1) as u16,
            ..At::default()
        }
    }

    /// Adds an error that stands at `at`, unless it has just been added (defaults of a kind
    /// are read once for every target).
    pub(crate) fn fault(&mut self, at: At, error: Error) {
        let mut error = error.file(&self.files[usize::from(at.file)]);
        error.what = clipped(error.what, 300);
        error.value = error.value.map(|value| clipped(value, 80));
        if at.line > 0 {
            error = error.line(u64::from(at.line));
        }
        if at.column > 0 {
            error = error.column(u64::from(at.column));
        }
        if self.found.iter().any(|(a, e)| *a == at && *e == error) {
            return;
        }
        let count = self.counts.entry((at.file, error.code)).or_default();
        *count += 1;
        if *count <= LISTED_PER_CODE {
            self.found.push((at, error));
        }
    }

    /// Adds errors that stand at `at`.
    pub(crate) fn faults(&mut self, at: At, errors: Errors) {
        for error in errors.0 {
            self.fault(at, error);
        }
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.found.is_empty()
    }

    /// A place as people refer to it, such as `sites.csv:4`.
    pub(crate) fn name(&self, at: At) -> String {
        let file = self.files[usize::from(at.file)]
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        format!("{file}:{}", at.line)
    }

    /// All errors in the order of the input; floods of one code end with a count.
    pub(crate) fn finish(mut self) -> Errors {
        self.found.sort_by_key(|(at, _)| *at);
        for ((file, code), count) in self.counts {
            let more = count.saturating_sub(LISTED_PER_CODE);
            let mut same = self.found.iter_mut().rev();
            let last = same.find(|(at, e)| at.file == file && e.code == code);
            if let (Some((_, error)), true) = (last, more > 0) {
                error.what += &format!("; and {more} more like this in the file");
            }
        }
        Errors(self.found.into_iter().map(|(_, error)| error).collect())
    }
}

/// A text of at most `length` characters.
fn clipped(text: String, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_in_input_order_once_and_floods_are_cut() {
        let mut gather = Gather::default();
        let a = gather.file(Path::new("a"));
        let b = gather.file(Path::new("b"));
        for line in 1..=60 {
            gather.fault(At { line, ..b }, Error::input("S1", "x"));
        }
        gather.fault(a, Error::input("S2", "y"));
        gather.fault(a, Error::input("S2", "y"));
        let errors = gather.finish().0;
        assert_eq!(errors.len(), 51);
        assert_eq!(errors[0].code, "S2");
        assert_eq!(errors[1].line, Some(1));
        assert!(errors[50].what.contains("10 more"));
    }
}
