//! `roundsman map table`: travel between points of one's own.

use std::path::Path;
use std::path::PathBuf;

use super::write;
use super::write::Question;
use crate::cli::Outcome;
use crate::cli::clock::Watch;
use crate::cli::say;
use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::ids::ProfileId;
use crate::par;
use crate::roads::Miss;
use crate::roads::Pace;
use crate::roads::Placed;
use crate::roads::RoadGraph;
use crate::roads::Snap;
use crate::roads::profile::Profile;
use crate::roads::read::Format;
use crate::roads::read::Points;
use crate::roads::read::read;
use crate::travel::Leg;
use crate::travel::Router;
use crate::travel::Scratch;

/// Arguments of `map table`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  roundsman map table maps/bulebel/roads.osm.pbf maps/bulebel/sites.csv -o travel.csv
  roundsman map table roads.osm.pbf points.csv --profile ebike --places places.csv
  roundsman map table roads.osm.pbf points.csv --pairs pairs.csv --routes routes.geojson
  roundsman map table nodes.csv points.csv --edges edges.csv --profile van.toml --urgent

POINTS is a CSV with the columns id, lon, lat (id, x, y on a planar map); others are left alone.
The result is a CSV of from, to, seconds, metres: the fastest way, of equally fast ones a shortest,
exact to a thousandth. Cells stay empty where there is no way. What each step took is told on
stderr. docs/cli.md tells more.")]
pub(super) struct Args {
    /// The road file; of a CSV pair, the nodes
    roads: PathBuf,
    /// The points
    points: PathBuf,
    /// The edges of a CSV pair
    #[arg(long, value_name = "FILE")]
    edges: Option<PathBuf>,
    /// Way of moving: car, ebike, foot, or a .toml file of your own
    #[arg(long, value_name = "PROFILE", default_value = "car")]
    profile: String,
    /// At the pace of an emergency, not of a patrol
    #[arg(long)]
    urgent: bool,
    /// A CSV with the columns from, to: only these pairs, in this order [default: all]
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// How far a point may lie from the road it is put on, metres
    #[arg(long, value_name = "METRES", default_value_t = 100.0, value_parser = metres)]
    snap_limit: f64,
    /// Where to write the table [default: to stdout]
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a CSV of where each point was put, and how far from it that is
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Write a GeoJSON of the ways taken, with the map's own ids of their nodes
    #[arg(long, value_name = "FILE", requires = "pairs")]
    routes: Option<PathBuf>,
    /// Threads to work with; the result does not depend on them [default: all cores]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// No warnings, no word of what was done; errors still show
    #[arg(short, long)]
    quiet: bool,
}

/// Reads a distance in metres.
fn metres(text: &str) -> std::result::Result<f64, String> {
    let metres = text.parse().ok().filter(|m| (0.0..=1e6).contains(m));
    metres.ok_or_else(|| "metres from 0 to a million, such as 100".to_owned())
}

/// Points of which all pairs are told, at most: the table of these takes 800 MB.
const MAX_POINTS: usize = 10_000;

/// What is wanted, read and sound as far as it shows without the roads.
struct Wanted {
    points: Points,
    pairs: Option<Vec<[usize; 2]>>,
    profile: Profile,
    format: Format,
}

