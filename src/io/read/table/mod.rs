//! A file as a table: delimiter, header, rows with true line numbers, and cells that know where they stand.

mod faults;
mod header;
mod records;

pub(super) use header::find_column;

use super::cell::{Bad, Cell, Log};
use super::columns::FileColumns;
use super::text::clean;
use crate::base::{Minute, Text};
use crate::diag::{Diagnostic, Diagnostics, SourceLine, codes};
use chrono::NaiveDate;
use std::sync::Arc;

/// A data row: its line in the file and its cells.
#[derive(Debug)]
struct RawRow {
    line: usize,
    cells: csv::StringRecord,
    /// The cell of a wide table that the row stands for (`K7`).
    at: Option<String>,
}

/// A cell of a wide table: a row of its own.
#[derive(Debug)]
pub(super) struct CellRow {
    /// 1-based row of the sheet.
    pub(super) line: usize,
    /// How a spreadsheet program calls the cell.
    pub(super) at: String,
    /// The cells of the row.
    pub(super) cells: Vec<String>,
}

/// A file with a recognised header.
#[derive(Debug)]
pub(super) struct Table {
    /// File name as the user knows it.
    pub(super) file: Arc<str>,
    columns: &'static FileColumns,
    /// Position in a row of each of `columns`, where the file has it.
    places: Vec<Option<usize>>,
    headers: Vec<String>,
    rows: Vec<RawRow>,
    /// Rows with too few or too many cells.
    lost: Vec<RawRow>,
    text: String,
    line_starts: Vec<usize>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    raw: &'t RawRow,
}

impl Table {
    /// Reads the text of a file. `None` when it cannot be used at all; the findings say why.
    pub(super) fn read(
        file: &str,
        columns: &'static FileColumns,
        text: String,
        findings: &mut Diagnostics,
    ) -> Option<Self> {
        let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
        let line_starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut table = Self {
            file: file.into(),
            columns,
            places: vec![None; columns.columns.len()],
            headers: Vec::new(),
            rows: Vec::new(),
            lost: Vec::new(),
            text,
            line_starts,
        };
        let mut records = table.records(findings)?;
        let header = table.find_header(&records);
        for title in records.drain(..header).collect::<Vec<_>>() {
            findings.push(table.note_skipped(title.line, "a title above the header", "表头上方的标题"));
        }
        if records.is_empty() {
            findings.push(
                Diagnostic::error(
                    codes::EMPTY_FILE,
                    Text::new(
                        format!("{file} is empty: it has no header"),
                        format!("{file} 是空的：没有表头"),
                    ),
                    Text::new(
                        format!("write the header ({}) and at least one row", table.header_example()),
                        format!("请写上表头（{}）和至少一行数据", table.header_example()),
                    ),
                )
                .at(file, 0),
            );
            return None;
        }
        let first = records.remove(0);
        // Rows under a header that is wrong itself would only tell the same once more.
        if !table.take_header(&first, findings) {
            return None;
        }
        table.take_rows(records, findings);
        Some(table)
    }

    /// The table of cells that were read elsewhere, under these headers.
    pub(super) fn of_cells(
        file: &str,
        columns: &'static FileColumns,
        headers: &[&str],
        rows: Vec<CellRow>,
    ) -> Self {
        let mut places = vec![None; columns.columns.len()];
        for (place, header) in headers.iter().enumerate() {
            if let Some(c) = find_column(columns, header) {
                places[c] = Some(place);
            }
        }
        let raw = |r: CellRow| RawRow { line: r.line, cells: r.cells.into(), at: Some(r.at) };
        Self {
            file: file.into(),
            columns,
            places,
            headers: headers.iter().map(|h| (*h).to_owned()).collect(),
            rows: rows.into_iter().map(raw).collect(),
            lost: Vec::new(),
            text: String::new(),
            line_starts: Vec::new(),
        }
    }

    /// Rows in file order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|raw| Row { table: self, raw })
    }
    /// Rows with too few or too many cells, whose first cells may still tell what they are about.
    pub(super) fn lost_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lost.iter().map(|raw| Row { table: self, raw })
    }
    /// Number of data rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether the file has a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.columns.iter().zip(&self.places).any(|(c, place)| c.name == name && place.is_some())
    }
    /// A line of the file, without what ends it.
    fn line(&self, number: usize) -> Option<&str> {
        let start = *self.line_starts.get(number.checked_sub(1)?)?;
        let end = self.line_starts.get(number).map_or(self.text.len(), |next| next - 1);
        Some(self.text.get(start..end)?.trim_end_matches('\r'))
    }
    /// The source line, shortened around the value.
    pub(super) fn source(&self, line: usize, value: &str) -> Option<SourceLine> {
        Some(SourceLine::around(self.line(line)?, value))
    }
    /// Puts a finding at a line and column of this file.
    pub(super) fn place(&self, found: Diagnostic, line: usize, column: &str, value: &str) -> Diagnostic {
        let source = self.source(line, value).or_else(|| self.cell_source(line, column, value));
        found.at(&self.file, line).cell(column, value).with_source(source)
    }
    /// What stands for the source line in a wide table: `K7: 007 2026-10-08 Q`.
    fn cell_source(&self, line: usize, column: &str, value: &str) -> Option<SourceLine> {
        let mut of_line = self.rows.iter().filter(|r| r.line == line && r.at.is_some());
        let first = of_line.clone().next()?;
        let row = of_line.find(|r| r.at.as_deref() == Some(column)).unwrap_or(first);
        let cells: Vec<&str> = row.cells.iter().collect();
        let text = format!("{}: {}", row.at.as_deref()?, cells.join(" ").trim_end());
        Some(SourceLine::around(&text, value))
    }
}

impl<'t> Row<'t> {
    /// 1-based line in the file.
    pub(super) fn line(&self) -> usize {
        self.raw.line
    }
    /// Where the row was written.
    pub(super) fn origin(&self) -> crate::model::Origin {
        crate::model::Origin { file: self.table.file.clone(), line: self.raw.line }
    }
    /// The cell of a column; empty when the file lacks the column.
    pub(super) fn get(&self, name: &'static str) -> Cell<'t> {
        let column = self.table.columns.columns.iter().position(|c| c.name == name);
        let place = column.and_then(|c| self.table.places[c]);
        let raw = place.and_then(|p| self.raw.cells.get(p)).unwrap_or("");
        let header = match &self.raw.at {
            Some(at) if name == "shift" => at,
            _ => place.map_or(name, |p| self.table.headers[p].as_str()),
        };
        Cell::new(self.table, self.raw.line, header, clean(raw))
    }
    /// Whether the file has a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.table.has(name)
    }
    /// The date of a column that must not be empty.
    pub(super) fn needed_date(&self, name: &'static str, log: &mut Log) -> Result<NaiveDate, Bad> {
        let cell = self.get(name);
        let date = cell.date(log);
        cell.needed(date, log)
    }
    /// The time of day of a column that must not be empty.
    pub(super) fn needed_time(&self, name: &'static str, log: &mut Log) -> Result<Minute, Bad> {
        let cell = self.get(name);
        let time = cell.time(log);
        cell.needed(time, log)
    }
    /// A finding about the whole row.
    pub(super) fn place(&self, found: Diagnostic) -> Diagnostic {
        self.table.place(found, self.raw.line, "", "")
    }
}
