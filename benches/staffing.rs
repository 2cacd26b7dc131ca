//! From contacts to people, and back: `cargo bench --bench staffing`. The simulation's throughput is in events (arrivals
//! and ends of contacts), on one thread and on all; counts, so that machines can be compared.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use paiban::base::Span;
use paiban::base::index::ChannelIx;
use paiban::base::stop::StopCriterion;
use paiban::calendar::{Calendar, Horizon};
use paiban::facade::{self, Solved};
use paiban::io::read::{ReadOptions, read_case};
use paiban::model::{Case, Channel, ForecastRow, Origin};
use paiban::rules::ChannelKind;
use paiban::simulate::{Options, World, play};
use paiban::solve::{Observer, SolveEvent, SolveOptions};
use paiban::staffing;
use std::hint::black_box;
use std::path::Path;

struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: SolveEvent) {}
}

/// 31 days of 48 half hours on three channels: calls with impatience (or without), chats, mails.
fn month(patience_s: Option<f64>) -> Case {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).expect("a date");
    let channel = |name, kind| Channel::new(name, kind, Origin::default_value());
    let mut case = Case::empty(Horizon { first, days: 31 }, Calendar::empty());
    let voice = Channel { patience_s, max_occupancy: 0.88, ..channel("voice", ChannelKind::Voice) };
    let chat = Channel { concurrency: 3.0, max_occupancy: 0.9, ..channel("chat", ChannelKind::Chat) };
    let mail = Channel { max_occupancy: 0.85, ..channel("mail", ChannelKind::Deferred) };
    case.channels = vec![voice, chat, mail];
    for day in 0..31 {
        for slot in 0..48 {
            let hour = f64::from(slot) / 2.0;
            let shape =
                0.1 + (-(hour - 11.0).powi(2) / 8.0).exp() + 0.8 * (-(hour - 20.0).powi(2) / 8.0).exp();
            for (channel, (volume, aht_s)) in
                [(80.0, 210.0), (60.0, 480.0), (10.0, 300.0)].into_iter().enumerate()
            {
                let volume = volume * shape * (1.0 + 0.01 * day as f64);
                let time = Span::new(slot * 30, slot * 30 + 30);
                let channel = ChannelIx::new(channel);
                case.forecast.push(ForecastRow {
                    day,
                    time,
                    channel,
                    volume,
                    aht_s,
                    origin: Origin::default_value(),
                });
            }
        }
    }
    case
}

/// The demo's month with a rota after a fixed amount of work.
fn demo() -> (Case, Solved) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/templates/three-shift");
    let case = read_case(&folder, &ReadOptions::default()).0.expect("the template is sound");
    let stop = StopCriterion::new(None, Some(2_000_000), Default::default());
    let options = SolveOptions { stop, gap: 0.0, seed: 1, threads: 1 };
    let solved = facade::solve_checked(&case, &options, &mut Silent).expect("there is a rota");
    (case, solved)
}

fn people(c: &mut Criterion) {
    let mut group = c.benchmark_group("people of a month of half hours x 3 channels");
    for (name, patience_s) in [("Erlang C", None), ("Erlang A", Some(180.0))] {
        let case = month(patience_s);
        group.bench_function(name, |b| b.iter(|| staffing::requirement(black_box(&case))));
    }
    group.finish();
}

fn rota(c: &mut Criterion) {
    let (case, solved) = demo();
    let mut group = c.benchmark_group("the demo's month");
    group.sample_size(10);
    group.bench_function("predicted level of its rota", |b| {
        b.iter(|| staffing::predict_rota(&case, &solved.requirement, black_box(&solved.plan)));
    });
    let (world, _) = World::of(&case, &solved.requirement, &solved.plan);
    let options = Options { runs: 16, seed: 1, pooled: false, managed: true };
    let events = play(&world, &[], &options).events;
    group.throughput(Throughput::Elements(events));
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    for threads in [1, all] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        group.bench_with_input(BenchmarkId::new("simulated, threads", threads), &threads, |b, _| {
            b.iter(|| pool.install(|| play(black_box(&world), &[], &options)));
        });
    }
    group.finish();
}

criterion_group!(benches, people, rota);
criterion_main!(benches);
