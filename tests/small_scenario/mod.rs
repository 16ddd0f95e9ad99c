//! A scenario on disk that is planned in a blink: four streets in metres, one car, one night.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use tempfile::TempDir;

const NODES: &str = "id,x,y\n1,0,0\n2,600,0\n3,600,600\n4,0,600\n";

const EDGES: &str = "from,to,class,kmh\n\
    1,2,residential,30\n2,3,residential,30\n3,4,residential,30\n4,1,residential,30\n";

const SITES: &str = "id,name,name_zh,x,y,standard,dwell,risk\n\
    bank,Corner bank,街角银行,600,0,45m,4m,3\n\
    depot,Bus depot,公交场站,600,600,1h,3m,2\n";

const SCENARIO: &str = r#"[scenario]
name = "Four streets"
name_zh = "四街"
timezone = "Asia/Shanghai"
start = "2026-11-23T20:00"
days = 1

[map]
file = "nodes.csv"
edges = "edges.csv"
datum = "planar"

[layers]
sites = "sites.csv"

[[tier]]
id = "police"

[[base]]
id = "post"
x = 0
y = 0

[[shift]]
id = "night"
start = "20:00"
end = "06:00"
briefing = "10m"

[[unit]]
id = "car"
tier = "police"
base = "post"
profile = "car"
shifts = ["night"]
"#;

/// The scenario in a folder that goes away with it.
#[derive(Debug)]
pub struct Small(TempDir);

impl Small {
    /// Writes it.
    pub fn new() -> Self {
        let small = Self(tempfile::tempdir().expect("a temporary folder"));
        small.write("nodes.csv", NODES);
        small.write("edges.csv", EDGES);
        small.write("sites.csv", SITES);
        small.write("scenario.toml", SCENARIO);
        small
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file in it.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.file(name), text).expect("a file in a temporary folder");
    }

    /// Replaces text in one of its files; the text must be there.
    pub fn spoil(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).expect("a file of the scenario");
        assert!(text.contains(from), "{name} holds no `{from}`");
        self.write(name, &text.replace(from, to));
    }
}
