//! `roundsman map table` held against sums made by hand: a small map in metres, every way of
//! it tried.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// A ring of one-way streets round a crossing, and a spur with a speed of its own.
const NODES: &str = "id,x,y\n1,0,0\n2,400,0\n3,400,300\n4,0,300\n5,200,150\n6,600,0\n";
/// From, to, metres, km/h, whether it is one-way.
const EDGES: [(usize, usize, i64, i64, bool); 7] = [
    (1, 2, 400, 30, true),
    (2, 3, 300, 30, true),
    (3, 4, 400, 60, true),
    (4, 1, 300, 30, true),
    (1, 5, 260, 20, false),
    (5, 3, 250, 20, false),
    (2, 6, 200, 50, false),
];
const POINTS: &str =
    "id,name,x,y\na,A,0,0\nb,B,400,0\nc,C,400,300\nd,D,0,300\ne,E,200,150\nf,F,600,0\n";

/// A folder with the map and whatever else a test puts there.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        folder.write("nodes.csv", NODES);
        let row = |&(from, to, metres, kmh, oneway): &(usize, usize, i64, i64, bool)| {
            let oneway = if oneway { "yes" } else { "no" };
            format!("{from},{to},{metres},{kmh},{oneway}\n")
        };
        let rows: String = EDGES.iter().map(row).collect();
        folder.write("edges.csv", &format!("from,to,length,kmh,oneway\n{rows}"));
        folder.write("points.csv", POINTS);
        folder
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("there")
    }

    /// Runs `map table nodes.csv points.csv --edges edges.csv` and so on in the folder.
    fn table<const N: usize>(&self, more: [&str; N]) -> Output {
        Command::cargo_bin("roundsman")
            .expect("the binary")
            .current_dir(self.0.path())
            .args([
                "map",
                "table",
                "nodes.csv",
                "points.csv",
                "--edges",
                "edges.csv",
            ])
            .args(more)
            .output()
            .expect("it runs")
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Milliseconds and millimetres of the best way between nodes, all ways tried.
fn by_hand(factor: f64) -> BTreeMap<(usize, usize), (i64, i64)> {
    let mut best: BTreeMap<_, (i64, i64)> = (1..=6).map(|n| ((n, n), (0, 0))).collect();
    for _ in 0..6 {
        for &(from, to, metres, kmh, oneway) in &EDGES {
            let ms = ((metres * 1000) as f64 * 3.6 / (kmh as f64 * factor)).ceil() as i64;
            for (from, to) in [(from, to), (to, from)]
                .into_iter()
                .take(2 - usize::from(oneway))
            {
                for start in 1..=6 {
                    let Some(&(time, length)) = best.get(&(start, from)) else {
                        continue;
                    };
                    let through = (time + ms, length + metres * 1000);
                    let known = best.entry((start, to)).or_insert(through);
                    *known = through.min(*known);
                }
            }
        }
    }
    best
}

fn expected(factor: f64) -> String {
    let thousandths = |n: i64| format!("{}.{:03}", n / 1000, n % 1000);
    let name = |n: usize| char::from(b'a' + n as u8 - 1);
    let row = |(&(from, to), &(ms, mm)): (&(usize, usize), &(i64, i64))| {
        let figures = [thousandths(ms), thousandths(mm)].join(",");
        format!("{},{},{figures}\n", name(from), name(to))
    };
    let rows: String = by_hand(factor).iter().map(row).collect();
    format!("from,to,seconds,metres\n{rows}")
}

#[test]
fn every_entry_is_what_a_sum_by_hand_says() {
    let folder = Folder::new();
    let output = folder.table([]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(out(&output), expected(0.8));
    for step in [
        "read the roads: ",
        "placed the points: ",
        "prepared: ",
        "made the table: ",
    ] {
        assert!(err(&output).contains(step), "{step}: {}", err(&output));
    }
    let urgent = folder.table(["--urgent", "--quiet", "--threads", "1", "-o", "t.csv"]);
    assert_eq!((out(&urgent), err(&urgent)), (String::new(), String::new()));
    assert_eq!(folder.read("t.csv"), expected(1.3));
}

#[test]
fn pairs_come_in_their_order_with_the_ways_taken() {
    let folder = Folder::new();
    folder.write("pairs.csv", "from,to\nf,a\na,f\nb,b\n");
    let output = folder.table(["--pairs", "pairs.csv", "--routes", "ways.geojson"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let all = expected(0.8);
    let row = |key: &str| all.lines().find(|l| l.starts_with(key)).expect("a row");
    let rows = [
        all.lines().next().expect("a header"),
        row("f,a,"),
        row("a,f,"),
        row("b,b,"),
    ];
    assert_eq!(out(&output), rows.join("\n") + "\n");
    let ways: Value = serde_json::from_str(&folder.read("ways.geojson")).expect("JSON");
    let nodes = |k: usize| ways["features"][k]["properties"]["nodes"].clone();
    // Back from the spur the fast street beats the shorter crossing.
    assert_eq!(nodes(0), serde_json::json!([6, 2, 3, 4, 1]));
    assert_eq!(nodes(1), serde_json::json!([1, 2, 6]));
    assert_eq!(nodes(2), serde_json::json!([2]));
    let line = &ways["features"][1]["geometry"]["coordinates"];
    assert_eq!(
        line,
        &serde_json::json!([[0.0, 0.0], [400.0, 0.0], [600.0, 0.0]])
    );
}

#[test]
fn places_are_told_and_what_lies_too_far_off_is_left_out() {
    let folder = Folder::new();
    folder.write(
        "points.csv",
        "id,x,y\nnear,100,-4\nfar,0,-500\nspur,500,0\n",
    );
    let output = folder.table(["--places", "places.csv"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        err(&output).contains("point `far` is on no road"),
        "{}",
        err(&output)
    );
    assert!(err(&output).contains("500 m away"), "{}", err(&output));
    assert_eq!(
        folder.read("places.csv"),
        "id,x,y,metres_off\nnear,100,0,4.00\nfar,,,500.00\nspur,500,0,0.00\n"
    );
    let text = out(&output);
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows.len(), 10);
    assert_eq!(rows[2], "near,far,,");
    // Three quarters of a street at 24 km/h, half the spur at 40 km/h.
    assert_eq!(rows[3], "near,spur,54.000,400.000");
}

#[test]
fn a_profile_of_ones_own_is_read_from_its_file() {
    let folder = Folder::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/roads/profiles/car.toml");
    let car = fs::read_to_string(file).expect("the car");
    folder.write(
        "slow.toml",
        &car.replace("patrol_factor = 0.8", "patrol_factor = 0.5"),
    );
    let output = folder.table(["--profile", "slow.toml"]);
    assert_eq!(out(&output), expected(0.5), "{}", err(&output));

    folder.write(
        "bad.toml",
        &car.replace("max_kmh = 120", "max_kmh = \"fast\""),
    );
    let output = folder.table(["--profile", "bad.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("error[R204]: bad.toml:6:11:"),
        "{}",
        err(&output)
    );
    folder.write("bad.toml", &car.replace("gravel = 30", "gravel = 0"));
    let output = folder.table(["--profile", "bad.toml"]);
    assert!(
        err(&output).contains("error[R202]: bad.toml: `gravel`"),
        "{}",
        err(&output)
    );
    let output = folder.table(["--profile", "cra"]);
    assert!(
        err(&output).contains("did you mean `car`?"),
        "{}",
        err(&output)
    );
    assert!(err(&output).contains(".toml"), "{}", err(&output));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let folder = Folder::new();
    folder.write("points.csv", "id,x,y\na,0,0\na,here,0\nb,1\n");
    folder.write("pairs.csv", "from,too\na,b\n");
    let output = folder.table(["--pairs", "pairs.csv", "--profile", "no.toml"]);
    assert_eq!(output.status.code(), Some(3), "a file is missing");
    let said = err(&output);
    for part in [
        "points.csv:3:3: `x` is no number that fits (found `here`)",
        "points.csv:3:1: an id that comes twice (found `a`)",
        "points.csv:4: a row of 2 cells under 3 columns",
        "no.toml",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(out(&output).is_empty());

    folder.write("points.csv", POINTS);
    folder.write("pairs.csv", "from,to\na,z\nq,b\n");
    let output = folder.table(["--pairs", "pairs.csv"]);
    assert_eq!(output.status.code(), Some(2));
    for part in [
        "error[R015]: pairs.csv:2:3:",
        "error[R015]: pairs.csv:3:1:",
        "2 errors",
    ] {
        assert!(err(&output).contains(part), "{part}: {}", err(&output));
    }
    folder.write("points.csv", "id,lon,lat\na,0,0\n");
    let output = folder.table([]);
    assert!(
        err(&output).contains("error[R301]: points.csv:1:"),
        "{}",
        err(&output)
    );
    let output = folder.table(["--routes", "ways.geojson"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--pairs"), "{}", err(&output));
    let output = folder.table(["--snap-limit", "far"]);
    assert!(err(&output).contains("metres from 0"), "{}", err(&output));
}

/// As `| head` does.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let rows: String = (0..300).map(|i| format!("{i},{i},0\n")).collect();
    folder.write("points.csv", &format!("id,x,y\n{rows}"));
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("roundsman"))
        .current_dir(folder.0.path())
        .args([
            "map",
            "table",
            "nodes.csv",
            "points.csv",
            "--edges",
            "edges.csv",
            "-q",
        ])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn more_points_than_a_table_can_hold_are_refused() {
    let folder = Folder::new();
    let rows: String = (0..10_001).map(|i| format!("{i},0,0\n")).collect();
    folder.write("points.csv", &format!("id,x,y\n{rows}"));
    let output = folder.table([]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("R017"), "{}", err(&output));
    assert!(err(&output).contains("--pairs"), "{}", err(&output));
    folder.write("pairs.csv", "from,to\n0,10000\n");
    let output = folder.table(["--pairs", "pairs.csv", "-q"]);
    assert_eq!(
        out(&output),
        "from,to,seconds,metres\n0,10000,0.000,0.000\n"
    );
}
