//! A rota to be checked: a folder written by `solve`, or one `rota.csv` that may have been edited by hand.

use super::cell::{Bad, Log};
use super::names::Names;
use super::past::{Said, said};
use super::table::{Row, Table};
use super::{columns, folder, plan};
use crate::base::index::PersonIx;
use crate::base::{Text, counted};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::model::{Case, DayCell, DayPlan, LeaveStatus, Rota};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::path::Path;

/// Reads a rota of a case, and the inside of its days when `path` is a folder that has `duties.csv`. The rota is
/// there only when no error was found.
#[must_use]
pub fn read_rota(case: &Case, path: &Path) -> (Option<(Rota, Option<DayPlan>)>, Diagnostics) {
    let near = Some((case.horizon.first, case.horizon.last()));
    let mut log = Log { near, ..Log::default() };
    let mut inputs = Vec::new();
    let names = Names::of_case(case);
    let is_folder = path.is_dir();
    let file = if is_folder { path.join(columns::ROTA.file) } else { path.to_path_buf() };
    let table = folder::open_path(&file, &columns::ROTA, true, &mut inputs, &mut log);
    let rota = table.map(|t| read_cells(&t, case, &names, &mut log));
    let mut inside = None;
    if is_folder {
        let duties =
            folder::open_path(&path.join("duties.csv"), &columns::DUTIES, false, &mut inputs, &mut log);
        let handover =
            folder::open_path(&path.join("handover.csv"), &columns::HANDOVER, false, &mut inputs, &mut log);
        inside = duties.map(|d| plan::read(&d, handover.as_ref(), case, &names, &mut log));
    }
    let mut findings = log.findings;
    findings.sort();
    (rota.filter(|_| !findings.has_errors()).map(|r| (r, inside)), findings)
}

fn read_cells(table: &Table, case: &Case, names: &Names, log: &mut Log) -> Rota {
    let mut cells: Vec<Vec<Option<DayCell>>> = vec![vec![None; case.horizon.days]; case.people.len()];
    let mut lines: FxHashMap<(PersonIx, usize), usize> = FxHashMap::default();
    let leave = approved_leave(case);
    let (mut outside, mut first) = (0, None);
    for row in table.rows() {
        let person = names.person(&row.get("id"), log);
        let date = row.needed_date("date", log);
        let cell = read_cell(&row, names, log);
        let (Ok(person), Ok(date)) = (person, date) else { continue };
        let Some(day) = case.horizon.index(date) else {
            outside += 1;
            first = first.or(Some(row));
            continue;
        };
        // An unreadable cell has its own finding; it is not missing.
        let cell = cell.unwrap_or(DayCell::Off);
        let cell = match (cell, leave.get(&(person, date))) {
            (DayCell::Leave(kind), Some(own)) if super::values::word::leave_kind(own) == Some(&kind) => {
                DayCell::Leave((*own).to_owned())
            }
            (cell, _) => cell,
        };
        match &cells[person.ix()][day] {
            Some(before) if *before != cell => {
                let line = lines.get(&(person, day)).copied().unwrap_or(0);
                let id = &names.id_list[person.ix()];
                let fact = Text::new(
                    format!("line {line} says something else of {id} on {date}"),
                    format!("第 {line} 行对 {id} 在 {date} 的安排不同"),
                );
                let cure = Text::new("keep one of the rows", "请只保留一行");
                log.findings.push(row.get("shift").error(codes::DUPLICATE_ROW, fact, cure));
            }
            _ => {
                cells[person.ix()][day] = Some(cell);
                lines.insert((person, day), row.line());
            }
        }
    }
    super::leave::note_outside(outside, first, &case.horizon, log);
    report_missing(&cells, case, &table.file, log);
    let filled = |p: usize, row: Vec<Option<DayCell>>| {
        let cell = |(d, cell): (usize, Option<DayCell>)| {
            cell.unwrap_or_else(|| {
                let employed = case.people[p].employed(case.horizon.date(d as i64));
                if employed { DayCell::Off } else { DayCell::Absent }
            })
        };
        row.into_iter().enumerate().map(cell).collect()
    };
    let cells = cells.into_iter().enumerate().map(|(p, row)| filled(p, row)).collect();
    Rota { horizon: case.horizon, cells }
}

fn read_cell(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<DayCell, Bad> {
    let cell = row.get("shift");
    if cell.is_empty() {
        let fact = Text::new(
            "this day has no shift: an empty cell is not a day off",
            "这一天没有班次：空白不等于休息",
        );
        let cure = Text::new("write a shift code, or OFF", "请写班次代码或 休");
        return Err(log.bad(cell.error(codes::EMPTY_CELL, fact, cure)));
    }
    match said(cell.text(), names) {
        Said::Shift(shift) => Ok(DayCell::Work(shift)),
        Said::Off => Ok(DayCell::Off),
        Said::Absent => Ok(DayCell::Absent),
        Said::Leave(kind) => Ok(DayCell::Leave(kind)),
        Said::Other => Err(log.bad(names.unknown_shift(&cell, &["OFF"]))),
    }
}

fn approved_leave(case: &Case) -> FxHashMap<(PersonIx, NaiveDate), &str> {
    let mut days = FxHashMap::default();
    for leave in case.leave.iter().filter(|l| l.status == LeaveStatus::Approved) {
        for date in case.horizon.dates().filter(|d| leave.from <= *d && *d <= leave.to) {
            days.insert((leave.person, date), leave.kind.as_str());
        }
    }
    days
}

/// One finding for each person with missing days; days outside employment need no row.
fn report_missing(cells: &[Vec<Option<DayCell>>], case: &Case, file: &str, log: &mut Log) {
    for (person, row) in case.people.iter().zip(cells) {
        let dates = row.iter().enumerate().filter(|(_, cell)| cell.is_none());
        let dates = dates.map(|(d, _)| case.horizon.date(d as i64)).filter(|d| person.employed(*d));
        let missing: Vec<String> = dates.map(|d| d.to_string()).collect();
        if missing.is_empty() {
            continue;
        }
        let mut shown = missing.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        if missing.len() > 5 {
            shown.push_str(", …");
        }
        let (id, count) = (&person.id, missing.len());
        let fact = Text::new(
            format!("{id} has no row on {}: {shown}", counted(count, "day", "days")),
            format!("{id} 缺少 {count} 天：{shown}"),
        );
        let cure = Text::new("add a row for each day, OFF for a day off", "请每天补一行，休息写 休");
        log.findings.push(Diagnostic::error(codes::MISSING_CELLS, fact, cure).at(file, 0).cell("id", id));
    }
}
