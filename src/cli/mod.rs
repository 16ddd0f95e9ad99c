//! The command line: one file per verb. Data goes to stdout, talk to stderr.
//!
//! The clock lives here and nowhere else: `plan --time` is turned into a number of epochs, so
//! that a run can be repeated.

mod args;
mod bench;
mod bound;
mod budget;
mod check;
mod clock;
mod export;
mod findings;
mod folder;
mod map;
mod outputs;
mod plan;
mod progress;
mod report;
mod roster;
mod say;
mod schema;
mod stop;

use std::process::ExitCode;

use clap::Parser;
use clap::Subcommand;

use crate::check::Verdict;
use crate::error::Result;

/// What `roundsman` understands; the text of `roundsman --help`.
#[derive(Debug, Parser)]
#[command(
    name = "roundsman",
    version,
    about = "Plans patrols: real roads, key sites and crews in; checked round-the-clock routes out.",
    after_help = EXAMPLES,
    subcommand_required = true,
    arg_required_else_help = true,
    propagate_version = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  roundsman plan maps/bulebel --time 20s -o out/bulebel      plan, check, write the report
  roundsman plan maps/bulebel --lang zh -o out/bulebel       报告与摘要用中文
  roundsman check maps/bulebel out/bulebel/plan.json         is this plan allowed, how good is it
  roundsman map inspect maps/bulebel/roads.osm.pbf           what is in a road file
  roundsman map table roads.osm.pbf points.csv -o travel.csv travel times and road lengths
  roundsman bench toptw problems/toptw --time 10s            how good is the search

Exit codes: 0 done (plan valid), 1 plan not valid, 2 wrong input, 3 file trouble, 70 a bug,
130 interrupted twice. docs/cli.md tells more.";

#[derive(Debug, Subcommand)]
enum Verb {
    /// Plan the patrols of a scenario, check the plan, write plan, routes and report
    Plan(plan::Args),
    /// Check a plan, whoever made it, and compute every figure anew
    Check(check::Args),
    /// Write the report and the routes of a plan again
    Report(report::Args),
    /// Prove how good any plan for a scenario can be, and what holds it down
    Bound(bound::Args),
    /// Write a scenario with its travel times for other programs to solve
    Export(export::Args),
    /// Look at road maps
    Map(map::Args),
    /// Make the roster alone, explain one, look at patterns of shifts
    Roster(roster::Args),
    /// Run the search on public benchmark problems, every answer checked
    Bench(bench::Args),
    /// Print the JSON Schema of a file format
    Schema(schema::Args),
}

/// How a verb ended when nothing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done; what was looked at is sound.
    Sound,
    /// Done; the plan is not valid.
    NotValid,
}

impl Outcome {
    fn of(verdict: &Verdict) -> Self {
        if verdict.valid {
            Self::Sound
        } else {
            Self::NotValid
        }
    }
}

/// Runs the command line and returns its exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli.verb) {
        Ok(Outcome::Sound) => ExitCode::SUCCESS,
        Ok(Outcome::NotValid) => ExitCode::from(1),
        Err(errors) => {
            say::errors(&errors);
            ExitCode::from(errors.exit_code())
        }
    }
}

fn dispatch(verb: Verb) -> Result<Outcome> {
    match verb {
        Verb::Plan(args) => plan::run(&args),
        Verb::Check(args) => check::run(&args),
        Verb::Report(args) => report::run(&args),
        Verb::Bound(args) => bound::run(&args),
        Verb::Export(args) => export::run(&args),
        Verb::Map(args) => map::run(&args),
        Verb::Roster(args) => roster::run(&args),
        Verb::Bench(args) => bench::run(&args),
        Verb::Schema(args) => schema::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
