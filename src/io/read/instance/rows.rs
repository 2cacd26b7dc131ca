//! The sections of an instance file, their rows, and typed fields with their places.

use super::super::cell::{Bad, Log, with_nearest};
use super::super::text::clean;
use super::super::values::number::parse_integer;
use crate::base::Text;
use crate::diag::{Code, Diagnostic, SourceLine, codes, shorten};
use std::borrow::Cow;

/// What a section is called and what its rows hold.
pub(super) struct Form {
    /// Heading.
    pub(super) name: &'static str,
    /// Names of the fields.
    pub(super) fields: &'static [&'static str],
    /// Fields that every row must have.
    pub(super) least: usize,
    /// Whether the last field may be repeated.
    pub(super) open: bool,
    /// Whether a file needs it.
    pub(super) needed: bool,
}

const REQUEST: &[&str] = &["person", "day", "shift", "weight"];

pub(super) const HORIZON: usize = 0;
pub(super) const SHIFTS: usize = 1;
pub(super) const STAFF: usize = 2;
pub(super) const DAYS_OFF: usize = 3;
pub(super) const ON_REQUESTS: usize = 4;
pub(super) const OFF_REQUESTS: usize = 5;
pub(super) const COVER: usize = 6;

/// All sections, by the numbers above.
pub(super) const FORMS: [Form; 7] = [
    Form { name: "SECTION_HORIZON", fields: &["days"], least: 1, open: false, needed: true },
    Form {
        name: "SECTION_SHIFTS",
        fields: &["shift", "minutes", "shifts that cannot follow"],
        least: 2,
        open: false,
        needed: true,
    },
    Form {
        name: "SECTION_STAFF",
        fields: &[
            "person",
            "max shifts",
            "max minutes",
            "min minutes",
            "max consecutive shifts",
            "min consecutive shifts",
            "min consecutive days off",
            "max weekends",
        ],
        least: 8,
        open: false,
        needed: true,
    },
    Form { name: "SECTION_DAYS_OFF", fields: &["person", "day"], least: 2, open: true, needed: false },
    Form { name: "SECTION_SHIFT_ON_REQUESTS", fields: REQUEST, least: 4, open: false, needed: false },
    Form { name: "SECTION_SHIFT_OFF_REQUESTS", fields: REQUEST, least: 4, open: false, needed: false },
    Form {
        name: "SECTION_COVER",
        fields: &["day", "shift", "required", "weight for under", "weight for over"],
        least: 5,
        open: false,
        needed: true,
    },
];

/// A row of a section.
pub(super) struct Row<'t> {
    file: &'t str,
    form: &'static Form,
    /// 1-based line.
    pub(super) line: usize,
    text: &'t str,
    /// First and last byte of each field, blanks apart.
    spans: Vec<(usize, usize)>,
    /// Whether it has the number of fields of its section.
    pub(super) whole: bool,
}

impl<'t> Row<'t> {
    fn new(file: &'t str, form: &'static Form, line: usize, text: &'t str) -> Self {
        let mut spans = Vec::new();
        let mut from = 0;
        for (at, comma) in text.match_indices([',', '，']) {
            spans.push(trimmed(text, from, at));
            from = at + comma.len();
        }
        spans.push(trimmed(text, from, text.len()));
        // A spreadsheet program fills rows up with empty fields.
        let kept = if form.open { form.least } else { form.fields.len() };
        while spans.len() > kept && spans.last().is_some_and(|(a, b)| a == b) {
            spans.pop();
        }
        let whole = spans.len() >= form.least && (form.open || spans.len() <= form.fields.len());
        Self { file, form, line, text, spans, whole }
    }
    /// Number of fields.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }
    /// A field; empty where the row is too short.
    pub(super) fn field(&self, at: usize) -> Field<'_> {
        let name = self.form.fields.get(at).or(self.form.fields.last()).copied().unwrap_or_default();
        let span = self.spans.get(at).copied().unwrap_or((self.text.len(), self.text.len()));
        Field { row: self, name, span, text: clean(&self.text[span.0..span.1]) }
    }
    /// An error about the whole row.
    pub(super) fn error(&self, code: Code, fact: Text, cure: Text) -> Diagnostic {
        let source = Some(SourceLine::marked(self.text, None));
        Diagnostic::error(code, fact, cure).at(self.file, self.line).with_source(source)
    }
    fn count_fault(&self) -> Diagnostic {
        let (n, all) = (self.spans.len(), self.form.fields.join(", "));
        let name = self.form.name;
        let more = if self.form.open { ", …" } else { "" };
        let fact =
            Text::new(format!("a row of {name} with {n} fields"), format!("{name} 的一行有 {n} 个字段"));
        let cure = Text::new(format!("write {all}{more}"), format!("请写：{all}{more}"));
        self.error(codes::FIELD_COUNT, fact, cure)
    }
}

