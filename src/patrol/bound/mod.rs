//! How good a plan can be at most: a proven upper bound on its value, and what holds it down.
//!
//! # The bound
//!
//! Let `r_i(t)` be the risk of place `i`, cut into layers of level and cells of time, and let
//! every cell have a price `x` in `[0, 1]`: the share of its risk that is paid to whoever
//! protects it. Every demand has a price `w >= 0`, every visit that counts once a price
//! `s >= 0`. For any plan,
//!
//! ```text
//! value  =  sum over cells of (1 - x) risk . protected
//!         + sum over cells of      x  risk . protected  +  points of counted visits
//!       <=  sum over cells of (1 - x) risk                                    (a)
//!         + what the last visits before the horizon are paid                  (b)
//!         + sum over demands of w . count  +  sum over series of s            (c)
//!         + sum over duties of what the duty's visits are paid                (d)
//! ```
//!
//! where a visit is paid the prices of what it protects, and its points less `w` and `s`.
//!
//! *Proof.* A cell is protected by a share of at most 1, and `1 - x >= 0`: this is (a). The
//! level of a place at an instant is that of its best visit, and fills each layer no more than
//! all visits together do, so the priced part is no more than what all visits are paid for
//! it, by whichever duty, those before the horizon among them: (b) and part of (d). No more
//! visits than a demand's count have points, and of visits that count once only one has;
//! adding `w (count - visits) >= 0` and `s (1 - visits) >= 0` gives (c) and the rest of (d).
//!
//! So the bound holds for any prices, if (d) is no less than what any walk that the duty can
//! make is paid. Nothing ties the duties together any more: each takes its own best walk
//! (Lagrangian relaxation, Fisher 1981).
//!
//! # The best walk
//!
//! `sweep` finds it by dynamic programming over spots and slots of time. Four things make it
//! larger than what a real walk earns, never smaller:
//!
//! - *Time.* A duty in slot `u` is there at some instant of the slot. Travel times and lengths of
//!   visits are rounded down to slots and protection is rounded up; with slots of one tick
//!   nothing is rounded. By induction backwards in time the value of a state is no less than
//!   what any real continuation from it earns, since it falls with time.
//! - *Memory.* A second visit of a place adds only what the first does not protect yet. A walk
//!   knows its present place, and the one before if it came from there *promptly*, without
//!   waiting for more than five minutes, and the two are near. If it returns there promptly, the
//!   earlier visit ended at most the two ways, the stay and two waits ago, so the return is paid
//!   `T(e) - T(d)` with `d` that long before it (`tables` says why that is enough, since `T` never
//!   falls). Whatever else it visited before is forgotten and paid again: by submodularity too
//!   much. (Two-cycle elimination: Houck, Picard, Queyranne and Vemuganti 1980; here a
//!   return is not forbidden, but paid for what it is worth. Where every visit counts
//!   once, it is forbidden.)
//! - *Breaks* are given in their windows, but memory is lost in them.
//! - *Spacing* within a series is ignored unless a series counts once.
//!
//! Values are whole units in 32-bit floating point, which adds integers below 2^24 exactly; what is
//! paid is rounded up to units, what is taken off is rounded down. Sums in 64-bit floating
//! point are off by less than `SLACK` of the whole, which is added.
//!
//! # The prices
//!
//! `ascent` looks for prices that make the bound small. It works with rounded slots that are no
//! bound but a better guide; only the final, safe evaluation is the bound.
//!
//! | file | is |
//! |---|---|
//! | `market` | cells, prices, (a) to (c) |
//! | `first` | prices to begin with |
//! | `tables` | running sums of what presence is paid |
//! | `ground` | duties that are alike, their spots, near places |
//! | `paid` | what visits are paid, slot by slot |
//! | `moves` | from where to where, and what is known then |
//! | `rows` | values by slot, and their greatest over windows of slots |
//! | `sweep`, `follow` | the best walks |
//! | `ascent` | better prices |

mod ascent;
mod first;
mod follow;
mod ground;
mod market;
mod moves;
mod paid;
mod rows;
mod sweep;
mod tables;

use super::instance::Instance;
use super::search::Control;
use ascent::Ascent;
use ascent::DEARER;
use ascent::evaluate;
use ascent::memory;
use ground::Group;
use market::Market;
use market::Prices;
use paid::Slots;

/// Relative rounding of sums of up to some million floating-point numbers.
const SLACK: f64 = 1e-9;
/// Slots of the longest duty while prices are sought.
const COARSE: i32 = 480;

/// How hard to try.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Value of some plan: no bound can be below it, so steps aim no lower.
    pub floor: i64,
    /// Length of a slot in the last, safe evaluation, ticks; shorter where visits are.
    pub slot: i32,
}

/// Where the search for prices stands, before the first round and after each.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Rounds done.
    pub round: u32,
    /// About what the bound will be, once there was a round.
    pub about: Option<f64>,
    /// How many rounds' time the last evaluation takes, roughly.
    pub last: f64,
    /// Work of a round, in elementary steps: some hundred million take a second.
    pub work: f64,
}

