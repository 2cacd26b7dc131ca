//! The table of another system that is to be filled: where in it each person and date stands.

use super::columns;
use super::workbook::{Head, address, shown};
use crate::base::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;

/// A table to be filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Name of the sheet.
    pub sheet: String,
    /// Place (row and column from 0) of each person's dates, people by their place in the list given.
    pub places: Vec<TemplatePlace>,
    /// Cell and text of rows that name nobody of the list, or several.
    pub strangers: Vec<(String, String)>,
    /// People of the list without a row.
    pub missing: Vec<usize>,
    /// Dates of the table.
    pub dates: BTreeSet<NaiveDate>,
}

/// A cell to be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplatePlace {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// Place of the person in the list.
    pub person: usize,
    /// Date.
    pub date: NaiveDate,
}

/// Reads a table with a row a person and a column a date, below any titles. People are found by id, then by a name that only one
/// has. `near`: first and last date of the rota, for heads like `9日` or `9`.
#[must_use]
pub fn read_template(
    path: &Path,
    people: &[(String, String)],
    near: (NaiveDate, NaiveDate),
) -> (Option<Template>, Diagnostics) {
    let mut findings = Diagnostics::default();
    let file = path.display().to_string();
    let refuse = |fact: Text, cure: Text| Diagnostic::error(codes::NO_ROTA_SHEET, fact, cure).at(&file, 0);
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let fact = Text::new(format!("it cannot be read: {error}"), format!("无法读取：{error}"));
            let cure = Text::new("give the table that you exported", "请给出导出的表格");
            findings.push(Diagnostic::error(codes::UNREADABLE, fact, cure).at(&file, 0));
            return (None, findings);
        }
    };
    if !bytes.starts_with(b"PK\x03\x04") {
        let fact = Text::new("it is no xlsx file", "不是 xlsx 文件");
        findings.push(refuse(fact, Text::new("save it as xlsx", "请另存为 xlsx")));
        return (None, findings);
    }
    let book = open_workbook_auto_from_rs(Cursor::new(&bytes[..]));
    let sheets = book.map(|mut book| {
        let names = book.sheet_names();
        names.into_iter().filter_map(|n| Some((book.worksheet_range(&n).ok()?, n))).collect::<Vec<_>>()
    });
    let found = sheets.unwrap_or_default().into_iter().find_map(|(range, name)| {
        let head = Head::find(&range, &columns::ROTA, Some(near))?;
        Some((range, name, head))
    });
    let Some((range, sheet, head)) = found else {
        let fact = Text::new(
            "no sheet has a column of ids or names and a column for each date",
            "没有工作表同时含工号（或姓名）列和日期列",
        );
        findings.push(refuse(fact, Text::new("give the table as it was exported", "请给出原样导出的表格")));
        return (None, findings);
    };
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut template = Template { bytes, sheet, ..Template::default() };
    let who = Who::new(people);
    let texts = |row: &[Data]| -> Vec<String> {
        head.who_columns().map(|c| row.get(c).map(shown).unwrap_or_default()).collect()
    };
    let exact: BTreeSet<usize> =
        head.people(&range).filter_map(|(_, row)| texts(row).iter().find_map(|t| who.find(t))).collect();
    let mut seen = BTreeSet::new();
    for (r, row) in head.people(&range) {
        let texts = texts(row);
        let Some(text) = texts.iter().find(|t| !t.is_empty()) else { continue };
        // Zeros are only taken for lost where no row has the whole id.
        let bare = || texts.iter().find_map(|t| who.find_bare(t)).filter(|p| !exact.contains(p));
        match texts.iter().find_map(|t| who.find(t)).or_else(bare) {
            Some(person) if seen.insert(person) => {
                for (c, date) in head.dates() {
                    let (row, column) = (top + r as u32, left + *c as u32);
                    template.places.push(TemplatePlace { row, column, person, date: *date });
                }
            }
            _ => {
                let at = address(top as usize + r, left as usize + head.who_columns().next().unwrap_or(0));
                template.strangers.push((at, text.clone()));
            }
        }
    }
    template.missing = (0..people.len()).filter(|p| !seen.contains(p)).collect();
    template.dates = head.dates().iter().map(|(_, d)| *d).collect();
    (Some(template), findings)
}

/// People by id and by name.
struct Who {
    ids: BTreeMap<String, usize>,
    /// Ids without their leading zeros, which spreadsheet programs lose; `None` where several people have the same.
    bare_ids: BTreeMap<String, Option<usize>>,
    names: BTreeMap<String, Option<usize>>,
}

impl Who {
    fn new(people: &[(String, String)]) -> Self {
        let key = |(p, (id, _)): (usize, &(String, String))| (super::names::id_key(id), p);
        let ids: BTreeMap<String, usize> = people.iter().enumerate().map(key).collect();
        let bare = ids.iter().map(|(id, p)| (id.trim_start_matches('0').to_owned(), *p));
        let names = people.iter().enumerate().map(|(p, (_, name))| (name.clone(), p));
        Self { bare_ids: unique(bare), names: unique(names), ids }
    }
    fn find(&self, text: &str) -> Option<usize> {
        let key = super::names::id_key(text);
        self.ids.get(&key).copied().or_else(|| self.names.get(text).copied().flatten())
    }
    fn find_bare(&self, text: &str) -> Option<usize> {
        self.bare_ids.get(&super::names::id_key(text)).copied().flatten()
    }
}

/// Who has a key, where only one has it.
fn unique(list: impl Iterator<Item = (String, usize)>) -> BTreeMap<String, Option<usize>> {
    let mut map: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (key, p) in list {
        map.entry(key).and_modify(|one| *one = None).or_insert(Some(p));
    }
    map
}
