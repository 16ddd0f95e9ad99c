//! What tests of several families share.

use super::Case;
use super::Solved;
use super::names::Names;
use crate::epochs::Control;
use crate::epochs::Options;
use crate::error::Result;

/// So many names.
pub fn names(count: usize) -> Names {
    let mut names = Names::default();
    (0..count).for_each(|n| assert!(names.add(&n.to_string())));
    names
}

/// What two epochs find, and what the search said that it is worth.
pub fn two_epochs(case: &dyn Case) -> (Result<Solved>, Option<f64>) {
    let options = Options {
        seed: 1,
        islands: 2,
        schedule: Some(2),
    };
    let mut worth = None;
    let solved = case.solve(0, options, &mut |seen| {
        worth = seen.worth;
        match seen.epoch < 2 {
            true => Control::Continue,
            false => Control::Stop,
        }
    });
    (solved, worth)
}
