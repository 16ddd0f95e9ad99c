//! `roundsman plan`: the main job.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::Outcome;
use super::args;
use super::args::Lang;
use super::budget;
use super::budget::Budget;
use super::clock::Clock;
use super::clock::Rounds;
use super::clock::Watch;
use super::findings;
use super::folder::Folder;
use super::outputs::Checked;
use super::outputs::Kind;
use super::outputs::SHOWN;
use super::progress::Line;
use super::say;
use super::stop::Stop;
use crate::check::Code;
use crate::check::Verdict;
use crate::check::check;
use crate::error::Result;
use crate::patrol::compile::Compiled;
use crate::patrol::compile::compile;
use crate::plan::NewcomerWorth;
use crate::plan::Plan;
use crate::plan::Roster;
use crate::planner::Control;
use crate::planner::Effort;
use crate::planner::Options;
use crate::planner::bound;
use crate::planner::plan_compiled;
use crate::planner::staffing;
use crate::planner::staffing::Staffed;
use crate::planner::staffing::Worths;
use crate::scenario::RuleKind;
use crate::units::Seconds;
use crate::world::World;

/// Share of the time that goes into the proof when nothing is said: one in so many.
const BOUND_SHARE: u32 = 3;
/// Share of the time that goes into the roster, where there are people: one in so many.
const ROSTER_SHARE: u32 = 4;
/// Epochs of its search where epochs are counted and nothing is said.
const ROSTER_EPOCHS: u32 = 40;
/// Rounds of the proof where epochs are counted and nothing is said.
const BOUND_ROUNDS: u32 = 20;
/// Elementary steps of a round beyond which nobody waits for a proof who did not ask for it.
const BOUND_WORK: f64 = 2e10;
/// Slots of the proof, seconds: of horizons up to a week, and of longer ones.
const BOUND_SLOTS: (i32, i32) = (10, 30);
/// A week.
const WEEK: Seconds = Seconds(7 * 86_400);

/// Arguments of `plan`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman plan maps/bulebel                                30 seconds, results in out/
  roundsman plan maps/bulebel --time 5m -o out/bulebel       more time, a better plan
  roundsman plan maps/bulebel --epochs 200 --seed 7          the same plan again
  roundsman plan maps/bulebel --lang zh                      摘要与报告用中文
  roundsman plan maps/bulebel --quiet --json > figures.json  for programs

Writes plan.json, routes.geojson and report.html into DIR, and where people are rostered also
roster.csv, roster-grid.csv and a calendar for each in calendars/. Ctrl-C stops the search and writes
the best plan so far. The figures printed are the checker's. A plan records its seed, epochs,
schedule and islands; with the same ones a run gives the same plan on any number of threads.

Part of the time goes into a proof of how good any plan can be (docs/bounds.md): a third, unless
--bound-time says otherwise. `roundsman bound` spends longer on it.")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    #[command(flatten)]
    budget: Budget,
    /// Time for the proof of how good a plan can be, out of --time [default: a third of it]
    #[arg(long, value_name = "TIME", value_parser = args::duration, conflicts_with = "epochs")]
    bound_time: Option<Duration>,
    /// Make so many rounds of that proof instead: work counted, not timed [with --epochs: 20]
    #[arg(long, value_name = "N", conflicts_with = "bound_time")]
    bound_rounds: Option<u32>,
    /// Search so many epochs for the roster, where the scenario has people [with --epochs: 40;
    /// else a quarter of the time]
    #[arg(long, value_name = "N", requires = "epochs")]
    roster_epochs: Option<u32>,
    /// Epochs its cooling is laid out for, to repeat a timed run [default: as --roster-epochs]
    #[arg(long, value_name = "N", requires = "roster_epochs")]
    roster_schedule: Option<u32>,
    /// Make no such proof
    #[arg(long, conflicts_with_all = ["bound_time", "bound_rounds"])]
    no_bound: bool,
    /// Folder for the results, made where missing
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Language of summary, report, lists and calendars
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Print the figures as one JSON object
    #[arg(long)]
    json: bool,
    /// Print no progress, warnings or summary; errors and --json still show
    #[arg(short, long)]
    quiet: bool,
}

/// What `plan --json` prints.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    #[serde(flatten)]
    verdict: &'a Verdict,
    /// Epochs run.
    epochs: u32,
    /// Epochs that the cooling was laid out for.
    schedule: u32,
    /// Searches side by side.
    islands: u32,
    /// Seed of the search.
    seed: u64,
    /// From the program's start to here.
    seconds: f64,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let watch = Watch::start();
    // Before the work, so that an hour's search does not end at a full disk or a wrong path.
    let folder = Folder::open(&args.out)?;
    let stop = Stop::listen();
    args.budget.run(|| work(args, watch, &folder, &stop))
}

