//! `roundsman export`: the compiled question for other programs.

use std::path::PathBuf;

use clap::Subcommand;

use super::Outcome;
use super::args;
use super::say;
use crate::error::Result;
use crate::export;
use crate::io::write_atomically;
use crate::patrol::compile::compile;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write a scenario as one JSON file with all travel times, for others to solve
    #[command(after_help = "\
Examples:
  roundsman export instance maps/bulebel --out bulebel.json
  roundsman export instance maps/bulebel | jq '.profiles[0].seconds[0]'

Targets with risk, effect and windows, orders, units, duties with breaks, and travel seconds
between all spots for each profile. No map is needed to solve it. `roundsman schema instance`
prints the format, docs/formats.md explains it. `roundsman check` judges the plan that comes back.")]
    Instance(Instance),
}

#[derive(Debug, clap::Args)]
struct Instance {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    /// Where to write it [default: to stdout]
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// No warnings, no word of what was written; errors still show
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    match &args.verb {
        Verb::Instance(args) => instance(args),
    }
}

fn instance(args: &Instance) -> Result<Outcome> {
    let world = args::world(&args.scenario)?;
    if !args.quiet {
        args::warn(&world);
    }
    let question = export::question(&world, &compile(&world)?);
    let text = export::text::to_text(&question)?;
    match &args.out {
        Some(file) => {
            write_atomically(file, text.as_bytes())?;
            if !args.quiet {
                say::places(std::slice::from_ref(file));
            }
        }
        None => say::data(&text)?,
    }
    Ok(Outcome::Sound)
}
