//! A rota in a spreadsheet file: the wide table that `solve` writes and people edit (rows people, columns dates), or a
//! sheet with the columns of `rota.csv`. Either becomes a [`Table`], so that everything else reads it like a CSV file.

use super::columns::FileColumns;
use super::table::{CellRow, Table, find_column};
use super::text::clean;
use super::values::date::parse_date;
use super::values::word;
use crate::base::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
pub(super) use crate::io::cell_address as address;
use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use chrono::NaiveDate;
use std::io::Cursor;

/// Rows in which the dates of a wide table are looked for.
const HEAD_ROWS: usize = 12;

/// Whether bytes are those of a spreadsheet file (`xlsx`, `ods`, `xls`).
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// The rota of a workbook as a table; `None` when there is none, with a finding.
pub(super) fn table(
    file: &str,
    columns: &'static FileColumns,
    bytes: &[u8],
    near: Option<(NaiveDate, NaiveDate)>,
    findings: &mut Diagnostics,
) -> Option<Table> {
    let sheets = match open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(mut book) => {
            let names = book.sheet_names();
            names.into_iter().filter_map(|n| Some((book.worksheet_range(&n).ok()?, n))).collect::<Vec<_>>()
        }
        Err(error) => {
            let fact = Text::new(
                format!("{file} cannot be read as a workbook: {error}"),
                format!("{file} 无法作为表格文件读取：{error}"),
            );
            let cure = Text::new("save it as xlsx once more", "请重新另存为 xlsx");
            findings.push(Diagnostic::error(codes::NO_ROTA_SHEET, fact, cure).at(file, 0));
            return None;
        }
    };
    if let Some((head, range)) =
        sheets.iter().find_map(|(range, _)| Some((Head::find(range, columns, near)?, range)))
    {
        return Some(Table::of_cells(file, columns, &HEADERS, head.rows(range)));
    }
    if let Some(text) = sheets.iter().find_map(|(range, _)| long_form(range, columns)) {
        return Table::read(file, columns, text, findings);
    }
    let names: Vec<&str> = sheets.iter().map(|(_, n)| n.as_str()).collect();
    let fact = Text::new(
        format!("no sheet of {file} ({}) is a rota", names.join(", ")),
        format!("{file} 的工作表（{}）都不是班表", names.join("、")),
    );
    let cure = Text::new(
        "one sheet needs a column with the ids and a column for each date, or the columns id, date and shift",
        "需要有一个工作表含工号列和每天一列，或含工号、日期、班次三列",
    );
    findings.push(Diagnostic::error(codes::NO_ROTA_SHEET, fact, cure).at(file, 0));
    None
}

/// The columns that a wide table stands for. The empty one says that it is a whole rota (see `read_pins`).
const HEADERS: [&str; 4] = ["id", "date", "shift", "paid_minutes"];

/// Where the parts of a wide table lie, counted from the first cell of the range.
pub(super) struct Head {
    row: usize,
    /// Column of the ids, or of the names where there are no ids.
    who: usize,
    /// Column of the names, where there is one too.
    name: Option<usize>,
    dates: Vec<(usize, NaiveDate)>,
}

