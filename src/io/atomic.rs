//! Files that are either whole or not there.

use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;

use crate::error::Error;
use crate::error::Result;

/// Writes `bytes` to `path` by way of a temporary file in the same folder that is flushed to
/// the disk and then renamed: a reader, or a crash, sees the old file or the new one. The
/// folder must exist; an existing file is replaced.
///
/// # Errors
/// `IO1` when the folder does not exist, cannot be written to, or the disk is full. Nothing
/// is left behind.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    write_bit_by_bit(path, |file| file.write_all(bytes))
}

/// As [`write_atomically`], for what is too large to hold as a whole: `write` is called once
/// and writes it.
///
/// # Errors
/// As [`write_atomically`].
pub fn write_bit_by_bit(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let failed = |cause: &io::Error| Error::io("writing", path, cause);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut options = tempfile::Builder::new();
    options.prefix(".roundsman-").suffix(".part");
    // A temporary file is private by default; a plan is as public as its folder allows.
    #[cfg(unix)]
    options.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = options.tempfile_in(folder).map_err(|e| failed(&e))?;
    let mut file = BufWriter::new(file);
    write(&mut file).map_err(|e| failed(&e))?;
    let file = file.into_inner().map_err(|e| failed(e.error()))?;
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    sync_folder(folder);
    Ok(())
}

/// Makes the new name last through a power cut, where the system can; the file itself is
/// safe already.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder) {
        // Some file systems refuse to flush a folder. Then the name lasts when they say so.
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        for text in ["one", "two"] {
            write_atomically(&path, text.as_bytes()).expect("writable");
            assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("no/plan.json");
        let errors = write_atomically(&path, b"x").expect_err("no folder");
        assert_eq!(errors.0[0].code, "IO1");
        assert_eq!(errors.0[0].file.as_deref(), Some(&*path));
        assert_eq!(errors.exit_code(), 3);
    }
}
