//! Effect curves: how protection fades after a visit, cut into exact steps.

use crate::error::Result;
use crate::scenario::fault;
use crate::scenario::gather::Gather;
use crate::scenario::model::Effect;
use crate::scenario::record::Cell;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::scenario::value;
use crate::units::Level;
use crate::units::Seconds;

/// A curve as the planner states it, before it meets a target's standard.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    kind: Kind,
    hold: Age,
    until: Option<Age>,
    grain: u8,
}

#[derive(Clone, Debug)]
enum Kind {
    Step,
    Steps(Vec<(Age, u8)>),
    Linear,
    Exponential(Age),
}

/// An age: a length of time, or a percentage of the standard.
#[derive(Clone, Copy, Debug)]
enum Age {
    Fixed(Seconds),
    Percent(f64),
}

impl Age {
    fn parse(text: &str) -> Option<Self> {
        match text.trim().strip_suffix('%') {
            Some(percent) => value::number(percent)
                .filter(|p| (0.0..=10_000.0).contains(p))
                .map(Self::Percent),
            None => value::duration(text).map(Self::Fixed),
        }
    }

    /// In seconds; `None` for a share of a standard that does not exist.
    fn seconds(self, standard: Option<Seconds>) -> Option<Seconds> {
        match self {
            Self::Fixed(age) => Some(age),
            Self::Percent(percent) => {
                let seconds = standard?.0 as f64 * percent / 100.0;
                Some(Seconds(seconds.floor() as i64))
            }
        }
    }
}

impl Default for Curve {
    /// All until the standard, then nothing.
    fn default() -> Self {
        Self {
            kind: Kind::Step,
            hold: Age::Fixed(Seconds::ZERO),
            until: None,
            grain: 10,
        }
    }
}

/// Reads a curve; what is wrong with it is reported.
pub(crate) fn read(record: &Record, gather: &mut Gather) -> Curve {
    let kind = match record.choice(gather, "kind") {
        Some("steps") => Kind::Steps(steps(record, gather)),
        Some("linear") => Kind::Linear,
        Some("exponential") => match age(record, gather, "half_life") {
            Some(half_life) => Kind::Exponential(half_life),
            None if record.has("half_life") => Kind::Step,
            None => {
                let error = fault::s023_effect("an exponential needs its `half_life`");
                gather.fault(record.at, error);
                Kind::Step
            }
        },
        _ => Kind::Step,
    };
    check_keys(record, &kind, gather);
    let grain = record.whole(gather, "grain").unwrap_or(10);
    if 100 % grain != 0 {
        let error = fault::s023_effect("`grain` must divide 100").value(grain);
        gather.fault(record.at("grain"), error);
    }
    let curve = Curve {
        kind,
        hold: age(record, gather, "hold").unwrap_or(Age::Fixed(Seconds::ZERO)),
        until: age(record, gather, "until"),
        grain: grain as u8,
    };
    check_order(record, &curve, gather);
    curve
}

/// Reports keys that mean nothing to this kind of curve.
fn check_keys(record: &Record, kind: &Kind, gather: &mut Gather) {
    let useless: &[&str] = match kind {
        Kind::Step => &["hold", "half_life", "steps", "grain"],
        Kind::Steps(_) => &["hold", "half_life", "until", "grain"],
        Kind::Linear => &["half_life", "steps"],
        Kind::Exponential(_) => &["steps"],
    };
    let known = ["step", "steps", "linear", "exponential"];
    let named = record.text("kind").filter(|kind| known.contains(kind));
    for key in useless.iter().filter(|key| record.has(key)) {
        if let Some(name) = named {
            let error =
                fault::s023_effect(format!("`{key}` means nothing to a curve of kind {name}"));
            gather.fault(record.at(key), error);
        }
    }
}