fn work(args: &Args, watch: Watch, folder: &Folder, stop: &Stop) -> Result<Outcome> {
    let mut line = Line::new(args.quiet);
    line.phase("reading the scenario and its roads");
    let world = args::world(&args.scenario)?;
    if !args.quiet {
        line.aside(|| args::warn(&world));
    }
    let plan = search(args, watch, stop, &world, &mut line)?;
    line.phase("checking and writing the plan");
    let verdict = check(&world, &plan);
    let checked = Checked {
        world: &world,
        plan: &plan,
        verdict: &verdict,
        lang: args.lang,
        revision: 0,
    };
    let mut files = checked.make(Kind::Plan)?;
    files.extend(checked.files(&SHOWN)?);
    let places = folder.write(&files)?;
    drop(line);
    tell(args, watch, checked)?;
    if !args.quiet {
        newcomers(&plan, args.lang);
        say::places(&places);
        repeat(&plan);
    }
    Ok(Outcome::of(&verdict))
}

/// Searches until the time is up, the epochs are done, or the planner has had enough; then
/// proves how good a plan can be.
fn search(args: &Args, watch: Watch, stop: &Stop, world: &World, line: &mut Line) -> Result<Plan> {
    line.phase("computing travel times");
    let mut compiled = compile(world)?;
    let options = args.budget.options();
    let budget = args.budget.time();
    let loaded = watch.elapsed();
    let staffed = staff(args, watch, stop, world, &compiled, line);
    let at_base = staffed.as_ref().map_or(&[][..], |(s, _)| &s.at_base);
    let all = compiled.retain(|duty| !at_base.contains(&duty));
    let reserve = reserve(budget, loaded);
    let mut clock = args.budget.clock(reserve + proof_time(args, budget));
    line.phase("building a first plan");
    let total = compiled.instance.total_risk();
    let mut planned = plan_compiled(world, &compiled, options, |progress| {
        let now = watch.elapsed();
        let control = clock.decide(progress.epoch, now);
        line.search(progress, total, clock.share(progress.epoch, now));
        if stop.asked() { Control::Stop } else { control }
    })?;
    // No plan can exceed what is proven with all duties, whoever can work them.
    compiled.restore(all);
    if let Some(rounds) = rounds(args, budget.saturating_sub(reserve)) {
        line.phase("proving how good a plan can be");
        let effort = Effort {
            floor: planned.score.value,
            slot: match world.scenario.horizon <= WEEK {
                true => BOUND_SLOTS.0,
                false => BOUND_SLOTS.1,
            },
        };
        let began = watch.elapsed();
        let found = bound(world, &compiled, effort, planned.points, |progress| {
            line.bound(progress, total);
            let endless = args.bound_rounds.is_none() && progress.work > BOUND_WORK;
            match stop.asked() || endless {
                true => Control::Stop,
                false => rounds.decide(progress, began, watch.elapsed()),
            }
        });
        // Without a round the bound says no more than what nobody may protect.
        planned.plan.bound = found.filter(|b| b.rounds > 0);
    }
    planned.plan.roster = staffed.map(|(staffed, newcomers)| Roster {
        newcomers,
        ..staffed.roster
    });
    Ok(planned.plan)
}

/// Decides which duties run and who works them, and what one more person would be worth; `None`
/// where the scenario has no people.
fn staff(
    args: &Args,
    watch: Watch,
    stop: &Stop,
    world: &World,
    compiled: &Compiled,
    line: &mut Line,
) -> Option<(Staffed, Vec<NewcomerWorth>)> {
    let scenario = &world.scenario;
    if scenario.staff.people.is_empty() {
        return None;
    }
    let epochs = args.roster_epochs.unwrap_or(ROSTER_EPOCHS);
    let counted = args.budget.epochs.map(|_| epochs);
    let options = Options {
        schedule: counted.map(|e| args.roster_schedule.unwrap_or(e)),
        ..args.budget.options()
    };
    line.phase("weighing the duties");
    let worths = Worths::of(scenario, compiled, options);
    let budget = args.budget.time();
    let mut clock = match counted {
        Some(epochs) => Clock::epochs(epochs),
        None => Clock::within(watch.elapsed() + budget / ROSTER_SHARE, Duration::ZERO),
    };
    line.phase("making the roster");
    let all = scenario.duties.ids().collect();
    let stopped = || stop.asked();
    let observe = |progress| budget::roster(line, &mut clock, (watch, stop), progress);
    let staffed = staffing::staff(scenario, &worths, &all, true, options, observe, stopped);
    let newcomers = staffing::newcomers(scenario, &worths, &staffed, options, stopped);
    Some((staffed, newcomers))
}

