//! `plan.json`: read strictly, written the same to the byte every time.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::error::Result;
use crate::error::nearest;
use crate::io::write_atomically;
use crate::plan::PLAN_VERSION;
use crate::plan::Plan;

/// Largest plan that is read, bytes.
const PLAN_CAP: u64 = 256 << 20;

/// Reads a plan.
///
/// # Errors
/// `IO1` when the file cannot be read, `IO2` when it is no plan (with line and column), `IO3`
/// when its version is another.
pub fn read(path: &Path) -> Result<Plan> {
    let failed = |cause: std::io::Error| Error::io("reading the plan", path, &cause);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(PLAN_CAP + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > PLAN_CAP {
        let what = format!("the plan is larger than {PLAN_CAP} bytes");
        let error = Error::input("IO2", what).file(path);
        return Err(error.hint("is it the right file?").into());
    }
    parse(&bytes).map_err(|mut errors| {
        errors
            .0
            .iter_mut()
            .for_each(|e| e.file = Some(path.to_owned()));
        errors
    })
}

/// Reads a plan from its bytes.
///
/// # Errors
/// As [`read`], without the file's name.
pub fn parse(bytes: &[u8]) -> Result<Plan> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let version = serde_json::from_slice::<Versioned>(bytes)
        .map_err(|e| wrong(&e))?
        .version;
    if version != PLAN_VERSION {
        let error = Error::input("IO3", "this version of plan.json cannot be read")
            .value(version)
            .hint(format!(
                "this program reads version {PLAN_VERSION}; make the plan again"
            ));
        return Err(error.into());
    }
    Ok(serde_json::from_slice(bytes).map_err(|e| wrong(&e))?)
}

/// A JSON error as ours: its place apart from its text, with a did-you-mean.
fn wrong(error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let what = text.rfind(" at line ").map_or(&*text, |end| &text[..end]);
    let quoted: Vec<&str> = what.split('`').skip(1).step_by(2).collect();
    let hint = match quoted[..] {
        [word, ref known @ ..] if what.starts_with("unknown ") => {
            match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "docs/formats.md lists the keys of plan.json".to_owned(),
            }
        }
        _ => "docs/formats.md describes plan.json; `roundsman schema plan` prints its schema"
            .to_owned(),
    };
    let error_at = Error::input("IO2", format!("not a plan: {what}")).hint(hint);
    match error.line() {
        0 => error_at,
        line => error_at.line(line as u64).column(error.column() as u64),
    }
}

/// Writes a plan, see [`write_atomically`].
///
/// # Errors
/// As [`write_atomically`].
pub fn write(path: &Path, plan: &Plan) -> Result<()> {
    write_atomically(path, to_text(plan)?.as_bytes())
}

/// A plan as text, one stop and one path a line: compact, yet readable and easy to compare.
/// Equal plans give equal bytes.
///
/// # Errors
/// None that a plan can cause; an internal one otherwise.
pub fn to_text(plan: &Plan) -> Result<String> {
    let mut text = format!("{{\n\"version\":{}", plan.version);
    text += &format!(",\n\"scenario\":{}", compact(&plan.scenario)?);
    text += &format!(",\n\"start\":{}", compact(&plan.start)?);
    if let Some(made) = &plan.made {
        text += &format!(",\n\"made\":{}", compact(made)?);
    }
    if let Some(bound) = &plan.bound {
        text += &format!(",\n\"bound\":{}", compact(bound)?);
    }
    text += ",\n\"duties\":[";
    for (i, duty) in plan.duties.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        text += &format!(
            "{comma}\n{{\"unit\":{},\"shift\":{},\"day\":{},\"stops\":",
            compact(&duty.unit)?,
            compact(&duty.shift)?,
            duty.day,
        );
        lines(&mut text, &duty.stops, " ")?;
        text.push('}');
    }
    text.push(']');
    if let Some(roster) = &plan.roster {
        text += ",\n\"roster\":{";
        if let Some(made) = &roster.made {
            text += &format!("\"made\":{},", compact(made)?);
        }
        if let Some(claim) = &roster.claim {
            text += &format!("\"claim\":{},", compact(claim)?);
        }
        if !roster.newcomers.is_empty() {
            text += "\"newcomers\":";
            lines(&mut text, &roster.newcomers, " ")?;
            text.push(',');
        }
        text += "\"seats\":";
        lines(&mut text, &roster.seats, " ")?;
        text.push('}');
    }
    text += ",\n\"paths\":";
    lines(&mut text, &plan.paths, "")?;
    text += "\n}\n";
    Ok(text)
}

/// A list with one item a line.
fn lines<T: Serialize>(text: &mut String, items: &[T], indent: &str) -> Result<()> {
    text.push('[');
    for (i, item) in items.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        text.push_str(&format!("{comma}\n{indent}{}", compact(item)?));
    }
    text.push(']');
    Ok(())
}

fn compact<T: Serialize + ?Sized>(item: &T) -> Result<String> {
    let written = serde_json::to_string(item);
    Ok(written.map_err(|e| Error::internal(format!("writing plan.json: {e}")))?)
}

