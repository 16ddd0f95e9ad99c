//! Rosters as tables: `person,day,shift` and, where the file has skills, `skill`; one line for
//! each shift that a person works, days from 0. For people who hand their rosters in, and for
//! rosters that others have made.

use std::path::Path;

use super::Answer;
use super::Shift;
use super::files::named;
use super::files::read_text;
use super::names::hint;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;

/// Errors gathered of one table; what follows is mostly their echo.
const MOST_ERRORS: usize = 20;
/// Columns; the last only where there are skills.
const COLUMNS: [&str; 4] = ["person", "day", "shift", "skill"];

/// What the cells of a roster's table may say.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// Number of days.
    pub days: usize,
    /// Names of the people.
    pub people: &'a [String],
    /// Names of the kinds of shift.
    pub kinds: &'a [String],
    /// Names of the skills; empty in files without skills.
    pub skills: &'a [String],
}

impl Sheet<'_> {
    /// A roster as a table, by person and day.
    ///
    /// # Errors
    /// Internal, when memory does not take text.
    pub fn write(&self, answer: &Answer) -> Result<Vec<u8>> {
        let failed = |e: csv::Error| Error::internal(format!("writing CSV: {e}"));
        let mut writer = csv::Writer::from_writer(Vec::new());
        let columns = self.columns();
        writer.write_record(columns).map_err(failed)?;
        let mut shifts = answer.shifts.clone();
        shifts.sort_unstable();
        for shift in shifts {
            let day = shift.day.to_string();
            let skill = self.skills.get(shift.skill).map_or("", String::as_str);
            let cells = [
                &self.people[shift.person],
                day.as_str(),
                &self.kinds[shift.kind],
                skill,
            ];
            let cells = &cells[..columns.len()];
            writer.write_record(cells).map_err(failed)?;
        }
        let text = writer.into_inner();
        Ok(text.map_err(|e| Error::internal(format!("writing CSV: {e}")))?)
    }

    /// Reads the table of a file.
    ///
    /// # Errors
    /// `IO1`, `B008`, and those of [`Sheet::parse`].
    pub fn read(&self, file: &Path) -> Result<Answer> {
        let text = read_text(file)?;
        self.parse(&text).map_err(|errors| named(errors, file))
    }

    /// Reads a table; columns may stand in any order, and others are not heeded.
    ///
    /// # Errors
    /// `B020` where a column is missing, or a day is none; `B015` where a name is none of the
    /// problem's.
    pub fn parse(&self, text: &str) -> Result<Answer> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let head = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
        let mut errors = Errors::default();
        let mut places = Vec::new();
        for column in self.columns() {
            match head.iter().position(|h| h == *column) {
                Some(place) => places.push(place),
                None => errors.push(
                    wrong(format!("the column `{column}` is missing"))
                        .line(1)
                        .hint(format!(
                            "the first line names the columns: {}",
                            self.columns().join(",")
                        )),
                ),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut answer = Answer::default();
        for record in reader.records() {
            if errors.0.len() >= MOST_ERRORS {
                break;
            }
            let record = record.map_err(|e| wrong(e.to_string()))?;
            let cells = places.iter().map(|&p| record.get(p).unwrap_or(""));
            let line = record.position().map_or(0, csv::Position::line);
            if let Some(shift) = self.shift(&cells.collect::<Vec<_>>(), line, &mut errors) {
                answer.shifts.push(shift);
            }
        }
        errors.0.truncate(MOST_ERRORS);
        errors.into_result(answer)
    }

    fn columns(&self) -> &'static [&'static str] {
        match self.skills.is_empty() {
            true => &COLUMNS[..3],
            false => &COLUMNS,
        }
    }

    /// A row, its cells in the order of the columns.
    fn shift(&self, cells: &[&str], line: u64, errors: &mut Errors) -> Option<Shift> {
        let mut place = |what: &str, name: &str, names: &[String]| {
            let place = names.iter().position(|n| n == name);
            if place.is_none() {
                let error = Error::input("B015", format!("the problem has no {what} of this name"));
                let hint = hint(name, names.iter().map(String::as_str));
                errors.push(error.line(line).value(name).hint(hint));
            }
            place
        };
        let person = place("person", cells[0], self.people);
        let kind = place("shift", cells[2], self.kinds);
        let skill = match cells.get(3) {
            Some(skill) => place("skill", skill, self.skills),
            None => Some(0),
        };
        let day = cells[1].parse().ok().filter(|&d| d < self.days);
        if day.is_none() {
            let hint = format!("days are numbered from 0 to {}", self.days - 1);
            let error = wrong("this is not a day".to_owned()).line(line);
            errors.push(error.value(cells[1]).hint(hint));
        }
        Some(Shift {
            person: person?,
            day: day?,
            kind: kind?,
            skill: skill?,
        })
    }
}

fn wrong(what: String) -> Error {
    let hint = "write one line for each shift that a person works: person,day,shift";
    Error::input("B020", what).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        let (people, kinds, skills) = (names("Ann Bo,b"), names("E L"), names("Nurse Head"));
        let sheet = Sheet {
            days: 7,
            people: &people,
            kinds: &kinds,
            skills: &skills,
        };
        let shift = |person, day, kind, skill| Shift {
            person,
            day,
            kind,
            skill,
        };
        let mut answer = Answer {
            shifts: vec![shift(1, 6, 0, 1), shift(0, 3, 1, 0)],
            ..Answer::default()
        };
        let text = String::from_utf8(sheet.write(&answer).expect("writes")).expect("text");
        let lines = "person,day,shift,skill\nAnn,3,L,Nurse\n\"Bo,b\",6,E,Head\n";
        assert_eq!(text, lines);
        answer.shifts.reverse();
        assert_eq!(sheet.parse(&text).expect("reads"), answer);
        let bare = Sheet {
            skills: &[],
            ..sheet
        };
        let text = "shift, note, person, day\nL, x, Ann, 3\n";
        assert_eq!(bare.parse(text).expect("reads").shifts, [shift(0, 3, 1, 0)]);
        assert_eq!(
            bare.write(&answer).expect("writes")[..17],
            *b"person,day,shift\n"
        );
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        let (people, kinds) = (names("Ann Bob"), names("E L"));
        let sheet = Sheet {
            days: 7,
            people: &people,
            kinds: &kinds,
            skills: &[],
        };
        let told = |text: &str| -> Vec<(&str, Option<u64>)> {
            let errors = sheet.parse(text).expect_err(text);
            assert!(errors.0.iter().all(|e| e.hint.is_some()), "{errors}");
            errors.0.iter().map(|e| (e.code, e.line)).collect()
        };
        assert_eq!(told(""), [("B020", Some(1)); 3]);
        let text = "person,day,shift\nAnn,0,E\nAmm,1,E\nBob,7,E\nBob,-1,E\nBob,1\n";
        let wanted = [
            ("B015", Some(3)),
            ("B020", Some(4)),
            ("B020", Some(5)),
            ("B015", Some(6)),
        ];
        assert_eq!(told(text), wanted);
        let many = format!("person,day,shift\n{}", "x,y,z\n".repeat(100));
        assert_eq!(told(&many).len(), MOST_ERRORS);
    }
}