/// Time kept for what comes after the search: about as long as what came before it.
fn reserve(budget: Duration, loaded: Duration) -> Duration {
    loaded.max(budget / 50).max(Duration::from_millis(200))
}

/// Time for the proof, out of `budget`.
fn proof_time(args: &Args, budget: Duration) -> Duration {
    match (args.no_bound, args.bound_rounds) {
        (false, None) => args.bound_time.unwrap_or(budget / BOUND_SHARE),
        _ => Duration::ZERO,
    }
}

/// How long to look for a proof, if at all.
fn rounds(args: &Args, deadline: Duration) -> Option<Rounds> {
    if args.no_bound {
        return None;
    }
    let counted = args
        .bound_rounds
        .or(args.budget.epochs.map(|_| BOUND_ROUNDS));
    Some(counted.map_or(Rounds::Until(deadline), Rounds::Count))
}

/// Prints the figures: as JSON, or for people.
fn tell(args: &Args, watch: Watch, checked: Checked<'_>) -> Result<()> {
    let verdict = checked.verdict;
    if !verdict.valid && !promises_of_people(verdict) {
        say::warning(
            "the checker refuses this plan: a bug in roundsman, please report it with the scenario",
        );
    } else if !verdict.valid {
        say::warning(
            "no roster was found that keeps all rules: `roundsman roster explain` tells what would mend it",
        );
    }
    if args.json {
        let made = checked.plan.made.as_ref();
        return say::json(&Figures {
            verdict,
            epochs: made.map_or(0, |m| m.epochs),
            schedule: made.map_or(0, |m| m.schedule),
            islands: args.budget.islands,
            seed: args.budget.seed,
            seconds: watch.elapsed().as_secs_f64(),
        });
    }
    if !verdict.valid {
        say::data(&findings::violations(verdict))?;
    }
    if !args.quiet {
        say::data(&checked.summary())?;
    }
    Ok(())
}

/// Says what one more person of each tier would be worth, and where.
fn newcomers(plan: &Plan, lang: Lang) {
    let roster = plan.roster.iter();
    let useful = roster.flat_map(|roster| &roster.newcomers);
    for one in useful.filter(|n| n.promises > 0 || n.wishes > 0) {
        let share = 100.0 * one.protected_risk;
        let mut seats: BTreeMap<&str, usize> = BTreeMap::new();
        for seat in &one.seats {
            *seats.entry(&seat.unit).or_default() += 1;
        }
        let places = seats.iter().map(|(unit, n)| format!("{unit} x{n}"));
        let places = places.collect::<Vec<_>>().join(", ");
        let (tier, hours, wishes) = (&one.tier, one.hours, one.wishes);
        let each = if hours > 0.0 { share / hours } else { 0.0 };
        say::note(&match lang {
            Lang::En => format!(
                "one more person of {tier}: {share:.2} % of all risk ({each:.4} % for each of {hours:.0} hours), broken wishes less {wishes}; on {places}"
            ),
            Lang::Zh => format!(
                "{tier}增加一人：保护风险增加{share:.2}%（{hours:.0}小时，每小时{each:.4}%），未满足意愿减少{wishes}；岗位：{places}"
            ),
        });
    }
}

/// Whether all that is wrong are rules of rosters that could not be kept.
fn promises_of_people(verdict: &Verdict) -> bool {
    let is_rule = |code| {
        RuleKind::ALL
            .iter()
            .any(|k| Code::of_rule(*k) == Some(code))
    };
    verdict.violations.iter().all(|v| is_rule(v.code))
}

/// Says how to make the plan again.
fn repeat(plan: &Plan) {
    if let Some(made) = &plan.made {
        let proof = match &plan.bound {
            Some(bound) => format!("--bound-rounds {}", bound.rounds),
            None => "--no-bound".to_owned(),
        };
        let people = plan.roster.as_ref().and_then(|roster| roster.made.as_ref());
        let people = people.map_or_else(String::new, |made| {
            let (epochs, schedule) = (made.epochs, made.schedule);
            format!(" --roster-epochs {epochs} --roster-schedule {schedule}")
        });
        say::note(&format!(
            "the same again: --epochs {} --schedule {} --seed {} --islands {} {proof}{people}",
            made.epochs, made.schedule, made.seed, made.islands
        ));
    }
}
