//! `roundsman bench`: the search on the field's own problems, every answer checked.

mod course;
mod judge;

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use super::args;
use super::folder::Folder;
use super::progress::Line;
use super::stop::Stop;
use crate::bench;
use crate::bench::BestKnown;
use crate::bench::Format;
use crate::bench::Problem;
use crate::bench::Row;
use crate::bench::Units;
use crate::error::Error;
use crate::error::Result;
use crate::par;
use course::Course;

/// Arguments of `bench`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman bench toptw problems/toptw --time 10s --seeds 5 --csv toptw.csv
  roundsman bench toptw problems/toptw/pr01.txt --units 2,4 --threads 2
  roundsman bench top problems/top --time 2s --until-best-known
  roundsman bench pmal problems/pmal --epochs 200 --json      the same values on any machine
  roundsman bench inrc2 problems/inrc2/n030w4/n030w4_1_6-2-9-1 --time 1m --save rosters
  roundsman bench shift-scheduling Instance1.txt --check roster.csv    somebody's roster

Every run is the search of `plan` on the compiled problem; every answer is checked by a small
checker that knows only the file. Gaps are those of the mean over seeds, percent of the
best-known value; a star marks values proven to be the best there is. The instances of an inrc2
group are those that the table of best-known values has. docs/bench.md tells more.
Exit code 0: all answers valid; 1: not all.")]
pub(super) struct Args {
    /// Format of the files
    #[arg(value_parser = format)]
    format: &'static Format,
    /// Problem files, or folders of them; for inrc2 folders of groups, or names of instances
    #[arg(required = true, value_name = "FILES|DIR")]
    paths: Vec<PathBuf>,
    /// Numbers of units, such as 1,2,4, where the file does not say [default: by the format]
    #[arg(long, value_name = "M", value_delimiter = ',')]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1000))]
    units: Vec<u32>,
    /// Wall time of a run, construction included [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = args::duration, conflicts_with = "epochs")]
    time: Option<Duration>,
    /// Search so many epochs instead: work counted, not timed
    #[arg(long, value_name = "N")]
    epochs: Option<u32>,
    /// Threads to work with; with --epochs, values do not depend on them [default: all cores]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Searches side by side; values depend on their number
    #[arg(long, value_name = "K", default_value_t = 2)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=256))]
    islands: u32,
    /// Runs of every problem, each with its own seed
    #[arg(long, value_name = "K", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000))]
    seeds: u32,
    /// Seed of the first run; the others follow, 0 after the greatest
    #[arg(long, value_name = "FIRST", default_value_t = 1)]
    seed: u64,
    /// Table of best-known values [default: best-known.csv beside the files or above]
    #[arg(long, value_name = "CSV")]
    best_known: Option<PathBuf>,
    /// End a run as soon as the best-known value (or the unverified one) is reached
    #[arg(long)]
    until_best_known: bool,
    /// Work out proven bounds that take long, with so many rounds of their search for prices
    #[arg(long, value_name = "N", default_value_t = 0)]
    bound_rounds: u32,
    /// Write a table of all runs; it is whole after every run
    #[arg(long, value_name = "OUT")]
    csv: Option<PathBuf>,
    /// Write the roster of every run to this folder, as CSV
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    /// Search nothing: check the roster of this CSV (person,day,shift and, if any, skill)
    #[arg(long, value_name = "CSV", conflicts_with_all = ["save", "csv", "time", "epochs"])]
    check: Option<PathBuf>,
    /// Print everything as one JSON object
    #[arg(long)]
    json: bool,
    /// Print no progress and no table; errors, --csv and --json still show
    #[arg(short, long)]
    quiet: bool,
}

/// Reads the name of a format.
fn format(name: &str) -> std::result::Result<&'static Format, String> {
    if let Some((_, why)) = bench::LEFT_OUT.iter().find(|(left, _)| *left == name) {
        return Err((*why).to_owned());
    }
    bench::format(name).ok_or_else(|| {
        let names = bench::FORMATS.iter().map(|f| f.name);
        let near = crate::error::nearest(name, names.clone());
        let near = near.map_or_else(String::new, |n| format!("did you mean `{n}`? "));
        format!("{near}formats are {}", names.collect::<Vec<_>>().join(", "))
    })
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let stop = Stop::listen();
    let threads = args.threads.map_or(0, usize::from);
    par::with_threads(threads, || work(args, &stop))?
}

fn work(args: &Args, stop: &Stop) -> Result<Outcome> {
    let mut line = Line::new(args.quiet);
    line.phase("reading the problems");
    let known = match &args.best_known {
        Some(table) => BestKnown::read(table)?,
        None => bench::best_known_beside(&args.paths)?,
    };
    let problems = bench::gather(args.format, &args.paths, &known)?;
    if let Some(file) = &args.check {
        drop(line);
        return judge::judge(args, file, &problems, &known);
    }
    let rosters = args
        .save
        .as_deref()
        .map(|path| folder(args, path, &problems));
    let rosters = rosters.transpose()?;
    let jobs = jobs(args, &problems, &known)?;
    let mut course = Course::new(args, stop, line, rosters, &jobs)?;
    for job in jobs {
        course.run(job)?;
    }
    course.finish()
}

/// The folder for the rosters of these problems.
fn folder(args: &Args, path: &Path, problems: &[Problem]) -> Result<Folder> {
    if problems.iter().any(|p| p.case.sheet().is_none()) {
        return Err(judge::no_rosters(args.format.name, "--save"));
    }
    Folder::open(path)
}

/// A problem to be solved with a number of units.
#[derive(Debug)]
struct Job<'a> {
    problem: &'a Problem,
    row: Row,
}

/// All problems with all numbers of units.
fn jobs<'a>(args: &Args, problems: &'a [Problem], known: &BestKnown) -> Result<Vec<Job<'a>>> {
    let mut jobs = Vec::new();
    for problem in problems {
        let name = &problem.name;
        for units in units(&args.units, problem, known)? {
            let row = Row::new(args.format.goal, name, units, known.of(name, units));
            jobs.push(Job { problem, row });
        }
    }
    Ok(jobs)
}

/// With how many units a problem is solved: as asked, as the file says, as the table of
/// best-known values has it, as is usual.
fn units(asked: &[u32], problem: &Problem, known: &BestKnown) -> Result<Vec<u32>> {
    match problem.case.units() {
        Units::Fixed(units) if asked.iter().all(|&a| a == units) => Ok(vec![units]),
        Units::Fixed(units) => {
            let error = Error::input("B011", format!("{} says how many units", problem.name));
            let hint = format!("it says {units}: leave --units out");
            Err(error.hint(hint).into())
        }
        Units::Free(_) if !asked.is_empty() => Ok(asked.to_vec()),
        Units::Free(usual) => {
            let rows = usual.iter().copied();
            let rows: Vec<u32> = rows.filter(|&u| known.has(&problem.name, u)).collect();
            Ok(if rows.is_empty() { usual } else { rows })
        }
    }
}
