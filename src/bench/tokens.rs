//! Words of a benchmark file with their places, read one after another; every number that
//! does not read is gathered, so that a file is reported whole.

use std::ops::RangeInclusive;

use super::names::Names;
use crate::error::Error;
use crate::error::Errors;

/// Errors gathered of one file; what follows is mostly their echo.
const MOST_ERRORS: usize = 20;
/// Greatest number that any format takes: keeps all arithmetic far from overflow.
pub const GREATEST: f64 = 1e7;

/// A word of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token<'a> {
    text: &'a str,
    line: u64,
    column: u64,
}

/// Reads a file word by word.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    /// Where the file ends, for words that are missing.
    last_line: u64,
    ended: bool,
    errors: Errors,
}

impl<'a> Tokens<'a> {
    /// The words of `text`, apart by white space.
    pub fn new(text: &'a str) -> Self {
        let mut tokens = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            words(number, line, &mut tokens);
        }
        Self {
            last_line: text.lines().count().max(1) as u64,
            tokens,
            at: 0,
            ended: false,
            errors: Errors::default(),
        }
    }

    /// Words left on the line of the next word.
    pub fn left_on_line(&self) -> usize {
        let rest = &self.tokens[self.at.min(self.tokens.len())..];
        let line = rest.first().map_or(0, |t| t.line);
        rest.iter().take_while(|t| t.line == line).count()
    }

    /// Leaves out `count` words.
    pub fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// The next word as a number within `range`; `what` names it. A wrong one is reported and
    /// read as the range's start.
    pub fn number(&mut self, what: &str, range: RangeInclusive<f64>) -> f64 {
        let Some(token) = self.next(what) else {
            return *range.start();
        };
        match token.text.parse::<f64>() {
            Ok(value) if range.contains(&value) => value,
            Ok(_) => {
                let hint = format!("a number from {} to {}", range.start(), range.end());
                self.fault(token, "B002", format!("{what} is out of range"), &hint);
                *range.start()
            }
            Err(_) => {
                let what = format!("{what} is not a number");
                self.fault(token, "B002", what, "write it as 12 or 12.5");
                *range.start()
            }
        }
    }

    /// The next word as a whole number within `range`; a wrong one is reported and read as the
    /// range's start.
    pub fn whole(&mut self, what: &str, range: RangeInclusive<u32>) -> u32 {
        let token = self.tokens.get(self.at).copied();
        let wide = f64::from(*range.start())..=f64::from(*range.end());
        let value = self.number(what, wide);
        if let Some(token) = token.filter(|_| value.fract() != 0.0) {
            let what = format!("{what} is not a whole number");
            self.fault(token, "B002", what, "write it as 12");
        }
        value as u32
    }

    /// The next word, which must be `wanted`.
    pub fn keyword(&mut self, wanted: &str) {
        let Some(token) = self.next(&format!("the word `{wanted}`")) else {
            return;
        };
        if token.text != wanted {
            let hint = format!("the format wants `{wanted}` here");
            self.fault(token, "B004", "another word is due here".to_owned(), &hint);
        }
    }

    /// The next word, whatever it is.
    pub fn word(&mut self, what: &str) -> &'a str {
        self.next(what).map_or("", |t| t.text)
    }

    /// The word that [`Tokens::word`] would give, without going on.
    pub fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).map(|t| t.text)
    }

    /// The next words, `(least,most)` without blanks inside, as whole numbers within `range`; a
    /// wrong pair is reported and read as the range's start.
    pub fn pair(&mut self, what: &str, range: RangeInclusive<u32>) -> (u32, u32) {
        let least = *range.start();
        let Some(token) = self.next(what) else {
            return (least, least);
        };
        let inside = token
            .text
            .strip_prefix('(')
            .and_then(|t| t.strip_suffix(')'));
        let pair = inside.and_then(|t| t.split_once(','));
        let whole = |t: &str| t.parse().ok().filter(|n| range.contains(n));
        match pair.map(|(a, b)| (whole(a), whole(b))) {
            Some((Some(a), Some(b))) if a <= b => (a, b),
            _ => {
                let (from, to) = (range.start(), range.end());
                let hint = format!("write (2,5): the least first, both from {from} to {to}");
                let what = format!("{what} is not a pair of whole numbers");
                self.fault(token, "B002", what, &hint);
                (least, least)
            }
        }
    }

    /// The next word, which must be one of `names`; a wrong one is reported and read as the
    /// first.
    pub(super) fn name(&mut self, what: &str, names: &Names) -> usize {
        let Some(token) = self.next(what) else {
            return 0;
        };
        names.find(token.text).unwrap_or_else(|| {
            let hint = names.hint(token.text);
            self.fault(
                token,
                "B015",
                format!("there is no {what} of this name"),
                &hint,
            );
            0
        })
    }

    /// The next word as a new name.
    pub(super) fn declare(&mut self, what: &str, names: &mut Names) {
        let Some(token) = self.next(what) else {
            return;
        };
        if !names.add(token.text) {
            self.twice(token, &format!("this {what}"));
        }
    }

    /// Reports the word before the next one: what it names has been given already.
    pub(super) fn given_twice(&mut self, what: &str) {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        if let Some(&token) = before {
            self.twice(token, what);
        }
    }

    fn twice(&mut self, token: Token<'_>, what: &str) {
        let what = format!("{what} is given a second time");
        self.fault(token, "B016", what, "keep one of the two");
    }

    /// The next word, which must be the number `wanted`: rows stand in order.
    pub fn row_number(&mut self, wanted: u32) {
        let Some(token) = self.next("the number of a row") else {
            return;
        };
        if token.text.parse() != Ok(wanted) {
            let hint = format!("rows are numbered from 0: {wanted} is due here");
            let what = "the number of this row is not the next".to_owned();
            self.fault(token, "B005", what, &hint);
        }
    }

    /// The next word, which must be of letters: where a word is missing or too many, one that
    /// is not shows it.
    pub fn letters(&mut self, what: &str) {
        let Some(token) = self.next(what) else {
            return;
        };
        if !token.text.chars().all(|c| c.is_ascii_alphabetic()) {
            let hint = "letters such as `N` or `SW`; is a word missing?";
            self.fault(token, "B002", format!("{what} is not a word"), hint);
        }
    }

    /// Line and column of the next word, for what is found wrong later; those of the last
    /// line where there is none.
    pub fn place(&self) -> (u64, u64) {
        let token = self.tokens.get(self.at);
        token.map_or((self.last_line, 1), |t| (t.line, t.column))
    }

    /// Reports that the file says what cannot be.
    pub fn refuse(&mut self, code: &'static str, what: impl Into<String>, hint: &str) {
        self.push(Error::input(code, what).hint(hint));
    }

    /// Reports that the file says what cannot be, at a place that [`Tokens::place`] gave.
    pub fn refuse_at(
        &mut self,
        (line, column): (u64, u64),
        code: &'static str,
        what: &str,
        hint: &str,
    ) {
        let error = Error::input(code, what).hint(hint);
        self.push(error.line(line).column(column));
    }

    /// Whether anything was reported so far.
    pub fn is_spoilt(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Everything that was reported; words left over are one more error.
    pub fn finish(mut self) -> Errors {
        if let Some(&token) = self.tokens.get(self.at).filter(|_| self.errors.is_empty()) {
            let what = "the file goes on where the format ends".to_owned();
            let hint = "compare the counts in its head with its rows";
            self.fault(token, "B003", what, hint);
        }
        self.errors
    }

    /// The next word; a missing one is reported, once a file.
    fn next(&mut self, what: &str) -> Option<Token<'a>> {
        let token = self.tokens.get(self.at).copied();
        self.at += 1;
        if token.is_none() && !std::mem::replace(&mut self.ended, true) {
            let error = Error::input("B001", format!("the file ends where {what} is due"));
            let hint = "compare the counts in its head with its rows";
            self.push(error.line(self.last_line).hint(hint));
        }
        token
    }

    fn fault(&mut self, token: Token<'_>, code: &'static str, what: String, hint: &str) {
        let error = Error::input(code, what).value(shortened(token.text));
        self.push(error.line(token.line).column(token.column).hint(hint));
    }

    fn push(&mut self, error: Error) {
        if self.errors.0.len() < MOST_ERRORS {
            self.errors.push(error);
        }
    }
}

