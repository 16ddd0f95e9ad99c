//! What came out: runs, rows of runs of one problem, and the summary of all rows.

use std::fmt;

use serde::Serialize;
use serde::Serializer;

use super::Goal;
use super::Known;
use crate::error::Error;
use crate::error::Result;

/// A number that is printed whole where it is whole, else with six decimals at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure(pub f64);

/// One run of the search on a problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Names the random choices.
    pub seed: u64,
    /// Threads worked with.
    pub threads: usize,
    /// Wall time of the run, reading left out.
    pub seconds: Figure,
    /// Epochs run.
    pub epochs: u32,
    /// Value of the answer by the format's checker; `None` when it is not valid.
    pub value: Option<Figure>,
    /// By how much it falls short of the best-known value.
    pub gap_percent: Option<Figure>,
    /// Wall time after which no better answer was found.
    pub seconds_to_best: Figure,
    /// Whether the checker accepts the answer.
    pub valid: bool,
    /// The rules broken, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<String>,
}

/// All runs of one problem with one number of units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Name of the problem.
    pub instance: String,
    /// Number of units.
    pub units: u32,
    /// Best-known value.
    pub best_known: Option<Figure>,
    /// Whether that is proven to be the best there is.
    pub proven: bool,
    /// A better value that was recalled but not checked.
    pub unverified_hint: Option<Figure>,
    /// Lower bound read in a source; nothing is held against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_bound: Option<Figure>,
    /// Best value of all valid runs.
    pub best: Option<Figure>,
    /// Mean of all valid runs.
    pub mean: Option<Figure>,
    /// By how much the mean falls short of the best-known value.
    pub gap_percent: Option<Figure>,
    /// Mean time after which no better answer was found.
    pub seconds_to_best: Option<Figure>,
    /// Proven bound on the value: of the family, or the best that a run proved.
    pub bound: Option<Figure>,
    /// Value of a simple method.
    pub baseline: Option<Figure>,
    /// By how much the mean is better than that of the simple method, percent.
    pub gain_percent: Option<Figure>,
    /// Whether all runs gave valid answers.
    pub valid: bool,
    /// The runs.
    pub runs: Vec<Run>,
    #[serde(skip)]
    goal: Goal,
}

/// Everything, for `--json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The format.
    pub format: &'static str,
    /// Its rows.
    pub rows: Vec<Row>,
    /// All of them in a few figures.
    pub summary: Summary,
}

/// All rows in a few figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Rows.
    pub rows: usize,
    /// Rows with a best-known value.
    pub with_best_known: usize,
    /// Mean of the rows' gaps, percent.
    pub mean_gap_percent: Option<Figure>,
    /// Greatest gap of a row, percent.
    pub worst_gap_percent: Option<Figure>,
    /// Where that is.
    pub worst_instance: Option<String>,
    /// Rows whose best run is at least as good as the best-known value.
    pub reached_by_best: usize,
    /// Rows of which every run is.
    pub reached_by_all: usize,
    /// Rows whose best run is better.
    pub surpassed: usize,
    /// Rows with a better value that was recalled but not checked.
    pub with_hint: usize,
    /// Rows whose best run reaches that.
    pub hints_reached: usize,
    /// Mean gain over the simple method, percent.
    pub mean_gain_percent: Option<Figure>,
    /// Least gain over the simple method, percent.
    pub least_gain_percent: Option<Figure>,
    /// Runs.
    pub runs: usize,
    /// Runs whose answer is not valid.
    pub not_valid: usize,
    /// Whether there are none.
    pub all_valid: bool,
}

impl Row {
    /// A row without runs.
    pub fn new(goal: Goal, instance: &str, units: u32, known: Known) -> Self {
        Self {
            instance: instance.to_owned(),
            units,
            best_known: known.best.map(Figure),
            proven: known.proven,
            unverified_hint: known.hint.map(Figure),
            known_bound: known.lower.filter(|_| goal == Goal::Least).map(Figure),
            best: None,
            mean: None,
            gap_percent: None,
            seconds_to_best: None,
            bound: None,
            baseline: None,
            gain_percent: None,
            valid: true,
            runs: Vec::new(),
            goal,
        }
    }

