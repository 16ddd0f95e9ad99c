//! What a pattern comes to, found by laying out its crews day by day and judging them as people.

use jiff::civil::date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::figures::Figures;
use super::figures::figures;
use super::life::Life;
use super::life::Spell;
use super::person::judge;
use crate::ids::Id as _;
use crate::ids::ShiftId;
use crate::scenario::Binds;
use crate::scenario::Days;
use crate::scenario::Rule;
use crate::scenario::RuleKind;
use crate::scenario::RuleSet;
use crate::scenario::holding;
use crate::scenario::patterns::Pattern;
use crate::units::Seconds;

/// Contract that overtime is counted against, hours a week.
const CONTRACT: Seconds = Seconds(40 * 3600);
/// Days that are laid out, at least: three months.
const LAID_OUT: usize = 84;
/// Days before them that are known, at least.
const KNOWN: usize = 28;
const DAY: i64 = 86_400;

/// What a pattern comes to, with one person in each crew.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatternFigures {
    /// Key of the pattern.
    pub pattern: &'static str,
    /// Days after which everything repeats.
    pub cycle_days: usize,
    /// Crews.
    pub crews: usize,
    /// Hours a week on average.
    pub average_week: f64,
    /// Most hours in any 7 days.
    pub longest_week: f64,
    /// Most days of work in a row.
    pub longest_run: i64,
    /// Most nights in a row.
    pub nights_in_a_row: i64,
    /// Least hours from the end of one duty to the start of the next.
    pub shortest_rest: f64,
    /// Fewest crews on duty at any time.
    pub least_on_duty: usize,
    /// Most crews on duty at any time.
    pub most_on_duty: usize,
    /// Hours a day, on average, with more crews on duty than the fewest.
    pub overlap: f64,
    /// People for a post of one person round the clock; `None` where it is not always manned.
    /// Leave and sickness come on top.
    pub people_per_post: Option<f64>,
    /// What each rule set says of it, for a contract of 40 hours a week.
    pub sets: Vec<SetBreaches>,
}

/// The rules of a set that a pattern breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetBreaches {
    /// Key of the set.
    pub set: &'static str,
    /// Rules that may not be broken.
    pub broken: Vec<RuleKind>,
    /// Rules that have a price.
    pub wishes: Vec<RuleKind>,
}

/// Works out a pattern.
pub fn pattern_figures(pattern: &Pattern, sets: &[RuleSet]) -> PatternFigures {
    let length = pattern.length().max(1);
    // Whole cycles and whole weeks, so that averages are exact.
    let count = length * 7 * LAID_OUT.div_ceil(length * 7);
    let before = length * KNOWN.div_ceil(length);
    let monday = date(2024, 1, 1).to_zoned(TimeZone::UTC).unwrap_or_default();
    let days = Days::new(&monday, -(before as i32), count as i32);
    let crews: Vec<Vec<Spell>> = (0..pattern.crews())
        .map(|c| spells(pattern, c, &days))
        .collect();
    let night = |rule: &&Rule| rule.kind == RuleKind::NightDuty;
    let of_crew = |spells: &Vec<Spell>| {
        let rules = sets.first().map_or(&[][..], |set| &set.rules);
        let nights: Vec<&Rule> = rules.iter().filter(night).collect();
        figures(&Life::new(&days, spells.clone(), &nights))
    };
    let figures: Vec<Figures> = crews.iter().map(of_crew).collect();
    let most = |of: fn(&Figures) -> i64| figures.iter().map(of).max().unwrap_or(0);
    let manning = manning(&crews, Seconds(count as i64 * DAY));
    PatternFigures {
        pattern: pattern.key,
        cycle_days: length,
        crews: crews.len(),
        average_week: most(|f| f.work.0) as f64 * 7.0 / count as f64 / 3600.0,
        longest_week: Seconds(most(|f| f.longest_week.0)).hours(),
        longest_run: most(|f| f.longest_run),
        nights_in_a_row: most(|f| f.nights_in_a_row),
        shortest_rest: shortest_rest(&figures).hours(),
        least_on_duty: manning.least,
        most_on_duty: manning.most,
        overlap: manning.beyond.hours() / count as f64,
        people_per_post: (manning.least > 0).then(|| crews.len() as f64 / manning.least as f64),
        sets: sets
            .iter()
            .map(|set| breaches(set, &crews, &days))
            .collect(),
    }
}

fn shortest_rest(figures: &[Figures]) -> Seconds {
    let rests = figures.iter().filter_map(|f| f.shortest_rest);
    rests.min().unwrap_or_default()
}

/// What a crew works on the days laid out.
fn spells(pattern: &Pattern, crew: usize, days: &Days) -> Vec<Spell> {
    let on = |day: i32| {
        let turn = pattern.turn(crew, day.into())?;
        let (clock, length) = (pattern.turns[turn].start, pattern.turns[turn].hours);
        let start = Seconds(i64::from(day) * DAY + clock * 3600);
        Some(Spell {
            day,
            shift: ShiftId::new(turn),
            span: crate::units::Span::new(start, start + Seconds(length * 3600)),
            clock: Seconds(clock * 3600),
        })
    };
    days.known().filter_map(on).collect()
}

