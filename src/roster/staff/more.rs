//! Who would have to join a duty so that it lacks nobody: how many people, and what they must be.

use std::collections::BTreeMap;

use super::instance::Aboard;
use super::instance::Demand;
use super::instance::Duty;
use super::instance::Supervisors;
use super::state::State;
use crate::ids::SkillId;

/// More people for a duty. One of them may be several things at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Which duty.
    pub duty: u32,
    /// So many people, at least one, at most as many as seats are free.
    pub people: i64,
    /// So many of them sworn.
    pub sworn: i64,
    /// So many of them seniors: one or none.
    pub seniors: i64,
    /// So many of them with each of these skills.
    pub skills: BTreeMap<SkillId, i64>,
    /// So many of them supervisors.
    pub supervisors: i64,
}

impl More {
    /// What a duty lacks by the promises of who is on board; `None` where nobody lacks or every
    /// seat is taken.
    fn aboard(state: &State<'_>, duty: u32, it: &Duty) -> Option<Self> {
        let instance = state.instance;
        let mut more = Self {
            duty,
            ..Self::default()
        };
        let rules = instance.tiers[it.tier].aboard.iter();
        let promises = || rules.clone().filter(|rule| rule.priced().is_promise());
        for rule in promises() {
            if let Aboard::Fewest(_) | Aboard::Full(_) = rule {
                more.people = more.people.max(more.left(state, rule, it));
            }
        }
        // Whoever joins an empty duty calls for company that nobody lacked before.
        for rule in promises() {
            let left = more.left(state, rule, it);
            match rule {
                Aboard::Fewest(_) | Aboard::Full(_) => {}
                Aboard::Sworn(..) => more.sworn = more.sworn.max(left),
                Aboard::Senior(_) => more.seniors = more.seniors.max(left),
                Aboard::Skills(_) => {
                    let lacking = more.unskilled(state, it).into_iter();
                    more.skills = lacking.map(|skill| (skill, 1)).collect();
                }
            }
        }
        let skilled = i64::from(!more.skills.is_empty());
        let room = state.free(duty) as i64;
        let people = more.people.max(more.sworn).max(more.seniors).max(skilled);
        more.people = people.min(room);
        more.sworn = more.sworn.min(room);
        (more.people > 0).then_some(more)
    }

    /// By how much a rule is still broken once they have joined.
    pub(super) fn left(&self, state: &State<'_>, rule: &Aboard, duty: &Duty) -> i64 {
        let aboard = &state.aboard[self.duty as usize];
        let now = state.instance.lacking_aboard(rule, duty, aboard);
        match rule {
            Aboard::Fewest(_) | Aboard::Full(_) => (now - self.people).max(0),
            Aboard::Sworn(_, least) => match aboard.is_empty() && self.people > 0 {
                true => (least - self.sworn).max(0),
                false => (now - self.sworn).max(0),
            },
            Aboard::Senior(_) => (now - self.seniors).max(0),
            Aboard::Skills(_) => self.unskilled(state, duty).len() as i64,
        }
    }

    /// Skills of the unit that nobody has once they have joined.
    fn unskilled(&self, state: &State<'_>, duty: &Duty) -> Vec<SkillId> {
        let aboard = &state.aboard[self.duty as usize];
        if aboard.is_empty() && self.people == 0 {
            return Vec::new();
        }
        let people = || aboard.iter().map(|p| &state.instance.people[*p as usize]);
        let lacking = |skill: &&SkillId| {
            !self.skills.contains_key(skill)
                && !people().any(|person| person.skills.contains(skill))
        };
        duty.skills.iter().filter(lacking).copied().collect()
    }

    /// So many of them count for a demand.
    pub(super) fn counts(&self, demand: &Demand) -> i64 {
        match demand.skill {
            None => self.people,
            Some(skill) => self.skills.get(&skill).copied().unwrap_or(0),
        }
    }
}

