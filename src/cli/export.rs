//! `paiban export CASE --format mps -o F`.

use super::args::OneFileArgs;
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

pub(crate) fn run(args: &OneFileArgs, out: &mut Output) -> Exit {
    if let Some(found) = taken(args.output.as_deref(), args.force) {
        out.finding(found);
        return out.end(Exit::Usage);
    }
    let exported = if args.case.is_file() {
        if let Some(exit) = instance::refused_days(&args.days, out) {
            return exit;
        }
        let Some(instance) = instance::read(&args.case, out) else { return out.end(Exit::Usage) };
        facade::export(&nrp24::compile(&instance))
    } else {
        let Some(case) = input::case(&args.case, &args.days, out) else { return out.end(Exit::Usage) };
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