/// Adds the words of a line with their columns, counted in characters from 1.
fn words<'a>(number: u64, line: &'a str, tokens: &mut Vec<Token<'a>>) {
    let (mut column, mut seen) = (1, 0);
    for text in line.split_whitespace() {
        let offset = text.as_ptr() as usize - line.as_ptr() as usize;
        column += line[seen..offset].chars().count() as u64;
        seen = offset;
        tokens.push(Token {
            text,
            line: number,
            column,
        });
    }
}

/// A word short enough to be quoted.
pub(super) fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_order_and_have_places() {
        let mut tokens = Tokens::new("n 3\n\n  1.5 七 x\n");
        tokens.keyword("n");
        assert_eq!(tokens.whole("a count", 1..=9), 3);
        assert_eq!(tokens.left_on_line(), 3);
        assert_eq!(tokens.number("a length", 0.0..=2.0), 1.5);
        assert_eq!(tokens.number("a length", 0.0..=2.0), 0.0);
        assert_eq!(tokens.number("a length", 0.0..=2.0), 0.0);
        assert_eq!(tokens.number("a length", 0.0..=2.0), 0.0);
        assert_eq!(tokens.number("a length", 0.0..=2.0), 0.0);
        let errors = tokens.finish().0;
        let places: Vec<_> = errors
            .iter()
            .map(|e| (e.code, e.line, e.column, e.value.as_deref()))
            .collect();
        assert_eq!(
            places,
            [
                ("B002", Some(3), Some(7), Some("七")),
                ("B002", Some(3), Some(9), Some("x")),
                ("B001", Some(3), None, None),
            ]
        );
    }

    #[test]
    fn absurd_numbers_are_refused() {
        for text in ["NaN", "inf", "-1e300", "1e999", "-5", "2.5"] {
            let mut tokens = Tokens::new(text);
            tokens.whole("a count", 0..=4);
            assert_eq!(tokens.finish().0.len(), 1, "{text}");
        }
    }

    #[test]
    fn words_left_over_are_an_error() {
        let mut tokens = Tokens::new("1 2");
        tokens.row_number(1);
        assert_eq!(tokens.finish().0[0].code, "B003");
        let mut tokens = Tokens::new("2");
        tokens.row_number(1);
        assert_eq!(tokens.finish().0[0].code, "B005");
    }

    #[test]
    fn words_of_letters_and_places() {
        let mut tokens = Tokens::new("7 SW\n  4 5");
        assert_eq!(tokens.place(), (1, 1));
        tokens.skip(1);
        tokens.letters("a direction");
        assert_eq!(tokens.place(), (2, 3));
        tokens.letters("a direction");
        tokens.skip(1);
        assert_eq!(tokens.place(), (2, 1));
        tokens.letters("a direction");
        let errors = tokens.finish().0;
        let told: Vec<_> = errors.iter().map(|e| (e.code, e.column)).collect();
        assert_eq!(told, [("B002", Some(3)), ("B001", None)]);
    }

    #[test]
    fn pairs_and_names_are_read() {
        let mut names = Names::default();
        let mut tokens = Tokens::new("(2,5) (5,2) (2,x) 2,5 Early Late Early Erly x");
        let pairs = [(); 4].map(|()| tokens.pair("a pair", 1..=9));
        assert_eq!(pairs, [(2, 5), (1, 1), (1, 1), (1, 1)]);
        tokens.declare("shift", &mut names);
        tokens.declare("shift", &mut names);
        tokens.declare("shift", &mut names);
        assert_eq!(tokens.peek(), Some("Erly"));
        assert_eq!(tokens.name("shift", &names), 0);
        tokens.given_twice("this row");
        assert_eq!(tokens.word("a word"), "x");
        let told: Vec<_> = tokens
            .finish()
            .0
            .iter()
            .map(|e| (e.code, e.column))
            .collect();
        let wanted = [
            ("B002", Some(7)),
            ("B002", Some(13)),
            ("B002", Some(19)),
            ("B016", Some(34)),
            ("B015", Some(40)),
            ("B016", Some(40)),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn a_hopeless_file_gives_a_readable_number_of_errors() {
        let text = "x ".repeat(1000);
        let mut tokens = Tokens::new(&text);
        for _ in 0..1000 {
            tokens.number("a length", 0.0..=1.0);
        }
        assert_eq!(tokens.finish().0.len(), MOST_ERRORS);
    }
}
