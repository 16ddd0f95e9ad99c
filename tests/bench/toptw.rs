//! Team orienteering with time windows.

use crate::small::best_team;
use crate::small::read;
use crate::small::solve;
use roundsman::rng::Rng;

/// A random problem: position, stay, profit, window; the depot first.
pub struct Town(pub Vec<[i64; 6]>);

impl Town {
    pub fn random(seed: u64, vertices: usize) -> Self {
        let mut rng = Rng::stream(seed, 1, 0);
        let mut rows = vec![[30, 30, 0, 0, 0, 120]];
        for _ in 0..vertices {
            let mut draw = |n: usize| rng.below(n) as i64;
            let open = draw(80);
            rows.push([
                draw(60),
                draw(60),
                draw(12),
                1 + draw(30),
                open,
                open + 8 + draw(40),
            ]);
        }
        Self(rows)
    }

    pub fn text(&self) -> String {
        let mut text = format!("1 0 {} 1\n0 0\n", self.0.len() - 1);
        for (k, [x, y, stay, profit, open, close]) in self.0.iter().enumerate() {
            let list = if k == 0 { "0 0" } else { "1 2 1 2" };
            text += &format!("{k} {x} {y} {stay} {profit} {list} {open} {close}\n");
        }
        text
    }

    /// Ten times the truncated distance.
    fn leg(&self, a: usize, b: usize) -> i64 {
        let (a, b) = (self.0[a], self.0[b]);
        let square = (a[0] - b[0]).pow(2) + (a[1] - b[1]).pow(2);
        ((square * 100) as u64).isqrt() as i64
    }

    fn feasible(&self, route: &[usize]) -> (bool, bool) {
        let (mut place, mut time) = (0, 0);
        for next in route.iter().map(|p| p + 1) {
            let row = self.0[next];
            time = (time + self.leg(place, next)).max(10 * row[4]);
            if time > 10 * row[5] {
                return (false, false);
            }
            time += 10 * row[2];
            place = next;
        }
        (true, time + self.leg(place, 0) <= 10 * self.0[0][5])
    }

    fn optimum(&self, units: u32) -> u64 {
        let profits: Vec<u64> = self.0[1..].iter().map(|r| r[3] as u64).collect();
        best_team(&profits, units, &|route| self.feasible(route))
    }
}

#[test]
fn the_optimum_of_small_towns_is_reached() {
    for seed in 0..12 {
        let town = Town::random(seed, 7);
        let case = read("toptw", "c1", &town.text());
        for units in [1, 2] {
            let (_, value) = solve(case.as_ref(), units, 12);
            let best = town.optimum(units);
            assert_eq!(
                value,
                best as f64,
                "seed {seed}, units {units}\n{}",
                town.text()
            );
        }
    }
}

#[test]
fn spoilt_answers_are_refused() {
    let town = Town::random(3, 7);
    let case = read("toptw", "c1", &town.text());
    let (good, _) = solve(case.as_ref(), 2, 12);
    assert!(good.routes.iter().all(|r| !r.is_empty()), "{good:?}");
    let refused = |spoil: &dyn Fn(&mut Vec<Vec<roundsman::bench::Stop>>), why: &str| {
        let mut answer = good.clone();
        spoil(&mut answer.routes);
        let faults = case.check(2, &answer).expect_err(why);
        assert!(faults.iter().any(|f| f.contains(why)), "{why}: {faults:?}");
    };
    refused(&|r| r[0][0].place = 99, "not to be visited");
    refused(&|r| r[0][0].place = 0, "not to be visited");
    refused(&|r| r.push(r[0].clone()), "3 routes for 2 units");
    refused(&|r| r[0][0].start = f64::NAN, "at no time");
    refused(&|r| r[0][0].start = -1.0, "before it is reached");
    refused(&|r| r[0][0].start += 500.0, "outside its window");
    refused(&|r| r[1] = r[0].clone(), "again");
    let late = Town(vec![[0, 0, 0, 0, 0, 20], [10, 0, 5, 7, 0, 20]]);
    let case = read("toptw", "c1", &late.text());
    let stop = roundsman::bench::Stop {
        place: 1,
        start: 10.0,
        stay: 5.0,
    };
    let answer = roundsman::bench::Answer {
        routes: vec![vec![stop]],
        ..Default::default()
    };
    assert_eq!(
        case.check(1, &answer).expect_err("late"),
        ["route 1: it returns too late"]
    );
}