    /// The value at which a run has nothing left to prove: the best-known one, or the
    /// recalled one where that is better.
    pub fn target(&self) -> Option<f64> {
        let known = [self.best_known, self.unverified_hint];
        let values = known.into_iter().flatten().map(|f| f.0);
        values.reduce(|a, b| self.goal.better(a, b))
    }

    /// Adds a run and brings the row's figures up to date.
    pub fn add(&mut self, mut run: Run) {
        run.gap_percent = run.value.and_then(|v| self.gap(v.0));
        self.valid &= run.valid;
        self.runs.push(run);
        let values: Vec<f64> = self
            .runs
            .iter()
            .filter_map(|r| r.value.map(|v| v.0))
            .collect();
        let best = values.iter().copied().reduce(|a, b| self.goal.better(a, b));
        let mean = mean(&values);
        self.best = best.map(Figure);
        self.mean = mean.map(Figure);
        self.gap_percent = mean.and_then(|m| self.gap(m));
        self.gain_percent = match (mean, self.baseline) {
            (Some(mean), Some(base)) => self.goal.gap_percent(mean, base.0).map(|g| Figure(-g)),
            _ => None,
        };
        let valid = self.runs.iter().filter(|r| r.valid);
        let times: Vec<f64> = valid.map(|r| r.seconds_to_best.0).collect();
        self.seconds_to_best = self::mean(&times).map(Figure);
    }

    /// Takes over a bound that a run proved, when it says more than the one there is, and
    /// holds all values so far against it.
    ///
    /// # Errors
    /// As [`Row::hold`].
    pub fn prove(&mut self, bound: f64) -> Result<()> {
        let known = self.bound.map(|b| self.goal.tighter(b.0, bound));
        self.bound = Some(Figure(known.unwrap_or(bound)));
        let mut values = self
            .runs
            .iter()
            .filter_map(|r| r.value)
            .chain(self.baseline);
        values.try_for_each(|v| self.hold(v.0))
    }

    /// Holds a checked value against the bound.
    ///
    /// # Errors
    /// Internal, when the value is better: then the bound is no bound, or the checker is wrong.
    pub fn hold(&self, value: f64) -> Result<()> {
        match self.bound {
            Some(bound) if !self.goal.reaches(bound.0, value) => {
                let Self {
                    instance, units, ..
                } = self;
                let what = format!("{instance}, units {units}: the value {value} beats its bound");
                Err(Error::internal(format!("{what} {bound}")).into())
            }
            _ => Ok(()),
        }
    }

    fn gap(&self, value: f64) -> Option<Figure> {
        let best = self.best_known?;
        self.goal.gap_percent(value, best.0).map(Figure)
    }

    /// Whether `value` reaches `wanted`, where both are.
    fn reaches(&self, value: Option<Figure>, wanted: Option<Figure>) -> bool {
        match (value, wanted) {
            (Some(value), Some(wanted)) => self.goal.reaches(value.0, wanted.0),
            _ => false,
        }
    }

    fn surpasses(&self) -> bool {
        self.reaches(self.best, self.best_known) && !self.reaches(self.best_known, self.best)
    }
}

