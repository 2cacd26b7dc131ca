//! The arguments.

use clap::Parser;
use std::path::PathBuf;

/// Solves public instances and made-up months and makes the gap table.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "gap_table",
    override_usage = "cargo bench --bench gap_table -- [OPTIONS]",
    after_help = "Without --instances and --people the table is made of the runs in --csv. \
                  An interrupted row of runs goes on with what is left: of equal runs the last one counts."
)]
pub(crate) struct Args {
    /// Public instances: `all` that are there, or numbers and spans such as 1,4-7.
    #[arg(long, value_name = "LIST")]
    pub(crate) instances: Option<String>,
    /// Made-up months of so many people, such as 12,36,120.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = clap::value_parser!(u16).range(3..=5000))]
    pub(crate) people: Vec<u16>,
    /// Time limits in seconds, such as 10,60,600.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = seconds)]
    pub(crate) seconds: Vec<f64>,
    /// Work limits in units: the same runs on every machine.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) work: Vec<u64>,
    /// Seeds of the engine, each a run.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "1")]
    pub(crate) seeds: Vec<u64>,
    /// Threads of each run.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: u16,
    /// Folder of the instances and of best_known.csv [default: PAIBAN_NRP24].
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Figures of other solvers: instance,solver,limit,best,bound,seconds.
    #[arg(long, value_name = "FILE")]
    pub(crate) peers: Option<PathBuf>,
    /// Table of runs: those in it are kept, new ones are added as they end.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// File for the tables in Markdown [default: stdout].
    #[arg(long, value_name = "FILE")]
    pub(crate) md: Option<PathBuf>,
    /// Only say which runs there would be.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// One run, in the form that the program gives to its own child.
    #[arg(long, hide = true)]
    pub(crate) job: Option<String>,
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    pub(crate) bench: bool,
}

/// Whether any of the words is an option of this program that asks for something.
pub(crate) fn meant_for_us(words: &[String]) -> bool {
    const ASKING: [&str; 6] = ["--instances", "--people", "--csv", "--job", "--help", "--dry-run"];
    words.iter().any(|w| ASKING.contains(&w.split('=').next().unwrap_or(w)))
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.trim().parse::<f64>().ok().filter(|s| s.is_finite() && *s > 0.0 && *s <= 1e7);
    number.ok_or_else(|| "write seconds such as 10 or 0.5".to_owned())
}

/// The numbers of `1,4-7`; `all` is every number up to `last`.
pub(crate) fn numbers(text: &str, last: u32) -> Result<Vec<u32>, String> {
    let wrong = |part: &str| format!("{part} is no number and no span such as 4-7 of 1 to {last}");
    let mut all = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (from, to) = match part.split_once('-') {
            _ if part == "all" => (1, last),
            Some((from, to)) => {
                (from.parse().map_err(|_| wrong(part))?, to.parse().map_err(|_| wrong(part))?)
            }
            None => part.parse().map(|n| (n, n)).map_err(|_| wrong(part))?,
        };
        if from < 1 || from > to || to > last {
            return Err(wrong(part));
        }
        all.extend(from..=to);
    }
    Ok(all)
}
