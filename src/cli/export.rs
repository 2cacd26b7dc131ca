//! `paiban export CASE --format mps -o F`.

use super::args::{Days, ExportArgs, Target};
use super::attendance;
use super::exit::Exit;
use super::input;
use super::instance;
use super::output::Output;
use super::staff::taken;
use paiban::base::Text;
use paiban::facade::{self, SolveError};
use paiban::io::write::write_file;
use paiban::problem::nrp24;
use serde_json::json;

pub(crate) fn run(args: &ExportArgs, out: &mut Output) -> Exit {
    let to = match (args.to, args.from) {
        (Some(Target::System(to)), None) => return attendance::run(args, Some(to), out),
        (None, None) if args.template.is_some() => return attendance::run(args, None, out),
        (Some(Target::Date(to)), Some(_)) => Some(to),
        (None, _) => None,
        _ => {
            let text = Text::new(
                "--from and a date in --to name days of the integer program; a system takes --month",
                "--from 与 --to 的日期用于整数规划；写给系统时请用 --month",
            );
            return super::solve::usage(&text, out);
        }
    };
    let days = Days { month: args.month, from: args.from, to };
    if let Some(found) = taken(args.output.as_deref(), args.force) {
        out.finding(found);
        return out.end(Exit::Usage);
    }
    let exported = if args.case.is_file() {
        if let Some(exit) = instance::refused_days(&days, out) {
            return exit;
        }
        let Some(instance) = instance::read(&args.case, out) else { return out.end(Exit::Usage) };
        facade::export(&nrp24::compile(&instance))
    } else {
        let Some(case) = input::case(&args.case, &days, out) else { return out.end(Exit::Usage) };
        match facade::export_case(&case) {
            Ok(exported) => exported,
            Err(SolveError::Infeasible(conflicts)) => return super::solve::infeasible(&conflicts, out),
            Err(_) => return Exit::Bug,
        }
    };
    let (text, size) = exported;
    if let Some(path) = &args.output {
        if let Err(problem) = write_file(path, text.as_bytes()) {
            out.finding(*problem);
            return out.end(Exit::Usage);
        }
        out.say(&Text::new(
            format!("{} variables and {} rows written to {}", size.columns, size.rows, path.display()),
            format!("已写出 {} 个变量、{} 行约束：{}", size.columns, size.rows, path.display()),
        ));
    }
    if out.json {
        let file = args.output.as_ref().map(|p| p.display().to_string());
        out.document(json!({ "variables": size.columns, "rows": size.rows, "file": file }), Exit::Done);
    } else if args.output.is_none() {
        out.bytes(text.as_bytes());
    }
    Exit::Done
}
