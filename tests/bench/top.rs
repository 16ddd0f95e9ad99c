//! Team orienteering with real distances.

use crate::small::best_team;
use crate::small::fixed;
use crate::small::read;
use crate::small::solve;
use roundsman::bench::Answer;
use roundsman::bench::Stop;
use roundsman::rng::Rng;

/// Points with scores; start first, end last.
struct Field {
    points: Vec<(f64, f64, u64)>,
    paths: u32,
    longest: f64,
}

impl Field {
    fn random(seed: u64, points: usize) -> Self {
        let mut rng = Rng::stream(seed, 2, 0);
        let mut draw = || (rng.below(200) as f64 / 10.0, rng.below(200) as f64 / 10.0);
        let mut field: Vec<(f64, f64, u64)> = (0..points + 2)
            .map(|_| draw())
            .map(|(x, y)| (x, y, 0))
            .collect();
        for (k, point) in field.iter_mut().enumerate().skip(1).take(points) {
            point.2 = 5 * (1 + (k as u64 * 7 + seed) % 6);
        }
        Self {
            points: field,
            paths: 1 + (seed % 3) as u32,
            longest: 18.0 + (seed % 5) as f64 * 3.7,
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "n {}\nm {}\ntmax {:.1}\n",
            self.points.len(),
            self.paths,
            self.longest
        );
        for (x, y, score) in &self.points {
            text += &format!("{x:.3}\t{y:.3}\t{score}\n");
        }
        text
    }

    fn feasible(&self, route: &[usize]) -> (bool, bool) {
        let leg = |a: usize, b: usize| {
            (self.points[a].0 - self.points[b].0).hypot(self.points[a].1 - self.points[b].1)
        };
        let mut places = vec![0];
        places.extend(route.iter().map(|p| p + 1));
        let length: f64 = places.windows(2).map(|w| leg(w[0], w[1])).sum();
        let back = leg(places[places.len() - 1], self.points.len() - 1);
        (length <= self.longest, length + back <= self.longest)
    }
}

#[test]
fn the_optimum_of_small_fields_is_reached() {
    for seed in 0..15 {
        let field = Field::random(seed, 8);
        let case = read("top", "p1.2.a", &field.text());
        let units = fixed(case.as_ref());
        assert_eq!(units, field.paths);
        let (_, value) = solve(case.as_ref(), units, 12);
        let inner = &field.points[1..field.points.len() - 1];
        let scores: Vec<u64> = inner.iter().map(|p| p.2).collect();
        let best = best_team(&scores, units, &|route| field.feasible(route));
        assert_eq!(value, best as f64, "seed {seed}\n{}", field.text());
    }
}

/// Paths that are full to the last digit are the hard case of whole ticks.
#[test]
fn a_path_of_exactly_the_longest_length_is_found() {
    let text = "n 5\nm 1\ntmax 14.0\n0 0 0\n3 4 10\n6 0 10\n6 4 0\n0 4 0\n";
    // Start (0,0), (3,4) at 5, (6,0) at 10, then 6 and 4 away: only with the end at (6,4).
    let text = text.replace("6 4 0\n0 4 0\n", "100 100 7\n6 4 0\n");
    let case = read("top", "exact", &text);
    let (_, value) = solve(case.as_ref(), 1, 8);
    assert_eq!(value, 20.0);
}

#[test]
fn nothing_in_reach_is_an_answer_too() {
    let case = read("top", "p1.2.a", "n 3\nm 2\ntmax 0.5\n0 0 0\n9 9 5\n1 0 0\n");
    let (answer, value) = solve(case.as_ref(), 2, 4);
    assert_eq!(value, 0.0);
    assert_eq!(answer.routes, [vec![], vec![]]);
}

#[test]
fn spoilt_answers_are_refused() {
    let case = read(
        "top",
        "x",
        "n 4\nm 2\ntmax 10\n0 0 0\n3 0 5\n0 6 5\n4 0 0\n",
    );
    let refused = |routes: &[&[usize]], why: &str| {
        let stop = |&place: &usize| Stop {
            place,
            start: 0.0,
            stay: 0.0,
        };
        let routes = routes.iter().map(|r| r.iter().map(stop).collect());
        let answer = Answer {
            routes: routes.collect(),
            ..Answer::default()
        };
        let faults = case.check(2, &answer).expect_err(why);
        assert!(faults.iter().any(|f| f.contains(why)), "{why}: {faults:?}");
    };
    refused(&[&[2]], "allowed");
    refused(&[&[1], &[1]], "place 1 is visited again");
    refused(&[&[1, 3]], "not to be visited");
    refused(&[&[0]], "not to be visited");
    refused(&[&[], &[], &[]], "3 routes for 2 units");
}
