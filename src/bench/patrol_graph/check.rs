//! The worst idleness of a plan, recomputed from the graph alone: it walks every round edge by
//! edge and sorts the visits of every vertex, and knows no shortest paths and no walks.

use std::collections::BTreeMap;
use std::fmt;

use super::graph::Graph;
use crate::bench::Answer;
use crate::bench::Round;

/// A share of a pixel's time, compared exactly.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Ticks.
    pub ticks: i128,
    /// Ticks that a pixel takes, at least 1.
    pub pixel: i128,
}

impl Share {
    /// Seconds at 1 m/s on a map of `resolution` metres per pixel.
    pub fn seconds(self, resolution: f64) -> f64 {
        self.ticks as f64 / self.pixel as f64 * resolution
    }

    fn less(self, other: Self) -> bool {
        self.ticks * other.pixel < other.ticks * self.pixel
    }
}

/// Why a plan is refused. Rounds count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More rounds than agents.
    TooManyAgents {
        /// How many rounds there are.
        rounds: usize,
    },
    /// A round without stops, of no or absurd scale or period, or at an unknown vertex.
    NotARound {
        /// Which round.
        round: usize,
    },
    /// Two stops in a row that no edge joins.
    Teleport {
        /// Which round.
        round: usize,
        /// Index of the first of the two.
        stop: usize,
    },
    /// Less time between two stops than the edge takes.
    TooFast {
        /// Which round.
        round: usize,
        /// Index of the first of the two.
        stop: usize,
    },
    /// A vertex that nobody ever visits.
    Skipped {
        /// Its number in the file.
        vertex: i64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyAgents { rounds } => write!(f, "{rounds} rounds are more than agents"),
            Self::NotARound { round } => write!(f, "round {round} is not a round"),
            Self::Teleport { round, stop } => {
                write!(f, "round {round}: no edge joins stop {stop} and the next")
            }
            Self::TooFast { round, stop } => {
                write!(f, "round {round}: too fast from stop {stop} to the next")
            }
            Self::Skipped { vertex } => write!(f, "vertex {vertex} is never visited"),
        }
    }
}

impl std::error::Error for Fault {}

/// Largest scale, period or time that is looked at, ticks.
const MOST: i64 = 1 << 56;

/// Visits of a vertex by rounds of one scale and period: phases in `0..period`.
type Visits = BTreeMap<(i64, i64), Vec<i64>>;

/// The worst idleness of any vertex for ever.
///
/// Visits count at the moment of arrival; waiting is allowed and not credited. Where rounds of
/// different periods come by a vertex, the rounds of the period that serves it best are
/// counted alone. So the figure is exact where every vertex is visited in one rhythm, and
/// never too small.
///
/// # Errors
/// What is wrong with the plan.
pub fn worst_idleness(graph: &Graph, agents: u32, plan: &Answer) -> Result<Share, Fault> {
    let rounds = plan.rounds.len();
    if rounds > agents as usize {
        return Err(Fault::TooManyAgents { rounds });
    }
    let mut visits: Vec<Visits> = vec![Visits::new(); graph.len()];
    for (number, round) in plan.rounds.iter().enumerate() {
        walk(graph, number, round)?;
        for &(vertex, time) in &round.stops {
            let rhythm = visits[vertex as usize].entry((round.ticks, round.period));
            rhythm
                .or_default()
                .push(time.rem_euclid(round.period.max(1)));
        }
    }
    let mut worst = Share { ticks: 0, pixel: 1 };
    for (vertex, rhythms) in graph.vertices.iter().zip(visits) {
        let mut best: Option<Share> = None;
        for ((ticks, period), phases) in rhythms {
            let share = Share {
                ticks: longest_gap(period, phases),
                pixel: i128::from(ticks),
            };
            if best.is_none_or(|b| share.less(b)) {
                best = Some(share);
            }
        }
        let Some(share) = best else {
            return Err(Fault::Skipped { vertex: vertex.id });
        };
        if worst.less(share) {
            worst = share;
        }
    }
    Ok(worst)
}

