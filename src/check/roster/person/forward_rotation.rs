//! A duty on the day after another starts no earlier in the day.

use crate::check::roster::breach::Breach;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let pairs = life
        .rests()
        .map(|(before, after, _)| (before.spell, after.spell));
    let next_day = pairs.filter(|(before, after)| after.day == before.day + 1);
    let back = next_day.filter(|(before, after)| after.clock < before.clock);
    let breach = |(before, after): (crate::check::roster::Spell, crate::check::roster::Spell)| {
        let earlier = before.clock - after.clock;
        let message =
            format!("the duty starts {earlier} earlier in the day than that of the day before");
        Breach::new(rule, after.day, 1, message)
    };
    back.map(breach).collect()
}
