//! Ways and barriers too low, too narrow or too weak for a profile.

use super::Tags;
use super::profile::Profile;

/// What stands for "no figure given".
const NO_FIGURE: [&str; 8] = [
    "default",
    "none",
    "no",
    "no_sign",
    "no_indications",
    "unsigned",
    "below_default",
    "unknown",
];

/// The key of the first limit, such as `maxheight`, that the profile exceeds. Values that
/// are not understood go to `unknown` as key and value.
pub(super) fn too_big<'p>(
    profile: &'p Profile,
    tags: &Tags,
    unknown: &mut dyn FnMut(&str, &str),
) -> Option<&'p str> {
    for (key, &own) in &profile.size {
        let Some(value) = tags.get(key) else {
            continue;
        };
        match read(value) {
            Some(limit) if limit < own => return Some(key),
            None if !NO_FIGURE.contains(&value) => unknown(key, value),
            _ => {}
        }
    }
    None
}

/// Reads metres or tonnes: `2.4`, `2.4 m`, `3.5 t`, `2400 kg`, `7 ft`, `7'6"`.
fn read(value: &str) -> Option<f64> {
    const FOOT: f64 = 0.3048;
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|v| v.is_finite() && *v > 0.0)
    };
    if let Some((feet, inches)) = value.split_once('\'') {
        let inches = inches.trim().trim_end_matches('"');
        let inches = if inches.is_empty() {
            0.0
        } else {
            number(inches)?
        };
        return Some((number(feet)? + inches / 12.0) * FOOT);
    }
    let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (figure, unit) = value.split_at(digits.unwrap_or(value.len()));
    let factor = match unit.trim() {
        "" | "m" | "t" => 1.0,
        "kg" => 0.001,
        "cm" => 0.01,
        "ft" => FOOT,
        _ => return None,
    };
    Some(number(figure)? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_in_every_spelling() {
        for (value, figure) in [
            ("2.4", Some(2.4)),
            ("2.4 m", Some(2.4)),
            ("3.5t", Some(3.5)),
            ("1500 kg", Some(1.5)),
            ("10'", Some(3.048)),
            ("6'6\"", Some(1.9812)),
            ("narrow", None),
            ("", None),
            ("0", None),
            ("2,4", None),
        ] {
            let read = read(value);
            let same = match (read, figure) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            assert!(same, "{value}: {read:?}");
        }
    }

    #[test]
    fn cars_stay_out_of_narrow_lanes_and_feet_do_not_mind() {
        let pair = |v: &str| vec![("maxwidth".to_owned(), v.to_owned())];
        for (name, value, closed) in [
            ("car", "1.7", true),
            ("car", "2.2", false),
            ("car", "none", false),
            ("car", "narrow", false),
            ("foot", "0.8", false),
        ] {
            let profile = Profile::built_in(name).unwrap_or_else(|e| panic!("{e}"));
            let mut odd = 0;
            let found = too_big(&profile, &Tags::new(pair(value)), &mut |_, _| odd += 1);
            assert_eq!(found, closed.then_some("maxwidth"), "{name} {value}");
            assert_eq!(odd, i32::from(value == "narrow"));
        }
    }
}