fn trimmed(text: &str, from: usize, to: usize) -> (usize, usize) {
    let part = &text[from..to];
    let left = part.len() - part.trim_start().len();
    (from + left.min(part.trim_end().len()), from + part.trim_end().len())
}

/// A field of a row.
pub(super) struct Field<'r> {
    row: &'r Row<'r>,
    name: &'static str,
    span: (usize, usize),
    /// Its text without blanks around it.
    pub(super) text: Cow<'r, str>,
}

impl<'r> Field<'r> {
    /// A part of the field between two bytes of it, under the same name.
    pub(super) fn part(&self, from: usize, to: usize) -> Field<'r> {
        let raw = &self.row.text[self.span.0..self.span.1];
        let (from, to) = trimmed(raw, from, to);
        let span = (self.span.0 + from, self.span.0 + to);
        Field { row: self.row, name: self.name, span, text: clean(&self.row.text[span.0..span.1]) }
    }
    /// The parts between bars.
    pub(super) fn parts(&self) -> Vec<Field<'r>> {
        let raw = &self.row.text[self.span.0..self.span.1];
        let mut from = 0;
        let mut found = Vec::new();
        for part in raw.split('|') {
            found.push(self.part(from, from + part.len()));
            from += part.len() + 1;
        }
        found.retain(|p| !p.text.is_empty());
        found
    }
    /// The field in two at the first `=`.
    pub(super) fn pair(&self) -> Option<(Field<'r>, Field<'r>)> {
        let raw = &self.row.text[self.span.0..self.span.1];
        let at = raw.find('=')?;
        Some((self.part(0, at), self.part(at + 1, raw.len())))
    }
    /// An error about the field.
    pub(super) fn error(&self, code: Code, fact: Text, cure: Text) -> Diagnostic {
        self.place(Diagnostic::error(code, fact, cure))
    }
    /// A warning about the field.
    pub(super) fn warning(&self, code: Code, fact: Text, cure: Text) -> Diagnostic {
        self.place(Diagnostic::warning(code, fact, cure))
    }
    fn place(&self, found: Diagnostic) -> Diagnostic {
        let mark = (self.span.0 < self.span.1).then_some(self.span);
        let source = Some(SourceLine::marked(self.row.text, mark));
        found.at(self.row.file, self.row.line).cell(self.name, &self.text).with_source(source)
    }
    fn is_empty(&self, log: &mut Log) -> Bad {
        let fact = Text::new(format!("\"{}\" is empty", self.name), format!("“{}”为空", self.name));
        log.bad(self.error(codes::EMPTY_CELL, fact, Text::new("fill in the field", "请填写此字段")))
    }
    /// An id that is not empty and can stand in a cell of `rota.tsv`.
    pub(super) fn id(&self, log: &mut Log) -> Result<String, Bad> {
        if self.text.is_empty() {
            return Err(self.is_empty(log));
        }
        if self.text.contains('\t') {
            let fact = Text::new("an id with a tab in it", "编号中有制表符");
            let cure = Text::new("take the tab away", "请去掉制表符");
            return Err(log.bad(self.error(codes::BAD_WORD, fact, cure)));
        }
        Ok(self.text.clone().into_owned())
    }
    fn integer(&self, log: &mut Log) -> Result<i64, Bad> {
        if self.text.is_empty() {
            return Err(self.is_empty(log));
        }
        parse_integer(&self.text).ok_or_else(|| {
            let v = shorten(&self.text);
            let fact = Text::new(format!("\"{v}\" is not a whole number"), format!("“{v}”不是整数"));
            let cure = Text::new("write it in digits: 30", "请用数字书写：30");
            log.bad(self.error(codes::BAD_NUMBER, fact, cure))
        })
    }
    /// A whole number within limits.
    pub(super) fn number(&self, low: u32, high: u32, log: &mut Log) -> Result<u32, Bad> {
        let n = self.integer(log)?;
        u32::try_from(n).ok().filter(|n| (low..=high).contains(n)).ok_or_else(|| {
            let fact = Text::new(
                format!("{n} is outside {low} to {high}"),
                format!("{n} 不在 {low} 到 {high} 之间"),
            );
            let cure = Text::new(
                format!("write a number from {low} to {high}"),
                format!("请写 {low} 到 {high} 之间的数"),
            );
            log.bad(self.error(codes::OUT_OF_RANGE, fact, cure))
        })
    }
    /// A day; any that is not negative while the horizon is not known.
    pub(super) fn day(&self, days: Option<usize>, log: &mut Log) -> Result<usize, Bad> {
        let n = self.integer(log)?;
        let inside = |d: &usize| days.is_none_or(|days| *d < days);
        usize::try_from(n).ok().filter(inside).ok_or_else(|| {
            let last = days.map_or_else(|| "…".to_owned(), |d| (d.saturating_sub(1)).to_string());
            let fact = Text::new(
                format!("day {n} lies outside the horizon: days 0 to {last}"),
                format!("第 {n} 天不在范围内：天数从 0 到 {last}"),
            );
            let cure = Text::new(
                format!("write a day from 0 to {last}, or correct SECTION_HORIZON"),
                format!("请写 0 到 {last} 之间的天，或改正 SECTION_HORIZON"),
            );
            log.bad(self.error(codes::OUTSIDE_INSTANCE, fact, cure))
        })
    }
    /// The place of the id in a list. Without any list nothing is told: its section has a finding of its own.
    pub(super) fn known(&self, ids: &[String], code: Code, log: &mut Log) -> Result<usize, Bad> {
        if self.text.is_empty() {
            return Err(self.is_empty(log));
        }
        if let Some(at) = ids.iter().position(|id| *id == self.text) {
            return Ok(at);
        }
        if ids.is_empty() {
            return Err(Bad);
        }
        let v = shorten(&self.text);
        let fact = if code == codes::UNKNOWN_INSTANCE_PERSON {
            Text::new(format!("there is no person \"{v}\""), format!("没有人员“{v}”"))
        } else {
            Text::new(format!("there is no shift \"{v}\""), format!("没有班次“{v}”"))
        };
        Err(log.bad(self.error(code, fact, with_nearest(&v, ids, ids))))
    }
}

