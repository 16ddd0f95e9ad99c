//! `roundsman roster patterns`: patterns of shifts and what they come to.

use std::fmt::Write as _;

use crate::check::roster::PatternFigures;
use crate::check::roster::pattern_figures;
use crate::cli::Outcome;
use crate::cli::args::Lang;
use crate::cli::say;
use crate::error::Error;
use crate::error::Result;
use crate::error::nearest;
use crate::scenario::RuleKind;
use crate::scenario::RuleSet;
use crate::scenario::patterns;
use crate::scenario::patterns::Pattern;
use crate::scenario::rule_sets;

/// Arguments of `roster patterns`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman roster patterns                  all of them, one a line
  roundsman roster patterns dupont           one of them, day by day
  roundsman roster patterns 24-48 --lang zh  中文
  roundsman roster patterns --json           everything as one JSON list

Every figure is worked out by the checker from the days of the cycle, with one person in each crew
and a contract of 40 hours a week. docs/formats.md tells how a scenario uses a pattern.")]
pub(super) struct Args {
    /// Which pattern; default all
    name: Option<String>,
    /// Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let sets = rule_sets()?;
    let chosen: Vec<&Pattern> = match &args.name {
        None => patterns::ALL.iter().collect(),
        Some(name) => vec![find(name)?],
    };
    let figures = chosen.iter().map(|pattern| pattern_figures(pattern, &sets));
    let figures: Vec<PatternFigures> = figures.collect();
    let words = Words(args.lang);
    if args.json {
        say::json(&figures)?;
    } else if let (Some(_), [pattern], [figures]) = (&args.name, &chosen[..], &figures[..]) {
        say::data(&words.one(pattern, figures, &sets))?;
    } else {
        say::data(&words.all(&chosen, &figures))?;
    }
    Ok(Outcome::Sound)
}

/// The pattern of a key or a name.
fn find(name: &str) -> Result<&'static Pattern> {
    let mut named = patterns::ALL.iter();
    let found = named.find(|pattern| [pattern.key, pattern.name, pattern.zh].contains(&name));
    found.ok_or_else(|| {
        let keys = || patterns::ALL.iter().map(|pattern| pattern.key);
        let hint = match nearest(name, keys()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", keys().collect::<Vec<_>>().join(", ")),
        };
        let error = Error::input("A3", "unknown pattern").value(name);
        error.hint(hint).into()
    })
}

/// Says things in one language.
struct Words(Lang);

impl Words {
    fn say<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        match self.0 {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    fn name(&self, pattern: &Pattern) -> &'static str {
        match self.0 {
            Lang::En => pattern.name,
            Lang::Zh => pattern.zh,
        }
    }

    fn rules(&self, kinds: &[RuleKind]) -> String {
        let word = |kind: &RuleKind| match self.0 {
            Lang::En => kind.word(),
            Lang::Zh => kind.zh(),
        };
        let words: Vec<&str> = kinds.iter().map(word).collect();
        words.join(self.say(", ", "、"))
    }

    /// All patterns, one a line.
    fn all(&self, chosen: &[&Pattern], figures: &[PatternFigures]) -> String {
        let head = [
            self.say("pattern", "模式"),
            self.say("crews", "班数"),
            self.say("cycle", "周期"),
            self.say("week", "周均"),
            self.say("longest", "最长周"),
            self.say("run", "连班"),
            self.say("nights", "连夜"),
            self.say("rest", "最短休"),
            self.say("per post", "每岗人数"),
            self.say("breaks", "违反"),
        ];
        let mut rows = vec![head.map(str::to_owned)];
        for (pattern, f) in chosen.iter().zip(figures) {
            let broken = f.sets.iter().filter(|set| !set.broken.is_empty());
            let sets: Vec<&str> = broken.map(|set| set.set).collect();
            rows.push([
                match self.0 {
                    Lang::En => pattern.key.to_owned(),
                    Lang::Zh => format!("{} {}", pattern.key, pattern.zh),
                },
                f.crews.to_string(),
                f.cycle_days.to_string(),
                hours(f.average_week),
                hours(f.longest_week),
                f.longest_run.to_string(),
                f.nights_in_a_row.to_string(),
                hours(f.shortest_rest),
                f.people_per_post.map_or("-".to_owned(), hours),
                match sets.is_empty() {
                    true => "-".to_owned(),
                    false => sets.join(" "),
                },
            ]);
        }
        let note = self.say(
            "Days of the cycle; hours a week on average, most in 7 days; most days and nights in a row; least\n\
             hours of rest; people per post of one person round the clock; rule sets of which a rule is broken.",
            "周期为天数；周均工时、任意七天最多工时；最多连续工作日与夜班；最短休息小时；\n\
             每个全天候单人岗所需人数；有规则被违反的规则集。",
        );
        format!("{}\n{note}", table(&rows))
    }