/// Follows a round and sees that it can be done.
fn walk(graph: &Graph, number: usize, round: &Round) -> Result<(), Fault> {
    let sane = |value: i64| (-MOST..=MOST).contains(&value);
    let known = |&(v, time): &(u32, i64)| (v as usize) < graph.len() && sane(time);
    let scale = (1..=MOST).contains(&round.ticks) && (0..=MOST).contains(&round.period);
    if round.stops.is_empty() || !scale || !round.stops.iter().all(known) {
        return Err(Fault::NotARound { round: number });
    }
    for (stop, &(from, left)) in round.stops.iter().enumerate() {
        let (to, arrived) = match round.stops.get(stop + 1) {
            Some(&next) => next,
            None => (round.stops[0].0, round.stops[0].1 + round.period),
        };
        let edges = &graph.vertices[from as usize].neighbours;
        let cost = match edges.iter().find(|e| e.0 == to) {
            _ if from == to => 0,
            Some(&(_, cost)) => cost,
            None => {
                return Err(Fault::Teleport {
                    round: number,
                    stop,
                });
            }
        };
        let needed = i128::from(cost) * i128::from(round.ticks);
        if i128::from(arrived) - i128::from(left) < needed {
            return Err(Fault::TooFast {
                round: number,
                stop,
            });
        }
    }
    Ok(())
}

