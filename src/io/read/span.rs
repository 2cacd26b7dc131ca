//! Which days a rota is about, before its case is read.

use super::cell::Log;
use super::values::date::parse_date;
use super::{columns, folder};
use chrono::NaiveDate;
use std::path::Path;

/// First and last date of a rota (a folder that `solve` wrote, or one file); `None` when it has no date that can be
/// read. Findings are left to [`super::read_rota`].
#[must_use]
pub fn rota_span(path: &Path) -> Option<(NaiveDate, NaiveDate)> {
    let file = if path.is_dir() { path.join(columns::ROTA.file) } else { path.to_path_buf() };
    let table = folder::open_path(&file, &columns::ROTA, true, &mut Vec::new(), &mut Log::default())?;
    let dates =
        table.rows().filter_map(|row| parse_date(row.get("date").text(), None).ok()).map(|read| read.date);
    dates.fold(None, |span, date| match span {
        None => Some((date, date)),
        Some((first, last)) => Some((date.min(first), date.max(last))),
    })
}