/// Who would have to join each of some duties; those that lack nobody or have no free seat are left
/// out. Supervisors that their shift lacks, and skills that are lacking at their hours, are asked of
/// those who join anyway, and of more only where a shift lacks them for these. With `driven` the
/// duties are looked at as if they drove.
pub fn more(state: &State<'_>, duties: impl IntoIterator<Item = u32>, driven: bool) -> Vec<More> {
    let instance = state.instance;
    let mut all: Vec<More> = Vec::new();
    for duty in duties {
        let it = &instance.duties[duty as usize];
        let it = Duty {
            driven: driven || it.driven,
            ..it.clone()
        };
        all.extend(More::aboard(state, duty, &it));
    }
    for grow in [false, true] {
        for k in 0..all.len() {
            let lacking = unsupervised(state, all[k].duty, &all);
            let room = state.free(all[k].duty) as i64;
            let one = &mut all[k];
            let most = if grow { room } else { one.people };
            one.supervisors = (one.supervisors + lacking).min(most);
            one.people = one.people.max(one.supervisors);
        }
    }
    skill(state, &mut all);
    all
}

/// Asks those who join for the skills that demands lack at their hours, and nobody for one that is
/// not missed.
fn skill(state: &State<'_>, all: &mut [More]) {
    let demands = &state.instance.demands;
    let promised = |demand: &Demand| demand.promised.iter().any(|rule| rule.is_promise());
    let asked = |k: usize| demands[k].skill.filter(|_| promised(&demands[k]));
    let lacking = |all: &[More]| -> i64 {
        let present = present_with(state, all);
        let each = (0..demands.len()).filter(|demand| asked(*demand).is_some());
        each.map(|k| demands[k].lacking(&present[k])).sum()
    };
    let of_units: Vec<BTreeMap<SkillId, i64>> = all.iter().map(|one| one.skills.clone()).collect();
    for one in all.iter_mut() {
        for (demand, _) in &state.instance.duties[one.duty as usize].pieces {
            if let Some(skill) = asked(*demand) {
                one.skills.insert(skill, one.people);
            }
        }
    }
    for k in 0..all.len() {
        for (skill, count) in all[k].skills.clone() {
            let least = of_units[k].get(&skill).copied().unwrap_or(0);
            for fewer in (least..count).rev() {
                let before = lacking(all);
                all[k].skills.insert(skill, fewer);
                if lacking(all) > before {
                    all[k].skills.insert(skill, fewer + 1);
                    break;
                }
            }
        }
        all[k].skills.retain(|_, count| *count > 0);
    }
}

/// Supervisors that the shift of a duty lacks by its promises once some people have joined.
fn unsupervised(state: &State<'_>, duty: u32, more: &[More]) -> i64 {
    let it = &state.instance.duties[duty as usize];
    let rules = state.instance.tiers[it.tier].supervisors.iter();
    let promises = rules.filter(|rule| rule.priced.is_promise());
    let left = promises.map(|rule| left_unsupervised(state, rule, it.tier, it.shift, more));
    left.max().unwrap_or(0)
}

/// By how much a rule of supervisors is broken on a shift once some people have joined.
pub(super) fn left_unsupervised(
    state: &State<'_>,
    rule: &Supervisors,
    tier: usize,
    shift: usize,
    more: &[More],
) -> i64 {
    let of_shift = |one: &&More| {
        let duty = &state.instance.duties[one.duty as usize];
        (duty.tier, duty.shift) == (tier, shift)
    };
    let joined = || more.iter().filter(of_shift);
    let on = state.on_shift(tier, shift);
    let now = match on.is_empty() && joined().next().is_some() {
        true => rule.least,
        false => rule.lacking(on),
    };
    (now - joined().map(|one| one.supervisors).sum::<i64>()).max(0)
}

/// By demand and piece: people present once some have joined.
pub(super) fn present_with(state: &State<'_>, more: &[More]) -> Vec<Vec<i64>> {
    let mut present = state.present.clone();
    for one in more {
        for (demand, pieces) in &state.instance.duties[one.duty as usize].pieces {
            let by = one.counts(&state.instance.demands[*demand]);
            let there = &mut present[*demand][pieces.clone()];
            there.iter_mut().for_each(|is| *is += by);
        }
    }
    present
}
