//! How hot the search is: geometric cooling over the schedule, in one cycle or a few.

/// Temperatures at the start and at the end, in what a visit of the first plan brings: where
/// islands keep the best plan they met, and can start again and again from hot; and where the
/// last plan is the result, which must not be melted and must end cold.
const WHOLE: (f64, f64) = (3.0, 0.03);
const CUT: (f64, f64) = (0.5, 0.008);
/// Iterations per visit that one cooling deserves before another pays.
const REHEAT_AFTER: u64 = 400;

/// Geometric cooling over the schedule, in one cycle or a few, all of the same length.
#[derive(Clone, Copy, Debug)]
pub struct Cooling {
    /// Epochs of all cycles; `None`: hot until the schedule is known.
    total: Option<u32>,
    /// How many cycles.
    cycles: u32,
    /// Temperatures at the start and at the end of each.
    range: (f64, f64),
}

impl Cooling {
    /// One cycle for problems that the schedule only just suffices for; small problems start
    /// again from hot as often as they can afford, up to eight times.
    pub fn of(schedule: Option<u32>, iterations: u32, visits: usize, cut: bool) -> Self {
        let epochs = schedule.unwrap_or(0);
        let work = u64::from(epochs) * u64::from(iterations);
        let most = u64::from((epochs / 2).clamp(1, 8));
        let cycles = (work / (REHEAT_AFTER * visits.max(1) as u64)).clamp(1, most);
        Self {
            total: schedule.filter(|&n| n > 0),
            cycles: cycles as u32,
            range: if cut { CUT } else { WHOLE },
        }
    }

    /// How far the cycle has come at `epoch`, 0 to 1; 1 past the schedule.
    fn phase(self, epoch: u32) -> Option<f64> {
        let total = self.total?;
        if epoch >= total {
            return Some(1.0);
        }
        let done = u64::from(epoch) * u64::from(self.cycles) % u64::from(total);
        Some(done as f64 / f64::from(total))
    }

    /// In what a visit of the first plan brings.
    pub fn temperature(self, epoch: u32) -> f64 {
        let (hot, cold) = self.range;
        let phase = self.phase(epoch);
        phase.map_or(hot, |phase| hot * (cold / hot).powf(phase))
    }

    /// Whether a new cycle, or what comes after the last, begins with this epoch.
    pub fn begins(self, epoch: u32) -> bool {
        let Some(total) = self.total else {
            return false;
        };
        let cycle = |e: u32| u64::from(e.min(total)) * u64::from(self.cycles) / u64::from(total);
        epoch > 0 && epoch <= total && cycle(epoch) != cycle(epoch - 1)
    }

    /// Whether uncut islands go on from the best after this epoch: some ten times in the
    /// colder half of every cycle, and when a new one begins.
    pub fn meets(self, epoch: u32) -> bool {
        let every = (self.total.unwrap_or(1) / self.cycles / 20).max(1);
        let cold = self.phase(epoch).is_some_and(|p| p > 0.5);
        self.begins(epoch) || (cold && epoch.is_multiple_of(every))
    }
}
