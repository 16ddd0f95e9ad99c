//! Files that are not what they say.

use proptest::prelude::*;

use crate::small::reader;

/// A part of a text, in shares of its length, and what stands there instead.
pub type Mutation = (f64, f64, String);

/// Short pieces of a file left out, or replaced by what files are made of.
pub fn mutation() -> impl Strategy<Value = Mutation> {
    let words = prop::sample::select(vec![
        "",
        "0",
        "1",
        "-1",
        "99999999999",
        "1e9",
        "NaN",
        ",",
        "|",
        "=",
        " ",
        "\n",
        "E",
        "Ann",
        "#",
        "SECTION_STAFF\n",
        "(1,2)",
        "Any",
        "None",
        "七",
    ]);
    let text = prop_oneof![words.prop_map(str::to_owned), ".{0,6}"];
    (0.0..1.0, prop_oneof![Just(0.0), 0.0..0.02, 0.0..0.5], text)
}

/// The text with all mutations, one after another.
pub fn mutated(text: &str, mutations: &[Mutation]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (place, length, with) in mutations {
        let whole = chars.len() as f64;
        let from = (place * whole) as usize;
        let to = (from + (length * whole) as usize).min(chars.len());
        chars.splice(from..to, with.chars());
    }
    chars.into_iter().collect()
}

/// Codes and lines of what is wrong with a text.
fn wrong(format: &str, text: &str) -> Vec<(&'static str, Option<u64>)> {
    let read = reader(format);
    let errors = read("x", text).expect_err(text);
    for error in &errors.0 {
        assert!(error.hint.is_some(), "{error}");
    }
    errors.0.iter().map(|e| (e.code, e.line)).collect()
}

const TOPTW: &str = "1 0 1 1\n0 0\n0 5 5 0 0 0 0 0 100\n1 6 6 1 9 1 1 1 0 50\n";
const TOP: &str = "n 3\nm 1\ntmax 9.5\n0 0 0\n1 1 5\n2 2 0\n";
const PMAL: &str = "2 1 360 180 20\n0 0\n1 7\n0 12.5\n9.5 0\n";

#[test]
fn spoilt_toptw_files_are_told() {
    let spoilt = |from: &str, to: &str| wrong("toptw", &TOPTW.replacen(from, to, 1));
    assert_eq!(wrong("toptw", ""), [("B001", Some(1))]);
    assert_eq!(spoilt("1 0 1 1", "1 0 3 1"), [("B001", Some(4))]);
    assert_eq!(spoilt("1 0 1 1", "1 0 999999999 1"), [("B002", Some(1))]);
    assert_eq!(spoilt("1 0 1 1", "1 0 0.5 1"), [("B002", Some(1))]);
    assert_eq!(spoilt("1 6 6", "2 6 6"), [("B005", Some(4))]);
    assert_eq!(
        spoilt("6 6 1 9", "6 x 1 -9"),
        [("B002", Some(4)), ("B002", Some(4))]
    );
    assert_eq!(spoilt("0 50\n", "0 50\n2 2\n"), [("B003", Some(5))]);
    assert_eq!(spoilt("0 0 100", "0 0 1e300"), [("B002", Some(3))]);
}

#[test]
fn spoilt_top_files_are_told() {
    let spoilt = |from: &str, to: &str| wrong("top", &TOP.replacen(from, to, 1));
    assert_eq!(
        wrong("top", "\u{0}\u{1}"),
        [("B004", Some(1)), ("B001", Some(1))]
    );
    assert_eq!(spoilt("n 3", "N 3"), [("B004", Some(1))]);
    assert_eq!(spoilt("n 3", "n 4"), [("B001", Some(6))]);
    assert_eq!(spoilt("n 3", "n 2"), [("B003", Some(6))]);
    assert_eq!(spoilt("m 1", "m 0"), [("B002", Some(2))]);
    assert_eq!(spoilt("tmax 9.5", "tmax NaN"), [("B002", Some(3))]);
    assert_eq!(spoilt("1 1 5", "1 1 -5"), [("B002", Some(5))]);
}

#[test]
fn spoilt_pmal_files_are_told() {
    let spoilt = |from: &str, to: &str| wrong("pmal", &PMAL.replacen(from, to, 1));
    assert_eq!(
        spoilt("2 1 360", "3 1 360"),
        [("B005", Some(4)), ("B001", Some(5))]
    );
    assert_eq!(spoilt("2 1 360", "2 1 -360"), [("B002", Some(1))]);
    assert_eq!(spoilt("180 20", "180 0"), [("B002", Some(1))]);
    assert_eq!(spoilt("360 180", "1e6 1"), [("B007", None)]);
    assert_eq!(spoilt("360 180", "1000001 1e7"), [("B002", Some(1))]);
    assert_eq!(spoilt("1 7", "2 7"), [("B005", Some(3))]);
    assert_eq!(spoilt("9.5 0", "9.5 0 0"), [("B003", Some(5))]);
}

#[test]
fn texts_cut_anywhere_never_panic() {
    for (format, text) in [("toptw", TOPTW), ("top", TOP), ("pmal", PMAL)] {
        let read = reader(format);
        assert!(read("x", text).is_ok());
        for end in 0..text.len() {
            if let Ok(case) = read("x", &text[..end]) {
                case.compile(2).expect("compiles");
            }
        }
    }
}

#[test]
fn absurd_but_readable_numbers_compile() {
    let text = TOPTW
        .replace("100\n", "2e6\n")
        .replace("6 6 1 9", "-1e7 1e7 1e7 1e7");
    let read = reader("toptw");
    let case = read("x", &text).expect("reads");
    let (answer, value) = crate::small::solve(case.as_ref(), 3, 2);
    assert_eq!((answer.routes.len(), value), (3, 0.0));
    assert_eq!(case.compile(0).expect_err("no units").0[0].code, "B009");
    assert_eq!(
        case.compile(u32::MAX).expect_err("too many").0[0].code,
        "B009"
    );
}

/// A stop lasts fifteen minutes whatever a tick is.
#[test]
fn the_longest_patrols_are_answered() {
    for longest in ["1e6", "999999.9", "500000.3", "199999", "61", "15.1"] {
        let text = PMAL.replacen("360 180", &format!("{longest} 1e5"), 1);
        let text = text.replacen("12.5", "0.5", 1).replacen("9.5", "0.5", 1);
        let case = crate::small::read("pmal", "x", &text);
        let (answer, value) = crate::small::solve(case.as_ref(), 1, 3);
        assert!(value >= 7.0, "{longest}: {value}");
        assert!(answer.routes[0].iter().any(|s| s.stay == 15.0), "{longest}");
    }
}

#[test]
fn every_code_is_documented() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let documented = std::fs::read_to_string(root.join("docs/errors.md")).expect("the document");
    let mut codes = std::collections::BTreeSet::new();
    let mut folders = vec![root.join("src/bench"), root.join("src/cli/bench")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).expect("a source");
            let quoted = text.split('"').skip(1).step_by(2);
            let code =
                |w: &&str| w.len() == 4 && w.starts_with('B') && w[1..].parse::<u32>().is_ok();
            codes.extend(quoted.filter(code).map(str::to_owned));
        }
    }
    assert!(codes.len() > 8, "{codes:?}");
    for code in codes {
        assert!(documented.contains(&format!("| `{code}` |")), "{code}");
    }
}
