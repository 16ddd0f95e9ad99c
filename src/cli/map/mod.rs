//! `roundsman map`: what is in a road file, and travel on it.

mod inspect;
mod table;
mod write;

use clap::Subcommand;

use super::Outcome;
use crate::error::Result;

/// Arguments of `map`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Count vertices, edges and kilometres, components and turn restrictions of a road file
    Inspect(inspect::Args),
    /// Travel times and road lengths between points of your own
    Table(table::Args),
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    match &args.verb {
        Verb::Inspect(args) => inspect::run(args),
        Verb::Table(args) => table::run(args),
    }
}