impl Wanted {
    /// Reads everything but the roads, which take longest; all that is wrong is told at once.
    fn read(args: &Args) -> Result<Self> {
        let mut errors = Errors::default();
        let mut keep = |e: Errors| errors.extend(e);
        let format = Format::of(&args.roads).map_err(&mut keep).ok();
        let points = Points::read(&args.points).map_err(&mut keep).ok();
        let pairs = args.pairs.as_deref().map(|file| match &points {
            Some(points) => points.read_pairs(file).map_err(&mut keep).ok(),
            None => None,
        });
        let profile = Profile::named(&args.profile).map_err(&mut keep).ok();
        if let (Some(points), None) = (&points, &args.pairs)
            && points.ids.len() > MAX_POINTS
        {
            errors.push(too_many(&args.points, points.ids.len()));
        }
        match (points, profile, format) {
            (Some(points), Some(profile), Some(format)) if errors.is_empty() => Ok(Self {
                points,
                pairs: pairs.flatten(),
                profile,
                format,
            }),
            _ => Err(errors),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let threads = args.threads.map_or(0, usize::from);
    par::with_threads(threads, || work(args))?
}

fn work(args: &Args) -> Result<Outcome> {
    let mut steps = Steps::new(args.quiet);
    let wanted = Wanted::read(args)?;
    let profiles = [wanted.profile];
    let roads = RoadGraph::build(
        &read(&args.roads, args.edges.as_deref(), wanted.format)?,
        &profiles,
    )?;
    if roads.is_planar() != wanted.points.planar {
        return Err(apart(&args.points, roads.is_planar()).into());
    }
    steps.done("read the roads");

    let places: Vec<_> = wanted.points.at.iter().map(|&at| (at, CAR)).collect();
    let Placed { roads, points, .. } = roads.place(&places, args.snap_limit, &[]);
    let question = Question {
        points: &wanted.points,
        roads: &roads,
        snaps: &points,
    };
    steps.done("placed the points");
    if let Some(file) = &args.places {
        write::file_or_stdout(Some(file), |out| question.places(out))?;
        steps.wrote(file);
    }
    if !args.quiet {
        warn(&wanted.points, &points);
    }

    let pace = if args.urgent {
        Pace::Urgent
    } else {
        Pace::Patrol
    };
    let router = Router::new(&roads, CAR, pace);
    steps.done("prepared");
    match &wanted.pairs {
        Some(pairs) => {
            let legs = legs(&router, &points, pairs);
            steps.done("found the ways");
            write::file_or_stdout(args.out.as_deref(), |out| question.pairs(out, pairs, &legs))?;
            if let Some(file) = &args.routes {
                write::file_or_stdout(Some(file), |out| question.routes(out, pairs, &legs))?;
                steps.wrote(file);
            }
        }
        None => {
            let vertices = question.vertices();
            let trips = router.trips(&vertices, &vertices);
            steps.done("made the table");
            write::file_or_stdout(args.out.as_deref(), |out| question.table(out, &trips))?;
        }
    }
    if let Some(file) = &args.out {
        steps.wrote(file);
    }
    Ok(Outcome::Sound)
}

/// The only profile of the graph.
const CAR: ProfileId = ProfileId(0);

/// The fastest way of each pair; none where an end is on no road.
fn legs(
    router: &Router,
    points: &[std::result::Result<Snap, Miss>],
    pairs: &[[usize; 2]],
) -> Vec<Option<Leg>> {
    par::map_with_scratch(pairs, Scratch::default, |scratch, ends| {
        let [from, to] = ends.map(|i| points[i].as_ref().ok().map(|snap| snap.vertex));
        router.path(from?, to?, scratch)
    })
}

/// Points and roads that speak of different grids.
fn apart(points: &Path, planar: bool) -> Error {
    let (roads, columns) = if planar {
        ("planar metres", "`x` and `y`")
    } else {
        ("degrees", "`lon` and `lat`")
    };
    Error::input(
        "R301",
        format!("the roads are in {roads}, the points are not"),
    )
    .file(points)
    .line(1)
    .hint(format!("give the points in the columns {columns}"))
}

/// More points than a table can hold.
fn too_many(file: &Path, count: usize) -> Error {
    Error::input("R017", "too many points for a table of all pairs")
        .file(file)
        .value(count)
        .hint(format!(
            "at most {MAX_POINTS}: name the pairs wanted with --pairs, or cut the file in parts"
        ))
}

/// Says which points are on no road.
fn warn(points: &Points, snaps: &[std::result::Result<Snap, Miss>]) {
    for (id, snap) in points.ids.iter().zip(snaps) {
        if let Err(miss) = snap {
            say::warning(&match miss.nearest_metres {
                Some(metres) => format!(
                    "point `{id}` is on no road: the nearest that can be driven to and back is {metres:.0} m away"
                ),
                None => format!("point `{id}` is on no road: the profile has none at all"),
            });
        }
    }
}

/// Tells what each step took, as it ends.
struct Steps {
    quiet: bool,
    watch: Watch,
}

impl Steps {
    fn new(quiet: bool) -> Self {
        let watch = Watch::start();
        Self { quiet, watch }
    }

    fn done(&mut self, what: &str) {
        self.say(&format!(
            "{what}: {:.3} s",
            self.watch.elapsed().as_secs_f64()
        ));
        self.watch = Watch::start();
    }

    fn wrote(&self, file: &Path) {
        self.say(&format!("wrote {}", file.display()));
    }

    fn say(&self, text: &str) {
        if !self.quiet {
            say::note(text);
        }
    }
}
