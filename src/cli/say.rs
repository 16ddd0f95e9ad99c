//! Talk to people on stderr: errors, warnings, notes. Colour on a terminal, unless `NO_COLOR`
//! is set.

use std::io::IsTerminal;
use std::io::Write;

use crate::error::Errors;

const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// Says all errors, and how many when there are several.
pub(super) fn errors(errors: &Errors) {
    for error in &errors.0 {
        let text = error.to_string();
        // The message starts with `error[CODE]`, and its hint is a line of its own.
        let (head, rest) = text.split_at(text.find(": ").unwrap_or(0));
        let rest = rest.replace("\n  hint:", &format!("\n  {}", paint(CYAN, "hint:")));
        line(&format!("{}{rest}", paint(RED, head)));
    }
    if errors.0.len() > 1 {
        line(&format!("{} errors", errors.0.len()));
    }
}

/// Says a warning.
pub(super) fn warning(text: &str) {
    line(&format!("{}: {text}", paint(YELLOW, "warning")));
}

/// Says a note.
pub(super) fn note(text: &str) {
    line(text);
}

/// Says where results are.
pub(super) fn places(places: &[std::path::PathBuf]) {
    for place in places {
        note(&format!("wrote {}", place.display()));
    }
}

/// A line on stderr. Nobody may be listening, and that is no reason to stop.
fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "whether to paint is what the environment is asked for"
)]
fn paint(colour: &str, text: &str) -> String {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    if wanted && std::io::stderr().is_terminal() {
        format!("{colour}{text}{PLAIN}")
    } else {
        text.to_owned()
    }
}

/// Prints data on stdout, with a line end. A reader that went away (`| head`) is no error.
pub(super) fn data(text: &str) -> crate::error::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(crate::error::Error::io("printing", std::path::Path::new("stdout"), &e).into())
        }
        _ => Ok(()),
    }
}

/// Prints a value as JSON on stdout.
pub(super) fn json<T: serde::Serialize>(value: &T) -> crate::error::Result<()> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|e| crate::error::Error::internal(format!("writing JSON: {e}")))?;
    data(&text)
}
