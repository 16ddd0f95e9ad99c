//! The rules of a contract as an automaton: what matters of the past, as one small state.
//!
//! A schedule is a word over days off and kinds of shift; runs and forbidden successions are
//! regular (Demassey, Pesant, Rousseau: A cost-regular based hybrid column generation
//! approach, Constraints 2006), so each rule of a day needs only the state before it. States
//! are first spelt out from the rules, then those that no future tells apart are merged
//! (Moore's partition refinement), and so are kinds that lead everywhere alike.

use std::collections::BTreeMap;

use super::model::Before;
use super::model::Contract;
use super::model::Kind;
use super::model::NEVER;
use super::model::Run;

/// The rules of a contract.
#[derive(Clone, Debug)]
pub struct Automaton {
    /// Whether a day was worked to get there, by state.
    pub working: Vec<bool>,
    /// Kinds by letter: those of one letter lead everywhere alike and have one load.
    pub letters: Vec<Vec<u32>>,
    /// The letter of a kind.
    pub letter: Vec<u16>,
    /// Ways out of each state, days off first, then by letter.
    pub edges: Vec<Vec<Edge>>,
    /// Where each beginning leads, in the order given.
    pub starts: Vec<u16>,
}

/// A way from one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The letter, or [`DAY_OFF`].
    pub letter: u16,
    /// State after it.
    pub to: u16,
    /// What the rules charge for it.
    pub price: i32,
}

/// The letter of a day off.
pub const DAY_OFF: u16 = u16::MAX;

/// All that matters of the past, spelt out. Counts end where more of them means the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Past {
    kind: Option<u32>,
    same: u32,
    work: u32,
    off: u32,
    /// No day is behind, and runs that begin now count as long enough.
    first: bool,
    /// The run of work, of days off, or of one kind touches the first day and counts as long
    /// enough.
    open_work: bool,
    open_off: bool,
    open_same: bool,
}

/// What the rules say about a day, given the past.
struct Rules<'a> {
    kinds: &'a [Kind],
    contract: &'a Contract,
    /// No run gets longer than this.
    longest: u32,
}

impl Automaton {
    /// The automaton of a contract for people who begin as `starts` say, over `days` days.
    pub fn new(kinds: &[Kind], contract: &Contract, starts: &[Before], days: u32) -> Self {
        let before = starts.iter().map(|b| b.work.max(b.off).max(b.same)).max();
        let rules = Rules {
            kinds,
            contract,
            longest: days.saturating_add(before.unwrap_or(0)),
        };
        let mut spelt = Spelt::default();
        let begins: Vec<u32> = starts.iter().map(|b| spelt.state(rules.first(b))).collect();
        let mut at = 0;
        while at < spelt.pasts.len() {
            let past = spelt.pasts[at];
            let off = rules.off(past);
            let worked = (0..kinds.len() as u32).map(|k| rules.work(past, k));
            let ways: Vec<_> = std::iter::once(off).chain(worked).collect();
            let ways = ways.into_iter().map(|way| {
                let (next, price) = way?;
                Some((spelt.state(next), price))
            });
            let ways = ways.collect();
            spelt.ways.push(ways);
            at += 1;
        }
        spelt.merged(kinds, &begins)
    }

    /// The state after a letter, and what the rules charge for it; `None` when they forbid it.
    #[inline]
    pub fn step(&self, state: u16, letter: u16) -> Option<(u16, i32)> {
        let mut edges = self.edges[state as usize].iter();
        let edge = edges.find(|e| e.letter == letter)?;
        Some((edge.to, edge.price))
    }

    /// How many states there are.
    pub fn states(&self) -> usize {
        self.working.len()
    }
}

/// States spelt out, and their ways: a day off, then each kind.
#[derive(Default)]
struct Spelt {
    pasts: Vec<Past>,
    number: BTreeMap<Past, u32>,
    ways: Vec<Vec<Option<(u32, i32)>>>,
}

