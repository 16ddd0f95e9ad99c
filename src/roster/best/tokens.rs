//! Seats that the rules do not tell apart, and their prices day by day.

use super::Ask;
use crate::roster::model::NEVER;
use crate::roster::rules::Rules;

/// Tokens of a question: one per letter of the automaton, and one more per counted kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    /// Tokens by letter.
    of_letter: Vec<Vec<u32>>,
    /// Least price of each token on each day of the window, tolls included.
    prices: Vec<i32>,
    /// What each seat costs beside its price of the day.
    tolls: Vec<i32>,
}

/// Seats that cost the rules the same.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) seats: Vec<u16>,
    /// Levels that it adds.
    pub(super) step: i32,
    /// The counter that it moves on, 0 for none.
    pub(super) counter: usize,
}

impl Tokens {
    /// Groups the seats; `counted` kinds move on their counters, and those with nothing left are left
    /// out.
    pub(super) fn group(&mut self, rules: &Rules<'_>, ask: &Ask<'_>, counted: &[(u32, u32)]) {
        let contract = rules.people[ask.person].contract;
        let automaton = &rules.automata[contract];
        let kind = |s: u16| rules.problem.seats[s as usize].kind;
        self.all.clear();
        self.of_letter.iter_mut().for_each(Vec::clear);
        self.of_letter.resize(automaton.letters.len(), Vec::new());
        for (l, seats) in rules.seats[contract].iter().enumerate() {
            let step = rules.steps[automaton.letters[l][0] as usize] as i32;
            let mut add = |counter: usize, wanted: &dyn Fn(u32) -> bool| {
                let seats: Vec<u16> = seats.iter().copied().filter(|&s| wanted(kind(s))).collect();
                if !seats.is_empty() {
                    self.of_letter[l].push(self.all.len() as u32);
                    self.all.push(Token {
                        seats,
                        step,
                        counter,
                    });
                }
            };
            add(0, &|k| counted.iter().all(|c| c.0 != k));
            for (c, &(counted, left)) in (1..).zip(counted) {
                if left > 0 {
                    add(c, &|k| k == counted);
                }
            }
        }
    }

    /// Finds the least price of each token on each day, with tolls by kind, or none.
    pub(super) fn price(&mut self, rules: &Rules<'_>, ask: &Ask<'_>, tolls: &[i32]) {
        let seats = &rules.problem.seats;
        let toll = |kind: u32| tolls.get(kind as usize).copied().unwrap_or(0);
        self.tolls.clear();
        self.tolls.extend(seats.iter().map(|s| toll(s.kind)));
        let mut prices = std::mem::take(&mut self.prices);
        prices.clear();
        for day in ask.from..ask.to {
            let row = &ask.seats[day * seats.len()..(day + 1) * seats.len()];
            let least = |t: &Token| t.seats.iter().map(|&s| self.with_toll(row, s)).min();
            let all = self.all.iter();
            prices.extend(all.map(|t| least(t).unwrap_or(NEVER)));
        }
        self.prices = prices;
    }

    /// Price of a seat, among the prices of its day, with its toll.
    #[inline]
    pub(super) fn with_toll(&self, row: &[i32], seat: u16) -> i32 {
        match row[seat as usize] {
            NEVER => NEVER,
            price => price + self.tolls[seat as usize],
        }
    }

    /// Tokens of a letter that can be had on a day of the window, with their prices.
    #[inline]
    pub(super) fn of(&self, letter: u16, day: usize) -> impl Iterator<Item = (usize, i32)> {
        let prices = &self.prices[day * self.all.len()..(day + 1) * self.all.len()];
        let tokens = self.of_letter[letter as usize].iter();
        let priced = tokens.map(|&t| (t as usize, prices[t as usize]));
        priced.filter(|&(_, price)| price != NEVER)
    }
}
