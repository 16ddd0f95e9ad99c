//! What a roster is asked for: days, kinds of shift, seats, people and how many are wanted.
//!
//! Costs are whole numbers, and a price of [`NEVER`] forbids. The cost of a roster is that of
//! each person's own schedule ([`Contract`], [`Person`]) and of each day and seat, by how many
//! people sit there ([`Demand`]); nothing else ties people together.

/// A price that nobody may pay.
pub const NEVER: i32 = i32::MAX;
/// The seat of a day off.
pub const OFF: u16 = u16::MAX;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// Days to be planned.
    pub days: u32,
    /// Weekday of the first day, Monday 0.
    pub weekday: u32,
    /// Kinds of shift.
    pub kinds: Vec<Kind>,
    /// Seats of a day: what a person can be put on.
    pub seats: Vec<Seat>,
    /// How many are wanted, day by day and seat by seat: `day * seats + seat`.
    pub demands: Vec<Demand>,
    /// Rules of schedules that people share.
    pub contracts: Vec<Contract>,
    /// The people.
    pub people: Vec<Person>,
}

/// A kind of shift.
#[derive(Clone, Debug, Default)]
pub struct Kind {
    /// What it adds to the load of a person: minutes, or 1 where shifts are counted.
    pub load: u32,
    /// Kinds that may not be worked the day after.
    pub not_next: Vec<u32>,
}

/// A seat: a kind of shift, in a role.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// The kind of shift.
    pub kind: u32,
}

/// What it costs that `n` people have a seat on a day: convex in `n`.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    /// Cost of nobody.
    pub none: i32,
    /// What the first person adds, the second, and so on; never falling. Each further person
    /// adds what the last one adds; nothing where the list is empty.
    pub steps: Vec<i32>,
}

/// Rules that the people of a contract share.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    /// Days worked in a row.
    pub work: Run,
    /// Days off in a row.
    pub off: Run,
    /// Days in a row on one kind of shift, by kind; free where the list is empty.
    pub same: Vec<Run>,
    /// Price of a weekend of which only one day is worked.
    pub half_weekend: i32,
    /// Price of each weekend worked beyond those of [`Person::weekends`].
    pub extra_weekend: i32,
    /// Price of each unit of load below [`Person::load`].
    pub underload: i32,
    /// Price of each unit of load above it.
    pub overload: i32,
}

/// Days in a row: how many there should be.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Fewest. A run that goes on after the last day is never too short.
    pub min: u32,
    /// Most.
    pub max: u32,
    /// Price of each day that a run is too short.
    pub short: i32,
    /// Price of each day that it is too long.
    pub long: i32,
}

/// A person.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The contract.
    pub contract: u32,
    /// Price of each day and seat (`day * seats + seat`), [`NEVER`] where the person can not.
    pub seats: Vec<i32>,
    /// Price of each day off, [`NEVER`] where the person must work.
    pub off: Vec<i32>,
    /// Most shifts of each kind, by kind.
    pub most: Vec<u32>,
    /// Least and most load of the whole time, what came before included.
    pub load: (u32, u32),
    /// Most weekends of which a day is worked, those before included.
    pub weekends: u32,
    /// What came before the first day.
    pub before: Before,
}

/// What a person did before the first day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// Kind of shift worked on the day before.
    pub kind: Option<u32>,
    /// Days in a row that it was worked, up to that day.
    pub same: u32,
    /// Days worked in a row, up to that day; 0 after a day off.
    pub work: u32,
    /// Days off in a row, up to that day; 0 after a shift.
    pub off: u32,
    /// Whether a run that begins on the first day is never too short, as if it had gone on
    /// before.
    pub open: bool,
    /// Load so far.
    pub load: u32,
    /// Weekends worked so far.
    pub weekends: u32,
}

/// Who sits where: for each person the seat of each day, or [`OFF`].
pub type Roster = Vec<Vec<u16>>;

impl Default for Run {
    /// Free.
    fn default() -> Self {
        Self {
            min: 0,
            max: u32::MAX,
            short: 0,
            long: 0,
        }
    }
}

impl Demand {
    /// What the next person adds when `n` are there.
    #[inline]
    pub fn step(&self, n: usize) -> i32 {
        let last = self.steps.last().copied().unwrap_or(0);
        self.steps.get(n).copied().unwrap_or(last)
    }

    /// What it costs that `n` are there.
    pub fn cost(&self, n: usize) -> i64 {
        (0..n).fold(i64::from(self.none), |sum, k| sum + i64::from(self.step(k)))
    }
}

impl Problem {
    /// Place of a day and seat in the lists.
    #[inline]
    pub fn at(&self, day: usize, seat: usize) -> usize {
        day * self.seats.len() + seat
    }

    /// Cost of the demands of some days, from the first to before the last, with so many
    /// people by day and seat of the whole time.
    pub fn seated(&self, counts: &[u16], (from, to): (usize, usize)) -> i64 {
        let cells = self.at(from, 0)..self.at(to, 0);
        let demands = self.demands[cells.clone()].iter();
        let pairs = demands.zip(&counts[cells]);
        pairs.map(|(demand, &n)| demand.cost(n.into())).sum()
    }

    /// No roster costs less: as many on every seat as cost least there, everybody on every day
    /// where that costs least. Rules only add to it, since they have no gains.
    pub fn least(&self) -> i64 {
        // What one more adds never falls: the gains come first.
        let seat = |demand: &Demand| {
            let steps = (0..self.people.len()).map(|n| i64::from(demand.step(n)));
            i64::from(demand.none) + steps.take_while(|step| *step < 0).sum::<i64>()
        };
        let person = |person: &Person| {
            let width = self.seats.len();
            let day = |(day, off): (usize, &i32)| {
                let seats = &person.seats[day * width..][..width];
                let choices = seats.iter().chain([off]).filter(|p| **p != NEVER);
                choices.min().map_or(0, |p| i64::from(*p))
            };
            person.off.iter().enumerate().map(day).sum::<i64>()
        };
        let seats: i64 = self.demands.iter().map(seat).sum();
        seats + self.people.iter().map(person).sum::<i64>()
    }

    /// Load of a seat, 0 of a day off.
    #[inline]
    pub fn load(&self, seat: u16) -> u32 {
        let seat = self.seats.get(seat as usize);
        seat.map_or(0, |s| self.kinds[s.kind as usize].load)
    }

    /// The weekday of a day, Monday 0.
    #[inline]
    pub fn weekday(&self, day: usize) -> u32 {
        (self.weekday + day as u32) % 7
    }
}
