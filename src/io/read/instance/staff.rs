//! Horizon, shifts and people of an instance.

use super::super::cell::{Bad, Log};
use super::rows::{Field, Row};
use crate::base::Text;
use crate::base::index::ShiftIx;
use crate::diag::{Code, codes};
use crate::model::{InstancePerson, InstanceShift};

/// Most days of a horizon: three years.
const DAYS: u32 = 1098;
/// Most shift types.
pub(super) const TYPES: usize = 200;
/// Most minutes of a shift.
const SHIFT: u32 = 1440;
/// Largest number that a limit can be.
const MOST: u32 = 10_000_000;

/// Days of the horizon.
pub(super) fn horizon(rows: &[Row<'_>], log: &mut Log) -> Option<usize> {
    for more in rows.iter().skip(1) {
        let fact = Text::new("a second row of SECTION_HORIZON", "SECTION_HORIZON 有第二行");
        let cure = Text::new("keep one: the number of days", "请只保留一行：天数");
        log.findings.push(more.error(codes::DUPLICATE_ROW, fact, cure));
    }
    let first = rows.first().filter(|r| r.whole)?;
    first.field(0).number(1, DAYS, log).ok().map(|n| n as usize)
}

/// The ids in the first field of the rows, broken rows included: what refers to them is no fault of its own.
/// One that is written twice is told.
pub(super) fn ids(rows: &[Row<'_>], code: Code, log: &mut Log) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for row in rows {
        let field = row.field(0);
        let Ok(id) = field.id(log) else {
            ids.push(String::new());
            continue;
        };
        if let Some(before) = ids.iter().position(|known| *known == id) {
            let line = rows[before].line;
            let fact = Text::new(
                format!("\"{id}\" stands in line {line} already"),
                format!("“{id}”已在第 {line} 行出现"),
            );
            let cure = Text::new("give each an id of its own", "请使用不同的编号");
            log.findings.push(field.error(code, fact, cure));
        }
        ids.push(id);
    }
    ids
}

/// The shift types.
pub(super) fn shifts(rows: &[Row<'_>], ids: &[String], log: &mut Log) -> Vec<InstanceShift> {
    if let Some(row) = rows.get(TYPES) {
        let fact = Text::new(format!("more than {TYPES} shifts"), format!("班次超过 {TYPES} 种"));
        let cure = Text::new("leave out those that nobody works", "请去掉没有人上的班次");
        log.findings.push(row.error(codes::OUT_OF_RANGE, fact, cure));
    }
    rows.iter().zip(ids).filter_map(|(row, id)| shift(row, id, ids, log).ok()).collect()
}

fn shift(row: &Row<'_>, id: &str, ids: &[String], log: &mut Log) -> Result<InstanceShift, Bad> {
    if !row.whole {
        return Err(Bad);
    }
    let minutes = row.field(1).number(1, SHIFT, log);
    let mut not_before = Vec::new();
    for part in row.field(2).parts() {
        if let Ok(k) = part.known(ids, codes::UNKNOWN_INSTANCE_SHIFT, log) {
            not_before.push(ShiftIx::new(k));
        }
    }
    not_before.sort_unstable();
    not_before.dedup();
    Ok(InstanceShift { id: id.to_owned(), minutes: minutes?, not_before })
}

/// The people, their days off still empty.
pub(super) fn people(
    rows: &[Row<'_>],
    ids: &[String],
    shifts: &[String],
    log: &mut Log,
) -> Vec<InstancePerson> {
    rows.iter().zip(ids).filter_map(|(row, id)| person(row, id, shifts, log).ok()).collect()
}

fn person(row: &Row<'_>, id: &str, shifts: &[String], log: &mut Log) -> Result<InstancePerson, Bad> {
    if !row.whole {
        return Err(Bad);
    }
    let max_shifts = limits(&row.field(1), shifts, log);
    let max_minutes = row.field(2).number(0, MOST, log);
    let min_minutes = row.field(3).number(0, MOST, log);
    let max_consecutive = row.field(4).number(0, MOST, log);
    let min_consecutive = row.field(5).number(0, MOST, log);
    let min_days_off = row.field(6).number(0, MOST, log);
    let max_weekends = row.field(7).number(0, MOST, log);
    let (max_minutes, min_minutes) = (max_minutes?, min_minutes?);
    let (max_consecutive, min_consecutive) = (max_consecutive?, min_consecutive?);
    in_order(&row.field(3), (min_minutes, max_minutes), log);
    in_order(&row.field(5), (min_consecutive, max_consecutive), log);
    Ok(InstancePerson {
        id: id.to_owned(),
        max_shifts,
        max_minutes,
        min_minutes,
        max_consecutive: max_consecutive as usize,
        min_consecutive: min_consecutive as usize,
        min_days_off: min_days_off? as usize,
        max_weekends: max_weekends?,
        days_off: Vec::new(),
    })
}

fn in_order(field: &Field<'_>, (least, most): (u32, u32), log: &mut Log) {
    if least > most {
        let fact = Text::new(
            format!("at least {least} and at most {most}: nothing is both"),
            format!("至少 {least} 又至多 {most}：无法同时满足"),
        );
        let cure =
            Text::new("exchange or correct the two; the largest stands first", "请对调或改正：先写最大值");
        log.findings.push(field.error(codes::WRONG_ORDER, fact, cure));
    }
}

/// `E=14|L=0`: a limit for each shift type.
fn limits(field: &Field<'_>, shifts: &[String], log: &mut Log) -> Vec<u32> {
    let mut found: Vec<Option<u32>> = vec![None; shifts.len()];
    let mut faults = false;
    for part in field.parts() {
        let Some((id, number)) = part.pair() else {
            let v = crate::diag::shorten(&part.text);
            let fact =
                Text::new(format!("\"{v}\" is not the limit of a shift"), format!("“{v}”不是班次上限"));
            let cure = Text::new("write the shift, =, and its limit: E=14|L=0", "请写成 E=14|L=0");
            log.findings.push(part.error(codes::BAD_LIMITS, fact, cure));
            faults = true;
            continue;
        };
        let shift = id.known(shifts, codes::UNKNOWN_INSTANCE_SHIFT, log);
        let limit = number.number(0, MOST, log);
        let Ok(shift) = shift else {
            faults = true;
            continue;
        };
        if found[shift].is_some() {
            let fact =
                Text::new(format!("\"{}\" has two limits", id.text), format!("“{}”有两个上限", id.text));
            let cure = Text::new("keep one of them", "请只保留一个");
            log.findings.push(part.error(codes::BAD_LIMITS, fact, cure));
            faults = true;
        }
        found[shift] = Some(limit.unwrap_or(0));
    }
    // Of an id that is written twice only the first is looked for.
    let first = |k: usize| shifts.iter().position(|id| *id == shifts[k]) == Some(k);
    let gap = |&k: &usize| found[k].is_none() && !shifts[k].is_empty() && first(k);
    let missing: Vec<&str> = (0..shifts.len()).filter(gap).map(|k| shifts[k].as_str()).collect();
    if !missing.is_empty() && !faults {
        let list = missing.join(", ");
        let fact = Text::new(
            format!("no limit for {list}: taken as 0, the person never works it"),
            format!("没有 {list} 的上限：按 0 处理，此人从不上该班"),
        );
        let cure = Text::new(
            format!("write {0}=0, or the number meant", missing[0]),
            format!("请写 {0}=0，或实际的上限", missing[0]),
        );
        log.findings.push(field.warning(codes::BAD_LIMITS, fact, cure));
    }
    found.into_iter().map(Option::unwrap_or_default).collect()
}
