//! `roundsman bound`: how good any plan for a scenario can be, proven.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::Outcome;
use super::args;
use super::clock::Rounds;
use super::clock::Watch;
use super::progress::Line;
use super::say;
use super::stop::Stop;
use crate::check::Verdict;
use crate::check::check;
use crate::error::Error;
use crate::error::Result;
use crate::io;
use crate::io::write_atomically;
use crate::par;
use crate::patrol::compile::POINT;
use crate::patrol::compile::compile;
use crate::plan::Bound;
use crate::plan::Plan;
use crate::planner::Control;
use crate::planner::Effort;
use crate::planner::bound;
use crate::world::World;

/// Time when nothing is said.
const DEFAULT_TIME: Duration = Duration::from_secs(120);
/// Time kept for what comes after the proof.
const RESERVE: Duration = Duration::from_millis(200);

/// Arguments of `bound`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman bound maps/bulebel                                   what no plan can exceed
  roundsman bound maps/bulebel out/plan.json --time 10m          how far this plan may be from it
  roundsman bound maps/bulebel out/plan.json -o out/plan.json    the plan with its bound, for report
  roundsman bound maps/bulebel --rounds 200 --json               work counted, for programs

The bound holds for every plan of the scenario, whoever makes it; docs/bounds.md has the proof.
More time makes it smaller. With a plan, the share of risk is for plans that earn as many order
points. The same rounds and slot give the same bound on any number of threads.")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    /// A plan to compare with
    plan: Option<PathBuf>,
    /// Time for everything [default: 2m]
    #[arg(long, value_name = "TIME", value_parser = args::duration, conflicts_with = "rounds")]
    time: Option<Duration>,
    /// Make so many rounds instead: work counted, not timed
    #[arg(long, value_name = "N")]
    rounds: Option<u32>,
    /// Slots of time in the last step, seconds: shorter ones give a smaller bound, and take longer
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=3600))]
    slot: u16,
    /// Threads to work with; the bound does not depend on them [default: all cores]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write the plan, with the bound in it, to this file
    #[arg(short, long, value_name = "FILE", requires = "plan")]
    out: Option<PathBuf>,
    /// Print the bound as one JSON object
    #[arg(long)]
    json: bool,
    /// Print no progress and no text; errors and --json still show
    #[arg(short, long)]
    quiet: bool,
}

/// What `bound --json` prints.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    #[serde(flatten)]
    bound: &'a Bound,
    /// Value of the plan, points.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan_value: Option<f64>,
    /// `(value - plan_value) / value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<f64>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let watch = Watch::start();
    let stop = Stop::listen();
    let threads = args.threads.map_or(0, usize::from);
    par::with_threads(threads, || work(args, watch, &stop))?
}

fn work(args: &Args, watch: Watch, stop: &Stop) -> Result<Outcome> {
    let mut line = Line::new(args.quiet);
    line.phase("reading the scenario and its roads");
    let plan = args.plan.as_deref().map(io::plan::read).transpose()?;
    let world = args::world(&args.scenario)?;
    if !args.quiet {
        line.aside(|| args::warn(&world));
    }
    let plan = match plan {
        Some(plan) => {
            let verdict = checked(&world, &plan)?;
            Some((plan, verdict))
        }
        None => None,
    };
    let verdict = plan.as_ref().map(|(_, verdict)| verdict);
    let found = prove(args, watch, stop, &world, verdict, &mut line)?;
    drop(line);
    let value = verdict.map(|v| v.kpis.value);
    let gap = value.map(|v| (found.value - v) / found.value.max(1e-9));
    if args.json {
        say::json(&Figures {
            bound: &found,
            plan_value: value,
            gap,
        })?;
    } else if !args.quiet {
        say::data(&text(&found, gap))?;
    }
    if let Some((mut plan, _)) = plan {
        plan.bound = Some(found);
        finish(args, &plan)?;
    }
    Ok(Outcome::Sound)
}

/// The checker's word on a plan that keeps the rules.
fn checked(world: &World, plan: &Plan) -> Result<Verdict> {
    let verdict = check(world, plan);
    if verdict.valid {
        return Ok(verdict);
    }
    let error = Error::input(
        "A2",
        "the plan breaks its rules, so no bound need hold for it",
    );
    let hint = "`roundsman check` tells what is wrong";
    Err(error.hint(hint).into())
}

fn prove(
    args: &Args,
    watch: Watch,
    stop: &Stop,
    world: &World,
    verdict: Option<&Verdict>,
    line: &mut Line,
) -> Result<Bound> {
    line.phase("computing travel times");
    let compiled = compile(world)?;
    let total = compiled.instance.total_risk();
    let rounds = match args.rounds {
        Some(count) => Rounds::Count(count),
        None => Rounds::Until(args.time.unwrap_or(DEFAULT_TIME).saturating_sub(RESERVE)),
    };
    let worth = |points: f64| (points * POINT).round() as i64;
    let kpis = verdict.map(|v| &v.kpis);
    let effort = Effort {
        floor: kpis.map_or(0, |k| worth(k.value)),
        slot: i32::from(args.slot),
    };
    let orders = kpis.map_or(0.0, |k| {
        k.order_points * world.scenario.objective.order_point
    });
    line.phase("proving how good a plan can be");
    let began = watch.elapsed();
    let found = bound(world, &compiled, effort, worth(orders), |progress| {
        line.bound(progress, total);
        match stop.asked() {
            true => Control::Stop,
            false => rounds.decide(progress, began, watch.elapsed()),
        }
    });
    found.ok_or_else(|| {
        let error = Error::input("P003", "no bound is known where a visit takes no time");
        error
            .hint("give every target a `dwell` of at least a second")
            .into()
    })
}

/// Writes the plan with its bound, where asked.
fn finish(args: &Args, plan: &Plan) -> Result<()> {
    let Some(file) = &args.out else {
        return Ok(());
    };
    write_atomically(file, io::plan::to_text(plan)?.as_bytes())?;
    if !args.quiet {
        say::places(std::slice::from_ref(file));
    }
    Ok(())
}

/// The bound in a few lines.
fn text(bound: &Bound, gap: Option<f64>) -> String {
    let percent = |share: f64| format!("{:.2} %", 100.0 * share);
    let protected = match gap {
        Some(_) => "risk protected by any plan with as many order points: at most",
        None => "risk protected by any plan: at most",
    };
    let mut text = format!("{protected} {}\n", percent(bound.protected_risk));
    text += &format!("value of any plan: at most {:.0} points\n", bound.value);
    if let Some(gap) = gap {
        text += &format!(
            "this plan may fall short by {} of that at most\n",
            percent(gap)
        );
    }
    for duty in bound.duties.iter().take(3) {
        let hour = percent(duty.at_most / duty.hours.max(1e-9));
        text += &format!(
            "one more duty of {} on {}: at most {hour} of all risk for each of its hours\n",
            duty.unit, duty.shift
        );
    }
    text
}
