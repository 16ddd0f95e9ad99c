//! Team orienteering with time windows: Solomon-based files (Righini and Salani 2006,
//! Montemanni and Gambardella 2009) and Cordeau-based ones (`pr*`).
//!
//! Distances are truncated: to two decimals in files named `pr*`, to one in all others.

use super::Answer;
use super::Case;
use super::Stop;
use super::Units;
use super::team;
use super::team::Team;
use super::ticks;
use super::ticks::down;
use super::ticks::up;
use super::tokens::GREATEST;
use super::tokens::Tokens;
use crate::error::Result;
use crate::patrol::instance::Instance;
use crate::patrol::route::Route;
use crate::patrol::score::Score;

/// Most vertices that a file may have, depot left out.
const MOST_VERTICES: u32 = 5000;
/// Units that the literature uses.
const USUAL_UNITS: [u32; 4] = [1, 2, 3, 4];
/// The checker counts in millionths.
const MICRO: f64 = 1e6;

/// A vertex of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Vertex {
    x: f64,
    y: f64,
    service: f64,
    profit: f64,
    /// Earliest start of service.
    open: f64,
    /// Latest start of service; for the depot, latest return.
    close: f64,
}

/// A file: the depot first.
#[derive(Clone, Debug, PartialEq)]
struct Problem {
    vertices: Vec<Vertex>,
    /// Decimals that distances are truncated to.
    decimals: i32,
}

/// Reads a file, see [`super::Kept::Files`].
///
/// # Errors
/// `B001` to `B008`: all that is wrong with the file.
pub fn read(name: &str, text: &str) -> Result<Box<dyn Case>> {
    let problem = Problem::parse(name, text)?;
    Ok(Box::new(problem))
}

impl Problem {
    fn parse(name: &str, text: &str) -> Result<Self> {
        let mut tokens = Tokens::new(text);
        tokens.skip(2);
        let count = tokens.whole("the number of vertices", 1..=MOST_VERTICES);
        tokens.skip(1);
        if tokens.is_spoilt() {
            return Err(tokens.finish());
        }
        // The second line (vehicle data of the routing problem it comes from) is not used.
        tokens.skip(tokens.left_on_line());
        let vertices = (0..=count).map(|k| vertex(&mut tokens, k)).collect();
        let decimals = if name.starts_with("pr") { 2 } else { 1 };
        let problem = Self { vertices, decimals };
        if problem.vertices[0].close * problem.per_unit() > ticks::LONGEST {
            let hint = format!("at most {}", ticks::LONGEST / problem.per_unit());
            tokens.refuse("B007", "the depot closes too late to be counted", &hint);
        }
        tokens.finish().into_result(problem)
    }

    /// Ticks of the engine in a unit of time.
    fn per_unit(&self) -> f64 {
        10f64.powi(self.decimals)
    }

    /// Distance in ticks, truncated, at most `most`.
    fn distance(&self, a: usize, b: usize, most: i32) -> i32 {
        let (a, b) = (self.vertices[a], self.vertices[b]);
        down((a.x - b.x).hypot(a.y - b.y), self.per_unit(), most)
    }

    fn profits(&self) -> (Vec<i64>, f64) {
        let profits: Vec<f64> = self.vertices.iter().map(|v| v.profit).collect();
        ticks::points(&profits)
    }
}

/// Reads a row: number, position, service, profit, things of the routing problem, window.
fn vertex(tokens: &mut Tokens<'_>, number: u32) -> Vertex {
    let words = tokens.left_on_line();
    tokens.row_number(number);
    let x = tokens.number("x", -GREATEST..=GREATEST);
    let y = tokens.number("y", -GREATEST..=GREATEST);
    let service = tokens.number("the service time", 0.0..=GREATEST);
    let profit = tokens.number("the profit", 0.0..=GREATEST);
    // The window stands at the end, after a list of any length.
    tokens.skip(words.saturating_sub(7));
    let open = tokens.number("the start of the window", 0.0..=GREATEST);
    let close = tokens.number("the end of the window", 0.0..=GREATEST);
    Vertex {
        x,
        y,
        service,
        profit,
        open,
        close,
    }
}

impl Case for Problem {
    fn units(&self) -> Units {
        Units::Free(USUAL_UNITS.to_vec())
    }

    fn compile(&self, units: u32) -> Result<Instance> {
        let (places, per_unit) = (self.vertices.len(), self.per_unit());
        let depot = self.vertices[0];
        let end = down(depot.close, per_unit, i32::MAX);
        // What takes longer than all there is cannot be done, however long it takes.
        let most = end + 1;
        let pairs = (0..places).flat_map(|a| (0..places).map(move |b| (a, b)));
        let mut team = Team {
            times: pairs.map(|(a, b)| self.distance(a, b, most)).collect(),
            tasks: Vec::new(),
            series: Vec::new(),
            duty: team::duty(0, 0, up(depot.open, per_unit, most), end),
        };
        let (points, _) = self.profits();
        for (place, v) in self.vertices.iter().enumerate().skip(1) {
            let length = up(v.service, per_unit, most);
            let open = up(v.open, per_unit, most);
            let close = down(v.close, per_unit, most);
            if points[place] > 0 && open <= close {
                team.visit_once(place, (open, close + length), length, points[place]);
            }
        }
        team.compile(places, units)
    }

