//! Which instances are meant, and where their files are.
//!
//! A group is a folder with a scenario; an instance is a name, such as `n030w4_1_6-2-9-1`. A
//! path may be a folder of a group or of groups, a scenario's file, or an instance's name in or
//! beside the folder of its group, where nothing need be. Of a group without such a name
//! those instances are run that the table of best-known values has; if it has none, history 0
//! with the weeks 0, 1, 2 and so on.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;

use super::Instance;
use super::history::Past;
use super::scenario::Scenario;
use super::week::Week;
use crate::bench::BestKnown;
use crate::bench::Problem;
use crate::bench::files::below;
use crate::bench::files::named;
use crate::bench::files::read_text;
use crate::bench::files::stem;
use crate::bench::order::natural;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;

/// The name of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    group: String,
    history: u32,
    weeks: Vec<u32>,
}

/// What is asked of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    /// Where its files are.
    folder: PathBuf,
    group: String,
    /// `None`: what the table of best-known values has.
    name: Option<Name>,
}

/// Reads the instances meant, see [`crate::bench::Kept::Folders`].
///
/// # Errors
/// All that is wrong with any file; `B017` where a path means nothing; `IO1`, `B008`.
pub fn gather(paths: &[PathBuf], known: &BestKnown) -> Result<Vec<Problem>> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for path in paths {
        wanted.extend(meant(path)?);
    }
    let mut problems = Vec::new();
    let mut errors = Errors::default();
    let mut groups: BTreeMap<PathBuf, Group> = BTreeMap::new();
    for one in wanted {
        let file = one.folder.join(format!("Sc-{}.txt", one.group));
        let group = match groups.entry(file) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                let group = Group::open(new.key(), &one.folder, &mut errors);
                new.insert(group)
            }
        };
        let Some(weeks) = group.scenario.as_ref().map(|s| s.weeks) else {
            continue;
        };
        let names = one
            .name
            .map_or_else(|| known_names(&one.group, weeks, known), |n| vec![n]);
        for name in names {
            if let Some(instance) = group.instance(&name, &mut errors) {
                problems.push(Problem {
                    name: name.to_string(),
                    case: Box::new(instance),
                });
            }
        }
    }
    errors.into_result(problems)
}

/// What a path means.
fn meant(path: &Path) -> Result<Vec<Wanted>> {
    if path.is_dir() {
        let files = below(path)?;
        return Ok(files.iter().filter_map(|file| scenario(file)).collect());
    }
    if let Some(wanted) = scenario(path) {
        return Ok(vec![wanted]);
    }
    let refuse = |what: &str, hint: &str| Error::input("B017", what).file(path).hint(hint);
    let Some(name) = Name::parse(&stem(path)) else {
        let what = "this is neither the folder of a group nor the name of an instance";
        let hint = "a folder with Sc-*.txt, or a name such as n030w4/n030w4_1_6-2-9-1";
        return Err(refuse(what, hint).into());
    };
    let beside = path.parent().unwrap_or(Path::new(""));
    let file = format!("Sc-{}.txt", name.group);
    let folders = [beside.to_owned(), beside.join(&name.group)];
    let folder = folders.into_iter().find(|f| f.join(&file).is_file());
    let Some(folder) = folder else {
        let what = "the group of this instance is not here";
        let hint = format!("{file} is looked for beside it, and in the folder of the group");
        return Err(refuse(what, &hint).into());
    };
    Ok(vec![Wanted {
        folder,
        group: name.group.clone(),
        name: Some(name),
    }])
}

/// The group whose scenario the file is.
fn scenario(file: &Path) -> Option<Wanted> {
    let name = file.file_name()?.to_str()?;
    let group = name.strip_prefix("Sc-")?.strip_suffix(".txt")?;
    Some(Wanted {
        folder: file.parent().unwrap_or(Path::new("")).to_owned(),
        group: group.to_owned(),
        name: None,
    })
}

/// The instances of a group that the table has, else one of its own.
fn known_names(group: &str, weeks: usize, known: &BestKnown) -> Vec<Name> {
    let mut names: Vec<&str> = known.names().collect();
    names.sort_by(|a, b| natural(a, b));
    let names = names.into_iter().filter_map(Name::parse);
    let names: Vec<Name> = names.filter(|n| n.group == group).collect();
    if !names.is_empty() {
        return names;
    }
    vec![Name {
        group: group.to_owned(),
        history: 0,
        weeks: (0..weeks as u32).collect(),
    }]
}

