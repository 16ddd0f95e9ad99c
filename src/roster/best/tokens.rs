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
    /// Least price of each token on each day of the window.
    prices: Vec<i32>,
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
    /// Groups the seats; `counted` kinds move on their counters, `spared` ones are left out.
    pub(super) fn group(
        &mut self,
        rules: &Rules<'_>,
        ask: &Ask<'_>,
        counted: &[(u32, u32)],
        spared: &[u32],
    ) {
        let contract = rules.people[ask.person].contract;
        let automaton = &rules.automata[contract];
        let kind = |s: u16| rules.problem.seats[s as usize].kind;
        self.all.clear();
        self.of_letter.iter_mut().for_each(Vec::clear);
        self.of_letter.resize(automaton.letters.len(), Vec::new());
        for (l, seats) in rules.seats[contract].iter().enumerate() {
            let step = match ask.relaxed {
                true => 0,
                false => rules.steps[automaton.letters[l][0] as usize] as i32,
            };
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
            add(0, &|k| {
                counted.iter().all(|c| c.0 != k) && !spared.contains(&k)
            });
            for (c, &(counted, _)) in (1..).zip(counted) {
                add(c, &|k| k == counted);
            }
        }
    }

    /// Finds the least price of each token on each day.
    pub(super) fn price(&mut self, rules: &Rules<'_>, ask: &Ask<'_>) {
        let width = rules.problem.seats.len();
        self.prices.clear();
        for day in ask.from..ask.to {
            let row = &ask.seats[day * width..(day + 1) * width];
            let least = |t: &Token| t.seats.iter().map(|&s| row[s as usize]).min();
            let all = self.all.iter();
            self.prices.extend(all.map(|t| least(t).unwrap_or(NEVER)));
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
