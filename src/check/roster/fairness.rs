//! How evenly the people of each tier share the load, rosters before included.

use serde::Serialize;

use super::people::People;
use crate::check::costs::gini;
use crate::ids::PersonId;
use crate::ids::TierId;
use crate::scenario::Scenario;

/// How evenly a tier shares its load.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RosterFairness {
    /// Tier key.
    pub tier: String,
    /// Its people.
    pub people: usize,
    /// Hours of work.
    pub hours: Shares,
    /// Nights.
    pub nights: Shares,
    /// Weekends worked.
    pub weekends: Shares,
    /// Duties on hard beats.
    pub hard_beats: Shares,
}

/// How evenly something is shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Shares {
    /// Of whoever has least.
    pub least: f64,
    /// Of whoever has most.
    pub most: f64,
    /// What lies between them.
    pub spread: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Gini coefficient: 0 when all have the same.
    pub gini: f64,
}

/// Fairness within each tier that has people.
pub(super) fn fairness(scenario: &Scenario, people: &People<'_>) -> Vec<RosterFairness> {
    let of_tier = |tier: TierId| -> Vec<PersonId> {
        let all = scenario.staff.people.enumerate();
        let own = all.filter(|(_, person)| person.tier == tier);
        own.map(|(id, _)| id).collect()
    };
    let tiers = scenario.tiers.enumerate();
    let tiers = tiers.map(|(id, tier)| (tier, of_tier(id)));
    let manned = tiers.filter(|(_, own)| !own.is_empty());
    let fair = |(tier, own): (&crate::scenario::Tier, Vec<PersonId>)| {
        let shares = |of: &dyn Fn(PersonId) -> f64| shares(own.iter().map(|id| of(*id)).collect());
        RosterFairness {
            tier: tier.id.clone(),
            people: own.len(),
            hours: shares(&|id| (people.figures[id].work + people.totals[id].work).hours()),
            nights: shares(&|id| (people.figures[id].nights + people.totals[id].nights) as f64),
            weekends: shares(&|id| {
                (people.figures[id].weekends + people.totals[id].weekends) as f64
            }),
            hard_beats: shares(&|id| (people.hard_beats[id] + people.totals[id].hard_beats) as f64),
        }
    };
    manned.map(fair).collect()
}

/// Of at least one value.
fn shares(values: Vec<f64>) -> Shares {
    let count = values.len().max(1) as f64;
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Shares {
        least,
        most,
        spread: most - least,
        sd: (squares / count).sqrt(),
        gini: gini(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_two() {
        let found = shares(vec![10.0, 30.0]);
        assert_eq!((found.least, found.most, found.spread), (10.0, 30.0, 20.0));
        assert!((found.sd - 10.0).abs() < 1e-12 && (found.gini - 0.25).abs() < 1e-12);
    }
}