impl Head {
    pub(super) fn find(
        range: &Range<Data>,
        columns: &'static FileColumns,
        near: Option<(NaiveDate, NaiveDate)>,
    ) -> Option<Self> {
        let rows: Vec<&[Data]> = range.rows().take(HEAD_ROWS).collect();
        // Whole dates first, bare numbers last: a row of head counts looks like days of a month.
        let bare = |cell: &Data| shown(cell).parse::<f64>().is_ok();
        let dates_of = |near, numbers: bool| {
            let of_row = move |row: &[Data]| -> Vec<(usize, NaiveDate)> {
                let cells = row.iter().enumerate().filter(|(_, cell)| numbers || !bare(cell));
                cells.filter_map(|(c, cell)| Some((c, head_date(cell, near)?))).collect()
            };
            let ascending = |dates: &[(usize, NaiveDate)]| dates.windows(2).all(|p| p[0].1 < p[1].1);
            let found = rows.iter().enumerate().map(|(r, row)| (r, of_row(row)));
            let found = found.filter(|(_, dates)| !dates.is_empty() && ascending(dates));
            found.rev().max_by_key(|(_, dates)| dates.len())
        };
        let (row, dates) =
            dates_of(None, false).or_else(|| dates_of(near, false)).or_else(|| dates_of(near, true))?;
        let first = dates.first()?.0;
        // Ids stand left of the dates; their head may be merged with a row above.
        let of = |name: &str| {
            let hit = |cell: &Data| {
                let text = shown(cell);
                find_column(columns, &text).is_some_and(|c| columns.columns[c].name == name)
            };
            rows[..=row].iter().rev().find_map(|r| r.iter().take(first).position(hit))
        };
        let name = of("name");
        let who = of("id").or(name)?;
        Some(Self { row, who, name, dates })
    }
    /// Columns and their dates.
    pub(super) fn dates(&self) -> &[(usize, NaiveDate)] {
        &self.dates
    }
    /// Columns that tell who a row is of: ids first, then names.
    pub(super) fn who_columns(&self) -> impl Iterator<Item = usize> + use<> {
        [Some(self.who), self.name.filter(|n| *n != self.who)].into_iter().flatten()
    }
    /// The rows of people with their place in the range, down to the first row of totals.
    pub(super) fn people<'r>(&self, range: &'r Range<Data>) -> impl Iterator<Item = (usize, &'r [Data])> {
        let first = self.dates[0].0;
        let total = move |row: &[Data]| row.iter().take(first).any(|c| word::is_total(&clean(&shown(c))));
        range.rows().enumerate().skip(self.row + 1).take_while(move |(_, row)| !total(row))
    }

    /// A row for each person and date, down to the first row of totals: head counts and the legend lie below.
    fn rows(&self, range: &Range<Data>) -> Vec<CellRow> {
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut found = Vec::new();
        for (r, row) in self.people(range) {
            let who = shown(row.get(self.who).unwrap_or(&Data::Empty));
            let filled =
                self.dates.iter().any(|(c, _)| !shown(row.get(*c).unwrap_or(&Data::Empty)).is_empty());
            // The row of weekdays, and blank rows between teams.
            if who.is_empty() && (!filled || r == self.row + 1) {
                continue;
            }
            for (c, date) in &self.dates {
                let cell = row.get(*c).map(shown).unwrap_or_default();
                found.push(CellRow {
                    line: top as usize + r + 1,
                    at: address(top as usize + r, left as usize + c),
                    cells: vec![who.clone(), date.to_string(), cell, String::new()],
                });
            }
        }
        found
    }
}

/// The date of a head: a date, a text in any usual form, or a day of the month that is planned.
pub(super) fn head_date(cell: &Data, near: Option<(NaiveDate, NaiveDate)>) -> Option<NaiveDate> {
    match cell {
        Data::DateTime(_) | Data::DateTimeIso(_) => parse_date(&shown(cell), None).ok().map(|d| d.date),
        Data::String(text) => {
            let text = text.split(['\n', '\r']).next().unwrap_or_default().trim();
            if text.len() <= 2 || text.ends_with(['日', '号']) && !text.contains('月') {
                return day_of_month(text.trim_end_matches(['日', '号']), near);
            }
            parse_date(text, near).ok().map(|d| d.date)
        }
        Data::Int(_) | Data::Float(_) => day_of_month(&shown(cell), near),
        _ => None,
    }
}

/// The day of that number in what is planned, if it is there once.
fn day_of_month(text: &str, near: Option<(NaiveDate, NaiveDate)>) -> Option<NaiveDate> {
    use chrono::Datelike;
    let number: u32 = text.trim().parse().ok()?;
    let (first, last) = near?;
    let mut hits = first.iter_days().take_while(|d| *d <= last).filter(|d| d.day() == number);
    hits.next().filter(|_| hits.next().is_none())
}

