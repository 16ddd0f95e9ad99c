//! The patrol engine at fixed work: one look at a place, one insertion undone, one epoch.

use std::hint::black_box;
use std::path::Path;

use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use roundsman::patrol::compile::Compiled;
use roundsman::patrol::compile::compile;
use roundsman::patrol::residual::Residual;
use roundsman::patrol::route::Kind;
use roundsman::patrol::search::Options;
use roundsman::patrol::search::epochs;
use roundsman::patrol::search::solve;
use roundsman::patrol::state::State;
use roundsman::scenario::Scenario;
use roundsman::world::World;

fn estate() -> Compiled {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/bulebel/scenario.toml");
    let scenario = Scenario::load(&file).expect("the estate's scenario loads");
    let world = World::load(scenario).expect("the estate can be placed on its roads");
    compile(&world).expect("the estate compiles")
}

/// A plan of some quality to measure on: construction and two epochs.
fn planned(compiled: &Compiled) -> State<'_> {
    let options = Options {
        seed: 1,
        islands: 1,
        schedule: Some(2),
    };
    let outcome = solve(
        &compiled.instance,
        options,
        epochs(options.schedule.unwrap_or(0)),
    );
    State::with_routes(&compiled.instance, outcome.routes)
}

fn evaluation(c: &mut Criterion) {
    let compiled = estate();
    let mut state = planned(&compiled);
    let mut residual = Residual::default();
    c.bench_function("evaluate/look at a place over two hours", |b| {
        let covers = compiled.instance.covers.iter().zip(&state.covers);
        let (cover, list) = covers.max_by_key(|(_, l)| l.len()).expect("a place");
        b.iter(|| {
            residual.fill(cover, list, black_box(40_000), 47_200);
            residual.best_start(cover, (40_000, 43_000), 300, 100)
        });
    });
    let nodes = &state.routes[0].nodes;
    let at = nodes.len() / 2;
    let visit = (at..nodes.len()).find(|&k| matches!(nodes[k].kind, Kind::Visit(_)));
    let at = visit.expect("a visit in the first route");
    c.bench_function("evaluate/take a visit out and undo", |b| {
        b.iter(|| {
            let mark = state.mark();
            black_box(state.remove(0, at));
            state.rollback(mark);
        });
    });
}

fn epoch(c: &mut Criterion) {
    let compiled = estate();
    let mut group = c.benchmark_group("solve");
    group.sample_size(10);
    for schedule in [0, 1] {
        let name = ["estate, construction", "estate, construction and one epoch"];
        group.bench_function(name[schedule as usize], |b| {
            b.iter(|| {
                let options = Options {
                    seed: 1,
                    islands: 2,
                    schedule: Some(schedule),
                };
                solve(
                    &compiled.instance,
                    options,
                    epochs(options.schedule.unwrap_or(0)),
                )
                .score
            });
        });
    }
    group.finish();
}

criterion_group!(benches, evaluation, epoch);
criterion_main!(benches);
