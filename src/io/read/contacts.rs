//! A history of contacts for a forecast, and the calendar beside it.

use super::cell::{Bad, Log};
use super::columns::{self, FileColumns};
use super::folder;
use super::table::{Row, Table};
use super::values::word;
use super::{calendar, demand};
use crate::base::Text;
use crate::calendar::Calendar;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::model::{ContactHistory, PastContacts};
use rustc_hash::FxHashMap;
use std::path::Path;

/// Reads past contacts (the columns of `forecast.csv`), and the holidays: the shipped ones with the days of a
/// `calendar.csv`, where one is given. Both are there only when no error was found.
#[must_use]
pub fn read_contacts(file: &Path, days: Option<&Path>) -> (Option<(ContactHistory, Calendar)>, Diagnostics) {
    let mut log = Log::default();
    let open = |path: &Path, columns: &'static FileColumns, log: &mut Log| {
        folder::open_path(path, columns, true, &mut Vec::new(), log)
    };
    let table = open(file, &columns::CONTACTS, &mut log);
    let days = days.map(|path| open(path, &columns::CALENDAR, &mut log));
    let calendar = calendar::read(days.as_ref().and_then(Option::as_ref), &mut log);
    let history = table.map(|t| history(&t, &mut log));
    let mut findings = log.findings;
    findings.sort();
    (history.map(|h| (h, calendar)).filter(|_| !findings.has_errors()), findings)
}

fn history(table: &Table, log: &mut Log) -> ContactHistory {
    let mut history = ContactHistory::default();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut seen = FxHashMap::default();
    for row in table.rows() {
        let Ok((mut contacts, channel)) = read_row(&row, log) else { continue };
        contacts.channel = *known.entry(word::key(&channel)).or_insert_with(|| {
            history.channels.push(channel);
            history.channels.len() - 1
        });
        let key = (contacts.channel, contacts.date, contacts.start);
        if let Some(first) = seen.insert(key, row.line()) {
            let fact = Text::new(
                format!("the interval stands in line {first} already"),
                format!("该时段在第 {first} 行已有"),
            );
            let cure = Text::new("keep one of the rows", "请只保留一行");
            log.findings.push(row.get("start").error(codes::DUPLICATE_ROW, fact, cure));
            continue;
        }
        history.rows.push(contacts);
    }
    if table.len() == 0 {
        let fact = Text::new("the file has a header but no rows", "文件只有表头，没有数据");
        let cure = Text::new("add the contacts of past months", "请加上过去几个月的话量");
        log.findings.push(Diagnostic::error(codes::NO_ROWS, fact, cure).at(&table.file, 0));
    }
    history.rows.sort_by_key(|r| (r.channel, r.date, r.start));
    history
}

fn read_row(row: &Row<'_>, log: &mut Log) -> Result<(PastContacts, String), Bad> {
    let date = row.needed_date("date", log);
    let start = row.needed_time("start", log);
    let channel = row.get("channel");
    let named = if channel.is_empty() { Err(channel.is_needed(log)) } else { Ok(channel.plain()) };
    let volume = row.get("volume").decimal(0.0, 1e7, log);
    let volume = row.get("volume").needed(volume, log);
    // Without contacts a system has no handling time to tell.
    let aht = row.get("aht_s").decimal(0.0, 86_400.0, log);
    let (date, start) = demand::into_day(date?, start?);
    let contacts = PastContacts { date, start, channel: 0, volume: volume?, aht_s: aht?.unwrap_or(0.0) };
    Ok((contacts, named?))
}
