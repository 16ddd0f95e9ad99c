//! An answer to a benchmark problem, in the terms of its file: what checkers look at.

use crate::patrol::route::Kind;
use crate::patrol::route::Route;

/// Routes of all units, or a roster. A unit that stays away has an empty route.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What each unit does, in order; start and end are left out where the file sets them.
    pub routes: Vec<Vec<Stop>>,
    /// What each unit does again and again for ever, in families without a horizon.
    pub rounds: Vec<Round>,
    /// Who works when, in families of rosters; in any order.
    pub shifts: Vec<Shift>,
}

/// A shift that a person works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    /// Who, from 0 in the order of the file.
    pub person: usize,
    /// Which day, from 0.
    pub day: usize,
    /// Which kind of shift, from 0 in the order of the file.
    pub kind: usize,
    /// In which skill, from 0 in the order of the file; 0 in files without skills.
    pub skill: usize,
}

/// What one unit does again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Ticks that a unit of the file's time takes, so that all times are whole.
    pub ticks: i64,
    /// Ticks after which the round starts again; 0 for a unit that stays where it is.
    pub period: i64,
    /// Places of the file with the tick of arrival, in order; from the last back to the
    /// first, one period later.
    pub stops: Vec<(u32, i64)>,
}

/// A stop of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Which place of the file, from 0 in its order.
    pub place: usize,
    /// When it begins, in the file's units of time.
    pub start: f64,
    /// How long it lasts, in the file's units of time.
    pub stay: f64,
}

impl Answer {
    /// The visits of the engine's routes, where spots are the places of the file and
    /// `per_unit` ticks make a unit of the file's time.
    pub(super) fn of(routes: &[Route], per_unit: f64) -> Self {
        let route = |route: &Route| {
            let visits = route.nodes.iter();
            let visits = visits.filter(|n| matches!(n.kind, Kind::Visit(_)));
            visits
                .map(|n| Stop {
                    place: n.spot as usize,
                    start: f64::from(n.start) / per_unit,
                    stay: f64::from(n.length) / per_unit,
                })
                .collect()
        };
        Self {
            routes: routes.iter().map(route).collect(),
            ..Self::default()
        }
    }

    /// What is wrong with the routes themselves: more of them than units, stops at places
    /// that the file does not have or that are not to be visited, times that are no numbers.
    pub(super) fn faults(
        &self,
        units: u32,
        places: usize,
        visited: impl Fn(usize) -> bool,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        if self.routes.len() > units as usize {
            faults.push(format!("{} routes for {units} units", self.routes.len()));
        }
        for (r, stop) in self.stops() {
            if stop.place >= places || !visited(stop.place) {
                faults.push(format!(
                    "route {r}: place {} is not to be visited",
                    stop.place
                ));
            }
            if !stop.start.is_finite() || !stop.stay.is_finite() || stop.stay < 0.0 {
                faults.push(format!("route {r}: a stop at no time"));
            }
        }
        faults
    }

    /// Places that are visited more than once.
    pub(super) fn repeated(&self) -> Vec<String> {
        let mut places: Vec<usize> = self.stops().map(|(_, s)| s.place).collect();
        places.sort_unstable();
        let twice = places.windows(2).filter(|w| w[0] == w[1]);
        twice
            .map(|w| format!("place {} is visited again", w[0]))
            .collect()
    }

    /// All stops with the number of their route, from 1.
    pub(super) fn stops(&self) -> impl Iterator<Item = (usize, &Stop)> {
        let routes = (1..).zip(&self.routes);
        routes.flat_map(|(r, stops)| stops.iter().map(move |s| (r, s)))
    }
}