impl Spelt {
    fn state(&mut self, past: Past) -> u32 {
        let next = self.pasts.len() as u32;
        let number = *self.number.entry(past).or_insert(next);
        if number == next {
            self.pasts.push(past);
        }
        number
    }

    /// The automaton without states or letters that do the same.
    fn merged(&self, kinds: &[Kind], begins: &[u32]) -> Automaton {
        let block = self.blocks();
        let states = block.iter().max().map_or(0, |&b| b as usize + 1);
        let mut someone = vec![0; states];
        for (state, &b) in block.iter().enumerate().rev() {
            someone[b as usize] = state;
        }
        let way = |b: usize, w: usize| {
            self.ways[someone[b]][w].map(|(to, price)| (block[to as usize], price))
        };
        let mut letters: Vec<Vec<u32>> = Vec::new();
        let mut alike = BTreeMap::new();
        let mut letter = Vec::new();
        for (k, kind) in kinds.iter().enumerate() {
            let leads: Vec<_> = (0..states).map(|b| way(b, k + 1)).collect();
            let l = *alike.entry((kind.load, leads)).or_insert(letters.len());
            if l == letters.len() {
                letters.push(Vec::new());
            }
            letters[l].push(k as u32);
            letter.push(l as u16);
        }
        let edges = (0..states).map(|b| {
            let edge = |letter, way: Option<(u32, i32)>| {
                way.map(|(to, price)| Edge {
                    letter,
                    to: to as u16,
                    price,
                })
            };
            let off = edge(DAY_OFF, way(b, 0));
            let worked = letters.iter().enumerate();
            let worked = worked.filter_map(|(l, k)| edge(l as u16, way(b, k[0] as usize + 1)));
            off.into_iter().chain(worked).collect()
        });
        Automaton {
            working: someone.iter().map(|&s| self.pasts[s].work > 0).collect(),
            edges: edges.collect(),
            starts: begins.iter().map(|&s| block[s as usize] as u16).collect(),
            letters,
            letter,
        }
    }

    /// States that no future tells apart have one block.
    fn blocks(&self) -> Vec<u32> {
        let mut block: Vec<u32> = self.pasts.iter().map(|p| u32::from(p.work > 0)).collect();
        let mut count = 0;
        loop {
            let mut seen = BTreeMap::new();
            let signature = |s: usize| {
                let ways = self.ways[s].iter();
                let ways = ways.map(|w| w.map(|(to, price)| (block[to as usize], price)));
                (block[s], ways.collect::<Vec<_>>())
            };
            let next: Vec<u32> = (0..block.len())
                .map(|s| {
                    let fresh = seen.len() as u32;
                    *seen.entry(signature(s)).or_insert(fresh)
                })
                .collect();
            let grown = seen.len();
            block = next;
            if grown == count {
                return block;
            }
            count = grown;
        }
    }
}

