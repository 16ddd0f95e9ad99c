//! Team orienteering in the engine's terms: like units, places that count once at most.

use crate::error::Error;
use crate::error::Result;
use crate::patrol::bound::Effort;
use crate::patrol::bound::prove;
use crate::patrol::instance::Crew;
use crate::patrol::instance::Duty;
use crate::patrol::instance::Instance;
use crate::patrol::instance::Mode;
use crate::patrol::instance::NONE;
use crate::patrol::instance::Series;
use crate::patrol::instance::Task;
use crate::patrol::instance::Window;
use crate::patrol::search::Control;

/// Most units: more than any public problem has.
const MOST_UNITS: u32 = 1000;
/// Neighbours kept of every place.
const NEAR: usize = 100;

/// A problem whose spots are the places of its file.
#[derive(Clone, Debug)]
pub struct Team {
    /// Travel times between places, row by row.
    pub times: Vec<i32>,
    /// What can be done.
    pub tasks: Vec<Task>,
    /// Least times between visits.
    pub series: Vec<Series>,
    /// The duty of every unit.
    pub duty: Duty,
}

/// Slots of the last evaluation of a bound, in a duty.
const SLOTS: i32 = 2000;

/// A bound on the points of any answer to a compiled problem, from so many rounds of a search
/// for prices.
pub fn bound(instance: &Instance, rounds: u32) -> Option<i64> {
    let effort = Effort {
        floor: 0,
        slot: (instance.horizon / SLOTS).max(1),
    };
    let proof = prove(instance, effort, |progress| match progress.round < rounds {
        true => Control::Continue,
        false => Control::Stop,
    });
    proof.map(|p| p.value)
}

/// A duty without breaks of the first crew.
pub fn duty(from: usize, to: usize, start: i32, end: i32) -> Duty {
    Duty {
        crew: 0,
        from: from as u32,
        to: to as u32,
        start,
        end,
        breaks: Vec::new(),
    }
}

impl Team {
    /// Adds a visit that counts once at most: its place, the window that must hold all of
    /// it, its length, and its points.
    pub fn visit_once(&mut self, place: usize, window: (i32, i32), length: i32, points: i64) {
        self.tasks.push(Task {
            spot: place as u32,
            cover: NONE,
            series: self.series.len() as u32,
            windows: vec![Window {
                open: window.0,
                close: window.1,
                quota: NONE,
            }],
            length: vec![length],
            points,
        });
        self.series.push(Series {
            spacing: i32::MAX / 4,
        });
    }

    /// The compiled problem for `units` units on `places` places.
    ///
    /// # Errors
    /// `B009` when there are no units or too many.
    pub fn compile(self, places: usize, units: u32) -> Result<Instance> {
        if !(1..=MOST_UNITS).contains(&units) {
            let error = Error::input("B009", "a number of units that cannot be planned");
            let hint = format!("from 1 to {MOST_UNITS}");
            return Err(error.value(units).hint(hint).into());
        }
        let crew = Crew {
            mode: 0,
            tasks: (0..self.tasks.len() as u32).collect(),
            level: Vec::new(),
        };
        let mut instance = Instance {
            horizon: self.duty.end.saturating_add(1),
            spots: places,
            modes: vec![Mode { times: self.times }],
            tasks: self.tasks,
            series: self.series,
            crews: vec![crew],
            duties: vec![self.duty; units as usize],
            ..Instance::default()
        };
        instance.prepare(NEAR);
        Ok(instance)
    }
}
