//! What a plan is written as: the plan itself, its routes, its report, its roster.

use super::args::Lang;
use super::folder::CALENDARS;
use crate::check::Verdict;
use crate::error::Result;
use crate::io;
use crate::plan::Plan;
use crate::report;
use crate::world::World;

/// A kind of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The plan.
    Plan,
    /// Routes and places, for map programs.
    Routes,
    /// The page for people.
    Report,
    /// The roster, seat by seat.
    List,
    /// The roster, people by days.
    Grid,
    /// A calendar for each person.
    Calendars,
}

/// What is made of a plan beside the plan itself.
pub(super) const SHOWN: [Kind; 5] = [
    Kind::Routes,
    Kind::Report,
    Kind::List,
    Kind::Grid,
    Kind::Calendars,
];

/// A file of results: its name in a folder of results, with `/` where it lies in a folder of its
/// own, and what stands in it.
pub(super) type File = (String, String);

/// A plan with what results are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked<'a> {
    /// What was asked.
    pub(super) world: &'a World,
    /// What is answered.
    pub(super) plan: &'a Plan,
    /// What the checker says.
    pub(super) verdict: &'a Verdict,
    /// Language of labels.
    pub(super) lang: Lang,
    /// Number of the roster, for calendars.
    pub(super) revision: u32,
}

impl Checked<'_> {
    /// The files of several kinds under their usual names.
    pub(super) fn files(self, kinds: &[Kind]) -> Result<Vec<File>> {
        let mut files = Vec::new();
        for kind in kinds {
            files.extend(self.make(*kind)?);
        }
        Ok(files)
    }

    /// The files of a kind; none of a roster where the plan has none.
    pub(super) fn make(self, kind: Kind) -> Result<Vec<File>> {
        let (world, plan, verdict) = (self.world, self.plan, self.verdict);
        let lang = self.lang.into();
        let (name, text) = match kind {
            Kind::Plan => ("plan.json", Some(io::plan::to_text(plan)?)),
            Kind::Routes => (
                "routes.geojson",
                Some(report::geojson(world, plan, verdict)),
            ),
            Kind::Report => (
                "report.html",
                Some(report::html(world, plan, verdict, lang)),
            ),
            Kind::List => ("roster.csv", report::roster_list(world, plan, lang)?),
            Kind::Grid => (
                "roster-grid.csv",
                report::roster_grid(world, plan, verdict, lang)?,
            ),
            Kind::Calendars => return Ok(self.calendars()),
        };
        let file = text.map(|text| (name.to_owned(), text));
        Ok(file.into_iter().collect())
    }

    fn calendars(self) -> Vec<File> {
        let lang = self.lang.into();
        let calendars = report::calendars(self.world, self.plan, lang, self.revision);
        let file = |c: report::Calendar| (format!("{CALENDARS}/{}", c.file), c.text);
        calendars.into_iter().flatten().map(file).collect()
    }

    /// The summary that a planner reads in ten seconds.
    pub(super) fn summary(self) -> String {
        report::summary(self.world, self.plan, self.verdict, self.lang.into())
    }
}
