//! Arguments that several verbs share.

use std::path::Path;
use std::time::Duration;

use clap::ValueEnum;

use crate::error::Error;
use crate::error::Result;
use crate::scenario::Scenario;
use crate::world::World;

/// Language of labels in summary and report; errors are always English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// English
    #[default]
    En,
    /// 中文
    Zh,
}

impl From<Lang> for crate::report::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
}

/// Reads a length of time such as `30s`, `2m`, `1h30m`; a number alone is in seconds.
pub(super) fn duration(text: &str) -> std::result::Result<Duration, String> {
    let text = match text.parse::<f64>() {
        Ok(_) => format!("{text}s"),
        Err(_) => text.to_owned(),
    };
    let span: jiff::SignedDuration = text
        .parse()
        .map_err(|_| "write a length of time such as 30s, 2m or 1h30m".to_owned())?;
    let span = Duration::try_from(span).map_err(|_| "time does not run backwards".to_owned())?;
    if span.is_zero() {
        return Err("at least 1ms, such as 30s".to_owned());
    }
    Ok(span)
}

/// Reads a scenario, given by its file or its folder, and places it on its roads.
pub(super) fn world(scenario: &Path) -> Result<World> {
    let file = if scenario.is_dir() {
        scenario.join("scenario.toml")
    } else {
        scenario.to_owned()
    };
    if !file.exists() {
        let missing = std::io::ErrorKind::NotFound.into();
        let error = Error::io("reading the scenario", &file, &missing);
        return Err(error
            .hint("a scenario is a folder with a scenario.toml, or that file: see maps/README.md")
            .into());
    }
    World::load(Scenario::load(&file)?)
}

/// Says what is odd about a scenario and what could not be placed on its roads.
pub(super) fn warn(world: &World) {
    let warnings = world.scenario.warnings.iter().chain(&world.warnings);
    warnings.for_each(|w| super::say::warning(w));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_in_seconds_where_no_unit_says_otherwise() {
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("30"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("0.5"), Ok(Duration::from_millis(500)));
        assert!(duration("nan").is_err());
        assert!(duration("-5").is_err_and(|e| e.contains("backwards")));
        assert!(duration("-5s").is_err_and(|e| e.contains("backwards")));
        assert!(duration("soon").is_err_and(|e| e.contains("such as")));
        assert!(duration("0s").is_err());
    }
}
