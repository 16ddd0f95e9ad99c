//! A benchmark under way: runs one after another, rows as they are done, the table of runs
//! always whole on the disk.

use std::path::Path;
use std::time::Duration;

use super::Args;
use super::Job;
use crate::bench::Case;
use crate::bench::Figure;
use crate::bench::Report;
use crate::bench::Row;
use crate::bench::Run;
use crate::bench::Solved;
use crate::bench::Summary;
use crate::bench::Table;
use crate::bench::csv;
use crate::cli::Outcome;
use crate::cli::clock::Clock;
use crate::cli::clock::Watch;
use crate::cli::folder::Folder;
use crate::cli::progress::Line;
use crate::cli::say;
use crate::cli::stop::Stop;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::io::write_atomically;
use crate::par;
use crate::patrol::search::Control;
use crate::patrol::search::Options;

/// Time for a run when nothing is said.
const DEFAULT_TIME: Duration = Duration::from_secs(10);
/// Time kept for what comes after the search of a run.
const RESERVE: Duration = Duration::from_millis(5);
/// Broken rules that are told of an answer; --json has all.
const SHOWN: usize = 5;

/// A benchmark under way.
#[derive(Debug)]
pub(super) struct Course<'a> {
    args: &'a Args,
    stop: &'a Stop,
    line: Line,
    /// Where rosters go, when they are kept.
    rosters: Option<Folder>,
    table: Table,
    rows: Vec<Row>,
}

