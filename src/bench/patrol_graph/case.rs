//! The family as `roundsman bench` sees it. Values are seconds at 1 m/s.

use super::baseline;
use super::bound;
use super::check;
use super::closure::Closure;
use super::graph::Graph;
use super::plan::plan;
use super::search;
use crate::bench::Answer;
use crate::bench::Case;
use crate::bench::Seen;
use crate::bench::Solved;
use crate::bench::Units;
use crate::error::Result;
use crate::patrol::search::Control;
use crate::patrol::search::Options;

/// A map with its distances.
#[derive(Clone, Debug)]
struct Map {
    graph: Graph,
    closure: Closure,
}

/// Reads a file, see [`crate::bench::Kept::Files`].
///
/// # Errors
/// As [`Graph::parse`].
pub fn read(_name: &str, text: &str) -> Result<Box<dyn Case>> {
    let graph = Graph::parse(text)?;
    let closure = Closure::of(&graph);
    Ok(Box::new(Map { graph, closure }))
}

impl Case for Map {
    fn units(&self) -> Units {
        Units::Free(vec![1, 2, 4, 8])
    }

    fn solve(
        &self,
        units: u32,
        options: Options,
        observe: &mut dyn FnMut(Seen) -> Control,
    ) -> Result<Solved> {
        let options = search::Options {
            agents: units,
            seed: options.seed,
            islands: options.islands,
        };
        let outcome = search::solve(&self.closure, options, |progress| {
            let seen = Seen {
                epoch: progress.epoch,
                mark: (progress.answered, 0),
                worth: Some(progress.best.seconds(self.graph.resolution)),
            };
            observe(seen) != Control::Stop
        });
        Ok(Solved {
            answer: plan(&outcome.walks, &self.graph, &self.closure),
            bound: None,
            epochs: outcome.epochs,
        })
    }

    fn check(&self, units: u32, answer: &Answer) -> std::result::Result<f64, Vec<String>> {
        let worst = check::worst_idleness(&self.graph, units, answer);
        let worst = worst.map_err(|fault| vec![fault.to_string()])?;
        Ok(worst.seconds(self.graph.resolution))
    }

    fn baseline(&self, units: u32) -> Option<Answer> {
        let walks = baseline::best(&self.closure, units);
        Some(plan(&walks, &self.graph, &self.closure))
    }

    fn bound(&self, units: u32) -> Option<f64> {
        let bound = bound::bound(&self.closure, units);
        Some(bound.seconds(self.graph.resolution))
    }
}