impl Rules<'_> {
    fn first(&self, before: &Before) -> Past {
        let past = Past {
            kind: before.kind,
            same: before.same,
            work: before.work,
            off: before.off,
            first: before.open,
            open_work: before.open,
            open_off: before.open,
            open_same: before.open,
        };
        self.short(past)
    }

    /// The past after a shift of `kind`, and its price.
    fn work(&self, past: Past, kind: u32) -> Option<(Past, i32)> {
        let last = past.kind.filter(|_| past.work > 0);
        if last.is_some_and(|l| self.kinds[l as usize].not_next.contains(&kind)) {
            return None;
        }
        let mut price = 0;
        let mut next = past;
        next.kind = Some(kind);
        next.first = false;
        next.off = 0;
        next.open_off = false;
        next.work = past.work + 1;
        next.same = 1;
        match last {
            Some(l) if l == kind => next.same = past.same + 1,
            Some(l) => {
                price = add(
                    price,
                    self.too_short(self.same(l), past.same, past.open_same),
                )?;
                next.open_same = past.first;
            }
            None => {
                price = add(
                    price,
                    self.too_short(self.contract.off, past.off, past.open_off),
                )?
            }
        }
        price = add(price, too_long(self.contract.work, next.work))?;
        price = add(price, too_long(self.same(kind), next.same))?;
        Some((self.short(next), price))
    }

    /// The past after a day off, and its price.
    fn off(&self, past: Past) -> Option<(Past, i32)> {
        let mut price = 0;
        if let Some(last) = past.kind.filter(|_| past.work > 0) {
            let work = self.too_short(self.contract.work, past.work, past.open_work);
            let same = self.too_short(self.same(last), past.same, past.open_same);
            price = add(add(price, work)?, same)?;
        }
        let next = Past {
            kind: None,
            same: 0,
            work: 0,
            off: past.off + 1,
            first: false,
            open_work: false,
            open_off: past.open_off,
            open_same: false,
        };
        price = add(price, too_long(self.contract.off, next.off))?;
        Some((self.short(next), price))
    }

    fn same(&self, kind: u32) -> Run {
        let run = self.contract.same.get(kind as usize);
        run.copied().unwrap_or_default()
    }

    /// The price of a run that ends after `days`; one of no days is none.
    fn too_short(&self, run: Run, days: u32, open: bool) -> i32 {
        match run.min.saturating_sub(days) {
            0 => 0,
            _ if open || days == 0 => 0,
            _ if run.short == NEVER => NEVER,
            missing => missing as i32 * run.short,
        }
    }

    /// The same past with counts no longer than they matter.
    fn short(&self, mut past: Past) -> Past {
        let most = |run: Run| match run.max < self.longest && run.long != 0 {
            true => run.max.max(run.min),
            // None gets longer than that, so it tells as much.
            false => run.min.min(self.longest),
        };
        let same = past.kind.map_or(0, |k| most(self.same(k)));
        let long_enough = |run: Run, days: u32| run.short == 0 || days >= run.min;
        past.open_off &= past.first || !long_enough(self.contract.off, past.off);
        past.open_work &= past.first || !long_enough(self.contract.work, past.work);
        let kind = past.kind.map_or(Run::default(), |k| self.same(k));
        past.open_same &= past.first || past.kind.is_none() || !long_enough(kind, past.same);
        past.same = past.same.min(same);
        past.work = past.work.min(most(self.contract.work).max(1));
        past.off = past.off.min(most(self.contract.off).max(1));
        past
    }
}

/// The price of a run reaching `days`.
fn too_long(run: Run, days: u32) -> i32 {
    if days > run.max { run.long } else { 0 }
}

fn add(a: i32, b: i32) -> Option<i32> {
    (b != NEVER).then(|| a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_do_the_same_share_a_letter_and_runs_end_in_few_states() {
        let kind = |load, not_next: &[u32]| Kind {
            load,
            not_next: not_next.to_vec(),
        };
        let kinds = [kind(8, &[]), kind(8, &[]), kind(8, &[0, 1]), kind(10, &[])];
        let contract = Contract {
            work: Run {
                min: 2,
                max: 5,
                short: NEVER,
                long: NEVER,
            },
            off: Run {
                min: 2,
                max: u32::MAX,
                short: NEVER,
                long: 0,
            },
            ..Contract::default()
        };
        let start = Before {
            off: 2,
            open: true,
            ..Before::default()
        };
        let automaton = Automaton::new(&kinds, &contract, &[start], 28);
        assert_eq!(automaton.letters, [vec![0, 1], vec![2], vec![3]]);
        // Off once, off twice; early or late, each after 1 to 5 days, and a first day that
        // may stand alone; the longest run of work forgets its kind.
        let worked = automaton.working.iter().filter(|&&w| w).count();
        assert_eq!((automaton.states() - worked, worked), (3, 11));
    }
}
