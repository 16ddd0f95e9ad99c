//! What a plan is written as: the plan itself, its routes, its report.

use super::args::Lang;
use crate::check::Verdict;
use crate::error::Result;
use crate::io;
use crate::plan::Plan;
use crate::report;
use crate::world::World;

/// A file of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The plan.
    Plan,
    /// Routes and places, for map programs.
    Routes,
    /// The page for people.
    Report,
}

impl Kind {
    /// Its name in a folder of results.
    pub(super) fn file_name(self) -> &'static str {
        match self {
            Self::Plan => "plan.json",
            Self::Routes => "routes.geojson",
            Self::Report => "report.html",
        }
    }
}

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
}

impl Checked<'_> {
    /// The content of one file.
    pub(super) fn make(self, kind: Kind) -> Result<String> {
        Ok(match kind {
            Kind::Plan => io::plan::to_text(self.plan)?,
            Kind::Routes => report::geojson(self.world, self.plan, self.verdict),
            Kind::Report => report::html(self.world, self.plan, self.verdict, self.lang.into()),
        })
    }

    /// The contents of several files with their usual names.
    pub(super) fn files(self, kinds: &[Kind]) -> Result<Vec<(&'static str, String)>> {
        let file = |&kind: &Kind| Ok((kind.file_name(), self.make(kind)?));
        kinds.iter().map(file).collect()
    }

    /// The summary that a planner reads in ten seconds.
    pub(super) fn summary(self) -> String {
        report::summary(self.world, self.plan, self.verdict, self.lang.into())
    }
}