/// A proven bound.
#[derive(Clone, Debug)]
pub struct Proof {
    /// No plan is worth more, in units of [`super::score::Score::value`].
    pub value: i64,
    /// Rounds of the search for prices.
    pub rounds: u32,
    /// Length of a slot, ticks.
    pub slot: i32,
    /// What each duty's best walk is paid: one more such duty raises the bound by no more.
    pub duties: Vec<f64>,
    /// What is paid for each place's protection in all: if it needed no visits, the bound
    /// would rise by no more.
    pub places: Vec<f64>,
    /// The same for each stretch of [`HOURS`] ticks of the horizon.
    pub hours: Vec<f64>,
}

/// Length of a stretch of [`Proof::hours`], ticks.
pub const HOURS: i32 = 3600;

/// Looks for a bound until `observe` says stop. `None` when some visit takes no time at all
/// and leads nowhere, so that a walk could make any number of them.
pub fn prove(
    instance: &Instance,
    effort: Effort,
    mut observe: impl FnMut(Progress) -> Control,
) -> Option<Proof> {
    let market = Market::new(instance);
    let alike = ground::alike(instance);
    let lengths = instance.duties.iter().map(|d| d.end - d.start);
    let longest = lengths.max().unwrap_or(1);
    let coarse = Slots {
        step: (longest / COARSE).max(1),
        safe: false,
    };
    let work = alike.iter().map(|duties| {
        let duty = &instance.duties[duties[0] as usize];
        ground::work(instance, duties[0], coarse.less(duty.end - duty.start))
    });
    let finer = f64::from(coarse.step) / f64::from(effort.slot.max(1));
    let mut progress = Progress {
        round: 0,
        about: None,
        last: finer * DEARER,
        work: work.sum(),
    };
    // Before the memory for any round is taken.
    if observe(progress) == Control::Stop {
        return proof_of_nothing(&market);
    }
    let groups = crate::par::map(&alike, |duties| Group::of(instance, duties.clone()));
    let shortest = groups.iter().filter_map(|g| g.ground.shortest(instance));
    let shortest = shortest.min().unwrap_or(i32::MAX);
    if shortest < 1 {
        return None;
    }
    let mut ascent = Ascent::new(&market, &groups, coarse, effort.floor as f64);
    loop {
        ascent.round();
        progress.round += 1;
        progress.last = finer * DEARER * f64::from(progress.round) / ascent.done();
        progress.about = Some(ascent.best().0);
        if observe(progress) == Control::Stop {
            break;
        }
    }
    let fine = Slots {
        step: effort.slot.clamp(1, shortest),
        safe: true,
    };
    let prices = &ascent.best().1;
    let (value, walks) = evaluate(&market, &groups, prices, fine, memory(&market), false);
    let mut paid = vec![0.0; instance.duties.len()];
    walks
        .iter()
        .for_each(|(duty, walk)| paid[*duty as usize] = walk.value);
    let found = proof(&market, prices, value, paid, (progress.round, fine.step));
    // After few rounds, paying nothing at all may be better.
    let nothing = proof_of_nothing(&market).filter(|n| n.value < found.value);
    Some(nothing.map_or(found, |nothing| Proof {
        rounds: progress.round,
        ..nothing
    }))
}

/// The bound in which nobody is paid for anything; `None` where points cannot all be taken.
fn proof_of_nothing(market: &Market<'_>) -> Option<Proof> {
    let nothing = market.nothing();
    let paid = vec![0.0; market.instance.duties.len()];
    let value = market.left_over(&nothing);
    market
        .takes_all()
        .then(|| proof(market, &nothing, value, paid, (0, 1)))
}

/// A bound of that value, with what its prices say.
fn proof(
    market: &Market<'_>,
    prices: &Prices,
    value: f64,
    duties: Vec<f64>,
    (rounds, slot): (u32, i32),
) -> Proof {
    let (places, hours) = binding(market, prices);
    Proof {
        value: (value * (1.0 + SLACK)).ceil() as i64,
        rounds,
        slot,
        duties,
        places,
        hours,
    }
}

/// What is paid for protection, by place and by hour, beside what the last visits before the
/// horizon are paid.
fn binding(market: &Market<'_>, prices: &Prices) -> (Vec<f64>, Vec<f64>) {
    let horizon = market.instance.horizon.max(0);
    let mut places = vec![0.0; market.worth.len()];
    let mut hours = vec![0.0; (horizon as usize).div_ceil(HOURS as usize)];
    for (c, layers) in market.worth.iter().enumerate() {
        let risk = &market.instance.covers[c].risk;
        for (k, row) in layers.iter().enumerate() {
            for (cell, worth) in row.iter().enumerate() {
                let left = worth - market.before[c][k][cell];
                let paid = prices.cells[c][k][cell] * left.max(0.0);
                places[c] += paid;
                // A cell of a short horizon may lie in two hours.
                let from = cell as i32 * market.cell;
                let to = (from + market.cell).min(horizon);
                let all = risk.between(from, to).max(1) as f64;
                for hour in from / HOURS..=(to - 1) / HOURS {
                    let (first, last) = (from.max(hour * HOURS), to.min((hour + 1) * HOURS));
                    hours[hour as usize] += paid * risk.between(first, last) as f64 / all;
                }
            }
        }
    }
    (places, hours)
}
