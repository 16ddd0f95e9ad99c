//! What has to be placed on the roads, and for which profile.

use geo::Coord;

use crate::ids::BaseId;
use crate::ids::ProfileId;
use crate::ids::TargetId;
use crate::scenario::Scenario;
use crate::scenario::Shape;
use crate::scenario::Target;
use crate::scenario::Unit;

/// A segment in one direction for one profile.
pub(super) struct WantedSegment {
    pub(super) target: TargetId,
    pub(super) profile: ProfileId,
    pub(super) reverse: bool,
    /// Whether some unit of the profile may visit it; else it only responds there.
    pub(super) visits: bool,
}

/// What has to be placed: each with the profile that needs it.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) bases: Vec<(BaseId, ProfileId)>,
    /// Target, profile, and whether some unit of the profile may visit it.
    pub(super) sites: Vec<(TargetId, ProfileId, bool)>,
    pub(super) segments: Vec<WantedSegment>,
}

impl Wanted {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let mut wanted = Self::default();
        for profile in scenario.profiles.ids() {
            let units = || scenario.units.iter().filter(|u| u.profile == profile);
            let responds = units().any(|u| {
                let tiers = &scenario.response.tiers;
                tiers.is_empty() || tiers.contains(&u.tier)
            });
            for base in scenario
                .bases
                .ids()
                .filter(|&b| units().any(|u| u.base == b))
            {
                wanted.bases.push((base, profile));
            }
            for (id, target) in scenario.targets.enumerate() {
                let visits = units().any(|unit| may_visit(unit, target));
                if visits || responds {
                    wanted.target(id, target, profile, visits);
                }
            }
        }
        wanted
    }

    fn target(&mut self, id: TargetId, target: &Target, profile: ProfileId, visits: bool) {
        match target.shape {
            Shape::Site(_) => self.sites.push((id, profile, visits)),
            Shape::Segment { both_ways, .. } => {
                for &reverse in &[false, true][..1 + usize::from(both_ways)] {
                    self.segments.push(WantedSegment {
                        target: id,
                        profile,
                        reverse,
                        visits,
                    });
                }
            }
        }
    }

    /// Bases, then sites.
    pub(super) fn points(&self, scenario: &Scenario) -> Vec<(Coord<f64>, ProfileId)> {
        let bases = self
            .bases
            .iter()
            .map(|&(base, profile)| (scenario.bases[base].at, profile));
        let sites = self.sites.iter().filter_map(|&(target, profile, _)| {
            match scenario.targets[target].shape {
                Shape::Site(at) => Some((at, profile)),
                Shape::Segment { .. } => None,
            }
        });
        bases.chain(sites).collect()
    }

    pub(super) fn lines(&self, scenario: &Scenario) -> Vec<(Vec<Coord<f64>>, ProfileId)> {
        let line = |wanted: &WantedSegment| match &scenario.targets[wanted.target].shape {
            Shape::Site(_) => None,
            Shape::Segment { line, .. } => {
                let mut line = line.clone();
                if wanted.reverse {
                    line.reverse();
                }
                Some((line, wanted.profile))
            }
        };
        self.segments.iter().filter_map(line).collect()
    }
}

/// Whether a unit may ever visit a target: tier, zone and skills.
fn may_visit(unit: &Unit, target: &Target) -> bool {
    let counts = target
        .authority
        .get(unit.tier)
        .is_some_and(|level| level.0 > 0);
    let in_zone = unit.zones.is_empty() || unit.zones.iter().any(|z| target.zones.contains(z));
    counts && in_zone && target.skills.iter().all(|s| unit.skills.contains(s))
}
