//! A cell of a table, read as a typed value; what it cannot be read as becomes a finding with its place.

use super::table::Table;
use super::text::plain;
use super::values::date::{DateFault, parse_date};
use super::values::number::{parse_decimal, parse_integer, parse_percent};
use super::values::time::{parse_span, parse_time};
use crate::base::{Minute, Span, Text};
use crate::diag::{Code, Diagnostic, Diagnostics, codes, nearest};
use chrono::NaiveDate;
use std::borrow::Cow;

/// The cell's fault is in the findings already.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bad;

/// Findings so far, and the dates that supply a missing year.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Findings.
    pub(super) findings: Diagnostics,
    /// First and last date of what is planned, as far as it is known.
    pub(super) near: Option<(NaiveDate, NaiveDate)>,
}

impl Log {
    /// Adds a finding and says that the value is unusable.
    pub(super) fn bad(&mut self, found: Diagnostic) -> Bad {
        self.findings.push(found);
        Bad
    }
}

/// A cell: its text without invisible characters, and where it stands.
pub(super) struct Cell<'t> {
    table: &'t Table,
    line: usize,
    header: &'t str,
    text: Cow<'t, str>,
}

impl<'t> Cell<'t> {
    /// A cell of a row.
    pub(super) fn new(table: &'t Table, line: usize, header: &'t str, text: Cow<'t, str>) -> Self {
        Self { table, line, header, text }
    }
    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
    /// The file.
    pub(super) fn file(&self) -> &str {
        &self.table.file
    }
    /// Whether nothing is written.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    /// The text with full-width forms folded; for codes and other words that are not names of people.
    pub(super) fn plain(&self) -> String {
        plain(&self.text).trim().to_owned()
    }
    /// An error about this cell.
    pub(super) fn error(&self, code: Code, fact: Text, cure: Text) -> Diagnostic {
        self.table.place(Diagnostic::error(code, fact, cure), self.line, self.header, &self.text)
    }
    /// A warning about this cell.
    pub(super) fn warning(&self, code: Code, fact: Text, cure: Text) -> Diagnostic {
        self.table.place(Diagnostic::warning(code, fact, cure), self.line, self.header, &self.text)
    }
    /// The value, or a finding that the cell must not be empty.
    pub(super) fn needed<T>(&self, value: Result<Option<T>, Bad>, log: &mut Log) -> Result<T, Bad> {
        match value {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(self.is_needed(log)),
            Err(bad) => Err(bad),
        }
    }
    /// Reports that the cell must not be empty.
    pub(super) fn is_needed(&self, log: &mut Log) -> Bad {
        let fact = Text::new(format!("\"{}\" is empty", self.header), format!("“{}”为空", self.header));
        let cure = Text::new("fill in the cell", "请填写此单元格");
        log.bad(self.error(codes::EMPTY_CELL, fact, cure))
    }

