//! The pipeline from a scenario on its roads to a plan.

mod bound;
pub mod staffing;

use crate::error::Result;
use crate::patrol::compile::Compiled;
use crate::patrol::compile::compile;
use crate::patrol::search;
use crate::patrol::state::State;
use crate::patrol::write::write;
use crate::plan::Made;
use crate::plan::PLAN_VERSION;
use crate::plan::Plan;
use crate::world::World;

pub use crate::patrol::bound::Effort;
pub use crate::patrol::bound::Progress as BoundProgress;
pub use crate::patrol::score::Score;
pub use crate::patrol::search::Control;
pub use crate::patrol::search::Options;
pub use crate::patrol::search::Progress;
pub use crate::patrol::search::WARM_UP;
pub use crate::patrol::search::epochs;
pub use bound::bound;

/// A plan with what the search itself believes of it, for tests that hold the checker's word
/// against it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// Its score by the search's own account.
    pub score: Score,
    /// Value of protecting everything always, in units of [`Score::value`].
    pub total: i64,
    /// Points of its order visits, in units of [`Score::value`].
    pub points: i64,
}

/// Plans the patrols of a scenario: travel tables, search, paths.
///
/// `observe` hears of every epoch and says when to stop; nothing in here looks at a clock.
///
/// # Errors
/// When the scenario cannot be compiled.
pub fn plan(
    world: &World,
    options: Options,
    observe: impl FnMut(Progress) -> Control,
) -> Result<Planned> {
    let compiled = compile(world)?;
    plan_compiled(world, &compiled, options, observe)
}

/// What repeats a search.
fn made(options: Options, epochs: u32, schedule: u32) -> Made {
    Made {
        by: concat!("roundsman ", env!("CARGO_PKG_VERSION")).to_owned(),
        seed: options.seed,
        epochs,
        schedule,
        islands: options.islands,
    }
}

/// A plan in which every unit stands by at its base, breaks and all.
///
/// # Errors
/// Internal, when a leg has no path.
pub fn stand_by(world: &World, compiled: &Compiled) -> Result<Plan> {
    let duties = 0..compiled.instance.duties.len() as u32;
    let empty = |duty| crate::patrol::route::Route::empty(&compiled.instance, duty);
    let routes: Vec<_> = duties.map(empty).collect();
    let (duties, paths) = write(world, compiled, &routes)?;
    Ok(Plan {
        version: PLAN_VERSION,
        scenario: world.scenario.name.plain.clone(),
        start: world.scenario.start.to_string(),
        duties,
        paths,
        ..Plan::default()
    })
}

/// Plans the patrols of a scenario that is compiled already.
///
/// # Errors
/// Internal, when a leg has no path.
pub fn plan_compiled(
    world: &World,
    compiled: &Compiled,
    options: Options,
    observe: impl FnMut(Progress) -> Control,
) -> Result<Planned> {
    let outcome = match compiled.instance.duties.is_empty() {
        // Nobody can be sent anywhere.
        true => search::Outcome {
            routes: Vec::new(),
            score: State::empty(&compiled.instance).score,
            epochs: 0,
            schedule: 0,
        },
        false => search::solve(&compiled.instance, options, observe),
    };
    let (duties, paths) = write(world, compiled, &outcome.routes)?;
    let made = made(options, outcome.epochs, outcome.schedule);
    Ok(Planned {
        plan: Plan {
            version: PLAN_VERSION,
            scenario: world.scenario.name.plain.clone(),
            start: world.scenario.start.to_string(),
            made: Some(made),
            bound: None,
            duties,
            roster: None,
            paths,
        },
        score: outcome.score,
        total: compiled.instance.total_risk(),
        points: outcome
            .routes
            .iter()
            .map(|r| r.points(&compiled.instance))
            .sum(),
    })
}
