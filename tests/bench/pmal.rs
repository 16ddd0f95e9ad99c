//! Patrols of the military police of Alagoas.

use crate::small::fixed;
use crate::small::read;
use crate::small::solve;
use roundsman::bench::Answer;
use roundsman::bench::Stop;
use roundsman::rng::Rng;

/// A random problem on few nodes; the base first.
struct District {
    prizes: Vec<u32>,
    /// Metres; at 60 km/h a kilometre is a minute.
    metres: Vec<Vec<u32>>,
    cars: usize,
    longest: u32,
    protection: u32,
}

impl District {
    fn random(seed: u64, nodes: usize, cars: usize, longest: u32, protection: u32) -> Self {
        let mut rng = Rng::stream(seed, 3, 0);
        let mut draw = |n: usize| rng.below(n) as i32;
        let places: Vec<(i32, i32)> = (0..nodes).map(|_| (draw(9), draw(9))).collect();
        let metres = |a: &(i32, i32), b: &(i32, i32)| {
            ((a.0 - b.0).unsigned_abs() + (a.1 - b.1).unsigned_abs()) * 1000
        };
        let metres = places
            .iter()
            .map(|a| places.iter().map(|b| metres(a, b)).collect());
        let mut prizes: Vec<u32> = (0..nodes).map(|_| 1 + draw(20) as u32).collect();
        prizes[0] = 0;
        Self {
            metres: metres.collect(),
            prizes,
            cars,
            longest,
            protection,
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "{}\n{}\n{}\n{}\n60\n",
            self.prizes.len(),
            self.cars,
            self.longest,
            self.protection
        );
        for (k, prize) in self.prizes.iter().enumerate() {
            text += &format!("{k} {prize}\n");
        }
        for row in &self.metres {
            text += &row.iter().map(|m| format!("{m}.0 ")).collect::<String>();
            text += "\n";
        }
        text
    }

    /// Most thirds of a prize that can be added when car `c` is free at `cars[c]` and node `n`
    /// counts again at `open[n]`. Each visit begins as early as it can after those chosen
    /// before it; taken in the order of their starts, the visits of a best plan are among
    /// these.
    fn most(&self, cars: &mut [(usize, u32)], open: &mut [u32]) -> u32 {
        let mut best = 0;
        for car in 0..cars.len() {
            let (place, free) = cars[car];
            for next in 1..open.len() {
                for (stay, parts) in [(0, 1), (15, 3)] {
                    let minutes = |a: usize, b: usize| self.metres[a][b] / 1000;
                    let start = (free + minutes(place, next)).max(open[next]);
                    let end = start + stay;
                    if end + minutes(next, 0) > self.longest {
                        continue;
                    }
                    let before = std::mem::replace(&mut open[next], end + self.protection);
                    cars[car] = (next, end);
                    best = best.max(parts * self.prizes[next] + self.most(cars, open));
                    cars[car] = (place, free);
                    open[next] = before;
                }
            }
        }
        best
    }

    fn optimum(&self) -> f64 {
        let mut cars = vec![(0, 0); self.cars];
        f64::from(self.most(&mut cars, &mut vec![0; self.prizes.len()])) / 3.0
    }
}

#[test]
fn the_optimum_of_small_districts_is_reached() {
    let shapes = [
        (4, 1, 40, 16),
        (3, 1, 46, 22),
        (4, 1, 60, 90),
        (3, 2, 34, 16),
        (4, 2, 30, 60),
    ];
    for (k, (nodes, cars, longest, protection)) in shapes.into_iter().enumerate() {
        for seed in 0..3 {
            let district = District::random(seed * 10 + k as u64, nodes, cars, longest, protection);
            let case = read("pmal", "x", &district.text());
            let (_, value) = solve(case.as_ref(), fixed(case.as_ref()), 12);
            let best = district.optimum();
            let told = format!("{value} of {best}, seed {seed}\n{}", district.text());
            assert!((value - best).abs() < 1e-6, "{told}");
            let bound = case.bound(cars as u32).expect("a bound");
            assert!(bound >= best - 1e-6, "bound {bound}, {told}");
        }
    }
}

/// Not that it is beaten: that is for the benchmark to show.
#[test]
fn the_baseline_is_valid_and_nothing_passes_the_bound() {
    for seed in 0..5 {
        let district = District::random(seed, 12, 2, 240, 90);
        let case = read("pmal", "x", &district.text());
        let baseline = case.baseline(2).expect("a baseline");
        let simple = case.check(2, &baseline).expect("valid");
        let (_, ours) = solve(case.as_ref(), 2, 12);
        let bound = case.bound(2).expect("a bound");
        assert!(
            simple > 0.0 && simple.max(ours) <= bound,
            "{simple} {ours} {bound}"
        );
    }
}

#[test]
fn spoilt_answers_are_refused() {
    // Nodes 1 and 2 are one and two minutes from the base.
    let text = "3 2 60 20 60 0 0 1 6 2 9 0 1000 2000 1000 0 1000 2000 1000 0";
    let case = read("pmal", "x", text);
    let stop = |place, start, stay| Stop { place, start, stay };
    let answer = |routes: &[&[Stop]]| Answer {
        routes: routes.iter().map(|r| r.to_vec()).collect(),
        ..Answer::default()
    };
    let good = answer(&[&[stop(1, 1.0, 15.0), stop(2, 17.0, 0.0), stop(1, 36.0, 0.0)]]);
    assert_eq!(case.check(2, &good), Ok(6.0 + 3.0 + 2.0));
    let refused = |routes: &[&[Stop]], why: &str| {
        let faults = case.check(2, &answer(routes)).expect_err(why);
        assert!(faults.iter().any(|f| f.contains(why)), "{why}: {faults:?}");
    };
    refused(&[&[stop(1, 0.5, 15.0)]], "before it is reached");
    refused(
        &[&[stop(1, 1.0, 15.0), stop(2, 16.0, 0.0)]],
        "before it is reached",
    );
    refused(&[&[stop(1, 1.0, 15.0), stop(1, 35.0, 0.0)]], "counts again");
    refused(
        &[&[stop(1, 1.0, 15.0)], &[stop(1, 30.0, 0.0)]],
        "counts again",
    );
    refused(&[&[stop(1, 1.0, 7.0)]], "neither a pass nor a stop");
    refused(&[&[stop(2, 44.0, 15.0)]], "back after 61 minutes");
    refused(&[&[stop(0, 44.0, 0.0)]], "not to be visited");
    refused(&[&[], &[], &[]], "3 routes for 2 units");
}
