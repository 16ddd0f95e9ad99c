//! `roundsman check`: the independent checker's word on a plan.

use std::path::PathBuf;

use super::Outcome;
use super::args;
use super::args::Lang;
use super::findings;
use super::outputs::Checked;
use super::say;
use crate::check::check;
use crate::error::Result;
use crate::io;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman check maps/bulebel out/plan.json
  roundsman check maps/bulebel out/plan.json --json | jq .protected_risk

Walks every leg on the roads, holds every stop against the scenario, and computes every figure
from its definition; docs/check.md explains each code and figure. Plans of other programs are
welcome (docs/formats.md). Exit code 0: valid; 1: not valid.")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    /// The plan
    plan: PathBuf,
    /// Print everything as one JSON object
    #[arg(long)]
    json: bool,
    /// Language of the summary
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Print nothing: the exit code says it all; errors and --json still show
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let plan = io::plan::read(&args.plan)?;
    let world = args::world(&args.scenario)?;
    if !args.quiet {
        args::warn(&world);
    }
    let verdict = check(&world, &plan);
    if args.json {
        say::json(&verdict)?;
    } else if !args.quiet {
        let checked = Checked {
            world: &world,
            plan: &plan,
            verdict: &verdict,
            lang: args.lang,
            revision: 0,
        };
        let parts = [
            findings::violations(&verdict),
            findings::promises(&verdict),
            findings::wishes(&verdict),
            checked.summary(),
        ];
        let parts = parts.iter().map(|p| p.trim_end()).filter(|p| !p.is_empty());
        say::data(&parts.collect::<Vec<_>>().join(
            "

",
        ))?;
    }
    Ok(Outcome::of(&verdict))
}
