//! A folder that results go to: proved writable before the work begins.

use std::path::Path;
use std::path::PathBuf;

use crate::error::Error;
use crate::error::Result;
use crate::io::write_atomically;
use crate::report::CALENDAR_MARK;

/// The folder of calendars within a folder of results.
pub(super) const CALENDARS: &str = "calendars";

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

    /// Writes files in this order, each whole or not at all, and says where they are; of those
    /// in a folder of their own, where that is.
    ///
    /// # Errors
    /// `IO1` when one cannot be written; those before it are.
    pub(super) fn write<N, B>(&self, files: &[(N, B)]) -> Result<Vec<PathBuf>>
    where
        N: AsRef<str>,
        B: AsRef<[u8]>,
    {
        let mut places = Vec::new();
        let mut written = Vec::new();
        for (name, bytes) in files {
            let place = self.0.join(name.as_ref());
            let parent = place.parent().filter(|parent| **parent != self.0);
            if let Some(parent) = parent {
                let made = std::fs::create_dir_all(parent);
                made.map_err(|e| Error::io("making the folder", parent, &e))?;
            }
            write_atomically(&place, bytes.as_ref())?;
            let said = parent.map_or_else(|| place.clone(), Path::to_owned);
            if places.last() != Some(&said) {
                places.push(said);
            }
            written.push(place);
        }
        self.clear_calendars(&written)?;
        Ok(places)
    }

    /// Takes away calendars that an earlier run wrote for people who no longer work: nobody
    /// should go by them. Files that are not ours stay.
    fn clear_calendars(&self, written: &[PathBuf]) -> Result<()> {
        let folder = self.0.join(CALENDARS);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            return Ok(());
        };
        let any = written.iter().any(|place| place.starts_with(&folder));
        for place in entries.flatten().map(|entry| entry.path()) {
            let ours = || std::fs::read_to_string(&place).is_ok_and(|t| t.contains(CALENDAR_MARK));
            let calendar = place.extension().is_some_and(|end| end == "ics");
            if any && calendar && !written.contains(&place) && ours() {
                let gone = std::fs::remove_file(&place);
                gone.map_err(|e| Error::io("taking away an old calendar", &place, &e))?;
            }
        }
        Ok(())
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
        let places = folder.write(&[("x", "1"), ("y", "2")]);
        let places = places.expect("written");
        assert_eq!(places, [path.join("x"), path.join("y")]);
        assert_eq!(std::fs::read(&places[1]).expect("y"), b"2");
    }

    #[test]
    fn calendars_of_an_earlier_run_go_and_nothing_else() {
        let top = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::open(top.path()).expect("a folder");
        let calendar = |name: &str| (format!("{CALENDARS}/{name}.ics"), CALENDAR_MARK);
        let first = folder.write(&[("x".to_owned(), "1"), calendar("a"), calendar("b")]);
        let within = top.path().join(CALENDARS);
        assert_eq!(
            first.expect("written"),
            [top.path().join("x"), within.clone()]
        );
        std::fs::write(within.join("own.ics"), "mine").expect("a file of somebody else");
        // What writes no calendars takes none away.
        folder.write(&[("x", "2")]).expect("written");
        folder.write(&[calendar("b")]).expect("written");
        let entries = std::fs::read_dir(&within).expect("the folder");
        let mut left: Vec<_> = entries.flatten().map(|e| e.file_name()).collect();
        left.sort();
        assert_eq!(left, ["b.ics", "own.ics"]);
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
