//! The table of figures, the profile by the hour, and violations.

use super::data;
use super::data::Row;
use crate::check::Kpis;
use crate::check::Verdict;
use crate::check::timeline::Timeline;
use crate::ids::Id;
use crate::scenario::Risk;
use crate::scenario::Scenario;
use crate::units::Seconds;
use crate::units::Span;

/// The checker's figures of the whole plan.
pub(super) fn figures(
    scenario: &Scenario,
    timeline: &Timeline,
    verdict: &Verdict,
) -> data::Figures {
    let kpis = &verdict.kpis;
    data::Figures {
        valid: verdict.valid,
        protected: kpis.protected_risk,
        kept: kpis.standards_kept,
        worst: worst(kpis),
        ratio: kpis.worst_gap_ratio,
        orders_met: kpis.orders_met,
        orders_missed: kpis.orders_missed,
        response: kpis.response_cover,
        hourly: hourly(scenario, timeline),
        table: table(verdict),
        fairness: fairness(scenario, kpis),
    }
}

/// The target whose longest wait is worst measured by its standard, the first of equals.
fn worst(kpis: &Kpis) -> Option<usize> {
    let ratios = kpis.targets.iter().map(|t| t.worst_gap_ratio);
    ratios
        .enumerate()
        .fold(None, |best: Option<(usize, f64)>, (i, ratio)| {
            match (best, ratio) {
                (Some((_, worst)), Some(ratio)) if ratio <= worst => best,
                (_, Some(ratio)) => Some((i, ratio)),
                (_, None) => best,
            }
        })
        .map(|(i, _)| i)
}

/// All figures, in the order shown.
fn table(verdict: &Verdict) -> Vec<Row> {
    let kpis = &verdict.kpis;
    let row = |key, unit, value| Row { key, value, unit };
    let count = |n: u64| Some(n as f64);
    let visits = kpis.units.iter().map(|u| u.visits as f64).sum();
    vec![
        row("protected_risk", "share", Some(kpis.protected_risk)),
        row("standards_kept", "share", kpis.standards_kept),
        row("worst_gap_ratio", "ratio", kpis.worst_gap_ratio),
        row("orders_met", "count", count(kpis.orders_met)),
        row("orders_missed", "count", count(kpis.orders_missed)),
        row("order_points", "points", Some(kpis.order_points)),
        row(
            "broken_promises",
            "minutes",
            Some(verdict.broken_promises_total),
        ),
        row("response_cover", "share", kpis.response_cover),
        row("response_worst", "share", kpis.response.map(|r| r.worst)),
        row(
            "response_worst_at",
            "time",
            kpis.response.map(|r| r.worst_at.0 as f64),
        ),
        row("visits", "count", Some(visits)),
        row("distance_km", "km", Some(kpis.distance_km)),
        row("crew_hours", "hours", Some(kpis.crew_hours)),
        row("duty_hours", "hours", Some(kpis.duty_hours)),
        row("overtime_hours", "hours", Some(kpis.overtime_hours)),
        row("imbalance_hours", "hours", Some(kpis.imbalance_hours)),
        row("unpredictability", "share", kpis.unpredictability),
        row("value", "points", Some(kpis.value)),
        row("cost", "points", Some(kpis.cost)),
    ]
}

fn fairness(scenario: &Scenario, kpis: &Kpis) -> Vec<data::Fairness> {
    let tier = |key: &str| scenario.tiers.enumerate().find(|(_, t)| t.id == key);
    kpis.fairness
        .iter()
        .filter_map(|f| {
            Some(data::Fairness {
                tier: tier(&f.tier)?.0.index(),
                units: f.units,
                least_km: f.least_km,
                most_km: f.most_km,
                spread_hours: f.spread_hours,
            })
        })
        .collect()
}

/// Share of risk protected in each hour: the checker's timelines weighed by the risk.
fn hourly(scenario: &Scenario, timeline: &Timeline) -> Vec<f64> {
    let hours = (scenario.horizon.0 + 3599) / 3600;
    let mut protected = vec![0.0; hours as usize];
    let mut total = protected.clone();
    for (target, line) in scenario.targets.iter().zip(&timeline.targets) {
        for &(span, level) in &line.protection {
            for_each_hour(span, |hour, part| {
                let risk = integral(&target.risk, part);
                protected[hour] += risk * level;
                total[hour] += risk;
            });
        }
    }
    let shares = protected.iter().zip(&total);
    shares
        .map(|(p, t)| {
            if *t > 0.0 {
                (p / t * 1e4).round() / 1e4
            } else {
                1.0
            }
        })
        .collect()
}

/// Cuts a span at full hours.
fn for_each_hour(span: Span, mut then: impl FnMut(usize, Span)) {
    let mut from = span.start;
    while from < span.end {
        let hour = from.0.div_euclid(3600);
        let to = Seconds((hour + 1) * 3600).min(span.end);
        then(hour as usize, Span::new(from, to));
        from = to;
    }
}

/// Risk over a span.
fn integral(risk: &Risk, span: Span) -> f64 {
    let after = risk.pieces.partition_point(|p| p.0 <= span.start);
    let mut total = 0.0;
    for (i, &(start, rate)) in risk.pieces.iter().enumerate().skip(after.saturating_sub(1)) {
        if start >= span.end {
            break;
        }
        let end = risk.pieces.get(i + 1).map_or(span.end, |next| next.0);
        if let Some(both) = Span::new(start, end).intersect(span) {
            total += (rate.0 * both.length().0) as f64;
        }
    }
    total
}

/// What makes the plan invalid, in the checker's words.
pub(super) fn violations(verdict: &Verdict) -> Vec<data::Violation> {
    let violation = |v: &crate::check::Violation| {
        let code = v.code.to_string();
        let line = v.to_string();
        let text = line.strip_prefix(&code).unwrap_or(&line);
        let text = text.trim_start_matches(": ").to_owned();
        data::Violation { code, text }
    };
    verdict.violations.iter().map(violation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rate;

    #[test]
    fn risk_is_integrated_piece_by_piece() {
        let risk = Risk {
            pieces: vec![
                (Seconds(0), Rate(10)),
                (Seconds(100), Rate(20)),
                (Seconds(200), Rate(0)),
            ],
        };
        let span = |a, b| Span::new(Seconds(a), Seconds(b));
        assert!((integral(&risk, span(50, 150)) - 1500.0).abs() < 1e-9);
        assert!((integral(&risk, span(150, 999)) - 1000.0).abs() < 1e-9);
        assert!(integral(&risk, span(300, 400)).abs() < 1e-9);
    }

    #[test]
    fn spans_are_cut_at_full_hours() {
        let mut cut = Vec::new();
        for_each_hour(Span::new(Seconds(3000), Seconds(7300)), |h, s| {
            cut.push((h, s.length().0))
        });
        assert_eq!(cut, [(0, 600), (1, 3600), (2, 100)]);
    }
}
