//! Days off, requests and cover of an instance.

use super::super::cell::{Bad, Log};
use super::Names;
use super::rows::Row;
use crate::base::Text;
use crate::base::index::{PersonIx, ShiftIx};
use crate::diag::codes;
use crate::model::{InstanceCover, InstanceRequest};
use rustc_hash::FxHashMap;

/// Largest price of one person or request.
const PRICE: u32 = 1_000_000;
/// Largest number of people required.
const HEADS: u32 = 100_000;

/// Days off of each person, ascending.
pub(super) fn days_off(rows: &[Row<'_>], names: &Names, log: &mut Log) -> Vec<Vec<usize>> {
    let mut off = vec![Vec::new(); names.people.len()];
    let mut seen = FxHashMap::default();
    for row in rows.iter().filter(|r| r.whole) {
        let person = row.field(0).known(&names.people, codes::UNKNOWN_INSTANCE_PERSON, log);
        let days: Vec<usize> =
            (1..row.len()).filter_map(|i| row.field(i).day(names.days, log).ok()).collect();
        let Ok(person) = person else { continue };
        once(&mut seen, person, row, log);
        off[person].extend(days);
    }
    for days in &mut off {
        days.sort_unstable();
        days.dedup();
    }
    off
}

/// The requests of one section.
pub(super) fn requests(rows: &[Row<'_>], wanted: bool, names: &Names, log: &mut Log) -> Vec<InstanceRequest> {
    let mut seen = FxHashMap::default();
    let mut read = |row: &Row<'_>| -> Result<InstanceRequest, Bad> {
        let person = row.field(0).known(&names.people, codes::UNKNOWN_INSTANCE_PERSON, log);
        let day = row.field(1).day(names.days, log);
        let shift = row.field(2).known(&names.shifts, codes::UNKNOWN_INSTANCE_SHIFT, log);
        let weight = row.field(3).number(0, PRICE, log);
        let (person, day, shift) = (person?, day?, shift?);
        once(&mut seen, (person, day, shift), row, log);
        let (person, shift) = (PersonIx::new(person), ShiftIx::new(shift));
        Ok(InstanceRequest { person, day, shift, wanted, weight: weight? })
    };
    rows.iter().filter(|r| r.whole).filter_map(|row| read(row).ok()).collect()
}

/// The cover.
pub(super) fn cover(rows: &[Row<'_>], names: &Names, log: &mut Log) -> Vec<InstanceCover> {
    let mut seen = FxHashMap::default();
    let mut read = |row: &Row<'_>| -> Result<InstanceCover, Bad> {
        let day = row.field(0).day(names.days, log);
        let shift = row.field(1).known(&names.shifts, codes::UNKNOWN_INSTANCE_SHIFT, log);
        let required = row.field(2).number(0, HEADS, log);
        let under = row.field(3).number(0, PRICE, log);
        let over = row.field(4).number(0, PRICE, log);
        let (day, shift) = (day?, shift?);
        once(&mut seen, (day, shift), row, log);
        Ok(InstanceCover { day, shift: ShiftIx::new(shift), required: required?, under: under?, over: over? })
    };
    rows.iter().filter(|r| r.whole).filter_map(|row| read(row).ok()).collect()
}

/// Tells when a row speaks of what another one has spoken of.
fn once<K: std::hash::Hash + Eq>(seen: &mut FxHashMap<K, usize>, key: K, row: &Row<'_>, log: &mut Log) {
    if let Some(line) = seen.insert(key, row.line) {
        let fact = Text::new(format!("line {line} speaks of the same"), format!("与第 {line} 行重复"));
        let cure = Text::new("keep one of the rows", "请只保留一行");
        log.findings.push(row.error(codes::DUPLICATE_ROW, fact, cure));
    }
}
