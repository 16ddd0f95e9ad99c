//! Names that a file declares and then refers to.

use std::collections::BTreeMap;

use crate::error::nearest;

/// Longest name that is compared with others for a hint.
const LONGEST: usize = 64;

/// Names in the order of the file, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    list: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Names {
    /// Adds a name; `false` when it is there already.
    pub(super) fn add(&mut self, name: &str) -> bool {
        if self.places.contains_key(name) {
            return false;
        }
        self.places.insert(name.to_owned(), self.list.len());
        self.list.push(name.to_owned());
        true
    }

    /// Place of a name, from 0.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them.
    pub(super) fn list(&self) -> &[String] {
        &self.list
    }

    /// What to do about a name that is none of them.
    pub(super) fn hint(&self, name: &str) -> String {
        hint(name, self.list.iter().map(String::as_str))
    }
}

impl std::ops::Index<usize> for Names {
    type Output = str;

    fn index(&self, place: usize) -> &str {
        &self.list[place]
    }
}

/// What to do about a word that is none of those wanted.
pub(super) fn hint<'a>(word: &str, wanted: impl Iterator<Item = &'a str> + Clone) -> String {
    const SHOWN: usize = 8;
    if word.chars().count() <= LONGEST
        && let Some(near) = nearest(word, wanted.clone().filter(|n| n.len() <= LONGEST))
    {
        return format!("did you mean `{near}`?");
    }
    let first: Vec<&str> = wanted.clone().take(SHOWN).collect();
    let more = if wanted.count() > SHOWN { ", …" } else { "" };
    match first.is_empty() {
        true => "the file declares none".to_owned(),
        false => format!("one of {}{more}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_order_and_slips_are_recognised() {
        let mut names = Names::default();
        assert_eq!(names.hint("Early"), "the file declares none");
        assert!(names.add("Early") && names.add("Late") && !names.add("Early"));
        assert_eq!((names.find("Late"), names.find("late")), (Some(1), None));
        assert_eq!((&names[0], names.len()), ("Early", 2));
        assert_eq!(names.hint("Erly"), "did you mean `Early`?");
        assert_eq!(names.hint("Afternoon"), "one of Early, Late");
        assert_eq!(names.hint(&"x".repeat(10_000)), "one of Early, Late");
    }
}
