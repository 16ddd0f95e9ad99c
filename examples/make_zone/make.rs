//! From a road file to a scenario folder.

use std::fs;
use std::path::Path;

use roundsman::rng::Rng;

use super::draw::COMPOUND;
use super::draw::Town;
use super::draw::town_of;
use super::draw::towns;
use super::ground::Ground;
use super::ground::Point;
use super::ground::Run;
use super::ground::metres;
use super::kinds;
use super::texts;

/// How large a zone.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Sites and road segments.
    pub targets: usize,
    /// Units of all tiers.
    pub units: usize,
    /// Days round the clock.
    pub days: usize,
}

/// Everything about a zone that goes into its files.
#[derive(Debug)]
pub struct Zone {
    /// Its size.
    pub size: Size,
    /// Towns; each is a zone and has a station, a base.
    pub towns: Vec<Town>,
    /// Gates of compounds; each is a base of guards and the middle of a zone.
    pub gates: Vec<Point>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Road segments.
    pub segments: Vec<Run>,
    /// Units.
    pub units: Vec<Unit>,
    /// Contact teams; the k-th calls on the group `district-k`.
    pub teams: usize,
    /// Places of single tasks.
    pub tasks: Vec<Point>,
}

/// A site.
#[derive(Debug)]
pub struct Site {
    /// What it is.
    pub kind: &'static str,
    /// Where.
    pub at: Point,
    /// Which contact team calls on it.
    pub district: Option<usize>,
    /// Whether its standard is a promise.
    pub hard: bool,
    /// Minutes since the last visit before the horizon, where known.
    pub last_visit: Option<usize>,
}

/// A unit.
#[derive(Debug)]
pub struct Unit {
    /// Its key.
    pub id: String,
    /// Its tier.
    pub tier: &'static str,
    /// Key of its base.
    pub base: String,
    /// How it moves.
    pub profile: &'static str,
    /// Zones it may visit; none: everywhere.
    pub zones: Vec<String>,
    /// Its shifts.
    pub shifts: &'static [&'static str],
    /// Whether it is a contact team: office days only.
    pub contact: bool,
}

/// Makes a zone on the roads of a file and writes its scenario into a folder.
pub fn make(
    roads: &Path,
    folder: &Path,
    size: Size,
    seed: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let ground = Ground::read(roads)?;
    if ground.streets.is_empty() {
        return Err("the map has no streets that all units can use".into());
    }
    let zone = draw(&ground, size, seed);
    fs::create_dir_all(folder)?;
    fs::write(folder.join("roads.osm.pbf"), fs::read(roads)?)?;
    fs::write(
        folder.join("scenario.toml"),
        texts::scenario(&ground, &zone),
    )?;
    fs::write(folder.join("sites.csv"), texts::sites(&ground, &zone))?;
    fs::write(
        folder.join("segments.geojson"),
        texts::segments(&ground, &zone),
    )?;
    fs::write(folder.join("zones.geojson"), texts::zones(&ground, &zone))?;
    fs::write(folder.join("orders.csv"), texts::orders(&ground, &zone))?;
    Ok(())
}

/// Draws everything.
fn draw(ground: &Ground, size: Size, seed: u64) -> Zone {
    let stream = |topic: u64| Rng::stream(seed, topic, 0);
    let guards = size.units / 4;
    let stations = size.units / 4;
    let teams = (size.units / 20).max(usize::from(size.units >= 8));
    let cars = size.units.saturating_sub(guards + stations + teams).max(1);
    // Two cars to a town, and one in ten that goes anywhere.
    let towns = towns(ground, (cars * 9 / 20).max(1), &mut stream(1));
    let gates = gates(&towns, guards, &mut stream(2));
    let segments = segments(ground, &towns, size.targets / 12, &mut stream(3));
    let count = size.targets.saturating_sub(segments.len());
    let sites = sites(&towns, &gates, (count, teams), &mut stream(4));
    let mut units: Vec<Unit> = (0..cars).map(|k| car(&towns, k)).collect();
    units.extend((0..stations).map(|k| station(&towns, k)));
    units.extend((0..guards).map(guard));
    units.extend((0..teams).map(|k| team(&towns, teams, k)));
    let mut rng = stream(5);
    let street = |_| ground.streets[rng.below(ground.streets.len())];
    Zone {
        size,
        tasks: (0..size.units / 8).map(street).collect(),
        towns,
        gates,
        sites,
        segments,
        units,
        teams,
    }
}

/// Gates of compounds, on the outer quarters of towns in turn.
fn gates(towns: &[Town], count: usize, rng: &mut Rng) -> Vec<Point> {
    let gate = |k: usize| {
        let quarter = &towns[k % towns.len()].quarters[1];
        quarter[rng.below(quarter.len().div_ceil(4))]
    };
    (0..count).map(gate).collect()
}

