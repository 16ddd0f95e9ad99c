//! `roundsman roster explain`: which promises a roster breaks, and what would mend it.

use std::path::PathBuf;

use super::make::driven;
use super::make::needs_people;
use super::words::Words;
use crate::check::check;
use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::args::Lang;
use crate::cli::findings;
use crate::cli::say;
use crate::error::Result;
use crate::io;
use crate::planner::staffing;
use crate::roster::staff::mends;

/// Arguments of `roster explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman roster explain maps/harbour/four-weeks.toml out/plan.json
  roundsman roster explain maps/harbour/four-weeks.toml out/plan.json --lang zh

Tells each rule that may not be broken and is, whom or where, when and by how much; and what to
let go, or whom to add, so that the roster keeps all others. For empty seats it also tells who is
off that day and could sit there, and what that would break instead. Duties that stay at base since
nobody is left to sit there are listed too, with the people that each lacks.")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    /// The plan with the roster
    plan: PathBuf,
    /// Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let plan = io::plan::read(&args.plan)?;
    let world = args::world(&args.scenario)?;
    let scenario = &world.scenario;
    needs_people(scenario)?;
    let roster = plan.roster.clone().unwrap_or_default();
    let verdict = check(&world, &plan);
    if verdict.violations.iter().any(|v| v.code.is_of_seats()) {
        say::data(&findings::violations(&verdict))?;
        say::warning("no roster can be like that: mend its seats before its promises");
        return Ok(Outcome::NotValid);
    }
    if let Some((person, day)) = staffing::two_on_a_day(&roster) {
        say::data(&findings::violations(&verdict))?;
        say::warning(&format!(
            "{person} has two duties on day {day}: what would mend it is sought where nobody has more than one"
        ));
        return Ok(Outcome::of(&verdict));
    }
    let driven = driven(scenario, &plan);
    let staffed = staffing::look_at(scenario, &driven, &roster);
    let words = Words::new(args.lang, scenario, &staffed);
    let mending = mends(&staffed.instance, &staffed.outcome.rows);
    let at_base = staffing::at_base(&staffed);
    if args.json {
        say::json(&words.as_json(&mending, &at_base))?;
    } else {
        let parts = [words.all(&mending), words.at_base(&at_base)];
        say::data(&parts.concat())?;
    }
    Ok(match mending.broken.is_empty() {
        true => Outcome::Sound,
        false => Outcome::NotValid,
    })
}
