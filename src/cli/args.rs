//! The arguments.

use super::numbers;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Monthly shift rotas of customer-service centres: covered, lawful, fair, and proven.
#[derive(Debug, Parser)]
#[command(name = "paiban", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of messages, headers and words [default: from the locale].
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<LangArg>,
    /// For people, one JSON document on stdout, or the form of the file that export writes.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[value(alias = "text")]
    Human,
    Json,
    Mps,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the sample case and its rota, and say what to look at.
    Demo(DemoArgs),
    /// Make a complete, commented case to start from.
    New(NewArgs),
    /// Check the inputs alone, or a rota.
    Check(CheckArgs),
    /// Show what a second rota changes in a first: who, from what to what, and what it does.
    Compare(CompareArgs),
    /// Write the chat message of a day: who works, by shift and team, who is on leave, where people are short.
    Message(MessageArgs),
    /// Turn the forecast into people per interval.
    #[command(mut_arg("output", |a| a.help("File to write [default: stdout]; its first columns are those of demand.csv")))]
    Staff(OneFileArgs),
    /// Make the rota of a case, or of a public instance.
    Solve(SolveArgs),
    /// Make a forecast.csv from past contacts, and say how good such a forecast would have been.
    #[command(mut_arg("output", |a| a.help("File to write [default: stdout]: the forecast.csv of a case")), mut_arg("month", |a| a.help("The month to forecast, such as 2026-12")))]
    Forecast(ForecastArgs),
    /// Play a month against its rota, call by call, beside what the formulas predict.
    #[command(mut_arg("output", |a| a.help("Folder to write simulation.csv, simulation_days.csv and simulation.json to")))]
    Simulate(SimulateArgs),
    /// Show what past months come to: late shifts, weekends, statutory days and overtime of everybody.
    #[command(
        mut_arg("month", |a| a.help("The month to count, such as 2026-10 [default: everything found]")),
        mut_arg("from", |a| a.help("First date to count")),
        mut_arg("to", |a| a.help("Last date to count"))
    )]
    Ledger(LedgerArgs),
    /// Write the whole month as one integer program for any other solver, or a finished rota as an attendance system takes it.
    Export(ExportArgs),
    /// Write the completions of a shell to stdout.
    Completions(CompletionArgs),
    /// Write the manual pages.
    Man(ManArgs),
    /// List the rules, or explain one.
    Rules(RulesArgs),
}

/// Which days.
#[derive(Debug, Default, Args)]
pub(crate) struct Days {
    /// The month to plan, such as 2026-10 [default: the span of forecast or demand].
    #[arg(long, value_name = "MONTH", value_parser = numbers::month, conflicts_with_all = ["from", "to"])]
    pub(crate) month: Option<(i32, u32)>,
    /// First date to plan.
    #[arg(long, value_name = "DATE", value_parser = numbers::date, requires = "to")]
    pub(crate) from: Option<NaiveDate>,
    /// Last date to plan.
    #[arg(long, value_name = "DATE", value_parser = numbers::date, requires = "from")]
    pub(crate) to: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Folder to make.
    #[arg(value_name = "DIR", default_value = "paiban-demo")]
    pub(crate) dir: PathBuf,
    /// Longest time to search.
    #[arg(long, value_name = "TIME", value_parser = numbers::duration, default_value = "50s")]
    pub(crate) time_limit: Duration,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// Folder to make.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Template to start from.
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(paiban::templates::all_names()))]
    pub(crate) template: String,
    /// People of a `generated` case.
    #[arg(long, value_name = "N", default_value_t = 36, value_parser = clap::value_parser!(u16).range(3..=5000))]
    pub(crate) people: u16,
    /// Seed of a `generated` case.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// More demand in a `generated` case than its people can meet.
    #[arg(long)]
    pub(crate) understaffed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Case folder, or the file of a public shift-scheduling instance (Instance5.txt).
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// A folder that solve wrote, or one rota.csv or rota.xlsx (of an instance: rota.tsv).
    #[arg(value_name = "ROTA")]
    pub(crate) rota: Option<PathBuf>,
    /// Folder to write: all files of this rota, as solve writes them.
    #[arg(short, long, value_name = "DIR", requires = "rota")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite output files that were changed, and write into folders with other content.
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) days: Days,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// The rota before: a folder that solve wrote, or one rota.csv or rota.xlsx.
    #[arg(value_name = "A")]
    pub(crate) before: PathBuf,
    /// The rota after.
    #[arg(value_name = "B")]
    pub(crate) after: PathBuf,
    /// Case folder of both [default: the one that they were made of].
    #[arg(long, value_name = "CASE")]
    pub(crate) case: Option<PathBuf>,
    /// Only the message for the group chat.
    #[arg(long)]
    pub(crate) message: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MessageArgs {
    /// A folder that solve wrote, or one rota.csv or rota.xlsx.
    #[arg(value_name = "ROTA")]
    pub(crate) rota: PathBuf,
    /// Case folder of the rota [default: the one that it was made of].
    #[arg(long, value_name = "CASE")]
    pub(crate) case: Option<PathBuf>,
    /// The day.
    #[arg(long, value_name = "DATE", value_parser = numbers::date)]
    pub(crate) date: NaiveDate,
}

/// A case, and one file that is made of it.
#[derive(Debug, Args)]
pub(crate) struct OneFileArgs {
    /// Case folder.
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// File to write [default: stdout].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite the file.
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) days: Days,
}