/// Road segments that lie within one town.
fn segments(ground: &Ground, towns: &[Town], count: usize, rng: &mut Rng) -> Vec<Run> {
    let whole = |run: &&Run| town_of(towns, &run.line).is_some();
    let mut runs: Vec<Run> = ground.runs.iter().filter(whole).cloned().collect();
    rng.shuffle(&mut runs);
    runs.truncate(count);
    runs
}

/// Sites: a fifth in compounds, the rest about the quarters of towns, near their middles
/// rather than far.
fn sites(
    towns: &[Town],
    gates: &[Point],
    (count, teams): (usize, usize),
    rng: &mut Rng,
) -> Vec<Site> {
    let inside = if gates.is_empty() { 0 } else { count / 5 };
    let mut sites = Vec::new();
    for k in 0..count {
        let town = if k < inside {
            k % gates.len() % towns.len()
        } else {
            // Towns differ in size: the first of three is the largest.
            let third = [0, 0, 0, 1, 1, 2][rng.below(6)];
            (rng.below(towns.len()) / 3 * 3 + third).min(towns.len() - 1)
        };
        let (kind, street) = if k < inside {
            let gate = gates[k % gates.len()];
            let near = |at: &&Point| metres(**at, gate) < COMPOUND;
            let yard: Vec<Point> = towns[town].quarters[0]
                .iter()
                .filter(near)
                .copied()
                .collect();
            (pick(rng, &kinds::ESTATE), pick(rng, &yard))
        } else {
            let sort = rng.below(3);
            let quarter = &towns[town].quarters[sort];
            let near = (rng.unit().powi(3) * quarter.len() as f64) as usize;
            let all: [&[&'static str]; 3] = [&kinds::CENTRE, &kinds::ESTATE, &kinds::HOMES];
            (pick(rng, all[sort]), quarter[near])
        };
        let called_on = kinds::CALLED_ON.contains(&kind) && teams > 0;
        let known = rng.chance(0.7);
        let age = rng.unit() * kinds::standard_hours(kind) * 60.0;
        sites.push(Site {
            kind,
            at: [
                street[0] + 20.0 * (rng.unit() - 0.5),
                street[1] + 20.0 * (rng.unit() - 0.5),
            ],
            district: called_on.then(|| town * teams / towns.len()),
            hard: k % 250 == 249,
            last_visit: known.then_some(age as usize),
        });
    }
    sites
}

/// One of a list that is not empty.
fn pick<T: Copy>(rng: &mut Rng, list: &[T]) -> T {
    list[rng.below(list.len())]
}

/// A car: two to a town, who help next door; every tenth goes anywhere.
fn car(towns: &[Town], k: usize) -> Unit {
    let mobile = k % 10 == 9;
    let town = k / 2 % towns.len();
    Unit {
        id: format!("car-{k}"),
        tier: "police",
        base: format!("station-{town}"),
        profile: "car",
        zones: if mobile {
            Vec::new()
        } else {
            with_neighbours(towns, town, 1 + k % 2)
        },
        shifts: [
            &["day-a", "late-a", "night-a"],
            &["day-b", "late-b", "night-b"],
        ][k % 2],
        contact: false,
    }
}

/// A station's night patrol, one in three on foot.
fn station(towns: &[Town], k: usize) -> Unit {
    let town = k % towns.len();
    let on_foot = k % 3 == 2;
    Unit {
        id: format!("night-{k}"),
        tier: "station",
        base: format!("station-{town}"),
        profile: if on_foot { "foot" } else { "ebike" },
        zones: with_neighbours(towns, town, usize::from(!on_foot)),
        shifts: [&["evening"], &["small-hours"]][k % 2],
        contact: false,
    }
}

/// The guards of a compound.
fn guard(k: usize) -> Unit {
    Unit {
        id: format!("guard-{k}"),
        tier: "guards",
        base: format!("gate-{k}"),
        profile: "foot",
        zones: vec![format!("compound-{k}")],
        shifts: &["guard-day", "guard-late", "guard-night"],
        contact: false,
    }
}

/// A contact team for a row of towns.
fn team(towns: &[Town], teams: usize, k: usize) -> Unit {
    let own = |town: &usize| town * teams / towns.len() == k;
    let zones: Vec<usize> = (0..towns.len()).filter(own).collect();
    let home = zones.first().copied().unwrap_or(0);
    Unit {
        id: format!("contact-{k}"),
        tier: "police",
        base: format!("station-{home}"),
        profile: "car",
        zones: zones.iter().map(|town| format!("town-{town}")).collect(),
        shifts: &["office"],
        contact: true,
    }
}

/// Keys of a town and of those nearest to it.
fn with_neighbours(towns: &[Town], town: usize, count: usize) -> Vec<String> {
    let others = towns[town].others.iter().take(count);
    let all = std::iter::once(&town).chain(others);
    all.map(|town| format!("town-{town}")).collect()
}
