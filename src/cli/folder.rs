//! A folder that results go to: proved writable before the work begins.

use std::path::Path;
use std::path::PathBuf;

use crate::error::Error;
use crate::error::Result;
use crate::io::write_atomically;

/// A folder that can be written to.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder where it is missing, and proves that files can be put in it.
    ///
    /// # Errors
    /// `IO1` when that fails.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let made = std::fs::create_dir_all(path);
        made.map_err(|e| Error::io("making the output folder", path, &e))?;
        let trial = tempfile::Builder::new()
            .prefix(".roundsman-")
            .tempfile_in(path);
        trial.map_err(|e| Error::io("writing to the output folder", path, &e))?;
        Ok(Self(path.to_owned()))
    }

    /// Writes files of these names in this order, each whole or not at all, and says where
    /// they are.
    ///
    /// # Errors
    /// `IO1` when one cannot be written; those before it are.
    pub(super) fn write<B: AsRef<[u8]>>(&self, files: &[(&str, B)]) -> Result<Vec<PathBuf>> {
        let mut places = Vec::with_capacity(files.len());
        for (name, bytes) in files {
            let place = self.0.join(name);
            write_atomically(&place, bytes.as_ref())?;
            places.push(place);
        }
        Ok(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_and_proved_without_a_trace() {
        let top = tempfile::tempdir().expect("a temporary folder");
        let path = top.path().join("a/b");
        let folder = Folder::open(&path).expect("a new folder");
        let entries = std::fs::read_dir(&path).expect("the folder").count();
        assert_eq!(entries, 0);
        let places = folder.write(&[("x", "1"), ("y", "2")]).expect("written");
        assert_eq!(places, [path.join("x"), path.join("y")]);
        assert_eq!(std::fs::read(&places[1]).expect("y"), b"2");
    }

    #[test]
    fn a_file_in_the_way_is_said_before_the_work() {
        let top = tempfile::tempdir().expect("a temporary folder");
        let path = top.path().join("taken");
        std::fs::write(&path, "").expect("a file");
        let errors = Folder::open(&path).expect_err("not a folder");
        assert_eq!(errors.exit_code(), 3);
        assert!(errors.to_string().contains("taken"), "{errors}");
    }
}