    fn sought_bound(&self, units: u32, rounds: u32) -> Result<Option<f64>> {
        let bound = team::bound(&self.compile(units)?, rounds);
        Ok(bound.map(|b| b as f64 / self.profits().1))
    }

    fn worth(&self, score: Score) -> Option<f64> {
        Some(score.value as f64 / self.profits().1)
    }

    fn answer(&self, _: &Instance, routes: &[Route]) -> Answer {
        Answer::of(routes, self.per_unit())
    }

    fn check(&self, units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
        let places = self.vertices.len();
        let mut faults = answer.faults(units, places, |p| p > 0);
        if !faults.is_empty() {
            return Err(faults);
        }
        faults.extend(answer.repeated());
        for (r, route) in (1..).zip(&answer.routes) {
            faults.extend(self.late(route).map(|f| format!("route {r}: {f}")));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let profits = answer.stops().map(|(_, s)| self.vertices[s.place].profit);
        Ok(profits.sum())
    }
}

// The checker: whole numbers of millionths, and distances cut by whole roots, so that it
// shares no rounding with the compiled problem.
impl Problem {
    /// What a route does too early or too late, if anything.
    fn late(&self, route: &[Stop]) -> Option<String> {
        let micro = |t: f64| (t * MICRO).round() as i128;
        let depot = self.vertices[0];
        let (mut place, mut free) = (0, micro(depot.open));
        for stop in route {
            let vertex = self.vertices[stop.place];
            let start = micro(stop.start);
            let arrival = free + self.truncated(place, stop.place);
            if start < arrival {
                return Some(format!("place {} begins before it is reached", stop.place));
            }
            if start < micro(vertex.open) || start > micro(vertex.close) {
                return Some(format!("place {} begins outside its window", stop.place));
            }
            place = stop.place;
            free = start + micro(vertex.service);
        }
        let back = free + self.truncated(place, 0);
        let late = back > micro(depot.close) && !route.is_empty();
        late.then(|| "it returns too late".to_owned())
    }

    /// Truncated distance in millionths.
    fn truncated(&self, a: usize, b: usize) -> i128 {
        let micro = |x: f64| (x * MICRO).round() as i128;
        let (a, b) = (self.vertices[a], self.vertices[b]);
        let (dx, dy) = (micro(a.x) - micro(b.x), micro(a.y) - micro(b.y));
        let length = (dx * dx + dy * dy).unsigned_abs().isqrt();
        let unit = 10u128.pow(6 - self.decimals.unsigned_abs());
        (length / unit * unit) as i128
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    /// `vertices` random ones round a depot that closes at 100.
    fn text(rng: &mut Rng, vertices: usize) -> String {
        let mut text = format!("1 0 {vertices} 1\n0 0\n0 50 50 0 0 0 0 0 100\n");
        for k in 1..=vertices {
            let (x, y) = (rng.below(10_000), rng.below(10_000));
            let open = rng.below(60);
            let (stay, profit, wide) = (rng.below(10), 1 + rng.below(30), 10 + rng.below(40));
            text += &format!(
                "{k} {}.{:02} {}.{:02} {stay} {profit} 1 1 1 {open} {}\n",
                x / 100,
                x % 100,
                y / 100,
                y % 100,
                open + wide
            );
        }
        text
    }

    #[test]
    fn both_roads_truncate_alike() {
        let mut rng = Rng::stream(7, 0, 0);
        for name in ["c1", "pr1"] {
            let problem = Problem::parse(name, &text(&mut rng, 200)).expect("reads");
            let micro = 1_000_000 / problem.per_unit() as i128;
            for a in 0..201 {
                for b in 0..201 {
                    let ticks = problem.distance(a, b, i32::MAX);
                    assert_eq!(problem.truncated(a, b), i128::from(ticks) * micro);
                }
            }
        }
    }

    #[test]
    fn rows_read_by_their_first_words_and_their_last_two() {
        let text = "4 10 1 1\n0 200\n 0 1.5 2 0 0 0 0 9 90\n 1 -3 4 5 6 1 4 15 16 17 30 80\n";
        let problem = Problem::parse("pr07", text).expect("reads");
        assert_eq!(problem.decimals, 2);
        let vertex = Vertex {
            x: -3.0,
            y: 4.0,
            service: 5.0,
            profit: 6.0,
            open: 30.0,
            close: 80.0,
        };
        assert_eq!(problem.vertices[1], vertex);
        assert_eq!(problem.vertices[0].close, 90.0);
    }
}
