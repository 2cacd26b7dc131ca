//! `rota.xlsx`: the rota as supervisors keep it, with live formulas and what they come to.
//!
//! The first sheet is the wide rota, which is read back by [`crate::io::read::read_rota`]; behind it cover, hours,
//! handovers, wishes, and how good the rota is. Every formula carries its value, so that programs that do not calculate
//! show the same. The same report gives the same bytes.

mod coverage;
mod hours;
mod lists;
mod quality;
mod rota;
mod sheet;
mod style;

use super::cells::pick;
use crate::base::{Lang, Text};
use crate::report::Report;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use sheet::Sheet;
use style::Styles;

/// Fills a sheet.
type Writer = fn(&mut Sheet<'_>) -> Result<(), XlsxError>;

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be written (more rows than a sheet holds).
pub(super) fn workbook(report: &Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The moment of writing would make every run another file.
    let day = report.board.days.first().map(|d| d.date).unwrap_or_default();
    let created = ExcelDateTime::parse_from_str(&day.to_string())?;
    let title = pick(&title(report), lang);
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&created));
    let styles = Styles::new();
    let from = (report, &styles, lang);
    let mut sheet = |en: &str, zh: &str, write: Writer| {
        let mut sheet = Sheet::add(&mut book, &Text::new(en, zh), from)?;
        write(&mut sheet)
    };
    sheet("Rota", "排班表", rota::write)?;
    sheet("Cover", "覆盖", coverage::write)?;
    sheet("Hours", "工时", hours::write)?;
    sheet("Handover", "交接", lists::handovers)?;
    sheet("Requests", "请求", lists::wishes)?;
    sheet("Quality", "质量", quality::write)?;
    book.save_to_buffer()
}

/// What the rota is called: its month where it is one, else its dates.
pub(super) fn title(report: &Report) -> Text {
    use chrono::Datelike;
    let (Some(first), Some(last)) = (report.board.days.first(), report.board.days.last()) else {
        return Text::new("Rota", "排班表");
    };
    let (from, to) = (first.date, last.date);
    let next = to.succ_opt().unwrap_or(to);
    if from.day() == 1 && next.day() == 1 && from.month() == to.month() && from.year() == to.year() {
        let (year, month) = (from.year(), from.month());
        return Text::new(format!("Rota of {year}-{month:02}"), format!("{year}年{month}月 排班表"));
    }
    Text::new(format!("Rota of {from} to {to}"), format!("排班表 {from} 至 {to}"))
}

#[cfg(test)]
mod tests;