/// The files of a group, each read once.
#[derive(Debug)]
struct Group {
    folder: PathBuf,
    /// `None` when it does not read; that has been reported.
    scenario: Option<Scenario>,
    /// Those looked at; likewise.
    histories: BTreeMap<u32, Option<Vec<Past>>>,
    /// Those looked at; likewise.
    weeks: BTreeMap<u32, Option<Week>>,
}

impl Group {
    fn open(file: &Path, folder: &Path, errors: &mut Errors) -> Self {
        Self {
            folder: folder.to_owned(),
            scenario: read(file, Scenario::parse, errors),
            histories: BTreeMap::new(),
            weeks: BTreeMap::new(),
        }
    }

    /// An instance; `None` when some file of it does not read.
    fn instance(&mut self, name: &Name, errors: &mut Errors) -> Option<Instance> {
        let scenario = self.scenario.as_ref()?;
        if name.weeks.len() != scenario.weeks {
            let what = format!("the scenario has {} weeks, not so many", scenario.weeks);
            let error = Error::input("B017", what).value(name);
            errors.push(error.hint("name a week for each, such as 6-2-9-1 for four"));
            return None;
        }
        let group = &name.group;
        let history = self.histories.entry(name.history).or_insert_with(|| {
            let file = self.folder.join(format!("H0-{group}-{}.txt", name.history));
            read(&file, |text| Past::parse(text, scenario), errors)
        });
        let weeks = name.weeks.iter().map(|&week| {
            let read_it = || {
                let file = self.folder.join(format!("WD-{group}-{week}.txt"));
                read(&file, |text| Week::parse(text, scenario), errors)
            };
            self.weeks.entry(week).or_insert_with(read_it).clone()
        });
        // All of them, so that each is reported.
        let weeks: Vec<Option<Week>> = weeks.collect();
        Some(Instance {
            scenario: scenario.clone(),
            past: history.clone()?,
            weeks: weeks.into_iter().collect::<Option<_>>()?,
        })
    }
}

/// A file as `parse` reads it; `None`, and a report, when it does not read.
fn read<T>(file: &Path, parse: impl Fn(&str) -> Result<T>, errors: &mut Errors) -> Option<T> {
    let parsed = read_text(file).and_then(|text| parse(&text).map_err(|e| named(e, file)));
    parsed.map_err(|more| errors.extend(more)).ok()
}

impl Name {
    /// Reads a name as [`Name`] is printed.
    fn parse(text: &str) -> Option<Self> {
        let (front, weeks) = text.rsplit_once('_')?;
        let (group, history) = front.rsplit_once('_')?;
        let weeks: std::result::Result<Vec<u32>, _> = weeks.split('-').map(str::parse).collect();
        let name = Self {
            group: group.to_owned(),
            history: history.parse().ok()?,
            weeks: weeks.ok()?,
        };
        // Numbers are written one way only, so that names can be compared as texts.
        (name.to_string() == text).then_some(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weeks: Vec<String> = self.weeks.iter().map(u32::to_string).collect();
        write!(f, "{}_{}_{}", self.group, self.history, weeks.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_printed() {
        let name = Name::parse("n0_30w4_1_6-2-9-10").expect("a name");
        assert_eq!((name.group.as_str(), name.history), ("n0_30w4", 1));
        assert_eq!(name.weeks, [6, 2, 9, 10]);
        for text in [
            "",
            "n030w4",
            "n030w4_1_",
            "n_1_01",
            "n_1_2--3",
            "n_x_2",
            "_",
            "1_2",
        ] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_table_names_the_instances_of_a_group() {
        let table = "instance,best_known\ng_0_10-1,5\ng_0_2-1,\ng2_0_1-1,3\nother,1\n";
        let known = BestKnown::parse(table).expect("a table");
        let names = |group: &str| -> Vec<String> {
            let names = known_names(group, 2, &known);
            names.iter().map(Name::to_string).collect()
        };
        assert_eq!(names("g"), ["g_0_2-1", "g_0_10-1"]);
        assert_eq!(names("g2"), ["g2_0_1-1"]);
        assert_eq!(names("g3"), ["g3_0_0-1"]);
    }
}
