//! `roundsman schema`: the file formats as JSON Schema.

use clap::ValueEnum;

use super::Outcome;
use super::say;
use crate::error::Result;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  roundsman schema scenario > scenario.schema.json
  roundsman schema plan > plan.schema.json
  roundsman schema instance > instance.schema.json")]
pub(super) struct Args {
    /// Which file
    #[arg(value_enum, default_value_t = File::Scenario)]
    file: File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum File {
    /// scenario.toml
    Scenario,
    /// plan.json
    Plan,
    /// What `export instance` writes
    Instance,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    match args.file {
        File::Scenario => say::json(&crate::scenario::schema())?,
        File::Instance => say::json(&crate::export::text::schema())?,
        File::Plan => say::json(&crate::io::plan::schema())?,
    }
    Ok(Outcome::Sound)
}