    /// A date, `None` when empty.
    pub(super) fn date(&self, log: &mut Log) -> Result<Option<NaiveDate>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        let v = self.text();
        match parse_date(v, log.near) {
            Ok(read) => {
                if read.guessed {
                    let fact = Text::new(
                        format!("\"{v}\" has no year; it is read as {}", read.date),
                        format!("“{v}”没有年份，按 {} 处理", read.date),
                    );
                    let cure = Text::new("write the year", "请写上年份");
                    log.findings.push(self.warning(codes::YEAR_GUESSED, fact, cure));
                }
                Ok(Some(read.date))
            }
            Err(fault) => Err(log.bad(self.date_fault(fault))),
        }
    }

    fn date_fault(&self, fault: DateFault) -> Diagnostic {
        let v = crate::diag::shorten(self.text());
        let form = Text::new("write it as 2026-12-01", "请写成 2026-12-01 的形式");
        match fault {
            DateFault::Malformed => self.error(
                codes::BAD_DATE,
                Text::new(format!("\"{v}\" is not a date"), format!("“{v}”不是日期")),
                form,
            ),
            DateFault::NoSuchDay => self.error(
                codes::BAD_DATE,
                Text::new(format!("there is no day \"{v}\""), format!("没有“{v}”这一天")),
                Text::new("correct day or month", "请改正月或日"),
            ),
            DateFault::Ambiguous => self.error(
                codes::AMBIGUOUS_DATE,
                Text::new(
                    format!("\"{v}\" can be read in two ways: day and month are not told apart"),
                    format!("“{v}”有歧义：分不清月和日"),
                ),
                Text::new("write year, month, day: 2026-12-01", "请按年、月、日书写：2026-12-01"),
            ),
            DateFault::NoYear => self.error(
                codes::BAD_DATE,
                Text::new(format!("\"{v}\" has no year"), format!("“{v}”没有年份")),
                form,
            ),
            DateFault::Serial(date) => self.error(
                codes::BAD_DATE,
                Text::new(
                    format!("\"{v}\" is a spreadsheet's number of the date {date}"),
                    format!("“{v}”是表格软件中 {date} 的日期序号"),
                ),
                Text::new(
                    format!("format the column as a date before exporting, or write {date}"),
                    format!("导出前把该列设为日期格式，或写成 {date}"),
                ),
            ),
        }
    }

    /// A time of day, `None` when empty.
    pub(super) fn time(&self, log: &mut Log) -> Result<Option<Minute>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        parse_time(self.text()).map(Some).ok_or_else(|| {
            let v = crate::diag::shorten(self.text());
            let fact = Text::new(format!("\"{v}\" is not a time"), format!("“{v}”不是时间"));
            let cure =
                Text::new("write it as 08:30; after midnight 26:00", "请写成 08:30 的形式；午夜以后写 26:00");
            log.bad(self.error(codes::BAD_TIME, fact, cure))
        })
    }

    /// A stretch of time, `None` when empty.
    pub(super) fn span(&self, log: &mut Log) -> Result<Option<Span>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        parse_span(self.text()).map(Some).ok_or_else(|| {
            let v = crate::diag::shorten(self.text());
            let fact = Text::new(format!("\"{v}\" is not a stretch of time"), format!("“{v}”不是一段时间"));
            let cure = Text::new("write it as 11:00-13:30", "请写成 11:00-13:30 的形式");
            log.bad(self.error(codes::BAD_TIME, fact, cure))
        })
    }

    /// A whole number within limits, `None` when empty.
    pub(super) fn integer(&self, low: i64, high: i64, log: &mut Log) -> Result<Option<i64>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        let n = parse_integer(self.text()).ok_or_else(|| {
            log.bad(self.not_a_number("a whole number", "整数", "write it in digits: 30", "请用数字书写：30"))
        })?;
        if (low..=high).contains(&n) { Ok(Some(n)) } else { Err(self.out_of_range(low, high, log)) }
    }

    /// A decimal number within limits, `None` when empty.
    pub(super) fn decimal(&self, low: f64, high: f64, log: &mut Log) -> Result<Option<f64>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        let x = parse_decimal(self.text()).ok_or_else(|| {
            log.bad(self.not_a_number("a number", "数字", "write it in digits: 12.5", "请用数字书写：12.5"))
        })?;
        if (low..=high).contains(&x) { Ok(Some(x)) } else { Err(self.out_of_range(low, high, log)) }
    }

    /// A percentage as a share from 0 to 1, `None` when empty. `high` in percent.
    pub(super) fn share(&self, high: f64, log: &mut Log) -> Result<Option<f64>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        let x = parse_percent(self.text()).ok_or_else(|| {
            log.bad(self.not_a_number("a percentage", "百分数", "write it as 80 or 80%", "请写成 80 或 80%"))
        })?;
        if x > 0.0 && x < 1.0 && !plain(self.text()).contains('%') {
            let v = self.text();
            let fact =
                Text::new(format!("\"{v}\" would be less than one percent"), format!("“{v}”不到百分之一"));
            let whole = x * 100.0;
            let cure = Text::new(
                format!("write percent: {whole:.0} if that was meant"),
                format!("请写百分数：若是此意请写 {whole:.0}"),
            );
            return Err(log.bad(self.error(codes::OUT_OF_RANGE, fact, cure)));
        }
        if (0.0..=high).contains(&x) { Ok(Some(x / 100.0)) } else { Err(self.out_of_range(0, high, log)) }
    }

    fn not_a_number(&self, en: &str, zh: &str, cure_en: &str, cure_zh: &str) -> Diagnostic {
        let v = crate::diag::shorten(self.text());
        let fact = Text::new(format!("\"{v}\" is not {en}"), format!("“{v}”不是{zh}"));
        self.error(codes::BAD_NUMBER, fact, Text::new(cure_en, cure_zh))
    }

    fn out_of_range(&self, low: impl std::fmt::Display, high: impl std::fmt::Display, log: &mut Log) -> Bad {
        let v = crate::diag::shorten(self.text());
        let fact =
            Text::new(format!("{v} is outside {low} to {high}"), format!("{v} 不在 {low} 到 {high} 之间"));
        let cure = Text::new(
            format!("write a number from {low} to {high}"),
            format!("请写 {low} 到 {high} 之间的数"),
        );
        log.bad(self.error(codes::OUT_OF_RANGE, fact, cure))
    }

    /// A word of a fixed set, `None` when empty. `known`: what to name in the message.
    pub(super) fn word<T>(
        &self,
        parse: impl Fn(&str) -> Option<T>,
        known: &[&str],
        log: &mut Log,
    ) -> Result<Option<T>, Bad> {
        if self.is_empty() {
            return Ok(None);
        }
        parse(self.text()).map(Some).ok_or_else(|| {
            let v = crate::diag::shorten(self.text());
            let fact = Text::new(format!("\"{v}\" is not known here"), format!("这里不能写“{v}”"));
            let cure = with_nearest(&v, known, known);
            log.bad(self.error(codes::BAD_WORD, fact, cure))
        })
    }
}

/// "Did you mean …?" when a known word is near, else the list of what can be written.
pub(super) fn with_nearest<S: AsRef<str>>(word: &str, known: &[S], shown: &[S]) -> Text {
    if let Some(near) = nearest(word, known.iter().map(AsRef::as_ref)) {
        return Text::new(format!("did you mean \"{near}\"?"), format!("是不是“{near}”？"));
    }
    let mut list: Vec<&str> = shown.iter().take(12).map(AsRef::as_ref).collect();
    if shown.len() > 12 {
        list.push("…");
    }
    if list.is_empty() {
        return Text::new("there is none to choose from", "没有可选的值");
    }
    Text::new(format!("write one of {}", list.join(", ")), format!("请写以下之一：{}", list.join("、")))
}
