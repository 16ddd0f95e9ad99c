//! Ctrl-C: once to end with the best plan so far, twice to end at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

/// Exit code after the second Ctrl-C, as of a program that the signal ended.
const INTERRUPTED: i32 = 130;

/// Whether the planner has asked to stop.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens for Ctrl-C from now on. Where the system allows no listening, Ctrl-C ends the
    /// program at once, as it does anyway.
    pub(super) fn listen() -> Self {
        let stop = Self::default();
        let asked = stop.0.clone();
        let _ = ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::Relaxed) {
                std::process::exit(INTERRUPTED);
            }
            super::say::note("\nstopping with the best plan so far; Ctrl-C again to quit at once");
        });
        stop
    }

    /// Whether to stop.
    pub(super) fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
