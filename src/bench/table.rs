//! The table that people read: it grows row by row while a benchmark runs.

use super::record::Figure;
use super::record::Row;
use super::record::Summary;

/// Widths of a table whose instances are known before its rows are.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    name: usize,
    /// Whether there is a column for bounds read in a source.
    known_bound: bool,
    /// Whether there is a column for a simple method.
    baseline: bool,
}

/// Width of a column of figures.
const WIDTH: usize = 10;

impl Table {
    /// A table of instances with these names.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let longest = names.map(|n| n.chars().count()).max();
        Self {
            name: longest.unwrap_or(0).max("instance".len()),
            known_bound: false,
            baseline: false,
        }
    }

    /// The head, shown when the first row is begun: where that has the value of a simple
    /// method, or a bound read in a source, the table gets a column for it. The problems of a
    /// family are mostly alike in this.
    pub fn head(&mut self, first: &Row) -> String {
        self.baseline = first.baseline.is_some();
        self.known_bound = first.known_bound.is_some();
        let heads = [
            "best known",
            "ours best",
            "ours mean",
            "gap %",
            "to best s",
            "bound",
            "lit. bound",
            "baseline",
        ];
        self.line("instance", "units", heads.map(str::to_owned), "valid")
    }

    /// A row. A star marks best-known values that are proven to be the best there is.
    pub fn row(self, row: &Row) -> String {
        let star = if row.proven && row.best_known.is_some() {
            "*"
        } else {
            ""
        };
        let cells = [
            format!("{}{star}", cell(row.best_known)),
            cell(row.best),
            cell(row.mean),
            fixed(row.gap_percent, 2),
            fixed(row.seconds_to_best, 2),
            cell(row.bound),
            cell(row.known_bound),
            cell(row.baseline),
        ];
        let valid = if row.valid { "yes" } else { "NO" };
        self.line(&row.instance, &row.units.to_string(), cells, valid)
    }

    /// What all rows come to, in a few lines.
    pub fn summary(self, summary: &Summary) -> String {
        let mut lines = vec![gaps(summary)];
        if summary.with_best_known > 0 {
            lines.push(reached(summary));
        }
        if let Some(mean) = summary.mean_gain_percent {
            lines.push(format!(
                "better than the baseline by {:.2} % on average, by {} % at least",
                mean.0,
                fixed(summary.least_gain_percent, 2)
            ));
        }
        lines.push(match summary.not_valid {
            0 => format!("all {} answers valid", summary.runs),
            some => format!("NOT VALID: {some} of {} answers", summary.runs),
        });
        lines.join("\n")
    }

    /// A line, without the columns that the table does not have.
    fn line(self, name: &str, units: &str, cells: [String; 8], valid: &str) -> String {
        let shown = [[true; 6].as_slice(), &[self.known_bound, self.baseline]].concat();
        let figures: String = cells
            .iter()
            .zip(shown)
            .filter(|(_, shown)| *shown)
            .map(|(c, _)| format!(" {c:>WIDTH$}"))
            .collect();
        format!(
            "{name:<width$} {units:>5}{figures} {valid:>5}",
            width = self.name
        )
    }
}

fn gaps(summary: &Summary) -> String {
    let known = summary.with_best_known;
    match (summary.mean_gap_percent, &summary.worst_instance) {
        (Some(mean), Some(worst)) => format!(
            "{} rows, {known} with a best-known value: mean gap {:.3} %, worst {} % ({worst})",
            summary.rows,
            mean.0,
            fixed(summary.worst_gap_percent, 2)
        ),
        _ => format!("{} rows, no best-known values", summary.rows),
    }
}

fn reached(summary: &Summary) -> String {
    let mut text = format!(
        "best known reached: {} rows by the best run, {} by every run, {} surpassed",
        summary.reached_by_best, summary.reached_by_all, summary.surpassed
    );
    if summary.with_hint > 0 {
        text += &format!(
            "; unverified values reached: {} of {}",
            summary.hints_reached, summary.with_hint
        );
    }
    text
}

/// A figure with three decimals at most, or a dash.
fn cell(figure: Option<Figure>) -> String {
    figure.map_or_else(dash, |f| Figure((f.0 * 1e3).round() / 1e3).to_string())
}

fn fixed(figure: Option<Figure>, decimals: usize) -> String {
    figure.map_or_else(dash, |f| format!("{:.decimals$}", f.0 + 0.0))
}

fn dash() -> String {
    "-".to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Goal;
    use super::super::Known;
    use super::super::record::tests::run;
    use super::*;

    #[test]
    fn the_table_lines_up() {
        let known = Known {
            best: Some(320.0),
            proven: true,
            hint: None,
            lower: Some(300.0),
        };
        let mut row = Row::new(Goal::Most, "c101", 1, known);
        row.add(run(1, 320.0));
        row.add(run(2, 310.5));
        let mut table = Table::new(["c101"].into_iter());
        let text = format!("{}\n{}", table.head(&row), table.row(&row));
        assert_eq!(
            text,
            "instance units best known  ours best  ours mean      gap %  to best s      bound valid\n\
             c101         1       320*        320     315.25       1.48       0.25          -   yes"
        );
        let summary = table.summary(&Summary::of(&[row]));
        assert_eq!(
            summary,
            "1 rows, 1 with a best-known value: mean gap 1.484 %, worst 1.48 % (c101, units 1)\n\
             best known reached: 1 rows by the best run, 0 by every run, 0 surpassed\n\
             all 2 answers valid"
        );
    }

    #[test]
    fn a_baseline_gets_a_column() {
        let mut row = Row::new(Goal::Most, "c101", 1, Known::default());
        row.baseline = Some(Figure(300.0));
        row.add(run(1, 320.0));
        let mut table = Table::new(["c101"].into_iter());
        let head = table.head(&row);
        assert!(head.ends_with("      bound   baseline valid"), "{head}");
        let line = table.row(&row);
        assert!(line.ends_with("          -        300   yes"), "{line}");
    }

    #[test]
    fn bounds_of_others_get_a_column_where_values_are_minimised() {
        let known = Known {
            lower: Some(300.0),
            ..Known::default()
        };
        let mut row = Row::new(Goal::Least, "Instance3", 20, known);
        row.add(run(1, 320.0));
        row.prove(310.0).expect("below all values");
        let mut table = Table::new(["Instance3"].into_iter());
        let head = table.head(&row);
        assert!(head.ends_with("      bound lit. bound valid"), "{head}");
        let line = table.row(&row);
        assert!(line.ends_with("        310        300   yes"), "{line}");
    }
}
