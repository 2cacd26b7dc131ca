//! `paiban solve CASE -o DIR`, and `paiban solve INSTANCE`.

use super::args::SolveArgs;
use super::exit::Exit;
use super::input;
use super::instance;
use super::interrupt;
use super::origin::way_to_case;
use super::output::Output;
use super::progress::Progress;
use super::summary;
use super::text::{columns, hanging};
use paiban::base::Text;
use paiban::base::stop::StopCriterion;
use paiban::check::case_notes;
use paiban::explain;
use paiban::facade::{self, Disagreement, SolveError};
use paiban::io::read::is_instance;
use paiban::io::write::{self, FILE_NAMES};
use paiban::model::Case;
use paiban::report::Report;
use paiban::solve::SolveOptions;
use serde_json::json;
use std::path::Path;

/// Violations that are named when the program disagrees with itself.
const VIOLATIONS: usize = 20;
/// Search time when no limit is given.
const DEFAULT_TIME: std::time::Duration = std::time::Duration::from_secs(60);

pub(crate) fn run(args: &SolveArgs, out: &mut Output) -> Exit {
    if is_instance(&args.case) {
        return instance::solve(args, out);
    }
    let Some(folder) = &args.output else { return no_folder(args, out) };
    // An hour of work must not end in front of a folder that cannot be written.
    let blocked = out.findings(write::check_folder(folder, &FILE_NAMES, args.force));
    let case = input::case(&args.case, &args.days, out);
    let Some(case) = case.filter(|_| !blocked) else { return out.end(Exit::Usage) };
    remarks(&case, out);
    let options = options(args);
    let mut progress = Progress::new(&options.stop, out);
    let solved = facade::solve_checked(&case, &options, &mut progress);
    progress.finish();
    let solved = match solved {
        Ok(solved) => solved,
        Err(error) => return failed(&error, out),
    };
    let mut report = facade::report(&case, &solved);
    report.summary.case = Some(way_to_case(&args.case, folder));
    let written = interrupt::undisturbed(|| {
        let mut files = write::files(&report, out.lang).map_err(|e| write::unwritable(folder, &e))?;
        files.extend(write::calendar_files(&report, out.lang, folder));
        write::write_folder(folder, &files, args.force)
    });
    if let Err(problem) = written {
        out.finding(*problem);
        return out.end(Exit::Usage);
    }
    done(&report, folder, out)
}

/// Tells of people who could not work at all, and of approvals and leave that collide with a rule.
fn remarks(case: &Case, out: &Output) {
    let idle = explain::idle(case);
    for text in idle.iter().map(explain::Conflict::text).chain(case_notes(case)).filter(|_| !out.json) {
        out.note(&hanging("", text.get(out.lang), columns()));
    }
}

/// What the arguments ask of the search; its clock starts now.
pub(super) fn options(args: &SolveArgs) -> SolveOptions {
    let threads = args.threads.map_or_else(all_threads, usize::from);
    // A clock beside the work limit would make the result depend on the machine.
    let time = args.time_limit.or_else(|| args.work_limit.is_none().then_some(DEFAULT_TIME));
    let stop = StopCriterion::new(time, args.work_limit, interrupt::flag());
    SolveOptions { stop, gap: args.gap, seed: args.seed, threads }
}

/// Only an instance can do without a folder.
fn no_folder(args: &SolveArgs, out: &Output) -> Exit {
    let case = args.case.display();
    let text = Text::new(
        format!("Say where the rota of a case is to be written: paiban solve {case} -o DIR"),
        format!("请指明案例的排班写到哪个文件夹：paiban solve {case} -o DIR"),
    );
    usage(&text, out)
}

/// Tells a fault of the arguments.
pub(super) fn usage(text: &Text, out: &Output) -> Exit {
    if out.json {
        out.document(json!({ "error": text.get(out.lang) }), Exit::Usage);
    } else {
        out.note(text.get(out.lang));
    }
    Exit::Usage
}

fn all_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn done(report: &Report, folder: &Path, out: &Output) -> Exit {
    if out.json {
        let folder = folder.display().to_string();
        let body = json!({ "summary": report.summary, "folder": folder, "files": FILE_NAMES });
        out.document(body, Exit::Done);
    } else {
        out.result(&summary::text(report, folder, out.lang));
    }
    Exit::Done
}

fn failed(error: &SolveError, out: &Output) -> Exit {
    match error {
        SolveError::Infeasible(conflicts) => infeasible(conflicts, out),
        SolveError::NoRota { interrupted } => no_rota(*interrupted, out),
        SolveError::Disagreement(found) => disagreement(found, out),
    }
}

pub(super) fn infeasible(conflicts: &[paiban::explain::Conflict], out: &Output) -> Exit {
    let head = Text::new(
        "No rota keeps all hard rules; nothing was written.",
        "没有任何排班能满足全部硬性规则；未写出任何文件。",
    );
    if out.json {
        let list: Vec<_> = conflicts.iter().map(|c| c.json(out.lang)).collect();
        out.document(json!({ "status": "infeasible", "conflicts": list }), Exit::Findings);
        return Exit::Findings;
    }
    out.result(head.get(out.lang));
    for conflict in conflicts {
        out.result(&hanging("  ", conflict.text().get(out.lang), columns()));
    }
    Exit::Findings
}

pub(super) fn no_rota(interrupted: bool, out: &Output) -> Exit {
    let (exit, text) = if interrupted {
        (
            Exit::Interrupted,
            Text::new(
                "Interrupted before any rota was found; nothing was written.",
                "在找到排班之前被中断；未写出任何文件。",
            ),
        )
    } else {
        (
            Exit::NoRota,
            Text::new(
                "The limit came before any rota was found; nothing was written. Give more time (--time-limit 5m).",
                "在找到排班之前已达到时限；未写出任何文件。请给更多时间（--time-limit 5m）。",
            ),
        )
    };
    if out.json {
        out.document(json!({ "status": "unknown", "message": text.get(out.lang) }), exit);
    } else {
        out.note(text.get(out.lang));
    }
    exit
}

pub(super) fn disagreement(found: &Disagreement, out: &Output) -> Exit {
    let head = Text::new(
        format!(
            "This is a mistake of paiban, not yours: the solver counts {} and the checker {}. Nothing was written.\n\
             Please report it with the input.",
            found.engine, found.checker
        ),
        format!(
            "这是 paiban 自身的错误，与您无关：求解器得分 {}，检查器得分 {}。未写出任何文件。\n请附上输入文件反馈此问题。",
            found.engine, found.checker
        ),
    );
    let mut lines = vec![head.get(out.lang).to_owned()];
    lines.extend(found.bound_above.map(|b| format!("  bound {b} > {}", found.checker)));
    lines.extend(found.differences.iter().map(|d| format!("  {}: {} / {}", d.rules, d.engine, d.checker)));
    let broken = found.violations.iter();
    lines.extend(
        broken
            .take(VIOLATIONS)
            .map(|m| format!("  {} [{}] {} {}: {}", m.rule, m.scope, m.who, m.when, m.why.get(out.lang))),
    );
    let more = found.violations.len().saturating_sub(VIOLATIONS);
    if more > 0 {
        lines.push(format!("  … {more}"));
    }
    if out.json {
        out.document(json!({ "status": "bug", "message": lines.join("\n") }), Exit::Bug);
    } else {
        out.note(&lines.join("\n"));
    }
    Exit::Bug
}
