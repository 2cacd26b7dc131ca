//! `calendar.csv` over the shipped holiday table, and whether the years of the horizon are known.

use super::cell::{Bad, Log};
use super::table::{Row, Table};
use super::values::word;
use crate::base::Text;
use crate::calendar::{Calendar, CalendarDay, DayKind, Horizon, Knowledge, shipped};
use crate::diag::{Diagnostic, codes};
use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

/// The calendar of the case.
pub(super) fn read(table: Option<&Table>, log: &mut Log) -> Calendar {
    let mut calendar = shipped();
    let mut seen: FxHashMap<NaiveDate, usize> = FxHashMap::default();
    for row in table.iter().flat_map(|t| t.rows()) {
        let Ok((date, day)) = read_row(&row, &calendar, log) else { continue };
        if let Some(first) = seen.insert(date, row.line()) {
            let fact = Text::new(
                format!("{date} stands in line {first} already"),
                format!("{date} 在第 {first} 行已有"),
            );
            let cure = Text::new("keep one of the rows", "请只保留一行");
            log.findings.push(row.get("date").error(codes::DUPLICATE_ROW, fact, cure));
            continue;
        }
        if calendar.is_statutory(date) && day.kind != DayKind::Statutory {
            let fact = Text::new(
                format!("{date} is a statutory day, paid at 300 %; by this row it no longer is"),
                format!("{date} 是法定节假日（300% 工资），按本行将不再是"),
            );
            let cure = Text::new(
                "write statutory, with the volume factor beside it",
                "请写 statutory，并另写话量系数",
            );
            log.findings.push(row.get("kind").warning(codes::STATUTORY_REPLACED, fact, cure));
        }
        // A promotion of the user says nothing of the holidays of its year.
        if day.kind == DayKind::Promotion {
            calendar.set(date, day);
        } else {
            calendar.set_by_user(date, day);
        }
    }
    calendar
}

fn read_row(row: &Row<'_>, calendar: &Calendar, log: &mut Log) -> Result<(NaiveDate, CalendarDay), Bad> {
    let date = row.needed_date("date", log);
    let kinds = ["statutory", "holiday", "workday", "promotion"];
    let kind = row.get("kind").word(word::day_kind, &kinds, log);
    let factor = row.get("volume_factor").decimal(0.0, 1000.0, log);
    let (date, kind, factor) = (date?, kind?, factor?);
    let shipped = calendar.get(date);
    let kind = match (kind.or(shipped.map(|d| d.kind)), factor) {
        (Some(kind), _) => kind,
        (None, Some(_)) => DayKind::Promotion,
        (None, None) => return Err(row.get("kind").is_needed(log)),
    };
    let name = row.get("name").text().to_owned();
    let name = if name.is_empty() { shipped.map(|d| d.name.clone()).unwrap_or_default() } else { name };
    Ok((date, CalendarDay { kind, name, volume_factor: factor.unwrap_or(1.0) }))
}

/// Reports years of the horizon that nobody knows, or knows in part.
pub(super) fn check_years(calendar: &Calendar, horizon: &Horizon, log: &mut Log) {
    for year in horizon.first.year()..=horizon.last().year() {
        match calendar.knowledge(year) {
            Knowledge::Full => {}
            Knowledge::StatutoryOnly => {
                let fact = Text::new(
                    format!(
                        "of {year} only the statutory days are known, not the days off and make-up work days around them"
                    ),
                    format!("{year} 年只知道法定节假日，不知道调休和补班安排"),
                );
                let cure = Text::new(
                    "add them to calendar.csv once the State Council has announced them",
                    "国务院公布安排后，请写入 calendar.csv",
                );
                let found = Diagnostic::warning(codes::PARTLY_KNOWN_YEAR, fact, cure);
                log.findings.push(found.at("calendar.csv", 0));
            }
            Knowledge::Unknown => {
                let fact = Text::new(
                    format!(
                        "the holidays of {year} are not known, so holiday pay and overtime cannot be counted"
                    ),
                    format!("{year} 年的节假日未知，无法计算节假日加班"),
                );
                let cure = Text::new(
                    format!(
                        "write its days into calendar.csv: date,name,kind, such as {year}-01-01,元旦,statutory"
                    ),
                    format!(
                        "请把该年的节假日写入 calendar.csv：date,name,kind，例如 {year}-01-01,元旦,statutory"
                    ),
                );
                log.findings.push(Diagnostic::error(codes::UNKNOWN_YEAR, fact, cure).at("calendar.csv", 0));
            }
        }
    }
}