    /// One pattern: its days, its figures, what it breaks.
    fn one(&self, pattern: &Pattern, f: &PatternFigures, sets: &[RuleSet]) -> String {
        let mut text = format!("{}  ({})\n\n", self.name(pattern), pattern.key);
        text += &self.picture(pattern);
        text.push('\n');
        for turn in pattern.turns {
            let letter = if self.0 == Lang::Zh {
                turn.zh
            } else {
                turn.letter
            };
            let end = (turn.start + turn.hours) % 24;
            let (start, hours) = (turn.start, turn.hours);
            let unit = self.say("h", "小时");
            let _ = writeln!(text, "{letter}  {start:02}:00-{end:02}:00  {hours} {unit}");
        }
        let rows = [
            (
                self.say("cycle", "周期"),
                format!("{} {}", f.cycle_days, self.say("days", "天")),
            ),
            (self.say("crews", "班数"), f.crews.to_string()),
            (self.say("average week", "周均工时"), hours(f.average_week)),
            (self.say("longest week", "最长一周"), hours(f.longest_week)),
            (
                self.say("longest run", "最长连班"),
                f.longest_run.to_string(),
            ),
            (
                self.say("nights in a row", "连续夜班"),
                f.nights_in_a_row.to_string(),
            ),
            (
                self.say("shortest rest", "最短休息"),
                hours(f.shortest_rest),
            ),
            (
                self.say("crews on duty", "同时在岗班数"),
                format!("{}-{}", f.least_on_duty, f.most_on_duty),
            ),
            (
                self.say("round the clock", "全天覆盖"),
                self.say(
                    if f.least_on_duty > 0 { "yes" } else { "no" },
                    if f.least_on_duty > 0 { "是" } else { "否" },
                )
                .to_owned(),
            ),
            (
                self.say("overlap, h a day", "日均重叠小时"),
                hours(f.overlap),
            ),
            (
                self.say("people per post", "每岗人数"),
                f.people_per_post.map_or("-".to_owned(), hours),
            ),
        ];
        text.push('\n');
        let rows: Vec<[String; 2]> = rows.into_iter().map(|(k, v)| [k.to_owned(), v]).collect();
        text += &table(&rows);
        text.push('\n');
        for (said, set) in f.sets.iter().zip(sets) {
            let name = match (self.0, &set.name.zh) {
                (Lang::Zh, Some(zh)) => zh,
                _ => &set.name.plain,
            };
            let broken = match said.broken.is_empty() {
                true => self.say("keeps every rule", "未违反").to_owned(),
                false => format!(
                    "{} {}",
                    self.say("breaks", "违反"),
                    self.rules(&said.broken)
                ),
            };
            let wishes = match said.wishes.is_empty() {
                true => String::new(),
                false => {
                    let against = self.say("; against the wishes", "；有悖意愿");
                    format!("{against} {}", self.rules(&said.wishes))
                }
            };
            let _ = writeln!(text, "{name}: {broken}{wishes}");
        }
        text
    }

    /// Crews by days, four weeks at most.
    fn picture(&self, pattern: &Pattern) -> String {
        let mut text = String::new();
        for crew in 0..pattern.crews() {
            let _ = write!(text, "{} {:<2} ", self.say("crew", "班"), crew + 1);
            for day in 0..pattern.length() {
                if day > 0 && day % 7 == 0 {
                    text.push(' ');
                }
                let turn = pattern
                    .turn(crew, day as i64)
                    .map(|turn| &pattern.turns[turn]);
                text.push(match (turn, self.0) {
                    (None, Lang::En) => '·',
                    (None, Lang::Zh) => '休',
                    (Some(turn), Lang::En) => turn.letter,
                    (Some(turn), Lang::Zh) => turn.zh,
                });
            }
            text.push('\n');
        }
        text
    }
}

/// Whole hours without a point, others with one digit behind it.
fn hours(value: f64) -> String {
    match value.fract().abs() < 1e-9 {
        true => format!("{value:.0}"),
        false => format!("{value:.1}"),
    }
}

/// Rows in columns. Characters of Chinese take two places.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(places(cell));
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line += cell;
            line += &" ".repeat(width + 2 - places(cell));
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Places that a text takes on a terminal.
fn places(text: &str) -> usize {
    text.chars()
        .map(|c| if c < '\u{2e80}' { 1 } else { 2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_drawn_day_by_day() {
        let dupont = find("dupont").expect("there");
        let picture = Words(Lang::En).picture(dupont);
        assert!(
            picture.starts_with("crew 1  NNNN··· DDD·NNN ···DDDD ·······\n"),
            "{picture}"
        );
        assert!(
            Words(Lang::Zh)
                .picture(dupont)
                .contains("夜夜夜夜休休休 白白白休")
        );
        assert_eq!(
            find("四班三运转").expect("there").key,
            "four-crew-three-shift"
        );
        assert!(find("duponte").is_err());
    }
}