/// Reports ages that cannot rise whatever the standard.
fn check_order(record: &Record, curve: &Curve, gather: &mut Gather) {
    let probe = Some(Seconds(1_000_000));
    let both_alike = |a: Age, b: Age| std::mem::discriminant(&a) == std::mem::discriminant(&b);
    let until = curve.until.unwrap_or(Age::Percent(100.0));
    let bounded = curve.until.is_some() || matches!(curve.kind, Kind::Linear);
    if bounded && both_alike(curve.hold, until) && curve.hold.seconds(probe) > until.seconds(probe)
    {
        let error = fault::s023_effect("`hold` lies beyond `until`");
        gather.fault(record.at("hold"), error);
    }
    if let Some(Age::Fixed(Seconds(0)) | Age::Percent(0.0)) = curve.until {
        gather.fault(
            record.at("until"),
            fault::s023_effect("`until` must be more than 0"),
        );
    }
    if let Kind::Exponential(Age::Fixed(Seconds(0)) | Age::Percent(0.0)) = curve.kind {
        gather.fault(
            record.at("half_life"),
            fault::s023_effect("`half_life` must be more than 0"),
        );
    }
}

fn age(record: &Record, gather: &mut Gather, name: &str) -> Option<Age> {
    let cell = record.cell(name)?;
    let age = Age::parse(cell.text());
    if age.is_none() {
        gather.fault(cell.at, fault::s010_duration(name, cell.text()));
    }
    age
}

/// The pairs of a `steps` curve.
fn steps(record: &Record, gather: &mut Gather) -> Vec<(Age, u8)> {
    let Some(Cell {
        raw: Raw::List(pairs),
        ..
    }) = record.cell("steps")
    else {
        if !record.has("steps") {
            gather.fault(
                record.at,
                fault::s023_effect("a curve of kind steps needs its `steps`"),
            );
        }
        return Vec::new();
    };
    let mut steps: Vec<(Age, u8)> = Vec::new();
    for pair in pairs {
        match step(pair) {
            Ok(step) if steps.last().is_none_or(|last| step.1 < last.1) => steps.push(step),
            Ok(_) => {
                let error = fault::s023_effect("levels must fall from step to step");
                gather.fault(pair.at, error);
            }
            Err(errors) => gather.faults(pair.at, errors),
        }
    }
    if pairs.is_empty() {
        gather.fault(record.at("steps"), fault::s023_effect("`steps` is empty"));
    }
    steps
}

fn step(pair: &Cell) -> Result<(Age, u8)> {
    let (age, level) = match &pair.raw {
        Raw::List(cells) => match &cells[..] {
            [age, level] => (age.text(), level.text()),
            _ => ("", ""),
        },
        _ => ("", ""),
    };
    let parsed = Age::parse(age).ok_or_else(|| fault::s010_duration("steps", age))?;
    let percent = value::number(level).filter(|n| n.fract() == 0.0 && (1.0..=100.0).contains(n));
    match percent {
        Some(percent) => Ok((parsed, percent as u8)),
        None => Err(
            fault::s023_effect("a level is a whole percentage from 1 to 100")
                .value(level)
                .into(),
        ),
    }
}

impl Curve {
    /// The curve for a target with this standard. `Ok(None)`: it refers to a standard that
    /// the target does not have. An error when ages do not rise.
    pub(crate) fn effect(&self, standard: Option<Seconds>) -> Result<Option<Effect>> {
        let until = self.until.unwrap_or(Age::Percent(100.0)).seconds(standard);
        let hold = self.hold.seconds(standard);
        let steps = match (&self.kind, hold, until) {
            (Kind::Step, _, Some(until)) => vec![(until, Level::FULL)],
            (Kind::Linear, Some(hold), Some(until)) if hold <= until => {
                self.cut(|level| hold.0 as f64 + (until - hold).0 as f64 * (1.0 - level))
            }
            (Kind::Linear, Some(_), Some(_)) => {
                return Err(
                    fault::s023_effect("`hold` lies beyond `until` for this standard").into(),
                );
            }
            (Kind::Exponential(half_life), Some(hold), until) => {
                let Some(half_life) = half_life.seconds(standard) else {
                    return Ok(None);
                };
                let mut steps = self.cut(|level| hold.0 as f64 - half_life.0 as f64 * level.log2());
                if self.until.is_some() {
                    let Some(until) = until else { return Ok(None) };
                    truncate(&mut steps, until);
                }
                steps
            }
            (Kind::Steps(pairs), ..) => {
                let mut steps = Vec::new();
                for (age, level) in pairs {
                    let Some(age) = age.seconds(standard) else {
                        return Ok(None);
                    };
                    if steps.last().is_some_and(|(last, _)| age <= *last) {
                        return Err(fault::s023_effect("ages must rise from step to step").into());
                    }
                    steps.push((age, Level(*level)));
                }
                steps
            }
            _ => return Ok(None),
        };
        Ok(Some(Effect { steps }))
    }

