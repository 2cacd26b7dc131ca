//! The hot path on the demo's month of 36 people: `cargo bench`. Compare two trees on one machine only, one run after
//! the other (`cargo bench -- --save-baseline old`, then `--baseline old`).

use criterion::{Criterion, criterion_group, criterion_main};
use paiban::base::stop::StopCriterion;
use paiban::intraday::{self, Carry, Evaluator};
use paiban::io::read::{ReadOptions, read_case};
use paiban::model::{Case, Requirement};
use paiban::problem::{Block, Compiled, DayProblem, Schedule, compile, decode, score};
use paiban::solve::duties::best_duties;
use paiban::solve::{Observer, SolveEvent, SolveOptions, solve};
use paiban::{check, staffing};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: SolveEvent) {}
}

/// The case, its requirement and the problem that the engines see.
fn month() -> (Case, Requirement, Compiled) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/templates/three-shift");
    let case = read_case(&folder, &ReadOptions::default()).0.expect("the template is sound");
    let requirement = staffing::requirement(&case);
    let compiled = compile(&case, &requirement).expect("every day has an option");
    (case, requirement, compiled)
}

/// A rota after a fixed amount of work: column generation from the first rota into the root.
fn rota_of(compiled: &Compiled, work: u64) -> Schedule {
    let stop = StopCriterion::new(None, Some(work), Default::default());
    let options = SolveOptions { stop, gap: 0.0, seed: 1, threads: 1 };
    solve(&compiled.problem, &options, &mut Silent).best.expect("a rota comes first").0
}

fn a_day(compiled: &Compiled) -> &DayProblem {
    let days = compiled.problem.blocks.iter().filter_map(|b| match b {
        Block::Day(day) => Some(day.as_ref()),
        Block::HeadCount { .. } => None,
    });
    days.max_by_key(|d| d.supplies.len()).expect("a month has days")
}

fn hot_path(c: &mut Criterion) {
    let (case, requirement, compiled) = month();
    let schedule = rota_of(&compiled, 2_000_000);
    let rota = decode(&compiled.problem, &case, &schedule);
    let plan = intraday::plan(&case, &rota, &compiled.problem.blocks, &compiled.cells);

    c.bench_function("people per interval by Erlang C, a month", |b| {
        b.iter(|| staffing::requirement(black_box(&case)));
    });
    let day = a_day(&compiled);
    let counts: Vec<i64> = day.supplies.iter().map(|s| s.most.min(2)).collect();
    let evaluator = Evaluator::new(day);
    c.bench_function("the inside of a day by search", |b| {
        b.iter(|| evaluator.cost(black_box(&counts), &Carry::default()));
    });
    c.bench_function("score of the lines of a month", |b| {
        b.iter(|| score(&compiled.problem, black_box(&schedule)));
    });
    c.bench_function("check of a month with its duties", |b| {
        b.iter(|| check::check(&case, &requirement, black_box(&rota), &plan));
    });

    let mut slow = c.benchmark_group("slow");
    slow.sample_size(10);
    slow.bench_function("the inside of a day as an integer program", |b| {
        b.iter(|| best_duties(day, black_box(&counts), Duration::from_secs(60)));
    });
    slow.bench_function("column generation, two million units of work", |b| {
        b.iter(|| rota_of(black_box(&compiled), 2_000_000));
    });
    slow.finish();
}

criterion_group!(benches, hot_path);
criterion_main!(benches);