impl<'a> Course<'a> {
    /// Proves that the table of runs can be written.
    pub(super) fn new(
        args: &'a Args,
        stop: &'a Stop,
        line: Line,
        rosters: Option<Folder>,
        jobs: &[Job<'_>],
    ) -> Result<Self> {
        let names = jobs.iter().map(|j| j.problem.name.as_str());
        let course = Self {
            args,
            stop,
            line,
            rosters,
            table: Table::new(names),
            rows: Vec::new(),
        };
        course.save()?;
        Ok(course)
    }

    /// Runs a problem with all seeds, and shows its row.
    pub(super) fn run(&mut self, job: Job<'_>) -> Result<()> {
        if self.stop.asked() {
            return Ok(());
        }
        let case = job.problem.case.as_ref();
        let row = prepared(case, job.row, self.args.bound_rounds)?;
        if self.rows.is_empty() {
            let head = self.table.head(&row);
            self.show(&head)?;
        }
        self.rows.push(row);
        for k in 0..u64::from(self.args.seeds) {
            let seed = self.args.seed.wrapping_add(k);
            let Some((run, solved)) = self.search(case, seed)? else {
                break;
            };
            self.blame(&run);
            self.keep(case, seed, &solved)?;
            if let Some(row) = self.rows.last_mut() {
                solved.bound.map_or(Ok(()), |bound| row.prove(bound))?;
                run.value.map_or(Ok(()), |value| row.hold(value.0))?;
                row.add(run);
            }
            self.save()?;
        }
        match self.rows.last() {
            Some(row) if !row.runs.is_empty() => self.show(&self.table.row(row)),
            // Stopped by hand before the first run was done.
            _ => {
                self.rows.pop();
                Ok(())
            }
        }
    }

    /// The last words.
    pub(super) fn finish(self) -> Result<Outcome> {
        let summary = Summary::of(&self.rows);
        let valid = summary.all_valid;
        self.show(&self.table.summary(&summary))?;
        drop(self.line);
        if self.args.json {
            say::json(&Report {
                format: self.args.format.name,
                rows: self.rows,
                summary,
            })?;
        }
        if self.stop.asked() {
            say::warning("stopped by hand: the run under way and those after it are left out");
        }
        if !self.args.quiet {
            let places = [&self.args.csv, &self.args.save];
            say::places(&places.into_iter().flatten().cloned().collect::<Vec<_>>());
        }
        Ok(if valid {
            Outcome::Sound
        } else {
            Outcome::NotValid
        })
    }

    /// One run; `None` when it was stopped by hand.
    fn search(&mut self, case: &dyn Case, seed: u64) -> Result<Option<(Run, Solved)>> {
        let Some(row) = self.rows.last().filter(|_| !self.stop.asked()) else {
            return Ok(None);
        };
        let watch = Watch::start();
        let units = row.units;
        let target = row.target().filter(|_| self.args.until_best_known);
        let what = format!("{}, units {units}, seed {seed}", row.instance);
        let (mut clock, options) = (self.clock(), self.options(seed));
        let (line, stop, goal) = (&mut self.line, self.stop, self.args.format.goal);
        let (mut best, mut found) = (None, Duration::ZERO);
        let solved = case.solve(units, options, &mut |seen| {
            let now = watch.elapsed();
            if best.replace(seen.mark) != Some(seen.mark) {
                found = now;
            }
            let control = clock.decide(seen.epoch, now);
            line.run(&what, seen.worth, clock.share(seen.epoch, now));
            let reached = seen
                .worth
                .zip(target)
                .is_some_and(|(w, t)| goal.reaches(w, t));
            if reached || stop.asked() {
                Control::Stop
            } else {
                control
            }
        });
        let solved = solved.map_err(|errors| named(errors, &what))?;
        if stop.asked() {
            return Ok(None);
        }
        let checked = case.check(units, &solved.answer);
        let run = Run {
            seed,
            threads: par::threads(),
            seconds: Figure(watch.elapsed().as_secs_f64()),
            epochs: solved.epochs,
            value: checked.as_ref().ok().map(|&v| Figure(v)),
            gap_percent: None,
            seconds_to_best: Figure(found.as_secs_f64()),
            valid: checked.is_ok(),
            violations: checked.err().unwrap_or_default(),
        };
        Ok(Some((run, solved)))
    }

    fn clock(&self) -> Clock {
        match self.args.epochs {
            Some(epochs) => Clock::epochs(epochs),
            None => Clock::within(self.args.time.unwrap_or(DEFAULT_TIME), RESERVE),
        }
    }

    fn options(&self, seed: u64) -> Options {
        Options {
            seed,
            islands: self.args.islands,
            schedule: self.args.epochs,
        }
    }

    /// Says what is wrong with an answer that is not valid.
    fn blame(&self, run: &Run) {
        let name = self.rows.last().map_or("", |r| &r.instance);
        let faults = run.violations.iter().take(SHOWN);
        self.line.aside(|| {
            faults.for_each(|f| say::warning(&format!("{name}, seed {}: {f}", run.seed)));
        });
    }

    /// Shows a line of the table, where one is wanted.
    fn show(&self, text: &str) -> Result<()> {
        if self.args.json || self.args.quiet {
            return Ok(());
        }
        let mut said = Ok(());
        self.line.aside(|| said = say::data(text));
        said
    }

    /// Writes the roster of a run, where rosters are kept.
    fn keep(&self, case: &dyn Case, seed: u64, solved: &Solved) -> Result<()> {
        let (Some(folder), Some(sheet)) = (&self.rosters, case.sheet()) else {
            return Ok(());
        };
        let instance = self.rows.last().map_or("", |r| &r.instance);
        let name = format!("{instance}-seed{seed}.csv");
        folder.write(&[(&name, sheet.write(&solved.answer)?)])?;
        Ok(())
    }

    /// Brings the table of runs on the disk up to date.
    fn save(&self) -> Result<()> {
        match &self.args.csv {
            Some(place) => write_atomically(Path::new(place), &csv(&self.rows)?),
            None => Ok(()),
        }
    }
}

/// Errors of a run, with its name: nothing else says of which problem they are.
fn named(mut errors: Errors, run: &str) -> Errors {
    for error in &mut errors.0 {
        error.what = format!("{run}: {}", error.what);
    }
    errors
}

/// A row with what is known before the first run.
fn prepared(case: &dyn Case, mut row: Row, rounds: u32) -> Result<Row> {
    let sought = match rounds {
        0 => None,
        _ => case.sought_bound(row.units, rounds)?,
    };
    row.bound = case.bound(row.units).or(sought).map(Figure);
    if let Some(answer) = case.baseline(row.units) {
        let value = case.check(row.units, &answer).map_err(|faults| {
            let what = format!("the baseline of {} is not valid", row.instance);
            Error::internal(format!("{what}: {}", faults.join("; ")))
        });
        let value = value?;
        row.hold(value)?;
        row.baseline = Some(Figure(value));
    }
    Ok(row)
}