    /// Steps of `grain` percent: the level at an age is the curve rounded to the nearest
    /// multiple. `age_of` inverts the curve: the age at which it passes a level in (0, 1).
    fn cut(&self, age_of: impl Fn(f64) -> f64) -> Vec<(Seconds, Level)> {
        let grain = f64::from(self.grain.max(1));
        let mut steps: Vec<(Seconds, Level)> = Vec::new();
        let mut level = 100.0;
        while level >= grain {
            let until = Seconds(age_of((level - grain / 2.0) / 100.0).floor() as i64);
            // A step of no length says nothing, except that age 0 counts as protected.
            if steps.last().is_none_or(|(last, _)| until > *last) {
                steps.push((until, Level(level as u8)));
            }
            level -= grain;
        }
        steps
    }
}

/// Drops what lies beyond an age.
fn truncate(steps: &mut Vec<(Seconds, Level)>, until: Seconds) {
    let kept = steps.partition_point(|(age, _)| *age < until);
    if let Some(last) = steps.get_mut(kept) {
        last.0 = until;
        steps.truncate(kept + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(kind: Kind, hold: Age, until: Option<Age>, grain: u8) -> Curve {
        Curve {
            kind,
            hold,
            until,
            grain,
        }
    }

    /// Area below the steps, in seconds of full protection.
    fn area(effect: &Effect) -> f64 {
        let mut last = 0;
        let mut area = 0.0;
        for (until, level) in &effect.steps {
            area += (until.0 - last) as f64 * level.fraction();
            last = until.0;
        }
        area
    }

    #[test]
    fn the_default_is_full_until_the_standard() {
        let effect = Curve::default().effect(Some(Seconds(600)));
        let expected = vec![(Seconds(600), Level::FULL)];
        assert_eq!(effect, Ok(Some(Effect { steps: expected })));
        assert_eq!(Curve::default().effect(None), Ok(None));
    }

    #[test]
    fn a_straight_line_keeps_its_area() {
        let line = curve(
            Kind::Linear,
            Age::Percent(50.0),
            Some(Age::Percent(150.0)),
            10,
        );
        let effect = line
            .effect(Some(Seconds(3600)))
            .expect("rises")
            .expect("standard");
        assert_eq!(effect.steps.len(), 10);
        assert_eq!(effect.steps[0], (Seconds(1980), Level(100)));
        assert!((area(&effect) - 3600.0).abs() < 10.0);
    }

    #[test]
    fn an_exponential_halves_and_can_be_cut() {
        let half = Age::Fixed(Seconds(1800));
        let full = curve(Kind::Exponential(half), Age::Fixed(Seconds(0)), None, 2);
        let effect = full
            .effect(None)
            .expect("rises")
            .expect("no standard needed");
        let exact = 1800.0 / std::f64::consts::LN_2;
        assert!((area(&effect) / exact - 1.0).abs() < 0.02);
        let at_half_life = effect.steps.iter().find(|(until, _)| until.0 >= 1800);
        assert_eq!(at_half_life.map(|s| s.1), Some(Level(50)));
        let cut = curve(
            Kind::Exponential(half),
            Age::Fixed(Seconds(0)),
            Some(Age::Fixed(Seconds(1000))),
            10,
        );
        let effect = cut
            .effect(None)
            .expect("rises")
            .expect("no standard needed");
        assert_eq!(effect.steps.last().map(|s| s.0), Some(Seconds(1000)));
    }

    #[test]
    fn steps_must_rise() {
        let pairs = vec![(Age::Percent(50.0), 100), (Age::Fixed(Seconds(60)), 50)];
        let steps = curve(Kind::Steps(pairs), Age::Fixed(Seconds(0)), None, 10);
        assert!(steps.effect(Some(Seconds(100))).is_ok());
        assert!(steps.effect(Some(Seconds(1000))).is_err());
    }
}
