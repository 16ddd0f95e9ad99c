//! `roundsman roster`: people and their shifts.

mod explain;
mod make;
mod patterns;
mod words;

use clap::Subcommand;

use super::Outcome;
use crate::error::Result;

/// Arguments of `roster`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  roundsman roster maps/harbour/four-weeks.toml -o roster.json   who works when, for all duties
  roundsman roster maps/harbour/four-weeks.toml out/plan.json    for the duties of a plan
  roundsman roster explain SCENARIO PLAN                         what is broken, what mends it
  roundsman roster patterns                                      patterns of shifts

`roundsman plan` makes roster and routes together and decides which duties run; this makes the
roster alone, for duties that all run.")]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    make: make::Args,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Show patterns of shifts: their hours, their rests, and the rules that they break
    Patterns(patterns::Args),
    /// Tell which promises a roster breaks, and what would mend it
    Explain(explain::Args),
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    match &args.verb {
        Some(Verb::Patterns(args)) => patterns::run(args),
        Some(Verb::Explain(args)) => explain::run(args),
        None => make::run(&args.make),
    }
}
