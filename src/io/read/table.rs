//! A file as a table: delimiter, header, rows with true line numbers, and cells that know where they stand.

use super::cell::{Bad, Cell, Log};
use super::columns::{Column, FileColumns};
use super::quotes;
use super::text::{clean, plain};
use super::values::word;
use crate::base::{Minute, Text};
use crate::diag::{Diagnostic, Diagnostics, SourceLine, codes, nearest};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::sync::Arc;

/// Longest cell accepted, in bytes; a spreadsheet cell cannot hold more characters than this.
const LONGEST_CELL: usize = 32_767;

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

    fn records(&self, findings: &mut Diagnostics) -> Option<Vec<RawRow>> {
        let (source, delimiter) = self.delimited();
        if let Some(line) = quotes::unpaired(&source, delimiter) {
            findings.push(self.unpaired_quote(line));
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .delimiter(delimiter)
            .from_reader(source.as_bytes());
        let mut records = Vec::new();
        let mut lines = LineCounter { bytes: source.as_bytes(), at: 0, line: 1 };
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Some(records),
                Err(fault) => {
                    let line = fault.position().map_or(0, |p| p.line() as usize);
                    findings.push(self.unusable(line, &fault.to_string()));
                    return None;
                }
            }
            let line = lines.line_of_record(record.position().map_or(0, |p| p.byte() as usize));
            if let Some(long) = record.iter().position(|cell| cell.len() > LONGEST_CELL) {
                findings.push(self.long_cell(line, record.get(long).unwrap_or("")));
                continue;
            }
            let blank = record.iter().all(|cell| clean(cell).is_empty());
            let comment = record.get(0).is_some_and(|cell| clean(cell).starts_with(['#', '＃']));
            if !blank && !comment {
                records.push(RawRow { line, cells: std::mem::take(&mut record), at: None });
            }
        }
    }

    /// The text with a one-byte delimiter, and that delimiter: the one that splits most known headers.
    fn delimited(&self) -> (Cow<'_, str>, u8) {
        let mut best = (0, 0, ',');
        for mark in [',', ';', '\t', '，'] {
            let heads = self.text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).take(5);
            let (mut known, mut parts) = (0, 0);
            for line in heads {
                let cells = line.split(mark).map(|cell| cell.trim().trim_matches('"'));
                known = known.max(cells.clone().filter(|cell| self.find_column(cell).is_some()).count());
                parts = parts.max(cells.count());
            }
            if (known, parts) > (best.0, best.1) {
                best = (known, parts, mark);
            }
        }
        if best.2 != '，' {
            return (Cow::Borrowed(&self.text), best.2 as u8);
        }
        // The csv library wants one byte: outside quotation marks the full-width comma becomes U+001F.
        let mut quoted = false;
        let text = self.text.chars().map(|c| {
            quoted ^= c == '"';
            if c == '，' && !quoted { '\u{1F}' } else { c }
        });
        (Cow::Owned(text.collect()), 0x1F)
    }

    fn find_column(&self, header: &str) -> Option<usize> {
        find_column(self.columns, header)
    }

    /// Index of the header among the first rows: the one with most known columns.
    fn find_header(&self, records: &[RawRow]) -> usize {
        let known = |row: &RawRow| row.cells.iter().filter(|c| self.find_column(c).is_some()).count();
        let mut best = (0, 0);
        for (i, row) in records.iter().take(5).enumerate() {
            let count = known(row);
            if count > best.1 {
                best = (i, count);
            }
        }
        best.0
    }

    fn take_header(&mut self, header: &RawRow, findings: &mut Diagnostics) -> bool {
        let mut usable = true;
        self.headers = header.cells.iter().map(|h| clean(h).into_owned()).collect();
        for (place, name) in self.headers.clone().iter().enumerate() {
            match self.find_column(name) {
                Some(c) if self.places[c].is_none() => self.places[c] = Some(place),
                Some(c) => {
                    usable = false;
                    let first = &self.headers[self.places[c].unwrap_or(0)];
                    let fact = Text::new(
                        format!("the columns \"{first}\" and \"{name}\" mean the same"),
                        format!("“{first}”和“{name}”两列含义相同"),
                    );
                    let cure = Text::new("delete or rename one of the two", "请删除其中一列或改名");
                    let found = Diagnostic::error(codes::DUPLICATE_COLUMN, fact, cure);
                    findings.push(self.place(found, header.line, name, name));
                }
                None if name.is_empty() => {}
                None => findings.push(self.unknown_column(header.line, name)),
            }
        }
        for (c, column) in self.columns.columns.iter().enumerate() {
            if column.required && self.places[c].is_none() {
                usable = false;
                let fact = Text::new(
                    format!("the column \"{}\" is missing", column.name),
                    format!("缺少“{}”列（{}）", column.zh, column.name),
                );
                let unread = self.headers.iter().filter(|h| self.find_column(h).is_none());
                let hint = nearest(column.name, unread.map(String::as_str));
                let cure = match hint {
                    Some(h) => Text::new(
                        format!("did you mean it by \"{h}\"? write \"{}\" or \"{}\"", column.name, column.zh),
                        format!("“{h}”是指这一列吗？请写成“{}”或“{}”", column.zh, column.name),
                    ),
                    None => Text::new(
                        format!("add a column with the header \"{}\" or \"{}\"", column.name, column.zh),
                        format!("请增加表头为“{}”或“{}”的列", column.zh, column.name),
                    ),
                };
                let found = Diagnostic::error(codes::MISSING_COLUMN, fact, cure);
                findings.push(self.place(found, header.line, column.name, ""));
            }
        }
        usable
    }

    fn take_rows(&mut self, records: Vec<RawRow>, findings: &mut Diagnostics) {
        let width = self.headers.len();
        let required: Vec<usize> = self
            .columns
            .columns
            .iter()
            .zip(&self.places)
            .filter_map(|(column, place)| if column.required { *place } else { None })
            .collect();
        for row in records {
            let cell = |i: usize| row.cells.get(i).map(clean).unwrap_or_default();
            let first = row.cells.iter().map(clean).find(|c| !c.is_empty());
            let gap = required.len() < 2 || required.iter().any(|&i| cell(i).is_empty());
            if gap && first.is_some_and(|c| word::is_total(&c)) {
                findings.push(self.note_skipped(row.line, "a row of totals", "合计行"));
                continue;
            }
            let repeated = |(i, header): (usize, &String)| header_key(&cell(i)) == header_key(header);
            if self.headers.iter().enumerate().all(repeated) {
                findings.push(self.note_skipped(row.line, "the header once more", "重复的表头"));
                continue;
            }
            let filled = row.cells.len() - row.cells.iter().rev().take_while(|c| clean(c).is_empty()).count();
            if row.cells.len() < width || filled > width {
                findings.push(self.cell_count(&row, if filled > width { filled } else { row.cells.len() }));
                self.lost.push(row);
                continue;
            }
            self.rows.push(row);
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
    /// The source line, shortened around the value.
    pub(super) fn source(&self, line: usize, value: &str) -> Option<SourceLine> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        Some(SourceLine::around(self.text.get(start..end)?.trim_end_matches('\r'), value))
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

    fn header_example(&self) -> String {
        self.columns.columns.iter().filter(|c| c.required).map(|c| c.name).collect::<Vec<_>>().join(",")
    }

    fn unusable(&self, line: usize, why: &str) -> Diagnostic {
        let fact = Text::new(format!("the table cannot be read: {why}"), format!("表格无法读取：{why}"));
        let cure = Text::new("export the sheet as CSV again", "请重新导出为 CSV");
        Diagnostic::error(codes::NOT_TEXT, fact, cure).at(&self.file, line)
    }

    fn unpaired_quote(&self, line: usize) -> Diagnostic {
        let fact = Text::new(
            "a quotation mark that is opened in this row is not closed at the end of its cell",
            "本行打开的引号没有在单元格末尾闭合",
        );
        let cure = Text::new(
            "close it, take it away, or write it twice (\"\") inside a text between quotation marks",
            "请补上或去掉引号；引号内的引号要写两遍（\"\"）",
        );
        self.place(Diagnostic::error(codes::OPEN_QUOTE, fact, cure), line, "", "")
    }

    fn long_cell(&self, line: usize, cell: &str) -> Diagnostic {
        let fact = Text::new(
            format!("a cell of this row is {} bytes long; at most {LONGEST_CELL} are read", cell.len()),
            format!("本行有一个单元格长达 {} 字节，最多读取 {LONGEST_CELL} 字节", cell.len()),
        );
        let cure = Text::new(
            "perhaps a quotation mark was opened here and never closed; else shorten the text",
            "可能此处的引号没有闭合；否则请缩短内容",
        );
        let found = Diagnostic::error(codes::LONG_CELL, fact, cure).at(&self.file, line);
        let head: String = cell.chars().take(20).collect();
        found.cell("", cell).with_source(self.source(line, head.lines().next().unwrap_or("")))
    }

    fn cell_count(&self, row: &RawRow, count: usize) -> Diagnostic {
        let width = self.headers.len();
        let fact = Text::new(
            format!("this row has {count} cell{}, the header has {width}", if count == 1 { "" } else { "s" }),
            format!("本行有 {count} 个单元格，表头有 {width} 个"),
        );
        let cure = if row.cells.iter().any(|c| c.contains('\n')) {
            Text::new(
                "a quotation mark that is opened in this row is closed on a later line: correct the marks",
                "本行的引号在后面的行才闭合：请改正引号",
            )
        } else if count < width && row.cells.iter().any(|c| c.contains(['，', '；', ';', '\t'])) {
            Text::new("put commas (,) between the cells of this row", "本行的单元格之间请用英文逗号（,）分隔")
        } else if count > width {
            Text::new(
                "put a text that contains the separator between quotation marks, or delete the extra cells",
                "含有分隔符的内容请用引号括起来，或删除多余的单元格",
            )
        } else {
            Text::new(
                "add the missing cells; empty ones need their separators too",
                "请补上缺少的单元格；空单元格也要写分隔符",
            )
        };
        self.place(Diagnostic::error(codes::CELL_COUNT, fact, cure), row.line, "", "")
    }

    fn note_skipped(&self, line: usize, en: &str, zh: &str) -> Diagnostic {
        let fact =
            Text::new(format!("this row is taken for {en} and skipped"), format!("本行看作{zh}，已跳过"));
        let cure = Text::new("nothing to do if it is one", "如果确实如此，无需处理");
        self.place(Diagnostic::warning(codes::ROW_SKIPPED, fact, cure), line, "", "")
    }

    fn unknown_column(&self, line: usize, name: &str) -> Diagnostic {
        let known = self.columns.columns.iter().flat_map(|c| [c.name, c.zh]);
        let fact =
            Text::new(format!("the column \"{name}\" is not read"), format!("不认识“{name}”列，已忽略"));
        let cure = match nearest(&header_key(name), known) {
            Some(near) => Text::new(format!("did you mean \"{near}\"?"), format!("是不是“{near}”？")),
            None => Text::new("leave it, or delete the column", "可以保留，也可以删除此列"),
        };
        self.place(Diagnostic::warning(codes::UNKNOWN_COLUMN, fact, cure), line, name, name)
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

/// Which of a file's columns a header means.
pub(super) fn find_column(columns: &FileColumns, header: &str) -> Option<usize> {
    let key = header_key(header);
    if key.is_empty() {
        return None;
    }
    let whole = |key: &str| {
        let fits = |c: &Column| c.name == key || c.zh == key || c.also.contains(&key);
        columns.columns.iter().position(fits)
    };
    let bare = |key: &str| key.split('(').next().map(str::to_owned);
    whole(&key).or_else(|| bare(&key).and_then(|k| whole(k.trim_end_matches('_'))))
}

/// A header for comparison: NFKC, lower case, blanks and hyphens as `_`.
fn header_key(header: &str) -> String {
    let folded = plain(header);
    let joined: Vec<&str> = folded.split([' ', '-', '\t', '\n', '\r', '\u{FEFF}', '\u{200B}']).collect();
    let key = joined.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("_").to_lowercase();
    key.trim_matches(['*', '"', '“', '”']).to_owned()
}

/// Turns byte offsets of records into line numbers. The csv library counts the blank and comment lines before
/// a record as part of it, so its own numbers point too high up.
struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of_record(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        if offset > self.at {
            self.line += self.bytes[self.at..offset].iter().filter(|&&b| b == b'\n').count();
            self.at = offset;
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.line += 1,
                b'\r' => {}
                b'#' => {
                    while self.bytes.get(self.at).is_some_and(|&b| b != b'\n') {
                        self.at += 1;
                    }
                    continue;
                }
                _ => break,
            }
            self.at += 1;
        }
        self.line
    }
}
