//! The files of a benchmark: found, read, and all that is wrong with them told at once.

use std::path::Path;
use std::path::PathBuf;

use super::BestKnown;
use super::Case;
use super::Format;
use super::Kept;
use super::order::natural;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::par;

/// Largest file that is read.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Table of best-known values beside the files.
const BEST_KNOWN: &str = "best-known.csv";
/// Deepest folder that is looked into.
const DEEPEST: u32 = 16;

/// A problem with its name.
#[derive(Debug)]
pub struct Problem {
    /// Name of the file without its ending, or of the instance.
    pub name: String,
    /// The problem.
    pub case: Box<dyn Case>,
}

/// Reads a file whole: its name without its ending, and its text.
type Read = fn(&str, &str) -> Result<Box<dyn Case>>;

/// Reads the problems of files and folders, the files of a folder in natural order. Families
/// of which a folder holds many instances run those that `known` names.
///
/// # Errors
/// All that is wrong with any file; `B006` when there is no file at all; `IO1`; those of
/// [`Kept::Folders`].
pub fn gather(format: &Format, paths: &[PathBuf], known: &BestKnown) -> Result<Vec<Problem>> {
    let problems = match format.kept {
        Kept::Files(read) => read_all(read, paths)?,
        Kept::Folders(read) => read(paths, known)?,
    };
    if problems.is_empty() {
        let error = Error::input("B006", format!("no {} file is here", format.name));
        let error = paths.first().map_or(error.clone(), |p| error.file(p));
        return Err(error
            .hint("give the problem files, or the folder they are in")
            .into());
    }
    Ok(problems)
}

/// The table of best-known values beside the first of `paths` that has one, else the one in the
/// folder above.
///
/// # Errors
/// `B010` when it does not read.
pub fn best_known_beside(paths: &[PathBuf]) -> Result<BestKnown> {
    let folders = || {
        paths.iter().map(|p| match p.is_dir() {
            true => p.as_path(),
            false => p.parent().unwrap_or(Path::new("")),
        })
    };
    let beside = folders().map(|folder| folder.join(BEST_KNOWN));
    let above = folders().map(|folder| folder.join("..").join(BEST_KNOWN));
    match beside.chain(above).find(|table| table.is_file()) {
        Some(table) => BestKnown::read(&table),
        None => Ok(BestKnown::default()),
    }
}

/// The text of a file, tolerant of a byte order mark.
///
/// # Errors
/// `IO1`; `B008` when the file is too large or not UTF-8.
pub fn read_text(file: &Path) -> Result<String> {
    let failed = |cause: std::io::Error| Error::io("reading", file, &cause);
    let size = std::fs::metadata(file).map_err(failed)?.len();
    let refuse = |what: &str| Error::input("B008", what).file(file);
    if size > LARGEST {
        let error = refuse("the file is too large for a benchmark problem");
        return Err(error.hint("is it the right file?").into());
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| refuse("the file is not text").hint("save it as UTF-8"))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn read_all(read: Read, paths: &[PathBuf]) -> Result<Vec<Problem>> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(below(path)?);
    }
    let (mut problems, mut errors) = (Vec::new(), Errors::default());
    for result in par::map(&files, |file| problem(read, file)) {
        match result {
            Ok(problem) => problems.push(problem),
            Err(more) => errors.extend(more),
        }
    }
    errors.into_result(problems)
}

fn problem(read: Read, file: &Path) -> Result<Problem> {
    let text = read_text(file)?;
    let name = stem(file);
    let case = read(&name, &text).map_err(|errors| named(errors, file))?;
    Ok(Problem { name, case })
}

/// Errors of the text of a file, with its name.
pub(super) fn named(mut errors: Errors, file: &Path) -> Errors {
    for error in &mut errors.0 {
        error.file = Some(file.to_owned());
    }
    errors
}

/// The files at `path`, see [`gather`].
///
/// # Errors
/// `IO1`.
pub(super) fn below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    walk(path, DEEPEST, &mut files)?;
    Ok(files)
}

/// The name of a file without its ending: `p4.2.a` of `p4.2.a.txt`.
pub(super) fn stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// Adds the files at `path`, those of a folder in natural order and its folders among them.
fn walk(path: &Path, depth: u32, files: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |cause: std::io::Error| Error::io("looking for files", path, &cause);
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        inside.push(name.to_string_lossy().into_owned());
    }
    inside.sort_by(|a, b| natural(a, b));
    let wanted = inside
        .iter()
        .filter(|n| !n.starts_with('.') && *n != BEST_KNOWN);
    for name in wanted {
        let next = path.join(name);
        if !next.is_dir() {
            files.push(next);
        } else if depth > 0 {
            walk(&next, depth - 1, files)?;
        }
    }
    Ok(())
}
