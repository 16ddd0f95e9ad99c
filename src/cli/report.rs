//! `roundsman report`: the results of a plan, written again.

use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;

use super::Outcome;
use super::args;
use super::args::Lang;
use super::folder::Folder;
use super::outputs::Checked;
use super::outputs::File;
use super::outputs::Kind;
use super::outputs::SHOWN;
use super::say;
use crate::check::check;
use crate::error::Error;
use crate::error::Result;
use crate::io;

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman report maps/bulebel out/plan.json -o week48.html
  roundsman report maps/bulebel out/plan.json -o routes.geojson
  roundsman report maps/bulebel out/plan.json -o roster.csv
  roundsman report maps/bulebel out/plan.json -o out --lang zh
  roundsman report maps/bulebel out/plan.json -o out --revision 2

The report is one file that opens without a network. Its figures are the checker's; a plan that
is not valid gets a report too, which says so, and exit code 1.")]
pub(super) struct Args {
    /// The scenario: its folder, or its scenario.toml
    scenario: PathBuf,
    /// The plan
    plan: PathBuf,
    /// A file .html, .geojson or .csv (the roster, seat by seat), or a folder for all results
    #[arg(short, long, value_name = "FILE|DIR")]
    out: PathBuf,
    /// Language of the report to begin with (the page can switch), of lists and calendars
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Number of the roster, higher for each that is given out: calendars then take its duties
    /// for newer than those they have
    #[arg(long, value_name = "N", default_value_t = 0)]
    revision: u32,
    /// Print nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// What is to be written where.
struct Goal {
    folder: Folder,
    /// The one file wanted, `None` for all of them under their usual names.
    file: Option<(String, Kind)>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let plan = io::plan::read(&args.plan)?;
    let goal = Goal::of(&args.out)?;
    let world = args::world(&args.scenario)?;
    if !args.quiet {
        args::warn(&world);
    }
    let verdict = check(&world, &plan);
    let checked = Checked {
        world: &world,
        plan: &plan,
        verdict: &verdict,
        lang: args.lang,
        revision: args.revision,
    };
    let files = match &goal.file {
        Some((name, kind)) => named(name, checked.make(*kind)?)?,
        None => checked.files(&SHOWN)?,
    };
    let places = goal.folder.write(&files)?;
    if !args.quiet {
        say::places(&places);
    }
    Ok(Outcome::of(&verdict))
}

/// The one file wanted, under the name wanted.
fn named(name: &str, made: Vec<File>) -> Result<Vec<File>> {
    if made.is_empty() {
        let error = Error::input("A4", "the plan has no roster to list");
        return Err(error.hint("name an .html or .geojson file").into());
    }
    let named = made.into_iter();
    Ok(named.map(|(_, text)| (name.to_owned(), text)).collect())
}

impl Goal {
    /// By the ending of the path: a file, or else a folder.
    fn of(out: &Path) -> Result<Self> {
        let kind = match out.extension().and_then(OsStr::to_str) {
            Some("html" | "htm") => Kind::Report,
            Some("geojson" | "json") => Kind::Routes,
            Some("csv") => Kind::List,
            Some(other) if !out.is_dir() => {
                let error = Error::input("A1", "no such kind of report").value(other);
                return Err(error
                    .hint("end -o with .html, .geojson, .csv, or name a folder")
                    .into());
            }
            _ => {
                let folder = Folder::open(out)?;
                return Ok(Self { folder, file: None });
            }
        };
        let parent = out.parent().filter(|p| !p.as_os_str().is_empty());
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            folder: Folder::open(parent.unwrap_or(Path::new(".")))?,
            file: Some((name.into_owned(), kind)),
        })
    }
}
