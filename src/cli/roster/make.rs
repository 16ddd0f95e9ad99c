//! `roundsman roster SCENARIO`: who works when.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use super::words::Words;
use crate::check::check;
use crate::cli::Outcome;
use crate::cli::args;
use crate::cli::args::Lang;
use crate::cli::budget;
use crate::cli::budget::Budget;
use crate::cli::clock::Watch;
use crate::cli::findings;
use crate::cli::progress::Line;
use crate::cli::say;
use crate::cli::stop::Stop;
use crate::error::Error;
use crate::error::Result;
use crate::ids::DutyId;
use crate::io;
use crate::io::write_atomically;
use crate::patrol::compile::compile;
use crate::plan::Plan;
use crate::planner::staffing;
use crate::planner::staffing::Staffed;
use crate::planner::staffing::Worths;
use crate::planner::stand_by;
use crate::roster::staff::mends;
use crate::scenario::Scenario;
use crate::world::World;

/// Time kept for checking and writing.
const RESERVE: Duration = Duration::from_millis(500);

/// Arguments of `roster` without a verb.
#[derive(Debug, clap::Args)]
#[group(id = "make")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    #[arg(required = true)]
    scenario: Option<PathBuf>,
    /// Make the roster for the duties of this plan; without it, for all duties
    plan: Option<PathBuf>,
    #[command(flatten)]
    budget: Budget,
    /// Write the plan with its roster here
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of what is said
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Print the checker's word on it as one JSON object
    #[arg(long)]
    json: bool,
    /// Print no progress, warnings or summary; errors and --json still show
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let watch = Watch::start();
    let stop = Stop::listen();
    args.budget.run(|| work(args, watch, &stop))
}

fn work(args: &Args, watch: Watch, stop: &Stop) -> Result<Outcome> {
    let mut line = Line::new(args.quiet);
    line.phase("reading the scenario and its roads");
    let world = args::world(
        args.scenario
            .as_deref()
            .unwrap_or(std::path::Path::new(".")),
    )?;
    let scenario = &world.scenario;
    needs_people(scenario)?;
    if !args.quiet {
        line.aside(|| args::warn(&world));
    }
    let mut plan = question(args, &world, &mut line)?;
    let staffed = search(args, watch, stop, scenario, &plan, &mut line);
    plan.roster = Some(staffed.roster.clone());
    let verdict = check(&world, &plan);
    drop(line);
    if args.json {
        say::json(&verdict)?;
    } else if !args.quiet {
        let cost = staffed.outcome.cost;
        let mending = mends(&staffed.instance, &staffed.outcome.rows);
        let told = match mending.broken.is_empty() {
            true => String::new(),
            false => Words::new(args.lang, scenario, &staffed).all(&mending),
        };
        let parts = [
            findings::violations(&verdict),
            findings::wishes(&verdict),
            told,
        ];
        let parts = parts.iter().map(|p| p.trim_end()).filter(|p| !p.is_empty());
        say::data(&parts.collect::<Vec<_>>().join("\n\n"))?;
        let made = staffed.roster.made.as_ref();
        let (epochs, schedule) = made.map_or((0, 0), |m| (m.epochs, m.schedule));
        say::note(&format!(
            "burden of broken promises {}, weight of broken wishes {}; the same again: --epochs {epochs} --schedule {schedule} --seed {} --islands {}",
            cost.promises, cost.wishes, args.budget.seed, args.budget.islands
        ));
    }
    if let Some(file) = &args.out {
        write_atomically(file, io::plan::to_text(&plan)?.as_bytes())?;
        if !args.quiet {
            say::places(std::slice::from_ref(file));
        }
    }
    Ok(Outcome::of(&verdict))
}

/// Refuses a scenario without people.
pub(super) fn needs_people(scenario: &Scenario) -> Result<()> {
    if scenario.staff.people.is_empty() {
        let error = Error::input(
            "A4",
            "the scenario has no people, so there is nobody to put on duty",
        );
        return Err(error
            .hint("name a `people` table under [layers]: docs/formats.md")
            .into());
    }
    Ok(())
}

/// The plan whose duties are to be staffed: the one given, or all duties standing by.
fn question(args: &Args, world: &World, line: &mut Line) -> Result<Plan> {
    match &args.plan {
        Some(file) => io::plan::read(file),
        None => {
            line.phase("computing travel times");
            stand_by(world, &compile(world)?)
        }
    }
}

/// The duties of a plan that begin in the horizon.
pub(super) fn driven(scenario: &Scenario, plan: &Plan) -> BTreeSet<DutyId> {
    let keys = plan.duties.iter();
    let keys: BTreeSet<(&str, &str, i32)> = keys
        .map(|duty| (&*duty.unit, &*duty.shift, duty.day))
        .collect();
    let duties = scenario.duties.enumerate();
    let named = duties.filter(|(_, duty)| {
        let unit = &scenario.units[duty.unit].id;
        keys.contains(&(&**unit, &*scenario.shifts[duty.shift].id, duty.day))
    });
    named.map(|(id, _)| id).collect()
}

fn search(
    args: &Args,
    watch: Watch,
    stop: &Stop,
    scenario: &Scenario,
    plan: &Plan,
    line: &mut Line,
) -> Staffed {
    let mut clock = args.budget.clock(RESERVE);
    line.phase("making the roster");
    let driven = driven(scenario, plan);
    staffing::staff(
        scenario,
        &Worths::unknown(),
        &driven,
        false,
        args.budget.options(),
        |progress| budget::roster(line, &mut clock, (watch, stop), progress),
        || stop.asked(),
    )
}