/// How many crews are on duty.
struct Manning {
    least: usize,
    most: usize,
    /// Time with more than the fewest.
    beyond: Seconds,
}

fn manning(crews: &[Vec<Spell>], horizon: Seconds) -> Manning {
    let spans = || crews.iter().flatten().map(|spell| spell.span);
    let mut times: Vec<Seconds> = spans().flat_map(|span| [span.start, span.end]).collect();
    times.extend([Seconds::ZERO, horizon]);
    times.retain(|at| (Seconds::ZERO..=horizon).contains(at));
    times.sort_unstable();
    times.dedup();
    let on_duty = |at: Seconds| spans().filter(|s| s.start <= at && at < s.end).count();
    let mut pieces: Vec<(usize, Seconds)> = Vec::new();
    for piece in times.windows(2) {
        pieces.push((on_duty(piece[0]), piece[1] - piece[0]));
    }
    let counts = || pieces.iter().map(|(count, _)| *count);
    let least = counts().min().unwrap_or(0);
    let beyond = pieces.iter().filter(|(count, _)| *count > least);
    Manning {
        least,
        most: counts().max().unwrap_or(0),
        beyond: beyond.map(|(_, length)| *length).sum(),
    }
}

/// What a set says of the crews.
fn breaches(set: &RuleSet, crews: &[Vec<Spell>], days: &Days) -> SetBreaches {
    let rules = holding(&set.rules, Binds::Person, |_| Some(0));
    let mut broken = Vec::new();
    let mut wishes = Vec::new();
    for spells in crews {
        let mut life = Life::new(days, spells.clone(), &rules);
        life.contract_week = CONTRACT;
        for breach in judge(&life, &rules) {
            match breach.weight {
                None => broken.push(breach.kind),
                Some(_) => wishes.push(breach.kind),
            }
        }
    }
    for kinds in [&mut broken, &mut wishes] {
        kinds.sort_unstable();
        kinds.dedup();
    }
    SetBreaches {
        set: set.key,
        broken,
        wishes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::patterns::find;
    use crate::scenario::rule_sets;

    fn of(key: &str) -> PatternFigures {
        let sets = rule_sets().expect("sound");
        pattern_figures(find(key).expect("a pattern"), &sets)
    }

    /// Averages of the literature, hours a week.
    #[test]
    fn averages_are_those_of_the_literature() {
        for (key, hours) in [
            ("four-crew-three-shift", 42.0),
            ("five-crew-three-shift", 33.6),
            ("three-crew-two-shift", 56.0),
            ("pitman", 42.0),
            ("panama", 42.0),
            ("dupont", 42.0),
            ("four-on-four-off", 42.0),
            ("4x10", 40.0),
            ("24-48", 56.0),
            ("24-72", 42.0),
            ("24-36", 67.2),
        ] {
            let found = of(key).average_week;
            assert!((found - hours).abs() < 1e-9, "{key}: {found}");
        }
    }

    #[test]
    fn runs_and_rests_are_those_of_the_literature() {
        let dupont = of("dupont");
        assert_eq!((dupont.longest_week, dupont.longest_run), (72.0, 4));
        // Three nights end on the morning of the one day off, and the days begin a day later.
        assert_eq!(dupont.shortest_rest, 12.0);
        for key in ["pitman", "panama"] {
            let found = of(key);
            assert_eq!((found.longest_run, found.longest_week), (3, 60.0), "{key}");
        }
        assert_eq!(of("24-48").shortest_rest, 48.0);
        assert_eq!(of("24-72").shortest_rest, 72.0);
        assert_eq!(of("24-36").shortest_rest, 36.0);
        assert_eq!(of("four-on-four-off").nights_in_a_row, 4);
    }

    #[test]
    fn every_pattern_mans_a_post_round_the_clock() {
        for pattern in crate::scenario::patterns::ALL {
            let found = of(pattern.key);
            assert!(found.least_on_duty >= 1, "{}", pattern.key);
        }
        let four = of("four-crew-three-shift");
        assert_eq!((four.most_on_duty, four.people_per_post), (1, Some(4.0)));
        assert_eq!(of("five-crew-three-shift").people_per_post, Some(5.0));
        // Two crews of the five are always on duty.
        assert_eq!(of("24-36").people_per_post, Some(2.5));
        // Bands of ten hours overlap by six, and on one day in seven both crews of each band
        // work, so that more than one is on duty all day: (6 * 6 + 24) / 7, less the hours of
        // the nights about it.
        let tens = of("4x10");
        assert_eq!((tens.crews, tens.least_on_duty), (6, 1));
        assert!(tens.overlap >= 6.0, "{}", tens.overlap);
    }

    #[test]
    fn sets_are_broken_by_the_rules_that_one_expects() {
        let breaks = |key: &str, set: usize| of(key).sets[set].broken.clone();
        use RuleKind::*;
        assert_eq!(breaks("24-48", 0), [RestBetweenDuties, HoursAverage]);
        assert_eq!(breaks("24-72", 0), [RestBetweenDuties]);
        assert_eq!(
            breaks("three-crew-two-shift", 0),
            [RestPerWeek, HoursAverage]
        );
        assert_eq!(breaks("pitman", 0), []);
        assert_eq!(breaks("24-48", 1), [HoursPerDay, OvertimePerMonth]);
    }
}
