//! The scenario: shifts, contracts and nurses, the same for all weeks.

use crate::bench::names::Names;
use crate::bench::tokens::Tokens;
use crate::error::Result;

/// Most of anything that is counted.
pub(super) const MOST: u32 = 1000;
/// Most kinds of shift, and skills.
const MOST_KINDS: u32 = 50;
/// Most weeks.
const MOST_WEEKS: u32 = 52;

/// A scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scenario {
    /// What it calls itself.
    pub(super) id: String,
    /// Number of weeks.
    pub(super) weeks: usize,
    pub(super) skills: Names,
    pub(super) kinds: Names,
    /// What is known of each kind of shift.
    pub(super) shifts: Vec<Shift>,
    pub(super) contracts: Vec<Contract>,
    pub(super) names: Names,
    /// What is known of each nurse.
    pub(super) nurses: Vec<Nurse>,
}

/// A kind of shift.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shift {
    /// Fewest and most days of it in a row.
    pub(super) run: (u32, u32),
    /// Kinds that may not be worked the day after.
    pub(super) not_next: Vec<usize>,
}

/// A contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Contract {
    /// Fewest and most shifts in all.
    pub(super) total: (u32, u32),
    /// Fewest and most days worked in a row.
    pub(super) work: (u32, u32),
    /// Fewest and most days off in a row.
    pub(super) off: (u32, u32),
    /// Most weekends of which a day is worked.
    pub(super) weekends: u32,
    /// Whether weekends should be worked whole, or not at all.
    pub(super) whole_weekends: bool,
}

/// A nurse.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Nurse {
    pub(super) contract: usize,
    pub(super) skills: Vec<usize>,
}

impl Scenario {
    /// Reads `Sc-*.txt`.
    ///
    /// # Errors
    /// `B001` to `B004`, `B015`, `B016`: all that is wrong with the file.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut tokens = Tokens::new(text);
        let mut scenario = Self::default();
        tokens.keyword("SCENARIO");
        tokens.keyword("=");
        scenario.id = tokens.word("the name of the scenario").to_owned();
        if tokens.is_spoilt() {
            return Err(tokens.finish());
        }
        scenario.weeks = count(&mut tokens, "WEEKS", MOST_WEEKS) as usize;
        let skills = count(&mut tokens, "SKILLS", MOST_KINDS);
        if !tokens.is_spoilt() {
            (0..skills).for_each(|_| tokens.declare("skill", &mut scenario.skills));
        }
        for part in [Self::shifts, Self::contracts_and_nurses] {
            // After a wrong count, or a name that is missing, the rest is its echo.
            if tokens.is_spoilt() {
                return Err(tokens.finish());
            }
            part(&mut scenario, &mut tokens);
        }
        tokens.finish().into_result(scenario)
    }

    fn shifts(&mut self, tokens: &mut Tokens<'_>) {
        let kinds = count(tokens, "SHIFT_TYPES", MOST_KINDS);
        if tokens.is_spoilt() {
            return;
        }
        for _ in 0..kinds {
            tokens.declare("shift", &mut self.kinds);
            self.shifts.push(Shift {
                run: tokens.pair("how many in a row", 0..=MOST),
                not_next: Vec::new(),
            });
        }
        tokens.keyword("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS");
        let mut seen = vec![false; self.shifts.len()];
        for _ in 0..kinds {
            if tokens.is_spoilt() {
                return;
            }
            let kind = tokens.name("shift", &self.kinds);
            if std::mem::replace(&mut seen[kind], true) && !tokens.is_spoilt() {
                tokens.given_twice("what may not follow this shift");
            }
            let many = tokens.whole("how many shifts may not follow", 0..=MOST_KINDS);
            let next = (0..many).map(|_| tokens.name("shift", &self.kinds));
            self.shifts[kind].not_next = next.collect();
        }
    }

    fn contracts_and_nurses(&mut self, tokens: &mut Tokens<'_>) {
        let contracts = count(tokens, "CONTRACTS", MOST);
        if tokens.is_spoilt() {
            return;
        }
        let mut names = Names::default();
        for _ in 0..contracts {
            tokens.declare("contract", &mut names);
            self.contracts.push(Contract {
                total: tokens.pair("how many in all", 0..=MOST),
                work: tokens.pair("how many days worked in a row", 0..=MOST),
                off: tokens.pair("how many days off in a row", 0..=MOST),
                weekends: tokens.whole("the most weekends", 0..=MOST),
                whole_weekends: tokens.whole("whether weekends are whole", 0..=1) == 1,
            });
        }
        let nurses = count(tokens, "NURSES", MOST);
        for _ in 0..nurses {
            if tokens.is_spoilt() {
                return;
            }
            tokens.declare("nurse", &mut self.names);
            let contract = tokens.name("contract", &names);
            let many = tokens.whole("how many skills", 1..=MOST_KINDS);
            let skills = (0..many).map(|_| tokens.name("skill", &self.skills));
            self.nurses.push(Nurse {
                contract,
                skills: skills.collect(),
            });
        }
    }
}

/// A head such as `WEEKS = 4`, of at least one and at most so many. Where another word stands,
/// what follows it is not looked at: it would be its echo.
fn count(tokens: &mut Tokens<'_>, word: &str, most: u32) -> u32 {
    tokens.keyword(word);
    if tokens.is_spoilt() {
        return 1;
    }
    tokens.keyword("=");
    tokens.whole("their number", 1..=most)
}
