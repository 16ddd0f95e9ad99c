//! The last version of each object of a file, by id, found in two passes in any order.

use super::fault::Fault;
use crate::roads::NEW_IDS;
use crate::roads::Notes;
use crate::roads::Reason;

/// One version of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    /// As in the file.
    pub(super) id: i64,
    /// 0 where the file has none.
    pub(super) version: u32,
    /// False: this version deletes the object.
    pub(super) visible: bool,
}

/// The last version of each object of interest.
#[derive(Debug)]
pub(super) struct Latest<T> {
    /// Sorted by id once settled.
    entries: Vec<Entry<T>>,
    /// Objects passed so far in this pass.
    passed: u64,
    /// Ids of versions replaced by later ones of interest.
    replaced: Vec<i64>,
    hint: usize,
}

#[derive(Debug)]
struct Entry<T> {
    id: i64,
    version: u32,
    /// Position in the file: of equal versions the last one counts.
    place: u64,
    /// `None`: a later version is of no interest.
    item: Option<T>,
    /// Whether that later version deletes the object.
    deleted: bool,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            passed: 0,
            replaced: Vec::new(),
            hint: 0,
        }
    }
}

impl<T> Latest<T> {
    /// Counts an object of the file, of interest or not.
    pub(super) fn pass(&mut self) {
        self.passed += 1;
    }

    /// Keeps the version of interest that has just passed.
    pub(super) fn keep(&mut self, stamp: Stamp, item: T) -> Result<(), Fault> {
        self.entries.push(Entry {
            id: own_id(stamp.id)?,
            version: stamp.version,
            place: self.passed,
            item: Some(item),
            deleted: false,
        });
        Ok(())
    }

    /// Ends the first pass: one entry for each id.
    pub(super) fn settle(mut self) -> Self {
        self.entries.sort_by_key(|e| (e.id, e.version, e.place));
        let mut replaced = Vec::new();
        self.entries.dedup_by(|later, earlier| {
            let same = later.id == earlier.id;
            if same {
                std::mem::swap(later, earlier);
                replaced.push(later.id);
            }
            same
        });
        self.replaced = replaced;
        self.passed = 0;
        self
    }

    /// Drops the entry that a later version, just passed again, is newer than.
    pub(super) fn supersede(&mut self, stamp: Stamp) {
        let Ok(id) = own_id(stamp.id) else { return };
        let Some(i) = find_near(&self.entries, |e| e.id, id, &mut self.hint) else {
            return;
        };
        let entry = &mut self.entries[i];
        if (stamp.version, self.passed) > (entry.version, entry.place) {
            entry.version = stamp.version;
            entry.place = self.passed;
            entry.item = None;
            entry.deleted = !stamp.visible;
        }
    }

    /// What is of interest after the first pass, by id.
    pub(super) fn items(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().filter_map(|entry| entry.item.as_ref())
    }

    /// What is left, by id.
    pub(super) fn into_items(self, notes: &mut Notes) -> Vec<(i64, T)> {
        for id in self.replaced {
            notes.add(Reason::OldVersion, "", id);
        }
        let mut items = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            match entry.item {
                Some(item) => items.push((entry.id, item)),
                None if entry.deleted => notes.add(Reason::Deleted, "", entry.id),
                None => notes.add(Reason::OldVersion, "", entry.id),
            }
        }
        items
    }
}

/// The id under which an object is kept: its own, or one above [`NEW_IDS`] for the negative
/// ids that editors give to new objects.
pub(super) fn own_id(id: i64) -> Result<i64, Fault> {
    match id {
        0..NEW_IDS => Ok(id),
        _ if -NEW_IDS < id && id < 0 => Ok(NEW_IDS - id),
        _ => Err(Fault::Id(id)),
    }
}

/// Position of `id` in a slice sorted by id. Files are mostly sorted, so the place after the
/// last find is tried first.
pub(super) fn find_near<T>(
    sorted: &[T],
    key: impl Fn(&T) -> i64,
    id: i64,
    hint: &mut usize,
) -> Option<usize> {
    let is_place = |i: usize| {
        i <= sorted.len()
            && (i == 0 || key(&sorted[i - 1]) < id)
            && (i == sorted.len() || id <= key(&sorted[i]))
    };
    let place = if is_place(*hint) {
        *hint
    } else if is_place(*hint + 1) {
        *hint + 1
    } else {
        sorted.partition_point(|item| key(item) < id)
    };
    *hint = place;
    (sorted.get(place).map(key) == Some(id)).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_objects_of_editors_get_positive_ids() {
        assert!(matches!(own_id(-5), Ok(id) if id == NEW_IDS + 5));
        assert!(matches!(own_id(5), Ok(5)));
        assert!(matches!(own_id(i64::MIN), Err(Fault::Id(_))));
        assert!(matches!(own_id(i64::MAX), Err(Fault::Id(_))));
    }

    #[test]
    fn hints_never_change_what_is_found() {
        let ids = [2, 4, 6, 8];
        let mut hint = 0;
        for id in [2, 4, 5, 8, 9, 1, 8, 3, 2, 6] {
            let found = find_near(&ids, |&i| i, id, &mut hint);
            assert_eq!(found, ids.iter().position(|&i| i == id), "id {id}");
        }
    }
}
