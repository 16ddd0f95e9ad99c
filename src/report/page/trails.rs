//! Trails over the roads: lines as long as they can be, that together draw every street once.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;

use crate::ids::Id;
use crate::ids::VertexId;
use crate::roads::RoadGraph;

/// The streets of one class: for each vertex its neighbours, whatever the direction.
#[derive(Debug, Default)]
pub(super) struct Streets {
    neighbours: BTreeMap<u32, BTreeSet<u32>>,
}

/// The streets of a road graph by class.
pub(super) fn streets(roads: &RoadGraph) -> BTreeMap<String, Streets> {
    let mut classes: BTreeMap<String, Streets> = BTreeMap::new();
    for v in (0..roads.vertex_count()).map(VertexId::new) {
        for arc in roads.out_arcs(v) {
            let (from, to) = roads.ends(arc);
            if from == to {
                continue;
            }
            let class = roads.class(arc);
            if !classes.contains_key(class) {
                classes.insert(class.to_owned(), Streets::default());
            }
            if let Some(streets) = classes.get_mut(class) {
                streets.neighbours.entry(from.0).or_default().insert(to.0);
                streets.neighbours.entry(to.0).or_default().insert(from.0);
            }
        }
    }
    classes
}

impl Streets {
    /// Trails that together use every street once: from the ends of streets first.
    pub(super) fn trails(&mut self, positions: &[Coord<f64>]) -> Vec<Vec<u32>> {
        let odd = self.neighbours.iter().filter(|(_, n)| n.len() % 2 == 1);
        let mut starts: Vec<u32> = odd.map(|(&v, _)| v).collect();
        starts.extend(self.neighbours.keys());
        let mut trails = Vec::new();
        for start in starts {
            while self.neighbours.get(&start).is_some_and(|n| !n.is_empty()) {
                trails.push(self.trail(start, positions));
            }
        }
        trails
    }

    /// A trail from `start` over unused streets, going straight on where it can.
    fn trail(&mut self, start: u32, positions: &[Coord<f64>]) -> Vec<u32> {
        let mut trail = vec![start];
        let mut before = None;
        let mut at = start;
        while let Some(next) = self.straight_on(before, at, positions) {
            for (a, b) in [(at, next), (next, at)] {
                if let Some(neighbours) = self.neighbours.get_mut(&a) {
                    neighbours.remove(&b);
                }
            }
            trail.push(next);
            before = Some(at);
            at = next;
        }
        trail
    }

    fn straight_on(&self, before: Option<u32>, at: u32, positions: &[Coord<f64>]) -> Option<u32> {
        let neighbours = self.neighbours.get(&at)?;
        let Some(before) = before else {
            return neighbours.first().copied();
        };
        let here = positions[at as usize];
        let back = direction(positions[before as usize], here);
        let bend = |&v: &u32| {
            let ahead = direction(here, positions[v as usize]);
            -(back.x * ahead.x + back.y * ahead.y)
        };
        neighbours
            .iter()
            .copied()
            .min_by(|a, b| bend(a).total_cmp(&bend(b)))
    }
}

/// The unit vector from `a` to `b`, nought where they are one point.
fn direction(a: Coord<f64>, b: Coord<f64>) -> Coord<f64> {
    let step = b - a;
    let length = step.x.hypot(step.y);
    if length > 0.0 { step / length } else { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trails_use_every_street_once_and_go_straight_on() {
        // A cross: 0-1-2 runs east, 3-1-4 runs north.
        let at = |x: f64, y: f64| Coord { x, y };
        let positions = [
            at(0.0, 0.0),
            at(1.0, 0.0),
            at(2.0, 0.0),
            at(1.0, -1.0),
            at(1.0, 1.0),
        ];
        let mut streets = Streets::default();
        for (a, b) in [(0, 1), (1, 2), (3, 1), (1, 4)] {
            streets.neighbours.entry(a).or_default().insert(b);
            streets.neighbours.entry(b).or_default().insert(a);
        }
        assert_eq!(streets.trails(&positions), [vec![0, 1, 2], vec![3, 1, 4]]);
    }
}
