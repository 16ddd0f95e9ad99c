//! Every kind of rule: its word in files, its unit, its window, whom it binds.

use std::fmt;

use serde::Serialize;
use serde::Serializer;

/// What the figure of a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Hours in files, seconds in [`Rule::value`](super::Rule::value).
    Hours,
    /// Minutes in files, seconds in [`Rule::value`](super::Rule::value).
    Minutes,
    /// Days.
    Days,
    /// Nights.
    Nights,
    /// Weekends.
    Weekends,
    /// People.
    People,
    /// Duties.
    Duties,
    /// Times that something is as it should not be.
    Times,
}

impl Measure {
    /// Seconds of one unit of files, where it is a length of time.
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::Hours => Some(3600),
            Self::Minutes => Some(60),
            _ => None,
        }
    }

    /// Name of the unit that broken rules are counted in: `seconds` for lengths of time.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Hours | Self::Minutes => "seconds",
            Self::Days => "days",
            Self::Nights => "nights",
            Self::Weekends => "weekends",
            Self::People => "people",
            Self::Duties => "duties",
            Self::Times => "times",
        }
    }
}

/// Whether a rule has a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// It must be given.
    Needed,
    /// It may be given; else it is this, in the unit of files.
    Usual(i64),
    /// There is none.
    None,
}

/// What the window of a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// There is none.
    None,
    /// Hours, by default so many.
    Hours(i64),
    /// Days, by default so many.
    Days(i64),
    /// Nights, by default so many.
    Nights(i64),
    /// Weeks, by default so many.
    Weeks(i64),
}

/// Whom a kind of rule binds, and so which scopes it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// Each person: tiers, contracts, people.
    Person,
    /// Each duty, shift or group of a tier: tiers.
    Duty,
    /// The people it names, in each other's company.
    Company,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $zh:literal, $measure:ident, $figure:expr, $window:expr, $binds:ident;)*) => {
        /// A kind of rule. `docs/formats.md` has a row for each.
        ///
        /// A sentence on the law says where such a rule stands; what a scenario wants is in its
        /// rule sets and rules.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleKind {
            $($(#[$doc])* $kind,)*
        }

        /// The words of all kinds, as a choice of the files.
        pub(crate) const WORDS: &[(&str, &[&str])] = &[$(($word, &[])),*];

        impl RuleKind {
            /// All kinds, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The word in files.
            pub fn word(self) -> &'static str {
                match self { $(Self::$kind => $word,)* }
            }

            /// What it is called in Chinese.
            pub fn zh(self) -> &'static str {
                match self { $(Self::$kind => $zh,)* }
            }

            /// What its figure, and what is broken of it, counts.
            pub fn measure(self) -> Measure {
                match self { $(Self::$kind => Measure::$measure,)* }
            }

            /// Whether it has a figure.
            pub fn figure(self) -> Figure {
                use Figure::*;
                match self { $(Self::$kind => $figure,)* }
            }

            /// What its window counts.
            pub fn window(self) -> Window {
                match self { $(Self::$kind => $window,)* }
            }

            /// Whom it binds.
            pub fn binds(self) -> Binds {
                match self { $(Self::$kind => Binds::$binds,)* }
            }
        }
    };
}

