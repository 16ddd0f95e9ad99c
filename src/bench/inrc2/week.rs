//! A week: how many nurses each day needs, and who would rather be off.

use super::WEEK;
use super::scenario::MOST;
use super::scenario::Scenario;
use crate::bench::names::Names;
use crate::bench::tokens::Tokens;
use crate::error::Result;

/// What requests call all shifts of a day.
const ANY: &str = "Any";
/// Where the requests begin.
const REQUESTS: &str = "SHIFT_OFF_REQUESTS";
/// What the days are called.
const DAYS: [&str; WEEK] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A week.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Week {
    pub(super) needs: Vec<Need>,
    pub(super) requests: Vec<Request>,
}

/// How many nurses a shift needs in a skill.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Need {
    pub(super) shift: usize,
    pub(super) skill: usize,
    /// Fewest, and how many would be best, day by day.
    pub(super) days: [(u32, u32); WEEK],
}

/// A request not to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) nurse: usize,
    /// Which shift; `None`: any.
    pub(super) shift: Option<usize>,
    /// Day of the week, Monday 0.
    pub(super) day: usize,
}

impl Week {
    /// Reads `WD-*.txt`. Shifts and skills without a row need nobody.
    ///
    /// # Errors
    /// `B001` to `B004`, `B015`, `B016`: all that is wrong with the file.
    pub(super) fn parse(text: &str, scenario: &Scenario) -> Result<Self> {
        let mut tokens = Tokens::new(text);
        tokens.keyword("WEEK_DATA");
        tokens.keyword(&scenario.id);
        tokens.keyword("REQUIREMENTS");
        let mut week = Self {
            needs: Vec::new(),
            requests: Vec::new(),
        };
        let skills = scenario.skills.len();
        let mut seen = vec![false; scenario.kinds.len() * skills];
        while !tokens.is_spoilt() && tokens.peek().is_some_and(|word| word != REQUESTS) {
            let shift = tokens.name("shift", &scenario.kinds);
            let skill = tokens.name("skill", &scenario.skills);
            if std::mem::replace(&mut seen[shift * skills + skill], true) && !tokens.is_spoilt() {
                tokens.given_twice("the need of this shift and skill");
            }
            let days = [(); WEEK].map(|()| tokens.pair("the need of a day", 0..=MOST));
            week.needs.push(Need { shift, skill, days });
        }
        if tokens.is_spoilt() {
            return Err(tokens.finish());
        }
        week.requests(&mut tokens, scenario);
        tokens.finish().into_result(week)
    }

    fn requests(&mut self, tokens: &mut Tokens<'_>, scenario: &Scenario) {
        let mut days = Names::default();
        DAYS.iter().for_each(|day| assert!(days.add(day)));
        tokens.keyword(REQUESTS);
        tokens.keyword("=");
        let many = tokens.whole("the number of requests", 0..=MOST * MOST);
        for _ in 0..many {
            if tokens.is_spoilt() {
                return;
            }
            let nurse = tokens.name("nurse", &scenario.names);
            let shift = match tokens.peek() {
                Some(ANY) => {
                    tokens.skip(1);
                    None
                }
                _ => Some(tokens.name("shift", &scenario.kinds)),
            };
            let day = tokens.name("day", &days);
            self.requests.push(Request { nurse, shift, day });
        }
    }
}
