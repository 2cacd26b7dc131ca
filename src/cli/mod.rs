//! The command line: arguments, exit codes, progress and printing. One file a command; the only place that
//! prints.

mod args;
mod attendance;
mod check;
mod compare;
mod demo;
mod dingtalk;
mod exit;
mod export;
mod forecast;
mod help;
mod input;
mod instance;
mod interrupt;
mod ledger;
mod ledger_page;
mod new;
mod numbers;
mod origin;
mod output;
mod progress;
mod rules;
mod shell;
mod simulate;
mod solve;
mod staff;
mod summary;
mod template;
mod text;

use args::{Cli, Command, Format};
use clap::FromArgMatches;
use exit::Exit;
use output::Output;
use std::process::ExitCode;

/// Runs the command that the arguments name.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = help::language(&arguments);
    let json = help::wants_json(&arguments);
    let parsed = help::command(lang).try_get_matches_from(arguments).and_then(|m| Cli::from_arg_matches(&m));
    output::settle_styles();
    let mut out = Output::new(lang, json);
    let exit = match parsed {
        Ok(cli) if cli.format == Format::Mps && !matches!(cli.command, Command::Export(_)) => {
            let text = "--format mps is the form of a file that only export writes";
            usage(&help::command(lang).error(clap::error::ErrorKind::InvalidValue, text), &mut out)
        }
        Ok(cli) => run(&cli, &mut out),
        Err(error) => usage(&error, &mut out),
    };
    out.last(exit).code()
}

fn run(cli: &Cli, out: &mut Output) -> Exit {
    match &cli.command {
        Command::Demo(a) => demo::run(a, out),
        Command::New(a) => new::run(a, out),
        Command::Check(a) => check::run(a, out),
        Command::Compare(a) => compare::compare(a, out),
        Command::Message(a) => compare::message(a, out),
        Command::Staff(a) => staff::run(a, out),
        Command::Solve(a) => solve::run(a, out),
        Command::Forecast(a) => forecast::run(a, out),
        Command::Simulate(a) => simulate::run(a, out),
        Command::Ledger(a) => ledger::run(a, out),
        Command::Export(a) => export::run(a, out),
        Command::Completions(a) => shell::completions(a, out),
        Command::Man(a) => shell::man(a, out),
        Command::Rules(a) => rules::run(a, out),
    }
}

/// Help and version are results; everything else that the parser reports is a usage error.
fn usage(error: &clap::Error, out: &mut Output) -> Exit {
    if !error.use_stderr() {
        out.result(&error.render().ansi().to_string());
        return Exit::Done;
    }
    if out.json {
        out.document(serde_json::json!({ "error": error.render().to_string() }), Exit::Usage);
    } else {
        out.note(error.render().ansi().to_string().trim_end());
    }
    Exit::Usage
}
