//! `roundsman roster`: people and their shifts.

mod patterns;

use clap::Subcommand;

use super::Outcome;
use crate::error::Result;

/// Arguments of `roster`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Show patterns of shifts: their hours, their rests, and the rules that they break
    Patterns(patterns::Args),
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    match &args.verb {
        Verb::Patterns(args) => patterns::run(args),
    }
}