/// The rows of all sections, by number.
pub(super) struct Sheet<'t> {
    pub(super) rows: [Vec<Row<'t>>; 7],
}

/// Takes a file apart; `None` when it is no instance at all.
pub(super) fn split<'t>(file: &'t str, text: &'t str, log: &mut Log) -> Option<Sheet<'t>> {
    let mut sheet = Sheet { rows: Default::default() };
    let mut seen: [Option<usize>; 7] = [None; 7];
    let mut current = Place::Nowhere;
    let mut stray: Option<(usize, &str)> = None;
    for (i, raw) in text.lines().enumerate() {
        let line = raw.trim();
        if line.trim_end_matches([',', '，', ' ']).is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(heading) = heading(line) {
            current = open(file, (i + 1, raw), &heading, &mut seen, log);
            continue;
        }
        match current {
            Place::Section(n) => sheet.rows[n].push(Row::new(file, &FORMS[n], i + 1, raw)),
            Place::Unknown => {}
            Place::Nowhere => stray = stray.or(Some((i + 1, raw))),
        }
    }
    if seen.iter().all(Option::is_none) && matches!(current, Place::Nowhere) {
        log.findings.push(no_instance(file));
        return None;
    }
    if let Some((line, raw)) = stray {
        let fact = Text::new("a row above the first section", "第一个部分之前有数据行");
        let cure = Text::new(
            "put it below its SECTION_ heading, or begin it with #",
            "请移到相应的 SECTION_ 之下，或以 # 开头",
        );
        let source = Some(SourceLine::marked(raw, None));
        log.findings.push(Diagnostic::error(codes::STRAY_ROW, fact, cure).at(file, line).with_source(source));
    }
    for (form, (rows, seen)) in FORMS.iter().zip(sheet.rows.iter().zip(seen)) {
        if form.needed && rows.is_empty() {
            log.findings.push(missing(file, form, seen));
        }
        for row in rows.iter().filter(|r| !r.whole) {
            log.findings.push(row.count_fault());
        }
    }
    Some(sheet)
}

