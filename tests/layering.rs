//! Holds the table of modules and what each may use, so that arrows keep running one way.
//!
//! The point of it: the checker never sees what it checks, and results depend on the input
//! alone (no clock, no threads, no random order outside the one place for each).

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// What everybody may use.
const BASE: &[&str] = &["datum", "epochs", "error", "ids", "par", "rng", "units"];

/// Each module above the base with what it may use beside the base and itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("roads", &[]),
    ("plan", &[]),
    ("scenario", &[]),
    ("travel", &["roads"]),
    ("io", &["plan", "scenario"]),
    ("world", &["roads", "scenario"]),
    ("patrol", &["plan", "roads", "scenario", "travel", "world"]),
    ("roster", &["plan", "scenario"]),
    // Never travel, patrol, planner: it finds everything out by its own road.
    ("check", &["plan", "roads", "scenario", "world"]),
    ("report", &["check", "plan", "roads", "scenario", "world"]),
    (
        "planner",
        &[
            "patrol", "plan", "roads", "roster", "scenario", "travel", "world",
        ],
    ),
    ("export", &["patrol", "roads", "scenario", "world"]),
    ("bench", &["patrol", "plan", "planner", "roster", "travel"]),
    (
        "cli",
        &[
            "bench", "check", "export", "io", "patrol", "plan", "planner", "report", "roads",
            "roster", "scenario", "travel", "world",
        ],
    ),
];

/// Words that only these files and folders may say.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rayon::", &["par.rs"]),
    ("std::thread", &["par.rs"]),
    ("rand::", &["rng.rs"]),
    ("rand_pcg::", &["rng.rs"]),
    ("std::time::Instant", &["cli/clock.rs"]),
    ("Instant::now", &["cli/clock.rs"]),
    ("SystemTime", &["cli/clock.rs"]),
    ("HashMap", &[]),
    ("HashSet", &[]),
    ("petgraph::", &["roads/"]),
    ("osmpbf::", &["roads/read/"]),
    ("quick_xml::", &["roads/read/"]),
    ("clap::", &["cli/"]),
    ("indicatif::", &["cli/progress.rs"]),
    ("ctrlc::", &["cli/stop.rs"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("std::env", &["cli/say.rs"]),
    ("std::process", &["cli/", "main.rs"]),
];

/// A source file of the library.
struct Source {
    /// Path below `src`, with `/`.
    name: String,
    /// Its lines of code with their numbers; comments left out.
    code: Vec<(usize, String)>,
}

impl Source {
    /// The top module it belongs to.
    fn module(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or(&self.name);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How deep its own module is: 1 for `check/mod.rs`, 2 for `check/read.rs`.
    fn depth(&self) -> usize {
        let parts = self.name.split('/').count();
        parts - usize::from(self.name.ends_with("/mod.rs"))
    }
}

#[test]
fn arrows_run_one_way() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        if matches!(module, "lib" | "main") {
            continue;
        }
        let allowed = allowed(module);
        for (line, code) in &source.code {
            for used in crate_paths(code) {
                if used != module && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("src/{}:{line}: {module} uses {used}", source.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `super` must not be a way round the table.
#[test]
fn supers_stay_inside_their_module() {
    let mut wrong = Vec::new();
    for source in sources() {
        let mut inner = 0;
        for (line, code) in &source.code {
            if code.trim_start().starts_with("mod ") && code.ends_with('{') {
                inner = 1;
            }
            let supers = code.matches("super::").count();
            let up = (1..=supers)
                .rev()
                .find(|&n| code.contains(&"super::".repeat(n)));
            if up.is_some_and(|n| n >= source.depth() + inner) {
                wrong.push(format!("src/{}:{line}: {code}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A benchmark's checker knows the file and the answer: nothing that was compiled from it, and
/// nothing of the search.
#[test]
fn checkers_of_benchmarks_know_the_file_alone() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for source in sources() {
        if !source.name.starts_with("bench/") || !source.name.ends_with("/check.rs") {
            continue;
        }
        seen += 1;
        let code = source.code.iter();
        // Tests may compare.
        for (line, code) in code.take_while(|(_, code)| code != "#[cfg(test)]") {
            let words = ["roster::", "patrol::", "compile", "solve"];
            if words.iter().any(|word| says(code, word)) {
                wrong.push(format!("src/{}:{line}: {code}", source.name));
            }
        }
    }
    assert!(seen >= 4, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (word, places) in ONLY_IN {
            if places.iter().any(|p| source.name.starts_with(p)) {
                continue;
            }
            for (line, code) in &source.code {
                if says(code, word) {
                    wrong.push(format!("src/{}:{line}: {word}", source.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_in_the_table() {
    for source in sources() {
        let module = source.module();
        let known = matches!(module, "lib" | "main")
            || BASE.contains(&module)
            || MAY_USE.iter().any(|(m, _)| *m == module);
        assert!(known, "src/{} is in no row of the table", source.name);
    }
}

fn allowed(module: &str) -> Vec<&'static str> {
    let row = MAY_USE.iter().find(|(m, _)| *m == module);
    let above = row.map_or(&[][..], |(_, uses)| uses);
    BASE.iter().chain(above).copied().collect()
}

/// The modules that a line names by `crate::module`, `crate::{...}` spelt as `{`.
fn crate_paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + found.len()..];
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        paths.push(if name.is_empty() {
            "{".to_owned()
        } else {
            name
        });
    }
    paths
}

/// Whether the code says a word that does not begin in the middle of another.
fn says(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(part))
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    assert!(files.len() > 20, "the sources are not where they should be");
    let source = |file: &PathBuf| {
        let name = file.strip_prefix(&root).expect("a file below src");
        let text = fs::read_to_string(file).expect("a source file");
        Source {
            name: name.to_string_lossy().replace('\\', "/"),
            code: code_lines(&text),
        }
    };
    files.iter().map(source).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("a folder of sources");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// Numbered lines without comments.
fn code_lines(text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().enumerate();
    lines
        .map(|(i, line)| {
            (
                i + 1,
                line.split("//").next().unwrap_or("").trim_end().to_owned(),
            )
        })
        .filter(|(_, code)| !code.trim().is_empty())
        .collect()
}

#[test]
fn the_test_itself_sees_what_it_should() {
    assert_eq!(crate_paths("use crate::travel::Router;"), ["travel"]);
    assert_eq!(crate_paths("use crate::{a, b};"), ["{"]);
    assert!(crate_paths("$my_crate::x").is_empty());
    assert!(says("let t = std::time::Instant::now();", "Instant::now"));
    assert!(says("use rayon::prelude::*;", "rayon::"));
    assert!(!says("crayon::x()", "rayon::"));
    assert!(says("let m: HashMap<u8, u8>;", "HashMap"));
}
