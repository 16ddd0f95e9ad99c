//! The history: what each nurse did before the first day.

use super::scenario::MOST;
use super::scenario::Scenario;
use crate::bench::tokens::Tokens;
use crate::error::Result;

/// What a nurse did before the first day.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Past {
    /// Shifts worked so far.
    pub(super) total: u32,
    /// Weekends worked so far.
    pub(super) weekends: u32,
    /// The shift of the day before, when it was worked.
    pub(super) last: Option<usize>,
    /// Days in a row with that shift.
    pub(super) same: u32,
    /// Days worked in a row.
    pub(super) work: u32,
    /// Days off in a row.
    pub(super) off: u32,
}

impl Past {
    /// Reads `H0-*.txt`: the past of each nurse, in the scenario's order.
    ///
    /// # Errors
    /// `B001` to `B004`, `B015`, `B016`, `B018`: all that is wrong with the file.
    pub(super) fn parse(text: &str, scenario: &Scenario) -> Result<Vec<Self>> {
        let mut tokens = Tokens::new(text);
        tokens.keyword("HISTORY");
        tokens.whole("the number of the week", 0..=MOST);
        tokens.keyword(&scenario.id);
        tokens.keyword("NURSE_HISTORY");
        let nurses = scenario.nurses.len();
        let mut past = vec![None; nurses];
        for _ in 0..nurses {
            let echo = tokens.is_spoilt();
            let nurse = tokens.name("nurse", &scenario.names);
            if past[nurse].is_some() && !echo && !tokens.is_spoilt() {
                tokens.given_twice("the history of this nurse");
            }
            past[nurse] = Some(Self::row(&mut tokens, scenario));
        }
        let past = past.into_iter().map(Option::unwrap_or_default).collect();
        tokens.finish().into_result(past)
    }

    /// What follows the name.
    fn row(tokens: &mut Tokens<'_>, scenario: &Scenario) -> Self {
        let mut whole = |what: &str| tokens.whole(what, 0..=MOST);
        let (total, weekends) = (
            whole("the number of shifts"),
            whole("the number of weekends"),
        );
        let place = tokens.place();
        let last = match tokens.peek() {
            Some("None") => {
                tokens.skip(1);
                None
            }
            _ => Some(tokens.name("shift", &scenario.kinds)),
        };
        let mut whole = |what: &str| tokens.whole(what, 0..=MOST);
        let past = Self {
            total,
            weekends,
            last,
            same: whole("the days in a row with this shift"),
            work: whole("the days worked in a row"),
            off: whole("the days off in a row"),
        };
        if !tokens.is_spoilt() && !past.is_sound() {
            let what = "this history contradicts itself";
            let hint = "after `None` no days were worked in a row; after a shift it was worked for \
                at least a day, at most as many as were worked at all, and no days were off";
            tokens.refuse_at(place, "B018", what, hint);
        }
        past
    }

    fn is_sound(&self) -> bool {
        match self.last {
            None => self.same == 0 && self.work == 0,
            Some(_) => (1..=self.work).contains(&self.same) && self.off == 0,
        }
    }
}
