//! Weekends with a duty, and weekends of which one day is worked.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

/// Most weekends worked in any `window` weeks.
pub(super) fn most(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let weekends = life.weekends();
    let window = (rule.window as usize).clamp(1, weekends.len().max(1));
    let mut breaches = Vec::new();
    for weeks in weekends.windows(window) {
        let worked = weeks
            .iter()
            .filter(|days| (*days).clone().any(|day| life.works(day)));
        let worked = worked.count() as i64;
        let last = weeks.last().map_or(0, |days| days.end - 1);
        if worked > rule.value && last >= 0 {
            let most = rule.value;
            let message = format!(
                "{worked} weekends worked in {} weeks, not at most {most}",
                rule.window
            );
            breaches.push(Breach::new(rule, last, worked - most, message));
        }
    }
    breaches
}

/// No half weekends.
pub(super) fn complete(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let known = life
        .weekends()
        .into_iter()
        .filter(|days| days.len() == 2 && days.end > 0);
    let half = known.filter(|days| life.works(days.start) != life.works(days.start + 1));
    let breach = |days: std::ops::Range<i32>| {
        let message = "one day of the weekend is worked and the other is not".to_owned();
        Breach::new(rule, days.end - 1, 1, message)
    };
    half.map(breach).collect()
}
