//! `roundsman map inspect`: what is in a road file.

use std::path::PathBuf;

use serde::Serialize;

use crate::cli::Outcome;
use crate::cli::clock::Watch;
use crate::cli::say;
use crate::error::Result;
use crate::roads::inspect;
use crate::roads::inspect::Inspection;
use crate::roads::read::Format;

/// Arguments of `map inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman map inspect maps/bulebel/roads.osm.pbf
  roundsman map inspect nodes.csv --edges edges.csv --json

Reads .osm.pbf, .osm, .osm.gz, .geojson, and a CSV pair of nodes and edges.")]
pub(super) struct Args {
    /// The road file; of a CSV pair, the nodes
    file: PathBuf,
    /// The edges of a CSV pair
    #[arg(long, value_name = "FILE")]
    edges: Option<PathBuf>,
    /// Print everything as one JSON object
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Inspected<'a> {
    #[serde(flatten)]
    inspection: &'a Inspection,
    /// Time taken to read the file and to build its graph.
    seconds: f64,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let watch = Watch::start();
    let format = Format::of(&args.file)?;
    let inspection = inspect::inspect(&args.file, args.edges.as_deref(), format)?;
    let seconds = watch.elapsed().as_secs_f64();
    if args.json {
        say::json(&Inspected {
            inspection: &inspection,
            seconds,
        })?;
    } else {
        let text = inspection.to_string();
        say::data(&format!("{}\ntime         {seconds:.2} s", text.trim_end()))?;
    }
    Ok(Outcome::Sound)
}
