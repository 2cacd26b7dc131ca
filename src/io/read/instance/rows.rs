//! A row of an instance file, and its typed fields with their places.

use super::super::cell::{Bad, Log, with_nearest};
use super::super::text::clean;
use super::super::values::number::parse_integer;
use super::sections::Form;
use crate::base::Text;
use crate::diag::{Code, Diagnostic, SourceLine, codes, shorten};
use std::borrow::Cow;

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
    /// The row that a line is.
    pub(super) fn new(file: &'t str, form: &'static Form, line: usize, text: &'t str) -> Self {
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
    /// What to tell of a row that is not whole.
    pub(super) fn count_fault(&self) -> Diagnostic {
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
    /// The place of the id in a list. Where the list is not there or has a gap nothing is told: that has a finding of
    /// its own.
    pub(super) fn known(&self, ids: &[String], code: Code, log: &mut Log) -> Result<usize, Bad> {
        if self.text.is_empty() {
            return Err(self.is_empty(log));
        }
        if let Some(at) = ids.iter().position(|id| *id == self.text) {
            return Ok(at);
        }
        if ids.is_empty() || ids.iter().any(String::is_empty) {
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