impl Summary {
    /// Sums up rows.
    pub fn of(rows: &[Row]) -> Self {
        let count = |f: &dyn Fn(&Row) -> bool| rows.iter().filter(|r| f(r)).count();
        let gaps: Vec<f64> = rows
            .iter()
            .filter_map(|r| r.gap_percent.map(|g| g.0))
            .collect();
        let gains: Vec<f64> = rows
            .iter()
            .filter_map(|r| r.gain_percent.map(|g| g.0))
            .collect();
        let worst = gaps.iter().copied().reduce(f64::max);
        let at_worst = rows
            .iter()
            .find(|r| worst.is_some() && r.gap_percent.map(|g| g.0) == worst);
        let runs = || rows.iter().flat_map(|r| &r.runs);
        let not_valid = runs().filter(|r| !r.valid).count();
        Self {
            rows: rows.len(),
            with_best_known: count(&|r| r.best_known.is_some()),
            mean_gap_percent: mean(&gaps).map(Figure),
            worst_gap_percent: worst.map(Figure),
            worst_instance: at_worst.map(|r| format!("{}, units {}", r.instance, r.units)),
            reached_by_best: count(&|r| r.reaches(r.best, r.best_known)),
            reached_by_all: count(&|r| r.runs.iter().all(|run| r.reaches(run.value, r.best_known))),
            surpassed: count(&Row::surpasses),
            with_hint: count(&|r| r.unverified_hint.is_some()),
            hints_reached: count(&|r| r.reaches(r.best, r.unverified_hint)),
            mean_gain_percent: mean(&gains).map(Figure),
            least_gain_percent: gains.iter().copied().reduce(f64::min).map(Figure),
            runs: runs().count(),
            not_valid,
            all_valid: not_valid == 0,
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count)
}

/// Columns of the table of runs.
const COLUMNS: [&str; 11] = [
    "instance",
    "units",
    "seed",
    "threads",
    "seconds",
    "value",
    "best_known",
    "gap_percent",
    "seconds_to_best",
    "bound",
    "valid",
];

/// The runs of all rows as CSV, one line each.
///
/// # Errors
/// Internal, when memory does not take text.
pub fn csv(rows: &[Row]) -> Result<Vec<u8>> {
    let failed = |e: csv::Error| Error::internal(format!("writing CSV: {e}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(failed)?;
    let cell = |figure: Option<Figure>| figure.map_or_else(String::new, |f| f.to_string());
    for row in rows {
        for run in &row.runs {
            let cells = [
                row.instance.clone(),
                row.units.to_string(),
                run.seed.to_string(),
                run.threads.to_string(),
                format!("{:.3}", run.seconds.0),
                cell(run.value),
                cell(row.best_known),
                cell(run.gap_percent),
                format!("{:.3}", run.seconds_to_best.0),
                cell(row.bound),
                run.valid.to_string(),
            ];
            writer.write_record(&cells).map_err(failed)?;
        }
    }
    let text = writer.into_inner();
    Ok(text.map_err(|e| Error::internal(format!("writing CSV: {e}")))?)
}

/// Beyond this, floating-point numbers are not all whole numbers any more.
const WHOLE: f64 = 9e15;

impl Figure {
    fn is_whole(self) -> bool {
        self.0.fract() == 0.0 && self.0.abs() < WHOLE
    }

    /// At most six decimals.
    fn rounded(self) -> f64 {
        if self.0.abs() < 1e9 {
            (self.0 * 1e6).round() / 1e6
        } else {
            self.0
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = self.rounded();
        // Adding 0 turns -0 into 0.
        write!(f, "{}", rounded + 0.0)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let rounded = Self(self.rounded());
        if rounded.is_whole() {
            serializer.serialize_i64(rounded.0 as i64)
        } else {
            serializer.serialize_f64(rounded.0)
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::bench) fn run(seed: u64, value: f64) -> Run {
        Run {
            seed,
            threads: 2,
            seconds: Figure(1.0),
            epochs: 5,
            value: Some(Figure(value)),
            gap_percent: None,
            seconds_to_best: Figure(0.25),
            valid: true,
            violations: Vec::new(),
        }
    }

    fn known(best: f64, hint: Option<f64>) -> Known {
        Known {
            best: Some(best),
            proven: false,
            hint,
            lower: None,
        }
    }

    #[test]
    fn figures_are_whole_where_they_can_be() {
        let text = |x| Figure(x).to_string();
        assert_eq!(
            [text(320.0), text(-0.0), text(-0.000_000_01)],
            ["320", "0", "0"]
        );
        assert_eq!([text(1.0 / 3.0), text(49.5)], ["0.333333", "49.5"]);
        let json = serde_json::to_string(&[Figure(320.0), Figure(0.5), Figure(2.000_000_01)]);
        assert_eq!(json.expect("writes"), "[320,0.5,2]");
    }

    #[test]
    fn rows_and_summary_add_up() {
        let mut first = Row::new(Goal::Most, "a", 2, known(100.0, Some(103.0)));
        [98.0, 101.0]
            .into_iter()
            .enumerate()
            .for_each(|(k, v)| first.add(run(k as u64, v)));
        assert_eq!(first.target(), Some(103.0));
        assert_eq!(
            (first.best, first.mean),
            (Some(Figure(101.0)), Some(Figure(99.5)))
        );
        assert_eq!(first.gap_percent, Some(Figure(0.5)));
        let mut second = Row::new(Goal::Most, "b", 2, known(50.0, None));
        second.baseline = Some(Figure(40.0));
        second.add(run(0, 50.0));
        assert_eq!(second.gain_percent, Some(Figure(25.0)));
        let mut third = Row::new(Goal::Most, "c", 2, Known::default());
        third.add(Run {
            value: None,
            valid: false,
            ..run(0, 0.0)
        });
        let summary = Summary::of(&[first, second, third]);
        assert_eq!(
            (summary.rows, summary.with_best_known, summary.runs),
            (3, 2, 4)
        );
        assert_eq!(summary.mean_gap_percent, Some(Figure(0.25)));
        assert_eq!(summary.worst_instance.as_deref(), Some("a, units 2"));
        let reached = (
            summary.reached_by_best,
            summary.reached_by_all,
            summary.surpassed,
        );
        assert_eq!(reached, (2, 1, 1));
        assert_eq!((summary.with_hint, summary.hints_reached), (1, 0));
        assert_eq!((summary.not_valid, summary.all_valid), (1, false));
    }

    #[test]
    fn a_value_beyond_its_bound_is_an_error() {
        for (goal, good, bad) in [(Goal::Most, 9.0, 11.0), (Goal::Least, 11.0, 9.0)] {
            let mut row = Row::new(goal, "a", 2, Known::default());
            assert!(row.hold(bad).is_ok());
            row.bound = Some(Figure(10.0));
            assert!(row.hold(10.0).is_ok() && row.hold(good).is_ok());
            let errors = row.hold(bad).expect_err("beyond").to_string();
            assert!(errors.contains("a, units 2"), "{errors}");
        }
    }

    #[test]
    fn bounds_of_runs_count_for_all_runs() {
        let mut row = Row::new(Goal::Least, "a", 2, Known::default());
        row.add(run(1, 11.0));
        for (proved, best) in [(9.0, 9.0), (10.0, 10.0), (8.0, 10.0)] {
            row.prove(proved).expect("no value is below");
            assert_eq!(row.bound, Some(Figure(best)));
        }
        assert!(row.prove(12.0).is_err());
    }

    #[test]
    fn the_csv_has_a_line_a_run() {
        let mut row = Row::new(Goal::Most, "a,b", 2, known(100.0, None));
        row.add(run(1, 99.0));
        row.add(Run {
            value: None,
            valid: false,
            ..run(2, 0.0)
        });
        let text = String::from_utf8(csv(&[row]).expect("writes")).expect("text");
        assert_eq!(
            text,
            "instance,units,seed,threads,seconds,value,best_known,gap_percent,seconds_to_best,bound,valid\n\
             \"a,b\",2,1,2,1.000,99,100,1,0.250,,true\n\
             \"a,b\",2,2,2,1.000,,100,,0.250,,false\n"
        );
    }
}
