//! What is wrong with a plan, for people: grouped by rule, the first few of each.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fmt::Write;

use crate::check::Verdict;

/// Findings shown of each rule.
const SHOWN: usize = 5;

/// All violations in words; empty for a valid plan.
pub(super) fn violations(verdict: &Verdict) -> String {
    let count = verdict.violations.len();
    if count == 0 {
        return String::new();
    }
    let mut text = format!("NOT VALID: {count} violations of rules that no plan may break\n");
    text += &grouped(verdict.violations.iter().map(|v| (v.code.as_str(), v)));
    text
}

/// All broken promises in words; empty when there are none.
pub(super) fn promises(verdict: &Verdict) -> String {
    let count = verdict.broken_promises.len();
    if count == 0 {
        return String::new();
    }
    let mut text = format!(
        "{count} broken promises, {:.0} weighted minutes\n",
        verdict.broken_promises_total
    );
    text += &grouped(verdict.broken_promises.iter().map(|b| (b.code.as_str(), b)));
    text
}

/// All broken wishes in words; empty when there are none.
pub(super) fn wishes(verdict: &Verdict) -> String {
    let Some(roster) = &verdict.roster else {
        return String::new();
    };
    let count = roster.broken_wishes.len();
    if count == 0 {
        return String::new();
    }
    let mut text = format!(
        "{count} broken wishes of the roster, weight {}\n",
        roster.wishes
    );
    text += &grouped(roster.broken_wishes.iter().map(|w| (w.rule.word(), w)));
    text
}

/// Lines of findings under their code, codes in the order of their first finding.
fn grouped<'a, T: Display + 'a>(findings: impl Iterator<Item = (&'a str, T)>) -> String {
    let mut groups: BTreeMap<&str, (usize, Vec<T>)> = BTreeMap::new();
    for (code, finding) in findings {
        let next = groups.len();
        groups
            .entry(code)
            .or_insert((next, Vec::new()))
            .1
            .push(finding);
    }
    let mut ordered: Vec<_> = groups.into_iter().collect();
    ordered.sort_by_key(|(_, (first, _))| *first);
    let mut text = String::new();
    for (code, (_, findings)) in ordered {
        let _ = writeln!(text, "  {code} ({})", findings.len());
        for finding in findings.iter().take(SHOWN) {
            let line = finding.to_string();
            let place = line.strip_prefix(code).unwrap_or(&line);
            let _ = writeln!(text, "    {}", place.trim_start_matches(": "));
        }
        if findings.len() > SHOWN {
            let more = findings.len() - SHOWN;
            let _ = writeln!(text, "    and {more} more (--json lists all)");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_grouped_and_cut() {
        let seven = (0..7).map(|i| ("V-window", format!("V-window: stop {i}: too late")));
        let findings = [("V-zone", "V-zone: outside".to_owned())]
            .into_iter()
            .chain(seven);
        assert_eq!(
            grouped(findings),
            "  V-zone (1)
    outside
  V-window (7)
    stop 0: too late
    stop 1: too late
    stop 2: too late
    stop 3: too late
    stop 4: too late
    and 2 more (--json lists all)
"
        );
    }
}
