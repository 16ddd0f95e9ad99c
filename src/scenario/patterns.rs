//! Patterns of shifts that police and guards work by, as data: turns, cycles and crews.
//! What follows from them (hours, rests, laws broken) is worked out by `check`.

/// A pattern: crews that work the same cycle, each a few days behind the other.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// Key in files.
    pub key: &'static str,
    /// Name shown.
    pub name: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// What can be worked on a day, in the order in which a scenario names its shifts.
    pub turns: &'static [Turn],
    /// Cycles, all of one length: the letter of a turn for each day, `.` for a day off.
    pub cycles: &'static [Cycle],
}

/// Something to be worked on a day. The hours are the usual ones: a scenario has its own shifts.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Letter in cycles.
    pub letter: char,
    /// Letter shown in Chinese.
    pub zh: char,
    /// Hour of the day at which it begins.
    pub start: i64,
    /// Hours that it lasts.
    pub hours: i64,
}

/// A cycle and who works it.
#[derive(Clone, Copy, Debug)]
pub struct Cycle {
    /// A letter a day.
    pub days: &'static str,
    /// For each crew, the day of the cycle with which it begins.
    pub crews: &'static [usize],
}

const fn turn(letter: char, zh: char, start: i64, hours: i64) -> Turn {
    Turn {
        letter,
        zh,
        start,
        hours,
    }
}

const fn cycle(days: &'static str, crews: &'static [usize]) -> Cycle {
    Cycle { days, crews }
}

const EIGHTS: &[Turn] = &[
    turn('D', '白', 6, 8),
    turn('L', '中', 14, 8),
    turn('N', '夜', 22, 8),
];
const TENS: &[Turn] = &[
    turn('D', '白', 7, 10),
    turn('L', '中', 15, 10),
    turn('N', '夜', 21, 10),
];
const TWELVES: &[Turn] = &[turn('D', '白', 7, 12), turn('N', '夜', 19, 12)];
const WHOLE: &[Turn] = &[turn('T', '全', 8, 24)];
/// The second begins half a day after the first.
const WHOLE_AND_HALF: &[Turn] = &[turn('T', '全', 8, 24), turn('U', '昼', 20, 24)];

/// All patterns. Each begins on a Monday.
pub static ALL: &[Pattern] = &[
    Pattern {
        key: "four-crew-three-shift",
        name: "Four crews, three shifts",
        zh: "四班三运转",
        turns: EIGHTS,
        cycles: &[cycle("DDLLNN..", &[0, 2, 4, 6])],
    },
    Pattern {
        key: "five-crew-three-shift",
        name: "Five crews, three shifts",
        zh: "五班三运转",
        turns: EIGHTS,
        cycles: &[cycle("DDLLNN....", &[0, 2, 4, 6, 8])],
    },
    Pattern {
        key: "three-crew-two-shift",
        name: "Three crews, two shifts",
        zh: "三班两运转",
        turns: TWELVES,
        cycles: &[cycle("DN.", &[0, 1, 2])],
    },
    Pattern {
        key: "pitman",
        name: "Pitman 2-2-3, fixed days and nights",
        zh: "皮特曼 2-2-3（固定白夜）",
        turns: TWELVES,
        cycles: &[
            cycle("DD..DDD..DD...", &[0, 7]),
            cycle("NN..NNN..NN...", &[0, 7]),
        ],
    },
    Pattern {
        key: "panama",
        name: "Panama 2-2-3, two weeks of days, two of nights",
        zh: "巴拿马 2-2-3（两周白两周夜）",
        turns: TWELVES,
        cycles: &[cycle("DD..DDD..DD...NN..NNN..NN...", &[0, 7, 14, 21])],
    },
    Pattern {
        key: "dupont",
        name: "DuPont",
        zh: "杜邦",
        turns: TWELVES,
        cycles: &[cycle("NNNN...DDD.NNN...DDDD.......", &[0, 7, 14, 21])],
    },
    Pattern {
        key: "four-on-four-off",
        name: "4 on, 4 off",
        zh: "上四休四",
        turns: TWELVES,
        cycles: &[cycle("DDDD....NNNN....", &[0, 4, 8, 12])],
    },
    Pattern {
        key: "4x10",
        name: "4 x 10 h in three bands",
        zh: "四天十小时（三段）",
        turns: TENS,
        cycles: &[
            cycle("DDDD...", &[0, 4]),
            cycle("LLLL...", &[0, 4]),
            cycle("NNNN...", &[0, 4]),
        ],
    },
    Pattern {
        key: "24-48",
        name: "24 h on, 48 h off",
        zh: "上二十四休四十八",
        turns: WHOLE,
        cycles: &[cycle("T..", &[0, 1, 2])],
    },
    Pattern {
        key: "24-72",
        name: "24 h on, 72 h off",
        zh: "上二十四休七十二",
        turns: WHOLE,
        cycles: &[cycle("T...", &[0, 1, 2, 3])],
    },
    Pattern {
        key: "24-36",
        name: "24 h on, 36 h off",
        zh: "上二十四休三十六",
        turns: WHOLE_AND_HALF,
        cycles: &[cycle("T.U..", &[0, 1, 2, 3, 4])],
    },
];

/// The pattern of a key.
pub fn find(key: &str) -> Option<&'static Pattern> {
    ALL.iter().find(|pattern| pattern.key == key)
}

impl Pattern {
    /// Days after which everything repeats.
    pub fn length(&self) -> usize {
        self.cycles.first().map_or(0, |cycle| cycle.days.len())
    }

    /// How many crews it takes.
    pub fn crews(&self) -> usize {
        self.cycles.iter().map(|cycle| cycle.crews.len()).sum()
    }

    /// The turn of a crew, from 0, on a day, counted from that on which the first crew begins
    /// the cycle: its place among the turns, or `None` for a day off.
    pub fn turn(&self, crew: usize, day: i64) -> Option<usize> {
        let mut crews = self
            .cycles
            .iter()
            .flat_map(|cycle| cycle.crews.iter().map(|begin| (cycle.days, *begin as i64)));
        let (days, begin) = crews.nth(crew)?;
        let at = (day + begin).rem_euclid(days.len() as i64) as usize;
        let letter = char::from(days.as_bytes()[at]);
        self.turns.iter().position(|turn| turn.letter == letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_every_letter_is_a_turn() {
        for pattern in ALL {
            assert!(std::ptr::eq(find(pattern.key).expect("found"), pattern));
            for cycle in pattern.cycles {
                assert_eq!(cycle.days.len(), pattern.length(), "{}", pattern.key);
                assert!(cycle.crews.iter().all(|begin| *begin < pattern.length()));
                for letter in cycle.days.chars().filter(|letter| *letter != '.') {
                    let mut turns = pattern.turns.iter();
                    assert!(turns.any(|turn| turn.letter == letter), "{}", pattern.key);
                }
            }
        }
    }

    #[test]
    fn crews_are_numbered_through_all_cycles() {
        let pitman = find("pitman").expect("there");
        assert_eq!((pitman.crews(), pitman.length()), (4, 14));
        assert_eq!(pitman.turn(0, 0), Some(0));
        assert_eq!(pitman.turn(1, 0), None);
        assert_eq!(pitman.turn(2, 0), Some(1));
        assert_eq!(pitman.turn(0, -3), None);
        assert_eq!(pitman.turn(0, 14), Some(0));
        assert_eq!(pitman.turn(4, 0), None);
    }
}
