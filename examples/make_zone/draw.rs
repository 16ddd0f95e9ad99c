//! The lie of the land: towns with their outlines, quarters, compounds.

use roundsman::rng::Rng;

use super::ground::Ground;
use super::ground::Point;
use super::ground::metres;

/// Candidates looked at for each new town: the more, the more evenly they lie.
const SPREAD: usize = 4;
/// Metres round the gate of a compound in which its sites stand, and to the corners of its
/// outline, which has eight.
pub const COMPOUND: f64 = 280.0;
const CORNERS: f64 = 320.0;

/// A town: the beat of a car.
#[derive(Debug)]
pub struct Town {
    /// Its middle, where the station is.
    pub centre: Point,
    /// What is nearer to its middle than to any other's.
    pub outline: Vec<Point>,
    /// Its streets, nearest to each of its quarters first.
    pub quarters: [Vec<Point>; 3],
    /// The other towns, nearest first.
    pub others: Vec<usize>,
}

/// Draws towns on the streets: every street belongs to the nearest.
pub fn towns(ground: &Ground, count: usize, rng: &mut Rng) -> Vec<Town> {
    let mut centres: Vec<Point> = Vec::new();
    while centres.len() < count {
        let drawn = (0..SPREAD).map(|_| ground.streets[rng.below(ground.streets.len())]);
        let apart = |at: Point| {
            let to = centres.iter().map(|&c| metres(c, at));
            to.fold(f64::INFINITY, f64::min)
        };
        let farthest = drawn.max_by(|&a, &b| apart(a).total_cmp(&apart(b)));
        centres.extend(farthest);
    }
    let mut streets = vec![Vec::new(); count];
    for &at in &ground.streets {
        streets[nearest(&centres, at)].push(at);
    }
    let box_of = |axis: usize| {
        let all = || ground.streets.iter().map(|p| p[axis]);
        let (low, high) = (
            all().fold(f64::MAX, f64::min),
            all().fold(f64::MIN, f64::max),
        );
        (low - 500.0, high + 500.0)
    };
    let ((west, east), (south, north)) = (box_of(0), box_of(1));
    let everything = vec![[west, south], [east, south], [east, north], [west, north]];
    let town = |k: usize| {
        let centre = centres[k];
        let mut others: Vec<usize> = (0..count).filter(|&other| other != k).collect();
        let apart = |other: usize| metres(centres[other], centre);
        others.sort_by(|&a, &b| apart(a).total_cmp(&apart(b)));
        let half = |outline, &other: &usize| nearer(outline, centre, centres[other]);
        let outline = others.iter().fold(everything.clone(), half);
        let own = &streets[k];
        let corner = |at: Point| {
            let mut own = own.clone();
            own.sort_by(|&a, &b| metres(a, at).total_cmp(&metres(b, at)));
            own
        };
        Town {
            centre,
            outline,
            quarters: [
                corner(centre),
                corner(own[rng.below(own.len())]),
                corner(own[rng.below(own.len())]),
            ],
            others,
        }
    };
    (0..count).map(town).collect()
}

/// Which of the centres is nearest.
fn nearest(centres: &[Point], at: Point) -> usize {
    let apart = |k: &usize| metres(centres[*k], at);
    let all = 0..centres.len();
    all.min_by(|a, b| apart(a).total_cmp(&apart(b)))
        .unwrap_or(0)
}

/// The town that holds a whole line.
pub fn town_of(towns: &[Town], line: &[Point]) -> Option<usize> {
    let centres: Vec<Point> = towns.iter().map(|t| t.centre).collect();
    let first = nearest(&centres, line[0]);
    let same = |&at: &Point| nearest(&centres, at) == first;
    line.iter().all(same).then_some(first)
}

/// The part of a convex outline that is nearer to `here` than to `there`.
fn nearer(outline: Vec<Point>, here: Point, there: Point) -> Vec<Point> {
    let ahead = |p: Point| {
        let square = |q: Point| (p[0] - q[0]).powi(2) + (p[1] - q[1]).powi(2);
        square(there) - square(here)
    };
    let mut cut = Vec::new();
    for (k, &a) in outline.iter().enumerate() {
        let b = outline[(k + 1) % outline.len()];
        let (at_a, at_b) = (ahead(a), ahead(b));
        if at_a >= 0.0 {
            cut.push(a);
        }
        if (at_a >= 0.0) != (at_b >= 0.0) {
            let share = at_a / (at_a - at_b);
            cut.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
        }
    }
    cut
}

/// The fence of a compound.
pub fn fence(gate: Point) -> Vec<Point> {
    let corner = |k: u32| {
        let turn = f64::from(k) * std::f64::consts::FRAC_PI_4;
        [
            gate[0] + CORNERS * turn.cos(),
            gate[1] + CORNERS * turn.sin(),
        ]
    };
    (0..8).map(corner).collect()
}
