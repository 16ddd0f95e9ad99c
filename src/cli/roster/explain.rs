//! `roundsman roster explain`: which promises a roster breaks, and what would mend it.

use std::path::PathBuf;

use super::make::driven;
use super::make::needs_people;
use super::words::Words;
use crate::check::Verdict;
use crate::check::check;
use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::args::Lang;
use crate::cli::findings;
use crate::cli::say;
use crate::error::Result;
use crate::io;
use crate::plan::Roster;
use crate::planner::staffing;
use crate::roster::staff::mends;
use crate::scenario::Scenario;

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
    if let Some(why) = beyond_words(args.lang, scenario, &roster, &verdict) {
        match args.json {
            true => say::json(&verdict.violations)?,
            false => say::data(&findings::violations(&verdict))?,
        }
        say::warning(&why);
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

/// Why a roster cannot be explained, if so.
fn beyond_words(
    lang: Lang,
    scenario: &Scenario,
    roster: &Roster,
    verdict: &Verdict,
) -> Option<String> {
    if verdict.violations.iter().any(|v| v.code.is_of_seats()) {
        return Some(match lang {
            Lang::En => "no roster can be like that: mend its seats before its promises".to_owned(),
            Lang::Zh => "座位安排本身有误，请先更正，再看各项规定".to_owned(),
        });
    }
    let (person, day) = staffing::two_on_a_day(roster)?;
    let date = scenario.date(day);
    Some(match lang {
        Lang::En => format!(
            "{person} has two duties on {date}: what mends a roster is told where nobody has more than one a day"
        ),
        Lang::Zh => format!("{person}在{date}有两个班次：每人每日至多一班时才能给出补救办法"),
    })
}