#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    Section(usize),
    Unknown,
}

/// The heading that a line is, without what a spreadsheet program adds.
fn heading(line: &str) -> Option<String> {
    let word = line.trim_end_matches([',', '，', ':', '：', ' ']).to_ascii_uppercase();
    word.starts_with("SECTION_").then_some(word)
}

fn open(
    file: &str,
    (line, raw): (usize, &str),
    heading: &str,
    seen: &mut [Option<usize>; 7],
    log: &mut Log,
) -> Place {
    let source = Some(SourceLine::marked(raw, None));
    let Some(n) = FORMS.iter().position(|f| f.name == heading) else {
        let v = shorten(heading);
        let names: Vec<&str> = FORMS.iter().map(|f| f.name).collect();
        let fact = Text::new(format!("there is no section \"{v}\""), format!("没有“{v}”这个部分"));
        let found = Diagnostic::error(codes::UNKNOWN_SECTION, fact, with_nearest(&v, &names, &names));
        log.findings.push(found.at(file, line).cell("", &v).with_source(source));
        return Place::Unknown;
    };
    if let Some(before) = seen[n] {
        let fact = Text::new(
            format!("{heading} appears twice: first in line {before}"),
            format!("{heading} 出现两次：第一次在第 {before} 行"),
        );
        let cure = Text::new("put the rows of both under one heading", "请把两处的数据合在一个标题之下");
        let found = Diagnostic::error(codes::DUPLICATE_SECTION, fact, cure);
        log.findings.push(found.at(file, line).with_source(source));
    }
    seen[n] = seen[n].or(Some(line));
    Place::Section(n)
}

fn no_instance(file: &str) -> Diagnostic {
    let fact = Text::new(
        format!("{file} is neither a case folder nor a public instance: no line begins with SECTION_"),
        format!("{file} 既不是案例文件夹，也不是公开算例：没有以 SECTION_ 开头的行"),
    );
    let cure = Text::new(
        "give the folder that holds staff.csv, shifts.csv and rules.csv, or the file of an instance",
        "请给出含有 staff.csv、shifts.csv 和 rules.csv 的文件夹，或一个算例文件",
    );
    Diagnostic::error(codes::NOT_AN_INSTANCE, fact, cure).at(file, 0)
}

fn missing(file: &str, form: &Form, heading: Option<usize>) -> Diagnostic {
    let (name, fields) = (form.name, form.fields.join(", "));
    let fact = match heading {
        Some(_) => Text::new(format!("{name} has no rows"), format!("{name} 没有数据")),
        None => Text::new(format!("{name} is missing"), format!("缺少 {name}")),
    };
    let cure =
        Text::new(format!("add {name} with rows of: {fields}"), format!("请加上 {name}，每行写：{fields}"));
    Diagnostic::error(codes::MISSING_SECTION, fact, cure).at(file, heading.unwrap_or(0))
}
