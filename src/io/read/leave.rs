//! `leave.csv`

use super::cell::{Bad, Log};
use super::names::Names;
use super::table::{Row, Table};
use super::text::plain;
use super::values::word;
use crate::base::index::PersonIx;
use crate::base::{Text, counted};
use crate::calendar::Horizon;
use crate::diag::codes;
use crate::model::{Leave, LeaveStatus};
use chrono::NaiveDate;

/// Leave of any status, in file order.
pub(super) fn read(table: &Table, names: &Names, log: &mut Log) -> Vec<Leave> {
    let rows: Vec<(Leave, Row<'_>)> =
        table.rows().filter_map(|row| Some((read_row(&row, names, log).ok()?, row))).collect();
    check_overlaps(&rows, names, log);
    rows.into_iter().map(|(leave, _)| leave).collect()
}

fn read_row(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Leave, Bad> {
    let person = names.person(&row.get("id"), log);
    let dates = read_dates(row, log);
    let status = row.get("status").word(word::leave_status, &["approved", "pending", "refused"], log);
    let substitute_cell = row.get("substitute");
    let substitute =
        if substitute_cell.is_empty() { Ok(None) } else { names.person(&substitute_cell, log).map(Some) };
    let (person, (from, to), status, substitute) = (person?, dates?, status?, substitute?);
    let kind = plain(row.get("kind").text()).trim().to_uppercase();
    Ok(Leave {
        person,
        from,
        to,
        kind: if kind.is_empty() { "LEAVE".to_owned() } else { kind },
        status: status.unwrap_or(LeaveStatus::Approved),
        substitute,
        origin: row.origin(),
    })
}

/// `from` and `to` of a row (`to` empty: one day), in order.
pub(super) fn read_dates(row: &Row<'_>, log: &mut Log) -> Result<(NaiveDate, NaiveDate), Bad> {
    let from = row.needed_date("from", log);
    let to = row.get("to").date(log);
    let (from, to) = (from?, to?);
    let to = to.unwrap_or(from);
    if to < from {
        let fact =
            Text::new(format!("{to} lies before {from}"), format!("结束日期 {to} 早于开始日期 {from}"));
        let cure = Text::new("exchange or correct the two dates", "请对调或改正两个日期");
        return Err(log.bad(row.get("to").error(codes::WRONG_ORDER, fact, cure)));
    }
    Ok((from, to))
}

fn check_overlaps(rows: &[(Leave, Row<'_>)], names: &Names, log: &mut Log) {
    let mut order: Vec<&(Leave, Row<'_>)> =
        rows.iter().filter(|(leave, _)| leave.status != LeaveStatus::Refused).collect();
    order.sort_by_key(|(leave, row)| (leave.person, leave.from, row.line()));
    let mut before: Option<&(Leave, Row<'_>)> = None;
    for item in order {
        let (leave, row) = item;
        if let Some((earlier, first)) = before
            && earlier.person == leave.person
            && leave.from <= earlier.to
        {
            let id = &names.id_list[leave.person.ix()];
            // Named at the row that stands lower in the file, whatever the dates say.
            let (here, there) = if row.line() > first.line() { (row, first) } else { (first, row) };
            let fact = Text::new(
                format!("{id} is on leave on {} already, by line {}", leave.from, there.line()),
                format!("{id} 在 {} 已按第 {} 行请假", leave.from, there.line()),
            );
            let cure = Text::new("correct the dates of one of the two rows", "请改正其中一行的日期");
            log.findings.push(here.get("from").error(codes::OVERLAPPING_LEAVE, fact, cure));
            if leave.to <= earlier.to {
                continue;
            }
        }
        before = Some(item);
    }
}

/// Warns of rows that concern no day of the horizon.
pub(super) fn note_outside(outside: usize, first: Option<Row<'_>>, horizon: &Horizon, log: &mut Log) {
    let Some(row) = first else { return };
    let fact = Text::new(
        format!(
            "{} not about {} to {}; this is the first",
            counted(outside, "row is", "rows are"),
            horizon.first,
            horizon.last()
        ),
        format!("有 {outside} 行不在 {} 到 {} 之内，这是第一行", horizon.first, horizon.last()),
    );
    let cure = Text::new("nothing to do if that is so", "如果确实如此，无需处理");
    log.findings.push(row.place(crate::diag::Diagnostic::warning(codes::OUTSIDE_HORIZON, fact, cure)));
}

/// Whether a person and date fall on a row seen before; remembers it otherwise.
pub(super) type Seen = rustc_hash::FxHashMap<(PersonIx, NaiveDate), usize>;
