//! `paiban compare A B` and `paiban message ROTA --date D`.

use super::args::{CompareArgs, Days, MessageArgs};
use super::exit::Exit;
use super::output::Output;
use super::text::{columns, hanging};
use super::{check, origin};
use paiban::base::Text;
use paiban::facade;
use paiban::io::read::read_rota;
use paiban::io::write::{cell_word, change_message, day_message, effect_lines};
use paiban::model::Case;
use paiban::report::{Comparison, Report, RunFacts, RunStatus};
use serde_json::{Value, json};
use std::path::Path;

/// Two rotas of a case side by side.
pub(crate) fn compare(args: &CompareArgs, out: &mut Output) -> Exit {
    let days = check::with_days_of(&args.before, &Days::default());
    let case = origin::case_of(args.case.as_deref(), &[&args.before, &args.after], &days, out);
    let Some(case) = case else { return out.end(Exit::Usage) };
    let before = report_of(&case, &args.before, out);
    let after = report_of(&case, &args.after, out);
    let (Some(before), Some(after)) = (before, after) else { return out.end(Exit::Usage) };
    let comparison = Comparison::new(&before, &after);
    if out.json {
        out.document(as_json(&comparison, out), Exit::Done);
        return Exit::Done;
    }
    out.result(&change_message(&comparison, out.lang));
    if !args.message {
        out.result("");
        for line in effect_lines(&comparison, out.lang) {
            let indent = if line.starts_with("  ") { "  " } else { "" };
            out.result(&hanging(indent, line.trim_start(), columns()));
        }
    }
    Exit::Done
}

/// The chat message of a day.
pub(crate) fn message(args: &MessageArgs, out: &mut Output) -> Exit {
    let days = check::with_days_of(&args.rota, &Days::default());
    let case = origin::case_of(args.case.as_deref(), &[&args.rota], &days, out);
    let Some(case) = case else { return out.end(Exit::Usage) };
    let Some(report) = report_of(&case, &args.rota, out) else { return out.end(Exit::Usage) };
    let Some(text) = day_message(&report, args.date, out.lang) else {
        let (from, to) = (case.horizon.first, case.horizon.last());
        let text = Text::new(
            format!("The rota has no {}: it is of {from} to {to}", args.date),
            format!("班表中没有 {}：日期为 {from} 至 {to}", args.date),
        );
        return super::solve::usage(&text, out);
    };
    if out.json {
        out.document(json!({ "date": args.date.to_string(), "message": text }), Exit::Done);
    } else {
        out.result(&text);
    }
    Exit::Done
}

/// A rota with everything that is known of it; `None` where it cannot be read, with findings.
pub(super) fn report_of(case: &Case, path: &Path, out: &mut Output) -> Option<Report> {
    let (read, found) = read_rota(case, path);
    let errors = out.findings(found);
    let (rota, plan) = read.filter(|_| !errors)?;
    let checked = facade::check_rota(case, &rota, plan);
    let run = RunFacts { status: RunStatus::Feasible, bound: None, seconds: 0.0, seed: 1, threads: 1 };
    Some(facade::report_checked(case, &rota, &checked, &run))
}

fn as_json(c: &Comparison, out: &Output) -> Value {
    let side = |s: &paiban::report::Side| {
        json!({
            "objective": s.objective, "violations": s.violations, "short_minutes": s.short_minutes,
            "over_minutes": s.over_minutes, "overtime_minutes": s.overtime_minutes,
            "requests": [s.requests.0, s.requests.1],
        })
    };
    let change = |x: &paiban::report::Change| {
        json!({
            "date": x.date.to_string(), "id": x.id, "name": x.name, "team": x.team,
            "from": cell_word(&x.from, out.lang), "to": cell_word(&x.to, out.lang),
        })
    };
    let pairs = |list: &[(String, [i64; 2])]| -> Value {
        list.iter().map(|(name, pair)| (name.clone(), json!(pair))).collect::<serde_json::Map<_, _>>().into()
    };
    let rows = |list: &[paiban::check::Match]| -> Vec<Value> {
        let row = |m: &paiban::check::Match| json!({ "rule": m.rule, "who": m.who, "when": m.when, "why": m.why.get(out.lang) });
        list.iter().map(row).collect()
    };
    json!({
        "changes": c.changes.iter().map(change).collect::<Vec<_>>(),
        "before": side(&c.sides[0]),
        "after": side(&c.sides[1]),
        "broken": rows(&c.broken[0]),
        "mended": rows(&c.broken[1]),
        "penalties": pairs(&c.rules),
        "fairness": pairs(&c.fairness),
        "short_minutes": c.days.iter().map(|(d, p)| (d.to_string(), json!(p))).collect::<serde_json::Map<_, _>>(),
        "overtime_minutes": c.overtime.iter().map(|(id, _, p)| (id.clone(), json!(p))).collect::<serde_json::Map<_, _>>(),
        "message": change_message(c, out.lang),
    })
}