/// `--to` of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    System(System),
    Date(NaiveDate),
}

/// The systems that a rota can be written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum System {
    DingtalkCli,
    DingtalkXlsx,
    DingtalkApi,
    Wecom,
    Feishu,
    Adp,
    Bamboohr,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Case folder, or the file of a public shift-scheduling instance (Instance5.txt); with --to a folder that solve wrote.
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// File to write [default: stdout; with --to a schedule is only shown].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite the file.
    #[arg(long)]
    pub(crate) force: bool,
    /// The month to write, such as 2026-10 [default: all days].
    #[arg(long, value_name = "MONTH", value_parser = numbers::month, conflicts_with = "from")]
    pub(crate) month: Option<(i32, u32)>,
    /// First date to write; with it, --to is the last.
    #[arg(long, value_name = "DATE", value_parser = numbers::date, requires = "to")]
    pub(crate) from: Option<NaiveDate>,
    /// Attendance or HR system that takes the rota; or, with --from, the last date.
    #[arg(long, value_name = "SYSTEM", value_parser = numbers::TargetParser)]
    pub(crate) to: Option<Target>,
    /// Ids of people in that system, a table with the columns id and userid [default: the same ids].
    #[arg(long, value_name = "FILE", requires = "to")]
    pub(crate) people: Option<PathBuf>,
    /// The table that another system exported, to be filled: people by id or name, a column a date.
    #[arg(long, value_name = "THEIRS.xlsx")]
    pub(crate) template: Option<PathBuf>,
    /// Ids of shifts in that system, or their words in the template: a table with the columns shift and shift_id.
    #[arg(long, value_name = "FILE")]
    pub(crate) shifts: Option<PathBuf>,
    /// Id of the attendance group in that system.
    #[arg(long, value_name = "ID", requires = "to")]
    pub(crate) group: Option<String>,
    /// Id of the person in whose name the change is made.
    #[arg(long, value_name = "ID", requires = "to")]
    pub(crate) operator: Option<String>,
    /// Rows of a call at most [default: what the system publishes; WeCom publishes none: 200].
    #[arg(long, value_name = "N", requires = "to", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) per_call: Option<u32>,
    /// Company code of ADP [default: CO].
    #[arg(long, value_name = "CODE", requires = "to")]
    pub(crate) company: Option<String>,
    /// Batch of ADP [default: 1].
    #[arg(long, value_name = "ID", requires = "to")]
    pub(crate) batch: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct LedgerArgs {
    /// Case folders with a history.csv, and folders that solve wrote; of a day in several of them the last one counts.
    #[arg(value_name = "CASE", required = true)]
    pub(crate) cases: Vec<PathBuf>,
    /// Table to write, a row a person and month.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite the file.
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) days: Days,
}

#[derive(Debug, Args)]
pub(crate) struct SolveArgs {
    /// Case folder, or the file of a public shift-scheduling instance (Instance5.txt).
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Folder to write; an instance can do without.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) days: Days,
    /// Longest time to search: 60s, 2m, 500ms, or seconds [default: 60s, none with --work-limit].
    #[arg(long, value_name = "TIME", value_parser = numbers::duration)]
    pub(crate) time_limit: Option<Duration>,
    /// Stop after so many units of work: the same result on every machine.
    #[arg(long, value_name = "N")]
    pub(crate) work_limit: Option<u64>,
    /// Stop when the rota is proven to be this close to the best possible.
    #[arg(long, value_name = "PERCENT", value_parser = numbers::percent, default_value = "0%")]
    pub(crate) gap: f64,
    /// Seed of every random choice.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads; the result under a work limit does not depend on them [default: all].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Overwrite output files that were changed, and write into folders with other content.
    #[arg(long)]
    pub(crate) force: bool,
}

/// `--method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MethodArg {
    Best,
    Model,
    Naive,
}

#[derive(Debug, Args)]
pub(crate) struct ForecastArgs {
    /// Past contacts, with the columns of forecast.csv.
    #[arg(value_name = "HISTORY")]
    pub(crate) history: PathBuf,
    /// The month to forecast.
    #[arg(long, value_name = "MONTH", value_parser = numbers::month)]
    pub(crate) month: (i32, u32),
    /// A calendar.csv with promotions and holidays, past and to come.
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Option<PathBuf>,
    /// The better one of the back-test, the model, or the same weekday of the last week.
    #[arg(long, value_enum, default_value_t = MethodArg::Best)]
    pub(crate) method: MethodArg,
    /// File to write [default: stdout].
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite the file.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// Case folder.
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// A folder that solve wrote, or one rota.csv.
    #[arg(value_name = "ROTA")]
    pub(crate) rota: PathBuf,
    /// Folder to write.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// How often the month is played.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u16).range(2..=50_000))]
    pub(crate) runs: u16,
    /// Seed of all random numbers.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// People whose channel is quiet serve other queues that they have the skill for.
    #[arg(long)]
    pub(crate) pooled: bool,
    /// Play the duties as they are planned: nobody helps out with deferred work.
    #[arg(long)]
    pub(crate) as_planned: bool,
    /// Threads; the result does not depend on them [default: all].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Overwrite output files that were changed, and write into folders with other content.
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) days: Days,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionArgs {
    /// The shell.
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Folder to write a page for each command to [default: the first page to stdout].
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// Rule to explain.
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}
