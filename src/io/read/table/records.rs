//! Records of a delimited text with their true lines, and which of them are rows.

use super::header::header_key;
use super::{RawRow, Table};
use crate::diag::Diagnostics;
use crate::io::read::quotes;
use crate::io::read::text::clean;
use crate::io::read::values::word;
use std::borrow::Cow;

/// Longest cell accepted, in bytes; a spreadsheet cell cannot hold more characters than this.
pub(super) const LONGEST_CELL: usize = 32_767;

impl Table {
    pub(super) fn records(&self, findings: &mut Diagnostics) -> Option<Vec<RawRow>> {
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

    pub(super) fn take_rows(&mut self, records: Vec<RawRow>, findings: &mut Diagnostics) {
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
