//! Names in the order that people expect: `pr2` before `pr10`.

use std::cmp::Ordering;

/// Compares names piece by piece, runs of digits by their number.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while !left.is_empty() && !right.is_empty() {
        let (x, y) = (piece(&mut left), piece(&mut right));
        let both = x.starts_with(digit) && y.starts_with(digit);
        let order = if both { by_number(x, y) } else { x.cmp(y) };
        if order != Ordering::Equal {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Cuts a run of digits, or of anything else, off the front.
fn piece<'a>(text: &mut &'a str) -> &'a str {
    let digits = text.starts_with(digit);
    let end = text.find(|c| digit(c) != digits).unwrap_or(text.len());
    let (front, rest) = text.split_at(end);
    *text = rest;
    front
}

/// Compares digits by number, however many they are.
fn by_number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = [
            "pr10",
            "pr2",
            "p4.2.k",
            "pr02",
            "p4.10.a",
            "c101",
            "pr",
            "9999999999999999999999",
        ];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            [
                "9999999999999999999999",
                "c101",
                "p4.2.k",
                "p4.10.a",
                "pr",
                "pr02",
                "pr2",
                "pr10"
            ]
        );
    }
}
