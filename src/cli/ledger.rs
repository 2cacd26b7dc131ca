//! `paiban ledger CASE… [-o FILE]`.

use super::args::{Days, LedgerArgs};
use super::exit::Exit;
use super::ledger_page;
use super::output::Output;
use super::staff::taken;
use chrono::{Months, NaiveDate};
use paiban::base::Text;
use paiban::diag::{Diagnostic, codes};
use paiban::io::read::{Record, read_record};
use paiban::io::write::{ledger_csv, write_file};
use paiban::pay::{self, Balance, Classes};
use paiban::report::{LedgerGroup, LedgerPerson, LedgerShare, LedgerView};
use serde_json::{Value, json};
use std::path::Path;

pub(crate) fn run(args: &LedgerArgs, out: &mut Output) -> Exit {
    if let Some(found) = taken(args.output.as_deref(), args.force) {
        out.finding(found);
        return out.end(Exit::Usage);
    }
    let (record, found) = read_record(&args.cases);
    let errors = out.findings(found);
    let Some(record) = record.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let Some(view) = view(&record, span(&args.days)) else {
        out.finding(outside(&args.days));
        return out.end(Exit::Usage);
    };
    if let Some(path) = &args.output
        && let Some(exit) = write(&view, path, out)
    {
        return exit;
    }
    if out.json {
        out.document(as_json(&view, &record, args.output.as_deref()), Exit::Done);
    } else {
        out.result(&ledger_page::text(&view, record.rules.as_deref(), out.lang));
    }
    Exit::Done
}

fn view(record: &Record, span: Option<(NaiveDate, NaiveDate)>) -> Option<LedgerView> {
    let classes = match record.rules {
        Some(_) => Classes::Rules,
        None => Classes::Files(&record.classes),
    };
    LedgerView::new(&record.case, &pay::balances(&record.case, classes, span))
}

/// First and last date that the arguments name.
fn span(days: &Days) -> Option<(NaiveDate, NaiveDate)> {
    let month = days.month.and_then(|(year, month)| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some((first, (first + Months::new(1)).pred_opt()?))
    });
    month.or(days.from.zip(days.to))
}

fn outside(days: &Days) -> Diagnostic {
    let shown = span(days).map_or_else(String::new, |(from, to)| format!("{from}..{to}"));
    let fact = Text::new(format!("no row lies in {shown}"), format!("{shown} 内没有任何记录"));
    let cure = Text::new("correct --month, --from and --to", "请改正 --month、--from、--to");
    Diagnostic::error(codes::EMPTY_HORIZON, fact, cure)
}

/// Writes the table; the exit code when that fails.
fn write(view: &LedgerView, path: &Path, out: &mut Output) -> Option<Exit> {
    let bytes = match ledger_csv(view, out.lang) {
        Ok(bytes) => bytes,
        Err(e) => {
            out.note(&e.to_string());
            return Some(Exit::Bug);
        }
    };
    if let Err(problem) = write_file(path, &bytes) {
        out.finding(*problem);
        return Some(out.end(Exit::Usage));
    }
    let people = view.people.len();
    out.say(&Text::new(
        format!("balances of {people} people written to {}", path.display()),
        format!("已写出 {people} 人的台账：{}", path.display()),
    ));
    None
}

fn as_json(view: &LedgerView, record: &Record, file: Option<&Path>) -> Value {
    json!({
        "from": view.dates.0.to_string(),
        "to": view.dates.1.to_string(),
        "rules_of": record.rules.as_ref().map(|p| p.display().to_string()),
        "differing_days": view.differing,
        "untold_days": view.untold,
        "people": view.people.iter().map(person).collect::<Vec<_>>(),
        "groups": view.groups.iter().map(group).collect::<Vec<_>>(),
        "file": file.map(|p| p.display().to_string()),
    })
}

fn person(p: &LedgerPerson) -> Value {
    json!({
        "id": p.id, "name": p.name, "team": p.team, "contract": p.contract,
        "total": balance(&p.total),
        "months": p.months.iter().map(balance).collect::<Vec<_>>(),
    })
}

fn balance(b: &Balance) -> Value {
    let [ot150, ot200, ot300] = b.overtime;
    json!({
        "from": b.first.to_string(), "to": b.last.to_string(),
        "days_worked": b.days_worked, "leave_days": b.leave_days, "paid_minutes": b.paid,
        "ot_150_minutes": ot150, "ot_200_minutes": ot200, "ot_300_minutes": ot300,
        "comp_rest_minutes": b.answered, "comp_rest_owed_minutes": b.owed,
        "ot_unknown_minutes": b.unclassified, "overtime_minutes": b.all_overtime(),
        "overtime_cap_minutes": b.cap, "headroom_minutes": b.headroom,
        "late_shifts": b.late_shifts, "weekends": b.weekends, "statutory_days": b.statutory_days,
    })
}

fn group(g: &LedgerGroup) -> Value {
    let shares: serde_json::Map<String, Value> = g
        .shares
        .iter()
        .map(|LedgerShare { what, most, least }| {
            let value = json!({ "most": most.0, "most_ids": most.1, "least": least.0, "least_ids": least.1 });
            (what.key().to_owned(), value)
        })
        .collect();
    json!({ "team": g.team, "contract": g.contract, "people": g.people, "shares": shares })
}
