//! Lines of an iCalendar file (RFC 5545). A dozen properties do not ask for a library: `icalendar`,
//! a sound one, would bring `chrono` beside `jiff`, `uuid` and a parser, and the ids and stamps
//! that it fills in would have to be kept out, since a roster must come out the same every time.

/// Most octets of a line without its end (section 3.1).
const WIDTH: usize = 75;

/// Adds a content line: folded, so that no line is too long, and ended as all lines must be.
/// Characters of several octets are not cut in two.
pub(super) fn line(out: &mut String, name: &str, value: &str) {
    let mut used = 0;
    for character in name.chars().chain([':']).chain(value.chars()) {
        if used + character.len_utf8() > WIDTH {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(character);
        used += character.len_utf8();
    }
    out.push_str("\r\n");
}

/// A text as a value (section 3.3.11). Control characters have no place in it.
pub(super) fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// An id that is the same whenever its parts are: their FNV-1a hash of 128 bits. Keys may be in
/// any script, and not every calendar takes such ids.
pub(super) fn uid(parts: &[&str]) -> String {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(BASIS, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:032x}@roundsman")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader makes of folded lines.
    fn unfold(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn lines_are_folded_at_75_octets_and_never_within_a_character() {
        for value in ["x".repeat(400), "夜班巡逻".repeat(60), "é夜x𠮷".repeat(40)] {
            let mut out = String::new();
            line(&mut out, "SUMMARY", &value);
            assert!(out.ends_with("\r\n"));
            let lines: Vec<&str> = out.trim_end_matches("\r\n").split("\r\n").collect();
            assert!(lines.len() > 1);
            assert!(lines.iter().all(|line| line.len() <= WIDTH), "{lines:?}");
            assert!(lines[1..].iter().all(|line| line.starts_with(' ')));
            assert_eq!(unfold(&out), format!("SUMMARY:{value}\r\n"));
        }
        let mut out = String::new();
        line(&mut out, "A", &"x".repeat(73));
        assert_eq!(out.matches("\r\n").count(), 1, "75 octets fit");
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(text("a,b;c\\d\r\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
        assert_eq!(text("夜班：一号"), "夜班：一号");
    }

    #[test]
    fn ids_tell_parts_apart() {
        let one = uid(&["p1", "night"]);
        assert_eq!(one, uid(&["p1", "night"]));
        assert_ne!(one, uid(&["p1n", "ight"]));
        assert_eq!(one.len(), 32 + "@roundsman".len());
        // The hash of nothing is its basis, as published.
        assert!(uid(&[]).starts_with("6c62272e07bb014262b821756295c58d"));
    }
}
