//! The header: which row it is, and which columns it means.

use super::{RawRow, Table};
use crate::base::Text;
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::io::read::columns::{Column, FileColumns};
use crate::io::read::text::{clean, plain};

impl Table {
    pub(super) fn find_column(&self, header: &str) -> Option<usize> {
        find_column(self.columns, header)
    }

    /// Index of the header among the first rows: the one with most known columns.
    pub(super) fn find_header(&self, records: &[RawRow]) -> usize {
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

    pub(super) fn take_header(&mut self, header: &RawRow, findings: &mut Diagnostics) -> bool {
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
}

/// Which of a file's columns a header means.
pub(in crate::io::read) fn find_column(columns: &FileColumns, header: &str) -> Option<usize> {
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
pub(super) fn header_key(header: &str) -> String {
    let folded = plain(header);
    let joined: Vec<&str> = folded.split([' ', '-', '\t', '\n', '\r', '\u{FEFF}', '\u{200B}']).collect();
    let key = joined.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("_").to_lowercase();
    key.trim_matches(['*', '"', '“', '”']).to_owned()
}