/// The text of a cell as people see it: whole numbers without decimals, dates as `2026-12-01`.
pub(super) fn shown(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => clean(text).into_owned(),
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::DateTime(time) => match time.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, _) => format!("{year}-{month:02}-{day:02}"),
            (_, _, _, hour, minute, _, _) if time.as_f64() < 1.0 => format!("{hour:02}:{minute:02}"),
            (year, month, day, hour, minute, _, _) => {
                format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        },
        Data::Empty => String::new(),
        other => clean(&other.to_string()).into_owned(),
    }
}

/// A sheet with the columns of the file as CSV text, a line a row; `None` where a column is missing.
fn long_form(range: &Range<Data>, columns: &'static FileColumns) -> Option<String> {
    let needed: Vec<usize> = (0..columns.columns.len()).filter(|&c| columns.columns[c].required).collect();
    let has = |row: &[Data]| {
        let found: Vec<Option<usize>> = row.iter().map(|c| find_column(columns, &shown(c))).collect();
        needed.iter().all(|c| found.contains(&Some(*c)))
    };
    range.rows().take(HEAD_ROWS).position(has)?;
    let mut text = "\n".repeat(range.start()?.0 as usize);
    for row in range.rows() {
        let cells: Vec<String> = row
            .iter()
            .map(|c| format!("\"{}\"", shown(c).replace(['\n', '\r'], " ").replace('"', "\"\"")))
            .collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, d).unwrap()
    }

    #[test]
    fn heads_are_dates_in_every_usual_form() {
        let near = Some((day(1), day(31)));
        for text in ["2026-10-09", "2026/10/9", "10/9", "10月9日", "9日", "9", "10-09\n周五", "2026年10月9日"]
        {
            assert_eq!(head_date(&Data::String(text.into()), near), Some(day(9)), "{text}");
        }
        assert_eq!(head_date(&Data::Float(9.0), near), Some(day(9)));
        for text in ["合计", "32日", "姓名", ""] {
            assert_eq!(head_date(&Data::String(text.into()), near), None, "{text}");
        }
    }

    #[test]
    fn a_day_that_is_planned_twice_is_no_date() {
        let near = Some((day(20), NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()));
        assert_eq!(head_date(&Data::Int(21), near), None);
        assert_eq!(head_date(&Data::Int(25), near), Some(day(25)));
    }

    #[test]
    fn head_counts_are_no_heads_of_dates() {
        let mut range = Range::new((0, 0), (3, 4));
        let put = |range: &mut Range<Data>, r: u32, texts: [&str; 5]| {
            for (c, text) in texts.into_iter().enumerate() {
                let number = text.parse().map(Data::Float);
                range.set_value((r, c as u32), number.unwrap_or_else(|_| Data::String(text.into())));
            }
        };
        put(&mut range, 1, ["工号", "10月1日", "10月2日", "10月4日", "天数"]);
        put(&mut range, 2, ["007", "E", "休", "E", "2"]);
        put(&mut range, 3, ["合计", "1", "2", "3", "6"]);
        let near = Some((day(1), day(31)));
        let head = Head::find(&range, &crate::io::read::columns::ROTA, near).unwrap();
        assert_eq!((head.row, head.who), (1, 0));
        let rows = head.rows(&range);
        assert_eq!(rows.iter().map(|r| r.at.as_str()).collect::<Vec<_>>(), ["B3", "C3", "D3"]);
        // A number has lost its zeros; names know what to do.
        assert_eq!(rows[1].cells, ["7", "2026-10-02", "休", ""]);
    }

    #[test]
    fn cells_are_called_as_a_spreadsheet_does() {
        assert_eq!(
            [(0, 0), (6, 10), (4, 25), (4, 26), (9, 701), (9, 702)].map(|(r, c)| address(r, c)),
            ["A1", "K7", "Z5", "AA5", "ZZ10", "AAA10"]
        );
    }
}