/// Longest time between two visits, the last one and the first of the next period among them.
fn longest_gap(period: i64, mut phases: Vec<i64>) -> i128 {
    phases.sort_unstable();
    let wrap = phases.first().map(|&first| first + period);
    let later = phases.iter().copied().skip(1).chain(wrap);
    let gaps = phases.iter().zip(later).map(|(&a, b)| i128::from(b - a));
    gaps.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::patrol_graph::baseline;
    use crate::bench::patrol_graph::closure::Closure;
    use crate::bench::patrol_graph::plan::plan;
    use crate::bench::patrol_graph::testing::town;
    use crate::bench::patrol_graph::testing::written;
    use crate::bench::patrol_graph::walks::Walk;
    use crate::bench::patrol_graph::walks::Walks;
    use crate::rng::Rng;

    /// A path of three vertices, 4 and 6 pixels, patrolled by `agents` on one walk.
    fn path(agents: u32) -> (Graph, Answer) {
        let graph = Graph::parse(&written(3, &[(0, 1, 4), (1, 2, 6)])).expect("a graph");
        let order = vec![0, 2, 1];
        let walks = Walks(vec![Walk { order, agents }]);
        let plan = plan(&walks, &graph, &Closure::of(&graph));
        (graph, plan)
    }

    fn pixels(share: Share) -> f64 {
        share.ticks as f64 / share.pixel as f64
    }

    #[test]
    fn a_path_back_and_forth() {
        let (graph, plan) = path(1);
        assert_eq!(plan.rounds[0].stops, [(0, 0), (1, 4), (2, 10), (1, 16)]);
        let worst = worst_idleness(&graph, 1, &plan).expect("valid");
        assert_eq!(pixels(worst), 20.0);
        let (graph, plan) = path(3);
        let worst = worst_idleness(&graph, 3, &plan).expect("valid");
        assert_eq!(worst.ticks * 3, worst.pixel * 20);
        assert_eq!(worst.seconds(0.5), 10.0 / 3.0);
    }

    #[test]
    fn spoiled_plans_are_refused() {
        let spoil = |change: &dyn Fn(&mut Answer)| {
            let (graph, mut plan) = path(2);
            change(&mut plan);
            worst_idleness(&graph, 2, &plan).err()
        };
        assert_eq!(spoil(&|_| ()), None);
        let fault = spoil(&|p| p.rounds.push(p.rounds[0].clone()));
        assert_eq!(fault, Some(Fault::TooManyAgents { rounds: 3 }));
        let fault = spoil(&|p| p.rounds[1].stops[1].0 = 2);
        assert_eq!(fault, Some(Fault::Teleport { round: 1, stop: 0 }));
        let fault = spoil(&|p| p.rounds[0].stops.retain(|s| s.0 != 1));
        assert_eq!(fault, Some(Fault::Teleport { round: 0, stop: 0 }));
        let fault = spoil(&|p| p.rounds[0].stops[2].1 -= 1);
        assert_eq!(fault, Some(Fault::TooFast { round: 0, stop: 1 }));
        let fault = spoil(&|p| p.rounds[0].period -= 1);
        assert_eq!(fault, Some(Fault::TooFast { round: 0, stop: 3 }));
        for round in 0..2 {
            let fault = spoil(&|p| p.rounds[round].stops.clear());
            assert_eq!(fault, Some(Fault::NotARound { round }));
        }
        let absurd: [&dyn Fn(&mut Answer); 5] = [
            &|p| p.rounds[0].ticks = 0,
            &|p| p.rounds[0].ticks = i64::MAX,
            &|p| p.rounds[0].period = i64::MIN,
            &|p| p.rounds[0].stops[1].1 = i64::MAX,
            &|p| p.rounds[0].stops[1].0 = u32::MAX,
        ];
        for change in absurd {
            assert_eq!(spoil(change), Some(Fault::NotARound { round: 0 }));
        }
        let fault = spoil(&|p| {
            for round in &mut p.rounds {
                round.stops.retain(|s| s.0 != 2);
            }
        });
        assert_eq!(fault, Some(Fault::Skipped { vertex: 2 }));
        assert!(spoil(&|p| p.rounds.clear()).is_some());
    }

    #[test]
    fn agents_that_bunch_leave_gaps() {
        let (graph, mut plan) = path(2);
        plan.rounds[1] = plan.rounds[0].clone();
        let worst = worst_idleness(&graph, 2, &plan).expect("valid");
        assert_eq!(pixels(worst), 20.0);
    }

    /// The longest wait met when all rounds run for many periods.
    fn simulated(graph: &Graph, plan: &Answer) -> f64 {
        let end = plan.rounds.iter().map(|r| r.period as f64 / r.ticks as f64);
        let end = end.fold(0.0, f64::max) * 6.0;
        let mut times = vec![Vec::new(); graph.len()];
        for round in &plan.rounds {
            for turn in -7i64..4000 {
                for &(v, at) in &round.stops {
                    let at = (at + turn * round.period) as f64 / round.ticks as f64;
                    if (0.0..=end).contains(&at) {
                        times[v as usize].push(at);
                    }
                }
            }
        }
        let mut worst: f64 = 0.0;
        for mut times in times {
            times.sort_unstable_by(f64::total_cmp);
            let gaps = times.windows(2).map(|w| w[1] - w[0]);
            worst = worst.max(gaps.fold(0.0, f64::max));
        }
        worst
    }

    #[test]
    fn plans_of_walks_are_valid_and_wait_as_long_as_the_walks_say() {
        for case in 0..40 {
            let mut rng = Rng::stream(11, case, 0);
            let n = 4 + rng.below(12);
            let graph = town(n, 5, &mut rng);
            let closure = Closure::of(&graph);
            let agents = 1 + rng.below(3) as u32;
            let walks = baseline::best(&closure, agents);
            let plan = plan(&walks, &graph, &closure);
            let worst = worst_idleness(&graph, agents, &plan).expect("valid");
            let said = walks.worst(&closure);
            assert!(pixels(worst) <= said.seconds(1.0) + 1e-9, "case {case}");
            assert!(
                simulated(&graph, &plan) <= pixels(worst) + 1e-9,
                "case {case}"
            );
        }
    }
}
