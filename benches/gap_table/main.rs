//! The gap table: instances and made-up months × limits × seeds, each solved in a process of its own, as CSV (one row a
//! run) and Markdown (one row a subject and limit). `docs/benchmarks.md` has the protocol and the tables.
//!
//! `cargo bench --bench gap_table -- --instances 1-5 --seconds 10 --seeds 1,2,3 --csv runs.csv --md table.md`

mod args;
mod figures;
mod job;
mod known;
mod machine;
mod markdown;
mod peers;
mod plan;
mod row;
mod run;
mod solve;
mod store;
mod trace;

use args::Args;
use clap::{CommandFactory, Parser};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // `cargo bench` and `cargo test --all-targets` start every target, with words that are for others.
    if !args::meant_for_us(&words) {
        println!("{}", Args::command().render_help());
        return ExitCode::SUCCESS;
    }
    let args = Args::parse();
    let done = match &args.job {
        Some(text) => solve::as_child(text),
        None => measure(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn measure(args: &Args) -> Result<(), String> {
    let jobs = plan::jobs(args)?;
    // A table that cannot be made is told before hours of work, not after.
    let peers = args.peers.as_deref().map_or_else(|| Ok(Vec::new()), peers::read)?;
    if args.dry_run {
        jobs.iter().for_each(|j| println!("{j}"));
        return Ok(());
    }
    for path in [&args.csv, &args.md].into_iter().flatten() {
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let mut store = store::Store::open(args.csv.as_deref())?;
    for (i, job) in jobs.iter().enumerate() {
        eprint!("{}/{} {job} … ", i + 1, jobs.len());
        let run = solve::in_child(job)?;
        eprintln!("{}", run.short());
        store.add(run)?;
    }
    let page = markdown::page(&store.latest(), &peers);
    match &args.md {
        Some(path) => std::fs::write(path, page).map_err(|e| format!("{}: {e}", path.display())),
        None => {
            print!("{page}");
            Ok(())
        }
    }
}
