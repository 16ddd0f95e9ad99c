//! From the end of a duty to the start of the next.

use crate::check::roster::breach::Breach;
use crate::check::roster::breach::short;
use crate::check::roster::life::Life;
use crate::scenario::Rule;

pub(super) fn check(life: &Life<'_>, rule: &Rule) -> Vec<Breach> {
    let rests = life.rests();
    let breaches =
        rests.filter_map(|(_, after, rest)| short(rule, after.spell.day, rest, "between duties"));
    breaches.collect()
}