/// JSON Schema (2020-12) of `plan.json`.
pub fn schema() -> Value {
    schemars::schema_for!(Plan).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Activity;
    use crate::plan::Bound;
    use crate::plan::DutyPlan;
    use crate::plan::DutyWorth;
    use crate::plan::Made;
    use crate::plan::NewcomerWorth;
    use crate::plan::Path;
    use crate::plan::Place;
    use crate::plan::PlaceWorth;
    use crate::plan::Roster;
    use crate::plan::RosterClaim;
    use crate::plan::Seat;
    use crate::plan::Stop;
    use crate::units::Millimetres;
    use crate::units::Seconds;

    fn plan() -> Plan {
        let stop = |what, from, to, path| Stop {
            what,
            from: Seconds(from),
            to: Seconds(to),
            path,
        };
        let visit = Activity::Visit {
            target: "银行-1".to_owned(),
            order: Some("five".to_owned()),
            reverse: true,
        };
        Plan {
            version: PLAN_VERSION,
            scenario: "a \"test\"".to_owned(),
            start: "2026-11-23T06:00:00+01:00[Europe/Malta]".to_owned(),
            made: Some(Made {
                by: "roundsman 0.1.0".to_owned(),
                seed: u64::MAX,
                epochs: 2,
                schedule: 2,
                islands: 4,
            }),
            bound: Some(Bound {
                value: 0.1 + 0.2,
                protected_risk: 0.96875,
                rounds: 7,
                slot: 60,
                duties: vec![DutyWorth {
                    unit: "car-1".to_owned(),
                    shift: "day".to_owned(),
                    hours: 7.5,
                    at_most: 1e-7 / 3.0,
                }],
                targets: vec![PlaceWorth {
                    id: "银行-1".to_owned(),
                    at_most: 0.25,
                }],
                zones: Vec::new(),
                hours: vec![0.0, 1.0 / 3.0],
            }),
            duties: vec![DutyPlan {
                unit: "car-1".to_owned(),
                shift: "day".to_owned(),
                day: -1,
                stops: vec![
                    stop(Activity::Start, 0, 900, None),
                    stop(visit, 960, 1260, Some(0)),
                    stop(Activity::Break { rule: 0 }, 1300, 1400, None),
                    stop(Activity::End, 1500, 2000, Some(0)),
                ],
            }],
            roster: Some(Roster {
                claim: Some(RosterClaim {
                    wishes: 12,
                    least: Some(7),
                }),
                seats: vec![Seat {
                    person: "安娜".to_owned(),
                    unit: "car-1".to_owned(),
                    shift: "day".to_owned(),
                    day: 3,
                }],
                made: Some(Made {
                    by: "another program".to_owned(),
                    seed: 2,
                    epochs: 30,
                    schedule: 40,
                    islands: 3,
                }),
                newcomers: vec![NewcomerWorth {
                    tier: "police".to_owned(),
                    hours: 160.0,
                    promises: 300,
                    wishes: -2,
                    protected_risk: 0.25,
                    seats: vec![Place {
                        unit: "car-1".to_owned(),
                        shift: "day".to_owned(),
                        day: 3,
                    }],
                }],
            }),
            paths: vec![Path {
                profile: "car".to_owned(),
                nodes: vec![-1, 5, -2],
                seconds: Seconds(60),
                millimetres: Millimetres(700_000),
            }],
        }
    }

    #[test]
    fn plans_come_back_as_they_were() {
        for plan in [
            plan(),
            Plan {
                version: PLAN_VERSION,
                ..Plan::default()
            },
        ] {
            let text = to_text(&plan).expect("writes");
            assert_eq!(parse(text.as_bytes()).expect("reads"), plan);
            assert_eq!(to_text(&plan).expect("writes"), text);
        }
    }

    #[test]
    fn every_stop_and_path_has_its_line() {
        let text = to_text(&plan()).expect("writes");
        assert!(text.contains("\n {\"kind\":\"visit\",\"target\":\"银行-1\""));
        assert!(text.contains("\n {\"person\":\"安娜\",\"unit\":\"car-1\""));
        assert!(text.contains("\n{\"profile\":\"car\",\"nodes\":[-1,5,-2]"));
    }

    /// The error that `from` -> `to` in a good plan makes.
    fn spoilt(from: &str, to: &str) -> Error {
        let text = to_text(&plan()).expect("writes");
        assert!(text.contains(from), "{from}");
        let text = text.replacen(from, to, 1);
        parse(text.as_bytes()).expect_err("spoilt").0.remove(0)
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let error = spoilt("\"nodes\"", "\"nods\"");
        assert_eq!(error.code, "IO2");
        assert_eq!(error.hint.as_deref(), Some("did you mean `nodes`?"));
        assert_eq!(error.line, Some(17));
        assert_eq!(spoilt("\"version\":1", "\"version\":7").code, "IO3");
        assert_eq!(spoilt("\"version\":1,", "").code, "IO2");
        assert_eq!(
            spoilt("\"kind\":\"visit\"", "\"kind\":\"vist\"").code,
            "IO2"
        );
        assert_eq!(spoilt("\"reverse\"", "\"revers\"").code, "IO2");
        assert_eq!(
            spoilt("\"rule\":0", "\"rule\":0,\"target\":\"x\"").code,
            "IO2"
        );
        assert_eq!(spoilt("\"to\":900", "\"to\":9.5").code, "IO2");
        assert_eq!(spoilt("]\n}", "]").code, "IO2");
    }

    #[test]
    fn a_missing_file_is_named() {
        let errors = read(std::path::Path::new("no/such/plan.json")).expect_err("missing");
        assert_eq!(errors.0[0].code, "IO1");
    }
}
