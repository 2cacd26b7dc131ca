//! Diagnostics as data: what is wrong in the user's files, where, and how to cure it. Rendered elsewhere.

mod bag;
pub mod codes;
mod nearest;
mod render;

pub use bag::Diagnostics;
pub use codes::{Code, CodeInfo};
pub use nearest::nearest;
pub use render::{render_coloured, render_human, render_json};

use crate::base::Text;
use serde::Serialize;

/// How bad a finding in the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program goes on; the user should look.
    Warning,
    /// The program cannot go on.
    Error,
}

/// The line of the file that a finding is about, shortened around the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Text of the line without its end.
    pub text: String,
    /// Byte range of the value inside `text`, when it was found there.
    pub mark: Option<(usize, usize)>,
}

impl SourceLine {
    /// The line, cut to some 100 characters around the value when it is longer.
    #[must_use]
    pub fn around(line: &str, value: &str) -> Self {
        let at = if value.is_empty() { None } else { line.find(value) };
        Self::marked(line, at.map(|at| (at, at + value.len())))
    }
    /// The same with the value's place (its first byte, and the one behind its last).
    #[must_use]
    pub fn marked(line: &str, value: Option<(usize, usize)>) -> Self {
        let (from, to) = match value {
            Some((from, to)) if line[from..to].chars().count() <= 60 => (from, to),
            Some((from, _)) => (from, floor_boundary(line, from + 40)),
            None => (0, 0),
        };
        let tab_free = |part: &str| part.replace('\t', " ");
        if line.chars().count() <= 110 {
            let mark = value.map(|_| (from, to));
            return Self { text: tab_free(line), mark };
        }
        let left = line[..from].char_indices().rev().nth(30).map_or(0, |(i, _)| i);
        let right = line[to..].char_indices().nth(60).map_or(line.len(), |(i, _)| to + i);
        let lead = if left > 0 { "…" } else { "" };
        let trail = if right < line.len() { "…" } else { "" };
        let text = format!("{lead}{}{trail}", tab_free(&line[left..right]));
        let shift = |i: usize| i - left + lead.len();
        Self { text, mark: value.map(|_| (shift(from), shift(to))) }
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One finding in the input, with its place and its cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, documented in `docs/errors.md`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// File name as the user knows it (`staff.csv`), or a folder or argument.
    pub file: String,
    /// 1-based line of the file, 0 when the finding is about the whole file.
    pub line: usize,
    /// Column header, or empty.
    pub column: String,
    /// Offending value as written (shortened when long), or empty.
    pub value: String,
    /// What is wrong, with its values.
    pub fact: Text,
    /// What to do about it.
    pub cure: Text,
    /// The line itself, where it can be shown.
    pub source: Option<SourceLine>,
}

impl Diagnostic {
    /// An error without a place.
    #[must_use]
    pub fn error(code: Code, fact: Text, cure: Text) -> Self {
        Self {
            code,
            severity: Severity::Error,
            file: String::new(),
            line: 0,
            column: String::new(),
            value: String::new(),
            fact,
            cure,
            source: None,
        }
    }
    /// A warning without a place.
    #[must_use]
    pub fn warning(code: Code, fact: Text, cure: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, fact, cure) }
    }
    /// Names the file and line (0: the whole file).
    #[must_use]
    pub fn at(mut self, file: &str, line: usize) -> Self {
        self.file = file.to_owned();
        self.line = line;
        self
    }
    /// Names the column and the value as written.
    #[must_use]
    pub fn cell(mut self, column: &str, value: &str) -> Self {
        self.column = column.to_owned();
        self.value = shorten(value);
        self
    }
    /// Adds the line itself.
    #[must_use]
    pub fn with_source(mut self, source: Option<SourceLine>) -> Self {
        self.source = source;
        self
    }
}

/// A value short enough for a message: at most 60 characters, line breaks shown as `⏎`.
#[must_use]
pub fn shorten(value: &str) -> String {
    let mut out: String =
        value.chars().take(60).map(|c| if c == '\n' || c == '\r' { '⏎' } else { c }).collect();
    if value.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}