kinds! {
    /// Least hours of unbroken rest within each `window` hours from the start of work.
    /// 2003/88/EC art. 3: 11 h in each 24 h.
    RestBetweenDuties = "rest-between-duties", "班次间休息", Hours, Needed, Window::Hours(24), Person;
    /// Least hours from the end of a duty to the start of the next.
    /// Taiwan, since 2023: 11 h between changes of shift.
    QuickReturns = "quick-returns", "快速返岗", Hours, Needed, Window::None, Person;
    /// Least hours of unbroken rest in each `window` days, counted from the first.
    /// 2003/88/EC art. 5: 24 h and the 11 h of the day, in each 7 days.
    RestPerWeek = "rest-per-week", "周休息", Hours, Needed, Window::Days(7), Person;
    /// Least days off in each calendar week.
    /// Labour Law of the PRC art. 38: 1. Taiwan Police Duty Act: 2.
    DaysOffPerWeek = "days-off-per-week", "每周休息日", Days, Needed, Window::None, Person;
    /// Most hours of work on a day.
    /// Labour Law of the PRC arts. 36 and 41: 8, with overtime 11. Taiwan, since 2023: 12.
    HoursPerDay = "hours-per-day", "日工时", Hours, Needed, Window::None, Person;
    /// Most hours of work in a calendar week.
    HoursPerWeek = "hours-per-week", "周工时", Hours, Needed, Window::None, Person;
    /// Most hours of work in any `window` days.
    HoursRolling = "hours-rolling", "滚动工时", Hours, Needed, Window::Days(7), Person;
    /// Most hours of work a week, on average over the horizon.
    /// 2003/88/EC art. 6: 48 h. State Council Decision 174 of 1995: 40 h.
    HoursAverage = "hours-average", "平均周工时", Hours, Needed, Window::None, Person;
    /// Most hours of work in a calendar month.
    HoursPerMonth = "hours-per-month", "月工时", Hours, Needed, Window::None, Person;
    /// Most hours on a day beyond a fifth of the contract's week.
    /// Labour Law of the PRC art. 41: 3 h.
    OvertimePerDay = "overtime-per-day", "日加班", Hours, Needed, Window::None, Person;
    /// Most hours in a calendar month beyond contract.
    /// Labour Law of the PRC art. 41: 36 h. Taiwan, since 2023: 80 h.
    OvertimePerMonth = "overtime-per-month", "月加班", Hours, Needed, Window::None, Person;
    /// Hours that work over the horizon may fall short of contract.
    ContractHours = "contract-hours", "合同工时", Hours, Usual(0), Window::None, Person;
    /// Most hours of one duty.
    DutyLength = "duty-length", "班次时长", Hours, Needed, Window::None, Person;
    /// Most hours of a duty that is a night.
    /// 2003/88/EC art. 8: 8 h where the work is heavy or dangerous.
    NightLength = "night-length", "夜班时长", Hours, Needed, Window::None, Person;
    /// A definition, never broken: a duty is a night when at least so many hours of it lie
    /// between 00:00 and 05:00. 2003/88/EC art. 2: at least 3 h of night time make a night
    /// worker, and night time includes 00:00 to 05:00.
    NightDuty = "night-duty", "夜班定义", Hours, Needed, Window::None, Person;
    /// Most days of work in a row.
    ConsecutiveDays = "consecutive-days", "连续工作日", Days, Needed, Window::None, Person;
    /// Most nights in a row.
    ConsecutiveNights = "consecutive-nights", "连续夜班", Nights, Needed, Window::None, Person;
    /// Least days of work in a row.
    WorkRun = "work-run", "最短连班", Days, Needed, Window::None, Person;
    /// Least days off in a row.
    OffRun = "off-run", "最短连休", Days, Needed, Window::None, Person;
    /// Least hours of rest after at least `window` nights in a row.
    RestAfterNights = "rest-after-nights", "夜班后休息", Hours, Needed, Window::Nights(1), Person;
    /// Most weekends worked in any `window` weeks.
    WeekendsWorked = "weekends-worked", "周末上班", Weekends, Needed, Window::Weeks(4), Person;
    /// No weekend of which only one day is worked.
    CompleteWeekends = "complete-weekends", "完整周末", Weekends, None, Window::None, Person;
    /// On days of work in a row, no duty starts earlier in the day than that of the day before.
    ForwardRotation = "forward-rotation", "正向轮转", Times, None, Window::None, Person;
    /// No work during leave.
    Leave = "leave", "请假", Duties, None, Window::None, Person;
    /// What people wish for; the price multiplies the weight of each request.
    Requests = "requests", "意愿", Times, None, Window::None, Person;
    /// Minutes that work begins before the duty does, to take over from the people before.
    Handover = "handover", "交接班", Minutes, Needed, Window::None, Person;
    /// Work as the pattern says.
    Pattern = "pattern", "轮班模式", Days, None, Window::None, Person;
    /// Each duty driven has the fewest people with whom its unit may drive.
    Crew = "crew", "最少乘员", People, None, Window::None, Duty;
    /// Each duty driven has all its seats filled.
    FullCrew = "full-crew", "满员", People, None, Window::None, Duty;
    /// Each skill of a unit is that of somebody on board.
    CrewSkills = "crew-skills", "乘员技能", Times, None, Window::None, Duty;
    /// Fewest sworn people on a duty.
    SwornPerDuty = "sworn-per-duty", "正式民警", People, Usual(1), Window::None, Duty;
    /// Fewest people with one of the ranks or skills on each shift of a tier.
    SupervisorPerShift = "supervisor-per-shift", "带班领导", People, Usual(1), Window::None, Duty;
    /// A novice has a senior on the same duty.
    NoviceWithSenior = "novice-with-senior", "以老带新", Duties, None, Window::None, Duty;
    /// The people named work on the same duty, or none of them works.
    PairsRequired = "pairs-required", "固定搭档", Duties, None, Window::None, Company;
    /// No two of the people named work on the same duty.
    PairsForbidden = "pairs-forbidden", "不得搭档", Duties, None, Window::None, Company;
    /// Fewest people on duty by hour, as `[[staffing]]` says. The desired number has a price of
    /// its own there.
    Staffing = "staffing", "在岗人数", Hours, None, Window::None, Duty;
    /// Hours beyond or below a fair share.
    FairHours = "fair-hours", "工时公平", Hours, Usual(0), Window::None, Duty;
    /// Nights beyond or below a fair share.
    FairNights = "fair-nights", "夜班公平", Nights, Usual(0), Window::None, Duty;
    /// Weekends beyond or below a fair share.
    FairWeekends = "fair-weekends", "周末公平", Weekends, Usual(0), Window::None, Duty;
    /// Duties on hard beats beyond or below a fair share.
    FairHardBeats = "fair-hard-beats", "苦累岗公平", Duties, Usual(0), Window::None, Duty;
}

impl RuleKind {
    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Whether it says what something means, so that it can be neither broken nor priced.
    pub fn is_definition(self) -> bool {
        self == Self::NightDuty
    }

    /// Whether it can only be priced.
    pub fn is_wish(self) -> bool {
        matches!(
            self,
            Self::FairHours | Self::FairNights | Self::FairWeekends | Self::FairHardBeats
        )
    }
}

impl Window {
    /// What it is where nothing is said; 0 where there is none.
    pub fn usual(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Hours(n) | Self::Days(n) | Self::Nights(n) | Self::Weeks(n) => n,
        }
    }
}

impl fmt::Display for RuleKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for RuleKind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.word())
    }
}
