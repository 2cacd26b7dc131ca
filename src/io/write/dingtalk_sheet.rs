//! The rota in the layout of the sheet that DingTalk's own command line writes: title, one line about it, then a row a person
//! and a column a date. An empty cell is a day that is not rostered.

use crate::calendar::WEEKDAYS_ZH;
use crate::report::AttendanceLine;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Name of the sheet.
const SHEET: &str = "排班表";
/// Row of the heads.
const HEAD: u32 = 2;

/// The bytes of the sheet. `words`: what stands in the cell of a line; `made`: the moment that it names.
///
/// # Errors
/// When there are more dates than a sheet has columns.
pub fn dingtalk_sheet(
    lines: &[AttendanceLine],
    words: &dyn Fn(&AttendanceLine) -> String,
    made: NaiveDateTime,
) -> Result<Vec<u8>, XlsxError> {
    let mut people: Vec<(&str, &str)> = Vec::new();
    let mut rows: BTreeMap<&str, u32> = BTreeMap::new();
    for l in lines {
        rows.entry(&l.id).or_insert_with(|| {
            people.push((&l.id, &l.name));
            HEAD + people.len() as u32
        });
    }
    let dates = lines.iter().map(|l| l.date);
    let (from, to) = dates.clone().min().zip(dates.max()).unwrap_or_default();
    let mut book = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&from.to_string())?;
    book.set_properties(&DocProperties::new().set_title(SHEET).set_creation_datetime(&created));
    let sheet = book.add_worksheet().set_name(SHEET)?;
    head(sheet, (from, to), people.len(), made)?;
    let middle = Format::new().set_align(FormatAlign::Center);
    for (i, (_, name)) in people.iter().enumerate() {
        sheet.write_string(HEAD + 1 + i as u32, 0, *name)?;
    }
    for l in lines {
        let column = 1 + (l.date - from).num_days() as u16;
        sheet.write_string_with_format(rows[l.id.as_str()], column, words(l), &middle)?;
    }
    book.save_to_buffer()
}

fn head(
    sheet: &mut Worksheet,
    (from, to): (NaiveDate, NaiveDate),
    people: usize,
    made: NaiveDateTime,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    sheet.write_string_with_format(0, 0, format!("{SHEET}  {from} 至 {to}"), &bold)?;
    sheet.write_string(1, 0, format!("生成时间：{}  共 {people} 人", made.format("%Y-%m-%d %H:%M:%S")))?;
    sheet.write_string_with_format(HEAD, 0, "员工姓名", &wrapped)?;
    sheet.set_row_height(HEAD, 32)?.set_column_width(0, 14)?.set_freeze_panes(HEAD + 1, 1)?;
    for (column, date) in (1..).zip(from.iter_days().take_while(|d| *d <= to)) {
        let weekday = WEEKDAYS_ZH[date.weekday().num_days_from_monday() as usize];
        let text = format!("{:02}-{:02}\n{weekday}", date.month(), date.day());
        sheet.write_string_with_format(HEAD, column, text, &wrapped)?;
        sheet.set_column_width(column, 8)?;
    }
    Ok(())
}

/// Names that several people have, with their ids: the sheet tells people apart by name alone.
#[must_use]
pub fn shared_names(lines: &[AttendanceLine]) -> Vec<(String, Vec<String>)> {
    let mut ids: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for l in lines {
        let list = ids.entry(&l.name).or_default();
        if !list.contains(&l.id.as_str()) {
            list.push(&l.id);
        }
    }
    let shared = ids.into_iter().filter(|(_, list)| list.len() > 1);
    shared.map(|(name, list)| (name.to_owned(), list.into_iter().map(str::to_owned).collect())).collect()
}
