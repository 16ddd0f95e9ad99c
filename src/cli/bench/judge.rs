//! A roster that somebody made, checked against its problem.

use std::path::Path;

use serde::Serialize;

use super::Args;
use crate::bench::BestKnown;
use crate::bench::Figure;
use crate::bench::Problem;
use crate::cli::Outcome;
use crate::cli::say;
use crate::error::Error;
use crate::error::Result;

/// What is found, for `--json`.
#[derive(Debug, Serialize)]
struct Finding<'a> {
    format: &'a str,
    instance: &'a str,
    value: Option<Figure>,
    best_known: Option<Figure>,
    gap_percent: Option<Figure>,
    valid: bool,
    violations: Vec<String>,
}

/// Checks the roster of a file against the one problem that was read, and says what it is worth
/// or which rules it breaks.
///
/// # Errors
/// `B021` for more than one problem, or one whose answers are no rosters; those of the file.
pub(super) fn judge(
    args: &Args,
    file: &Path,
    problems: &[Problem],
    known: &BestKnown,
) -> Result<Outcome> {
    let [problem] = problems else {
        let error = Error::input("B021", "a roster is checked against one problem");
        let hint = "name the one problem that it is for";
        return Err(error.value(problems.len()).hint(hint).into());
    };
    let Some(sheet) = problem.case.sheet() else {
        return Err(no_rosters(args.format.name, "--check"));
    };
    let answer = sheet.read(file)?;
    let checked = problem.case.check(sheet.people.len() as u32, &answer);
    let best = known.of(&problem.name, sheet.people.len() as u32).best;
    let value = checked.as_ref().ok().copied();
    let gap = value
        .zip(best)
        .and_then(|(v, b)| args.format.goal.gap_percent(v, b));
    let finding = Finding {
        format: args.format.name,
        instance: &problem.name,
        value: value.map(Figure),
        best_known: best.map(Figure),
        gap_percent: gap.map(Figure),
        valid: checked.is_ok(),
        violations: checked.err().unwrap_or_default(),
    };
    match (args.json, args.quiet) {
        (true, _) => say::json(&finding)?,
        (false, true) => {}
        (false, false) => say::data(&finding.text())?,
    }
    Ok(match finding.valid {
        true => Outcome::Sound,
        false => Outcome::NotValid,
    })
}

/// The error of an option that only families of rosters have.
pub(super) fn no_rosters(format: &str, option: &str) -> crate::error::Errors {
    let what = format!("{option} is for formats whose answers are rosters");
    let hint = "such as shift-scheduling and inrc2; leave it out";
    Error::input("B021", what).value(format).hint(hint).into()
}

impl Finding<'_> {
    fn text(&self) -> String {
        let name = self.instance;
        let Some(value) = self.value else {
            let broken = self.violations.iter().map(|v| format!("{name}: {v}\n"));
            let count = self.violations.len();
            return format!("{}NOT VALID, faults: {count}", broken.collect::<String>());
        };
        let known = self.best_known.map_or_else(String::new, |best| {
            let gap = self
                .gap_percent
                .map_or_else(String::new, |g| format!(", gap {:.2} %", g.0));
            format!(", best known {best}{gap}")
        });
        format!("{name}: valid, value {value}{known}")
    }
}
